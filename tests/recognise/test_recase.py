"""Texts without capitals, or with nothing else, are read as if they had those of their names."""

import pytest

from geomap.model import Article
from geomap.recognise.names import Names
from geomap.recognise.recase import recase

PLAIN = "Russian troops shelled Kharkiv and Kupiansk overnight, Ukraine said. People fled to Poltava by road."


def names_of(geoparser, text):
    return [
        (item.mention.surface.lower(), item.place and item.place.id)
        for item in geoparser.parse_text(text)
    ]


@pytest.mark.parametrize("change", [str.lower, str.upper])
def test_case_does_not_matter(geoparser, change):
    assert names_of(geoparser, change(PLAIN)) == names_of(geoparser, PLAIN)


def test_mentions_keep_the_letters_of_the_text(geoparser):
    text = PLAIN.lower()
    for item in geoparser.parse_text(text):
        assert text[item.mention.start : item.mention.end] == item.mention.surface


@pytest.mark.parametrize(
    "text",
    [
        "",
        "raqqa",
        "ABC",
        "the men read a book in the reading room and went to bed, it was hot and they were tired",
        "İSTANBUL'DA BİR GÜN VE BİR GECE DAHA GEÇTİ, HERKES EVİNE DÖNDÜ VE UYUDU KALDI",
    ],
)
def test_other_texts_are_left_as_they_are(geoparser, text):
    assert all(item.mention.surface in text for item in geoparser.parse_text(text))
    assert not [item for item in geoparser.parse_text(text) if item.mention.surface == "reading"]


REPORT = (
    "Russian troops shelled Kharkiv and Kupiansk overnight, Ukraine said. Sudan's army left El Fasher in North Darfur, where "
    "people from Tawila had fled. The US military struck Hodeidah in Yemen, near the Red Sea. In Turkey and China, talks on "
    "Port-au-Prince were put off. Shells fell between Tyre and Bint Jbeil, in Lebanon. Fighters of the Kenya Defence Forces "
    "stayed in Kismayo. Boats crossed Lake Chad to Baga Sola. Sana'a was quiet. Police in Bukavu, DRC, and in Goma closed the road."
)


def title(text):
    return " ".join(word[:1].upper() + word[1:] for word in text.split(" "))


@pytest.mark.parametrize("change", [str.lower, str.upper, title])
def test_a_report_without_its_capitals(geoparser, change):
    plain, found = names_of(geoparser, REPORT), names_of(geoparser, change(REPORT))
    assert len(found) >= 0.95 * len(plain)
    assert len(set(plain) & set(found)) >= 0.9 * len(set(plain))


def surfaces(geoparser, text):
    return [
        item.mention.surface
        for item in geoparser.parse_text(text)
        if item.mention.kind != "embedded"
    ]


AROUND = "the army said that it had taken the town after a week of heavy fighting. {} the people had fled before."


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("shells fell on sudan's capital.", ["sudan"]),
        ("the us military struck a base in yemen.", ["us", "yemen"]),
        ("a us destroyer sailed to taiwan.", ["us", "taiwan"]),
        ("they told us that it was quiet in goma.", ["goma"]),
        ("gunmen fled from tyre, in lebanon.", ["tyre", "lebanon"]),
        ("two boats sank in the red sea.", ["red sea"]),
        ("people fled the west bank.", ["west bank"]),
        ("troops entered turkey and china.", ["turkey", "china"]),
        ("the airport of kazan airport road in kazan.", ["kazan", "kazan"]),
        ("he flew to the drc and the uae.", ["drc", "uae"]),
        ("schools shut in tiraspol, bender and chisinau.", ["tiraspol", "bender", "chisinau"]),
        ("they met french and polish troops.", ["french", "polish"]),
        ("north gaza and south sudan were quiet.", ["north gaza", "south sudan"]),
        ("rebels hold both sides of the site.", []),
        ("he left the camp in peace and in turn was left in the sun.", []),
    ],
)
@pytest.mark.parametrize("change", [str.lower, str.upper])
def test_names_without_their_capitals(geoparser, change, sentence, expected):
    text = change(AROUND.format(sentence))
    assert [name.lower() for name in surfaces(geoparser, text)] == expected


@pytest.mark.parametrize(
    "text",
    [
        "Raqqa, Mosul, Homs, Aleppo, Idlib, Hama, Palmyra, Damascus, Latakia, Tartus, Daraa, Hasakah, Qamishli, Kobani, Manbij, Afrin, Azaz, Jarabulus, Tabqa, Suwayda, Salamiyah",
        "Rebels Leave The Town Of Raqqa",
        "The Army Of The Republic In Town",
    ],
)
def test_lists_and_headlines_keep_their_capitals(geoparser, text):
    assert recase(text, Names(geoparser.gazetteer)) == text


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("the kenya defence forces", "Kenya Defence Forces"),
        ("the nairobi securities exchange", "Nairobi Securities Exchange"),
        ("the azawad liberation front", "Azawad Liberation Front"),
        ("the somali national army", "Somali National Army"),
        ("the kazan airport", "Kazan airport"),
        ("the kharkiv region", "Kharkiv region"),
        ("the sudanese government", "Sudanese government"),
        ("the red sea", "Red Sea"),
        ("the men of mason county, ga.", "men of Mason County, Ga."),
        ("the mayor of charleston, w.va.", "mayor of Charleston, W.Va."),
        ("the mayor of st. petersburg", "mayor of St. Petersburg"),
        ("the mayor of austin, tx", "mayor of Austin, TX"),
        ("the mayor of grand rapids", "mayor of Grand Rapids"),
        ("the leader of st. petersburg's party", "leader of St. Petersburg's party"),
        ("the eu", "EU"),
        ("the people of homs in may", "people of Homs in May"),
        ("the people of homs on 8 march", "people of Homs on 8 March"),
        ("the men that may march to homs", "men that may march to Homs"),
        ("the drc", "DRC"),
        ("the u.s. army", "U.S. Army"),
    ],
)
def test_which_words_get_capitals(geoparser, words, expected):
    text = AROUND.format(f"it was said by {words.rstrip('.')}.")
    assert f"by the {expected.rstrip('.')}." in recase(text, Names(geoparser.gazetteer))


def test_a_name_over_two_lines_of_telex(geoparser):
    text = "THE ARMY SAID ON FRIDAY THAT ITS TROOPS HAD LEFT THE TOWN OF KHAN\nYOUNIS IN GAZA AFTER A WEEK OF HEAVY FIGHTING WITH THE GROUP."
    assert "KHAN\nYOUNIS" in surfaces(geoparser, text)


def test_a_told_time_keeps_the_letters_of_the_text(geoparser):
    text = AROUND.format("shells fell on goma in may 2014.").upper()
    found = geoparser.parse(Article(id="1", text=text))
    assert [item.told.text for item in found if item.told] == ["IN MAY 2014"]
