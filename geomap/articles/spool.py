"""Articles laid down in a temporary file, so that a stream can be read twice.

The file has no name where the system allows that: nothing of it stays, however the run ends.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import marshal
import tempfile
from array import array
from typing import TYPE_CHECKING, Any, Final, Self

from geomap.errors import OutputError
from geomap.model import UNKNOWN_DATE, Article, DateSpan

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


def _to_plain(article: Article) -> tuple[Any, ...]:
    """Return an article as what marshal knows."""
    date = article.published
    days = (
        None
        if date.start is None or date.end is None
        else (date.start.toordinal(), date.end.toordinal())
    )
    return (
        (article.id, article.text, article.title, article.url, article.source, article.lang),
        article.spans,
        (days, date.precision, date.source, date.ambiguous),
    )


def _from_plain(plain: tuple[Any, ...]) -> Article:
    (name, text, title, url, source, lang), spans, date = plain
    return Article(
        id=name,
        text=text,
        title=title,
        published=_read_date(date),
        url=url,
        source=source,
        lang=lang,
        spans=spans,
    )


_UNDATED: Final = (None, "unknown", None, False)


def _read_date(plain: tuple[Any, ...]) -> DateSpan:
    days, precision, source, ambiguous = plain
    if plain == _UNDATED:
        return UNKNOWN_DATE
    start, end = map(dt.date.fromordinal, days) if days else (None, None)
    return DateSpan(start=start, end=end, precision=precision, source=source, ambiguous=ambiguous)
