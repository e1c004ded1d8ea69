"""The mention record."""

import dataclasses
import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geomap.model import (
    Article,
    DateSpan,
    Mention,
    Place,
    Relation,
    Resolution,
    Story,
    ToldTime,
)
from geomap.records import COLUMNS, SNIPPET_LENGTH, clean_text, cut_snippet, mention_record
from geomap.schema import MENTIONS

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
    country="SY", admin1="Raqqa", admin1_id="geonames:172957", population=177_636,
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
    "country_iso3": "SYR",
    "admin1": "Raqqa",
    "admin1_id": "geonames:172957",
    "admin1_code": "SY.04",
    "admin1_iso": "SY-RA",
    "admin2": None,
    "admin2_id": None,
    "within": None,
    "within_name": None,
    "other_place_id": None,
    "confidence": 0.988,
    "relation": None,
    "relation_type": None,
    "relation_lat": None,
    "relation_lon": None,
    "relation_radius_km": None,
    "relation_geometry": None,
    "date_start": "2019-03-21",
    "date_end": "2019-03-21",
    "date_precision": "day",
    "date_source": "header",
    "event_start": None,
    "event_end": None,
    "event_precision": None,
    "event_text": None,
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
    assert record == RECORD | dict.fromkeys(
        (*MENTIONS.of_group("place"), "title", "date_start", "date_end", "date_source")
    ) | {"status": "unknown", "confidence": 0.0, "date_precision": "unknown"}


def test_of_an_unknown_place_the_unit_that_it_lies_in_is_told_with_its_codes():
    unit = Place(
        id="geonames:172957", name="Raqqa", lat=35.96, lon=38.94, feature="ADM1",
        country="SY", admin1="Raqqa", admin1_id="geonames:172957",
    )  # fmt: skip
    held = dataclasses.replace(RESOLUTION, status="unknown", place=None, within=unit)
    record = mention_record(ARTICLE, held)
    assert {name: record[name] for name in MENTIONS.of_group("place") if record[name]} == {
        "lat": 35.96,
        "lon": 38.94,
        "precision": 4,
        "country": "SY",
        "country_iso3": "SYR",
        "admin1": "Raqqa",
        "admin1_id": "geonames:172957",
        "admin1_code": "SY.04",
        "admin1_iso": "SY-RA",
        "within": "geonames:172957",
        "within_name": "Raqqa",
    }


def test_a_place_on_the_equator_keeps_its_zeros():
    null_island = dataclasses.replace(RAQQA, lat=0.0, lon=0.0, radius_km=12.34)
    record = mention_record(ARTICLE, dataclasses.replace(RESOLUTION, place=null_island))
    assert (record["lat"], record["lon"], record["radius_km"]) == (0.0, 0.0, 12.3)


def test_a_relation_stands_beside_its_place_and_tells_how_exact_it_is():
    north = Relation(
        text="30 km\nnorth of Raqqa",
        type="offset",
        lat=36.223456,
        lon=39.0081234,
        radius_km=7.5,
        geometry="POINT (39 36.2)",
    )
    record = mention_record(ARTICLE, dataclasses.replace(RESOLUTION, relation=north))
    assert {key: record[key] for key in RECORD if record[key] != RECORD[key]} == {
        "precision": 2,
        "relation": "30 km north of Raqqa",
        "relation_type": "offset",
        "relation_lat": 36.22346,
        "relation_lon": 39.00812,
        "relation_radius_km": 7.5,
        "relation_geometry": "POINT (39 36.2)",
    }


@pytest.mark.parametrize(
    ("span", "fields"),
    [
        (DateSpan(start=DAY, end=DAY, precision="day"), ("2019-03-21", "2019-03-21", "day")),
        (DateSpan(), (None, None, "unknown")),
    ],
)
def test_a_told_time_stands_beside_the_date_of_publication(span, fields):
    told = ToldTime(text="on\nThursday", start=46, end=58, span=span)
    record = mention_record(ARTICLE, dataclasses.replace(RESOLUTION, told=told))
    found = tuple(record[f"event_{name}"] for name in ("start", "end", "precision", "text"))
    assert found == (*fields, "on Thursday")
    assert tuple(record) == COLUMNS


def test_a_second_reading_stands_beside_the_place_where_the_text_leaves_it_open():
    province = dataclasses.replace(RAQQA, id="geonames:172957", feature="ADM1")
    record = mention_record(ARTICLE, dataclasses.replace(RESOLUTION, other=province))
    assert record == RECORD | {"other_place_id": "geonames:172957"}


def test_copies_share_a_story():
    copied = dataclasses.replace(ARTICLE, story=Story(id="s1", size=3))
    record = mention_record(copied, RESOLUTION)
    assert (record["story_id"], record["story_size"]) == ("s1", 3)


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
