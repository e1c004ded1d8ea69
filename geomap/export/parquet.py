"""Mentions as Parquet, where pyarrow is installed."""

from __future__ import annotations

import importlib
import itertools
from typing import TYPE_CHECKING, Any, Final

from geomap.errors import OutputError
from geomap.export.atomic import atomic_writer
from geomap.export.rows import each_record
from geomap.records import COLUMNS

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    import pandas as pd

    from geomap.records import MentionRecord

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
}


def _import_pyarrow() -> tuple[Any, Any]:
    try:
        return importlib.import_module("pyarrow"), importlib.import_module("pyarrow.parquet")
    except ImportError as err:
        raise OutputError(
            "Parquet files need pyarrow, which is not installed: pip install 'geomap[parquet]', "
            "or choose .csv or .jsonl"
        ) from err


def write_parquet(mentions: Iterable[MentionRecord] | pd.DataFrame, path: str | Path) -> int:
    """Write mentions as Parquet, in their order.

    Args:
        mentions: Mention records, which are written as they come, or a mention table.
        path: The file, or ``-`` for standard output.

    Returns:
        The number of mentions written.

    Raises:
        OutputError: pyarrow is not installed, or the file cannot be written.
    """
    arrow, parquet = _import_pyarrow()
    schema = arrow.schema([(column, _TYPES.get(column, "string")) for column in COLUMNS])
    records = iter(each_record(mentions))
    count = 0
    with atomic_writer(path) as file, parquet.ParquetWriter(file, schema) as writer:
        while group := list(itertools.islice(records, _ROW_GROUP)):
            writer.write_table(arrow.Table.from_pylist(group, schema=schema))
            count += len(group)
    return count
