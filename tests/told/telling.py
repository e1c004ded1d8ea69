"""Sentences with names in square brackets, and the times that are told for them."""

import datetime as dt
import re

from geomap.model import UNKNOWN_DATE, Article, DateSpan, Mention, Resolution
from geomap.told import tell_times

#: what stands for short names in sentences of tests
NAMES = {"A": "Raqqa", "B": "Mosul", "C": "Homs"}


def published_on(day):
    """Return a day, a month (2016-06) or a year (2016) as a date of publication; None is unknown."""
    if day is None:
        return UNKNOWN_DATE
    parts = [int(part) for part in day.split("-")]
    if len(parts) == 3:
        date = dt.date(*parts)
        return DateSpan(start=date, end=date, precision="day")
    if len(parts) == 2:
        first = dt.date(*parts, 1)
        following = (first + dt.timedelta(days=31)).replace(day=1)
        return DateSpan(start=first, end=following - dt.timedelta(days=1), precision="month")
    return DateSpan(start=dt.date(*parts, 1, 1), end=dt.date(*parts, 12, 31), precision="year")


def tell(marked, published="2016-06-15"):
    """Return for each name in square brackets ("[A]" is short for one) what is told for it, None for nothing.

    Numbers in brackets are those of notes.
    """
    names, text = [], ""
    for part in re.split(r"(\[[^\]\d][^\]]*\])", marked):
        is_name = re.match(r"\[\D", part)
        bare = NAMES.get(part[1:-1], part[1:-1]) if is_name else part
        if is_name:
            names.append((len(text), len(text) + len(bare)))
        text += bare
    article = Article(id="1", text=text, published=published_on(published))
    found = [
        Resolution(
            mention=Mention(article_id="1", start=a, end=b, surface=text[a:b], kind="literal"),
            status="unknown",
        )
        for a, b in names
    ]
    return [item.told for item in tell_times(article, found)]


def days(told):
    """Return told days as text: one day, "first/last", "?" where they are unknown, None for nothing told."""
    if told is None:
        return None
    if told.span.start is None:
        return "?"
    first, last = told.span.start.isoformat(), told.span.end.isoformat()
    return first if first == last else f"{first}/{last}"


def tell_days(marked, published="2016-06-15"):
    return [days(told) for told in tell(marked, published)]
