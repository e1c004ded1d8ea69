"""Features on their way into a file that needs them layer by layer: in a temporary file, not in memory."""

from __future__ import annotations

import pickle
from typing import IO, TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

__all__ = ["Spool"]

#: features that are written and read at once: some 5 MB in memory
_BATCH = 1_000

Feature = tuple["Mapping[str, Any]", bytes | None]


class Spool:
    """Rows and their geometries as WKB, which can be read as often as one likes.

    Args:
        path: The temporary file, of which nobody else knows.

    >>> import tempfile, pathlib
    >>> spool = Spool(pathlib.Path(tempfile.mkdtemp(), "some"))
    >>> spool.add({"name": "Raqqa"}, None)
    >>> list(spool), list(spool)
    ([({'name': 'Raqqa'}, None)], [({'name': 'Raqqa'}, None)])
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._batch: list[Feature] = []

    def add(self, row: Mapping[str, Any], geometry: bytes | None) -> None:
        """Add a row and its geometry."""
        self._batch.append((row, geometry))
        if len(self._batch) == _BATCH:
            with self._path.open("ab") as file:
                pickle.dump(self._batch, file, protocol=pickle.HIGHEST_PROTOCOL)
            self._batch = []

    def __iter__(self) -> Iterator[Feature]:
        if self._path.exists():
            with self._path.open("rb") as file:
                while batch := _load(file):
                    yield from batch
        yield from self._batch


def _load(file: IO[bytes]) -> list[Feature]:
    try:
        batch: list[Feature] = pickle.load(file)  # noqa: S301 - we wrote it a moment ago
    except EOFError:
        return []
    return batch
