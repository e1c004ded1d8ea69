"""Phrases that speak of time: found by one search, and taken apart by a pattern of their kind.

The words of a text are first sifted for those that every such phrase holds (a month, a weekday, a
year, "week", "yesterday" …), which costs next to nothing; only around these the patterns of
geomap/told/kinds.py are tried, those of the word's class.
"""

from __future__ import annotations

import re
from itertools import compress
from operator import itemgetter
from typing import TYPE_CHECKING, Final, NamedTuple

from geomap.told.kinds import NUMBERS, Point, match_bare, match_whole
from geomap.told.words import CLASSES

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from geomap.text import Token

__all__ = ["Phrase", "find_phrases", "find_triggers"]


class Phrase(NamedTuple):
    """A point of time with the word that ties it to its sentence, or two points that bound a stretch.

    ``tie`` is "" for none, ``in`` (on, at, during …), ``since``, ``from``, ``by``, ``until``,
    ``before``, ``after``, ``as of`` or ``week of``. ``joined`` tells two points with "and" or "or"
    between them from a stretch from one to the other.
    """

    start: int
    end: int
    tie: str
    first: Point
    last: Point | None = None
    joined: bool = False


_MONTH_WORDS: Final = (
    "Jan January Feb February Mar March Apr April May Jun June Jul July Aug August Sep Sept September Oct October"
    " Nov November Dec December"
)
_WEEKDAY_WORDS: Final = "Mon Monday Tue Tues Tuesday Wed Wednesday Thu Thur Thurs Thursday Fri Friday Sat Saturday Sun Sunday"
_UNIT_WORDS: Final = """day days week weeks weekend fortnight month months year years decade decades century centuries quarter
    half night hours yesterday"""
_SINGLE_WORDS: Final = """today tonight tomorrow overnight morning afternoon evening then Today Tonight Tomorrow Overnight
    Yesterday Christmas Boxing New"""
#: what every phrase holds, by its class: with one dict the words of a text are sifted at once
_TRIGGERS: Final[dict[str, int]] = {
    word + ending: number
    for number, words in enumerate(
        (
            _MONTH_WORDS.split(),
            _WEEKDAY_WORDS.split(),
            [*map(str, range(1600, 2100)), *(f"{decade}s" for decade in range(1600, 2100, 10))],
            _UNIT_WORDS.split(),
            "spring summer autumn fall winter Spring Summer Autumn Winter springtime summertime wintertime".split(),
            [
                *_SINGLE_WORDS.split(),
                *(f"{day}{end}" for day in range(1, 32) for end in ("st", "nd", "rd", "th")),
            ],
        )
    )
    for word in words
    for ending in ("", "'s", "’s")
}
_TURNING: Final = frozenset(
    """last Last next Next this This past Past coming Coming current previous following preceding same that That first First
    second Second third Third fourth final latter opening closing the The a A an An one One of in In""".split()
)
_STEPS: Final = frozenset("ago earlier later from hence before afterwards".split())
_NONE: Final[frozenset[str]] = frozenset()
_THIS: Final = frozenset(("this", "This"))
#: words that are triggers only behind one of some words, or before one of others
_NEIGHBOURS: Final[dict[str, tuple[frozenset[str], frozenset[str]]]] = {
    **{
        f"{unit}s": (
            _TURNING - {"the", "The", "a", "A", "an", "of", "one", "One", "that", "this"},
            _STEPS,
        )
        for unit in "day week month year decade hour".split()
    },
    **{
        unit: (_TURNING | {str(number) for number in range(2, 10)}, _STEPS)
        for unit in "day week month year quarter half".split()
    },
    "night": (frozenset(("last", "Last", "same", "that", "That")), _NONE),
    "then": (frozenset(("since", "Since")), _NONE),
    "New": (_NONE, frozenset(("Year", "Year's", "Year’s", "Years"))),
    "Christmas": (_NONE, frozenset(("Eve", "Day"))),
    **dict.fromkeys(("morning", "afternoon", "evening"), (_THIS | {"same", "that", "That"}, _NONE)),
}
#: words before a trigger among which such a one is looked for
_LEAD: Final = 3
_LEADS: Final = (
    """early earlier late later mid middle very the beginning start end close first second third fourth last final opening closing
    latter next this past previous coming following same current so a an that these all preceding in half-dozen"""
).split()
#: what a phrase begins with, if not with its trigger; names of days and months by their first letters
_FIRST_WORDS: Final = frozenset(
    {word for lead in (*_LEADS, *NUMBERS) for word in (lead, lead.capitalize())}
    | {word[:3] for word in (*_MONTH_WORDS.split(), *_WEEKDAY_WORDS.split())}
)
#: words that stand between its beginning and its trigger alone
_INNER_WORDS: Final = frozenset(
    "of and to through until or far half quarter week weeks days day year months month morning night dozen before - – —".split()
)
#: what stands before a year in other languages
_FOREIGN: Final = re.compile(
    r"(?<![\w.,/-])(?:[12]\d|3[01]|[1-9])(?:er|\.|º|°)?\s(?:de\s)?[^\W\d_]{3,14}(?:\s(?:الأول|الثاني))?\s(?:del?\s)?\Z"
)
#: words of a phrase before its trigger ("in the very first week of" July)
_MOST_BEFORE: Final = 5

