"""The mention record."""

import dataclasses
import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geomap.model import Article, DateSpan, Mention, Place, Relation, Resolution
from geomap.records import COLUMNS, SNIPPET_LENGTH, clean_text, cut_snippet, mention_record

TEXT = "Rain fell in Paris. The market in Raqqa reopened on Monday. All were glad."
START = TEXT.index("Raqqa")
DAY = dt.date(2019, 3, 21)
ARTICLE = Article(
    id="a.txt",
    text=TEXT,
    title="Market reopens",
    published=DateSpan(start=DAY, end=DAY, precision="day", source="header"),
)
RAQQA = Place(
    id="geonames:172955", name="Raqqa", lat=35.9527777, lon=39.0081234, feature="PPLA",
    country="SY", admin1="Raqqa", population=177_636,
)  # fmt: skip
RESOLUTION = Resolution(
    mention=Mention(
        article_id="a.txt", start=START, end=START + 5, surface="Raqqa", kind="literal"
    ),
    status="resolved",
    place=RAQQA,
    confidence=0.98765,
)
RECORD = {
    "article_id": "a.txt",
    "title": "Market reopens",
    "source": None,
    "url": None,
    "lang": None,
    "start": 34,
    "end": 39,
    "surface": "Raqqa",
    "snippet": "The market in Raqqa reopened on Monday.",
    "kind": "literal",
    "status": "resolved",
    "place_id": "geonames:172955",
    "name": "Raqqa",
    "feature": "PPLA",
    "lat": 35.95278,
    "lon": 39.00812,
    "radius_km": None,
    "precision": 1,
    "country": "SY",
    "admin1": "Raqqa",
    "admin2": None,
    "confidence": 0.988,
    "relation": None,
    "date_start": "2019-03-21",
    "date_end": "2019-03-21",
    "date_precision": "day",
    "date_source": "header",
    "story_id": None,
    "story_size": None,
}


def test_a_record_holds_every_column_in_order():
    record = mention_record(ARTICLE, RESOLUTION)
    assert record == RECORD
    assert tuple(record) == COLUMNS


def test_an_unknown_place_and_date_are_null():
    unknown = dataclasses.replace(RESOLUTION, status="unknown", place=None, confidence=0.0)
    record = mention_record(Article(id="a.txt", text=TEXT), unknown)
    place = ("place_id", "name", "feature", "lat", "lon", "radius_km", "precision", "country")
    assert record == RECORD | dict.fromkeys(
        (*place, "title", "admin1", "admin2", "date_start", "date_end", "date_source")
    ) | {"status": "unknown", "confidence": 0.0, "date_precision": "unknown"}


def test_a_place_on_the_equator_keeps_its_zeros():
    null_island = dataclasses.replace(RAQQA, lat=0.0, lon=0.0, radius_km=12.34)
    record = mention_record(ARTICLE, dataclasses.replace(RESOLUTION, place=null_island))
    assert (record["lat"], record["lon"], record["radius_km"]) == (0.0, 0.0, 12.3)


@pytest.mark.parametrize(("feature", "precision"), [("PPL", 2), ("ADM1", 4), ("PCLI", 6)])
def test_near_a_point_is_less_precise_than_the_point(feature, precision):
    related = dataclasses.replace(
        RESOLUTION,
        place=dataclasses.replace(RAQQA, feature=feature),
        relation=Relation(text="30 km north of", type="distance"),
    )
    record = mention_record(ARTICLE, related)
    assert (record["precision"], record["relation"]) == (precision, "30 km north of")


@pytest.mark.parametrize(
    ("text", "cleaned"),
    [
        ("Raqqa", "Raqqa"),
        ("New\n\t York\u00a0 City ", "New York City"),
        ("\u202eabc\u202c\x00\x1b[31m", "abc[31m"),
        ("\u2066a\u2069\ufeff\ud800", "a"),
        ("می\u200cخواهم", "می\u200cخواهم"),
        ("حلب", "حلب"),
        ("", ""),
    ],
)
def test_clean_text(text, cleaned):
    assert clean_text(text) == cleaned


def test_a_long_sentence_is_cut_between_words_around_the_mention():
    text = "one two " * 60 + "Raqqa" + " three four" * 60
    start = text.index("Raqqa")
    snippet = cut_snippet(text, start, start + 5)
    assert snippet.startswith(("…one ", "…two "))
    assert snippet.endswith((" three…", " four…"))
    assert "Raqqa" in snippet
    assert 250 <= len(snippet) <= SNIPPET_LENGTH + 2


def test_a_mention_is_never_cut():
    text = "a" * 1000
    assert cut_snippet(text, 100, 900) == "…" + "a" * 800 + "…"


@given(st.text(alphabet="aZ .!?\n\"'é。", max_size=1500), st.data())
def test_every_snippet_holds_its_mention_and_is_bounded(text, data):
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, min(len(text), start + 40)))
    snippet = cut_snippet(text, start, end)
    assert clean_text(text[start:end]) in snippet
    assert len(snippet) <= SNIPPET_LENGTH + 2
