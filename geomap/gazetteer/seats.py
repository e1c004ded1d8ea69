"""What a unit is called after its seat, and the seat after it: where one name is spelt in several ways, so is the other.

A text that writes "Shardaw" for the town of Shadaw writes "Shardaw Township" for what lies around it. Tables and GeoNames
list such spellings for one of the two.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from geomap.gazetteer.classes import is_populated, unit_level
from geomap.gazetteer.distance import distance_km
from geomap.gazetteer.unit_names import bare_unit_name
from geomap.text import fold_name

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from geomap.gazetteer.sources.place import SourcePlace

__all__ = ["with_names_of_seats"]

#: units whose extent nobody knows hold their seat within so many kilometres
_USUAL_KM: Final = 30.0
#: what is no spelling of a town's name, or nobody's choice
_NO_SPELLINGS: Final = frozenset(["abbr", "adj", "alt"])
_LEVELS: Final = (2, 3)


def with_names_of_seats(places: Iterable[SourcePlace]) -> Iterator[SourcePlace]:
    """Yield places, second- and third-level units and the towns that they are called after with each other's listed spellings."""
    rows = list(places)
    units: dict[tuple[str, str], list[SourcePlace]] = {}
    for place in rows:
        is_today = not place.feature.endswith("H")
        if is_today and unit_level(place.feature) in _LEVELS and place.lat is not None:
            units.setdefault(_key(place), []).append(place)
    more: dict[str, list[tuple[str, str]]] = {}
    for town in rows:
        if not is_populated(town.feature) or town.lat is None:
            continue
        for unit in units.get((town.country, fold_name(town.name)), ()):
            if _is_seat(town, unit):
                more.setdefault(unit.id, []).extend(_spellings(town))
                more.setdefault(town.id, []).extend(_bare_spellings(unit))
    for place in rows:
        names = more.get(place.id)
        yield place if not names else replace(place, names=(*place.names, *_new(place, names)))


def _key(unit: SourcePlace) -> tuple[str, str]:
    bare = bare_unit_name(unit.name, unit.country, unit_level(unit.feature))
    return unit.country, fold_name(bare)


def _is_seat(town: SourcePlace, unit: SourcePlace) -> bool:
    if town.lat is None or town.lon is None or unit.lat is None or unit.lon is None:
        return False
    reach = max(unit.radius_km or 0.0, _USUAL_KM)
    return distance_km(town.lat, town.lon, unit.lat, unit.lon) <= reach


def _spellings(town: SourcePlace) -> Iterator[tuple[str, str]]:
    for lang, name in town.names:
        if lang not in _NO_SPELLINGS and not lang.startswith(("adj-", "gen-")):
            yield "alt", name


def _bare_spellings(unit: SourcePlace) -> Iterator[tuple[str, str]]:
    """Yield the spellings of a unit without their unit words: "Miramshah" of "Miramshah Tehsil"."""
    level = unit_level(unit.feature)
    for _, name in _spellings(unit):
        bare = bare_unit_name(name, unit.country, level)
        if bare != name or " " not in name:  # else it may have a unit word that is not known
            yield "alt", bare


def _new(place: SourcePlace, names: Iterable[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    """Yield what a place is not called already, each once, in the order of the others."""
    known = {fold_name(place.name), *(fold_name(name) for _, name in place.names)}
    for lang, name in names:
        folded = fold_name(name)
        if folded not in known:
            known.add(folded)
            yield lang, name
