"""Learn the weights of recognition and resolution from annotated news.

Three linear models, each number of which can be read: logistic regression over the features of
spans, and two conditional logits (softmax over the candidates of a name) over the features of
candidates. Needs scikit-learn and SciPy (``pip install geomap[train]``).
"""

from __future__ import annotations

import json
from dataclasses import dataclass, fields, replace
from typing import TYPE_CHECKING, Any, Final, NamedTuple

import numpy as np

from geomap.corpora.nouns import digest_of
from geomap.evaluate import NEAR_KM, kilometres
from geomap.geoparser import ADJECTIVE_EASE
from geomap.learn.calibration import fit_line
from geomap.learn.fitting import Examples, fit_logistic, fit_ranker, fit_softmax, rounded
from geomap.model import Article
from geomap.recognise.features import same_name_features, span_features
from geomap.recognise.names import Names
from geomap.recognise.page import read_page
from geomap.recognise.particles import read_words
from geomap.recognise.reading import read_article
from geomap.recognise.weights import Weights
from geomap.recognise.written import find_written_span
from geomap.resolve.decide import Resolver, option_features
from geomap.resolve.kind_features import kind_features
from geomap.resolve.kinds import weigh_kind
from geomap.resolve.scene import find_subjects
from geomap.resolve.trust import chance_of, trust_features, weigh_trust
from geomap.runtime.atomic import atomic_writer

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from geomap.corpora import AnnotatedArticle, GoldToponym
    from geomap.gazetteer import Gazetteer
    from geomap.recognise.names import Name
    from geomap.recognise.options import Option
    from geomap.recognise.page import Around, Page
    from geomap.recognise.spans import Span
    from geomap.resolve.scene import Subject, SubjectKey

__all__ = ["train", "write_weights"]

#: an article, and how often it counts
_Counted = tuple["AnnotatedArticle", float]
#: features of a decision, whether it was right, how often it counts
_Judged = tuple[list[tuple[str, float]], bool, float]

#: inverse strength of regularisation, chosen by cross-validation by article
_SPAN_C: Final = 0.25
#: a candidate this near to the annotated point is the annotated place
_SAME_PLACE_KM: Final = 25.0


@dataclass(slots=True)
class _Spans:
    """The candidate spans of one article: features, whether each is annotated, and how often the article counts."""

    spans: list[Span]
    rows: list[list[str]]
    labels: list[int]
    times: float = 1.0


def _spans_of(
    names: Names, article: AnnotatedArticle
) -> tuple[Page, list[tuple[tuple[int, int], Span, Around]]]:
    """Return an article as it is read, and its candidate spans: where each stands in the given text, itself, what is around it."""
    read = read_article(names, Article(id=article.id, text=article.text))
    spans = read.find_spans(names)
    page, arounds = read_page(read.article.text, read.tokens, spans)
    bounds = [read.bounds(span.start, span.end) for span in spans]
    return page, list(zip(bounds, spans, arounds, strict=True))


def _span_examples(names: Names, articles: Iterable[_Counted]) -> list[_Spans]:
    examples = []
    for article, times in articles:
        gold = {bounds for item in article.toponyms for bounds in item.bounds}
        page, found = _spans_of(names, article)
        example = _Spans([], [], [], times)
        for bounds, span, around in found:
            if span.in_phrase or _is_unjudged(article, span, is_gold=bounds in gold):
                continue
            example.spans.append(span)
            example.rows.append([*span.name.features, *span_features(page, span, around)])
            example.labels.append(int(bounds in gold))
        examples.append(example)
    return examples


def _is_unjudged(article: AnnotatedArticle, span: Span, *, is_gold: bool) -> bool:
    """Return whether this is an adjective in a corpus that annotates none: nobody knows whether it is right."""
    return span.name.is_adjective and not (article.adjectives or is_gold)


class _Untold(NamedTuple):
    """A name whose kind is not told: its features, and how often it counts."""

    features: list[tuple[str, float]]
    times: float


def _kind_examples(
    names: Names, articles: Iterable[_Counted]
) -> tuple[list[list[tuple[str, float]]], list[str], list[float], list[_Untold]]:
    """Return the features of annotated names, their kinds, and how often each counts.

    Of names in corpora that do not tell kinds it is known that they are not embedded: they count a little, as what the others teach.
    """
    rows: list[list[tuple[str, float]]] = []
    untold: list[_Untold] = []
    kinds: list[str] = []
    counts: list[float] = []
    for article, times in articles:
        known: dict[tuple[int, int], str | None] = {
            bounds: item.kind for item in article.toponyms for bounds in item.bounds
        }
        known |= dict.fromkeys(article.embedded, "embedded")
        page, found = _spans_of(names, article)
        for bounds, span, around in found:
            if bounds in known and not span.in_phrase:
                told = known[bounds]
                features = [(feature, 1.0) for feature in kind_features(page, span, around)]
                if told is None:
                    untold.append(_Untold(features, times * _UNTOLD))
                    continue
                rows.append(features)
                kinds.append(told)
                counts.append(times)
    return rows, kinds, counts, untold


