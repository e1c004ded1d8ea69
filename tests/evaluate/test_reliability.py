"""Confidences against what was right."""

from dataclasses import replace

import pytest

from geomap.corpora import AnnotatedArticle, GoldToponym
from geomap.evaluate import Bin, Parsed, find_reliability, judge, judge_embedded
from geomap.model import Mention, Place, Resolution

PLACE = Place(id="geomap:x", name="X", lat=10.0, lon=20.0, feature="PPL", country="SY")


def said(start, confidence, *, kind="literal", place=PLACE):
    mention = Mention(article_id="a", start=start, end=start + 1, surface="x", kind=kind)
    status = "resolved" if place else "unknown"
    return Resolution(mention=mention, status=status, place=place, confidence=confidence)


def parsed(*resolutions, given=False):
    points = ((10.0, 20.0), (11.0, 20.0), (50.0, 20.0), (None, None))
    toponyms = tuple(
        GoldToponym(start=start, end=start + 1, lat=lat, lon=lon)
        for start, (lat, lon) in enumerate(points)
    )
    article = AnnotatedArticle(id="a", text="xxxxxxxx", toponyms=toponyms)
    return Parsed(article=article, resolutions=resolutions, given=given)


@pytest.mark.parametrize(
    ("resolution", "expected"),
    [
        (said(0, 0.9), [(0.9, True)]),
        (said(1, 0.9), [(0.9, True)]),  # 111 km away
        (said(2, 0.9), [(0.9, False)]),
        (said(3, 0.9), []),  # nobody knows
        (said(6, 0.9), [(0.9, False)]),  # not annotated
        (said(0, 0.9, kind="embedded"), []),
        (said(0, 0.0, place=None), []),
    ],
)
def test_what_is_right(resolution, expected):
    assert list(judge(parsed(resolution))) == expected


def test_bins():
    bins = find_reliability([parsed(said(0, 0.75), said(2, 0.79)), parsed(said(1, 1.0))])
    assert [item.count for item in bins] == [0, 0, 0, 0, 0, 0, 0, 2, 0, 1]
    assert bins[9] == Bin(low=0.9, high=1.0, count=1, confidence=1.0, right=1.0)
    assert (bins[7].confidence, bins[7].right) == (pytest.approx(0.77), 0.5)
    assert bins[7].gap == pytest.approx(0.27)


def test_the_bins_of_nothing():
    assert [(item.count, item.confidence, item.right) for item in find_reliability([])] == [
        (0, 0.0, 0.0)
    ] * 10


def test_embedded_names_are_right_where_no_place_is_annotated():
    def named(start, kind, confidence):
        mention = Mention(article_id="1", start=start, end=start + 1, surface="a", kind=kind)
        return Resolution(mention=mention, status="unknown", confidence=confidence)

    places = (
        GoldToponym(start=0, end=1, lat=None, lon=None, kind="literal"),
        GoldToponym(start=4, end=5, lat=None, lon=None, kind="embedded"),
    )
    article = AnnotatedArticle(id="1", text="a a a", toponyms=places)
    found = (named(0, "embedded", 0.6), named(2, "embedded", 0.7), named(4, "embedded", 0.8))
    item = Parsed(article=article, resolutions=found)
    assert list(judge_embedded(item)) == [(0.6, False), (0.7, True), (0.8, True)]
    plain = replace(article, toponyms=(replace(places[0], kind=None),))
    assert list(judge_embedded(Parsed(article=plain, resolutions=found))) == []
