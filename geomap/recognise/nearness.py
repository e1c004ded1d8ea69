"""How near the places that names can mean are to each other.

All distances of an article are one product of matrices of unit vectors: the cosine of the angle
between two of them orders points as the great circle does.
"""

from __future__ import annotations

import math
from itertools import accumulate
from typing import TYPE_CHECKING, Any, Final

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["Floats", "Nearness", "find_nearness"]

Floats = np.ndarray[Any, np.dtype[np.float64]]

_EARTH_KM: Final = 6371.0
_FAR_LOG: Final = math.log1p(800.0)
_NEAR_COSINE: Final = math.cos(60.0 / _EARTH_KM)
_AROUND_COSINE: Final = math.cos(250.0 / _EARTH_KM)
#: from this chance on a name can be the nearest one
_LIKELY_FROM: Final = 0.5


class Nearness:
    """How near the other names of an article are to the candidates of some names.

    ``table`` has a column for each candidate, and four rows: names within 60 and within 250 km
    (logarithms of their number, each counted by its odds), the share of names within 250 km, and how
    near the nearest is (1 at no distance, 0 from 800 km on). ``begins`` tells where a name's columns begin.
    """

    __slots__ = ("begins", "table")

    def __init__(self, table: Floats, begins: Mapping[str, int]) -> None:
        self.table = table
        self.begins = begins

    def weigh(self, weights: Floats) -> list[float]:
        """Return the weighted sum of each column."""
        weighed: list[float] = (weights @ self.table).tolist()
        return weighed

    def values(self, key: str, row: int) -> list[float]:
        """Return the four values of one candidate of a name."""
        found: list[float] = self.table[:, self.begins[key] + row].tolist()
        return found


def find_nearness(
    receivers: Mapping[str, Floats], senders: Mapping[str, tuple[Floats, Floats]]
) -> Nearness:
    """Return how near the other names are to each candidate of some names.

    Args:
        receivers: The unit vectors of each name's candidates, by its key: arrays of their number by 3.
        senders: The unit vectors of what each name probably means, and the chances; at least one.
            A name is not near to itself, and counts by its likeliest place.
    """
    sizes = list(map(len, receivers.values()))
    begins = [0, *accumulate(len(chances) for _, chances in senders.values())]
    groups = {key: number for number, key in enumerate(senders)}
    odds = np.concatenate([chances for _, chances in senders.values()])
    cosines = (
        np.concatenate(list(receivers.values()))
        @ np.concatenate([points for points, _ in senders.values()]).T
    )
    strengths = np.empty((3, *cosines.shape))
    np.multiply(cosines > _NEAR_COSINE, odds, out=strengths[0])
    np.multiply(cosines > _AROUND_COSINE, odds, out=strengths[1])
    np.multiply(cosines, odds >= _LIKELY_FROM, out=strengths[2])
    best = np.maximum.reduceat(strengths, begins[:-1], axis=2)
    ends = list(accumulate(sizes))
    others = np.full(len(cosines), float(len(groups)))
    for key, size, end in zip(receivers, sizes, ends, strict=True):
        if key in groups:
            best[:, end - size : end, groups[key]] = 0.0
            others[end - size : end] -= 1.0
    table = np.empty((4, len(cosines)))
    counts = np.add.reduce(best[:2], axis=2)
    angles = np.arccos(np.minimum(np.maximum.reduce(best[2], axis=1), 1.0))
    np.log1p(counts, out=table[:2])
    np.divide(counts[1], np.maximum(others, 1.0), out=table[2])
    np.maximum(1.0 - np.log1p(angles * _EARTH_KM) / _FAR_LOG, 0.0, out=table[3])
    return Nearness(table, dict(zip(receivers, [0, *ends], strict=False)))
