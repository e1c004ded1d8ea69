"""Give texts without capitals, with nothing but capitals, or with a capital at every word the capitals that names have.

Chat posts are written in lower case, telex and headlines in capitals alone, some pages in Title Case. The words that the gazetteer knows
as names and those that are no words of the language get a capital, the others none; every letter stays where it is.
"""

from __future__ import annotations

import re
import string
from itertools import groupby, pairwise
from typing import TYPE_CHECKING, Final

from geomap.recognise.lexicon import (
    DIRECTIONS,
    ORGANISATION_HEADS,
    UNIT_WORDS,
    WORD_CLASSES,
    english_words,
    is_english,
    person_grades,
    word_grades,
)
from geomap.text import fold_token, tokenize

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from geomap.recognise.names import Name, Names
    from geomap.text import Token

__all__ = ["recase"]

#: shorter lines are headlines, datelines and initials, which the features of capitals know
_FEWEST_LETTERS: Final = 40
_FEWEST_WORDS: Final = 6
#: so few letters of the other case may stand in a line
_OTHER_CASE: Final = 0.02
#: words of the longest name
_LONGEST: Final = 6
#: words up to this grade are words, whatever place is called so
_ORDINARY: Final = 6
_KNOWN_SIZE: Final = 3.5
_WHOLE: Final = frozenset(["country", "adm1", "metropolis", "city", "adjective", "region", "water"])


def recase(text: str, names: Names) -> str:
    """Return a text with the capitals that its names have, of the same length; itself where it has capitals.

    Whole texts in lower case or Title Case, and lines in capitals are changed.
    """
    if not text.isascii() and not any(char.isupper() or char.islower() for char in text[:2000]):
        return text
    letters, uppers = _count_letters(text)
    if letters >= _FEWEST_LETTERS and uppers <= _OTHER_CASE * letters:
        return _Recaser(names, text).recased(text)
    if uppers < _FEWEST_LETTERS:
        return text
    shouted = uppers >= (1 - _OTHER_CASE) * letters and _is_shouted(text)
    if shouted or _is_title_case(text, letters, uppers):
        lowered = text.lower() if shouted else _TITLE_WORD.sub(_lowered, text)
        return _Recaser(names, lowered).recased(lowered) if len(lowered) == len(text) else text
    if _SHOUT.search(text) is None:
        return text
    parts = [
        (is_shouted, "".join(lines))
        for is_shouted, lines in groupby(text.splitlines(keepends=True), _is_shouted)
    ]
    if not any(is_shouted for is_shouted, _ in parts):
        return text
    recaser = _Recaser(names, text.lower())
    whole = "".join(
        recaser.recased(part.lower()) if is_shouted else part for is_shouted, part in parts
    )
    return whole if len(whole) == len(text) else text


#: a stretch of a shouted line: so many characters, hardly one of them small
_SHOUT: Final = re.compile(r"[A-ZÀ-ÖØ-Þ\u0100-\u052f][^a-z\n]{30}")
_LOWER: Final = string.ascii_lowercase.encode()
_UPPER: Final = string.ascii_uppercase.encode()


def _count_letters(text: str) -> tuple[int, int]:
    """Return how many letters a text has, and how many of them are capitals."""
    if not text.isascii():
        return sum(map(str.isalpha, text)), sum(map(str.isupper, text))
    plain = text.encode()
    uppers = len(plain) - len(plain.translate(None, _UPPER))
    return uppers + len(plain) - len(plain.translate(None, _LOWER)), uppers


def _lowered(match: re.Match[str]) -> str:
    return match[0].lower()


def _is_shouted(line: str) -> bool:
    """Return whether a line has capitals alone, and enough of them to be prose."""
    plain = line.encode("ascii", "ignore")
    if len(plain) - len(plain.translate(None, _LOWER)) > _OTHER_CASE * len(line):
        return False  # nearly every line
    letters = [char for char in line if char.isalpha()]
    if len(letters) < _FEWEST_LETTERS or len(line.split()) < _FEWEST_WORDS:
        return False
    lower = sum(char.islower() for char in letters)
    return lower <= _OTHER_CASE * len(letters) and len(line.lower()) == len(line)


