"""Mentions as an Excel workbook: the mentions, their places and dates, and what the columns mean.

No cell is a formula: text that begins like one is text, as if somebody had typed an apostrophe before it.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import re
from typing import IO, TYPE_CHECKING, Any, Final, Self

from geomap.errors import OutputError
from geomap.export.counts import DAYS, columns_to_count
from geomap.export.fields import clean_xml, read_day
from geomap.export.jsonl import to_json
from geomap.export.rows import Written, count_records
from geomap.export.scratch import repack, scratch_folder
from geomap.runtime.atomic import atomic_writer
from geomap.schema import MENTIONS, REQUIRED
from geomap.version import __version__

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path
    from types import TracebackType

    import pandas as pd

    from geomap.export.rows import CountedRecords, Mentions
    from geomap.schema import MentionRecord

__all__ = ["write_excel", "write_tally_excel"]

#: rows of a sheet, the header among them, and characters of a cell: what Excel can hold
_MOST_ROWS: Final = 1_048_576
_LONGEST_CELL: Final = 32_767
#: Excel's calendar begins here
_FIRST_DAY: Final = dt.date(1900, 3, 1)
_FORMULA: Final = re.compile(r"[=+\-@\t]|#[A-Z]")
#: Excel takes this for a character: "_x000D_"
_ESCAPE: Final = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
_CREATED: Final = re.compile(rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*")
_WIDTHS: Final = {
    "title": 40,
    "snippet": 60,
    "name": 20,
    "surface": 20,
    "column": 22,
    "meaning": 90,
}
_ABOUT: Final = (
    "Each row of “mentions” is a place name in an article: the article names the place, no more.",
    "“places” and “by date” count the rows of “mentions” as they were written; they do not follow what is changed there.",
    "Places are told apart by place_id, never by name. A mention of an unknown place counts with the unit in “within”.",
)


def write_excel(mentions: Mentions, path: str | Path) -> int:
    """Write mentions as an Excel workbook with the sheets ``mentions``, ``places``, ``by date`` and ``about``.

    Days are dates (before March 1900, which Excel does not know, they are text); text that a cell cannot hold is cut
    with an ellipsis, and how often is told. More mentions than a sheet has rows go on in ``mentions 2``.

    Arguments, result and errors are those of every writer of :mod:`geomap.export`.

    Raises:
        OutputError: openpyxl is not installed, or the file cannot be written.
    """
    from geomap.tables import tally_dates, tally_places  # noqa: PLC0415 - pandas
    from geomap.tables.frames import collect_columns  # noqa: PLC0415

    with atomic_writer(path) as file, scratch_folder() as folder:
        records = count_records(mentions)
        with _Book() as book:
            needed = dict.fromkeys((*columns_to_count(), *REQUIRED))
            table = collect_columns(book.pass_on(records), tuple(needed))
            book.add_table("places", tally_places(table))
            book.add_table("by date", tally_dates(table))
            _add_about(book.add("about", ("column", "meaning")), records.count)
            book.save(folder / "book.xlsx")
        repack(folder / "book.xlsx", file, _CHANGES)
    return Written(records.count, notes=book.notes())


def write_tally_excel(tally: pd.DataFrame, file: IO[bytes]) -> None:
    """Write a tally as an Excel workbook with one sheet.

    Raises:
        OutputError: It has more rows than a sheet.
    """
    if len(tally) >= _MOST_ROWS:
        raise OutputError(
            f"a sheet of Excel holds {_MOST_ROWS - 1:,} rows, and the tally has {len(tally):,}: write it as .csv or .parquet"
        )
    with scratch_folder() as folder:
        with _Book() as book:
            book.add_table("tally", tally)
            book.save(folder / "book.xlsx")
        repack(folder / "book.xlsx", file, _CHANGES)


def _add_about(sheet: _Sheet, count: int) -> None:
    """Say what the workbook holds, and what its columns mean."""
    for line in (f"geomap {__version__}: {count:,} mentions", *_ABOUT):
        sheet.append(("", line))
    for column in MENTIONS.columns:
        sheet.append((column.name, column.doc))


def _without_times(content: bytes) -> bytes:
    return _CREATED.sub(rb"\g<1>1980-01-01T00:00:00Z", content)


_CHANGES: Final = {"docProps/core.xml": _without_times}


class _Book:
    """A workbook that is written row by row."""

    def __init__(self) -> None:
        from openpyxl import Workbook  # noqa: PLC0415 - an extra

        self._book = Workbook(write_only=True)
        self._sheets: list[_Sheet] = []

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        _error: BaseException | None,
        _trace: TracebackType | None,
    ) -> None:
        if kind is not None:  # else its unfinished sheets complain when they are collected
            for sheet in self._sheets:
                with contextlib.suppress(Exception):
                    sheet.close()

    def add(self, name: str, columns: Sequence[str]) -> _Sheet:
        """Begin a sheet with its header."""
        sheet = _Sheet(self._book.create_sheet(name), columns)
        self._sheets.append(sheet)
        return sheet

    def pass_on(self, records: CountedRecords) -> Iterator[MentionRecord]:
        """Write mentions as they come, and yield them."""
        sheet = self.add("mentions", records.columns)
        for number, record in enumerate(records):
            if sheet.rows == _MOST_ROWS:
                page = number // (_MOST_ROWS - 1) + 1
                sheet = self.add(f"mentions {page}", records.columns)
            sheet.append(record.values())
            yield record

    def add_table(self, name: str, table: pd.DataFrame) -> None:
        """Write a table of pandas as a sheet."""
        sheet = self.add(name, list(table.columns))
        cells = table.astype(object).where(table.notna(), None)
        for row in cells.itertuples(index=False, name=None):
            sheet.append(row)

    def save(self, path: Path) -> None:
        """Write it."""
        for sheet in self._sheets:
            sheet.filter()
        self._book.save(path)

    def notes(self) -> tuple[str, ...]:
        """Return what it could not hold."""
        cut = sum(sheet.cut for sheet in self._sheets)
        if not cut:
            return ()
        return (
            f"{cut:,} texts cut to the {_LONGEST_CELL:,} characters that a cell of Excel holds",
        )


class _Sheet:
    """One sheet: ``rows`` were written, ``cut`` texts were too long."""

    def __init__(self, sheet: Any, columns: Sequence[str]) -> None:
        from openpyxl.utils import get_column_letter  # noqa: PLC0415

        self.rows, self.cut = 0, 0
        self._sheet = sheet
        self._days: tuple[bool, ...] = ()
        sheet.freeze_panes = "A2"
        for number, name in enumerate(columns, start=1):
            letter = get_column_letter(number)
            sheet.column_dimensions[letter].width = _WIDTHS.get(name, max(10, len(name) + 2))
        self._last = get_column_letter(len(columns))
        self.append(columns)
        self._days = tuple(name in _DAYS for name in columns)

    def append(self, cells: Iterable[object]) -> None:
        """Write one row."""
        days = self._days or (False,) * len(self._sheet.column_dimensions)
        row = [self._cell(cell, is_day=day) for cell, day in zip(cells, days, strict=True)]
        self._sheet.append(row)
        self.rows += 1

    def close(self) -> None:
        """Finish what nobody wants any more."""
        self._sheet.close()

    def filter(self) -> None:
        """Let its columns be filtered."""
        self._sheet.auto_filter.ref = f"A1:{self._last}{self.rows}"

    def _cell(self, value: object, *, is_day: bool) -> Any:
        if isinstance(value, list | dict):  # a user's own column can hold anything
            value = to_json(value).decode()
        if not isinstance(value, str):
            return value
        if is_day and (day := read_day(value)) >= _FIRST_DAY:
            return day
        text = _ESCAPE.sub("_x005F_", clean_xml(value))
        if len(text) > _LONGEST_CELL:
            text = f"{text[: _LONGEST_CELL - 1]}…"
            self.cut += 1
        return self._text(text) if _FORMULA.match(text) else text

    def _text(self, text: str) -> Any:
        """Return a cell that stays text, whatever it looks like."""
        from openpyxl.cell import WriteOnlyCell  # noqa: PLC0415

        cell = WriteOnlyCell(self._sheet, text)
        cell.data_type = "s"
        cell.quotePrefix = True
        return cell


_DAYS: Final = frozenset((*MENTIONS.of_type("day"), *DAYS))
