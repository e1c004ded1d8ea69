"""Outlines, borders and rivers as lines of (longitude, latitude) in WGS 84 degrees."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from geomap.outlines.fine import fine_lines, river_names
from geomap.outlines.packs import (
    build_outlines,
    find_country,
    find_river,
    grid_steps,
    join_arcs,
    read_pack,
    unpack_line,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    import numpy as np
    from numpy.typing import NDArray

    Line = list[tuple[float, float]]

__all__ = ["border_lines", "country_rings", "river_lines", "unit_rings"]


def _to_degrees(flat: Sequence[int]) -> Line:
    grid = grid_steps()
    return [(x / grid, y / grid) for x, y in unpack_line(flat)]


def country_rings(iso: str) -> list[Line]:
    """Return the rings of a country's outline, closed; none where geomap has no outline of it.

    A country that the antimeridian cuts has rings on either side of it.

    >>> [len(country_rings(iso)) > 0 for iso in ("SY", "ZZ")]
    [True, False]
    """
    row = find_country(iso)
    if row < 0:
        return []
    world = read_pack("world")
    return [_to_degrees(join_arcs(world["arcs"], ring)) for ring in world["rings"][row]]


def unit_rings(fids: tuple[int, ...]) -> list[Line]:
    """Return the rings of a first-level unit, closed, by the ids of its features.

    Args:
        fids: From :func:`geomap.outlines.find_unit`; none give no rings.
    """
    return [_to_degrees(ring) for ring in build_outlines([fids])[0]] if fids else []


@cache
def _arcs_of(iso: str) -> frozenset[int]:
    row = find_country(iso)
    rings: Iterable[list[int]] = read_pack("world")["rings"][row] if row >= 0 else ()
    return frozenset(arc if arc >= 0 else ~arc for ring in rings for arc in ring)


@cache
def _land_borders() -> frozenset[int]:
    """The arcs that two countries share: lines on land, or between two claims at sea."""
    seen: set[int] = set()
    shared: set[int] = set()
    for iso in filter(None, read_pack("world")["iso"]):
        arcs = _arcs_of(iso)
        shared |= seen & arcs
        seen |= arcs
    return frozenset(shared)


def border_lines(iso: str, other: str | None = None) -> list[Line]:
    """Return the border that a country shares with another one, or with all of its neighbours.

    >>> len(border_lines("SY", "TR")) > 0, border_lines("SY", "FR")
    (True, [])
    """
    with_whom = _arcs_of(other) if other else _land_borders()
    fine = fine_lines("arcs")
    return [_degrees_of(fine.line(arc)) for arc in sorted(_arcs_of(iso) & with_whom)]


def _degrees_of(points: NDArray[np.int32]) -> Line:
    """Return points of the grid in degrees."""
    degrees: Line = [(x, y) for x, y in (points / grid_steps()).tolist()]
    return degrees


def river_lines(name: str) -> list[Line]:
    """Return the course of a river by its name in the gazetteer; none where geomap has not drawn it.

    >>> [len(river_lines(name)) > 0 for name in ("Euphrates River", "Thames")]
    [True, False]
    """
    wanted = find_river(name)
    if not wanted:
        return []
    rivers = fine_lines("rivers")
    numbers = [number for number, named in enumerate(river_names()) if named == wanted]
    return [_degrees_of(rivers.line(number)) for number in numbers]
