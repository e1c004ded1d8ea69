"""Date phrases: what they say, and how exactly."""

import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geomap.dates import (
    MAX_YEAR,
    MIN_YEAR,
    day_span,
    find_dates,
    find_path_date,
    month_span,
    read_age,
    read_date,
    settle_order,
    year_span,
)
from geomap.model import UNKNOWN_DATE

_CRAWLED = dt.date(2024, 3, 31)


def _brief(date):
    return (str(date.start), str(date.end), date.precision, date.ambiguous)


def _day(iso):
    return (iso, iso, "day", False)


@pytest.mark.parametrize(
    "phrase",
    [
        "2016-06-11",
        "2016-06-11T23:30:00+03:00",
        "2016-06-11 23:30",
        "2016/6/11",
        "20160611",
        "20160611T120000Z",
        "20160611120000",
        "Sat, 11 Jun 2016 00:00:00 +0300",
        "Saturday, June 11, 2016",
        "JUNE 11 2016",
        "Jun. 11th, 2016",
        "11th of June, 2016",
        "11-Jun-2016",
        "11 juin 2016",
        "11 de junio de 2016",
        "11. Juni 2016",
        "11 Haziran 2016",
        "11 июня 2016",
        "11 يونيو 2016",
        "11 حزيران 2016",
        "٢٠١٦/٦/١١",
        "2016年6月11日",
        "Sat 11/06/2016",
        "Sat 06/11/2016",
        " 2016-06-11\n",
    ],
)
def test_one_day_in_many_words(phrase):
    assert _brief(read_date(phrase)) == _day("2016-06-11")


@pytest.mark.parametrize(
    ("phrase", "expected"),
    [
        ("2016", ("2016-01-01", "2016-12-31", "year", False)),
        ("2016-06", ("2016-06-01", "2016-06-30", "month", False)),
        ("06/2016", ("2016-06-01", "2016-06-30", "month", False)),
        ("June 2016", ("2016-06-01", "2016-06-30", "month", False)),
        ("juin 2016", ("2016-06-01", "2016-06-30", "month", False)),
        ("Feb 2016", ("2016-02-01", "2016-02-29", "month", False)),
        ("2016-W23", ("2016-06-06", "2016-06-12", "week", False)),
        ("Week of June 6, 2016", ("2016-06-06", "2016-06-12", "week", False)),
        ("11.06.2016", ("2016-06-11", "2016-06-11", "day", True)),
        ("11/06/2016", ("2016-06-11", "2016-06-11", "day", True)),
        ("11/06/16", ("2016-06-11", "2016-06-11", "day", True)),
        ("06.06.2016", ("2016-06-06", "2016-06-06", "day", False)),
        ("22/05/2016", ("2016-05-22", "2016-05-22", "day", False)),
        ("05/22/2016", ("2016-05-22", "2016-05-22", "day", False)),
        ("3/20/98", ("1998-03-20", "1998-03-20", "day", False)),
    ],
)
def test_precision_stays_that_of_the_phrase(phrase, expected):
    assert _brief(read_date(phrase)) == expected


@pytest.mark.parametrize(
    "phrase",
    [
        "", "soon", "0", "1600", "2500", "2016-13", "2016-00-10", "30 February 2016", "31/31/2016", "2016-W60",
        "1-2", "1.2.3.4", "192.168.10.2011", "12 people 2016", "June 11, 2016 and June 12, 2016", "00000000",
        "11 June 1066", "may be", "June 11",
    ],
)  # fmt: skip
def test_what_is_no_date_is_unknown(phrase):
    assert read_date(phrase) == UNKNOWN_DATE


