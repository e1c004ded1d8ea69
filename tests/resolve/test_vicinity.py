"""A place lies where the text says that it is near to, and not far away where a namesake does."""

import pytest


def mentions(geoparser, text):
    return {item.mention.surface: item for item in geoparser.parse_text(text)}


@pytest.mark.parametrize(
    ("text", "name", "country", "admin1"),
    [
        ("Rebels took Sake, a town near Goma.", "Sake", "CD", "North Kivu"),
        ("Shells fell on Stepove, a village north of Avdiivka.", "Stepove", "UA", "Donetsk"),
        ("Bombs fell on Saraqib, 15 km east of Idlib.", "Saraqib", "SY", "Idlib"),
        ("Troops stand in Tripoli, 80 km from Beirut.", "Tripoli", "LB", "North Lebanon"),
        ("They left Salamiyah, south-east of Hama.", "Salamiyah", "SY", "Hama"),
    ],
)
def test_the_candidate_nearby_is_meant(geoparser, text, name, country, admin1):
    place = mentions(geoparser, text)[name].place
    assert (place.country, place.admin1) == (country, admin1)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        # a village of that name is known elsewhere, none of them there
        (
            "Police dug in Pueblo Viejo, a settlement on the edge of Iguala, Guerrero.",
            "Pueblo Viejo",
        ),
        ("Militants burned Banki, 12 km from Djibo, Burkina Faso.", "Banki"),
        ("A mine went off in Borisovka, a hamlet near Pskov.", "Borisovka"),
    ],
)
def test_a_village_far_away_is_not_drawn(geoparser, text, name):
    found = mentions(geoparser, text)[name]
    assert (found.status, found.place) == ("unknown", None)


def test_what_is_said_once_holds_for_the_other_sentences(geoparser):
    text = "Guards stood in Pueblo Viejo. It is a quiet place. Pueblo Viejo, a settlement near Iguala, Guerrero, has a chapel."
    found = [
        item.status for item in geoparser.parse_text(text) if item.mention.surface == "Pueblo Viejo"
    ]
    assert found == ["unknown", "unknown"]


@pytest.mark.parametrize(
    ("text", "name", "country"),
    [
        # a famous town keeps its meaning: what follows can be something else's
        ("He flew from Paris, near midnight from Homs he called.", "Paris", "FR"),
        ("Donors met in Geneva. Aid for Sake, near Goma, was promised.", "Geneva", "CH"),
        # a unit is large, and reaches far
        ("Clashes went on in Deir ez-Zor, 90 km from Raqqa.", "Deir ez-Zor", "SY"),
    ],
)
def test_what_is_not_moved(geoparser, text, name, country):
    assert mentions(geoparser, text)[name].place.country == country
