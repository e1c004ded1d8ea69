"""Countries, units and places that a selection names: by id, by code, or by what they are called."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from geomap.errors import InputError
from geomap.gazetteer.classes import is_country, unit_level
from geomap.gazetteer.unit_codes import country_of_iso3, unit_of_iso
from geomap.text import fold_name

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from geomap.gazetteer import Gazetteer
    from geomap.model import Place

__all__ = ["Named", "find_countries", "find_places", "find_units", "fold_maybe"]

#: ids of the gazetteer and of layers beside it: "geonames:172957"
_ID: Final = re.compile(r"[a-z][a-z0-9_.-]*:\S+")
#: a code of ISO 3166-2: "SY-RA"
_ISO_UNIT: Final = re.compile(r"[A-Z]{2}-[A-Z0-9]{1,3}", re.ASCII)
_MOST_FOUND: Final = 500


@dataclass(frozen=True, slots=True)
class Named:
    """What some words name: ids, and folded names with the country that they lie in, or None for any."""

    ids: frozenset[str]
    names: frozenset[tuple[str | None, str]]

    def has(self, name: object, country: object) -> bool:
        """Return whether a name in a country is one of these."""
        folded = fold_maybe(name)
        if not folded:
            return False
        return (None, folded) in self.names or (country, folded) in self.names


def fold_maybe(value: object) -> str:
    """Return the key of a name; nothing for what is no text."""
    return fold_name(value) if isinstance(value, str) else ""


def find_countries(wanted: Iterable[str], gazetteer: Callable[[], Gazetteer]) -> frozenset[str]:
    """Return the ISO codes of countries.

    Args:
        wanted: ISO codes of two or three letters, names or ids.
        gazetteer: What opens the gazetteer; called only where it is needed.

    Raises:
        InputError: There is no such country, or several are called so.
    """
    return frozenset(_find_country(word, gazetteer) for word in wanted)


def _find_country(word: str, gazetteer: Callable[[], Gazetteer]) -> str:
    if len(word) == 2 and word.isascii() and word.isalpha() and word.upper() != "UK":
        return word.upper()
    if len(word) == 3 and word.isupper() and (code := country_of_iso3(word)):
        return code
    if _ID.fullmatch(word):
        place = gazetteer().find_id(word)
        found = [place] if place is not None else []
    else:
        found = gazetteer().search(word, limit=_MOST_FOUND)
    countries = [place for place in found if is_country(place.feature) and place.country]
    codes = sorted({str(place.country) for place in countries})
    # "Congo" is what people call two; "France" is one, whatever dependent territory has the name, too
    own = {str(place.country) for place in countries if fold_name(place.name) == fold_name(word)}
    if len(own) == 1:
        return own.pop()
    if len(codes) == 1:
        return codes[0]
    if codes:
        raise InputError(
            f"expected one country, and {word!r} can be {' or '.join(codes)}; give its code"
        )
    raise InputError(
        f"no country is called {word!r}; give its ISO code (SY), its name (Syria) or its id (geomap gazetteer search)"
    )


def find_units(wanted: Iterable[str], gazetteer: Callable[[], Gazetteer]) -> Named:
    """Return what first-level units are called.

    A name means every unit that is called so, in any of its spellings; one that the gazetteer does not know
    counts as it is written, since a table may know other units.

    Args:
        wanted: Names, COUNTRY/NAME, codes of ISO 3166-2, or ids.
        gazetteer: What opens the gazetteer.

    Raises:
        InputError: An id is none of a first-level unit.
    """
    ids: set[str] = set()
    names: set[tuple[str | None, str]] = set()
    for word in wanted:
        code = unit_of_iso(word) if _ISO_UNIT.fullmatch(word) else None
        if code is not None or _ID.fullmatch(word):
            word = code or word  # noqa: PLW2901
            place = gazetteer().find_id(word)
            if place is not None and unit_level(place.feature) != 1:
                raise InputError(
                    f"expected the id of a first-level unit, got {word}, which is {place.name} ({place.feature})"
                )
            ids.add(word)
            if place is not None:
                names.add((place.country, fold_name(place.name)))
            continue
        country, slash, name = word.partition("/")
        within = _find_country(country.strip(), gazetteer) if slash else None
        name = name if slash else country
        names.add((within, fold_name(name)))
        for place in gazetteer().search(name.strip(), limit=_MOST_FOUND):
            if unit_level(place.feature) == 1 and within in (None, place.country):
                ids.add(place.id)
                names.add((place.country, fold_name(place.name)))
    return Named(frozenset(ids), frozenset(names))


def find_places(wanted: Iterable[str], gazetteer: Callable[[], Gazetteer]) -> Named:
    """Return what places are: a name means every place that is called so, in any of its spellings.

    Args:
        wanted: Names or ids.
        gazetteer: What opens the gazetteer.
    """
    ids: set[str] = set()
    names: set[tuple[str | None, str]] = set()
    for word in wanted:
        if _ID.fullmatch(word):
            ids.add(word)
            continue
        names.add((None, fold_name(word)))
        ids.update(place.id for place in _called(gazetteer(), word))
    return Named(frozenset(ids), frozenset(names))


def _called(gazetteer: Gazetteer, name: str) -> list[Place]:
    return gazetteer.search(name, limit=_MOST_FOUND)
