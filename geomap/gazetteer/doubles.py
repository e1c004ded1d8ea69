"""Join rows of our tables of theatres that are one place: two tables list the camps and crossings of a border, and units."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from geomap.gazetteer.classes import place_class, unit_level
from geomap.gazetteer.merge import distance_of
from geomap.gazetteer.unit_names import bare_unit_name
from geomap.text import fold_name

if TYPE_CHECKING:
    from collections.abc import Iterable

    from geomap.gazetteer.sources.place import SourcePlace

__all__ = ["join_doubles"]

#: rows of one name this near to each other are one place that two theatres list: camps and crossings on a border
_DOUBLE_KM: Final = 3.0
#: units have a middle each, which two writers choose in two ways
_DOUBLE_UNIT_KM: Final = 25.0
_NO_NAMES: Final = frozenset(["adj", "abbr"])


def join_doubles(rows: Iterable[SourcePlace]) -> list[SourcePlace]:
    """Return rows of theatres, those of one place joined: of the same name, class and country, and next to each other.

    Units are joined by any name that they share, without the word for a unit. The first of the rows keeps its id.
    """
    kept: list[SourcePlace] = []
    by_name: dict[tuple[str, str | None, str], list[int]] = defaultdict(list)
    for row in rows:
        keys = _double_keys(row)
        numbers = dict.fromkeys(number for key in keys for number in by_name[key])
        twin = next((number for number in numbers if _are_double(kept[number], row)), None)
        if twin is None:
            for key in keys:
                by_name[key].append(len(kept))
            kept.append(row)
        else:
            kept[twin] = _joined_double(kept[twin], row)
    return kept


def _double_keys(row: SourcePlace) -> list[tuple[str, str | None, str]]:
    """Return what two rows of one place have in common: one of these."""
    level = unit_level(row.feature)
    kind = f"{place_class(row.feature)}{level}"
    if not level:
        return [(fold_name(row.name), row.country, kind)]
    listed = (row.name, *(name for lang, name in row.names if lang not in _NO_NAMES))
    bare = (fold_name(bare_unit_name(name, row.country, level)) for name in listed)
    return [(name, row.country, kind) for name in dict.fromkeys(bare) if name]


def _are_double(first: SourcePlace, row: SourcePlace) -> bool:
    """Return whether two rows with a name in common are next to each other."""
    apart = _DOUBLE_UNIT_KM if unit_level(row.feature) else _DOUBLE_KM
    return first.id != row.id and distance_of(first, row) <= apart


def _joined_double(first: SourcePlace, row: SourcePlace) -> SourcePlace:
    """Return a row with what its double adds."""
    more = row.names
    if row.name != first.name:
        more = (("en", row.name), *more)
    return replace(
        first,
        names=(*first.names, *(name for name in more if name not in first.names)),
        admin1=first.admin1 or row.admin1,
        admin2=first.admin2 or row.admin2,
        population=first.population or row.population,
    )
