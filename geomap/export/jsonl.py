"""Mentions as JSON lines: one record a line."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import orjson

from geomap.export.rows import open_records

if TYPE_CHECKING:
    from pathlib import Path

    from geomap.export.rows import Mentions

__all__ = ["to_json", "write_jsonl"]


def _without_surrogates(value: Any) -> Any:
    if isinstance(value, str):
        return value.encode("utf-8", "replace").decode()
    if isinstance(value, dict):
        return {key: _without_surrogates(item) for key, item in value.items()}
    return value


def to_json(value: Any) -> bytes:
    """Return a value as JSON in UTF-8.

    Halves of surrogate pairs, which only broken input holds, become question marks.
    """
    try:
        return orjson.dumps(value)
    except orjson.JSONEncodeError:
        return orjson.dumps(_without_surrogates(value))


def write_jsonl(mentions: Mentions, path: str | Path) -> int:
    """Write mentions as JSON lines, in their order.

    Arguments, result and errors are those of every writer of :mod:`geomap.export`.
    """
    with open_records(mentions, path) as (file, records):
        for record in records:
            file.write(to_json(record) + b"\n")
    return records.count
