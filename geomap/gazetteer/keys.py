"""The keys of a place's names: what the trie of an index holds, each with its bits."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING, Final

from geomap.gazetteer.classes import is_country, unit_level
from geomap.gazetteer.layout import (
    ABBREVIATION,
    ADJECTIVE,
    ALTERNATE,
    EXACT_MARK,
    GENERATED,
    LOOSE_MARK,
    MAIN,
    OTHER_MARK,
    OWN,
)
from geomap.gazetteer.spellings import LANGUAGES, generate_spellings
from geomap.gazetteer.unit_display import LISTED
from geomap.gazetteer.unit_names import (
    bare_river_names,
    facility_names,
    height_names,
    river_names,
    short_names,
    unit_names,
)
from geomap.text import arabic_key, fold_name, has_case

if TYPE_CHECKING:
    from collections.abc import Mapping

    from geomap.gazetteer.sources.place import SourcePlace

__all__ = ["ARABIC_COUNTRIES", "name_keys"]

ARABIC_COUNTRIES: Final = frozenset(
    "AE BH DJ DZ EG EH IQ JO KW LB LY MA MR OM PS QA SA SD SO SY TN YE".split()
)
#: loose keys shorter than this fit too many words
_LOOSE_LETTERS: Final = 4
_LONGEST_NAME: Final = 80
_SHORTEST_NAME: Final = 2
#: from here on a single letter is a name (Chinese, Japanese)
_IDEOGRAMS: Final = 0x2E80


def _is_written_name(name: str) -> bool:
    """Return whether people write a name so, which is not a code or a machine transliteration.

    GeoNames' alternate names hold airport codes ("PAR") and lower-case transliterations from
    other scripts ("basrt"); neither stands for a place in prose.
    """
    if not _SHORTEST_NAME <= len(name) <= _LONGEST_NAME:
        return False
    if name.isascii():
        return not name.islower() and not name.isupper() and name.lower() != name
    cased = [char for char in name if has_case(char)]
    return not cased or any(char.isupper() for char in cased)


#: compass words that are cut to a letter before the names of countries and units: "N. Korea", "S. Darfur"
_COMPASS: Final = {"north ": "n ", "south ": "s ", "east ": "e ", "west ": "w "}


def _shortened(folded: str, place: SourcePlace) -> str | None:
    """Return the name of a country or first-level unit with its compass word cut to a letter."""
    if not (is_country(place.feature) or unit_level(place.feature) == 1):
        return None
    for word, letter in _COMPASS.items():
        if folded.startswith(word):
            return letter + folded[len(word) :]
    return None


#: what two names say: "Dniprovskyi district of Kherson" is a name and its town
_OF_TOWN: Final = re.compile(r"\S.* (?:district|quarter|neighbou?rhood|raion) of [A-Z]")


def name_keys(place: SourcePlace) -> dict[str, int]:
    """Return the keys of a place's names, each with its bits."""
    keys: dict[str, int] = defaultdict(int)
    arabic = place.country in ARABIC_COUNTRIES
    own_bit = OWN if place.own else 0
    written: dict[str, tuple[str, str]] = {}
    # what a unit is shown as, where words were taken off its listed name, is a town's name first
    main = "known" if any(lang == LISTED for lang, _ in place.names) else "main"
    for lang, name in ((main, place.name), *unit_names(place), *place.names):
        if lang == "abbr":
            keys[EXACT_MARK + name] |= ABBREVIATION | own_bit
            continue
        if lang.startswith(("adj-", "gen-")):
            keys[f"{OTHER_MARK}{fold_name(name)} "] |= ADJECTIVE if lang < "b" else OWN
            continue
        if (lang == "alt" and not _is_written_name(name)) or _OF_TOWN.match(name):
            continue
        folded = fold_name(name)
        if len(folded) < _SHORTEST_NAME and not (folded and ord(folded[0]) > _IDEOGRAMS):
            continue
        bit = _BITS.get(lang, OWN)
        if lang in _OWN_TOO:
            bit |= own_bit
        keys[folded + " "] |= bit
        if folded + " " not in written or not name.isascii():
            written[folded + " "] = name, lang
        short = _shortened(folded, place) if bit & (MAIN | OWN) else None
        if short is not None:
            keys[short + " "] |= OWN
        if arabic and lang != "adj" and folded.isascii():
            loose = arabic_key(folded)
            if len(loose) >= _LOOSE_LETTERS:
                keys[f"{LOOSE_MARK}{loose} "] |= bit
    _add_spellings(keys, written, place.country)
    for name in short_names(place):  # a town may be called so as well
        keys.setdefault(f"{fold_name(name)} ", GENERATED | OWN)
    if place.country == "PH" and place.name.endswith(" City"):
        keys[f"{fold_name(place.name.removesuffix(' City'))} "] |= MAIN  # Davao is Davao City first
    for name in (*bare_river_names(place), *height_names(place), *facility_names(place)):
        keys.setdefault(f"{fold_name(name)} ", GENERATED | OWN)
    for name in river_names(place):
        keys.setdefault(f"{fold_name(name)} ", OWN)
    return keys


def _add_spellings(
    keys: dict[str, int], written: Mapping[str, tuple[str, str]], country: str
) -> None:
    """Add the spellings that rules give of listed names; nothing that is listed itself.

    ``written`` holds the name behind each key as its source writes it, and the language that it is marked with.
    """
    if country not in LANGUAGES:
        return
    listed = [key for key, bits in keys.items() if bits & (MAIN | OWN) and key[0] > OTHER_MARK]
    for key in listed:
        name, mark = written.get(key, (key[:-1], ""))
        for spelling in generate_spellings(name, country, mark):
            keys.setdefault(spelling + " ", GENERATED | OWN)


_BITS: Final = {
    "main": MAIN,
    LISTED: MAIN,
    "adj": ADJECTIVE,
    "alt": ALTERNATE,
    "known": ALTERNATE,
    "rule": GENERATED | OWN,
}
_OWN_TOO: Final = frozenset(["main", "adj", LISTED])
