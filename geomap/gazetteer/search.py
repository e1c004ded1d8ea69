"""Search a gazetteer as a person does: a name as written, in a looser spelling, or with a slip.

A name is folded first (case, accents and apostrophes do not count). Where no place is called so, Arabic names are found in a
looser spelling; with ``fuzzy`` also names of the same skeleton of consonants, and those that are nearly the same letters.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from geomap.errors import InputError
from geomap.gazetteer import layout
from geomap.gazetteer.distance import distance_km
from geomap.gazetteer.likeness import likeness_to
from geomap.gazetteer.slips import near_names
from geomap.text import fold_name

if TYPE_CHECKING:
    from collections.abc import Iterator
    from collections.abc import Set as AbstractSet

    from geomap.gazetteer.lookup import Gazetteer
    from geomap.model import Place

__all__ = ["Match", "search_places", "show_place"]

#: names less like the wanted one than this are not shown (0 to 100)
_LEAST_LIKENESS: Final = 78.0
#: how like a name with one slip is at least, however short it is
_ONE_SLIP: Final = 90.0
#: a place with ten times the people may be two points less like
_KNOWN_WEIGHT: Final = 2.0
#: names that are looked at for each start
_MOST_NAMES: Final = 40_000
#: names with fewer consonants have too many of the same skeleton
_FEWEST_CONSONANTS: Final = 2
#: letters that spellings of one sound begin with
_ALIKE: Final = ("kqcg", "hx", "vw", "sz", "td", "bp", "jgy", "aeiou")
_VOWELS: Final = re.compile(r"[aeiouy'’]+")
_SOUNDS: Final = (
    ("kh", "h"), ("gh", "g"), ("dh", "z"), ("th", "t"), ("sh", "s"), ("ch", "s"), ("ts", "s"), ("ph", "f"),
    ("q", "k"), ("c", "k"), ("w", "v"), ("j", "g"), ("x", "h"), ("b", "p"), ("d", "t"),
)  # fmt: skip
_DOUBLED: Final = re.compile(r"(.)\1+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """A place that was found, by which of its names, and how: ``exact``, ``listed``, ``loose``, ``spelling`` or ``fuzzy``."""

    place: Place
    name: str
    how: str
    likeness: float = 100.0

    def to_record(self) -> dict[str, Any]:
        """Return the match as plain values."""
        place = self.place
        return {
            "id": place.id,
            "name": place.name,
            "found_as": self.name,
            "how": self.how,
            "likeness": round(self.likeness, 1),
            "feature": place.feature,
            "country": place.country,
            "admin1": place.admin1,
            "admin2": place.admin2,
            "lat": place.lat,
            "lon": place.lon,
            "population": place.population,
        }


def skeleton(folded: str) -> str:
    """Return what is left of a folded name without vowels and without what spellings vary.

    >>> skeleton("fasher") == skeleton("fashir"), skeleton("kupiansk") == skeleton("kupyansk")
    (True, True)
    """
    text = folded
    for sound, plain in _SOUNDS:
        text = text.replace(sound, plain)
    return _DOUBLED.sub(r"\1", _VOWELS.sub("", text))


def search_places(
    gazetteer: Gazetteer,
    name: str,
    *,
    countries: AbstractSet[str] = frozenset(),
    near: tuple[float, float, float] | None = None,
    fuzzy: bool = False,
    limit: int = 10,
) -> list[Match]:
    """Return the places that a name can mean, best known first.

    Args:
        gazetteer: Where to look.
        name: The name, in any script.
        countries: ISO codes of countries; none for all.
        near: Latitude, longitude and kilometres: only places so near to that point.
        fuzzy: Whether names in another spelling, or with a slip, are found as well.
        limit: How many places to return at most.

    Raises:
        InputError: The name is empty.
    """
    folded = fold_name(name)
    if not folded:
        raise InputError(f"expected a name to search for, got {name[:80]!r}")
    listed = {
        row for key in (folded + " ", layout.EXACT_MARK + name) for row, _ in gazetteer.find(key)
    }
    found: dict[str, tuple[int, Match]] = {}
    for row, bits in gazetteer.lookup(name):
        place = gazetteer.place(row)
        how = _how(bits, place, folded) if row in listed else "loose"
        rank = _ORDER[how] + (how == "listed" and not bits & layout.OWN)
        found.setdefault(place.id, (rank, Match(place=place, name=name, how=how)))
    if fuzzy:
        for match in _find_similar(gazetteer, folded):
            found.setdefault(match.place.id, (_ORDER["fuzzy"], match))
    kept = [item for item in found.values() if _fits(item[1].place, countries, near)]
    kept.sort(key=lambda item: (item[0], *_order(item[1])))
    return [match for _, match in kept[:limit]]


#: names that sources list for other places come after those that people use for them
_ORDER: Final = {"exact": 0, "listed": 0, "loose": 2, "spelling": 3, "fuzzy": 4}


def _order(match: Match) -> tuple[float, int, str]:
    """Return what sorts matches of one rank: the better known first, of names with a slip also the likelier."""
    place = match.place
    known = _KNOWN_WEIGHT * math.log10(1 + place.population)
    return (-(match.likeness + known) if match.how == "fuzzy" else 0.0), -place.population, place.id


def _how(bits: int, place: Place, folded: str) -> str:
    if fold_name(place.name) == folded:
        return "exact"
    return "spelling" if bits & layout.GENERATED else "listed"


def _fits(
    place: Place, countries: AbstractSet[str], near: tuple[float, float, float] | None
) -> bool:
    if countries and place.country not in countries:
        return False
    return near is None or distance_km(near[0], near[1], place.lat, place.lon) <= near[2]


def _find_similar(gazetteer: Gazetteer, folded: str) -> Iterator[Match]:
    """Yield places with a name of the same skeleton, or of nearly the same letters, the likest first."""
    likeness_of = likeness_to(folded)
    wanted = skeleton(folded)
    slips = {f"{name} " for name in near_names(gazetteer, folded)}
    names: dict[str, float] = {}
    for key in slips | _names_like(gazetteer, folded):
        name = key[:-1]
        likeness = max(likeness_of(name), _ONE_SLIP if key in slips else 0.0)
        if len(wanted) >= _FEWEST_CONSONANTS and skeleton(name) == wanted:
            likeness = max(likeness, _LEAST_LIKENESS + likeness * 0.2)
        if likeness >= _LEAST_LIKENESS:
            names[key] = min(likeness, 99.0)
    for key, likeness in sorted(names.items(), key=lambda item: (-item[1], item[0])):
        for row, _ in gazetteer.find(key):
            if row != layout.NO_PLACE:
                yield Match(
                    place=gazetteer.place(row), name=key[:-1], how="fuzzy", likeness=likeness
                )


def _names_like(gazetteer: Gazetteer, folded: str) -> set[str]:
    """Return the keys that could be spellings of a name: those that start as it does, or nearly so."""
    first = folded[0]
    starts = {folded[:2], first}
    for group in _ALIKE:
        if first in group:
            starts |= set(group)
    found: set[str] = set()
    for start in sorted(starts):
        found.update(gazetteer.keys(start, limit=_MOST_NAMES, length=len(folded)))
    return found


def show_place(gazetteer: Gazetteer, place_id: str) -> dict[str, Any]:
    """Return all that a gazetteer knows of a place: its fields, its names, its sources.

    Raises:
        InputError: The gazetteer has no place of this id.
    """
    row = gazetteer.row_of_id(place_id)
    if row is None:
        raise InputError(
            f"the gazetteer has no place with the id {place_id!r}; 'geomap gazetteer search NAME' lists ids"
        )
    place = gazetteer.place(row)
    known = {
        "id": place.id,
        "name": place.name,
        "feature": place.feature,
        "country": place.country,
        "admin1": place.admin1,
        "admin1_id": place.admin1_id,
        "admin2": place.admin2,
        "admin2_id": place.admin2_id,
        "lat": place.lat,
        "lon": place.lon,
        "population": place.population or None,
        "radius_km": place.radius_km or None,
    }
    return {**known, "sources": gazetteer.source_of(row), **_names_of(gazetteer, row)}


def _names_of(gazetteer: Gazetteer, row: int) -> dict[str, list[str]]:
    """Return the folded names of a place, its abbreviations as they are written, and the spellings that rules give."""
    found: dict[str, list[str]] = {"names": [], "abbreviations": [], "spellings": []}
    for key in gazetteer.names_of(row):
        if key.startswith(layout.EXACT_MARK):
            found["abbreviations"].append(key[1:])
        elif not key.startswith((layout.LOOSE_MARK, layout.OTHER_MARK)):
            bits = dict(gazetteer.find(key)).get(row, 0)
            found["spellings" if bits & layout.GENERATED else "names"].append(key[:-1])
    return found
