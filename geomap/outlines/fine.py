"""The fine pack: lines of the whole world at full detail, of which a page takes what lies near its places.

The pack (see ``packs/README.md``) holds, for each kind of line, the points of all lines one behind the
other. A line of the world's pack has the same number here, and the world's points among its own.
"""

from __future__ import annotations

import io
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING, Any, Literal

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

__all__ = ["Kind", "Lines", "fine_lines", "island_owners", "river_names"]

#: ``arcs`` are those of countries, ``units`` the lines between first-level units of one country
Kind = Literal["arcs", "lakes", "islands", "rivers", "units"]


@dataclass(frozen=True, slots=True)
class Lines:
    """Lines of one kind.

    Attributes:
        points: Column and row of each point on the grid, of all lines: an array (n, 2) of integers.
        starts: Where each line starts among the points, and, last, where the last one ends.
        coarse: Which points the world's pack has, too: n truth values; all False where it has none.
    """

    points: NDArray[np.int32]
    starts: NDArray[np.int64]
    coarse: NDArray[np.bool_]

    def __len__(self) -> int:
        """Return the number of lines."""
        return len(self.starts) - 1

    def line(self, number: int) -> NDArray[np.int32]:
        """Return the points of a line: an array (k, 2)."""
        return self.points[self.starts[number] : self.starts[number + 1]]

    def numbers_of(self, chosen: NDArray[np.bool_]) -> Iterator[int]:
        """Yield the lines that have one of the chosen points at least."""
        sums = np.concatenate([[0], np.cumsum(chosen)])
        counts = sums[self.starts[1:]] - sums[self.starts[:-1]]
        yield from np.flatnonzero(counts).tolist()


@cache
def _read_arrays() -> dict[str, NDArray[Any]]:
    packed = resources.files("geomap.outlines").joinpath("packs", "fine.npz").read_bytes()
    with np.load(io.BytesIO(packed), allow_pickle=False) as arrays:
        return dict(arrays)


@cache
def fine_lines(kind: Kind) -> Lines:
    """Return all lines of a kind; callers never change them."""
    arrays = _read_arrays()
    starts = np.concatenate([[0], np.cumsum(arrays[f"{kind}_lengths"], dtype=np.int64)])
    sums = np.cumsum(arrays[kind].astype(np.int64), axis=1)
    before = np.concatenate([np.zeros((2, 1), dtype=np.int64), sums], axis=1)[:, starts[:-1]]
    points = (sums - np.repeat(before, arrays[f"{kind}_lengths"], axis=1)).T.astype(np.int32)
    coarse = np.zeros(len(points), dtype=bool)
    if f"{kind}_coarse" in arrays:
        marks = np.unpackbits(arrays[f"{kind}_coarse"])[: len(points)].astype(bool)
        coarse[: len(marks)] = marks
    return Lines(points, starts, coarse)


@cache
def island_owners() -> tuple[int, ...]:
    """Return, for each island, the row of its country in the world's pack."""
    return tuple(_read_arrays()["owners"].tolist())


@cache
def river_names() -> tuple[str, ...]:
    """Return the name of each line of a river; "" where none is known."""
    return tuple(_read_arrays()["names"].tolist())
