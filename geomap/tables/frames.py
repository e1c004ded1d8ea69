"""Mention tables as pandas' frames: their types, and from records to them and back.

A mention table holds one row a mention with the columns of ``geomap.records.COLUMNS``, and behind them those that a user
added. Text columns have pandas' ``string`` type and whole numbers ``Int64``, so that the types are the same
in an empty table, and what is missing is ``pandas.NA`` (NaN in the float columns). Dates stay
ISO strings: a table may hold years and months, which are no points in time.
"""

from __future__ import annotations

from functools import cache, partial
from typing import TYPE_CHECKING, Any, Final, cast

import numpy as np
import pandas as pd

from geomap.conform import (
    DERIVED,
    LARGEST,
    MADE,
    SQL_NAMES,
    check_names,
    conform_records,
    is_missing,
    made_names,
    read_cell,
    to_plain,
    word_faults,
)
from geomap.errors import TableError
from geomap.runtime.expecting import refusal
from geomap.runtime.spreadsheets import is_guarded, unguard_cell
from geomap.schema import COLUMNS, MENTIONS
from geomap.tables.coded import TEXT, code_texts, is_coded, take_texts
from geomap.tables.localdays import Orders, find_orders, is_local_day, read_local_day

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence

    from numpy.typing import NDArray

    from geomap.schema import Column, MentionRecord, Schema

__all__ = [
    "FREE_TEXTS",
    "TEXT",
    "TEXT_COLUMNS",
    "collect_columns",
    "conform_frame",
    "is_frame",
    "mentions_table",
    "orders_in",
    "table_records",
]

#: columns of a mention table that hold text
TEXT_COLUMNS: Final = MENTIONS.of_type("text", "day", "wkt")
#: columns of text that may be anything: no cell of a text in them is a fault
FREE_TEXTS: Final = frozenset(
    column.name
    for column in MENTIONS.columns
    if column.type in ("text", "wkt") and not column.values  # noqa: PD011 - of the schema
)
_FORMULA_STARTS: Final = ("=", "+", "-", "@", "\t", "\r")
#: a column of shapes, as geopandas has it: made of the others, and no cell of a file
_SHAPES: Final = "geometry"


def is_frame(mentions: object) -> bool:
    """Return whether this is a frame of pandas, of geopandas too."""
    return isinstance(mentions, pd.DataFrame)


def mentions_table(
    records: Iterable[Mapping[str, object]], *, schema: Schema | None = None
) -> pd.DataFrame:
    """Return the table of some mention records, in their order.

    Args:
        records: Mention records, as ``geomap.find_mentions`` gives them.
        schema: The columns to take, with their types; None for those of the mention record and all others that there are.

    Returns:
        A table with the columns of ``COLUMNS``, of the same types also where empty, and behind them those that the
        records hold besides; or with those of the schema.

    Raises:
        TableError: A record lacks a column that every mention has, or holds a value of another type.

    >>> mentions_table([])["lat"].dtype
    dtype('float64')
    """
    if is_frame(records):
        table = conform_frame(cast("pd.DataFrame", records))
        return table if schema is None else _select(table, schema)
    rows = cast("list[dict[str, Any]]", list(conform_records(records)))
    extras = dict.fromkeys(name for row in rows if len(row) > len(COLUMNS) for name in row)
    names = [*COLUMNS, *(name for name in extras if name not in COLUMNS)]
    cells = {name: [row.get(name) for row in rows] for name in names}
    table = pd.DataFrame(
        {
            name: pd.Series(values, dtype=MENTIONS[name].dtype if name in COLUMNS else None)
            for name, values in cells.items()
        }
    )
    return table if schema is None else _select(table, schema)


def collect_columns(mentions: Iterable[Mapping[str, Any]], columns: Sequence[str]) -> pd.DataFrame:
    """Return the table of some columns of mention records, which are dropped as they come.

    >>> collect_columns([{"country": "SY", "kind": "literal"}], ["country"]).to_dict("list")
    {'country': ['SY']}
    """
    cells: dict[str, list[Any]] = {column: [] for column in columns}
    adders = [(column, into.append) for column, into in cells.items()]
    for record in mentions:
        for column, add in adders:
            add(record[column])
    return pd.DataFrame(
        {name: pd.Series(values, dtype=MENTIONS[name].dtype) for name, values in cells.items()}
    )


