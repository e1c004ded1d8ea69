"""Which texts are worth comparing word by word: those whose signatures meet.

Texts that agree in one number of their signatures are looked at more closely: their signatures tell
how much they seem to share. Sorting brings them together, so time grows a little faster than
the number of texts and no faster, also where all of them are alike.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from geomap.stories.shingles import SIGNATURE_SIZE

if TYPE_CHECKING:
    import numpy.typing as npt

__all__ = ["find_candidates"]

#: each text meets so many neighbours among those that have a number in common with it …
_NEIGHBOURS: Final = 4
#: … in the order of so many numbers, which brings the most alike together
_SORTED_BY: Final = 4
#: the likeliest pairs of each text are kept, so many on each side: enough to hold a story together, however
#: many copies it has
_MOST_PAIRS: Final = 6
#: pairs whose signatures are compared at once: 2 × 4 MB
_CHUNK: Final = 1 << 14
#: numbers whose pairs are gathered before doubles are dropped
_GATHERED: Final = 2
#: what a copy has to share at least (see geomap.stories.copies), and how far an estimate may lie below
_LEAST_JACCARD: Final = 0.2
_LEAST_CONTAINMENT: Final = 0.3
_DEVIATIONS: Final = 2.0
#: one number alone is chance: "at the end of the"
_FEWEST_AGREEING: Final = 2


def find_candidates(
    signatures: npt.NDArray[np.uint32], sizes: npt.NDArray[np.int64]
) -> npt.NDArray[np.int32]:
    """Return the pairs of texts that may be copies, the likeliest first.

    Args:
        signatures: A row for each text, from ``sign_shingles``.
        sizes: The number of words of each text.

    Returns:
        Rows of two numbers of texts, the smaller one first. The order depends on the signatures,
        the sizes and the order of the texts only.
    """
    number = len(signatures)
    near = np.lexsort(signatures[:, :_SORTED_BY].T)
    known = np.empty(0, dtype=np.int64)
    likely = np.empty(0, dtype=np.float32)
    gathered: list[npt.NDArray[np.int64]] = []
    for column in range(SIGNATURE_SIZE):
        gathered += _meet(signatures, column, near)
        if (column + 1) % _GATHERED == 0:
            new = np.setdiff1d(np.concatenate(gathered), known)
            gathered = []
            likeness = _estimate(signatures, sizes, new)
            keep = likeness > 0
            known = np.concatenate([known, new[keep]])
            likely = np.concatenate([likely, likeness[keep]])
            order = np.lexsort((known, -likely))
            order = order[_among_first(known[order], number)]
            known, likely = known[order], likely[order]
    pairs = np.empty((len(known), 2), dtype=np.int32)
    pairs[:, 0], pairs[:, 1] = known // max(1, number), known % max(1, number)
    return pairs


def _among_first(pairs: npt.NDArray[np.int64], number: int) -> npt.NDArray[np.bool_]:
    """Tell which pairs are among the first few of one of their texts, on either side."""
    keep = np.zeros(len(pairs), dtype=np.bool_)
    for texts in (pairs // max(1, number), pairs % max(1, number)):
        order = np.argsort(texts, kind="stable")
        begins = np.flatnonzero(np.diff(texts[order], prepend=-1))
        counts = np.diff(begins, append=len(order))
        keep[order] |= np.arange(len(order)) - np.repeat(begins, counts) < _MOST_PAIRS
    return keep


def _meet(
    signatures: npt.NDArray[np.uint32], column: int, near: npt.NDArray[np.int64]
) -> list[npt.NDArray[np.int64]]:
    """Return pairs of texts that agree in one number, as one number for each pair.

    Args:
        signatures: A row for each text.
        column: Which number.
        near: All texts, like ones near each other.
    """
    number = len(signatures)
    order = near[np.argsort(signatures[near, column], kind="stable")]
    values = signatures[order, column]
    pairs = []
    for step in range(1, _NEIGHBOURS + 1):
        at = np.flatnonzero(values[step:] == values[:-step])
        one, other = order[at], order[at + step]
        pairs.append(np.minimum(one, other) * number + np.maximum(one, other))
    return pairs


def _estimate(
    signatures: npt.NDArray[np.uint32], sizes: npt.NDArray[np.int64], pairs: npt.NDArray[np.int64]
) -> npt.NDArray[np.float32]:
    """Return for each pair the share of the shorter text that both seem to have; 0 for too little."""
    likeness = np.zeros(len(pairs), dtype=np.float32)
    for start in range(0, len(pairs), _CHUNK):
        one, other = np.divmod(pairs[start : start + _CHUNK], len(signatures))
        agreeing = (signatures[one] == signatures[other]).sum(axis=1)
        jaccard = agreeing / SIGNATURE_SIZE
        short, long = np.minimum(sizes[one], sizes[other]), np.maximum(sizes[one], sizes[other])
        containment = jaccard * (short + long) / ((1 + jaccard) * short)
        enough = agreeing >= _fewest_agreeing(short, long)
        likeness[start : start + _CHUNK] = np.where(enough, np.minimum(containment, 1.0), 0.0)
    return likeness


def _fewest_agreeing(
    short: npt.NDArray[np.int64], long: npt.NDArray[np.int64]
) -> npt.NDArray[np.float64]:
    """Return in how many numbers copies of these sizes agree at least, but for bad luck."""
    shared = _LEAST_CONTAINMENT * short
    jaccard = np.minimum(_LEAST_JACCARD, shared / (short + long - shared))
    deviation = np.sqrt(SIGNATURE_SIZE * jaccard * (1 - jaccard))
    least = SIGNATURE_SIZE * jaccard - _DEVIATIONS * deviation
    fewest: npt.NDArray[np.float64] = np.maximum(_FEWEST_AGREEING, least)
    return fewest
