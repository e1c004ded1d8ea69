"""Where a mention lies, as GIS formats want it: longitude first, outer rings counterclockwise, cut at ±180 degrees."""

from __future__ import annotations

import struct
from typing import TYPE_CHECKING, Any, Final

from geomap.errors import TableError
from geomap.outlines import country_rings, find_first_level, find_unit, unit_rings

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from geomap.export.formats import GeometryChoice

__all__ = [
    "DESCRIBED",
    "area_of",
    "area_of_country",
    "area_of_unit",
    "bounds_of",
    "each_geometry",
    "point_of",
    "rounded",
    "shape_of",
    "to_wkb",
    "wind",
]

#: what tells the feature of what is described from that of the place, where both are written
DESCRIBED: Final = "described"
#: ten centimetres: more digits are noise
_DIGITS: Final = 6
#: points of the smallest ring, the first one twice
_RING: Final = 4
_POINT: Final = struct.Struct("<BIdd")


def point_of(record: Mapping[str, Any]) -> tuple[float, float] | None:
    """Return longitude and latitude of a mention's place, or of the unit that an unknown place lies in.

    Raises:
        TableError: They are no degrees.

    >>> point_of({"lat": 35.95283, "lon": 39.00788})
    (39.00788, 35.95283)
    """
    lat, lon = record["lat"], record["lon"]
    if lat is None or lon is None:
        return None
    try:
        good = -90 <= lat <= 90 and -180 <= lon <= 180
    except TypeError:
        good = False
    if not good:
        raise TableError(
            f"expected lat from -90 to 90 and lon from -180 to 180 degrees, got lat {lat!r}, lon {lon!r} "
            f"in article {record.get('article_id')!r}"
        )
    return round(float(lon), _DIGITS), round(float(lat), _DIGITS)


def shape_of(record: Mapping[str, Any]) -> Any:
    """Return what the text describes, seen from the place, as a shapely geometry; None where it does not.

    What lies "near X" is not drawn from a unit that X lies in.

    Raises:
        TableError: It is no WKT, or not of degrees.
    """
    wkt = record.get("relation_geometry")
    if not wkt or record["place_id"] is None or record["lat"] is None or record["lon"] is None:
        return None
    import numpy as np  # noqa: PLC0415 - few mentions have a shape
    import shapely  # noqa: PLC0415

    from geomap.relations.shapes import cut_at_antimeridian  # noqa: PLC0415

    try:
        with np.errstate(all="ignore"):  # a number of a thousand digits is none of degrees
            shape = shapely.force_2d(shapely.from_wkt(wkt))
            bounds = shape.bounds
            good = -90 <= bounds[1] <= bounds[3] <= 90 and -540 <= bounds[0] <= bounds[2] <= 540
    except (shapely.errors.GEOSException, TypeError, AttributeError, IndexError) as err:
        raise TableError(f"expected a relation_geometry as WKT, got {wkt[:80]!r}: {err}") from err
    if shape.is_empty:
        return None
    if not good:
        raise TableError(f"expected a relation_geometry of degrees as WKT, got {wkt[:80]!r}")
    return rounded(wind(cut_at_antimeridian(shape)))


def rounded(shape: Any) -> Any:
    """Return a shape without the digits that are noise."""
    import shapely  # noqa: PLC0415

    return shapely.transform(shape, lambda points: points.round(_DIGITS) + 0.0)


def wind(shape: Any) -> Any:
    """Return a shape with outer rings counterclockwise and holes clockwise."""
    from shapely.geometry.polygon import orient  # noqa: PLC0415

    if shape.geom_type == "Polygon":
        return orient(shape)
    if shape.geom_type in ("MultiPolygon", "GeometryCollection"):
        return type(shape)([wind(part) for part in shape.geoms])
    return shape


