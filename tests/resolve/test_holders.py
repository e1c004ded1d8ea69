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


@pytest.mark.parametrize(
    ("text", "surface", "country"),
    [
        ("In Robotyne, Russian drones burnt two cars.", "Robotyne", "UA"),
        ("Near Kishishe, Rwandan soldiers were seen on Monday.", "Kishishe", "CD"),
        ("In Nuseirat, Israeli jets hit a bakery.", "Nuseirat", "PS"),
        ("Inside Maungdaw, Bangladeshi traders sold rice.", "Maungdaw", "MM"),
        ("In Demoso, Chinese drones were shown to reporters.", "Demoso", "MM"),
        ("Around Tessalit, French soldiers trained with others.", "Tessalit", "ML"),
        ("In Barsalogho, Nigerien traders waited for the convoy.", "Barsalogho", "BF"),
        ("At Kapoeta, Kenyan herders crossed the road.", "Kapoeta", "SS"),
        ("In Metema, Sudanese families slept in tents.", "Metema", "ET"),
        ("Outside Qaim, Iranian trucks were searched.", "Qaim", "IQ"),
        ("The mayor of Bunagana, Jordan Kambale, fled to Goma in Congo.", "Bunagana", "CD"),
        ("The chairman of Guma, Maurice Orwough, visited Benue State in Nigeria.", "Guma", "NG"),
    ],
)
def test_what_begins_the_next_phrase_holds_nothing(geoparser, text, surface, country):
    found = place_of(geoparser, text, surface)
    assert found.place is not None
    assert found.place.country == country


def test_a_country_that_is_merely_named_is_not_where_a_small_namesake_lies(geoparser):
    text = (
        "Fighting between the army and militias went on around Tawila, Kutum, Kabkabiya, Mellit, Saraf Umra and Um Baru in Darfur. "
        "American diplomats asked for a truce. In Springfield, nobody answered the call. Nyala, El Geneina, Zalingei and Ed Daein were quiet."
    )
    found = place_of(geoparser, text, "Springfield")
    assert found.place is None or found.place.population > 50_000
