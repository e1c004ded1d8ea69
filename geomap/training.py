"""Learn the weights of recognition and resolution from annotated news.

Three linear models, each number of which can be read: logistic regression over the features of
spans, and two conditional logits (softmax over the candidates of a name) over the features of
candidates. Needs scikit-learn and SciPy (``pip install geomap[train]``).
"""

from __future__ import annotations

import json
import math
from collections import Counter
from dataclasses import dataclass, fields, replace
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from geomap.articles.boilerplate import find_masks
from geomap.calibration import fit_line
from geomap.corpora.nouns import digest_of
from geomap.evaluate import judge, kilometres, parse_articles
from geomap.export.atomic import atomic_writer
from geomap.geoparse import Geoparser
from geomap.geoparse.features import same_name_features, span_features
from geomap.geoparse.names import Names
from geomap.geoparse.page import read_page
from geomap.geoparse.parser import ADJECTIVE_EASE
from geomap.geoparse.particles import read_words
from geomap.geoparse.recognise import find_spans, find_written_span
from geomap.geoparse.resolve import Resolver, option_features
from geomap.geoparse.scene import find_subjects
from geomap.geoparse.weights import Weights

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from geomap.corpora import AnnotatedArticle, GoldToponym
    from geomap.gazetteer import Gazetteer
    from geomap.geoparse.names import Name
    from geomap.geoparse.recognise import Span

__all__ = ["train", "write_weights"]

#: inverse strength of regularisation, chosen by cross-validation by article
_SPAN_C: Final = 0.25
_RANK_PENALTY: Final = 0.1
#: features seen less often get no weight of their own
_RARE: Final = 4
#: a candidate this near to the annotated point is the annotated place
_SAME_PLACE_KM: Final = 25.0
_DECIMALS: Final = 3


@dataclass(slots=True)
class _Examples:
    """Candidates of many mentions: features of each, where groups begin, which is right."""

    features: list[list[tuple[str, float]]]
    sizes: list[int]
    right: list[int]


@dataclass(slots=True)
class _Spans:
    """The candidate spans of one article: features, and whether each is annotated."""

    spans: list[Span]
    rows: list[list[str]]
    labels: list[int]


def _span_examples(names: Names, articles: Iterable[AnnotatedArticle]) -> list[_Spans]:
    examples = []
    for article in articles:
        gold = {(item.start, item.end) for item in article.toponyms}
        tokens = read_words(names, article.text)
        spans = find_spans(names, article.text, tokens, find_masks(article.text))
        page, arounds = read_page(article.text, tokens, spans)
        example = _Spans([], [], [])
        for span, around in zip(spans, arounds, strict=True):
            if span.in_phrase or _is_unjudged(article, span, gold):
                continue
            example.spans.append(span)
            example.rows.append([*span.name.features, *span_features(page, span, around)])
            example.labels.append(int((span.start, span.end) in gold))
        examples.append(example)
    return examples


def _is_unjudged(article: AnnotatedArticle, span: Span, gold: set[tuple[int, int]]) -> bool:
    """Tell an adjective in a corpus that annotates none: nobody knows whether it is right."""
    known = article.adjectives or (span.start, span.end) in gold
    return span.name.is_adjective and not known


def _fit_logistic(
    rows: Sequence[Sequence[tuple[str, float]]], labels: Sequence[int], *, strength: float
) -> dict[str, float]:
    """Fit a logistic regression over named features; the intercept is called ``bias``."""
    from sklearn.linear_model import LogisticRegression  # noqa: PLC0415 - an extra

    matrix, columns = _matrix(rows)
    if not columns or len(set(labels)) < 2:
        return {"bias": math.log((sum(labels) + 1) / (len(labels) - sum(labels) + 1))}
    model = LogisticRegression(C=strength, solver="lbfgs", max_iter=2000, tol=1e-5)
    model.fit(matrix, labels)
    weights = dict(zip(columns, model.coef_[0].tolist(), strict=True))
    weights["bias"] = float(model.intercept_[0])
    return weights


