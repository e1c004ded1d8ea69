"""Find the spans of a text that could name a place, and score them.

Candidate spans are the longest names of the gazetteer that start at a capital (or at a letter of
a script without capitals). Each gets features (features.py) and a probability that it names a
place and nothing else.
"""

from __future__ import annotations

import re
from functools import cache
from operator import itemgetter
from typing import TYPE_CHECKING, Final

from geomap.gazetteer.layout import OTHER_MARK
from geomap.languages.inflection import is_inflected_adjective, lower_case_names
from geomap.recognise.lexicon import (
    ARTICLE_PREFIXES,
    DIRECTIONS,
    DOTTED,
    FACILITY_WORDS,
    PLURAL_UNITS,
    UNIT_WORDS,
)
from geomap.recognise.names import LONGEST, may_go_on, starts_name
from geomap.recognise.no_names import (
    is_acronym,
    is_common_word,
    is_first_half,
    is_first_of_two,
    is_no_name,
)
from geomap.recognise.options import UNIT_TYPES
from geomap.recognise.particles import find_inflected_run
from geomap.recognise.peoples import is_people
from geomap.recognise.rivers import find_bare_river, find_river
from geomap.recognise.towns import find_spaced_initials, without_body

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geomap.recognise.names import Name, Names
    from geomap.text import Token

__all__ = ["Span", "find_spans"]

#: what may stand between two words of one name
_JOINS: Final = frozenset([" ", "-", "\n", "\r\n", "\u00a0", "  ", "‑", "–", "' ", "’ ", "&"])


class Span:
    """A stretch of text that could name a place: words ``first`` to ``last``, inclusive."""

    __slots__ = ("end", "first", "in_phrase", "last", "name", "start", "surface")

    def __init__(
        self, start: int, end: int, first: int, last: int, name: Name, surface: str
    ) -> None:
        self.in_phrase = False
        self.start = start
        self.end = end
        self.first = first
        self.last = last
        self.name = name
        self.surface = surface


def _joins(text: str, tokens: Sequence[Token], index: int) -> bool:
    """Tell whether a name may run on from word ``index`` to the next one."""
    gap = text[tokens[index][1] : tokens[index + 1][0]]
    return gap in _JOINS or (gap == ". " and tokens[index][2] in DOTTED)


def _words_from(
    names: Names, text: str, tokens: Sequence[Token], index: int
) -> tuple[list[str], int]:
    """Return the folded words of the longest run that could be one name; one alone where none could.

    And how many of them there are up to the first possessive ("Saudi Arabia's"), 0 without one.
    """
    words = [names.start(tokens[index][2]).folded]
    owned = 0
    last = min(index + LONGEST, len(tokens)) - 1
    while index < last and _joins(text, tokens, index):
        index += 1
        start, _, surface = tokens[index]
        is_half = text[start - 1] == "-"  # "Ra-ngae"
        if surface.islower() and not (is_half or may_go_on(surface)):
            break
        following = names.start(surface)
        if not (following.goes_on or is_half):
            break
        if following.bare and not owned:
            owned = len(words) + 1
        opens = len(words) > 1 or names.opens_pair((words[0], following.folded))
        if not opens and not (following.bare and names.opens_pair((words[0], following.bare))):
            break
        words.append(following.folded)
    return words, owned if owned <= len(words) else 0


def _run_at(
    names: Names, text: str, tokens: Sequence[Token], index: int
) -> tuple[Name, int, int] | None:
    """Return the name of several words that starts at a word, as ``_name_at`` does."""
    words, owned = _words_from(names, text, tokens, index)
    if len(words) == 1:
        return None
    found = names.longest(" ".join(words) + " ")
    if (
        found is not None
        and found[1] > 1
        and _ends_early(text, tokens[index + found[1] - 1], found[0])
    ):
        words = words[: found[1] - 1]  # "in Panama by boat", and "Panama by" is its name in Danish
        found = names.longest(" ".join(words) + " ")
    if owned and (found is None or found[1] < owned):
        last = index + owned - 1
        bare = names.start(tokens[last][2]).bare
        name = names.name(" ".join((*words[: owned - 1], bare)) + " ")
        if name is not None:
            return name, last, tokens[last][1] - 2
    if found is None or found[1] == 1:
        return None
    last = index + found[1] - 1
    if tokens[last][2] in UNIT_WORDS:
        return _without_unit_word(names, tokens, index, found[0], words[: found[1]])
    return found[0], last, tokens[last][1]