_TIES: Final = {
    "ever since": "since",
    "starting from": "from",
    "starting on": "from",
    "starting in": "from",
    "starting": "from",
    "beginning on": "from",
    "beginning in": "from",
    "beginning": "from",
    "effective": "from",
    "till": "until",
    "up to": "until",
    "through": "until",
    "prior to": "before",
    "ahead of": "before",
    "following": "after",
    "as of": "as of",
    "as at": "as of",
    "as early as": "in",
    "as late as": "in",
    "the week of": "week of",
    "the week beginning": "week of",
    "the week starting": "week of",
    **dict.fromkeys("since from by until before after between".split()),
    **dict.fromkeys(
        "on in at during over throughout for within around about of across".split(), "in"
    ),
}
_TIE: Final = re.compile(
    r"(?<!\w)(?P<tie>"
    + "|".join(sorted(_TIES, key=len, reverse=True))
    + r")(?P<rest>\s(?:at\sleast\s|about\s|around\s|some\s|the\smonth\sof\s|the\s(?:morning|evening|afternoon|night|course|(?:early|small|late)\shours)\sof\s)?(?:the\s)?)\Z",
    re.IGNORECASE,
)
#: ties of one word, and what makes them ties of two
_SIMPLE_TIES: Final = {
    tie: _TIES[tie] or tie
    for tie in "on in at since by until during over before between throughout".split()
}
_LONGER_TIES: Final = ("as ", "As ", "starting ", "beginning ", "Starting ", "Beginning ", "ver ")
#: words right before a point without which nothing ties it
_LAST_WORDS: Final = frozenset(
    {tie.split()[-1] for tie in _TIES} | set("the about around some least of".split())
)
_REACH: Final = 44
_BETWEEN: Final = re.compile(
    r"\s?[-–—]\s?|,?\s(?:to|through|until|till|and|or)\s(?:(?:on|in)\s)?(?:the\s)?"
)
_JOINS: Final = re.compile(r"and|or")


_surface: Final = itemgetter(2)


def find_triggers(tokens: Sequence[Token]) -> list[Token]:
    """Return the words that phrases of time hold; a text without one speaks of no time.

    Units ("ten years in prison") and the like are left out where a neighbour shows that they are
    in no phrase.
    """
    triggers, doubtful = _TRIGGERS, _NEIGHBOURS
    found = []
    held = map(triggers.__contains__, map(_surface, tokens))
    for index in compress(range(len(tokens)), held):  # no loop in Python: most words are none
        word = tokens[index][2]
        if word in doubtful:
            before, behind = doubtful[word]
            lead = {token[2] for token in tokens[max(0, index - _LEAD) : index]}
            if before.isdisjoint(lead) and (
                index + 1 >= len(tokens) or tokens[index + 1][2] not in behind
            ):
                continue
        found.append(tokens[index])
    return found


#: signs that may stand right before a word of a phrase
_OPENING: Final = "([“‘\"'"


def _word_start(text: str, low: int, end: int) -> int:
    """Return where the word before a gap begins, brackets and quotation marks left out."""
    gap = max(text.rfind(" ", low, end), text.rfind("\n", low, end), text.rfind("\t", low, end))
    start = max(gap + 1, low)
    while start < end and text[start] in _OPENING:
        start += 1
    return start


def _starts(text: str, low: int, core: int) -> list[int]:
    """Return where a phrase that holds the word at ``core`` may start, the farthest first."""
    starts = [core]
    position = core
    for _ in range(_MOST_BEFORE):
        if position - 1 <= low:
            break
        start = _word_start(text, low, position - 1)
        word = text[start : position - 1]
        if word in _FIRST_WORDS or word[:3] in _FIRST_WORDS or word[:1].isdigit():
            starts.append(start)
        elif word not in _INNER_WORDS:
            break
        position = start
    starts.reverse()
    return starts


def _foreign_start(text: str, low: int, core: int) -> int:
    """Return where a day and a word before a year start, "11 juin" 2016, or the year itself."""
    word = text[text.rfind(" ", low, max(low, core - 1)) + 1 : core - 1]
    if not word.isalpha() or word in CLASSES:
        return core
    match = _FOREIGN.search(text, max(low, core - 32), core)
    return match.start() if match else core


