"""The fields of a mention in a GIS: its columns with their types, an id, and its times as points in time.

They derive from the schema of the record, so that a column that is added there is in every format. What a database
calls by a word of its own language has another name there (``start`` is ``mention_start``).
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from functools import lru_cache
from operator import itemgetter
from typing import TYPE_CHECKING, Any, Final, Literal

import orjson

from geomap.errors import TableError
from geomap.schema import MENTIONS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from geomap.schema import Column, Schema

__all__ = [
    "GEOMETRY_OF",
    "SQL_NAMES",
    "TIMES",
    "Field",
    "FieldType",
    "add_times",
    "clean_cell",
    "clean_xml",
    "end_of",
    "feature_id",
    "fields_of",
    "moment_text",
    "own_fields",
    "read_day",
    "start_of_day",
]

FieldType = Literal["text", "integer", "number", "truth", "day", "time", "wkt"]
#: names that are words of SQL, and what they are called there
SQL_NAMES: Final = {"start": "mention_start", "end": "mention_end"}
#: the points in time between which a mention lies: of when it was printed, and of what its sentence speaks of
TIMES: Final = {"time": "date", "event_time": "event"}
#: which geometry of a mention a feature has, where there is one for each
GEOMETRY_OF: Final = "geometry_of"
#: what GIS formats and databases call their own columns
_RESERVED: Final = {
    "fid",
    "geom",
    "geometry",
    "described",
    "ogc_fid",
    "rowid",
    "version",
    GEOMETRY_OF,
}
_MIDNIGHT: Final = dt.time(tzinfo=dt.UTC)
#: what no XML can hold
_NO_XML: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_DAY: Final = dt.timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Field:
    """One field of a feature: how it is called, what it holds, and how a record gives it."""

    name: str
    type: FieldType
    doc: str
    value: Callable[[Mapping[str, Any]], Any]


def feature_id(record: Mapping[str, Any], geometry_of: str = "") -> str:
    """Return the id of a mention's feature.

    >>> feature_id({"article_id": "a.txt", "start": 10, "end": 15})
    'a.txt:10-15'
    """
    name = f"{record['article_id']}:{record['start']}-{record['end']}"
    return f"{name}:{geometry_of}" if geometry_of else name


@lru_cache(maxsize=1 << 14)
def read_day(text: str) -> dt.date:
    """Return a day of the record.

    Raises:
        TableError: It is none.

    >>> read_day("2019-03-21")
    datetime.date(2019, 3, 21)
    """
    try:
        return dt.date.fromisoformat(text)
    except (TypeError, ValueError):
        raise TableError(f"expected a day as YYYY-MM-DD, got {text!r}") from None


@lru_cache(maxsize=1 << 14)
def start_of_day(text: str) -> dt.datetime:
    """Return the moment when a day begins, in UTC."""
    return dt.datetime.combine(read_day(text), _MIDNIGHT)


@lru_cache(maxsize=1 << 14)
def end_of(text: str) -> dt.datetime:
    """Return the moment when a day is over, in UTC: when the next one begins."""
    try:
        return dt.datetime.combine(read_day(text) + _DAY, _MIDNIGHT)
    except OverflowError:  # the calendar's last day
        return dt.datetime.combine(read_day(text), _MIDNIGHT)


def moment_text(moment: dt.datetime) -> str:
    """Return a moment of UTC as ISO text, as JSON holds it."""
    return f"{moment.replace(tzinfo=None).isoformat()}Z"


def _day(name: str) -> Callable[[Mapping[str, Any]], Any]:
    return lambda record: None if record[name] is None else read_day(record[name])


def _time(name: str, convert: Callable[[str], dt.datetime]) -> Callable[[Mapping[str, Any]], Any]:
    return lambda record: None if record[name] is None else convert(record[name])


def _time_fields(names: tuple[str, ...]) -> list[Field]:
    """Return the points in time of each pair of days that is among some columns."""
    made = []
    for name, days in TIMES.items():
        first, last = f"{days}_start", f"{days}_end"
        if first in names and last in names:
            doc = f"the moment when `{first}` begins (UTC)"
            made.append(Field(f"{name}_start", "time", doc, _time(first, start_of_day)))
            doc = f"the moment when `{last}` is over (UTC): exclusive"
            made.append(Field(f"{name}_end", "time", doc, _time(last, end_of)))
    return made


def _field(column: Column, *, sql: bool) -> Field:
    name = SQL_NAMES.get(column.name, column.name) if sql else column.name
    value = _day(column.name) if column.type == "day" else itemgetter(column.name)
    return Field(name, column.type, column.doc, value)


def fields_of(schema: Schema = MENTIONS, *, sql: bool = False) -> tuple[Field, ...]:
    """Return the fields of a mention: its id, its columns in their order, its times.

    Args:
        schema: The columns of the record.
        sql: Whether names are those for a database.

    >>> [field.name for field in fields_of(sql=True)][:7]
    ['id', 'article_id', 'title', 'source', 'url', 'lang', 'mention_start']
    """
    about = "`article_id:start-end`: the same mention has the same id in every export"
    return (
        Field("id", "text", about, feature_id),
        *(_field(column, sql=sql) for column in schema.columns),
        *_time_fields(schema.names),
    )


def own_fields(
    records: Iterable[Mapping[str, Any]], names: Sequence[str], ours: Sequence[Field]
) -> tuple[Field, ...]:
    """Return the fields of a user's own columns: numbers where all their cells are, else text.

    Args:
        records: The records.
        names: The columns, as :attr:`geomap.export.rows.CountedRecords.extras` has them.
        ours: The fields that there are already; one of the same name, whatever its case, gets an underscore.

    >>> [(f.name, f.type) for f in own_fields([{"fid": 1, "note": "x"}], ("fid", "note"), ())]
    [('fid_', 'integer'), ('note', 'text')]
    """
    taken = {field.name.lower() for field in ours} | _RESERVED
    made = []
    types: dict[str, set[type]] = {name: set() for name in names}
    for record in records if names else ():
        for name, found in types.items():
            found.add(type(record[name]))
    for name in names:
        shown = clean_cell(name)
        while shown.lower() in taken:
            shown += "_"
        taken.add(shown.lower())
        kinds = types[name] - {type(None)}
        kind: FieldType = "text"
        if kinds and kinds <= {int, float}:
            kind = "number" if float in kinds else "integer"
        made.append(Field(shown, kind, "a column of your own", _own(name, kind)))
    return tuple(made)


def _own(name: str, kind: FieldType) -> Callable[[Mapping[str, Any]], Any]:
    def value(record: Mapping[str, Any]) -> Any:
        cell = record.get(name)
        if kind != "text" or cell is None or isinstance(cell, str):
            return cell
        return orjson.dumps(cell).decode()

    return value


_TIME_FIELDS: Final = tuple(_time_fields(MENTIONS.names))


def add_times(
    record: Mapping[str, Any],
    geometry_of: str | None = None,
    cells: Mapping[str, Any] | None = None,
) -> dict[str, Any]:
    """Return a record, or those of its cells that are wanted, with its points in time as ISO text, and which geometry its feature has where that is told."""
    made = dict(record if cells is None else cells)
    for field in _TIME_FIELDS:
        moment = field.value(record)
        made[field.name] = None if moment is None else moment_text(moment)
    if geometry_of is not None:
        made[GEOMETRY_OF] = geometry_of or "place"
    return made


def clean_cell(value: Any) -> Any:
    r"""Return text that every file and database can hold; anything else as it is.

    Halves of surrogate pairs, which no UTF-8 can hold, become question marks; zero bytes the mark of what cannot be shown.

    >>> clean_cell("a\0b"), clean_cell(5)
    ('a\ufffdb', 5)
    """
    if not isinstance(value, str) or (value.isascii() and "\0" not in value):
        return value
    return value.replace("\0", "\ufffd").encode("utf-8", "replace").decode()


def clean_xml(text: str) -> str:
    r"""Return text that XML can hold, with line ends as LF.

    >>> clean_xml("a\x07\r\nb")
    'a\ufffd\nb'
    """
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    return _NO_XML.sub("\ufffd", text).encode("utf-8", "replace").decode()
