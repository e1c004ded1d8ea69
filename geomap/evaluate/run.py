"""Measure weights on whole corpora; the twin of ``geomap evaluate``."""

from __future__ import annotations

import time
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any, Final

from geomap.corpora import load_corpus
from geomap.corpora.nouns import digest_of
from geomap.evaluate.groups import find_groups
from geomap.evaluate.listing import check_listing, write_misses
from geomap.evaluate.measures import find_intervals
from geomap.evaluate.misses import Examiner, count_causes
from geomap.evaluate.reliability import find_reliability, judge_embedded
from geomap.evaluate.scores import NOTHING, parse_articles, score
from geomap.export.targets import check_target
from geomap.gazetteer import open_gazetteer
from geomap.geoparser import Geoparser
from geomap.recognise.weights import read_weights, shipped_weights

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from geomap.corpora import Corpus
    from geomap.evaluate.groups import Group
    from geomap.evaluate.measures import Interval
    from geomap.evaluate.misses import Miss
    from geomap.evaluate.reliability import Bin
    from geomap.evaluate.scores import Parsed, Scores

__all__ = ["MODES", "Evaluation", "evaluate_corpora", "evaluate_corpus", "measure"]

#: from the bare text, or with the annotated spans given
MODES: Final = ("raw", "spans")
#: measures of ``Scores`` that a report gives, with the digits that it gives
_MEASURES: Final = {
    "precision": 4,
    "recall": 4,
    "f1": 4,
    "overlap_precision": 4,
    "overlap_recall": 4,
    "overlap_f1": 4,
    "acc161": 4,
    "mean_km": 1,
    "median_km": 1,
    "auc": 4,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Evaluation:
    """How well the places of one corpus were found, in one mode.

    ``held`` counts the annotated points that the gazetteer holds at all: no resolver can find more.
    ``embedded`` is the reliability of names called part of another, ``groups`` are counts by region and by level, where the corpus annotates levels. ``seconds`` is what the articles took, None where that was not measured. ``learned`` says that the weights
    were learned from this very corpus, so that the scores flatter.
    """

    corpus: str
    mode: str
    articles: int
    repaired: int
    left_out: int
    scores: Scores
    intervals: Mapping[str, Interval]
    held: int
    reliability: tuple[Bin, ...]
    misses: tuple[Miss, ...]
    groups: tuple[Group, ...] = ()
    embedded: tuple[Bin, ...] = ()
    seconds: float | None = None
    learned: bool = False

    @property
    def oracle(self) -> float:
        """The share of annotated points with a place of that name within 161 km in the gazetteer."""
        points = len(self.scores.errors_km)
        return self.held / points if points else 0.0

    @property
    def speed(self) -> float | None:
        """Articles per second."""
        return self.articles / self.seconds if self.seconds else None

    @property
    def causes(self) -> dict[str, int]:
        """How many misses each cause has."""
        return count_causes(self.misses)

    def to_record(self) -> dict[str, Any]:
        """Return the figures as plain values, for JSON."""
        scores, speed = self.scores, self.speed
        kind = scores.kind_accuracy
        return {
            "corpus": self.corpus,
            "mode": self.mode,
            "articles": self.articles,
            "repaired": self.repaired,
            "left_out": self.left_out,
            "learned": self.learned,
            "annotated": scores.annotated,
            "found": scores.found,
            "points": len(scores.errors_km),
            **{name: round(getattr(scores, name), digits) for name, digits in _MEASURES.items()},
            "oracle": round(self.oracle, 4),
            "kind_accuracy": None if kind is None else round(kind, 4),
            "articles_per_second": None if speed is None else round(speed, 1),
            "intervals": {
                name: [round(side.low, _MEASURES[name]), round(side.high, _MEASURES[name])]
                for name, side in self.intervals.items()
            },
            "reliability": [
                {name: round(value, 4) for name, value in asdict(item).items()}
                for item in self.reliability
            ],
            "causes": self.causes,
            "embedded": [
                {name: round(value, 4) for name, value in asdict(item).items()}
                for item in self.embedded
            ],
            "groups": [item.to_record() for item in self.groups],
        }


def measure(
    parsed: Sequence[Parsed],
    corpus: Corpus,
    examiner: Examiner,
    *,
    seconds: float | None = None,
    learned: bool = False,
) -> Evaluation:
    """Return the evaluation of parsed articles, which are those of a corpus in its order."""
    scores = [score(item) for item in parsed]
    return Evaluation(
        corpus=corpus.name,
        mode="spans" if parsed and parsed[0].given else "raw",
        articles=len(parsed),
        repaired=corpus.repaired,
        left_out=corpus.left_out,
        scores=sum(scores, start=NOTHING),
        intervals=find_intervals(scores),
        held=sum(examiner.count_held(item.article) for item in parsed),
        reliability=find_reliability(parsed),
        misses=tuple(miss for item in parsed for miss in examiner.find_misses(item)),
        groups=find_groups(parsed),
        embedded=find_reliability(parsed, judge_embedded),
        seconds=seconds,
        learned=learned,
    )


def evaluate_corpus(
    geoparser: Geoparser,
    corpus: Corpus,
    mode: str,
    *,
    explain: bool = False,
    outlets: bool = False,
) -> Evaluation:
    """Return how well a geoparser finds the places of a corpus.

    Args:
        geoparser: What is measured.
        corpus: The annotated articles.
        mode: ``raw`` or ``spans``, see ``MODES``.
        explain: Whether misses bring their candidates and evidence; takes longer.
        outlets: Whether articles come with their outlet, where the corpus has it; what its home
            town tells is no merit of the text's.
    """
    given = mode == "spans"
    began = time.perf_counter()
    parsed = list(parse_articles(geoparser, corpus.articles, given=given, outlets=outlets))
    seconds = time.perf_counter() - began
    if explain:
        explaining = Geoparser(geoparser.gazetteer, weights=geoparser.weights, evidence=True)
        parsed = list(parse_articles(explaining, corpus.articles, given=given, outlets=outlets))
    learned = geoparser.weights.training.get("corpora", {}).values()
    digest = digest_of(corpus.articles)
    return measure(
        parsed,
        corpus,
        Examiner(geoparser.gazetteer, geoparser.weights),
        seconds=seconds,
        learned=any(known.get("digest") == digest for known in learned),
    )


def evaluate_corpora(
    paths: Sequence[str | Path],
    modes: Sequence[str] = MODES,
    *,
    gazetteer: str | Path | None = None,
    weights: str | Path | None = None,
    errors: str | Path | None = None,
    outlets: bool = False,
) -> list[Evaluation]:
    """Read corpora and measure a geoparser on each of them, in each mode.

    Args:
        paths: Files of annotated news.
        modes: Some of ``MODES``.
        gazetteer: An index folder; None for the embedded gazetteer.
        weights: A file that ``geomap train`` wrote; None for the weights that come with geomap.
        errors: A .jsonl or .csv file for every miss; None for none.
        outlets: Whether articles come with their outlet, where a corpus has it.

    Raises:
        InputError: A corpus or the weights cannot be read.
        GazetteerError: The gazetteer cannot be opened.
        OutputError: The file of misses cannot be written.
    """
    if errors is not None:
        check_listing(errors)
        check_target(errors, files=[*paths, *([weights] if weights else [])])
    corpora = [load_corpus(path) for path in paths]
    learned = shipped_weights() if weights is None else read_weights(weights)
    geoparser = Geoparser(open_gazetteer(gazetteer), weights=learned)
    evaluations = [
        evaluate_corpus(geoparser, corpus, mode, explain=errors is not None, outlets=outlets)
        for corpus in corpora
        for mode in modes
    ]
    if errors is not None:
        write_misses(((item.corpus, miss) for item in evaluations for miss in item.misses), errors)
    return evaluations
