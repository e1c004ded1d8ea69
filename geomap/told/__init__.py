"""The time that a sentence speaks of, for each name in it: phrases, what they mean, whose they are."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from geomap.model import UNKNOWN_DATE, DateSpan, ToldTime
from geomap.text import tokenize
from geomap.told.attach import attach_times

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from geomap.model import Article, Resolution
    from geomap.text import Token
    from geomap.told.attach import Time

__all__ = ["tell_times", "word_time"]


def tell_times(
    article: Article, found: Sequence[Resolution], tokens: Sequence[Token] | None = None
) -> tuple[Resolution, ...]:
    """Return the mentions of an article with the time that their sentence tells for each.

    Embedded names ("Islamic State in Iraq") name no place, and get none.

    Args:
        article: The article; its publication is the day that "Friday" is seen from.
        found: Its mentions, in order.
        tokens: The words of its text, where they are known already.
    """
    if tokens is None:
        tokens = tokenize(article.text)
    names = [
        (item.mention.start, item.mention.end) for item in found if item.mention.kind != "embedded"
    ]
    times = attach_times(article.text, tokens, names, article.published)
    if not times:
        return tuple(found)
    phrases = {id(time): _told(article.text, time) for time in times.values()}
    told = {name: phrases[id(time)] for name, time in times.items()}
    return tuple(_with_time(item, told) for item in found)


def _with_time(item: Resolution, told: Mapping[tuple[int, int], ToldTime]) -> Resolution:
    mention = item.mention
    time = told.get((mention.start, mention.end)) if mention.kind != "embedded" else None
    return item if time is None else replace(item, told=time)


def _told(text: str, time: Time) -> ToldTime:
    start, end = time.phrase.start, time.phrase.end
    days, precision = time.told
    span = DateSpan(start=days.first, end=days.last, precision=precision) if days else UNKNOWN_DATE
    return ToldTime(text=text[start:end], start=start, end=end, span=span)


def word_time(told: ToldTime) -> str:
    """Say what a told time means: its first and last day, and how exactly it is known.

    >>> word_time(ToldTime(text="Friday", start=0, end=6, span=UNKNOWN_DATE))
    'days unknown'
    """
    first, last = told.span.start, told.span.end
    if first is None or last is None:
        return "days unknown"
    days = first.isoformat() if first == last else f"{first.isoformat()} to {last.isoformat()}"
    return f"{days} ({told.span.precision})"