#: a word of Title Case: a capital and letters in lower case
_TITLE_WORD: Final = re.compile(r"(?<![^\W_])[A-ZÀ-ÖØ-Þ](?=[a-zß-öø-ÿ'’]|(?![^\W_]))[^\W\d_]*")
#: so many of the words of such a text begin with a capital
_TITLED: Final = 0.9
#: a text that long is prose and no headline
_TITLE_WORDS: Final = 20
#: small words, of which so many have a capital and at most a tenth has none: a list of names has none of them
_SMALL_WORDS: Final = frozenset(
    "of the in and to on at by for from with was were is are that".split()
)
_FEWEST_SMALL: Final = 3


def _is_title_case(text: str, letters: int, uppers: int) -> bool:
    """Return whether a whole text is written with a capital at every word, also at "the" and "of"."""
    if not 0.1 * letters <= uppers <= 0.5 * letters:
        return False
    words = [word for _, _, word in tokenize(text[:4000]) if word[0].isalpha()]
    titled = sum(word[0].isupper() for word in words)
    if len(words) < _TITLE_WORDS or titled < _TITLED * len(words):
        return False
    small = [word[0].isupper() for word in words if word.lower() in _SMALL_WORDS]
    return sum(small) >= max(_FEWEST_SMALL, _TITLED * len(small))


#: a text is English where so many of its words are
_ENGLISH: Final = 0.55
#: words before which a place stands without an article: "near leer,"
_PREPOSITIONS: Final = frozenset(
    "in at near between from to towards toward around outside into of".split()
)
#: a word up to this grade is too common to be a place by its neighbours alone
_COMMON: Final = 1
_DETERMINERS: Final = frozenset(
    "a an the its his her their our my this that these those no some any each every own".split()
)
_POSSESSIVES: Final = ("'s", "’s")
#: "us" before these, or behind "the", is the country
_US_NOUNS: Final = frozenset(
    "military forces force army navy air strike strikes airstrike airstrikes drone troops soldiers president state secretary "
    "embassy officials official dollar dollars sanctions senator senate congress government ambassador envoy aid marines "
    "intelligence base bases command central africa treasury department special officers warships backed led".split()
)
#: heads of names that are written with a capital behind the name of a place
_HEADS: Final = ORGANISATION_HEADS & frozenset(
    "university academy institute front movement party agency federation union league club fc united association society "
    "foundation fund times post herald mirror observer gazette tribune telegraph airlines corporation commission brigade "
    "brigades battalion organization organisation ministry".split()
) | frozenset("exchange watch crescent cross command radio freedom".split())
_HEAD_PAIRS: Final = frozenset(
    tuple(pair.split())
    for pair in "defence forces|defense forces|defence force|defense force|armed forces|national army|liberation army|air force|national guard|people's army".split(
        "|"
    )
)
#: words of the language between a place and such a head
_MOST_BETWEEN: Final = 2


#: initials with their dots
_INITIALS: Final = re.compile(
    r"(?<![\w.])(?:[A-Za-z]\.){2,4}(?!\w)|(?<![\w.])[A-Za-z]\.\s?[A-Za-z]{2,4}\."
)
#: short names of two letters
_SHORT: Final = frozenset(("us", "uk", "eu", "un"))
#: letters of the short form of a unit, and of its postal code
_LONGEST_SHORT: Final = 6
_POSTAL: Final = 2


