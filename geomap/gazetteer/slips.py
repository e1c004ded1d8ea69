"""Names of a gazetteer that are nearly a given one: a slip of the pen, or another spelling of the same sounds."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator

    from geomap.gazetteer.lookup import Gazetteer

__all__ = ["CHANGED", "SLIP", "SOUND", "alike_names", "near_names"]

#: what a letter counts in which spellings of one sound differ
SOUND: Final = 1
#: what one letter or space that is missing, too many, or changed with the next counts
SLIP: Final = 2
#: what a letter counts that is another
CHANGED: Final = 3
#: shorter names are a slip away from too much, longer ones have more slips than are worth a look
_SHORTEST: Final = 4
_LONGEST: Final = 40
#: names are written in one word and in two
_LETTERS: Final = "abcdefghijklmnopqrstuvwxyz "
_VOWELS: Final = "aeiouy"
#: letters that are written or left out, beside doubled ones
_LOOSE: Final = "aeiouyhw"
#: consonants of one sound, or of nearly the same
_PAIRS: Final = (
    "kq",
    "kc",
    "cs",
    "sz",
    "vw",
    "bp",
    "dt",
    "gj",
    "jy",
    "xh",
    "gq",
    "zj",
    "dz",
    "gh",
    "mn",
)


def _sound_table() -> dict[str, str]:
    table = {letter: _VOWELS.replace(letter, "") for letter in _VOWELS}
    for one, other in _PAIRS:
        table[one] = table.get(one, "") + other
        table[other] = table.get(other, "") + one
    return table


_SOUNDS: Final = _sound_table()


def near_names(gazetteer: Gazetteer, folded: str) -> dict[str, int]:
    """Return the gazetteer's names that differ from a folded name by at most a slip, or two letters of sound, and by how much.

    The name itself is not among them.

    >>> from geomap import open_gazetteer
    >>> near_names(open_gazetteer(), "miramshah")["miranshah"] == SOUND
    True
    """
    found: dict[str, int] = {}
    if not _SHORTEST <= len(folded) <= _LONGEST:
        return found
    given = folded + " "
    # what is changed lies before it, or at the letter before: names end with no more of the letters
    end = _find_end(gazetteer, folded)

    def look_for(keys: list[str], count: int) -> None:
        for key in gazetteer.known(keys):
            if key != given and found.get(key[:-1], CHANGED + 1) > count:
                found[key[:-1]] = count

    for at, begun in _beginnings(gazetteer, "", folded):
        rest, behind = given[at:], given[at + 1 :]
        if at >= end:
            look_for([begun + letter + rest for letter in _LETTERS], SLIP)
        if end - 1 <= at < len(folded):
            look_for([begun + behind], SLIP)
            look_for([begun + letter + behind for letter in _LETTERS], CHANGED)
        if end - 2 <= at < len(folded) - 1:
            look_for([begun + behind[0] + rest[0] + behind[1:]], SLIP)
        for letters, used in _sounds(folded, at, begun):
            made, others = begun + letters, folded[at + used :]
            if at + used >= end:
                look_for([made + others + " "], SOUND)
            start = max(end - 1 - at - used, 0)
            for further, more in _beginnings(gazetteer, made, others, start=start):
                look_for(_sounded(others, further, more), 2 * SOUND)
    return found


def _find_end(gazetteer: Gazetteer, folded: str) -> int:
    """Return how many letters of a name stand before the most of it that names end with."""
    at = len(folded)
    while at and gazetteer.ends(folded[at - 1 :]):
        at -= 1
    return at


def alike_names(gazetteer: Gazetteer, folded: str) -> list[str]:
    """Return the gazetteer's names that are spelt with one letter of sound more, less or changed; the name itself is not among them."""
    if not _SHORTEST <= len(folded) <= _LONGEST:
        return []
    found: dict[str, None] = {}
    for at, begun in _beginnings(gazetteer, "", folded):
        found |= dict.fromkeys(gazetteer.known(_sounded(folded, at, begun)))
    return [key[:-1] for key in found if key[:-1] != folded]


def _sounded(rest: str, at: int, begun: str) -> list[str]:
    """Return the keys of what a name can be that is spelt in another way at a letter of its rest."""
    ends = rest[at:] + " ", rest[at + 1 :] + " "
    return [begun + letters + ends[used] for letters, used in _sounds(rest, at, begun)]


def _beginnings(
    gazetteer: Gazetteer, made: str, rest: str, *, start: int = 0
) -> Iterator[tuple[int, str]]:
    """Yield how far a name can be spelt on so that names begin like that: how many letters of the rest, and all of them."""
    for at in range(start, len(rest) + 1):
        begun = made + rest[:at]
        if begun and not gazetteer.begins(begun):
            return
        yield at, begun


def _sounds(folded: str, at: int, begun: str) -> Iterator[tuple[str, int]]:
    """Yield what can stand at a letter in another spelling, and how many letters of the name it stands for."""
    for letter in _LOOSE:
        yield letter, 0
    if begun and begun[-1] not in _LOOSE:
        yield begun[-1], 0
    if at == len(folded):
        return
    letter = folded[at]
    if letter in _LOOSE or letter == folded[at - 1 : at]:
        yield "", 1
    for other in _SOUNDS.get(letter, ""):
        yield other, 1
