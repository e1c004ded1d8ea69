"""What one expression of time means on the calendar, seen from a day: a small function for each kind.

The kinds are those of geomap/told/kinds.py. What needs a day to be seen from has no days where
there is none.
"""

from __future__ import annotations

import datetime as dt
import re
from functools import partial
from typing import TYPE_CHECKING, Final, NamedTuple

from geomap.dates import WEEKDAYS, full_year, month_number, read_date
from geomap.runtime.memo import Memo
from geomap.told.calendar import (
    Days,
    add_days,
    find_turn,
    months,
    pick,
    season,
    step,
    unit_of,
    unit_precision,
    years,
)
from geomap.told.kinds import NUMBERS, ORDINALS
from geomap.told.parts import cut_part, part_name, part_precision, share_of_year

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from geomap.model import DatePrecision
    from geomap.told.kinds import Point

__all__ = ["EXACTNESS", "Told", "View", "read_month", "read_point"]


class Told(NamedTuple):
    """The days that a phrase means, None where they cannot be known, and how exact it is."""

    days: Days | None
    precision: DatePrecision


class View(NamedTuple):
    """From where a phrase is seen: the day of publication, what is to come, what was told before."""

    now: dt.date | None
    to_come: bool
    before: Told | None


#: from the finest to the coarsest
EXACTNESS: Final = ("day", "week", "month", "year")


def _turn(text: str | None) -> str:
    """Return ``last``, ``next`` or ``this`` for the words that turn to another unit; "" for none."""
    if not text:
        return ""
    text = text.lower()
    if "last" in text or "past" in text or "previous" in text:
        return "last"
    if "next" in text or "coming" in text or "following" in text:
        return "next"
    return "this"


def _year(parts: Mapping[str, str | None], view: View) -> int | None:
    """Return the year that a phrase names, or says by "last year"; None where it does neither."""
    if parts.get("year"):
        return full_year(parts["year"] or "")
    turn = (parts.get("year_turn") or parts.get("year_turn_2") or "").lower()
    if not turn or view.now is None:
        return None
    return view.now.year + {"last": -1, "this": 0, "next": 1}[turn]


def _of_year(
    parts: Mapping[str, str | None], view: View, make: Callable[[int], Days | None]
) -> Days | None:
    """Return what comes back every year: in the year named, by its turn, or as the tense says."""
    year = _year(parts, view)
    if year is not None:
        return make(year)
    if parts.get("year_turn"):
        return None
    if view.now is None:
        return _nearest(make, view.before)
    turn = _turn(parts.get("turn"))
    if turn:
        return find_turn(make, view.now, turn)
    return pick(make, view.now, to_come=view.to_come)


#: days of the longest time that another one may take its year from, and how far they may lie apart
_LONGEST_ANCHOR: Final = 31
_NEAR: Final = 120


def _nearest(make: Callable[[int], Days | None], before: Told | None) -> Days | None:
    """Return what comes back every year nearest to the day or month that was told before it.

    In a text whose own date nobody knows, "on 29 November 2024 …; on 5 December" goes on in 2024.
    """
    if before is None or before.days is None:
        return None
    known = before.days
    if (known.last - known.first).days > _LONGEST_ANCHOR:
        return None
    found = [days for shift in (-1, 0, 1) if (days := make(known.first.year + shift))]
    near = [days for days in found if abs((days.first - known.first).days) <= _NEAR]
    return near[0] if len(near) == 1 else None


def _day(year: int, month: int, day: int) -> dt.date | None:
    try:
        return dt.date(year, month, day)
    except ValueError:
        return None


def _number(text: str | None) -> int:
    """Return the number at the beginning of "22nd"."""
    return int(re.match(r"\d+", text or "0")[0])  # type: ignore[index]


def _days_of_months(
    start: tuple[int, int], end: tuple[int, int], year: int, *, year_of_end: bool
) -> Days | None:
    """Return from a (month, day) to another; one that turns the year begins or ends in ``year``."""
    turns = end < start
    first = _day(year - (turns and year_of_end), *start)
    last = _day(year + (turns and not year_of_end), *end)
    return Days(first, last) if first and last else None


