"""Many short texts on disk, packed in blocks of which one alone is read: half as large as the texts one by one.

What comes again and again in all blocks stands once, in a dictionary of zlib's at the start of the file.
"""

from __future__ import annotations

import zlib
from collections import Counter
from itertools import islice
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from geomap.gazetteer.runs import narrowest, view_of
from geomap.runtime.memo import Memo

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    Ints = np.ndarray[Any, np.dtype[Any]]

__all__ = ["Texts", "common_words", "write_texts"]

#: texts of a block
_STEP: Final = 16
#: as far as zlib looks back
_DICTIONARY: Final = 32_000
#: texts that the dictionary is made from
SAMPLED: Final = 100_000
#: what stands between the texts of a block: a byte that UTF-8 does not use
_SEPARATOR: Final = b"\xff"
#: blocks that stay unpacked
_BLOCKS_KEPT: Final = 256
#: no block of ours is larger, whatever a file says
_LARGEST_BLOCK: Final = 1 << 24
#: deflate without a header, as far back as it goes
_WINDOW: Final = -15


def common_words(sample: Iterable[bytes]) -> bytes:
    """Return the commonest words of some texts, the most common last: what is near costs least."""
    counts = Counter(word for text in sample for word in text.split(b" "))
    ordered = sorted(counts, key=lambda word: (counts[word], word))
    return b" ".join(ordered)[-_DICTIONARY:]


def _packed(texts: Sequence[bytes], dictionary: bytes) -> bytes:
    packer = zlib.compressobj(9, zlib.DEFLATED, _WINDOW, zdict=dictionary)
    return packer.compress(_SEPARATOR.join(texts)) + packer.flush()


def _blocks(texts: Iterable[bytes], dictionary: bytes) -> Iterator[bytes]:
    waiting = iter(texts)
    while block := list(islice(waiting, _STEP)):
        yield _packed(block, dictionary)


def write_texts(folder: Path, name: str, texts: Iterable[bytes], dictionary: bytes) -> None:
    """Write texts in their order; the dictionary is made by ``common_words``, of some or all of them."""
    ends = [len(dictionary)]
    with (folder / f"{name}.bin").open("wb") as file:
        file.write(dictionary)
        for block in _blocks(texts, dictionary):
            file.write(block)
            ends.append(ends[-1] + len(block))
    np.save(folder / f"{name}.npy", np.array(ends, dtype=narrowest(ends[-1])))


class Texts:
    """Texts by their numbers.

    Args:
        ends: Where the dictionary ends, and each block behind it.
        packed: The dictionary and the blocks.

    Raises:
        ValueError: These do not belong together.
    """

    def __init__(self, ends: Ints, packed: Ints) -> None:
        if not len(ends) or int(ends[-1]) != len(packed):
            raise ValueError(f"{len(packed)} bytes of texts do not end where they should")
        self._end_of, self._packed = view_of(ends), view_of(packed)
        self._dictionary = bytes(self._packed[: self._end_of[0]])
        self._blocks = Memo(self._read_block, _BLOCKS_KEPT)
        self._count = 0
        if len(ends) > 1:
            self._count = (len(ends) - 2) * _STEP + len(self._read_block(len(ends) - 2))

    def __len__(self) -> int:
        return self._count

    def __getitem__(self, number: int) -> str:
        """Return a text.

        Raises:
            ValueError: There is no such text, or its block is damaged.
        """
        if not 0 <= number < self._count:
            raise ValueError(f"there is no text {number}")
        block, at = divmod(number, _STEP)
        return str(self._blocks[block][at], "utf-8")

    def _read_block(self, block: int) -> list[bytes]:
        unpacker = zlib.decompressobj(_WINDOW, self._dictionary)
        packed = self._packed[self._end_of[block] : self._end_of[block + 1]]
        try:
            whole = unpacker.decompress(packed, _LARGEST_BLOCK)
        except zlib.error as err:
            raise ValueError(str(err)) from err
        return whole.split(_SEPARATOR)
