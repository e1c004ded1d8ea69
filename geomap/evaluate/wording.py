"""What evaluations say to a person on a terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from geomap.evaluate.reliability import Bin
    from geomap.evaluate.run import Evaluation

__all__ = ["describe_evaluations", "describe_reliability"]

_TITLES = {"raw": "from the raw text", "spans": "with the annotated spans given"}


def _with_interval(evaluation: Evaluation, name: str, digits: int = 3) -> str:
    value = getattr(evaluation.scores, name)
    side = evaluation.intervals[name]
    return f"{value:,.{digits}f} [{side.low:,.{digits}f} to {side.high:,.{digits}f}]"


def _describe_spans(evaluation: Evaluation) -> Iterator[str]:
    scores = evaluation.scores
    precision, recall, f1, overlap = (
        _with_interval(evaluation, name) for name in ("precision", "recall", "f1", "overlap_f1")
    )
    yield f"  exact spans    precision {precision}, recall {recall}, F1 {f1}"
    yield (
        f"  overlapping    precision {scores.overlap_precision:.3f}, "
        f"recall {scores.overlap_recall:.3f}, F1 {overlap}"
    )


def _describe_places(evaluation: Evaluation) -> Iterator[str]:
    scores = evaluation.scores
    yield f"  acc@161        {_with_interval(evaluation, 'acc161')} of {len(scores.errors_km):,} points"
    yield (
        f"  distance       mean {_with_interval(evaluation, 'mean_km', 0)} km, "
        f"median {scores.median_km:,.1f} km, AUC {scores.auc:.3f}"
    )
    yield f"  oracle         {evaluation.oracle:.3f} of the points are in the gazetteer at all"


def _describe_one(evaluation: Evaluation) -> Iterator[str]:
    scores = evaluation.scores
    yield f"{evaluation.corpus}, {_TITLES[evaluation.mode]}"
    yield (
        f"  articles       {evaluation.articles:,}, with {scores.annotated:,} place names; "
        f"{evaluation.repaired:,} offsets repaired, {evaluation.left_out:,} annotations left out"
    )
    if evaluation.learned:
        yield "  careful        the weights were learned from this corpus: geomap train cross-validates"
    if evaluation.mode == "raw":
        yield from _describe_spans(evaluation)
    yield from _describe_places(evaluation)
    if scores.kind_accuracy is not None:
        yield f"  kinds          {scores.kind_accuracy:.3f} of {scores.kinds:,} told right"
    if evaluation.speed is not None:
        yield f"  speed          {evaluation.speed:,.0f} articles a second"


def describe_reliability(bins: Sequence[Bin]) -> Iterator[str]:
    """Yield a table of how often mentions of some confidence are right; empty bins are left out."""
    yield "  confidence   mentions   mean    right"
    for item in bins:
        if item.count:
            yield (
                f"  {item.low:.1f} to {item.high:.1f}   {item.count:8,}   {item.confidence:.3f}   "
                f"{item.right:.3f}"
            )


def _describe_causes(evaluation: Evaluation) -> Iterator[str]:
    if evaluation.causes:
        yield "  misses by cause"
    for cause, count in evaluation.causes.items():
        yield f"  {count:8,}   {cause}"


def describe_evaluations(evaluations: Iterable[Evaluation]) -> Iterator[str]:
    """Yield what was measured; figures in brackets hold 95 of 100 resamples of the articles."""
    for number, evaluation in enumerate(evaluations):
        if number:
            yield ""
        yield from _describe_one(evaluation)
        yield from describe_reliability(evaluation.reliability)
        yield from _describe_causes(evaluation)
