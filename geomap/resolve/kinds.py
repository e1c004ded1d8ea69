"""Tell in which sense a place is named: literal, associative or embedded.

Literal: the text means the place itself ("in Raqqa"). Associative: the name is a modifier, an
inhabitant, a language or a government ("Turkish border", "Washington-based", "France's
intelligence coordinator"). Embedded: it is part of a longer name of something else ("King's College
London"). The distinction follows Gritta, Pilehvar and Collier, "A Pragmatic Guide to
Geoparsing Evaluation" (2020), where the first is literal and the second associative.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from geomap.gazetteer.layout import MAIN, OWN
from geomap.recognise.lexicon import DIRECTIONS, UNIT_WORDS
from geomap.recognise.options import TOWN_TYPES
from geomap.recognise.roads import ends_road
from geomap.resolve.kind_features import NEAR_GAPS, OWNING, kind_features, list_opening, role_of
from geomap.resolve.kind_rules import because, find_kind_by_rules, word_at
from geomap.resolve.labels import abbreviated_unit
from geomap.resolve.scene import softmax

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from geomap.model import Evidence, Kind
    from geomap.recognise.names import Name
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
    if by_rules[0] != "embedded" and not span.name.is_adjective:
        plain = _told_plainly(page, span, around)
        if plain is not None:
            return "literal", plain
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


def _told_plainly(page: Page, span: Span, around: Around) -> Evidence | None:
    """Return why a name is a place itself, whatever the words around it would teach; None where that is open."""
    following, previous = page.starts.get(span.last + 1), page.ends.get(span.first - 1)
    if around.end_gap == "'s" and following is not None:
        return _OWNS_A_PLACE if _lies_within(following.name, span.name) else None
    if span.name.group == "country" and previous is not None and around.start_gap == ",":
        ends = around.end_gap in _ENDS and not previous.name.is_adjective
        lies = any(not span.name.holds.isdisjoint(option.areas) for option in previous.name.options)
        return _ENDS_CHAIN if ends and lies and previous.name.group != "country" else None
    if abbreviated_unit(page, span):
        return _A_UNIT
    if span.name.group == "country" and _is_part(page, span, around):
        return _A_PART
    if page.text[span.start - 1 : span.start] in ("", "\n") and _HEADS.match(page.text, span.end):
        return _HEADS_LINE
    return None


def _is_part(page: Page, span: Span, around: Around) -> bool:
    """Return whether a direction before a country makes a part of it: "floods northern Iraq"."""
    before, after = word_at(page, span.first - 1), word_at(page, span.last + 1)
    owns = around.end_gap in NEAR_GAPS and role_of(after) in _MADE_OF
    return around.start_gap == "_" and before in DIRECTIONS and before.islower() and not owns


def _lies_within(name: Name, owner: Name) -> bool:
    """Return whether a place of a name lies in one of another: "Kabul's Dasht-e-Barchi", but not "France's Macron"."""
    if name.is_adjective or name.is_phrase or name.group == "country":
        return False
    holds = owner.holds
    if any(
        option.bits & (MAIN | OWN)
        and not holds.isdisjoint(option.areas)
        and option.area not in holds
        for option in name.options
    ):
        return True
    towns = [option for option in owner.options[:_LIKELY] if option.type in TOWN_TYPES]
    return any(
        option.bits & (MAIN | OWN)
        and option.country == town.country
        and option.distance_km(town) <= _NEAR_KM
        for option in name.options[:_LIKELY]
        for town in towns
    )


#: of names of many places the first ones are meant, and a quarter is so near to its city
_LIKELY: Final = 6
_NEAR_KM: Final = 40.0
#: what follows a country that ends a chain of names
_ENDS: Final = (",", ".", ";", ")", "n", "")
#: behind a name that a line begins with: what happened there
_HEADS: Final = re.compile(r": (?:[a-z]|\d)")
_OWNS_A_PLACE: Final = because("a place in it follows")
_ENDS_CHAIN: Final = because("it ends a chain of names")
_A_PART: Final = because("a part of it")
_A_UNIT: Final = because("a unit by the word behind it")
_HEADS_LINE: Final = because("a heading")
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
