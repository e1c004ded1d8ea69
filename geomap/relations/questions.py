"""What decides a drawing, what a drawing is, and the numbers that more than one kind of drawing needs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, Literal, NamedTuple

from shapely.ops import nearest_points

from geomap.relations.geodesic import find_destinations
from geomap.relations.shapes import write_wkt

if TYPE_CHECKING:
    from geomap.model import Place, RelationType

__all__ = [
    "FARTHEST_KM",
    "FAR_SHARE",
    "HALF",
    "NEAR_COUNTRY_KM",
    "NEAR_KM",
    "OUTER",
    "QUARTER",
    "STRIP_KM",
    "STRIP_SHARE",
    "WIDEST_STRIP_KM",
    "Drawing",
    "Question",
    "find_destination",
    "find_inside",
    "make_drawing",
]

#: "near" is what UCDP's precision 2 means by it
NEAR_KM: Final = 25.0
#: what is "close to" a country lies in its neighbour, no farther from their border than this
NEAR_COUNTRY_KM: Final = 50.0
#: how much of an area lies in "the south", "the south-east" and "the far south" of it, and how much of that
#: the point stands in the middle of
HALF, QUARTER, FAR_SHARE, OUTER = 0.45, 0.3, 0.2, 0.5
#: what is farther away has a point and no shape: it says no more where something is
FARTHEST_KM: Final = 3000.0
#: half the width of a strip: a share of its length, within bounds
STRIP_SHARE, STRIP_KM, WIDEST_STRIP_KM = 0.08, 2.0, 25.0


class Question(NamedTuple):
    """What decides a drawing: the phrase without its place in the text, and the places it names.

    ``neighbour`` is the country on the other side of a border of which one side is named, as far as the
    article tells; ``beside`` the town or the unit at which a stretch of the border is meant; ``via`` are
    the towns that a road leads through.
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
    via: tuple[Place, ...] = ()


class Drawing(NamedTuple):
    """A point of what is described, the radius of its extent, its shape as WKT, its precision."""

    lat: float
    lon: float
    radius_km: float
    geometry: str | None
    precision: Literal[2, 5]


def _wrap(lon: float) -> float:
    return (lon + 180) % 360 - 180


def find_destination(lat: float, lon: float, azimuth: float, km: float) -> tuple[float, float]:
    """Return the latitude and longitude of the end of a way, in degrees."""
    lats, lons = find_destinations(lat, lon, [azimuth], km)
    return float(lats[0]), _wrap(float(lons[0]))


def make_drawing(
    lat: float, lon: float, radius: float, shape: Any, precision: Literal[2, 5]
) -> Drawing:
    """Return a drawing with its shape written and its point rounded."""
    wkt = write_wkt(shape) if shape is not None else None
    return Drawing(round(lat, 6), round(_wrap(lon), 6), radius, wkt, precision)


def find_inside(shape: Any) -> tuple[float, float]:
    """Return the point of a shape that is nearest to its middle."""
    point, _ = nearest_points(shape, shape.centroid)
    return point.y, point.x
