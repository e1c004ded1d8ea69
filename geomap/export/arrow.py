"""Mentions as Arrow tables, with the types of the schema: the home of pyarrow, which an extra brings."""

from __future__ import annotations

import importlib
import itertools
from typing import TYPE_CHECKING, Any, Final

from geomap.errors import OutputError, TableError
from geomap.export.fields import clean_cell

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from geomap.export.fields import Field, FieldType

__all__ = ["ROW_GROUP", "arrow_type", "import_pyarrow", "to_batches", "to_table"]

#: records a row group: some 30 MB in memory
ROW_GROUP: Final = 50_000
_TYPES: Final[Mapping[FieldType, str]] = {
    "text": "string",
    "wkt": "string",
    "integer": "int64",
    "number": "float64",
    "truth": "bool",
    "day": "date32",
}


def import_pyarrow(module: str = "pyarrow") -> Any:
    """Return pyarrow, or a module of it.

    Raises:
        OutputError: It is not installed.
    """
    try:
        return importlib.import_module(module)
    except ImportError as err:
        raise OutputError(
            "Parquet files need pyarrow, which is not installed: pip install 'geomap[parquet]', "
            "or choose .csv or .jsonl"
        ) from err


def arrow_type(kind: FieldType) -> Any:
    """Return the Arrow type of a field's type; times are milliseconds in UTC."""
    arrow = import_pyarrow()
    return arrow.timestamp("ms", tz="UTC") if kind == "time" else arrow.type_for_alias(_TYPES[kind])


def to_table(fields: Sequence[Field], rows: Sequence[Mapping[str, Any]]) -> Any:
    """Return the Arrow table of some records.

    Raises:
        TableError: A cell holds what its type cannot.
    """
    arrow = import_pyarrow()
    arrays = []
    for field in fields:
        cells = [clean_cell(field.value(row)) for row in rows]
        try:
            arrays.append(arrow.array(cells, type=arrow_type(field.type)))
        except (arrow.ArrowInvalid, arrow.ArrowTypeError, OverflowError) as err:
            raise TableError(f"expected {field.name} as {field.type}: {err}") from err
    return arrow.Table.from_arrays(arrays, names=[field.name for field in fields])


def to_batches(
    fields: Sequence[Field], records: Iterable[Mapping[str, Any]], size: int = ROW_GROUP
) -> Iterator[Any]:
    """Yield records as Arrow tables of at most so many rows."""
    stream = iter(records)
    while group := list(itertools.islice(stream, size)):
        yield to_table(fields, group)
