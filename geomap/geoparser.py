"""The geoparser: from an article to its mentions, each with the place it means."""

from __future__ import annotations

import math
from bisect import bisect_right
from dataclasses import replace
from functools import partial
from operator import attrgetter
from typing import TYPE_CHECKING, Final, NamedTuple

from geomap.enrich import standard_enrichers
from geomap.gazetteer import open_gazetteer
from geomap.model import Article, Candidate, Evidence, Mention, Resolution
from geomap.recognise.coordinates import find_given_point
from geomap.recognise.names import Names
from geomap.recognise.page import look_around, read_page
from geomap.recognise.particles import read_words
from geomap.recognise.reading import read_article
from geomap.recognise.score import SpanScorer, calibrate
from geomap.recognise.shared_heads import find_sides
from geomap.recognise.unknown import add_unknown, find_unknown_names
from geomap.recognise.weights import shipped_weights
from geomap.recognise.written import find_written_span
from geomap.resolve.alike import NearSpellings
from geomap.resolve.decide import HOPELESS, Resolver, option_features
from geomap.resolve.facilities import find_town, is_airport, is_facility
from geomap.resolve.kind_rules import (
    AN_ADJECTIVE,
    is_adjective_of,
    is_inside_longer_name,
)
from geomap.resolve.kinds import find_kind
from geomap.resolve.listed import find_listed
from geomap.resolve.outlets import decide_at_home, find_home_name, tell_home
from geomap.resolve.scene import find_subjects
from geomap.resolve.trust import chance_of, is_numbered_road
from geomap.resolve.verdicts import are_one_on_a_map, find_verdict
from geomap.resolve.why import find_why
from geomap.runtime.expecting import expect
from geomap.runtime.memo import Memo

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from geomap.enrich import Enricher
    from geomap.gazetteer import Gazetteer
    from geomap.model import Kind, Place, Status
    from geomap.recognise.options import Option
    from geomap.recognise.page import Around, Page
    from geomap.recognise.reading import ReadText
    from geomap.recognise.spans import Span
    from geomap.recognise.unknown import UnknownName
    from geomap.recognise.weights import Weights
    from geomap.resolve.decide import Decision
    from geomap.resolve.scene import Subject, SubjectKey
    from geomap.resolve.verdicts import Verdict

__all__ = ["ADJECTIVE_EASE", "Geoparser"]

#: candidates that are kept with their evidence
_MOST_CANDIDATES: Final = 8
#: texts whose words are kept: those of one article are asked for several times
_MOST_TEXTS: Final = 1


class Taken(NamedTuple):
    """A span that is taken for the name of a place, and in which sense."""

    span: Span
    around: Around
    kind: Kind
    score: float
    evidence: tuple[Evidence, ...]
    #: how sure it is that an embedded name is no place
    no_place: float = 0.0


#: adjectives and inhabitants are taken at a lower score: annotators differ about them most, and in
#: cross-validation 1.2 below the threshold finds 99 of 100 instead of 95, at 3 points of precision
ADJECTIVE_EASE: Final = 1.2
_start_of: Final = attrgetter("start")
#: the score of a span that was given, not recognised: certain
_GIVEN: Final = math.inf


