"""One article out of raw fields: the one function that every reader calls."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import replace
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

from geomap.articles.header import read_header_lines
from geomap.articles.published import find_published
from geomap.dates import day_span, find_path_date, read_age, read_date, read_epoch
from geomap.errors import InputError
from geomap.model import UNKNOWN_DATE, Article, DateSpan

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["MAX_TEXT", "read_article_text"]

#: code points; the longest articles known are a hundredth of this
MAX_TEXT: Final = 20_000_000
_MAX_TITLE: Final = 500
_MAX_SHORT: Final = 300
_MAX_URL: Final = 2_000
#: enough of a text to see which order of day and month its other dates have
_CONTEXT: Final = 3_000

#: BCP 47, near enough: a language of two or three letters and subtags
_LANG: Final = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{1,8}){0,5}")
_SPACE: Final = re.compile(r"\s+")


def _short(value: object, limit: int = _MAX_SHORT) -> str | None:
    """Return a field's text on one line and bounded, with an ellipsis; None where it has none."""
    if isinstance(value, bool) or not isinstance(value, (str, int)):
        return None
    folded = _SPACE.sub(" ", str(value)[: limit * 4]).strip()
    folded = folded.encode("utf-8", "replace").decode("utf-8")
    return (folded if len(folded) <= limit else folded[: limit - 1] + "…") or None


def _read_url(value: object) -> str | None:
    """Return a web link; anything else ("javascript:…", a path) is none."""
    url = value.strip() if isinstance(value, str) else ""
    if len(url) > _MAX_URL or not url.lower().startswith(("http://", "https://")):
        return None
    return url if url.isprintable() and " " not in url else None


def _read_lang(value: object) -> str | None:
    tag = value.strip().replace("_", "-") if isinstance(value, str) else ""
    return tag if _LANG.fullmatch(tag) else None


def _domain(url: str | None) -> str | None:
    """Return a link's host, without www."""
    if url is None:
        return None
    try:
        return _short((urlsplit(url).hostname or "").removeprefix("www."))
    except ValueError:
        return None


def _field_date(
    value: object, text: str, *, day_first: bool | None, crawled: dt.date | None
) -> DateSpan:
    """Read a date field; unknown where it holds no date."""
    if isinstance(value, dt.date):  # a datetime and pandas' Timestamp are dates, too
        return replace(day_span(value.year, value.month, value.day), source="field")
    if isinstance(value, float) and value.is_integer():  # whole numbers beside missing ones
        value = int(value)
    if isinstance(value, bool) or not isinstance(value, (str, int)):
        return UNKNOWN_DATE
    if (day := _read_clock(value)) is not None:
        return DateSpan(start=day, end=day, precision="day", source="field")
    phrase = str(value) if not isinstance(value, int) or 0 < value < 10**14 else ""
    date = read_date(phrase, day_first=day_first, context=text[:_CONTEXT])
    if date.start is None and crawled and len(phrase) < 40:
        date = read_age(phrase, crawled)
    return replace(date, source="field") if date.start else UNKNOWN_DATE


def _read_clock(value: str | int) -> dt.date | None:
    """Return the day of a number of seconds, milliseconds … since 1970; None of anything else.

    Twelve and fourteen digits are a day and a clock ("20161219083000") where they can be.
    """
    digits = _CLOCK.fullmatch(str(value).strip()[:_LONGEST_CLOCK])
    if digits is None:
        return None
    if len(digits[1]) in (12, 14) and read_date(digits[1]).start is not None:
        return None
    return read_epoch(int(digits[1]))


#: seconds since 1970 have nine digits from 1973 on; a fraction may follow
_CLOCK: Final = re.compile(r"(\d{9,19})(?:\.\d{1,9})?")
_LONGEST_CLOCK: Final = 30


def _settled_by_path(date: DateSpan, *paths: str | None) -> DateSpan:
    """Return a date whose day and month could be swapped as the URL or the file name reads it.

    A path that names neither reading decides nothing.
    """
    if not date.ambiguous or date.start is None:
        return date
    swapped = date.start.replace(month=date.start.day, day=date.start.month)
    for path in filter(None, paths):
        found = find_path_date(path)
        if found.precision == "day" and found.start in (date.start, swapped):
            return replace(date, start=found.start, end=found.end, ambiguous=False)
    return date


