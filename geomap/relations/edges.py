"""Draw what is told by the edge of an area: borders, strips beside them, coasts, and the sea off them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import shapely
from shapely.ops import nearest_points

from geomap.relations import areas
from geomap.relations.geodesic import find_way
from geomap.relations.questions import (
    FARTHEST_KM,
    HALF,
    NEAR_COUNTRY_KM,
    NEAR_KM,
    STRIP_KM,
    Drawing,
    Question,
    find_destination,
    find_inside,
    make_drawing,
)
from geomap.relations.shapes import make_disc
from geomap.relations.spots import is_country, is_town

if TYPE_CHECKING:
    from geomap.model import Place
    from geomap.relations.questions import Drawing, Question

__all__ = [
    "draw_around",
    "draw_band",
    "draw_beyond",
    "draw_border",
    "draw_coast",
    "draw_line",
    "draw_off",
    "find_border",
    "find_coast",
]

#: how far from a town a stretch of a border reaches: as far as needed
_STRETCHES_KM: Final = (25.0, 50.0, 100.0)
#: borders of three countries that meet end so near each other
_MEETING_DEGREES: Final = 0.3
#: points of a strip along a border: a long one would lie beside it if it had fewer
_BAND_POINTS: Final = 240
#: outlines of units and countries do not fit exactly
_BESIDE_UNIT_KM: Final = 10.0
#: the middles of two units that meet are no farther apart
_WIDEST_UNITS_KM: Final = 800.0
#: how far from a border's country its stretch is looked for
_BORDER_WIDTH: Final = 0.06


def find_border(question: Question) -> Any | None:
    """Return the line of a border, as lines in degrees; None where geomap has none."""
    place = question.place
    country = place.country if is_country(place) else None
    if question.others:
        other = question.others[0]
        if country and is_country(other) and other.country:
            return areas.find_border(country, other.country)
        return _common_edge(place, other)
    if country:
        return areas.find_border(country, question.neighbour)
    outline = areas.find_outline(place)
    return None if outline is None else outline.boundary


def _common_edge(place: Place, other: Place) -> Any | None:
    """Return the edge of one area that runs along another; None where they do not touch, or one is unknown."""
    first, second = areas.find_outline(place), areas.find_outline(other)
    if first is None or second is None:
        return None
    common = first.boundary.intersection(second.buffer(_BORDER_WIDTH))
    return None if common.is_empty or common.length == 0 else common


def _stretch_beside(line: Any, place: Place | None) -> Any:
    """Return the part of a line that lies near a town or along a unit; all of it where none does."""
    for reach in _STRETCHES_KM if place else ():
        if place is None or line.is_empty:
            break
        outline = None if is_town(place) else areas.find_outline(place)
        if outline is None:
            around = make_disc(
                place.lat, place.lon, reach + areas.measure_size(place) * (not is_town(place))
            )
        else:
            around = areas.widen(outline, _BESIDE_UNIT_KM)
        stretch = line.intersection(around)
        if not stretch.is_empty and stretch.length > 0:
            return stretch
    return line


def _stretch_at_meeting(question: Question, line: Any) -> Any:
    """Return what of two borders of a country, or a unit, lies where three meet; the first border if they do not."""
    other = find_border(question._replace(others=question.others[1:]))
    if other is None:
        return line
    here, there = nearest_points(line, other)
    if here.distance(there) > _MEETING_DEGREES:
        return line
    stretch = line.union(other).intersection(make_disc(here.y, here.x, _STRETCHES_KM[-1]))
    return line if stretch.is_empty or stretch.length == 0 else stretch


def draw_band(question: Question, border: Any, low: float, high: float) -> Drawing:
    """Return what lies at a distance from a line: on the side that is known, else on both."""
    line = areas.simplify(_stretch_beside(border, question.beside), _BAND_POINTS)
    band = areas.widen(line, high)
    if low > 0:
        band = band.difference(areas.widen(line, low))
    country = question.place.country if question.form == "inside" else question.neighbour
    side = areas.find_country_area(country) if country else None
    if side is not None:
        inside = band.intersection(side)
        band = band if inside.is_empty else inside
    lat, lon = find_inside(line) if side is None else find_inside(band)
    return make_drawing(lat, lon, areas.extent_km(band), areas.simplify(band, _BAND_POINTS), 5)


def draw_beyond(question: Question, border: Any) -> Drawing:
    """Return what lies at a distance from a line in a direction: the line moved there, and made wide."""
    line = areas.simplify(_stretch_beside(border, question.beside))
    km = question.km or (question.low + question.high) / 2
    moved = areas.move(line, question.azimuth or 0.0, km)
    lat, lon = find_inside(moved)
    half = max((question.high - question.low) / 2, min(km / 2, STRIP_KM))
    shape = areas.widen(moved, half)
    return make_drawing(lat, lon, areas.extent_km(shape), areas.simplify(shape), 5)


def draw_border(question: Question) -> Drawing:
    """Return the line of a border, or the stretch of it that is meant; a circle where only its sides are known."""
    line = find_border(question)
    if line is not None and len(question.others) > 1:
        line = _stretch_at_meeting(question, line)
    if line is not None:
        return draw_line(_stretch_beside(line, question.beside), question.place)
    if question.others:
        return _draw_common_land(question.place, question.others[0])
    return draw_line(None, question.place)


def _draw_common_land(place: Place, other: Place) -> Drawing:
    """Return where two places meet whose border is not known: a circle half-way, no farther than either."""
    way = find_way(place.lat, place.lon, other.lat, other.lon)
    lat, lon = find_destination(place.lat, place.lon, way.leaving, way.km / 2)
    radius = min(max(way.km / 2, STRIP_KM), FARTHEST_KM)
    shape = make_disc(lat, lon, radius) if way.km <= _WIDEST_UNITS_KM else None
    return make_drawing(lat, lon, radius, shape, 5)


def draw_line(line: Any, place: Place) -> Drawing:
    """Return a line with its middle; the place's own point where there is no line."""
    if line is None:
        return make_drawing(place.lat, place.lon, areas.measure_size(place), None, 5)
    lat, lon = find_inside(line)
    return make_drawing(lat, lon, areas.extent_km(line), areas.simplify(line), 5)


