"""Which places a phrase means that it does not say: the town and not the province, the other side of a border.

"20 km south of Kherson" is seen from the town, "the border of Kharkiv and Luhansk" is that of the regions, and "close
to Mali" lies in the neighbour that the text is about.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, Final

from geomap.gazetteer.distance import distance_km
from geomap.relations.directions import DIRECTION
from geomap.relations.patterns import Pattern
from geomap.relations.spots import is_country, is_town
from geomap.relations.vocabulary import FILL, KIND

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geomap.gazetteer import Gazetteer
    from geomap.model import Place, Resolution
    from geomap.relations.spots import Phrase

__all__ = [
    "find_meant_places",
    "find_neighbour",
    "find_place_beside",
    "has_neighbours",
    "is_about_a_border",
]

#: a mention in the same sentence tells as much about the other side of a border as so many elsewhere
_NEARBY: Final = 5
_SENTENCE: Final = 200
#: so many mentions before and behind one tell which country the text is about
_AROUND: Final = 150
#: relations that are seen from a town rather than from the province that is called like it
_SEEN_FROM_A_POINT: Final = frozenset(
    ["distance", "direction", "offset", "near", "between", "along"]
)
#: between a border and the town near which a stretch of it is meant
_BESIDE: Final = Pattern(
    rf",?\s+(?:crossing\s+|area\s+|region\s+)?(?:near|at|close\s+to|opposite|outside|(?:just\s+)?{DIRECTION}\s+of)\s+{FILL}",
    re.IGNORECASE,
)
#: a unit of unknown size is no wider than this
_UNIT_KM: Final = 30.0
#: between a town and the border that it lies on
_LIES: Final = Pattern(
    rf"(?:\s+{KIND})?,?\s+(?:(?:that|which)\s+)?(?:is\s+|lies\s+|lying\s+|sits\s+|located\s+|situated\s+|itself\s+|just\s+|right\s+|directly\s+)*"
    r"(?:(?:the|an?|its)\s+)?(?:[\w'’-]+\s+){0,3}?",
    re.IGNORECASE,
)
#: movement to a border says nothing of where it begins
_LEADS_AWAY: Final = Pattern(r"(?:to|towards?|into|from|across|via|over)\b", re.IGNORECASE)
_UNIT_WORD: Final = Pattern(
    r"\b(?:provinces?|governorates?|districts?|count(?:y|ies)|states?|regions?|prefectures?|oblasts?|townships?|departments?"
    r"|territor(?:y|ies)|municipalit(?:y|ies)|divisions?|woredas?|raions?|zones?)\b",
    re.IGNORECASE,
)
#: a phrase that says so means the town, whatever else it says
_TOWN_WORD: Final = Pattern(
    r"\b(?:city|cities|towns?|villages?|capital|port|cent(?:er|re)|seat)\b", re.IGNORECASE
)


def find_meant_places(
    text: str, phrase: Phrase, resolutions: Sequence[Resolution], gazetteer: Gazetteer | None
) -> list[Place | None]:
    """Return the places that a phrase is about, its anchor first: towns for distances, units for borders."""
    named = [resolutions[row] for row in (phrase.anchor, *phrase.others)]
    if gazetteer is not None:
        if phrase.type in _SEEN_FROM_A_POINT and not _names_a_unit(text, phrase):
            return [_find_seat(item, gazetteer) for item in named]
        if phrase.others and (phrase.type == "border" or phrase.is_from_border):
            places = [_find_unit_of(item, gazetteer) for item in named]
            return [
                _find_country_beside(item, place, places, gazetteer)
                for item, place in zip(named, places, strict=True)
            ]
    return [item.place for item in named]


def _find_seat(item: Resolution, gazetteer: Gazetteer) -> Place | None:
    """Return the town in a unit that is called as the unit is: distances are from towns, not from units."""
    unit = item.place
    if unit is None or not unit.feature.startswith("ADM"):
        return unit
    namesakes = (gazetteer.place(row) for row, _ in gazetteer.lookup(item.mention.surface))
    towns = [
        town
        for town in namesakes
        if is_town(town) and town.country == unit.country and _holds(unit, town)
    ]
    return max(towns, key=lambda town: (town.population, town.id), default=unit)


def _names_a_unit(text: str, phrase: Phrase) -> bool:
    """Return whether a phrase says that it means the unit: "north of Idlib province", "from the border of Idlib"."""
    if phrase.is_from_border:
        return True
    if _TOWN_WORD.search(text, phrase.start, phrase.end):
        return False
    return _UNIT_WORD.search(text, phrase.start, phrase.end) is not None


def _find_unit_of(item: Resolution, gazetteer: Gazetteer) -> Place | None:
    """Return the unit that is called as a town is: units have borders, and towns have not."""
    town = item.place
    if town is None or not is_town(town):
        return town
    namesakes = (gazetteer.place(row) for row, _ in gazetteer.lookup(item.mention.surface))
    units = (
        unit
        for unit in namesakes
        if unit.feature.startswith("ADM") and unit.country == town.country and _holds(unit, town)
    )
    return min(units, key=lambda unit: (unit.feature, unit.id), default=town)


def _find_country_beside(
    item: Resolution, place: Place | None, places: Sequence[Place | None], gazetteer: Gazetteer
) -> Place | None:
    """Return the country that is called as a unit is, where a border with the unit's own country is meant.

    No unit has a border with the country that it is a part of: "the Niger-Nigeria border".
    """
    from geomap.outlines import border_lines  # noqa: PLC0415 - reads the outlines

    if place is None or is_country(place):
        return place
    own = [
        other for other in places if other and is_country(other) and other.country == place.country
    ]
    if not own or own[0].country is None:
        return place
    namesakes = (gazetteer.place(row) for row, _ in gazetteer.lookup(item.mention.surface))
    for country in namesakes:
        if (
            is_country(country)
            and country.country
            and border_lines(own[0].country, country.country)
        ):
            return country
    return place


def _holds(unit: Place, town: Place) -> bool:
    """Return whether a town lies in a unit, as the gazetteer has it, or as near as the unit is wide."""
    if unit.feature == "ADM1":
        return town.admin1_id == unit.id or town.admin1 == unit.name
    return distance_km(unit.lat, unit.lon, town.lat, town.lon) <= max(unit.radius_km, _UNIT_KM)


def is_about_a_border(phrase: Phrase, place: Place) -> bool:
    """Return whether a phrase means a border, or the land beside one: "close to Mali", "30 km from Mali"."""
    if phrase.type == "border" or phrase.is_from_border:
        return True
    if phrase.form == "coast":
        return False
    return phrase.type in ("near", "distance") and is_country(place)


def has_neighbours(place: Place) -> bool:
    """Return whether a country borders on another on land, as far as geomap has its outline."""
    from geomap.outlines import border_lines  # noqa: PLC0415 - reads the outlines

    return bool(place.country and border_lines(place.country))


def find_place_beside(text: str, phrase: Phrase, resolutions: Sequence[Resolution]) -> Place | None:
    """Return the town or the unit that tells which stretch of a border is meant.

    It stands behind ("the border near Kobani") or before ("Kobani, on the border with").
    """
    last = max(phrase.anchor, *phrase.others) if phrase.others else phrase.anchor
    for item in resolutions[last + 1 : last + 3]:
        if item.place is not None and _has_a_stretch(item):
            gap = text[phrase.end : item.mention.start]
            if _BESIDE.fullmatch(gap):
                return item.place
            break
    if _LEADS_AWAY.match(text, phrase.start):
        return None
    first = min(phrase.anchor, *phrase.others) if phrase.others else phrase.anchor
    for item in reversed(resolutions[max(0, first - 2) : first]):
        if item.place is not None and _has_a_stretch(item):
            gap = text[item.mention.end : phrase.start]
            return item.place if _LIES.fullmatch(gap) else None
    return None


def _has_a_stretch(item: Resolution) -> bool:
    """Return whether a mention is one of a town, a post or a unit, which tells where on a border something is."""
    place = item.place
    if place is None or item.mention.kind != "literal":
        return False
    return is_town(place) or place.feature.startswith(("ADM", "PST"))


def find_neighbour(
    place: Place, resolutions: Sequence[Resolution], row: int, beside: Place | None = None
) -> str | None:
    """Return the country that the text around a mention is about on the other side of its border.

    It is that of a town on the border, where one is named; the text around decides otherwise.
    """
    from geomap.outlines import border_lines  # noqa: PLC0415 - reads the outlines

    if not place.country or not is_country(place):
        return None
    if beside is not None and beside.country and border_lines(place.country, beside.country):
        return beside.country
    votes: Counter[str] = Counter()
    start = resolutions[row].mention.start
    for item in resolutions[max(0, row - _AROUND) : row + _AROUND]:
        if item.place is None or item.mention.kind == "embedded":
            continue
        country = item.place.country
        if country and country != place.country:
            near = abs(item.mention.start - start) <= _SENTENCE
            votes[country] += _NEARBY if near else 1
    for country, _ in sorted(votes.items(), key=lambda pair: (-pair[1], pair[0])):
        if border_lines(place.country, country):
            return country
    return None
