"""The calendar as the press speaks of it: weeks, months, seasons and their parts, as first and last day.

Weeks run from Monday to Sunday, seasons are those of the north. Days outside the years of
newspapers (geomap/dates.py) are none.
"""

from __future__ import annotations

import calendar
import datetime as dt
from functools import lru_cache
from typing import TYPE_CHECKING, Final, NamedTuple

from geomap.dates import MAX_YEAR, MIN_YEAR

if TYPE_CHECKING:
    from collections.abc import Callable

    from geomap.model import DatePrecision

__all__ = [
    "Days",
    "add_days",
    "find_turn",
    "months",
    "part_of",
    "pick",
    "season",
    "step",
    "unit_of",
    "unit_precision",
    "years",
]


class Days(NamedTuple):
    """A first and a last day, both inclusive."""

    first: dt.date
    last: dt.date


#: seasons by their first month; winter is named after the year that it begins in
_SEASONS: Final = {"spring": 3, "summer": 6, "autumn": 9, "fall": 9, "winter": 12}
#: units in days, months and years
_UNIT_STEPS: Final[dict[str, tuple[int, int, int]]] = {
    "day": (1, 0, 0),
    "night": (1, 0, 0),
    "week": (7, 0, 0),
    "fortnight": (14, 0, 0),
    "month": (0, 1, 0),
    "quarter": (0, 3, 0),
    "year": (0, 0, 1),
    "decade": (0, 0, 10),
    "century": (0, 0, 100),
}
_UNIT_PRECISIONS: Final[dict[str, DatePrecision]] = {
    "hour": "day",
    "day": "day",
    "night": "day",
    "week": "week",
    "fortnight": "week",
    "month": "month",
    "quarter": "month",
}


def unit_precision(unit: str) -> DatePrecision:
    """Return how exact a unit is: a quarter is known to months, a decade to years."""
    return _UNIT_PRECISIONS.get(unit, "year")


def _stretch(first: dt.date, last: dt.date) -> Days | None:
    known = first.year >= MIN_YEAR and last.year <= MAX_YEAR and first <= last
    return Days(first, last) if known else None


def add_days(day: dt.date, number: int) -> dt.date:
    """Return the day so many days later, earlier if negative; the calendar's ends hold it."""
    return dt.date.fromordinal(max(1, min(day.toordinal() + number, dt.date.max.toordinal())))


def _add_months(day: dt.date, number: int) -> dt.date:
    """Return the same day of another month, or its last where it has no such day."""
    index = max(12, min(day.year * 12 + day.month - 1 + number, 9999 * 12))
    year, month = index // 12, index % 12 + 1
    return dt.date(year, month, min(day.day, calendar.monthrange(year, month)[1]))


def step(unit: str, day: dt.date, count: int) -> dt.date:
    """Return the day so many units later; 29 February becomes the 28th where there is none."""
    in_days, in_months, in_years = _UNIT_STEPS[unit]
    if in_days:
        return add_days(day, in_days * count)
    return _add_months(day, (in_months + 12 * in_years) * count)


@lru_cache(maxsize=4_096)
def months(year: int, month: int, count: int = 1) -> Days | None:
    """Return whole months, from the first day of one on."""
    if not (MIN_YEAR <= year <= MAX_YEAR and 1 <= month <= 12):
        return None
    first = dt.date(year, month, 1)
    return _stretch(first, add_days(_add_months(first, count), -1))


def years(year: int, count: int = 1) -> Days | None:
    """Return whole years."""
    return months(year, 1, 12 * count)


def season(name: str, year: int) -> Days | None:
    """Return three months; the winter of 2015 begins in December 2015."""
    return months(year, _SEASONS[name], 3)


@lru_cache(maxsize=4_096)
def unit_of(unit: str, day: dt.date) -> Days | None:
    """Return the day, calendar week, month, quarter, year, decade or century that holds a day."""
    if unit in ("day", "night", "hour"):
        return _stretch(day, day)
    if unit in ("week", "fortnight"):
        monday = add_days(day, -day.weekday())
        return _stretch(monday, add_days(monday, 6))
    if unit == "month":
        return months(day.year, day.month)
    if unit == "quarter":
        return months(day.year, day.month - (day.month - 1) % 3, 3)
    if unit == "year":
        return years(day.year)
    if unit == "decade":
        return years(day.year - day.year % 10, 10)
    return years(day.year - (day.year - 1) % 100, 100)


def pick(make: Callable[[int], Days | None], now: dt.date, *, to_come: bool) -> Days | None:
    """Return what comes back every year, as it is meant: "in May", "December 28", "in summer".

    Args:
        make: Its days in a year.
        now: The day that it is seen from.
        to_come: The first that has not ended before that day, instead of the latest that has
            begun by then.
    """
    if to_come:
        return _first(make, _UPWARDS, now, lambda item: item.last >= now)
    return _first(make, _DOWNWARDS, now, lambda item: item.first <= now)


def find_turn(make: Callable[[int], Days | None], now: dt.date, turn: str) -> Days | None:
    """Return what comes back every year: the ``last`` that ended, the ``next`` to begin, or this year's."""
    if turn == "last":
        return _first(make, _DOWNWARDS, now, lambda item: item.last < now)
    if turn == "next":
        return _first(make, _UPWARDS, now, lambda item: item.first > now)
    holding = _first(make, _UPWARDS[:2], now, lambda item: item.first <= now <= item.last)
    return holding or make(now.year)


#: years around a day, the nearest first; eight reach a 29 February, and a winter is named after the year before
_UPWARDS: Final = range(-1, 9)
_DOWNWARDS: Final = range(1, -9, -1)


def _first(
    make: Callable[[int], Days | None], shifts: range, now: dt.date, fits: Callable[[Days], bool]
) -> Days | None:
    found = (make(now.year + shift) for shift in shifts)
    return next((item for item in found if item is not None and fits(item)), None)


def _thirds(days: Days, part: str, cuts: tuple[dt.date, dt.date]) -> Days:
    """Return the early, middle or late part of a stretch whose later parts begin at ``cuts``."""
    if part == "early":
        return Days(days.first, add_days(cuts[0], -1))
    if part == "mid":
        return Days(cuts[0], add_days(cuts[1], -1))
    return Days(cuts[1], days.last)


def part_of(days: Days, unit: str, part: str) -> Days:
    """Return the ``early``, ``mid`` or ``late`` part of a unit; a week has none and stays whole."""
    first = days.first
    if unit == "month":
        return _thirds(days, part, (first.replace(day=11), first.replace(day=21)))
    if unit in ("year", "quarter"):
        length = 4 if unit == "year" else 1
        return _thirds(days, part, (_add_months(first, length), _add_months(first, 2 * length)))
    if unit == "decade":
        return _thirds(days, part, (step("year", first, 4), step("year", first, 7)))
    if unit == "century":
        return _thirds(days, part, (step("year", first, 33), step("year", first, 66)))
    return days
