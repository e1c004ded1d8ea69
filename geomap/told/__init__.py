"""The time that a sentence speaks of, for each name in it: phrases, what they mean, whose they are."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from geomap.model import UNKNOWN_DATE, DateSpan, ToldTime
from geomap.text import Sentences
from geomap.told.attach import attach_times

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geomap.model import Article, Resolution
    from geomap.told.attach import Span, Time

__all__ = ["tell_times"]


def tell_times(article: Article, found: Sequence[Resolution]) -> tuple[Resolution, ...]:
    """Return the mentions of an article with the time that their sentence tells for each.

    Args:
        article: The article; its publication is the day that "Friday" is seen from.
        found: Its mentions, in order.
    """
    if not found:
        return tuple(found)
    text = article.text
    sentences = Sentences(text)
    names: dict[Span, list[Span]] = {}
    for item in found:
        span = item.mention.start, item.mention.end
        names.setdefault(sentences.bounds(*span), []).append(span)
    times = attach_times(text, list(names.items()), article.published)
    if not times:
        return tuple(found)
    return tuple(
        replace(item, told=_told(text, time)) if time is not None else item
        for item in found
        for time in [times.get((item.mention.start, item.mention.end))]
    )


def _told(text: str, time: Time) -> ToldTime:
    start, end = time.phrase.start, time.phrase.end
    days, precision = time.told
    span = DateSpan(start=days.first, end=days.last, precision=precision) if days else UNKNOWN_DATE
    return ToldTime(text=text[start:end], start=start, end=end, span=span)
