"""Count what was found against what was annotated, and make the measures from the counts."""

from __future__ import annotations

import math
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from geopy.distance import great_circle

from geomap.model import Article

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from geomap.corpora import AnnotatedArticle, GoldToponym
    from geomap.geoparser import Geoparser
    from geomap.model import Resolution

__all__ = [
    "FAR_KM",
    "NEAR_KM",
    "NOTHING",
    "Parsed",
    "Scores",
    "error_km",
    "evaluate_raw",
    "evaluate_spans",
    "find_auc",
    "kilometres",
    "parse_articles",
    "score",
]

#: what an unresolved toponym counts as: half of the earth's circumference
FAR_KM: Final = 20_039.0
#: 100 miles, the distance within which a resolution counts as right in the literature
NEAR_KM: Final = 161.0

Bounds = tuple[int, int]


def kilometres(lat1: float | None, lon1: float | None, lat2: float, lon2: float) -> float:
    """Return the great-circle distance between two points in WGS 84 degrees."""
    return float(great_circle((lat1, lon1), (lat2, lon2)).km)


def find_auc(errors_km: Sequence[float]) -> float:
    """Return the area under the curve of sorted error distances, 0 the best and 1 the worst.

    The trapezoids under ln(d + 1) of the n sorted distances d, divided by ln(20039) · (n - 1), after
    Jurgens and others (2015).

    >>> find_auc([0.0, 0.0]), round(find_auc([FAR_KM, FAR_KM]), 3), find_auc([])
    (0.0, 1.0, 0.0)
    """
    logs = [math.log1p(error) for error in sorted(errors_km)]
    if len(logs) < 2:
        return logs[0] / math.log(FAR_KM) if logs else 0.0
    area = math.fsum((low + high) / 2 for low, high in pairwise(logs))
    return area / (math.log(FAR_KM) * (len(logs) - 1))


