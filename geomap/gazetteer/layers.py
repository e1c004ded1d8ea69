"""A stack of gazetteers that answers as one: the first layer that knows a place tells it.

A place that several layers have is one: the names of all count, and what an upper layer leaves open is filled from
the ones below. Rows of a stack are those of its layers, one layer after the other.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from geomap.errors import GazetteerError
from geomap.gazetteer.importance import importance_of
from geomap.gazetteer.layout import ALTERNATE, GENERATED, MAIN, NO_PLACE, OWN, Posting
from geomap.gazetteer.lookup import Gazetteer
from geomap.runtime.memo import Memo

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geomap.gazetteer.towns import Box
    from geomap.model import Place

__all__ = ["Layers"]

#: rows whose row in the stack is kept
_MOST_ROWS = 200_000


class Layers(Gazetteer):
    """A stack of gazetteers.

    Args:
        layers: The gazetteers, the one that wins first; at least one.

    Raises:
        GazetteerError: There is no layer.
    """

    def __init__(self, layers: Sequence[Gazetteer]) -> None:
        if not layers:
            raise GazetteerError("a stack of gazetteers has at least one layer, got none")
        self.layers = tuple(layers)
        self._begins = [0]
        for layer in layers:
            self._begins.append(self._begins[-1] + len(layer))
        self._tops = Memo(self._find_top, _MOST_ROWS)
        self._merged = Memo(self._merge, _MOST_ROWS)

    def __len__(self) -> int:
        return self._begins[-1]

    def __reduce__(self) -> tuple[type[Layers], tuple[tuple[Gazetteer, ...]]]:
        """Pickle as the layers, which another process opens again."""
        return Layers, (self.layers,)

    def check_unchanged(self) -> None:
        """Make sure that no layer has changed since it was opened.

        Raises:
            GazetteerError: One has.
        """
        for layer in self.layers:
            layer.check_unchanged()

    @property
    def title(self) -> str:
        """The layers in a few words, the first one first."""
        return " over ".join(layer.title for layer in self.layers)

    def _split(self, row: int) -> tuple[int, int]:
        """Return the number of the layer of a row, and the row there."""
        for number, begin in enumerate(self._begins[1:]):
            if 0 <= row < begin:
                return number, row - self._begins[number]
        raise GazetteerError(f"the gazetteer has no row {row}")

    def _find_top(self, row: int) -> int:
        """Return the row of the uppermost layer that has the place of a row."""
        number, local = self._split(row)
        if number:
            place_id = self.layers[number].place(local).id
            for upper in range(number):
                found = self.layers[upper].row_of_id(place_id)
                if found is not None:
                    return self._begins[upper] + found
        return row

    def _merge(self, row: int) -> Place:
        number, local = self._split(row)
        place = self.layers[number].place(local)
        for layer in self.layers[number + 1 :]:
            below = layer.find_id(place.id)
            if below is not None:
                place = _filled(place, below)
        return place

    def place(self, row: int) -> Place:
        """Return the place in a row, what its layer leaves open filled from the layers below."""
        return self._merged[row]

    def row_of_id(self, place_id: str) -> int | None:
        """Return the row of the place with an id in the uppermost layer that has it."""
        for layer, begin in zip(self.layers, self._begins, strict=False):
            row = layer.row_of_id(place_id)
            if row is not None:
                return begin + row
        return None

    def find(self, key: str) -> list[Posting]:
        """Return the postings of a key in all layers, likeliest first, each place once."""
        found: dict[int, int] = {}
        hits = 0
        is_moved = False
        for layer, begin in zip(self.layers, self._begins, strict=False):
            postings = layer.find(key)
            hits += bool(postings)
            for row, bits in postings:
                top = row if row == NO_PLACE else self._tops[begin + row]
                known = found.get(top, 0)
                if row != NO_PLACE and top != begin + row:
                    is_moved = True
                    # what is a main name below is another name where an upper layer names the place otherwise
                    if bits & MAIN and not known & MAIN:
                        bits = bits & ~MAIN | ALTERNATE  # noqa: PLW2901
                found[top] = _joined_bits(known, bits) if known else bits
        if hits > 1 or is_moved:
            listed = {row: bits for row, bits in found.items() if not bits & GENERATED}
            found = listed or found
            return sorted(found.items(), key=self._order)
        return list(found.items())

    def _order(self, posting: Posting) -> tuple[bool, float, int]:
        row, bits = posting
        if row == NO_PLACE:
            return True, 0.0, row
        place = self.place(row)
        weight = importance_of(place.feature, place.population, place.radius_km)
        return not bits & (MAIN | OWN), -weight, row

    def has(self, key: str) -> bool:
        """Return whether a key is a name in any layer."""
        return any(layer.has(key) for layer in self.layers)

    def opens(self, key: str) -> bool:
        """Return whether a longer name of any layer starts with the words of a key."""
        return any(layer.opens(key) for layer in self.layers)

    def begins(self, key: str) -> bool:
        """Return whether this name or a longer one of any layer starts with the words of a key."""
        return any(layer.begins(key) for layer in self.layers)

    def ends(self, text: str) -> bool:
        """Return whether the last letters of a text can be the last of a name in any layer."""
        return any(layer.ends(text) for layer in self.layers)

    def prefixes(self, key: str) -> Sequence[str]:
        """Return the keys of all layers that a key starts with, shortest first."""
        return sorted({found for layer in self.layers for found in layer.prefixes(key)}, key=len)

    def keys(self, start: str, *, limit: int, length: int) -> Sequence[str]:
        """Return keys of all layers that start with some letters and are about so long."""
        found = {
            key: None
            for layer in self.layers
            for key in layer.keys(start, limit=limit, length=length)
        }
        return list(found)[:limit]

    def towns_within(self, box: Box) -> list[Place]:
        """Return the towns in a part of the globe, each once, as the uppermost layer has it."""
        found: dict[str, Place] = {}
        for layer in self.layers:
            for town in layer.towns_within(box):
                found.setdefault(town.id, town)
        return list(found.values())

    def source_of(self, row: int) -> str:
        """Return the sources of the place in a row, those of the upper layers first."""
        number, local = self._split(self._tops[row])
        place_id = self.layers[number].place(local).id
        found = [self.layers[number].source_of(local)]
        for layer in self.layers[number + 1 :]:
            below = layer.row_of_id(place_id)
            if below is not None:
                found.append(layer.source_of(below))
        return "+".join(filter(None, found))

    def names_of(self, row: int) -> list[str]:
        """Return every key that names the place in a row, in any layer."""
        place_id = self.place(row).id
        found: set[str] = set()
        for layer in self.layers:
            local = layer.row_of_id(place_id)
            if local is not None:
                found.update(layer.names_of(local))
        return sorted(found)

    def names_of_all(self, rows: Sequence[int]) -> dict[int, list[str]]:
        """Return every key that names each of many places, in any layer, by their rows."""
        ids = {row: self.place(row).id for row in rows}
        found: dict[int, set[str]] = {row: set() for row in rows}
        for layer in self.layers:
            local = {layer.row_of_id(place_id): row for row, place_id in ids.items()}
            names = layer.names_of_all([own for own in local if own is not None])
            for own, keys in names.items():
                found[local[own]].update(keys)
        return {row: sorted(keys) for row, keys in found.items()}

    def info(self) -> dict[str, object]:
        """Return what each layer holds, the first one first."""
        return {"layers": [layer.info() for layer in self.layers]}


def _joined_bits(one: int, two: int) -> int:
    """Return what a name is for a place of two layers; one that is listed in either is not made by a rule."""
    joined = one | two
    return joined if one & two & GENERATED else joined & ~GENERATED


def _filled(place: Place, below: Place) -> Place:
    """Return a place with what it leaves open taken from another row of it."""
    return replace(
        place,
        feature=place.feature or below.feature,
        country=place.country or below.country,
        admin1=place.admin1 or below.admin1,
        admin2=place.admin2 or below.admin2,
        admin1_id=place.admin1_id or (None if place.admin1 else below.admin1_id),
        admin2_id=place.admin2_id or (None if place.admin2 else below.admin2_id),
        population=place.population or below.population,
        radius_km=place.radius_km or below.radius_km,
    )
