"""Take mentions as records or as a table: all writers accept both."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

if TYPE_CHECKING:
    from collections.abc import Iterable

    import pandas as pd

    from geomap.records import MentionRecord

__all__ = ["each_record"]


def each_record(mentions: Iterable[MentionRecord] | pd.DataFrame) -> Iterable[MentionRecord]:
    """Return the records of a mention table; records themselves are returned as they are.

    pandas is opened only for a table, so that records stream without it.

    Raises:
        TableError: The table lacks a column.
    """
    if not hasattr(mentions, "columns"):
        return mentions
    from geomap.tables import table_records  # noqa: PLC0415 - pandas takes half a second

    return table_records(cast("pd.DataFrame", mentions))
