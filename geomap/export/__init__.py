"""Write mentions to files and databases: one module for each format, one table of them (formats.py).

Every writer takes the mentions, as records (written as they come) or as a mention table, and the path of
a file, or ``-`` for standard output. It keeps their order, returns how many it wrote, and raises
:class:`~geomap.errors.OutputError` where the file cannot be written, :class:`~geomap.errors.TableError` where
the table lacks a column. A file appears whole or not at all.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from geomap.export.formats import (
    FORMATS,
    GIS_FORMATS,
    TABLE_FORMATS,
    ExportOptions,
    Format,
    find_format,
)
from geomap.runtime.atomic import STDOUT, atomic_writer
from geomap.runtime.lazy import lazy_names

if TYPE_CHECKING:
    from geomap.export.csv import write_csv
    from geomap.export.geojson import write_geojson
    from geomap.export.jsonl import write_jsonl
    from geomap.export.parquet import write_parquet
    from geomap.export.rows import Written
    from geomap.export.writing import write_mentions

__all__ = [
    "FORMATS",
    "GIS_FORMATS",
    "STDOUT",
    "TABLE_FORMATS",
    "ExportOptions",
    "Format",
    "Written",
    "atomic_writer",
    "find_format",
    "write_csv",
    "write_geojson",
    "write_jsonl",
    "write_mentions",
    "write_parquet",
]

#: names whose modules are opened when they are used: the command line needs the table of formats alone
__getattr__ = lazy_names(
    __name__,
    {
        "Written": "rows",
        "write_csv": "csv",
        "write_geojson": "geojson",
        "write_jsonl": "jsonl",
        "write_mentions": "writing",
        "write_parquet": "parquet",
    },
)
