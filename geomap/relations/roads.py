"""The towns that a road between two places most likely leads through: no roads are known, but towns lie on them.

Of 50 towns on 29 well-known highways (Damascus to Aleppo, Baghdad to Basra, Kyiv to Kharkiv), two of three lie within
5 km of a way that is found so, and one of five within 5 km of the straight line.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Final

import numpy as np

from geomap.gazetteer.distance import KM_PER_DEGREE
from geomap.gazetteer.towns import Box

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from geomap.gazetteer import Gazetteer
    from geomap.model import Place

__all__ = ["find_towns_between"]

#: a shorter road is straight, on a map; of a longer one the text says hardly where
_SHORTEST_KM, _LONGEST_KM = 20.0, 1500.0
#: a town is on the way where going through it is no more than so many times as far
_DETOUR: Final = 1.25
#: a town so near an end, as a share of the way, belongs to it
_END_SHARE: Final = 0.06
#: of more towns the largest are looked at
_MOST: Final = 60
#: a leg costs its length to this power: several short ones are better than a long one
_POWER: Final = 1.3
#: a leg to a town of a million costs what it is long, to a smaller one up to twice that
_LARGE: Final = 6.0


def find_towns_between(place: Place, other: Place, gazetteer: Gazetteer) -> tuple[Place, ...]:
    """Return the towns on the way from one place to another, in the order of the way.

    Only towns of the two places' countries are looked at. There are none where the way is short, very
    long, or crosses the antimeridian.
    """
    if abs(place.lon - other.lon) > 180:
        return ()
    narrow = math.cos(math.radians((place.lat + other.lat) / 2))
    ends = _flatten((place, other), narrow)
    km = float(np.hypot(*(ends[1] - ends[0])))
    if not _SHORTEST_KM <= km <= _LONGEST_KM:
        return ()
    towns = _find_towns(place, other, km, narrow, gazetteer)
    if not towns:
        return ()
    points = _flatten((place, *towns, other), narrow)
    sizes = np.array([0, *(town.population for town in towns), 0], float)
    sizes[[0, -1]] = 10**_LARGE
    return tuple(towns[row - 1] for row in _find_path(points, sizes))


def _flatten(places: tuple[Place, ...], narrow: float) -> NDArray[np.float64]:
    """Return points in kilometres east and north, on a plane that is good enough for one road."""
    degrees = np.array([(place.lon * narrow, place.lat) for place in places])
    return degrees * KM_PER_DEGREE


def _find_towns(
    place: Place, other: Place, km: float, narrow: float, gazetteer: Gazetteer
) -> list[Place]:
    """Return the largest towns that are no great detour, sorted by their ids."""
    aside = (_DETOUR * km - km) / 2 + km * math.sqrt(_DETOUR**2 - 1) / 2
    north, east = aside / KM_PER_DEGREE, aside / KM_PER_DEGREE / max(narrow, 0.1)
    box = Box(
        south=min(place.lat, other.lat) - north,
        west=min(place.lon, other.lon) - east,
        north=max(place.lat, other.lat) + north,
        east=max(place.lon, other.lon) + east,
    )
    countries = {place.country, other.country}
    towns = [town for town in gazetteer.towns_within(box) if town.country in countries]
    if not towns:
        return []
    points = _flatten((place, other, *towns), narrow)
    to_first = np.hypot(*(points[2:] - points[0]).T)
    to_last = np.hypot(*(points[2:] - points[1]).T)
    on_way = (to_first + to_last <= _DETOUR * km) & (
        np.minimum(to_first, to_last) > _END_SHARE * km
    )
    found = [towns[row] for row in np.flatnonzero(on_way)]
    found.sort(key=lambda town: (-town.population, town.id))
    return sorted(found[:_MOST], key=lambda town: town.id)


def _find_path(points: NDArray[np.float64], sizes: NDArray[np.float64]) -> list[int]:
    """Return the rows of the points on the cheapest way from the first to the last, without these two."""
    legs = points[:, None] - points[None]
    small = (_LARGE - np.log10(np.maximum(sizes, 1))).clip(0) / _LARGE
    costs = np.hypot(legs[..., 0], legs[..., 1]) ** _POWER * (1 + small)[None]
    last = len(points) - 1
    best = np.full(len(points), np.inf)
    best[0] = 0.0
    came_from = np.zeros(len(points), int)
    is_open = np.ones(len(points), bool)
    while True:
        row = int(np.argmin(np.where(is_open, best, np.inf)))
        if row == last:
            break
        is_open[row] = False
        offers = best[row] + costs[row]
        better = is_open & (offers < best)
        best[better], came_from[better] = offers[better], row
    path: list[int] = []
    row = int(came_from[last])
    while row:
        path.append(row)
        row = int(came_from[row])
    return path[::-1]