def _matrix(rows: Sequence[Sequence[tuple[str, float]]]) -> tuple[Any, list[str]]:
    """Return a sparse matrix of the features that are not rare, and their names."""
    from scipy.sparse import csr_matrix  # noqa: PLC0415 - an extra

    counts = Counter(feature for row in rows for feature in {feature for feature, _ in row})
    names = sorted(f for f, n in counts.items() if n >= _RARE and f != "bias")
    columns = {feature: i for i, feature in enumerate(names)}
    indices: list[int] = []
    values: list[float] = []
    starts = [0]
    for row in rows:
        summed: dict[int, float] = {}
        for feature, value in row:
            if feature in columns:
                summed[columns[feature]] = summed.get(columns[feature], 0.0) + value
        indices.extend(summed)
        values.extend(summed.values())
        starts.append(len(indices))
    return csr_matrix((values, indices, starts), shape=(len(rows), len(columns))), names


def _fit_spans(examples: Sequence[_Spans]) -> dict[str, float]:
    rows = [[(feature, 1.0) for feature in row] for part in examples for row in part.rows]
    labels = [label for part in examples for label in part.labels]
    return _rounded(_fit_logistic(rows, labels, strength=_SPAN_C))


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
            eases += [ADJECTIVE_EASE * span.name.is_adjective for span in part.spans]
    again = _rounded(_fit_logistic(rows, labels, strength=1.0))
    bias = again.get("bias", 0.0)
    scores = [bias + sum(again.get(f, 0.0) * v for f, v in row) for row in rows]
    threshold = _best_threshold(scores, labels)
    taken = [
        (1.0 / (1.0 + math.exp(-score)), bool(label))
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
        place = gazetteer.place(option.row)
        reach = _SAME_PLACE_KM
        if option.type in ("region", "water", "continent"):  # two sources' points differ widely
            reach = max(reach, place.radius_km)
        share = kilometres(gold.lat, gold.lon, place.lat, place.lon) / reach
        if share < nearest:
            best, nearest = index, share
    return best


def _rank_examples(
    gazetteer: Gazetteer,
    names: Names,
    articles: Iterable[AnnotatedArticle],
    resolver: Resolver | None,
) -> _Examples:
    examples = _Examples([], [], [])
    for article in articles:
        tokens = read_words(names, article.text)
        found = [
            (gold, find_written_span(names, article.text, tokens, gold.start, gold.end))
            for gold in article.toponyms
        ]
        spans = [span for _, span in found if span is not None]
        page, arounds = read_page(article.text, tokens, spans)
        subjects, keys = find_subjects(page, zip(spans, arounds, strict=True))
        scene = None
        if resolver is not None:
            scene = resolver.next_scene(subjects, {span.name.key for span in spans})
        key_of = dict(zip(map(id, spans), keys, strict=True))
        for gold, given in found:
            if given is None or len(given.name.options) < 2:
                continue
            right = _right_option(gazetteer, given.name, gold)
            if right is None:
                continue
            subject = subjects[key_of[id(given)]]
            for index, option in enumerate(given.name.options):
                features = list(option.static)
                if scene is not None:
                    features += option_features(scene, subject, index)
                examples.features.append(features)
            examples.sizes.append(len(given.name.options))
            examples.right.append(right)
    return examples


def _fit_ranker(examples: _Examples) -> dict[str, float]:
    """Fit a conditional logit: the right candidate against the others of its mention."""
    from scipy.optimize import minimize  # noqa: PLC0415 - an extra

    matrix, columns = _matrix(examples.features)
    if not columns:
        return {}
    sizes = np.array(examples.sizes)
    begins = np.concatenate([[0], np.cumsum(sizes)[:-1]])
    rights = begins + np.array(examples.right)
    owner = np.repeat(np.arange(len(sizes)), sizes)

    def loss(weights: np.ndarray[Any, Any]) -> tuple[float, np.ndarray[Any, Any]]:
        scores = matrix @ weights
        tops = np.maximum.reduceat(scores, begins)
        raised = np.exp(scores - tops[owner])
        totals = np.add.reduceat(raised, begins)
        chances = raised / totals[owner]
        value = -np.sum(scores[rights] - tops - np.log(totals))
        chances[rights] -= 1.0
        gradient = matrix.T @ chances + _RANK_PENALTY * weights
        return float(value + _RANK_PENALTY / 2 * weights @ weights), gradient

    result = minimize(
        loss,
        np.zeros(len(columns)),
        jac=True,
        method="L-BFGS-B",
        bounds=[(0.0 if feature in _NEVER_AGAINST else None, None) for feature in columns],
        options={"maxiter": 500},
    )
    return dict(zip(columns, result.x.tolist(), strict=True))


#: what speaks for a place where it speaks at all. Left free, features that mean nearly the same get large
#: weights of opposite signs: the most populous namesake lost where nothing else was known, and weights
#: from one corpus did 2 points worse on another
_NEVER_AGAINST: Final = frozenset(
    "capital listed_name main_name most_populous population population_share rank".split()
)


def _rounded(weights: dict[str, float]) -> dict[str, float]:
    rounded = {feature: round(value, _DECIMALS) for feature, value in sorted(weights.items())}
    return {feature: value for feature, value in rounded.items() if value}


#: thresholds whose F1 is this near to the best are as good
_AS_GOOD: Final = 0.002


def _best_threshold(scores: Sequence[float], labels: Sequence[int]) -> float:
    """Return the score from which F1 on the given examples is best, the middle one of those as good.

    The very best is a matter of chance: among few articles it lies far off what others would want.
    """
    if not scores:
        return 0.0
    ranked = np.array(scores)
    truth = np.array(labels)
    order = np.argsort(-ranked, kind="stable")
    hits = np.cumsum(truth[order])
    f1 = 2 * hits / (np.arange(1, len(order) + 1) + truth.sum())
    good = ranked[order][f1 >= f1.max() - _AS_GOOD]
    return round(float(good.min() + good.max()) / 2, 2)


def _fit_looks(gazetteer: Gazetteer, names: Names, articles: Sequence[AnnotatedArticle]) -> Weights:
    """Return the weights of each look at candidates, each learned from what the ones before saw."""
    looks = Weights()
    for look in _LOOKS:
        resolver = Resolver(looks) if look != _LOOKS[0] else None
        examples = _rank_examples(gazetteer, names, articles, resolver)
        learned = _rounded(_fit_ranker(examples))
        found: dict[str, Any] = {look: learned or _NOTHING_LEARNED[resolver is None]}
        looks = replace(looks, **found)
    return looks


_LOOKS: Final = ("first", "second", "third")
#: from too few examples a later look stays with what the one before saw, the first with nothing
_NOTHING_LEARNED: Final[tuple[dict[str, float], dict[str, float]]] = ({"first_look": 1.0}, {})


def _place_line(
    gazetteer: Gazetteer, names: Names, articles: Sequence[AnnotatedArticle]
) -> tuple[tuple[float, float], ...]:
    """Return what chances of places are worth, those included that no candidate is right for.

    Each half of the articles is resolved with what was learned from the other half.
    """
    judged: list[tuple[float, bool]] = []
    for half in range(2):
        looks = _fit_looks(gazetteer, names, articles[1 - half :: 2])
        geoparser = Geoparser(gazetteer, weights=looks)
        parsed = parse_articles(geoparser, articles[half::2], given=True)
        judged += [pair for item in parsed for pair in judge(item)]
    return fit_line([chance for chance, _ in judged], [right for _, right in judged])


def train(gazetteer: Gazetteer, articles: Sequence[AnnotatedArticle]) -> Weights:
    """Return weights learned from annotated articles; the same input gives the same numbers."""
    names = Names(gazetteer)
    examples = _span_examples(names, articles)
    span = _fit_spans(examples)
    again = _fit_spans_again(examples)
    looks = _fit_looks(gazetteer, names, articles)
    weights = Weights(
        span=span,
        span_again=again.weights,
        first=looks.first,
        second=looks.second,
        third=looks.third,
        threshold=again.threshold,
        ambiguous_below=0.4,
        training={"articles": len(articles), "digest": digest_of(articles)},
    )
    lines = {"span": again.line, "place": _place_line(gazetteer, names, articles)}
    return replace(weights, calibration={name: line for name, line in lines.items() if line})


#: what a weights file begins with, before its long tables
_FIRST: Final = ("training", "threshold", "ambiguous_below", "calibration")


def write_weights(weights: Weights, path: str | Path) -> None:
    """Write weights as JSON, one number a line."""
    names = [item.name for item in fields(weights)]
    names.sort(key=lambda name: _FIRST.index(name) if name in _FIRST else len(_FIRST))
    document = {name: getattr(weights, name) for name in names}
    with atomic_writer(path) as file:
        file.write((json.dumps(document, indent=0, ensure_ascii=False) + "\n").encode())
