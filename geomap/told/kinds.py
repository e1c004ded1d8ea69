"""The kinds of expressions that tell time: what each looks like, and what it is made of.

Patterns are compiled where they are first used: all of them take 60 ms, a text rarely asks for all.
Every repetition in them is bounded.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Final, NamedTuple

from geomap.dates import MONTH

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["NUMBERS", "ORDINALS", "Point", "match_bare", "match_whole"]


class Point(NamedTuple):
    """One expression of time at ``start`` to ``end`` of the text: its kind, and its parts by name."""

    start: int
    end: int
    kind: str
    parts: Mapping[str, str | None]


#: kinds that a class of triggers can be part of, in the order in which they are tried
_OF_CLASS: Final = (
    "month_day day_month month".split(),
    "month_day day_month weekday".split(),
    "numeric foreign decade year".split(),
    "share word ago past same unit within weekend century".split(),
    ["season"],
    "word feast nth then same".split(),
)

#: those that begin with their trigger, without the patterns of what may stand before it: most phrases
_BARE_OF_CLASS: Final = (
    "month_day month".split(),
    "month_day day_month weekday".split(),
    "numeric decade year".split(),
    ["word"],
    ["season"],
    "word feast then".split(),
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
    "half": 1,
}
ORDINALS: Final[Mapping[str, int]] = {
    word: number for number, word in enumerate("first second third fourth fifth".split(), start=1)
} | {"opening": 1, "last": -1, "final": -1, "closing": -1, "latter": 2}

_COUNT_WORDS: Final = "|".join(
    sorted((word for word in NUMBERS if len(word) > 2), key=len, reverse=True)
)
_DIGITS: Final = r"(?<![\d.,])\d{1,3}(?![\d.,])"
_COUNT: Final = rf"(?P<count>(?:[Hh]alf\san?)|{_DIGITS}|[Aa]\s(?:couple|dozen)(?:\sof)?|(?i:{_COUNT_WORDS})|[Aa]n?)"
_UNIT: Final = (
    r"(?P<unit>hour|day|night|week|fortnight|month|year|decade|centur(?:y|ie)|quarter)s?(?![\w-])"
)
_WEEKDAYS: Final = r"(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day)(?!\w)"
_WEEKDAY: Final = rf"(?P<weekday>{_WEEKDAYS})"
_ANY_WEEKDAY: Final = rf"(?:{_WEEKDAYS}|(?:Mon|Tues?|Wed|Thu(?:rs?)?|Fri|Sat|Sun)\b\.?)"
_FOUR: Final = r"(?:1[6-9]|20)\d\d(?!\w|%|[:.,]\d)"
_YEAR: Final = rf"(?P<year>{_FOUR})"
#: '88, and 88 before an agency in brackets
_OF_SHORT_YEAR: Final = rf"(?P<year>{_FOUR}|['’]\d\d(?!\w)|\d\d(?=\s?\([A-Z]))"
_NUMBER_OF_DAY: Final = r"(?:[12]\d|3[01]|0?[1-9])(?!\d)(?:st|nd|rd|th)?(?!\w|%|[:.,/]\d)"
_DAY: Final = rf"(?P<day>{_NUMBER_OF_DAY})"
_DAY_2: Final = rf"(?P<day_2>{_NUMBER_OF_DAY})"
_MONTH: Final = rf"(?P<month>{MONTH})(?!\w)"
#: between the two ends of a stretch, and between two that are joined
_TO: Final = r"(?:\s?[-–—]\s?|\s(?:to|through|until|till|and|or)\s)"
_HOURS: Final = r"(?:\s(?:morning|afternoon|evening|night|noon|lunchtime))?"
_OF_YEAR: Final = rf"(?:(?:,|\sof|\sin)?\s{_OF_SHORT_YEAR}|\s(?:of\s)?(?P<year_turn>[Ll]ast|[Tt]his|[Nn]ext)\syear)?"
_ORDINAL: Final = r"(?:first|second|third|fourth|last|final|opening|closing|latter)"
#: early, mid-, the end of, the first half of, the second week of
_PART: Final = (
    r"(?:(?P<part>(?:[Vv]ery\s)?[Ee]arly(?:\s(?:in|on))?|(?:[Vv]ery\s)?[Ll]ate(?:r)?(?:\s(?:in|on))?|[Ee]arlier(?:\s(?:in|on))?|[Mm]id"
    r"|(?:[Tt]he\s)?(?:very\s)?(?:beginning|start|middle|end|close|[Ff]irst\sdays?|[Ll]ast\sdays?)\sof"
    rf"|(?:[Tt]he\s)?(?:[Ff]irst|{_ORDINAL})\s(?:half|quarter|week|third)\s(?:of|in))[\s-](?:the\s)?)?"
)
_TURN: Final = r"(?:(?P<turn>[Ll]ast|[Nn]ext|[Tt]his\s(?:past|coming)|[Tt]his|[Tt]he\s(?:past|previous|coming|following|same|current)|coming|current|past)\s)?"
_SEASONS: Final = r"(?:[Ss]pring|[Ss]ummer|[Aa]utumn|[Ff]all|[Ww]inter)(?:time)?(?!\w)"
_FEASTS: Final = r"Christmas\s(?:Eve|Day)|Boxing\sDay|New\sYear['’]?s?\s(?:Eve|Day)"

#: kinds of expressions, in the order in which they are tried; beside each, what it reads
_KINDS: Final = {
    # 2016-05-22, 22.5.2016, 22/05/2016; 2016年5月22日
    "numeric": r"(?P<date>(?:1[6-9]|20)\d\d-[01]?\d-[0-3]?\d|[0-3]?\d(?P<sep>[./-])[0-3]?\d(?P=sep)(?:1[6-9]|20)\d\d)(?!\w|[.,/-]\d)",
    # (Sunday,) May 22-23, 2016; May 30 to June 2; May 3, 4 and 5
    "month_day": (
        rf"(?:{_ANY_WEEKDAY}{_HOURS},?\s\(?)?{_MONTH}\s(?:the\s)?{_DAY}"
        rf"(?:(?:,\s[1-3]?\d(?=,?\sand\s))?(?P<to>{_TO})(?:(?P<month_2>{MONTH})\s)?{_DAY_2}(?!\s(?:{MONTH})(?!\w)))?{_OF_YEAR}"
    ),
    # (Sunday,) 22-23 May 2016, the 22nd of May, 30 May to 2 June
    "day_month": (
        rf"(?:{_ANY_WEEKDAY}{_HOURS},?\s\(?)?(?:[Tt]he\s)?{_DAY}(?:(?:\s(?P<month_2>{MONTH})(?!\w))?(?P<to>{_TO})(?:the\s)?{_DAY_2})?"
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
        r"|[Tt]he(?=\s(?:day|week|month|year)\s(?:before|after)[.,;)]))\s(?P<unit>day|week|month|year|(?<=same\s|that\s)(?:morning|afternoon|evening|night))(?![\w-])(?:\s(?P<way>before|after)(?=[.,;)]))?(?!['’]s)"
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
    "year": rf"{_PART}(?:[Tt]he\syear\s)?{_YEAR}(?:(?P<to>[-–/])(?P<year_2>\d\d(?!\d)|{_FOUR})(?![-–/]?\w))?",
    "then": r"(?<=[Ss]ince\s)(?P<then>then)",
    # the 15th
    "nth": rf"[Tt]he\s(?P<day>[12]\d|3[01]|[1-9])(?:st|nd|rd|th)(?!{_TO}(?:the\s)?\d{{1,2}}(?:st|nd|rd|th)?\s(?:of\s)?{MONTH})(?=[.,;)]|\s(?:in|at|to|of\s(?:the|this|last|next)\smonth|and|but|as|when|while|with|after|before)\b|\Z)",
}


def _nameless(pattern: str) -> str:
    """Return a pattern without names of groups, so that it can stand beside others."""
    return re.sub(r"\(\?P<\w+>", "(?:", pattern)


@cache
def _one_of(index: int) -> re.Pattern[str]:
    """Return the pattern of a class of triggers; an empty group behind each kind tells which one it is."""
    kinds = _OF_CLASS[index]
    patterns = (_nameless(_KINDS[kind].replace("(?P=sep)", "[./-]")) for kind in kinds)
    return re.compile("|".join(f"(?:{pattern})(?!\\w)()" for pattern in patterns))


@cache
def _bare(index: int) -> list[tuple[str, re.Pattern[str]]]:
    """Return the patterns of what begins with a trigger of a class, by their kinds."""
    return [
        (kind, re.compile(rf"(?:{_KINDS[kind].replace(_PART, '').replace(_TURN, '')})(?!\w)"))
        for kind in _BARE_OF_CLASS[index]
    ]


@cache
def _whole(kind: str) -> re.Pattern[str]:
    """Return the pattern of a kind, with the names of its parts."""
    return re.compile(rf"(?:{_KINDS[kind]})(?!\w)")


def match_bare(text: str, start: int, high: int, index: int) -> Point | None:
    """Return the expression that begins with its trigger, of a class of triggers."""
    for kind, pattern in _bare(index):
        match = pattern.match(text, start, high)
        if match is not None:
            return _point(text, kind, match)
    return None


def match_whole(text: str, start: int, core: int, high: int, index: int) -> Point | None:
    """Return the expression that begins before its trigger."""
    match = _one_of(index).match(text, start, high)
    if match is None or match.end() <= core:
        return None
    kind = _OF_CLASS[index][(match.lastindex or 1) - 1]
    parts = _whole(kind).match(text, start, high)
    return None if parts is None else _point(text, kind, parts)


def _point(text: str, kind: str, match: re.Match[str]) -> Point:
    start, end = match.span()
    if text.endswith(("June.", "July."), start, end):  # the sentence's full stop
        end -= 1
    if text[end : end + 1] == ")" and "(" in text[start:end]:  # "Tuesday (August 29)"
        end += 1
    return Point(start, end, kind, match.groupdict())
