"""theatres/districts.csv: units that other tables lack; and the official units that are found by their bare names."""

import csv
import importlib.util
import sys
from collections import Counter
from pathlib import Path

import pytest

from geomap.gazetteer.classes import unit_level
from geomap.text import fold_name

ROOT = Path(__file__).resolve().parents[2]
BUILD = ROOT / "gazetteer" / "build"
with (ROOT / "gazetteer" / "theatres" / "districts.csv").open(encoding="utf-8", newline="") as file:
    ROWS = list(csv.DictReader(file))


@pytest.fixture(scope="module")
def official():
    """Return the script that counts official units."""
    sys.path.insert(0, str(BUILD))
    try:
        spec = importlib.util.spec_from_file_location("official", BUILD / "official.py")
        module = importlib.util.module_from_spec(spec)
        sys.modules["official"] = module
        spec.loader.exec_module(module)
    finally:
        sys.path.remove(str(BUILD))
    return module


def test_rows_are_sorted_units_with_a_point_a_radius_and_what_confirms_them():
    assert [row["id"] for row in ROWS] == sorted({row["id"] for row in ROWS})
    assert {unit_level(row["feature"]) for row in ROWS} == {2, 3}
    assert {row["status"] for row in ROWS} == {"listed", "one", "outline", "package"}
    wrong = [
        row["id"]
        for row in ROWS
        if not (
            abs(float(row["lat"])) <= 90
            and abs(float(row["lon"])) <= 180
            and float(row["radius_km"]) > 0
        )
    ]
    assert wrong == []


def test_nepal_has_its_77_districts_in_seven_provinces(gazetteer):
    rows = [row for row in ROWS if row["country"] == "NP"]
    assert Counter(row["admin1"] for row in rows) == {
        "Koshi": 14,
        "Madhesh": 8,
        "Bagmati": 13,
        "Gandaki": 11,
        "Lumbini": 12,
        "Karnali": 10,
        "Sudurpashchim": 9,
    }
    for name in ("Gorkha", "Rolpa", "Jajarkot", "Rukum West", "Sindhupalchok", "Nawalparasi"):
        places = [gazetteer.place(row) for row, _ in gazetteer.lookup(name)]
        units = [p for p in places if p.feature == "ADM2" and p.country == "NP"]
        assert len(units) == 1, name
        assert units[0].admin1, name
        assert units[0].radius_km > 10, name


def test_official_units_are_found_by_their_bare_names(official, gazetteer):
    found = Counter()
    total = Counter()
    for unit in official.read_by_hand():
        total[unit.country] += 1
        found[unit.country] += official.find_unit(gazetteer, unit)[1]
    assert {
        country: count for country, count in found.items() if count < 0.95 * total[country]
    } == {}
    assert sum(total.values()) > 3000


def test_a_unit_counts_as_found_only_in_its_country(official, gazetteer):
    def found(country, name, level=2):
        return official.find_unit(gazetteer, official.Official(country, level, "", (name,), ""))

    assert found("SD", "Kosti") == (True, True)
    assert found("KE", "Kosti") == (False, False)
    assert found("UA", "Lyman", 1) == (False, True)


def test_no_row_is_a_common_first_name():
    names = {fold_name(row["name"]) for row in ROWS}
    assert names.isdisjoint(["dale", "robe", "ale", "bore", "sara", "dara"])