def _ends_early(text: str, token: Token, name: Name) -> bool:
    """Return whether a word that ends a name is more likely the next of its sentence: "Seville a", "Panama by", a town's "Salem market"."""
    start, _, surface = token
    if surface in FACILITY_WORDS:
        return name.group not in _NO_TOWNS
    return surface in _SMALL_WORDS and text[start - 1] != "-"


#: groups of names of which a word in lower case for what they are is a part: "Huwara checkpoint"
_NO_TOWNS: Final = frozenset(["facility", "region", "water"])


_SMALL_WORDS: Final = frozenset(
    "a an as at be by for from had has he in is it no of on or so to was were and are".split()
)


def _without_unit_word(
    names: Names, tokens: Sequence[Token], index: int, unit: Name, words: Sequence[str]
) -> tuple[Name, int, int]:
    """Return a unit that is written with its word in lower case: the name alone, where it is one ("Kharkiv region").

    The word says which of the places of that name is meant.
    """
    last = index + len(words) - 1
    if UNIT_WORDS[words[-1]] in _OF_THE_NAME or words[-1] in _KEPT_WORDS:
        return unit, last, tokens[last][1]
    bare = names.name(" ".join(words[:-1]) + " ")
    if bare is None or bare.is_phrase or words[-2] in DIRECTIONS:
        return unit, last, tokens[last][1]
    return unit, last - 1, tokens[last - 1][1]


#: words for waters and landscapes belong to the name: "the Qandil mountains"
_OF_THE_NAME: Final = ("H", "T")
#: and so do these, which American news does not know
_KEPT_WORDS: Final = frozenset(["dam", "nahiya", "nahiyah", "subcounty", "subdistrict"])


def _name_at(
    names: Names, text: str, tokens: Sequence[Token], index: int
) -> tuple[Name, int, int] | None:
    """Return the name that starts at a word, the word it ends with, and its end."""
    _, end, surface = tokens[index]
    start = names.start(surface)
    if start.forms:
        run = find_inflected_run(names, text, tokens, index)
        if run is not None:
            return run
    if start.longer:
        found = _run_at(names, text, tokens, index)
        if found is not None:
            return found
    if start.dotted is not None and text[end : end + 1] == ".":
        return start.dotted, index, end + 1
    initials = find_spaced_initials(names, text, tokens, index)
    if initials is not None:
        return initials
    if start.short is not None:
        return start.short, index, end
    if start.owner is not None:
        return start.owner, index, end - 2
    if start.name is not None:
        return start.name, index, end
    return _loose_name(names, text, tokens, index)


def _loose_name(
    names: Names, text: str, tokens: Sequence[Token], index: int
) -> tuple[Name, int, int] | None:
    """Return the Arabic name that two or one words spell in a way of their own."""
    loose = names.loosely(names.start(tokens[index][2]).folded)
    if loose.longer and index + 1 < len(tokens) and _joins(text, tokens, index):
        more = names.loosely(names.start(tokens[index + 1][2]).folded).key
        name = names.loose(f"{loose.key} {more}") if more else None
        if name is not None:
            return name, index + 1, tokens[index + 1][1]
    return None if loose.name is None else (loose.name, index, tokens[index][1])


def _opens_arabic_name(text: str, tokens: Sequence[Token], index: int) -> bool:
    """Return whether an Arabic article stands before a name: "al-Bab", "Al Bab", "En Nahud"; but not "An Indian"."""
    surface = tokens[index][2]
    if index + 1 >= len(tokens):
        return False
    end, following = tokens[index][1], tokens[index + 1]
    if following[0] != end + 1 or not following[2][0].isupper():
        return False
    if text[end] in "-‑":
        return True
    return text[end] == " " and (
        surface in _SPACED_ARTICLES or _is_assimilated(surface, following[2])
    )


_SPACED_ARTICLES: Final = frozenset(["al", "Al", "el", "El"])


def _is_assimilated(article: str, word: str) -> bool:
    """Return whether an article has taken on the sound that a word begins with: "Ar Rashad", "Ash Shaykh"."""
    sound = article[1:].lower()
    return article[0].isupper() and len(word) > len(sound) + 1 and word.lower().startswith(sound)


