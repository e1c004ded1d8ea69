"""Mentions as JSON lines: one record a line."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import orjson

from geomap.export.atomic import atomic_writer
from geomap.export.rows import each_record

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    import pandas as pd

    from geomap.records import MentionRecord

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


def write_jsonl(mentions: Iterable[MentionRecord] | pd.DataFrame, path: str | Path) -> int:
    """Write mentions as JSON lines, in their order.

    Args:
        mentions: Mention records, which are written as they come, or a mention table.
        path: The file, or ``-`` for standard output.

    Returns:
        The number of mentions written.

    Raises:
        OutputError: The file cannot be written.
    """
    count = 0
    with atomic_writer(path) as file:
        for record in each_record(mentions):
            file.write(to_json(record) + b"\n")
            count += 1
    return count
