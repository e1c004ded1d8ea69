"""Firms and makes of cars that towns are called as: no places, unless the text speaks of the town."""

import pytest

FIRMS = (
    "Toyota Honda Nokia Goodyear Boeing Mercedes Hitachi Kia Cadillac Nissan Renault Google".split()
)


@pytest.mark.parametrize("firm", FIRMS)
@pytest.mark.parametrize(
    "sentence",
    [
        "He worked for {} in Kabul.",
        "They used {} near Goma on Friday.",
        "{} said it would leave Khartoum.",
        "A {} pick-up with a gun burned in Gao.",
    ],
)
def test_a_firm_is_no_place(geoparser, firm, sentence):
    found = geoparser.parse_text(sentence.format(firm))
    assert [
        item.mention.surface
        for item in found
        if item.mention.surface == firm and item.mention.kind == "literal"
    ] == []


@pytest.mark.parametrize(
    ("text", "name", "country"),
    [
        ("Workers at the plant in Toyota, Japan, went on strike.", "Toyota", "JP"),
        ("The fair in Nokia, Finland, drew crowds from Tampere.", "Nokia", "FI"),
        ("Floods hit Honda in Tolima, Colombia.", "Honda", "CO"),
        ("A fire burned in Fano, Italy.", "Fano", "IT"),
        ("Drones hit the port of Azov in Rostov region.", "Azov", "RU"),
    ],
)
def test_the_town_of_that_name_is_found_where_the_text_speaks_of_it(geoparser, text, name, country):
    found = {item.mention.surface: item for item in geoparser.parse_text(text)}
    assert found[name].place.country == country


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Clashes between the army and Fano went on in Gojjam, Ethiopia.", "Fano"),
        ("Fighters of Azov left Mariupol.", "Azov"),
        ("The statement was published, Dnipro-Inform agency writes.", "Dnipro"),
    ],
)
def test_groups_and_outlets_are_no_places(geoparser, text, name):
    found = [
        item.mention.kind for item in geoparser.parse_text(text) if item.mention.surface == name
    ]
    assert "literal" not in found
