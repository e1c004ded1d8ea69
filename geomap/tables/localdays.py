"""Days as a spreadsheet writes them in its country's way: 31/12/2026, 12/31/26, 31.12.2026.

Which of two numbers is the month one date alone may not tell. A spreadsheet writes all of a table's dates alike, so that one
that can be read in one way only tells for all; where none does, or they contradict each other, nothing is guessed.
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["Orders", "find_orders", "is_local_day", "read_local_day"]

#: two numbers and a year between the same marks, and the time that a spreadsheet puts behind them
_LOCAL: Final = re.compile(
    r"\s*(\d{1,2})([./-])(\d{1,2})\2(\d{4}|\d{2})(?:[ T]\d{1,2}:\d{2}(?::\d{2})?(?: ?[AaPp][Mm])?)?\s*"
)
_MONTHS: Final = 12
#: the first year that two digits stand for, as Excel reads them: 30 is 1930, 29 is 2029
_FIRST_OF_CENTURY: Final = 30
_ADVICE: Final = "format the column as yyyy-mm-dd in the spreadsheet, and save the table again"


@dataclass(frozen=True, slots=True)
class Orders:
    """Which orders of day and month the dates of a table prove.

    Attributes:
        day_first: Whether one of them has its day first: 31/12/2026.
        month_first: Whether one has its month first: 12/31/2026.
    """

    day_first: bool = False
    month_first: bool = False


def is_local_day(value: object) -> bool:
    """Return whether a cell is a day that is written in a country's way.

    >>> is_local_day("31/12/26"), is_local_day("2026-12-31")
    (True, False)
    """
    return isinstance(value, str) and _LOCAL.fullmatch(value) is not None


def find_orders(values: Iterable[object]) -> Orders:
    """Return which orders of day and month the cells of a table's columns of days prove.

    >>> find_orders(["03/04/2026", "31/12/2026", None])
    Orders(day_first=True, month_first=False)
    """
    day_first = month_first = False
    for value in values:
        match = _LOCAL.fullmatch(value) if isinstance(value, str) else None
        if match:
            left, mark, right = int(match[1]), match[2], int(match[3])
            # with points the day comes first wherever dates are written so
            day_first = day_first or left > _MONTHS >= right or mark == "."
            month_first = month_first or right > _MONTHS >= left
    return Orders(day_first, month_first)


def read_local_day(text: str, orders: Orders) -> str:
    """Return a day that is written in a country's way as ISO has it.

    Args:
        text: The cell.
        orders: What the dates of the table prove.

    Raises:
        ValueError: Its order is not known, or there is no such day; the message says what to do.

    >>> read_local_day("3/4/26", Orders(day_first=True)), read_local_day("5.5.2026 0:00", Orders())
    ('2026-04-03', '2026-05-05')
    """
    match = _LOCAL.fullmatch(text)
    if match is None:
        raise ValueError(f"expected a day as YYYY-MM-DD, got {text!r}")
    left, right, year = int(match[1]), int(match[3]), int(match[4])
    if len(match[4]) == 2:
        year += 2000 if year < _FIRST_OF_CENTURY else 1900
    if left != right and orders.day_first == orders.month_first:
        why = (
            "and the table has dates with the day first and others with the month first"
            if orders.day_first
            else "whose day and month no date of the table tells apart"
        )
        raise ValueError(f"expected a day as YYYY-MM-DD, got {text.strip()!r}, {why}: {_ADVICE}")
    day, month = (left, right) if orders.day_first else (right, left)
    try:
        return dt.date(year, month, day).isoformat()
    except ValueError:
        raise ValueError(
            f"expected a day as YYYY-MM-DD, got {text.strip()!r}, which is none: {_ADVICE}"
        ) from None
