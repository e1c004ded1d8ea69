"""One article out of raw fields."""

import datetime as dt

import pytest

from geomap.articles import fields, read_article_text
from geomap.errors import InputError

_TEXT = "The rebels left the town."


def _read(**given):
    return read_article_text(given.pop("text", _TEXT), id="a", **given)


@pytest.mark.parametrize(
    ("url", "kept"),
    [
        ("https://paper.example/a", "https://paper.example/a"),
        ("HTTP://paper.example", "HTTP://paper.example"),
        ("javascript:alert(1)", None),
        ("file:///etc/passwd", None),
        ("//paper.example", None),
        ("https://paper.example/a b", None),
        ("https://paper.example/" + "a" * 3000, None),
        (5, None),
    ],
)
def test_only_web_links_are_kept(url, kept):
    assert _read(url=url).url == kept


@pytest.mark.parametrize(
    ("lang", "kept"),
    [
        ("en", "en"),
        ("pt-BR", "pt-BR"),
        ("zh_Hant", "zh-Hant"),
        ("English", None),
        ("<b>", None),
        (1, None),
    ],
)
def test_only_language_tags_are_kept(lang, kept):
    assert _read(lang=lang).lang == kept


@pytest.mark.parametrize(
    ("given", "source"),
    [
        ({"source": " The  Paper "}, "The Paper"),
        ({"url": "https://www.paper.example:80/x"}, "paper.example"),
        ({"url": "https://[::1"}, None),
        ({"text": f"Rebels leave\n\nBy Ann Lee, The Paper\n\n{_TEXT}"}, "The Paper"),
        ({"text": f"{_TEXT}\n\nDistributed by Homs Content Agency, LLC."}, "Homs Content Agency"),
        ({}, None),
    ],
)
def test_source_is_given_or_the_domain_or_the_outlet(given, source):
    assert _read(**given).source == source


def test_a_long_title_is_cut():
    assert _read(title="ab " * 400_000).title == ("ab " * 167)[:499] + "…"


@pytest.mark.parametrize(
    ("value", "start", "source"),
    [
        ("2016-06", "2016-06-01", "field"),
        (20160611, "2016-06-11", "field"),
        (2016, "2016-01-01", "field"),
        (1465603200, "2016-06-11", "field"),
        (17, "2015-01-01", "copyright"),
        (True, "2015-01-01", "copyright"),
        ("2 days ago", "2024-03-29", "field"),
        ("", "2015-01-01", "copyright"),
    ],
)
def test_a_date_field_comes_first_and_falls_through_where_it_is_none(value, start, source):
    text = f"{_TEXT}\n\n(c) 2015 The Paper"
    published = _read(text=text, date=value, crawled=dt.date(2024, 3, 31)).published
    assert (str(published.start), published.source) == (start, source)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "empty"),
        (" \n", "empty"),
        (None, "got NoneType"),
        ("a\0", "NUL"),
        ("é\ud800", "lone surrogate at offset 1"),
    ],
)
def test_texts_that_are_none(text, reason):
    with pytest.raises(InputError, match=reason):
        read_article_text(text, id="a")


def test_a_text_over_the_limit(monkeypatch):
    monkeypatch.setattr(fields, "MAX_TEXT", 10)
    with pytest.raises(InputError, match="25 characters, more than 10"):
        _read()


@pytest.mark.parametrize(
    ("url", "filename", "expected"),
    [
        ("https://paper.example/2023/06/07/rain", None, ("2023-06-07", False)),
        ("https://paper.example/2023/07/06/rain", None, ("2023-07-06", False)),
        (None, "rain-2023-06-07.txt", ("2023-06-07", False)),
        ("https://paper.example/2022/01/01/rain", None, ("2023-07-06", True)),
        ("https://paper.example/rain", None, ("2023-07-06", True)),
    ],
)
def test_the_address_settles_which_is_the_day(url, filename, expected):
    article = read_article_text("Rain fell.", id="a", date="06/07/2023", url=url, filename=filename)
    published = article.published
    assert (str(published.start), published.ambiguous) == expected
    assert (published.start, published.source) == (published.end, "field")
