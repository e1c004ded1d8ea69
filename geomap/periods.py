"""Days, weeks, months, quarters and years of the calendar: where they begin and end, and what they are called.

Every label says by itself what it is: ``2018-02-03``, ``2018-W05`` (a week of ISO 8601, which begins on a Monday and
belongs to the year of its Thursday), ``2018-02``, ``2018-Q1``, ``2018``. Pure functions.
"""

from __future__ import annotations

import datetime as dt
import re
from typing import Final, Literal, get_args

from geomap.errors import InputError
from geomap.runtime.expecting import refusal

__all__ = [
    "PERIODS",
    "Period",
    "expect_period",
    "label_period",
    "label_span",
    "last_day",
    "next_period",
    "read_period",
    "start_of",
]

#: a part of the calendar, from the shortest to the longest
Period = Literal["day", "week", "month", "quarter", "year"]
PERIODS: Final[tuple[Period, ...]] = get_args(Period)
_MONTHS: Final = {"month": 1, "quarter": 3, "year": 12}
_WEEK: Final = dt.timedelta(days=6)


def expect_period(value: object) -> Period:
    """Return a period by its name.

    Raises:
        InputError: There is none of that name.
    """
    for period in PERIODS:
        if value == period:
            return period
    raise refusal(f"a period of {', '.join(PERIODS)}", value)


def start_of(day: dt.date, period: Period) -> dt.date:
    """Return the first day of the period that holds a day.

    >>> str(start_of(dt.date(2018, 2, 3), "week")), str(start_of(dt.date(2018, 2, 3), "quarter"))
    ('2018-01-29', '2018-01-01')
    """
    if period == "day":
        return day
    if period == "week":
        return day - dt.timedelta(days=day.weekday())
    months = _MONTHS[period]
    return day.replace(month=(day.month - 1) // months * months + 1, day=1)


def last_day(start: dt.date, period: Period) -> dt.date:
    """Return the last day of a period by its first one.

    >>> str(last_day(dt.date(2016, 2, 1), "month")), str(last_day(dt.date(2018, 12, 31), "week"))
    ('2016-02-29', '2019-01-06')
    """
    if period == "day":
        return start
    if period == "week":
        return dt.date.max if dt.date.max - start < _WEEK else start + _WEEK
    month = start.month + _MONTHS[period]
    if month > 12:
        return start.replace(month=12, day=31)
    return start.replace(month=month) - dt.timedelta(days=1)


def next_period(start: dt.date, period: Period) -> dt.date | None:
    """Return the first day of the period behind another one; None behind the last one of the calendar.

    >>> str(next_period(dt.date(2018, 12, 1), "month"))
    '2019-01-01'
    """
    end = last_day(start, period)
    return None if end == dt.date.max else end + dt.timedelta(days=1)


def label_period(start: dt.date, period: Period) -> str:
    """Return what a period is called, by its first day.

    >>> [label_period(dt.date(2018, 1, 1), period) for period in PERIODS]
    ['2018-01-01', '2018-W01', '2018-01', '2018-Q1', '2018']
    """
    if period == "day":
        return start.isoformat()
    if period == "week":
        year, week, _ = start.isocalendar()
        return f"{year:04}-W{week:02}"
    if period == "month":
        return f"{start.year:04}-{start.month:02}"
    if period == "quarter":
        return f"{start.year:04}-Q{(start.month + 2) // 3}"
    return f"{start.year:04}"


def label_span(start: dt.date, end: dt.date) -> str:
    """Return what a span of days is called: as a period where it is one, else by its first and last day.

    >>> label_span(dt.date(2018, 2, 1), dt.date(2018, 2, 28))
    '2018-02'
    >>> label_span(dt.date(2018, 2, 1), dt.date(2018, 3, 2))
    '2018-02-01/2018-03-02'
    """
    for period in PERIODS:
        if start_of(start, period) == start and last_day(start, period) == end:
            return label_period(start, period)
    return f"{start.isoformat()}/{end.isoformat()}"


_LABEL: Final = re.compile(
    r"(?P<year>\d{4})(?:-W(?P<week>\d\d)|-Q(?P<quarter>[1-4])|-(?P<month>\d\d)(?:-(?P<day>\d\d))?)?",
    re.ASCII,
)


def read_period(text: str) -> tuple[dt.date, dt.date]:
    """Return the first and the last day of a period by its label.

    Raises:
        InputError: The text is no such label.

    >>> [str(day) for day in read_period("2018-W05")], [str(day) for day in read_period("2016-02")]
    (['2018-01-29', '2018-02-04'], ['2016-02-01', '2016-02-29'])
    """
    found = _LABEL.fullmatch(text.strip()) if isinstance(text, str) else None
    try:
        if found is not None:
            return _days_of({name: int(part) for name, part in found.groupdict().items() if part})
    except ValueError:  # a month 13, a day 30 of February, a year 0
        pass
    raise InputError(
        f"expected a day as YYYY-MM-DD, or a month (2018-02), a quarter (2018-Q1), a week (2018-W05) or a year (2018), "
        f"got {text!r}"
    )


def _days_of(parts: dict[str, int]) -> tuple[dt.date, dt.date]:
    year = parts["year"]
    if "day" in parts:
        day = dt.date(year, parts["month"], parts["day"])
        return day, day
    if "week" in parts:
        start = dt.date.fromisocalendar(year, parts["week"], 1)
        return start, last_day(start, "week")
    if "quarter" in parts:
        start = dt.date(year, 3 * parts["quarter"] - 2, 1)
        return start, last_day(start, "quarter")
    start = dt.date(year, parts.get("month", 1), 1)
    return start, last_day(start, "month" if "month" in parts else "year")
