"""Which sentences a page carries, where it has no room for all: fair turns for every place."""

from __future__ import annotations

import zlib
from itertools import accumulate, count
from typing import TYPE_CHECKING, Final

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

    from geomap.webmap.payload import Payload

__all__ = ["choose_sentences"]

#: characters of the sentences by which it is told how far all of them can be compressed
_SAMPLE: Final = 300_000
#: what a sentence costs beyond its text: quotes, and its mentions' rows and marks, in characters of
#: the file
_EXTRA: Final = 5.0
#: letters for each packed byte
_LETTERS: Final = 5 / 4
#: an estimate from a sample is not exact
_CAUTION: Final = 1.03
#: confidences that differ by less than so many hundredths count alike: the later article is preferred
_BAND: Final = 10
#: the day of what has none: before all others
_UNDATED: Final = -(10**7)


def choose_sentences(payload: Payload, room: int | None) -> list[int]:
    """Return the rows of the strings that are sentences to be carried, in their order.

    Each place has a turn after the other, those with the most mentions first, until the room is
    spent; in its turn it gets the sentence of its next mention: one of each article before a second
    one of any, the surest first, of equally sure ones the latest.

    Args:
        payload: The page's tables.
        room: Characters of the file that they take at most, packed; None for all of them.
    """
    rows = range(payload.first_sentence, len(payload.strings))
    if room is None or not rows:
        return list(rows)
    texts = payload.strings[payload.first_sentence :]
    if sum(map(len, texts)) * 4 + len(texts) * 2 * _EXTRA <= room:
        return list(rows)
    rate = _LETTERS * _CAUTION * _compressibility(texts)
    costs = [rate * _count_bytes(text) + _EXTRA for text in texts]
    if sum(costs) <= room:
        return list(rows)
    left = float(room)
    kept: set[int] = set()
    for row in _take_turns(payload):
        if row < payload.first_sentence or row in kept:
            continue
        left -= costs[row - payload.first_sentence]
        if left < 0:
            break
        kept.add(row)
    return sorted(kept)


def _count_bytes(text: str) -> int:
    return len(text) if text.isascii() else len(text.encode())


def _compressibility(texts: Sequence[str]) -> float:
    """The share of their bytes that is left when texts are compressed, by a sample of them."""
    step = max(1, sum(map(len, texts)) // _SAMPLE)
    sample = "\n".join(texts[::step]).encode()
    return len(zlib.compress(sample, 6)) / max(1, len(sample))


def _take_turns(payload: Payload) -> Iterator[int]:
    """Rows of sentences, as the places take them."""
    order = _order_mentions(payload)
    queue = np.array(payload.mentions["snippet"], dtype=np.int64)[order].tolist()
    sizes = np.bincount(payload.mentions["place"]).tolist()
    begins = [0, *accumulate(sizes)]
    # stable: then in the order of places
    waiting = sorted(range(len(sizes)), key=sizes.__getitem__, reverse=True)
    for turn in count():
        waiting = [place for place in waiting if turn < sizes[place]]
        if not waiting:
            return
        for place in waiting:
            yield queue[begins[place] + turn]


def _order_mentions(payload: Payload) -> NDArray[np.int64]:
    """Rows of the mentions, by place; within it the one first whose sentence it has first."""
    mentions, ends = payload.mentions, payload.articles["end"]
    place, article = (np.array(mentions[name], dtype=np.int64) for name in ("place", "article"))
    rows = np.arange(len(place))
    begins = np.diff(place, prepend=-1).astype(bool) | np.diff(article, prepend=-1).astype(bool)
    nth = rows - np.maximum.accumulate(np.where(begins, rows, 0))
    surest = -(np.array(mentions["confidence"], dtype=np.float64) // _BAND)
    latest = -np.array([_UNDATED if end is None else end for end in ends], dtype=np.int64)[article]
    ambiguous = np.array(mentions["ambiguous"], dtype=np.int64)
    order: NDArray[np.int64] = np.lexsort((rows, latest, surest, ambiguous, nth, place))
    return order
