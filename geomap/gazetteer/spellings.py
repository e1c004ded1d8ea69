"""Further spellings of names, by rules of the languages of their country.

A rule rewrites a folded name (lower case, no accents, no apostrophes) as other writers transliterate the same sounds. Every subset of
a country's rules is applied, so that "Kupiansk" gives "Kupyansk", and "Novomykhailivka" also "Novomikhailovka". Rules of Kurdish and Turkish look at
the letters as written: "ş" is spelt "s" or "sh", "ç" is no "c". Spellings are marked as generated, and
the index keeps one only where no source lists that name for any place.
"""

from __future__ import annotations

import re
import unicodedata
from itertools import chain, combinations
from typing import TYPE_CHECKING, Final, NamedTuple

from geomap.text import fold_name

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

__all__ = ["LANGUAGES", "RULES", "Rule", "generate_spellings"]

#: spellings of one name: the likeliest come first, as rules that change least
_MOST: Final = 16
#: shorter names have too many namesakes in another spelling
_SHORTEST: Final = 5
_LONGEST: Final = 40


class Rule(NamedTuple):
    """One way to spell otherwise: what is rewritten, and an example."""

    pattern: re.Pattern[str]
    replacement: str
    example: tuple[str, str]


def _rule(pattern: str, replacement: str, example: str) -> Rule:
    before, _, after = example.partition(">")
    return Rule(re.compile(pattern), replacement, (before, after))


#: rules by language; each is tried alone and with each of the others, in this order
RULES: Final[dict[str, tuple[Rule, ...]]] = {
    "ukrainian": (
        _rule(r"(?<=[bcdfghklmnprstvz])i(?=[aue](?!$))|(?<=[bcdfghklmnprstvz])i(?=[aue]$)", "y", "kupiansk>kupyansk"),
        _rule(r"(?<=[a-z]{3})(?:yi|iy|yy|ii)\b", "y", "krasnyi>krasny"),
        _rule(r"zhzh", "zh", "zaporizhzhia>zaporizhia"),
        _rule(r"(?<![kzsctp])h", "g", "huliaipole>guliaipole"),
        _rule(r"y(?=[^aeiouy\s])", "i", "mykolaivka>mikolaivka"),
        _rule(r"ii?vka\b", "ovka", "pokrovivka>pokrovovka"),
        _rule(r"(?<=[a-z]{2}[^aeiouy])(?:e)\b", "oye", "velyke>velykoye"),
        _rule(r"iiv", "eyev", "makiivka>makeyevka"),
    ),
    "russian": (
        _rule(r"(?<=[a-z]{3})(?:iy|yy|ii|yi)\b", "y", "belgorodskiy>belgorodsky"),
        _rule(r"(?<=[a-z]{2})oye\b", "oe", "krasnoye>krasnoe"),
        _rule(r"(?<=[bcdfghklmnprstvz])y(?=[aue])", "i", "ryazan>riazan"),
        _rule(r"(?<=[aeiou])ye", "e", "alekseyevka>alekseevka"),
        _rule(r"kh", "h", "khasavyurt>hasavyurt"),
    ),
    "arabic": (
        _rule(r"\b(?:al|el|ad|ed|an|en|ar|er|as|es|ash|esh|at|et|az|ez|adh|ath) (?=[a-z]{3})", "", "al qutayfah>qutayfah"),
        _rule(r"\b(?:al|ad|an|ar|as|ash|at|az) (?=[a-z]{3})", "el ", "al fashir>el fashir"),
        _rule(r"\b(?:ad|an|ar|as|ash|at|az|adh|ath|el|ed|en|er|es|esh|et|ez) (?=[a-z]{3})", "al ", "an nuhud>al nuhud"),
        _rule(r"(?<=[a-z]{3})(?:ah|eh)\b", "a", "qutayfah>qutayfa"),
        _rule(r"(?<=[a-z]{2})iyy?ah?\b", "iya", "abbasiyyah>abbasiya"),
        _rule(r"(?<=[^aeiou])(?:ou|oo)(?=[^aeiou])", "u", "nuhoud>nuhud"),
        _rule(r"(?:ay|ei|ey)(?=[^aeiouy])", "ai", "qutayfa>qutaifa"),
        _rule(r"aw(?=[^aeiouy])", "au", "hawran>hauran"),
        _rule(r"dh", "d", "dhahab>dahab"),
        _rule(r"i(?=r\b)", "e", "fashir>fasher"),
    ),
    "sudanese": (
        _rule(r"q", "g", "qoz>goz"),
        _rule(r"j", "g", "jazira>gazira"),
        _rule(r"\bumm\b", "um", "umm ruwaba>um ruwaba"),
        _rule(r"\bjabal\b", "jebel", "jabal marra>jebel marra"),
    ),
    "somali": (
        _rule(r"x", "h", "xudur>hudur"),
        _rule(r"c", "", "caabudwaaq>aabudwaaq"),
        _rule(r"([aeiou])\1", r"\1", "baardheere>bardhere"),
        _rule(r"dh", "d", "baardheere>baardeere"),
        _rule(r"\bceel\b", "el", "ceel buur>el buur"),
        _rule(r"(?<=[a-z]{3})q\b", "k", "caabudwaaq>caabudwaak"),
    ),
    "ethiopian": (
        _rule(r"([bdfgklmnrstz])\1", r"\1", "mekelle>mekele"),
        _rule(r"q", "k", "qobo>kobo"),
        _rule(r"ts", "s", "tsorona>sorona"),
        _rule(r"ie?\b", "e", "adi>ade"),
        _rule(r"w(?=[aeiou])", "u", "gwangul>guangul"),
    ),
    "burmese": (
        _rule(r"kai\b", "kaing", "laukkai>laukkaing"),
        _rule(r"hp", "p", "hpakant>pakant"),
        _rule(r"hp", "ph", "hpapun>phapun"),
        _rule(r"ht", "t", "htantlang>tantlang"),
        _rule(r"ht", "th", "htantlang>thantlang"),
        _rule(r"ph(?=y)", "p", "kyaukphyu>kyaukpyu"),
        _rule(r"hs", "s", "hsipaw>sipaw"),
        _rule(r"(?<=[a-z]{2}) (?=[a-z]{2})", "", "myit kyina>myitkyina"),
    ),
    "pashto": (
        _rule(r"ee", "i", "kareez>kariz"),
        _rule(r"(?:oo|ou)", "u", "gardooz>garduz"),
        _rule(r"q", "k", "qarabagh>karabagh"),
        _rule(r"(?<=[a-z]{3}) (?=gah\b|abad\b|kot\b)", "", "lashkar gah>lashkargah"),
        _rule(r"(?<=[a-z]{3})(?=gah\b|abad\b)", " ", "lashkargah>lashkar gah"),
        _rule(r"w", "v", "sarwan>sarvan"),
    ),
    "dari": (
        _rule(r"(?<=[a-z]) e (?=[a-z])", " i ", "pul e khumri>pul i khumri"),
        _rule(r"(?<=[a-z]) i (?=[a-z])", " e ", "mazar i sharif>mazar e sharif"),
    ),
    "kurdish": (
        _rule(r"x", "kh", "xaneqîn>khaneqin"),
        _rule(r"ş", "sh", "qamişlo>qamishlo"),
        _rule(r"ç", "ch", "çemê>cheme"),
        _rule(r"c(?=[aeiouêîû])", "j", "cizîrê>jizire"),
        _rule(r"w", "v", "sirwan>sirvan"),
    ),
    "turkish": (
        _rule(r"ş", "sh", "şırnak>shirnak"),
        _rule(r"ç(?!esi\b)", "ch", "çukurca>chukurca"),  # the unit word "ilçesi" stays as it is
        _rule(r"c(?=[aeiouıöü])", "j", "cizre>jizre"),
    ),
}  # fmt: skip

