"""Where each of many runs lies in a column, kept as how long they are: a byte each, where beginnings would take four or eight.

Of every sixteenth run the beginning is kept too, so that few lengths are added up to find one.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import numpy as np

if TYPE_CHECKING:
    from pathlib import Path

    Ints = np.ndarray[Any, np.dtype[Any]]

__all__ = ["Runs", "narrowest", "view_of", "write_runs"]

_STEP: Final = 16


def narrowest(most: int, kinds: tuple[str, ...] = ("u1", "<u2", "<u4", "<i8")) -> str:
    """Return the first kind of number that can hold a value of zero or more.

    Raises:
        OverflowError: None of them can.

    >>> narrowest(255), narrowest(256), narrowest(70_000)
    ('u1', '<u2', '<u4')
    """
    for kind in kinds:
        if most <= int(np.iinfo(kind).max):
            return kind
    raise OverflowError(f"expected a number up to {int(np.iinfo(kinds[-1]).max):,}, got {most:,}")


def view_of(column: Any) -> memoryview:
    """Return a view of a column that gives single numbers ten times as fast as the column does."""
    return memoryview(column)


def write_runs(folder: Path, name: str, lengths: Ints) -> None:
    """Write runs that lie behind each other, by their lengths."""
    begins = np.cumsum(lengths, dtype="<i8") - lengths
    np.save(folder / f"{name}_lengths.npy", lengths.astype(narrowest(int(lengths.max(initial=0)))))
    last = int(begins[-1]) if len(begins) else 0
    np.save(folder / f"{name}_begins.npy", begins[::_STEP].astype(narrowest(last)))


class Runs:
    """Runs that lie behind each other in a column.

    Args:
        lengths: How long each run is.
        begins: Where every sixteenth one begins.

    Raises:
        ValueError: These do not belong together.
    """

    def __init__(self, lengths: Ints, begins: Ints) -> None:
        if len(begins) != -(-len(lengths) // _STEP):
            raise ValueError(f"{len(lengths)} runs, and {len(begins)} beginnings")
        self._lengths, self._begins = lengths, begins
        self._length_of, self._begin_of = view_of(lengths), view_of(begins)

    def __len__(self) -> int:
        return len(self._lengths)

    @property
    def total(self) -> int:
        """Where the last run ends."""
        if not len(self):
            return 0
        last = len(self._begins) - 1
        return int(self._begins[last]) + int(self._lengths[last * _STEP :].sum(dtype="<i8"))

    def bounds(self, number: int) -> tuple[int, int]:
        """Return where a run begins and ends.

        Raises:
            IndexError: There is no such run.
        """
        step = number // _STEP
        low = self._begin_of[step] + sum(self._length_of[step * _STEP : number])
        return low, low + self._length_of[number]

    def begins(self) -> Ints:
        """Return where each run begins, and where the last one ends; all of them are read."""
        begins = np.zeros(len(self) + 1, dtype="<i8")
        np.cumsum(self._lengths, out=begins[1:])
        return begins