def _fit_kinds(
    names: Names, articles: Iterable[_Counted]
) -> tuple[dict[str, float], dict[str, float]]:
    """Fit the weights of the associative and of the embedded sense; the place itself has the score 0."""
    rows, kinds, times, untold = _kind_examples(names, articles)
    if set(kinds) != {"literal", "associative", "embedded"} or len(kinds) < _FEWEST_KINDS:
        return {}, {}
    found = fit_softmax(rows, kinds, base="literal", strength=_KIND_C, times=times)
    for row in untold:
        features = [feature for feature, _ in row.features]
        kind, _ = weigh_kind(features, found["associative"], {"bias": -_NEVER})
        rows.append(row.features)
        kinds.append(kind)
        times.append(row.times)
    found = fit_softmax(rows, kinds, base="literal", strength=_KIND_C, times=times)
    return found["associative"], found["embedded"]


#: how often a name whose kind is not told counts. With 1 the rules, which it is taken by, were all that was learned; with none at all
#: one in seven of LGL's places was taken for part of another name
_UNTOLD: Final = 0.1
_KIND_C: Final = 0.5
_NEVER: Final = 1e3
_FEWEST_KINDS: Final = 200


def _fit_spans(examples: Sequence[_Spans]) -> dict[str, float]:
    rows = [[(feature, 1.0) for feature in row] for part in examples for row in part.rows]
    labels = [label for part in examples for label in part.labels]
    times = [part.times for part in examples for _ in part.labels]
    return rounded(fit_logistic(rows, labels, strength=_SPAN_C, times=times))


def _scores(weights: dict[str, float], part: _Spans) -> list[float]:
    bias = weights.get("bias", 0.0)
    return [bias + sum(weights.get(f, 0.0) for f in row) for row in part.rows]


@dataclass(slots=True)
class _Again:
    """The second look at spans: its weights, the threshold, and the line of its chances."""

    weights: dict[str, float]
    threshold: float
    line: tuple[tuple[float, float], ...]


def _fit_spans_again(examples: Sequence[_Spans]) -> _Again:
    """Fit the second look on scores of articles that the first did not see."""
    eases: list[float] = []
    rows: list[list[tuple[str, float]]] = []
    labels: list[int] = []
    times: list[float] = []
    for fold in range(_FOLDS):
        weights = _fit_spans([part for i, part in enumerate(examples) if i % _FOLDS != fold])
        for part in examples[fold::_FOLDS]:
            scores = _scores(weights, part)
            found = same_name_features(part.spans, scores)
            rows += [
                [("score", score), *((feature, 1.0) for feature in features)]
                for score, features in zip(scores, found, strict=True)
            ]
            labels += part.labels
            times += [part.times] * len(part.labels)
            eases += [ADJECTIVE_EASE * span.name.is_adjective for span in part.spans]
    again = rounded(fit_logistic(rows, labels, strength=1.0, times=times))
    bias = again.get("bias", 0.0)
    scores = [bias + sum(again.get(f, 0.0) * v for f, v in row) for row in rows]
    threshold = _best_threshold(scores, labels, times)
    taken = [
        (chance_of(score), bool(label))
        for score, label, ease in zip(scores, labels, eases, strict=True)
        if score >= threshold - ease
    ]
    line = fit_line([chance for chance, _ in taken], [right for _, right in taken])
    return _Again(again, threshold, line)


_FOLDS: Final = 4


def _right_option(gazetteer: Gazetteer, name: Name, gold: GoldToponym) -> int | None:
    """Return the candidate that is the annotated place: by id, else by nearness."""
    if gold.lat is None or gold.lon is None:
        return None
    wanted = f"geonames:{gold.geonames_id}"
    best, nearest = None, 1.0
    for index, option in enumerate(name.options):
        if option.id == wanted:
            return index
        if not _could_be(gold, option):
            continue
        place = gazetteer.place(option.row)
        reach = max(_SAME_PLACE_KM, gold.tol_km or 0.0)
        if option.type in ("region", "water", "continent"):  # two sources' points differ widely
            reach = max(reach, place.radius_km)
        share = kilometres(gold.lat, gold.lon, place.lat, place.lon) / reach
        if share < nearest:
            best, nearest = index, share
    return best


