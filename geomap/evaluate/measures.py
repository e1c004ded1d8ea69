"""How sure a measure is: bootstrap intervals over articles."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from geomap.evaluate.scores import FAR_KM, NEAR_KM

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geomap.evaluate.scores import Scores

__all__ = ["INTERVALS", "Interval", "find_intervals"]

#: the measures that get an interval
INTERVALS: Final = ("precision", "recall", "f1", "overlap_f1", "acc161", "mean_km")
_RESAMPLES: Final = 1_000
_SEED: Final = 20_039
#: percentiles between which 95 of 100 resamples lie
_LIMITS: Final = (2.5, 97.5)


@dataclass(frozen=True, slots=True, kw_only=True)
class Interval:
    """Where a measure lies in 95 of 100 resamples of the articles."""

    low: float
    high: float


def _counts(scores: Scores) -> tuple[float, ...]:
    errors = scores.errors_km
    return (
        scores.annotated,
        scores.found,
        scores.both,
        scores.touched,
        scores.touching,
        len(errors),
        sum(error <= NEAR_KM for error in errors),
        sum(min(error, FAR_KM) for error in errors),
    )


def _divide(part: Any, whole: Any) -> Any:
    return np.divide(part, whole, out=np.zeros_like(part), where=whole != 0)


def find_intervals(articles: Sequence[Scores]) -> dict[str, Interval]:
    """Return the 95 % bootstrap interval of each measure.

    Articles are drawn with replacement, as many as there are, a thousand times, from a fixed seed; a
    measure's interval reaches from the 2.5th to the 97.5th percentile. Toponyms of one article stand or
    fall together, so drawing toponyms would make intervals too narrow.

    Args:
        articles: The scores of each article by itself.
    """
    if not articles:
        return {name: Interval(low=0.0, high=0.0) for name in INTERVALS}
    counts = np.array([_counts(scores) for scores in articles], dtype=float)
    random = np.random.default_rng(_SEED)
    shares = np.full(len(articles), 1 / len(articles))
    drawn = random.multinomial(len(articles), shares, size=_RESAMPLES)
    annotated, found, both, touched, touching, points, near, far = (drawn @ counts).T
    overlap_precision, overlap_recall = _divide(touching, found), _divide(touched, annotated)
    measures = {
        "precision": _divide(both, found),
        "recall": _divide(both, annotated),
        "f1": _divide(2 * both, found + annotated),
        "overlap_f1": _divide(
            2 * overlap_precision * overlap_recall, overlap_precision + overlap_recall
        ),
        "acc161": _divide(near, points),
        "mean_km": _divide(far, points),
    }
    limits = {name: np.percentile(measures[name], _LIMITS).tolist() for name in INTERVALS}
    return {name: Interval(low=low, high=high) for name, (low, high) in limits.items()}