def find_coast(place: Place) -> Any | None:
    """Return the coast of a country or of a unit with an outline, as lines; None where there is none."""
    coast = areas.find_coast(place.country or "")
    if coast is None or is_country(place):
        return coast
    outline = None if is_town(place) else areas.find_outline(place)
    if outline is None:
        return None
    stretch = coast.intersection(areas.widen(outline, _BESIDE_UNIT_KM))
    return None if stretch.is_empty or stretch.length == 0 else stretch


def draw_coast(question: Question, coast: Any, *, at_sea: bool) -> Drawing:
    """Return the sea off a coast, or the land along it."""
    area = areas.find_area(question.place)
    line = areas.simplify(coast)
    band = areas.widen(line, question.high or (NEAR_COUNTRY_KM if at_sea else NEAR_KM))
    if question.low > 0:
        band = band.difference(areas.widen(line, question.low))
    shape = band.difference(area) if at_sea else band.intersection(area)
    if shape.is_empty:
        shape = band
    if question.azimuth is not None:
        shape = areas.cut_part(shape, question.azimuth, HALF)
    shape = areas.simplify(shape)
    lat, lon = find_inside(shape)
    return make_drawing(lat, lon, areas.extent_km(shape), shape, 5)


def draw_off(place: Place, shape: Any, reach: float) -> Drawing:
    """Return what of a shape around a place lies at sea: outside of the place's country."""
    land = areas.find_country_area(place.country) if place.country else None
    sea = shape if land is None else shape.difference(land)
    if sea.is_empty:
        sea = shape
    point, _ = nearest_points(sea, shapely.Point(place.lon, place.lat))
    return make_drawing(point.y, point.x, reach, areas.simplify(sea), 2)


def draw_around(place: Place) -> Drawing:
    """Return what lies near an area: around the outline of a country or a unit, in and around others."""
    area = areas.find_area(place)
    shape = areas.widen(area, NEAR_KM)
    radius = areas.extent_km(shape)
    if not place.feature.startswith(("PCL", "TERR", "ADM")):
        return make_drawing(place.lat, place.lon, radius, areas.simplify(shape), 2)
    around = areas.simplify(shape.difference(area))
    return make_drawing(place.lat, place.lon, radius, around, 5)
