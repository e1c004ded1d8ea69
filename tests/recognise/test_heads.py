"""Words before the names of villages, and what is built and has a name of its own."""

import pytest

from geomap.gazetteer.classes import is_facility, place_type


@pytest.mark.parametrize(
    ("text", "name", "country"),
    [
        ("Khirbet Umm al-Khair was raided near Hebron on Friday.", "Umm al-Khair", "PS"),
        ("Kibbutz Kfar Masaryk in Israel was hit again on Wednesday.", "Kfar Masaryk", "IL"),
        ("Settlers came to Khirbet Zanuta, south of Hebron.", "Khirbet Zanuta", "PS"),
        ("Rockets fell on Kibbutz Nir Oz and Moshav Ein HaBesor in Israel.", "Nir Oz", "IL"),
    ],
)
def test_a_head_before_a_village_is_no_first_name(geoparser, text, name, country):
    found = {item.mention.surface: item for item in geoparser.parse_text(text)}
    assert found[name].mention.kind == "literal"
    assert found[name].place.country == country


def test_a_head_alone_is_no_village(geoparser):
    found = geoparser.parse_text("The Khirbet was empty. Hebron and Yatta were quiet.")
    assert [item.mention.surface for item in found] == ["Hebron", "Yatta"]


def test_districts_of_a_city_are_told_by_their_bare_names(geoparser):
    text = "In Kharkiv, the Kholodnohirskyi and Saltivskyi districts were hit."
    places = [item.place for item in geoparser.parse_text(text)]
    assert [(place.feature, place.admin1) for place in places[1:]] == [("PPLX", "Kharkiv")] * 2


def test_what_is_built_is_a_kind_of_name_of_its_own(geoparser):
    hospital = geoparser._names.name("al quds hospital ")
    assert hospital.group == "facility"
    assert geoparser._names.name("qandil mountains ").group == "region"
    assert {place_type(code) for code in ("HSP", "AIRB", "DAM", "PRN")} == {"region"}
    assert [is_facility(code) for code in ("HSP", "BDG", "MT", "RGN", "PPL")] == [
        *(True, True),
        *(False, False, False),
    ]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("A teacher was shot in Ra-ngae district, Narathiwat.", ["Ra-ngae", "Narathiwat"]),
        ("A bomb went off in Su-ngai Kolok, Narathiwat.", ["Su-ngai Kolok", "Narathiwat"]),
        ("They left Ra-zzpe for Goma.", ["Goma"]),
        ("Mali-born players left Oman-led talks.", ["Mali", "Oman"]),
    ],
)
def test_a_name_goes_on_behind_a_hyphen_and_is_no_half_of_one(geoparser, text, names):
    assert [item.mention.surface for item in geoparser.parse_text(text)] == names


@pytest.mark.parametrize(
    ("text", "country"),
    [
        ("The Iraq-based group left.", "IQ"),
        ("A Lebanon-based bank closed.", "LB"),
        ("A Kuwait-based channel said so.", "KW"),
    ],
)
def test_a_country_is_meant_where_something_is_based_in_it(geoparser, text, country):
    (item,) = geoparser.parse_text(text)
    assert (item.place.country, item.place.feature[:3]) == (country, "PCL")


def test_a_town_of_a_countrys_name_is_meant_where_its_state_is_named(geoparser):
    text = "The Lebanon-based dairy sells in Harrisburg and all over Pennsylvania."
    places = [item.place for item in geoparser.parse_text(text)]
    assert {place.country for place in places} == {"US"}