def _share(part: float, whole: float) -> float:
    return part / whole if whole else 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Scores:
    """Counts over some articles, and the measures made from them.

    ``annotated``, ``found`` and ``both`` count spans (exact bounds); ``touched`` counts annotated spans that a
    found one overlaps, ``touching`` found spans that overlap an annotated one. ``errors_km`` holds, for
    every annotated toponym with coordinates, how far off its resolution is. ``kinds`` counts exact
    spans whose kind is annotated, ``kinds_right`` those whose kind was told right.
    """

    annotated: int
    found: int
    both: int
    touched: int = 0
    touching: int = 0
    errors_km: tuple[float, ...]
    kinds: int = 0
    kinds_right: int = 0

    @property
    def precision(self) -> float:
        """The share of found spans that are annotated."""
        return _share(self.both, self.found)

    @property
    def recall(self) -> float:
        """The share of annotated spans that are found."""
        return _share(self.both, self.annotated)

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall."""
        return _share(2 * self.both, self.found + self.annotated)

    @property
    def overlap_precision(self) -> float:
        """The share of found spans that overlap an annotated one."""
        return _share(self.touching, self.found)

    @property
    def overlap_recall(self) -> float:
        """The share of annotated spans that a found one overlaps."""
        return _share(self.touched, self.annotated)

    @property
    def overlap_f1(self) -> float:
        """The harmonic mean of both."""
        precision, recall = self.overlap_precision, self.overlap_recall
        return _share(2 * precision * recall, precision + recall)

    @property
    def near(self) -> int:
        """The number of annotated toponyms that come out within 161 km."""
        return sum(error <= NEAR_KM for error in self.errors_km)

    @property
    def acc161(self) -> float:
        """The share of all annotated toponyms with coordinates that come out within 161 km."""
        return _share(self.near, len(self.errors_km))

    @property
    def mean_km(self) -> float:
        """The mean distance; one that is not resolved counts as 20,039 km."""
        return _share(math.fsum(self.errors_km), len(self.errors_km))

    @property
    def median_km(self) -> float:
        """The distance in the middle; the upper one of two."""
        return sorted(self.errors_km)[len(self.errors_km) // 2] if self.errors_km else 0.0

    @property
    def auc(self) -> float:
        """The area under the curve of error distances, see ``find_auc``."""
        return find_auc(self.errors_km)

    @property
    def kind_accuracy(self) -> float | None:
        """The share of annotated kinds that were told right; None where none are annotated."""
        return self.kinds_right / self.kinds if self.kinds else None

    def __add__(self, other: Scores) -> Scores:
        """Return the scores over both sets of articles."""
        return Scores(
            annotated=self.annotated + other.annotated,
            found=self.found + other.found,
            both=self.both + other.both,
            touched=self.touched + other.touched,
            touching=self.touching + other.touching,
            errors_km=self.errors_km + other.errors_km,
            kinds=self.kinds + other.kinds,
            kinds_right=self.kinds_right + other.kinds_right,
        )


#: the scores of no articles
NOTHING: Final = Scores(annotated=0, found=0, both=0, errors_km=())


@dataclass(frozen=True, slots=True, kw_only=True)
class Parsed:
    """An annotated article, and what a geoparser made of it; ``given`` says that it got the spans."""

    article: AnnotatedArticle
    resolutions: tuple[Resolution, ...]
    given: bool = False

    @property
    def gold(self) -> dict[Bounds, GoldToponym]:
        """The annotated toponyms by their bounds: without a unit word behind the name where it was found so."""
        found = {(item.mention.start, item.mention.end) for item in self.resolutions}
        return {
            next((bounds for bounds in item.bounds if bounds in found), item.bounds[0]): item
            for item in self.article.toponyms
        }

    @property
    def counted(self) -> dict[Bounds, Resolution]:
        """The resolutions that count, by their bounds.

        From raw text, embedded names do not count, nor do adjectives and inhabitants that the
        corpus leaves unannotated.
        """
        found = {(r.mention.start, r.mention.end): r for r in self.resolutions}
        if self.given:
            return found
        gold = self.gold
        return {
            bounds: r
            for bounds, r in found.items()
            if r.mention.kind == "literal"
            or (r.mention.kind == "associative" and (self.article.adjectives or bounds in gold))
        }


def parse_articles(
    geoparser: Geoparser,
    articles: Iterable[AnnotatedArticle],
    *,
    given: bool = False,
    outlets: bool = False,
) -> Iterator[Parsed]:
    """Parse annotated articles, from the bare text or with the annotated spans handed over.

    With ``outlets``, the outlet of each article is handed over too, where the corpus has it.
    """
    for article in articles:
        spans = tuple((item.start, item.end) for item in article.toponyms) if given else None
        source = article.source if outlets else None
        resolutions = geoparser.parse(
            Article(id=article.id, text=article.text, source=source, spans=spans)
        )
        yield Parsed(article=article, resolutions=tuple(resolutions), given=given)


def error_km(gold: GoldToponym, found: Resolution | None) -> float:
    """Return how far a resolution is from the annotated point; half the world where there is none."""
    if found is None or found.place is None:
        return FAR_KM
    return kilometres(gold.lat, gold.lon, found.place.lat, found.place.lon)


def count_overlapping(spans: Iterable[Bounds], others: Iterable[Bounds]) -> int:
    """Return how many spans overlap one of the others.

    >>> count_overlapping([(0, 4), (4, 6)], [(2, 4), (9, 9)])
    1
    """
    others = sorted(others)
    return sum(any(low < end and start < high for low, high in others) for start, end in spans)


def score(parsed: Parsed) -> Scores:
    """Return the scores of one article."""
    gold, found = parsed.gold, parsed.counted
    both = gold.keys() & found.keys()
    told = [bounds for bounds in both if gold[bounds].kind is not None]
    return Scores(
        annotated=len(gold),
        found=len(found),
        both=len(both),
        touched=count_overlapping(gold, found),
        touching=count_overlapping(found, gold),
        errors_km=tuple(
            error_km(item, found.get(bounds))
            for bounds, item in gold.items()
            if item.lat is not None
        ),
        kinds=len(told),
        kinds_right=sum(found[bounds].mention.kind == gold[bounds].kind for bounds in told),
    )


def evaluate_raw(geoparser: Geoparser, articles: Iterable[AnnotatedArticle]) -> Scores:
    """Score recognition and resolution together, from the bare text; embedded names do not count."""
    return sum(map(score, parse_articles(geoparser, articles)), start=NOTHING)


def evaluate_spans(geoparser: Geoparser, articles: Iterable[AnnotatedArticle]) -> Scores:
    """Score resolution alone: the annotated spans are handed over."""
    return sum(map(score, parse_articles(geoparser, articles, given=True)), start=NOTHING)
