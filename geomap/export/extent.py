"""The box around features as they come, the shorter way around the globe (RFC 7946, section 5)."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["Extent"]

#: longitudes are kept by degrees: the first and the last of each
_SLOTS: Final = 360


class Extent:
    """A box that grows.

    >>> extent = Extent()
    >>> extent.add([177.5, -20.0])
    >>> extent.add([-178.0, -16.0])
    >>> extent.box()
    [177.5, -20.0, -178.0, -16.0]
    """

    def __init__(self) -> None:
        self._south, self._north = 90.0, -90.0
        self._firsts: dict[int, float] = {}
        self._lasts: dict[int, float] = {}

    def add(self, place: Sequence[float]) -> None:
        """Add a point (longitude, latitude) or a box (west, south, east, north; west can be more than east)."""
        west, south, east, north = place if len(place) == 4 else (*place, *place)
        self._south, self._north = min(self._south, south), max(self._north, north)
        if west > east:
            self._add_longitudes(west, 180.0)
            self._add_longitudes(-180.0, east)
        else:
            self._add_longitudes(west, east)

    def _add_longitudes(self, west: float, east: float) -> None:
        low, high = _slot(west), _slot(east)
        for slot in range(low, high + 1):
            first = west if slot == low else slot - 180.0
            last = east if slot == high else slot - 179.0
            self._firsts[slot] = min(first, self._firsts.get(slot, first))
            self._lasts[slot] = max(last, self._lasts.get(slot, last))

    def box(self) -> list[float] | None:
        """Return west, south, east and north of all that was added; None of nothing.

        West is more than east where the box is narrower so: it then goes over ±180 degrees.
        """
        slots = sorted(self._firsts)
        if not slots:
            return None
        west, east = self._firsts[slots[0]], self._lasts[slots[-1]]
        gaps = [
            (self._firsts[right] - self._lasts[left], self._firsts[right], self._lasts[left])
            for left, right in itertools.pairwise(slots)
        ]
        widest, beyond, before = max(gaps, default=(0.0, west, east))
        if widest > west + 360 - east:
            west, east = beyond, before
        return [west, self._south, east, self._north]


def _slot(longitude: float) -> int:
    return min(_SLOTS - 1, int(longitude + 180))
