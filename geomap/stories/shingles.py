"""Texts as hashes of their words: what copies are found by.

A shingle is a run of words next to each other, as one number. Hashes are the same on every machine
and in every process, whatever Python's hash seed is. Punctuation, kinds of quotation marks,
accents and soft hyphens make no difference.
"""

from __future__ import annotations

import itertools
import re
import unicodedata
import zlib
from typing import TYPE_CHECKING, Final

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy.typing as npt

__all__ = [
    "LONGEST_TEXT",
    "SIGNATURE_SIZE",
    "hash_shingles",
    "hash_words",
    "shingles_of_texts",
    "sign_shingles",
    "split_words",
]

#: characters behind these are not read: no article is so long, and a book costs no more than this
LONGEST_TEXT: Final = 200_000
#: numbers in a signature: of two texts that share 7 of 100 shingles, 99 of 100 agree in one of them
SIGNATURE_SIZE: Final = 64
#: fixed for good: another one would have other pairs compared
_SEED: Final = 42

#: bytes that belong to a word: letters and digits of ASCII, and whatever is not ASCII
_WORD_BYTES: Final = bytes(
    byte if byte > 127 or chr(byte).isalnum() else ord(" ") for byte in range(256)
)
#: what a writer may leave out within a word, in UTF-8: accents, soft hyphens, Arabic vowels, joiners, and
#: the marks of kana
_MARKS: Final = re.compile(
    rb"\xcc[\x80-\xbf]|\xcd[\x80-\xaf]|\xc2\xad|\xd9[\x80\x8b-\x9f]|\xe2\x80[\x8b-\x8f]|\xe2\x81\xa0|\xef\xbb\xbf|\xe3\x82[\x99\x9a]"
)
#: punctuation and spaces in UTF-8: of Latin 1, general, of Arabic and Urdu, of Chinese and Japanese
_SIGNS: Final = re.compile(
    rb"\xc2[\x80-\xa9\xab-\xb4\xb6-\xb9\xbb-\xbf]|\xe2[\x80-\x81].|\xd8[\x8c\x9b\x9f]|\xdb\x94"
    rb"|\xe3\x80[\x80-\x9f]|\xef\xbc[\x81-\x8f\x9a-\x9f]",
    re.DOTALL,
)
#: scripts that put no spaces between words, each sign of which counts as one: Thai and Lao, Burmese,
#: Khmer, kana, ideographs; and the bytes that their letters begin with
_UNSPACED: Final = re.compile(
    "([\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff])"
)
_UNSPACED_BYTES: Final = b"\xe0\xe1\xe3\xe4\xe5\xe6\xe7\xe8\xe9"
#: odd numbers that spread their bits, one for each place in a shingle
_SPREAD: Final = tuple(
    np.uint64(number)
    for number in (0x9E3779B97F4A7C15, 0xC2B2AE3D27D4EB4F, 0x165667B19E3779F9, 0x27D4EB2F165667C5)
)
_SHIFT: Final = np.uint64(32)


def split_words(text: str) -> list[bytes]:
    """Return the words of a text without accents, in UTF-8, up to ``LONGEST_TEXT`` characters.

    >>> split_words("“It’s 5 km,” he said.")
    [b'It', b's', b'5', b'km', b'he', b'said']
    """
    text = text[:LONGEST_TEXT]
    if text.isascii():
        return text.encode().translate(_WORD_BYTES).split()
    raw = _MARKS.sub(b"", unicodedata.normalize("NFKD", text).encode("utf-8", "surrogatepass"))
    if len(raw.translate(None, _UNSPACED_BYTES)) < len(raw):
        spaced = _UNSPACED.sub(r" \1 ", raw.decode("utf-8", "surrogatepass"))
        raw = spaced.encode("utf-8", "surrogatepass")
    return _SIGNS.sub(b" ", raw).translate(_WORD_BYTES).split()


def hash_words(words: Sequence[bytes]) -> npt.NDArray[np.uint64]:
    """Return a number for each word."""
    return np.fromiter(map(zlib.crc32, words), dtype=np.uint64, count=len(words))


def hash_shingles(words: npt.NDArray[np.uint64], size: int) -> npt.NDArray[np.uint64]:
    """Return a number for each run of ``size`` words (at most 4), in their order.

    >>> len(hash_shingles(hash_words([b"a", b"b", b"c", b"d"]), 3))
    2
    """
    count = max(0, len(words) - size + 1)
    mixed = np.zeros(count, dtype=np.uint64)
    for place in range(size):
        mixed += words[place : place + count] * _SPREAD[place]
    mixed ^= mixed >> _SHIFT
    mixed *= _SPREAD[0]
    mixed ^= mixed >> _SHIFT
    return mixed


def shingles_of_texts(
    texts: Sequence[Sequence[bytes]], size: int
) -> tuple[npt.NDArray[np.uint64], npt.NDArray[np.uint64]]:
    """Return the shingles of many texts at once, which costs less than one text after the other.

    Args:
        texts: The words of each text, at least ``size`` of them.
        size: The number of words in a shingle, at most 4.

    Returns:
        The shingles of all texts on end, and where those of each text end, with a 0 in front.
    """
    shingles = hash_shingles(hash_words(list(itertools.chain.from_iterable(texts))), size)
    ends = np.cumsum([len(text) for text in texts], dtype=np.int64)
    # those that begin in one text and end in the next are none
    across = (ends[:-1, None] - np.arange(1, size)).ravel()
    bounds = np.concatenate([[0], ends - np.arange(1, len(ends) + 1) * (size - 1)])
    return np.delete(shingles, across), bounds.astype(np.uint64)


def sign_shingles(
    shingles: npt.NDArray[np.uint64], ends: npt.NDArray[np.uint64]
) -> npt.NDArray[np.uint32]:
    """Return the MinHash signatures of some texts, one row each.

    Two texts agree in about that share of the numbers in their rows that their shingles have in
    common, of all that the two have (Jaccard's index).

    Args:
        shingles: The shingles of all texts on end.
        ends: Where those of each text end, with a 0 in front.
    """
    from rensa import RMinHash  # noqa: PLC0415 - only where copies are looked for

    matrix = RMinHash.digest_matrix_from_flat_token_hashes(shingles, ends, SIGNATURE_SIZE, _SEED)
    return np.array(matrix.to_rows(), dtype=np.uint32)
