"""Measure a geoparser against annotated news."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from geopy.distance import great_circle

from geomap.model import Article

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from geomap.corpora import AnnotatedArticle, GoldToponym
    from geomap.geoparse import Geoparser
    from geomap.model import Resolution

__all__ = ["FAR_KM", "Scores", "evaluate_raw", "evaluate_spans", "kilometres"]

#: what an unresolved toponym counts as: half of the earth's circumference
FAR_KM: Final = 20_039.0
#: 100 miles, the distance within which a resolution counts as right in the literature
_NEAR_KM: Final = 161.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Scores:
    """Counts over a corpus, and the measures made from them.

    ``annotated``, ``found`` and ``both`` count spans (exact bounds); ``errors_km`` holds, for every
    annotated toponym with coordinates, how far off its resolution is.
    """

    annotated: int
    found: int
    both: int
    errors_km: tuple[float, ...]

    @property
    def precision(self) -> float:
        """The share of found spans that are annotated."""
        return self.both / self.found if self.found else 0.0

    @property
    def recall(self) -> float:
        """The share of annotated spans that are found."""
        return self.both / self.annotated if self.annotated else 0.0

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall."""
        total = self.found + self.annotated
        return 2 * self.both / total if total else 0.0

    @property
    def acc161(self) -> float:
        """The share of all annotated toponyms with coordinates that come out within 161 km."""
        if not self.errors_km:
            return 0.0
        return sum(error <= _NEAR_KM for error in self.errors_km) / len(self.errors_km)

    def __add__(self, other: Scores) -> Scores:
        """Return the scores over both sets of articles."""
        return Scores(
            annotated=self.annotated + other.annotated,
            found=self.found + other.found,
            both=self.both + other.both,
            errors_km=self.errors_km + other.errors_km,
        )


_Bounds = tuple[int, int]


def kilometres(lat1: float | None, lon1: float | None, lat2: float, lon2: float) -> float:
    """Return the great-circle distance between two points in WGS 84 degrees."""
    return float(great_circle((lat1, lon1), (lat2, lon2)).km)


def _error_km(gold: GoldToponym, found: Resolution | None) -> float:
    if found is None or found.place is None:
        return FAR_KM
    return kilometres(gold.lat, gold.lon, found.place.lat, found.place.lon)


def _score(article: AnnotatedArticle, found: Mapping[_Bounds, Resolution]) -> Scores:
    gold = {(item.start, item.end): item for item in article.toponyms}
    errors = tuple(
        _error_km(item, found.get(bounds)) for bounds, item in gold.items() if item.lat is not None
    )
    return Scores(
        annotated=len(gold),
        found=len(found),
        both=len(gold.keys() & found.keys()),
        errors_km=errors,
    )


def _by_bounds(resolutions: Iterable[Resolution]) -> dict[_Bounds, Resolution]:
    return {(item.mention.start, item.mention.end): item for item in resolutions}


_NOTHING: Final = Scores(annotated=0, found=0, both=0, errors_km=())


def evaluate_raw(geoparser: Geoparser, articles: Iterable[AnnotatedArticle]) -> Scores:
    """Score recognition and resolution together, from the bare text; embedded names do not count."""
    total = _NOTHING
    for article in articles:
        parsed = geoparser.parse(Article(id=article.id, text=article.text))
        total += _score(
            article, _by_bounds(item for item in parsed if item.mention.kind != "embedded")
        )
    return total


def evaluate_spans(geoparser: Geoparser, articles: Iterable[AnnotatedArticle]) -> Scores:
    """Score resolution alone: the annotated spans are handed over."""
    total = _NOTHING
    for article in articles:
        spans = tuple((item.start, item.end) for item in article.toponyms)
        parsed = geoparser.parse(Article(id=article.id, text=article.text, spans=spans))
        total += _score(article, _by_bounds(parsed))
    return total
