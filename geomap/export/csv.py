"""Mentions as CSV: UTF-8 without a byte order mark, LF, a header row, RFC 4180 quoting."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING, Final

from geomap.export.rows import open_records
from geomap.records import COLUMNS

if TYPE_CHECKING:
    from pathlib import Path

    from geomap.export.rows import Mentions

__all__ = ["safe_cell", "write_csv"]

#: a spreadsheet takes a cell that starts so for a formula, and may run it
_FORMULA_STARTS: Final = ("=", "+", "-", "@", "\t", "\r")


def safe_cell(value: object) -> object:
    """Put an apostrophe before text that a spreadsheet would run; numbers stay numbers.

    Line ends inside text become LF, because Python's csv module leaves a lone CR unquoted.
    """
    if not isinstance(value, str):
        return value
    if value.startswith(_FORMULA_STARTS):
        value = f"'{value}"
    if "\r" in value:
        value = value.replace("\r\n", "\n").replace("\r", "\n")
    return value


def write_csv(mentions: Mentions, path: str | Path) -> int:
    """Write mentions as CSV, in their order; what is missing is an empty cell.

    Text that starts with ``=``, ``+``, ``-``, ``@``, a tab or a carriage return gets a leading
    apostrophe, because spreadsheets would run it as a formula; numbers are left as they are.

    Arguments, result and errors are those of every writer of :mod:`geomap.export`.
    """
    with open_records(mentions, path) as (file, records):
        text = io.TextIOWrapper(file, encoding="utf-8", errors="replace", newline="")
        try:
            writer = csv.writer(text, lineterminator="\n")
            writer.writerow(COLUMNS)
            for record in records:
                writer.writerow(map(safe_cell, record.values()))
            text.flush()
        finally:
            text.detach()
    return records.count