def each_geometry(
    record: Mapping[str, Any], choice: GeometryChoice
) -> Iterator[tuple[str, tuple[float, float] | Any]]:
    """Yield the geometries of a mention: "" or ``DESCRIBED``, and a point as (lon, lat), a shape, or None.

    There is one of them, and a second where both are asked for and the text describes something.
    """
    point = point_of(record)
    if choice == "place":
        yield "", point
        return
    shape = shape_of(record)
    if choice == "both":
        yield "", point
        if shape is not None:
            yield DESCRIBED, shape
        return
    yield "", point if shape is None else shape


def bounds_of(geometry: Any) -> tuple[float, float, float, float] | None:
    """Return west, south, east and north of a geometry; west is more than east where ±180 degrees lie between them."""
    if geometry is None:
        return None
    if isinstance(geometry, tuple):
        return (*geometry, *geometry)
    west, south, east, north = geometry.bounds
    if west == -180 and east == 180 and hasattr(geometry, "geoms"):  # cut into two
        parts = [part.bounds for part in geometry.geoms]
        right = [bounds for bounds in parts if bounds[0] > -180]
        left = [bounds for bounds in parts if bounds[2] < 180]
        if len(left) + len(right) == len(parts):
            return min(b[0] for b in right), south, max(b[2] for b in left), north
    return west, south, east, north


def area_of(rings: Sequence[Sequence[tuple[float, float]]]) -> Any:
    """Return the area of an outline's rings, a ring inside another one being a hole in it; None of none.

    >>> outer, hole = [(0, 0), (3, 0), (3, 3), (0, 0)], [(2, 1), (2.2, 1), (2.2, 1.2), (2, 1)]
    >>> [len(part.interiors) for part in area_of([hole, outer]).geoms]
    [1]
    """
    import numpy as np  # noqa: PLC0415 - for outlines alone
    import shapely  # noqa: PLC0415

    # a line to and fro is what an islet becomes on the outlines' grid
    parts = sorted(
        (shapely.Polygon(ring) for ring in rings if len(ring) >= _RING), key=lambda part: -part.area
    )
    if not parts:
        return None
    # (overlays of a hundred islands take seconds; which one holds which takes none)
    inside = [part.representative_point() for part in parts]
    inner, outer = shapely.STRtree(parts).query(inside, predicate="within")
    larger = outer < inner
    depth = np.bincount(inner[larger], minlength=len(parts))
    holes: dict[int, list[Any]] = {}
    for hole in np.flatnonzero(depth % 2):
        parent = max(outer[larger & (inner == hole)])  # the smallest one that holds it
        holes.setdefault(int(parent), []).append(parts[hole].exterior)
    areas = [
        shapely.Polygon(parts[row].exterior, holes.get(int(row)))
        for row in np.flatnonzero(depth % 2 == 0)
    ]
    area = shapely.make_valid(shapely.MultiPolygon(areas))
    # what touches itself becomes a collection of areas and lines
    pieces = shapely.get_parts(shapely.get_parts(area))
    polygons = [part for part in pieces if part.geom_type == "Polygon"]
    return wind(shapely.MultiPolygon(polygons))


def area_of_country(country: str) -> Any:
    """Return the area of a country by its code; None where geomap has no outline of it."""
    return area_of(country_rings(country))


def area_of_unit(country: str, name: str, unit_id: str | None = None) -> Any:
    """Return the area of a first-level unit by its id, else by its name; None where geomap has no outline of it."""
    fids = find_unit(unit_id or "", (name,), country) or find_first_level(name, country)
    return area_of(unit_rings(fids))


def to_wkb(geometry: Any) -> bytes | None:
    """Return a geometry as well-known binary.

    >>> to_wkb((39.0, 36.0)).hex()[:10]
    '0101000000'
    """
    if geometry is None:
        return None
    if isinstance(geometry, tuple):
        return _POINT.pack(1, 1, *geometry)
    import shapely  # noqa: PLC0415

    wkb: bytes = shapely.to_wkb(geometry, byte_order=1)
    return wkb