def find_spans(
    names: Names, text: str, tokens: Sequence[Token], masks: Sequence[tuple[int, int]]
) -> list[Span]:
    """Return the longest names in a text, left to right, none overlapping another.

    Names inside the known name of something else ("Paris Agreement") are among them, with
    ``in_phrase`` set.

    Args:
        names: The gazetteer's names.
        text: The text of an article.
        tokens: Its words, from ``tokenize``.
        masks: Sorted stretches that yield no mentions.
    """
    spans: list[Span] = []
    following = 0
    phrase_end = -1
    mask = iter((*masks, (len(text) + 1, len(text) + 1)))
    low, high = next(mask)
    for index in _starts(text, tokens):
        if index < following:
            continue
        start, end, surface = tokens[index]
        while start >= high:
            low, high = next(mask)
        if end > low:
            continue
        found = _any_name_at(names, text, tokens, index)
        if found is not None and surface == "The" and index + 1 < len(tokens):
            longer = _any_name_at(names, text, tokens, index + 1)
            if longer is not None and longer[1] > found[1]:
                continue  # "The Mississippi River" has its own start at the next word
        if found is not None and found[0].is_phrase:
            phrase_end = found[1]
            found = _name_inside_phrase(names, text, tokens, index, phrase_end)
        found = found or find_bare_river(names, text, tokens, index)
        if found is None or found[2] > low or is_no_name(text, found[2], start, surface):
            continue
        is_one = found[1] == index
        if is_one and (
            is_common_word(tokens, index)
            or is_first_half(text, tokens, index)
            or is_people(tokens, index)
        ):
            continue
        if is_one and (
            is_first_of_two(text, found[2], found[0]) or is_acronym(text, tokens, index, found[0])
        ):
            continue
        found = without_body(names, text, tokens, index, found)
        name, last, stop = _with_unit_word(
            text, tokens, find_river(names, text, tokens, index, found)
        )
        first = index
        is_sided = index > following and tokens[index - 1][2] in _SIDES
        if is_sided and name.group not in ("country", "adm1"):  # "southern Italy" is a part of it
            region = _region_at(names, text, tokens, index - 1)
            if region is not None and region[1] >= last:
                first, (name, last, stop) = index - 1, region
                start = tokens[first][0]
        span = Span(start, stop, first, last, name, text[start:stop])
        span.in_phrase = index <= phrase_end
        spans.append(span)
        following = last + 1
        code = _postal_code_at(names, text, tokens, span)
        if code is not None and code.end <= low:
            spans.append(code)
            following += 1
    return spans


#: words in lower case that can be the first of a region's name
_SIDES: Final = DIRECTIONS | {"upper", "lower", "middle"}


def _region_at(
    names: Names, text: str, tokens: Sequence[Token], index: int
) -> tuple[Name, int, int] | None:
    """Return the region that is called by a side and a name ("western Galilee"); None where that is but a part of a place."""
    found = _any_name_at(names, text, tokens, index)
    if found is None or found[0].is_phrase or found[0].is_adjective:
        return None
    is_region = all(option.type == "region" and option.country for option in found[0].options)
    return found if is_region else None


#: postal codes of American states that are words too; they count after "Town, "
_POSTAL_WORDS: Final = {
    "HI": "hawaii ",
    "ID": "idaho ",
    "IN": "indiana ",
    "ME": "maine ",
    "OK": "oklahoma ",
    "OR": "oregon ",
}
#: what may follow such a code: punctuation, a zip code, or the end
_AFTER_CODE: Final = re.compile(r"[.,;:)\]\n]|\s+[0-9]{5}\b|\s*$")


def _postal_code_at(names: Names, text: str, tokens: Sequence[Token], town: Span) -> Span | None:
    """Return the state whose code stands behind a town and a comma ("Gary, IN,")."""
    index = town.last + 1
    if index >= len(tokens) or tokens[index][2] not in _POSTAL_WORDS:
        return None
    start, end, surface = tokens[index]
    if text[town.end : start] != ", " or town.surface.isupper():
        return None
    name = names.name(_POSTAL_WORDS[surface])
    if name is None or _AFTER_CODE.match(text, end) is None:
        return None
    return Span(start, end, index, index, name, surface)


def _starts(text: str, tokens: Sequence[Token]) -> list[int]:
    """Return the words that can start a name: capitals, other scripts, Arabic articles, adjectives.

    Most words are in lower case, and hardly any of these starts a name: they are told apart without
    a loop, which would take as long as the search for names itself.
    """
    surfaces = list(map(_surface, tokens))
    starts = [
        index
        for index, is_lower in enumerate(map(str.islower, surfaces))
        if not is_lower and _can_start(surfaces[index])
    ]
    in_lower_case = _in_lower_case().intersection(surfaces)
    if not text.isascii() and _CYRILLIC.search(text) is not None:
        in_lower_case |= {surface for surface in surfaces if is_inflected_adjective(surface)}
    if in_lower_case:
        starts += [index for index, surface in enumerate(surfaces) if surface in in_lower_case]
        starts = sorted(set(starts))
    return starts


