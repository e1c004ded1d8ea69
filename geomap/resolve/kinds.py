"""Tell in which sense a place is named: literal, associative or embedded.

Literal: the text means the place itself ("in Raqqa"). Associative: the name is a modifier, an
inhabitant, a language or a government ("Turkish border", "Washington-based", "France's
intelligence coordinator"). Embedded: it is part of a longer name of something else ("King's College
London"). The distinction follows Gritta, Pilehvar and Collier, "A Pragmatic Guide to
Geoparsing Evaluation" (2020), where the first is literal and the second associative.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from geomap.recognise.lexicon import UNIT_WORDS
from geomap.recognise.roads import ends_road
from geomap.resolve.kind_features import NEAR_GAPS, OWNING, kind_features, list_opening, role_of
from geomap.resolve.kind_rules import because, find_kind_by_rules, word_at
from geomap.resolve.scene import softmax

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from geomap.model import Evidence, Kind
    from geomap.recognise.page import Around, Page
    from geomap.recognise.spans import Span
    from geomap.recognise.weights import Weights

__all__ = ["WEIGHED_KINDS", "find_kind", "weigh_kind"]


def find_kind(
    page: Page, span: Span, around: Around, weights: Weights | None = None
) -> tuple[Kind, Evidence]:
    """Return the kind of a mention that names a place, with the reason.

    Args:
        page: The article.
        span: The mention.
        around: What stands around it.
        weights: What was learned of kinds; the rules alone decide where there is none.
    """
    if ends_road(page, span):
        return "literal", _END_OF_ROAD
    by_rules = find_kind_by_rules(page, span, around)
    if weights is None or not weights.associative or by_rules[0] == "embedded":
        return by_rules
    features = kind_features(page, span, around, by_rules)
    kind, chance = weigh_kind(features, weights.associative, weights.embedded)
    if span.name.is_adjective and kind == "literal":  # "a Syrian" is never Syria itself
        return by_rules
    is_latin = span.surface[0] < _BEYOND_LATIN  # what was learned of English capitals
    is_unit = len(around.run_after) == 1 and around.run_after[0].lower() in UNIT_WORDS
    if kind == "embedded" and (chance < _SURE_EMBEDDED or is_unit or not is_latin):
        kind, chance = weigh_kind(features, weights.associative, {"bias": -_NEVER})
    if kind == by_rules[0] or chance < _SURE_KIND:
        return by_rules
    if kind == "associative" and _shares_place(page, span, around):
        return by_rules
    return kind, replace(_WEIGHED[kind], value=round(chance, 3))


#: what was learned outweighs the rules from this chance on: the rules know languages that the corpora lack
_SURE_KIND: Final = 0.5
#: a name is lost to the map as part of another one only where that is rather sure
_SURE_EMBEDDED: Final = 0.75
_NEVER: Final = 1e3
_BEYOND_LATIN: Final = "\u0250"


#: why the words around a name outweigh the rules
_WEIGHED: Final[dict[Kind, Evidence]] = {
    "literal": because("the words around it speak for the place itself"),
    "associative": because("the words around it speak for its people or state"),
    "embedded": because("the words around it make it part of a longer name"),
}
_END_OF_ROAD: Final = because("one end of a road")
#: kinds that are weighed against the place itself, whose score is 0
WEIGHED_KINDS: Final[tuple[Kind, ...]] = ("associative", "embedded")


def _shares_place(page: Page, span: Span, around: Around) -> bool:
    """Return whether a name goes on a list that stands for places themselves, and nothing is made of it: "parts of Syria and Iraq"."""
    if around.end_gap in NEAR_GAPS and role_of(word_at(page, span.last + 1)) in _MADE_OF:
        return False
    return around.end_gap not in OWNING and list_opening(page, span) in _OPENS_PLACES


#: what opens a list of places themselves
_OPENS_PLACES: Final = frozenset(
    [
        "in",
        "from",
        "into",
        "across",
        "near",
        "through",
        "outside",
        "inside",
        "include",
        "of ground",
        "of unit",
        "of people",
    ]
)
#: roles of a word behind a name that make its people or state of it
_MADE_OF: Final = frozenset(["institution", "power", "state", "say", "organisation"])


def weigh_kind(
    features: Sequence[str],
    associative: Mapping[str, float],
    embedded: Mapping[str, float],
) -> tuple[Kind, float]:
    """Return the likeliest kind, and its chance."""
    scores = [0.0, 0.0, 0.0]
    for feature in features:
        scores[1] += associative.get(feature, 0.0)
        scores[2] += embedded.get(feature, 0.0)
    best = max(range(len(scores)), key=scores.__getitem__)
    kinds: tuple[Kind, ...] = ("literal", *WEIGHED_KINDS)
    return kinds[best], softmax(scores)[best]
