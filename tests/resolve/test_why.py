"""Why a place was chosen, in a word or two."""

import pickle

import pytest

from geomap import Article, Geoparser
from geomap.records import COLUMNS, mention_records
from geomap.resolve.why import WHY


@pytest.fixture(scope="module")
def asked(gazetteer):
    return Geoparser(gazetteer, why=True)


def why(geoparser, text, surface):
    return next(item.why for item in geoparser.parse_text(text) if item.mention.surface == surface)


def test_words_say_what_spoke_for_the_place(asked):
    assert why(asked, "A bridge opened in Ouagadougou.", "Ouagadougou") == ("only",)
    assert "beside" in why(asked, "A fair opened in Paris, Texas, on Monday.", "Paris")
    assert "capital" in why(asked, "A fair opened in Paris on Monday.", "Paris")
    assert "largest" in why(asked, "A fair opened in Birmingham on Monday.", "Birmingham")
    assert why(asked, "The well at 36.8900° N, 38.3500° E is dry.", "36.8900° N, 38.3500° E") == (
        "spelt_out",
    )


def test_only_known_words_and_only_where_asked(asked, geoparser):
    text = "Floods hit Tripoli, Beirut and Homs in Lebanon and Syria, and Springfield, Illinois."
    found = asked.parse_text(text)
    assert found
    assert all(item.why and set(item.why) <= set(WHY) for item in found)
    assert all(item.why == () for item in geoparser.parse_text(text))


def test_the_record_has_it_beside_its_columns(asked, geoparser):
    article = Article(id="1", text="A fair opened in Paris, Texas.")
    [first, *_] = mention_records(article, asked.parse(article))
    assert set(first) - set(COLUMNS) == {"why"}
    [first, *_] = mention_records(article, geoparser.parse(article))
    assert tuple(first) == COLUMNS


def test_a_geoparser_that_says_why_keeps_to_it_in_another_process(asked):
    again = pickle.loads(pickle.dumps(asked))  # noqa: S301
    assert again.parse_text("A fair in Paris.") == asked.parse_text("A fair in Paris.")
