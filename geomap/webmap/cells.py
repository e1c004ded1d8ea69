"""Cells of a table of mentions, read as what the page can have: clean texts, whole numbers, days."""

from __future__ import annotations

import datetime as dt
import math
import os
from functools import lru_cache
from operator import itemgetter
from typing import TYPE_CHECKING, Any, Final, NamedTuple, cast

import numpy as np

from geomap.errors import TableError
from geomap.runtime.expecting import each_record
from geomap.schema import REQUIRED
from geomap.webmap.security import clean_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    import pandas as pd
    from numpy.typing import NDArray

    from geomap.schema import Column

    #: numbers of a table's rows
    Rows = Sequence[int] | NDArray[np.int64]

__all__ = [
    "LARGEST",
    "PRECISIONS",
    "Cells",
    "ReadTable",
    "Texts",
    "clean_all",
    "count_units",
    "read_number",
    "read_span",
    "read_whole",
]

#: columns that a table of mentions has to have
_NEEDED: Final = frozenset(REQUIRED)
#: types of cells that need no look
_NEVER_MISSING: Final = frozenset({str, int, bool, type(None)})
#: whole numbers of the page's columns
LARGEST: Final = 2**31 - 1
#: how exactly a day is known, as the page numbers it
PRECISIONS: Final = ("unknown", "day", "week", "month", "year")
_EPOCH: Final = dt.date(1970, 1, 1).toordinal()


class ReadTable(NamedTuple):
    """A table that was made what the schema says a moment ago, and need not be looked at again."""

    table: pd.DataFrame


class Cells:
    """The cells of a table of mentions, by column: None where there is none.

    A column is read where it is asked for, and of what an article's or a place's mentions share, one
    row: a large table has millions of cells.

    Attributes:
        asked: The columns that were asked for.

    Raises:
        TableError: a required column is missing.
    """

    def __init__(self, mentions: Any) -> None:
        self._frame = _read_frame(mentions)
        self._rows: list[Mapping[str, Any]] = (
            [] if self._frame is not None else list(each_record(mentions))
        )
        self.asked: set[str] = set()
        if self._frame is not None:
            _check_columns(self._frame.columns)
        for row in self._rows:
            if not row.keys() >= _NEEDED:
                _check_columns(row)

    @property
    def names(self) -> tuple[str, ...]:
        """The columns that there are; of records those of the first one."""
        if self._frame is not None:
            return tuple(map(str, self._frame.columns))
        return tuple(self._rows[0]) if self._rows else ()

    def __len__(self) -> int:
        return len(self._rows if self._frame is None else self._frame)

    def read(self, name: str, at: Rows | None = None) -> list[Any]:
        """A column, or its cells in some rows."""
        self.asked.add(name)
        return self.peek(name, at)

    def peek(self, name: str, at: Rows | None = None) -> list[Any]:
        """The same without noting that it was asked for."""
        if self._frame is None:
            rows = self._rows if at is None else [self._rows[i] for i in at]
            try:
                return _without_missing(list(map(itemgetter(name), rows)))
            except KeyError:
                return _without_missing([row.get(name) for row in rows])
        if name not in self._frame.columns:
            return [None] * len(self if at is None else at)
        cells = self._frame[name] if at is None else self._frame[name].iloc[at]
        missing = cells.isna().to_numpy()
        if not missing.any():
            return cast("list[Any]", cells.tolist())
        values = cells.to_numpy(dtype=object, copy=True)
        values[missing] = None
        return cast("list[Any]", values.tolist())

    def whole(self, name: str) -> list[int]:
        """A column as whole numbers of the page's columns, 0 where there is none."""
        cells = None if self._frame is None else self._frame.get(name)
        if cells is None or str(cells.dtype) != "Int64":
            return list(map(read_whole, self.read(name)))
        self.asked.add(name)
        return cast("list[int]", cells.fillna(0).clip(-LARGEST, LARGEST).tolist())

    def clean(self, name: str, limit: int, at: Rows | None = None) -> list[str]:
        """A column of texts as the page can have them, or its cells in some rows."""
        self.asked.add(name)
        if self._frame is not None and name not in self._frame.columns:
            return [""] * len(self if at is None else at)
        found = self._different(name, at)
        if found is None:
            return clean_all(self.peek(name, at), limit)
        rows, values = found
        return np.array([*clean_all(values, limit), ""], dtype=object)[rows].tolist()  # type: ignore[no-any-return]

    def add_to(self, texts: Texts, column: Column, limit: int, at: Rows) -> list[int]:
        """Put a column into the texts, numbers as their digits; return the rows of its cells there."""
        self.asked.add(column.name)
        found = self._different(column.name, at)
        if found is None:
            return texts.add_column(_to_texts(self.peek(column.name, at), column, limit))
        rows, values = found
        added = texts.add_column(_to_texts(values, column, limit))
        return np.array([*added, 0])[rows].tolist()  # type: ignore[no-any-return]

    def _different(self, name: str, at: Rows | None) -> tuple[NDArray[np.intp], list[Any]] | None:
        """For each cell of a column its number, -1 where there is none, and the values with these numbers.

        None where they are not kept by number: to find them all is no faster than to look at them all.
        """
        if self._frame is None or name not in self._frame.columns:
            return None
        cells = self._frame[name] if at is None else self._frame[name].iloc[at]
        if str(cells.dtype) != "category":
            return None
        rows, values = cells.factorize()
        return rows, values.tolist()