def _check_text(text: object) -> str:
    """Return the text if it is one that offsets can count in."""
    if not isinstance(text, str):
        raise InputError(f"expected the text to be a string, got {type(text).__name__}")
    if not text or text.isspace():
        raise InputError("the text is empty")
    if len(text) > MAX_TEXT:
        raise InputError(f"the text has {len(text):,} characters, more than {MAX_TEXT:,}; split it")
    if "\0" in text:
        raise InputError("the text holds NUL characters; it was not decoded rightly")
    if not text.isascii():
        try:
            text.encode("utf-8")
        except UnicodeEncodeError as err:
            raise InputError(f"the text holds a lone surrogate at offset {err.start}") from err
    return text


def _check_spans(spans: object, length: int) -> tuple[tuple[int, int], ...] | None:
    """Return annotated spans if each lies in the text."""
    if spans is None:
        return None
    if not isinstance(spans, (list, tuple)):
        raise InputError(f"expected spans to be a list of [start, end], got {type(spans).__name__}")
    for span in spans:
        whole = (
            isinstance(span, (list, tuple)) and len(span) == 2 and all(type(n) is int for n in span)
        )
        if not whole or not 0 <= span[0] < span[1] <= length:
            raise InputError(
                f"expected a span [start, end] with 0 <= start < end <= {length}, got {str(span)[:80]}"
            )
    return tuple((span[0], span[1]) for span in spans)


def read_article_text(
    text: str,
    *,
    id: str,  # noqa: A002 - the column's name
    title: str | None = None,
    date: str | float | dt.date | None = None,
    url: str | None = None,
    filename: str | None = None,
    source: str | None = None,
    lang: str | None = None,
    spans: Sequence[Sequence[int]] | None = None,
    day_first: bool | None = None,
    crawled: dt.date | None = None,
    html_date: DateSpan | None = None,
) -> Article:
    """Build an article from its text and from what is known beside it.

    What is not given is looked for in the text: title, date, and who published it. A date
    comes from, in this order: the field, the page's HTML, a line of the header or footer, the
    URL, the file name, an age ("5 years ago", only with ``crawled``), the copyright notice.

    Args:
        text: the article, exactly as offsets shall count in it.
        id: the article's id, already unique.
        title: its title; of more than 500 characters the first 499 and an ellipsis are kept.
        date: its date in any written form, a date, or seconds or milliseconds since 1970; one that cannot be read is passed
            over.
        url: where it was; kept if it is http or https.
        filename: its file's name, in which a date may stand.
        source: the outlet; else the URL's domain, else the outlet that the text names.
        lang: kept if it looks like a BCP 47 tag.
        spans: places that were annotated elsewhere.
        day_first: how "11/06/2016" is read where the text does not tell.
        crawled: the day on which the page was taken.
        html_date: the date that the page's HTML names.

    Raises:
        InputError: if the text is no string, empty, too long, or not proper Unicode, or if a
            span lies outside of it.

    >>> article = read_article_text("Rebels left the town.", id="a", url="https://www.paper.example/2016/06/11/x")
    >>> article.published.start.isoformat(), article.published.source, article.source
    ('2016-06-11', 'url', 'paper.example')
    """
    text = _check_text(text)
    given_spans = _check_spans(spans, len(text))
    link, header = _read_url(url), read_header_lines(text)
    published = _field_date(date, text, day_first=day_first, crawled=crawled)
    if published.start is None and html_date is not None:
        published = html_date
    if published.start is None:
        published = find_published(
            text, url=link, filename=filename, day_first=day_first, crawled=crawled
        )
    published = _settled_by_path(published, link, filename)
    return Article(
        id=id,
        text=text,
        title=_short(title, _MAX_TITLE) or header.title,
        published=published,
        url=link,
        source=_short(source) or _domain(link) or _short(header.outlet),
        lang=_read_lang(lang),
        spans=given_spans,
    )
