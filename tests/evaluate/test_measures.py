"""Measures and their intervals, reckoned by hand."""

import math

import pytest

from geomap.evaluate import FAR_KM, INTERVALS, NOTHING, Interval, Scores, find_intervals
from geomap.evaluate.scores import count_overlapping, find_auc


def scores(**counts):
    return Scores(**{"annotated": 4, "found": 5, "both": 2, "errors_km": (), **counts})


@pytest.mark.parametrize(
    ("errors", "expected"),
    [
        ((), 0.0),
        ((0.0,), 0.0),
        ((0.0, 0.0, 0.0), 0.0),
        ((math.e - 1, 0.0), 0.5 / math.log(FAR_KM)),
        ((math.e - 1, 0.0, math.e - 1), 1.5 / (2 * math.log(FAR_KM))),
        ((FAR_KM - 1, FAR_KM - 1), 1.0),
    ],
)
def test_the_area_under_the_errors(errors, expected):
    assert find_auc(errors) == pytest.approx(expected)


def test_overlaps():
    found = scores(touched=3, touching=4)
    assert (found.overlap_precision, found.overlap_recall) == (0.8, 0.75)
    assert found.overlap_f1 == pytest.approx(1.2 / 1.55)
    assert scores(touched=0, touching=0).overlap_f1 == 0.0


@pytest.mark.parametrize(
    ("spans", "others", "expected"),
    [
        ([], [(0, 1)], 0),
        ([(0, 2)], [(2, 4)], 0),
        ([(0, 3)], [(2, 4), (1, 2)], 1),
        ([(0, 3), (3, 5)], [(2, 4)], 2),
    ],
)
def test_what_overlaps(spans, others, expected):
    assert count_overlapping(spans, others) == expected


def test_distances():
    found = scores(errors_km=(161.0, 3.0, FAR_KM, 161.1))
    assert (found.near, found.acc161, found.median_km) == (2, 0.5, 161.1)
    assert found.mean_km == pytest.approx((161.0 + 3.0 + FAR_KM + 161.1) / 4)
    assert (NOTHING.mean_km, NOTHING.median_km, NOTHING.auc) == (0.0, 0.0, 0.0)


def test_kinds():
    assert scores(kinds=4, kinds_right=3).kind_accuracy == 0.75
    assert scores().kind_accuracy is None


def test_articles_alike_leave_no_doubt():
    alike = [scores(touched=2, touching=2, errors_km=(0.0, FAR_KM))] * 9
    expected = {
        "precision": 0.4, "recall": 0.5, "f1": 4 / 9, "overlap_f1": 4 / 9, "acc161": 0.5,
        "mean_km": FAR_KM / 2,
    }  # fmt: skip
    found = find_intervals(alike)
    assert {name: side.low for name, side in found.items()} == pytest.approx(expected)
    assert {name: side.high for name, side in found.items()} == pytest.approx(expected)


def test_intervals_hold_the_measure_and_narrow_with_more_articles():
    few = [scores(both=number % 5, found=4) for number in range(10)]
    narrow, wide = find_intervals(few * 10)["recall"], find_intervals(few)["recall"]
    assert wide.low < narrow.low < 0.5 < narrow.high < wide.high
    assert find_intervals(few) == find_intervals(few)


def test_no_articles_give_no_interval_to_speak_of():
    assert find_intervals([]) == dict.fromkeys(INTERVALS, Interval(low=0.0, high=0.0))
