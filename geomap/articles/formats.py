"""Texts and JSON lines: a stream of raw records, and of rejections where one is bad."""

from __future__ import annotations

import codecs
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, BinaryIO, Final

from geomap.articles.aliases import find_aliases
from geomap.articles.encodings import decode_bytes
from geomap.articles.reports import Rejection
from geomap.articles.text_lines import MAX_RECORD_BYTES, TOO_LONG, EndlessLineError, Lines

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from geomap.model import DateSpan

__all__ = ["COLUMNS", "RawRecord", "list_names", "read_jsonl", "read_limited", "read_text"]

#: the columns that geomap knows; all but text may be missing
COLUMNS: Final = ("id", "title", "text", "date", "url", "source", "lang")


@dataclass(frozen=True, slots=True, kw_only=True)
class RawRecord:
    """The fields of one article as they stand in a file.

    ``number`` counts the records of the file from 1; None where a file is one article.
    ``fault`` says what was wrong with its bytes, which were read all the same; ``guessed`` is the
    encoding where nothing but these told it. ``adopted`` are pairs of a field and the column of another name that it was
    read from.
    """

    fields: Mapping[str, Any]
    line: int | None = None
    number: int | None = None
    html_date: DateSpan | None = None
    fault: str | None = None
    guessed: str | None = None
    adopted: tuple[tuple[str, str], ...] = ()


def read_limited(stream: BinaryIO) -> bytes:
    """Return a whole stream's bytes.

    Raises:
        ValueError: if there are more than a record may have.
    """
    content = stream.read(MAX_RECORD_BYTES + 1)
    if len(content) > MAX_RECORD_BYTES:
        raise ValueError(TOO_LONG)
    return content


def read_text(stream: BinaryIO, path: str) -> Iterator[RawRecord | Rejection]:
    """Yield the one article of a text file; its text is the decoded content, line ends and all."""
    try:
        found = decode_bytes(read_limited(stream))
    except ValueError as err:
        yield Rejection(path=path, reason=str(err))
        return
    yield RawRecord(fields={"text": found.text}, fault=found.fault, guessed=found.guessed)


def _loads(line: bytes, lines: Lines) -> Any:
    """Parse one line of JSON.

    Raises:
        ValueError: with a reason that a user understands.
    """
    import orjson  # noqa: PLC0415 - costs 20 ms, and only JSON lines need it

    line = line.removeprefix(codecs.BOM_UTF8)  # of a file that was put behind another one
    try:
        return orjson.loads(line)
    except orjson.JSONDecodeError as err:
        first = err
    text = lines.decode(line)
    try:
        return orjson.loads(text.encode())
    except orjson.JSONDecodeError as err:
        if "surrogate" in str(first):
            raise ValueError(f"broken JSON: a lone surrogate, half a character ({err})") from err
        if "NaN" in text or "infinity" in text.lower() or "infinity" in str(first):
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


def _check_record(
    record: Any, columns: Mapping[str, str]
) -> tuple[Mapping[str, Any], tuple[tuple[str, str], ...]]:
    """Return a record under our own names, and which of them it had under others that are known."""
    if not isinstance(record, dict):
        raise ValueError(f"expected a JSON object, got {type(record).__name__}")  # noqa: TRY004
    renamed = _rename(record, columns)
    adopted = find_aliases(tuple(record), frozenset((*columns, *columns.values())))
    if adopted:
        renamed = {**renamed, **{ours: record[theirs] for ours, theirs in adopted}}
    if renamed.get("text") is None:
        raise ValueError(
            f"the text is missing: no field {columns.get('text', 'text')!r} among {list_names(record)}"
        )
    return renamed, adopted


def list_names(names: Any) -> str:
    """Return names for a message, bounded."""
    return (", ".join(repr(str(name)[:40]) for name in list(names)[:12]) or "none")[:300]


def read_jsonl(
    stream: BinaryIO, path: str, columns: Mapping[str, str]
) -> Iterator[RawRecord | Rejection]:
    """Yield the records of JSON lines; empty lines are none."""
    lines = Lines(stream)
    number = 0
    while True:
        try:
            line = lines.read_bytes()
        except EndlessLineError as err:
            yield Rejection(path=path, line=lines.number, reason=str(err))
            return
        except ValueError as err:
            yield Rejection(path=path, line=lines.number, reason=str(err))
            continue
        if not line:
            return
        for part in _split(line, lines):
            number += 1
            yield _read_line(part, lines, path, columns, number)


def _split(line: bytes, lines: Lines) -> Iterator[bytes]:
    """Yield a line, or the records in it where carriage returns end these; nothing of an empty one."""
    if line.isspace():
        return
    parts = [part for part in line.split(b"\r") if part and not part.isspace()]
    if len(parts) == 1 or _is_json(line, lines):
        yield line
    elif any(_is_json(part, lines) for part in parts):
        yield from parts
    else:
        yield line


def _is_json(line: bytes, lines: Lines) -> bool:
    try:
        _loads(line, lines)
    except ValueError:
        return False
    return True


def _read_line(
    line: bytes, lines: Lines, path: str, columns: Mapping[str, str], number: int
) -> RawRecord | Rejection:
    """Return the record of one line of JSON, or why there is none."""
    lines.forget()
    try:
        fields, adopted = _check_record(_loads(line, lines), columns)
    except ValueError as err:
        return Rejection(path=path, line=lines.number, reason=str(err))
    return RawRecord(
        fields=fields,
        line=lines.number,
        number=number,
        fault=lines.fault,
        guessed=lines.guessed,
        adopted=adopted,
    )
