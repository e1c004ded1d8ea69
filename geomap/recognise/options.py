"""The places that a name can mean, with what resolution needs of each."""

from __future__ import annotations

import math
from functools import cache
from operator import itemgetter
from typing import TYPE_CHECKING, Final

from geomap.gazetteer.classes import is_facility, place_type
from geomap.gazetteer.distance import distance_km
from geomap.gazetteer.importance import importance_of
from geomap.gazetteer.layout import ABBREVIATION, ADJECTIVE, ALTERNATE, MAIN, OWN
from geomap.runtime.memo import Memo

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from collections.abc import Set as AbstractSet

    from geomap.gazetteer.layout import Posting
    from geomap.gazetteer.traits import Area, Lineage, Traits

__all__ = [
    "TOWN_TYPES",
    "Option",
    "OptionScorer",
    "area_level",
    "likely_postings",
    "rank_options",
]

#: types of places that people live at, and that are no units
TOWN_TYPES: Final = frozenset(["city", "quarter"])
#: types of places that are units of a country
UNIT_TYPES: Final = frozenset(["adm1", "adm2"])

#: candidates kept for one name: the best by kind of name and population
_MOST_OPTIONS: Final = 48


def area_level(area: Area) -> int:
    """Return 0 for a country, 1 and 2 for its units."""
    return area.count("/")


class Option:
    """One place that a name can mean, with what resolution needs of it.

    ``in_country`` is its country, and whether it is this country itself; ``area`` the country or unit that it is itself;
    ``areas`` are what it lies in or is: country, unit, second-level unit. ``size`` is log10 of what it counts + 1, ``share`` its share
    of what places of its type and name count, ``rank`` its number among these.
    """

    __slots__ = (
        "_lat", "_lon", "area", "areas", "bits", "country", "id", "in_country", "population", "profile", "rank", "row", "share",
        "size", "subunit", "type", "unit",
    )  # fmt: skip

    def __init__(
        self, traits: Traits, profile: Profile, row: int, size: float, share: float, rank: int
    ) -> None:
        self.row = row
        self.profile = profile
        self.bits = profile.bits
        self.type = kind = profile.kind
        self.size = size
        self.share = share
        self.rank = rank
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
    def static(self) -> tuple[tuple[str, float], ...]:
        """The features that no article changes, in the order in which they are added up."""
        profile, size = self.profile, self.size
        return (
            (profile.type_feature, 1.0),
            ("population", size),
            (profile.size_feature, size),
            ("population_share", self.share),
            ("rank", 1.0 / (1 + self.rank)),
            *((feature, 1.0) for feature in profile.others),
        )

    @property
    def is_capital(self) -> bool:
        """Whether it is the capital of its country."""
        return self.profile.is_capital

    @property
    def is_facility(self) -> bool:
        """Whether it is something built that has a name of its own, such as a hospital."""
        return self.profile.is_facility

    @property
    def is_seat(self) -> bool:
        """Whether it is a town in a unit of the same name."""
        return self.profile.is_seat

    @property
    def is_called_bare(self) -> bool:
        """Whether it is a district or province that news calls by its name alone."""
        return self.profile.is_called_bare

    @property
    def point(self) -> tuple[float, float, float]:
        """The place as a unit vector, so that distances are a product away."""
        lat, lon = math.radians(self._lat), math.radians(self._lon)
        level = math.cos(lat)
        return level * math.cos(lon), level * math.sin(lon), math.sin(lat)

    def distance_km(self, other: Option) -> float:
        """Return how far two places are apart in kilometres."""
        return self.distance_from(other._lat, other._lon)

    def distance_from(self, lat: float, lon: float) -> float:
        """Return how far the place is from a point in kilometres."""
        return distance_km(self._lat, self._lon, lat, lon)


_PEOPLED: Final = frozenset(["country", "adm1", "adm2", "city"])
_NAME_FEATURES: Final = (
    (MAIN, "main_name"),
    (OWN, "listed_name"),
    (ADJECTIVE, "adjective"),
    (ABBREVIATION, "abbreviation"),
)


#: what a bare name means first of what it can mean
_MEANT: Final = frozenset(["called_bare", "over_alias", "over_village"])


class Profile:
    """What places share of the features that no article changes: their names and the values of those that are there or not.

    One object for all that share them; ``others`` are the features that are there.
    """

    __slots__ = (
        "bits", "is_called_bare", "is_capital", "is_facility", "is_seat", "kind", "others", "size_feature", "type_feature",
    )  # fmt: skip

    def __init__(
        self,
        kind: str,
        bits: int,
        first: bool,  # noqa: FBT001
        is_capital: bool,  # noqa: FBT001
        is_seat: bool,  # noqa: FBT001
        bare: str,
        is_facility: bool,  # noqa: FBT001
    ) -> None:
        self.kind = kind
        self.bits = bits
        self.is_capital = is_capital
        self.is_seat = is_seat
        self.is_facility = is_facility
        self.is_called_bare = bare in _MEANT
        self.type_feature = f"type={kind}"
        self.size_feature = f"population&{kind}" if kind in _PEOPLED else "extent"
        self.others = (
            *(["most_populous"] if first else []),
            *(feature for bit, feature in _NAME_FEATURES if bits & bit),
            *(["capital"] if is_capital else []),
            *(["seat"] if is_seat else []),
            *([bare] if bare else []),
        )


_profile_of: Final = cache(Profile)


