"""Lines from chances to shares: they rise, they are drawn from enough examples, and they are read off."""

import pytest

from geomap.learn.calibration import fit_line
from geomap.recognise.score import calibrate
from geomap.recognise.weights import Weights


def examples(*groups):
    """Return chances and rights: of each group (chance, right, wrong)."""
    pairs = [
        (chance, number < right)
        for chance, right, wrong in groups
        for number in range(right + wrong)
    ]
    return [chance for chance, _ in pairs], [right for _, right in pairs]


@pytest.mark.parametrize(
    ("groups", "line"),
    [
        ([], ()),
        ([(0.5, 59, 0)], ()),
        ([(0.5, 300, 300)], ()),
        ([(0.25, 30, 30), (0.5, 30, 29)], ()),
        ([(0.25, 30, 90), (0.85, 60, 40)], ((0.25, 0.25), (0.85, 0.6))),
        ([(0.85, 60, 40), (0.25, 30, 90)], ((0.25, 0.25), (0.85, 0.6))),
        ([(0.25, 60, 40), (0.85, 40, 60)], ((0.25, 0.5), (0.85, 0.5))),
        ([(0.25, 60, 40), (0.85, 90, 10), (1.0, 3, 0)], ((0.25, 0.6), (0.8544, 0.9029))),
    ],
)
def test_a_line(groups, line):
    assert fit_line(*examples(*groups)) == line


LINE = {"place": ((0.2, 0.1), (0.6, 0.5), (1.0, 0.9)), "span": ((0.5, 0.4), (0.9, 0.8))}


@pytest.mark.parametrize(
    ("odds", "span", "expected"),
    [
        (0.0, 1.0, 0.1),
        (0.2, 1.0, 0.1),
        (0.4, 1.0, 0.3),
        (0.6, 1.0, 0.5),
        (1.0, 1.0, 0.9),
        (1.0, 0.99, 0.72),
        (1.0, 0.7, 0.54),
        (1.0, 0.0, 0.36),
    ],
)
def test_confidence_is_read_off_both_lines(odds, span, expected):
    assert calibrate(Weights(calibration=LINE), odds, span) == pytest.approx(expected)


def test_without_lines_chances_are_taken_at_their_word():
    assert calibrate(Weights(), 0.8, 0.5) == 0.4
