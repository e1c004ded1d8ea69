"""Areas of places: their outlines, or circles of their size; parts of them; stretches of lines.

Areas are cut on a plane that touches the globe in their middle, which is exact enough for "eastern":
a shape has kilometres east and north of that point there.
"""

from __future__ import annotations

import math
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import shapely

from geomap.gazetteer.distance import KM_PER_DEGREE
from geomap.outlines import (
    border_lines,
    country_rings,
    find_unit,
    read_kept,
    river_lines,
    unit_rings,
)
from geomap.relations.shapes import make_disc
from geomap.relations.spots import is_country, is_town

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from numpy.typing import NDArray

    from geomap.model import Place
    from geomap.outlines.kept import Kept

__all__ = [
    "Plane",
    "cut_part",
    "extent_km",
    "find_area",
    "find_border",
    "find_coast",
    "find_core",
    "find_country_area",
    "find_outline",
    "find_river",
    "is_area",
    "make_coast",
    "make_country_area",
    "measure_size",
    "move",
    "simplify",
    "widen",
]

#: people on a square kilometre of a town, and the smallest radius of one
_DENSITY: Final = 4000.0
_SMALLEST_KM, _LARGEST_TOWN_KM = 1.0, 25.0
#: halvings until a part has its share: to a hundredth of the way
_CUTS: Final = 7
#: what may have an outline
_OUTLINED: Final = ("ADM1", "PCL", "RGN")
#: points of an outline that is cut: it is not written, but cut a dozen times
_MOST_POINTS_TO_CUT: Final = 400
_COARSEST_DEGREES: Final = 10.0
#: points of an area that is written
_MOST_POINTS: Final = 80
#: a part of a country so many degrees away from the rest is not meant by "the west of …"
_FAR_DEGREES: Final = 6.0
#: outlines and borders are thinned out each by itself, and lie no farther apart than this share of a country
_COAST_SHARE: Final = 0.012
#: islands smaller than these shares of the largest part are not looked at, and not drawn
_TINY_SHARE, _SMALL_SHARE = 0.001, 0.01


def is_area(place: Place) -> bool:
    """Tell a place that has an extent, such as a country or a province, from a town or another point."""
    return place.radius_km > 0 and not is_town(place)


def measure_size(place: Place) -> float:
    """Return the radius of a place in kilometres: known, or that of a town with so many people."""
    if place.radius_km > 0:
        return place.radius_km
    radius = math.sqrt(max(place.population, 0) / _DENSITY / math.pi)
    return min(max(radius, _SMALLEST_KM), _LARGEST_TOWN_KM)


class Plane:
    """A plane that touches the globe at a point, for shapes of up to a continent's size."""

    def __init__(self, lat: float, lon: float) -> None:
        self._lat, self._lon = lat, lon
        self._narrow = max(math.cos(math.radians(lat)), 0.05)

    def flatten(self, shape: Any) -> Any:
        """Return a shape in degrees as kilometres east and north of the point."""

        def project(points: NDArray[np.float64]) -> NDArray[np.float64]:
            scale = (KM_PER_DEGREE * self._narrow, KM_PER_DEGREE)
            return np.asarray((points - (self._lon, self._lat)) * scale)

        return shapely.transform(shape, project)

    def raise_up(self, shape: Any) -> Any:
        """Return a shape in kilometres as degrees; longitudes can lie beyond ±180."""

        def unproject(points: NDArray[np.float64]) -> NDArray[np.float64]:
            degrees = points / (KM_PER_DEGREE * self._narrow, KM_PER_DEGREE)
            degrees += (self._lon, self._lat)
            degrees[:, 1] = degrees[:, 1].clip(-90, 90)
            return np.asarray(degrees)

        return shapely.transform(shape, unproject)


def _plane_of(shape: Any) -> Plane:
    west, south, east, north = shape.bounds
    return Plane((south + north) / 2, (west + east) / 2)


def extent_km(shape: Any) -> float:
    """Return half of the diagonal of a shape's bounds, in kilometres."""
    west, south, east, north = _plane_of(shape).flatten(shape).bounds
    return math.hypot(east - west, north - south) / 2


