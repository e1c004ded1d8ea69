"""What the text says a place lies in comes before everything else: no namesake abroad."""

import pytest


def place_of(geoparser, text, surface):
    [found] = [item for item in geoparser.parse_text(text) if item.mention.surface == surface]
    return found


@pytest.mark.parametrize(
    ("text", "surface", "country"),
    [
        ("Attacks continued in Palma, Mozambique.", "Palma", "MZ"),
        ("A base in Boni, Mali, was attacked.", "Boni", "ML"),
        ("Soldiers were ambushed in Kech, Balochistan.", "Kech", "PK"),
        ("Herders attacked Guma, Benue State, Nigeria.", "Guma", "NG"),
        ("Troops left Balad in Middle Shabelle, Somalia.", "Balad", "SO"),
        ("An air strike hit Houla, Lebanon.", "Houla", "LB"),
        ("Blida in southern Lebanon was shelled.", "Blida", "LB"),
        ("Gangs set fire to the Nazon district of Port-au-Prince.", "Nazon", "HT"),
        ("The Malian town of Boni was attacked.", "Boni", "ML"),
        ("Fighting reached Tripoli, a city in northern Lebanon.", "Tripoli", "LB"),
        ("Fighting reached Tripoli, the capital of Libya.", "Tripoli", "LY"),
        ("Drones hit Merowe in Sudan's Northern State.", "Merowe", "SD"),
        ("N. Korea fired a missile.", "N. Korea", "KP"),
        ("S. Sudan reopened the road.", "S. Sudan", "SS"),
        ("Shelling hit Krasnyi Yar, east of Pokrovsk.", "Krasnyi Yar", "UA"),
    ],
)
def test_the_named_country_or_unit_decides(geoparser, text, surface, country):
    found = place_of(geoparser, text, surface)
    assert found.place is not None
    assert found.place.country == country


@pytest.mark.parametrize(
    ("text", "surface"),
    [
        ("A market burned in Heidelberg, Chad.", "Heidelberg"),
        ("Gunmen attacked Springfield in Borno State, Nigeria.", "Springfield"),
        ("The Burundian town of Mallaig was quiet.", "Mallaig"),
    ],
)
def test_where_no_such_place_lies_there_it_is_unknown(geoparser, text, surface):
    found = place_of(geoparser, text, surface)
    assert (found.status, found.place) == ("unknown", None)


@pytest.mark.parametrize(
    ("text", "surface", "feature"),
    [
        ("Rapes were recorded in Djugu and Irumu territories.", "Djugu", "ADM2"),
        ("Shelling hit the Kharkiv region on Sunday.", "Kharkiv", "ADM1"),
        ("The port city of Hodeidah was bombed.", "Hodeidah", "PPLA"),
        ("A village in Bint Jbeil was shelled.", "Bint Jbeil", "ADM2"),
        ("The town of Bint Jbeil was shelled.", "Bint Jbeil", "PPLA2"),
        ("Troops left Rutshuru territory.", "Rutshuru", "ADM2"),
        ("Clashes broke out in Suwayda governorate.", "Suwayda", "ADM1"),
        ("Residents returned to Kherson on Monday.", "Kherson", "PPLA"),
    ],
)
def test_unit_or_city(geoparser, text, surface, feature):
    found = place_of(geoparser, text, surface)
    assert found.place.feature == feature


@pytest.mark.parametrize(
    ("text", "name", "unit"),
    [
        (
            "In the Sumy Region fire was opened on Bachivsk, Pavlivka, and Sadky.",
            "Pavlivka",
            "Sumy",
        ),
        ("In the Sumy Region fire was opened on Bachivsk, Pavlivka, and Sadky.", "Sadky", "Sumy"),
        (
            "In Amhara, drones hit Quarit and Adet. In Tigray, Korem, Shire and Adwa were quiet.",
            "Adet",
            "Amhara",
        ),
        (
            "In the Huliaipole sector Malynivka was bombed. Kharkiv was quiet.",
            "Malynivka",
            "Zaporizhzhia",
        ),
        (
            "In the Kupiansk direction the enemy stormed Synkivka, Petropavlivka and Lozova.",
            "Petropavlivka",
            "Kharkiv",
        ),
        ("In Idlib province, families fled to Azaz and Afrin.", "Azaz", "Aleppo"),
    ],
)
def test_a_sentence_that_opens_with_a_unit_speaks_for_its_lists(geoparser, text, name, unit):
    """It speaks for places inside, and forbids none outside."""
    found = {item.mention.surface: item.place for item in geoparser.parse_text(text)}
    assert found[name].admin1 == unit
