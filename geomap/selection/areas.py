"""Areas that a selection asks for: a box, a circle, polygons; each says whether a point lies in it, and how large it is."""

from __future__ import annotations

import json
import math
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, Protocol

from geomap.errors import InputError
from geomap.gazetteer.distance import EARTH_KM, distance_km
from geomap.runtime.files import read_bounded

if TYPE_CHECKING:
    from collections.abc import Iterator

    from geomap.selection.values import Box, Circle

__all__ = ["Area", "BoxArea", "CircleArea", "PolygonArea", "read_polygons"]

_SQUARE: Final = EARTH_KM**2
_POLYGONS: Final = ("Polygon", "MultiPolygon")
#: how deep collections may lie in each other
_DEEPEST: Final = 20


class Area(Protocol):
    """A part of the globe; ``size`` is its area in square kilometres."""

    size: float

    def holds(self, lat: float, lon: float) -> bool:
        """Return whether a point lies in it, or on its edge."""


class BoxArea:
    """What lies between two meridians and two parallels.

    >>> from geomap.selection import Box
    >>> box = BoxArea(Box(west=177, south=-20, east=-178, north=-12))
    >>> box.holds(-17.8, 178.4), box.holds(-13.8, -171.8)
    (True, False)
    """

    def __init__(self, box: Box) -> None:
        self._box = box
        width = box.east - box.west + (360 if box.west > box.east else 0)
        height = math.sin(math.radians(box.north)) - math.sin(math.radians(box.south))
        self.size = _SQUARE * math.radians(width) * height

    def holds(self, lat: float, lon: float) -> bool:
        """Return whether a point lies in the box, or on its edge."""
        west, east = self._box.west, self._box.east
        if not self._box.south <= lat <= self._box.north:
            return False
        if west > east:
            return lon >= west or lon <= east
        # the antimeridian is one line, whatever side it is written on
        return west <= lon <= east or (abs(lon) == 180 and -lon in (west, east))


class CircleArea:
    """What lies within some kilometres of a point.

    >>> from geomap.selection import Circle
    >>> CircleArea(Circle(lat=36.2, lon=37.16, km=50)).holds(36.37, 37.52)
    True
    """

    def __init__(self, circle: Circle) -> None:
        self._circle = circle
        self.size = 2 * math.pi * _SQUARE * (1 - math.cos(min(math.pi, circle.km / EARTH_KM)))

    def holds(self, lat: float, lon: float) -> bool:
        """Return whether a point is near enough."""
        return distance_km(lat, lon, self._circle.lat, self._circle.lon) <= self._circle.km


class PolygonArea:
    """What lies in some polygons, given as shapely's geometry; it may go beyond the antimeridian."""

    def __init__(self, shape: Any) -> None:
        import shapely  # noqa: PLC0415 - only where polygons are asked for

        shapely.prepare(shape)
        self._shapely, self._shape = shapely, shape
        west, _, east, _ = shape.bounds
        self._turns = (0, *([360] if east > 180 else []), *([-360] if west < -180 else []))
        self.size = float(shapely.transform(shape, _to_equal_areas).area)

    def holds(self, lat: float, lon: float) -> bool:
        """Return whether a point lies in one of the polygons, or on an edge."""
        covers = self._shapely.intersects_xy
        return any(bool(covers(self._shape, lon + turn, lat)) for turn in self._turns)


def _to_equal_areas(degrees: Any) -> Any:
    """Return points in kilometres on a map that keeps areas (Lambert's cylindrical projection)."""
    import numpy as np  # noqa: PLC0415

    lon, lat = np.radians(degrees).T
    return np.column_stack([EARTH_KM * lon, EARTH_KM * np.sin(lat)])


def read_polygons(source: object) -> PolygonArea:
    """Return the polygons of a GeoJSON file, or of a geometry.

    Args:
        source: A file's name, GeoJSON as a mapping, or what has ``__geo_interface__`` (shapely, geopandas).

    Raises:
        InputError: It cannot be read, has no polygon, or is not in degrees.
    """
    if isinstance(source, str | Path):
        name = str(source)
        try:
            geojson = json.loads(read_bounded(source, "the polygons of --within"))
        except (ValueError, RecursionError) as err:
            if isinstance(err, InputError):
                raise
            raise InputError(f"{name}: expected GeoJSON with polygons: {err}") from err
    else:
        name = "within"
        geojson = getattr(source, "__geo_interface__", source)
    import shapely  # noqa: PLC0415 - only where polygons are asked for

    try:
        shapes = [
            shapely.make_valid(shapely.geometry.shape(geometry))
            for geometry in _find_polygons(geojson)
        ]
        shape = shapely.union_all(shapes) if shapes else None
    except (
        shapely.errors.GEOSException,
        ValueError,
        TypeError,
        KeyError,
        IndexError,
        AttributeError,
    ) as err:
        raise InputError(f"{name}: a polygon cannot be read: {err}") from err
    if shape is None or shape.is_empty or shape.area == 0:
        raise InputError(
            f"{name}: expected GeoJSON with a Polygon or a MultiPolygon, and found none"
        )
    west, south, east, north = shape.bounds
    if not (west >= -540 and east <= 540 and south >= -90.001 and north <= 90.001):
        raise InputError(
            f"{name}: expected longitudes and latitudes in degrees (WGS 84), got a polygon from {west:g},{south:g} to "
            f"{east:g},{north:g}; export it in EPSG:4326"
        )
    return PolygonArea(shape)


def _find_polygons(geojson: Any, depth: int = 0) -> Iterator[dict[str, Any]]:
    """Yield the polygons of GeoJSON, wherever they stand in it."""
    if not hasattr(geojson, "get") or depth > _DEEPEST:
        return
    kind = geojson.get("type")
    if kind in _POLYGONS:
        yield dict(geojson)
    elif kind == "Feature":
        yield from _find_polygons(geojson.get("geometry"), depth + 1)
    elif kind in ("FeatureCollection", "GeometryCollection"):
        for part in geojson.get("features" if kind == "FeatureCollection" else "geometries") or ():
            yield from _find_polygons(part, depth + 1)
