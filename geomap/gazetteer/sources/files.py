"""Open a person's files: regular files alone, plain or gzipped, and never more bytes of them than a bound."""

from __future__ import annotations

import gzip
import io
import stat
import zlib
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Final

from geomap.errors import GazetteerError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

__all__ = ["open_bounded"]

_MEGABYTE: Final = 1 << 20
_BUFFER: Final = 1 << 18


class _Bounded(io.RawIOBase):
    """The bytes of a file, which end in an error where there are more of them than allowed."""

    def __init__(self, raw: Any, path: Path, most: int) -> None:
        self._raw, self._path = raw, path
        self._most = self._left = most

    def readable(self) -> bool:
        """Return that bytes can be read."""
        return True

    def readinto(self, buffer: Any) -> int:
        """Read some bytes; return how many."""
        count: int = self._raw.readinto(buffer)
        self._left -= count
        if self._left < 0:
            raise GazetteerError(
                f"{self._path}: expected at most {self._most // _MEGABYTE:,} MB of text, got more; split it"
            )
        return count


@contextmanager
def open_bounded(path: Path, most: int) -> Iterator[io.BufferedReader]:
    """Open a regular file for reading, unzipped where its name ends with ``.gz``.

    Args:
        path: The file.
        most: So many bytes of it are read at most, counted when they are unzipped.

    Raises:
        GazetteerError: It is no regular file, cannot be read, is damaged, or is too large.
    """
    try:
        if not stat.S_ISREG(path.stat().st_mode):
            raise GazetteerError(f"{path}: expected a file, got a folder or a device")
        zipped = path.name.lower().endswith(".gz")
        with gzip.open(path, "rb") if zipped else path.open("rb") as raw:
            yield io.BufferedReader(_Bounded(raw, path, most), _BUFFER)
    except (EOFError, zlib.error, gzip.BadGzipFile) as err:
        raise GazetteerError(f"{path}: expected a gzip file that is whole: {err}") from err
    except (OSError, ValueError) as err:  # a NUL in a path is a ValueError
        raise GazetteerError(
            f"{path}: cannot be read: {getattr(err, 'strerror', None) or err}"
        ) from err
