"""Texts with the marks of scans, lines and notes are read as if they had none."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geomap.model import Article
from geomap.recognise.clean import clean_text
from geomap.recognise.names import Names
from tests.told.telling import published_on

PLAIN = (
    "Shells hit Deir ez-Zor on Friday, police said. A mine went off north of Khan Younis, and the\n"
    "road to Port-au-Prince was closed."
)


@pytest.fixture(scope="module")
def names(geoparser):
    return Names(geoparser.gazetteer)


def cleaned(text, names):
    found = clean_text(text, names)
    return text if found is None else found.text


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # spaces
        ("in\u00a0Raqqa", "in Raqqa"),
        ("in Khan\u00a0Younis", "in Khan Younis"),
        ("in Khan\u202fYounis", "in Khan Younis"),
        ("in  Khan  Younis", "in Khan Younis"),
        ("It rained.  Raqqa", "It rained. Raqqa"),
        ("Khan \u00a0Younis", "Khan Younis"),
        ("Raqqa    Mosul", "Raqqa    Mosul"),  # columns
        # notes
        ("in Raqqa[1] and Mosul[12].", "in Raqqa and Mosul."),
        ("in Raqqa [1], it", "in Raqqa, it"),
        ("fell.[1] In Mosul", "fell. In Mosul"),
        ("fell.[1][2] In Mosul", "fell. In Mosul"),
        ("fell.[3]In Mosul", "fell. In Mosul"),
        ("fell.[a] In Mosul", "fell. In Mosul"),
        ("fell.[citation needed] In Mosul", "fell. In Mosul"),
        ("in Raqqa¹ and Mosul²³.", "in Raqqa and Mosul."),
        ("in Raqqa* and Mosul†.", "in Raqqa and Mosul."),
        ("[1] Raqqa", "[1] Raqqa"),
        ("came [in] Raqqa", "came [in] Raqqa"),
        ("10 km² of Raqqa", "10 km² of Raqqa"),
        # words parted by a line's end
        ("in Khar-\nkiv", "in Kharkiv"),
        ("in KHAR-\nKIV", "in KHARKIV"),
        ("in Khar\u00ad\nkiv", "in Kharkiv"),
        ("in Khar-\n   kiv", "in Kharkiv"),
        ("in Khar-\r\nkiv", "in Kharkiv"),
        ("the settle-\nment", "the settlement"),
        ("a cease-\nfire", "a ceasefire"),
        ("an army-\nbacked", "an army-backed"),
        ("in Port-au-\nPrince", "in Port-au-Prince"),
        ("in Port-\nau-Prince", "in Port-au-Prince"),
        ("in Deir ez-\nZor", "in Deir ez-Zor"),
        ("in al-\nBab", "in al-Bab"),
        ("the Saar-\nbrücken", "the Saarbrücken"),
        ("on 4-\n5 May", "on 4-\n5 May"),
    ],
)
def test_what_is_read(text, expected, names):
    assert cleaned(text, names) == expected


TELEX = """\
   Managua, 5 Nov 87 (Agency) -- Several incursions of soldiers onto the
soil of the country in the month of November, with harassment of the
observation post which the battalion maintains in the hills of San
Salvador, were made known yesterday by sources of the army.
"""


def test_lines_that_a_width_broke_are_one(names):
    text = cleaned(TELEX, names)
    assert "San Salvador" in text
    assert text.count("\n") == 1


@pytest.mark.parametrize(
    "text",
    [
        "Raqqa\nMosul\nHoms\nKhan Younis\nAleppo\nIdlib",
        "Shells hit Raqqa\nThe army said on Friday\nPolice in Mosul say no\nBakers are at work again",
        "One line only",
        "a\n\nb\n\nc\n\nd\n\ne",
    ],
)
def test_lists_and_headlines_keep_their_lines(text, names):
    assert cleaned(text, names) == text


MESSES = {
    "non-breaking": lambda text: text.replace(" ", "\u00a0"),
    "double": lambda text: text.replace(" ", "  "),
    "lines": lambda text: text.replace("Khan Younis", "Khan\nYounis"),
    "hyphens": lambda text: text.replace("Younis", "You-\nnis").replace("ez-", "ez-\n"),
    "notes": lambda text: text.replace("Younis", "Younis[1]").replace("Zor", "Zor[2]"),
    "apostrophes": lambda text: text.replace("Khan Younis", "Khan Yunis"),
    "sentence notes": lambda text: text.replace(".", ".[1]"),
}


@pytest.mark.parametrize("mess", sorted(MESSES))
def test_mentions_relations_and_times_stand_where_the_text_has_them(geoparser, mess):
    published = published_on("2016-06-15")
    text = MESSES[mess](PLAIN)
    plain = geoparser.parse(Article(id="1", text=PLAIN, published=published))
    found = geoparser.parse(Article(id="1", text=text, published=published))
    assert [item.place.id for item in found] == [item.place.id for item in plain]
    assert [item.told and item.told.span for item in found] == [
        item.told and item.told.span for item in plain
    ]
    assert [item.relation and item.relation.type for item in found] == [
        item.relation and item.relation.type for item in plain
    ]
    for item in found:
        for part in filter(None, (item.mention, item.relation, item.told)):
            words = item.mention.surface if part is item.mention else part.text
            assert text[part.start : part.end] == words


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Shells hit Sana’a on Friday.", "Sana’a"),
        ("Shells hit Sana'a on Friday.", "Sana'a"),
        ("Shells hit Sanaʿa on Friday.", "Sanaʿa"),
        ("Shells hit Sana`a on Friday.", "Sana`a"),
        ("Drones flew over Mek'ele in Tigray.", "Mek'ele"),
        ("Drones flew over Mek’ele in Tigray.", "Mek’ele"),
        ("Drones flew over Mekʼele in Tigray.", "Mekʼele"),
        ("Shells hit Ma’arrat\nal-Nu’man in Idlib.", "Ma’arrat\nal-Nu’man"),
        ("The Khar-\nkiv front in Ukraine was quiet.", "Khar-\nkiv"),
        ("They left N’Djamena[4] for Faya.", "N’Djamena"),
        ("Shells hit Khan\u00a0Younis in Gaza.", "Khan\u00a0Younis"),
        ("Shells hit Khan  Younis in Gaza.", "Khan  Younis"),
    ],
)
def test_names_are_found_as_they_are_written(geoparser, text, name):
    assert name in [item.mention.surface for item in geoparser.parse_text(text)]


@settings(deadline=None, max_examples=200)
@given(text=st.text(alphabet="aAbB \n-\u00a0[1].*¹\u00ad'", max_size=60))
def test_every_letter_that_is_read_is_one_of_the_text(names_of_all, text):
    found = clean_text(text, names_of_all)
    if found is None:
        return
    for offset, char in enumerate(found.text):
        written = text[found.place(offset)]
        assert written == char or char in " -"
    places = [found.place(offset) for offset in range(len(found.text))]
    assert places == sorted(places)


@pytest.fixture(scope="module")
def names_of_all(names):
    return names