class _Recaser:
    """Gives capitals to the names of one text."""

    def __init__(self, names: Names, text: str) -> None:
        self._names = names
        words = [word for _, _, word in tokenize(text) if word.isalpha()][:2000]
        english = english_words()
        known = sum(word.lower() in english for word in words)
        #: whether a word that the language lacks is a name
        self._is_english = known >= _ENGLISH * len(words)

    def recased(self, text: str) -> str:
        """Return a text in lower case with its capitals."""
        tokens = tokenize(text)
        capitals: list[tuple[int, str]] = []
        names: set[int] = set()  # words that end or begin a name
        index = 0
        while index < len(tokens):
            count = self._name_length(text, tokens, index)
            if count:
                names |= {index, index + count - 1}
                count += self._head_length(text, tokens, index + count)
            for start, _, word in tokens[index : index + max(count, 1)]:
                if count or self._has_capital(word) or _is_month(tokens, index):
                    capitals.append((start, word))
            index += max(count, 1)
        capitals += self._beside_names(text, tokens, names)
        chars = list(text)
        for start, word in capitals:
            if word in _SMALL:
                continue
            if word in _SHORT or self._is_abbreviation(word):
                chars[start : start + len(word)] = word.upper()
            upper = chars[start].upper()
            chars[start] = upper if len(upper) == 1 else chars[start]
        for start, short in self._abbreviated(text, tokens, {start for start, _ in capitals}):
            chars[start : start + len(short)] = short
        return _INITIALS.sub(self._initials, _capital_sentences("".join(chars)))

    def _initials(self, match: re.Match[str]) -> str:
        """Return initials with their dots, in capitals where a place is called so: "u.s.", "n.j."."""
        parts = match[0].title()  # "W.Va."
        if len(parts) % 2 and self._names.abbreviation(parts):
            return parts
        upper = match[0].upper()
        known = upper in ("U.N.", "D.C.") or self._names.abbreviation(upper) is not None
        return upper if known or self._names.abbreviation(upper.replace(".", "")) else match[0]

    def _abbreviated(
        self, text: str, tokens: Sequence[Token], capitals: set[int]
    ) -> Iterator[tuple[int, str]]:
        """Yield the short forms of units behind a name and a comma: "columbia, ky.", "austin, tx"."""
        for (begin, stop, _), (start, end, word) in pairwise(tokens):
            if begin not in capitals or text[stop:start] != ", " or len(word) > _LONGEST_SHORT:
                continue
            if text[end : end + 1] == "." and self._names.abbreviation(f"{word.capitalize()}."):
                yield start, word.capitalize()
                continue
            is_code = len(word) == _POSTAL and not is_english(word)
            if is_code and self._names.abbreviation(word.upper()):
                yield start, word.upper()

    def _beside_names(
        self, text: str, tokens: Sequence[Token], names: set[int]
    ) -> Iterator[tuple[int, str]]:
        """Yield the words that are places too and stand in a list of names, or are a name elsewhere in the text."""
        known = {tokens[index][2] for index in names}
        for index, (start, _, word) in enumerate(tokens):
            if index in names or not self._may_be_place(word):
                continue
            if word in known:
                before = tokens[index - 1][2] if index else ""
                if before not in _DETERMINERS:
                    yield start, word
            elif _is_listed(text, tokens, index, names):
                yield start, word

    def _may_be_place(self, word: str) -> bool:
        """Return whether a word of the language is the name of a place, too."""
        if word in WORD_CLASSES or len(word) < 3 or word_grades().get(word, 0) == 1:
            return False
        name = self._names.name(fold_token(word) + " ")
        return name is not None and not name.is_phrase and name.group not in ("alt", "loose")

    def _has_capital(self, word: str) -> bool:
        """Return whether a word that names no place is written with a capital: days, titles, first names, what no dictionary has."""
        lower = word.lower()
        if lower in _SHORT and lower != "us":
            return True
        if WORD_CLASSES.get(lower) == "date" and lower not in ("may", "march"):
            return True
        first, _ = person_grades().get(lower, (0, 0))
        if 0 < first <= 3 and not word_grades().get(lower) and lower not in WORD_CLASSES:
            return True
        return self._is_english and len(word) > 2 and word.isalpha() and not is_english(lower)

    def _is_abbreviation(self, word: str) -> bool:
        """Return whether a word is short for a place: "drc", "uae"."""
        if not 3 <= len(word) <= 5 or is_english(word):
            return False
        return self._names.abbreviation(word.upper()) is not None

    def _head_length(self, text: str, tokens: Sequence[Token], index: int) -> int:
        """Return how many words behind a place make it the name of an organisation: "kenya | defence forces"."""
        if tokens[index - 1][2].endswith(_POSSESSIVES):
            return 0  # "kenya's army"
        for count in range(1, _MOST_BETWEEN + 2):
            last = index + count - 1
            if last >= len(tokens) or text[tokens[last - 1][1] : tokens[last][0]] != " ":
                return 0
            word = tokens[last][2]
            if word in _HEADS or (tokens[last - 1][2], word) in _HEAD_PAIRS:
                return count
            if word in WORD_CLASSES or word in ORGANISATION_HEADS:
                return 0
        return 0

    def _name_length(self, text: str, tokens: Sequence[Token], index: int) -> int:
        """Return of how many words the name of a place is that starts at a word; 0 where none does."""
        inside = _words_together(text, tokens, index)
        words = [fold_token(word) for word in inside]
        if words[0] == "us":
            return int(_is_country(text, tokens, index))
        owner = next((i for i, word in enumerate(inside) if word.endswith(_POSSESSIVES)), None)
        if owner is not None:  # "sudan's"
            owned = [*words[:owner], fold_token(inside[owner][:-2])]
            for name, count in self._found(owned):
                if count == len(owned) and self._is_name(name, owned):
                    return count
        for name, count in self._found(words):
            if self._is_name(name, words[:count]):
                return self._without_kind(name, words[:count])
            if name.group not in ("alt", "loose") and _stands_as_place(text, tokens, index, count):
                return count
        return 0

    def _found(self, words: list[str]) -> Iterator[tuple[Name, int]]:
        """Yield the names that some words begin with, the longest first."""
        count = len(words)
        while count:
            found = self._names.longest(" ".join(words[:count]) + " ")
            if found is None:
                return
            yield found
            count = found[1] - 1

    def _without_kind(self, name: Name, words: list[str]) -> int:
        """Return how many words of a name have a capital: not the last one of "kazan airport", since Kazan is a name."""
        count = len(words)
        if count == 1 or words[-1] not in _GENERIC or name.is_phrase:
            return count
        if words[-1] == "city" and name.group in ("metropolis", "city"):
            return count
        bare = self._names.name(" ".join(words[:-1]) + " ")
        if bare is None or bare.is_phrase or not self._is_name(bare, words[:-1]):
            return count
        return count - 1

    def _is_name(self, name: Name, words: list[str]) -> bool:
        """Return whether some words are rather a name than words of the language."""
        if name.is_phrase:
            return len(words) > 1 or not is_english(words[0])
        if len(words) > 1 and words[0] in _GENERIC and name.group not in ("country", "water"):
            return False  # "province of lunda norte"
        if words[0] in _PARTS and len(words) > 1:
            is_unit = name.group == "adm1" and not all(word in WORD_CLASSES for word in words)
            return name.group == "country" or is_unit
        strange = self._is_english and any(len(word) > 2 and not is_english(word) for word in words)
        opens = words[0] not in WORD_CLASSES or words[0] in DIRECTIONS | _SMALL | _DOTTED
        if strange and opens:
            return True
        if name.group in ("alt", "loose"):
            return False
        if len(words) == 1:
            return self._is_word_a_name(name, words[0])
        if name.group == "adm2" and words[-1] in _OWN_UNITS:
            return words[0] not in _DETERMINERS  # "mason county"
        if name.group not in _WHOLE and (words[0] in WORD_CLASSES or words[-1] in WORD_CLASSES):
            return False
        grades = word_grades()
        if name.group in _WHOLE:
            return not all(word in WORD_CLASSES for word in words) or name.group in (
                "country",
                "water",
            )
        return not all(
            0 < grades.get(word, 0) <= _ORDINARY or (self._is_english and is_english(word))
            for word in words
        )

    def _is_word_a_name(self, name: Name, word: str) -> bool:
        """Return whether a single word is rather a name than one of the language."""
        if name.group == "country" or (name.group == "adjective" and word not in _NO_ADJECTIVES):
            return True
        grade = word_grades().get(word, 0)
        if word in WORD_CLASSES or 0 < grade <= _ORDINARY - 2:
            return False
        if grade or (self._is_english and is_english(word)):
            return grade >= _ORDINARY - 1 and name.group in _WHOLE
        return name.group in _WHOLE or max(option.size for option in name.options) >= _KNOWN_SIZE


