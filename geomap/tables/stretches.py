"""The dates of mentions in periods of the calendar, those too that are known to no one period."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, Literal, get_args

import numpy as np
import pandas as pd

from geomap.errors import InputError, TableError
from geomap.periods import label_period, label_span, last_day, next_period, start_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from geomap.periods import Period

__all__ = [
    "UNDATED",
    "VAGUE",
    "VAGUES",
    "Stretch",
    "Stretches",
    "Vague",
    "fill_between",
    "find_stretches",
]

#: what becomes of a date that may lie in several periods: it has a row of its own, is spread over them by their days,
#: or counts in the first of them
Vague = Literal["apart", "spread", "first"]
VAGUES: Final[tuple[Vague, ...]] = get_args(Vague)
#: what stands for a period where there is no date, and in wide tables where a date lies in several
UNDATED: Final = "undated"
VAGUE: Final = "vague"
#: a span of more periods than these is kept apart, also where dates are spread: it says nothing of any of them
_LONGEST_SPREAD: Final = 1_000


@dataclass(frozen=True, slots=True, order=True)
class Stretch:
    """A row's time: a period, a span that lies in several, or none, which is the last in their order."""

    start: dt.date
    end: dt.date
    label: str
    is_vague: bool = False


_NEVER: Final = Stretch(dt.date.max, dt.date.max, UNDATED)


@dataclass(frozen=True, slots=True)
class Stretches:
    """Where the mentions of a table lie in time.

    Attributes:
        found: The stretches of time, in their order.
        span: For each mention the number of its span of days.
        parts: For each span the numbers of its stretches.
        shares: For each span the shares of its stretches; they add up to one.
    """

    found: tuple[Stretch, ...]
    span: NDArray[np.int64]
    parts: tuple[tuple[int, ...], ...]
    shares: tuple[tuple[float, ...], ...]


def find_stretches(
    starts: pd.Series[Any],
    ends: pd.Series[Any],
    period: Period,
    vague: Vague,
    *,
    is_wide: bool = False,
) -> Stretches:
    """Return where dates lie in periods.

    Args:
        starts: The first day of each mention as ISO text; missing where it has no date.
        ends: The last day.
        period: The period.
        vague: What becomes of a date that may lie in several.
        is_wide: Whether all of these are one stretch, where they are kept apart.

    Raises:
        TableError: What stands for a day is none.
    """
    codes, firsts = _number_pairs(starts, ends)
    spans = [
        _read_span(start, end)
        for start, end in zip(
            starts.astype(object).to_numpy()[firsts],
            ends.astype(object).to_numpy()[firsts],
            strict=True,
        )
    ]
    split = [list(_split(span, period, vague, is_wide=is_wide)) for span in spans]
    found = tuple(sorted({stretch for parts in split for stretch, _ in parts}))
    number = {stretch: row for row, stretch in enumerate(found)}
    return Stretches(
        found,
        codes,
        tuple(tuple(number[stretch] for stretch, _ in parts) for parts in split),
        tuple(tuple(share for _, share in parts) for parts in split),
    )


def _number_pairs(
    starts: pd.Series[Any], ends: pd.Series[Any]
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return the number of each pair of days, and the first row of each number."""
    left, _ = pd.factorize(starts)
    right, values = pd.factorize(ends)
    combined = (left + 1) * (len(values) + 1) + right + 1
    _, firsts, codes = np.unique(combined, return_index=True, return_inverse=True)
    return codes.astype(np.int64), firsts


def _read_span(start: object, end: object) -> tuple[dt.date, dt.date] | None:
    if pd.isna(start) or pd.isna(end):  # type: ignore[call-overload]
        return None
    try:
        first, last = (dt.date.fromisoformat(str(day)[:10]) for day in (start, end))
    except ValueError as err:
        raise TableError(
            f"expected days as YYYY-MM-DD in a mention's dates, got {start!r} and {end!r}"
        ) from err
    if last < first:
        raise TableError(f"expected dates that start before they end, got {start} and {end}")
    return first, last


def _split(
    span: tuple[dt.date, dt.date] | None, period: Period, vague: Vague, *, is_wide: bool
) -> Iterator[tuple[Stretch, float]]:
    """Yield the stretches that a span lies in, with its share in each."""
    if span is None:
        yield _NEVER, 1.0
        return
    first, last = span
    start = start_of(first, period)
    if last <= last_day(start, period) or vague == "first":
        yield _period(start, period), 1.0
        return
    starts = list(_starts(start, last, period)) if vague == "spread" else []
    if not starts or len(starts) > _LONGEST_SPREAD:
        # all of them are one column of a wide table, before that of the undated
        apart = Stretch(first, last, label_span(first, last), is_vague=True)
        yield Stretch(dt.date.max, dt.date.min, VAGUE, is_vague=True) if is_wide else apart, 1.0
        return
    days = (last - first).days + 1
    for begin in starts:
        inside = min(last, last_day(begin, period)) - max(first, begin)
        yield _period(begin, period), (inside.days + 1) / days


def _period(start: dt.date, period: Period) -> Stretch:
    return Stretch(start, last_day(start, period), label_period(start, period))


def _starts(start: dt.date, last: dt.date, period: Period) -> Iterator[dt.date]:
    """Yield the first days of the periods from one on; one more than may be spread at most."""
    for _ in range(_LONGEST_SPREAD + 1):
        yield start
        following = next_period(start, period)
        if following is None or following > last:
            return
        start = following


def fill_between(found: tuple[Stretch, ...], period: Period, most: int) -> tuple[Stretch, ...]:
    """Return stretches with the periods between the first and the last of them, so that a gap is seen as one.

    Where these would be more than some number, the stretches are returned as they are.

    Raises:
        InputError: There are more periods than that already.
    """
    periods = [one for one in found if one != _NEVER and not one.is_vague]
    others = [one for one in found if one == _NEVER or one.is_vague]
    if len(found) > most:
        raise InputError(
            f"a wide table of {len(found):,} columns is more than a spreadsheet shows ({most:,}); choose a longer period"
        )
    filled: list[Stretch] = []
    start = periods[0].start if periods else None
    while start is not None and start <= periods[-1].start and len(filled) + len(others) < most:
        filled.append(_period(start, period))
        start = next_period(start, period)
    if not periods or filled[-1].start != periods[-1].start:
        return found
    return (*filled, *others)