#: the languages whose rules the names of a country follow
LANGUAGES: Final[dict[str, tuple[str, ...]]] = {
    "UA": ("ukrainian",),
    "RU": ("russian",),
    "BY": ("russian",),
    **dict.fromkeys("AE BH DJ DZ EG EH JO KW LB LY MA MR OM PS QA SA TN YE".split(), ("arabic",)),
    **dict.fromkeys(("IQ", "SY"), ("kurdish", "arabic")),
    "TR": ("turkish", "kurdish"),
    "IR": ("kurdish", "dari"),
    "SD": ("sudanese", "arabic"),
    "SO": ("somali",),
    "ET": ("ethiopian",),
    "ER": ("ethiopian",),
    "MM": ("burmese",),
    "AF": ("pashto", "dari"),
    "PK": ("pashto",),
}  # fmt: skip


#: languages whose rules look at the letters of a name as it is written
_LETTERED: Final = frozenset(["kurdish", "turkish"])
#: what a name in Kurdish is marked with, or has: in romanised Arabic "ş" is another sound, and "w" no "v"
_KURDISH: Final = frozenset(["ku", "kmr", "ckb", "sdh"])
_KURDISH_LETTERS: Final = frozenset("êîûxÊÎÛX")


def _rewritten(name: str, rules: Sequence[Rule]) -> Iterator[str]:
    """Yield what every subset of some rules makes of a name, small subsets first."""
    applying = [rule for rule in rules if rule.pattern.search(name)]
    for size in range(1, min(len(applying), 4) + 1):
        for chosen in combinations(applying, size):
            found = name
            for rule in chosen:
                found = rule.pattern.sub(rule.replacement, found)
            yield found


def _lettered(name: str, language: str, mark: str) -> Iterator[str]:
    """Yield the folded spellings that the letters of a name give in a language of which its letters tell."""
    if language == "kurdish" and mark not in _KURDISH and _KURDISH_LETTERS.isdisjoint(name):
        return
    written = unicodedata.normalize("NFC", name.lower())
    yield from map(fold_name, _rewritten(written, RULES[language]))


def generate_spellings(name: str, country: str, mark: str = "") -> Iterator[str]:
    """Yield further spellings of a name, folded, the likeliest first; at most 16.

    Args:
        name: The name as written, or folded where nobody knows how it is written.
        country: The country of the place, which says what rules there are.
        mark: The language that the name is marked with.

    >>> list(generate_spellings("kupiansk", "UA"))[:1]
    ['kupyansk']
    >>> list(generate_spellings("Şırnak", "TR"))
    ['shirnak']
    """
    languages = LANGUAGES.get(country)
    if languages is None:
        return
    folded = fold_name(name)
    if not _SHORTEST <= len(folded) <= _LONGEST or not folded.isascii():
        return
    lettered = (_lettered(name, it, mark) for it in languages if it in _LETTERED)
    others = [rule for it in languages if it not in _LETTERED for rule in RULES[it]]
    seen = {folded}
    for found in chain(*lettered, _rewritten(folded, others)):
        if found not in seen and len(found) >= _SHORTEST - 1:
            seen.add(found)
            yield found
            if len(seen) > _MOST:
                return
