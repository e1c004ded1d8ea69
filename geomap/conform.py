"""Mention records from anywhere, made those of the schema: their types, what is missing, which values there are.

A table that a person edited, that pandas filtered or that was joined from elsewhere has its own types: whole numbers as
ids, timestamps as days, NaN for what is missing. Each cell is read by :func:`read_cell`, whatever it came from; what
cannot be read is named with its row and column.
"""

from __future__ import annotations

import datetime as dt
import math
import numbers
import re
from functools import lru_cache
from operator import itemgetter
from typing import TYPE_CHECKING, Any, Final, cast

from geomap.dates import read_epoch
from geomap.errors import TableError
from geomap.runtime.expecting import each_record
from geomap.schema import COLUMNS, MENTIONS, REQUIRED

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from geomap.schema import Column, MentionRecord

__all__ = [
    "DERIVED",
    "EXTRA_WORDS",
    "LARGEST",
    "MADE",
    "SQL_NAMES",
    "check_names",
    "conform_record",
    "conform_records",
    "extra_names",
    "is_missing",
    "looks_like_mentions",
    "made_names",
    "read_cell",
    "to_plain",
    "word_faults",
]

#: what records may hold beside their columns for a map alone; no file has it
EXTRA_WORDS: Final = frozenset({"why"})
#: what GIS files hold besides, made of the columns: points in time, which geometry a feature has
MADE: Final = ("time_start", "time_end", "event_time_start", "event_time_end", "geometry_of")
#: how databases call columns whose names are words of theirs
SQL_NAMES: Final = {"mention_start": "start", "mention_end": "end"}
#: faults that an error shows; the others are counted
_SHOWN: Final = 5
_LONGEST_SHOWN: Final = 60
_WHOLE: Final = re.compile(r"[+-]?\d{1,15}(?:\.0{1,6})?")
_NUMBER: Final = re.compile(r"[+-]?(?:\d{1,20}(?:\.\d{0,20})?|\.\d{1,20})(?:[eE][+-]?\d{1,3})?")
#: a day, and the time that pandas or a database put behind it
_DAY: Final = re.compile(r"(\d{4})[-/](\d{2})[-/](\d{2})(?:[T ][\d:.,+\-Z ]{0,40})?")
#: what other tools write for a number or a day that is missing; a place may be called so
_MISSING: Final = frozenset({"", "nan", "nat", "none", "null", "<na>", "na", "n/a"})
#: whole numbers up to this one stand in JSON and in floats as they are
LARGEST: Final = 2**53
_NEVER_MISSING: Final = frozenset({str, int, bool})


def is_missing(value: object) -> bool:
    """Return whether a cell holds nothing: None, NaN, NaT, pandas' NA.

    >>> [is_missing(value) for value in (None, float("nan"), "", 0)]
    [True, True, False, False]
    """
    if value is None:
        return True
    if type(value) in _NEVER_MISSING:
        return False
    try:
        return bool(value != value)  # noqa: PLR0124 - NaN and NaT are not themselves
    except (TypeError, ValueError):  # pandas' NA cannot tell; an array has no one answer
        return type(value).__name__ == "NAType"


def read_cell(column: Column, value: object) -> str | int | float | None:
    """Return a cell as its column has it; None where it holds nothing.

    Args:
        column: The column, of :data:`geomap.schema.MENTIONS`.
        value: What stands in the cell.

    Raises:
        ValueError: It is something else; the message says what was expected and what came.

    >>> read_cell(MENTIONS["article_id"], 17.0), read_cell(MENTIONS["date_start"], "2016-12-19 00:00:00")
    ('17', '2016-12-19')
    """
    if is_missing(value):
        return None
    return _READERS[column.type](column, value)


def _refusal(what: str, value: object) -> ValueError:
    shown = repr(value)
    shown = shown if len(shown) <= _LONGEST_SHOWN else f"{shown[:_LONGEST_SHOWN]}…"
    return ValueError(f"expected {what}, got {shown}")


def _read_text(column: Column, value: object) -> str | None:
    if column.values:
        return _read_word(column, value)
    if isinstance(value, str):
        return str(value) or None
    if _is_number(value):
        number = float(cast("float", value))
        if math.isfinite(number):
            return str(int(cast("int", value)) if number == int(number) else number)
    if type(value).__name__ == "UUID":
        return str(value)
    if isinstance(value, dt.date):
        return value.isoformat()
    raise _refusal("text", value)


def _read_word(column: Column, value: object) -> str | None:
    word = value.strip().lower() if isinstance(value, str) else ""
    if isinstance(value, str) and not word:
        return None
    if word not in column.values:
        raise _refusal(f"one of {', '.join(column.values)}", value)
    return word


def _read_whole(_column: Column, value: object) -> int | None:
    if isinstance(value, str):
        text = value.strip()
        if text.lower() in _MISSING:
            return None
        if not _WHOLE.fullmatch(text):
            raise _refusal("a whole number", value)
        return int(text.partition(".")[0])
    if _is_number(value) and math.isfinite(cast("float", value)):
        number = int(cast("float", value))
        if number == value and abs(number) <= LARGEST:
            return number
    raise _refusal("a whole number", value)


