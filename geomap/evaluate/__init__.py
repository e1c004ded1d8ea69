"""Measure a geoparser against annotated news: scores, how sure they are, and every miss."""

from geomap.evaluate.groups import Group, find_groups
from geomap.evaluate.listing import write_misses
from geomap.evaluate.measures import INTERVALS, Interval, find_intervals
from geomap.evaluate.misses import CAUSES, Examiner, Miss, count_causes
from geomap.evaluate.reliability import Bin, find_reliability, judge, judge_embedded
from geomap.evaluate.run import MODES, Evaluation, evaluate_corpora, evaluate_corpus
from geomap.evaluate.scores import (
    FAR_KM,
    NEAR_KM,
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
    "NEAR_KM",
    "NOTHING",
    "Bin",
    "Evaluation",
    "Examiner",
    "Group",
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
    "find_groups",
    "find_intervals",
    "find_reliability",
    "judge",
    "judge_embedded",
    "kilometres",
    "parse_articles",
    "score",
    "write_misses",
]
