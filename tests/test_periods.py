"""Days, weeks, months, quarters and years."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geomap.errors import InputError
from geomap.periods import (
    PERIODS,
    expect_period,
    label_period,
    label_span,
    last_day,
    next_period,
    read_period,
    start_of,
)


@given(st.dates(), st.sampled_from(PERIODS))
def test_each_day_lies_in_one_period_that_its_label_names(day, period):
    start = start_of(day, period)
    end = last_day(start, period)
    assert start <= day <= end
    assert start_of(end, period) == start
    assert read_period(label_period(start, period)) == (start, end)
    assert label_span(start, end).startswith(label_period(start, period)[:4]) or period == "week"
    following = next_period(start, period)
    assert following is None if end == dt.date.max else start_of(following, period) == following


def test_a_week_has_the_year_of_its_thursday():
    assert label_period(start_of(dt.date(2018, 12, 31), "week"), "week") == "2019-W01"
    assert label_period(start_of(dt.date(2021, 1, 3), "week"), "week") == "2020-W53"


@pytest.mark.parametrize(
    "text",
    ["2018-13", "2019-02-30", "2018-W54", "2018-Q5", "0000", "18", "2018/02", "", None, 2018],
)
def test_anything_else_is_no_label(text):
    with pytest.raises(InputError, match="expected a day as YYYY-MM-DD"):
        read_period(text)


def test_an_unknown_period_is_refused():
    with pytest.raises(
        InputError, match="a period of day, week, month, quarter, year, got 'decade'"
    ):
        expect_period("decade")