def _is_number(value: object) -> bool:
    is_truth = isinstance(value, bool) or type(value).__name__ in ("bool_", "bool")
    return not is_truth and (isinstance(value, numbers.Real) or type(value).__name__ == "Decimal")


def _read_number(column: Column, value: object) -> float | None:
    what = "degrees" if column.unit == "degrees" else "a number"
    limits = column.limits if column.unit == "degrees" else None
    if limits is not None:
        what += f" from {limits[0]} to {limits[1]}"
    if isinstance(value, str):
        text = value.strip()
        if text.lower() in _MISSING:
            return None
        if not _NUMBER.fullmatch(text):
            point = " with a decimal point" if "," in text else ""
            raise _refusal(f"{what}{point}", value)
        number = float(text)
    elif _is_number(value):
        number = float(cast("float", value))
    else:
        raise _refusal(what, value)
    if not math.isfinite(number) or (limits and not limits[0] <= number <= limits[1]):
        raise _refusal(what, value)
    return number


def _read_day(_column: Column, value: object) -> str | None:
    if isinstance(value, dt.date):  # a datetime and pandas' Timestamp are dates, too
        return value.isoformat()[:10]
    if isinstance(value, str):
        return _read_iso_day(value)
    if type(value).__name__ in ("datetime64", "Period"):
        return _read_iso_day(str(value)[:10])
    if _is_number(value) and (day := read_epoch(cast("float", value))) is not None:
        return day.isoformat()
    raise _refusal("a day as YYYY-MM-DD", value)


@lru_cache(maxsize=20_000)
def _read_iso_day(value: str) -> str | None:
    text = value.strip()
    if text.lower() in _MISSING:
        return None
    match = _DAY.fullmatch(text)
    try:
        if match:
            return dt.date(*map(int, match.groups())).isoformat()
        if text.isdigit() and (day := read_epoch(int(text[:20]))) is not None:
            return day.isoformat()
    except ValueError:
        pass
    raise _refusal("a day as YYYY-MM-DD", value)


def _read_shape(_column: Column, value: object) -> str | None:
    if isinstance(value, str):
        return str(value).strip() or None
    wkt = getattr(value, "wkt", None)  # a shape of shapely
    if isinstance(wkt, str):
        return wkt
    raise _refusal("a shape as WKT", value)


_READERS: Final[Mapping[str, Callable[[Column, Any], str | int | float | None]]] = {
    "text": _read_text,
    "integer": _read_whole,
    "number": _read_number,
    "day": _read_day,
    "wkt": _read_shape,
}


def _status_of(place_id: str | None) -> str:
    return "unknown" if place_id is None else "resolved"


def _same_day(start: str | None) -> str | None:
    return start


@lru_cache(maxsize=20_000)
def _precision_of(start: str | None, end: str | None) -> str:
    """Return how exactly a date is known, as its first and last day tell."""
    if start is None or end is None:
        return "unknown"
    days = (dt.date.fromisoformat(end) - dt.date.fromisoformat(start)).days + 1
    return next((word for most, word in _LENGTHS if days <= most), "year")


#: the longest span of days that is known to some precision
_LENGTHS: Final = ((1, "day"), (7, "week"), (31, "month"))
#: what a table may lack since other columns tell it: from which, and how
DERIVED: Final[Mapping[str, tuple[tuple[str, ...], Callable[..., str | None]]]] = {
    "status": (("place_id",), _status_of),
    "date_end": (("date_start",), _same_day),
    "date_precision": (("date_start", "date_end"), _precision_of),
}


def check_names(names: Iterable[object], where: str) -> None:
    """Refuse a table that lacks a column that every mention table has.

    Raises:
        TableError: It does; the message names all that it lacks.
    """
    known = set(names)
    missing = [name for name in REQUIRED if name not in known]
    if missing:
        raise TableError(
            f"{where} lacks the column{'s' * (len(missing) > 1)} {', '.join(missing)}: mentions have at least "
            f"{', '.join(REQUIRED)}"
        )


def looks_like_mentions(names: Iterable[str]) -> bool:
    """Return whether columns are those of a mention table rather than of articles.

    >>> looks_like_mentions(["article_id", "surface", "kind"]), looks_like_mentions(["id", "text", "date"])
    (True, False)
    """
    known = {name.strip().lower() for name in names}
    if known.issuperset(REQUIRED):
        return True
    return "text" not in known and any(marks <= known for marks in _MARKS)


#: columns by which a mention table is told from articles, even where it lacks one that it needs
_MARKS: Final = (
    {"article_id", "surface"},
    {"article_id", "place_id"},
    {"surface", "kind"},
    {"place_id", "surface"},
)


def made_names(names: Iterable[str]) -> frozenset[str]:
    """Return those of some columns that a GIS file holds beside those of the record, made of these."""
    known = frozenset(names)
    made = known.intersection(MADE)
    return made | known.intersection(_OF_FEATURES) if made else made


