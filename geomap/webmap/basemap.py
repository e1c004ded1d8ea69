"""The base map of a page, cut from the packs of outlines to what its data needs.

The world is part of every page; the finer pack of the wider Middle East only where the data touches
its box; outlines of first-level units only where they are mentioned.
"""

from __future__ import annotations

import json
from functools import cache
from importlib import resources
from itertools import islice
from typing import TYPE_CHECKING, Any, Final

from geomap.outlines import read_pack

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

__all__ = ["build_base", "find_towns"]

#: degrees around the data in which towns are of use, and thousands of inhabitants of those that are
#: of use everywhere
_AROUND: Final = 10.0
_KNOWN_EVERYWHERE: Final = 5_000
#: towns of a page: more than a view has room for, at any place of the map
_MOST_TOWNS: Final = 300


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


def find_towns(points: Sequence[tuple[float, float]]) -> list[list[Any]]:
    """Large towns by which a reader finds his way around (lat, lon) points, the largest first.

    Each is a name, its longitude and latitude in hundredths of a degree, and thousands of
    inhabitants; see ``gazetteer/build/towns.py``.
    """
    lats, lons = [lat for lat, _ in points], [lon for _, lon in points]
    south, north = min(lats, default=0) - _AROUND, max(lats, default=0) + _AROUND
    west, east = min(lons, default=0) - _AROUND, max(lons, default=0) + _AROUND
    found = (
        town
        for town in _read_towns()
        if town[3] >= _KNOWN_EVERYWHERE
        or (west <= town[1] / 100 <= east and south <= town[2] / 100 <= north)
    )
    return list(islice(found, _MOST_TOWNS))


@cache
def _read_towns() -> list[list[Any]]:
    text = resources.files("geomap.webmap").joinpath("towns.json").read_text("utf-8")
    towns: list[list[Any]] = json.loads(text)
    return towns
