"""Count mentions, articles and stories: the numbers behind every tally, worked out on whole numbers."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import pandas as pd

from geomap.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from geomap.tables.stretches import Stretches

__all__ = ["Counts", "count_groups", "number_rows", "number_stories"]

#: rows that spreading dates may make of a table's
_MOST_SPREAD: Final = 30_000_000


def number_rows(columns: Sequence[pd.Series[Any]], rows: int) -> NDArray[np.int64]:
    """Return for each row the number of its combination of values; what is missing is a value, too.

    Args:
        columns: The columns; none give one number for all.
        rows: How many rows there are.
    """
    combined = np.zeros(rows, dtype=np.int64)
    for column in columns:
        codes, values = pd.factorize(column)
        combined = combined * (len(values) + 1) + codes + 1
        _, combined = np.unique(combined, return_inverse=True)
    return combined.astype(np.int64)


def number_stories(stories: pd.Series[Any], articles: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return the number of each mention's story; an article of which nobody knows the story is one of its own."""
    codes, values = pd.factorize(stories)
    alone = len(values) + articles
    numbers: NDArray[np.int64] = np.where(codes < 0, alone, codes).astype(np.int64)
    return numbers


@dataclass(frozen=True, slots=True)
class Counts:
    """What was counted of each group and stretch of time that has mentions, in the order of their numbers.

    Attributes:
        group: The number of the group.
        stretch: The number of the stretch; 0 where time is not told apart.
        mentions: How many mentions; with parts of mentions where dates are spread.
        articles: How many articles have one there.
        stories: How many stories these articles tell.
        first: The number of the earliest first day of its dates, -1 where none has one.
        last: That of the latest last day.
    """

    group: NDArray[np.int64]
    stretch: NDArray[np.int64]
    mentions: NDArray[Any]
    articles: NDArray[np.int64]
    stories: NDArray[np.int64]
    first: NDArray[np.int64]
    last: NDArray[np.int64]

    def take(self, rows: NDArray[Any]) -> Counts:
        """Return some of them, in another order."""
        return Counts(**{one.name: getattr(self, one.name)[rows] for one in fields(self)})


def count_groups(
    group: NDArray[np.int64],
    articles: NDArray[np.int64],
    stories: NDArray[np.int64],
    days: tuple[NDArray[np.int64], NDArray[np.int64]],
    stretches: Stretches | None,
) -> Counts:
    """Count mentions by their groups, and by stretches of time where these are told apart.

    Args:
        group: The number of each mention's group.
        articles: That of its article.
        stories: That of its story.
        days: Those of its first and its last day, in the order of time; -1 where it has no date.
        stretches: Where its date lies in time.

    Raises:
        InputError: Spread dates would make more rows than memory should hold.
    """
    shares: NDArray[Any] | None = None
    width = 1
    cell = group
    first, last = days
    if stretches is not None:
        width = max(1, len(stretches.found))
        rows, stretch, shares = _spread(stretches)
        group, articles, stories = group[rows], articles[rows], stories[rows]
        first, last = first[rows], last[rows]
        cell = group * width + stretch
    cells, number = np.unique(cell, return_inverse=True)
    size = len(cells)
    exact = np.bincount(number, weights=shares, minlength=size)
    return Counts(
        cells // width,
        cells % width,
        exact.astype(np.int64) if shares is None else exact,
        _count_different(number, articles, size),
        _count_different(number, stories, size),
        _least(number, first, size),
        _most(number, last, size),
    )


def _spread(
    stretches: Stretches,
) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[Any] | None]:
    """Return rows, as often as each lies in a stretch, with the stretches and its shares in them; None where all are whole."""
    sizes = np.array([len(parts) for parts in stretches.parts], dtype=np.int64)
    often = sizes[stretches.span]
    if len(often) and int(often.sum()) > _MOST_SPREAD:
        raise InputError(
            f"spreading the dates that lie in several periods would make {int(often.sum()):,} rows; choose a longer "
            "period, or keep them apart"
        )
    rows = np.repeat(np.arange(len(often)), often)
    begins = np.concatenate([[0], np.cumsum(sizes)[:-1]]).astype(np.int64)
    within = np.arange(len(rows)) - np.repeat(np.cumsum(often) - often, often)
    at = begins[stretches.span[rows]] + within if len(rows) else rows
    flat = np.array([part for parts in stretches.parts for part in parts], dtype=np.int64)
    if (sizes <= 1).all():
        return rows, flat[at], None
    shares = np.array([share for parts in stretches.shares for share in parts])
    return rows, flat[at], shares[at]


def _count_different(
    cell: NDArray[np.int64], values: NDArray[np.int64], size: int
) -> NDArray[np.int64]:
    """Return how many different values each cell has."""
    span = int(values.max()) + 1 if len(values) else 1
    pairs = np.unique(cell * span + values)
    return np.bincount(pairs // span, minlength=size).astype(np.int64)


def _least(cell: NDArray[np.int64], days: NDArray[np.int64], size: int) -> NDArray[np.int64]:
    """Return the earliest day of each cell, -1 where it has none."""
    beyond = np.iinfo(np.int64).max
    found = np.full(size, beyond)
    dated = days >= 0
    np.minimum.at(found, cell[dated], days[dated])
    found[found == beyond] = -1
    return found


def _most(cell: NDArray[np.int64], days: NDArray[np.int64], size: int) -> NDArray[np.int64]:
    """Return the latest day of each cell, -1 where it has none."""
    found = np.full(size, -1, dtype=np.int64)
    np.maximum.at(found, cell, days)
    return found
