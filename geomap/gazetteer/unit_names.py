"""What units are called beside their listed names: with and without the unit word, in either order.

The words that a country uses for its units stand in ``unit_words.csv``: behind the name ("Bukidnon
Province") and before it ("Province of Bukidnon").
"""

from __future__ import annotations

import csv
import re
from functools import cache
from typing import TYPE_CHECKING, Final, NamedTuple

from geomap.gazetteer.classes import CITIES_APART, unit_level
from geomap.gazetteer.paths import table_path

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from geomap.gazetteer.sources.place import SourcePlace

__all__ = [
    "bare_river_names",
    "bare_unit_name",
    "facility_names",
    "height_names",
    "river_names",
    "short_names",
    "unit_names",
    "unit_word_level",
]

#: languages whose names take English unit words
_LATIN: Final = frozenset(
    ["main", "listed", "en", "und", "fr", "es", "pt", "tr", "ku", "so", "id", "alt"]
)
_MOST_VARIED: Final = 6
#: where a unit lies among others is its name only together with the word of the unit ("Northern Province")
_POSITIONS: Final = frozenset(
    "central centre east eastern lower middle north north-east north-eastern north-west north-western northeast northeastern "
    "northern northwest northwestern south south-east south-eastern south-west south-western southeast southeastern southern "
    "southwest southwestern upper west western capital federal metropolitan national".split()
)
#: a link between a unit word before a name and the name
_LINKS: Final = r"(?:-y?e)?\s+(?:(?:of|de|du|des|del|da|do)\s+(?:(?:la|los|las)\s+)?|d['’]\s*)?"


class _Words(NamedTuple):
    """What units of a country's level are called: behind and before their names."""

    behind: tuple[str, ...]
    before: tuple[str, ...]


@cache
def _pattern_of(words: _Words) -> re.Pattern[str]:
    """Return the pattern that takes these words off a name."""
    either = "|".join(
        re.escape(word) for word in sorted({*words.behind, *words.before}, key=len)[::-1]
    )
    return re.compile(
        rf"(?:(?:{either}){_LINKS}(?P<after>\S.*)|(?P<name>\S.*?)\s+(?:{either}))$",
        re.IGNORECASE,
    )


