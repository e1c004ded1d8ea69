"""What a relation describes on the map: a point, a radius, a shape and UCDP's precision.

Every number that says how far "near" or "south of" reaches stands here, as a name with its reason.
"""

from __future__ import annotations

import math
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final, Literal, NamedTuple

import numpy as np
import shapely
from shapely.ops import nearest_points

from geomap.relations import areas
from geomap.relations.directions import is_plain
from geomap.relations.geodesic import find_destinations, find_way
from geomap.relations.shapes import make_corridor, make_disc, make_ring, make_sector, write_wkt
from geomap.relations.spots import is_town

if TYPE_CHECKING:
    from geomap.model import Place, RelationType

__all__ = ["Drawing", "Question", "draw"]

#: "near" is what UCDP's precision 2 means by it
_NEAR_KM: Final = 25.0
#: what lies "outside" a town or on its outskirts begins where it ends, and goes on so far
_OUTSIDE_KM, _OUTSKIRTS_KM = 10.0, 5.0
#: "south of" a town: a point so far away, and an area twice as far; farther from a city, nearer for "just"
_AWAY_KM, _AWAY_FROM_CITY_KM, _JUST_KM = 15.0, 25.0, 8.0
_CITY: Final = 1_000_000
#: "south of" a country: as far beyond its edge as this share of its radius, and at least 25 km
_BEYOND_SHARE: Final = 0.4
#: degrees to either side of "north", of "north-east", and of a direction with a distance
_WIDE, _NARROW, _MEASURED = 45.0, 30.0, 22.5
#: how much of an area lies in "the south", "the south-east" and "the far south" of it, and how much of that
#: the point stands in the middle of
_HALF, _QUARTER, _FAR_SHARE, _OUTER = 0.45, 0.3, 0.2, 0.5
#: what is farther away has a point and no shape: it says no more where something is
_FARTHEST_KM: Final = 3000.0
#: half the width of a strip: a share of its length, within bounds
_STRIP_SHARE, _STRIP_KM, _WIDEST_STRIP_KM = 0.08, 2.0, 25.0
#: a driver's pace is at most so much more than what is usual
_TRAVEL_SPREAD: Final = 1.3
#: how far from a town a stretch of a border reaches: as far as needed
_STRETCHES_KM: Final = (25.0, 50.0, 100.0)
#: how far from a border's country its stretch is looked for
_BORDER_WIDTH: Final = 0.06


class Question(NamedTuple):
    """What decides a drawing: the phrase without its place in the text, and the places it names.

    ``neighbour`` is the country on the other side of a border of which one side is named, as far as the
    article tells; ``beside`` the town near which a stretch of the border is meant.
    """

    type: RelationType
    form: str
    place: Place
    others: tuple[Place, ...] = ()
    km: float | None = None
    low: float = 0.0
    high: float = 0.0
    azimuth: float | None = None
    neighbour: str | None = None
    beside: Place | None = None


class Drawing(NamedTuple):
    """A point of what is described, the radius of its extent, its shape as WKT, its precision."""

    lat: float
    lon: float
    radius_km: float
    geometry: str | None
    precision: Literal[2, 5]


@lru_cache(maxsize=4096)
def draw(question: Question) -> Drawing:
    """Return what a relation describes. The same question is answered once.

    >>> from geomap.model import Place
    >>> baghdad = Place(id="b", name="Baghdad", lat=33.3406, lon=44.4009, feature="PPLC")
    >>> found = draw(Question("offset", "", baghdad, km=50.0, low=45.0, high=55.0, azimuth=0.0))
    >>> round(found.lat, 2), round(found.lon, 2), found.precision
    (33.79, 44.4, 2)
    """
    return _DRAWERS[question.type](question)


def _wrap(lon: float) -> float:
    return (lon + 180) % 360 - 180


def _destination(lat: float, lon: float, azimuth: float, km: float) -> tuple[float, float]:
    lats, lons = find_destinations(lat, lon, [azimuth], km)
    return float(lats[0]), _wrap(float(lons[0]))


def _drawing(
    lat: float, lon: float, radius: float, shape: Any, precision: Literal[2, 5]
) -> Drawing:
    wkt = write_wkt(shape) if shape is not None else None
    return Drawing(round(lat, 6), round(_wrap(lon), 6), radius, wkt, precision)


def _inside(shape: Any) -> tuple[float, float]:
    """Return the point of a shape that is nearest to its middle."""
    point, _ = nearest_points(shape, shape.centroid)
    return point.y, point.x


def _draw_distance(question: Question) -> Drawing:
    place, low, high = question.place, question.low, question.high
    if question.form == "border":
        border = _find_border(question)
        if border is not None and high <= _FARTHEST_KM:
            return _draw_band(border, low, high)
    if areas.is_area(place) and high <= _FARTHEST_KM:
        band = areas.widen(areas.find_area(place), high)
        if low > 0:
            band = band.difference(areas.widen(areas.find_area(place), low))
        radius = areas.extent_km(band)
        return _drawing(place.lat, place.lon, radius, areas.simplify(band), 5)
    shape = make_ring(place.lat, place.lon, low, high) if high <= _FARTHEST_KM else None
    return _drawing(place.lat, place.lon, high, shape, 2)


