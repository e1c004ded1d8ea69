"""Which sentences a page carries, where it has no room for all: fair turns for every place."""

from __future__ import annotations

import zlib
from itertools import count
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from geomap.webmap.payload import Payload

__all__ = ["choose_sentences"]

#: characters of the sentences by which it is told how far all of them can be compressed
_SAMPLE: Final = 300_000
#: what a sentence costs beyond its text: quotes, and its mentions' rows and marks, in characters of
#: the file
_EXTRA: Final = 5.0
#: base64 has four characters for three bytes
_BASE64: Final = 4 / 3
#: an estimate from a sample is not exact
_CAUTION: Final = 1.03
#: confidences that differ by less than so many hundredths count alike: the later article is preferred
_BAND: Final = 10


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
    rate = _BASE64 * _CAUTION * _compressibility(texts)
    costs = [rate * len(text.encode()) + _EXTRA for text in texts]
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


def _compressibility(texts: Sequence[str]) -> float:
    """The share of their bytes that is left when texts are compressed, by a sample of them."""
    step = max(1, sum(map(len, texts)) // _SAMPLE)
    sample = "\n".join(texts[::step]).encode()
    return len(zlib.compress(sample, 6)) / max(1, len(sample))


def _take_turns(payload: Payload) -> Iterator[int]:
    """Rows of sentences, as the places take them."""
    snippets = payload.mentions["snippet"]
    queues: dict[int, list[tuple[int, ...]]] = {}
    for place, key in zip(payload.mentions["place"], _rank_mentions(payload), strict=True):
        queues.setdefault(place, []).append(key)
    waiting = sorted(queues.values(), key=len, reverse=True)  # stable: then in the order of places
    for queue in waiting:
        queue.sort()
    for turn in count():
        waiting = [queue for queue in waiting if turn < len(queue)]
        if not waiting:
            return
        for queue in waiting:
            yield snippets[queue[turn][-1]]


def _rank_mentions(payload: Payload) -> Iterator[tuple[int, ...]]:
    """A key for each mention, the least for the one whose sentence its place has first."""
    mentions, ends = payload.mentions, payload.articles["end"]
    last: tuple[int, int] | None = None
    nth = 0
    names = ("place", "article", "ambiguous", "confidence")
    rows = zip(*(mentions[name] for name in names), strict=True)
    for number, (place, article, ambiguous, confidence) in enumerate(rows):
        nth = nth + 1 if last == (place, article) else 0
        last = (place, article)
        end = ends[article]
        latest = -(10**7) if end is None else end
        yield (nth, ambiguous, -int(confidence // _BAND), -latest, number)
