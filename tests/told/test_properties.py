"""What holds for any text: phrases lie in it, days are in order, and nothing raises."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geomap.model import UNKNOWN_DATE, Article, DateSpan, Mention, Resolution
from geomap.told import tell_times, word_time

WORDS = """on in since until by from between to and over the past last next this early late mid- end of first week three 12
    22 May March July 2014 2016 1990s Friday Monday weekend month year summer ago later yesterday today overnight said that
    which when after fell fallen was had been will reopen closed , ; . " ( ) — 's the of 29 February 31 22.5.2016 31.02.2011
    19th century Christmas Eve then""".split()
DATES = st.dates(min_value=dt.date(1, 1, 1), max_value=dt.date(9999, 12, 31))
PUBLISHED = st.one_of(
    st.just(UNKNOWN_DATE),
    DATES.map(lambda day: DateSpan(start=day, end=day, precision="day")),
    DATES.map(lambda day: DateSpan(start=day.replace(day=1), end=day, precision="month")),
)
TEXTS = st.one_of(
    st.text(max_size=300), st.lists(st.sampled_from(WORDS), max_size=40).map(" ".join)
)


def tell(text, published):
    """Return what is told for a name every ten characters."""
    article = Article(id="1", text=text, published=published)
    found = [
        Resolution(
            mention=Mention(article_id="1", start=at, end=at + 1, surface=text[at], kind="literal"),
            status="unknown",
        )
        for at in range(0, len(text), 10)
    ]
    return tell_times(article, found)


@given(text=TEXTS, published=PUBLISHED)
def test_phrases_lie_in_the_text_and_days_are_in_order(text, published):
    for item in tell(text, published):
        if item.told is None:
            continue
        told = item.told
        assert text[told.start : told.end] == told.text != ""
        assert word_time(told)
        if told.span.start is not None:
            assert told.span.start <= told.span.end


RELATIVE = """on Friday|yesterday|last month|two days ago|next week|overnight|over the past three weeks|this year|in May|on May 22|since 2011|last summer|early this month|the day before yesterday|last weekend|on Christmas Eve""".split(
    "|"
)


@given(st.lists(st.sampled_from(RELATIVE), min_size=1, max_size=3))
def test_no_day_is_made_up_where_nobody_knows_when_the_article_appeared(phrases):
    text = f"Shops in Raqqa shut {' and '.join(phrases)}."
    assert all(not item.told or item.told.span.start is None for item in tell(text, UNKNOWN_DATE))


@given(DATES)
def test_friday_is_a_friday_of_the_week_up_to_the_publication(day):
    published = DateSpan(start=day, end=day, precision="day")
    told = tell("Shops in Raqqa shut on Friday.", published)[1].told
    if told.span.start is not None:
        assert told.span.start.weekday() == 4
        assert 0 <= (day - told.span.start).days < 7


@pytest.mark.parametrize("size", [1, 1_000, 100_000])
@pytest.mark.parametrize("piece", ["May ", "the first week of ", "22-", "a ", "said, ", '"', "(", "since 2014 when "])  # fmt: skip
def test_long_texts_of_one_piece_are_read_quickly(piece, size):
    text = piece * (size // len(piece) + 1)
    article = Article(id="1", text=text)
    mention = Mention(article_id="1", start=0, end=1, surface=text[0], kind="literal")
    tell_times(article, [Resolution(mention=mention, status="unknown")])