def _could_be(gold: GoldToponym, option: Option) -> bool:
    """Return whether a candidate is of the annotated country and level, as far as these are annotated."""
    if gold.country and option.country and gold.country != option.country:
        return False
    if gold.level is None:
        return True
    if gold.level == "country":
        return option.type == "country"
    if gold.level.startswith("admin"):
        return option.type in ("adm1", "adm2", "region")
    if gold.level in ("settlement", "quarter", "camp"):
        return option.type in ("city", "quarter", "region")
    return option.type not in ("country", "adm1")


def _annotated_names(
    names: Names, article: AnnotatedArticle
) -> tuple[list[tuple[GoldToponym, Name, SubjectKey]], dict[SubjectKey, Subject]]:
    """Return the annotated names of an article that the gazetteer has, each with its subject's key, and the subjects."""
    tokens = read_words(names, article.text)
    found = [
        (gold, find_written_span(names, article.text, tokens, gold.start, gold.end))
        for gold in article.toponyms
    ]
    known = [(gold, span) for gold, span in found if span is not None]
    spans = [span for _, span in known]
    page, arounds = read_page(article.text, tokens, spans)
    subjects, keys = find_subjects(page, zip(spans, arounds, strict=True))
    rows = zip(known, keys, strict=True)
    return [(gold, span.name, key) for (gold, span), key in rows], subjects


def _rank_examples(
    gazetteer: Gazetteer,
    names: Names,
    articles: Iterable[_Counted],
    resolver: Resolver | None,
) -> Examples:
    examples = Examples([], [], [], [])
    for article, times in articles:
        annotated, subjects = _annotated_names(names, article)
        scene = None
        if resolver is not None:
            scene = resolver.next_scene(subjects, {name.key for _, name, _ in annotated})
        for gold, name, key in annotated:
            if len(name.options) < 2:
                continue
            right = _right_option(gazetteer, name, gold)
            if right is None:
                continue
            for index, option in enumerate(name.options):
                features = list(option.static)
                if scene is not None:
                    features += option_features(scene, subjects[key], index)
                examples.features.append(features)
            examples.sizes.append(len(name.options))
            examples.right.append(right)
            examples.times.append(times)
    return examples


#: thresholds whose F1 is this near to the best are as good: by TR-News' weights LGL gains half a point of F1 over 0.002, and a point and a half
#: of its places
_AS_GOOD: Final = 0.003
_LOW: Final = 0.35


def _best_threshold(
    scores: Sequence[float], labels: Sequence[int], times: Sequence[float]
) -> float:
    """Return the score from which F1 on the given examples is best, a low one of those as good.

    The very best is a matter of chance: among few articles it lies far off what others would want. A low one finds more: on articles that
    were kept apart F1 was the same, and a point more of TR-News' places came out right.
    """
    if not scores:
        return 0.0
    ranked = np.array(scores)
    counts = np.array(times)
    truth = np.array(labels) * counts
    order = np.argsort(-ranked, kind="stable")
    f1 = 2 * np.cumsum(truth[order]) / (np.cumsum(counts[order]) + truth.sum())
    good = ranked[order][f1 >= f1.max() - _AS_GOOD]
    return round(float(good.min() + (good.max() - good.min()) * _LOW), 2)


def _fit_looks(gazetteer: Gazetteer, names: Names, articles: Sequence[_Counted]) -> Weights:
    """Return the weights of each look at candidates, each learned from what the ones before saw."""
    looks = Weights()
    for look in _LOOKS:
        resolver = Resolver(looks) if look != _LOOKS[0] else None
        examples = _rank_examples(gazetteer, names, articles, resolver)
        learned = rounded(fit_ranker(examples))
        found: dict[str, Any] = {look: learned or _NOTHING_LEARNED[resolver is None]}
        looks = replace(looks, **found)
    return looks


_LOOKS: Final = ("first", "second", "third")
#: from too few examples a later look stays with what the one before saw, the first with nothing
_NOTHING_LEARNED: Final[tuple[dict[str, float], dict[str, float]]] = ({"first_look": 1.0}, {})


