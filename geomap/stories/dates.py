"""The day of a story: what a copy without a date takes from those that have one.

It is a bound, no fact about the paper that left its date out: the story was in print by then.
"""

from __future__ import annotations

import datetime as dt
from array import array
from typing import TYPE_CHECKING, Final

from geomap.model import DateSpan

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geomap.model import DatePrecision

__all__ = ["StoryDates", "find_story_date"]

#: from the finest
_PRECISIONS: Final[tuple[DatePrecision, ...]] = ("day", "week", "month", "year")
#: copies are printed within a week; what comes later is a reprint, and says nothing of the others
_DAYS: Final = 6


def find_story_date(dates: Sequence[DateSpan]) -> DateSpan | None:
    """Return the date of a story from those of its copies; None where none has one.

    Only the most exact dates count: a day is not made vaguer by a copy of which only the month
    is known. The story's date goes from the first copy's to that of the last one that came out within
    a week of it; it is a day where all came out on one, else a week. Months and years are the
    first copy's alone.

    >>> days = [DateSpan(start=day, end=day, precision="day") for day in (
    ...     dt.date(2016, 6, 13), dt.date(2016, 6, 11), dt.date(2017, 1, 1))]
    >>> span = find_story_date(days)
    >>> str(span.start), str(span.end), span.precision, span.source
    ('2016-06-11', '2016-06-13', 'week', 'story')
    """
    spans = [
        (_PRECISIONS.index(date.precision), date.start, date.end, date.ambiguous)
        for date in dates
        if date.start and date.end and date.precision != "unknown"
    ]
    if not spans:
        return None
    finest, start, end, _ = min(spans)
    if finest <= _PRECISIONS.index("week"):
        near = [span for span in spans if span[0] == finest and (span[1] - start).days <= _DAYS]
        last = max(span[2] for span in near)
        end = last if (last - start).days <= _DAYS else end
    else:
        near = [span for span in spans if span[:2] == (finest, start)]
    precision = "week" if finest == 0 and end > start else _PRECISIONS[finest]
    return DateSpan(
        start=start,
        end=end,
        precision=precision,
        source="story",
        ambiguous=any(span[3] for span in near),
    )


class StoryDates:
    """The dates of many articles in few bytes each; those taken from a story are none."""

    def __init__(self) -> None:
        self._starts = array("i")
        self._lengths = array("i")
        self._kinds = array("B")

    def add(self, date: DateSpan) -> None:
        """Keep the date of the next article."""
        start = length = kind = 0
        if date.start and date.end and date.precision != "unknown" and date.source != "story":
            start = date.start.toordinal()
            length = date.end.toordinal() - start
            kind = _PRECISIONS.index(date.precision)
        self._starts.append(start)
        self._lengths.append(length)
        self._kinds.append(2 * kind + date.ambiguous)

    @property
    def starts(self) -> array[int]:
        """The first day of each article's date as an ordinal; 0 where it has none."""
        return self._starts

    def get(self, number: int) -> DateSpan | None:
        """Return the date of an article, without its source; None where it has none."""
        start = self._starts[number]
        if not start:
            return None
        return DateSpan(
            start=dt.date.fromordinal(start),
            end=dt.date.fromordinal(start + self._lengths[number]),
            precision=_PRECISIONS[self._kinds[number] // 2],
            ambiguous=bool(self._kinds[number] % 2),
        )
