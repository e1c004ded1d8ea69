"""Look the other forms of a word up, and cut particles off: what joins inflection.py to the gazetteer.

Words whose own form is a known name never come here; nor does a text without an apostrophe before a
capital, a Turkish suffix or an Arabic letter pass through more than one search.
"""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, Final, NamedTuple

from geomap.gazetteer.compile import OTHER_MARK, OWN
from geomap.geoparse.inflection import (
    MAY_HOLD_PARTICLE,
    is_cyrillic,
    may_inflect,
    name_bounds,
    stems,
)
from geomap.text import fold_token

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geomap.geoparse.names import Name, Names
    from geomap.text import Token

__all__ = ["Form", "find_form", "find_inflected_run", "folded_forms", "split_particles"]

#: groups of names that an inflected word may stand for; a village's must be spelt out
_WELL_KNOWN: Final = frozenset(
    ["country", "adm1", "water", "region", "metropolis", "city", "adjective"]
)
#: words of the longest inflected name ("Нижнего Новгорода", "Дейр-эз-Зора")
_LONGEST_RUN: Final = 4


class Form(NamedTuple):
    """What a word was found under: the name (None: the start of a longer one), and where in the word."""

    name: Name | None
    start: int
    end: int


def find_form(names: Names, surface: str, own: Name | None) -> Form | None:
    """Return what a word names in another language or in another form than its own.

    Args:
        names: The gazetteer's names.
        surface: A word, as it stands.
        own: What the word names as it is: nothing, or a little known place.
    """
    is_other_script = not surface[0].isascii()
    if own is None or is_other_script or surface[0].islower():
        adjective = names.name(f"{OTHER_MARK}{fold_token(surface)} ")
        if adjective is not None:
            return Form(adjective, 0, len(surface))
    return _find_stem(names, surface) if may_inflect(surface) else None


def _find_stem(names: Names, surface: str) -> Form | None:
    best: Form | None = None
    best_size = -1.0
    opening: Form | None = None
    for stem in stems(surface):
        folded = fold_token(stem)
        name = names.name(f"{OTHER_MARK}{folded} ") or names.name(f"{folded} ")
        bounds = name_bounds(surface, stem)
        if name is not None and _is_well_known(name) and _size(name) > best_size:
            best, best_size = Form(name, *bounds), _size(name)
        if opening is None and bounds != (0, len(surface)) and names.opens(f"{folded} "):
            opening = Form(None, *bounds)
    return best or opening


def _is_well_known(name: Name) -> bool:
    if name.is_phrase:
        return False
    return name.group in _WELL_KNOWN or any(option.bits & OWN for option in name.options)


def _size(name: Name) -> float:
    return max(option.size for option in name.options)


def folded_forms(surface: str, folded: str) -> tuple[str, ...]:
    """Return the folded forms of a Cyrillic word, its own first; of other words none."""
    if not folded or not is_cyrillic(surface[0]):
        return ()
    return tuple(dict.fromkeys((folded, *map(fold_token, stems(surface)))))


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
        keys = list(islice(filter(names.opens, tried), _LONGEST_RUN))
        if not keys:
            break
    return found


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
        if (not surface.isascii() or "'" in surface) and (part := names.start(surface).part)
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
