"""Phrases that speak of time: found by one search, and taken apart by a pattern of their kind.

The words of a text are first sifted for those that every such phrase holds (a month, a weekday, a
year, "week", "yesterday" …), which costs next to nothing; only around these the patterns of
``_KINDS`` are tried, those of the word's class. Every repetition is bounded.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, NamedTuple

from geomap.dates import MONTH
from geomap.told.words import CLASSES

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from geomap.text import Token

__all__ = ["NUMBERS", "ORDINALS", "Phrase", "Point", "find_phrases", "find_triggers"]


class Point(NamedTuple):
    """One expression of time at ``start`` to ``end`` of the text: its kind, and its parts by name."""

    start: int
    end: int
    kind: str
    parts: Mapping[str, str | None]


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
    "night": (frozenset(("last", "Last")), _NONE),
    "then": (frozenset(("since", "Since")), _NONE),
    "New": (_NONE, frozenset(("Year", "Year's", "Year’s", "Years"))),
    "Christmas": (_NONE, frozenset(("Eve", "Day"))),
    **dict.fromkeys(("morning", "afternoon", "evening"), (_THIS, _NONE)),
}
#: words before a trigger among which such a one is looked for
_LEAD: Final = 3
#: kinds that a class of triggers can be part of, in the order in which they are tried
_OF_CLASS: Final = (
    "month_day day_month month".split(),
    "month_day day_month weekday".split(),
    "numeric foreign decade year".split(),
    "share word ago past same unit within weekend century".split(),
    ["season"],
    "word feast nth then".split(),
)

#: number words, with "a" and "a couple"
NUMBERS: Final[Mapping[str, int]] = {
    **{
        word: number
        for number, word in enumerate(
            """one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen
            seventeen eighteen nineteen twenty""".split(),
            start=1,
        )
    },
    "thirty": 30,
    "forty": 40,
    "fifty": 50,
    "sixty": 60,
    "ninety": 90,
    "hundred": 100,
    "a": 1,
    "an": 1,
    "couple": 2,
    "dozen": 12,
    "half-dozen": 6,
}
ORDINALS: Final[Mapping[str, int]] = {
    word: number for number, word in enumerate("first second third fourth fifth".split(), start=1)
} | {"opening": 1, "last": -1, "final": -1, "closing": -1, "latter": 2}

_COUNT_WORDS: Final = "|".join(
    sorted((word for word in NUMBERS if len(word) > 2), key=len, reverse=True)
)
_DIGITS: Final = r"(?<![\d.,])\d{1,3}(?![\d.,])"
_COUNT: Final = rf"(?P<count>{_DIGITS}|[Aa]\s(?:couple|dozen)(?:\sof)?|(?i:{_COUNT_WORDS})|[Aa]n?)"
_UNIT: Final = (
    r"(?P<unit>hour|day|night|week|fortnight|month|year|decade|centur(?:y|ie)|quarter)s?(?![\w-])"
)
_WEEKDAYS: Final = r"(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day)(?!\w)"
_WEEKDAY: Final = rf"(?P<weekday>{_WEEKDAYS})"
_ANY_WEEKDAY: Final = rf"(?:{_WEEKDAYS}|(?:Mon|Tues?|Wed|Thu(?:rs?)?|Fri|Sat|Sun)\b\.?)"
_FOUR: Final = r"(?:1[6-9]|20)\d\d(?!\w|[:%]|[.,]\d)"
_YEAR: Final = rf"(?P<year>{_FOUR})"
_NUMBER_OF_DAY: Final = r"(?:[12]\d|3[01]|0?[1-9])(?!\d)(?:st|nd|rd|th)?(?![\w:%]|[.,/]\d)"
_DAY: Final = rf"(?P<day>{_NUMBER_OF_DAY})"
_DAY_2: Final = rf"(?P<day_2>{_NUMBER_OF_DAY})"
_MONTH: Final = rf"(?P<month>{MONTH})(?!\w)"
#: between the two ends of a stretch, and between two that are joined
_TO: Final = r"(?:\s?[-–—]\s?|\s(?:to|through|until|till|and|or)\s)"
_HOURS: Final = r"(?:\s(?:morning|afternoon|evening|night|noon|lunchtime))?"
_OF_YEAR: Final = (
    rf"(?:(?:,|\sof|\sin)?\s{_YEAR}|\s(?:of\s)?(?P<year_turn>[Ll]ast|[Tt]his|[Nn]ext)\syear)?"
)
_ORDINAL: Final = r"(?:first|second|third|fourth|last|final|opening|closing|latter)"
#: early, mid-, the end of, the first half of, the second week of
_PART: Final = (
    r"(?:(?P<part>(?:[Vv]ery\s)?[Ee]arly(?:\s(?:in|on))?|(?:[Vv]ery\s)?[Ll]ate(?:r)?(?:\s(?:in|on))?|[Ee]arlier(?:\s(?:in|on))?|[Mm]id"
    r"|(?:[Tt]he\s)?(?:very\s)?(?:beginning|start|middle|end|close|[Ff]irst\sdays?|[Ll]ast\sdays?)\sof"
    rf"|(?:[Tt]he\s)?(?:[Ff]irst|{_ORDINAL})\s(?:half|quarter|week|third)\s(?:of|in))[\s-](?:the\s)?)?"
)
_TURN: Final = r"(?:(?P<turn>[Ll]ast|[Nn]ext|[Tt]his\s(?:past|coming)|[Tt]his|(?:[Tt]he\s)?(?:past|previous|coming|following|same|current))\s)?"
_SEASONS: Final = r"(?:[Ss]pring|[Ss]ummer|[Aa]utumn|[Ff]all|[Ww]inter)(?:time)?(?!\w)"
_FEASTS: Final = r"Christmas\s(?:Eve|Day)|Boxing\sDay|New\sYear['’]?s?\s(?:Eve|Day)"

#: kinds of expressions, in the order in which they are tried; beside each, what it reads
_KINDS: Final = {
    # 2016-05-22, 22.5.2016, 22/05/2016; 2016年5月22日
    "numeric": r"(?P<date>(?:1[6-9]|20)\d\d-[01]?\d-[0-3]?\d|[0-3]?\d(?P<sep>[./-])[0-3]?\d(?P=sep)(?:1[6-9]|20)\d\d)(?!\w|[.,/-]\d)",
    # (Sunday,) May 22-23, 2016; May 30 to June 2; May 3, 4 and 5
    "month_day": (
        rf"(?:{_ANY_WEEKDAY}{_HOURS},?\s)?{_MONTH}\s(?:the\s)?{_DAY}"
        rf"(?:(?:,\s[1-3]?\d(?=,?\sand\s))?(?P<to>{_TO})(?:(?P<month_2>{MONTH})\s)?{_DAY_2}(?!\s(?:{MONTH})(?!\w)))?{_OF_YEAR}"
    ),
    # (Sunday,) 22-23 May 2016, the 22nd of May, 30 May to 2 June
    "day_month": (
        rf"(?:{_ANY_WEEKDAY}{_HOURS},?\s)?(?:[Tt]he\s)?{_DAY}(?:(?:\s(?P<month_2>{MONTH})(?!\w))?(?P<to>{_TO})(?:the\s)?{_DAY_2})?"
        rf"\s(?:of\s)?{_MONTH}{_OF_YEAR}"
    ),
    # 11 juin 2016: a word that must then be a month's name
    "foreign": (
        r"(?P<date>(?:[12]\d|3[01]|[1-9])(?:er|\.|º|°)?\s(?:de\s)?[^\W\d_]{3,14}(?:\s(?:الأول|الثاني))?\s(?:del?\s)?(?:1[6-9]|20)\d\d)(?!\w|[.,]\d)"
    ),
    # early March (of) 2016, mid-July, the end of May last year; last May
    "month": rf"{_PART}{_TURN}{_MONTH}{_OF_YEAR}",
    # the second quarter of 2018, the first half, the second half of the year
    "share": (
        rf"(?:[Tt]he\s)?(?P<ordinal>[Ff]irst|[Ss]econd|[Tt]hird|[Ff]ourth|[Ll]ast|[Ff]inal|[Ll]atter)\s(?P<unit>half|quarter)(?![\w-])(?:\s(?:of|in)\s(?:the\s(?!year)|{_YEAR}"
        r"|(?P<year_turn>[Ll]ast|[Tt]his|[Nn]ext)\syear|the\syear)|\s(?P<year_turn_2>last|this|next)\syear)?(?!\s(?:of|in)\s(?!the\syear))"
    ),
    # the winter of 2014-15, late last summer, in spring
    "season": rf"{_PART}(?:[Tt]he\s)?{_TURN}(?P<season>{_SEASONS})(?:{_OF_YEAR[:-1]}(?:[-–/](?:\d\d|{_FOUR})(?!\d))?)?",
    # late last Friday, Friday morning, Thursday of next week
    "weekday": rf"{_PART}{_TURN}{_WEEKDAY}{_HOURS}(?:\s(?:of\s)?(?P<week>last|this|next)\sweek)?",
    "word": (
        r"(?:[Ee]ar(?:ly|lier)\s|[Ll]ater?\s)?(?P<word>[Tt]he\sday\s(?:before\syesterday|after\stomorrow)|[Yy]esterday|[Tt]oday|[Tt]onight|[Tt]omorrow"
        rf"|[Oo]vernight|[Ll]ast\snight|[Tt]his\s(?:morning|afternoon|evening)){_HOURS}"
    ),
    "weekend": r"(?P<turn>[Ll]ast|[Nn]ext|[Tt]his\s(?:past|coming)|[Tt]his|[Tt]he(?:\s(?:past|previous|coming|following))?)\sweekend",
    "feast": rf"(?P<feast>{_FEASTS})(?!\w){_OF_YEAR}",
    # three days ago, a year earlier, two weeks from now, in ten days' time
    "ago": rf"{_COUNT}\s{_UNIT}\s(?P<way>ago|earlier|later|from\s(?:now|today)|hence|before(?=[.,;:)\n]|\Z)|afterwards)(?!\w)",
    # the next day, that year, the same month
    "same": (
        r"(?:(?P<day_word>[Tt]he\s(?:very\s)?next|[Tt]he\sfollowing|[Tt]he\sprevious|[Tt]he\spreceding|[Tt]hat\ssame|[Tt]he\ssame|[Tt]hat(?!\s(?:year|day)s?\s(?:is|was)))"
        r"|[Tt]he(?=\s(?:day|week|month|year)\s(?:before|after)[.,;)]))\s(?P<unit>day|week|month|year)(?![\w-])(?:\s(?P<way>before|after)(?=[.,;)]))?(?!['’]s)"
    ),
    # the past three weeks, last 10 days, the next two years; the past year
    "past": (
        rf"(?:(?:[Tt]he|[Tt]hese|[Aa]ll)\s)?(?:(?P<turn>[Pp]ast|[Ll]ast|[Nn]ext|[Cc]oming|[Pp]receding|[Ff]ollowing)\s{_COUNT.replace('|[Aa]n?)', ')')}\s{_UNIT}"
        r"|(?:(?P<turn_1>past|coming)|(?<=ver\sthe\s|.in\sthe\s|.In\sthe\s|hin\sthe\s|ing\sthe\s|.of\sthe\s)(?P<turn_2>last|next))\s(?P<unit_1>day|week|month|year|decade|century|quarter)(?![\w-])(?!\sof\s[A-Z1-9]))"
    ),
    # late last month, the end of the year, earlier this week, so far this year
    "unit": (
        rf"(?:(?P<far>[Ss]o\sfar\s)?{_PART}(?P<turn>[Ll]ast|[Nn]ext|[Tt]his\s(?:past|coming)|[Tt]his|the\scurrent)\s|{_PART[3:-2].replace('<part>', '<part_3>').replace('(?:the', '(?:the')})"
        r"(?P<unit>week|month|quarter|year|decade|century)(?![\w-])(?!\sof\s[A-Z1-9])"
    ),
    "within": rf"[Ii]n\s(?:about\s|some\s|around\s)?{_COUNT}\s{_UNIT}(?:['’]\stime|\stime)?",
    "decade": rf"{_PART}(?:[Tt]he\s)?(?:(?P<part_2>early|mid|late|middle)[\s-])?(?P<decade>(?:1[6-9]|20)\d0)['’]?s(?!\w)",
    "century": rf"{_PART}(?:[Tt]he\s)?(?:(?P<part_2>early|mid|late|middle)[\s-])?(?P<century>1[0-9]|2[01])(?:st|th)[\s-]century(?!\w)",
    # 2003-06, early 2014, the end of 2014, 2014
    "year": rf"{_PART}(?:[Tt]he\syear\s)?(?P<year>(?:1[6-9]|20)\d\d(?![\w:%]|[.,]\d))(?:(?P<to>[-–/])(?P<year_2>\d\d(?!\d)|{_FOUR})(?![-–/]?\w))?",
    "then": r"(?<=[Ss]ince\s)(?P<then>then)",
    # the 15th
    "nth": r"[Tt]he\s(?P<day>[12]\d|3[01]|[1-9])(?:st|nd|rd|th)(?=[.,;)]|\s(?:in|at|to|of\s(?:the|this|last|next)\smonth|and|but|as|when|while|with|after|before)\b|\Z)",
}


def _nameless(pattern: str) -> str:
    """Return a pattern without names of groups, so that it can stand beside others."""
    return re.sub(r"\(\?P<\w+>", "(?:", pattern)


def _one_of(kinds: list[str]) -> re.Pattern[str]:
    """Return a pattern of several kinds; an empty group behind each tells which one it is."""
    patterns = (_nameless(_KINDS[kind].replace("(?P=sep)", "[./-]")) for kind in kinds)
    return re.compile("|".join(f"(?:{pattern})(?!\\w)()" for pattern in patterns))


_POINTS: Final = tuple(_one_of(kinds) for kinds in _OF_CLASS)
#: kinds that begin with their trigger, without the patterns of what may stand before it: most phrases
_BARE: Final = tuple(
    [
        (kind, re.compile(rf"(?:{_KINDS[kind].replace(_PART, '').replace(_TURN, '')})(?!\w)"))
        for kind in kinds.split()
    ]
    for kinds in (
        "month_day month",
        "month_day day_month weekday",
        "numeric decade year",
        "word",
        "season",
        "word feast then",
    )
)
_PARTS: Final = {kind: re.compile(rf"(?:{pattern})(?!\w)") for kind, pattern in _KINDS.items()}
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
    "of and to through until or far half quarter week weeks days day year months month morning night dozen before".split()
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
    + r")(?P<rest>\s(?:at\sleast\s|about\s|around\s|some\s|the\s(?:morning|evening|afternoon|night|course|(?:early|small|late)\shours)\sof\s)?(?:the\s)?)\Z",
    re.IGNORECASE,
)
#: ties of one word, and what makes them ties of two
_SIMPLE_TIES: Final = {
    tie: _TIES[tie] or tie
    for tie in "on in at since by until during over before between throughout".split()
}
_LONGER_TIES: Final = ("starting ", "beginning ", "Starting ", "Beginning ", "ver ")
#: words right before a point without which nothing ties it
_LAST_WORDS: Final = frozenset(
    {tie.split()[-1] for tie in _TIES} | set("the about around some least of".split())
)
_REACH: Final = 44
_BETWEEN: Final = re.compile(
    r"\s?[-–—]\s?|,?\s(?:to|through|until|till|and|or)\s(?:(?:on|in)\s)?(?:the\s)?"
)
_JOINS: Final = re.compile(r"and|or")


def find_triggers(tokens: Sequence[Token]) -> list[Token]:
    """Return the words that phrases of time hold; a text without one speaks of no time.

    Units ("ten years in prison") and the like are left out where a neighbour shows that they are
    in no phrase.
    """
    triggers, doubtful = _TRIGGERS, _NEIGHBOURS
    found = []
    for index in [i for i, token in enumerate(tokens) if token[2] in triggers]:
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


def _starts(text: str, low: int, core: int) -> list[int]:
    """Return where a phrase that holds the word at ``core`` may start, the farthest first."""
    starts = [core]
    position = core
    for _ in range(_MOST_BEFORE):
        if position - 1 <= low:
            break
        start = text.rfind(" ", low, position - 1) + 1 or low
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


def _match_bare(text: str, start: int, high: int, index: int) -> Point | None:
    """Return the expression that begins with its trigger, of a class of triggers."""
    for kind, pattern in _BARE[index]:
        match = pattern.match(text, start, high)
        if match is not None:
            return _point(text, kind, match)
    return None


def _match_whole(text: str, start: int, core: int, high: int, index: int) -> Point | None:
    """Return the expression that begins before its trigger."""
    match = _POINTS[index].match(text, start, high)
    if match is None or match.end() <= core:
        return None
    kind = _OF_CLASS[index][(match.lastindex or 1) - 1]
    parts = _PARTS[kind].match(text, start, high)
    return None if parts is None else _point(text, kind, parts)


def _point(text: str, kind: str, match: re.Match[str]) -> Point:
    start, end = match.span()
    if text.endswith(("June.", "July."), start, end):  # the sentence's full stop
        end -= 1
    return Point(start, end, kind, match.groupdict())


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
                point = _match_bare(text, core, high, index)
            else:
                point = _match_whole(text, start, core, high, index)
            if point is not None:
                points.append(point)
                done = point.end
                break
    return points


def _find_tie(text: str, low: int, start: int) -> tuple[str, int]:
    """Return the word before a point that ties it to its sentence, and where it begins."""
    if start - 1 <= low:
        return "", start
    begin = text.rfind(" ", low, start - 1) + 1 or low
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
        tie, start = _find_tie(text, phrases[-1].end if phrases else low, first.start)
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
