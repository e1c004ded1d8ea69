"""The parts of units of time: early May, the second half of 2014, the last week of the month."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from geomap.told.calendar import Days, add_days, months, part_of, unit_precision
from geomap.told.kinds import ORDINALS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from geomap.model import DatePrecision

__all__ = ["cut_part", "part_name", "part_precision", "share_of_year"]


def part_name(parts: Mapping[str, str | None]) -> str:
    """Return a phrase's part in one word: early, mid, late, earlier, later, "first half" …; "" for none."""
    text = (parts.get("part") or parts.get("part_2") or parts.get("part_3") or "").lower()
    if not text:
        return ""
    match = re.search(r"(\w+)\s(half|quarter|week|third)\b", text)
    if match:
        return f"{match[1]} {match[2]}"
    for words, name in _PART_NAMES:
        if any(word in text for word in words):
            return name
    return ""


_PART_NAMES: Final = (
    (("earlier",), "earlier"),
    (("later",), "later"),
    (("early", "beginning", "start", "first day"), "early"),
    (("mid",), "mid"),
    (("late", "end", "close", "last day"), "late"),
)


def cut_part(days: Days | None, unit: str, part: str) -> Days | None:
    """Return the part of a unit that a phrase names."""
    if days is None or not part:
        return days
    ordinal, _, share = part.partition(" ")
    if not share:
        return part_of(days, unit, part) if part in ("early", "mid", "late") else days
    number = ORDINALS[ordinal]
    if share == "week" and unit == "month":
        if number < 0:
            return Days(add_days(days.last, -6), days.last)
        first = add_days(days.first, 7 * (number - 1))
        return Days(first, add_days(first, 6)) if number <= 4 else None
    if share == "half" and unit == "month":
        half = days.first.replace(day=15)
        return Days(days.first, half) if number == 1 else Days(add_days(half, 1), days.last)
    length = {"half": 6, "quarter": 3, "third": 4}.get(share)
    if unit != "year" or length is None:
        return days
    return share_of_year(days.first.year, length, number)


def share_of_year(year: int, length: int, number: int) -> Days | None:
    """Return a half or a quarter of a year; -1 is the last one."""
    count = 12 // length
    number = count if number < 0 else number
    return months(year, (number - 1) * length + 1, length) if number <= count else None


def part_precision(unit: str, part: str) -> DatePrecision:
    """Return how exact a part of a unit is: a part of a month is known to weeks."""
    if part in ("", "earlier", "later"):
        return unit_precision(unit)
    return {"month": "week", "year": "month", "week": "week"}.get(unit, unit_precision(unit))  # type: ignore[return-value]
