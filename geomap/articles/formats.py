"""One reader for each format: a stream of raw records, and of rejections where one is bad."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, BinaryIO, Final

from geomap.articles.encodings import UndecodableError, decode_bytes, find_encoding, open_utf8
from geomap.articles.reports import Rejection

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from geomap.model import DateSpan

__all__ = ["COLUMNS", "RawRecord", "read_csv", "read_jsonl", "read_text"]

#: the columns that geomap knows; all but text may be missing
COLUMNS: Final = ("id", "title", "text", "date", "url", "source", "lang")
#: a record's bytes: three times the longest text, for escapes and wide encodings
MAX_RECORD_BYTES: Final = 64 * 1024 * 1024
#: how the rest of a line that is too long is passed over
_BLOCK: Final = 1024 * 1024
_TOO_LONG: Final = f"the record is longer than {MAX_RECORD_BYTES // 1024 // 1024} MB"


@dataclass(frozen=True, slots=True, kw_only=True)
class RawRecord:
    """The fields of one article as they stand in a file.

    ``number`` counts the records of the file from 1; None where a file is one article.
    """

    fields: Mapping[str, Any]
    line: int | None = None
    number: int | None = None
    html_date: DateSpan | None = None


def read_limited(stream: BinaryIO) -> bytes:
    """Return a whole stream's bytes.

    Raises:
        ValueError: if there are more than a record may have.
    """
    content = stream.read(MAX_RECORD_BYTES + 1)
    if len(content) > MAX_RECORD_BYTES:
        raise ValueError(_TOO_LONG)
    return content


def read_text(stream: BinaryIO, path: str) -> Iterator[RawRecord | Rejection]:
    """Yield the one article of a text file; its text is the decoded content, line ends and all."""
    try:
        yield RawRecord(fields={"text": decode_bytes(read_limited(stream))})
    except ValueError as err:
        yield Rejection(path=path, reason=str(err))


class _Lines:
    """The lines of a stream as text, numbered; each is bounded, and a bad one raises ValueError.

    Unlike a generator it goes on after an error. ``budget`` bounds the bytes that a record of
    several lines may take; a reader renews it for each record.
    """

    def __init__(self, stream: BinaryIO) -> None:
        self._stream, self._encoding, self._replaced = open_utf8(stream)
        self._legacy_tried = self._encoding is not None
        self.number = 0
        self.budget = MAX_RECORD_BYTES

    def __iter__(self) -> _Lines:
        return self

    def read_bytes(self) -> bytes:
        """Return the next line as UTF-8 or in the file's encoding; empty at the end."""
        line = self._stream.readline(MAX_RECORD_BYTES + 1)
        self.number += bool(line)
        if len(line) > MAX_RECORD_BYTES:
            while line and not line.endswith(b"\n"):
                line = self._stream.readline(_BLOCK)
            raise ValueError(_TOO_LONG)
        return line

    def decode(self, line: bytes) -> str:
        """Return a line's text: UTF-8, else the encoding that the file's head, or it, is in."""
        try:
            text = line.decode("utf-8")
        except UnicodeDecodeError as err:
            if not self._legacy_tried:
                self._legacy_tried = True
                self._encoding = find_encoding(line, cut=False)
            if self._encoding is None or self._encoding == "utf-8":
                raise UndecodableError(
                    f"undecodable bytes: {err.reason} at byte {err.start}"
                ) from err
            return self._decode_legacy(line, self._encoding)
        if self._replaced and "\ufffd" in text:
            raise UndecodableError("undecodable bytes")
        return text

    @staticmethod
    def _decode_legacy(line: bytes, encoding: str) -> str:
        try:
            return line.decode(encoding)
        except (UnicodeError, LookupError) as err:
            raise UndecodableError(f"undecodable bytes: neither UTF-8 nor {encoding}") from err

    def __next__(self) -> str:
        line = self.read_bytes()
        if not line:
            raise StopIteration
        self.budget -= len(line)
        if self.budget < 0:
            raise ValueError(f"{_TOO_LONG}; is a quotation mark missing?")
        text = self.decode(line)
        if "\0" in text:
            raise ValueError("the line holds NUL characters")
        return text


