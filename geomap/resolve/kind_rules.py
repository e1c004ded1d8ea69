"""What plain rules say of the sense in which a place is named: by its form and by the words next to it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from geomap.gazetteer.layout import ADJECTIVE, MAIN
from geomap.model import Evidence
from geomap.recognise.lexicon import (
    DIRECTIONS,
    GEO_NOUNS,
    INSTITUTION_NOUNS,
    ORGANISATION_HEADS,
    POWER_VERBS,
    UNIT_WORDS,
)
from geomap.recognise.page import SPEAKING_ENGLISH, word_class
from geomap.resolve.bodies import BEFORE_NAMES, closes_institution, opens_institution, opens_ship

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geomap.model import Kind
    from geomap.recognise.options import Option
    from geomap.recognise.page import Around, Page
    from geomap.recognise.spans import Span

__all__ = [
    "AN_ADJECTIVE",
    "HEAD_LINKS",
    "because",
    "find_kind_by_rules",
    "is_adjective_of",
    "is_inside_longer_name",
    "word_at",
]

#: words after "X's" that are looked at for what X stands for
_REACH: Final = 3
_PARTICIPLES: Final = frozenset(
    "based led backed supported funded trained born made controlled occupied brokered run owned "
    "style registered flagged sponsored imposed allied aligned linked educated appointed".split()
)


def word_at(page: Page, index: int) -> str:
    """Return a word of an article; "" outside of it."""
    return page.tokens[index][2] if 0 <= index < len(page.tokens) else ""


def _modifies_participle(page: Page, span: Span, around: Around) -> bool:
    return around.end_gap == "-" and word_at(page, span.last + 1).lower() in _PARTICIPLES


def _owns_institution(page: Page, span: Span, around: Around) -> bool:
    """Tell "Iraq's joint operations command" from "Turkey's south" and "Syria's Idlib"."""
    if around.end_gap not in ("'s", "'"):
        return False
    for index in range(span.last + 1, span.last + 1 + _REACH):
        word = word_at(page, index).lower()
        if word in GEO_NOUNS or word in DIRECTIONS or word in UNIT_WORDS:
            return False
        if index in page.starts:
            return False
        if word in INSTITUTION_NOUNS:
            return True
    return span.name.group in ("country", "abbreviation", "continent")


def _modifies_institution(page: Page, span: Span, around: Around) -> bool:
    if around.end_gap != "_":
        return False
    if _modifies_office(page, span):
        return around.before not in _PLACE_BEFORE
    if word_at(page, span.last + 1) not in INSTITUTION_NOUNS:
        return False
    if span.name.group in ("water", "region", "facility"):
        return False
    return word_at(page, span.last + 1) not in GEO_NOUNS and around.before not in _PLACE_BEFORE


def _modifies_office(page: Page, span: Span) -> bool:
    """Tell "Lviv Gov. Kozytskyi", "the Kunduz provincial governor" and "the Kalat Assistant Commissioner" from a place."""
    index = span.last + 1
    if word_at(page, index).lower() in _BEFORE_OFFICES:
        index += 1
    return word_at(page, index).lower() in _OFFICES


_BEFORE_OFFICES: Final = frozenset(
    "acting assistant deputy district interim military municipal police provincial regional state".split()
)
#: who holds an office in a place, or serves it; lower-case ones that are none of a state's are in ``INSTITUTION_NOUNS``
_OFFICES: Final = frozenset(
    "commissioner commissioners constable constables gov governor governors mayor mayors policeman policemen prefect prefects".split()
)


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
    return around.after == "say" or word_at(page, span.last + 1) in POWER_VERBS


def because(detail: str) -> Evidence:
    """Return the evidence of a kind that a rule tells, with its reason."""
    return Evidence(feature="kind", value=1.0, weight=1.0, detail=detail)


_REASONS: Final = (
    (_modifies_participle, because("modifies a participle")),
    (_owns_institution, because("owns an institution")),
    (_modifies_institution, because("modifies an institution")),
    (_modifies_organisation, because("modifies an organisation")),
    (_acts_as_government, because("acts as a government")),
)
#: why an adjective is associative
AN_ADJECTIVE: Final = because("an adjective or inhabitant")
_OF_AN_ARMY: Final = because("part of an army's name")
_OF_A_BODY: Final = because("part of the name of a force, a mission or an outlet")
_ITSELF: Final = because("the place itself")


_OF_A_HOUSE: Final = because("part of the name of a house or a scheme")
_OF_AN_INSTITUTION: Final = because("part of the name of an institution, a firm or an event")


#: what joins the head of a body's name to where it works: "Interim Force in Lebanon", "Monitoring Mission to Ukraine"
HEAD_LINKS: Final = frozenset(["of", "in", "for", "to"])


def find_kind_by_rules(page: Page, span: Span, around: Around) -> tuple[Kind, Evidence]:
    """Return the kind that the rules tell, with the reason; the place itself where none applies."""
    is_of_state = span.name.is_adjective or span.name.group == "country"
    if around.end_gap == "_" and around.run_after:
        if is_of_state and _opens_proper_name(around.run_after):
            return "embedded", _OF_AN_ARMY
        if _opens_body(around.run_after):
            return "embedded", _OF_A_BODY
        if _opens_house(around.run_after) and not page.is_american:
            return "embedded", _OF_A_HOUSE
        if not is_of_state and opens_institution(around.run_after) and not _is_local(page, span):
            return "embedded", _OF_AN_INSTITUTION
    before = [word_at(page, span.first - back) for back in (1, 2, 3)]
    is_called = around.end_gap == "_" and not is_of_state and _is_told_apart(before[0])
    if is_called and opens_ship(word_at(page, span.last + 1), word_at(page, span.last + 2)):
        return "embedded", _OF_A_BODY
    if before[0] in BEFORE_NAMES:
        return "embedded", _OF_A_BODY
    if around.start_gap == "_" and closes_institution(*before) and not _is_local(page, span):
        return "embedded", _OF_AN_INSTITUTION
    if _closes_body(page, span) or _opens_outlet(page, span, around):
        return "embedded", _OF_A_BODY
    if span.name.is_adjective:
        return "associative", AN_ADJECTIVE
    for test, reason in _REASONS:
        if test(page, span, around):
            return "associative", reason
    return "literal", _ITSELF


def _is_told_apart(before: str) -> bool:
    """Return whether an article or a number stands before a name: "the Kursk submarine", "the 113th Kharkiv brigade"."""
    return before in ("the", "The") or _ORDINAL.fullmatch(before) is not None


_ORDINAL: Final = re.compile(r"\d+(?:st|nd|rd|th)")


def _is_local(page: Page, span: Span) -> bool:
    """Return whether a name is one of the English-speaking press's own: those who annotate that count "Dublin City Council" as Dublin."""
    return page.is_local or span.name.options[0].country in SPEAKING_ENGLISH


