"""Rivers by their names alone, roads by the towns at their ends."""

import pytest

from geomap.recognise.rivers import stands_as_river
from geomap.text import tokenize


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("the left bank of the Dnipro: positions", True),
        ("the Dnipro rose", True),
        ("on the Dnipro, near Oleshky", True),
        ("on the Dnipro", True),
        ("in Dnipro", False),
        ("the Dnipro region", False),
        ("the Dnipro Arena", False),
        ("the Dnipro-based firm", False),
    ],
)
def test_an_article_makes_a_river(text, expected):
    tokens = list(tokenize(text))
    index = next(i for i, token in enumerate(tokens) if token[2].startswith("Dnipro"))
    assert stands_as_river(text, tokens, index, index) is expected


@pytest.mark.parametrize(
    ("text", "name", "feature"),
    [
        ("They shoot from the left bank of the Dnipro: positions near Oleshky.", "Dnipro", "STM"),
        ("Drones flew over Dnipro and Oleshky in Ukraine.", "Dnipro", "PPLA"),
        ("The Awash left its bed in Afar, Ethiopia.", "Awash", "STM"),
        ("A convoy stopped in Awash, Ethiopia.", "Awash", "PPL"),
        ("The Ulúa burst its banks in Honduras.", "Ulúa", "STM"),
        ("Farmers by the river Awash in Ethiopia lost their crops.", "Awash", "STM"),
        ("A bridge on the Ravi was closed after shells fell in Pakistan.", "Ravi", "STM"),
        ("The Congo army fled.", "Congo", "PCLI"),
        ("Mines lay on the Mandera – Arabia road in Kenya.", "Mandera", "PPLA"),
    ],
)
def test_rivers_towns_and_ends_of_roads(geoparser, text, name, feature):
    found = [m for m in geoparser.parse_text(text) if m.mention.surface == name]
    assert [m.place.feature for m in found] == [feature]


@pytest.mark.parametrize(
    "text",
    [
        "Gunmen lay in wait on the Dansadau-Gusau road in Zamfara, Nigeria.",
        "The Damascus – Aleppo highway was cut.",
    ],
)
def test_both_ends_of_a_road_are_places_themselves(geoparser, text):
    kinds = [m.mention.kind for m in geoparser.parse_text(text)][:2]
    assert kinds == ["literal", "literal"]