def _fit_trust(
    gazetteer: Gazetteer, names: Names, articles: Sequence[_Counted]
) -> tuple[dict[str, float], tuple[tuple[float, float], ...]]:
    """Return weights of how far the best candidate can be trusted, and what such chances are worth.

    Each part of the articles is resolved with what was learned from the others, and what was learned from some of
    these decisions is judged on the others.
    """
    parts: list[list[_Judged]] = []
    for fold in range(_TRUST_FOLDS):
        seen = [item for number, item in enumerate(articles) if number % _TRUST_FOLDS != fold]
        resolver = Resolver(_fit_looks(gazetteer, names, seen))
        parts.append(_trust_examples(gazetteer, names, articles[fold::_TRUST_FOLDS], resolver))
    judged: list[tuple[float, bool]] = []
    for fold, part in enumerate(parts):
        others = [item for number, other in enumerate(parts) if number != fold for item in other]
        weights = _fit_trust_weights(others)
        judged += [(weigh_trust(features, weights), right) for features, right, _ in part]
    weights = _fit_trust_weights([item for part in parts for item in part])
    return weights, fit_line([chance for chance, _ in judged], [right for _, right in judged])


_TRUST_FOLDS: Final = 3


def _fit_trust_weights(examples: Sequence[_Judged]) -> dict[str, float]:
    rows = [features for features, _, _ in examples]
    labels = [int(right) for _, right, _ in examples]
    times = [times for _, _, times in examples]
    return rounded(fit_logistic(rows, labels, strength=0.5, times=times))


def _trust_examples(
    gazetteer: Gazetteer,
    names: Names,
    articles: Iterable[_Counted],
    resolver: Resolver,
) -> list[_Judged]:
    """Return the features of decisions on annotated names, whether the best candidate was right, how often each counts."""
    examples = []
    for article, times in articles:
        annotated, subjects = _annotated_names(names, article)
        decisions = resolver.decide(subjects, {name.key for _, name, _ in annotated})
        for gold, name, key in annotated:
            if gold.lat is None or gold.lon is None:
                continue
            decision = decisions[key]
            place = gazetteer.place(name.options[decision.best].row)
            apart = kilometres(gold.lat, gold.lon, place.lat, place.lon)
            right = apart <= max(NEAR_KM, place.radius_km) and (
                not (gold.country and place.country) or gold.country == place.country
            )
            examples.append((trust_features(subjects[key], decision), right, times))
    return examples


def train(
    gazetteer: Gazetteer,
    articles: Sequence[AnnotatedArticle],
    times: Sequence[float] | None = None,
) -> Weights:
    """Return weights learned from annotated articles; the same input gives the same numbers.

    Args:
        gazetteer: Where names are looked up.
        articles: The articles.
        times: How often each of them counts; once without. What counts 0 times teaches in which sense names stand and which places they
            mean, and not what a name is.
    """
    names = Names(gazetteer)
    each = list(zip(articles, times or [1.0] * len(articles), strict=True))
    counted = [(article, often) for article, often in each if often]
    examples = _span_examples(names, counted)
    span = _fit_spans(examples)
    again = _fit_spans_again(examples)
    placed = [(article, often or _PLACES_ALONE) for article, often in each]
    looks = _fit_looks(gazetteer, names, placed)
    weights = Weights(
        span=span,
        span_again=again.weights,
        first=looks.first,
        second=looks.second,
        third=looks.third,
        threshold=again.threshold,
        ambiguous_below=_AMBIGUOUS_BELOW,
        unknown_below=_UNKNOWN_BELOW,
        training={"articles": len(articles), "digest": digest_of(articles)},
    )
    associative, embedded = _fit_kinds(names, [(article, often or 1.0) for article, often in each])
    trusted, line = _fit_trust(gazetteer, names, counted)
    lines = {"span": again.line, "place": line}
    return replace(
        weights,
        trust=trusted,
        associative=associative,
        embedded=embedded,
        calibration={name: points for name, points in lines.items() if points},
    )


#: how often what does not teach recognition counts in learning which places names mean: with 1 LGL's places are told a point of a thousand worse
_PLACES_ALONE: Final = 0.75
#: a place that may well be wrong is said to be ambiguous, and one that is three times likelier wrong than right is not given at
#: all; with 0.4 pins of conflict news were right half a point more often, and a point of LGL's places was lost
_AMBIGUOUS_BELOW: Final = 0.6
_UNKNOWN_BELOW: Final = 0.25


#: what a weights file begins with, before its long tables
_FIRST: Final = ("training", "threshold", "ambiguous_below", "unknown_below", "calibration")


def write_weights(weights: Weights, path: str | Path) -> None:
    """Write weights as JSON, one number a line."""
    names = [item.name for item in fields(weights)]
    names.sort(key=lambda name: _FIRST.index(name) if name in _FIRST else len(_FIRST))
    document = {name: getattr(weights, name) for name in names}
    with atomic_writer(path) as file:
        file.write((json.dumps(document, indent=0, ensure_ascii=False) + "\n").encode())
