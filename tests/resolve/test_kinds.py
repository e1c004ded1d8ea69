"""In which sense a place is named: literal, associative or embedded."""

import pytest

from geomap.model import Article


@pytest.fixture
def kinds(geoparser):
    def find(text):
        return {item.mention.surface: item.mention.kind for item in geoparser.parse_text(text)}

    return find


@pytest.mark.parametrize(
    ("text", "surface"),
    [
        ("A bakery reopened in Raqqa on Monday.", "Raqqa"),
        ("ALEPPO, Syria — Rain fell.", "ALEPPO"),
        ("The market in Idlib, Syria, was full.", "Idlib"),
        ("Turkey's border with Syria was quiet.", "Turkey"),
        ("Turkey's south was dry.", "Turkey"),
        ("Syria's Idlib was quiet on Sunday.", "Syria"),
        ("Georgia's capital Tbilisi hosted the fair.", "Georgia"),
        ("The government in Damascus denied it.", "Damascus"),
        ("The mission came to Mali and stayed.", "Mali"),
        ("The river floods northern Iraq every spring.", "Iraq"),
    ],
)
def test_the_place_itself(kinds, text, surface):
    assert kinds(text)[surface] == "literal"


@pytest.mark.parametrize(
    ("text", "surfaces"),
    [
        ("Trucks waited at the Turkish-Syrian border.", ["Turkish", "Syrian"]),
        ("Two Lebanese farmers and a Jordanian driver talked.", ["Lebanese", "Jordanian"]),
        ("They met two German farmers in the market.", ["German"]),
        ("They met two Spanish farmers in the market.", ["Spanish"]),
        ("They met two Canadian farmers in the market.", ["Canadian"]),
        ("They met two Somali farmers in the market.", ["Somali"]),
        ("A London-based charity sent blankets.", ["London"]),
        ("The Ankara-backed fighters left.", ["Ankara"]),
        ("A Beirut-born singer came home.", ["Beirut"]),
        ("France's army left Mali.", ["France"]),
        ("Moscow's foreign ministry spoke.", ["Moscow"]),
        ("The Damascus government fell.", ["Damascus"]),
        ("Washington refused to sign.", ["Washington"]),
        ("Tehran denied the report.", ["Tehran"]),
        ("The U.S. sent aid to Jordan.", ["U.S."]),
    ],
)
def test_a_modifier_an_inhabitant_or_a_government(kinds, text, surfaces):
    found = kinds(text)
    assert {surface: found.get(surface) for surface in surfaces} == dict.fromkeys(
        surfaces, "associative"
    )


@pytest.mark.parametrize(
    ("text", "surfaces"),
    [
        ("He reads The Washington Post on the train.", ["Washington"]),
        ("She wrote for the New York Times.", ["New York"]),
        ("She teaches at Boston University.", ["Boston"]),
        ("The King's College London choir sang.", ["London"]),
        ("Members of the Islamic State in Iraq and Syria fled.", ["Iraq", "Syria"]),
        ("The Free Syrian Army held a bridge.", ["Syrian"]),
        ("The Raqqa Revolutionaries captured a bridge.", ["Raqqa"]),
        ("Fans of Manchester United flew home.", ["Manchester"]),
        ("Workers at the Bank of England went home.", ["England"]),
        ("The Paris Agreement was signed.", ["Paris"]),
        ("A reporter from the Chicago Tribune called.", ["Chicago"]),
    ],
)
def test_part_of_a_longer_name_of_something_else(kinds, text, surfaces):
    found = kinds(text)
    assert {surface: found.get(surface) for surface in surfaces} == dict.fromkeys(
        surfaces, "embedded"
    )


@pytest.mark.parametrize(
    ("text", "surface"),
    [
        ("Jack London wrote many stories.", "London"),
        ("Paris Hilton smiled at the cameras.", "Paris"),
        ("Michael Jordan waved.", "Jordan"),
        ("The Cairo Symphony Orchestra played.", "Cairo"),
    ],
)
def test_never_taken_for_the_place_itself(kinds, text, surface):
    assert kinds(text).get(surface) != "literal"


def test_a_state_may_be_called_like_its_adjective(kinds):
    assert kinds("The pope returned to the Vatican.") == {"Vatican": "literal"}


@pytest.mark.parametrize(
    "word",
    "Syrians Iraqis French German Germans Polish Poles Turks Spaniards Thai Malian Dutch".split(),
)
def test_inhabitants_and_adjectives_are_associative(geoparser, word):
    article = Article(id="a", text=f"Some {word} queued for bread.", spans=((5, 5 + len(word)),))
    [found] = geoparser.parse(article)
    assert (found.mention.kind, found.place.feature) == ("associative", "PCLI")


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("The Kenya Defence Forces left Lamu.", "Kenya"),
        ("The Ethiopia National Defense Forces left Mekelle.", "Ethiopia"),
        ("The Rwanda Defence Force denied it.", "Rwanda"),
        ("A Sudanese Air Force plane bombed El Malha.", "Sudanese"),
        ("The Syrian Red Crescent brought flour to Homs.", "Syrian"),
        ("The Lebanese Army closed the road.", "Lebanese"),
    ],
)
def test_the_names_of_armies_hold_no_place(kinds, text, name):
    assert kinds(text)[name] == "embedded"


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("The Lebanese army closed the road.", "Lebanese"),
        ("The Turkish President spoke.", "Turkish"),
        ("The Georgian Foreign Ministry protested.", "Georgian"),
    ],
)
def test_what_a_state_does_is_associative(kinds, text, name):
    assert kinds(text)[name] == "associative"


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("The missile fell among houses, said Lviv Gov. Anton Zzorro.", "Lviv"),
        ("Mahmud Zzorri, who speaks for the Kunduz provincial governor, confirmed it.", "Kunduz"),
        ("The Kalat Assistant Commissioner and eight others were hurt.", "Kalat"),
        ("Buses of the Chaman deputy commissioner were stopped.", "Chaman"),
        ("Buses were stopped by Iguala policemen last weekend.", "Iguala"),
        ("The Kharkiv mayor spoke of two strikes.", "Kharkiv"),
        ("Relations between Mali and Algeria sank further.", "Mali"),
        ("Soldiers of Cameroon crossed the river.", "Cameroon"),
    ],
)
def test_who_holds_an_office_or_deals_with_others(kinds, text, name):
    assert kinds(text)[name] == "associative"


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("The frontier between Mali and Algeria runs through sand.", "Mali"),
        ("In Kunduz the provincial governor spoke.", "Kunduz"),
        ("He was taken to Kalat by a commissioner.", "Kalat"),
    ],
)
def test_the_place_where_an_office_is_held(kinds, text, name):
    assert kinds(text)[name] == "literal"