def _draw_band(border: Any, low: float, high: float) -> Drawing:
    """Return what lies at a distance from a line, on both of its sides."""
    line = areas.simplify(border)
    band = areas.simplify(areas.widen(line, high))
    if low > 0:
        band = band.difference(areas.simplify(areas.widen(line, low)))
    lat, lon = _inside(line)
    return _drawing(lat, lon, areas.extent_km(band), band, 5)


def _half_angle(azimuth: float) -> float:
    return _WIDE if is_plain(azimuth) else _NARROW


def _away(question: Question) -> float:
    """Return how far away "south of" a town is, in kilometres."""
    if question.high > 0:
        return question.high / _TRAVEL_SPREAD
    if question.form in ("just", "immediately", "slightly"):
        return _JUST_KM
    return _AWAY_FROM_CITY_KM if question.place.population >= _CITY else _AWAY_KM


def _edge_km(place: Place, azimuth: float) -> float:
    """Return how far the edge of a place's area is from its point in a direction."""
    area = areas.find_area(place)
    far_lat, far_lon = find_destinations(place.lat, place.lon, [azimuth], 4 * place.radius_km)
    start = shapely.Point(place.lon, place.lat)
    ray = shapely.LineString([(place.lon, place.lat), (float(far_lon[0]), float(far_lat[0]))])
    within = ray.intersection(area)
    if within.is_empty:
        return place.radius_km
    # the end of the ray's part in the area, seen from where it starts
    last = max(
        shapely.get_coordinates(within).tolist(), key=lambda p: start.distance(shapely.Point(p))
    )
    return max(find_way(place.lat, place.lon, last[1], last[0]).km, place.radius_km / 2)


def _draw_direction(question: Question) -> Drawing:
    place, azimuth = question.place, question.azimuth or 0.0
    half = _half_angle(azimuth)
    if not areas.is_area(place):
        away = _away(question)
        reach = min(question.high or 2 * away, _FARTHEST_KM)
        lat, lon = _destination(place.lat, place.lon, azimuth, away)
        shape = make_sector(place.lat, place.lon, azimuth, half, 0.0, reach)
        return _drawing(lat, lon, reach, shape, 2)
    edge, beyond = _edge_km(place, azimuth), max(_NEAR_KM, _BEYOND_SHARE * place.radius_km)
    lat, lon = _destination(place.lat, place.lon, azimuth, edge + beyond / 2)
    sector = make_sector(place.lat, place.lon, azimuth, half, 0.0, edge + beyond)
    outside = sector.difference(areas.find_area(place))
    shape = sector if outside.is_empty else outside
    precision: Literal[2, 5] = 5 if place.feature.startswith(("PCL", "ADM1", "TERR")) else 2
    return _drawing(lat, lon, edge + beyond, areas.simplify(shape), precision)


def _draw_offset(question: Question) -> Drawing:
    place, azimuth = question.place, question.azimuth or 0.0
    start = _edge_km(place, azimuth) if areas.is_area(place) else 0.0
    km = question.km or (question.low + question.high) / 2
    low, high = start + question.low, start + question.high
    lat, lon = _destination(place.lat, place.lon, azimuth, start + km)
    shape = None
    if high <= _FARTHEST_KM:
        shape = make_sector(place.lat, place.lon, azimuth, _MEASURED, low, high)
    across = high * math.sin(math.radians(_MEASURED))
    return _drawing(lat, lon, max(across, (high - low) / 2), shape, 2)


def _draw_part(question: Question) -> Drawing:
    place = question.place
    area = areas.find_area(place)
    wide = question.form == "countryside" and not areas.is_area(place)
    if wide:
        area = make_disc(place.lat, place.lon, areas.measure_size(place) + _NEAR_KM)
    if question.azimuth is None:
        part = areas.find_core(area)
    else:
        share = (
            _FAR_SHARE
            if question.form == "far"
            else _HALF
            if is_plain(question.azimuth)
            else _QUARTER
        )
        part = areas.cut_part(area, question.azimuth, share)
    shape = areas.simplify(part)
    outer = shape
    if question.azimuth is not None and not is_town(place):
        outer = areas.cut_part(shape, question.azimuth, _OUTER)
    lat, lon = _inside(outer)
    precision: Literal[2, 5] = 2 if is_town(place) and not wide else 5
    return _drawing(lat, lon, areas.extent_km(shape), shape, precision)


def _draw_between(question: Question) -> Drawing:
    place, other = question.place, question.others[0]
    ends = (place.lat, place.lon, other.lat, other.lon)
    if areas.is_area(place) or areas.is_area(other):
        first, second = areas.find_area(place), areas.find_area(other)
        near, far = nearest_points(first, second)
        if near.distance(far) > 0:
            ends = (near.y, near.x, far.y, far.x)
    return _strip(*ends)


