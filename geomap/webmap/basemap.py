"""The base map of a page, cut from the packs of outlines to what its data needs.

The world is part of every page; the finer pack of the wider Middle East only where the data touches
its box; outlines of first-level units only where they are mentioned.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from geomap.outlines import read_pack

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["build_base"]


def build_base(points: Iterable[tuple[float, float]]) -> dict[str, Any]:
    """The base map for data at these (lat, lon) points, ready to be written as JSON."""
    world = dict(read_pack("world"))
    world.pop("fid")
    fine = read_pack("middle_east")
    west, south, east, north = fine["bounds"]
    if not any(south <= lat <= north and west <= lon <= east for lat, lon in points):
        return world | {"units": [], "rivers": []}
    arcs = [fine["arcs"].get(str(i), arc) for i, arc in enumerate(world["arcs"])]
    return world | {"arcs": arcs, "units": fine["units"], "rivers": fine["rivers"]}
