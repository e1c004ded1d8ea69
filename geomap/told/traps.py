"""What looks like a time and tells none: names, comparisons, what repeats, datelines."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from geomap.told.phrases import Phrase

__all__ = ["is_genitive", "is_trap"]

#: words before and behind a phrase that are looked at
_REACH: Final = 80

_REPEATED: Final = re.compile(
    r"\b(?:every|each|any|most|per|alternate|(?:every|any)\sother"
    r"|(?:usually|normally|often|typically|annually|generally)(?:\s(?:in|on))?)\s(?:the\s)?\Z",
    re.IGNORECASE,
)
_COMPARABLE: Final = frozenset(("year", "month", "share", "season"))
_REPEATERS: Final = frozenset(
    "every each any most per usually normally often typically annually generally alternate other".split()
)
_USUAL: Final = re.compile(r"\b(?:usually|normally|typically|annually|traditionally)\s[^.;]*\Z")
_RECURRING: Final = ("month", "season", "weekday", "month_day", "day_month", "weekend", "share", "feast")  # fmt: skip
_HOLIDAY: Final = re.compile(
    r"\b(?:Black|Good|Ash|Holy|Easter|Palm|Super|Cyber|Bloody|Maundy|Fat|Shrove|Whit|Giving)\s\Z"
)
_DETERMINER: Final = re.compile(
    r"(?:\b(?:the|an?|its|his|her|their|our|this|that|these|one|another)|['’]s)\s\Z", re.IGNORECASE
)
_SUPERLATIVE: Final = re.compile(
    r"\bfirst\s(?:time|such)\b|\b(?:the|its|his|her|their)\s(?:first|only|most|least)\b|\b(?:worst|best|most\s\w+|record)\b"
    r"|\b(?:cold|hott|warm|wett|dri|high|low|larg|bigg|small|long|short|heavi|strong|weak|deadli|great|few|fast|slow|steep"
    r"|sharp|old|young|bloodi|busi|rich|poor|loud|clean|earli|happi|quiet|cheap|thick|thinn|deep|tall|late|near|lean|bright|dark)est\b",
    re.IGNORECASE,
)
_COMPARED: Final = re.compile(r"\b(?:from|than|with|to|on|over|against)\s\Z")
#: "up from 38 in 2012"
_COMPARED_NUMBER: Final = re.compile(
    r"\b(?:from|than|with)\s(?:about\s|some\s|nearly\s|just\s)?\$?\d[\d.,]*(?:\s[\w%]+){0,2}\s\Z"
)
_UNSURE: Final = re.compile(
    r"\b(?:more\sthan|less\sthan|at\sleast|over|up\sto|fewer\sthan)\s\Z", re.IGNORECASE
)
_GAME: Final = re.compile(
    r"\b(?:goals?|scor\w+|match|game|games|penalty|minutes?|touchdowns?|kick\w*|yards?|header|coach|points?|teams?|lead|half-?time|defen[cs]e)\b"
)
#: nouns that numbers count
_COUNTED: Final = re.compile(
    r"\s(?:people|persons|men|women|children|m|km|miles?|met(?:re|er)s|tonnes|tons|homes|houses|households|families|villages|villagers|cases"
    r"|jobs|places|cities|towns|schools|hours|euros|dollars|pounds|feet|acres|hectares|troops|soldiers|workers|votes|shares|words|pages"
    r"|visitors|students|pupils|patients|guests|tourists|refugees|residents|inhabitants|members|species|trees|seats|beds|rooms|cars|boats"
    r"|ships|trucks|animals|sheep|cattle|birds|buildings|steps|books|per|percent|%|kilos|kilomet(?:re|er)s|degrees|calories|rpm|BC|AD)\b"
)
_AFTER_WEEKDAY: Final = re.compile(
    r"\s(?:prayers?|sermons?|markets?|schools?|mass|services?|league|newspapers?|papers?|editions?|roasts?|brunch|lunch|Times|Mirror|Telegraph"
    r"|Express|Post|Herald|People|Night|Mass|School|League|Market)\b"
)
_AFTER_SEASON: Final = re.compile(
    r"\s(?:of\s[A-Z]|(?:that|which|water|onions?|rolls?|breaks?|camps?|schools?|games|clean\w*|training|line|street)\b|[A-Z])"
)
_LOWER_WORD: Final = re.compile(
    r"\s(?!(?:in|on|at|by|to|for|from|of|with|and|or|but|as|when|while|after|before|until|that|which|who|was|were|is|are|had|has|have|will"
    r"|would|said|near|between|over|under|into|than|because|if|so|then|during|about)\b)[a-z]"
)
_CAPITAL_WORD: Final = re.compile(r"[ \t\u00a0][A-Z]")
_GENITIVE: Final = re.compile(r"['’]s\s")
#: what happens on one day, behind "the Monday"
_EVENT: Final = re.compile(
    r"\s(?:[a-z]+\s)?(?:attacks?|assaults?|raids?|ambush|bombings?|blasts?|explosions?|strikes?|air\s?strikes?|clash(?:es)?|shelling|massacre|killings?"
    r"|shooting|offensive|crash|quake|earthquake|floods?|storm|fire|riots?|protests?|incident|violence|vote|ballot|elections?|talks|meeting|summit)\b"
)
_DATELINE_BEFORE: Final = re.compile(r"[A-Z][\w .,'’/()-]{1,60}\Z")
_DATELINE_BEHIND: Final = re.compile(
    r",?\s{0,2}(?:\([A-Z][\w .,/&’'-]{1,40}\)\s{0,2}(?:--?|[–—]|:)?|--?\s|[–—]|:\s)"
)
_ELEVENTH: Final = re.compile(r"Sept(?:ember|\.)? 11|11 September")
_ATTACKS: Final = re.compile(r"\s(?:terror(?:ist)?\s)?(?:attack|hijack|bomb)")
_PART_OF_DAY: Final = re.compile(r"\b(?:hours|morning|night|evening|afternoon)\sof\s\Z")
_BEFORE_NAME: Final = re.compile(r"(?:^|\b(?:to|the|a|of|from|at|near|in|off|around))\s?\Z")
_PERSONS: Final = frozenset("Jan April May June August Mar".split())
#: words that tie a bare year to its sentence; behind others it counts or names something
_TIES_OF_YEARS: Final = frozenset(
    "in since by until till before after from between during throughout for as ever starting beginning through over within up prior".split()
)
_TIES_OF_SEASONS: Final = _TIES_OF_YEARS - {"for", "as"}


def is_genitive(text: str, phrase: Phrase, low: int) -> bool:
    """Tell a time that belongs to a noun: "Saturday's vote", "the May 22 vote".

    Args:
        text: The article's text.
        phrase: The phrase.
        low: Where its sentence begins.
    """
    point = phrase.last or phrase.first
    if _GENITIVE.match(text, point.end) or _is_of_event(text, phrase):
        return True
    if point.kind not in ("month_day", "day_month", "month"):
        return False
    start = phrase.first.start
    stands = text[start : start + 4].lower() == "the " or _DETERMINER.search(text, max(low, start - 12), start)  # fmt: skip
    return bool(stands) and not _part(phrase) and _LOWER_WORD.match(text, point.end) is not None


def _is_of_event(text: str, phrase: Phrase) -> bool:
    """Return whether a weekday belongs to what happened then: "the Monday attack", but not "the Monday market"."""
    point = phrase.first
    if point.kind != "weekday" or phrase.last is not None or not _EVENT.match(text, point.end):
        return False
    return text.endswith(("the ", "The "), 0, point.start)


def _part(phrase: Phrase) -> bool:
    parts = phrase.first.parts
    return bool(parts.get("part") or parts.get("turn"))


def is_trap(text: str, phrase: Phrase, low: int, high: int) -> bool:
    """Tell a phrase that speaks of no time of its sentence.

    Args:
        text: The article's text.
        phrase: The phrase.
        low: Where its sentence begins.
        high: Where it ends.
    """
    before = text[max(low, phrase.start - _REACH) : phrase.start]
    if not _REPEATERS.isdisjoint(before[-24:].lower().split()[-3:]) and _REPEATED.search(before):
        return True
    if phrase.first.kind in _RECURRING and "ally " in before and _USUAL.search(before):
        return True
    if phrase.tie == "in" and phrase.first.kind in _COMPARABLE and _COMPARED_NUMBER.search(before):
        return True
    if phrase.tie == "since" and _SUPERLATIVE.search(re.split(r"[;:,]", before)[-1]):
        return True
    check = _CHECKS.get(phrase.first.kind)
    return check is not None and check(text, phrase, before, text[phrase.end : min(high, phrase.end + _REACH)])  # fmt: skip


def _tie_word(text: str, phrase: Phrase) -> str:
    """Return the first word of what ties a phrase, "" for none."""
    words = text[phrase.start : phrase.first.start].split()
    return words[0].lower() if words else ""


def _has_determiner(text: str, phrase: Phrase, before: str) -> bool:
    tie = text[phrase.start : phrase.first.start]
    return _DETERMINER.search(tie or before[-12:]) is not None


def _is_date_trap(text: str, phrase: Phrase, before: str, behind: str) -> bool:
    """A name ("the 25 April Bridge", "the September 11 attacks"), or a dateline."""
    point = phrase.first
    surface = text[point.start : point.end]
    if _ELEVENTH.fullmatch(surface) and _ATTACKS.match(behind):
        return True
    line = text.rfind("\n", 0, phrase.start) + 1
    heading = text[line : phrase.start]
    dateline = _DATELINE_BEHIND.match(behind) if len(heading) <= 64 else None
    if dateline and (_DATELINE_BEFORE.fullmatch(heading) or (not heading and "(" in dateline[0])):
        return True  # but "19 August: a post was attacked" is an entry of a chronicle
    if point.parts.get("year") or not _CAPITAL_WORD.match(behind):
        return False
    named = surface.startswith(("The ", "the ")) or _has_determiner(text, phrase, before)
    return named or _tie_word(text, phrase) in ("", "at", "of", "around", "across")


def _is_month_trap(text: str, phrase: Phrase, before: str, behind: str) -> bool:
    """A person, a verb, part of a name: a bare month needs a word that ties it."""
    point = phrase.first
    parts = point.parts
    if parts.get("year") or parts.get("year_turn") or parts.get("part"):
        return False
    name = (parts["month"] or "").rstrip(".")
    if parts.get("turn"):
        return name == "March" and _has_determiner(text, phrase, before)
    genitive = behind[:2] in ("'s", "’s")
    if _CAPITAL_WORD.match(behind) and (_has_determiner(text, phrase, before) or name in _PERSONS):
        return not (name == "May" and _tie_word(text, phrase) in ("in", "since"))
    if phrase.last is not None:
        return not phrase.tie and name in _PERSONS
    tie = _tie_word(text, phrase)
    if not tie:
        return not (genitive and name not in ("May", "Jan")) and not (_has_determiner(text, phrase, before) and _LOWER_WORD.match(behind) and len(name) > 3)  # fmt: skip
    return tie in ("at", "about", "across", "on", "around") or (genitive and name == "May")


#: an hour and a minute: 0630, 1750
_HOUR: Final = re.compile(r"(?:[01]\d|2[0-4])[0-5]\d")
_HOUR_BEHIND: Final = re.compile(r"\s?(?:[-–—]|to|until|till|and|through)\s?(?P<hour>\d{4})(?!\w)")
_HOUR_BEFORE: Final = re.compile(r"(?<!\w)(?P<hour>\d{4})\s?(?:(?:[-–—]|to|until|till|and)\s?)?\Z")
#: what tells hours right behind a number, somewhere near it, and near one that would be an odd year
_OF_CLOCKS: Final = re.compile(
    r"\s?(?:hrs?|hours?|h|Z|GMT|UTC|CET|EST|IST|local)\b|\s(?:on\s)?(?:the\snight\sof\s)?(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\b"
    r"|\son\s(?:\d{1,2}(?:st|nd|rd|th)?\s[A-Z]|[A-Z][a-z]{2,8}\s\d{1,2}\b)|\s(?:that|the\ssame)\s(?:day|night|evening|morning)\b|\s(?:yesterday|today|tonight|tomorrow|last\snight)\b"
)
_CLOCK: Final = re.compile(
    r"\b(?:curfews?|o['’]clock|GMT|UTC|hrs|hours|local\stime|air\s(?:alert|raid)s?|[ap]\.m\.|all-clear)(?!\w)"
)
_DAY_NEAR: Final = re.compile(
    r"\b(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|yesterday|today|overnight|that\s(?:day|night|evening|morning)|this\s(?:morning|afternoon|evening))\b"
)
#: the press rarely speaks of what lies before this year
_RARE_BEFORE: Final = 1900


def _is_hour(number: str) -> bool:
    """Return whether four figures are an hour and no year that can be meant."""
    return _HOUR.fullmatch(number) is not None and not 1600 <= int(number) < 2100


def _is_clock(text: str, phrase: Phrase, before: str, behind: str) -> bool:
    """Return whether four figures are hours and minutes: "from 1750 to 2245", "until 2000 local time"."""
    del text
    ends = [phrase.first.parts.get("year")]
    if phrase.last is not None:
        ends.append(phrase.last.parts.get("year"))
    if not all(end is not None and _HOUR.fullmatch(end) for end in ends):
        return False
    for match in (_HOUR_BEHIND.match(behind), _HOUR_BEFORE.search(before)):
        if match is not None and _is_hour(match["hour"]):
            return True
    if _OF_CLOCKS.match(behind) or _CLOCK.search(before) or _CLOCK.search(behind):
        return True
    rare = all(int(end or 0) < _RARE_BEFORE for end in ends)
    return rare and bool(_DAY_NEAR.search(before) or _DAY_NEAR.search(behind))


def _is_year_trap(text: str, phrase: Phrase, before: str, behind: str) -> bool:
    """A number, or part of a name: a bare year needs a word that ties it, and no noun behind it."""
    point = phrase.first
    if _COUNTED.match(behind) or _is_clock(text, phrase, before, behind):
        return True
    if point.parts.get("part") or text[point.start] in "Tt":
        return False
    return _tie_word(text, phrase) not in _TIES_OF_YEARS or _has_determiner(text, phrase, before)


def _is_weekday_trap(text: str, phrase: Phrase, before: str, behind: str) -> bool:
    """A holiday, a newspaper, a harbour, what is on every Friday."""
    if phrase.last is not None:
        return False
    start = phrase.first.start
    if _HOLIDAY.search(text, max(0, start - 12), start):
        return True
    genitive = behind[:2] in ("'s", "’s") or _is_of_event(text, phrase)
    if _AFTER_WEEKDAY.match(behind) or (_has_determiner(text, phrase, before) and not genitive and not phrase.first.parts.get("turn")):  # fmt: skip
        return _PART_OF_DAY.search(text[phrase.start : start]) is None
    dateline = _DATELINE_BEHIND.match(behind) and len(before) < 40 and before.isupper()
    if dateline:
        return True
    return (
        bool(_CAPITAL_WORD.match(behind))
        and not (phrase.tie or phrase.first.parts.get("turn"))
        and _BEFORE_NAME.search(before) is not None
    )


def _is_season_trap(text: str, phrase: Phrase, before: str, behind: str) -> bool:
    """A spring of water, a fall in sales, a palace."""
    parts = phrase.first.parts
    if parts.get("year") or parts.get("year_turn"):
        return False
    if _AFTER_SEASON.match(behind):
        return True
    if parts.get("turn"):
        return False
    del before
    return _tie_word(text, phrase) not in _TIES_OF_SEASONS


def _is_share_trap(text: str, phrase: Phrase, before: str, behind: str) -> bool:
    """The halves of a match."""
    point = phrase.first
    if "year" in text[point.start : point.end] or point.parts.get("year"):
        return False
    return _tie_word(text, phrase) not in _TIES_OF_YEARS or bool(
        _GAME.search(before) or _GAME.search(behind)
    )


def _is_word_trap(text: str, phrase: Phrase, before: str, behind: str) -> bool:
    """A newspaper ("USA Today"), an overnight train."""
    del text, behind
    word = phrase.first.parts["word"] or ""
    if word == "overnight":
        return _DETERMINER.search(before) is not None
    return (
        word[0].isupper()
        and before[-1:] == " "
        and (before[-2:-1].isalnum() or before[-2:-1] == ",")
    )


def _is_ago_trap(text: str, phrase: Phrase, before: str, behind: str) -> bool:
    """A comparison ("from a year earlier"), a limit ("more than a year ago")."""
    del behind
    lead = before + text[phrase.start : phrase.first.start]
    way = phrase.first.parts.get("way")
    if way in ("earlier", "before"):
        return _COMPARED.search(lead) is not None
    return _UNSURE.search(lead) is not None


def _is_unit_trap(text: str, phrase: Phrase, before: str, behind: str) -> bool:
    """Weeks of something else: "the last week of the holidays"."""
    del text, before
    return behind.startswith(" of ") and not phrase.first.parts.get("part")


def _is_age_trap(text: str, phrase: Phrase, before: str, behind: str) -> bool:
    """A style: "a 1960s building", "19th-century walls"."""
    point = phrase.first
    if "-century" in text[point.start : point.end]:
        return True
    del before, behind
    return not _tie_word(text, phrase) and text[point.start] not in "TtEeLlMm"


_CHECKS: Final = {
    "month_day": _is_date_trap,
    "day_month": _is_date_trap,
    "numeric": _is_date_trap,
    "month": _is_month_trap,
    "year": _is_year_trap,
    "weekday": _is_weekday_trap,
    "season": _is_season_trap,
    "share": _is_share_trap,
    "word": _is_word_trap,
    "ago": _is_ago_trap,
    "unit": _is_unit_trap,
    "past": _is_unit_trap,
    "within": _is_unit_trap,
    "decade": _is_age_trap,
    "century": _is_age_trap,
}