@cache
def _words_of() -> Mapping[tuple[str, int], _Words]:
    found = {}
    with table_path("unit_words.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            behind = tuple(filter(None, row["words"].split("|")))
            before = tuple(filter(None, row["before"].split("|")))
            found[row["country"], int(row["level"])] = _Words(behind, before)
    return found


def unit_word_level(country: str | None, word: str) -> int:
    """Return the level of a country's units that are called by a word; 0 where none are.

    >>> unit_word_level("HT", "Department"), unit_word_level("US", "Department")
    (1, 0)
    """
    for (owner, level), words in _words_of().items():
        if owner == country and word in words.behind:
            return level
    return 0


def bare_unit_name(name: str, country: str, level: int) -> str:
    """Return a unit's name without the word that says what unit it is.

    >>> bare_unit_name("Province of Bukidnon", "PH", 2), bare_unit_name("Pale Township", "MM", 3)
    ('Bukidnon', 'Pale')
    """
    words = _words_of().get((country, level))
    match = _pattern_of(words).match(name) if words else None
    return (match["after"] or match["name"]) if match else name


def unit_names(place: SourcePlace) -> Iterator[tuple[str, str]]:
    """Yield the further names of a unit, with their languages; none for what is no unit."""
    level = unit_level(place.feature)
    if not level:
        return
    if place.country == "US":
        yield from _county_names(place)
        return
    words = _words_of().get((place.country, level))
    if words is None:
        return
    if place.id in CITIES_APART:
        return  # "the Moscow region", "Leningrad Oblast" are around the city that is a unit itself
    listed = [("main", place.name), *place.names]
    varied = 0
    for lang, name in listed:
        if lang not in _LATIN or not name[:1].isalpha():
            continue
        bare = bare_unit_name(name, place.country, level)
        if bare != name and bare.lower() not in _POSITIONS:
            yield "alt" if lang == "alt" else "und", bare
        if lang == "alt" or varied >= _MOST_VARIED:
            continue
        varied += 1
        yield from (("und", f"{bare} {word}") for word in words.behind)
        yield from (("und", f"{word} of {bare}") for word in words.before)


_RIVER: Final = re.compile(r"^(?P<name>.{3,40}?) River$")
_BARE_RIVER: Final = re.compile(
    r"^(?:(?P<name>.{4,40}?) River|(?:R[ií]o|Rivi[eè]re|River)(?: d[eu]s?)? (?P<other>.{4,40}))$",
    re.IGNORECASE,
)
#: words for a river in a name: what has one is called by it already
_WATER: Final = re.compile(
    r"\b(?:rivers?|creek|stream|wadi|canal|r[ií]o|rivi[eè]re|nahr|khwar|rud|oued|fleuve|khor)\b",
    re.IGNORECASE,
)
_ARTICLE: Final = re.compile("^[Tt]he ")


def river_names(place: SourcePlace) -> Iterator[str]:
    """Yield what a river is called with its word before or behind it: "River Benue", "Benue River"."""
    if place.feature != "STM":
        return
    for lang, name in [("main", place.name), *place.names]:
        if lang not in _LATIN or not name.isascii():
            continue
        name = _ARTICLE.sub("", name)  # noqa: PLW2901
        match = _RIVER.match(name)
        if match:
            yield f"River {match['name']}"
        elif not _WATER.search(name):
            yield f"River {name}"
            yield f"{name} River"


def bare_river_names(place: SourcePlace) -> Iterator[str]:
    """Yield what a river is called behind an article: "the Ulúa burst its banks"."""
    if place.feature != "STM":
        return
    for lang, name in [("main", place.name), *place.names]:
        match = _BARE_RIVER.match(_ARTICLE.sub("", name)) if lang in _LATIN else None
        bare = match and (match["name"] or match["other"])
        if bare and bare.lower() not in _POSITIONS and not _ADJECTIVES.fullmatch(bare):
            yield bare


#: rivers so called need their word: "the White River"
_ADJECTIVES: Final = re.compile(
    r"(?:the )?(?:white|black|red|blue|green|yellow|big|little|great|grand|grande|negro|verde|blanco|rojo|noire|blanche|rouge|old|new|wild|clear|"
    r"salt|snake|bear|deer|elk|sand|rock|stone|mud|cold|hot|dry|long|high|wood|mill|pine|oak|fish|bird|wolf|eagle)",
    re.IGNORECASE,
)


_HEIGHT: Final = re.compile(
    r"(?:the )?(?:jabal|jebel|djebel|jbel|mount|mt\.?|monte|cerro|koh-e|kuh-e|volc[aá]n(?: de)?)\s+(?P<name>.{3,40})|(?P<other>.{3,40}?)(?: (?:hills?|mountains?|volcano|peak))?",
    re.IGNORECASE,
)
_HEIGHTS: Final = {
    "MT": ("mountain",),
    "MTS": ("mountain", "mountains"),
    "HLL": ("hill",),
    "HLLS": ("hills",),
    "VLC": ("volcano",),
}


def height_names(place: SourcePlace) -> Iterator[str]:
    """Yield what a mountain or hill is called with the word for it behind its name: "Nuqum mountain", "the Guazapa volcano"."""
    for word in _HEIGHTS.get(place.feature, ()):
        for lang, name in [("main", place.name), *place.names]:
            match = _HEIGHT.fullmatch(name) if lang in _LATIN else None
            if match:
                yield f"{match['name'] or match['other']} {word}"


#: words for the same thing, at the end of a facility's name
_SAME: Final = (
    ("Nuclear Power Plant", "Nuclear Power Station", "nuclear plant", "nuclear power station", "NPP"),
    ("Thermal Power Plant", "Thermal Power Station", "power plant", "power station", "TPP"),
    ("Air Base", "Airbase", "Air Force Base", "military airport"),
    ("Border Crossing", "Crossing", "border post", "crossing point", "border crossing point"),
    ("Hospital", "Medical Complex", "Medical Center", "Medical Centre"),
)  # fmt: skip


def facility_names(place: SourcePlace) -> Iterator[str]:
    """Yield what a plant, a base or a crossing is called with other words for the same: "Zaporizhzhia NPP", "the Zaporizhzhia nuclear plant"."""
    if unit_level(place.feature) or place.feature[:3] in ("PPL", "PCL"):
        return
    names = [name for lang, name in [("main", place.name), *place.names] if lang in _LATIN]
    for words in _SAME:
        for name in names:
            ending = next(
                (word for word in words if name.lower().endswith(f" {word.lower()}")), None
            )
            if ending is not None:
                yield from (f"{name[: -len(ending)]}{word}" for word in words if word != ending)


#: what is left off the name of a camp
_CAMP: Final = re.compile(r"\s+(?:(?:refugees?|IDPs?|displacement)\s+)?camps?$", re.IGNORECASE)
_SHORTEST_CAMP: Final = 5
_DISTRICT: Final = re.compile(r"\s+(?:city )?(?:district|quarter|neighbou?rhood)$", re.IGNORECASE)


def short_names(place: SourcePlace) -> Iterator[str]:
    """Yield what a camp or a city's district is called alone ("soldiers raided Dheisheh", "the Saltivskyi and Kyivskyi districts")."""
    is_camp = place.feature.startswith("CMP") or (place.own and place.feature == "PPL")
    word = _CAMP if is_camp else _DISTRICT
    if word is _CAMP or place.feature == "PPLX":
        for lang, name in [("main", place.name), *place.names]:
            bare = word.sub("", name)
            if lang in _LATIN and bare != name and len(bare) >= _SHORTEST_CAMP:
                yield bare


def _county_names(place: SourcePlace) -> Iterator[tuple[str, str]]:
    """Yield what a county of the United States is called beside others ("Clarke and Oconee")."""
    if place.feature == "ADM2":
        for word in (" County", " Parish"):
            if place.name.endswith(word):
                yield "alt", place.name.removesuffix(word)
