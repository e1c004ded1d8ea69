"""Signs and small words that show how a sentence goes on: patterns, ours."""

from __future__ import annotations

import re
import sys
from typing import TYPE_CHECKING, Final

from geomap.told.words import DUE_AT

if TYPE_CHECKING:
    from geomap.told.sentence import Clause

__all__ = [
    "BEFORE_POINTING",
    "BEHIND_PARTICIPLE",
    "CAUSED",
    "COMMAS",
    "DATELINE",
    "LIST_COMMA",
    "MOST_TOKENS",
    "NEVER",
    "awaits",
    "is_quote",
    "is_whole",
    "leads_up",
]

#: tokens of a sentence that are read; a longer one is a list of something
MOST_TOKENS: Final = 160
#: words before a "that" that points
BEFORE_POINTING: Final = frozenset(", T and of in on at by to from for with".split())
_BEFORE_TIMES: Final = frozenset(("for", "on", "in", "at"))
COMMAS: Final = frozenset(",—–")
#: a comma in a list of names
LIST_COMMA: Final = re.compile(
    r",\s(?:[A-Z][\w'’-]*\s?|(?:al|el|de|la|of)[\s-]){1,4}(?:,|and\s[A-Z]|or\s[A-Z])"
)
#: behind a participle that begins a sentence
BEHIND_PARTICIPLE: Final = re.compile(
    r"\s(?:in|on|at|by|from|with|to|as|if|when|whether|about|over|after|under)\s"
)
_LEADING: Final = re.compile(r"(?:In|At|On|From|With|By|Under|For|Over|Through|Near|Of)\s")
#: behind "due to", what shows a cause and nothing to come
CAUSED: Final = re.compile(
    r"\s(?:(?:the|an?|its|their|his|her|our|this|that|these|heavy|severe|ongoing|continued|recent)\s|[A-Z][\w'’-]*['’]s\s|[a-z]+ing\b)"
)
NEVER: Final = (sys.maxsize, sys.maxsize)
#: CITY (AGENCY) —, CITY, Country, Nov 4 -, WASHINGTON (AP)
DATELINE: Final = re.compile(
    r"[A-Z][A-Z'’.-]{2,}(?:[ /-][A-Z][A-Z'’.-]+){0,3}(?:,\s[A-Z][\w.'’ ]{1,30}){0,3},?"
    r"\s?(?:\([A-Z][\w .,/&’'-]{1,40}\)\s?(?:--?|[–—]|:)?|--?\s|[–—]|:\s)\s?"
)


def awaits(word: str, following: str) -> bool:
    """Return whether two words speak of what is to come: "due on", "set for", but not "set on fire"."""
    return following in _BEFORE_TIMES and (word in DUE_AT or (word, following) == ("set", "for"))


def is_quote(gap: str, place: int) -> bool:
    """Return whether a mark in a gap is a quotation mark and no apostrophe: it opens before a word, or closes behind a mark."""
    opens = place == len(gap) - 1 and gap[place] != "’"
    return opens or (place > 0 and gap[place - 1] in ",.?!")


def is_whole(words: str) -> bool:
    """Return whether a subject stands in the words from "and" up to a verb."""
    return len(words.split()) > 1


def leads_up(text: str, clause: Clause) -> bool:
    """Return whether a clause's only verb so far may be a participle in what leads up to the subject."""
    if not clause.is_ambiguous or clause.kind != "main" or clause.is_speech:
        return False
    return _LEADING.match(text, clause.start) is not None
