"""Measure a geoparser against annotated news: scores, how sure they are, and every miss."""

from geomap.evaluate.listing import write_misses
from geomap.evaluate.measures import INTERVALS, Interval, find_intervals
from geomap.evaluate.misses import CAUSES, Examiner, Miss, count_causes
from geomap.evaluate.reliability import Bin, find_reliability, judge
from geomap.evaluate.run import MODES, Evaluation, evaluate_corpora, evaluate_corpus
from geomap.evaluate.scores import (
    FAR_KM,
    NOTHING,
    Parsed,
    Scores,
    evaluate_raw,
    evaluate_spans,
    kilometres,
    parse_articles,
    score,
)
from geomap.evaluate.wording import describe_evaluations, describe_reliability

__all__ = [
    "CAUSES",
    "FAR_KM",
    "INTERVALS",
    "MODES",
    "NOTHING",
    "Bin",
    "Evaluation",
    "Examiner",
    "Interval",
    "Miss",
    "Parsed",
    "Scores",
    "count_causes",
    "describe_evaluations",
    "describe_reliability",
    "evaluate_corpora",
    "evaluate_corpus",
    "evaluate_raw",
    "evaluate_spans",
    "find_intervals",
    "find_reliability",
    "judge",
    "kilometres",
    "parse_articles",
    "score",
    "write_misses",
]
