"""How an article is read before names are looked for in it: the one prelude of parsing, training and measuring.

Marks of notes and broken lines are cleaned away, capitals are put where they belong, particles are parted from names, and
boilerplate and coordinates are masked. What is found is put back to where it stands in the text as it was given.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from geomap.articles.boilerplate import find_masks
from geomap.recognise.clean import clean_text, unchanged
from geomap.recognise.coordinates import find_points
from geomap.recognise.particles import read_words
from geomap.recognise.recase import recase
from geomap.recognise.spans import find_spans

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from geomap.model import Article, Resolution
    from geomap.recognise.clean import Cleaned
    from geomap.recognise.names import Names
    from geomap.recognise.spans import Span
    from geomap.text import Token

__all__ = ["ReadText", "read_article"]


@dataclass(frozen=True, slots=True)
class ReadText:
    """An article as the recogniser sees it.

    Attributes:
        article: The article with the text as it is read; all offsets are into that one.
        tokens: Its words, particles parted from names.
        masks: Stretches in which no name is looked for, sorted.
        points: Coordinates that it spells out, as mentions.
        given: The article as it was given.
    """

    article: Article
    tokens: Sequence[Token]
    masks: Sequence[tuple[int, int]]
    points: tuple[Resolution, ...]
    given: Article
    _cleaned: Cleaned | None

    def find_spans(self, names: Names) -> list[Span]:
        """Return the spans that could name a place."""
        return find_spans(names, self.article.text, self.tokens, self.masks)

    def bounds(self, start: int, end: int) -> tuple[int, int]:
        """Return the bounds in the text as it was given of what stands between two bounds of the one that is read."""
        return (start, end) if self._cleaned is None else self._cleaned.bounds(start, end)

    def restore(self, found: tuple[Resolution, ...]) -> tuple[Resolution, ...]:
        """Return mentions of the text that is read as mentions of the article as it was given."""
        if self._cleaned is None:
            return found
        return tuple(self._cleaned.restore(item, self.given) for item in found)


def read_article(
    names: Names, article: Article, words: Callable[[str], Sequence[Token]] | None = None
) -> ReadText:
    """Read an article. One whose spans were given is read as it stands.

    Args:
        names: Where names are looked up.
        article: The article.
        words: What parts a text into its words, particles parted from names; None does it anew.
    """
    cleaned = None
    given = article
    if article.spans is None:
        cleaned = clean_text(article.text, names)
        text = recase(cleaned.text if cleaned else article.text, names)
        if text == article.text:
            cleaned = None
        else:
            article = replace(article, text=text)
            cleaned = cleaned or unchanged(text)
    tokens = words(article.text) if words is not None else read_words(names, article.text)
    points: tuple[Resolution, ...] = ()
    masks: Sequence[tuple[int, int]] = ()
    if article.spans is None:
        points, masks = find_points(article, find_masks(article.text))
    return ReadText(article, tokens, masks, points, given, cleaned)
