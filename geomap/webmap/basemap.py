"""The base map of a page, cut from the packs of outlines to what its data needs.

The world is part of every page, coarse; near the page's places its lines have all their points, and
islands, lakes, rivers and the lines between first-level units are there as well. A page has a budget
of points: the cells of the world that hold most places come first.
"""

from __future__ import annotations

import json
from functools import cache
from importlib import resources
from itertools import islice
from typing import TYPE_CHECKING, Any, Final, get_args

import numpy as np

from geomap.outlines import grid_steps, read_pack
from geomap.outlines.fine import Kind, fine_lines, island_owners, river_names

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from numpy.typing import NDArray


__all__ = ["build_base", "find_towns"]

#: side of a cell in degrees: as much as a wide window shows at zoom 9
_CELL: Final = 2
_ROWS, _COLUMNS = 180 // _CELL, 360 // _CELL
#: what a place counts in its own cell, and in those one, two and three cells away
_RINGS: Final = (1.0, 0.2, 0.04, 0.01)
#: points of a page's finer lines, each some 2.3 bytes: for all pages, more for each place, and at most
_POINTS, _POINTS_A_PLACE, _MOST_POINTS = 10_500, 15, 120_000
_KINDS: Final[tuple[Kind, ...]] = get_args(Kind)

#: degrees around a place in which towns are of use, and thousands of inhabitants of those that are
#: of use everywhere
_AROUND: Final = 6
_KNOWN_EVERYWHERE: Final = 5_000
#: towns of a page: more than a view has room for, at any place of the map
_MOST_TOWNS: Final = 300


def build_base(points: Iterable[tuple[float, float]]) -> dict[str, Any]:
    """The base map for data at these (lat, lon) points, ready to be written as JSON."""
    world = dict(read_pack("world"))
    world.pop("fid")
    near = _choose_cells(list(points))
    if not near.any():
        return world | {"units": [], "rivers": []}
    base = world | {
        "arcs": _refine("arcs", world["arcs"], near),
        "lakes": _refine("lakes", world["lakes"], near),
        "units": [line for _, line in _runs("units", near)],
        "rivers": [{"name": river_names()[n], "line": line} for n, line in _runs("rivers", near)],
    }
    base["lakes"] += _whole("lakes", near, first=len(world["lakes"])).values()
    return _add_islands(base, _whole("islands", near))