def _strip(lat: float, lon: float, to_lat: float, to_lon: float) -> Drawing:
    """Return the strip between two points: a straight one, since no roads are known."""
    way = find_way(lat, lon, to_lat, to_lon)
    half = min(max(_STRIP_SHARE * way.km, _STRIP_KM), _WIDEST_STRIP_KM)
    middle = _destination(lat, lon, way.leaving, way.km / 2)
    shape = make_corridor(lat, lon, to_lat, to_lon, half)
    return _drawing(*middle, way.km / 2, shape, 5)


def _draw_along(question: Question) -> Drawing:
    place = question.place
    if question.form == "road" and question.others:
        other = question.others[0]
        return _strip(place.lat, place.lon, other.lat, other.lon)
    river = None
    if question.form == "river":
        river = areas.find_river((question.others or (place,))[0].name)
        if not question.others:
            return _draw_line(river, place)
    if question.azimuth is None:
        reach = _NEAR_KM
        lat, lon = place.lat, place.lon
        shape = make_disc(lat, lon, reach)
    else:
        reach = 2 * _away(question)
        lat, lon = _destination(place.lat, place.lon, question.azimuth, reach / 2)
        half = _half_angle(question.azimuth)
        shape = make_sector(place.lat, place.lon, question.azimuth, half, 0.0, reach)
    if river is not None:
        stretch = river.intersection(shape)
        if not stretch.is_empty:
            point, _ = nearest_points(stretch, shapely.Point(lon, lat))
            return _drawing(point.y, point.x, reach, areas.simplify(stretch), 5)
    return _drawing(lat, lon, reach, shape, 5)


def _draw_line(line: Any, place: Place) -> Drawing:
    """Return a line with its middle; the place's own point where there is no line."""
    if line is None:
        return _drawing(place.lat, place.lon, areas.measure_size(place), None, 5)
    lat, lon = _inside(line)
    return _drawing(lat, lon, areas.extent_km(line), areas.simplify(line), 5)


def _draw_near(question: Question) -> Drawing:
    place = question.place
    if areas.is_area(place):
        shape = areas.widen(areas.find_area(place), _NEAR_KM)
        radius = areas.extent_km(shape)
        return _drawing(place.lat, place.lon, radius, areas.simplify(shape), 2)
    size = areas.measure_size(place)
    further = {"outskirts": _OUTSKIRTS_KM, "around": _OUTSIDE_KM, "border": _OUTSKIRTS_KM}
    reach = (
        size + further[question.form]
        if question.form in further
        else max(_NEAR_KM, size + _OUTSKIRTS_KM)
    )
    if question.azimuth is None:
        return _drawing(place.lat, place.lon, reach, make_disc(place.lat, place.lon, reach), 2)
    lat, lon = _destination(place.lat, place.lon, question.azimuth, size)
    half = _half_angle(question.azimuth)
    shape = make_sector(place.lat, place.lon, question.azimuth, half, size / 2, reach)
    return _drawing(lat, lon, reach, shape, 2)


def _find_border(question: Question) -> Any | None:
    """Return the line of a border, as lines in degrees; None where geomap has none."""
    place = question.place
    country = place.country if place.feature.startswith(("PCL", "TERR")) else None
    if question.others:
        other = question.others[0]
        if country and other.feature.startswith(("PCL", "TERR")) and other.country:
            return areas.find_border(country, other.country)
        if country == other.country and other.country:
            return None
        if areas.is_area(place) and areas.is_area(other):
            return _common_edge(place, other)
        return None
    if country:
        return areas.find_border(country, question.neighbour)
    if areas.is_area(place):
        return areas.find_area(place).boundary
    return None


def _common_edge(place: Place, other: Place) -> Any | None:
    """Return the edge of one area that runs along another; None where they do not touch."""
    edge = areas.find_area(place).boundary
    common = edge.intersection(areas.find_area(other).buffer(_BORDER_WIDTH))
    return None if common.is_empty or common.length == 0 else common


def _stretch_beside(line: Any, town: Place | None) -> Any:
    """Return the part of a line that lies near a town; all of it where none does, or no town is named."""
    for reach in _STRETCHES_KM if town else ():
        stretch = line.intersection(make_disc(town.lat, town.lon, reach)) if town else line
        if not stretch.is_empty and stretch.length > 0:
            return stretch
    return line


def _draw_border(question: Question) -> Drawing:
    line = _find_border(question)
    if line is not None:
        return _draw_line(_stretch_beside(line, question.beside), question.place)
    place = question.place
    if question.others:
        other = question.others[0]
        middle = np.mean([[place.lat, place.lon], [other.lat, other.lon]], axis=0)
        return _drawing(float(middle[0]), float(middle[1]), areas.measure_size(place), None, 5)
    return _draw_line(None, place)


_DRAWERS: Final = {
    "distance": _draw_distance,
    "direction": _draw_direction,
    "offset": _draw_offset,
    "part": _draw_part,
    "between": _draw_between,
    "along": _draw_along,
    "near": _draw_near,
    "border": _draw_border,
}
