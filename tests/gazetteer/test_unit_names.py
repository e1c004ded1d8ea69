"""Units are called with and without the word of the unit, in either order; what is no unit is called as listed."""

import csv
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geomap.gazetteer.keys import name_keys
from geomap.gazetteer.layout import GENERATED
from geomap.gazetteer.paths import table_path
from geomap.gazetteer.sources import SourcePlace
from geomap.gazetteer.unit_names import bare_unit_name, river_names, unit_names


def place_of(name, feature, country, *names):
    return SourcePlace(
        id="geonames:1", name=name, names=names, feature=feature, country=country, lat=1.0, lon=2.0
    )


def called(*arguments):
    return {name for _, name in unit_names(place_of(*arguments))}


@pytest.mark.parametrize(
    ("name", "country", "level", "expected"),
    [
        ("Province of Bukidnon", "PH", 2, "Bukidnon"),
        ("Bukidnon Province", "PH", 2, "Bukidnon"),
        ("Bukidnon province", "PH", 2, "Bukidnon"),
        ("Bukidnon", "PH", 2, "Bukidnon"),
        ("Pale Township", "MM", 3, "Pale"),
        ("Département du Nord", "HT", 1, "Nord"),
        ("Provincia de Mendoza", "AR", 1, "Mendoza"),
        ("Departamento del Cauca", "CO", 1, "Cauca"),
        ("Departamento de la Guajira", "CO", 1, "Guajira"),
        ("Département d'Artibonite", "HT", 1, "Artibonite"),
        ("Province of Laguna", "PH", 2, "Laguna"),
        ("Kabupaten Donggala", "ID", 2, "Donggala"),
        ("Shahrestan-e Tabriz", "IR", 2, "Tabriz"),
        ("Golog Autonomous Prefecture", "CN", 2, "Golog"),
        ("Kharkiv Oblast", "UA", 1, "Kharkiv"),
        ("Oblasttown", "UA", 1, "Oblasttown"),
        ("Oblast", "UA", 1, "Oblast"),
        ("Statesville", "IN", 1, "Statesville"),
        ("Province", "PH", 2, "Province"),
        ("Kharkiv Oblast", "UA", 4, "Kharkiv Oblast"),
        ("Kharkiv Oblast", "", 1, "Kharkiv Oblast"),
        ("", "UA", 1, ""),
    ],
)
def test_the_word_of_a_unit_is_taken_off(name, country, level, expected):
    assert bare_unit_name(name, country, level) == expected


def test_units_are_called_in_either_order():
    assert called("Bukidnon", "ADM2", "PH") == {"Bukidnon Province", "Province of Bukidnon"}
    assert called("Province of Bukidnon", "ADM2", "PH") == {
        "Bukidnon",
        "Bukidnon Province",
        "Province of Bukidnon",
    }


@pytest.mark.parametrize(
    ("name", "feature", "country", "expected"),
    [
        ("Clarke County", "ADM2", "US", {"Clarke"}),
        ("Orleans Parish", "ADM2", "US", {"Orleans"}),
        ("Ohio", "ADM1", "US", set()),
        ("Bukidnon Province", "PPL", "PH", set()),
        ("Bukidnon Province", "ADMD", "PH", set()),
        ("Somewhere", "ADM1", "ZZ", set()),
    ],
)
def test_counties_and_what_is_no_unit(name, feature, country, expected):
    assert called(name, feature, country) == expected


@pytest.mark.parametrize("name", ["Northern Province", "Central Province", "Eastern Province"])
def test_where_a_unit_lies_is_no_name_of_it(name):
    found = called(name, "ADM1", "ZM")
    assert name in found
    assert name.removesuffix(" Province") not in found
    assert bare_unit_name(name, "ZM", 1) == name.removesuffix(" Province")


def test_names_of_other_scripts_take_no_english_word():
    names = (("uk", "Харківська область"), ("en", "Kharkiv"), ("alt", "Charkow Oblast"))
    found = set(unit_names(place_of("Kharkiv Oblast", "ADM1", "UA", *names)))
    assert {("und", "Kharkiv"), ("und", "Kharkiv Region"), ("alt", "Charkow")} <= found
    assert not any("Харківська" in name for _, name in found)
    assert ("und", "Charkow Oblast") not in found


def test_a_unit_with_many_names_is_varied_a_few_times():
    names = tuple(("en", f"Name {letter}") for letter in "ABCDEFGHIJKLMNOPQRSTUVWXYZ")
    assert len(called("Kharkiv", "ADM1", "UA", *names)) < 40


with table_path("unit_words.csv").open(encoding="utf-8", newline="") as file:
    WORDS = list(csv.DictReader(file))


@pytest.mark.parametrize("row", WORDS, ids=lambda row: f"{row['country']}-{row['level']}")
def test_each_row_of_the_table_takes_its_words_off(row):
    country, level = row["country"], int(row["level"])
    for word in filter(None, row["words"].split("|")):
        assert bare_unit_name(f"Xyzzy {word}", country, level) == "Xyzzy"
    for word in filter(None, row["before"].split("|")):
        assert bare_unit_name(f"{word} of Xyzzy", country, level) == "Xyzzy"


@given(
    st.text(max_size=30), st.sampled_from([(row["country"], int(row["level"])) for row in WORDS])
)
def test_a_bare_name_is_part_of_the_name(name, unit):
    bare = bare_unit_name(name, *unit)
    assert bare in name
    assert bool(bare) == bool(name)


@pytest.mark.parametrize("name", ["Province " * 22, " " * 200, "of " * 66, "Province of " * 16])
def test_no_name_takes_long(name):
    begun = time.perf_counter()
    for country in ("PH", "AR", "RU"):
        list(unit_names(place_of(f"X{name}", "ADM1", country)))
    assert time.perf_counter() - begun < 1.0


def test_names_of_units_are_keys_of_the_index():
    keys = name_keys(place_of("Bukidnon", "ADM2", "PH"))
    assert {"bukidnon ", "bukidnon province ", "province of bukidnon "} <= set(keys)


def test_a_camp_is_called_without_the_word_too_where_nothing_lists_that():
    keys = name_keys(place_of("Dheisheh camp", "CMPRF", "PS", ("en", "Dheisheh refugee camp")))
    assert keys["dheisheh "] & GENERATED
    listed = name_keys(place_of("Zamzam", "CMPRF", "SD", ("en", "Zamzam camp")))
    assert not listed["zamzam "] & GENERATED
    assert "dheisheh " not in name_keys(place_of("Dheisheh camp", "PPL", "PS"))
    assert "e1 " not in name_keys(place_of("E1 camp", "CMP", "PS"))


@pytest.mark.parametrize(
    ("place", "names"),
    [
        (place_of("Benue River", "STM", None), ["River Benue"]),
        (place_of("Shebelle", "STM", None), ["River Shebelle", "Shebelle River"]),
        (place_of("Rio Bravo", "STM", "MX", ("en", "Grande River")), ["River Grande"]),
        (place_of("Wadi Hajr", "STM", "YE", ("ar", "وادي حجر")), []),
        (place_of("Tana River", "ADM1", "KE"), []),
    ],
)
def test_a_river_has_its_word_before_its_name_and_behind_it(place, names):
    assert list(river_names(place)) == names
    assert set(name_keys(place)) >= {f"{name.lower()} " for name in names}
