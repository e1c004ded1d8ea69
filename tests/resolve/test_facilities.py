"""Facilities by their whole names, units by words that reports write in lower case, mountains and lines across units."""

import pytest


def found_in(geoparser, text, surface):
    """Return what was found with exactly these bounds; None where nothing was."""
    found = [item for item in geoparser.parse_text(text) if item.mention.surface == surface]
    return found[0] if found else None


@pytest.mark.parametrize(
    ("text", "surface", "country", "features"),
    [
        ("Soldiers shut the Huwara checkpoint for a night.", "Huwara checkpoint", "PS", {"INSM"}),
        ("Soldiers shut the Qalandiya checkpoint near Ramallah.", "Qalandiya checkpoint", "PS", {"INSM"}),
        ("Trucks waited at the Kerem Shalom crossing.", "Kerem Shalom crossing", "PS", {"PSTB", "CSTM"}),
        ("Cars burnt by Za'tara junction near Nablus.", "Za'tara junction", "PS", {"RDJCT"}),
        ("Mortars hit the Thaala airbase in Suwayda.", "Thaala airbase", "SY", {"AIRB"}),
        ("Patrols left the Ain al-Asad base in Anbar, Iraq.", "Ain al-Asad", "IQ", {"MILB", "AIRB"}),
        ("Boats circled on the Sarsang reservoir.", "Sarsang reservoir", "AZ", {"LK", "RSV"}),
        ("Divers searched the Kakhovka reservoir.", "Kakhovka reservoir", "UA", {"LK", "RSV"}),
        ("The Lachin corridor was shut for weeks.", "Lachin corridor", "AZ", {"RD"}),
        ("Rockets struck the Danyawaddy naval base.", "Danyawaddy naval base", "MM", {"MILB", "NVB"}),
        ("Bodies were brought to Nasser Hospital.", "Nasser Hospital", "PS", {"HSP"}),
        ("Bodies were brought to Kamal Adwan Hospital in Beit Lahia.", "Kamal Adwan Hospital", "PS", {"HSP"}),
        ("Shells crossed the Line of Control near Uri.", "Line of Control", None, {"AREA"}),
    ],
)  # fmt: skip
def test_a_facility_is_found_by_its_whole_name(geoparser, text, surface, country, features):
    found = found_in(geoparser, text, surface)
    assert found is not None
    assert (found.mention.kind, found.place.country) == ("literal", country)
    assert found.place.feature in features


@pytest.mark.parametrize(
    ("text", "surface"),
    [
        # a town's market and base are no names
        ("The market of Kutum burned; Kutum market was empty.", "Kutum market"),
        ("Rockets hit Agadez base in Niger.", "Agadez base"),
        ("Rain fell on the Nyala corridor of tents.", "Nyala corridor"),
    ],
)
def test_a_word_behind_a_town_is_no_part_of_its_name(geoparser, text, surface):
    assert found_in(geoparser, text, surface) is None


def test_a_hospital_that_is_called_by_its_town_is_left_to_the_town(geoparser):
    text = "The wounded reached Juba Teaching Hospital at noon."
    found = [item for item in geoparser.parse_text(text) if item.mention.kind == "literal"]
    assert found == []


@pytest.mark.parametrize(
    ("text", "surface", "feature", "country"),
    [
        ("People left Rupa sub-county in Moroto, Uganda.", "Rupa sub-county", "ADM3", "UG"),
        ("Families fled Hajin sub-district in Syria.", "Hajin sub-district", "ADM3", "SY"),
        ("Families fled Shahba subdistrict in Syria.", "Shahba subdistrict", "ADM3", "SY"),
        ("Two men died in Al-Abbasi nahiya, Hawija, Iraq.", "Al-Abbasi nahiya", "ADM3", "IQ"),
        ("A school closed in Mbonge sub-division, Cameroon.", "Mbonge sub-division", "ADM3", "CM"),
        ("Attacks in CAR displaced families from Bria.", "CAR", "PCLI", "CF"),
    ],
)
def test_units_that_only_reports_have(geoparser, text, surface, feature, country):
    place = found_in(geoparser, text, surface).place
    assert (place.feature, place.country) == (feature, country)


@pytest.mark.parametrize(
    ("text", "surface"),
    [
        ("Clashes went on in Jabal al-Zawiya, Idlib.", "Jabal al-Zawiya"),
        ("Idlib province • fighting in Jabal al-Zawiya, Russian jets overhead.", "Jabal al-Zawiya"),
        ("Shells crossed the Line of Control in Jammu and Kashmir.", "Line of Control"),
    ],
)
def test_a_mountain_or_a_line_may_lie_in_a_unit_that_the_gazetteer_does_not_say(
    geoparser, text, surface
):
    assert found_in(geoparser, text, surface).place is not None


@pytest.mark.parametrize(
    ("text", "surface"),
    [
        ("Pick-ups of the FLA were seen near Kidal, Mali.", "FLA"),
        ("The FO summoned an envoy in Islamabad, Pakistan.", "FO"),
        ("The 90th Tank Division seized a village in Ukraine.", "Tank Division"),
        ("Shells fell on Rashaya al-Barid in Lebanon.", "Rashaya"),
    ],
)
def test_letters_of_groups_and_halves_of_names_are_no_places(geoparser, text, surface):
    assert found_in(geoparser, text, surface) is None


@pytest.mark.parametrize(
    ("text", "surface", "feature"),
    [
        ("Drones flew over the Zaporizhzhia nuclear plant.", "Zaporizhzhia nuclear plant", "PSN"),
        ("Drones flew over the Kursk nuclear plant in Russia.", "Kursk nuclear plant", "PSN"),
        ("The UAE sent two ships.", "UAE", "PCLI"),
    ],
)
def test_other_words_for_the_same(geoparser, text, surface, feature):
    assert found_in(geoparser, text, surface).place.feature == feature


@pytest.mark.parametrize(
    ("text", "is_country"),
    [
        ("Attacks in CAR displaced families from Bria.", True),
        ("Traders crossed into CAR from Cameroon.", True),
        ("Bangui is calm. The CAR army left Bouar.", True),
        ("Elections in the Central African Republic: CAR votes.", True),
        ("CAR BOMB KILLS 12 IN BAGHDAD - A car bomb killed twelve people.", False),
        ("CAR CRASH: two hurt in Springfield.", False),
        ("The CAR dealership in Ohio closed.", False),
        ("RENAULT'S NEW CAR SELLS WELL in France.", False),
    ],
)
def test_car_is_a_country_where_countries_stand(geoparser, text, is_country):
    assert (found_in(geoparser, text, "CAR") is not None) is is_country
