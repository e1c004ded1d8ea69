"""The rows of a person's table (CSV or TSV with a header) under our own names of columns, each with its line.

Cells are separated by tabs, semicolons or commas, whichever the header has most of.
"""

from __future__ import annotations

import csv
import io
import re
from typing import IO, TYPE_CHECKING, Final

from geomap.errors import GazetteerError
from geomap.gazetteer.sources.files import open_bounded
from geomap.gazetteer.sources.values import shown

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from geomap.gazetteer.sources.faults import FileReport

__all__ = ["ACTION", "COLUMNS", "JOINED_BY_COMMAS", "SUGGESTED", "read_rows"]

#: the columns that are read
COLUMNS: Final = (
    *("id", "name", "names", "lat", "lon", "feature", "country", "admin1", "admin2"),
    *("population", "radius_km", "tol_km", "remark"),
)
#: what other tables call these columns
_ALSO: Final = {
    "latitude": "lat",
    "y": "lat",
    "longitude": "lon",
    "lng": "lon",
    "long": "lon",
    "x": "lon",
    "iso2": "country",
    "country_code": "country",
    "geonameid": "id",
    "place_id": "id",
    "alternatenames": "names",
    "fcode": "feature",
    "feature_code": "feature",
    "state": "admin1",
    "district": "admin2",
}
#: a column whose names are joined by commas, as GeoNames joins them
JOINED_BY_COMMAS: Final = "alternatenames"
#: a column of ``geomap gazetteer suggest``: a row without a point there is one that nobody has filled in
SUGGESTED: Final = "sentence"
ACTION: Final = "action"
#: further columns of suggestions and corrections, which are no mistake in a table of places
_SUGGESTIONS: Final = frozenset(["count", "articles", "nearest", "within"])
_LANGUAGE: Final = re.compile(
    r"(?:name|names)[:_]([a-z]{2,3}(?:[-_][A-Za-z]{2,8})?)", re.IGNORECASE
)
_DELIMITERS: Final = "\t;,"
_MOST_BYTES: Final = 1 << 30
#: the rows of a person's files are kept in memory, a kilobyte each
_MOST_ROWS: Final = 2_000_000
_LONGEST_LINE: Final = 1 << 20


def _lines(path: Path, raw: IO[bytes]) -> Iterator[str]:
    """Yield the lines of a text with their ends.

    Raises:
        GazetteerError: The text is no UTF-8, or a line has no end.
    """
    file = io.TextIOWrapper(raw, encoding="utf-8-sig", newline="")
    number = 0
    try:
        while line := file.readline(_LONGEST_LINE):
            number += 1
            if len(line) >= _LONGEST_LINE:
                raise GazetteerError(
                    f"{path}:{number}: expected a row of a table, got an endless line"
                )
            yield line
    except UnicodeDecodeError as err:
        raise GazetteerError(
            f"{path}: expected UTF-8 text, got other bytes after line {number}; save the table as UTF-8"
        ) from err


def _read_cells(path: Path, report: FileReport) -> Iterator[tuple[int, list[str]]]:
    """Yield the cells of each row, the header first, each with the line on which it begins."""
    with open_bounded(path, _MOST_BYTES) as raw:
        lines = _lines(path, raw)
        first = next(lines, "")
        delimiter = max(_DELIMITERS, key=first.count)
        reader = csv.reader(_chained(first, lines), delimiter=delimiter, strict=True)
        while True:
            line = reader.line_num + 1
            try:
                cells = next(reader)
            except StopIteration:
                return
            except csv.Error as err:
                report.add(line, f"expected a row of a table: {err}")
                continue
            if any(cell.strip() for cell in cells):
                yield line, cells


def _chained(first: str, lines: Iterator[str]) -> Iterator[str]:
    if first:
        yield first
    yield from lines


def _columns(header: Sequence[str], report: FileReport) -> dict[str, int]:
    """Return where each of our columns stands in a header; columns that are not read are noted.

    Raises:
        ValueError: A column stands there twice.
    """
    plain = [column.strip().lower() for column in header]
    found: dict[str, int] = {}
    for number, column in enumerate(plain):
        language = _LANGUAGE.fullmatch(column)
        key = f"name:{language[1]}" if language else column
        if key in COLUMNS or key in (ACTION, SUGGESTED) or language:
            if key in found:
                raise ValueError(f"expected each column once, got {column!r} twice")
            found[key] = number
    for column, known in _ALSO.items():
        if known not in found and column in plain:
            found[known] = plain.index(column)
    read = {*found.values(), *(plain.index(c) for c in _SUGGESTIONS if c in plain)}
    left = [column for number, column in enumerate(plain) if column and number not in read]
    if left:
        report.notes.append(f"columns that are not read: {', '.join(map(shown, left[:20]))}")
    if JOINED_BY_COMMAS in plain and found["names"] == plain.index(JOINED_BY_COMMAS):
        found[JOINED_BY_COMMAS] = found.pop("names")
    return found


def read_rows(
    path: Path, report: FileReport, needed: tuple[str, ...]
) -> Iterator[tuple[int, dict[str, str]]]:
    """Yield rows under our own names of columns; rows with too many or too few cells are faults.

    Args:
        path: The table, plain or gzipped.
        report: Counts the rows, and notes faults and columns that are not read.
        needed: Columns that have to be there.

    Raises:
        GazetteerError: The file is no table, or lacks a column.
    """
    rows = _read_cells(path, report)
    line, header = next(rows, (1, []))
    try:
        columns = _columns(header, report)
    except ValueError as err:
        raise GazetteerError(f"{path}:{line}: {err}") from err
    missing = [column for column in needed if column not in columns]
    if missing:
        raise GazetteerError(
            f"{path}:{line}: expected a header with the columns {', '.join(needed)}; "
            f"{', '.join(missing)} {'is' if len(missing) == 1 else 'are'} missing"
        )
    wide = len(header)
    for line, cells in rows:
        report.rows += 1
        if report.rows > _MOST_ROWS:
            raise GazetteerError(
                f"{path}: expected at most {_MOST_ROWS:,} rows; give longer lists in the columns of GeoNames, with --geonames"
            )
        if len(cells) < wide or any(cell.strip() for cell in cells[wide:]):
            report.add(line, f"expected {wide} cells as the header has, got {len(cells)}")
        else:
            yield line, {column: cells[number] for column, number in columns.items()}
    if not report.rows:
        raise GazetteerError(f"{path}: expected a header and at least one row, got no row")
