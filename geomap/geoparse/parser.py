"""The geoparser: from an article to its mentions, each with the place it means."""

from __future__ import annotations

import math
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Final, NamedTuple

from geomap.articles.boilerplate import find_masks
from geomap.gazetteer import open_gazetteer
from geomap.geoparse.coordinates import find_given_point, find_points
from geomap.geoparse.kinds import (
    AN_ADJECTIVE,
    find_kind,
    is_adjective_of,
    is_inside_longer_name,
)
from geomap.geoparse.names import Names
from geomap.geoparse.outlets import decide_at_home, find_home_name, tell_home
from geomap.geoparse.page import read_page
from geomap.geoparse.particles import read_words
from geomap.geoparse.recognise import Span, find_spans, find_written_span
from geomap.geoparse.resolve import HOPELESS, Resolver, option_features
from geomap.geoparse.scene import find_subjects
from geomap.geoparse.score import SpanScorer, calibrate
from geomap.geoparse.weights import shipped_weights
from geomap.geoparse.why import find_why
from geomap.model import Article, Candidate, Evidence, Mention, Resolution
from geomap.relations import add_relations
from geomap.told import tell_times

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geomap.gazetteer import Gazetteer
    from geomap.geoparse.page import Around, Page
    from geomap.geoparse.resolve import Decision
    from geomap.geoparse.scene import Subject, SubjectKey
    from geomap.geoparse.weights import Weights
    from geomap.model import Kind
    from geomap.text import Token

__all__ = ["ADJECTIVE_EASE", "Geoparser"]

#: candidates that are kept with their evidence
_MOST_CANDIDATES: Final = 8


class Taken(NamedTuple):
    """A span that is taken for the name of a place, and in which sense."""

    span: Span
    around: Around
    kind: Kind
    score: float
    evidence: tuple[Evidence, ...]


#: adjectives and inhabitants are taken at a lower score: annotators differ about them most, and in
#: cross-validation 1.2 below the threshold finds 99 of 100 instead of 95, at 3 points of precision
ADJECTIVE_EASE: Final = 1.2
#: the score of a span that was given, not recognised: certain
_GIVEN: Final = math.inf


