"""Tables: CSV and TSV, one row an article, the first row naming the columns.

A quotation mark that nobody closed takes in the rows after it, up to the next one or to the end. Such
a row is rejected, and what it had taken in is read again.
"""

from __future__ import annotations

import csv
from collections import deque
from typing import TYPE_CHECKING, BinaryIO, Final, NamedTuple

from geomap.articles.aliases import find_aliases
from geomap.articles.encodings import UndecodableError
from geomap.articles.formats import COLUMNS, RawRecord, list_names
from geomap.articles.reports import Rejection
from geomap.articles.text_lines import MAX_RECORD_BYTES, TOO_LONG, EndlessLineError, Lines

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

__all__ = ["read_csv"]

_UNCLOSED: Final = "a quotation mark opens in this row and does not close; what follows was read again from the next line on"
#: lines inside of a quoted cell that look like rows by themselves: so many, and so large a share of them,
#: that the mark was not meant to open a cell of several lines
_FEWEST_ROWS: Final = 2
_SHARE_OF_ROWS: Final = 0.8
#: with two columns a line of prose with one comma looks like a row; its first cell would be an id
_LONGEST_ID: Final = 40


_FIELDS: Final = frozenset(COLUMNS)


class _Line(NamedTuple):
    """A line of a table; ``problem`` is why its row cannot be read, ``fault`` what its row comes with."""

    number: int
    text: str
    problem: str | None = None
    fault: str | None = None
    guessed: str | None = None


class _Row(NamedTuple):
    """A row: its cells, or the problem with it, and the lines that it was read from."""

    cells: list[str]
    lines: Sequence[_Line]
    problem: str | None = None


class _TooLongError(ValueError):
    """The lines of one row are more than a record may have."""


class _Rows:
    """The rows of a table, which are told one by one, so that a bad one does not harm the next."""

    def __init__(self, stream: BinaryIO, delimiter: str) -> None:
        csv.field_size_limit(max(csv.field_size_limit(), MAX_RECORD_BYTES))
        self._lines = Lines(stream)
        self._delimiter = delimiter
        self._waiting: deque[_Line] = deque()
        self._ended = False
        #: the number of columns, once it is known
        self.width = 0

    def read(self) -> _Row | None:
        """Return the next row; None at the end."""
        taken: list[_Line] = []
        problem = None
        cells: list[str] | None = None
        try:
            cells = next(csv.reader(self._take(taken), delimiter=self._delimiter, strict=True))
        except StopIteration:
            return None
        except csv.Error:
            if len(taken) == 1:
                cells = self._read_sloppy(taken[0].text)
        except _TooLongError:
            problem = f"{TOO_LONG}; is a quotation mark missing?"
        if cells is None or self._took_in_rows(taken):
            self._waiting.extendleft(reversed(taken[1:]))
            return _Row([], taken[:1], taken[0].problem or problem or _UNCLOSED)
        return _Row(cells, taken, next(filter(None, (line.problem for line in taken)), None))

    def _take(self, taken: list[_Line]) -> Iterator[str]:
        """Yield the texts of the next lines, and keep the lines."""
        size = 0
        while (line := self._next_line()) is not None:
            taken.append(line)
            size += len(line.text)
            if size > MAX_RECORD_BYTES:
                raise _TooLongError
            yield line.text

    def _next_line(self) -> _Line | None:
        if self._waiting:
            return self._waiting.popleft()
        if self._ended:
            return None
        try:
            content = self._lines.read_bytes()
        except ValueError as err:
            self._ended = isinstance(err, EndlessLineError)
            return _Line(self._lines.number, "\n", problem=str(err))
        return self._decode(content) if content else None

    def _decode(self, content: bytes) -> _Line:
        lines = self._lines
        try:
            text = lines.decode(content)
        except UndecodableError as err:
            # its quotation marks and delimiters are there, whatever the letters between them are
            return _Line(lines.number, content.decode("ascii", "replace"), problem=str(err))
        if "\0" in text:
            text = text.replace("\0", "")
            return _Line(lines.number, text, problem="the line holds NUL characters")
        return _Line(lines.number, text, fault=lines.fault, guessed=lines.guessed)

    def _split(self, text: str, quoting: int = csv.QUOTE_MINIMAL) -> list[str] | None:
        """Return the cells of a line by itself; None where a quotation mark stays open in it."""
        reader = csv.reader([text, "\n"], delimiter=self._delimiter, quoting=quoting)  # type: ignore[arg-type]
        try:
            cells = next(reader, [])
        except csv.Error:
            return None
        return cells if reader.line_num == 1 else None

    def _read_sloppy(self, text: str) -> list[str] | None:
        """Return the cells of a line with marks inside of a quoted cell that nobody doubled.

        Where the columns come out right with every mark as it stands, none was meant to quote.
        """
        plain = self._split(text, csv.QUOTE_NONE)
        return plain if plain and len(plain) == self.width else self._split(text)

    def _took_in_rows(self, taken: Sequence[_Line]) -> bool:
        """Return whether the lines inside of a quoted cell are rows of their own."""
        inside = [line.text for line in taken[1:-1] if not line.text.isspace()]
        if self.width < 2 or len(inside) < _FEWEST_ROWS:
            return False
        rows = sum(map(self._is_row, inside))
        return rows >= len(inside) * _SHARE_OF_ROWS

    def _is_row(self, text: str) -> bool:
        cells = self._split(text)
        if cells is None or len(cells) != self.width:
            return False
        return self.width > 2 or (len(cells[0]) <= _LONGEST_ID and " " not in cells[0].strip())


