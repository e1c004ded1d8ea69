"""Units are shown under the names that English reporting has for them; the listed ones find them, too."""

import csv

import pytest

from geomap.gazetteer.classes import unit_level
from geomap.gazetteer.paths import table_path
from geomap.gazetteer.sources.place import SourcePlace
from geomap.gazetteer.unit_display import LISTED, with_plain_names


def unit(name, country="ID", *, number=1, feature="ADM2"):
    return SourcePlace(id=f"geonames:{number}", name=name, country=country, feature=feature)


def shown(*units):
    return [place.name for place in with_plain_names(units)]


@pytest.mark.parametrize(
    ("listed", "country", "name"),
    [
        ("Kabupaten Nduga", "ID", "Nduga"),
        ("Ngari Diqu", "CN", "Ngari"),
        ("Yushu Zangzu Zizhizhou", "CN", "Yushu"),
        ("Province du Yatenga", "BF", "Yatenga"),
        ("Province of Bukidnon", "PH", "Bukidnon"),
        ("Arrondissement du Trou du Nord", "HT", "Trou du Nord"),
        ("Comuna Zvoriştea", "RO", "Zvoriştea"),
        ("Kapan Municipality", "AM", "Kapan Municipality"),
        ("Kota", "ID", "Kota"),
    ],
)
def test_words_of_the_language_are_left_out(listed, country, name):
    assert shown(unit(listed, country)) == [name]


def test_two_units_of_one_name_are_told_apart():
    one = unit("Kabupaten Bandung")
    assert shown(one, unit("Kota Bandung", number=2)) == ["Bandung Regency", "Bandung City"]
    assert shown(one, unit("Bandung City", number=2)) == ["Bandung Regency", "Bandung City"]


def test_names_are_left_where_no_word_tells_them_apart():
    communes = [unit("Comuna Alba", "RO"), unit("Oraş Alba", "RO", number=2)]
    assert shown(*communes) == ["Comuna Alba", "Oraş Alba"]


def test_a_town_keeps_its_name():
    assert shown(unit("Kota Bangun", feature="PPL")) == ["Kota Bangun"]


def test_the_listed_name_stays_a_name():
    [place] = with_plain_names([unit("Kabupaten Nduga")])
    assert place.names == ((LISTED, "Kabupaten Nduga"),)


@pytest.mark.parametrize("name", ["Nduga", "Kabupaten Nduga", "Nduga Regency"])
def test_every_form_finds_the_unit(gazetteer, name):
    places = [gazetteer.place(row) for row, _ in gazetteer.lookup(name)]
    assert [place.name for place in places if place.feature == "ADM2"] == ["Nduga"]


def test_towns_are_in_units_of_the_name_that_is_shown(gazetteer):
    [timika] = gazetteer.search("Timika", limit=1)
    assert timika.admin2 == "Mimika"
    assert gazetteer.find_id(timika.admin2_id).name == "Mimika"


def test_rows_are_sorted_and_have_words():
    with table_path("display_words.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    keys = [tuple(row.values()) for row in rows]
    assert keys == sorted(set(keys))
    assert all(row["before"] or row["behind"] for row in rows)
    assert all(unit_level(f"ADM{row['level']}") == int(row["level"]) for row in rows)
