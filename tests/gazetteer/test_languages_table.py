"""languages.csv: names alone, in the languages that it is for, of places that others have."""

import csv
import re
from pathlib import Path

import pytest

TABLE = Path(__file__).resolve().parents[2] / "gazetteer" / "languages.csv"
NAME_FORM = re.compile(
    r"(?:ar|de|es|fr|ku|ru|tr|uk|adj-(?:ar|de|es|fr|ru|tr|uk)|gen-de):\S(?:.*\S)?"
)
EMPTY = "name lat lon feature admin1 admin2 population radius_km remark".split()

with TABLE.open(encoding="utf-8", newline="") as stream:
    ROWS = list(csv.DictReader(stream))


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["id"])
def test_a_row_holds_names_alone(row):
    names = row["names"].split("|")
    assert [name for name in names if not NAME_FORM.fullmatch(name)] == []
    assert len(set(names)) == len(names)
    assert [row[column] for column in EMPTY] == [""] * len(EMPTY)


def test_rows_are_sorted_and_extend_known_places(gazetteer):
    ids = [row["id"] for row in ROWS]
    assert ids == sorted(set(ids))
    places = {place.id: place for place in map(gazetteer.place, range(len(gazetteer)))}
    assert [key for key in ids if key not in places] == []
    assert [
        row["id"] for row in ROWS if row["country"] not in ("", places[row["id"]].country)
    ] == []


def test_adjectives_stand_for_no_name_of_their_own(gazetteer):
    assert gazetteer.find("syrische ") == []
    [(row, _bits)] = gazetteer.find("\x03syrische ")
    assert gazetteer.place(row).country == "SY"
