"""What evaluations say to a person on a terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from geomap.evaluate.groups import Group
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


_TITLE: Final = "right, by region and level"


def _describe_groups(groups: Sequence[Group]) -> Iterator[str]:
    """Yield what came out right by region and level; nothing where a corpus annotates no levels."""
    if not groups:
        return
    width = max(len(_TITLE), *(len(group.name) for group in groups))
    yield f"  {_TITLE:{width}}   literal   below country   pins   abroad   kinds   unit or town   open   one of two"
    for group in groups:
        literal, below, pins, kinds, levels, both = (
            "–" if share is None else f"{share:.3f}"
            for share in map(group.share, ("literal", "below", "pins", "kinds", "levels", "open"))
        )
        yield (
            f"  {group.name:{width}}   {literal:>7}   {below:>13}   {pins:>4}   {group.pins_abroad:6}   "
            f"{kinds:>5}   {levels:>12}   {group.open:4}   {both:>10}"
        )


def describe_evaluations(evaluations: Iterable[Evaluation]) -> Iterator[str]:
    """Yield what was measured; figures in brackets hold 95 of 100 resamples of the articles."""
    for number, evaluation in enumerate(evaluations):
        if number:
            yield ""
        yield from _describe_one(evaluation)
        yield from describe_reliability(evaluation.reliability)
        if any(item.count for item in evaluation.embedded):
            yield "  embedded names, and how many of them are no places"
            yield from describe_reliability(evaluation.embedded)
        yield from _describe_causes(evaluation)
        yield from _describe_groups(evaluation.groups)
