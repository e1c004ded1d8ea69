"""Say in which country and first-level unit rows lie that do not say it: those of the nearest known settlements.

Drawn polygons put towns on the wrong side of a border, so the nearest towns decide, and a file whose rows nearly all
lie in one country is taken to be of that country alone.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from geomap.gazetteer.classes import is_populated
from geomap.gazetteer.distance import KM_PER_DEGREE, distance_km

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from geomap.gazetteer.sources.place import SourcePlace

__all__ = ["locate_rows"]

#: side of a cell in degrees, and cells around the earth
_CELL: Final = 0.5
_AROUND: Final = round(360 / _CELL)
#: a row farther from any known settlement than this is left as it is
_FARTHEST_KM: Final = 150.0
#: near the poles no more cells than these are searched on either side
_WIDEST: Final = 60
#: this share of a file's rows in one country makes the file that country's
_MOST: Final = 0.9
_FEW: Final = 5

#: latitude, longitude, and the settlement that lies there
_Known = tuple[float, float, "SourcePlace"]


class _Settlements:
    """Known settlements by cell."""

    def __init__(self, places: Iterable[SourcePlace]) -> None:
        self._cells: dict[tuple[int, int], list[_Known]] = defaultdict(list)
        for place in places:
            if (
                place.country
                and place.lat is not None
                and place.lon is not None
                and is_populated(place.feature)
            ):
                self._cells[_cell(place.lat, place.lon)].append((place.lat, place.lon, place))

    def nearest(self, lat: float, lon: float, country: str = "") -> SourcePlace | None:
        """Return the nearest settlement, in a country if one is given; None where there is none near."""
        best: tuple[float, str] = (_FARTHEST_KM, "")
        found: SourcePlace | None = None
        narrow = math.cos(math.radians(min(abs(lat) + 2.0, 89.0)))
        for ring in range(math.ceil(_FARTHEST_KM / KM_PER_DEGREE / _CELL / narrow) + 1):
            # what lies beyond this ring is at least so far away
            if (ring - 1) * _CELL * KM_PER_DEGREE * narrow > best[0] or ring > _WIDEST:
                break
            for cell in _ring(_cell(lat, lon), ring):
                for known_lat, known_lon, place in self._cells.get(cell, ()):
                    if country and place.country != country:
                        continue
                    offer = (distance_km(lat, lon, known_lat, known_lon), place.id)
                    if offer < best:
                        best, found = offer, place
        return found


def _cell(lat: float, lon: float) -> tuple[int, int]:
    return math.floor(lat / _CELL), math.floor(lon / _CELL) % _AROUND


def _ring(middle: tuple[int, int], ring: int) -> Iterator[tuple[int, int]]:
    """Yield the cells that are so many steps from a cell, across the 180th meridian too."""
    lat, lon = middle
    for step in range(-ring, ring + 1):
        if abs(step) == ring:
            yield from ((lat + step, (lon + side) % _AROUND) for side in range(-ring, ring + 1))
        else:
            yield lat + step, (lon - ring) % _AROUND
            yield lat + step, (lon + ring) % _AROUND


def locate_rows(rows: Sequence[SourcePlace], known: Iterable[SourcePlace]) -> list[SourcePlace]:
    """Return rows with the country and the first-level unit that they do not tell.

    Args:
        rows: A person's rows; what they tell is kept. They are grouped by their ``source``.
        known: Places whose country and units are known.
    """
    if all(row.country and row.admin1 for row in rows):
        return list(rows)
    settlements = _Settlements(known)
    near = {
        row.id: settlements.nearest(row.lat, row.lon, row.country)
        for row in rows
        if row.lat is not None and row.lon is not None and not (row.country and row.admin1)
    }
    countries = _countries_of_files(rows, near)
    return [
        _located(row, near[row.id], countries.get(row.source, ""), settlements)
        if row.id in near
        else row
        for row in rows
    ]


def _located(
    row: SourcePlace, near: SourcePlace | None, file_country: str, settlements: _Settlements
) -> SourcePlace:
    """Return a row with the country of its file, else of the nearest settlement, and the unit of that."""
    country = row.country or file_country
    if near is not None and country and near.country != country:
        near = settlements.nearest(row.lat or 0.0, row.lon or 0.0, country)
    if near is None:
        return replace(row, country=country)
    return replace(
        row,
        country=country or near.country,
        admin1=row.admin1 or near.admin1,
        admin1_id=row.admin1_id if row.admin1 else near.admin1_id,
    )


def _countries_of_files(
    rows: Iterable[SourcePlace], near: Mapping[str, SourcePlace | None]
) -> Mapping[str, str]:
    """Return the country of each file that lies in one country but for a few rows."""
    votes: dict[str, Counter[str]] = defaultdict(Counter)
    for row in rows:
        settlement = None if row.country else near.get(row.id)
        if settlement is not None:
            votes[row.source][settlement.country] += 1
    found = {}
    for source, counts in votes.items():
        country, most = min(counts.items(), key=lambda item: (-item[1], item[0]))
        if most >= max(_FEW, _MOST * counts.total()):
            found[source] = country
    return found
