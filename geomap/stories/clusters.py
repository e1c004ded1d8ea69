"""Copies of copies: which texts make one story.

Links are taken one after the other, the likeliest first. Two groups become one where a text of each is
a copy of one of the other, and where their other members are kin: so a chain of texts that
change a little from each to the next ends where its ends have nothing in common any more, and a
round-up that holds two stories joins one of them, but does not make them one.
"""

from __future__ import annotations

from array import array
from collections import Counter
from itertools import product
from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np

from geomap.stories.copies import compare_wordings, is_copy, is_kin

if TYPE_CHECKING:
    from collections.abc import Callable

    import numpy.typing as npt

    from geomap.stories.copies import Wording

__all__ = ["Clusters", "find_groups"]

#: so often a text may turn out to be no copy of others that it seemed to be one of: furniture of pages
#: that no rule knows makes many such pairs
_MOST_FAILURES: Final = 5
#: so often two groups may turn out to be none, before no other pair of theirs is looked at
_MOST_REFUSALS: Final = 2
#: pairs that are turned into Python's numbers at once
_CHUNK: Final = 4096


class _Forest:
    """Numbers in sets; each set is known by its smallest number, its root."""

    def __init__(self, number: int) -> None:
        self._above = array("q", range(number))

    def root(self, number: int) -> int:
        above = self._above
        while (parent := above[number]) != number:
            above[number] = number = above[parent]
        return number

    def join(self, one: int, other: int) -> None:
        low, high = sorted((self.root(one), self.root(other)))
        self._above[high] = low

    def roots(self) -> npt.NDArray[np.int64]:
        """Return the root of each number."""
        above = np.array(self._above, dtype=np.int64)
        while (above[above] != above).any():
            above = above[above]
        return above


def find_groups(pairs: npt.NDArray[np.int32], number: int) -> list[npt.NDArray[np.int32]]:
    """Return the pairs of each group of numbers that hang together, each in the order of the pairs.

    Args:
        pairs: Rows of two numbers.
        number: All of them are smaller than this.
    """
    if not len(pairs):
        return []
    forest = _Forest(number)
    for start in range(0, len(pairs), _CHUNK):
        for one, other in pairs[start : start + _CHUNK].tolist():
            forest.join(one, other)
    roots = forest.roots()[pairs[:, 0]]
    order = np.argsort(roots, kind="stable")
    bounds = np.flatnonzero(np.diff(roots[order])) + 1
    return np.split(pairs[order], bounds)


class _Members(NamedTuple):
    """Three texts that stand for a group: they are asked, not all."""

    longest: int
    shortest: int
    first: int


class Clusters:
    """Texts, known by numbers from 0, in groups that tell one story each.

    Args:
        number: How many texts there are.
        wording: Gives the wording of a text.
    """

    def __init__(self, number: int, wording: Callable[[int], Wording]) -> None:
        self._wording = wording
        self._forest = _Forest(number)
        self._failures = bytearray(number)
        self._members: dict[int, _Members] = {}
        self._refusals: Counter[tuple[int, int]] = Counter()

    def roots(self) -> npt.NDArray[np.int64]:
        """Return for each text the smallest number in its group."""
        return self._forest.roots()

    def link(self, pairs: npt.NDArray[np.int32]) -> None:
        """Join the texts of some pairs, which have no text in common with other pairs."""
        for start in range(0, len(pairs), _CHUNK):
            for one, other in pairs[start : start + _CHUNK].tolist():
                self._link_pair(one, other)
        self._members.clear()
        self._refusals.clear()

    def _link_pair(self, one: int, other: int) -> None:
        """Make one group of those of two texts, if they are copies and the groups belong together."""
        roots = self._forest.root(one), self._forest.root(other)
        if (
            roots[0] == roots[1]
            or max(self._failures[one], self._failures[other]) >= _MOST_FAILURES
        ):
            return
        if self._refusals[roots] >= _MOST_REFUSALS:
            return
        if not is_copy(compare_wordings(self._wording(one), self._wording(other))):
            self._failures[one] += 1
            self._failures[other] += 1
        elif self._belong_together((roots[0], one), (roots[1], other)):
            self._join(*sorted(roots))
            return
        if not self._members.keys().isdisjoint(roots):
            self._refusals[roots] += 1
            self._refusals[roots[::-1]] += 1

    def _group(self, root: int) -> _Members:
        return self._members.get(root) or _Members(root, root, root)

    def _belong_together(self, one: tuple[int, int], other: tuple[int, int]) -> bool:
        """Tell whether more than half of the pairs across two groups are kin.

        Args:
            one: The root of a group, and the text of it that is a copy of the other's.
            other: The same of the other group.
        """
        link = one[1], other[1]
        sides = [sorted({*self._group(root), text}) for root, text in (one, other)]
        pairs = [pair for pair in product(*sides) if pair != link]
        kin = sum(is_kin(compare_wordings(*map(self._wording, pair))) for pair in pairs)
        return 2 * (kin + 1) > len(pairs) + 1

    def _join(self, low: int, high: int) -> None:
        groups = self._group(low), self._group(high)
        self._members.pop(high, None)
        self._forest.join(low, high)
        self._members[low] = _Members(
            longest=max((group.longest for group in groups), key=self._rank),
            shortest=min((group.shortest for group in groups), key=self._rank),
            first=low,
        )

    def _rank(self, number: int) -> tuple[int, int]:
        return len(self._wording(number).distinct), number
