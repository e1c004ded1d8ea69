"""Sides that share a name: each of them is found."""

import pytest


def found_in(geoparser, text):
    """Return the names of the places of a text, in its order."""
    return [
        (item.mention.surface, item.place.name) for item in geoparser.parse_text(text) if item.place
    ]


@pytest.mark.parametrize(
    ("text", "surfaces", "names"),
    [
        (
            "North and South Kivu saw clashes.",
            ["North", "South Kivu"],
            ["North Kivu", "South Kivu"],
        ),
        (
            "Rain fell in North, South and West Kordofan.",
            ["North", "South", "West Kordofan"],
            ["North Kordofan", "Southern Kordofan", "West Kordofan"],
        ),
        ("Lower and Middle Shabelle were attacked.", ["Lower", "Middle Shabelle"], None),
        ("Eastern and Western Equatoria were flooded.", ["Eastern", "Western Equatoria"], None),
        ("Fighting went on in North and South Darfur.", ["North", "South Darfur"], None),
    ],
)
def test_each_side_is_a_place(geoparser, text, surfaces, names):
    found = found_in(geoparser, text)
    assert [surface for surface, _ in found] == surfaces
    assert len({name for _, name in found}) == len(surfaces)
    if names is not None:
        assert [name for _, name in found] == names


@pytest.mark.parametrize(
    "text",
    [
        "Winds from North and South met over the sea.",
        "He went West and South Africa won.",
        "The North and the South Kivu governor met.",
    ],
)
def test_sides_alone_are_none(geoparser, text):
    assert all(surface not in ("North", "West") for surface, _ in found_in(geoparser, text))


@pytest.mark.parametrize(
    ("text", "surface", "name"),
    [
        ("A drone fell on a house in the Moscow region.", "Moscow", "Moscow Oblast"),
        ("A woman was killed in the Kyiv region of Ukraine.", "Kyiv", "Kyiv Oblast"),
        ("In Leningrad Oblast, a train derailed near Luga.", "Leningrad Oblast", "Leningrad"),
        ("Shots were heard in the Ingushetia Region of Russia.", "Ingushetia Region", "Ingushetia"),
    ],
)
def test_a_region_is_around_the_city_of_its_name(geoparser, text, surface, name):
    assert (surface, name) in found_in(geoparser, text)