def _select(table: pd.DataFrame, schema: Schema) -> pd.DataFrame:
    """Return the columns of a schema, those that are not of the mention record made of its types."""
    columns: dict[str, pd.Series[Any]] = {}
    faults: list[tuple[int, str]] = []
    for column in schema.columns:
        if column.name in COLUMNS:
            columns[column.name] = table[column.name]
        elif column.name in table.columns:
            columns[column.name] = _read_column(column, table[column.name], faults, unguard=False)
        else:
            columns[column.name] = pd.Series([None] * len(table), dtype=column.dtype)
    if faults:
        raise word_faults("the table", [f"row {row + 1:,}, {fault}" for row, fault in faults])
    return pd.DataFrame(columns)


def table_records(
    mentions: pd.DataFrame, *, schema: Schema | None = None
) -> Iterator[MentionRecord]:
    """Yield the records of a mention table; what is missing in the table is None in them.

    Args:
        mentions: A mention table; see :func:`geomap.read_table` for what may be one.
        schema: The columns to take; None for all that there are.

    Raises:
        TableError: The table lacks a column, or a cell cannot be read.
    """
    records = _records_of(conform_frame(mentions))
    if schema is None:
        return records
    names = schema.names
    rows = cast("Iterator[dict[str, Any]]", records)
    return (cast("MentionRecord", {name: row.get(name) for name in names}) for row in rows)


def _records_of(table: pd.DataFrame) -> Iterator[MentionRecord]:
    """Yield the records of a table that is as the schema says."""
    extras = [name for name in table.columns if name not in COLUMNS]
    lists = [_to_list(table[name]) for name in COLUMNS]
    lists += [list(map(to_plain, table[name].tolist())) for name in extras]
    names = (*COLUMNS, *extras)
    for row in zip(*lists, strict=True):
        yield cast("MentionRecord", dict(zip(names, row, strict=True)))


def _to_list(series: pd.Series[Any]) -> list[Any]:
    if not series.isna().any():
        return series.tolist()
    cells = series.to_numpy(dtype=object, copy=True)
    cells[series.isna().to_numpy()] = None
    return cells.tolist()


def _name_row(frame: pd.DataFrame) -> Callable[[int], str]:
    """Return what names a row of a frame: its number from 1, and its label where that is another one."""
    labels = frame.index
    plain = isinstance(labels, pd.RangeIndex) and labels.start == 0 and labels.step == 1
    return lambda row: f"row {row + 1:,}" + ("" if plain else f" (labelled {labels[row]!r})")


def conform_frame(
    frame: pd.DataFrame,
    *,
    where: str = "the table",
    name_row: Callable[[int], str] | None = None,
    unguard: bool | None = None,
    day_orders: Callable[[], Orders] | None = None,
    coded: bool = False,
    without: Collection[str] = (),
) -> pd.DataFrame:
    """Return a frame as a mention table: the columns of the schema, typed, and behind them all others as they are.

    Args:
        frame: A frame with at least the columns of :data:`geomap.schema.REQUIRED`, in any order and of any types.
        where: What the frame is, for messages.
        name_row: Returns what a row is called, from its number; None for its number and label.
        unguard: Whether its texts have apostrophes that a CSV file guards them with; None where the texts should tell.
        day_orders: Returns which orders of day and month are proved, where the frame is a piece of a table; None where
            its own dates tell.
        coded: Whether texts may come as categories: see :mod:`geomap.tables.coded`.
        without: Columns of :data:`FREE_TEXTS` that nobody wants, which the table then lacks.

    Raises:
        TableError: A column is missing or stands there twice, or cells cannot be read: they are named.
    """
    if not is_frame(frame):
        raise TableError(
            str(refusal("a mention table (geomap.read_table reads one from a file)", frame))
        )
    name_row = name_row or _name_row(frame)
    frame = _with_plain_columns(frame, where)
    check_names(frame.columns, where)
    if unguard is None:
        unguard = _came_from_csv(frame)
    faults: list[tuple[int, str]] = []
    columns: dict[str, pd.Series[Any]] = {}
    orders = cache(day_orders or partial(orders_in, [frame]))
    for column in MENTIONS.columns:
        if column.name in without:
            continue
        if column.name in frame.columns:
            cells = frame[column.name]
            columns[column.name] = _read_column(
                column, cells, faults, unguard=unguard, orders=orders, coded=coded
            )
        else:
            columns[column.name] = pd.Series([None] * len(frame), dtype=column.dtype)
    if not faults:
        _check_rows(columns, faults)
    if faults:
        faults.sort()
        raise word_faults(where, [f"{name_row(row)}, {fault}" for row, fault in faults])
    _derive(columns)
    for name in frame.columns:
        if name not in columns:
            columns[name] = frame[name].map(_unguard) if unguard else frame[name]
    table = pd.DataFrame(columns, copy=False)
    if MADE[-1] not in table.columns:
        return table
    # of a mention that is there twice, by its place and by what is described, one is enough
    kept = table[MADE[-1]] != "described"
    return table[kept].drop(columns=MADE[-1]).reset_index(drop=True)


