"""What is written like a name of the gazetteer and plainly is none: currencies, eras, numbers, days, halves of longer names."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from geomap.languages.common import is_common_noun
from geomap.recognise.lexicon import DIRECTIONS, DOTTED_TITLES, is_english

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geomap.recognise.names import Name
    from geomap.text import Token

__all__ = ["is_acronym", "is_common_word", "is_first_half", "is_first_of_two", "is_no_name"]

_CURRENCIES: Final = ("$", "€", "£", "¥")


def is_no_name(text: str, end: int, start: int, surface: str) -> bool:
    """Tell a bare direction ("Western"), a currency ("US$"), a number ("World War II"), "100 B.C." and "The state's" from a name."""
    if text[end : end + 1] in _CURRENCIES:
        return True
    if surface.lower() in DIRECTIONS and text[end - len(surface) : end] == surface:
        return True
    if surface == "The" and end - start > len(surface):
        return text[start + 1 : end].islower()
    if text[start - 2 : start - 1] == "." and _INITIAL.search(text, max(start - _BEFORE, 0), start):
        return True
    whole = text[start:end]
    if text[end : end + 2] == ". " and whole.lower() in DOTTED_TITLES:
        return text[end + 2 : end + 3].isupper()  # "Hon. Maurice" is no town of Libya
    if whole.endswith(" Division") and _ORDINAL.search(text, max(start - _BEFORE, 0), start):
        return True  # "the 90th Tank Division"
    if whole in ("CAR", "RCA"):
        return not _is_central_african(text, start, end)
    if whole == "SANA":  # the Syrian agency
        return text[end : end + 40].upper() != text[end : end + 40]
    if _AGE.match(text, end):
        return _PLACE_BEFORE.search(text, max(start - _BEFORE, 0), start) is None
    if whole in _ERAS:
        return text[max(start - 2, 0) : start].rstrip()[-1:].isdigit()
    return _ROMAN.fullmatch(whole) is not None


def is_common_word(tokens: Sequence[Token], index: int) -> bool:
    """Return whether a word alone is an ordinary one of another language than English."""
    surface = tokens[index][2]
    if surface.isascii() and surface not in _ASCII_TIMES:
        return False
    before = tokens[index - 1][2] if index else ""
    after = tokens[index + 1][2] if index + 1 < len(tokens) else ""
    return is_common_noun(surface, before, after)


#: Turkish days and months without a letter beyond ASCII, as they open a sentence or a date
_ASCII_TIMES: Final = frozenset(
    "Pazar PAZAR Pazartesi PAZARTESI Cuma CUMA Cumartesi CUMARTESI Ocak OCAK Mart MART Nisan NISAN Haziran HAZIRAN Temmuz TEMMUZ Ekim EKIM".split()
)
#: behind a person's name: "Victoria, 19, fled", "Aurora, 9, and Lorena"
_AGE: Final = re.compile(
    r", (?:aged )?[1-9]\d?,(?= (?:and (?:a|an|her|his|their)|died|fled|had|has|is|lost|mother|reached|said|told|was|were|who|whose|a|an|her|his|from|of|the)\b)"
)
_PLACE_BEFORE: Final = re.compile(
    r"\b(?:[Aa]t|[Ff]rom|[Ii]n|[Nn]ear|of|to|and|or),? $|, $|\d[.,]? $"
)
#: an initial before what is a last name then: "editing by P. London", "deceased: D. Kisumu"; but not "N. Korea"
_INITIAL: Final = re.compile(
    r"(?:\b(?:[Bb]y|and|Mr|Ms|Mrs|Dr|MR|MS)\.?|[,;:(])\s(?:[A-Z]\. ){0,2}[A-DF-MO-RTV-X]\. $"
)
_BEFORE: Final = 24
_ORDINAL: Final = re.compile(r"\d(?:st|nd|rd|th) (?:[A-Z][a-z]+ )?$")
_ERAS: Final = frozenset(["B.C.", "BC", "B.C", "BCE", "A.D.", "AD"])
#: numbers in capitals; VI is short for the Virgin Islands too
_ROMAN: Final = re.compile(r"(?!VI$)(?=[IVX]{2,5}$)X{0,3}(?:IX|IV|V?I{0,3})")

#: so short a word before a hyphen is hardly a place that something in lower case is said of
_SHORT: Final = 4


def _is_central_african(text: str, start: int, end: int) -> bool:
    """Return whether CAR is the country: where countries stand, or in a text that names it in full or its capital; not in "CAR CRASH"."""
    behind = _WORD_BEHIND.match(text, end)
    before = _WORD_BEFORE.search(text, max(start - _BEFORE, 0), start)
    if any(word and len(word[1]) > 1 and word[1].isupper() for word in (before, behind)):
        return False
    word = before[1].lower() if before else ""
    if word in _INTO or (
        word in ("the", "la") and (behind is None or behind[1].lower() in _GOING_ON)
    ):
        return True
    if (behind and behind[1].lower() in _OF_A_STATE) or _OPENS.match(text, end):
        return before is None or not before[1].istitle()
    return any(text.find(name, 0, _SEARCHED) >= 0 for name in ("Central African", "Bangui"))


_WORD_BEHIND: Final = re.compile(r"[ -]([A-Za-z]+)")
_WORD_BEFORE: Final = re.compile(r"([A-Za-z]+)[ -]$")
#: what a state has, and what stands behind the heading of a part about it
_OF_A_STATE: Final = frozenset(
    "army authorities capital forces government parliament police president rebels refugees soldiers troops".split()
)
_GOING_ON: Final = _OF_A_STATE | frozenset(
    "after and as border by for from has have in into is on said since to was were will with".split()
)
_OPENS: Final = re.compile(r": [A-Za-z]|\s?[-–—] [A-Z]")
_INTO: Final = frozenset(
    ["across", "en", "from", "in", "inside", "into", "throughout", "to", "within"]
)
#: so many letters of a text are looked through
_SEARCHED: Final = 20_000


def is_acronym(text: str, tokens: Sequence[Token], index: int, name: Name) -> bool:
    """Return whether a short word in capitals behind an article is a group's or an office's letters: "the FLA", "the FO"; but not "the UAE"."""
    _, _, surface = tokens[index]
    if not (index and surface.isupper() and len(surface) <= _LETTERS) or name.is_abbreviation:
        return False
    if tokens[index - 1][2] not in _ARTICLES or name.group not in _TOWNS | {"adm2", "water"}:
        return False
    rest = text[tokens[index][1] : tokens[index][1] + _AHEAD]
    return rest.lower() == rest or any(char.islower() for char in rest)  # not all is in capitals


_LETTERS: Final = 5
_AHEAD: Final = 40
_ARTICLES: Final = frozenset(["the", "The", "an"])


def is_first_half(text: str, tokens: Sequence[Token], index: int) -> bool:
    """Return whether a word is but the first half of one that nobody knows: "Ra" of "Ra-ngae"; but not "Iraq-based"."""
    _, end, surface = tokens[index]
    if len(surface) > _SHORT or text[end : end + 1] != "-" or index + 1 == len(tokens):
        return False
    rest = tokens[index + 1]
    return rest[0] == end + 1 and rest[2].islower() and not is_english(rest[2])


def is_first_of_two(text: str, end: int, name: Name) -> bool:
    """Return whether a town's name is but the first word of a longer Arabic one that nobody knows: "Rashaya" of "Rashaya al-Fakhar"."""
    return name.group in _TOWNS and _SECOND.match(text, end) is not None


_TOWNS: Final = frozenset(["alt", "city", "loose", "town"])
_SECOND: Final = re.compile(r" (?:al|el|ad|an|ar|as|ash|at|az)-(?=[A-Z][a-z])")
