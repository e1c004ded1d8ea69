"""Mention tables read from files: CSV, JSON lines, Parquet (a file or a folder), GeoJSON; and from frames.

A file is read by pieces of some ten thousand rows, so that a table larger than the memory can be written to another file.
What each piece holds is made what the schema says by :func:`geomap.tables.frames.conform_frame`.
"""

from __future__ import annotations

import importlib
import itertools
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, cast

import numpy as np
import pandas as pd

from geomap.conform import SQL_NAMES, check_names, extra_names
from geomap.errors import OutputError
from geomap.runtime.expecting import expect_path
from geomap.schema import COLUMNS
from geomap.tablefiles import TableFile, find_table
from geomap.tables.coded import as_texts, code_texts, is_coded, join_coded, take_cells
from geomap.tables.frames import (
    TEXT_COLUMNS,
    conform_frame,
    is_frame,
    mentions_table,
    orders_in,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence

    from numpy.typing import NDArray

    from geomap.tablefiles import Piece
    from geomap.tables.localdays import Orders

__all__ = ["iter_table", "join_tables", "read_table", "to_geodataframe"]


def read_table(
    source: str | Path | pd.DataFrame | Iterable[Mapping[str, Any]],
) -> pd.DataFrame:
    """Return a mention table with the right types, whatever it comes from.

    Every function that takes a mention table passes it through here, so what is good here is good everywhere.

    Args:
        source: A file (``.csv``, ``.tsv``, ``.jsonl``, ``.geojson``, each also with ``.gz``, or ``.parquet``), a folder
            of Parquet files (a partitioned data set), a pandas or geopandas frame, or mention records. It has at least the
            columns ``article_id, surface, kind, place_id, lat, lon``, in any order; what else it lacks is
            missing in the table, or told by other columns: ``status``, ``date_end`` and ``date_precision``. Ids may be
            numbers, days timestamps, missing cells NaN, NaT or None.

    Returns:
        The columns of ``COLUMNS``, and behind them those that are your own, as they are: text from a CSV file. The
        apostrophes that guard a CSV file's cells against spreadsheets are gone. ``why`` is no name for a column of
        your own.

    Raises:
        TableError: The file cannot be read, a column is missing, or cells hold what they cannot: the first are named
            with row and column.

    >>> table = read_table(pd.DataFrame({
    ...     "article_id": [17], "surface": ["Raqqa"], "kind": ["literal"], "place_id": ["geonames:172955"],
    ...     "lat": [35.95], "lon": [39.01], "date_start": [pd.Timestamp("2016-12-19")], "desk": ["B"],
    ... }))
    >>> table[["article_id", "status", "date_start", "date_precision", "desk"]].values.tolist()
    [['17', 'resolved', '2016-12-19', 'day', 'B']]
    """
    if is_frame(source):
        return conform_frame(cast("pd.DataFrame", source))
    if not isinstance(source, str | Path):
        if hasattr(source, "__fspath__"):
            source = expect_path(source, "a file")
        else:
            return mentions_table(source)
    return join_tables(list(iter_table(find_table(source))))


def join_tables(tables: Sequence[pd.DataFrame]) -> pd.DataFrame:
    """Return mention tables as one, with all columns that any of them has.

    Args:
        tables: Tables as :func:`read_table` or :func:`iter_table` gives them.
    """
    if len(tables) == 1:
        return tables[0]
    extras = dict.fromkeys(name for table in tables for name in extra_names(table.columns))
    ours = [name for name in COLUMNS if any(name in table.columns for table in tables)]
    names = [*ours, *extras]
    filled = [table for table in tables if len(table)] or tables[:1]
    filled = [table.reindex(columns=names) for table in filled]
    coded = {}
    for name in filter(TEXT_COLUMNS.__contains__, ours):
        columns = [table[name] for table in filled]
        if any(map(is_coded, columns)):
            coded[name] = join_coded(columns)
    rest = pd.concat([table.drop(columns=list(coded)) for table in filled], ignore_index=True)
    return pd.DataFrame({name: coded.get(name, rest.get(name)) for name in names}, copy=False)


def iter_table(
    file: TableFile, *, coded: bool = False, whole: bool = False, without: Collection[str] = ()
) -> Iterator[pd.DataFrame]:
    """Yield a table's rows by pieces, each a mention table; one without rows where the file has none.

    Args:
        file: The file.
        coded: Whether texts may come as categories: see :mod:`geomap.tables.coded`.
        whole: Whether it may be one piece, since all of it is to be in memory.
        without: Columns of ``FREE_TEXTS`` that nobody wants, which the pieces then lack.

    Raises:
        TableError: The file cannot be read, a column is missing, or cells hold what they cannot.
    """
    pieces = file.pieces(whole=whole, without=without)
    first = next(pieces, None)
    if first is None:
        check_names(file.names, file.path)
        yield mentions_table([]).assign(**dict.fromkeys(extra_names(file.names)))
        return
    check_names({*file.names, *first.names}, file.path)
    # the whole table tells in which order its days are written, if one of them is not written as ISO has it
    orders = cache(lambda: orders_in(map(_frame_of, file.pieces())))
    for piece in itertools.chain((first,), pieces):
        yield _read_piece(file, piece, orders, coded=coded, without=without)


def _read_piece(
    file: TableFile,
    piece: Piece,
    orders: Callable[[], Orders],
    *,
    coded: bool,
    without: Collection[str],
) -> pd.DataFrame:
    frame = _frame_of(piece, without)
    known = {SQL_NAMES.get(str(name), str(name)) for name in frame.columns}
    lost = [name for name in (*COLUMNS, *file.names) if name not in known | {*without}]
    if lost:
        frame = frame.assign(**dict.fromkeys(lost))
    return conform_frame(
        frame,
        where=file.path,
        name_row=piece.name_row,
        unguard=file.is_guarded,
        day_orders=orders,
        coded=coded,
        without=without,
    )


def _frame_of(piece: Piece, without: Collection[str] = ()) -> pd.DataFrame:
    batch: Any = piece.columns
    if not isinstance(batch, dict):
        pairs = zip(batch.schema.names, batch.columns, strict=True)
        columns = {name: _series_of(name, column) for name, column in pairs}
        return pd.DataFrame(columns, copy=False)
    return pd.DataFrame(
        {
            name: pd.Series(cells, dtype=object)
            for name, cells in piece.columns.items()
            if name not in without
        }
    )


def _series_of(name: str, column: Any) -> Any:
    """Return a column of Arrow as pandas has it; of a text that stands in many rows there is one.

    Where few texts make a column, they come as categories, whose numbers nobody need find again.
    """
    if name not in COLUMNS or str(column.type) not in ("string", "large_string", _CODED):
        return column.to_pandas()
    found = column if str(column.type) == _CODED else column.dictionary_encode()
    pieces = [_number_texts(chunk) for chunk in getattr(found, "chunks", [found])]
    if 2 * sum(len(texts) for texts, _ in pieces) > len(column):
        return as_texts(
            np.concatenate([take_cells([*texts, None], rows) for texts, rows in pieces])
        )
    known: dict[str | None, int] = {}
    rows = [
        np.array([*(known.setdefault(text, len(known)) for text in texts), -1])[rows]
        for texts, rows in pieces
    ]
    return code_texts(list(known), np.concatenate(rows))


def _number_texts(column: Any) -> tuple[list[str | None], NDArray[np.int32]]:
    """Return the texts of a column of Arrow that are kept by number, and for each row its number, -1 where there is none."""
    numbers = column.indices.fill_null(-1) if column.null_count else column.indices
    texts = column.dictionary.to_numpy(zero_copy_only=False).tolist()
    return texts, numbers.to_numpy(zero_copy_only=False)


#: Arrow's type of texts by number
_CODED: Final = "dictionary<values=string, indices=int32, ordered=0>"


def to_geodataframe(mentions: str | Path | pd.DataFrame | Iterable[Mapping[str, Any]]) -> Any:
    """Return a mention table as a frame of geopandas, with the points of its places in WGS 84.

    A mention of an unknown place has the point of the unit that it lies in, or none. ``relation_geometry`` stays text.

    Args:
        mentions: A mention table, its file, or mention records: see :func:`read_table`.

    Raises:
        TableError: It is no mention table.
        OutputError: geopandas is not installed.

    >>> frame = to_geodataframe([{
    ...     "article_id": "a", "surface": "Raqqa", "kind": "literal", "place_id": "geonames:172955", "lat": 35.95, "lon": 39.01,
    ... }])
    >>> frame.crs.to_epsg(), frame.geometry[0].wkt
    (4326, 'POINT (39.01 35.95)')
    """
    try:
        geopandas = importlib.import_module("geopandas")
    except ImportError as err:
        raise OutputError(
            "a GeoDataFrame needs geopandas, which is not installed: pip install 'geomap[gis]'"
        ) from err
    table = read_table(mentions)
    points = geopandas.points_from_xy(table["lon"], table["lat"])
    frame = geopandas.GeoDataFrame(table, geometry=points, crs="EPSG:4326")
    frame.loc[table["lat"].isna(), "geometry"] = None
    return frame
