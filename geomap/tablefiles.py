"""Files that hold mention tables: how they are told from files of articles, and their rows as they stand in them.

No pandas is opened here, so that a run that is given articles alone needs none.
"""

from __future__ import annotations

import contextlib
import csv
import gzip
import importlib
import io
import itertools
import json
import re
import zlib
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, BinaryIO, Final, NamedTuple

import orjson

from geomap.articles.inputs import split_suffix
from geomap.articles.streams import open_utf8
from geomap.conform import SQL_NAMES, looks_like_mentions, made_names
from geomap.errors import TableError
from geomap.runtime.expecting import expect_path
from geomap.schema import COLUMNS, MENTIONS

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator
    from pathlib import Path

__all__ = ["TABLE_SUFFIXES", "Piece", "TableFile", "find_table", "is_table"]

#: how a table of each suffix is read; all but Parquet may end in .gz as well
TABLE_SUFFIXES: Final = {
    ".csv": "csv",
    ".tsv": "csv",
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
    ".geojsonl": "jsonl",
    ".geojsons": "jsonl",
    ".geojson": "geojson",
    ".json": "geojson",
    ".parquet": "parquet",
    ".pq": "parquet",
}
#: rows of a piece: some 50 MB in memory
_PIECE: Final = 50_000
#: what may stand between the cells of a table, by what a spreadsheet writes
_SEPARATORS: Final = ",;\t"
#: characters of a cell and of a row: what an article's text may have
_LONGEST_CELL: Final = 64_000_000
#: bytes of a line of JSON: none that a person means is longer
_LONGEST_LINE: Final = 64_000_000
#: columns of numbers, and one in which a comma stands for the decimal point
_NUMBERS: Final = frozenset(MENTIONS.of_type("number"))
_DECIMAL_COMMA: Final = re.compile(r"^\s*([+-]?\d{1,20}),(\d{1,20})\s*$")
#: bytes of a GeoJSON file, which is read as a whole
_LARGEST: Final = 2_000_000_000
#: enough of a file to see its header row
_HEAD: Final = 1_000_000


class Piece(NamedTuple):
    """Some rows of a table as they stand in its file, by column or as a batch or a table of Arrow, and what a row is called."""

    columns: dict[str, list[Any]] | Any
    name_row: Callable[[int], str]

    @property
    def names(self) -> list[str]:
        """The names of its columns."""
        columns = self.columns
        return list(columns) if isinstance(columns, dict) else list(columns.schema.names)


@dataclass(frozen=True)
class TableFile:
    """A file, or a folder of files, of one table.

    Attributes:
        location: Where it lies.
        format: ``csv``, ``jsonl``, ``geojson`` or ``parquet``.
        label: What messages call it where that is not its path.
    """

    location: Path
    format: str
    label: str = ""

    @property
    def path(self) -> str:
        """What messages call it."""
        return self.label or str(self.location).encode("utf-8", "replace").decode("utf-8")

    @property
    def is_guarded(self) -> bool:
        """Whether its cells are guarded against spreadsheets."""
        return self.format == "csv"

    @cached_property
    def names(self) -> tuple[str, ...]:
        """The names of its columns, as its head tells them.

        Raises:
            TableError: It cannot be read.
        """
        with _wording(self.path):
            names = _HEADS[self.format](self.location)
        made = made_names(names)
        return tuple(SQL_NAMES.get(name, name) for name in names if name not in made)

    def pieces(self, *, whole: bool = False, without: Collection[str] = ()) -> Iterator[Piece]:
        """Yield its rows.

        Args:
            whole: Whether they may be one piece, where each text can then stand once.
            without: Columns that need not be read, where the format can leave columns out.

        Raises:
            TableError: It cannot be read.
        """
        with _wording(self.path):
            if self.format == "parquet":
                yield from _read_parquet(self.location, whole=whole, without=without)
            else:
                yield from _READERS[self.format](self.location)


