"""Mentions as Parquet, where pyarrow is installed."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING, Any

import orjson

from geomap.errors import TableError
from geomap.export.arrow import ROW_GROUP, import_pyarrow
from geomap.export.fields import clean_cell
from geomap.export.rows import open_records

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from geomap.export.rows import Mentions
    from geomap.schema import Schema

__all__ = ["write_parquet"]


def write_parquet(mentions: Mentions, path: str | Path, *, schema: Schema | None = None) -> int:
    """Write mentions as Parquet, in their order.

    Arguments, result and errors are those of every writer of :mod:`geomap.export`.

    Raises:
        OutputError: pyarrow is not installed, or the file cannot be written.

    >>> import geomap
    >>> articles = [geomap.Article(id="1", text="The market of Raqqa reopened.")]
    >>> write_parquet(geomap.find_mentions(articles), "mentions.parquet")
    1
    """
    arrow, parquet = import_pyarrow(), import_pyarrow("pyarrow.parquet")
    with open_records(mentions, path, schema) as (file, records):
        stream = iter(records)
        group = list(itertools.islice(stream, ROW_GROUP))
        ours = [(column.name, column.arrow) for column in records.schema.columns]
        theirs = [(name, _find_type(arrow, group, name)) for name in records.extras]
        types = arrow.schema(ours + theirs)
        with parquet.ParquetWriter(file, types) as writer:
            while group:
                writer.write_table(_to_arrow(arrow, group, types, records.extras))
                group = list(itertools.islice(stream, ROW_GROUP))
    return records.count


def _find_type(arrow: Any, group: Sequence[Mapping[str, Any]], name: str) -> Any:
    """Return the type of a user's own column: of its cells where they have one, else text."""
    kinds = {type(record[name]) for record in group} - {type(None)}
    if kinds <= {int, float} and kinds:
        return arrow.float64() if float in kinds else arrow.int64()
    return arrow.bool_() if kinds == {bool} else arrow.string()


def _to_arrow(arrow: Any, group: list[Any], schema: Any, extras: Sequence[str]) -> Any:
    """Return some records as Arrow has them; a user's own cells become text where their column is text."""
    texts = [name for name in extras if schema.field(name).type == arrow.string()]
    if texts:
        group = [row | {name: _to_text(row[name]) for name in texts} for row in group]
    try:
        try:
            return arrow.Table.from_pylist(group, schema=schema)
        except UnicodeEncodeError:  # half a surrogate pair, which only broken input holds
            rows = [{name: clean_cell(cell) for name, cell in row.items()} for row in group]
            return arrow.Table.from_pylist(rows, schema=schema)
    except (arrow.ArrowInvalid, arrow.ArrowTypeError) as err:
        raise TableError(
            f"a column of your own holds values of several types, which Parquet cannot: {err}"
        ) from err


def _to_text(cell: Any) -> str | None:
    return cell if cell is None or isinstance(cell, str) else orjson.dumps(cell).decode()