class Geoparser:
    """Finds the places that articles mention, and says why.

    Args:
        gazetteer: Where names are looked up: a gazetteer, the name of one that is kept, or the path of an index; None for the
            one in use (the embedded one, unless another was put to use).
        evidence: Whether to keep every candidate with its features; slower, for explaining.
        weights: The learned numbers; None for those that come with the package.
        why: Whether to say in a word or two why each place was chosen; a little slower.
        relations: Whether to say where the text puts something around a place ("30 km north of").
        told: Whether to say the time that the sentence speaks of ("on Friday").
        enrichers: Functions of your own from (article, resolutions) to as many resolutions, called behind these two in their
            order. The article is as it is read: marks of notes and broken lines may be gone from its text.

    Example:
        >>> from geomap import Article, Geoparser
        >>> [found] = Geoparser().parse(Article(id="1", text="A bakery reopened in Raqqa."))
        >>> found.mention.surface, found.place.country
        ('Raqqa', 'SY')
    """

    def __init__(
        self,
        gazetteer: Gazetteer | str | Path | None = None,
        *,
        evidence: bool = False,
        weights: Weights | None = None,
        why: bool = False,
        relations: bool = True,
        told: bool = True,
        enrichers: Iterable[Enricher] = (),
    ) -> None:
        self.gazetteer = open_gazetteer(gazetteer)
        self.weights = weights or shipped_weights()
        self.evidence = evidence
        self.why = why
        self._names = Names(self.gazetteer)
        self._near = NearSpellings(self.gazetteer, evidence=evidence, why=why)
        self._words = Memo(partial(read_words, self._names), _MOST_TEXTS).__getitem__
        own = tuple(enrichers)
        standard = standard_enrichers(self.gazetteer, self._words, relations=relations, told=told)
        self.enrichers = (*standard, *own)
        self._again = partial(
            Geoparser,
            evidence=evidence,
            weights=self.weights,
            why=why,
            relations=relations,
            told=told,
            enrichers=own,
        )
        self._resolver = Resolver(self.weights)
        self._scorer = SpanScorer(self.weights)

    def __reduce__(self) -> tuple[partial[Geoparser], tuple[Gazetteer]]:
        """Travel to another process without what was worked out here; it is worked out again."""
        return self._again, (self.gazetteer,)

    def __repr__(self) -> str:
        return f"<Geoparser: {self.gazetteer.title}>"

    def parse_text(self, text: str) -> tuple[Resolution, ...]:
        """Return the mentions of a bare text, as ``parse`` does."""
        return self.parse(Article(id="text", text=text))

    def parse(self, article: Article) -> tuple[Resolution, ...]:
        """Return the mentions of an article, sorted by where they start.

        Embedded names are among them, with that kind. Where ``article.spans`` is given, exactly
        those spans come back; one that no place is called by has the status ``unknown``.

        Raises:
            GazetteerError: A file of the gazetteer was cut or written while it was in use.
        """
        expect(article, Article, "an Article")
        try:
            return self._read(article)
        finally:  # also where something went wrong: most likely for that
            self.gazetteer.check_unchanged()

    def _read(self, article: Article) -> tuple[Resolution, ...]:
        """Return the mentions of an article as it was written, also where it is read in another way."""
        read = read_article(self._names, article, self._words)
        found = self._parse(read) if article.spans is None else self._parse_given(read)
        for enrich in self.enrichers:
            found = enrich(read.article, found)
        return read.restore(found)

    def _parse(self, read: ReadText) -> tuple[Resolution, ...]:
        """Return the mentions of an article and their places, and no more."""
        article, tokens, points = read.article, read.tokens, read.points
        text = article.text
        spans = [
            find_town(self._names, text, tokens, span) or span
            for span in read.find_spans(self._names)
        ]
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
            elif is_facility(self._names, span, around, score):
                kind, reason = "literal", _NAMED_FACILITY
            elif score >= self.weights.threshold - ADJECTIVE_EASE * span.name.is_adjective:
                kind, reason = find_kind(page, span, around, self.weights)
            elif is_airport(span, around):
                kind, reason = "literal", _NAMED_AIRPORT
            elif is_inside_longer_name(span, around):
                kind, reason = "embedded", _INSIDE
            else:
                continue
            evidence = (*signs, reason) if self.evidence else ()
            sure = _CUED if reason in _NAMED else score
            chance = _no_place(span, reason, score) if kind == "embedded" else 0.0
            taken.append(Taken(span, around, kind, sure, evidence, chance))
        found = self._resolve(article, page, taken)
        names, rest = find_unknown_names(text, tokens, found, read.masks, self._names.is_phrase)
        overlooked = self._take_overlooked(page, taken, names)
        overlooked += _take_listed(page, found, overlooked)
        overlooked += self._take_sides(page, taken)
        if overlooked:
            countries = {item.place.country for item in found if item.place is not None}
            taken = sorted([*taken, *overlooked], key=lambda item: item.span.start)
            found = self._resolve(article, page, taken)
            late = {item.span.start for item in overlooked}
            found = tuple(
                _not_abroad(item, countries) if item.mention.start in late else item
                for item in found
            )
        found = add_unknown(article, names, found, self.gazetteer.find_id)
        found = self._near.add(article, rest, found)
        found = tuple(
            item
            for item in found
            if item.status != "unknown" or not is_numbered_road(item.mention.surface)
        )
        if not points:
            return found
        if self.why:
            points = tuple(replace(point, why=_SPELT_OUT) for point in points)
        return tuple(sorted((*found, *points), key=_position))

    def _take_overlooked(
        self, page: Page, taken: Sequence[Taken], names: Sequence[UnknownName]
    ) -> list[Taken]:
        """Return the names of the gazetteer that scored too low and that the words around them make places, also within a longer one."""
        known = {(item.span.start, item.span.end) for item in taken}
        found = []
        for name in names:
            number = bisect_right(page.spans, name.start, key=_start_of) - 1
            around = (
                page.spans[number] if number >= 0 else None
            )  # the span that holds it, if any does
            if around is None or around.end < name.end or around.in_phrase:
                continue
            if (around.start, around.end) in known:
                continue
            span: Span | None = around
            if (around.start, around.end) != (name.start, name.end):
                span = find_written_span(self._names, page.text, page.tokens, name.start, name.end)
            if span is not None:
                evidence = (_because_of(name.cue),)
                found.append(Taken(span, look_around(page, span), "literal", _CUED, evidence))
        return found

    def _take_sides(self, page: Page, taken: Sequence[Taken]) -> list[Taken]:
        """Return the sides that share a name with another: "North" of "North and South Kivu"."""
        literal = {item.span.start for item in taken if item.kind == "literal"}
        known = {item.span.start for item in taken}
        spans = [span for span in page.spans if span.start in literal]
        evidence = (_because_of("sides"),)
        return [
            Taken(span, look_around(page, span), "literal", _CUED, evidence)
            for span in find_sides(self._names, page.text, page.tokens, spans)
            if span.start not in known
        ]

    def _parse_given(self, read: ReadText) -> tuple[Resolution, ...]:
        """Return the places of the spans that came with an article."""
        article, tokens, text = read.article, read.tokens, read.article.text
        bounds = sorted(set(article.spans or ()))
        found = {
            (start, end): find_written_span(self._names, text, tokens, start, end)
            for start, end in bounds
        }
        spans = [span for span in found.values() if span is not None]
        page, arounds = read_page(text, tokens, spans)
        taken = []
        for span, around in zip(spans, arounds, strict=True):
            kind, reason = find_kind(page, span, around, self.weights)
            if kind == "embedded":  # whoever gave the span says that it is a place
                kind, reason = find_kind(page, span, around)
            if kind == "embedded":
                kind, reason = "associative", AN_ADJECTIVE
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
        verdicts = {
            key: find_verdict(
                subjects[key], decisions[key], self.weights.trust, self.weights.unknown_below
            )
            for key in dict.fromkeys(keys)
        }
        found = tuple(
            self._resolution(
                article, item, subjects[key], decisions[key], verdicts[key], why.get(key, ())
            )
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
        verdict: Verdict,
        why: tuple[str, ...],
    ) -> Resolution:
        span, _, kind, score, evidence, _ = item
        sure = verdict.sure
        option = span.name.options[decision.best]
        if kind == "literal" and is_adjective_of(option):
            kind, evidence = "associative", (*evidence[:-1], AN_ADJECTIVE) if evidence else ()
        chance = chance_of(score) if kind != "embedded" else 1.0
        is_unknown = verdict.is_unknown or (verdict.is_doubtful and score != _GIVEN)
        status: Status = "resolved" if sure >= self.weights.ambiguous_below else "ambiguous"
        if is_unknown:
            status = "unknown"
        return Resolution(
            mention=Mention(
                article_id=article.id,
                start=span.start,
                end=span.end,
                surface=span.surface,
                kind=kind,
            ),
            status=status,
            place=None if is_unknown else self.gazetteer.place(option.row),
            confidence=item.no_place or calibrate(self.weights, sure, chance),
            candidates=self._candidates(subject, decision) if self.evidence else (),
            span_evidence=evidence,
            why=why,
            other=None if is_unknown or kind == "embedded" else self._other(option, span, verdict),
        )

    def _other(self, option: Option, span: Span, verdict: Verdict) -> Place | None:
        """Return the unit where a town was chosen, and the town where a unit was, if both stay open."""
        if verdict.other is None:
            return None
        other = self.gazetteer.place(span.name.options[verdict.other].row)
        return None if are_one_on_a_map(self.gazetteer.place(option.row), other) else other

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


