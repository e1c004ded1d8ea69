"""What a phrase of time means on the calendar, seen from the day of publication.

An expression (geomap/told/readings.py) becomes a stretch of days by the word that ties it to its
sentence ("since", "until") and by a second one beside it ("from … to"). Where the publication is
known to a month or a year, what comes out the same from its first and its last day is told.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from geomap.told.calendar import Days, unit_of
from geomap.told.readings import EXACTNESS, Told, View, read_month, read_point

if TYPE_CHECKING:
    from geomap.model import DatePrecision, DateSpan
    from geomap.told.kinds import Point
    from geomap.told.phrases import Phrase

__all__ = ["resolve_phrase"]


def _coarser(one: DatePrecision, other: DatePrecision) -> DatePrecision:
    return max(one, other, key=EXACTNESS.index)


def _has_year(point: Point) -> bool:
    return bool(point.parts.get("year")) or point.kind in ("year", "decade", "numeric", "foreign")


def _read_pair(phrase: Phrase, last_point: Point, view: View) -> Told:
    """Read two ends: each where it is named, else the second from the first, or the other way."""
    first, last = read_point(phrase.first, view), read_point(last_point, view)
    precision = _coarser(first.precision, last.precision)
    if _has_year(last_point) and not _has_year(phrase.first):
        anchor = last.days and last.days.last
        first = read_point(phrase.first, View(anchor, to_come=False, before=None))
    elif phrase.joined and not view.to_come and not _has_year(phrase.first):
        anchor = last.days and last.days.first
        first = read_point(phrase.first, View(anchor, to_come=False, before=None)) if anchor else first  # fmt: skip
    elif not _has_year(last_point) and "turn" not in (key for key, value in last_point.parts.items() if value):  # fmt: skip
        anchor = first.days and first.days.first
        last = read_point(last_point, View(anchor, to_come=True, before=None)) if anchor else last
    if first.days is None or last.days is None:
        return Told(None, precision)
    ends = Days(min(first.days.first, last.days.first), max(first.days.last, last.days.last))
    return Told(ends, precision)


def _tie(phrase: Phrase, told: Told, view: View) -> Told:
    """Return what "since", "until" and the like make of a point of time."""
    days, precision = told
    now = view.now
    if phrase.tie in ("between", "from") and (phrase.first.parts.get("day_2") or phrase.first.parts.get("year_2")):  # fmt: skip
        return told
    if (
        phrase.tie in ("since", "until", "before", "after", "from", "between")
        and phrase.last is None
    ):
        if phrase.tie == "from" and view.to_come:
            return told
        if phrase.tie == "since" and days and now and days.first <= now:
            return Told(Days(days.first, now), precision)
        if phrase.tie == "until" and view.to_come and days and now and now <= days.last:
            return Told(Days(now, days.last), precision)
        return Told(None, precision)
    if phrase.tie == "by" and view.to_come:
        if now is None or days is None or days.last < now:
            return Told(None, precision)
        return Told(Days(now, days.last), precision)
    if phrase.tie == "week of" and days:
        return Told(unit_of("week", days.first), "week")
    return told


#: "by the end of X" is "by X", "since the beginning of X" is "since X"
_EDGES: Final = {
    **dict.fromkeys(("by", "until"), re.compile(r"\b(?:end|close)\b")),
    **dict.fromkeys(("since", "from"), re.compile(r"\b(?:beginning|start)\b")),
}


def _resolve(phrase: Phrase, view: View) -> Told:
    part = phrase.first.parts.get("part") or phrase.first.parts.get("part_3")
    edge = _EDGES.get(phrase.tie)
    if part and edge and edge.search(part) and phrase.last is None:
        point = phrase.first._replace(parts={**phrase.first.parts, "part": None, "part_3": None})
        phrase = phrase._replace(first=point)
    told = read_point(phrase.first, view) if phrase.last is None else _read_pair(phrase, phrase.last, view)  # fmt: skip
    return _tie(phrase, told, view)


def resolve_phrase(
    phrase: Phrase, published: DateSpan, *, to_come: bool, before: Told | None
) -> Told:
    """Return what a phrase means.

    Args:
        phrase: The phrase.
        published: When the article was published, to any precision.
        to_come: Whether its clause speaks of what is to come, which "Friday" and "in May" ask.
        before: What was told before it in the text, which "a year later" counts from.
    """
    first, last = published.start, published.end
    if phrase.tie == "since":
        to_come = False
    told = _resolve(phrase, View(last, to_come, before))
    if first == last or first is None or last is None:
        return told
    if _is_bare_month(phrase) and (first.year, last.year) == (last.year, first.year):
        return Told(_of_one_year(phrase, first.year), told.precision)
    other = _resolve(phrase, View(first, to_come, before))
    return told if other == told else Told(None, told.precision)


def _is_bare_month(phrase: Phrase) -> bool:
    """Tell "in May", which an article of a known year tells by itself."""
    point = phrase.first
    named = any(point.parts.get(key) for key in ("turn", "year", "year_turn"))
    return phrase.tie in ("", "in") and phrase.last is None and point.kind == "month" and not named


def _of_one_year(phrase: Phrase, year: int) -> Days | None:
    parts = {**phrase.first.parts, "year": str(year)}
    return read_month(parts, View(None, to_come=False, before=None)).days
