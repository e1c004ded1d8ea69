"""Check a person's own places, and the files of gazetteers, without building anything."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geomap.errors import GazetteerError
from geomap.gazetteer.digests import check_files
from geomap.gazetteer.homes import EMBEDDED, default_name, find_gazetteer
from geomap.gazetteer.index import read_description
from geomap.gazetteer.opening import open_embedded
from geomap.gazetteer.sources import registry
from geomap.gazetteer.sources.faults import FileReport

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["check_gazetteer", "check_places"]


def check_places(path: Path) -> FileReport:
    """Return what is wrong with a file of a person's own places: every fault with its line.

    Raises:
        GazetteerError: The file cannot be read at all.
    """
    report = FileReport(path=str(path))
    for _ in registry.read_rows(path, report):
        pass
    return report


def check_gazetteer(name_or_path: str | None = None) -> str:
    """Compare every file of a gazetteer with the digest that was taken when it was built.

    Returns:
        A line that says what was checked.

    Raises:
        GazetteerError: There is no such gazetteer, or it is damaged.
    """
    wanted = name_or_path or default_name()
    if wanted == EMBEDDED:
        folder = open_embedded(progress=False).folder
    else:
        folder = find_gazetteer(wanted)
    meta = read_description(folder)
    try:
        check_files(folder, meta["files"])
    except (OSError, ValueError, KeyError, TypeError) as err:
        raise GazetteerError(
            f"the gazetteer index in {folder} is damaged ({err}); build it anew with: "
            f"{meta.get('command') or 'geomap gazetteer build'}"
        ) from err
    return (
        f"{folder}: {meta.get('places')} places, {len(meta['files'])} files, all as they were built"
    )
