"""Towns before the bodies that are called by them, states by spaced initials, unit words in the plural and in lower case."""

import pytest


def surfaces_in(geoparser, text):
    """Return what is marked in a text, with the country of its place."""
    return {
        item.mention.surface: item.place and item.place.country
        for item in geoparser.parse_text(text)
    }


@pytest.mark.parametrize(
    ("text", "surface"),
    [
        ("The Alexandria City Public Schools in Virginia reopened.", "Alexandria"),
        ("The Springfield City Council met in Ohio.", "Springfield"),
        ("They were renters, according to Hanover Town Hall records in Massachusetts.", "Hanover"),
        ("The Kansas City Council met in Missouri.", "Kansas City"),
        ("Salt Lake City Police in Utah said so.", "Salt Lake City"),
        ("The Boulder City Council met in Nevada.", "Boulder City"),
    ],
)
def test_a_town_is_told_from_its_council(geoparser, text, surface):
    assert surface in surfaces_in(geoparser, text)


@pytest.mark.parametrize(
    ("text", "surface", "country"),
    [
        ("He is from Wood County, W. Va., and is in jail.", "W. Va.", "US"),
        ("He lives in Trenton, N. J., with his mother.", "N. J.", "US"),
        ("She lives in Durham, N. C., near the river.", "N. C.", "US"),
    ],
)
def test_states_are_found_by_spaced_initials(geoparser, text, surface, country):
    assert surfaces_in(geoparser, text)[surface] == country


def test_initials_of_a_person_are_no_state(geoparser):
    assert surfaces_in(geoparser, "The book by Mr. N. C. Dass was read.") == {}


@pytest.mark.parametrize(
    ("text", "surface"),
    [
        ("Men were taken in Teknaf upazila, Bangladesh.", "Teknaf upazila"),
        ("Rain fell in Lamu and Garissa counties in Kenya.", "Garissa counties"),
        ("Snow fell in ten Kentucky counties.", "Kentucky"),
        ("Snow fell in Jackson and Madison counties in Georgia.", "Madison"),
        ("She was charged in Wyandotte County District Court in Kansas.", "Wyandotte County"),
    ],
)
def test_unit_words_are_part_of_names_where_they_are(geoparser, text, surface):
    assert surface in surfaces_in(geoparser, text)


@pytest.mark.parametrize(
    ("text", "surface", "feature"),
    [
        ("The boys are in the Nikopol hospital in Ukraine.", "Nikopol", "PPL"),
        ("Rangers were killed inside Virunga National Park.", "Virunga National Park", "PRK"),
        ("08:10 Dniprovskyi district of Kherson – a drone hit a bus.", "Kherson", "PPL"),
        ("At dawn the Korabelnyi district of Kherson, Ukraine, was hit.", "Kherson", "PPL"),
    ],
)
def test_what_a_longer_name_holds_is_not_lost(geoparser, text, surface, feature):
    [found] = [item for item in geoparser.parse_text(text) if item.mention.surface == surface]
    assert found.place.feature.startswith(feature)


@pytest.mark.parametrize(
    ("text", "surface", "feature"),
    [
        ("The dams at Tishrin and Tabqa in Syria let water through.", "Tishrin", "DAM"),
        ("Clashes went on at Tishrin, east of Manbij in Syria.", "Tishrin", "DAM"),
        ("The Tishreen neighbourhood of Damascus was shelled.", "Tishreen", "PPLX"),
    ],
)
def test_tishrin_is_the_dam_unless_damascus_is_meant(geoparser, text, surface, feature):
    [found] = [item for item in geoparser.parse_text(text) if item.mention.surface == surface]
    assert found.place.feature == feature
