"""Every miss, with its likeliest cause: what was expected, what was found, and what spoke for it."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from geomap.evaluate.scores import FAR_KM, NEAR_KM, error_km, kilometres
from geomap.gazetteer.classes import place_type
from geomap.model import Article, Candidate
from geomap.recognise.lexicon import ORGANISATION_HEADS
from geomap.recognise.names import Names
from geomap.recognise.page import read_page, word_class
from geomap.recognise.particles import read_words
from geomap.recognise.reading import read_article
from geomap.recognise.score import SpanScorer
from geomap.recognise.written import find_written_span
from geomap.records import cut_snippet

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from geomap.corpora import AnnotatedArticle, GoldToponym
    from geomap.evaluate.scores import Bounds, Parsed
    from geomap.gazetteer import Gazetteer
    from geomap.model import Evidence, Place, Resolution
    from geomap.recognise.page import Around, Page
    from geomap.recognise.spans import Span
    from geomap.recognise.weights import Weights
    from geomap.text import Token

__all__ = ["CAUSES", "Examiner", "Miss", "count_causes"]

#: causes of a miss, in the order in which they are listed, with what each means
CAUSES: Final[Mapping[str, str]] = {
    "not in the gazetteer": "the gazetteer has no place of that name, or none within 161 km",
    "not a candidate span": "the gazetteer knows the name, but no candidate span begins and ends so",
    "rejected by the recogniser": "a candidate span, but its score is below the threshold",
    "taken for part of another name": "found, but as embedded",
    "wrong bounds": "a mention was found that overlaps it",
    "wrong country": "a place of that name in another country",
    "wrong type": "a place of that name in the same country, but of another type",
    "wrong unit": "a place of that name and type elsewhere in the same country",
    "spurious: person": "not annotated; persons' names or titles stand around it",
    "spurious: organisation": "not annotated; an organisation's name stands around it",
    "spurious: adjective": "not annotated; an adjective or inhabitant",
    "spurious: word": "not annotated; a word of the language",
    "spurious: other": "not annotated, though it looks like a place's name",
}
#: places of a rejected name that are listed
_MOST_CANDIDATES: Final = 8
_PERSONAL: Final = frozenset(["First", "Last", "Initial", "Title", "title"])


@dataclass(frozen=True, slots=True, kw_only=True)
class Miss:
    """One thing that went wrong.

    ``expected`` is None for a spurious mention, ``found`` where nothing was found; ``expected_place`` is
    the gazetteer's nearest place of that name, ``error_km`` None where no point is annotated.
    ``candidates`` are the places that were weighed, ``evidence`` why the span was taken or not.
    """

    cause: str
    mode: str
    article_id: str
    start: int
    end: int
    surface: str
    sentence: str
    expected: GoldToponym | None = None
    expected_place: Place | None = None
    found: Resolution | None = None
    error_km: float | None = None
    candidates: tuple[Candidate, ...] = ()
    evidence: tuple[Evidence, ...] = ()


def count_causes(misses: Iterable[Miss]) -> dict[str, int]:
    """Return how many misses each cause has, in the order of ``CAUSES``, without zeros."""
    counts = Counter(miss.cause for miss in misses)
    return {cause: counts[cause] for cause in CAUSES if counts[cause]}


class _Desk:
    """An article as it was given, and what the recogniser sees in it: candidate spans by their bounds there."""

    def __init__(self, names: Names, article: AnnotatedArticle) -> None:
        self.text = article.text
        self.tokens = read_words(names, article.text)
        read = read_article(names, Article(id=article.id, text=article.text))
        spans = read.find_spans(names)
        self.page: Page
        self.page, arounds = read_page(read.article.text, read.tokens, spans)
        self.spans: dict[Bounds, tuple[Span, Around]] = {
            read.bounds(span.start, span.end): (span, around)
            for span, around in zip(spans, arounds, strict=True)
        }


class Examiner:
    """Finds what went wrong in parsed articles, and why.

    Args:
        gazetteer: The gazetteer that was used.
        weights: The weights that were used.
    """

    def __init__(self, gazetteer: Gazetteer, weights: Weights) -> None:
        self._gazetteer = gazetteer
        self._names = Names(gazetteer)
        self._scorer = SpanScorer(weights)

    def _namesakes(self, desk_text: str, tokens: list[Token], gold: GoldToponym) -> list[Place]:
        """Return every place of the gazetteer that an annotated name can mean."""
        rows = {row for row, _ in self._gazetteer.lookup(desk_text[gold.start : gold.end])}
        written = find_written_span(self._names, desk_text, tokens, gold.start, gold.end)
        if written is not None:
            rows |= {option.row for option in written.name.options}
        return [self._gazetteer.place(row) for row in sorted(rows)]

    def count_held(self, article: AnnotatedArticle) -> int:
        """Return how many annotated points lie within 161 km of a place of their name."""
        tokens = read_words(self._names, article.text)
        return sum(
            _nearest(gold, self._namesakes(article.text, tokens, gold)) is not None
            for gold in article.toponyms
        )

    def find_misses(self, parsed: Parsed) -> Iterator[Miss]:
        """Yield the misses of an article: toponyms that were missed, then spurious mentions."""
        desk = _Desk(self._names, parsed.article)
        found = parsed.counted
        for bounds, gold in parsed.gold.items():
            resolution = found.get(bounds)
            if resolution is not None and (
                gold.lat is None or error_km(gold, resolution) <= NEAR_KM
            ):
                continue
            yield self._missed(parsed, desk, bounds, gold, resolution)
        for bounds, resolution in found.items():
            if not _overlaps(bounds, parsed.gold):
                yield self._miss(
                    parsed, desk, bounds, _why_spurious(desk, bounds), found=resolution
                )

    def _missed(
        self,
        parsed: Parsed,
        desk: _Desk,
        bounds: Bounds,
        gold: GoldToponym,
        found: Resolution | None,
    ) -> Miss:
        namesakes = self._namesakes(desk.text, desk.tokens, gold)
        wanted = _nearest(gold, namesakes)
        if not namesakes or (gold.lat is not None and wanted is None):
            cause = "not in the gazetteer"
        elif found is not None and found.place is not None and wanted is not None:
            cause = _why_misplaced(wanted, found.place)
        elif parsed.given:
            cause = "not a candidate span"
        else:
            cause = _why_not_found(parsed, desk, bounds)
        return self._miss(parsed, desk, bounds, cause, gold=gold, wanted=wanted, found=found)

    def _miss(
        self,
        parsed: Parsed,
        desk: _Desk,
        bounds: Bounds,
        cause: str,
        *,
        gold: GoldToponym | None = None,
        wanted: Place | None = None,
        found: Resolution | None = None,
    ) -> Miss:
        start, end = bounds
        if found is None:
            found = next((r for r in parsed.resolutions if _touches(bounds, r)), None)
        candidates = found.candidates if found is not None else ()
        evidence = found.span_evidence if found is not None else ()
        if found is None and bounds in desk.spans:
            span, _ = desk.spans[bounds]
            options = span.name.options[:_MOST_CANDIDATES]
            candidates = tuple(
                Candidate(place=self._gazetteer.place(option.row), score=0.0) for option in options
            )
            spans, arounds = zip(*desk.spans.values(), strict=True)
            shown = self._scorer.evidence(desk.page, spans, arounds)
            evidence = shown[list(desk.spans).index(bounds)]
        exact = found is not None and (found.mention.start, found.mention.end) == bounds
        error = None
        if gold is not None and gold.lat is not None:
            error = error_km(gold, found) if exact else FAR_KM
        return Miss(
            cause=cause,
            mode="spans" if parsed.given else "raw",
            article_id=parsed.article.id,
            start=start,
            end=end,
            surface=desk.text[start:end],
            sentence=cut_snippet(desk.text, start, end),
            expected=gold,
            expected_place=wanted,
            found=found,
            error_km=error,
            candidates=candidates,
            evidence=evidence,
        )


def _nearest(gold: GoldToponym, places: Iterable[Place]) -> Place | None:
    """Return the place nearest to an annotated point, None where none is within 161 km."""
    if gold.lat is None:
        return None
    away = [(kilometres(gold.lat, gold.lon, place.lat, place.lon), place) for place in places]
    distance, place = min(away, key=lambda pair: pair[0], default=(FAR_KM, None))
    return place if distance <= NEAR_KM else None


def _touches(bounds: Bounds, resolution: Resolution) -> bool:
    return bounds[0] < resolution.mention.end and resolution.mention.start < bounds[1]


def _overlaps(bounds: Bounds, others: Iterable[Bounds]) -> bool:
    return any(start < bounds[1] and bounds[0] < end for start, end in others)


def _why_not_found(parsed: Parsed, desk: _Desk, bounds: Bounds) -> str:
    if _overlaps(bounds, parsed.counted):
        return "wrong bounds"
    if any(_touches(bounds, r) for r in parsed.resolutions if r.mention.kind == "embedded"):
        return "taken for part of another name"
    return "rejected by the recogniser" if bounds in desk.spans else "not a candidate span"


def _why_misplaced(wanted: Place, found: Place) -> str:
    if wanted.country != found.country:
        return "wrong country"
    same_type = place_type(wanted.feature) == place_type(found.feature)
    return "wrong unit" if same_type else "wrong type"


def _why_spurious(desk: _Desk, bounds: Bounds) -> str:
    known = desk.spans.get(bounds)
    if known is None:
        return "spurious: other"
    span, around = known
    run = (*around.run_before, *around.run_after)
    if any(word.lower() in ORGANISATION_HEADS for word in run):
        return "spurious: organisation"
    classes = {around.before, *map(word_class, run)}
    if classes & _PERSONAL or span.surface in desk.page.persons | desk.page.whole:
        return "spurious: person"
    if span.name.is_adjective:
        return "spurious: adjective"
    return "spurious: word" if span.name.is_ordinary_word else "spurious: other"
