"""The places that a name can mean, with what resolution needs of each."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from geomap.gazetteer.compile import ABBREVIATION, ADJECTIVE, ALTERNATE, MAIN, OWN

if TYPE_CHECKING:
    from collections.abc import Set as AbstractSet

    from geomap.model import Place

__all__ = ["Area", "Option", "area_level", "likely_readings", "place_type", "rank_options"]

#: candidates kept for one name: the best by kind of name and population
_MOST_OPTIONS: Final = 48
_TYPES: Final = {
    "ADM1": "adm1", "ADM1H": "adm1", "TERR": "country", "CONT": "continent", "PPLX": "quarter",
}  # fmt: skip
_WATER: Final = frozenset(
    "STM STMX LK LKS RSV SEA OCN GULF BAY STRT CNL CHN MAR HBR SD FJD".split()
)


#: a country, a first-level or a second-level unit: "SY", "SY/04", "SY/04/0412"; a word, for words are
#: compared and looked up fastest
Area = str


def area_level(area: Area) -> int:
    """Return 0 for a country, 1 and 2 for its units."""
    return area.count("/")


def place_type(feature: str) -> str:
    """Return the coarse type of a feature code: country, adm1, adm2, city, quarter, water, region."""
    known = _TYPES.get(feature)
    if known:
        return known
    if feature.startswith("PCL"):
        return "country"
    if feature.startswith("ADM") and feature != "ADMD":
        return "adm2"
    if feature.startswith("PPL"):
        return "city"
    return "water" if feature in _WATER else "region"


@dataclass(frozen=True, slots=True, eq=False)
class Option:
    """One place that a name can mean, with what resolution needs of it."""

    row: int
    bits: int
    id: str
    type: str
    country: str | None
    in_country: tuple[str, bool] | None  # its country, and whether it is this country itself
    unit: Area | None
    subunit: Area | None
    area: Area | None  # the country or unit that it is itself
    areas: tuple[Area, ...]  # what it lies in or is: country, unit, second-level unit
    size: float  # log10(population + 1)
    point: tuple[float, float, float]  # unit vector: distances are a product away
    static: tuple[tuple[str, float], ...]  # features that no article changes


_PEOPLED: Final = frozenset(["country", "adm1", "adm2", "city"])


def _static_features(
    rank: int, bits: int, kind: str, size: float, share: float
) -> tuple[tuple[str, float], ...]:
    features = [
        (f"type={kind}", 1.0),
        ("population", size),
        (f"population&{kind}" if kind in _PEOPLED else "extent", size),
        ("population_share", share),
        ("rank", 1.0 / (1 + rank)),
    ]
    if rank == 0:
        features.append(("most_populous", 1.0))
    if bits & MAIN:
        features.append(("main_name", 1.0))
    if bits & OWN:
        features.append(("listed_name", 1.0))
    if bits & ADJECTIVE:
        features.append(("adjective", 1.0))
    if bits & ABBREVIATION:
        features.append(("abbreviation", 1.0))
    return tuple(features)


def likely_readings(places: list[tuple[Place, int, int]]) -> list[tuple[Place, int, int]]:
    """Return what a name can mean: an adjective ("English") stands for its country, not for a town."""
    adjectives = [
        item for item in places if item[2] & ADJECTIVE and not item[2] & (MAIN | ALTERNATE)
    ]
    if adjectives:
        return adjectives
    places.sort(key=lambda item: (not item[2] & (MAIN | OWN), -_importance(item[0]), item[0].id))
    return places[:_MOST_OPTIONS]


#: what a place counts as whose population no source gives: a small one of its kind, not an empty one
_UNCOUNTED: Final = {"adm1": 300_000.0, "adm2": 30_000.0, "city": 1_000.0, "quarter": 1_000.0}


def _importance(place: Place) -> float:
    """Return a place's population; for a region or a water, what its extent is worth.

    A region 100 km in radius counts like a town of 100,000, one of 1,000 km like ten millions: the
    exponent is that of the world's settlements and their units.
    """
    kind = place_type(place.feature)
    if place.population or kind not in ("region", "water", "continent"):
        return float(place.population) or _UNCOUNTED.get(kind, 0.0)
    return min(10.0 * place.radius_km**2, 1e8)


def rank_options(places: list[tuple[Place, int, int]]) -> tuple[Option, ...]:
    """Return the options of a name, most important first, from places with their rows and bits.

    Their ranks and shares are among those of the same type: a city does not vie with its state.
    """
    places.sort(key=lambda item: (-_importance(item[0]), item[0].id))
    taken = {
        (place.country, place.admin1 if kind == "adm1" else None)
        for place, _, bits in places
        if bits & MAIN and (kind := place_type(place.feature)) in ("adm1", "country")
    }
    among: dict[str, list[float]] = {}
    for place, _, _ in places:
        among.setdefault(place_type(place.feature), []).append(_importance(place))
    options = []
    ranks: dict[str, int] = {}
    for place, row, bits in places:
        kind = place_type(place.feature)
        rank = ranks[kind] = ranks.get(kind, -1) + 1
        total = sum(among[kind]) or 1.0
        options.append(_option(place, row, bits | _listed_as_main(place, bits, taken), rank, total))
    return tuple(options)


def _listed_as_main(
    place: Place, bits: int, taken: AbstractSet[tuple[str | None, str | None]]
) -> int:
    """Return the bit of a main name for one that our tables list for a town: a spelling of the news.

    But not where it is the main name of the unit or country around the town, as of New York.
    """
    if not bits & OWN or bits & ADJECTIVE or place_type(place.feature) not in ("city", "quarter"):
        return 0
    around = {(place.country, place.admin1), (place.country, None)}
    return 0 if around & taken else MAIN


def _option(place: Place, row: int, bits: int, rank: int, total: float) -> Option:
    kind = place_type(place.feature)
    importance = _importance(place)
    size = math.log10(importance + 1)
    lat, lon = math.radians(place.lat), math.radians(place.lon)
    whole = place.country or None
    unit = f"{whole}/{place.admin1}" if whole and place.admin1 else None
    subunit = f"{unit}/{place.admin2}" if unit and place.admin2 else None
    static = _static_features(rank, bits, kind, size, importance / total)
    if place.feature == "PPLC":
        static += (("capital", 1.0),)
    return Option(
        row=row,
        bits=bits,
        id=place.id,
        type=kind,
        country=place.country,
        in_country=(whole, kind == "country") if whole else None,
        unit=unit,
        subunit=subunit,
        area={"country": whole, "adm1": unit, "adm2": subunit}.get(kind),
        areas=tuple(area for area in (whole, unit, subunit) if area),
        size=size,
        point=(
            math.cos(lat) * math.cos(lon),
            math.cos(lat) * math.sin(lon),
            math.sin(lat),
        ),
        static=static,
    )
