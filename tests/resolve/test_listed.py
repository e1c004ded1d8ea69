"""Names that are words as well: places where they stand between places of a list, else none."""

import pytest


@pytest.mark.parametrize(
    ("text", "surface", "country"),
    [
        ("The quake was felt in Van, Bitlis and Mus, Turkey.", "Van", "TR"),
        (
            "Fighting in Bentiu, Rubkona, Guit, Koch, Leer and Mayendit in Unity State.",
            "Koch",
            "SS",
        ),
        ("Bannu, Lakki Marwat and Tank districts saw attacks.", "Tank districts", "PK"),
        ("Floods hit Mahnomen, Grant, Douglas and Wilkin counties in Minnesota.", "Grant", "US"),
        ("Attacks in Kidal, Tessalit, Aguelhok and Timbuktu.", "Kidal", "ML"),
    ],
)
def test_a_list_of_places_makes_a_place(geoparser, text, surface, country):
    [found] = [item for item in geoparser.parse_text(text) if item.mention.surface == surface]
    assert found.place.country == country


@pytest.mark.parametrize(
    ("text", "surface"),
    [
        ("A van, Grant and his brother left Bitlis.", "Grant"),
        ("Ahmed, Koch and Leer spoke in Berlin.", "Koch"),
        ("Paris, Koch, Rome and Tokyo are on the tour.", "Koch"),
    ],
)
def test_other_lists_do_not(geoparser, text, surface):
    found = [item for item in geoparser.parse_text(text) if item.mention.surface == surface]
    assert all(item.place is None or item.place.country != "SS" for item in found)
