"""The postings of an index while it is built: which key means which places, kept in temporary files.

Keys are spread over so many parts that all postings of one part fit into memory. What stays in memory of the others is
the number of a few rows.
"""

from __future__ import annotations

import zlib
from array import array
from typing import TYPE_CHECKING, Any, Final

import marisa_trie
import numpy as np

from geomap.gazetteer.layout import ENDING, GENERATED, LOW_BITS, MAIN, NO_PLACE, OWN
from geomap.gazetteer.runs import narrowest, write_runs

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    Ints = np.ndarray[Any, np.dtype[Any]]

__all__ = ["Postings"]

_PARTS: Final = 64
#: postings that a part keeps in memory before it writes them to its files
_BUFFERED: Final = 8192
#: tries within one: what five share takes 80 kB less than what three do, and is looked up as fast
_TRIES: Final = 5
_SORTED: Final = np.dtype([("key", "<i4"), ("place", "<i4"), ("bits", "u1")])


class _Part:
    """The postings of some keys: in memory while they are few, else in a file of keys, one a line, and files of rows and bits."""

    def __init__(self, folder: Path, number: int) -> None:
        self._paths = [folder / f"{name}-{number}" for name in ("keys", "rows", "bits")]
        self._sorted_path = folder / f"sorted-{number}.npy"
        self._sorted: Ints | None = None
        self._is_spilled = False
        self._keys: list[bytes] = []
        self._rows, self._bits = array("i"), array("B")

    def add(self, key: bytes, row: int, bits: int) -> None:
        """Add a posting."""
        self._keys.append(key)
        self._rows.append(row)
        self._bits.append(bits)
        if len(self._keys) >= _BUFFERED:
            self._spill()

    def _spill(self) -> None:
        self._is_spilled = True
        keys = b"\n".join([*self._keys, b""])
        for path, buffer in zip(
            self._paths, (keys, self._rows.tobytes(), self._bits.tobytes()), strict=True
        ):
            with path.open("ab") as file:
                file.write(buffer)
        self._keys.clear()
        self._rows, self._bits = array("i"), array("B")

    def keys(self) -> list[bytes]:
        """Return the key of each posting."""
        if not self._is_spilled:
            return self._keys
        if self._keys:
            self._spill()
        return self._paths[0].read_bytes().split(b"\n")[:-1]

    def _read(self) -> tuple[list[bytes], Ints, Ints]:
        """Return key, row and bits of each posting."""
        keys = self.keys()
        if not self._is_spilled:
            return keys, np.array(self._rows, dtype="<i4"), np.array(self._bits, dtype="u1")
        rows, bits = (
            np.fromfile(path, dtype=dtype)
            for path, dtype in zip(self._paths[1:], ("<i4", "u1"), strict=True)
        )
        return keys, rows, bits

    def sort(self, trie: Any, ranks: Ints, importance: Ints) -> None:
        """Put the postings in order: by the numbers of their keys, then the likeliest first.

        Spellings that a rule made yield to listed names.
        """
        keys, rows, bits = self._read()
        known = {key: trie[key.decode()] for key in set(keys)}
        numbers = np.fromiter(map(known.__getitem__, keys), dtype="<i4", count=len(keys))
        placed = rows >= 0
        owned = np.full(len(rows), NO_PLACE, dtype="<i4")
        owned[placed] = ranks[rows[placed]]
        weight = np.zeros(len(rows), dtype="<f4")
        weight[placed] = -importance[owned[placed]]
        order = np.lexsort((owned, weight, (bits & (MAIN | OWN)) == 0, numbers))
        made = (bits & GENERATED) != 0
        if made.any():
            order = order[~(made & np.isin(numbers, numbers[~made]))[order]]
        postings = np.empty(len(order), dtype=_SORTED)
        postings["key"], postings["place"] = numbers[order], owned[order]
        postings["bits"] = bits[order]
        self._keys = []
        if not self._is_spilled:
            self._sorted = postings
            return
        np.save(self._sorted_path, postings)
        for path in self._paths:
            path.unlink()

    def sorted(self) -> Ints:
        """Return the postings in order."""
        postings: Ints = np.load(self._sorted_path) if self._sorted is None else self._sorted
        return postings


class Postings:
    """Collects the keys of all names with the rows and bits of what they mean.

    Args:
        scratch: A folder for temporary files.
    """

    def __init__(self, scratch: Path) -> None:
        self._parts = [_Part(scratch, number) for number in range(_PARTS)]

    def add(self, keys: Mapping[str, int], row: int) -> None:
        """Add the keys of the place in a row, each with its bits."""
        parts = self._parts
        for key, bits in keys.items():
            encoded = key.encode()
            # what separates keys in the files, or ends a key of the trie, is part of no name
            if b"\n" not in encoded and b"\0" not in encoded:
                parts[zlib.crc32(encoded) % _PARTS].add(encoded, row, bits)

    def write(self, folder: Path, ranks: Ints, importance: Ints) -> dict[str, int]:
        """Write the trie of keys, that of their ends, and the postings of each key, likeliest first.

        Args:
            folder: Where the files of the index go.
            ranks: The row of each place in the index, by the row under which it was added.
            importance: What a place counts, by its row in the index.

        Returns:
            How many ``names`` and ``postings`` there are.
        """
        trie = marisa_trie.Trie(self._distinct_keys(), num_tries=_TRIES)
        trie.save(str(folder / "names.marisa"))
        marisa_trie.Trie(self._ends()).save(str(folder / "ends.marisa"))
        counts = np.zeros(len(trie) + 1, dtype="<i4")
        for part in self._parts:
            part.sort(trie, ranks, importance)
            np.add.at(counts, part.sorted()["key"] + 1, 1)
        starts = np.cumsum(counts, dtype="<i4")
        write_runs(folder, "postings", counts[1:])
        total = int(starts[-1])
        columns = [
            np.lib.format.open_memmap(folder / name, mode="w+", dtype=dtype, shape=(total,))
            for name, dtype in (
                ("posting_places.npy", "<u2"),
                ("posting_places_above.npy", narrowest(len(ranks) >> LOW_BITS)),
                ("posting_flags.npy", "u1"),
            )
        ]
        low, above, flags = columns
        for part in self._parts:
            postings = part.sorted()
            slots = _slots(postings["key"], starts)
            owners = np.where(postings["place"] == NO_PLACE, len(ranks), postings["place"])
            low[slots], above[slots] = owners & ((1 << LOW_BITS) - 1), owners >> LOW_BITS
            flags[slots] = postings["bits"]
        for column in columns:
            column.flush()
        return {"names": len(trie), "postings": total}

    def _ends(self) -> set[str]:
        """Return how names end, from the last letter on; those of keys with a mark are left out."""
        ends = {key[-2 : -2 - ENDING : -1] for key in self._distinct_keys() if key[0] > " "}
        return ends - {""}

    def _distinct_keys(self) -> Iterator[str]:
        """Yield every key once, in an order that does not depend on the order of the rows."""
        for part in self._parts:
            for key in sorted(set(part.keys())):
                yield key.decode()


def _slots(numbers: Ints, starts: Ints) -> Ints:
    """Return where postings go that are in order of their keys: behind each other from the start of each."""
    first = np.ones(len(numbers), dtype=bool)
    first[1:] = numbers[1:] != numbers[:-1]
    begins = np.flatnonzero(first)
    within = np.arange(len(numbers)) - np.repeat(begins, np.diff(np.append(begins, len(numbers))))
    slots: Ints = starts[numbers] + within
    return slots
