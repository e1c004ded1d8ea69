"""Shapes that relations describe, read from their WKT as rings of whole numbers, each shape once.

A table of mentions can come from anywhere: a shape that is no polygon or line of degrees, or that
stays too long when it is simplified, is dropped. Nothing in it can make the page large or fail.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

__all__ = ["GRID", "KINDS", "Shape", "read_shape", "shape_columns"]

#: steps of a degree: some ten metres, as the record writes shapes
GRID: Final = 10_000
#: kinds of shapes, as the page numbers them
KINDS: Final = ("Polygon", "MultiPolygon", "LineString", "MultiLineString")
#: points of a shape that is drawn, and characters of one that is read
MOST_POINTS: Final = 200
_MOST_TEXT: Final = 40_000
#: no exponents, no further dimensions, no collections
_PLAIN: Final = re.compile(r"(?:MULTI)?(?:POLYGON|LINESTRING) ?\([-0-9., ()]*\)", re.ASCII)
#: a number that is no degree
_LARGE: Final = re.compile(r"(?<![0-9.])[0-9]{4}", re.ASCII)
#: degrees by which a long shape is simplified, one after the other
_TOLERANCES: Final = (0.0005, 0.001, 0.002, 0.005, 0.01, 0.02, 0.05)


class Shape(NamedTuple):
    """A shape: its kind, and for each of its parts rings of (lon, lat) in steps of ``GRID``."""

    kind: int
    parts: tuple[tuple[tuple[tuple[int, int], ...], ...], ...]


def read_shape(text: object) -> Shape | None:
    """Read a polygon or a line of degrees, longitudes first; None for anything else.

    >>> read_shape("LINESTRING (38.5 36, 38.6 36.25)")
    Shape(kind=2, parts=((((385000, 360000), (386000, 362500)),),))
    >>> read_shape("POINT (38.5 36)"), read_shape("LINESTRING (500 36, 501 36)")
    (None, None)
    """
    if not isinstance(text, str) or len(text) > _MOST_TEXT:
        return None
    if not _PLAIN.fullmatch(text) or _LARGE.search(text):
        return None
    import shapely  # noqa: PLC0415 - only for maps with relations

    geometry = shapely.from_wkt(text, on_invalid="ignore")
    if geometry is None or geometry.is_empty or geometry.has_z:
        return None
    west, south, east, north = geometry.bounds
    if not (-180 <= west <= east <= 180 and -90 <= south <= north <= 90):
        return None
    for tolerance in _TOLERANCES:
        if shapely.get_num_coordinates(geometry) <= MOST_POINTS:
            break
        geometry = geometry.simplify(tolerance)
    if geometry.is_empty or shapely.get_num_coordinates(geometry) > MOST_POINTS:
        return None
    return Shape(KINDS.index(geometry.geom_type), tuple(_read_parts(geometry)))


def _read_parts(geometry: Any) -> Iterator[tuple[tuple[tuple[int, int], ...], ...]]:
    for part in getattr(geometry, "geoms", (geometry,)):
        rings = (part,) if part.geom_type == "LineString" else (part.exterior, *part.interiors)
        yield tuple(
            tuple((round(x * GRID), round(y * GRID)) for x, y in ring.coords) for ring in rings
        )


def shape_columns(shapes: Iterable[Shape]) -> dict[str, dict[str, list[Any]]]:
    """The tables of shapes: their kinds, the part and the size of each ring, all points.

    The first point of a ring is counted from zero, each further one from the one before it.
    """
    kinds: dict[str, list[Any]] = {"kind": []}
    rings: dict[str, list[Any]] = {"shape": [], "part": [], "size": []}
    points: dict[str, list[Any]] = {"x": [], "y": []}
    for row, shape in enumerate(shapes):
        kinds["kind"].append(shape.kind)
        for number, part in enumerate(shape.parts):
            for ring in part:
                rings["shape"].append(row)
                rings["part"].append(number)
                rings["size"].append(len(ring))
                before = (0, 0)
                for x, y in ring:
                    points["x"].append(x - before[0])
                    points["y"].append(y - before[1])
                    before = (x, y)
    return {"shapes": kinds, "rings": rings, "points": points}