#: "western kenya" is a part of Kenya, and no name
_PARTS: Final = frozenset(
    "northern southern eastern western central northeastern northwestern southeastern southwestern mid downtown greater upper lower inner former".split()
)
#: adjectives of places that are words oftener
_NO_ADJECTIVES: Final = frozenset("job polishes roman romance swedes dutch scotch".split()) - {
    "dutch",
    "roman",
}
#: units whose word belongs to the name
_OWN_UNITS: Final = ("county", "parish", "township", "borough")
#: words that say what a place is, which are written small behind its name as often as not
_GENERIC: Final = frozenset(
    word
    for word, kind in UNIT_WORDS.items()
    if kind not in "HT" and word not in ("dam", *_OWN_UNITS)
) | frozenset(
    "bridge market garrison hospital crossing road port junction station square quarter base depot refinery checkpoint".split()
)
#: words inside names that keep their letter: "Cabo del Sur", "Port-au-Prince"
_SMALL: Final = frozenset(
    "of the and on de du des la le les del della el al au aux y da do dos e".split()
)


#: months that are verbs, too, and the words before them that make them months
_VERBS_TOO: Final = frozenset(("may", "march"))
_BEFORE_MONTHS: Final = frozenset(
    "in since until till by during early late mid last next this of from between before after end".split()
)
_DAY_OR_YEAR: Final = re.compile(r"(?:[12]?\d|3[01])(?:st|nd|rd|th)?|(?:19|20)\d\d")


