"""What a relation describes on the map: a point, a radius, a shape and UCDP's precision.

Every number that says how far "near" or "south of" reaches stands here, or in questions.py and edges.py, as a name
with its reason.
"""

from __future__ import annotations

import math
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING, Final, Literal

import shapely
from shapely.ops import nearest_points

from geomap.relations import areas
from geomap.relations.directions import is_plain
from geomap.relations.edges import (
    draw_around,
    draw_band,
    draw_beyond,
    draw_border,
    draw_coast,
    draw_line,
    draw_off,
    find_border,
    find_coast,
)
from geomap.relations.geodesic import find_destinations, find_way
from geomap.relations.questions import (
    FAR_SHARE,
    FARTHEST_KM,
    HALF,
    NEAR_COUNTRY_KM,
    NEAR_KM,
    OUTER,
    QUARTER,
    STRIP_KM,
    STRIP_SHARE,
    WIDEST_STRIP_KM,
    Drawing,
    Question,
    find_destination,
    find_inside,
    make_drawing,
)
from geomap.relations.shapes import make_corridor, make_disc, make_ring, make_sector
from geomap.relations.spots import is_town

if TYPE_CHECKING:
    from geomap.model import Place

__all__ = ["Drawing", "Question", "draw"]

#: what lies "outside" a town or on its outskirts begins where it ends, and goes on so far
_OUTSIDE_KM, _OUTSKIRTS_KM = 10.0, 5.0
#: "south of" a town: a point so far away, and an area twice as far; farther from a city, nearer for "just"
_AWAY_KM, _AWAY_FROM_CITY_KM, _JUST_KM = 15.0, 25.0, 8.0
_CITY: Final = 1_000_000
#: "south of" a country: as far beyond its edge as this share of its radius, and at least 25 km
_BEYOND_SHARE: Final = 0.4
#: degrees to either side of "north", of "north-east", and of a direction with a distance
_WIDE, _NARROW, _MEASURED = 45.0, 30.0, 22.5
#: a driver's pace is at most so much more than what is usual
_TRAVEL_SPREAD: Final = 1.3


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


def _draw_distance(question: Question) -> Drawing:
    place, low, high = question.place, question.low, question.high
    if (question.form == "border" or question.neighbour) and high <= FARTHEST_KM:
        border = find_border(question)
        if border is not None:
            return draw_band(question, border, low, high)
    if question.form == "coast" and high <= FARTHEST_KM:
        coast = find_coast(place)
        if coast is not None:
            return draw_coast(question, coast, at_sea=True)
    if areas.is_area(place) and high <= FARTHEST_KM:
        band = areas.widen(areas.find_area(place), high)
        if low > 0:
            band = band.difference(areas.widen(areas.find_area(place), low))
        radius = areas.extent_km(band)
        return make_drawing(place.lat, place.lon, radius, areas.simplify(band), 5)
    shape = make_ring(place.lat, place.lon, low, high) if high <= FARTHEST_KM else None
    if shape is not None and question.form == "coast":
        return draw_off(place, shape, high)
    return make_drawing(place.lat, place.lon, high, shape, 2)


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
    if question.azimuth is None:
        return _draw_near(question)._replace(precision=5)
    place, azimuth = question.place, question.azimuth
    half = _half_angle(azimuth)
    if not areas.is_area(place):
        away = _away(question)
        reach = min(question.high or 2 * away, FARTHEST_KM)
        lat, lon = find_destination(place.lat, place.lon, azimuth, away)
        shape = make_sector(place.lat, place.lon, azimuth, half, 0.0, reach)
        return make_drawing(lat, lon, reach, shape, 2)
    edge, beyond = _edge_km(place, azimuth), max(NEAR_KM, _BEYOND_SHARE * place.radius_km)
    lat, lon = find_destination(place.lat, place.lon, azimuth, edge + beyond / 2)
    sector = make_sector(place.lat, place.lon, azimuth, half, 0.0, edge + beyond)
    outside = sector.difference(areas.find_area(place))
    shape = sector if outside.is_empty else outside
    precision: Literal[2, 5] = 5 if place.feature.startswith(("PCL", "ADM1", "TERR")) else 2
    return make_drawing(lat, lon, edge + beyond, areas.simplify(shape), precision)


def _draw_offset(question: Question) -> Drawing:
    place, azimuth = question.place, question.azimuth or 0.0
    border = find_border(question) if question.form == "border" else None
    if border is not None and question.high <= FARTHEST_KM:
        return draw_beyond(question, border)
    start = _edge_km(place, azimuth) if areas.is_area(place) else 0.0
    km = question.km or (question.low + question.high) / 2
    low, high = start + question.low, start + question.high
    lat, lon = find_destination(place.lat, place.lon, azimuth, start + km)
    shape = None
    if high <= FARTHEST_KM:
        shape = make_sector(place.lat, place.lon, azimuth, _MEASURED, low, high)
    across = high * math.sin(math.radians(_MEASURED))
    return make_drawing(lat, lon, max(across, (high - low) / 2), shape, 2)


