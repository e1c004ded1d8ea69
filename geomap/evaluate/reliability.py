"""Whether confidences mean what they say: how often those of 0.8 are right."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from geomap.evaluate.scores import NEAR_KM, error_km

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from geomap.evaluate.scores import Parsed

__all__ = ["Bin", "find_reliability", "judge", "judge_embedded"]

_BINS: Final = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Bin:
    """Mentions of similar confidence: how many, how confident in the mean, and the share right."""

    low: float
    high: float
    count: int
    confidence: float
    right: float

    @property
    def gap(self) -> float:
        """How much more confident than right; negative where it is too modest."""
        return self.confidence - self.right


def judge(parsed: Parsed) -> Iterator[tuple[float, bool]]:
    """Yield the confidence of each mention, and whether its span and its place are right.

    Mentions of toponyms that are annotated without coordinates cannot be judged.
    """
    gold = parsed.gold
    for bounds, resolution in parsed.counted.items():
        item = gold.get(bounds)
        if item is None:
            yield resolution.confidence, False
        elif item.lat is not None and resolution.place is not None:
            yield resolution.confidence, error_km(item, resolution) <= NEAR_KM


def judge_embedded(parsed: Parsed) -> Iterator[tuple[float, bool]]:
    """Yield the confidence of each embedded name, and whether no annotated place overlaps it; none where no kinds are annotated."""
    article = parsed.article
    if parsed.given or not any(item.kind for item in article.toponyms):
        return
    places = [item.bounds[0] for item in article.toponyms if item.kind != "embedded"]
    for item in parsed.resolutions:
        mention = item.mention
        if mention.kind == "embedded":
            is_place = any(low < mention.end and mention.start < high for low, high in places)
            yield item.confidence, not is_place


def find_reliability(
    articles: Iterable[Parsed],
    judge_one: Callable[[Parsed], Iterable[tuple[float, bool]]] = judge,
) -> tuple[Bin, ...]:
    """Return ten bins of confidence; a mention is right with exact bounds and within 161 km.

    A bin without mentions has a count of 0. ``judge_embedded`` judges embedded names instead.
    """
    bins: list[list[tuple[float, bool]]] = [[] for _ in range(_BINS)]
    for parsed in articles:
        for confidence, right in judge_one(parsed):
            bins[min(int(confidence * _BINS), _BINS - 1)].append((confidence, right))
    return tuple(
        Bin(
            low=number / _BINS,
            high=(number + 1) / _BINS,
            count=len(judged),
            confidence=sum(c for c, _ in judged) / max(len(judged), 1),
            right=sum(r for _, r in judged) / max(len(judged), 1),
        )
        for number, judged in enumerate(bins)
    )