@pytest.mark.parametrize(
    ("context", "day_first", "expected"),
    [
        ("", None, ("2016-06-11", True)),
        ("", True, ("2016-06-11", False)),
        ("", False, ("2016-11-06", False)),
        ("An earlier text of 22/05/2016.", False, ("2016-06-11", False)),
        ("An earlier text of 05/22/2016.", True, ("2016-11-06", False)),
        ("It happened on June 11 near the town.", False, ("2016-06-11", False)),
        ("It happened on 6 November near the town.", None, ("2016-11-06", False)),
        ("Texts of 22/05/2016 and of 05/22/2016.", None, ("2016-06-11", True)),
        ("Texts of 22/05/2016 and of 05/22/2016.", False, ("2016-11-06", False)),
    ],
)
def test_other_dates_decide_before_the_option_and_the_option_before_the_convention(
    context, day_first, expected
):
    date = settle_order(find_dates("11/06/2016")[0], context, day_first)
    assert (str(date.start), date.ambiguous) == expected


def test_found_dates_stand_where_they_say():
    text = "From 2016-06-11 on, in Aug. 2015 and in the week of May 2, 2016."
    assert [text[found.start : found.end] for found in find_dates(text)] == [
        "2016-06-11",
        "Aug. 2015",
        "week of May 2, 2016",
    ]


@pytest.mark.parametrize(
    ("phrase", "start", "precision"),
    [
        ("5 years ago", "2019-01-01", "year"),
        ("a year ago", "2023-01-01", "year"),
        ("1 month ago", "2024-02-01", "month"),
        ("3 months ago", "2023-12-01", "month"),
        ("2 weeks ago", "2024-03-11", "week"),
        ("2 days ago", "2024-03-29", "day"),
        ("6 hours ago", "2024-03-31", "day"),
        ("yesterday", "2024-03-30", "day"),
        ("icon_time5 years ago", "2019-01-01", "year"),
        ("9999 years ago", "None", "unknown"),
        ("today at 10:15", "2024-03-31", "day"),
        ("A Daily Today", "None", "unknown"),
        ("long ago", "None", "unknown"),
    ],
)
def test_an_age_counts_from_the_day_of_the_crawl(phrase, start, precision):
    date = read_age(phrase, _CRAWLED)
    assert (str(date.start), date.precision) == (start, precision)


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("https://news.example/2016/06/11/a-title", ("2016-06-11", "day")),
        ("https://news.example/2016/jun/11/a-title", ("2016-06-11", "day")),
        ("https://news.example/article/20160611/NEWS/1", ("2016-06-11", "day")),
        ("https://news.example/a-title-2016-06-11-part.html", ("2016-06-11", "day")),
        ("https://news.example/2016/06/a-title", ("2016-06-01", "month")),
        ("paper_2016-06-11.txt", ("2016-06-11", "day")),
        ("20160611_paper.txt", ("2016-06-11", "day")),
        ("https://news.example/a20160611b/99999999", ("None", "unknown")),
        ("https://news.example/2016/99/11/", ("None", "unknown")),
        ("article-2016.txt", ("None", "unknown")),
    ],
)
def test_dates_in_paths(path, expected):
    date = find_path_date(path)
    assert (str(date.start), date.precision) == expected


@given(st.dates(dt.date(MIN_YEAR, 1, 1), dt.date(MAX_YEAR, 12, 31)))
def test_a_written_day_comes_back(day):
    span = day_span(day.year, day.month, day.day)
    for form in ("%Y-%m-%d", "%Y%m%d", "%B %d, %Y", "%d %b %Y"):
        assert read_date(day.strftime(form)) == span


@given(st.integers(-5, 3000), st.integers(-2, 14))
def test_spans_hold_each_other(year, month):
    whole, part = year_span(year), month_span(year, month)
    if part.start:
        assert whole.start <= part.start <= part.end <= whole.end


@settings(deadline=None)  # the first foreign word opens dateparser
@given(st.text(max_size=80))
def test_any_text_is_a_date_or_none(text):
    for found in find_dates(text):
        assert 0 <= found.start < found.end <= len(text)
        assert MIN_YEAR <= found.date.start.year <= MAX_YEAR