def orders_in(frames: Iterable[pd.DataFrame]) -> Orders:
    """Return which orders of day and month the days of a table prove, of which these are the pieces."""
    days = MENTIONS.of_type("day")
    return find_orders(
        value
        for frame in frames
        for name in days
        if name in frame.columns
        for value in _different(frame[name])[1]
    )


def _with_plain_columns(frame: pd.DataFrame, where: str) -> pd.DataFrame:
    """Return a frame whose columns have names, each its own, and whose rows have numbers."""
    if any(name in COLUMNS for name in frame.index.names if name is not None):
        frame = frame.reset_index()  # a column that was made the index
    elif not isinstance(frame.index, pd.RangeIndex) or frame.index.start or frame.index.step != 1:
        frame = frame.reset_index(drop=True)
    frame = pd.DataFrame(frame)
    names = [str(name) for name in frame.columns]
    twice = sorted({name for name in names if names.count(name) > 1})
    if twice:
        raise TableError(f"{where}: the column {twice[0]!r} stands in it more than once")
    frame = frame.set_axis(names, axis="columns") if names != list(frame.columns) else frame
    return _without_made(frame)


def _without_made(frame: pd.DataFrame) -> pd.DataFrame:
    """Return a frame without what a GIS file holds of the columns a second time, under the columns' own names."""
    known = set(frame.columns)
    made = set(made_names(known)) - {MADE[-1]}  # which tells doubles: see conform_frame
    if _SHAPES in known and _is_shape(frame[_SHAPES]):
        made.add(_SHAPES)
    frame = frame.drop(columns=sorted(made)) if made else frame
    names = {theirs: ours for theirs, ours in SQL_NAMES.items() if ours not in known}
    return frame.rename(columns=names) if names.keys() & known else frame


def _is_shape(cells: pd.Series[Any]) -> bool:
    """Return whether cells are shapes of shapely, or such as bytes."""
    if str(cells.dtype) == _SHAPES:
        return True
    first = next((cell for cell in cells if not is_missing(cell)), None)
    return isinstance(first, bytes) or hasattr(first, "wkt")


def _came_from_csv(frame: pd.DataFrame) -> bool:
    """Return whether the texts of a frame are those of a CSV file of ours: some are guarded, and none is bare."""
    found = False
    for name in FREE_TEXTS & set(frame.columns):
        for value in _different(frame[name])[1]:
            if isinstance(value, str):
                if value.startswith(_FORMULA_STARTS):
                    return False
                found = found or is_guarded(value)
    return found


def _read_column(
    column: Column,
    cells: pd.Series[Any],
    faults: list[tuple[int, str]],
    *,
    unguard: bool,
    orders: Callable[[], Orders] = Orders,
    coded: bool = False,
) -> pd.Series[Any]:
    """Return a column as the schema types it; what cannot be read is added to the faults."""
    if column.name in FREE_TEXTS and isinstance(cells.dtype, pd.StringDtype) and not unguard:
        texts = cells.astype(TEXT)
        empty = texts == ""
        return texts.mask(empty, pd.NA) if empty.any() else texts
    if column.type == "number" and cells.dtype == np.float64 and _are_good(column, cells):
        return cells
    if column.type == "integer" and _is_whole(cells.dtype) and _are_small(cells):
        return cells.astype("Int64")
    codes, uniques = _different(cells)
    values: list[Any] = []
    bad: dict[int, str] = {}
    is_plain = column.type == "text" and column.name in FREE_TEXTS and not unguard
    if is_plain and set(map(type, uniques)) <= {str}:
        if coded and is_coded(cells) and "" not in uniques:
            return cells
        values, uniques = [text or None for text in uniques], []  # texts as they are
    for code, value in enumerate(uniques):
        try:
            plain = unguard_cell(value) if unguard and isinstance(value, str) else value
            if column.type == "day" and is_local_day(plain):
                plain = read_local_day(plain, orders())
            values.append(read_cell(column, plain))
        except ValueError as err:
            values.append(None)
            bad[code] = f"{column.name}: {err}"
    if bad:
        rows = np.flatnonzero(np.isin(codes, list(bad)))
        faults += [(int(row), bad[int(codes[row])]) for row in rows]
    if coded and column.name in TEXT_COLUMNS and 2 * len(values) < len(codes):
        return code_texts(values, codes)
    values.append(None)  # of the code -1, which is what is missing
    if column.type == "number":
        numbers = np.array([np.nan if one is None else one for one in values], dtype=np.float64)
        return pd.Series(numbers[codes])
    if column.type == "integer":
        known = np.array([one is not None for one in values], dtype=bool)[codes]
        whole = np.array([one or 0 for one in values], dtype=np.int64)[codes]
        return pd.Series(pd.arrays.IntegerArray(whole, ~known))
    return take_texts(values, codes)


