"""Write mentions to files: one module for each format, and the suffix that chooses it.

Every writer takes the mentions, as records (written as they come) or as a mention table, and the path of
a file, or ``-`` for standard output. It keeps their order, returns how many it wrote, and raises
:class:`~geomap.errors.OutputError` where the file cannot be written, :class:`~geomap.errors.TableError` where
the table lacks a column. A file appears whole or not at all.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

from geomap.errors import OutputError
from geomap.export.atomic import STDOUT, atomic_writer
from geomap.export.csv import write_csv
from geomap.export.geojson import write_geojson
from geomap.export.jsonl import write_jsonl
from geomap.export.parquet import write_parquet

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from geomap.export.rows import Mentions

    Writer = Callable[[Mentions, str | Path], int]

__all__ = [
    "GIS_FORMATS",
    "STDOUT",
    "TABLE_FORMATS",
    "atomic_writer",
    "find_writer",
    "write_csv",
    "write_geojson",
    "write_jsonl",
    "write_parquet",
]

#: what ``geomap mentions`` writes, by suffix
TABLE_FORMATS: Final[Mapping[str, Writer]] = {
    ".csv": write_csv,
    ".jsonl": write_jsonl,
    ".parquet": write_parquet,
}
#: what ``geomap export`` writes, by suffix
GIS_FORMATS: Final[Mapping[str, Writer]] = {".geojson": write_geojson, **TABLE_FORMATS}


def find_writer(
    path: str | Path, formats: Mapping[str, Writer] = GIS_FORMATS, *, stdout: str = ".jsonl"
) -> Writer:
    """Return the function that writes the format of a file's suffix.

    Args:
        path: The file to write, or ``-``.
        formats: The writers to choose from, by suffix.
        stdout: The suffix that stands for ``-``.

    Raises:
        OutputError: No format has that suffix; the message lists those that there are.
    """
    suffix = stdout if str(path) == STDOUT else Path(path).suffix.lower()
    try:
        return formats[suffix]
    except KeyError:
        raise OutputError(
            f"cannot tell the format of {str(path)!r}: expected a name that ends with one of "
            f"{', '.join(sorted(formats))}"
        ) from None
