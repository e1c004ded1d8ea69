"""How near the places that names can mean are to each other.

Candidates lie all over the world, and few of them near another name of the article: the globe is cut
into cells, and distances are taken only between places of cells that are in reach of each other.
"""

from __future__ import annotations

import math
from functools import cache
from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

__all__ = ["FAR", "Nearness", "Point", "Spot", "cell_of", "find_nearness"]

#: a unit vector: the cosine of the angle between two orders points as the great circle does
Point = tuple[float, float, float]
#: names near a candidate: within 60 and within 250 km (logarithms of their number, each counted by
#: its odds), the share of names within 250 km, and how near the nearest is (1 at no distance, 0 from
#: 800 km on)
Nearness = tuple[float, float, float, float]
FAR: Final[Nearness] = (0.0, 0.0, 0.0, 0.0)

_EARTH_KM: Final = 6371.0
_FAR_KM: Final = 800.0
_FAR_LOG: Final = math.log1p(_FAR_KM)
_NEAR_COSINE: Final = math.cos(60.0 / _EARTH_KM)
_AROUND_COSINE: Final = math.cos(250.0 / _EARTH_KM)
_FAR_COSINE: Final = math.cos(_FAR_KM / _EARTH_KM)
#: from this chance on a name can be the nearest one
_LIKELY_FROM: Final = 0.5

#: height of a cell in degrees: of 2.5 to 10 the quickest
_BAND: Final = 3.75
_BANDS: Final = 48
#: so many bands away a place can be within 800 km, which are 7.2 degrees
_BANDS_AWAY: Final = 2
#: cells of a band are numbered from its number times this
_STRIDE: Final = 200


class Spot(NamedTuple):
    """One place that a name probably means: the name's key, unit vector, chance, and cell."""

    key: str
    x: float
    y: float
    z: float
    chance: float
    cell: int


def _reach_degrees(band: int) -> float:
    """Return how far east or west 800 km can lead from a band, in degrees of longitude."""
    highest = max(abs(band * _BAND - 90.0), abs((band + 1) * _BAND - 90.0))
    sine = math.sin(_FAR_KM / _EARTH_KM) / max(math.cos(math.radians(highest)), 1e-9)
    return math.degrees(math.asin(sine)) if sine < 1.0 else 180.0


@cache
def _columns(band: int) -> int:
    """Return into how many cells a band is cut: about as wide as they are high."""
    return max(1, int(720.0 / max(_reach_degrees(band), 2 * _BAND)))


def cell_of(lat: float, lon: float) -> int:
    """Return the cell of a place, from its latitude and longitude in degrees."""
    band = min(max(int((lat + 90.0) / _BAND), 0), _BANDS - 1)
    columns = _columns(band)
    return band * _STRIDE + min(int((lon + 180.0) / 360.0 * columns), columns - 1)


@cache
def _in_reach(cell: int) -> frozenset[int]:
    """Return the cells that can hold a place within 800 km of one in this cell."""
    band, column = divmod(cell, _STRIDE)
    width = 360.0 / _columns(band)
    west, east = column * width, (column + 1) * width
    reach = _reach_degrees(band)
    found = set()
    for other in range(max(band - _BANDS_AWAY, 0), min(band + _BANDS_AWAY + 1, _BANDS)):
        columns = _columns(other)
        its_width = 360.0 / columns
        first = math.floor((west - reach) / its_width)
        last = math.floor((east + reach) / its_width)
        found |= {other * _STRIDE + number % columns for number in range(first, last + 1)}
    return frozenset(found)


def find_nearness(
    receivers: Mapping[str, Sequence[tuple[Point, int]]],
    spots: Iterable[Spot],
    *,
    names: int,
) -> dict[str, list[Nearness]]:
    """Return how near the other names are to each candidate of some names.

    Args:
        receivers: By the name's key, the unit vector and the cell of each of its candidates.
        spots: What the names of the article probably mean.
        names: How many names have a spot.
    """
    by_cell: dict[int, list[Spot]] = {}
    senders = set()
    for spot in spots:
        by_cell.setdefault(spot.cell, []).append(spot)
        senders.add(spot.key)
    reachable: dict[int, list[Spot]] = {}
    found: dict[str, list[Nearness]] = {}
    for key, candidates in receivers.items():
        others = names - (key in senders)
        if not others:
            continue
        rows = found[key] = []
        for point, cell in candidates:
            around = reachable.get(cell)
            if around is None:
                reach = _in_reach(cell)
                around = reachable[cell] = [
                    spot for each, held in by_cell.items() if each in reach for spot in held
                ]
            rows.append(_nearness(key, point, around, others) if around else FAR)
    return found


def _nearness(key: str, point: Point, spots: Sequence[Spot], others: int) -> Nearness:
    """Return how near the spots of other names are to a point; a name counts by its likeliest spot."""
    px, py, pz = point
    near: dict[str, float] = {}
    around: dict[str, float] = {}
    nearest = _FAR_COSINE
    for sender, x, y, z, chance, _ in spots:
        cosine = x * px + y * py + z * pz
        if cosine <= _FAR_COSINE or sender == key:
            continue
        if cosine > nearest and chance >= _LIKELY_FROM:
            nearest = cosine
        if cosine > _AROUND_COSINE:
            around[sender] = max(around.get(sender, 0.0), chance)
            if cosine > _NEAR_COSINE:
                near[sender] = max(near.get(sender, 0.0), chance)
    count = sum(around.values())
    closeness = 0.0
    if nearest > _FAR_COSINE:
        km = math.acos(min(nearest, 1.0)) * _EARTH_KM
        closeness = 1.0 - math.log1p(km) / _FAR_LOG
    return math.log1p(sum(near.values())), math.log1p(count), count / others, closeness
