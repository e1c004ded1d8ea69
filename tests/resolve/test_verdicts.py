"""Where a text leaves open whether a unit or the town of its name is meant, the mention keeps both."""

import pytest


def found(geoparser, text, surface):
    [item] = [item for item in geoparser.parse_text(text) if item.mention.surface == surface]
    return item


def level(place):
    return "unit" if place.feature.startswith("ADM") else "town"


@pytest.mark.parametrize(
    ("text", "surface"),
    [
        ("Fighting continued in Idlib on Monday.", "Idlib"),
        ("Shelling hit Mykolaiv overnight.", "Mykolaiv"),
        ("Clashes spread in Garissa, officials said.", "Garissa"),
        ("Aid arrived in Hodeidah on Sunday.", "Hodeidah"),
        ("Families fled Suwayda last week.", "Suwayda"),
        ("Gunmen attacked Kunduz on Friday.", "Kunduz"),
        ("Two people were killed in Doda.", "Doda"),
        ("Fighters attacked Taiz at dawn.", "Taiz"),
        ("Floods hit Narathiwat in the south of Thailand.", "Narathiwat"),
        ("Protests spread to Zinder.", "Zinder"),
    ],
)
def test_a_name_of_both_keeps_the_other_one(geoparser, text, surface):
    item = found(geoparser, text, surface)
    assert item.place is not None
    assert item.other is not None
    assert {level(item.place), level(item.other)} == {"unit", "town"}
    assert item.place.country == item.other.country


@pytest.mark.parametrize(
    ("text", "surface"),
    [
        ("The city of Idlib was quiet.", "Idlib"),
        ("Idlib governorate was quiet.", "Idlib"),
        ("The Kherson region lost power.", "Kherson"),
        ("The port city of Mykolaiv lost power.", "Mykolaiv"),
        ("A base 20 km south of Kunduz was hit.", "Kunduz"),
        ("Doda district was calm.", "Doda"),
        ("Kasese, a town near the border, was calm.", "Kasese"),
        ("A bakery reopened in Raqqa city.", "Raqqa"),
        ("Rain fell in Berlin.", "Berlin"),
        ("Rain fell in France.", "France"),
        ("A school opened in Baghouz.", "Baghouz"),
    ],
)
def test_nothing_stays_open_where_the_text_says_what_it_is(geoparser, text, surface):
    assert found(geoparser, text, surface).other is None


def test_an_unknown_and_an_embedded_name_have_no_other_reading(geoparser):
    for item in geoparser.parse_text("The Idlib Brigade met in Heidelberg, Chad."):
        assert item.other is None
