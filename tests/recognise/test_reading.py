"""An article is read in one way for parsing, training and measuring, and all offsets come back to the text as given."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

import geomap
from geomap.corpora import AnnotatedArticle, GoldToponym
from geomap.evaluate import Examiner, Parsed
from geomap.model import Article
from geomap.recognise.names import Names
from geomap.recognise.reading import read_article
from geomap.recognise.weights import Weights

LOWER = "heavy rain fell in paris, texas, on monday. the mayor of dallas said that roads to houston were closed."
SHOUTED = LOWER.upper()
BROKEN = (
    "Heavy rain fell in Paris, Texas, on Mon-\nday.[1]  The mayor of Dal-\nlas said that\u00a0roads to Houston\n"
    "were closed, and that nobody had left Paris, Texas, before the water came."
)
#: what alone may stand before recognition: everything else asks this module
PRELUDE = {"clean_text", "recase", "find_masks", "find_points", "find_spans"}


@pytest.fixture(scope="module")
def names(gazetteer):
    return Names(gazetteer)


def _found(names, text):
    read = read_article(names, Article(id="a", text=text))
    bounds = [read.bounds(span.start, span.end) for span in read.find_spans(names)]
    return {text[start:end] for start, end in bounds}


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        (LOWER, {"paris", "texas", "dallas", "houston"}),
        (SHOUTED, {"PARIS", "TEXAS", "DALLAS", "HOUSTON"}),
        (BROKEN, {"Paris", "Texas", "Dal-\nlas", "Houston"}),
    ],
)
def test_names_stand_where_they_do_in_the_text_as_given(names, text, wanted):
    found = {part for name in _found(names, text) for part in name.split(", ")}
    assert wanted <= found


def test_spans_that_were_given_are_read_as_the_text_stands(names):
    article = Article(id="a", text=BROKEN, spans=((19, 24),))
    read = read_article(names, article)
    assert read.article is article
    assert read.bounds(19, 24) == (19, 24)


def test_a_miss_is_seen_as_the_geoparser_saw_the_text(gazetteer):
    start = LOWER.index("dallas")
    toponym = GoldToponym(start=start, end=start + 6, lat=32.78, lon=-96.8)
    article = AnnotatedArticle(id="a", text=LOWER, toponyms=(toponym,))
    examiner = Examiner(gazetteer, Weights())
    [miss] = examiner.find_misses(Parsed(article=article, resolutions=(), given=False))
    assert (miss.cause, miss.surface) == ("rejected by the recogniser", "dallas")
    assert "Dallas" in {candidate.place.name for candidate in miss.candidates}


def test_no_room_but_this_one_prepares_a_text_for_recognition():
    package = Path(geomap.__file__).parent
    rooms = [
        package / "geoparser.py",
        *(package / "learn").glob("*.py"),
        *(package / "evaluate").glob("*.py"),
    ]
    used = {
        (path.name, alias.name)
        for path in rooms
        for node in ast.walk(ast.parse(path.read_bytes()))
        if isinstance(node, ast.ImportFrom)
        for alias in node.names
        if alias.name in PRELUDE
    }
    assert used == set()
