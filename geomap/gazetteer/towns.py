"""Towns by where they lie: the one question that the index of names does not answer."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np

from geomap.gazetteer.layout import SCALE

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

__all__ = ["LEAST_PEOPLE", "Box", "TownRows"]

#: smaller places are not looked for by where they lie
LEAST_PEOPLE: Final = 3000
#: a part of a town, and what is no more, is not a town on the way
_NO_TOWNS: Final = ("PPLX", "PPLH", "PPLQ", "PPLW", "PPLCH")


class Box(NamedTuple):
    """A part of the globe between two latitudes and two longitudes, in degrees, west of east."""

    south: float
    west: float
    north: float
    east: float


class TownRows:
    """The rows of an index that are towns, sorted by latitude.

    Args:
        rows: The index's places, as in ``layout.PLACE_DTYPE``.
        features: The feature codes that the rows have the numbers of.
    """

    def __init__(self, rows: NDArray[np.void], features: Sequence[str]) -> None:
        is_town = np.array(
            [code.startswith("PPL") and code not in _NO_TOWNS for code in features], dtype=bool
        )
        found = np.flatnonzero(is_town[rows["feature"]] & (rows["population"] >= LEAST_PEOPLE))
        order = np.argsort(rows["lat"][found], kind="stable")
        self._rows = found[order]
        self._lats = rows["lat"][self._rows] / SCALE
        self._lons = rows["lon"][self._rows] / SCALE

    def within(self, box: Box) -> list[int]:
        """Return the rows of the towns in a box."""
        low, high = np.searchsorted(self._lats, (box.south, box.north))
        lons = self._lons[low:high]
        inside = (lons >= box.west) & (lons <= box.east)
        found: list[int] = self._rows[low:high][inside].tolist()
        return found
