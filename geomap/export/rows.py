"""What all writers share: mentions as records or as a table, a file that appears whole, a count."""

from __future__ import annotations

import contextlib
from typing import IO, TYPE_CHECKING, cast

from geomap.export.atomic import atomic_writer

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    import pandas as pd

    from geomap.records import MentionRecord

    Mentions = Iterable[MentionRecord] | pd.DataFrame

__all__ = ["CountedRecords", "open_records"]


class CountedRecords:
    """Records as they come; ``count`` tells how many came."""

    def __init__(self, records: Iterable[MentionRecord]) -> None:
        self.count = 0
        self._records = records

    def __iter__(self) -> Iterator[MentionRecord]:
        for record in self._records:
            self.count += 1
            yield record


@contextlib.contextmanager
def open_records(
    mentions: Mentions, path: str | Path
) -> Iterator[tuple[IO[bytes], CountedRecords]]:
    """Open the file to write and the mentions to write into it.

    Args:
        mentions: Mention records, which come as they are, or a mention table.
        path: The file, which appears under its name when all is written, or ``-`` for standard output.

    Raises:
        OutputError: The file cannot be written.
        TableError: The table lacks a column.
    """
    with atomic_writer(path) as file:
        yield file, CountedRecords(_each_record(mentions))


def _each_record(mentions: Mentions) -> Iterable[MentionRecord]:
    """Return the records of a table; pandas is opened for it alone, so that records stream without."""
    if not hasattr(mentions, "columns"):
        return mentions
    from geomap.tables import table_records  # noqa: PLC0415 - pandas takes half a second

    return table_records(cast("pd.DataFrame", mentions))