def _is_month(tokens: Sequence[Token], index: int) -> bool:
    """Return whether "may" or "march" is the month: "in may", "8 march", "march 8"."""
    if tokens[index][2] not in _VERBS_TOO:
        return False
    if index and tokens[index - 1][2] in _BEFORE_MONTHS:
        return True
    around = [tokens[i][2] for i in (index - 1, index + 1) if 0 <= i < len(tokens)]
    return any(map(_DAY_OR_YEAR.fullmatch, around))


#: what parts two words so that no name holds both
_APART: Final = re.compile(r"[^\s'’.-]|\n\s*\n")


def _words_together(text: str, tokens: Sequence[Token], index: int) -> list[str]:
    """Return the words from one on that could be one name: up to a mark that parts them."""
    words = [tokens[index][2]]
    for before, token in pairwise(tokens[index : index + _LONGEST]):
        gap = text[before[1] : token[0]]
        if _APART.search(gap) or ("." in gap and before[2] not in _DOTTED):
            break
        words.append(token[2])
    return words


_DOTTED: Final = frozenset("st ste mt ft pt".split())


def _is_country(text: str, tokens: Sequence[Token], index: int) -> bool:
    """Return whether "us" is the United States."""
    before = tokens[index - 1][2] if index else ""
    behind = tokens[index + 1][2] if index + 1 < len(tokens) else ""
    if before == "the" or behind in _US_NOUNS:
        return True
    opens = (
        not index or text[tokens[index - 1][1] : tokens[index][0]] != " " or before in WORD_CLASSES
    )
    goes_on = text[tokens[index][1] : tokens[index][1] + 1] == " " and behind.isalpha()
    return opens and goes_on and behind not in WORD_CLASSES and behind not in _BEHIND_US


def _is_listed(text: str, tokens: Sequence[Token], index: int, names: set[int]) -> bool:
    """Return whether a word stands beside a name in a list: "tiraspol, bender and"."""
    if index - 1 in names and _JOINT.fullmatch(text, tokens[index - 1][1], tokens[index][0]):
        return True
    if index - 2 in names and tokens[index - 1][2] in ("and", "or"):
        return True
    if index + 1 in names and _JOINT.fullmatch(text, tokens[index][1], tokens[index + 1][0]):
        return index > 0 and tokens[index - 1][2] in _PREPOSITIONS
    return False


#: what stands between the names of a list, or of a road between two of them
_JOINT: Final = re.compile(r", |-|–")
#: what follows the pronoun
_BEHIND_US: Final = frozenset(
    "today yesterday tonight now again know want say go find know alone together back out up down who everything something nothing".split()
)


def _stands_as_place(text: str, tokens: Sequence[Token], index: int, count: int) -> bool:
    """Return whether words that are a place too stand where only a place can: "near leer, "."""
    word = tokens[index][2]
    if not index or tokens[index - 1][2] not in _PREPOSITIONS or word in WORD_CLASSES:
        return False
    if count == 1 and 0 < word_grades().get(word, 0) <= _COMMON:
        return False
    following = index + count
    end = tokens[following - 1][1]
    if text[end : end + 1] in ",.;:)(\n":
        return True
    return following < len(tokens) and tokens[following][2] in WORD_CLASSES


_SENTENCE: Final = re.compile(r"(?:^|[.!?]\s+|\n\s*)([a-z])")


def _capital_sentences(text: str) -> str:
    """Return a text whose sentences begin with a capital."""
    return _SENTENCE.sub(lambda match: match[0][:-1] + match[1].upper(), text)
