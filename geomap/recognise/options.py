"""The places that a name can mean, with what resolution needs of each."""

from __future__ import annotations

import math
from functools import cache
from operator import itemgetter
from typing import TYPE_CHECKING, Final

from geomap.gazetteer.classes import place_type
from geomap.gazetteer.distance import distance_km
from geomap.gazetteer.importance import importance_of
from geomap.gazetteer.layout import ABBREVIATION, ADJECTIVE, ALTERNATE, MAIN, OWN

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from collections.abc import Set as AbstractSet

    from geomap.gazetteer.layout import Posting
    from geomap.gazetteer.traits import Area, Lineage, Traits

__all__ = ["SEAT", "Option", "area_level", "likely_postings", "rank_options"]

#: candidates kept for one name: the best by kind of name and population
_MOST_OPTIONS: Final = 48


def area_level(area: Area) -> int:
    """Return 0 for a country, 1 and 2 for its units."""
    return area.count("/")


class Option:
    """One place that a name can mean, with what resolution needs of it.

    ``in_country`` is its country, and whether it is this country itself; ``area`` the country or unit that it is itself;
    ``areas`` are what it lies in or is: country, unit, second-level unit. ``size`` is log10 of what it counts + 1;
    ``static`` are the features that no article changes.
    """

    __slots__ = (
        "_lat", "_lon", "area", "areas", "bits", "country", "id", "in_country", "population", "row", "size", "static", "subunit",
        "type", "unit",
    )  # fmt: skip

    def __init__(
        self,
        traits: Traits,
        kind: str,
        row: int,
        bits: int,
        size: float,
        static: tuple[tuple[str, float], ...],
    ) -> None:
        self.row = row
        self.bits = bits
        self.size = size
        self.static = static
        self.type = kind
        self.id, _, lineage, self.population, self._lat, self._lon, _ = traits
        self.country = whole = lineage.country
        self.unit = unit = lineage.unit
        self.subunit = subunit = lineage.subunit
        self.areas = lineage.areas
        self.in_country = (whole, kind == "country") if whole else None
        self.area: Area | None = None
        if kind == "country":
            self.area = whole
        elif kind == "adm1":
            self.area = unit
        elif kind == "adm2":
            self.area = subunit

    @property
    def point(self) -> tuple[float, float, float]:
        """The place as a unit vector, so that distances are a product away."""
        lat, lon = math.radians(self._lat), math.radians(self._lon)
        level = math.cos(lat)
        return level * math.cos(lon), level * math.sin(lon), math.sin(lat)


#: the feature of a town in a unit of the same name
SEAT: Final = ("seat", 1.0)
_PEOPLED: Final = frozenset(["country", "adm1", "adm2", "city"])
#: features of a kind of place: that it is one, and the name of the one that its size has
_TYPE_FEATURES: Final = {
    kind: ((f"type={kind}", 1.0), f"population&{kind}" if kind in _PEOPLED else "extent")
    for kind in ("country", "continent", "adm1", "adm2", "city", "quarter", "water", "region")
}
_MOST_POPULOUS: Final = ("most_populous", 1.0)
_NAME_FEATURES: Final = (
    (MAIN, ("main_name", 1.0)),
    (OWN, ("listed_name", 1.0)),
    (ADJECTIVE, ("adjective", 1.0)),
    (ABBREVIATION, ("abbreviation", 1.0)),
)


@cache
def _features_of_bits(bits: int) -> tuple[tuple[str, float], ...]:
    """Return the features of what a name is for a place."""
    return tuple(feature for bit, feature in _NAME_FEATURES if bits & bit)


def _static_features(
    rank: int, bits: int, kind: str, size: float, share: float
) -> tuple[tuple[str, float], ...]:
    type_feature, size_feature = _TYPE_FEATURES[kind]
    features = (
        type_feature,
        ("population", size),
        (size_feature, size),
        ("population_share", share),
        ("rank", 1.0 / (1 + rank)),
    )
    of_bits = _features_of_bits(bits)
    return (*features, _MOST_POPULOUS, *of_bits) if rank == 0 else features + of_bits


