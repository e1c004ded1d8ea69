"""The geoparser as a whole: offsets, given spans, and the same answer every time."""

import pickle
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geomap.geoparser import Geoparser
from geomap.model import Article

TEXT = "In Raqqa and in Qwrtzpl, Syrians read the New York Times. Paris, Texas, is far. الرقة"
PIECES = st.sampled_from(
    ["Raqqa", "Paris", ", Texas", " in ", "al-Bab", "U.S.", "US$", "Syria's", "the Turkish-Syrian border", "حلب",
     "Москва", "北京", "S\u0327anlıurfa", " ", "\n\n", ". ", "(Reuters) - ", "Mr. ", "Washington Post", " said ",
     "London-based", "Copyright 2017 ", "😀", "\u200f", "\x00", "By John Smith\n", "\r\n", "“", "’s"]
)  # fmt: skip
STITCHED = st.lists(PIECES, max_size=20).map("".join)


def article(text, *spans):
    return Article(id="a", text=text, spans=tuple(spans))


def bounds(found):
    return [(item.mention.start, item.mention.end) for item in found]


def summary(found):
    return [(r.mention, r.status, r.place, r.confidence, r.candidates) for r in found]


@given(text=st.one_of(STITCHED, st.text(max_size=60)))
def test_every_mention_is_its_surface(geoparser, text):
    found = geoparser.parse_text(text)
    assert all(text[r.mention.start : r.mention.end] == r.mention.surface != "" for r in found)
    assert bounds(found) == sorted(bounds(found))
    assert all(one[1] <= two[0] for one, two in zip(bounds(found), bounds(found)[1:], strict=False))


@given(text=STITCHED)
def test_every_resolution_holds_together(geoparser, text):
    for found in geoparser.parse_text(text):
        assert found.mention.article_id == "text"
        assert (found.place is None) == (found.status == "unknown")
        assert 0.0 <= found.confidence <= 1.0
        assert found.mention.kind in ("literal", "associative", "embedded")


@given(text=STITCHED, ends=st.lists(st.tuples(st.integers(0, 80), st.integers(1, 20)), max_size=6))
def test_given_spans_come_back_exactly(geoparser, text, ends):
    spans = {(start, min(start + size, len(text))) for start, size in ends if start < len(text)}
    found = geoparser.parse(article(text, *spans))
    assert bounds(found) == sorted(spans)
    assert all(text[r.mention.start : r.mention.end] == r.mention.surface for r in found)


def test_given_spans_are_resolved_or_unknown():
    text = "In Raqqa and in Qwrtzpl, Syrians sat."
    spans = [(3, 8), (16, 23), (25, 32), (33, 36)]
    found = Geoparser().parse(article(text, *reversed(spans)))
    assert [(r.mention.surface, r.mention.kind, r.status, r.place and r.place.id) for r in found] == [
        ("Raqqa", "literal", "resolved", "geonames:172955"),
        ("Qwrtzpl", "literal", "unknown", None),
        ("Syrians", "associative", "resolved", "geonames:163843"),
        ("sat", "literal", "unknown", None),
    ]  # fmt: skip


def test_an_unknown_span_has_no_confidence(geoparser):
    [found] = geoparser.parse(article("Qwrtzpl", (0, 7)))
    assert (found.confidence, found.candidates, found.span_evidence) == (0.0, (), ())


@pytest.mark.parametrize("spans", [[], [(3, 8), (3, 8)], [(3, 8), (0, 8)], [(3, 6), (3, 8)]])
def test_given_spans_may_be_none_or_repeat_or_overlap(geoparser, spans):
    assert bounds(geoparser.parse(article(TEXT, *spans))) == sorted(set(spans))


def test_given_spans_are_resolved_in_the_light_of_each_other(geoparser):
    text = "Paris, Texas"
    [paris, texas] = geoparser.parse(article(text, (0, 5), (7, 12)))
    [alone] = geoparser.parse(article(text, (0, 5)))
    assert (paris.place.admin1, texas.place.feature) == ("Texas", "ADM1")
    assert alone.place.country == "FR"


def test_an_article_keeps_its_id(geoparser):
    found = geoparser.parse(Article(id="paper/7", text="A bakery reopened in Raqqa."))
    assert [r.mention.article_id for r in found] == ["paper/7"]


def test_two_geoparsers_agree(gazetteer):
    one, two = Geoparser(gazetteer, evidence=True), Geoparser(gazetteer, evidence=True)
    two.parse_text("Warm up with Mosul, Paris and Springfield, Illinois.")
    assert summary(one.parse_text(TEXT)) == summary(two.parse_text(TEXT))
    assert summary(one.parse_text(TEXT)) == summary(one.parse_text(TEXT))


def test_one_article_leaves_no_trace_in_the_next(geoparser):
    before = summary(geoparser.parse_text("Boats left from Tripoli."))
    geoparser.parse_text("Lebanon opened a port, and boats left from Tripoli.")
    assert summary(geoparser.parse_text("Boats left from Tripoli.")) == before


def test_a_geoparser_can_be_sent_to_another_process(geoparser):
    again = pickle.loads(pickle.dumps(geoparser))  # noqa: S301
    assert summary(again.parse_text(TEXT)) == summary(geoparser.parse_text(TEXT))


@pytest.mark.parametrize(
    "text",
    [
        "A" * 50_000,
        "Raqqa " * 3_000,
        "al-" * 20_000,
        "U.S." * 10_000,
        "'" * 50_000,
        "of the " * 10_000,
        "New " * 10_000,
        "a\u0301" * 20_000,
        "\n" * 50_000,
    ],
    ids=lambda text: repr(text[:8]),
)
def test_strange_articles_come_to_an_end(geoparser, text):
    found = geoparser.parse_text(text)
    assert all(text[r.mention.start : r.mention.end] == r.mention.surface for r in found)


def doubt(article, found):
    """An enricher: whoever writes of rumours is sure of no place."""
    share = 0.5 if "rumour" in article.text else 1.0
    return tuple(replace(item, confidence=item.confidence * share) for item in found)


def forget(article, found):
    """An enricher that sees what those before it said."""
    assert {item.mention.article_id for item in found} <= {article.id}
    return tuple(replace(item, relation=None) for item in found)


def test_enrichers_of_ones_own_come_behind_those_of_geomap(geoparser):
    text = "On Friday, rumours came from 30 km north of Raqqa."
    own = Geoparser(geoparser.gazetteer, enrichers=[doubt, forget])
    (plain,), (found,) = geoparser.parse_text(text), own.parse_text(text)
    assert plain.relation is not None
    assert found == replace(plain, confidence=plain.confidence / 2, relation=None)
    assert found.told is not None
    assert len(own.enrichers) == 4


def test_enrichers_travel_to_other_processes(geoparser):
    own = Geoparser(geoparser.gazetteer, relations=False, told=False, enrichers=[doubt])
    there = pickle.loads(pickle.dumps(own))  # noqa: S301
    text = "On Friday, rumours came from 30 km north of Raqqa."
    assert there.enrichers == (doubt,)
    assert there.parse_text(text) == own.parse_text(text)
    assert there.parse_text(text)[0].told is None
