"""Which rows of a table of mentions a page has, and with which place each one counts.

A name that no gazetteer knows has no place of its own: it counts with the unit or country that the
text puts it in (``within``), or, where that is not known, with :data:`NOWHERE`.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any, Final, NamedTuple

import numpy as np

from geomap.gazetteer.classes import place_precision
from geomap.webmap.cells import read_whole
from geomap.webmap.security import clean_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from numpy.typing import NDArray

    from geomap.webmap.cells import Cells

__all__ = [
    "DRAWN_KINDS",
    "FEATURE_LIMIT",
    "NOWHERE",
    "PRECISION_SCALE",
    "Placed",
    "feature_precision",
    "find_placed",
]

DRAWN_KINDS: Final = ("literal", "associative")
#: the id of the place with which mentions count that nothing puts anywhere: no place has it
NOWHERE: Final = ""
#: characters kept of a feature
FEATURE_LIMIT: Final = 12
#: how exactly a place is known, by ``place_precision``; up to the second it is drawn as a circle
PRECISION_SCALE: Final = range(1, 8)
_LAST_POINT: Final = 2
#: types of cells that are numbers, or none
_NUMBERS: Final = frozenset({float, int, type(None)})


class Placed(NamedTuple):
    """The rows of a table that a page has.

    Attributes:
        rows: Their numbers.
        places: For each of them the id of the place with which it counts.
        unlocated: Those of them that have no place of their own.
    """

    rows: list[int]
    places: list[str]
    unlocated: frozenset[int]


def find_placed(cells: Cells, skipped: dict[str, int]) -> Placed:
    """Find the rows that a page has; in ``skipped`` is counted what is embedded or has no place."""
    ids = cells.read("place_id")
    rows, unlocated = [], []
    at = _are_on_earth(cells.read("lat"), cells.read("lon"))
    found = zip(cells.read("kind"), ids, cells.read("status"), at, strict=True)
    for i, (kind, place, status, is_on_earth) in enumerate(found):
        if kind not in DRAWN_KINDS:
            skipped["embedded"] += 1
        elif status == "unknown" or place is None or place == NOWHERE:
            skipped["unresolved"] += 1
            unlocated.append(i)
            rows.append(i)
        elif not is_on_earth:
            skipped["unresolved"] += 1
        else:
            rows.append(i)
    units = _find_units(cells, rows, frozenset(unlocated))
    places = [units[i] if i in units else str(ids[i]) for i in rows]
    return Placed(rows, places, frozenset(unlocated))


def _find_units(cells: Cells, rows: Sequence[int], unlocated: frozenset[int]) -> dict[int, str]:
    """The ids of the units with which rows count that have no place of their own."""
    at = sorted(unlocated)
    within, lats, lons, precisions = (
        cells.read(name, at) for name in ("within", "lat", "lon", "precision")
    )
    held = zip(at, within, _are_on_earth(lats, lons), precisions, strict=True)
    units = {
        i: str(unit)
        for i, unit, is_on_earth, precision in held
        if unit is not None and is_on_earth and _is_area(read_whole(precision))
    }
    points = _find_points(cells, (i for i in rows if i not in unlocated), set(units.values()))
    return {i: unit if (unit := units.get(i, NOWHERE)) not in points else NOWHERE for i in at}


def _find_points(cells: Cells, located: Iterable[int], wanted: set[str]) -> set[str]:
    """Those of some places that are drawn as circles, where nothing may count that is not there."""
    if not wanted:
        return set()
    rows = list(located)
    named = zip(cells.read("place_id", rows), cells.read("feature", rows), strict=True)
    return {
        str(place)
        for place, feature in named
        if str(place) in wanted and not _is_area(feature_precision(feature))
    }


def _is_area(precision: int) -> bool:
    return precision in PRECISION_SCALE and precision > _LAST_POINT


def feature_precision(feature: object) -> int:
    """How exactly a place of a feature is known, whatever a table has as one."""
    return place_precision(clean_text(feature, FEATURE_LIMIT) or "PPL")


def _are_on_earth(latitudes: Sequence[Any], longitudes: Sequence[Any]) -> list[bool]:
    lats, lons = _read_degrees(latitudes), _read_degrees(longitudes)
    found: list[bool] = ((np.abs(lats) <= 90) & (np.abs(lons) <= 180)).tolist()
    return found


def _read_degrees(values: Sequence[Any]) -> NDArray[np.float64]:
    """A column as numbers; NaN, which is nowhere, for what is none."""
    if not _NUMBERS.issuperset(map(type, values)):  # a table can hold anything
        values = [_read_degree(value) for value in values]
    return np.array(values, dtype=np.float64)


def _read_degree(value: Any) -> float:
    try:
        return float(value)
    except (TypeError, ValueError):
        return math.nan