@contextlib.contextmanager
def _wording(path: str) -> Iterator[None]:
    """Word what goes wrong with a file."""
    try:
        yield
    except TableError:
        raise
    except UnicodeDecodeError as err:
        raise TableError(
            f"{path}: it is not UTF-8: save it as “CSV UTF-8”, or as Unicode text"
        ) from err
    except (EOFError, gzip.BadGzipFile, zlib.error) as err:
        raise TableError(f"{path}: the archive is cut off or damaged ({err})") from err
    except csv.Error as err:
        raise TableError(f"{path}: it is no table: {err}") from err
    except OSError as err:  # pyarrow's errors of reading are such, too
        raise TableError(f"{path}: it cannot be read: {err.strerror or err}") from err
    except ValueError as err:
        raise TableError(f"{path}: it cannot be read: {err}") from err


def find_table(path: str | Path) -> TableFile:
    """Return the file of a table, by its suffix; a folder is one of Parquet files.

    Raises:
        TableError: There is no such file, or its suffix is none of a table.
    """
    location = expect_path(path, "a mention table: a file, or a frame of pandas")
    try:
        is_folder, exists = location.is_dir(), location.exists()
    except (OSError, ValueError):
        is_folder = exists = False
    if not exists:
        raise TableError(f"{path}: no such file")
    if is_folder:
        if next(location.rglob("*.parquet"), None) is None:
            raise TableError(f"{path}: expected a file, or a folder of Parquet files")
        return TableFile(location, "parquet")
    suffix, _ = split_suffix(location.name)
    if suffix not in TABLE_SUFFIXES:
        raise TableError(
            f"{path}: expected a table that ends in one of {', '.join(TABLE_SUFFIXES)}"
        )
    return TableFile(location, TABLE_SUFFIXES[suffix])


def is_table(path: Path) -> bool:
    """Return whether a file, or a folder of Parquet files, holds a mention table: its columns tell.

    A file that cannot be read is none.
    """
    try:
        return looks_like_mentions(find_table(path).names)
    except TableError:
        return False


def _open(path: Path) -> BinaryIO:
    """Open a file as bytes, unpacked as they are read."""
    return gzip.open(path) if split_suffix(path.name)[1] else path.open("rb")  # type: ignore[return-value]


# CSV


@contextlib.contextmanager
def _csv_rows(path: Path) -> Iterator[tuple[list[str], Any, str]]:
    """Open a table of cells: the names of its columns, a reader of its rows, and what stands between the cells."""
    csv.field_size_limit(max(csv.field_size_limit(), _LONGEST_CELL))
    with _open(path) as file:
        stream, _, _ = open_utf8(file)
        text = io.TextIOWrapper(stream, encoding="utf-8", newline="")
        head = text.readline(_HEAD)
        separator = "\t" if path.suffix == ".tsv" else max(_SEPARATORS, key=head.count)
        reader = csv.reader(itertools.chain((head,), text), delimiter=separator, strict=True)
        names = [_plain_name(name) for name in next(reader, [])]
        yield names, reader, separator


def _plain_name(name: str) -> str:
    """Return a column's name as ours is written, whatever spaces and capitals a spreadsheet put into it."""
    plain = name.strip().removeprefix("\ufeff")
    return plain.lower() if plain.lower() in COLUMNS else plain


def _csv_head(path: Path) -> list[str]:
    with _csv_rows(path) as (names, _, _):
        return names


def _read_csv(path: Path) -> Iterator[Piece]:
    with _csv_rows(path) as (names, reader, separator):
        twice = [name for name in names if names.count(name) > 1]
        if twice:
            raise TableError(f"{path}: the column {twice[0]!r} stands in it more than once")
        while True:
            rows, lines = _take_rows(reader, len(names), path)
            if not rows:
                return
            cells = [[cell or None for cell in column] for column in zip(*rows, strict=True)]
            columns: dict[str, list[Any]] = dict(zip(names, cells, strict=True))
            if separator == ";":  # where a comma is the decimal point, as in half of the world
                for name in _NUMBERS & set(names):
                    columns[name] = list(map(_with_point, columns[name]))
            yield Piece(columns, lambda row, lines=lines: f"line {lines[row]:,}")  # type: ignore[misc]


