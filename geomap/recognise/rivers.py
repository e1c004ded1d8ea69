"""Rivers that are called by their names alone: "the left bank of the Dnipro", "the Awash burst its banks"."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from geomap.recognise.lexicon import is_english
from geomap.text import fold_name

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geomap.recognise.names import Name, Names
    from geomap.text import Token

__all__ = ["find_bare_river", "find_river", "stands_as_river"]

#: countries that have an article too
_LANDS: Final = frozenset(["congo", "gambia"])
#: words that go on behind the name of a river, and not with it
_BEHIND: Final = frozenset(
    "and at below near in into from to with on by where which that as has had have is was were are rose burst broke flooded floods overflowed "
    "overflows flows runs ran left swelled stood fell reached remains east west north south upstream downstream towards toward between after before shut closed collapsed destroyed".split()
)


def stands_as_river(text: str, tokens: Sequence[Token], first: int, last: int) -> bool:
    """Return whether a name stands behind an article, and before nothing that it belongs to: "the Awash", but not "the Awash district".

    Args:
        text: The text of an article.
        tokens: Its words.
        first: The number of the first word of the name.
        last: That of its last word.
    """
    if not first or tokens[first - 1][2].lower() != "the" or tokens[first][2].lower() in _LANDS:
        return False
    if text[tokens[first - 1][1] : tokens[first][0]] != " ":
        return False
    behind = text[tokens[last][1] : tokens[last + 1][0]] if last + 1 < len(tokens) else ""
    if behind != " ":
        return not behind.startswith("-")
    return tokens[last + 1][2] in _BEHIND


def find_river(
    names: Names, text: str, tokens: Sequence[Token], index: int, found: tuple[Name, int, int]
) -> tuple[Name, int, int]:
    """Return the river where a town's name stands as a river's: "the Awash left its bed"; else what was found."""
    name, last, end = found
    if name.is_adjective or not _is_told(text, tokens, index, last):
        return found
    if any(option.type in ("water", "country") for option in name.options):
        return found
    river = _river_called(names, text[tokens[index][0] : end])
    return found if river is None else (river, last, end)


def find_bare_river(
    names: Names, text: str, tokens: Sequence[Token], index: int
) -> tuple[Name, int, int] | None:
    """Return the river that is called by a word alone which nothing else is called by: "a bridge on the Ravi", "the river Ruzizi"."""
    _, end, surface = tokens[index]
    if not surface.istitle() or is_english(surface) or not _is_told(text, tokens, index, index):
        return None
    river = _river_called(names, surface)
    return None if river is None else (river, index, end)


def _is_told(text: str, tokens: Sequence[Token], first: int, last: int) -> bool:
    """Return whether a name stands behind the word for a river, or as one does."""
    is_behind = first > 0 and tokens[first - 1][2] in _RIVERS
    return is_behind or stands_as_river(text, tokens, first, last)


def _river_called(names: Names, surface: str) -> Name | None:
    """Return the river of a name, where nothing else is called so with the word for one."""
    river = names.name(f"{fold_name(surface)} river ")
    is_river = river is not None and all(option.type == "water" for option in river.options)
    return river if is_river else None


_RIVERS: Final = frozenset(["river", "rivers"])
