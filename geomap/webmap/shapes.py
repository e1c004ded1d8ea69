"""Shapes that relations describe, read from their WKT as rings of whole numbers, each shape once.

A table of mentions can come from anywhere: a shape that is no polygon or line of degrees, or that
stays too long when it is simplified, is dropped. Nothing in it can make the page large or fail.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

__all__ = ["GRID", "KINDS", "read_shapes", "shape_columns"]

#: steps of a degree: some ten metres, as the record writes shapes
GRID: Final = 10_000
#: kinds of shapes, as the page numbers them
KINDS: Final = ("Polygon", "MultiPolygon", "LineString", "MultiLineString")
#: points of a shape that is drawn, and characters of one that is read
MOST_POINTS: Final = 200
_MOST_TEXT: Final = 40_000
#: no exponents, no further dimensions, no collections
_PLAIN: Final = re.compile(r"(?:MULTI)?(?:POLYGON|LINESTRING) ?\([-0-9., ()]*\)", re.ASCII)
#: degrees by which a long shape is simplified, one after the other
_TOLERANCES: Final = (0.0005, 0.001, 0.002, 0.005, 0.01, 0.02, 0.05)


def read_shapes(texts: Iterable[object]) -> dict[str, Any]:
    """Read polygons and lines of degrees, longitudes first; anything else is not in the result.

    >>> read_shapes(["LINESTRING (38.5 36, 38.6 36.25)", "POINT (38.5 36)", None])
    {'LINESTRING (38.5 36, 38.6 36.25)': <LINESTRING (38.5 36, 38.6 36.25)>}
    """
    known = sorted({text for text in texts if isinstance(text, str) and _is_plain(text)})
    if not known:
        return {}
    import shapely  # noqa: PLC0415 - only for maps with relations

    with np.errstate(all="ignore"):  # a number of a thousand digits is none of degrees
        found = shapely.from_wkt(known, on_invalid="ignore")
    west, south, east, north = shapely.bounds(found).T  # NaN of what is none, or is empty
    is_good = (west >= -180) & (south >= -90) & (east <= 180) & (north <= 90)
    is_good &= ~shapely.has_z(found)
    is_short = shapely.get_num_coordinates(found) <= MOST_POINTS
    shapes = {}
    for text, geometry, good, short in zip(known, found, is_good, is_short, strict=True):
        drawn = geometry if short else _simplify(geometry) if good else None
        if good and drawn is not None:
            shapes[text] = drawn
    return shapes


def _is_plain(text: str) -> bool:
    return len(text) <= _MOST_TEXT and _PLAIN.fullmatch(text) is not None


def _simplify(geometry: Any) -> Any:
    """A shape with as few points as the page draws; None where it keeps too many."""
    import shapely  # noqa: PLC0415

    for tolerance in _TOLERANCES:
        geometry = geometry.simplify(tolerance)
        if shapely.get_num_coordinates(geometry) <= MOST_POINTS:
            return None if geometry.is_empty else geometry
    return None


def shape_columns(shapes: Sequence[Any]) -> dict[str, dict[str, list[int]]]:
    """The tables of shapes: their kinds, the shape, part and size of each ring, all points.

    The first point of a ring is counted from zero, each further one from the one before it, in steps
    of ``GRID``.
    """
    if not shapes:
        empty: list[int] = []
        rings = {"shape": empty, "part": empty, "size": empty}
        return {"shapes": {"kind": empty}, "rings": rings, "points": {"x": empty, "y": empty}}
    import shapely  # noqa: PLC0415

    parts, shape = shapely.get_parts(shapes, return_index=True)
    part = np.arange(len(parts)) - np.searchsorted(shape, shape)
    is_area = shapely.get_type_id(parts) == shapely.GeometryType.POLYGON
    edges, of_area = shapely.get_rings(parts[is_area], return_index=True)
    lines = np.concatenate([edges, parts[~is_area]])
    owner = np.concatenate([np.flatnonzero(is_area)[of_area], np.flatnonzero(~is_area)])
    order = np.argsort(owner, kind="stable")
    lines, owner = lines[order], owner[order]
    size = shapely.get_num_coordinates(lines)
    steps = np.rint(shapely.get_coordinates(lines) * GRID).astype(np.int64)
    moves = np.diff(steps, axis=0, prepend=0)
    begins = np.concatenate([[0], np.cumsum(size)[:-1]])
    moves[begins] = steps[begins]
    return {
        "shapes": {"kind": [KINDS.index(one.geom_type) for one in shapes]},
        "rings": {
            "shape": shape[owner].tolist(),
            "part": part[owner].tolist(),
            "size": size.tolist(),
        },
        "points": {"x": moves[:, 0].tolist(), "y": moves[:, 1].tolist()},
    }