def _read_head(
    cells: Sequence[str], columns: Mapping[str, str]
) -> tuple[list[str], tuple[tuple[str, str], ...]]:
    """Return the header row under our own names, and which of them it has under others that are known.

    Raises:
        ValueError: if no column holds the text.
    """
    theirs_to_ours = {theirs: ours for ours, theirs in columns.items()}
    names = [name.strip() for name in cells]
    head = [theirs_to_ours.get(name, "" if name in columns else name.lower()) for name in names]
    adopted = find_aliases(
        tuple(names), frozenset((*columns, *columns.values(), *_FIELDS.intersection(head)))
    )
    for ours, theirs in adopted:
        head[names.index(theirs)] = ours
    if "text" not in head:
        raise ValueError(
            f"no column {columns.get('text', 'text')!r} among {list_names(names)}; "
            "the first row names the columns, and --column text=NAME says which one is the text"
        )
    return head, adopted


def _check_row(row: _Row, head: Sequence[str]) -> dict[str, str]:
    if row.problem is not None:
        raise ValueError(row.problem)
    if len(row.cells) > len(head):
        raise ValueError(f"the row has {len(row.cells)} fields, more than the {len(head)} columns")
    fields = {name: value for name, value in zip(head, row.cells, strict=False) if value}
    if "text" not in fields:
        raise ValueError("the text is missing or empty")
    return fields


def read_csv(
    stream: BinaryIO, path: str, columns: Mapping[str, str], delimiter: str
) -> Iterator[RawRecord | Rejection]:
    """Yield the rows of a table whose first row names the columns; empty rows are none."""
    rows = _Rows(stream, delimiter)
    first = rows.read()
    try:
        if first is not None and first.problem is not None:
            raise ValueError(first.problem)  # noqa: TRY301 - one rejection for all problems
        head, adopted = _read_head(first.cells if first else [], columns)
    except ValueError as err:
        yield Rejection(path=path, line=1, reason=str(err))
        return
    rows.width = len(head)
    number = 0
    while (row := rows.read()) is not None:
        if not row.cells and row.problem is None:
            continue
        number += 1
        line = row.lines[0].number
        try:
            fields = _check_row(row, head)
        except ValueError as err:
            yield Rejection(path=path, line=line, reason=str(err))
            continue
        yield RawRecord(
            fields=fields,
            adopted=adopted,
            line=line,
            number=number,
            fault=next(filter(None, (item.fault for item in row.lines)), None),
            guessed=next(filter(None, (item.guessed for item in row.lines)), None),
        )