def _loads(line: bytes, lines: _Lines) -> Any:
    """Parse one line of JSON.

    Raises:
        ValueError: with a reason that a user understands.
    """
    import orjson  # noqa: PLC0415 - costs 20 ms, and only JSON lines need it

    try:
        return orjson.loads(line)
    except orjson.JSONDecodeError as err:
        text = lines.decode(line)
        if not line.isascii() and text.encode() != line:
            return _loads(text.encode(), lines)
        if "surrogate" in str(err):
            raise ValueError(f"broken JSON: a lone surrogate, half a character ({err})") from err
        if "NaN" in text or "Infinity" in text:
            return _loads_loosely(text)
        raise ValueError(f"broken JSON: {err}") from err


def _loads_loosely(text: str) -> Any:
    """Parse JSON with NaN in it, as other tools write for what is missing."""
    import json  # noqa: PLC0415

    try:
        return json.loads(text, parse_constant=lambda _name: None)
    except RecursionError as err:
        raise ValueError("broken JSON: nested too deeply") from err


def _rename(record: Mapping[str, Any], columns: Mapping[str, str]) -> Mapping[str, Any]:
    """Return a record under our own names: ``columns`` maps ours to the file's."""
    if not columns:
        return record
    renamed = {name: value for name, value in record.items() if name not in columns}
    return renamed | {ours: record[theirs] for ours, theirs in columns.items() if theirs in record}


def _check_record(record: Any, columns: Mapping[str, str]) -> Mapping[str, Any]:
    if not isinstance(record, dict):
        raise ValueError(f"expected a JSON object, got {type(record).__name__}")  # noqa: TRY004
    renamed = _rename(record, columns)
    if renamed.get("text") is None:
        raise ValueError(
            f"the text is missing: no field {columns.get('text', 'text')!r} among {_listed(record)}"
        )
    return renamed


def _listed(names: Any) -> str:
    """Return names for a message, bounded."""
    return (", ".join(repr(str(name)[:40]) for name in list(names)[:12]) or "none")[:300]


def read_jsonl(
    stream: BinaryIO, path: str, columns: Mapping[str, str]
) -> Iterator[RawRecord | Rejection]:
    """Yield the records of JSON lines; empty lines are none."""
    lines = _Lines(stream)
    number = 0
    while True:
        try:
            line = lines.read_bytes()
            if not line:
                return
            if line.isspace():
                continue
            number += 1
            fields = _check_record(_loads(line, lines), columns)
        except ValueError as err:
            yield Rejection(path=path, line=lines.number, reason=str(err))
            continue
        yield RawRecord(fields=fields, line=lines.number, number=number)


def _read_head(rows: Iterator[list[str]], columns: Mapping[str, str]) -> list[str]:
    """Return the header row under our own names.

    Raises:
        ValueError: if no column holds the text.
    """
    theirs_to_ours = {theirs: ours for ours, theirs in columns.items()}
    names = [name.strip() for name in next(rows, [])]
    head = [theirs_to_ours.get(name, "" if name in columns else name.lower()) for name in names]
    if "text" not in head:
        raise ValueError(
            f"no column {columns.get('text', 'text')!r} among {_listed(names)}; "
            "the first row names the columns, and --column text=NAME says which one is the text"
        )
    return head


def _check_row(row: list[str], head: list[str]) -> dict[str, str]:
    if len(row) > len(head):
        raise ValueError(f"the row has {len(row)} fields, more than the {len(head)} columns")
    fields = {name: value for name, value in zip(head, row, strict=False) if value}
    if "text" not in fields:
        raise ValueError("the text is missing or empty")
    return fields


def read_csv(
    stream: BinaryIO, path: str, columns: Mapping[str, str], delimiter: str
) -> Iterator[RawRecord | Rejection]:
    """Yield the rows of a table whose first row names the columns; empty rows are none."""
    csv.field_size_limit(max(csv.field_size_limit(), MAX_RECORD_BYTES))
    lines = _Lines(stream)
    rows = csv.reader(lines, delimiter=delimiter)
    try:
        head = _read_head(rows, columns)
    except (ValueError, csv.Error) as err:
        yield Rejection(path=path, line=max(1, lines.number), reason=str(err))
        return
    number = 0
    while True:
        first, lines.budget = lines.number + 1, MAX_RECORD_BYTES
        try:
            row = next(rows)
            if not row:
                continue
            number += 1
            fields = _check_row(row, head)
        except StopIteration:
            return
        except (ValueError, csv.Error) as err:
            yield Rejection(path=path, line=first, reason=str(err))
            rows = csv.reader(lines, delimiter=delimiter)  # the old one stays inside the bad row
            continue
        yield RawRecord(fields=fields, line=first, number=number)
