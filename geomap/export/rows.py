"""What all writers share: mentions as records or as a table, a file that appears whole, a count."""

from __future__ import annotations

import contextlib
import itertools
from pathlib import Path
from typing import IO, TYPE_CHECKING, Final, Self, cast

from geomap.conform import conform_records, extra_names, read_cell, word_faults
from geomap.errors import TableError
from geomap.runtime.atomic import atomic_writer
from geomap.schema import COLUMNS, MENTIONS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    import pandas as pd

    from geomap.schema import MentionRecord, Schema

    Mentions = Iterable[MentionRecord] | pd.DataFrame | str | Path

__all__ = ["CountedRecords", "Written", "count_records", "open_records"]


_KNOWN: Final = frozenset(COLUMNS)


class Written(int):
    """The number of mentions that were written, and what is to be said of them.

    Attributes:
        notes: What the format could not hold, or what a person should know, one line each.
        files: What was written beside the target.

    >>> Written(3), Written(3) == 3, Written(3, notes=("2 texts were cut",)).notes
    (Written(3), True, ('2 texts were cut',))
    """

    notes: tuple[str, ...]
    files: tuple[Path, ...]

    def __new__(cls, count: int, *, notes: Iterable[str] = (), files: Iterable[Path] = ()) -> Self:
        """Make one."""
        made = super().__new__(cls, count)
        made.notes, made.files = tuple(notes), tuple(files)
        return made

    @classmethod
    def of(cls, count: int) -> Written:
        """Return what a writer returned, which may be a plain number."""
        return count if isinstance(count, Written) else cls(count)

    def __repr__(self) -> str:
        return f"{type(self).__name__}({int(self)})"


class CountedRecords:
    """Records as they come, all with the same columns in their order; ``count`` tells how many came.

    Args:
        records: The records; the first of them says which columns they have beside those of the schema.
        extras: These columns, where they are known.
        schema: The columns to take, and no others; None for those of the mention record and a user's own behind them.

    Raises:
        TableError: A record lacks a column, or has one that the first lacks.
    """

    def __init__(
        self,
        records: Iterable[MentionRecord],
        extras: Sequence[str] | None = None,
        schema: Schema | None = None,
    ) -> None:
        self.count = 0
        self._records = conform_records(records)
        self._first: list[MentionRecord] = []
        self._extras = extras if schema is None else ()
        self.schema = schema or MENTIONS
        self._wanted = schema

    @property
    def extras(self) -> tuple[str, ...]:
        """A user's own columns, in their order."""
        if self._extras is None:
            self._first = list(itertools.islice(self._records, 1))
            self._extras = extra_names(self._first[0]) if self._first else ()
        return tuple(self._extras)

    @property
    def columns(self) -> tuple[str, ...]:
        """All columns, in their order."""
        return (*self.schema.names, *self.extras)

    def __iter__(self) -> Iterator[MentionRecord]:
        return (record for _, record in self.pairs())

    def pairs(self) -> Iterator[tuple[MentionRecord, MentionRecord]]:
        """Yield each record, and what is to be written of it."""
        names = self.columns
        for record in itertools.chain(self._first, self._records):
            self.count += 1
            if self._wanted is not None:
                yield record, self._read(record, self._wanted)
            else:
                taken = record if tuple(record) == names else _select(record, names)
                yield taken, taken

    def _read(self, record: MentionRecord, schema: Schema) -> MentionRecord:
        """Return the columns of a schema; those of the mention record are read already."""
        cells = cast("dict[str, object]", record)
        taken = {}
        for column in schema.columns:
            cell = cells.get(column.name)
            try:
                taken[column.name] = cell if column.name in _KNOWN else read_cell(column, cell)
            except ValueError as err:
                raise word_faults(f"mention {self.count:,}", [f"{column.name}: {err}"]) from err
        return cast("MentionRecord", taken)


def _select(record: MentionRecord, names: tuple[str, ...]) -> MentionRecord:
    """Return the wanted columns of a record; None where it lacks one of a user's own."""
    other = [name for name in extra_names(record) if name not in names]
    if other:
        raise TableError(
            f"a mention record has the column {other[0]!r}, which the first one lacks: give all records the same "
            "columns, or make a table of them with geomap.mentions_table"
        )
    cells = cast("dict[str, object]", record)
    return cast("MentionRecord", {name: cells.get(name) for name in names})


@contextlib.contextmanager
def open_records(
    mentions: Mentions, path: str | Path, schema: Schema | None = None
) -> Iterator[tuple[IO[bytes], CountedRecords]]:
    """Open the file to write and the mentions to write into it.

    Args:
        mentions: Mention records, which come as they are, or a mention table.
        path: The file, which appears under its name when all is written, or ``-`` for standard output.
        schema: The columns to write; None for those of the mention record and a user's own.

    Raises:
        OutputError: The file cannot be written.
        TableError: The table lacks a column.
    """
    with atomic_writer(path) as file:
        yield file, count_records(mentions, schema)


def count_records(mentions: Mentions, schema: Schema | None = None) -> CountedRecords:
    """Return the records of a table, a file, or a stream; pandas is not opened for the last."""
    if isinstance(mentions, CountedRecords):
        return mentions
    if not hasattr(mentions, "columns") and not isinstance(mentions, str | Path):
        return CountedRecords(mentions, schema=schema)
    from geomap.tables import read_table, table_records  # noqa: PLC0415 - pandas takes half a second

    table = read_table(cast("pd.DataFrame | str | Path", mentions))
    return CountedRecords(table_records(table), extra_names(table.columns), schema)