def _opens_proper_name(run: Sequence[str]) -> bool:
    """Return whether capitalised words behind a name are an army's: "Sudanese Air Force", "Kenya Defence Forces", no "Air Force Base"."""
    words = [word.lower() for word in run[:_NAME_REACH]]
    return not _ARMED.isdisjoint(words) and "base" not in words


def _opens_body(run: Sequence[str]) -> bool:
    """Return whether capitalised words behind a name are a force's: "Pale People's Defense Forces", "Jenin Brigade", "Lebanese Red Cross"."""
    words = [word.lower().removesuffix("'s").removesuffix("’s") for word in run[:_NAME_REACH]]
    if words[0] in _UNITS_OF_FORCES or words[:2] in _RED:
        return True
    return "base" not in words and not _FORCES.isdisjoint(words[1:])


def _opens_house(run: Sequence[str]) -> bool:
    """Return whether capitalised words behind a name are a house's or a scheme's: "Rueso Hospital", "Mandera County Referral Hospital"."""
    for index, word in enumerate(run[:_NAME_REACH]):
        if word in _HOUSES:
            return True
        if word.lower() in UNIT_WORDS and index == 0 and len(run) > 1:
            continue  # "Mandera County Referral Hospital"
        if word not in _HOUSE_WORDS:
            return False
    return False


#: what a place gives its name to, written with a capital as a part of the name
_HOUSES: Final = frozenset(
    "Hospital Hosp Clinic Dispensary Diocese Archdiocese Metro Barracks Scheme PS".split()
)
#: words between a place and what is called by it
_HOUSE_WORDS: Final = frozenset(
    "General Referral Reference Central National Regional Provincial District County Municipal City State Teaching Governmental Government "
    "Public Medical Military Field Catholic Orthodox Technical Secondary Primary Preparatory Prep Elementary High Boys Girls Mixed Islamic "
    "International Police Grand Great Old New Health Children's Maternity Specialist Federal Royal".split()
)


_FORCES: Final = frozenset(
    "army force forces front brigade brigades battalion militia corps regiment committees fighters".split()
)
_UNITS_OF_FORCES: Final = frozenset("brigade brigades battalion regiment corps".split())
_RED: Final = (["red", "cross"], ["red", "crescent"])


def _closes_body(page: Page, span: Span) -> bool:
    """Return whether capitalised words before a name are a mission's or a force's: "Interim Force in Lebanon", "Armed Forces of Ukraine"."""
    index = span.first - 1 - (word_at(page, span.first - 1) == "the")
    if word_at(page, index) not in HEAD_LINKS:
        return False
    head, before = word_at(page, index - 1), word_at(page, index - 2)
    return head in _MISSIONS and before.lower() in _BEFORE_MISSIONS and before[:1].isupper()


def _opens_outlet(page: Page, span: Span, around: Around) -> bool:
    """Return whether a name and the word beside it are a news outlet's: "Dnipro-Inform", "Suwayda 24", "Interfax-Ukraine"."""
    after = word_at(page, span.last + 1)
    if around.start_gap == "-" and word_at(page, span.first - 1) in _AGENCIES:
        return True
    return (around.end_gap == "-" and after in _OUTLETS) or (
        around.end_gap == "_" and after in _OUTLETS_APART
    )


_OUTLETS_APART: Final = frozenset(["24", "Hayom", "Insider", "Online"])
_AGENCIES: Final = frozenset(["Interfax", "RBC", "RBK"])
_OUTLETS: Final = frozenset("FM Info Inform Media News Online Press Radio TV".split())


#: heads of bodies that a place ends the name of
_MISSIONS: Final = frozenset(
    "Mission Force Forces Front Army Command Corps Operation Brigade Coalition".split()
)
_BEFORE_MISSIONS: Final = frozenset(
    "advisory armed assistance defence defense interim liberation military monitoring national observer peacekeeping popular resistance "
    "stabilisation stabilization support training transition united verification".split()
)


#: what ends the name of an armed body; ministries and firms stay their state's, as most annotators of news have it
_ARMED: Final = frozenset(
    "army force forces navy brigade brigades front crescent guard guards militia corps battalion".split()
)
_NAME_REACH: Final = 4


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
