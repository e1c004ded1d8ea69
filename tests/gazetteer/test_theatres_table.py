"""The tables of theatres hold places alone."""

import csv
import re

import pytest

from geomap.gazetteer.paths import table_path

TABLES = sorted(table_path("theatres").glob("*.csv"))
ARMED = re.compile(r"\b(?:battalion|brigade|regiment|infantry division|LIB|LID) ?\d|\d(?:st|nd|rd|th) (?:[\w]+ )*(?:battalion|brigade|division|regiment)\b", re.IGNORECASE)  # fmt: skip
HOUSES = re.compile(r"\b(?:base|barracks|camp|garrison|headquarters|hq|post)\b", re.IGNORECASE)


def rows_of(table):
    with table.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.stem)
def test_no_battalion_is_a_place(table):
    named = [
        (row["id"], name)
        for row in rows_of(table)
        if row["feature"] in ("INSM", "MIL", "MILB", "NVB")
        for name in (row["name"], *(form.partition(":")[2] for form in row["names"].split("|")))
    ]
    assert [item for item in named if ARMED.search(item[1]) and not HOUSES.search(item[1])] == []


def test_there_are_tables():
    assert len(TABLES) >= 30
    assert sum(len(rows_of(table)) for table in TABLES) > 65_000