def _read_frame(mentions: Any) -> Any:
    """The table of a frame or a file; None for records, which need no pandas."""
    if isinstance(mentions, ReadTable):
        return mentions.table
    if not hasattr(mentions, "columns") and not isinstance(mentions, str | os.PathLike):
        return None
    from geomap.tables import read_table  # noqa: PLC0415 - pandas takes half a second

    return read_table(mentions)


def _check_columns(columns: Iterable[str]) -> None:
    missing = sorted(_NEEDED - set(columns))
    if missing:
        raise TableError(
            f"expected a table of mention records, but it lacks {', '.join(missing)}; "
            "use mentions_table() to make one"
        )


def _without_missing(column: list[Any]) -> list[Any]:
    """The same with None for NaN, NaT and pandas' NA."""
    return [
        value if type(value) in _NEVER_MISSING or not _is_missing(value) else None
        for value in column
    ]


def _is_missing(value: Any) -> bool:
    """NaN and NaT are not themselves, and pandas' NA cannot tell."""
    try:
        return bool(value != value)  # noqa: PLR0124
    except TypeError:
        return True


def read_number(value: Any) -> float | None:
    """A finite number; None for anything else."""
    try:
        number = float(value)
    except (TypeError, ValueError):
        return None
    return number if math.isfinite(number) else None


def read_whole(value: Any) -> int:
    """A number as a whole one of the page's columns; 0 where there is none."""
    if type(value) is int and -LARGEST <= value <= LARGEST:
        return value
    return max(-LARGEST, min(LARGEST, int(read_number(value) or 0)))


def clean_all(values: Iterable[object], limit: int) -> list[str]:
    """A column of texts as the page can have them; each is cleaned once, as most come many times."""
    known: dict[str, str] = {}
    cleaned = []
    for value in values:
        if type(value) is not str:  # a table can hold anything, and 1 is a key as good as True
            cleaned.append("" if value is None else clean_text(value, limit))
            continue
        text = known.get(value)
        if text is None:
            text = known[value] = clean_text(value, limit)
        cleaned.append(text)
    return cleaned


def _to_texts(values: Iterable[Any], column: Column, limit: int) -> list[str]:
    if not column.is_numeric:
        return clean_all(values, limit)
    numbers = map(read_number, values)
    return ["" if number is None else f"{number:.17g}" for number in numbers]


class Texts:
    """Strings, each once, addressed by index."""

    def __init__(self, strings: list[str]) -> None:
        self._strings = strings
        self._index: dict[str, int] = {}
        self.add("")

    def add(self, text: str) -> int:
        """The row of a text, which is new if nobody had it yet."""
        index = self._index.get(text)
        if index is None:
            index = self._index[text] = len(self._strings)
            self._strings.append(text)
        return index

    def add_column(self, texts: Sequence[str]) -> list[int]:
        """Rows of a column of texts, in which many come often."""
        index = self._index
        fresh = [text for text in dict.fromkeys(texts) if text not in index]
        first = len(self._strings)
        self._strings.extend(fresh)
        index.update(zip(fresh, range(first, first + len(fresh)), strict=True))
        return list(map(index.__getitem__, texts))

    def add_all(self, values: Iterable[object], limit: int) -> list[int]:
        """Rows of a column of texts, cleaned."""
        return self.add_column(clean_all(values, limit))


def read_span(date_start: Any, date_end: Any, precision: Any) -> tuple[int, int, int]:
    """First day, last day, precision; undated sorts last."""
    start, end = read_day(date_start), read_day(date_end)
    if start is None or precision == "unknown":
        return (10**7, 10**7, 0)
    known = PRECISIONS.index(precision) if precision in PRECISIONS else 1
    return (start, max(start, start if end is None else end), known)


def read_day(value: Any) -> int | None:
    """Whole days since 1970-01-01 of an ISO date, a date or a timestamp."""
    return None if value is None else _read_iso(str(value)[:10])


@lru_cache(maxsize=10_000)
def _read_iso(text: str) -> int | None:
    try:
        return dt.date.fromisoformat(text).toordinal() - _EPOCH
    except ValueError:
        return None


def count_units(text: str) -> int:
    """Length of a text as JavaScript counts it."""
    return len(text) if text.isascii() else len(text.encode("utf-16-le")) // 2
