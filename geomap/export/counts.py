"""Counts of mentions for the layers of a GIS: of places, of places over time, of units and of countries.

They are those of :func:`geomap.tables.tally_places`, counted without pandas: literal and associative mentions, articles
and stories (an article of which nobody knows the story is one of its own), and a mention of an unknown place with the
unit that it lies in.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from geomap.export.fields import Field, end_of, read_day, start_of_day
from geomap.gazetteer.classes import place_precision
from geomap.periods import last_day, start_of
from geomap.schema import MENTIONS

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence

    from geomap.export.fields import FieldType
    from geomap.periods import Period

__all__ = ["COUNTS", "SPANS", "count_by", "count_places", "period_of", "plain_fields"]

#: the kinds that mean a place; an embedded name does not
_KINDS: Final = frozenset({"literal", "associative"})


def plain_fields(columns: Iterable[tuple[str, FieldType, str]]) -> tuple[Field, ...]:
    """Return the fields of rows that hold their values under their own names."""

    def of(name: str) -> Callable[[Mapping[str, Any]], Any]:
        return lambda row: row[name]

    return tuple(Field(name, kind, doc, of(name)) for name, kind, doc in columns)


#: what is counted
COUNTS: Final = plain_fields(
    (
        ("mentions", "integer", "how many mentions"),
        ("articles", "integer", "in how many articles"),
        ("stories", "integer", "that tell how many stories"),
        ("literal", "integer", "mentions of the place itself"),
        ("associative", "integer", "mentions of its people, its state, an adjective"),
        ("ambiguous", "integer", "mentions of which the place is the best guess"),
        (
            "unlocated",
            "integer",
            "mentions of a name that lies somewhere in it, nobody knows where",
        ),
        ("undated", "integer", "mentions in articles without a date"),
        ("first_date", "day", "the first day on which an article may have been published"),
        ("last_date", "day", "the last such day"),
    )
)
#: between which points in time
SPANS: Final = plain_fields(
    (
        (
            "period",
            "text",
            "the step of time; `wider`, where a date is known to more than one step only",
        ),
        ("time_start", "time", "the moment when it begins (UTC)"),
        ("time_end", "time", "the moment when it is over (UTC): exclusive"),
    )
)


class _Count:
    """What is counted of one group."""

    def __init__(self, first: Mapping[str, Any]) -> None:
        self.first = first
        self._numbers = dict.fromkeys(
            ("mentions", "literal", "associative", "ambiguous", "unlocated", "undated"), 0
        )
        self._articles: set[str] = set()
        self._stories: set[tuple[bool, str]] = set()
        self._days: list[str] = []

    def add(self, record: Mapping[str, Any]) -> None:
        numbers = self._numbers
        numbers["mentions"] += 1
        numbers[record["kind"]] += 1
        numbers["ambiguous"] += record["status"] == "ambiguous"
        numbers["unlocated"] += record["status"] == "unknown"
        article, story = record["article_id"], record["story_id"]
        self._articles.add(article)
        self._stories.add((False, article) if story is None else (True, story))
        if record["date_start"] is None:
            numbers["undated"] += 1
            return
        start, end = record["date_start"], record["date_end"] or record["date_start"]
        self._days = [min([*self._days[:1], start]), max([*self._days[1:], end])]

    def row(self) -> dict[str, Any]:
        first, last = map(read_day, self._days) if self._days else (None, None)
        return {
            **self._numbers,
            "articles": len(self._articles),
            "stories": len(self._stories),
            "first_date": first,
            "last_date": last,
        }


def count_by(
    records: Iterable[Mapping[str, Any]], key_of: Callable[[Mapping[str, Any]], Hashable | None]
) -> Iterator[tuple[Any, dict[str, Any]]]:
    """Yield the key and the counts of each group, most mentioned first; what has no key is left out.

    Args:
        records: Mention records.
        key_of: Returns what a record is grouped by.
    """
    groups: dict[Any, _Count] = {}
    for record in records:
        if record["kind"] not in _KINDS or (key := key_of(record)) is None:
            continue
        group = groups.get(key)
        if group is None:
            group = groups[key] = _Count(record)
        group.add(record)
    rows = [(key, group.row(), group.first) for key, group in groups.items()]
    rows.sort(key=lambda item: (-item[1]["mentions"], str(item[0])))
    for key, row, first in rows:
        yield key, {**row, "_first": first}


def period_of(record: Mapping[str, Any], period: Period) -> tuple[str, dt.date, dt.date] | None:
    """Return the step of time in which an article was published, with its first and last day.

    None of an article without a date. A month is not counted on one of its days: where the date is known to more than
    one step only, its own days are the span, and it is called ``wider``.

    >>> record = {"date_start": "2019-03-21", "date_end": "2019-03-21"}
    >>> period_of(record, "month")
    ('month', datetime.date(2019, 3, 1), datetime.date(2019, 3, 31))
    """
    if record["date_start"] is None:
        return None
    first = read_day(record["date_start"])
    last = read_day(record["date_end"] or record["date_start"])
    start = start_of(first, period)
    end = last_day(start, period)
    return (period, start, end) if first <= last <= end else ("wider", first, last)


def _place_key(record: Mapping[str, Any]) -> str | None:
    key: str | None = record["place_id"] or record["within"]
    return key


#: the columns of a place that its mentions share
_PLACE: Final = MENTIONS.of_places


def count_places(
    records: Sequence[Mapping[str, Any]], period: Period | None = None
) -> list[dict[str, Any]]:
    """Return a row for each place, or for each place and step of time, most mentioned first.

    Args:
        records: Mention records.
        period: The step; articles without a date are then left out. None for the whole time.
    """

    def key_of(record: Mapping[str, Any]) -> tuple[Any, ...] | None:
        place = _place_key(record)
        if place is None:
            return None
        if period is None:
            return (place,)
        span = period_of(record, period)
        return None if span is None else (place, *span)

    made = []
    for (place, *span), row in count_by(records, key_of):
        first = row.pop("_first")
        row |= {name: first[name] for name in _PLACE}
        row |= {"place_id": place, "name": first["name"] or first["within_name"]}
        if first["place_id"] is not None and first["feature"]:  # not that of "near it"
            row["precision"] = place_precision(first["feature"])
        if span:
            row["period"] = span[0]
            row["time_start"] = start_of_day(span[1].isoformat())
            row["time_end"] = end_of(span[2].isoformat())
        made.append(row)
    if period is not None:
        made.sort(
            key=lambda row: (row["time_start"], row["time_end"], -row["mentions"], row["place_id"])
        )
    return made
