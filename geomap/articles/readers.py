"""Articles out of files, folders, patterns and standard input, as one stream."""

from __future__ import annotations

import errno
import hashlib
import io
import sys
from contextlib import contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING, BinaryIO, Final

from geomap.articles.delimited import read_csv
from geomap.articles.fields import read_article_text
from geomap.articles.formats import COLUMNS, RawRecord, read_jsonl, read_text
from geomap.articles.html import read_html
from geomap.articles.inputs import SourceFile, expand_inputs
from geomap.articles.reports import ReadReport, Rejection
from geomap.articles.streams import Unpacked, put_back
from geomap.errors import InputError, NothingReadableError

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from geomap.model import Article

__all__ = ["build_articles", "read_articles"]

#: a given id is cut here
_MAX_ID: Final = 500
#: enough of standard input to tell JSON lines from a text
_PEEK_BYTES: Final = 4_096


class _UniqueIds:
    """Makes ids unique by ``~2``, ``~3`` …; remembers eight bytes of each."""

    def __init__(self) -> None:
        self._seen: set[int] = set()
        self._next: dict[int, int] = {}

    def _take(self, name: str) -> bool:
        """Remember a name; False if it was there."""
        before = len(self._seen)
        self._seen.add(_short_hash(name))
        return len(self._seen) > before

    def claim(self, name: str) -> str:
        """Return the name, or the name with the first number that makes it new."""
        if self._take(name):
            return name
        key = _short_hash(name)
        number = self._next.get(key, 2)
        while not self._take(f"{name}~{number}"):
            number += 1
        self._next[key] = number + 1
        return f"{name}~{number}"


def _short_hash(name: str) -> int:
    digest = hashlib.blake2b(name.encode("utf-8", "replace"), digest_size=8).digest()
    return int.from_bytes(digest, "big")


def _article_id(source: SourceFile, record: RawRecord) -> str:
    """Return the id that was given, else the file's name and the record's number."""
    given = record.fields.get("id")
    if isinstance(given, (str, int)) and not isinstance(given, bool) and str(given).strip():
        return str(given).strip()[:_MAX_ID]
    return source.name if record.number is None else f"{source.name}#{record.number}"


@contextmanager
def _open(source: SourceFile) -> Iterator[tuple[BinaryIO, Unpacked | None]]:
    """Open a file or standard input as bytes, unpacked as they are read; and what unpacks them."""
    if source.format == "stdin":
        if sys.stdin is None:
            raise OSError(errno.EBADF, "standard input is closed")
        yield sys.stdin.buffer, None
        return
    with source.location.open("rb") as stream:
        if source.gzipped:
            unpacked = Unpacked(stream)
            yield io.BufferedReader(unpacked), unpacked
        else:
            yield stream, None


def _stdin_format(stream: BinaryIO) -> tuple[BinaryIO, str]:
    """Return standard input and its format: JSON lines if it begins with a brace, else a text."""
    head = stream.read(_PEEK_BYTES)
    start = head.replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n")
    return put_back(head, stream), "jsonl" if start.startswith(b"{") else "text"


def _read_format(
    stream: BinaryIO,
    source: SourceFile,
    columns: Mapping[str, str],
    day_first: bool | None,  # noqa: FBT001
) -> Iterator[RawRecord | Rejection]:
    """Yield the records of an open file."""
    kind = source.format
    if kind == "stdin":
        stream, kind = _stdin_format(stream)
    if kind == "jsonl":
        yield from read_jsonl(stream, source.path, columns)
    elif kind in ("csv", "tsv"):
        yield from read_csv(stream, source.path, columns, "\t" if kind == "tsv" else ",")
    elif kind == "html":
        yield from read_html(stream, source.path, day_first)
    else:
        yield from read_text(stream, source.path)


def _read_file(
    source: SourceFile,
    columns: Mapping[str, str],
    day_first: bool | None,  # noqa: FBT001
) -> Iterator[RawRecord | Rejection]:
    """Yield the records of a file; where it breaks off, a rejection says so."""
    fault = None
    try:
        with _open(source) as (stream, unpacked):
            for record in _read_format(stream, source, columns, day_first):
                if unpacked is None or unpacked.fault is None or unpacked.given:
                    yield record
            fault = unpacked.fault if unpacked else None
    except OSError as err:
        fault = err.strerror or str(err)
    if fault is not None:
        yield Rejection(path=source.path, reason=f"the file cannot be read to its end: {fault}")


