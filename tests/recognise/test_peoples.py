"""Peoples and persons that are called like places, and the Central African Republic by its letters."""

import pytest


def surfaces_in(geoparser, text):
    """Return what is marked in a text."""
    return {item.mention.surface for item in geoparser.parse_text(text)}


@pytest.mark.parametrize(
    ("text", "surface"),
    [
        ("Clashes between Hema and Lendu left 12 dead.", "Hema"),
        ("Tama and Zaghawa clashed in Chad.", "Tama"),
        ("Hamar herders drove off the cattle in West Kordofan.", "Hamar"),
        ("Toposa raiders crossed from South Sudan.", "Toposa"),
        ("Turkana and Pokot youths met in Kenya.", "Turkana"),
        ("Fighting between Afar and Issa clans went on in Ethiopia.", "Afar"),
        ("Victoria, 19, fled Kherson.", "Victoria"),
        ("Sofia, 8, was killed in Ternopil by a missile.", "Sofia"),
        ("Aurora, 9, and her mother died in Cali.", "Aurora"),
        ("Milan, 54, was arrested in Zubin Potok.", "Milan"),
    ],
)
def test_people_are_no_places(geoparser, text, surface):
    assert surface not in surfaces_in(geoparser, text)


@pytest.mark.parametrize(
    ("text", "surface"),
    [
        ("Floods in Turkana and Marsabit, Kenya, killed nine.", "Turkana"),
        ("The drought in Afar, Ethiopia, is the worst in years.", "Afar"),
        ("Trains ran from Tama to Tokyo in Japan.", "Tama"),
        ("Strikes hit Sofia, 12, and Plovdiv, 3, in Bulgaria.", "Sofia"),
        ("He was born in Milan, 54, and died in Rome.", "Milan"),
    ],
)
def test_places_stay_places(geoparser, text, surface):
    assert surface in surfaces_in(geoparser, text)


@pytest.mark.parametrize(
    "text",
    [
        "CAR: Gunmen killed 20 in a village.",
        "Refugees crossed from the CAR into Cameroon.",
        "The CAR army retook Bossangoa.",
        "CAR rebels left the town.",
    ],
)
def test_car_is_a_country(geoparser, text):
    [found] = [item for item in geoparser.parse_text(text) if item.mention.surface == "CAR"]
    assert found.place.country == "CF"


@pytest.mark.parametrize("text", ["CAR CRASH KILLS TWO", "The CAR dealer closed in Ohio, US."])
def test_other_letters_are_not(geoparser, text):
    found = [item for item in geoparser.parse_text(text) if item.mention.surface == "CAR"]
    assert all(item.place is None or item.place.country != "CF" for item in found) or not found


@pytest.mark.parametrize(
    ("text", "surface", "name"),
    [
        ("He flew from Addis to Nairobi.", "Addis", "Addis Ababa"),
        ("A mosque in Ouaga, Burkina Faso, was attacked.", "Ouaga", "Ouagadougou"),
    ],
)
def test_short_names_of_capitals(geoparser, text, surface, name):
    [found] = [item for item in geoparser.parse_text(text) if item.mention.surface == surface]
    assert found.place.name == name