def likely_postings(postings: Sequence[Posting]) -> Sequence[Posting]:
    """Return what a name can mean, of postings in the order of the index, the likeliest first.

    An adjective ("English") stands for its country, not for a town.
    """
    adjectives = [
        item for item in postings if item[1] & ADJECTIVE and not item[1] & (MAIN | ALTERNATE)
    ]
    return adjectives or postings[:_MOST_OPTIONS]


#: a place among those of a name: minus what it counts, its id, what is known of it, its row, its bits, its type
_Ranked = tuple[float, str, "Traits", int, int, str]
_ORDER: Final = itemgetter(0, 1)


def _ranked(places: Iterable[tuple[Traits, int, int]]) -> list[_Ranked]:
    """Return places in the order of what they count; as bare tuples, for there are many."""
    ranked = []
    for traits, row, bits in places:
        id_, feature, _, population, _, _, radius = traits
        counts = float(population) if population else importance_of(feature, population, radius)
        ranked.append((-counts, id_, traits, row, bits, place_type(feature)))
    ranked.sort(key=_ORDER)
    return ranked


def rank_options(places: Iterable[tuple[Traits, int, int]]) -> tuple[Option, ...]:
    """Return the options of a name, most important first, from places with their rows and bits.

    Their ranks and shares are among those of the same type: a city does not vie with its state. A town in a unit of the same name
    is marked as its seat: "Kherson" alone is the city.
    """
    ranked = _ranked(places)
    totals: dict[str, list[float]] = {}
    for order, _, _, _, _, kind in ranked:
        totals.setdefault(kind, []).append(-order)
    shared = {kind: sum(each) or 1.0 for kind, each in totals.items()}
    taken: set[tuple[str | None, str | None]] = set()
    units: dict[str, Traits] = {}
    if not _UNIT_TYPES.isdisjoint(totals):
        for _, id_, traits, _, bits, kind in ranked:
            lineage = traits.lineage
            if bits & MAIN and kind in ("adm1", "country"):
                taken.add((lineage.country, lineage.first if kind == "adm1" else None))
            if bits & (MAIN | OWN) and kind in ("adm1", "adm2"):
                units[id_] = traits
    options = []
    ranks = dict.fromkeys(totals, 0)
    for order, _, traits, row, given, kind in ranked:
        rank = ranks[kind]
        ranks[kind] = rank + 1
        bits = given | _listed_as_main(traits.lineage, given, kind, taken) if given & OWN else given
        size = math.log10(1 - order)
        static = _static_features(rank, bits, kind, size, -order / shared[kind])
        if traits.feature == "PPLC":
            static += (("capital", 1.0),)
        if units and kind == "city" and _is_seat(traits, units):
            static += (SEAT,)
        options.append(Option(traits, kind, row, bits, size, static))
    return tuple(options)


#: types of places that others of their name can lie in
_UNIT_TYPES: Final = frozenset(["country", "adm1", "adm2"])


def _is_seat(town: Traits, units: Mapping[str, Traits]) -> bool:
    """Return whether a town lies in one of the units that share a name with it.

    By id; where a town's second-level unit is not known, or another source's, by distance.
    """
    lineage = town.lineage
    if lineage.first_id in units or lineage.second_id in units:
        return True
    return any(
        place_type(unit.feature) == "adm2"
        and unit.lineage.country == lineage.country
        and unit.lineage.first in (None, lineage.first)
        and distance_km(unit.lat, unit.lon, town.lat, town.lon) <= unit.radius_km
        for unit in units.values()
    )


def _listed_as_main(
    lineage: Lineage, bits: int, kind: str, taken: AbstractSet[tuple[str | None, str | None]]
) -> int:
    """Return the bit of a main name for one that our tables list, where that is for a town: a spelling of the news.

    But not where it is the main name of the unit or country around the town, as of New York.
    """
    if bits & ADJECTIVE or kind not in ("city", "quarter"):
        return 0
    if not taken:
        return MAIN
    around = {(lineage.country, lineage.first), (lineage.country, None)}
    return 0 if around & taken else MAIN