def _with_point(cell: str | None) -> str | None:
    return cell and _DECIMAL_COMMA.sub(r"\1.\2", cell)


def _take_rows(reader: Any, width: int, path: Path) -> tuple[list[list[str]], list[int]]:
    """Return the next rows, each as wide as the header, and the lines where they begin."""
    rows, lines = [], []
    line = reader.line_num + 1
    for cells in reader:
        if any(cells):
            if len(cells) != width:
                if len(cells) > width and any(cells[width:]):
                    raise TableError(
                        f"{path}:{line:,}: the row has {len(cells)} cells, the header row {width}; "
                        "a text with a comma in it stands in quotation marks"
                    )
                cells = (cells + [""] * width)[:width]  # noqa: PLW2901 - a spreadsheet leaves empty ones out
            rows.append(cells)
            lines.append(line)
            if len(rows) == _PIECE:
                break
        line = reader.line_num + 1
    return rows, lines


# JSON lines


def _json_lines(path: Path) -> Iterator[tuple[int, dict[str, Any]]]:
    """Yield the objects of JSON lines with the number of their lines; of GeoJSON's features, one a line, what they say."""
    with _open(path) as file:
        for number, raw in enumerate(iter(lambda: file.readline(_LONGEST_LINE), b""), start=1):
            if len(raw) == _LONGEST_LINE and not raw.endswith(b"\n"):
                raise TableError(f"{path}:{number:,}: a line of more than {_LONGEST_LINE:,} bytes")
            line = raw.strip(b"\x1e \t\r\n\xef\xbb\xbf")
            if not line:
                continue
            try:
                found = orjson.loads(line)
            except orjson.JSONDecodeError as err:
                found = _loads_loosely(line, f"{path}:{number:,}", err)
            if not isinstance(found, dict):
                raise TableError(f"{path}:{number:,}: expected a JSON object, got {line[:60]!r}")
            yield number, _of_feature(found) if found.get("type") == "Feature" else found


def _loads_loosely(line: bytes, where: str, first: Exception) -> Any:
    """Parse JSON with NaN in it, as other tools write for what is missing."""
    try:
        return json.loads(line, parse_constant=lambda _name: None)
    except (ValueError, RecursionError):
        raise TableError(f"{where}: broken JSON: {first}") from first


def _jsonl_head(path: Path) -> list[str]:
    for _, record in _json_lines(path):
        return list(record)
    return []


def _read_jsonl(path: Path) -> Iterator[Piece]:
    lines = _json_lines(path)
    while piece := list(itertools.islice(lines, _PIECE)):
        yield _piece_of(piece, "line")


def _piece_of(numbered: list[tuple[int, dict[str, Any]]], word: str) -> Piece:
    """Return records as a frame, with the columns that any of them has."""
    records = [record for _, record in numbered]
    names = tuple(records[0])
    if all(tuple(record) == names for record in records):  # as nearly always
        columns = list(zip(*(record.values() for record in records), strict=True))
    else:
        names = tuple(dict.fromkeys(name for record in records for name in record))
        columns = [tuple(record.get(name) for record in records) for name in names]
    cells = {name: list(column) for name, column in zip(names, columns, strict=True)}
    return Piece(cells, lambda row: f"{word} {numbered[row][0]:,}")


# GeoJSON


def _features(path: Path) -> list[dict[str, Any]]:
    """Return what the features of a GeoJSON collection say."""
    with _open(path) as file:
        content = file.read(_LARGEST + 1)
    if len(content) > _LARGEST:
        raise TableError(
            f"{path}: it has more than {_LARGEST:,} bytes; write it as .jsonl, .csv or .parquet, which are read by pieces"
        )
    try:
        found = orjson.loads(content.removeprefix(b"\xef\xbb\xbf"))
    except orjson.JSONDecodeError as err:
        found = _loads_loosely(content, str(path), err)
    features = found.get("features") if isinstance(found, dict) else None
    if not isinstance(features, list) or not all(isinstance(one, dict) for one in features):
        raise TableError(f"{path}: expected a GeoJSON FeatureCollection of mentions")
    return [_of_feature(feature) for feature in features]


