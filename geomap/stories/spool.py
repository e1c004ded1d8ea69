"""Articles laid down in a temporary file, so that a stream can be read twice.

The file has no name where the system allows that: nothing of it stays, however the run ends.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import marshal
import tempfile
from array import array
from dataclasses import fields
from typing import TYPE_CHECKING, Any, Final, Self

from geomap.errors import OutputError
from geomap.model import UNKNOWN_DATE, Article, DateSpan, Story

if TYPE_CHECKING:
    from types import TracebackType

__all__ = ["ArticleSpool"]


class ArticleSpool:
    """Articles in the order in which they were added; 8 bytes of each are kept in memory.

    Raises:
        OutputError: The temporary file cannot be made, written or read.
    """

    def __init__(self) -> None:
        try:
            self._file = tempfile.TemporaryFile(prefix="geomap-")  # noqa: SIM115 - see __exit__
        except OSError as err:
            raise _failure(err, 0) from err
        self._starts = array("Q", [0])

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        _kind: type[BaseException] | None,
        _error: BaseException | None,
        _trace: TracebackType | None,
    ) -> None:
        # what a full disk could not take is not wanted any more
        with contextlib.suppress(OSError):
            self._file.close()

    def __len__(self) -> int:
        return len(self._starts) - 1

    def add(self, article: Article) -> None:
        """Lay one article down."""
        record = marshal.dumps(_to_plain(article))
        size = self._starts[-1]
        try:
            self._file.write(record)
        except OSError as err:
            raise _failure(err, size) from err
        self._starts.append(size + len(record))

    def read(self, number: int) -> Article:
        """Return the article that was added as the ``number``-th, counted from 0."""
        start, end = self._starts[number], self._starts[number + 1]
        try:
            self._file.seek(start)
            record = self._file.read(end - start)
        except OSError as err:
            raise _failure(err, self._starts[-1]) from err
        return _from_plain(marshal.loads(record))  # noqa: S302 - we wrote it, and nobody else can


def _failure(err: OSError, size: int) -> OutputError:
    return OutputError(
        f"looking for copies lays the articles down in a temporary file, which {_folder()} cannot "
        f"hold: {err.strerror or err} (after {size / 1e6:,.0f} MB); let TMPDIR name a folder with "
        "room for all articles, or do not look for copies (--no-stories)"
    )


def _folder() -> str:
    try:
        return tempfile.gettempdir()
    except OSError:
        return "none of the usual folders"


def _to_plain(value: Any) -> Any:
    """Return an article, and whatever its fields hold, as what marshal knows."""
    if isinstance(value, dt.date):
        return value.toordinal()
    if isinstance(value, Article | DateSpan | Story):
        return tuple([_to_plain(getattr(value, name)) for name in _FIELDS[type(value)]])
    return value


def _from_plain(plain: tuple[Any, ...]) -> Article:
    held = dict(zip(_FIELDS[Article], plain, strict=True))
    held["published"] = _read_date(held["published"])
    if held["story"] is not None:
        held["story"] = Story(**dict(zip(_FIELDS[Story], held["story"], strict=True)))
    return Article(**held)


def _read_date(plain: tuple[Any, ...]) -> DateSpan:
    if plain == _UNDATED:
        return UNKNOWN_DATE
    held = dict(zip(_FIELDS[DateSpan], plain, strict=True))
    for name in ("start", "end"):
        if held[name] is not None:
            held[name] = dt.date.fromordinal(held[name])
    return DateSpan(**held)


#: the fields of what is laid down, from its own definition: none that is added there is forgotten here
_FIELDS: Final = {kind: tuple(f.name for f in fields(kind)) for kind in (Article, DateSpan, Story)}
_UNDATED: Final = _to_plain(UNKNOWN_DATE)
