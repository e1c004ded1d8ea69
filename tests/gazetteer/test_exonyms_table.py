"""exonyms.csv: what great cities are called at home, in other languages and in the past."""

import csv
import re
from pathlib import Path

import pytest

from geomap.gazetteer.layout import MAIN, OWN

TABLE = Path(__file__).resolve().parents[2] / "gazetteer" / "exonyms.csv"
NAME_FORM = re.compile(r"(?!ad|ab|al|ge)[a-z]{2}:\S(?:.*\S)?")
EMPTY = "name lat lon feature admin1 admin2 population radius_km remark".split()

with TABLE.open(encoding="utf-8", newline="") as stream:
    ROWS = list(csv.DictReader(stream))


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["id"])
def test_a_row_holds_names_alone(row):
    names = row["names"].split("|")
    assert [name for name in names if not NAME_FORM.fullmatch(name)] == []
    assert len({name.partition(":")[2].casefold() for name in names}) == len(names)
    assert [row[column] for column in EMPTY] == [""] * len(EMPTY)


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["id"])
def test_a_row_gives_a_known_city_names_of_its_own(gazetteer, row):
    number = gazetteer.row_of_id(row["id"])
    assert gazetteer.place(number).country == row["country"]
    names = [name.partition(":")[2] for name in row["names"].split("|")]
    assert [name for name in names if not dict(gazetteer.lookup(name))[number] & OWN] == []


def test_rows_are_sorted():
    ids = [row["id"] for row in ROWS]
    assert ids == sorted(set(ids))


def test_a_city_keeps_its_name(gazetteer):
    florence = gazetteer.row_of_id("geonames:3176959")
    bits = dict(gazetteer.lookup("Florence"))[florence]
    assert (gazetteer.place(florence).name, bits & MAIN) == ("Florence", MAIN)


CALLED = {
    "AT": ("Vienna", "Wien"),
    "BE": ("Brussels", "Bruxelles Brussel"),
    "CD": ("Kinshasa", "Léopoldville Leopoldville"),
    "CH": ("Geneva", "Genève Genf"),
    "CN": ("Beijing", "Peking Pechino"),
    "CZ": ("Prague", "Praha Prag"),
    "DE": ("Munich", "München Monachium"),
    "DK": ("Copenhagen", "København"),
    "DZ": ("Algiers", "Alger"),
    "EG": ("Cairo", "Le_Caire El_Cairo Al-Qahira"),
    "ES": ("Sevilla", "Seville"),
    "ET": ("Addis Ababa", "Addis-Abeba"),
    "GR": ("Athens", "Athina"),
    "IL": ("Jerusalem", "Al-Quds Yerushalayim"),
    "IN": ("Kolkata", "Calcutta Kalkutta"),
    "IQ": ("Baghdad", "Bagdad"),
    "IT": ("Milan", "Milano"),
    "MM": ("Yangon", "Rangoon"),
    "NL": ("The Hague", "Den_Haag"),
    "PL": ("Warsaw", "Warszawa"),
    "PT": ("Lisbon", "Lisboa"),
    "RO": ("Bucharest", "București"),
    "RS": ("Belgrade", "Beograd"),
    "RU": ("Saint Petersburg", "Sankt-Peterburg Leningrad"),
    "SD": ("Khartoum", "Jartum"),
    "SE": ("Gothenburg", "Göteborg"),
    "SO": ("Mogadishu", "Mogadiscio"),
    "SY": ("Damascus", "Damas"),
    "TD": ("N'Djamena", "Fort-Lamy"),
    "TR": ("Istanbul", "Constantinople"),
    "UA": ("Kyiv", "Kyjiv Kiev Kiew"),
    "VN": ("Ho Chi Minh City", "Saigon"),
}


@pytest.mark.parametrize("country", sorted(CALLED))
def test_a_great_city_is_called_by_its_other_names(gazetteer, country):
    name, others = CALLED[country]
    for other in others.split():
        found = [
            gazetteer.place(row)
            for row, bits in gazetteer.lookup(other.replace("_", " "))
            if bits & OWN
        ]
        assert (country, name) in {(place.country, place.name) for place in found}, other


@pytest.mark.parametrize("name", "Canton Salisbury Smyrna Syracuse Roma Rom Gorky Singapur".split())
def test_a_name_that_news_means_otherwise_is_left_out(name):
    listed = {form.partition(":")[2] for row in ROWS for form in row["names"].split("|")}
    assert name not in listed
