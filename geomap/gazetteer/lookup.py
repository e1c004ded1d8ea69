"""What one asks of a gazetteer, whether it is one index or a stack of layers."""

from __future__ import annotations

from abc import ABC, abstractmethod
from operator import itemgetter
from typing import TYPE_CHECKING, Final

from geomap.gazetteer.importance import importance_of
from geomap.gazetteer.layout import EXACT_MARK, GENERATED, LOOSE_MARK, NO_PLACE, OWN, Posting
from geomap.gazetteer.traits import traits_of
from geomap.text import arabic_key, fold_name

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geomap.gazetteer.towns import Box
    from geomap.gazetteer.traits import Traits
    from geomap.model import Place

__all__ = ["Gazetteer"]

_LONGEST_ABBREVIATION: Final = 12


class Gazetteer(ABC):
    """Places by their names; read-only, cheap to open and to share.

    A subclass answers five questions about keys (folded names, see layout.py), rows and ids; what is
    asked by name is the same for all.

    >>> from geomap import open_gazetteer
    >>> gazetteer = open_gazetteer()
    >>> gazetteer.find_id("geonames:172955").name
    'Raqqa'
    >>> gazetteer  # doctest: +ELLIPSIS
    <Index: embedded gazetteer (... places)>
    """

    def __repr__(self) -> str:
        return f"<{type(self).__name__}: {self.title}>"

    @abstractmethod
    def __len__(self) -> int:
        """Return the number of rows; a stack of layers counts a place once for each layer that has it."""

    @abstractmethod
    def find(self, key: str) -> list[Posting]:
        """Return the postings of a key, likeliest first; none where no place has such a name."""

    def has(self, key: str) -> bool:
        """Return whether a key is a name of a place, or of another thing."""
        return bool(self.find(key))

    def known(self, keys: Sequence[str]) -> list[str]:
        """Return those of some keys that are names of places, or of other things."""
        return [key for key in keys if self.has(key)]

    @abstractmethod
    def opens(self, key: str) -> bool:
        """Return whether a longer name starts with the words of a key."""

    @abstractmethod
    def begins(self, key: str) -> bool:
        """Return whether this name or a longer one starts with the words of a key."""

    @abstractmethod
    def ends(self, text: str) -> bool:
        """Return whether a name can end with the last letters of a text; only a few of these are looked at."""

    @abstractmethod
    def prefixes(self, key: str) -> Sequence[str]:
        """Return the keys that a key starts with, shortest first."""

    @abstractmethod
    def keys(self, start: str, *, limit: int, length: int) -> Sequence[str]:
        """Return keys that start with some letters and are about so long; at most ``limit`` of them."""

    @abstractmethod
    def place(self, row: int) -> Place:
        """Return the place in a row."""

    def traits(self, row: int) -> Traits:
        """Return what the place in a row is chosen by among its namesakes."""
        return traits_of(self.place(row))

    @abstractmethod
    def row_of_id(self, place_id: str) -> int | None:
        """Return the row of the place with an id, None where there is no such."""

    @abstractmethod
    def source_of(self, row: int) -> str:
        """Return the sources of the place in a row, joined by "+"; "" where the index does not say."""

    @abstractmethod
    def names_of(self, row: int) -> list[str]:
        """Return every key that names the place in a row; slow, since it reads the whole index."""

    def names_of_all(self, rows: Sequence[int]) -> dict[int, list[str]]:
        """Return every key that names each of many places, by their rows."""
        return {row: self.names_of(row) for row in rows}

    @abstractmethod
    def towns_within(self, box: Box) -> list[Place]:
        """Return the towns in a part of the globe, in no order; hamlets are left out."""

    @abstractmethod
    def info(self) -> dict[str, object]:
        """Return what the gazetteer holds, what it was made from, and where it lies."""

    def check_unchanged(self) -> None:  # noqa: B027 - what has no files cannot change
        """Make sure that what was read so far is what the gazetteer holds.

        Raises:
            GazetteerError: A file of it was cut or written since it was opened.
        """

    @property
    @abstractmethod
    def title(self) -> str:
        """The gazetteer in a few words, for reports."""

    def find_id(self, place_id: str) -> Place | None:
        """Return the place with an id, None where there is no such."""
        row = self.row_of_id(place_id)
        return None if row is None else self.place(row)

    def lookup(self, name: str) -> list[Posting]:
        """Return the places that a name can mean, likeliest first.

        Abbreviations count as written; Arabic names are found in looser spellings where the
        exact one is unknown.
        """
        folded = fold_name(name)
        found = dict(self.find(folded + " "))
        if len(name) <= _LONGEST_ABBREVIATION:
            for row, bits in self.find(EXACT_MARK + name):
                found[row] = found.get(row, 0) | bits
        found.pop(NO_PLACE, None)
        if not found and folded.isascii():
            found = dict(self.find(f"{LOOSE_MARK}{arabic_key(folded)} "))
        return list(found.items())

    def search(self, name: str, *, limit: int = 10) -> list[Place]:
        """Return the places of that name, best known first.

        Places whose own name it is come before places that sources list it for, these before names that are only spelt alike, and
        spellings that a rule made come last; among equals the one that counts most: the more populous, the wider.
        """
        folded = fold_name(name)
        exact = {row for key in (folded + " ", EXACT_MARK + name) for row, _ in self.find(key)}
        found = []
        for row, bits in self.lookup(name):
            place = self.place(row)
            rank = _rank(place, bits, folded) if row in exact else _LOOSE
            weight = importance_of(place.feature, place.population, place.radius_km)
            found.append((rank, -weight, place.id, place))
        return [place for *_, place in sorted(found, key=itemgetter(0, 1, 2))[:limit]]


#: ranks of places that a name finds: their own name or one that people use, one that is listed, one spelt alike, one made by a rule
_OWN_NAME, _LISTED, _LOOSE, _MADE = range(4)


def _rank(place: Place, bits: int, folded: str) -> int:
    """Return the rank of a place that a name as written finds."""
    if bits & GENERATED:
        return _MADE
    return _OWN_NAME if bits & OWN or fold_name(place.name) == folded else _LISTED
