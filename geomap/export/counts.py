"""Counts of mentions for the layers of a GIS: of places, of places over time, of units and of countries.

They are those of :func:`geomap.tables.tally`, counted by the same code: literal and associative mentions, articles
and stories (an article of which nobody knows the story is one of its own), and a mention of an unknown place with the
unit that it lies in.
"""

from __future__ import annotations

from operator import itemgetter
from typing import TYPE_CHECKING, Any, Final

from geomap.export.fields import Field, end_of, read_day, start_of_day

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    import pandas as pd

    from geomap.export.fields import FieldType
    from geomap.periods import Period
    from geomap.tables.keys import KeyName

__all__ = [
    "COUNTS",
    "DAYS",
    "SPANS",
    "columns_to_count",
    "count_mentions",
    "plain_fields",
    "to_columns",
    "to_rows",
]


def plain_fields(columns: Iterable[tuple[str, FieldType, str]]) -> tuple[Field, ...]:
    """Return the fields of rows that hold their values under their own names."""

    def of(name: str) -> Callable[[Mapping[str, Any]], Any]:
        return lambda row: row[name]

    return tuple(Field(name, kind, doc, of(name)) for name, kind, doc in columns)


#: what is counted
COUNTS: Final = plain_fields(
    (
        ("mentions", "integer", "how many mentions"),
        ("articles", "integer", "in how many articles"),
        ("stories", "integer", "that tell how many stories"),
        ("literal", "integer", "mentions of the place itself"),
        ("associative", "integer", "mentions of its people, its state, an adjective"),
        ("ambiguous", "integer", "mentions of which the place is the best guess"),
        (
            "unlocated",
            "integer",
            "mentions of a name that lies somewhere in it, nobody knows where",
        ),
        ("undated", "integer", "mentions in articles without a date"),
        ("first_date", "day", "the first day on which an article may have been published"),
        ("last_date", "day", "the last such day"),
    )
)
#: between which points in time
SPANS: Final = plain_fields(
    (
        (
            "period",
            "text",
            "the step of time; `wider`, where a date is known to more than one step only",
        ),
        ("time_start", "time", "the moment when it begins (UTC)"),
        ("time_end", "time", "the moment when it is over (UTC): exclusive"),
    )
)


#: columns of tallies that hold days
DAYS: Final = ("first_date", "last_date", "period_start", "period_end")
_FLAGS: Final = (
    ("literal", "kind", "literal"),
    ("associative", "kind", "associative"),
    ("ambiguous", "status", "ambiguous"),
    ("unlocated", "status", "unknown"),
    ("undated", "date_precision", "unknown"),
)


def columns_to_count() -> tuple[str, ...]:
    """Return the columns of a mention table that these counts look at."""
    from geomap.tables.tally_by import columns_for  # noqa: PLC0415 - pandas

    flags = (column for _, column, _ in _FLAGS)
    return tuple(dict.fromkeys((*columns_for("place,admin1,country"), *flags)))


def count_mentions(
    mentions: pd.DataFrame, by: KeyName, period: Period | None = None
) -> list[dict[str, Any]]:
    """Return a row for each place, unit or country, or for each of them and step of time, most mentioned first.

    Mentions whose place, unit or country nobody knows are left out.

    Args:
        mentions: The columns of a mention table that :func:`columns_to_count` names.
        by: ``place``, ``admin1`` or ``country``.
        period: The step, for rows in the order of time; mentions of articles without a date are then left out. A month
            is not counted on one of its days: where a date is known to more than one step only, its own days are the span,
            and it is called ``wider``. None for the whole time.
    """
    from geomap.tables.groups import Groups, describe_stretches  # noqa: PLC0415 - pandas
    from geomap.tables.keys import DRAWN_KINDS, find_keys  # noqa: PLC0415
    from geomap.tables.stretches import find_stretches  # noqa: PLC0415

    wanted = mentions["kind"].isin(DRAWN_KINDS) & _is_known(mentions, by)
    if period is not None:
        wanted &= mentions["date_start"].notna()
    mentions = mentions[wanted]
    groups = Groups(mentions, find_keys([by], "published"), "published")
    stretches = None
    if period is not None:
        stretches = find_stretches(mentions["date_start"], mentions["date_end"], period, "apart")
    counts = groups.count(stretches, flags=_FLAGS)
    counts = counts.take(groups.order(counts))
    found = groups.rows(counts)
    if stretches is not None:
        found = found.assign(**describe_stretches(stretches.found, counts.stretch))
    rows = [_plain(row) for row in to_rows(found)]
    if period is None:
        return rows
    for row in rows:
        start, end = row.pop("period_start"), row.pop("period_end")
        row["time_start"], row["time_end"] = start_of_day(start), end_of(end)
        row["period"] = "wider" if row.pop("is_vague") else period
    rows.sort(key=lambda row: -row["mentions"])
    return sorted(rows, key=itemgetter("time_start", "time_end"))


def _is_known(mentions: pd.DataFrame, by: KeyName) -> pd.Series[bool]:
    """Return which mentions lie somewhere."""
    known: dict[str, tuple[str, ...]] = {
        "place": ("place_id", "within"),
        "admin1": ("admin1", "admin1_id"),
    }
    return mentions[list(known.get(by, (by,)))].notna().any(axis="columns")


def _plain(row: dict[str, Any]) -> dict[str, Any]:
    """Return a row with its days as days."""
    days = {name: row[name] and read_day(row[name]) for name in ("first_date", "last_date")}
    return row | days


def to_rows(table: pd.DataFrame) -> Iterator[dict[str, Any]]:
    """Yield the rows of a table as Python has them; what is missing is None."""
    names = [str(name) for name in table.columns]
    for cells in zip(*to_columns(table), strict=True):
        yield dict(zip(names, cells, strict=True))


def to_columns(table: pd.DataFrame) -> Iterator[list[Any]]:
    """Yield the cells of each column of a table as Python has them; what is missing is None."""
    for name in table.columns:
        cells = table[name]
        missing = cells.isna().to_numpy()
        if missing.any():
            values = cells.to_numpy(dtype=object, copy=True)
            values[missing] = None
            yield values.tolist()
        else:
            yield cells.tolist()
