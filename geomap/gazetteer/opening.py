"""Open the gazetteer that is asked for: an index, a stack of them, or the embedded one."""

from __future__ import annotations

import contextlib
import logging
import shutil
import sys
from typing import TYPE_CHECKING

from geomap.errors import GazetteerError
from geomap.gazetteer import build
from geomap.gazetteer.digests import DESCRIPTION
from geomap.gazetteer.homes import EMBEDDED, default_name, find_gazetteer
from geomap.gazetteer.index import Index
from geomap.gazetteer.layout import FORMAT
from geomap.gazetteer.lookup import Gazetteer
from geomap.gazetteer.paths import cache_folder, shipped_folder
from geomap.gazetteer.sources import embedded
from geomap.gazetteer.sources.shipped import is_damaged, open_shipped_index, write_tolerances
from geomap.gazetteer.workspace import remove_left_over

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

__all__ = [
    "build_embedded",
    "download_bar",
    "open_embedded",
    "open_gazetteer",
    "progress_bar",
]

_log = logging.getLogger(__name__)


def progress_bar(what: str, *, wanted: bool) -> Callable[[int, int], None]:
    """Return what shows progress on a terminal, and does nothing elsewhere."""
    if not (wanted and sys.stderr.isatty()):
        return lambda _done, _total: None
    from tqdm import tqdm  # noqa: PLC0415 - only where a person watches

    bar = tqdm(desc=what, unit=" places", unit_scale=True, leave=False)

    def show(done: int, total: int) -> None:
        bar.total = total
        bar.update(done - bar.n)
        if done == total:
            bar.close()

    return show


def download_bar(*, wanted: bool) -> Callable[[str, int, int], None]:
    """Return what shows how far a file's download is on a terminal, and does nothing elsewhere."""
    if not (wanted and sys.stderr.isatty()):
        return lambda _name, _done, _total: None
    from tqdm import tqdm  # noqa: PLC0415 - only where a person watches

    bar = tqdm(unit="B", unit_scale=True, leave=False)

    def show(name: str, done: int, total: int) -> None:
        bar.set_description(name, refresh=False)
        bar.total = total or None
        bar.update(done - bar.n)

    return show


def build_embedded(
    target: Path,
    *,
    command: str = "",
    progress: Callable[[int, int], None] = lambda _done, _total: None,
) -> None:
    """Compile the embedded gazetteer into an index folder; an index that is there already is kept.

    Args:
        target: The folder to make.
        command: The command that makes it again, where it is not made again by itself.
        progress: Called with the number of places done, and of all.

    Raises:
        GazetteerError: What it is made from is not there or faulty, or the folder cannot be written.
    """
    description = {
        "source": "embedded",
        "title": "embedded gazetteer",
        "digest": embedded.sources_digest(),
    }
    if command:
        description["command"] = command
    places = embedded.read_embedded_places()
    build.build_index(
        places.values(),
        target,
        description=description,
        phrases=embedded.read_phrases(),
        total=len(places),
        extra=lambda folder: write_tolerances(folder, places.values()),
        progress=progress,
    )


def _open_or_build(target: Path, *, progress: bool) -> Index:
    """Return the index of the user's cache folder; compiled where it is missing, or damaged."""
    import filelock  # noqa: PLC0415 - only needed once for each version

    target.parent.mkdir(parents=True, exist_ok=True)
    with filelock.FileLock(f"{target}.lock"):
        remove_left_over(target.parent, f".{EMBEDDED}-")
        if target.exists():
            try:
                return Index(target)  # another process made it meanwhile
            except GazetteerError as err:
                if not is_damaged(err):
                    raise
                _log.warning("%s: it is compiled anew", str(err).partition("; delete")[0])
                shutil.rmtree(target)
        build_embedded(
            target, progress=progress_bar("compiling the gazetteer (once)", wanted=progress)
        )
    return Index(target)


def open_embedded(*, progress: bool = True) -> Index:
    """Open the embedded gazetteer: the index that came with geomap.

    A checkout has none: it is compiled at its first use into the user's cache folder, and anew where it is damaged.

    Raises:
        GazetteerError: The index that came with geomap is damaged; or one cannot be compiled or written.
    """
    shipped = shipped_folder()
    if shipped is not None:
        return open_shipped_index(shipped)
    target = cache_folder() / f"embedded-{FORMAT}-{embedded.sources_digest()[:16]}"
    try:
        if (target / DESCRIPTION).exists():
            with contextlib.suppress(GazetteerError):
                return Index(target)
        return _open_or_build(target, progress=progress)
    except OSError as err:
        raise GazetteerError(
            f"cannot write the gazetteer index to {target.parent}: {err.strerror or err}; "
            "set GEOMAP_CACHE to a folder that can be written"
        ) from err


def open_gazetteer(
    gazetteer: str | Path | Gazetteer | None = None, *, progress: bool = True
) -> Gazetteer:
    """Open a gazetteer; without a name the one in use: the embedded one, or one that was installed.

    Args:
        gazetteer: The name of a gazetteer that is kept (``geomap gazetteer list``), ``embedded``, or the path of an
            index folder; one that is open already is given back. None for the one in use.
        progress: Whether to show a progress bar on a terminal while compiling.

    Raises:
        GazetteerError: There is no such gazetteer, it is damaged, or it cannot be written.

    Example:
        >>> open_gazetteer("embedded").search("Raqqa", limit=1)[0].country
        'SY'
    """
    if isinstance(gazetteer, Gazetteer):
        return gazetteer
    wanted = default_name() if gazetteer is None else gazetteer
    if wanted == EMBEDDED:
        return open_embedded(progress=progress)
    return Index(find_gazetteer(wanted))
