"""Merge rows that have no id of GeoNames into the places that they are: by name and distance.

A row and a place are one where they share a name, are of one class (populated, unit, water …), lie in one country as far as both say,
and are no farther apart than the row's tolerance allows. Places stream through; the rows, and the places that one of them could
be, are kept until the end.
"""

from __future__ import annotations

import math
from collections import defaultdict
from dataclasses import dataclass, field, replace
from functools import cache
from statistics import median
from typing import TYPE_CHECKING, Final

from geomap.gazetteer.classes import KNOWN_BY_UNIT, place_class, unit_level
from geomap.gazetteer.distance import KM_PER_DEGREE, distance_km
from geomap.gazetteer.unit_names import bare_unit_name, unit_names
from geomap.text import fold_name

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Iterator

    from geomap.gazetteer.sources.place import SourcePlace

__all__ = ["Merge", "MergeReport", "distance_of", "merge_rows"]

#: so far apart can two sources put one populated place, in km, where a row does not say how exact it is
_NEAR_KM: Final = 5.0
#: a row's point and the other source's are both off: twice the row's tolerance, and no more than this
_TOLERANCES: Final = 2.0
_FARTHEST_KM: Final = 30.0
#: middles of units, and points on rivers and mountains, are chosen in many ways
_UNIT_KM: Final = 40.0
#: a first-level unit has no two second-level units of one name: however far apart lists put their middles, they are one
_SAME_UNIT_KM: Final = 150.0
#: units of the third level and below are smaller, and neighbours are called alike ("Washington Township")
_SMALL_UNIT_KM: Final = 15.0
_SMALL_LEVEL: Final = 3
_SECOND_LEVEL: Final = 2
_EXTENDED_KM: Final = 60.0
#: a point that is no farther off than this is no worse than a package's
_EXACT_KM: Final = 1.0
#: a place of which only the unit is known lies so many radii of it from its middle, at most; and nearly always
_UNIT_RADII: Final = 3.0
_USUAL_RADII: Final = 1.25
#: side of the cells that places without a row near them are told apart by, in degrees, and cells around the earth
_CELL: Final = 0.25
_AROUND: Final = round(360 / _CELL)
#: rows with a limit beyond this are looked for in larger cells
_FINE_KM: Final = 100.0
_COARSE: Final = 16
_NO_NAMES: Final = frozenset(["adj", "abbr"])


@dataclass(frozen=True, slots=True, kw_only=True)
class Merge:
    """One row that was merged into a place, ``km`` apart."""

    row_id: str
    name: str
    place_id: str
    place_name: str
    km: float


@dataclass(slots=True)
class MergeReport:
    """What became of the rows: merged into places, or new ones."""

    merged: list[Merge] = field(default_factory=list)
    by_id: int = 0
    new: int = 0

    @property
    def median_km(self) -> float:
        """The middle distance of a row and the place that it was merged into; 0 without any."""
        return median(item.km for item in self.merged) if self.merged else 0.0


def distance_of(one: SourcePlace, two: SourcePlace) -> float:
    """Return how far apart two rows are, in km; infinite where one has no point."""
    if one.lat is None or one.lon is None or two.lat is None or two.lon is None:
        return math.inf
    return distance_km(one.lat, one.lon, two.lat, two.lon)


def _is_of_theatre(row: SourcePlace) -> bool:
    return row.source.startswith("theatre")


def _is_of_package(row: SourcePlace) -> bool:
    return row.source.startswith("package:")


def _is_within_unit(row: SourcePlace) -> bool:
    """Return whether a row is a second-level unit of our tables of which the first-level unit is known."""
    return _is_of_theatre(row) and unit_level(row.feature) == _SECOND_LEVEL and bool(row.admin1)


def _is_same_unit(row: SourcePlace, place: SourcePlace) -> bool:
    """Return whether a second-level unit of our tables and another are called the same and lie in one first-level unit."""
    one, two = (
        (bare_unit_name(it.admin1, it.country, 1), bare_unit_name(it.name, it.country, 2))
        for it in (row, place)
    )
    return _is_within_unit(row) and [*map(fold_name, one)] == [*map(fold_name, two)]


def _usual_limit_km(row: SourcePlace) -> float:
    """Return how far a row and a place that are one may be apart."""
    if row.feature == KNOWN_BY_UNIT:
        return max(_NEAR_KM, _UNIT_RADII * (row.radius_km or 0.0))
    kind = place_class(row.feature)
    base = _TOLERANCES * row.tol_km if row.tol_km is not None else _NEAR_KM
    if kind == "unit":
        is_small = unit_level(row.feature) >= _SMALL_LEVEL and not _is_of_theatre(row)
        return max(base, _SMALL_UNIT_KM if is_small else _UNIT_KM, row.radius_km or 0.0)
    if kind == "water" or row.radius_km:
        return max(base, _EXTENDED_KM, row.radius_km or 0.0)
    return min(max(base, _NEAR_KM), _FARTHEST_KM)


