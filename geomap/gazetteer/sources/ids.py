"""Ids of a person's own places: those that rows bring, and those that are made for rows without one."""

from __future__ import annotations

import hashlib
import re
from typing import Final

from geomap.gazetteer.sources.values import shown

__all__ = ["Ids", "read_geonames_id", "slug"]

#: digits of the largest number that an id of GeoNames can be
_ID_DIGITS: Final = 18
_NO_SLUG: Final = re.compile(r"[^\w]+")
#: longer words of ids are cut, and end in a digest of the whole
_LONGEST_SLUG: Final = 50


def read_geonames_id(digits: str) -> str | None:
    """Return the id of a number of GeoNames, None for what is no such number.

    >>> read_geonames_id("0172955"), read_geonames_id("17x")
    ('geonames:172955', None)
    """
    if not (digits.isascii() and digits.isdigit() and len(digits) <= _ID_DIGITS):
        return None
    return f"geonames:{int(digits)}"


def slug(text: str) -> str:
    """Return a word for an id: letters and digits of any script in lower case, joined by hyphens."""
    word = _NO_SLUG.sub("-", text.casefold()).strip("-") or "place"
    if len(word) <= _LONGEST_SLUG:
        return word
    digest = hashlib.sha256(word.encode()).hexdigest()[:8]
    return f"{word[:_LONGEST_SLUG]}-{digest}"


class Ids:
    """Gives rows without an id one of their own, each another; knows the ids that rows bring."""

    def __init__(self) -> None:
        self._taken: set[str] = set()
        self._counts: dict[str, int] = {}

    def claim(self, wanted: str) -> str:
        """Take an id that a row brings.

        Raises:
            ValueError: Another row has it.
        """
        if wanted in self._taken:
            raise ValueError(f"expected each id once, got {shown(wanted)} again")
        self._taken.add(wanted)
        return wanted

    def make(self, wanted: str) -> str:
        """Return an id that no other row has: the wanted one, or that with a number."""
        found = wanted
        while found in self._taken:
            count = self._counts[wanted] = self._counts.get(wanted, 1) + 1
            found = f"{wanted}-{count}"
        self._taken.add(found)
        return found
