"""Particles parted from the names that they stand with, and names of several inflected words.

A text without an apostrophe before a capital or a Turkish suffix and without an Arabic letter
passes through a single search.
"""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, Final

from geomap.languages.inflection import MAY_HOLD_PARTICLE
from geomap.text import tokenize

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geomap.recognise.names import Name, Names
    from geomap.text import Token

__all__ = ["find_inflected_run", "read_words", "split_particles"]

#: words of the longest inflected name ("Нижнего Новгорода", "Дейр-эз-Зора")
_LONGEST_RUN: Final = 4
#: beginnings of names that are followed from word to word
_MOST_BEGINNINGS: Final = 4


def find_inflected_run(
    names: Names, text: str, tokens: Sequence[Token], index: int
) -> tuple[Name, int, int] | None:
    """Return the Cyrillic name of several inflected words that starts at a word, as ``_name_at`` does."""
    keys = [""]
    found: tuple[Name, int, int] | None = None
    for last in range(index, min(index + _LONGEST_RUN, len(tokens))):
        if last > index and text[tokens[last - 1][1] : tokens[last][0]] not in (" ", "-", "\u2011"):
            break
        forms = names.start(tokens[last][2]).forms
        tried = [f"{key}{form} " for key in keys for form in forms]
        known = next(filter(None, map(names.name, tried)), None) if last > index else None
        if known is not None and not known.is_phrase:
            found = (known, last, tokens[last][1])
        keys = list(islice(filter(names.opens, tried), _MOST_BEGINNINGS))
        if not keys:
            break
    return found


def read_words(names: Names, text: str) -> list[Token]:
    """Return the words of a text as the geoparser sees them: particles parted from names."""
    return split_particles(names, text, tokenize(text))


def split_particles(names: Names, text: str, tokens: list[Token]) -> list[Token]:
    """Return the words of a text, those parted in two that hold a particle and a name.

    "d'Alep" becomes "d'" and "Alep", "Rakka'da" becomes "Rakka" and "'da": a particle is a
    neighbour like any other word, and tells what stands beside it. Without particles, the very
    same list comes back.
    """
    if MAY_HOLD_PARTICLE.search(text) is None:
        return tokens
    parts = {
        index: part
        for index, (_, _, surface) in enumerate(tokens)
        if (not surface.isascii() or "'" in surface)
        and (part := names.start(surface).part)
        and not _goes_on(names, tokens, index)
    }
    if not parts:
        return tokens
    parted: list[Token] = []
    for index, token in enumerate(tokens):
        if index not in parts:
            parted.append(token)
            continue
        start, end, surface = token
        low, high = parts[index]
        bounds = ((0, low), (low, high), (high, end - start))
        parted += [(start + a, start + b, surface[a:b]) for a, b in bounds if a < b]
    return parted


def _goes_on(names: Names, tokens: Sequence[Token], index: int) -> bool:
    """Tell a word that belongs to the name before it as it stands ("Coeur d'Alene", "Petite-Rivière de l'Artibonite")."""
    words = [names.start(tokens[index][2]).folded]
    for before in range(index - 1, max(index - _LONGEST_RUN, -1), -1):
        words.insert(0, names.start(tokens[before][2]).folded)
        if len(words) == _PAIR and names.opens_pair((words[0], words[1])):
            return True
        if len(words) > _PAIR and names.opens(" ".join(words)):
            return True
    return False


_PAIR: Final = 2
