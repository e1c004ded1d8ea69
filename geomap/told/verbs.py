"""Whether a word is a verb, and what tense it makes: by closed lists and by endings."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, Literal

from geomap.runtime.memo import Memo
from geomap.told.words import (
    ADVERBS,
    BASE,
    CLASSES,
    IRREGULAR,
    NO_PARTICIPLES,
    PARTICIPLES,
    PLURALS,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

__all__ = ["TENSES", "Tense", "find_tense", "in_context", "is_participle", "word_class"]

Tense = Literal["past", "present", "perfect", "pluperfect", "future"]

#: the tense that a class of words makes
TENSES: Final[Mapping[str, Tense]] = {
    "was": "past",
    "had": "pluperfect",
    "is": "present",
    "has": "perfect",
    "will": "future",
    "may": "present",
    "present": "present",
    "past": "past",
    "participle": "past",
    "ed": "past",
}
#: the word behind "had" and "has", past adverbs
_NEXT: Final = re.compile(
    r"\S+\s(?:(?:not|also|already|never|ever|just|since|long|once|only|even|still|recently|[a-z]{2,12}ly)\s){0,2}([a-z]+)"
)
#: adverbs behind which a base form is a verb
_HABITS: Final = frozenset("now still also never always often usually no longer".split())
_IS_SHORT: Final = re.compile(r"(?:he|she|it|that|there|what|who|i)['’](?:s|m)|[a-z]+['’]re")


def _find_class(token: str) -> str | None:
    """Return the class of a word, by the lists or its ending; None where it tells nothing."""
    word = token.lower()
    known = CLASSES.get(word)
    if known is not None:
        return known
    if word.endswith("ed") and len(word) > 3 and token[0].islower():
        return None if word in NO_PARTICIPLES else "ed"
    if word in BASE:
        return "base" if token[0].islower() else None
    if word in ADVERBS or word.endswith("ly"):
        return "adverb"
    if word.endswith("ing"):
        return "ing"
    if word[-3:] in ("'ll", "’ll"):
        return "will"
    return "is" if _IS_SHORT.fullmatch(word) else None


#: the class of a word by itself: a key of the lists, "ed", "base", "ing" or "adverb"
word_class: Final[Callable[[str], str | None]] = Memo(_find_class, 50_000).__getitem__


def is_participle(token: str) -> bool:
    """Tell whether a word is a participle or a past form, also with a capital ("Born in", "Asked if")."""
    word = token.lower()
    if word in IRREGULAR or word in PARTICIPLES:
        return True
    return word.endswith("ed") and len(word) > 3 and word not in NO_PARTICIPLES


def in_context(known: str, before: str) -> str | None:
    """Return the class of a word that its neighbour decides on: a base form, a word in "-ing".

    Args:
        known: Its class by itself, ``base`` or ``ing``.
        before: The word or mark before it.
    """
    if known == "ing":
        return "ing" if before == "," else None
    before = before.lower()
    plural = before[-1:] == "s" and before[-2:] not in ("'s", "’s", "ss", "us")
    return "present" if plural or before in PLURALS or before in _HABITS else None


def find_tense(tense: Tense, words: str) -> Tense:
    """Return the tense of a clause whose verb is "has" or "had", from what follows it.

    >>> find_tense("pluperfect", "had already met"), find_tense("pluperfect", "had two bridges")
    ('pluperfect', 'past')
    """
    following = _NEXT.match(words)
    word = following[1] if following else ""
    if word.endswith("ed") or word in IRREGULAR or word in PARTICIPLES:
        return tense
    return "present" if tense == "perfect" else "past"
