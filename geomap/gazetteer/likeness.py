"""How like two names are, letter by letter."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["likeness_to"]


def likeness_to(wanted: str) -> Callable[[str], float]:
    """Return a function that tells how like a name is to the wanted one, from 0 to 100.

    That is the share of both names' letters that stand in both in the same order (their longest common subsequence).
    The lengths of it for all beginnings of the wanted name are kept as the bits of one number: H. Hyyrö, "Bit-parallel
    LCS-length computation revisited", 2004. 50,000 names take some 50 ms; a package would take 12 MB to do it in 13.

    >>> likeness = likeness_to("kupyansk")
    >>> likeness("kupyansk"), likeness("kupiansk"), likeness("oslo")
    (100.0, 87.5, 16.666666666666668)
    """
    places: defaultdict[str, int] = defaultdict(int)
    for place, letter in enumerate(wanted):
        places[letter] |= 1 << place
    whole = (1 << len(wanted)) - 1
    find = places.get

    def likeness(name: str) -> float:
        letters = len(wanted) + len(name)
        row = whole
        for letter in name:
            matches = find(letter)
            if matches:
                kept = row & matches
                row = (row + kept) | (row - kept)
        common = len(wanted) - (row & whole).bit_count()
        return 200.0 * common / letters if letters else 100.0

    return likeness
