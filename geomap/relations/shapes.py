"""Shapes on the globe around a point: disc, ring, sector, corridor; and how shapes are written.

Edges that mean a distance follow geodesics; a shape is made in longitudes that go on beyond ±180, and is
cut there when it is finished, as RFC 7946 wants it: parts on either side of the antimeridian, outer rings
counterclockwise. A shape around a pole goes up to it.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import shapely
from shapely.geometry.polygon import orient

from geomap.relations.geodesic import find_destinations, find_way, unwrap_longitudes

if TYPE_CHECKING:
    from numpy.typing import ArrayLike

__all__ = [
    "cut_at_antimeridian",
    "make_corridor",
    "make_disc",
    "make_ring",
    "make_sector",
    "write_wkt",
]

#: points around a disc: its edge is within half a percent of the circle
_ROUND: Final = 32
#: degrees of an arc between two points
_STEP: Final = 360 / _ROUND
#: from this latitude on, the sides of sectors get points between their ends
_POLAR: Final = 75.0
_SIDE_POINTS: Final = 6
#: 11 metres, finer than any "north of"
_DIGITS: Final = 4
#: a corridor bends with the geodesic; one point for so many kilometres, and at most so many
_LEG_KM, _MOST_LEGS = 100.0, 16


def _to_polygon(lats: ArrayLike, lons: ArrayLike) -> Any:
    """Return the polygon inside a ring of points, which is open; with the pole if that is inside."""
    lats, lons = np.asarray(lats), np.asarray(lons)
    if lons.max() - lons.min() < 180:
        return shapely.Polygon(np.column_stack((lons, lats)))
    path = unwrap_longitudes(np.append(lons, lons[0]))
    lat = np.append(lats, lats[0])
    if abs(path[-1] - path[0]) > 180:  # once around a pole, and back along its meridian
        pole = math.copysign(90.0, float(np.mean(lat)))
        path, lat = np.append(path, [path[-1], path[0]]), np.append(lat, [pole, pole])
    return shapely.Polygon(np.column_stack((path, lat)))


def make_disc(lat: float, lon: float, km: float) -> Any:
    """Return the polygon of all points within so many kilometres of a point in degrees."""
    return _to_polygon(*find_destinations(lat, lon, np.arange(_ROUND) * -_STEP, km))


def make_ring(lat: float, lon: float, low: float, high: float) -> Any:
    """Return the polygon between two distances, in kilometres; a disc where ``low`` is 0."""
    if low <= 0:
        return make_disc(lat, lon, high)
    azimuths = np.arange(_ROUND) * -_STEP
    edges = np.repeat([high, low], _ROUND)
    lats, lons = find_destinations(lat, lon, np.tile(azimuths, 2), edges)
    disc = _to_polygon(lats[:_ROUND], lons[:_ROUND])
    hole = _to_polygon(lats[_ROUND:], lons[_ROUND:])
    if disc.bounds[2] - disc.bounds[0] < 180:
        return shapely.Polygon(disc.exterior, [hole.exterior])
    # the disc goes around the pole: the hole lies somewhere in its width, or goes around as well
    return disc.difference(shapely.union_all([_shift(hole, turn) for turn in (-360, 0, 360)]))


def make_sector(
    lat: float, lon: float, azimuth: float, half: float, low: float, high: float
) -> Any:
    """Return the part of a ring, or of a disc, that lies in a direction.

    Args:
        lat: Latitude of the middle in degrees.
        lon: Longitude of it.
        azimuth: The direction, in degrees clockwise from north.
        half: Degrees to either side of it, less than 180.
        low: Kilometres from the middle where it begins.
        high: Kilometres where it ends.
    """
    steps = max(2, math.ceil(2 * half / _STEP))
    turns = np.linspace(half, -half, steps + 1)
    # beside a pole the sides of a sector are no straight lines between degrees
    between = _SIDE_POINTS if abs(lat) + high / 111 > _POLAR else 0
    sides = np.linspace(max(low, 0.0), high, between + 2)
    near = turns[::-1] if low > 0 else turns[:1]
    azimuths = np.concatenate((turns, np.full(between, -half), near, np.full(between, half)))
    km = np.concatenate(
        (np.full(steps + 1, high), sides[-2:0:-1], np.full(len(near), low), sides[1:-1])
    )
    return _to_polygon(*find_destinations(lat, lon, azimuth + azimuths, km))


def make_corridor(lat: float, lon: float, to_lat: float, to_lon: float, half: float) -> Any:
    """Return the strip along the shortest way between two points, ``half`` kilometres to either side."""
    way = find_way(lat, lon, to_lat, to_lon)
    legs = min(_MOST_LEGS, max(1, math.ceil(way.km / _LEG_KM)))
    lats, lons = find_destinations(
        lat, lon, np.full(legs + 1, way.leaving), np.linspace(0, way.km, legs + 1)
    )
    rights, lefts = [], []
    for at_lat, at_lon in zip(lats.tolist(), lons.tolist(), strict=True):
        ahead = find_way(at_lat, at_lon, to_lat, to_lon)
        azimuth = ahead.leaving if ahead.km > half / 100 else way.arriving
        sides, side_lons = find_destinations(at_lat, at_lon, [azimuth + 90, azimuth - 90], half)
        rights.append((float(sides[0]), float(side_lons[0])))
        lefts.append((float(sides[1]), float(side_lons[1])))
    ring = np.array([*rights, *reversed(lefts)])
    return _to_polygon(ring[:, 0], ring[:, 1])


def _shift(shape: Any, degrees: float) -> Any:
    return shapely.transform(shape, lambda points: points + np.array([degrees, 0.0]))


def cut_at_antimeridian(shape: Any) -> Any:
    """Return a shape with longitudes in [-180, 180], cut where it goes beyond."""
    west, _, east, _ = shape.bounds
    if west >= -180 and east <= 180:
        return shape
    first, last = math.floor((west + 180) / 360), math.ceil((east + 180) / 360)
    parts = []
    for turn in range(first, last):
        window = shapely.box(360 * turn - 180, -90, 360 * turn + 180, 90)
        parts.append(_shift(shape.intersection(window), -360 * turn))
    whole = shapely.union_all(parts)
    # where an edge lies on the seam, a line is left of what is beyond it
    dimension = shapely.get_dimensions(shape)
    kept = [part for part in shapely.get_parts(whole) if shapely.get_dimensions(part) == dimension]
    return whole if len(kept) == shapely.get_num_geometries(whole) else shapely.union_all(kept)


def write_wkt(shape: Any) -> str:
    """Return a shape as WKT, longitudes first: cut, outer rings counterclockwise, four decimals.

    >>> write_wkt(shapely.Point(43.123456, 36))
    'POINT (43.1235 36)'
    """
    shape = cut_at_antimeridian(shape)
    if shape.geom_type == "Polygon":
        shape = orient(shape)
    elif shape.geom_type == "MultiPolygon":
        shape = shapely.MultiPolygon([orient(part) for part in shape.geoms])
    # rounded first, as what is nearly 0 would be written with an exponent
    rounded = shapely.transform(shape, lambda points: points.round(_DIGITS) + 0.0)
    return str(shapely.to_wkt(rounded, rounding_precision=_DIGITS))