def _draw_part(question: Question) -> Drawing:
    place = question.place
    if question.form == "coast":
        coast = find_coast(place)
        if coast is None:
            return _draw_near(question)
        return draw_coast(question, coast, at_sea=False)
    if question.form == "outskirts":
        return _draw_near(question) if is_town(place) else _draw_edge(place)
    area = areas.find_area(place)
    wide = question.form == "countryside" and not areas.is_area(place)
    if wide:
        area = make_disc(place.lat, place.lon, areas.measure_size(place) + NEAR_KM)
    if question.form == "some":
        part = area
    elif question.azimuth is None:
        part = areas.find_core(area)
    else:
        share = (
            FAR_SHARE if question.form == "far" else HALF if is_plain(question.azimuth) else QUARTER
        )
        part = areas.cut_part(area, question.azimuth, share)
    shape = areas.simplify(part)
    outer = shape
    if question.azimuth is not None and not is_town(place):
        outer = areas.cut_part(shape, question.azimuth, OUTER)
    lat, lon = find_inside(outer)
    precision: Literal[2, 5] = 2 if is_town(place) and not wide else 5
    return make_drawing(lat, lon, areas.extent_km(shape), shape, precision)


def _draw_edge(place: Place) -> Drawing:
    """Return what lies on the outskirts of a unit: inside of it, along its edge."""
    area = areas.find_area(place)
    shape = areas.simplify(area.intersection(areas.widen(area.boundary, _OUTSKIRTS_KM)))
    return make_drawing(place.lat, place.lon, areas.extent_km(shape), shape, 5)


def _draw_between(question: Question) -> Drawing:
    place, other = question.place, question.others[0]
    ends = (place.lat, place.lon, other.lat, other.lon)
    if areas.is_area(place) or areas.is_area(other):
        first, second = areas.find_area(place), areas.find_area(other)
        near, far = nearest_points(first, second)
        if near.distance(far) > 0:
            ends = (near.y, near.x, far.y, far.x)
        else:
            border = find_border(question)
            if border is not None:
                return draw_band(question, border, 0.0, NEAR_KM)
    return _strip(*ends)


def _strip(lat: float, lon: float, to_lat: float, to_lon: float) -> Drawing:
    """Return the strip between two points: a straight one, since no roads are known."""
    way = find_way(lat, lon, to_lat, to_lon)
    half = min(max(STRIP_SHARE * way.km, STRIP_KM), WIDEST_STRIP_KM)
    middle = find_destination(lat, lon, way.leaving, way.km / 2)
    shape = make_corridor(lat, lon, to_lat, to_lon, half)
    return make_drawing(*middle, way.km / 2, shape, 5)


def _draw_way(question: Question) -> Drawing:
    """Return the strip along a road through towns, with a point half-way."""
    stops = (question.place, *question.via, question.others[0])
    ways = [find_way(one.lat, one.lon, two.lat, two.lon) for one, two in pairwise(stops)]
    longest, km = max(way.km for way in ways), sum(way.km for way in ways)
    half = min(max(STRIP_SHARE * longest, STRIP_KM), WIDEST_STRIP_KM)
    line = shapely.LineString([(stop.lon, stop.lat) for stop in stops])
    shape = areas.simplify(areas.widen(line, half))
    ahead, leg = km / 2, 0
    while ahead > ways[leg].km:
        ahead -= ways[leg].km
        leg += 1
    lat, lon = find_destination(stops[leg].lat, stops[leg].lon, ways[leg].leaving, ahead)
    return make_drawing(lat, lon, km / 2, shape, 5)


def _draw_along(question: Question) -> Drawing:
    place = question.place
    if question.form == "road" and question.others:
        return _draw_way(question) if question.via else _draw_between(question)
    river = None
    if question.form == "river":
        river = areas.find_river((question.others or (place,))[0].name)
        if not question.others:
            return draw_line(river, place)
    if question.azimuth is None:
        reach = NEAR_KM
        lat, lon = place.lat, place.lon
        shape = make_disc(lat, lon, reach)
    else:
        reach = 2 * _away(question)
        lat, lon = find_destination(place.lat, place.lon, question.azimuth, reach / 2)
        half = _half_angle(question.azimuth)
        shape = make_sector(place.lat, place.lon, question.azimuth, half, 0.0, reach)
    if river is not None:
        stretch = river.intersection(shape)
        if not stretch.is_empty:
            point, _ = nearest_points(stretch, shapely.Point(lon, lat))
            return make_drawing(point.y, point.x, reach, areas.simplify(stretch), 5)
    return make_drawing(lat, lon, reach, shape, 5)


def _draw_near(question: Question) -> Drawing:
    place = question.place
    border = find_border(question) if question.neighbour else None
    if border is not None:
        return draw_band(question, border, 0.0, NEAR_COUNTRY_KM)
    if question.form == "coast" and (coast := find_coast(place)) is not None:
        return draw_coast(question, coast, at_sea=True)
    if areas.is_area(place):
        return draw_around(place)
    size = areas.measure_size(place)
    further = {"outskirts": _OUTSKIRTS_KM, "around": _OUTSIDE_KM, "border": _OUTSKIRTS_KM}
    reach = (
        size + further[question.form]
        if question.form in further
        else max(NEAR_KM, size + _OUTSKIRTS_KM)
    )
    if question.azimuth is None:
        disc = make_disc(place.lat, place.lon, reach)
        if question.form == "coast" and question.type == "near":
            return draw_off(place, disc, reach)
        return make_drawing(place.lat, place.lon, reach, disc, 2)
    lat, lon = find_destination(place.lat, place.lon, question.azimuth, size)
    half = _half_angle(question.azimuth)
    shape = make_sector(place.lat, place.lon, question.azimuth, half, size / 2, reach)
    return make_drawing(lat, lon, reach, shape, 2)


_DRAWERS: Final = {
    "distance": _draw_distance,
    "direction": _draw_direction,
    "offset": _draw_offset,
    "part": _draw_part,
    "between": _draw_between,
    "along": _draw_along,
    "near": _draw_near,
    "border": draw_border,
}