class Geoparser:
    """Finds the places that articles mention, and says why.

    Args:
        gazetteer: Where names are looked up; None for the embedded gazetteer.
        evidence: Whether to keep every candidate with its features; slower, for explaining.
        weights: The learned numbers; None for those that come with the package.
        why: Whether to say in a word or two why each place was chosen; a little slower.
        relations: Whether to say where the text puts something around a place ("30 km north of").
        told: Whether to say the time that the sentence speaks of ("on Friday").

    Example:
        >>> from geomap import Article, Geoparser
        >>> [found] = Geoparser().parse(Article(id="1", text="A bakery reopened in Raqqa."))
        >>> found.mention.surface, found.place.country
        ('Raqqa', 'SY')
    """

    def __init__(
        self,
        gazetteer: Gazetteer | None = None,
        *,
        evidence: bool = False,
        weights: Weights | None = None,
        why: bool = False,
        relations: bool = True,
        told: bool = True,
    ) -> None:
        self.gazetteer = gazetteer or open_gazetteer()
        self.weights = weights or shipped_weights()
        self.evidence = evidence
        self.why = why
        self.relations = relations
        self.told = told
        self._names = Names(self.gazetteer)
        self._resolver = Resolver(self.weights)
        self._scorer = SpanScorer(self.weights)

    def __reduce__(self) -> tuple[partial[Geoparser], tuple[Gazetteer]]:
        """Travel to another process without what was worked out here; it is worked out again."""
        make = partial(
            Geoparser,
            evidence=self.evidence,
            weights=self.weights,
            why=self.why,
            relations=self.relations,
            told=self.told,
        )
        return make, (self.gazetteer,)

    def parse_text(self, text: str) -> tuple[Resolution, ...]:
        """Return the mentions of a bare text, as ``parse`` does."""
        return self.parse(Article(id="text", text=text))

    def parse(self, article: Article) -> tuple[Resolution, ...]:
        """Return the mentions of an article, sorted by where they start.

        Embedded names are among them, with that kind. Where ``article.spans`` is given, exactly
        those spans come back; one that no place is called by has the status ``unknown``.
        """
        tokens = read_words(self._names, article.text)
        found = self._parse(article, tokens)
        if self.relations:
            found = add_relations(article.text, found, self.gazetteer)
        if self.told:
            found = tell_times(article, found, tokens)
        return found

    def _parse(self, article: Article, tokens: Sequence[Token]) -> tuple[Resolution, ...]:
        """Return the mentions of an article and their places, and no more."""
        text = article.text
        if article.spans is not None:
            return self._parse_given(article, tokens, sorted(set(article.spans)))
        points, masks = find_points(article, find_masks(text))
        spans = find_spans(self._names, text, tokens, masks)
        hopeful = [span for span in spans if self._scorer.is_hopeful(span)]
        page, arounds = read_page(text, tokens, spans, hopeful)
        scores = self._scorer.scores(page, hopeful, arounds)
        shown: Sequence[tuple[Evidence, ...]] = [()] * len(hopeful)
        if self.evidence:
            shown = self._scorer.evidence(page, hopeful, arounds)
        taken: list[Taken] = []
        kind: Kind
        for span, around, score, signs in zip(hopeful, arounds, scores, shown, strict=True):
            if span.in_phrase:
                kind, reason = "embedded", _INSIDE
            elif score >= self.weights.threshold - ADJECTIVE_EASE * span.name.is_adjective:
                kind, reason = find_kind(page, span, around)
            elif is_inside_longer_name(span, around):
                kind, reason = "embedded", _INSIDE
            else:
                continue
            evidence = (*signs, reason) if self.evidence else ()
            taken.append(Taken(span, around, kind, score, evidence))
        found = self._resolve(article, page, taken)
        if not points:
            return found
        if self.why:
            points = tuple(replace(point, why=_SPELT_OUT) for point in points)
        return tuple(sorted((*found, *points), key=_position))

    def _parse_given(
        self, article: Article, tokens: Sequence[Token], bounds: Sequence[tuple[int, int]]
    ) -> tuple[Resolution, ...]:
        text = article.text
        found = {
            (start, end): find_written_span(self._names, text, tokens, start, end)
            for start, end in bounds
        }
        spans = [span for span in found.values() if span is not None]
        page, arounds = read_page(text, tokens, spans)
        taken = []
        for span, around in zip(spans, arounds, strict=True):
            kind, reason = find_kind(page, span, around)
            taken.append(Taken(span, around, kind, _GIVEN, (reason,) if self.evidence else ()))
        resolved = {
            (item.mention.start, item.mention.end): item
            for item in self._resolve(article, page, taken)
        }
        unknown = [
            find_given_point(article, start, end) or _unknown(article, start, end)
            for (start, end), span in found.items()
            if span is None
        ]
        return tuple(sorted((*resolved.values(), *unknown), key=_position))

    def _resolve(
        self,
        article: Article,
        page: Page,
        taken: Sequence[Taken],
    ) -> tuple[Resolution, ...]:
        subjects, keys = find_subjects(page, ((item.span, item.around) for item in taken))
        voters = {item.span.name.key for item in taken if item.kind != "embedded"}
        home = find_home_name(article, self._names) if taken else None
        decisions = decide_at_home(self._resolver, subjects, voters, home)
        why: dict[SubjectKey, tuple[str, ...]] = {}
        if self.why:
            why = {key: find_why(subjects[key], decisions[key]) for key in dict.fromkeys(keys)}
        found = tuple(
            self._resolution(article, item, subjects[key], decisions[key], why.get(key, ()))
            for item, key in zip(taken, keys, strict=True)
        )
        if home is None or not self.evidence:
            return found
        place = self.gazetteer.place(home.options[0].row)
        return tuple(tell_home(item, place) for item in found)

    def _resolution(
        self,
        article: Article,
        item: Taken,
        subject: Subject,
        decision: Decision,
        why: tuple[str, ...],
    ) -> Resolution:
        span, _, kind, score, evidence = item
        sure = decision.odds[decision.best]
        option = span.name.options[decision.best]
        if kind == "literal" and is_adjective_of(option):
            kind, evidence = "associative", (*evidence[:-1], AN_ADJECTIVE) if evidence else ()
        chance = 1.0 / (1.0 + math.exp(-score)) if kind != "embedded" else 1.0
        return Resolution(
            mention=Mention(
                article_id=article.id,
                start=span.start,
                end=span.end,
                surface=span.surface,
                kind=kind,
            ),
            status="resolved" if sure >= self.weights.ambiguous_below else "ambiguous",
            place=self.gazetteer.place(option.row),
            confidence=calibrate(self.weights, sure, chance),
            candidates=self._candidates(subject, decision) if self.evidence else (),
            span_evidence=evidence,
            why=why,
        )

    def _candidates(self, subject: Subject, decision: Decision) -> tuple[Candidate, ...]:
        order = sorted(range(len(decision.scores)), key=lambda i: (-decision.scores[i], i))
        candidates = []
        for index in order[:_MOST_CANDIDATES]:
            never = decision.scores[index] == HOPELESS.weight
            evidence = (HOPELESS,) if never else _candidate_evidence(subject, decision, index)
            candidates.append(
                Candidate(
                    place=self.gazetteer.place(subject.name.options[index].row),
                    score=math.fsum(item.value * item.weight for item in evidence),
                    evidence=evidence,
                )
            )
        return tuple(candidates)


def _candidate_evidence(subject: Subject, decision: Decision, index: int) -> tuple[Evidence, ...]:
    weight = decision.weights.get
    alone = len(subject.name.options) == 1
    found = () if alone else option_features(decision.scene, subject, index)
    evidence = [
        Evidence(feature=feature, value=value, weight=weight(feature, 0.0))
        for feature, value in (*subject.name.options[index].static, *found)
    ]
    evidence.sort(key=lambda item: (-abs(item.value * item.weight), item.feature))
    return tuple(evidence)


def _position(item: Resolution) -> tuple[int, int]:
    return item.mention.start, item.mention.end


def _unknown(article: Article, start: int, end: int) -> Resolution:
    """Return the resolution of a given span that no place is called by."""
    surface = article.text[start:end]
    return Resolution(
        mention=Mention(
            article_id=article.id, start=start, end=end, surface=surface, kind="literal"
        ),
        status="unknown",
    )


#: why coordinates mean their point
_SPELT_OUT: Final = ("spelt_out",)
_INSIDE: Final = Evidence(
    feature="kind", value=1.0, weight=1.0, detail="part of a longer name of something else"
)