#: what a feature has besides, in a file that has MADE's columns too
_OF_FEATURES: Final = ("id", "geometry")


def extra_names(names: Iterable[str]) -> tuple[str, ...]:
    """Return those of some columns that are a user's own, in their order."""
    return tuple(name for name in names if name not in _OURS)


_COLUMNS: Final = frozenset(COLUMNS)
_OURS: Final = _COLUMNS | EXTRA_WORDS


def word_faults(where: str, faults: list[str]) -> TableError:
    """Return the error that names cells that cannot be read, the first of them."""
    shown = [f"  {fault}" for fault in faults[:_SHOWN]]
    if len(faults) > _SHOWN:
        shown.append(f"  … and {len(faults) - _SHOWN:,} more")
    cells = "1 cell" if len(faults) == 1 else f"{len(faults):,} cells"
    return TableError("\n".join((f"{where}: {cells} cannot be read:", *shown)))


def to_plain(value: Any) -> Any:
    """Return a user's own cell as a value that every file can hold; None where it holds nothing.

    >>> to_plain(dt.date(2016, 12, 19)), to_plain(float("nan"))
    ('2016-12-19', None)
    """
    if type(value) in _NEVER_MISSING:
        return value
    if is_missing(value):
        return None
    if isinstance(value, dt.date | dt.time):
        return value.isoformat()
    if isinstance(value, dict):
        return {str(key): to_plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        items = sorted(value, key=str) if isinstance(value, set | frozenset) else value
        return [to_plain(item) for item in items]
    if hasattr(value, "tolist"):  # of numpy
        return to_plain(value.tolist()) if type(value.tolist()) is not type(value) else value
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    return value if isinstance(value, int) else str(value)


def conform_record(row: Mapping[str, Any], number: int) -> MentionRecord:
    """Return a record that holds the columns in their order, and then a user's own.

    Args:
        row: A record, of any types.
        number: Which it is among the records, from 1, for messages.

    Raises:
        TableError: It lacks a column that every mention has, or a cell cannot be read.
    """
    where = f"mention record {number:,}"
    check_names(row, where)
    record: dict[str, Any] = {}
    faults = []
    for column in MENTIONS.columns:
        try:
            record[column.name] = read_cell(column, row.get(column.name))
        except ValueError as err:
            faults.append(f"{column.name}: {err}")
    faults = faults or [f"{name}: {problem}" for name, problem in row_faults(record)]
    if faults:
        raise word_faults(where, faults)
    for name, (sources, derive) in DERIVED.items():
        if record[name] is None:
            record[name] = derive(*(record[source] for source in sources))
    record |= {str(name): to_plain(row[name]) for name in row if name not in _COLUMNS}
    return cast("MentionRecord", record)


def row_faults(record: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Yield the columns of a record that do not go together, and why."""
    for name in ("article_id", "surface", "kind"):
        if record[name] is None:
            yield name, "it is empty, and every mention has one"
    if record["place_id"] is not None and (record["lat"] is None or record["lon"] is None):
        name = "lat" if record["lat"] is None else "lon"
        yield name, "it is empty, although place_id names a place"
    start, end = record["date_start"], record["date_end"]
    if start is not None and end is not None and end < start:
        yield "date_end", f"{end} comes before date_start, {start}"


class _Shapes:
    """Types of the cells of records that need no look, as those that the geoparser makes."""

    def __init__(self) -> None:
        self._known: set[tuple[type, ...]] = set()
        self._numbers = [COLUMNS.index(name) for name in MENTIONS.of_type("number")]

    def fit(self, record: Mapping[str, Any]) -> MentionRecord | None:
        """Return a record whose columns are each of its type, these in their order; None where one is not."""
        try:
            cells = _CELLS(record)
        except KeyError:
            return None
        kinds = tuple(map(type, cells))
        if kinds not in self._known:
            if not all(map(_is_exact, MENTIONS.columns, kinds)):
                return None
            self._known.add(kinds)
        for at in self._numbers:
            if cells[at] != cells[at]:
                return None
        if tuple(record) == COLUMNS:
            return cast("MentionRecord", record)
        extras = {str(name): to_plain(record[name]) for name in record if name not in _COLUMNS}
        return cast("MentionRecord", dict(zip(COLUMNS, cells, strict=True)) | extras)


_CELLS: Final = itemgetter(*COLUMNS)


def _is_exact(column: Column, kind: type) -> bool:
    return kind is _EXACT.get(column.type, str) or (
        kind is type(None) and (column.nullable or column.name not in DERIVED)
    )


_EXACT: Final[Mapping[str, type]] = {"integer": int, "number": float}


def conform_records(records: Iterable[Mapping[str, Any]]) -> Iterator[MentionRecord]:
    """Yield mention records as they come, each made what the schema says.

    Raises:
        TableError: One of them is none.
    """
    shapes = _Shapes()
    for number, record in enumerate(each_record(records), start=1):
        yield shapes.fit(record) or conform_record(record, number)