def _build_article(
    source: SourceFile,
    record: RawRecord,
    *,
    article_id: str,
    day_first: bool | None,
    crawled: dt.date | None,
) -> Article:
    fields = record.fields
    return read_article_text(
        fields["text"],
        id=article_id,
        title=fields.get("title"),
        date=fields.get("date"),
        url=fields.get("url"),
        filename=source.name,
        source=fields.get("source"),
        lang=fields.get("lang"),
        spans=fields.get("spans"),
        day_first=day_first,
        crawled=crawled,
        html_date=record.html_date,
    )


def _check_columns(columns: Mapping[str, str] | None) -> Mapping[str, str]:
    """Return the renamed columns if all of them are ours."""
    unknown = sorted(set(columns or ()) - set(COLUMNS))
    if unknown:
        raise InputError(
            f"expected columns among {', '.join(COLUMNS)}, got {unknown[0]!r}; "
            "write it as text=NAME, with the name in your file on the right"
        )
    return columns or {}


def read_articles(
    *inputs: str | Path,
    columns: Mapping[str, str] | None = None,
    strict: bool = False,
    day_first: bool | None = None,
    crawled: dt.date | None = None,
    report: ReadReport | None = None,
    without: Collection[Path] = (),
) -> Iterator[Article]:
    r"""Yield the articles of files, folders, patterns and ``-`` (standard input), as a stream.

    A bad record, a missing file or one with an unknown suffix is counted in ``report``, and
    the rest goes on. Ids are those given, else the path inside the named folder (or the file's
    name) with the record's number; a repeated one gets ``~2``.

    Args:
        *inputs: what to read, in this order; folders are read recursively, sorted by name.
        columns: other names of columns, ours first: ``{"text": "body"}``.
        strict: stop at the first bad record.
        day_first: how "11/06/2016" is read where an article does not tell.
        crawled: the day on which the pages were taken, from which "2 days ago" counts.
        report: where to count; it is filled while the articles are taken.
        without: files that are left out, whatever folder or pattern they are in.

    Raises:
        RecordError: at the first bad record, if ``strict``.
        NothingReadableError: at the end, if there was no article; the message says why.
        InputError: if ``columns`` names one that geomap does not know.

    >>> from pathlib import Path
    >>> _ = Path("a.txt").write_text("Market reopens\n\nRaqqa, 5 March 2018 - The market reopened.\n")
    >>> [article] = read_articles("a.txt")
    >>> article.id, article.published.start.isoformat()
    ('a.txt', '2018-03-05')
    """
    for given in inputs:
        if hasattr(given, "columns"):
            raise InputError(
                "read_articles reads files and folders: geomap.articles_from_frame(frame, text=…) reads a frame"
            )
    report = ReadReport() if report is None else report
    renamed = _check_columns(columns)
    return _read_articles(
        inputs, renamed, report, without, strict=strict, day_first=day_first, crawled=crawled
    )


def _read_articles(
    inputs: Sequence[str | Path],
    columns: Mapping[str, str],
    report: ReadReport,
    without: Collection[Path],
    *,
    strict: bool,
    day_first: bool | None,
    crawled: dt.date | None,
) -> Iterator[Article]:
    before = report.read
    records = (
        (source, record)
        for source in expand_inputs(inputs, report, strict=strict)
        if source.location not in without
        for record in _read_file(source, columns, day_first)
    )
    yield from build_articles(records, report, strict=strict, day_first=day_first, crawled=crawled)
    if report.read == before:
        raise NothingReadableError(report.describe_failure())


def build_articles(
    records: Iterable[tuple[SourceFile, RawRecord | Rejection]],
    report: ReadReport,
    *,
    strict: bool,
    day_first: bool | None,
    crawled: dt.date | None,
) -> Iterator[Article]:
    """Yield the articles of raw records, each under an id of its own, and count them and what is none.

    Raises:
        RecordError: At the first bad record, if ``strict``.
    """
    ids = _UniqueIds()
    for source, record in records:
        if isinstance(record, Rejection):
            report.reject(record, strict=strict)
            continue
        try:
            article = _build_article(
                source,
                record,
                article_id=_article_id(source, record),
                day_first=day_first,
                crawled=crawled,
            )
        except InputError as err:
            bad = Rejection(path=source.path, line=record.line, reason=str(err))
            report.reject(bad, strict=strict)
            continue
        if record.fault is not None:
            fault = Rejection(path=source.path, line=record.line, reason=record.fault)
            report.repair(fault, strict=strict)
        article = _with_unique_id(article, ids)
        report.adopt(record.adopted)
        report.count(article, guessed=record.guessed, date=record.fields.get("date"))
        yield article


def _with_unique_id(article: Article, ids: _UniqueIds) -> Article:
    """Return the article under an id that no other has."""
    unique = ids.claim(article.id)
    return article if unique == article.id else replace(article, id=unique)
