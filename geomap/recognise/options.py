"""The places that a name can mean, with what resolution needs of each."""

from __future__ import annotations

import math
from functools import cache
from operator import itemgetter
from typing import TYPE_CHECKING, Final, NamedTuple

from geomap.gazetteer.classes import place_type
from geomap.gazetteer.distance import distance_km
from geomap.gazetteer.importance import importance_of
from geomap.gazetteer.layout import ABBREVIATION, ADJECTIVE, ALTERNATE, MAIN, OWN

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from collections.abc import Set as AbstractSet

    from geomap.gazetteer.layout import Posting
    from geomap.model import Place

__all__ = ["SEAT", "Area", "Option", "area_level", "likely_postings", "rank_options"]

#: candidates kept for one name: the best by kind of name and population
_MOST_OPTIONS: Final = 48


#: a country, a first-level or a second-level unit: "SY", "SY/geonames:172957"; units whose id nobody knows go by
#: name; a word, for words are compared and looked up fastest
Area = str


def area_level(area: Area) -> int:
    """Return 0 for a country, 1 and 2 for its units."""
    return area.count("/")


class Option:
    """One place that a name can mean, with what resolution needs of it.

    ``in_country`` is its country, and whether it is this country itself; ``area`` the country or unit that it is itself;
    ``areas`` are what it lies in or is: country, unit, second-level unit. ``size`` is log10(population + 1), ``point`` a unit vector,
    so that distances are a product away; ``static`` are the features that no article changes.
    """

    __slots__ = (
        "area", "areas", "bits", "country", "id", "in_country", "point", "row", "size", "static", "subunit", "type", "unit",
    )  # fmt: skip

    def __init__(
        self,
        place: Place,
        *,
        row: int,
        bits: int,
        size: float,
        static: tuple[tuple[str, float], ...],
    ) -> None:
        self.row = row
        self.bits = bits
        self.size = size
        self.static = static
        self.id = place.id
        self.type = kind = place_type(place.feature)
        self.country = whole = place.country
        lat, lon = math.radians(place.lat), math.radians(place.lon)
        level = math.cos(lat)
        self.point = (level * math.cos(lon), level * math.sin(lon), math.sin(lat))
        self.in_country: tuple[str, bool] | None = None
        self.unit: Area | None = None
        self.subunit: Area | None = None
        self.areas: tuple[Area, ...] = ()
        if whole:
            self.in_country = whole, kind == "country"
            self.areas = (whole,)
            first = place.admin1_id or place.admin1
            if first:
                self.unit = unit = f"{whole}/{first}"
                self.areas = whole, unit
                second = place.admin2_id or place.admin2
                if second:
                    self.subunit = subunit = f"{unit}/{second}"
                    self.areas = whole, unit, subunit
        self.area: Area | None = None
        if kind == "country":
            self.area = whole
        elif kind == "adm1":
            self.area = self.unit
        elif kind == "adm2":
            self.area = self.subunit


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


class _Ranked(NamedTuple):
    """A place among those of a name, by what it counts."""

    order: float
    id: str
    place: Place
    row: int
    bits: int
    kind: str
    importance: float


def _ranked(place: Place, row: int, bits: int) -> _Ranked:
    importance = importance_of(place.feature, place.population, place.radius_km)
    return _Ranked(-importance, place.id, place, row, bits, place_type(place.feature), importance)


_ORDER: Final = itemgetter(0, 1)


def rank_options(places: Iterable[tuple[Place, int, int]]) -> tuple[Option, ...]:
    """Return the options of a name, most important first, from places with their rows and bits.

    Their ranks and shares are among those of the same type: a city does not vie with its state. A town in a unit of the same name
    is marked as its seat: "Kherson" alone is the city.
    """
    ranked = sorted((_ranked(*item) for item in places), key=_ORDER)
    taken = {
        (place.country, _first_unit(place) if kind == "adm1" else None)
        for _, _, place, _, bits, kind, _ in ranked
        if bits & MAIN and kind in ("adm1", "country")
    }
    totals: dict[str, list[float]] = {}
    for item in ranked:
        totals.setdefault(item.kind, []).append(item.importance)
    shared = {kind: sum(each) or 1.0 for kind, each in totals.items()}
    units = {
        place.id: place
        for _, _, place, _, bits, kind, _ in ranked
        if bits & (MAIN | OWN) and kind in ("adm1", "adm2")
    }
    options = []
    ranks: dict[str, int] = {}
    for _, _, place, row, given, kind, importance in ranked:
        rank = ranks[kind] = ranks.get(kind, -1) + 1
        bits = given | _listed_as_main(place, given, kind, taken)
        size = math.log10(importance + 1)
        static = _static_features(rank, bits, kind, size, importance / shared[kind])
        if place.feature == "PPLC":
            static += (("capital", 1.0),)
        if units and kind == "city" and _is_seat(place, units):
            static += (SEAT,)
        options.append(Option(place, row=row, bits=bits, size=size, static=static))
    return tuple(options)


def _is_seat(town: Place, units: Mapping[str, Place]) -> bool:
    """Return whether a town lies in one of the units that share a name with it.

    By id; where a town's second-level unit is not known, or another source's, by distance.
    """
    if town.admin1_id in units or town.admin2_id in units:
        return True
    return any(
        place_type(unit.feature) == "adm2"
        and unit.country == town.country
        and _first_unit(unit) in (None, _first_unit(town))
        and distance_km(unit.lat, unit.lon, town.lat, town.lon) <= unit.radius_km
        for unit in units.values()
    )


def _listed_as_main(
    place: Place, bits: int, kind: str, taken: AbstractSet[tuple[str | None, str | None]]
) -> int:
    """Return the bit of a main name for one that our tables list for a town: a spelling of the news.

    But not where it is the main name of the unit or country around the town, as of New York.
    """
    if not bits & OWN or bits & ADJECTIVE or kind not in ("city", "quarter"):
        return 0
    if not taken:
        return MAIN
    around = {(place.country, _first_unit(place)), (place.country, None)}
    return 0 if around & taken else MAIN


def _first_unit(place: Place) -> str | None:
    return place.admin1_id or place.admin1