@lru_cache(maxsize=128)
def find_outline(place: Place) -> Any | None:
    """Return the outline of a place; None where geomap has none.

    Parts that lie far from the main one, as overseas departments do, are left out. Longitudes can lie
    beyond ±180.
    """
    if is_country(place) and place.country:
        country = find_country_area(place.country)
        if country is not None:
            return country
    if not place.feature.startswith(_OUTLINED):
        return None
    names = (place.name,) if place.feature == "RGN" else (place.name, place.admin1 or "")
    return _outline_of(unit_rings(find_unit(place.id, names, place.country or "")))


def find_area(place: Place) -> Any:
    """Return the area of a place: its outline where geomap has one, else a circle of its size."""
    outline = find_outline(place)
    return make_disc(place.lat, place.lon, measure_size(place)) if outline is None else outline


@lru_cache(maxsize=128)
def find_country_area(country: str) -> Any | None:
    """Return the outline of a country by its two-letter code; None where geomap has none."""
    return _read_kept(country, "area")


def _read_kept(country: str, kind: Kept) -> Any | None:
    kept = read_kept(country, kind)
    return None if kept is None else shapely.from_wkb(kept)


def make_country_area(country: str) -> Any | None:
    """Return the outline of a country as the pack keeps it; None where geomap has none, or a line alone, as of Monaco."""
    area = _outline_of(country_rings(country))
    return None if area is None or area.is_empty else area


def _outline_of(rings: Sequence[Sequence[tuple[float, float]]]) -> Any | None:
    if not rings:
        return None
    # shapely takes an array at once, and a list point by point
    return _main_parts([shapely.Polygon(np.array(ring)) for ring in _beside_each_other(rings)])


def _beside_each_other(
    rings: Sequence[Sequence[tuple[float, float]]],
) -> Iterable[Sequence[tuple[float, float]]]:
    """Yield rings so that what the antimeridian cuts lies together."""
    lons = [ring[0][0] for ring in rings]
    apart = max(lons) - min(lons) > 180
    for ring in rings:
        if apart and ring[0][0] < 0:
            yield [(lon + 360, lat) for lon, lat in ring]
        else:
            yield ring


def _main_parts(polygons: list[Any]) -> Any:
    """Return the largest polygon with those that lie near it, or near one of those."""
    polygons = [part if part.is_valid else part.buffer(0) for part in polygons]
    polygons.sort(key=lambda part: -part.area)
    boxes = np.array([part.bounds for part in polygons])
    wanted = [part.area >= _TINY_SHARE * polygons[0].area for part in polygons]
    kept, waiting = [0], [row for row, large in enumerate(wanted) if large and row > 0]
    for row in kept:
        near = [other for other in waiting if _gap(boxes[row], boxes[other]) <= _FAR_DEGREES]
        kept += near
        waiting = [other for other in waiting if other not in near]
    main = polygons[0]
    # a ring inside the largest one is a hole in it, as Lesotho is in South Africa
    holes = [row for row in kept[1:] if main.contains(polygons[row])]
    for row in holes:
        main = main.difference(polygons[row])
    parts = [main, *(polygons[row] for row in kept[1:] if row not in holes)]
    whole = shapely.union_all(parts) if len(parts) > 1 else main
    if whole.bounds[2] > 180:  # a seam at the antimeridian closes
        whole = whole.buffer(0.001).buffer(-0.001)
    return _thin_out(whole, _MOST_POINTS_TO_CUT)


def _thin_out(shape: Any, most: int) -> Any:
    """Return a shape with at most so many points, or few more."""
    west, south, east, north = shape.bounds
    tolerance = max(east - west, north - south) / (4 * most)
    found = shape
    while shapely.get_num_coordinates(found) > most and tolerance < _COARSEST_DEGREES:
        found = shapely.simplify(shape, tolerance)
        tolerance *= 1.6
    return found


