"""Places in the names of institutions, firms, papers, clubs and ships: no dot is drawn for them."""

import pytest

from geomap.resolve.bodies import closes_institution, opens_institution


def kinds_of(geoparser, text, surface):
    """Return the kinds of the mentions that begin with a name."""
    found = geoparser.parse_text(text)
    return {item.mention.kind for item in found if item.mention.surface.startswith(surface)}


@pytest.mark.parametrize(
    ("text", "surface"),
    [
        ("The Sumy Regional Prosecutor's Office opened a case on Monday.", "Sumy"),
        ("Kharkiv Regional Military Administration counted nine strikes.", "Kharkiv"),
        ("The Gaza Humanitarian Foundation denied the report.", "Gaza"),
        ("A fighter of the Sinjar Resistance Units was killed in the raid.", "Sinjar"),
        ("The Kassala Emergency Room asked for fuel and flour.", "Kassala"),
        ("The Lashio Football Club lost its pitch to the shelling.", "Lashio"),
        ("The Aden News Agency had it first.", "Aden"),
        ("Lawyers of the Diyarbakir Bar Association were turned back.", "Diyarbakir"),
        ("The Mandalay Doctors Network counted 14 dead.", "Mandalay"),
        ("The Herat Medical Centre took in forty people.", "Herat"),
        ("Judges of the Manipur High Court stayed the order.", "Manipur"),
        ("Buses of the Kampala Transport Company stood still.", "Kampala"),
        ("The Juba Peace Agreement is dead, he said.", "Juba"),
        ("Students of the University of Bunia marched on Tuesday.", "Bunia"),
        ("The Diocese of Tumaco fed the displaced.", "Tumaco"),
        ("Maccabi Haifa won by two goals.", "Haifa"),
        ("The landing ship Novocherkassk was towed to the yard.", "Novocherkassk"),
        ("The Kursk submarine sank in the Barents Sea.", "Kursk"),
        ("The Saratov landing ship burned at the quay.", "Saratov"),
        ("The Samarkand brigade fought near Robotyne.", "Samarkand"),
        ("Operation Olive Branch began in Afrin in 2018.", "Olive Branch"),
        ("The 113th Kharkiv brigade fought near Vovchansk.", "Kharkiv"),
        ("The Siversk tactical group reported losses.", "Siversk"),
        ("The Mandalay PDF took a post.", "Mandalay"),
        ("CTD Peshawar killed four in Bannu.", "Peshawar"),
        ("INS Kolkata rescued the crew.", "Kolkata"),
        ("The destroyer USS Stockdale and USS Indianapolis sailed.", "Indianapolis"),
        ("The tanker Mersin was hit by four blasts.", "Mersin"),
        ("Suwayda 24 said shells fell.", "Suwayda"),
        ("Interfax-Ukraine: blast in Dnipro.", "Ukraine"),
        ("Diario de Xalapa reported from Poza Rica.", "Xalapa"),
    ],
)
def test_a_place_in_the_name_of_a_body_is_embedded(geoparser, text, surface):
    assert kinds_of(geoparser, text, surface) == {"embedded"}


@pytest.mark.parametrize(
    ("text", "surface"),
    [
        ("Shells fell by the Kharkiv Railway Station at dawn.", "Kharkiv"),
        ("Two drones were shot down over Sumy, the Regional Council said.", "Sumy"),
        ("In Lashio on Monday, the Council met again.", "Lashio"),
        ("Fighters left Kassala. Radio Dabanga said so.", "Kassala"),
        ("They reached Bunia; University students cheered.", "Bunia"),
        ("A ship left Aden for Djibouti.", "Aden"),
        ("The road to Sinjar was shut. Resistance Units held the pass.", "Sinjar"),
        ("Clashes broke out in the Korabelnyi district of Kherson.", "Kherson"),
        ("Kabul's Dasht-e-Barchi was bombed on Friday.", "Kabul"),
        ("Troops entered Mogadishu's Hodan district.", "Mogadishu"),
        ("Tripoli: three killed in clashes.", "Tripoli"),
        ("Gwoza, Borno State, Nigeria, was attacked overnight.", "Nigeria"),
        ("The Sevastopol submarine base was hit.", "Sevastopol"),
    ],
)
def test_a_place_beside_a_body_stays_the_place(geoparser, text, surface):
    assert kinds_of(geoparser, text, surface) == {"literal"}


def test_the_english_speaking_press_counts_its_towns(geoparser):
    text = "COLUMBUS, Ohio — The Dublin City Council met in Ohio, and Ohio paid."
    assert "embedded" not in kinds_of(geoparser, text, "Dublin")


@pytest.mark.parametrize(
    ("run", "is_body"),
    [
        (["Regional", "Council"], True),
        (["Council"], True),
        (["Chamber", "of", "Commerce"], True),
        (["District", "Prosecutor's"], True),
        (["Office"], False),  # "the Aden office"
        (["Police", "Chief"], False),
        (["Regional", "Police"], True),
        (["Monday"], False),
        (["Governor", "Oleh", "Council"], False),
        (["railway", "Station"], False),
        ([], False),
    ],
)
def test_words_behind_a_name_open_a_body(run, is_body):
    assert opens_institution(run) is is_body


def test_words_before_a_name_close_a_body():
    assert closes_institution("the", "of", "University")
    assert closes_institution("of", "Archdiocese", "the")
    assert not closes_institution("of", "city", "the")
    assert not closes_institution("", "", "")


def test_the_syrian_agency_is_no_capital(geoparser):
    assert kinds_of(geoparser, "Raids hit Kiswah and Izraa, SANA said on Sunday.", "SANA") == set()