class OptionScorer:
    """Adds up the weights of the features that no article changes.

    Args:
        weights: The weights, by feature.
    """

    def __init__(self, weights: Mapping[str, float]) -> None:
        self._weight = weight = weights.get
        self._population = weight("population", 0.0)
        self._share = weight("population_share", 0.0)
        self._rank = weight("rank", 0.0)
        self._profiles = Memo(self._weigh, _MOST_PROFILES)

    def _weigh(self, profile: Profile) -> tuple[float, float, list[float]]:
        """Return the weights of a profile: of its type, of its size, of the others."""
        weight = self._weight
        others = [weight(feature, 0.0) for feature in profile.others]
        return weight(profile.type_feature, 0.0), weight(profile.size_feature, 0.0), others

    def score(self, option: Option) -> float:
        """Return the sum of the weights of a place's features: of ``option.static``, in this order."""
        total, by_size, others = self._profiles[option.profile]
        size = option.size
        total += self._population * size
        total += by_size * size
        total += self._share * option.share
        total += self._rank * (1.0 / (1 + option.rank))
        for weight in others:
            total += weight
        return total


#: profiles whose weights are kept: there are some hundreds
_MOST_PROFILES: Final = 10_000


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
    if not _HOLDING_TYPES.isdisjoint(totals):
        for _, id_, traits, _, bits, kind in ranked:
            lineage = traits.lineage
            if bits & MAIN and kind in ("adm1", "country"):
                taken.add((lineage.country, lineage.first if kind == "adm1" else None))
            if bits & (MAIN | OWN) and kind in UNIT_TYPES:
                units[id_] = traits
    is_country = any(bits & MAIN and kind == "country" for _, _, _, _, bits, kind in ranked)
    options = []
    ranks = dict.fromkeys(totals, 0)
    for order, _, traits, row, given, kind in ranked:
        rank = ranks[kind]
        ranks[kind] = rank + 1
        bits = given | _listed_as_main(traits.lineage, given, kind, taken) if given & OWN else given
        is_seat = bool(units) and kind == "city" and _is_seat(traits, units)
        bare = (
            _standing(traits, given, ranked, units, is_country=is_country)
            if kind in _LEVELS
            else ""
        )
        if is_country and kind in _SMALL and not traits.population:
            bare = "below_country"  # Panama is no quarter of Tumaco
        is_built = is_facility(traits.feature)
        profile = _profile_of(
            kind, bits, rank == 0, traits.feature == "PPLC", is_seat, bare, is_built
        )
        share = -order / shared[kind]
        options.append(Option(traits, profile, row, math.log10(1 - order), share, rank))
    return tuple(options)


#: types of places that hardly vie with a country of their name where nobody counts who lives there
_SMALL: Final = TOWN_TYPES | {"region"}
#: types of places that others of their name can lie in
_HOLDING_TYPES: Final = UNIT_TYPES | {"country"}


#: where news calls districts, counties or provinces by their bare names, of the feature code that it does so with: "soldiers died in Kathua", in Lamu,
#: in Narathiwat. Elsewhere a bare name is the town's first
_HABITS: Final[Mapping[str | None, str]] = {
    **dict.fromkeys(("BD", "IN", "MW", "NP", "UG"), "ADM2"),
    **dict.fromkeys(("KE", "TH"), "ADM1"),
}
#: a town of more people is meant by its name, whatever lies around it
_LARGE_TOWN: Final = 200_000
#: and in these countries one of more people than this: Chiang Mai, Dimapur; but Garissa is the county
_CITIES_FIRST: Final = frozenset(["IN", "TH"])
_CITY: Final = 100_000


_LEVELS: Final = frozenset(["adm1", "adm2"])
#: a village of fewer people, that is seat of nothing, hides no province around it
_SMALL_TOWN: Final = 10_000


def _standing(
    unit: Traits,
    given: int,
    ranked: Sequence[_Ranked],
    units: Mapping[str, Traits],
    *,
    is_country: bool,
) -> str:
    """Return the feature of a unit that is meant by its bare name, or is not; "" for others.

    ``called_bare``: so news of its country calls such units, and no large town has the name. ``over_village``: a first-level unit in
    which none but villages are called like it. ``over_alias``: it is called so, and towns in it by another name first, as Akkar
    and its seat Halba. ``below_namesake``: a payam, commune or tehsil in the county or district of its name.
    """
    if unit.feature == "ADM3":
        around = units.get(unit.lineage.second_id or "")
        return "below_namesake" if around is not None and around.feature == "ADM2" else ""
    country = unit.lineage.country
    towns = [
        (traits, bits)
        for _, _, traits, _, bits, kind in ranked
        if kind == "city" and traits.lineage.country == country
    ]
    if _HABITS.get(country) == unit.feature:
        large = _CITY if country in _CITIES_FIRST else _LARGE_TOWN
        is_large = any(town.population >= large for town, _ in towns)
        return "" if is_large else "called_bare"
    if unit.feature not in ("ADM1", "ADM2"):
        return ""
    inside = [
        (town, bits)
        for town, bits in towns
        if unit.id in (town.lineage.first_id, town.lineage.second_id)
    ]
    if not inside:
        return ""
    if is_country:
        return ""  # "floods in Guatemala" are no department's
    is_city = any(town.population >= _LARGE_TOWN for town, _ in inside)  # Davao is Davao City
    if given & (MAIN | OWN) and not is_city and not any(bits & (MAIN | OWN) for _, bits in inside):
        return "over_alias"
    is_village = (town.feature == "PPL" and town.population < _SMALL_TOWN for town, _ in inside)
    return "over_village" if unit.feature == "ADM1" and all(is_village) else ""


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
    if bits & ADJECTIVE or kind not in TOWN_TYPES:
        return 0
    if not taken:
        return MAIN
    around = {(lineage.country, lineage.first), (lineage.country, None)}
    return 0 if around & taken else MAIN
