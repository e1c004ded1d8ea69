"""Count mentions, articles and stories: the numbers behind every tally, worked out on whole numbers."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import pandas as pd

from geomap.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from geomap.tables.stretches import Stretches

__all__ = [
    "Counts",
    "count_groups",
    "join_numbers",
    "number_rows",
    "number_stories",
    "number_units",
]

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
        codes, _ = pd.factorize(column)
        combined = join_numbers(combined, codes + 1)
    return combined


def join_numbers(left: NDArray[np.int64], right: NDArray[Any]) -> NDArray[np.int64]:
    """Return the number of each pair of numbers, from 0.

    >>> join_numbers(np.array([0, 0, 1]), np.array([3, 5, 3])).tolist()
    [0, 1, 2]
    """
    pairs = left * (int(right.max(initial=0)) + 1) + right
    numbers: NDArray[np.int64] = pd.factorize(pairs)[0].astype(np.int64)
    return numbers


def number_units(ids: pd.Series[Any], names: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return the number of each mention's unit: told apart by id, and by name where nobody knows that.

    A mention that has the name alone counts with the unit that is called so, where there is just one.

    Args:
        ids: The ids of the units.
        names: The numbers of their names, each within what it lies in.

    >>> number_units(pd.Series(["a", None, "b", None]), np.array([0, 0, 1, 2])).tolist()
    [0, 0, 1, 4]
    """
    codes, values = pd.factorize(ids)
    known = codes >= 0
    pairs = np.unique(np.stack([names[known], codes[known]]), axis=1)
    called, often = np.unique(pairs[0], return_counts=True)
    alone = np.full(int(names.max(initial=0)) + 1, -1, dtype=np.int64)
    firsts = np.cumsum(often) - often
    alone[called[often == 1]] = pairs[1][firsts[often == 1]]
    named = np.where(alone[names] >= 0, alone[names], len(values) + names)
    numbers: NDArray[np.int64] = np.where(known, codes, named).astype(np.int64)
    return numbers


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
        more: What else was counted, by its name.
    """

    group: NDArray[np.int64]
    stretch: NDArray[np.int64]
    mentions: NDArray[Any]
    articles: NDArray[np.int64]
    stories: NDArray[np.int64]
    first: NDArray[np.int64]
    last: NDArray[np.int64]
    more: Mapping[str, NDArray[np.int64]]

    def take(self, rows: NDArray[Any]) -> Counts:
        """Return some of them, in another order."""
        taken: dict[str, Any] = {
            one.name: getattr(self, one.name)[rows] for one in fields(self) if one.name != "more"
        }
        return Counts(**taken, more={name: values[rows] for name, values in self.more.items()})


def count_groups(
    group: NDArray[np.int64],
    articles: NDArray[np.int64],
    stories: NDArray[np.int64],
    days: tuple[NDArray[np.int64], NDArray[np.int64]],
    stretches: Stretches | None,
    *,
    flags: Mapping[str, NDArray[np.bool_]],
    different: Mapping[str, NDArray[Any]],
) -> Counts:
    """Count mentions by their groups, and by stretches of time where these are told apart.

    Args:
        group: The number of each mention's group.
        articles: That of its article.
        stories: That of its story.
        days: Those of its first and its last day, in the order of time; -1 where it has no date.
        stretches: Where its date lies in time.
        flags: Names of what is counted besides, with whether each mention is such.
        different: Names of what is counted besides, with the numbers whose different ones that are; -1 is none.

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
        flags = {name: values[rows] for name, values in flags.items()}
        different = {name: values[rows] for name, values in different.items()}
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
        {
            **{name: _count_true(number, values, size) for name, values in flags.items()},
            **{name: _count_known(number, values, size) for name, values in different.items()},
        },
    )


def _count_true(cell: NDArray[np.int64], values: NDArray[np.bool_], size: int) -> NDArray[np.int64]:
    """Return how often something is true in each cell."""
    return np.bincount(cell[values], minlength=size).astype(np.int64)


def _count_known(cell: NDArray[np.int64], values: NDArray[Any], size: int) -> NDArray[np.int64]:
    """Return how many different values each cell has, without -1."""
    known = values >= 0
    return _count_different(cell[known], values[known].astype(np.int64), size)


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
    pairs = pd.unique(
        cell * span + values
    )  # in no order, which numpy's would take ten times as long for
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
