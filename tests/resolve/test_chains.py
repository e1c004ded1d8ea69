"""Chains up to a province, lists that only look like them, quarters and roads with nothing but a number, whole names of airports."""

import pytest


def found_in(geoparser, text):
    """Return the mentions of a text by their surfaces."""
    return {item.mention.surface: item for item in geoparser.parse_text(text)}


@pytest.mark.parametrize(
    ("text", "surface"),
    [
        ("A bomb exploded in Barangay Poblacion, Marawi City, Lanao del Sur.", "Poblacion"),
        ("Clash in Rampur village, Gaya district, Bihar.", "Rampur"),
        ("Militants fired in Sultanpur, Swat, Pakistan.", "Sultanpur"),
        ("Two were killed in San Antonio, Tierralta, Córdoba.", "San Antonio"),
        ("Soldiers searched Hasanabad, Wana, South Waziristan.", "Hasanabad"),
    ],
)
def test_a_village_of_a_chain_is_no_namesake_elsewhere(geoparser, text, surface):
    found = found_in(geoparser, text)[surface]
    assert found.place is None
    assert found.status == "unknown"


@pytest.mark.parametrize(
    ("text", "surface", "country"),
    [
        ("Protests in Port Sudan, Gezira and Kassala.", "Port Sudan", "SD"),
        ("Attacks in Goma, Ituri and South Kivu.", "Goma", "CD"),
        ("The quake struck Kahramanmaras, Hatay and Adiyaman.", "Kahramanmaras", "TR"),
        ("Fighting in Bara, El Obeid, North Kordofan.", "Bara", "SD"),
        ("Shells fell on Huliaipole, Zaporizhzhia, Ukraine.", "Huliaipole", "UA"),
        ("Aid reached Masisi, Goma, North Kivu.", "Masisi", "CD"),
        ("Upper Nile: Kodok, Malakal, Tonga, Panyikang.", "Malakal", "SS"),
        ("Zacatecas: Fresnillo, Jerez, Valparaíso, Guadalupe.", "Valparaíso", "MX"),
        (
            "They fled to al-Bab and further into Manbij, Tabqa, Raqqa and Deir ez-Zor.",
            "Manbij",
            "SY",
        ),
    ],
)
def test_a_list_is_no_chain_and_a_chain_keeps_its_village(geoparser, text, surface, country):
    assert found_in(geoparser, text)[surface].place.country == country


@pytest.mark.parametrize(
    ("text", "surface"),
    [
        ("Zone 5, Misrata, was sealed off.", "Zone 5"),
        ("Sector 4 of Mogadishu was shelled again.", "Sector 4"),
        ("Ward 5, Thantlang, Chin State, was burned.", "Ward 5"),
        ("The RN1 near Grimari was cut.", "RN1"),
        ("The RN3 was cut at Bocaranga, Central African Republic.", "RN3"),
    ],
)
def test_a_number_is_drawn_nowhere_else(geoparser, text, surface):
    found = found_in(geoparser, text).get(surface)
    assert found is None or found.place is None


def test_a_numbered_quarter_is_found_in_its_town(geoparser):
    text = "Zone 18 in Guatemala City was sealed off, and so was Zone 5."
    found = found_in(geoparser, text)
    assert {found["Zone 18"].place.country, found["Zone 5"].place.country} == {"GT"}


def test_airports_of_two_countries_are_both_found(geoparser):
    found = geoparser.parse_text("An explosion at Baghdad airport and one at Beirut airport.")
    assert [item.place.country for item in found] == ["IQ", "LB"]