def _not_abroad(item: Resolution, countries: set[str | None]) -> Resolution:
    """Return a mention that only the words around it make a place's, without its place where that is in none of the countries."""
    if item.place is None or not countries or item.place.country in countries:
        return item
    return replace(item, place=None, status="unknown")


def _position(item: Resolution) -> tuple[int, int]:
    return item.mention.start, item.mention.end


def _no_place(span: Span, reason: Evidence, score: float) -> float:
    """Return how sure it is that an embedded name is no place: by what is known, what the words say, or its own score."""
    if span.in_phrase:
        return _KNOWN_PHRASE
    if reason is _INSIDE:
        return round(1.0 - chance_of(score), 3)
    return min(reason.value, _KNOWN_PHRASE)


#: names within known names of other things that annotators take for no place, of those in the corpora
_KNOWN_PHRASE: Final = 0.95


def _unknown(article: Article, start: int, end: int) -> Resolution:
    """Return the resolution of a given span that no place is called by."""
    surface = article.text[start:end]
    return Resolution(
        mention=Mention(
            article_id=article.id, start=start, end=end, surface=surface, kind="literal"
        ),
        status="unknown",
    )


#: the score of a span that the words around it make a place: a chance of 0.88
_CUED: Final = 2.0


def _take_listed(
    page: Page, found: Sequence[Resolution], overlooked: Sequence[Taken]
) -> list[Taken]:
    """Return the names between the places of a list that scored too low, and lie near these."""
    places = {
        (item.mention.start, item.mention.end): item.place
        for item in found
        if item.place is not None and item.mention.kind == "literal"
    }
    known = {item.mention.start for item in found} | {item.span.start for item in overlooked}
    evidence = (_because_of("listed"),)
    return [
        Taken(span, look_around(page, span), "literal", _CUED, evidence)
        for span in find_listed(page, places)
        if span.start not in known
    ]


def _because_of(cue: str) -> Evidence:
    return Evidence(
        feature=f"cue={cue}", value=1.0, weight=_CUED, detail="the words around it make it a place"
    )


_NAMED_AIRPORT: Final = Evidence(
    feature="cue=airport", value=1.0, weight=_CUED, detail="the name of an airport, written out"
)
_NAMED_FACILITY: Final = Evidence(
    feature="cue=facility", value=1.0, weight=_CUED, detail="the name of a facility, written out"
)
_NAMED: Final = (_NAMED_AIRPORT, _NAMED_FACILITY)
#: why coordinates mean their point
_SPELT_OUT: Final = ("spelt_out",)
_INSIDE: Final = Evidence(
    feature="kind", value=1.0, weight=1.0, detail="part of a longer name of something else"
)
