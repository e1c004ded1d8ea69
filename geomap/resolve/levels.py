"""What tells a town from the unit of the same name: "across Kherson" or "the airport of Kherson".

Asked only of names that can mean both.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from geomap.recognise.lexicon import DIRECTIONS, UNIT_WORDS
from geomap.resolve.holders import lower_word

if TYPE_CHECKING:
    from geomap.recognise.page import Around, Page
    from geomap.recognise.spans import Span

__all__ = ["HINTS", "describe_hint", "find_hints", "find_predicate"]

#: words next before a name, and words before "of" that stand before it
_BEFORE: Final = (
    frozenset(
        "across throughout near outside around inside in into from to at towards toward downtown besieged seized captured reached "
        "entered left fled shelled".split()
    )
    | DIRECTIONS
)
_BEFORE_OF: Final = (
    frozenset(
        "parts part governor governors commissioner mayor outskirts residents people villages towns coast areas swathes rest most streets "
        "centre center capital city port control siege battle suburbs direction".split()
    )
    | DIRECTIONS
)
#: before a direction and "of": a distance, which is from a town
_LENGTHS: Final = frozenset("km kilometres kilometers kilometre kilometer miles mile mi".split())
#: words next behind a name
_AFTER: Final = frozenset(
    "airport road highway front border police residents governor gov provincial governorate's countryside hospital street axis direction sector "
    "market mayor bridge station prison university port".split()
)


#: words of one kind tell the same, also those that are too rare to be weighed alone
_GOALS: Final = frozenset(
    "into entered reached left towards toward outside around besieged retook stormed".split()
)
_GOALS_OF_TWO: Final = frozenset(
    [
        *("heading for", "headed for", "bound for", "set out for", "left for", "departed for", "destined for"),
        *("march on", "advance on", "moves on", "moved on", "moving on", "closing in on", "attack on"),
        *("way to", "road to", "route to", "en route to", "travelling to", "taken to", "brought to", "evacuated to", "returned to", "return to"),
        *("arrived in", "arrived at", "base in", "base at", "garrison in", "garrison at", "hospital in", "market in", "prison in"),
    ]
)  # fmt: skip
_UNIT_OFFICES: Final = frozenset(
    "governor governors commissioner commissioners administrator prefect deputy senator lawmaker legislator mp assembly parliament chairperson "
    "constituency".split()
)
_SITES: Final = frozenset(
    "airport hospital street market mayor bridge station prison university port garrison checkpoint roundabout junction stadium".split()
)
#: what humanitarian reports count by district: "displacement sites in Mokha", "IDPs from Sugapa", "Mokha (129 households)", "Mokha 260, Tuhayta 136"
_COUNTED: Final = frozenset(
    "site sites idps households families refugees returnees displaced displacement cases incidents settlements schools".split()
)
_LIMITS: Final = frozenset("border borders boundary boundaries frontier limit limits".split())
#: between the names of two towns that a road, a convoy or a front joins
_JOINING: Final = frozenset("-–—")
#: the hints of a kind of words, as they are worded
_SAID: Final = {
    "<*goal": "words before it that say where somebody goes or is",
    "<*office": "an office of a unit before it",
    "<*counted": "words before it for what reports count by district",
    "<*holds": "a village or district before it that is said to lie in it",
    "<*holds,": "a village or district before it and a comma",
    "<*heading": "capitals that head a part of the text",
    "<*leads": "a village or district that the text below or behind it names in it",
    "<*opens": "that a part of the text begins with it",
    "<*limit": "a border or limit before it",
    "-*pair": "another name joined to it by a dash",
    ">*count": "a count behind it",
    ">*counts": "counts behind it and others nearby",
    ">*site": "something behind it that a town has",
}

#: all that ``find_hints`` can return
HINTS: Final = frozenset(
    [
        *_SAID,
        *(f"<{word}" for word in _BEFORE),
        *(f"<of {word}" for word in _BEFORE_OF - DIRECTIONS),
        *("<of side", "<of the side"),
        *(f">{word}" for word in _AFTER),
    ]
)


def find_hints(page: Page, span: Span, around: Around) -> set[str]:
    """Return the telling words beside a name: "<across", "<of governor", ">airport"."""
    found = set()
    if around.start_gap == "_":
        before, second = lower_word(page, span.first - 1), lower_word(page, span.first - 2)
        if before in _GOALS or _ends_with_goal(page, span.first - 1):
            found.add("<*goal")
        elif before in ("of", "for", "from") and second in _UNIT_OFFICES:
            found.add("<*office")
        elif before in ("in", "of", "from", "across") and second in _COUNTED:
            found.add("<*counted")
        elif before in ("with", "of") and second in _LIMITS:
            found.add("<*limit")
        if before in _BEFORE:
            found.add(f"<{before}")
        elif before == "of" and second in _BEFORE_OF:
            third = lower_word(page, span.first - 3)
            if second not in DIRECTIONS:
                found.add(f"<of {second}")
            elif third not in _LENGTHS:
                found.add("<of the side" if third == "the" else "<of side")
    if around.end_gap in ("_", "-", "'s", "'"):
        after = lower_word(page, span.last + 1)
        if after in _AFTER:
            found.add(f">{after}")
        if after in _SITES:
            found.add(">*site")
    if page.listings.is_heading(span.start, span.end):
        found.add("<*heading")
    if _is_joined(page, span):
        found.add("-*pair")
    if page.listings.is_counted(page.text, span.end):
        found.add(">*counts")
    is_number = around.after == "number" and around.end_gap in ("_", "(")  # and no year
    if is_number and lower_word(page, span.last + 1).replace(",", "").isdecimal():
        found.add(">*count")
    return found


def _is_joined(page: Page, span: Span) -> bool:
    """Return whether a dash joins a name to that of another place: "Pul-e-Khumri–Nahrin"."""
    following, previous = page.starts.get(span.last + 1), page.ends.get(span.first - 1)
    after = following is not None and page.text[span.end : following.start] in _JOINING
    return after or (previous is not None and page.text[previous.end : span.start] in _JOINING)


def _ends_with_goal(page: Page, last: int) -> bool:
    """Return whether the words up to one say where somebody goes: "heading for", "closing in on"."""
    words = [lower_word(page, index) for index in range(last - 2, last + 1)]
    return " ".join(words[1:]) in _GOALS_OF_TWO or " ".join(words) in _GOALS_OF_TWO


#: words between "X is a", or "X, a", and what it is said to be
_ADJECTIVES: Final = frozenset(
    "small large key strategic main major border port mining market coastal rural remote neighbouring neighboring nearby largest "
    "biggest second historic restive volatile frontline strategically important eastern western northern southern central".split()
)
_MOST_ADJECTIVES: Final = 3


def find_predicate(page: Page, span: Span, around: Around) -> str | None:
    """Return what a text says outright that a name is: "X, a town near", "X is a county of", "X and Y are neighbouring counties"."""
    if span.name.group != "country" and _is_far_from(page, span):
        return "P"
    index = span.last + 1
    if around.end_gap == ",":
        if lower_word(page, index) in ("a", "an", "the"):
            index += 1
        elif lower_word(page, index) != "capital" or lower_word(page, index + 1) != "of":
            return None
    elif around.end_gap == "_" and lower_word(page, index) in ("is", "are", "was", "were"):
        index += 1
        if lower_word(page, index) in ("a", "an", "the"):
            index += 1
    else:
        return None
    for _ in range(_MOST_ADJECTIVES):
        if lower_word(page, index) not in _ADJECTIVES:
            break
        index += 1
    noun = lower_word(page, index)
    if noun == "capital":
        return "P"
    unit = UNIT_WORDS.get(noun)
    is_more = lower_word(page, index + 1) in _GOES_ON
    return None if is_more else unit


def _is_far_from(page: Page, span: Span) -> bool:
    """Return whether a distance stands before a name: "20 km south of Kherson" is from the town, never from the middle of a region."""
    if lower_word(page, span.first - 1) not in ("of", "from"):
        return False
    index = span.first - 2
    return lower_word(page, index - (lower_word(page, index) in DIRECTIONS)) in _LENGTHS


#: behind a noun of places these make something else of it ("a city councillor", "a state company")
_GOES_ON: Final = frozenset(
    "attorney board capital company council councillor councilman court employee government governor hall hospital lawmaker leader legislator "
    "mayor minister official officials park police prison prosecutor representative school senator spokesman spokeswoman team university worker".split()
)


def describe_hint(value: str) -> str:
    """Return what a hint says, in plain words.

    >>> describe_hint("<of governor&unit"), describe_hint(">airport&unit")
    ('the words “governor of” before it, for a unit', 'the word “airport” behind it, for a unit')
    """
    words = value.partition("&")[0]
    if words in _SAID:
        return f"{_SAID[words]}, for a unit"
    if words.startswith(">"):
        return f"the word “{words[1:]}” behind it, for a unit"
    if words.startswith("<of "):
        return f"the words “{words[4:]} of” before it, for a unit"
    return f"the word “{words[1:]}” before it, for a unit"
