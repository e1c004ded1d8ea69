"""Whether a result may be written where it is asked for: noticed before anything is read."""

from __future__ import annotations

import os
import stat
import sys
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, Final

from geomap.articles.html import is_made_here
from geomap.articles.inputs import STDIN, expand_inputs
from geomap.articles.reports import ReadReport
from geomap.errors import OutputError
from geomap.export.formats import is_database
from geomap.runtime.atomic import STDOUT, check_output
from geomap.schema import COLUMNS

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

__all__ = ["check_target"]

#: what tables of mentions begin with, as geomap writes them
_TABLE_STARTS: Final = (
    *(separator.join(COLUMNS[:8]).encode() for separator in ",\t"),
    b'{"%s":' % COLUMNS[0].encode(),
)
_HEAD: Final = 4096


def check_target(
    output: str | Path, *, inputs: Sequence[Any] = (), files: Iterable[str | Path] = ()
) -> None:
    """Make sure that an output can be written, and that it is none of what is read.

    What geomap wrote into a folder of articles before is written again without a question.

    Args:
        output: The file to write, or ``-``; a database's URL is left to its writer.
        inputs: What is read: files, folders, patterns, ``-``; frames of pandas are no files.
        files: Other files that are read.

    Raises:
        OutputError: It cannot be written, or it would replace one of the inputs.
    """
    if is_database(output):
        return
    check_output(output)
    target = _state(output, sys.stdout)
    if target is None:
        return
    named = [given for given in inputs if isinstance(given, str | Path)]
    for given in (*named, *files):
        if (state := _state(given, sys.stdin)) and os.path.samestat(state, target):
            raise _is_input(output)
    if str(output) == STDOUT:  # what a shell has made of it is empty already
        return
    searched = [given for given in named if str(given) != STDIN and not Path(given).is_file()]
    for source in expand_inputs(searched, ReadReport(), strict=False):
        state = _state(source.location, None)
        if state and os.path.samestat(state, target) and not _is_written_here(source.location):
            raise _is_input(output)


def _is_input(output: str | Path) -> OutputError:
    return OutputError(
        f"cannot write {output}: it is one of the inputs, and would be lost; give another name"
    )


def _state(path: str | Path, stream: IO[str] | None) -> os.stat_result | None:
    """Return the state of a regular file, or of what a stream is redirected to; None of anything else."""
    try:
        if str(path) in (STDIN, STDOUT):
            state = os.fstat(stream.fileno()) if stream is not None else None
        else:
            state = Path(path).stat()
    except (OSError, ValueError):  # a pattern, a stream that has no file, nothing at all
        return None
    return state if state is not None and stat.S_ISREG(state.st_mode) else None


def _is_written_here(path: Path) -> bool:
    """Return whether a file is a page or a table that geomap wrote, or empty: nothing of an input is lost then."""
    try:
        with path.open("rb") as file:
            head = file.read(_HEAD)
    except OSError:
        return False
    return not head or head.startswith(_TABLE_STARTS) or is_made_here(head)
