"""The nouns of annotated news, and how a shifted offset is repaired."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable

    from geomap.model import Kind

__all__ = ["AnnotatedArticle", "Corpus", "GoldToponym", "bare_end", "digest_of", "find_nearest"]


@dataclass(frozen=True, slots=True, kw_only=True)
class GoldToponym:
    """A place name as annotated; latitude and longitude are None where no point is given.

    ``own_id`` is a ``geomap:…`` id; ``kind`` is None where the corpus does not tell literal from
    associative. ``country`` (ISO code), ``level`` (country, admin1, settlement …) and ``tol_km``, how far off the
    point may be, are None where the corpus does not tell. ``bare_end`` is where the name ends without a unit word that the
    annotators take in ("Kharkiv region").
    """

    start: int
    end: int
    lat: float | None
    lon: float | None
    geonames_id: int | None = None
    own_id: str | None = None
    kind: Kind | None = None
    country: str | None = None
    level: str | None = None
    tol_km: float | None = None
    bare_end: int | None = None

    @property
    def bounds(self) -> tuple[tuple[int, int], ...]:
        """The bounds that are right: as annotated, and those of the name without its unit word."""
        whole = (self.start, self.end)
        return (whole,) if self.bare_end is None else (whole, (self.start, self.bare_end))

    @property
    def place_id(self) -> str | None:
        """The id of the annotated place, as the gazetteer writes it."""
        return self.own_id if self.geonames_id is None else f"geonames:{self.geonames_id}"


@dataclass(frozen=True, slots=True, kw_only=True)
class AnnotatedArticle:
    """An article of a corpus.

    ``repaired`` counts the offsets that had to be shifted, ``left_out`` the annotations that name no
    place in the text: their phrase is nowhere, or the annotator calls them part of another name or
    no place. ``adjectives`` tells whether adjectives and inhabitants are annotated at all; where
    they are not, one that is found is no mistake. ``source`` is the outlet's name or domain where the corpus
    has it, by which its home town is known; ``region`` the country or theatre that the text is about. ``embedded`` are
    the bounds of names that the annotator calls part of another name.
    """

    id: str
    text: str
    toponyms: tuple[GoldToponym, ...]
    repaired: int = 0
    left_out: int = 0
    adjectives: bool = True
    source: str | None = None
    region: str | None = None
    embedded: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Corpus:
    """The articles of one file, and its name without the suffix."""

    name: str
    articles: tuple[AnnotatedArticle, ...]

    @property
    def toponyms(self) -> int:
        """The number of annotated place names."""
        return sum(len(article.toponyms) for article in self.articles)

    @property
    def repaired(self) -> int:
        """The number of offsets that had to be shifted."""
        return sum(article.repaired for article in self.articles)

    @property
    def left_out(self) -> int:
        """The number of annotations that name no place in the text."""
        return sum(article.left_out for article in self.articles)


#: words that annotators take into a surface and that are no part of the name
_UNIT_WORDS: Final = frozenset(
    "district province region state county township oblast raion governorate territory territories locality zone woreda "
    "department municipality division prefecture canton commune lga ward village camp city town refugee idp strip rural "
    "urban local government area special administrative autonomous hromada community caza direction axis oblasts regions "
    "provinces districts raions counties states departments payam subcounty subdivision groupement groupment".split()
)


def bare_end(surface: str, start: int) -> int | None:
    """Return where a name ends without the unit words behind it; None where there are none."""
    words = surface.split(" ")
    kept = len(words)
    while kept > 1 and words[kept - 1].strip(".,'’").lower() in _UNIT_WORDS:
        kept -= 1
    return start + len(" ".join(words[:kept])) if kept < len(words) else None


def digest_of(articles: Iterable[AnnotatedArticle]) -> str:
    """Return a short digest of texts and annotations: equal for equal articles in equal order."""
    known = hashlib.sha256()
    for article in articles:
        known.update(repr((article.text, article.toponyms)).encode())
    return known.hexdigest()[:16]


def find_nearest(text: str, surface: str, start: int) -> int | None:
    """Return where the occurrence of ``surface`` nearest to ``start`` begins, None where it has none.

    >>> find_nearest("Van and Van", "Van", 6), find_nearest("Van and Van", "Erzurum", 6)
    (8, None)
    """
    if start >= 0 and text.startswith(surface, start):
        return start
    before = text.rfind(surface, 0, max(start, 0) + len(surface) - 1)
    after = text.find(surface, max(start, 0))
    found = [place for place in (before, after) if place >= 0]
    return min(found, key=lambda place: abs(place - start), default=None)