def _read_month_day(parts: Mapping[str, str | None], view: View) -> Told:
    month = month_number(parts["month"] or "") or 0
    other = month_number(parts["month_2"]) if parts.get("month_2") else None
    day, day_2 = _number(parts["day"]), _number(parts.get("day_2"))
    # "May 30 to June 2" has the end's month second, "30 May to 2 June" the start's
    start, end = (month, day), (other or month, day_2 or day)
    if "month_first" in parts:
        start, end = (other or month, day), (month, day_2 or day)
    named = bool(parts.get("year"))
    make = partial(_days_of_months, start, end, year_of_end=named)
    return Told(_of_year(parts, view, make), "day")


def _read_day_month(parts: Mapping[str, str | None], view: View) -> Told:
    return _read_month_day({**parts, "month_first": ""}, view)


def _read_date(parts: Mapping[str, str | None], view: View) -> Told:
    del view
    span = read_date(parts["date"] or "")
    if span.start is None or span.end is None or span.ambiguous:
        return Told(None, "day")
    return Told(Days(span.start, span.end), span.precision)


def read_month(parts: Mapping[str, str | None], view: View) -> Told:
    """Return what a month means: "in May", "early March 2016", "last June"."""
    part = part_name(parts)
    number = month_number(parts["month"] or "") or 0
    days = _of_year(parts, view, lambda year: months(year, number))
    return Told(cut_part(days, "month", part), part_precision("month", part))


def _read_share(parts: Mapping[str, str | None], view: View) -> Told:
    number = ORDINALS[(parts["ordinal"] or "").lower()]
    length = 6 if parts["unit"] == "half" else 3
    number = 2 if parts["unit"] == "half" and number < 0 else number
    return Told(_of_year(parts, view, lambda year: share_of_year(year, length, number)), "month")


def _read_season(parts: Mapping[str, str | None], view: View) -> Told:
    name = (parts["season"] or "").lower().removesuffix("time")
    days = _of_year(parts, view, lambda year: season(name, year))
    return Told(cut_part(days, "quarter", part_name(parts)), "month")


def _read_weekday(parts: Mapping[str, str | None], view: View) -> Told:
    number = WEEKDAYS.index((parts["weekday"] or "")[:3].lower())
    now = view.now
    if now is None:
        return Told(None, "day")
    if parts.get("week"):
        week = unit_of("week", step("week", now, {"last": -1, "this": 0, "next": 1}[parts["week"] or ""]))  # fmt: skip
        day = add_days(week.first, number) if week else now
        return Told(Days(day, day), "day")
    turn = (parts.get("turn") or "").lower()
    back = (now.weekday() - number) % 7
    ahead = (number - now.weekday()) % 7
    if turn in _FROM_ANOTHER_DAY:
        return _weekday_beside(turn, number, view)
    if turn == "last":
        day = add_days(now, -(back or 7))
    elif turn == "next":
        day = add_days(now, ahead or 7)
    elif "coming" in turn or (view.to_come and not turn.endswith("past")):
        day = add_days(now, ahead)
    else:
        day = add_days(now, -back)
    return Told(Days(day, day), "day")


_FROM_ANOTHER_DAY: Final = frozenset(("the following", "the previous"))


def _weekday_beside(turn: str, number: int, view: View) -> Told:
    """Return "the following Monday": behind the day that was told before, or, of what is to come, behind today."""
    told = view.before
    anchor = told.days if told and told.precision == "day" else None
    if turn == "the following":
        day = anchor.last if anchor else view.now if view.to_come else None
        steps = (number - day.weekday()) % 7 or 7 if day else 0
    else:
        day = anchor.first if anchor else view.now
        steps = -((day.weekday() - number) % 7 or 7) if day else 0
    if day is None:
        return Told(None, "day")
    day = add_days(day, steps)
    return Told(Days(day, day), "day")


_WORDS: Final = {"yesterday": -1, "last night": -1, "tomorrow": 1, "the day before yesterday": -2, "the day after tomorrow": 2}  # fmt: skip


def _read_word(parts: Mapping[str, str | None], view: View) -> Told:
    if view.now is None:
        return Told(None, "day")
    word = re.sub(r"\s+", " ", (parts["word"] or "").lower())
    day = add_days(view.now, _WORDS.get(word, 0))
    if word == "overnight":
        other = add_days(day, 1 if view.to_come else -1)
        return Told(Days(min(day, other), max(day, other)), "day")
    return Told(Days(day, day), "day")


