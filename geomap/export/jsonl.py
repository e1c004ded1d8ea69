"""Mentions as JSON lines: one record a line."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

import orjson

from geomap.export.rows import open_records

if TYPE_CHECKING:
    from pathlib import Path

    from geomap.export.rows import Mentions
    from geomap.schema import Schema

__all__ = ["to_json", "write_jsonl"]


def _without_surrogates(value: Any) -> Any:
    if isinstance(value, str):
        return value.encode("utf-8", "replace").decode()
    if isinstance(value, dict):
        return {key: _without_surrogates(item) for key, item in value.items()}
    return value


def to_json(value: Any) -> bytes:
    """Return a value as JSON in UTF-8.

    Halves of surrogate pairs, which only broken input holds, become question marks. Codes that a terminal obeys
    are escaped: JSON lines are often looked at there.
    """
    try:
        raw = orjson.dumps(value)
    except orjson.JSONEncodeError:
        raw = orjson.dumps(_without_surrogates(value))
    # most records hold none of the bytes that these begin with, which costs less to find out
    return _COMMANDS.sub(_escape, raw) if any(map(raw.__contains__, _STARTS)) else raw


#: in UTF-8: DEL, the controls C1, marks that change the direction; orjson escapes those below the space
_COMMANDS: Final = re.compile(rb"\x7f|\xc2[\x80-\x9f]|\xe2\x80[\xa8-\xae]|\xe2\x81[\xa6-\xa9]")
_STARTS: Final = (b"\x7f", b"\xc2", b"\xe2")


def _escape(found: re.Match[bytes]) -> bytes:
    return b"\\u%04x" % ord(found[0].decode())


def write_jsonl(mentions: Mentions, path: str | Path, *, schema: Schema | None = None) -> int:
    """Write mentions as JSON lines, in their order.

    Arguments, result and errors are those of every writer of :mod:`geomap.export`.

    >>> import geomap
    >>> articles = [geomap.Article(id="1", text="The market of Raqqa reopened.")]
    >>> write_jsonl(geomap.find_mentions(articles), "mentions.jsonl")
    1
    """
    with open_records(mentions, path, schema) as (file, records):
        for record in records:
            file.write(to_json(record) + b"\n")
    return records.count
