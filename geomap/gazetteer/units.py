"""Which units places lie in: names and codes of units as sources give them, made into ids."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, NamedTuple

import numpy as np

from geomap.gazetteer.classes import unit_level
from geomap.gazetteer.unit_names import bare_unit_name
from geomap.text import fold_name

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geomap.gazetteer.sources.place import SourcePlace

__all__ = ["Units"]

#: the level of the units that others lie in
_FIRST, _SECOND = 1, 2
_PLAIN_LANGS: Final = frozenset(["listed", "en", "und", "fr", "es", "pt"])


class _Told(NamedTuple):
    """What a row says of its units; the same for all rows of one unit."""

    country: str
    admin1: str
    admin1_id: str
    admin2: str
    admin2_id: str


class _Unit(NamedTuple):
    """A unit that is a place itself."""

    id: str
    name: str


class Units:
    """Collects what places say of their units, and finds the units when all places are known."""

    def __init__(self) -> None:
        self._told: dict[_Told, int] = {}
        self._by_code: dict[str, _Unit] = {}
        self._by_id: dict[str, _Unit] = {}
        self._first: dict[tuple[str, str], _Unit] = {}
        self._listed: dict[tuple[str, str], _Unit] = {}
        self._firsts: list[SourcePlace] = []
        self._seconds: list[tuple[int, SourcePlace]] = []

    def add(self, place: SourcePlace) -> int:
        """Return the number of what a place says of its units; note the place if it is a unit."""
        level = unit_level(place.feature)
        told = _Told(place.country, place.admin1, place.admin1_id, place.admin2, place.admin2_id)
        if level in (_FIRST, _SECOND) and not place.feature.endswith("H"):
            unit = _Unit(place.id, place.name)
            self._by_id[place.id] = unit
            if (
                place.code
            ):  # of two units with one code that of the smaller id, whichever comes first
                self._by_code[place.code] = min(self._by_code.get(place.code, unit), unit)
            if level == _FIRST:
                self._firsts.append(place)
                told = told._replace(admin1_id=place.id)
            else:
                told = told._replace(admin2_id=place.id)
        number = self._told.setdefault(told, len(self._told))
        if level == _SECOND and not place.feature.endswith("H"):
            self._seconds.append((number, place))
        return number

    def _index_first(self) -> None:
        """Note the names of the first-level units; of two units of one name that of the smaller id."""
        for place in sorted(self._firsts, key=lambda place: place.id):
            unit = self._by_id[place.id]
            self._first.setdefault((place.country, fold_name(place.name)), unit)
            bare = fold_name(bare_unit_name(place.name, place.country, _FIRST))
            self._listed.setdefault((place.country, bare), unit)
            for lang, name in place.names:
                if lang not in ("adj", "abbr"):
                    self._listed.setdefault((place.country, fold_name(name)), unit)

    def _find_first(self, told: _Told) -> tuple[str, str]:
        """Return the id and name of a first-level unit; the id is "" where only its name is known."""
        unit = self._by_code.get(told.admin1_id) or self._by_id.get(told.admin1_id)
        if unit is None and told.admin1:
            key = (told.country, fold_name(told.admin1))
            unit = self._first.get(key) or self._listed.get(key)
            if unit is None:
                bare = fold_name(bare_unit_name(told.admin1, told.country, _FIRST))
                key = (told.country, bare)
                unit = self._first.get(key) or self._listed.get(key)
        if unit is not None:
            return unit
        known = told.admin1_id if told.admin1_id.startswith(("geonames:", "geomap:")) else ""
        return known if told.admin1 else "", told.admin1

    def table(
        self, own: Sequence[str]
    ) -> tuple[list[tuple[int, str]], list[tuple[int, int]], np.ndarray[Any, Any]]:
        """Return the units, the lineages, and the row of the lineage of each number.

        A lineage is the rows of the first and of the second-level unit that places lie in.
        Units are (id, name), sorted, the one that is not known first; ids are as in ``PLACE_COLUMNS``:
        GeoNames' number, or -1 less the rank among ``own``, our own ids in order. Lineages are sorted, too.
        """
        ranks = {text: -1 - row for row, text in enumerate(own)}
        self._index_first()
        firsts = {number: self._find_first(told) for told, number in self._told.items()}
        second = self._index_second(firsts)
        pairs: list[tuple[tuple[str, str], tuple[str, str]]] = []
        for told, number in self._told.items():
            first = firsts[number]
            pairs.append((first, self._find_second(told, first, second)))

        def encode(unit: tuple[str, str]) -> tuple[int, str]:
            place_id, name = unit
            if place_id.startswith("geonames:"):
                return int(place_id[9:]), name
            return ranks.get(place_id, 0), name

        encoded = [(encode(one), encode(two)) for one, two in pairs]
        table = sorted({unit for pair in encoded for unit in pair} - {(0, "")})
        rows = {unit: row for row, unit in enumerate([(0, ""), *table])}
        named = [(rows[one], rows[two]) for one, two in encoded]
        lineages = sorted({*named, (0, 0)})
        lineage_rows = {pair: row for row, pair in enumerate(lineages)}
        numbers = np.array([lineage_rows[pair] for pair in named], dtype="<i4")
        return [(0, ""), *table], lineages, numbers

    def _index_second(
        self, firsts: dict[int, tuple[str, str]]
    ) -> dict[tuple[str, tuple[str, str], str], _Unit]:
        """Return the second-level units by country, first-level unit and folded name."""
        found: dict[tuple[str, tuple[str, str], str], _Unit] = {}
        ordered = sorted(self._seconds, key=lambda item: item[1].id)
        for number, place in ordered:
            key = (place.country, firsts[number], fold_name(place.name))
            found.setdefault(key, self._by_id[place.id])
        for number, place in ordered:
            names = [name for lang, name in place.names if lang in _PLAIN_LANGS]
            bare = bare_unit_name(place.name, place.country, _SECOND)
            for name in (bare, *names):
                key = (place.country, firsts[number], fold_name(name))
                found.setdefault(key, self._by_id[place.id])
        return found

    def _find_second(
        self,
        told: _Told,
        first: tuple[str, str],
        second: dict[tuple[str, tuple[str, str], str], _Unit],
    ) -> tuple[str, str]:
        unit = self._by_code.get(told.admin2_id) or self._by_id.get(told.admin2_id)
        if unit is None and told.admin2:
            unit = second.get((told.country, first, fold_name(told.admin2)))
            if unit is None:
                bare = fold_name(bare_unit_name(told.admin2, told.country, _SECOND))
                unit = second.get((told.country, first, bare))
        if unit is not None:
            return unit
        return "", told.admin2
