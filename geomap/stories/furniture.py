"""What stands in very many texts: menus, notices and forms that no rule of ``boilerplate`` knows.

Runs of four words are counted over all different texts, in a table of fixed size: of a million
texts some runs are counted for each other, far too few to reach the number that matters.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Final

import numpy as np

from geomap.stories.shingles import hash_shingles

if TYPE_CHECKING:
    import numpy.typing as npt

__all__ = ["FURNITURE_SHINGLE", "Furniture"]

#: words in a counted run
FURNITURE_SHINGLE: Final = 4
#: cells of the table, 4 bytes each
_CELLS: Final = 1 << 22
_CELL_SHIFT: Final = np.uint64(64 - 22)
#: what stands in more different texts than this, and in more than this share of them, is furniture: no
#: story is printed in so many versions
_MOST_TEXTS: Final = 200
_MOST_SHARE: Final = 0.001
#: a text with a smaller share of words of its own is no page around an article: it is left whole
_LEAST_OWN: Final = 0.2


class Furniture:
    """Counts in how many texts each run of words stands."""

    def __init__(self) -> None:
        self._counts = np.zeros(_CELLS, dtype=np.uint32)
        self._texts = 0

    def count(self, shingles: npt.NDArray[np.uint64], ends: npt.NDArray[np.uint64]) -> None:
        """Count the runs of ``FURNITURE_SHINGLE`` words of some texts, once in each.

        Args:
            shingles: The runs of all texts on end.
            ends: Where those of each text end, with a 0 in front.
        """
        cells = (shingles >> _CELL_SHIFT).astype(np.int64)
        for start, end in pairwise(ends.tolist()):
            self._counts[cells[start:end]] += np.uint32(1)  # what stands twice is counted once
        self._texts += len(ends) - 1

    def own_words(self, words: npt.NDArray[np.uint64]) -> npt.NDArray[np.bool_] | None:
        """Tell which of a text's hashed words are its own; None where all, or too few are."""
        limit = max(_MOST_TEXTS, _MOST_SHARE * self._texts)
        if self._texts <= limit:
            return None
        shingles = hash_shingles(words, FURNITURE_SHINGLE)
        common = self._counts[(shingles >> _CELL_SHIFT).astype(np.int64)] > limit
        if not common.any():
            return None
        own = np.ones(len(words), dtype=np.bool_)
        for place in range(FURNITURE_SHINGLE):
            own[place : place + len(common)] &= ~common
        return own if own.mean() >= _LEAST_OWN else None