_CYRILLIC: Final = re.compile("[\u0400-\u04ff]")


_surface: Final = itemgetter(2)


def _can_start(surface: str) -> bool:
    """Tell whether a word that is not in lower case can start a name."""
    return "A" <= surface[0] <= "Z" or (surface[0] > "\x7f" and starts_name(surface))


@cache
def _in_lower_case() -> frozenset[str]:
    return ARTICLE_PREFIXES | lower_case_names()


#: words that belong to a unit's name when they have a capital ("Idlib Governorate")
_UNIT_ENDINGS: Final = frozenset(
    ["Governorate", "Province", "Oblast", "Prefecture", "Voivodeship", "Canton", "Krai", "District"]
)


def _has_units(name: Name, plural: str) -> bool:
    """Return whether a unit of a name is what a word for several says: "Lamu and Garissa counties", not "ten Kentucky counties".

    American papers, and those who annotate them, count the word to no name.
    """
    first = name.options[0] if name.options else None
    is_american = first is not None and first.country == "US" and plural in _AMERICAN
    return not is_american and any(option.type in UNIT_TYPES for option in name.options)


_AMERICAN: Final = frozenset(["counties", "townships"])
#: and words of other languages for units, which English writes without one ("Teknaf upazila")
_WRITTEN_SMALL: Final = frozenset(
    "boma cercle hromada kebele nahiya payam raion taluk taluka tehsil thana upazila woreda".split()
)


def _with_unit_word(
    text: str, tokens: Sequence[Token], found: tuple[Name, int, int]
) -> tuple[Name, int, int]:
    """Return what was found with the unit word after it, where such a unit has this name."""
    name, last, stop = found
    if last + 1 >= len(tokens):
        return found
    start, end, word = tokens[last + 1]
    if text[stop:start] != " ":
        return found
    is_plural = word.lower() in PLURAL_UNITS and (word.islower() or word.istitle())
    if is_plural and _has_units(name, word.lower()):
        return name, last + 1, end
    if word in _WRITTEN_SMALL and any(option.type == "adm2" for option in name.options):
        return name, last + 1, end
    if word not in _UNIT_ENDINGS or tokens[last][2].lower() in UNIT_WORDS:
        return found  # "the Wyandotte County District Court"
    kind = UNIT_WORDS[word.lower()].lower()
    if any(option.type in (kind, "adm2") for option in name.options):
        return name, last + 1, end
    return found


def _any_name_at(
    names: Names, text: str, tokens: Sequence[Token], index: int
) -> tuple[Name, int, int] | None:
    """Return the longest name at a word that can start one."""
    surface = tokens[index][2]
    if surface in ARTICLE_PREFIXES and _opens_arabic_name(text, tokens, index):
        return _arabic_name_at(names, text, tokens, index)
    if names.start(surface).is_capital:
        return _name_at(names, text, tokens, index)
    if surface in ARTICLE_PREFIXES:
        return None
    found = _name_at(names, text, tokens, index)  # an adjective, or "mer Noire"
    if found is None or (found[1] == index and not found[0].key.startswith(OTHER_MARK)):
        return None
    return found


def _name_inside_phrase(
    names: Names, text: str, tokens: Sequence[Token], index: int, phrase_end: int
) -> tuple[Name, int, int] | None:
    """Return the longest place name at a word that ends before the phrase does."""
    # only the words of the phrase: all words of the text up to its end would take as long as the text
    inside = tokens[index:phrase_end]
    found = _name_at(names, text, inside, 0) if inside else None
    if found is None or found[0].is_phrase or found[0].group in _NO_PARTS:
        return None
    name, last, stop = found
    return name, index + last, stop


#: groups of names that are not looked for inside the name of something else: "Boko" of Boko Haram
_NO_PARTS: Final = frozenset(["alt", "loose", "town"])


def _arabic_name_at(
    names: Names, text: str, tokens: Sequence[Token], index: int
) -> tuple[Name, int, int] | None:
    """Return the name after an Arabic article, with the article or else without it."""
    found = _run_at(names, text, tokens, index)
    if found is not None:
        return found
    if text[tokens[index][1]] != " ":
        return _name_at(names, text, tokens, index + 1)
    following = names.start(tokens[index + 1][2])
    if following.name is None or following.name.group == "alt":
        loose = names.loosely(following.folded)
        if loose.name is not None:
            return loose.name, index + 1, tokens[index + 1][1]
    if tokens[index][2] in _SPACED_ARTICLES:
        return _name_at(names, text, tokens, index) if starts_name(tokens[index][2]) else None
    return None