def _read_weekend(parts: Mapping[str, str | None], view: View) -> Told:
    now = view.now
    if now is None:
        return Told(None, "day")
    saturday = add_days(now, 5 - now.weekday())
    turn = (parts["turn"] or "").lower()
    if turn == "this past" or "previous" in turn or turn == "the past":
        shift = 0 if saturday <= now else -7
    elif turn == "last":
        shift = -7
    elif turn in ("next", "the following"):
        shift = 7
    elif turn.startswith("this") or "coming" in turn or view.to_come:
        shift = 0
    else:
        shift = 0 if saturday <= now else -7
    first = add_days(saturday, shift)
    return Told(Days(first, add_days(first, 1)), "day")


def _read_feast(parts: Mapping[str, str | None], view: View) -> Told:
    name = (parts["feast"] or "").lower()
    month, day = (12, 31) if "new" in name and "eve" in name else (1, 1) if "new" in name else (12, 24) if "eve" in name else (12, 26) if "boxing" in name else (12, 25)  # fmt: skip
    make = partial(_days_of_months, (month, day), (month, day), year_of_end=False)
    return Told(_of_year(parts, view, make), "day")


def _count(text: str | None) -> int:
    """Return how many: digits, a number word, "a couple of"."""
    words = (text or "a").lower().split()
    word = next((word for word in words if word not in ("a", "of")), words[0])
    return int(word) if word.isdigit() else NUMBERS.get(word, 1)


def _unit(text: str | None) -> str:
    """Return a unit in the singular."""
    unit = (text or "").rstrip("s")
    return "century" if unit.startswith("centur") else unit


#: halves of units, in smaller ones
_HALVES: Final = {"century": ("year", 50), "decade": ("year", 5), "year": ("month", 6), "month": ("week", 2), "day": ("hour", 12), "hour": ("hour", 1)}  # fmt: skip


def _half(parts: Mapping[str, str | None]) -> tuple[str, int] | None:
    """Return the unit and count of "half a year"."""
    count = (parts["count"] or "").lower()
    return _HALVES.get(_unit(parts["unit"])) if count.startswith("half") else None


def _read_ago(parts: Mapping[str, str | None], view: View) -> Told:
    unit, count = _half(parts) or (_unit(parts["unit"]), _count(parts["count"]))
    way = (parts["way"] or "").lower()
    if way in ("earlier", "later", "before", "afterwards"):
        return _count_on(view.before, unit, count if way in ("later", "afterwards") else -count)
    if view.now is None:
        return Told(None, unit_precision(unit))
    if unit == "hour":
        return Told(Days(view.now, view.now) if count < 12 else None, "day")
    day = step(unit, view.now, -count if way == "ago" else count)
    return Told(unit_of("year" if unit in ("decade", "century") else unit, day), unit_precision(unit))  # fmt: skip


def _count_on(before: Told | None, unit: str, count: int) -> Told:
    """Count units on from what was told before, if that is at least as exact."""
    precision = unit_precision(unit)
    if unit == "hour" or before is None or before.days is None:
        return Told(None, precision)
    if EXACTNESS.index(before.precision) > EXACTNESS.index(precision):
        return Told(None, precision)
    day = step(unit, before.days.first, count)
    return Told(unit_of("year" if unit in ("decade", "century") else unit, day), precision)


def _read_same(parts: Mapping[str, str | None], view: View) -> Told:
    word = (parts.get("day_word") or "").lower()
    if "next" in word or "following" in word or parts.get("way") == "after":
        count = 1
    elif "previous" in word or "preceding" in word or parts.get("way") == "before":
        count = -1
    else:
        count = 0
    unit = parts["unit"] or "day"
    return _count_on(view.before, unit if unit in _WHOLE_UNITS else "day", count)


#: units that are counted on; "the same evening" is that day
_WHOLE_UNITS: Final = frozenset(["day", "week", "month", "year"])


def _read_then(parts: Mapping[str, str | None], view: View) -> Told:
    del parts
    return view.before or Told(None, "day")