def _of_feature(feature: dict[str, Any]) -> dict[str, Any]:
    """Return the properties of a feature; its point where these have no coordinates."""
    said = feature.get("properties")
    record = dict(said) if isinstance(said, dict) else {}
    shape = feature.get("geometry")
    if "lat" not in record and "lon" not in record and isinstance(shape, dict):
        at = shape.get("coordinates")
        if shape.get("type") == "Point" and isinstance(at, list) and len(at) >= 2:
            record["lat"], record["lon"] = at[1], at[0]
    return record


def _geojson_head(path: Path) -> list[str]:
    return list(dict.fromkeys(name for record in _features(path)[:1] for name in record))


def _read_geojson(path: Path) -> Iterator[Piece]:
    numbered = list(enumerate(_features(path), start=1))
    if numbered:
        yield _piece_of(numbered, "feature")


# Parquet


def _dataset(path: Path) -> Any:
    try:
        dataset = importlib.import_module("pyarrow.dataset")
    except ImportError as err:
        raise TableError(
            f"{path}: Parquet files need pyarrow, which is not installed: pip install 'geomap[parquet]'"
        ) from err
    if path.is_file():
        plain = dataset.dataset([str(path)], format="parquet")
        # each text once, and its number in each row: most stand in many
        texts = [one.name for one in plain.schema if one.name in COLUMNS and _is_text(one.type)]
        options = dataset.ParquetReadOptions(dictionary_columns=texts)
        coded = dataset.ParquetFileFormat(read_options=options)
        return dataset.dataset([str(path)], format=coded)
    files = sorted(map(str, _parts(path)))
    return dataset.dataset(
        files, format="parquet", partitioning="hive", partition_base_dir=str(path)
    )


def _is_text(kind: object) -> bool:
    return str(kind) == "string"


def _parts(folder: Path) -> Iterator[Path]:
    """Yield the files of a data set, without those that its writer hides."""
    for file in folder.rglob("*.parquet"):
        inside = file.relative_to(folder).parts
        if file.is_file() and not any(part.startswith((".", "_")) for part in inside):
            yield file


def _parquet_head(path: Path) -> list[str]:
    return list(_dataset(path).schema.names)


def _read_parquet(path: Path, *, whole: bool, without: Collection[str]) -> Iterator[Piece]:
    before = 0
    rows = _dataset(path)
    names = [name for name in rows.schema.names if name not in without]
    # Arrow's own pool holds on to memory: a third of a second and 60 MB for 100,000 mentions
    pool = importlib.import_module("pyarrow").system_memory_pool()
    # nor is more read ahead than the next piece, which is a tenth of what a tally of a million takes
    ahead = {"batch_readahead": 1, "fragment_readahead": 1}
    scanner = rows.scanner(names, batch_size=_PIECE, use_threads=False, memory_pool=pool, **ahead)
    for batch in [scanner.to_table()] if whole else scanner.to_batches():
        if batch.num_rows:
            hidden = [name for name in batch.schema.names if name.startswith("__index_level_")]
            batch = batch.drop_columns(hidden) if hidden else batch  # noqa: PLW2901
            yield Piece(batch, lambda row, before=before: f"row {before + row + 1:,}")  # type: ignore[misc]
            before += batch.num_rows


_HEADS: Final = {
    "csv": _csv_head,
    "jsonl": _jsonl_head,
    "geojson": _geojson_head,
    "parquet": _parquet_head,
}
_READERS: Final = {
    "csv": _read_csv,
    "jsonl": _read_jsonl,
    "geojson": _read_geojson,
}
