"""Names of countries and places in the languages of the map's page, from our own tables.

Writes ``geomap/webmap/local_names.json``: names of countries by their ISO codes, and of other places by their ids,
for each language the first one that a table has and that a map of today shows. Run it when a table has changed::

    python gazetteer/build/local_names.py
"""

from __future__ import annotations

import csv
import json
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
TABLES = ROOT / "gazetteer"
TARGET = ROOT / "geomap" / "webmap" / "local_names.json"
LANGUAGES = ("ar", "de", "fr", "tr")
#: tables of places, the ones that win first
PLACES = ("exonyms", "languages", "conflict", "regions")
#: names of the past, and loose or solemn ones: people find places by them, a map of today does not show them
UNSHOWN = {
    "de": frozenset(
        "Bundesrepublik Deutschland|Amerika|Konstantinopel|Adrianopel|Trapezunt|Antiochia|Reval|Wilna|Agram|Laibach|Neusatz|Pressburg|"
        "Königsberg|Lodsch|Ostrau|Brünn|Stettin|Danzig|Temeswar|Klausenburg|Tsingtau|Tschungking|Drontheim|Eriwan|Kischinau".split(
            "|"
        )
    ),
    "fr": frozenset(
        "Amérique|Édesse|Smyrne|Alexandrette|Trébizonde|Andrinople|Moukden|Tourane|Kharkov".split(
            "|"
        )
    ),
    "tr": frozenset(["Amerika", "Türkiye Cumhuriyeti"]),
    "ar": frozenset(["أمريكا", "أميركا", "امريكا"]),
}


def names_by_language(cell: str) -> dict[str, str]:
    """The first name of each language of a cell such as ``fr:La Mecque|de:Mekka``."""
    found: dict[str, str] = {}
    for item in cell.split("|"):
        language, colon, name = item.partition(":")
        if colon and language in LANGUAGES and name.strip() not in UNSHOWN[language]:
            found.setdefault(language, name.strip())
    return found


def read_table(name: str) -> list[dict[str, str]]:
    """The rows of one of our tables."""
    with (TABLES / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def build() -> dict[str, dict[str, dict[str, str]]]:
    """The names by language: of countries (English too), and of places."""
    countries: dict[str, dict[str, str]] = {language: {} for language in ("en", *LANGUAGES)}
    places: dict[str, dict[str, str]] = {language: {} for language in LANGUAGES}
    for row in read_table("countries"):
        if not row["country"] or not row["feature"].startswith(("PCL", "TERR")):
            continue
        for language, name in ({"en": row["name"]} | names_by_language(row["names"])).items():
            countries[language].setdefault(row["country"], name)
    for table in PLACES:
        for row in read_table(table):
            for language, name in names_by_language(row["names"]).items():
                places[language].setdefault(row["id"], name)
    return {"countries": countries, "places": places}


def main() -> None:
    """Write the file."""
    text = json.dumps(build(), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    TARGET.write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
