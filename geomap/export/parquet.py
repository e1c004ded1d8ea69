"""Mentions as Parquet, where pyarrow is installed."""

from __future__ import annotations

import importlib
import itertools
from typing import TYPE_CHECKING, Any, Final

from geomap.errors import OutputError
from geomap.export.rows import open_records
from geomap.records import COLUMNS

if TYPE_CHECKING:
    from pathlib import Path

    from geomap.export.rows import Mentions

__all__ = ["write_parquet"]

#: records a row group: some 30 MB in memory
_ROW_GROUP: Final = 50_000
_TYPES: Final = {
    "start": "int64",
    "end": "int64",
    "precision": "int8",
    "story_size": "int64",
    "lat": "float64",
    "lon": "float64",
    "radius_km": "float64",
    "confidence": "float64",
    "relation_lat": "float64",
    "relation_lon": "float64",
    "relation_radius_km": "float64",
}


def _import_pyarrow() -> tuple[Any, Any]:
    try:
        return importlib.import_module("pyarrow"), importlib.import_module("pyarrow.parquet")
    except ImportError as err:
        raise OutputError(
            "Parquet files need pyarrow, which is not installed: pip install 'geomap[parquet]', "
            "or choose .csv or .jsonl"
        ) from err


def write_parquet(mentions: Mentions, path: str | Path) -> int:
    """Write mentions as Parquet, in their order.

    Arguments, result and errors are those of every writer of :mod:`geomap.export`.

    Raises:
        OutputError: pyarrow is not installed, or the file cannot be written.
    """
    arrow, parquet = _import_pyarrow()
    schema = arrow.schema([(column, _TYPES.get(column, "string")) for column in COLUMNS])
    with (
        open_records(mentions, path) as (file, records),
        parquet.ParquetWriter(file, schema) as writer,
    ):
        stream = iter(records)
        while group := list(itertools.islice(stream, _ROW_GROUP)):
            writer.write_table(arrow.Table.from_pylist(group, schema=schema))
    return records.count
