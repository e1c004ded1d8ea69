"""Towns and states as American papers write them: "the Alexandria City Public Schools", "Wood County, W. Va."."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from geomap.gazetteer.layout import MAIN, OWN
from geomap.text import fold_name

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geomap.recognise.names import Name, Names
    from geomap.text import Token

__all__ = ["find_spaced_initials", "without_body"]

_TOWN_WORDS: Final = frozenset(["City", "Town"])
#: bodies and people of a town, whose names go on behind its own
_BODIES: Final = frozenset(
    "attorney clerk commission commissioner commissioners council councillor councillors councilman councilwoman court hall manager mayor police "
    "public school schools".split()
)


def without_body(
    names: Names, text: str, tokens: Sequence[Token], first: int, found: tuple[Name, int, int]
) -> tuple[Name, int, int]:
    """Return the town alone where "City" or "Town" behind it begins what a body of it is called: "Springfield City Council".

    Not where towns are called so first, as Kansas City and Boulder City are.
    """
    name, last, _ = found
    if last == first or last + 1 >= len(tokens) or tokens[last][2] not in _TOWN_WORDS:
        return found
    if tokens[last + 1][2].lower() not in _BODIES or not tokens[last + 1][2][0].isupper():
        return found
    if any(option.type == "city" and option.bits & (MAIN | OWN) for option in name.options):
        return found
    stop = tokens[last - 1][1]
    town = names.name(fold_name(text[tokens[first][0] : stop]) + " ")
    return found if town is None or town.is_phrase else (town, last - 1, stop)


#: compass points and words that states' abbreviations begin with, and letters that end them
_INITIALS: Final = frozenset("NRSWD")
_SECOND: Final = frozenset(["C", "D", "H", "I", "J", "M", "Va", "Y"])


def find_spaced_initials(
    names: Names, text: str, tokens: Sequence[Token], index: int
) -> tuple[Name, int, int] | None:
    """Return the state whose initials stand apart at a word: "N. J.", "W. Va."."""
    _, end, surface = tokens[index]
    if surface not in _INITIALS or index + 1 >= len(tokens):
        return None
    start, stop, second = tokens[index + 1]
    if second not in _SECOND or text[end:start] != ". " or text[stop : stop + 1] != ".":
        return None
    if second != "Va" and text[tokens[index][0] - 2 : tokens[index][0]] != ", ":
        return None  # "Mr. N. C. Dass"
    name = names.abbreviation(f"{surface}.{second}.")
    return None if name is None else (name, index + 1, stop + 1)
