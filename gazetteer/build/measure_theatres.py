"""Measure the tables of theatres against points that somebody else published; nothing is taken from these.

    python gazetteer/build/measure_theatres.py --postal UA-postal.txt --places sudan-places.geojson --units sudan-units.csv

Compared are names that stand once in the other source and once in ours, so that no nearest namesake flatters: GeoNames' postal
places of Ukraine by their Ukrainian name, OpenStreetMap's places of Sudan and OCHA's localities by any name.
"""

from __future__ import annotations

import argparse
import csv
import json
from collections import defaultdict
from pathlib import Path
from statistics import median, quantiles
from typing import TYPE_CHECKING

from schema import TABLES, distance_km, fold, read_rows

if TYPE_CHECKING:
    from collections.abc import Mapping

Point = tuple[float, float]
Found = dict[str, list[Point]]


def our_points(country: str, languages: frozenset[str], *, units: bool) -> Found:
    """Return our points that no package gave, by folded name in some languages ("" for the main one)."""
    found: Found = defaultdict(list)
    for path in sorted((TABLES / "theatres").glob("*.csv")):
        for row in read_rows(path):
            is_unit = row["feature"].startswith("ADM")
            if row["country"] != country or is_unit != units or row["status"] == "package":
                continue
            forms = [form.partition(":") for form in row["names"].split("|")]
            names = {fold(name) for lang, _, name in forms if lang in languages}
            if "" in languages:
                names.add(fold(row["name"]))
            for name in names - {""}:
                found[name].append((float(row["lat"]), float(row["lon"])))
    return found


def postal_points(path: Path) -> Found:
    """Return GeoNames' postal places by name, each once for its places at least 2 km apart."""
    found: Found = defaultdict(list)
    with path.open(encoding="utf-8") as file:
        for cells in csv.reader(file, delimiter="\t", quoting=csv.QUOTE_NONE):
            point = float(cells[9]), float(cells[10])
            known = found[fold(cells[2])]
            if all(distance_km(*point, *other) > 2 for other in known):
                known.append(point)
    return found


def geojson_points(path: Path) -> Found:
    """Return the places of a GeoJSON file by each of their names."""
    found: Found = defaultdict(list)
    for feature in json.loads(path.read_bytes())["features"]:
        lon, lat = feature["geometry"]["coordinates"]
        properties = feature["properties"]
        for name in {properties.get(key) for key in ("name", "name:en", "name:ar")}:
            if name:
                found[fold(name)].append((lat, lon))
    return found


def unit_points(path: Path) -> Found:
    """Return second-level units by their names."""
    found: Found = defaultdict(list)
    for row in read_rows(path):
        if row["level"] == "2":
            for name in (row["name"], row["name_ar"]):
                found[fold(name)].append((float(row["lat"]), float(row["lon"])))
    return found


def bare(points: Mapping[str, list[Point]]) -> Found:
    """Return points under names without the word that says what unit it is."""
    return {
        name.removesuffix(" locality").removeprefix("محلية "): value
        for name, value in points.items()
    }


def compare(what: str, ours: Mapping[str, list[Point]], theirs: Mapping[str, list[Point]]) -> str:
    """Return a row of the report: how far apart the names are that both have once."""
    apart = [
        distance_km(*points[0], *theirs[name][0])
        for name, points in ours.items()
        if len(points) == 1 and len(theirs.get(name, ())) == 1
    ]
    if len(apart) < 2:
        return f"| {what} | {len(apart)} | | | | |"
    quarters = quantiles(apart, n=4)
    within = [sum(km <= most for km in apart) / len(apart) for most in (10, 25)]
    return (
        f"| {what} | {len(apart)} | {median(apart):.1f} | {quarters[2]:.1f} "
        f"| {within[0]:.0%} | {within[1]:.0%} |"
    )


def main() -> None:
    """Print a table of what could be compared."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--postal", type=Path, help="GeoNames' postal places of Ukraine")
    parser.add_argument("--places", type=Path, help="places of Sudan as GeoJSON")
    parser.add_argument("--units", type=Path, help="localities of Sudan as CSV")
    options = parser.parse_args()
    rows: list[str] = [
        "| compared | names | median km | three quarters within, km | within 10 km | within 25 km |",
        "|---|---|---|---|---|---|",
    ]
    any_name = frozenset(["", "en", "ar"])
    if options.postal:
        ours = our_points("UA", frozenset(["uk"]), units=False)
        rows.append(
            compare("Ukraine: GeoNames' postal places", ours, postal_points(options.postal))
        )
    if options.places:
        ours = our_points("SD", any_name, units=False)
        rows.append(compare("Sudan: OpenStreetMap's places", ours, geojson_points(options.places)))
    if options.units:
        ours = bare(our_points("SD", any_name, units=True))
        rows.append(compare("Sudan: OCHA's localities", ours, bare(unit_points(options.units))))
    print("\n".join(rows))


if __name__ == "__main__":
    main()