def _cells_of(lats: NDArray[Any], lons: NDArray[Any]) -> NDArray[np.int64]:
    """The cell of each point: rows from south to north, columns from west to east."""
    rows = np.clip((lats + 90) // _CELL, 0, _ROWS - 1)
    columns = np.clip((lons + 180) // _CELL, 0, _COLUMNS - 1)
    cells: NDArray[np.int64] = (rows * _COLUMNS + columns).astype(np.int64)
    return cells


@cache
def _line_cells(kind: Kind) -> NDArray[np.int64]:
    points, side = fine_lines(kind).points, _CELL * grid_steps()
    rows = np.minimum((points[:, 1] + 90 * grid_steps()) // side, _ROWS - 1)
    columns = np.minimum((points[:, 0] + 180 * grid_steps()) // side, _COLUMNS - 1)
    return rows.astype(np.int64) * _COLUMNS + columns


@cache
def _costs() -> NDArray[np.int64]:
    """How many points of finer lines each cell has."""
    size = _ROWS * _COLUMNS
    return sum(
        (np.bincount(_line_cells(kind), minlength=size) for kind in _KINDS),
        np.zeros(size, dtype=np.int64),
    )


def _choose_cells(points: Sequence[tuple[float, float]]) -> NDArray[np.bool_]:
    """The cells around the points, those with most of them first, as far as the budget reaches."""
    chosen = np.zeros(_ROWS * _COLUMNS, dtype=bool)
    if not points:
        return chosen
    places = np.array(points, dtype=float)
    counts = np.bincount(_cells_of(places[:, 0], places[:, 1]), minlength=len(chosen))
    weights = _spread(counts.reshape(_ROWS, _COLUMNS)).ravel()
    order = np.lexsort((np.arange(len(weights)), -weights))
    order = order[weights[order] > 0]
    budget = min(_MOST_POINTS, _POINTS + _POINTS_A_PLACE * len(points))
    chosen[order[np.cumsum(_costs()[order]) <= budget]] = True
    return chosen


def _spread(counts: NDArray[np.int64]) -> NDArray[np.float64]:
    """What the places of each cell and of those around it count; the world is round from east to west."""
    reach = len(_RINGS) - 1
    padded = np.pad(np.pad(counts, ((reach, reach), (0, 0))), ((0, 0), (reach, reach)), mode="wrap")
    weights = np.zeros(counts.shape)
    for north in range(-reach, reach + 1):
        for east in range(-reach, reach + 1):
            rows = slice(reach + north, reach + north + _ROWS)
            columns = slice(reach + east, reach + east + _COLUMNS)
            weights += _RINGS[max(abs(north), abs(east))] * padded[rows, columns]
    return weights


def _flatten(points: NDArray[np.int32]) -> list[int]:
    """Points as a flat list of deltas."""
    deltas = points.copy()
    deltas[1:] -= points[:-1]
    flat: list[int] = deltas.ravel().tolist()
    return flat


def _refine(kind: Kind, coarse: list[list[int]], near: NDArray[np.bool_]) -> list[list[int]]:
    """The world's lines, with all of their points in the chosen cells."""
    lines, refined = fine_lines(kind), list(coarse)
    chosen = near[_line_cells(kind)]
    for number in lines.numbers_of(chosen):
        if number < len(coarse):
            part = slice(lines.starts[number], lines.starts[number + 1])
            refined[number] = _flatten(lines.points[part][chosen[part] | lines.coarse[part]])
    return refined


def _whole(kind: Kind, near: NDArray[np.bool_], first: int = 0) -> dict[int, list[int]]:
    """Lines that the world does not have, by their numbers, where a chosen cell has a point of them."""
    lines = fine_lines(kind)
    numbers = lines.numbers_of(near[_line_cells(kind)])
    return {number: _flatten(lines.line(number)) for number in numbers if number >= first}


def _runs(kind: Kind, near: NDArray[np.bool_]) -> Iterator[tuple[int, list[int]]]:
    """The stretches of lines in the chosen cells, each to the first point behind, with the line's number."""
    lines = fine_lines(kind)
    chosen = near[_line_cells(kind)]
    for number in lines.numbers_of(chosen):
        part = slice(lines.starts[number], lines.starts[number + 1])
        points, own = lines.points[part], chosen[part]
        inside = np.zeros(len(own) + 2, dtype=bool)  # with one point more at either end
        inside[1:-1] = own
        inside[2:-1] |= own[:-1]
        inside[1:-2] |= own[1:]
        if own[0] or own[-1]:  # a ring goes on where it began
            inside[1] = inside[-2] = True
        edges = np.flatnonzero(inside[1:] != inside[:-1])
        for start, end in zip(edges[::2].tolist(), edges[1::2].tolist(), strict=True):
            if end - start > 1:
                yield number, _flatten(points[start:end])


def _add_islands(base: dict[str, Any], islands: dict[int, list[int]]) -> dict[str, Any]:
    """Add islands that the world leaves out: coasts, land, and rings of their countries."""
    first, owners = len(base["arcs"]), island_owners()
    rings = [list(rings) for rings in base["rings"]]
    for row, number in enumerate(islands, first):
        rings[owners[number]].append([row])
    return base | {
        "arcs": [*base["arcs"], *islands.values()],
        "class": base["class"] + "c" * len(islands),
        "rings": rings,
        "land": [*base["land"], *([row] for row in range(first, first + len(islands)))],
    }


def find_towns(points: Sequence[tuple[float, float]]) -> list[list[Any]]:
    """Large towns by which a reader finds his way around (lat, lon) points, the largest first.

    Each is a name, its longitude and latitude in hundredths of a degree, and thousands of
    inhabitants; see ``gazetteer/build/towns.py``.
    """
    near = np.zeros((_ROWS, _COLUMNS), dtype=bool)
    reach = _AROUND // _CELL
    for cell in {int(cell) for cell in _cells_of(*np.array(points, dtype=float).reshape(-1, 2).T)}:
        row, column = divmod(cell, _COLUMNS)
        columns = np.arange(column - reach, column + reach + 1) % _COLUMNS
        near[max(0, row - reach) : row + reach + 1, columns] = True
    towns = _read_towns()
    spots = np.array([town[1:3] for town in towns]) / 100
    inside = near.ravel()[_cells_of(spots[:, 1], spots[:, 0])]
    found = (
        town
        for town, is_near in zip(towns, inside.tolist(), strict=True)
        if is_near or town[3] >= _KNOWN_EVERYWHERE
    )
    return list(islice(found, _MOST_TOWNS))


@cache
def _read_towns() -> list[list[Any]]:
    text = resources.files("geomap.webmap").joinpath("towns.json").read_text("utf-8")
    towns: list[list[Any]] = json.loads(text)
    return towns