def _limit_km(row: SourcePlace) -> float:
    """Return how far apart they may be at most, be they in one unit."""
    usual = _usual_limit_km(row)
    return max(usual, _SAME_UNIT_KM) if _is_within_unit(row) else usual


def _names_of(place: SourcePlace) -> set[str]:
    listed = (("main", place.name), *unit_names(place), *place.names)
    return {fold_name(name) for lang, name in listed if lang not in _NO_NAMES} - {""}


def _is_known(place_id: str) -> bool:
    return place_id.startswith("geonames:")


#: letters of a feature code that spots of one kind share: AIRB, AIRF and AIRP; MNAU and MNCU not
_SPOT_CODE: Final = 3


def _could_be_one(row: SourcePlace, place: SourcePlace) -> bool:
    """Return whether class, level and country of a row and a place do not speak against their being one."""
    if row.country and place.country and row.country != place.country:
        return False
    if row.feature == KNOWN_BY_UNIT and not _may_lie_in_unit(row, place):
        return False
    if _is_known(row.id) and _is_known(place.id) and not _is_of_theatre(row):
        return False  # whoever gives a number of GeoNames means that place and no other
    if not (row.feature and place.feature):
        return True
    kind = place_class(row.feature)
    if kind != place_class(place.feature):
        return False
    if kind == "spot" and not _is_of_theatre(row):  # an airport is no bus station of its name
        return row.feature[:_SPOT_CODE] == place.feature[:_SPOT_CODE]
    return kind != "unit" or unit_level(row.feature) == unit_level(place.feature)


def _may_lie_in_unit(row: SourcePlace, place: SourcePlace) -> bool:
    """Return whether a place may lie in the unit that is all that a row tells of where it is."""
    if row.admin1_id and place.admin1_id and row.admin1_id != place.admin1_id:
        return False
    one, two = (fold_name(bare_unit_name(it.admin2, it.country, 2)) for it in (row, place))
    if one and two:
        return one == two
    return distance_of(row, place) <= max(_NEAR_KM, _USUAL_RADII * (row.radius_km or 0.0))


def _merged_package(place: SourcePlace, row: SourcePlace) -> SourcePlace:
    """Return a place with a package's row merged in: it adds names and units, and its point where ours is from memory."""
    from_memory = (place.tol_km or 0.0) > _EXACT_KM and row.feature != KNOWN_BY_UNIT
    point = row if from_memory else place
    return replace(
        place.extended_by(row),
        name=place.name,
        names=(*place.names, ("und", row.name), *row.names),
        lat=point.lat,
        lon=point.lon,
        tol_km=point.tol_km,
        radius_km=place.radius_km,
        feature=place.feature or row.feature,
        admin1=place.admin1 or row.admin1,
        admin1_id=place.admin1_id or ("" if place.admin1 else row.admin1_id),
        admin2=place.admin2 or row.admin2,
        admin2_id=place.admin2_id or ("" if place.admin2 else row.admin2_id),
    )


def _merged(place: SourcePlace, row: SourcePlace) -> SourcePlace:
    """Return a place with a row merged in: a user's row wins, one of our tables or of a package adds names.

    Our tables' points are from memory, those of a list of settlements are not.
    """
    if _is_of_package(row):
        return _merged_package(place, row)
    if _is_of_theatre(row):
        # the middle of a unit's outline is better than that of its settlements
        is_drawn = bool(unit_level(row.feature)) and (row.tol_km or _NEAR_KM) <= _EXACT_KM
        point = row if is_drawn else place
        return replace(
            place.extended_by(row),
            name=_better_name(place, row),
            names=(*place.names, ("alt", place.name), ("en", row.name), *row.names),
            lat=point.lat,
            lon=point.lon,
            tol_km=point.tol_km,
            admin1=place.admin1 or row.admin1,
            admin1_id=place.admin1_id,
            admin2=place.admin2 or row.admin2,
            admin2_id=place.admin2_id,
            population=place.population or row.population,
            radius_km=point.radius_km or row.radius_km,
            feature=_finer(place.feature, row.feature),
        )
    whole = place.extended_by(row)
    # a row that says no more than that people live there takes nothing from a seat or a quarter
    return (
        replace(whole, feature=place.feature) if row.feature == "PPL" and place.feature else whole
    )


def _better_name(place: SourcePlace, row: SourcePlace) -> str:
    """Return the name that news would use: ours for a settlement, for a unit the known one if it is plain.

    Lists have transliterations with marks ("Al Jazīrah") that no reader expects.
    """
    if place.own and "conflict" in place.source:
        return place.name
    level = unit_level(row.feature)
    if not level:
        return row.name
    if place.name.isascii():
        return place.name
    return bare_unit_name(row.name, row.country, level) if level == 1 else row.name


def _finer(feature: str, other: str) -> str:
    """Return the feature code that says more of the two: a seat before a mere town."""
    return other if feature in ("", "PPL") and other else feature


