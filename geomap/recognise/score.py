"""Score spans with given weights: how likely each names a place, and nothing else."""

from __future__ import annotations

from bisect import bisect
from operator import itemgetter
from typing import TYPE_CHECKING, Final

from geomap.model import Evidence
from geomap.recognise.features import (
    FAMILIES,
    is_in_other_language,
    same_name_features,
    span_features,
)
from geomap.runtime.memo import Memo

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterable, Sequence

    from geomap.recognise.names import Name
    from geomap.recognise.page import Around, Page
    from geomap.recognise.spans import Span
    from geomap.recognise.weights import Weights

    _Feature = Callable[[Page, Span, Around], str | None]
    _Key = Callable[[Page, Span, Around], Hashable]

__all__ = ["OTHER_LANGUAGES", "SpanScorer", "calibrate"]

#: what English weights cannot know. Scores of names in Arabic and Cyrillic letters are too low by this
#: much, as the development half of tests/gold/languages.jsonl has it; adjectives in lower case stand in a
#: closed list, and are hardly ever anything else; a Turkish suffix stands behind names of places and persons
OTHER_LANGUAGES: Final = {
    "language=script": 1.6,
    "language=adjective": 6.0,
    "language=suffix": 2.0,
    "language=kurdish": 1.0,
}
#: a name that scores less by itself names no place, whatever stands around it: of 5,900 spans that were
#: taken in LGL and TR-News, four had such a name, and a quarter of all spans have
_HOPELESS_NAME: Final = -3.0
#: what the corpora hold too seldom to learn it in full: persons who are called like a country or a metropolis,
#: and places that could be persons' names in "officials in Geneva said", of which they have six; and names that are words, the second of
#: "between Beirut and Tyre"
_SELDOM_SEEN: Final = {
    "given=country": -2.2,
    "given=adm1": -2.2,
    "given=metropolis": -2.2,
    "placed=_say": 1.1,
    "framed=between": 2.0,
    # figures by place: "Bama 1,211, Pulka 640, Damboa 402"
    "counted=adm1": 1.8,
    "counted=adm2": 1.8,
    "counted=city": 1.8,
    "counted=metropolis": 1.8,
    "counted=town": 1.8,
}
#: sums kept for each family of features; when there are more, they are added up anew
_CACHE_SIZE: Final = 100_000


def calibrate(weights: Weights, odds: float, span_chance: float) -> float:
    """Return the confidence in a resolution: that the span names a place, times that it is this one.

    Both chances are read off the lines that were learned from articles kept apart; a span that is
    certain, because it was given, stays so.

    Args:
        weights: The learned numbers.
        odds: The chance of the chosen place among the candidates.
        span_chance: The chance that the span names a place; exactly 1 where it was given.
    """
    certain = span_chance == 1.0
    span = 1.0 if certain else _read_off(weights.calibration.get("span", ()), span_chance)
    return span * _read_off(weights.calibration.get("place", ()), odds)


def _read_off(line: Sequence[tuple[float, float]], chance: float) -> float:
    """Return the height of a line at a chance; level beyond its ends, the chance itself without it."""
    if not line:
        return chance
    right = bisect(line, chance, key=_first)
    if right in (0, len(line)):
        return line[min(right, len(line) - 1)][1]
    (low, start), (high, end) = line[right - 1], line[right]
    return start + (end - start) * (chance - low) / (high - low)


_first: Final = itemgetter(0)


class SpanScorer:
    """Adds up the weights of spans' features, and keeps the sums that recur.

    Args:
        weights: The learned numbers.
    """

    def __init__(self, weights: Weights) -> None:
        self._weights = {**weights.span, **OTHER_LANGUAGES, **_SELDOM_SEEN}
        self._bias = weights.span_again.get("bias", 0.0)
        self._slope = weights.span_again.get("score", 0.0)
        self._again = weights.span_again
        self._same_name: Memo[tuple[str, ...], float] = Memo(self._add_up_again, _CACHE_SIZE)
        self._name: Callable[[Name], float] = Memo(self._score_name, _CACHE_SIZE).__getitem__
        self._keyed: list[tuple[_Key, tuple[_Feature, ...], dict[Hashable, float]]] = [
            (family.key, family.features, {None: 0.0}) for family in FAMILIES if family.key
        ]
        self._unkeyed = [
            feature for family in FAMILIES if not family.key for feature in family.features
        ]

    def is_hopeful(self, span: Span) -> bool:
        """Tell whether what stands around a span can make it a place's name."""
        own = self._name(span.name)
        return own >= _HOPELESS_NAME or span.in_phrase or is_in_other_language(span.name)

    def scores(self, page: Page, spans: Sequence[Span], arounds: Sequence[Around]) -> list[float]:
        """Return the score of each span of an article; above 0 it is more likely a place than not."""
        first = [
            self._first(page, span, around) for span, around in zip(spans, arounds, strict=True)
        ]
        bias, slope, again = self._bias, self._slope, self._same_name
        return [
            bias + slope * score + again[features]
            for score, features in zip(first, same_name_features(spans, first), strict=True)
        ]

    def _first(self, page: Page, span: Span, around: Around) -> float:
        weight = self._weights.get
        total = self._name(span.name)
        for find_key, features, sums in self._keyed:
            key = find_key(page, span, around)
            known = sums.get(key)
            if known is None:
                if len(sums) >= _CACHE_SIZE:
                    sums.clear()
                    sums[None] = 0.0
                known = 0.0
                for feature in features:
                    name = feature(page, span, around)
                    if name is not None:
                        known += weight(name, 0.0)
                sums[key] = known
            total += known
        for feature in self._unkeyed:
            name = feature(page, span, around)
            if name is not None:
                total += weight(name, 0.0)
        return total

    def _add_up(self, features: Iterable[str]) -> float:
        weight = self._weights.get
        return sum(weight(feature, 0.0) for feature in features)

    def _add_up_again(self, features: Iterable[str]) -> float:
        weight = self._again.get
        return sum(weight(feature, 0.0) for feature in features)

    def _score_name(self, name: Name) -> float:
        return self._add_up(("bias", *name.features))

    def evidence(
        self, page: Page, spans: Sequence[Span], arounds: Sequence[Around]
    ) -> list[tuple[Evidence, ...]]:
        """Return the features of each span that count, the weightiest first; they add up to its score."""
        first = [
            self._first(page, span, around) for span, around in zip(spans, arounds, strict=True)
        ]
        again = self._again.get
        slope = self._slope
        found: list[tuple[Evidence, ...]] = []
        for span, around, same in zip(
            spans, arounds, same_name_features(spans, first), strict=True
        ):
            weights: dict[str, float] = {"bias": self._bias}
            for feature in ("bias", *span.name.features, *span_features(page, span, around)):
                weight = slope * self._weights.get(feature, 0.0)
                weights[feature] = weights.get(feature, 0.0) + weight
            for feature in same:
                weights[feature] = again(feature, 0.0)
            weighed = [Evidence(feature=f, value=1.0, weight=w) for f, w in weights.items() if w]
            weighed.sort(key=lambda item: (-abs(item.weight), item.feature))
            found.append(tuple(weighed))
        return found
