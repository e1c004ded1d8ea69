"""What a run is given: articles, mention tables, or both, told apart by their columns."""

from __future__ import annotations

import contextlib
import re
import shutil
import sys
import tempfile
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, cast

from geomap.articles.inputs import STDIN, expand_inputs, match_input, split_suffix
from geomap.articles.reports import ReadReport
from geomap.conform import extra_names, looks_like_mentions
from geomap.errors import InputError
from geomap.runtime.expecting import refusal
from geomap.schema import COLUMNS
from geomap.tablefiles import TABLE_SUFFIXES, TableFile, find_table, is_table

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

    import pandas as pd

    from geomap.records import MentionRecord

__all__ = ["Intake", "TableReport", "list_inputs", "own_cells", "split_inputs"]

#: enough of standard input to see the names of its columns
_PEEK: Final = 8_192
_KEY: Final = re.compile(rb'"(\w{1,100})"\s*:')
#: suffixes of tables that articles can have as well
_SHARED: Final = frozenset({".csv", ".tsv", ".jsonl", ".ndjson"})


@dataclass(slots=True)
class TableReport:
    """What was read from mention tables.

    Attributes:
        tables: How many there were.
        mentions: How many mentions they hold.
        left_out: How many were left out, since they lie in a folder of articles.
    """

    tables: int = 0
    mentions: int = 0
    left_out: int = 0

    _inputs: dict[str, int] = field(default_factory=dict)
    _shared: set[str] = field(default_factory=set)

    @property
    def shared(self) -> int:
        """How many articles have mentions in more than one input."""
        return len(self._shared)

    def note(self, article_ids: Iterable[str], number: int) -> None:
        """Remember which input the mentions of some articles are from."""
        for article_id in article_ids:
            if self._inputs.setdefault(article_id, number) != number:
                self._shared.add(article_id)

    def noted(self, records: Iterator[MentionRecord]) -> Iterator[MentionRecord]:
        """Yield the mentions of articles, and remember which these are."""
        for record in records:
            self._inputs[record["article_id"]] = 0
            yield record


@dataclass(frozen=True)
class Intake:
    """What a run is given.

    Attributes:
        articles: Files, folders, patterns and ``-`` that articles are read from.
        tables: Files of mention tables, and frames.
        left_out: Tables in a folder of articles, which would count its mentions twice.
    """

    articles: tuple[str | Path, ...]
    tables: tuple[TableFile | pd.DataFrame, ...]
    left_out: frozenset[Path] = frozenset()

    def extras(self) -> tuple[str, ...]:
        """Return the columns of a user's own that any of the tables has.

        Raises:
            TableError: A table cannot be read.
        """
        names: dict[str, None] = {}
        for table in self.tables:
            columns = table.names if isinstance(table, TableFile) else map(str, table.columns)
            names.update(dict.fromkeys(extra_names(columns)))
        return tuple(names)

    def pieces(
        self,
        report: TableReport,
        *,
        coded: bool = False,
        whole: bool = False,
        without: Collection[str] = (),
    ) -> Iterator[pd.DataFrame]:
        """Yield the mentions of the tables by pieces, each a mention table, and count them.

        Args:
            report: Where they are counted.
            coded: Whether texts may come as categories, and the next two: see :func:`geomap.tables.iter_table`.
            whole: Whether a table may be one piece.
            without: Columns of texts that nobody wants.

        Raises:
            TableError: A table cannot be read.
        """
        if not self.tables:
            return
        from geomap.tables import conform_frame, iter_table  # noqa: PLC0415 - pandas

        several = len(self.tables) + bool(self.articles) > 1
        for number, table in enumerate(self.tables, start=1):
            if isinstance(table, TableFile):
                pieces = iter_table(table, coded=coded, whole=whole, without=without)
            else:
                pieces = iter((conform_frame(table, coded=coded, without=without),))
            for piece in pieces:
                report.mentions += len(piece)
                if several:
                    report.note(piece["article_id"].unique().tolist(), number)
                yield piece

    def table_records(self, report: TableReport) -> Iterator[MentionRecord]:
        """Yield the mentions of the tables, and count them.

        Raises:
            TableError: A table cannot be read.
        """
        for piece in self.pieces(report):
            from geomap.tables import table_records  # noqa: PLC0415 - pandas

            yield from table_records(piece)

    def read_tables(self, report: TableReport) -> pd.DataFrame:
        """Return the mentions of the tables as one table, whose texts may be categories, and count them.

        Raises:
            TableError: A table cannot be read.
        """
        from geomap.tables import join_tables  # noqa: PLC0415 - pandas

        return join_tables(list(self.pieces(report, coded=True, whole=True)))


def own_cells(record: MentionRecord) -> dict[str, Any]:
    """Return the cells of a record that stand in a user's own columns."""
    cells = cast("dict[str, Any]", record)
    return {name: cells[name] for name in extra_names(cells)} if len(cells) > len(COLUMNS) else {}