class _Rows:
    """The rows to be merged, by name and by cell."""

    def __init__(self, rows: Iterable[SourcePlace]) -> None:
        self.rows = sorted(rows, key=lambda row: row.id)
        self.limits = [_limit_km(row) for row in self.rows]
        self._by_name: dict[str, list[int]] = defaultdict(list)
        #: the classes of the rows near a cell: near a fine one, or near a coarse one for rows that reach far
        self._fine: dict[int, int] = defaultdict(int)
        self._coarse: dict[int, int] = defaultdict(int)
        for number, (row, limit) in enumerate(zip(self.rows, self.limits, strict=True)):
            for name in _names_of(row):
                self._by_name[name].append(number)
            is_far = limit > _FINE_KM
            cells, size = (self._coarse, _COARSE) if is_far else (self._fine, 1)
            for cell in _cells_around(row, limit, size):
                cells[cell] |= _class_bit(row.feature)

    def near(self, place: SourcePlace) -> dict[int, float]:
        """Return the rows that a place could be, with the distance of each."""
        if not self._is_near_any(place):
            return {}
        found: dict[int, float] = {}
        for name in _names_of(place):
            for number in self._by_name.get(name, ()):
                row = self.rows[number]
                if number not in found and _could_be_one(row, place):
                    km = distance_of(row, place)
                    if km <= self.limits[number] and (
                        km <= _usual_limit_km(row) or _is_same_unit(row, place)
                    ):
                        found[number] = km
        return found

    def _is_near_any(self, place: SourcePlace) -> bool:
        """Return whether a row of the class of a place is in its part of the world; quick, for most places are near none."""
        if place.lat is None or place.lon is None:
            return False
        lat, lon = math.floor(place.lat / _CELL), math.floor(place.lon / _CELL) % _AROUND
        classes = self._fine.get(lat * _AROUND + lon, 0)
        classes |= self._coarse.get((lat // _COARSE) * _AROUND + lon // _COARSE, 0)
        return bool(classes & (_class_bit(place.feature) | _ANY_CLASS))


#: stands for the class of a row without a feature code, which may be of any
_ANY_CLASS: Final = 1
_CLASS_BITS: Final = {"populated": 2, "unit": 4, "country": 8, "water": 16, "spot": 32}
_EVERY_CLASS: Final = 63


@cache
def _class_bit(feature: str) -> int:
    """Return a bit for the class of a feature code; all bits for no code."""
    return _CLASS_BITS[place_class(feature)] if feature else _EVERY_CLASS


def _cells_around(row: SourcePlace, km: float, size: int) -> Iterator[int]:
    """Yield the numbers of the cells that lie within some distance of a row, across the 180th meridian too."""
    if row.lat is None or row.lon is None:
        return
    side, around = _CELL * size, _AROUND // size
    high = km / KM_PER_DEGREE
    wide = high / max(math.cos(math.radians(min(abs(row.lat) + high, 90.0))), 0.01)
    first, last = math.floor((row.lon - wide) / side), math.floor((row.lon + wide) / side)
    for lat in range(math.floor((row.lat - high) / side), math.floor((row.lat + high) / side) + 1):
        for lon in range(first, min(last, first + around - 1) + 1):
            yield lat * _AROUND + lon % around


#: the distance of a row and the place that has its id
_SAME: Final = -1.0


def merge_rows(
    places: Iterable[SourcePlace],
    rows: Iterable[SourcePlace],
    report: MergeReport,
    *,
    settled: Container[str] = frozenset(),
) -> Iterator[SourcePlace]:
    """Yield places with the rows that are the same places merged in, then the rows that are new.

    Each row goes to the nearest place that it could be; two rows can go to one place.

    Args:
        places: The places; they stream through.
        rows: The rows to be merged; a row with the id of a place is that place.
        report: Filled with what became of the rows.
        settled: Ids of places that no row is merged into by its name: the rows and they were compared before.
    """
    waiting = _Rows(rows)
    by_id = {row.id: number for number, row in enumerate(waiting.rows)}
    held: list[SourcePlace] = []
    best: dict[int, tuple[float, str, int]] = {}
    for place in places:
        near = {} if place.id in settled else waiting.near(place)
        same = by_id.get(place.id)
        if same is not None:  # it is that row; of the others it may be a person's as well
            near = {n: km for n, km in near.items() if not _is_of_theatre(waiting.rows[n])}
            near[same] = _SAME
        for number, km in near.items():
            offer = (km, place.id, len(held))
            if number not in best or offer < best[number]:
                best[number] = offer
        if near:
            held.append(place)
        else:
            yield place
    taken: dict[int, list[int]] = defaultdict(list)
    for number, (_, _, index) in sorted(best.items()):
        taken[index].append(number)
    for index, place in enumerate(held):
        whole = place
        for number in taken.get(index, ()):
            row = waiting.rows[number]
            km = best[number][0]
            if km == _SAME:
                report.by_id += 1
            else:
                report.merged.append(
                    Merge(
                        row_id=row.id,
                        name=row.name,
                        place_id=place.id,
                        place_name=place.name,
                        km=round(km, 2),
                    )
                )
            whole = replace(_merged(whole, row), id=place.id, is_loose=place.is_loose)
        yield whole
    for number, row in enumerate(waiting.rows):
        if number not in best:
            report.new += 1
            yield row
