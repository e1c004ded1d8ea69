"""Mentions as CSV and TSV: UTF-8 without a byte order mark unless asked for, LF, a header row, RFC 4180 quoting."""

from __future__ import annotations

import codecs
import csv
import io
from typing import IO, TYPE_CHECKING, Any

import orjson

from geomap.export.rows import open_records
from geomap.runtime.spreadsheets import guard_cell

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from geomap.export.rows import Mentions
    from geomap.schema import Schema

__all__ = ["safe_cell", "write_columns", "write_csv", "write_rows", "write_tsv"]


def safe_cell(value: object) -> object:
    """Put an apostrophe before text that a spreadsheet would run; numbers stay numbers.

    Line ends inside text become LF, because Python's csv module leaves a lone CR unquoted.
    """
    if isinstance(value, list | dict):  # a user's own column can hold anything
        value = orjson.dumps(value).decode()
    if not isinstance(value, str):
        return value
    value = guard_cell(value)
    if "\r" in value:
        value = value.replace("\r\n", "\n").replace("\r", "\n")
    return value


def write_csv(
    mentions: Mentions, path: str | Path, *, bom: bool = False, schema: Schema | None = None
) -> int:
    """Write mentions as CSV, in their order; what is missing is an empty cell.

    Text that starts with ``=``, ``+``, ``-``, ``@``, a tab or a carriage return gets a leading
    apostrophe, because spreadsheets would run it as a formula; numbers are left as they are.

    Arguments, result and errors are those of every writer of :mod:`geomap.export`.

    Args:
        mentions: Mention records, or a mention table.
        path: The file, or ``-``.
        bom: Whether it begins with a byte order mark, from which Excel knows that it is UTF-8.
        schema: The columns to write; None for those of the mention record and, behind them, your own.

    >>> import geomap
    >>> articles = [geomap.Article(id="1", text="The market of Raqqa reopened.")]
    >>> write_csv(geomap.find_mentions(articles), "mentions.csv")
    1
    """
    return _write(mentions, path, ",", bom=bom, schema=schema)


def write_tsv(
    mentions: Mentions, path: str | Path, *, bom: bool = False, schema: Schema | None = None
) -> int:
    """Write mentions as TSV: as :func:`write_csv`, with tabs between the cells; a text with a tab is quoted."""
    return _write(mentions, path, "\t", bom=bom, schema=schema)


def _write(
    mentions: Mentions, path: str | Path, separator: str, *, bom: bool, schema: Schema | None
) -> int:
    with open_records(mentions, path, schema) as (file, records):
        if bom:
            file.write(codecs.BOM_UTF8)
        rows = (record.values() for record in records)
        write_rows(file, records.columns, rows, separator=separator)
    return records.count


def write_rows(
    file: IO[bytes],
    header: Iterable[object],
    rows: Iterable[Iterable[object]],
    *,
    separator: str = ",",
) -> None:
    """Write a header and rows of cells that no spreadsheet runs."""
    _write_cells(file, header, (map(safe_cell, row) for row in rows), separator)


def write_columns(
    file: IO[bytes],
    header: Iterable[object],
    columns: Iterable[list[Any]],
    *,
    separator: str = ",",
) -> None:
    """Write a header and columns of texts and numbers; each different text is looked at once."""
    _write_cells(file, header, zip(*map(_safe_cells, columns), strict=True), separator)


def _safe_cells(cells: list[Any]) -> list[Any]:
    different = {cell for cell in cells if type(cell) is str}
    unsafe = {cell: safe for cell in different if (safe := safe_cell(cell)) != cell}
    return [unsafe.get(cell, cell) for cell in cells] if unsafe else cells


def _write_cells(
    file: IO[bytes], header: Iterable[object], rows: Iterable[Iterable[object]], separator: str
) -> None:
    text = io.TextIOWrapper(file, encoding="utf-8", errors="replace", newline="")
    try:
        writer = csv.writer(text, lineterminator="\n", delimiter=separator)
        writer.writerow(map(safe_cell, header))
        writer.writerows(rows)
        text.flush()
    finally:
        text.detach()