def _read_past(parts: Mapping[str, str | None], view: View) -> Told:
    unit = _unit(parts.get("unit") or parts.get("unit_1"))
    count = _count(parts["count"]) if parts.get("count") else 1
    now = view.now
    if now is None:
        return Told(None, unit_precision(unit))
    ahead = _turn(parts.get("turn") or parts.get("turn_1") or parts.get("turn_2")) == "next"
    if unit == "hour":
        reach = add_days(now, -(-count // 24) * (1 if ahead else -1))
        return Told(Days(min(now, reach), max(now, reach)), "day")
    if ahead:
        return Told(Days(now, add_days(step(unit, now, count), -1)), unit_precision(unit))
    return Told(Days(add_days(step(unit, now, -count), 1), now), unit_precision(unit))


def _read_unit(parts: Mapping[str, str | None], view: View) -> Told:
    unit, part = parts["unit"] or "", part_name(parts)
    precision = part_precision(unit, part)
    now = view.now
    if now is None:
        return Told(None, precision)
    turn = (parts["turn"] or "").lower()
    count = {"last": -1, "next": 1, "this past": -1, "this coming": 1}.get(turn, 0)
    days = unit_of(unit, step(unit, now, count))
    if days is None:
        return Told(None, precision)
    if parts.get("far") or (part == "earlier" and not count):
        return Told(Days(days.first, now), precision)
    if part == "later" and not count:
        return Told(Days(now, days.last), precision)
    return Told(cut_part(days, unit, part), precision)


def _read_within(parts: Mapping[str, str | None], view: View) -> Told:
    return _read_ago({**parts, "way": "from now"}, view)


def _read_decade(parts: Mapping[str, str | None], view: View) -> Told:
    del view
    year = int(parts["decade"] or 0)
    return Told(cut_part(years(year, 10), "decade", part_name(parts)), "year")


def _read_century(parts: Mapping[str, str | None], view: View) -> Told:
    del view
    days = years(int(parts["century"] or 0) * 100 - 99, 100)
    return Told(cut_part(days, "century", part_name(parts)), "year")


def _read_year(parts: Mapping[str, str | None], view: View) -> Told:
    del view
    part, year = part_name(parts), int(parts["year"] or 0)
    if parts.get("year_2"):
        digits = parts["year_2"] or ""
        end = int(digits) if len(digits) == 4 else year - year % 100 + int(digits)
        first, last = years(year), years(end)
        ordered = first and last and first.first <= last.first
        return Told(Days(first.first, last.last) if first and last and ordered else None, "year")
    return Told(cut_part(years(year), "year", part), part_precision("year", part))


def _read_nth(parts: Mapping[str, str | None], view: View) -> Told:
    now, number = view.now, _number(parts["day"])
    if now is None:
        return Told(None, "day")
    near = (step("month", now.replace(day=1), count) for count in range(-3, 4))
    found = [day for first in near if (day := _day(first.year, first.month, number))]
    if view.to_come:
        day = next((day for day in found if day >= now), None)
    else:
        day = next((day for day in reversed(found) if day <= now), None)
    return Told(Days(day, day) if day else None, "day")


_READERS: Final[dict[str, Callable[[Mapping[str, str | None], View], Told]]] = {
    "numeric": _read_date,
    "foreign": _read_date,
    "month_day": _read_month_day,
    "day_month": _read_day_month,
    "month": read_month,
    "share": _read_share,
    "season": _read_season,
    "weekday": _read_weekday,
    "word": _read_word,
    "weekend": _read_weekend,
    "feast": _read_feast,
    "ago": _read_ago,
    "same": _read_same,
    "then": _read_then,
    "past": _read_past,
    "unit": _read_unit,
    "within": _read_within,
    "decade": _read_decade,
    "century": _read_century,
    "year": _read_year,
    "nth": _read_nth,
}


_COUNTED_ON: Final = frozenset(("ago", "same", "then"))


def _read(key: tuple[str, tuple[tuple[str, str | None], ...], dt.date | None, bool]) -> Told:
    kind, parts, now, to_come = key
    return _READERS[kind](dict(parts), View(now, to_come, before=None))


#: what an expression means, by its kind, its parts, the day and the direction that it is seen in
_read_again: Final = Memo(_read, 10_000).__getitem__


def read_point(point: Point, view: View) -> Told:
    """Return what an expression means, seen from a day."""
    turn = (point.parts.get("turn") or "").lower()
    if point.kind in _COUNTED_ON or view.now is None or turn in _FROM_ANOTHER_DAY:
        return _READERS[point.kind](point.parts, view)
    return _read_again((point.kind, tuple(point.parts.items()), view.now, view.to_come))
