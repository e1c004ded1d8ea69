"""Districts that a part of a report or a sentence begins with, and names in brackets before a unit word."""

import pytest

from geomap import Article
from geomap.recognise.page import read_page
from geomap.recognise.reading import read_article
from geomap.resolve.clues import find_all_clues


def hints_in(geoparser, text, surface):
    """Return the hints beside the first mention of a name."""
    names = geoparser._names
    read = read_article(names, Article(id="1", text=text))
    spans = read.find_spans(names)
    page, arounds = read_page(text, read.tokens, spans)
    clues = find_all_clues(page, zip(spans, arounds, strict=True))
    return next(found.hints for span, found in clues if span.surface == surface)


@pytest.mark.parametrize(
    ("text", "surface"),
    [
        ("In short:\n- Rutshuru: two farmers were killed at Kiwanja.\n- Goma: calm.", "Rutshuru"),
        ("Roundup.\n\nDjugu. Houses burnt at Drodro.\n\nNothing else.", "Djugu"),
        ("Week 3\n\nChiúre\nPeople fled from Ocua by night.\n", "Chiúre"),
        ("In Gwoza, two hunters were killed at Limankara.", "Gwoza"),
        ("Roundup.\n\n04. Mambasa: a convoy turned back at Lolwa.\n", "Mambasa"),
    ],
)
def test_a_district_leads_what_is_named_in_it(geoparser, text, surface):
    assert "<*leads" in hints_in(geoparser, text, surface)


@pytest.mark.parametrize(
    ("text", "surface"),
    [
        # nothing named lies in it
        ("In short:\n- Rutshuru: two farmers were killed.\n- Goma: calm at Kiwanja.", "Rutshuru"),
        ("In Gwoza, two hunters were killed by men from Maiduguri.", "Gwoza"),
        # it begins neither a part nor a sentence
        ("Two hunters of Gwoza were killed at Limankara.", "Gwoza"),
    ],
)
def test_other_names_lead_nothing(geoparser, text, surface):
    assert "<*leads" not in hints_in(geoparser, text, surface)


@pytest.mark.parametrize(
    ("text", "surface", "hint"),
    [
        ("Shots were heard on the boundary with Ihiala.", "Ihiala", "<*limit"),
        ("Roads cut: Taloqan–Rustaq since noon.", "Rustaq", "-*pair"),
        ("Roads cut: Taloqan–Rustaq since noon.", "Taloqan", "-*pair"),
    ],
)
def test_a_limit_and_a_dash_are_hints(geoparser, text, surface, hint):
    assert hint in hints_in(geoparser, text, surface)


@pytest.mark.parametrize(
    ("text", "surface"),
    [
        ("In Mu Traw (Hpapun) District, Myanmar, a jet dropped two bombs.", "Hpapun"),
        ("In Kler Lwee Htu (Nyaunglebin) District, Myanmar, rice was taken.", "Nyaunglebin"),
        ("A search went on in Kokernag (Distt Anantnag), Kashmir.", "Anantnag"),
        ("Dikwa, Ngala and Bama LGAs, Borno State, received food.", "Dikwa"),
        ("Dikwa, Ngala and Bama LGAs, Borno State, received food.", "Ngala"),
        ("Les cercles de Bankass et Koro (Mali) sont touchés.", "Bankass"),
        ("Les cercles de Bankass et Koro (Mali) sont touchés.", "Koro"),
        ("Oblast: Sumy; Raion: Shostka", "Shostka"),
        ("Country: Mali\nAdmin1: Mopti\nAdmin2: Bankass", "Bankass"),
        ("Ninewa Gov.: Sinjar Dist. received 300 families.", "Ninewa"),
    ],
)
def test_a_unit_word_counts_for_a_name_in_brackets(geoparser, text, surface):
    [found] = [item for item in geoparser.parse_text(text) if item.mention.surface == surface]
    assert found.place.feature.startswith("ADM")
