"""Scores, reckoned by hand."""

import pytest
from geopy.distance import great_circle

from geomap.corpora import AnnotatedArticle, GoldToponym
from geomap.evaluate import FAR_KM, Scores, evaluate_raw, evaluate_spans
from geomap.model import Mention, Place, Resolution

NONE = Scores(annotated=0, found=0, both=0, errors_km=())


class Scripted:
    """A geoparser that answers what it was told, and remembers what it was asked."""

    def __init__(self, *answers):
        self.answers = answers
        self.asked = []

    def parse(self, article):
        self.asked.append(article)
        return self.answers


def answer(start, end, *, lat=None, lon=None, kind="literal"):
    place = (
        None
        if lat is None
        else Place(id="geomap:x", name="X", lat=lat, lon=lon, feature="PPL", country="SY")
    )
    mention = Mention(article_id="a", start=start, end=end, surface="x" * (end - start), kind=kind)
    status = "unknown" if place is None else "resolved"
    return Resolution(mention=mention, status=status, place=place)


def gold(start, end, lat=None, lon=None):
    return GoldToponym(start=start, end=end, lat=lat, lon=lon)


ARTICLE = AnnotatedArticle(
    id="a", text="x" * 100, toponyms=(gold(0, 4, 10.0, 20.0), gold(10, 14, 0.0, 0.0), gold(20, 24))
)


@pytest.mark.parametrize(
    ("answers", "expected"),
    [
        ((), Scores(annotated=3, found=0, both=0, errors_km=(FAR_KM, FAR_KM))),
        (
            (answer(0, 4, lat=10.0, lon=20.0), answer(20, 24), answer(50, 54, lat=1.0, lon=1.0)),
            Scores(annotated=3, found=3, both=2, touched=2, touching=2, errors_km=(0.0, FAR_KM)),
        ),
        (
            (answer(0, 5, lat=10.0, lon=20.0), answer(10, 14)),
            Scores(annotated=3, found=2, both=1, touched=2, touching=2, errors_km=(FAR_KM, FAR_KM)),
        ),
        (
            (answer(10, 14, lat=0.0, lon=0.0, kind="embedded"),),
            Scores(annotated=3, found=0, both=0, errors_km=(FAR_KM, FAR_KM)),
        ),
        (
            (answer(10, 14, lat=0.0, lon=1.0, kind="associative"),),
            Scores(annotated=3, found=1, both=1, touched=1, touching=1, errors_km=(FAR_KM, great_circle((0, 0), (0, 1)).km)),
        ),
    ],
)  # fmt: skip
def test_scores_of_raw_text(answers, expected):
    assert evaluate_raw(Scripted(*answers), [ARTICLE]) == expected


def test_given_spans_are_handed_over_and_embedded_ones_count():
    geoparser = Scripted(answer(10, 14, lat=0.0, lon=0.0, kind="embedded"))
    scores = evaluate_spans(geoparser, [ARTICLE])
    assert [article.spans for article in geoparser.asked] == [((0, 4), (10, 14), (20, 24))]
    assert scores == Scores(
        annotated=3, found=1, both=1, touched=1, touching=1, errors_km=(FAR_KM, 0.0)
    )


def test_raw_text_comes_without_spans():
    geoparser = Scripted()
    evaluate_raw(geoparser, [ARTICLE])
    assert [(article.text, article.spans) for article in geoparser.asked] == [(ARTICLE.text, None)]


def test_measures():
    scores = Scores(annotated=8, found=4, both=3, errors_km=(0.0, 160.9, 161.1, FAR_KM))
    assert (scores.precision, scores.recall, scores.f1, scores.acc161) == (0.75, 0.375, 0.5, 0.5)


def test_measures_of_nothing():
    assert (NONE.precision, NONE.recall, NONE.f1, NONE.acc161) == (0.0, 0.0, 0.0, 0.0)


def test_scores_add_up():
    one = Scores(annotated=1, found=2, both=1, errors_km=(1.0,))
    assert one + NONE == one
    assert one + one == Scores(annotated=2, found=4, both=2, errors_km=(1.0, 1.0))
    assert evaluate_raw(Scripted(), [ARTICLE, ARTICLE]).annotated == 6
    assert evaluate_raw(Scripted(), []) == NONE
