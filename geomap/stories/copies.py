"""Whether two texts tell one story in the same words: a copy, cut, corrected or lightly rewritten.

The texts are compared without what stands around an article (``find_surroundings``), by the runs of three
words that they share. A copy shares many of them, all over the shorter text, and names the same
names and numbers: two reports of one event by different hands share few, a quoted paragraph stands
in one place, and a form that is filled in anew every day shares everything but names and numbers.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import compress
from typing import TYPE_CHECKING, Final

import numpy as np

from geomap.articles.boilerplate import find_surroundings
from geomap.stories.shingles import LONGEST_TEXT, hash_shingles, hash_words, split_words

if TYPE_CHECKING:
    import numpy.typing as npt

    from geomap.stories.furniture import Furniture

__all__ = ["Likeness", "Wording", "compare_wordings", "is_copy", "is_kin", "read_wording"]

_DIGIT: Final = re.compile(r"\d")
#: words in a shingle: with two, idioms look like copies, with four a light rewriting looks like none
_SHINGLE: Final = 3
#: shingles in a stretch of text: about a sentence
_STRETCH: Final = 16
#: a stretch is shared where that share of its shingles is
_SHARED_STRETCH: Final = 0.25
#: a copy shares so much of the two texts together, or of the shorter one …
_LEAST_JACCARD: Final = 0.3
_LEAST_CONTAINMENT: Final = 0.42
#: … in so many of its stretches, with so many of its names, and in the mean of both (a paper that adds a paragraph
#: of its own to a report leaves .67) …
_LEAST_SPREAD: Final = 0.5
_LEAST_NAMES: Final = 0.5
_LEAST_MEAN: Final = 0.6
#: … without a longer run of its own than this share of it: of labelled copies none has more than a sixth, of other
#: pairs that share as much none less than a third …
_LONGEST_GAP: Final = 0.3
#: … and with so many of its numbers: figures are corrected and spelt out, but not all of them
_LEAST_NUMBERS: Final = 0.3
#: of fewer names or numbers nothing can be said
_FEWEST_FACTS: Final = 3
#: members of one story share so much at least, directly
_KIN_CONTAINMENT: Final = 0.2


@dataclass(frozen=True, slots=True, kw_only=True)
class Wording:
    """What is compared of a text.

    ``shingles`` stand in the order of the text, ``distinct`` are the same, sorted and once each.
    ``common`` are words that are written in lower case somewhere in the text, ``names`` those that are
    not, ``numbers`` those with a digit.
    """

    shingles: npt.NDArray[np.uint64]
    distinct: npt.NDArray[np.uint64]
    common: frozenset[bytes]
    names: frozenset[bytes]
    numbers: frozenset[bytes]


@dataclass(frozen=True, slots=True, kw_only=True)
class Likeness:
    """How much two texts share, each between 0 and 1.

    ``jaccard``: of the shingles of both together; ``containment``: of the shorter one's;
    ``spread``: of the shorter one's stretches; ``gap``: its longest stretch that the other one has
    nothing of; ``names`` and ``numbers``: of those of the text with
    fewer of them; where these are too few to tell, ``names`` is as ``spread``, and ``numbers`` 1.
    """

    jaccard: float
    containment: float
    spread: float
    gap: float
    names: float
    numbers: float


_NOTHING: Final = Likeness(
    jaccard=0.0, containment=0.0, spread=0.0, gap=1.0, names=0.0, numbers=0.0
)


def _without_masks(text: str) -> str:
    kept, at = [], 0
    for start, end in find_surroundings(text):
        kept.append(text[at:start])
        at = end
    kept.append(text[at:])
    return "\n".join(kept)


def read_wording(text: str, furniture: Furniture | None = None) -> Wording:
    """Return what is compared of a text, up to ``LONGEST_TEXT`` characters of it.

    Args:
        text: The text.
        furniture: What stands in very many texts and is left out; None where nothing is known.
    """
    text = _without_masks(text[:LONGEST_TEXT])
    written = split_words(text)
    words = _lower(written)
    hashes = hash_words(words)
    own = furniture.own_words(hashes) if furniture is not None else None
    if own is not None:
        hashes = hashes[own]
        words = list(compress(words, own))
        written = list(compress(written, own))
    shingles = hash_shingles(hashes, _SHINGLE)
    different = frozenset(words)
    common = different.intersection(written)
    return Wording(
        shingles=shingles,
        distinct=_distinct(shingles),
        common=common,
        names=different - common,
        numbers=frozenset([word for word in common if not word.isalpha() and _has_digit(word)]),
    )


def _lower(words: list[bytes]) -> list[bytes]:
    line = b" ".join(words).decode("utf-8", "surrogatepass").lower()
    return line.encode("utf-8", "surrogatepass").split(b" ") if words else []


def _has_digit(word: bytes) -> bool:
    return _DIGIT.search(word.decode("utf-8", "surrogatepass")) is not None


def _distinct(shingles: npt.NDArray[np.uint64]) -> npt.NDArray[np.uint64]:
    """Return the same as np.unique, which takes three times as long for so few."""
    ordered = np.sort(shingles)
    keep = np.ones(len(ordered), dtype=np.bool_)
    np.not_equal(ordered[1:], ordered[:-1], out=keep[1:])
    return ordered[keep]


def _are_in(
    shingles: npt.NDArray[np.uint64], known: npt.NDArray[np.uint64]
) -> npt.NDArray[np.bool_]:
    """Tell for each shingle whether it is among others, which are in ascending order."""
    at = known.searchsorted(shingles)
    at[at == len(known)] = 0
    found: npt.NDArray[np.bool_] = known[at] == shingles
    return found


def compare_wordings(one: Wording, other: Wording) -> Likeness:
    """Return how much two texts share; nothing where one has fewer than three words."""
    short, long = (one, other) if len(one.distinct) <= len(other.distinct) else (other, one)
    if not len(short.distinct):
        return _NOTHING
    count = int(np.count_nonzero(_are_in(short.distinct, long.distinct)))
    if not count:
        return _NOTHING
    shared = _are_in(short.shingles, long.distinct)
    spread = _spread(shared)
    return Likeness(
        jaccard=count / (len(short.distinct) + len(long.distinct) - count),
        containment=count / len(short.distinct),
        spread=spread,
        gap=_gap(shared),
        # a word that one of them writes in lower case begins a sentence in the other
        names=_overlap(one.names - other.common, other.names - one.common, spread),
        numbers=_overlap(one.numbers, other.numbers, 1.0),
    )


def _spread(shared: npt.NDArray[np.bool_]) -> float:
    """Return the share of a text's stretches that are shared, from what is shared of its shingles."""
    number = max(1, len(shared) // _STRETCH)
    bounds = np.arange(number + 1) * len(shared) // number
    counts = np.add.reduceat(shared, bounds[:-1], dtype=np.int64)
    return int(np.count_nonzero(counts >= _SHARED_STRETCH * np.diff(bounds))) / number


def _gap(shared: npt.NDArray[np.bool_]) -> float:
    """Return the longest run that is not shared, as a share of all."""
    places = np.flatnonzero(shared)
    between = np.diff(places, prepend=-1, append=len(shared))
    return int(between.max() - 1) / len(shared)


def _overlap(one: frozenset[bytes], other: frozenset[bytes], unknown: float) -> float:
    fewer = min(len(one), len(other))
    return len(one & other) / fewer if fewer >= _FEWEST_FACTS else unknown


def is_copy(likeness: Likeness) -> bool:
    """Tell whether texts with so much in common tell one story in the same words."""
    return (
        (likeness.jaccard >= _LEAST_JACCARD or likeness.containment >= _LEAST_CONTAINMENT)
        and likeness.spread >= _LEAST_SPREAD
        and likeness.names >= _LEAST_NAMES
        and (likeness.spread + likeness.names) / 2 >= _LEAST_MEAN
        and likeness.gap <= _LONGEST_GAP
        and likeness.numbers >= _LEAST_NUMBERS
    )


def is_kin(likeness: Likeness) -> bool:
    """Tell whether two members of one story, copies of a third, have enough in common themselves."""
    return likeness.containment >= _KIN_CONTAINMENT
