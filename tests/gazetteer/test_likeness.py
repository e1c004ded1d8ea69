"""How like two names are."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geomap.gazetteer.likeness import likeness_to

WORDS = st.text("abcé م", max_size=12)


def common_letters(one, two):
    """Return how long the longest common subsequence is, found the plain way."""
    row = [0] * (len(two) + 1)
    for letter in one:
        above = row[:]
        for place, other in enumerate(two):
            same = above[place] + (letter == other)
            row[place + 1] = max(same, above[place + 1], row[place])
    return row[-1]


@given(WORDS, WORDS)
def test_likeness_is_the_share_of_letters_in_common(one, two):
    letters = len(one) + len(two)
    expected = 200 * common_letters(one, two) / letters if letters else 100
    assert likeness_to(one)(two) == likeness_to(two)(one) == pytest.approx(expected)


@pytest.mark.parametrize(
    ("one", "two", "expected"),
    [("", "", 100), ("raqqa", "raqqa", 100), ("raqqa", "rakka", 60), ("raqqa", "", 0)],
)
def test_what_is_the_same_is_wholly_alike(one, two, expected):
    assert likeness_to(one)(two) == expected


def test_long_names_have_room():
    assert likeness_to("ab" * 500)("ab" * 500) == 100