def _is_whole(dtype: object) -> bool:
    """Return whether cells are whole numbers of numpy, of which none is missing."""
    return isinstance(dtype, np.dtype) and dtype.kind in "iu"


def _are_small(cells: pd.Series[Any]) -> bool:
    """Return whether whole numbers are such as a cell can have, of which a million are not looked at one by one."""
    return not len(cells) or max(-int(cells.min()), int(cells.max())) <= LARGEST


def _are_good(column: Column, cells: pd.Series[Any]) -> bool:
    """Return whether all numbers of a column are such as it can have, or missing."""
    numbers = cells.to_numpy()
    low, high = -np.inf, np.inf
    if column.unit == "degrees" and column.limits is not None:
        low, high = column.limits
    good = np.isfinite(numbers) & (numbers >= low) & (numbers <= high)
    return bool((good | np.isnan(numbers)).all())


def _different(cells: pd.Series[Any]) -> tuple[NDArray[np.intp], list[Any]]:
    """Return for each cell a number, -1 where it holds nothing, and the values with these numbers."""
    try:
        codes, uniques = pd.factorize(cells)
        values = list(uniques)
    except TypeError:  # a list or a dict is in it
        values = [True]
    if cells.dtype != object or not any(type(one) in _TRUTHS and one in (0, 1) for one in values):
        return codes, values
    values = cells.tolist()  # True is 1 to pandas, and is no number to us
    missing = np.array([is_missing(value) for value in values], dtype=bool)
    return np.where(missing, -1, np.arange(len(values))), values


_TRUTHS: Final = frozenset({bool, int, float, np.bool_})


def _unguard(value: Any) -> Any:
    return unguard_cell(value) if isinstance(value, str) else value


#: columns that hold something in each mention, whatever else is not known
_NEVER_EMPTY: Final = ("article_id", "surface", "kind")


def _check_rows(columns: Mapping[str, pd.Series[Any]], faults: list[tuple[int, str]]) -> None:
    """Add what does not go together in a row to the faults."""
    for name in _NEVER_EMPTY:
        empty = np.flatnonzero(columns[name].isna().to_numpy())
        faults += [(int(row), f"{name}: it is empty, and every mention has one") for row in empty]
    placed = columns["place_id"].notna().to_numpy()
    for name in ("lat", "lon"):
        lost = np.flatnonzero(placed & columns[name].isna().to_numpy())
        problem = f"{name}: it is empty, although place_id names a place"
        faults += [(int(row), problem) for row in lost]
    start, end = columns["date_start"], columns["date_end"]
    for row in np.flatnonzero(_are_turned(start, end)).tolist():
        problem = f"{end.iloc[row]} comes before date_start, {start.iloc[row]}"
        faults.append((row, f"date_end: {problem}"))


def _are_turned(start: pd.Series[Any], end: pd.Series[Any]) -> NDArray[np.bool_]:
    """Return for each row whether its last day comes before its first one."""
    (left, starts), (right, ends) = _different(start), _different(end)
    rank = {day: row for row, day in enumerate(sorted({*starts, *ends}), start=1)}
    first, last = (
        np.array([*map(rank.__getitem__, days), 0], dtype=np.int64)[codes]
        for codes, days in ((left, starts), (right, ends))
    )
    return (last > 0) & (last < first)


def _derive(columns: dict[str, pd.Series[Any]]) -> None:
    """Fill what other columns tell."""
    for name, (sources, derive) in DERIVED.items():
        missing = columns[name].isna().to_numpy()
        if missing.any():
            rows = np.flatnonzero(missing)
            parts = (_to_list(columns[source].iloc[rows]) for source in sources)
            told = [derive(*row) for row in zip(*parts, strict=True)]
            if any(one is not None for one in told):
                cells = columns[name].to_numpy(dtype=object, copy=True)
                cells[rows] = told
                columns[name] = pd.Series(cells, dtype=TEXT)