def _gap(box: NDArray[np.float64], other: NDArray[np.float64]) -> float:
    """Return the distance of two boxes (west, south, east, north) in degrees."""
    x = max(float(other[0] - box[2]), float(box[0] - other[2]), 0.0)
    y = max(float(other[1] - box[3]), float(box[1] - other[3]), 0.0)
    return math.hypot(x, y)


def simplify(shape: Any, most: int = _MOST_POINTS) -> Any:
    """Return a shape with few points: small islands go, lines are drawn more coarsely."""
    if shape.geom_type == "MultiPolygon":
        largest = max(part.area for part in shape.geoms)
        shape = shapely.MultiPolygon(
            [part for part in shape.geoms if part.area >= _SMALL_SHARE * largest]
        )
    return _thin_out(shape, most)


def find_core(area: Any) -> Any:
    """Return what is central in an area: what a copy of half its size, around its middle, covers."""
    plane = _plane_of(area)
    flat = plane.flatten(area)
    middle = flat.centroid
    small = shapely.transform(flat, lambda points: points * 0.5 + (middle.x * 0.5, middle.y * 0.5))
    core = small.intersection(flat)
    return plane.raise_up(core if not core.is_empty else small)


def cut_part(area: Any, azimuth: float, share: float) -> Any:
    """Return the part of an area that lies farthest in a direction.

    Args:
        area: Its shape, in degrees.
        azimuth: The direction, in degrees clockwise from north.
        share: How much of the area the part has.
    """
    plane = _plane_of(area)
    flat = plane.flatten(area)
    angle = math.radians(azimuth)
    ahead, aside = (
        np.array([math.sin(angle), math.cos(angle)]),
        np.array([math.cos(angle), -math.sin(angle)]),
    )
    points = shapely.get_coordinates(flat)
    along = points @ ahead
    reach = 2 * float(np.abs(points).max())
    low, high = float(along.min()), float(along.max())
    wanted, part = share * flat.area, flat
    for _ in range(_CUTS):
        middle = (low + high) / 2
        corners = [
            ahead * middle + aside * reach,
            ahead * middle - aside * reach,
            ahead * reach - aside * reach,
            ahead * reach + aside * reach,
        ]
        part = flat.intersection(shapely.Polygon(np.array(corners)))
        low, high = (middle, high) if part.area > wanted else (low, middle)
    return plane.raise_up(part if part.area > 0 else flat)


def widen(shape: Any, km: float) -> Any:
    """Return all that lies within so many kilometres of a shape, itself included."""
    plane = _plane_of(shape)
    return plane.raise_up(plane.flatten(shape).buffer(km, quad_segs=4))


def move(shape: Any, azimuth: float, km: float) -> Any:
    """Return a shape moved so many kilometres in a direction."""
    plane, angle = _plane_of(shape), math.radians(azimuth)
    way = np.array([math.sin(angle), math.cos(angle)]) * km
    return plane.raise_up(shapely.transform(plane.flatten(shape), lambda points: points + way))


@lru_cache(maxsize=256)
def find_border(country: str, other: str | None) -> Any | None:
    """Return the border of a country with another, or with all neighbours, as lines; None for none."""
    return _lines(border_lines(country, other))


@lru_cache(maxsize=64)
def find_coast(country: str) -> Any | None:
    """Return the coasts of a country as lines: the edge of its outline that is no border; None for none."""
    return _read_kept(country, "coast")


def make_coast(country: str) -> Any | None:
    """Return the coasts of a country as the pack keeps them; None for none."""
    area, border = make_country_area(country), find_border(country, None)
    if area is None:
        return None
    coast = area.boundary
    if border is not None:
        west, south, east, north = area.bounds
        coast = coast.difference(
            simplify(border).buffer(_COAST_SHARE * max(east - west, north - south))
        )
    return None if coast.is_empty else coast


@lru_cache(maxsize=64)
def find_river(name: str) -> Any | None:
    """Return the course of a river as lines; None where geomap has not drawn it."""
    return _lines(river_lines(name))


def _lines(lines: Sequence[Sequence[tuple[float, float]]]) -> Any | None:
    lines = [line for line in lines if len(line) > 1]
    if not lines:
        return None
    return shapely.line_merge(shapely.MultiLineString(lines))