def _find_points(text: str, low: int, high: int, triggers: Iterable[Token]) -> list[Point]:
    points: list[Point] = []
    done = low
    for core, _, word in triggers:
        if core < done:
            continue
        index = _TRIGGERS[word]
        starts = _starts(text, done, core)
        if index == 2 and len(starts) == 1:
            starts = [_foreign_start(text, done, core)]
        for start in starts:
            if start == core:
                point = match_bare(text, core, high, index)
            else:
                point = match_whole(text, start, core, high, index)
            if point is not None:
                points.append(point)
                done = point.end
                break
    return points


def _find_tie(text: str, low: int, start: int) -> tuple[str, int]:
    """Return the word before a point that ties it to its sentence, and where it begins."""
    if start - 1 <= low:
        return "", start
    begin = _word_start(text, low, start - 1)
    word = text[begin : start - 1].lower()
    if word not in _LAST_WORDS:
        return "", start
    simple = _SIMPLE_TIES.get(word)
    if simple and not text.endswith(_LONGER_TIES, low, begin):
        return simple, begin
    match = _TIE.search(text, max(low, start - _REACH), start)
    if match is None:
        return "", start
    word = " ".join(match["tie"].lower().split())
    return _TIES.get(word) or word, match.start()


def find_phrases(text: str, low: int, high: int, triggers: Iterable[Token]) -> list[Phrase]:
    """Return the phrases of time in a sentence, in order, whatever they turn out to mean.

    Args:
        text: The article's text.
        low: Where the sentence begins.
        high: Where it ends.
        triggers: Its words that ``find_triggers`` found.

    >>> from geomap.text import tokenize
    >>> text = "Since late 2015 it fell, and from May to July rose."
    >>> found = find_phrases(text, 0, len(text), find_triggers(tokenize(text)))
    >>> [(text[phrase.start:phrase.end], phrase.tie) for phrase in found]
    [('Since late 2015', 'since'), ('from May to July', 'from')]
    """
    points = _find_points(text, low, high, triggers)
    phrases: list[Phrase] = []
    index = 0
    while index < len(points):
        first = points[index]
        floor = phrases[-1].end if phrases else low
        tie, start = _find_tie(text, floor, first.start)
        if tie in ("", "in") and first.kind in _DAYS:
            hour = _HOUR_OF_DAY.search(text, max(floor, start - _REACH), start)
            start = hour.start() if hour else start
        last = points[index + 1] if index + 1 < len(points) else None
        joined = False
        if last is not None:
            between = text[first.end : last.start]
            joined = _JOINS.search(between) is not None and tie != "between"
            if not (_BETWEEN.fullmatch(between) and _may_join(tie, first, last, joined=joined)):
                last, joined = None, False
        phrases.append(Phrase(start, (last or first).end, tie, first, last, joined))
        index += 2 if last else 1
    return phrases


#: kinds of days, before which an hour may stand: "late on Monday", "about 5:30 p.m. on Tuesday"
_DAYS: Final = frozenset("month_day day_month weekday word".split())
_HOUR_OF_DAY: Final = re.compile(
    r"(?<![\w.])(?:(?:[Vv]ery\s)?(?:[Ee]arly|[Ll]ate)\s|(?:(?:[Aa]t|[Aa]round|[Aa]bout|[Bb]y|[Ss]hortly|[Jj]ust|[Tt]owards?|[Bb]efore|[Aa]fter)\s){0,3}"
    r"(?:\d{1,2}(?:[:.]\d\d)?\s?[ap]\.?m\.?|\d{1,2}:\d\d|(?:[Aa]t|[Aa]round|[Bb]efore|[Aa]fter|[Bb]y)\s(?:dawn|dusk|noon|midnight|sunrise|daybreak|nightfall|(?:late|early)\s(?:morning|afternoon|evening)))\s)\Z"
)
#: kinds that bound a stretch together
_LIKE: Final = {
    **dict.fromkeys(
        ("numeric", "month_day", "day_month", "weekday", "word", "foreign", "feast", "nth"), 1
    ),
    **dict.fromkeys(("month", "season", "share", "year", "decade", "unit"), 2),
}


def _may_join(tie: str, first: Point, last: Point, *, joined: bool) -> bool:
    """Tell whether two points are two ends of a stretch: days with days, months and years with such."""
    if joined and (first.kind != last.kind or tie not in ("", "in")):
        return False
    kind = _LIKE.get(first.kind)
    return kind is not None and kind == _LIKE.get(last.kind)