def list_inputs(inputs: object) -> tuple[Any, ...]:
    """Return the inputs as they were given; one alone as one, not letter by letter.

    Raises:
        InputError: One of them is neither a path nor a frame.

    >>> list_inputs("articles"), list_inputs(["a.txt", "b.txt"])
    (('articles',), ('a.txt', 'b.txt'))
    """
    if isinstance(inputs, str | Path) or hasattr(inputs, "columns"):
        return (inputs,)
    found = tuple(inputs) if isinstance(inputs, Iterable) else (inputs,)
    for one in found:
        if not isinstance(one, str | Path) and not hasattr(one, "columns"):
            raise refusal("files, folders and mention tables in the list", one)
    return found


@contextlib.contextmanager
def split_inputs(
    inputs: object, report: TableReport, *, columns: Mapping[str, str] | None = None
) -> Iterator[Intake]:
    """Tell mention tables among inputs from articles, and hold standard input while it is read.

    A file that is named, and each that a pattern finds, is what its columns say. In a folder, tables are read where
    there is nothing else; beside articles they are left out, since they are most likely made of these.

    Args:
        inputs: Files, folders, patterns, ``-``, and frames of pandas; or one of these.
        report: Filled with how many tables there are.
        columns: Which column holds what of an article; where one holds its text, files are articles.

    Raises:
        InputError: One of them is none of these.
    """
    articles: list[str | Path] = []
    tables: list[TableFile | pd.DataFrame] = []
    left_out: set[Path] = set()
    is_articles = "text" in (columns or {})
    with contextlib.ExitStack() as held:
        for given in list_inputs(inputs):
            if hasattr(given, "columns"):
                tables.append(given)
            elif is_articles:
                articles.append(given)
            elif str(given) == STDIN:
                table = _piped_table(held)
                articles += [given] if table is None else []
                tables += [] if table is None else [table]
            else:
                _split_path(given, articles, tables, left_out)
        report.tables, report.left_out = len(tables), len(left_out)
        yield Intake(tuple(articles), tuple(tables), frozenset(left_out))


def _split_path(
    given: str | Path,
    articles: list[str | Path],
    tables: list[TableFile | pd.DataFrame],
    left_out: set[Path],
) -> None:
    """Put what a path or a pattern names where it belongs."""
    found = match_input(str(given))
    if isinstance(found, str):  # which the reader of articles words
        articles.append(given)
        return
    rest: list[str | Path] = []
    for path in found:
        if path.is_dir():
            inside, others = _find_tables(path)
            if others:
                left_out.update(table.location for table in inside)
                rest.append(path)
            elif inside:
                tables += inside
            else:
                rest.append(path)
        elif _is_table_file(path):
            tables.append(find_table(path))
        else:
            rest.append(path)
    # what was named stays as it was named, where all of it is articles
    articles += [given] if len(rest) == len(found) else rest


def _is_table_file(path: Path) -> bool:
    suffix, _ = split_suffix(path.name)
    if suffix not in TABLE_SUFFIXES:
        return False
    return suffix not in _SHARED or is_table(path)


def _find_tables(folder: Path) -> tuple[list[TableFile], bool]:
    """Return the tables in a folder, and whether it holds articles as well.

    A folder of Parquet files, and of folders of them, is one table: a partitioned data set.
    """
    inside: list[TableFile] = []
    others = False
    for source in expand_inputs([folder], ReadReport(), strict=False):
        suffix, _ = split_suffix(source.location.name)
        if suffix in TABLE_SUFFIXES and is_table(source.location):
            inside.append(find_table(source.location))
        else:
            others = True
    if not others and next(folder.rglob("*.parquet"), None) is not None:
        inside.insert(0, find_table(folder))
    return inside, others


def _piped_table(held: contextlib.ExitStack) -> TableFile | None:
    """Return the mention table that comes through standard input; None where something else does.

    It is copied to a temporary file, as a pipe is read once.
    """
    stream = sys.stdin.buffer if sys.stdin is not None else None
    if stream is None or not hasattr(stream, "peek"):
        return None
    try:
        head = stream.peek(_PEEK)[:_PEEK].removeprefix(b"\xef\xbb\xbf").lstrip()
    except (OSError, ValueError):
        return None
    suffix = _tell_suffix(head)
    if suffix is None:
        return None
    folder = Path(held.enter_context(tempfile.TemporaryDirectory(prefix="geomap-")))
    path = folder / f"stdin{suffix}"
    try:
        with path.open("wb") as file:
            shutil.copyfileobj(stream, file)
    except OSError as err:
        raise InputError(
            f"standard input cannot be kept in a temporary file: {err.strerror or err}"
        ) from err
    table = find_table(path)
    return TableFile(table.location, table.format, label="standard input")


def _tell_suffix(head: bytes) -> str | None:
    """Return the suffix of the table that begins so; None where it is none."""
    if head.startswith(b"PAR1"):
        return ".parquet"
    if head.startswith(b"{"):
        line = head.partition(b"\n")[0]
        names = [key.decode() for key in _KEY.findall(line)]
        if "features" in names or "FeatureCollection" in line.decode("utf-8", "replace"):
            return ".geojson"
        return ".jsonl" if looks_like_mentions(names) else None
    first = head.partition(b"\n")[0].decode("utf-8", "replace")
    separator = max(",;\t", key=first.count)
    names = [name.strip().strip('"') for name in first.split(separator)]
    return ".csv" if len(names) > 1 and looks_like_mentions(names) else None
