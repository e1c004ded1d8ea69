"""Mentions as CSV: UTF-8 without a byte order mark, LF, a header row, RFC 4180 quoting."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING, Final

from geomap.export.atomic import atomic_writer
from geomap.export.rows import each_record
from geomap.records import COLUMNS

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    import pandas as pd

    from geomap.records import MentionRecord

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


def write_csv(mentions: Iterable[MentionRecord] | pd.DataFrame, path: str | Path) -> int:
    """Write mentions as CSV, in their order; what is missing is an empty cell.

    Text that starts with ``=``, ``+``, ``-``, ``@``, a tab or a carriage return gets a leading
    apostrophe, because spreadsheets would run it as a formula; numbers are left as they are.

    Args:
        mentions: Mention records, which are written as they come, or a mention table.
        path: The file, or ``-`` for standard output.

    Returns:
        The number of mentions written.

    Raises:
        OutputError: The file cannot be written.
    """
    count = 0
    with atomic_writer(path) as file:
        text = io.TextIOWrapper(file, encoding="utf-8", errors="replace", newline="")
        try:
            writer = csv.writer(text, lineterminator="\n")
            writer.writerow(COLUMNS)
            for record in each_record(mentions):
                writer.writerow(map(safe_cell, record.values()))
                count += 1
            text.flush()
        finally:
            text.detach()
    return count
