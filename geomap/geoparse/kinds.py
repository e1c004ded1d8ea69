"""Tell in which sense a place is named: literal, associative or embedded.

Literal: the text means the place itself ("in Raqqa"). Associative: the name is a modifier, an
inhabitant, a language or a government ("Turkish border", "Washington-based", "France's
intelligence coordinator"). Embedded: it is part of a longer name of something else ("King's College
London"). The distinction follows Gritta, Pilehvar and Collier, "A Pragmatic Guide to
Geoparsing Evaluation" (2020), where the first is literal and the second associative.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from geomap.gazetteer.compile import ADJECTIVE, MAIN
from geomap.geoparse.lexicon import (
    DIRECTIONS,
    GEO_NOUNS,
    INSTITUTION_NOUNS,
    ORGANISATION_HEADS,
    POWER_VERBS,
    UNIT_WORDS,
)
from geomap.geoparse.page import word_class
from geomap.model import Evidence

if TYPE_CHECKING:
    from geomap.geoparse.options import Option
    from geomap.geoparse.page import Around, Page
    from geomap.geoparse.recognise import Span
    from geomap.model import Kind

__all__ = ["AN_ADJECTIVE", "find_kind", "is_adjective_of", "is_inside_longer_name"]

#: words after "X's" that are looked at for what X stands for
_REACH: Final = 3
_PARTICIPLES: Final = frozenset(
    "based led backed supported funded trained born made controlled occupied brokered run owned "
    "style registered flagged sponsored imposed allied aligned linked educated appointed".split()
)


def _word(page: Page, index: int) -> str:
    return page.tokens[index][2] if index < len(page.tokens) else ""


def _modifies_participle(page: Page, span: Span, around: Around) -> bool:
    return around.end_gap == "-" and _word(page, span.last + 1).lower() in _PARTICIPLES


def _owns_institution(page: Page, span: Span, around: Around) -> bool:
    """Tell "Iraq's joint operations command" from "Turkey's south" and "Syria's Idlib"."""
    if around.end_gap not in ("'s", "'"):
        return False
    for index in range(span.last + 1, span.last + 1 + _REACH):
        word = _word(page, index).lower()
        if word in GEO_NOUNS or word in DIRECTIONS or word in UNIT_WORDS:
            return False
        if index in page.starts:
            return False
        if word in INSTITUTION_NOUNS:
            return True
    return span.name.group in ("country", "abbreviation", "continent")


def _modifies_institution(page: Page, span: Span, around: Around) -> bool:
    if around.end_gap != "_" or _word(page, span.last + 1) not in INSTITUTION_NOUNS:
        return False
    if span.name.group in ("water", "region"):
        return False
    return _word(page, span.last + 1) not in GEO_NOUNS and around.before not in _PLACE_BEFORE


_PLACE_BEFORE: Final = frozenset(
    [
        "in",
        "from",
        "to",
        "into",
        "near",
        "across",
        "at",
        "outside",
        "inside",
        "through",
        "toward",
        "towards",
    ]
)


def _modifies_organisation(_page: Page, _span: Span, around: Around) -> bool:
    """Tell "the agency's Iraq Mission", where the name belongs to an organisation's."""
    follows = around.end_gap == "_" and len(around.run_after) > 0
    return follows and any(word.lower() in ORGANISATION_HEADS for word in around.run_after[:2])


def _is_listed(around: Around) -> bool:
    """Tell the last of several names: what "Erbil, Berlin and Bonn sent" is not Bonn's doing."""
    return around.before in ("and", "or") or around.start_gap == ","


def _acts_as_government(page: Page, span: Span, around: Around) -> bool:
    """Tell metonymy: a country or a town that says, wants or sends something."""
    if around.end_gap != "_" or around.before in _PLACE_BEFORE or _is_listed(around):
        return False
    return around.after == "say" or _word(page, span.last + 1) in POWER_VERBS


def _because(detail: str) -> Evidence:
    return Evidence(feature="kind", value=1.0, weight=1.0, detail=detail)


_REASONS: Final = (
    (_modifies_participle, _because("modifies a participle")),
    (_owns_institution, _because("owns an institution")),
    (_modifies_institution, _because("modifies an institution")),
    (_modifies_organisation, _because("modifies an organisation")),
    (_acts_as_government, _because("acts as a government")),
)
#: why an adjective is associative
AN_ADJECTIVE: Final = _because("an adjective or inhabitant")
_ITSELF: Final = _because("the place itself")


def find_kind(page: Page, span: Span, around: Around) -> tuple[Kind, Evidence]:
    """Return the kind of a mention that names a place, with the reason."""
    if span.name.is_adjective:
        return "associative", AN_ADJECTIVE
    for test, reason in _REASONS:
        if test(page, span, around):
            return "associative", reason
    return "literal", _ITSELF


def is_adjective_of(option: Option) -> bool:
    """Tell whether a name is only an adjective for the place that it turned out to mean.

    "Spanish" is Spain's, and the name of a town in Canada too.
    """
    return bool(option.bits & ADJECTIVE) and not option.bits & MAIN


def is_inside_longer_name(span: Span, around: Around) -> bool:
    """Tell a name inside an organisation's or a work's name from a person's name or a word.

    Called for spans that do not name a place by themselves.
    """
    run = (*around.run_before, *around.run_after)
    if not run or span.name.group in ("alt", "loose") or span.name.is_ordinary_word:
        return False
    if any(word.lower() in ORGANISATION_HEADS for word in run):
        return True
    if span.name.is_adjective and not around.run_after:  # "Many Syrians" opens a sentence
        return False
    return not {word_class(word) for word in run} & _NOT_ORGANISATIONS


#: classes of words beside a name that make it a person's, or a date's
_NOT_ORGANISATIONS: Final = frozenset(["First", "Last", "Title", "title", "Initial", "date"])
