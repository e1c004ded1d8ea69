"""Write mentions in the format that the name of the target tells."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

from geomap.export.formats import ExportOptions, call_options, find_format, is_database
from geomap.export.rows import Written, count_records
from geomap.runtime.atomic import STDOUT

if TYPE_CHECKING:
    from geomap.export.rows import Mentions
    from geomap.schema import Schema

__all__ = ["write_mentions"]

_DEFAULT: Final = ExportOptions()


def write_mentions(
    mentions: Mentions,
    target: str | Path,
    *,
    format: str | None = None,  # noqa: A002 - what it is called everywhere
    options: ExportOptions = _DEFAULT,
    schema: Schema | None = None,
) -> Written:
    """Write mentions in the format that the target's name tells.

    Args:
        mentions: Mention records, or a mention table.
        target: A file, ``-`` for standard output, or a database's URL (``sqlite:///news.sqlite``).
        format: The name of the format, where the target does not tell it.
        options: What the format has a choice of.
        schema: The columns to write; None for those of the mention record and, behind them, your own.

    Returns:
        How many mentions were written, what is to be said of them, and which files were made.

    Raises:
        OutputError: The format is not known, needs what is not installed, or the target cannot be written.
        InputError: The format does not have an option that is set.
        TableError: The table lacks a column, or holds what is no shape.

    >>> import tempfile, pathlib
    >>> write_mentions([], pathlib.Path(tempfile.mkdtemp(), "none.geojson"))
    Written(0)
    """
    found = find_format(target, choice=format)
    taken = mentions if schema is None else count_records(mentions, schema)
    written = Written.of(found.load()(taken, target, **call_options(found, options)))
    if is_database(target) or str(target) == STDOUT:
        return written
    return Written(written, notes=written.notes, files=(Path(target), *written.files))
