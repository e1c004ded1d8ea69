"""Columns of the record that the page draws nothing of: it carries them as they are, for its table and its files."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from geomap.conform import extra_names
from geomap.schema import Column, Schema

if TYPE_CHECKING:
    from geomap.webmap.cells import Cells, Rows, Texts

__all__ = ["carry_columns", "with_own_columns"]

#: characters kept of a cell
_CELL_LIMIT: Final = 300
#: a user's own columns that a page has at most
_MOST_OWN: Final = 20


def with_own_columns(schema: Schema, cells: Cells) -> Schema:
    """Return a schema with the columns that a user added to a table: numbers where all of their cells are, else texts.

    What such a text quotes nobody knows: a page without the articles' text leaves it out.
    """
    own = []
    for name in extra_names(cells.names)[:_MOST_OWN]:
        kinds = {type(value) for value in cells.peek(name) if value is not None}
        is_numeric = bool(kinds) and kinds <= {int, float}
        own.append(
            Column(
                name=name,
                type="number" if is_numeric else "text",
                group="mention",
                doc="a column of the table's own",
                quotes=not is_numeric,
            )
        )
    return Schema((*schema.columns, *own))


def carry_columns(
    cells: Cells, schema: Schema, rows: Rows, texts: Texts, *, sentences: bool
) -> tuple[list[tuple[str, int, int]], dict[str, list[int]]]:
    """Return the columns of a schema that nothing else of the page has read.

    Args:
        cells: The table, after all else was read from it.
        schema: The columns of the mention record.
        rows: The table's rows that the page has.
        texts: Where cells are put; numbers are texts there, too.
        sentences: Whether the page may have more of the articles' text than names and titles.

    Returns:
        For each that holds anything its name, whether it is a number and whether the page's table shows it; and its cells,
        as rows of the texts.
    """
    heads: list[tuple[str, int, int]] = []
    columns: dict[str, list[int]] = {}
    for column in schema.columns:
        if column.name in cells.asked or (column.quotes and not sentences):
            continue
        found = cells.add_to(texts, column, _CELL_LIMIT, rows)
        if any(found):
            columns[f"c{len(heads)}"] = found
            heads.append((column.name, int(column.is_numeric), int(column.shown)))
    return heads, columns
