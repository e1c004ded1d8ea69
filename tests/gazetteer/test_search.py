"""Search: a name as it is written, in another spelling, or with a slip; and all of a place."""

import pytest

from geomap.errors import InputError
from geomap.gazetteer import Index
from geomap.gazetteer.build import build_index
from geomap.gazetteer.layers import Layers
from geomap.gazetteer.search import search_places, show_place, skeleton
from geomap.gazetteer.sources import SourcePlace


def place_of(number, name, country, *names, at=(10.0, 20.0), **fields):
    return SourcePlace(
        id=f"geonames:{number}",
        name=name,
        country=country,
        names=names,
        lat=at[0],
        lon=at[1],
        feature=fields.pop("feature", "PPL"),
        source="made up",
        **fields,
    )


PLACES = (
    place_of(1, "Al Fashir", "SD", ("alt", "El Fashir"), population=260_000, at=(13.63, 25.35)),
    place_of(2, "Kupiansk", "UA", population=27_000),
    place_of(3, "Mekelle", "ET", ("abbr", "MKL"), population=310_000),
    place_of(4, "Springfield", "US", population=150_000, at=(37.2, -93.3)),
    place_of(5, "Springfield", "US", population=110_000, at=(39.8, -89.6)),
    place_of(6, "Springfield", "GB", population=10, at=(55.0, -3.0)),
    place_of(7, "Simpson Town", "US", ("alt", "Springfield"), population=900_000),
    place_of(8, "Deir ez-Zor", "SY", ("ar", "دير الزور"), population=240_000, admin1="Deir"),
    place_of(9, "Mosul", "IQ", ("adj", "Moslawi"), population=1_700_000),
    place_of(10, "Bösel", "DE", population=7_000),
    place_of(11, "Paris", "FR", population=2_100_000),
)


@pytest.fixture(scope="module")
def small(tmp_path_factory):
    folder = tmp_path_factory.mktemp("search") / "small"
    return Index(
        build_index(PLACES, folder, description={"title": "small"}, phrases=["Paris Pact"])
    )


def numbers(found):
    return [int(match.place.id.partition(":")[2]) for match in found]


@pytest.mark.parametrize(
    ("name", "number", "how"),
    [
        ("Al Fashir", 1, "exact"),
        ("al-fashir", 1, "exact"),
        ("AL FASHIR", 1, "exact"),
        ("El Fashir", 1, "listed"),
        ("El Fasher", 1, "spelling"),
        ("MKL", 3, "listed"),
        ("دير الزور", 8, "listed"),
        ("Dayr al-Zawr", 8, "loose"),
        ("Moslawi", 9, "listed"),
        ("bosel", 10, "exact"),
    ],
)
def test_a_name_is_found_as_it_is_written(small, name, number, how):
    [match] = search_places(small, name)
    assert (numbers([match]), match.how, match.name) == ([number], how, name)


@pytest.mark.parametrize(
    ("name", "number"),
    [
        ("Fasher", 1), ("Fashir", 1), ("Kupyansk", 2), ("Mekele", 3), ("Mekelle", 3), ("Meqele", 3),
        ("Mosull", 9), ("Mosl", 9), ("Mousl", 9), ("Bosul", 9), ("Msoul", 9), ("Parsi", 11), ("Sprigfield", 4),
    ],
)  # fmt: skip
def test_a_name_in_another_spelling_or_with_a_slip(small, name, number):
    assert number in numbers(search_places(small, name, fuzzy=True))


@pytest.mark.parametrize("name", ["Kupansk", "Sprigfield", "Parsi", "mkl", "Qwrtz"])
def test_slips_are_found_only_when_they_are_wanted(small, name):
    assert search_places(small, name) == []


@pytest.mark.parametrize("name", ["Qwrtzpl", "X", "MO", "é" * 400, "\x01", "Paris Pact"])
def test_what_is_like_no_name_gives_nothing(small, name):
    found = search_places(small, name, fuzzy=True) if name != "\x01" else []
    assert [match for match in found if match.likeness > 95] == []


def test_the_best_known_comes_first_and_the_likelier_before_the_less_like(small):
    assert numbers(search_places(small, "Springfield")) == [4, 5, 6, 7]
    assert numbers(search_places(small, "Springfield", limit=2)) == [4, 5]
    assert search_places(small, "Paris", fuzzy=True)[0].how == "exact"
    assert numbers(search_places(small, "Sprigfield", fuzzy=True)) == [7, 4, 5, 6]


def test_places_of_some_countries(small):
    assert numbers(search_places(small, "Springfield", countries={"GB", "FR"})) == [6]
    assert search_places(small, "Springfield", countries={"DE"}) == []


def test_places_near_a_point(small):
    assert numbers(search_places(small, "Springfield", near=(39.8, -89.6, 100))) == [5]
    assert numbers(search_places(small, "Springfield", near=(38.5, -91.5, 400))) == [4, 5]


@pytest.mark.parametrize("name", ["", " ", "--", "'"])
def test_a_name_is_needed(small, name):
    with pytest.raises(InputError, match="expected a name to search for, got "):
        search_places(small, name)


def test_a_place_is_found_once_in_a_stack_of_layers(small):
    stack = Layers((small, small))
    assert numbers(search_places(stack, "Fasher", fuzzy=True)) == [1]
    assert show_place(stack, "geonames:3") == show_place(small, "geonames:3") | {
        "sources": "made up+made up"
    }


def test_a_match_is_plain_values(small):
    [match] = search_places(small, "Deir ez-Zor")
    assert match.to_record() == {
        "id": "geonames:8", "name": "Deir ez-Zor", "found_as": "Deir ez-Zor", "how": "exact",
        "likeness": 100.0, "feature": "PPL", "country": "SY", "admin1": "Deir", "admin2": None,
        "lat": 10.0, "lon": 20.0, "population": 240_000,
    }  # fmt: skip


def test_all_of_a_place_is_shown(small):
    shown = show_place(small, "geonames:3")
    assert (shown["name"], shown["sources"], shown["population"]) == ("Mekelle", "made up", 310_000)
    assert (shown["names"], shown["abbreviations"]) == (["mekelle"], ["MKL"])
    assert "mekele" in shown["spellings"]


def test_keys_that_are_no_names_are_not_shown(small):
    names = show_place(small, "geonames:8")["names"]
    assert names == ["deir ez zor", "دير الزور"]


@pytest.mark.parametrize(
    "id",
    ["geonames:99", "geonames:", "geonames:x", "geomap:nothing", "", ":", "1", "geonames:" + "9" * 30],
)  # fmt: skip
def test_an_id_that_nobody_knows_is_said(small, id):  # noqa: A002
    with pytest.raises(InputError, match=r"has no place with the id .* lists ids"):
        show_place(small, id)


@pytest.mark.parametrize(
    ("one", "other"),
    [("fasher", "fashir"), ("kupiansk", "kupyansk"), ("mekele", "mekelle"), ("qaraqosh", "karakosh"),
     ("kharkiv", "harkov"), ("", "aeiou")],
)  # fmt: skip
def test_spellings_of_one_name_have_one_skeleton(one, other):
    assert skeleton(one) == skeleton(other)


@pytest.mark.parametrize(("one", "other"), [("mosul", "masar"), ("homs", "hama"), ("", "k")])
def test_other_names_have_another_skeleton(one, other):
    assert skeleton(one) != skeleton(other)
