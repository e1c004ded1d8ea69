"""Tables of mentions and tallies of them: the room that knows pandas.

A mention table holds one row a mention with the columns of ``geomap.records.COLUMNS``. Text
columns have pandas' ``string`` type and whole numbers ``Int64``, so that the types are the same
in an empty table, and what is missing is ``pandas.NA`` (NaN in the float columns). Dates stay
ISO strings: a table may hold years and months, which are no points in time.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Literal, cast

import pandas as pd

from geomap.errors import TableError
from geomap.records import COLUMNS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from geomap.model import Kind
    from geomap.records import MentionRecord

__all__ = [
    "DRAWN_KINDS",
    "TEXT_COLUMNS",
    "mentions_table",
    "table_records",
    "tally_articles",
    "tally_dates",
    "tally_places",
]

#: an embedded name ("King's College London") is kept in tables, but its place is not meant
DRAWN_KINDS: Final[tuple[Kind, ...]] = ("literal", "associative")

#: one storage, whether pyarrow is installed or not
_TEXT: Final = "string[python]"
_INTEGERS: Final = frozenset({"start", "end", "precision", "story_size"})
_FLOATS: Final = frozenset(
    {
        *("lat", "lon", "radius_km", "confidence"),
        *("relation_lat", "relation_lon", "relation_radius_km"),
    }
)
#: columns of a mention table that hold text
TEXT_COLUMNS: Final = tuple(
    column for column in COLUMNS if column not in _INTEGERS and column not in _FLOATS
)
#: what says of a place where and what it is, repeated on each of its mentions
_PLACE_COLUMNS: Final = (
    "name", "feature", "lat", "lon", "radius_km", "precision", "country", "admin1", "admin2",
)  # fmt: skip
_DATE_COLUMNS: Final = ("date_start", "date_end", "date_precision")
_STORY_COLUMNS: Final = ("story_id", "story_size")
_ARTICLE_COLUMNS: Final = ("title", "source", "url", "lang", *_DATE_COLUMNS, *_STORY_COLUMNS)
#: a column that is made to count by: see _with_stories
_STORY: Final = "\0story"
#: what a tally counts of articles and their copies
_ARTICLE_COUNTS: Final = {"articles": "article_id", "stories": _STORY}
_SPLITS: Final[Mapping[str, tuple[str, ...]]] = {"article": ("article_id",), "date": _DATE_COLUMNS}
#: columns of a tally that count mentions of one kind or status
_FLAGS: Final[Mapping[str, tuple[str, str]]] = {
    "literal": ("kind", "literal"),
    "associative": ("kind", "associative"),
    "embedded": ("kind", "embedded"),
    "ambiguous": ("status", "ambiguous"),
    "unknown": ("status", "unknown"),
}


def _dtype(column: str) -> str:
    if column in _INTEGERS:
        return "Int64"
    if column in _FLOATS:
        return "float64"
    return _TEXT


def mentions_table(records: Iterable[Mapping[str, object]]) -> pd.DataFrame:
    """Return the table of some mention records, in their order.

    Args:
        records: Mention records, as ``geomap.pipeline.find_mentions`` gives them.

    Returns:
        A table with exactly the columns of ``COLUMNS``, and the same types also where empty.

    Raises:
        TableError: A record lacks a column, or holds a value of another type.

    >>> mentions_table([]).shape
    (0, 38)
    """
    rows = list(records)
    columns = {}
    for column in COLUMNS:
        try:
            values = [row[column] for row in rows]
        except KeyError as err:
            raise TableError(
                f"a mention record lacks {column!r}; a record holds exactly: {', '.join(COLUMNS)}"
            ) from err
        try:
            columns[column] = pd.Series(values, dtype=_dtype(column))
        except (TypeError, ValueError) as err:
            raise TableError(
                f"a mention record holds a value of a wrong type in {column!r}: {err}"
            ) from err
    return pd.DataFrame(columns)


def table_records(mentions: pd.DataFrame) -> Iterator[MentionRecord]:
    """Yield the records of a mention table; what is missing in the table is None in them.

    Raises:
        TableError: The table lacks a column.
    """
    _check_columns(mentions, COLUMNS)
    lists = []
    for column in COLUMNS:
        values = mentions[column].astype(object)
        lists.append(values.where(values.notna(), None).tolist())
    for row in zip(*lists, strict=True):
        yield cast("MentionRecord", dict(zip(COLUMNS, row, strict=True)))


def _check_columns(mentions: pd.DataFrame, needed: Sequence[str]) -> None:
    missing = [column for column in needed if column not in mentions.columns]
    if missing:
        raise TableError(
            f"expected a mention table, but it lacks the column{'s' * (len(missing) > 1)} "
            f"{', '.join(missing)}; make one with geomap.mentions_table"
        )


def _with_stories(mentions: pd.DataFrame) -> pd.DataFrame:
    """Add a column that tells stories apart: an article without one is a story of its own."""
    alone = "\0" + mentions["article_id"]  # no story is called so
    return mentions.assign(**{_STORY: mentions["story_id"].fillna(alone)})


def _tally(
    mentions: pd.DataFrame,
    keys: Sequence[str],
    *,
    first: Sequence[str] = (),
    flags: Sequence[str] = (),
    unique: Mapping[str, str],
) -> pd.DataFrame:
    """Count mentions by some keys; a key that is missing makes a group of its own.

    Args:
        mentions: A mention table.
        keys: The columns to group by.
        first: Columns whose first value stands for the group.
        flags: Names of ``_FLAGS``: how many mentions have that kind or status.
        unique: Columns to make, each with the column whose different values it counts.
    """
    _check_columns(mentions, COLUMNS)
    wide = _with_stories(mentions).assign(
        mentions=1,
        **{flag: (mentions[_FLAGS[flag][0]] == _FLAGS[flag][1]).astype("int64") for flag in flags},
    )
    groups = wide.groupby(list(keys), dropna=False, sort=False)
    parts = [
        groups[list(first)].first(),
        groups[["mentions"]].sum(),
        *(groups[column].nunique().rename(name) for name, column in unique.items()),
        groups[list(flags)].sum(),
    ]
    return pd.concat(parts, axis=1).reset_index()


def _date_range(mentions: pd.DataFrame, keys: Sequence[str]) -> pd.DataFrame:
    """Return the first and the last day of each group; NA where no article of it has a date."""
    groups = mentions.groupby(list(keys), dropna=False, sort=False)
    first = groups["date_start"].min().rename("first_date")
    last = groups["date_end"].max().rename("last_date")
    return pd.concat([first, last], axis=1).astype(_TEXT).reset_index()


def tally_places(
    mentions: pd.DataFrame,
    *,
    kinds: Sequence[Kind] = DRAWN_KINDS,
    by: Literal["article", "date"] | None = None,
) -> pd.DataFrame:
    """Count the mentions of each place, and the articles and stories that name it.

    An article of which nobody knows the story counts as one of its own. Places are told apart by
    ``place_id``, never by name. Mentions whose place is unknown are left out.

    Args:
        mentions: A mention table.
        kinds: The kinds of mention that count.
        by: None for one row a place; ``"article"`` for a row for each place and article;
            ``"date"`` for a row for each place and date, where dates of different precision
            stay apart and articles without a date have rows of their own.

    Returns:
        The place's columns, ``mentions``, ``articles``, ``stories``, how many mentions are ``literal``,
        ``associative``, ``embedded`` and ``ambiguous``, ``first_date`` and ``last_date``; most
        mentioned first, then by ``place_id`` (and by article or date).

    Raises:
        TableError: The table lacks a column, or ``by`` is something else.
    """
    if by is not None and by not in _SPLITS:
        raise TableError(f"expected by to be None, 'article' or 'date', got {by!r}")
    _check_columns(mentions, COLUMNS)
    keys = ("place_id", *(_SPLITS[by] if by else ()))
    counted = mentions[mentions["place_id"].notna() & mentions["kind"].isin(list(kinds))]
    tally = _tally(
        counted,
        keys,
        first=_PLACE_COLUMNS,
        flags=("literal", "associative", "embedded", "ambiguous"),
        unique=_ARTICLE_COUNTS,
    )
    tally = tally.merge(_date_range(counted, keys), on=list(keys), how="left")
    order = ["mentions", *keys]
    ascending = [False] + [True] * len(keys)
    return tally.sort_values(order, ascending=ascending, ignore_index=True)


def tally_articles(mentions: pd.DataFrame) -> pd.DataFrame:
    """Count the mentions in each article, of every kind, by ``article_id``.

    An article in which no place was found has no mention, so it is not in the table.

    Returns:
        The article's columns, its ``story_id`` and ``story_size`` among them, ``mentions``, the number
        of different ``places`` and of ``stories`` (1 but where articles share an id), and how many
        mentions are ``literal``, ``associative``, ``embedded``, ``ambiguous`` and ``unknown``.

    Raises:
        TableError: The table lacks a column.
    """
    tally = _tally(
        mentions,
        ["article_id"],
        first=_ARTICLE_COLUMNS,
        flags=tuple(_FLAGS),
        unique={"places": "place_id", "stories": _STORY},
    )
    return tally.sort_values("article_id", ignore_index=True)


def tally_dates(mentions: pd.DataFrame) -> pd.DataFrame:
    """Count the mentions of each publication date, of every kind, in the order of time.

    A month is not counted on its first day: dates of different precision have rows of their
    own, and so have, last, the articles without a date.

    Returns:
        ``date_start``, ``date_end``, ``date_precision``, and the numbers of ``mentions``,
        ``articles``, ``stories`` and ``places``.

    Raises:
        TableError: The table lacks a column.
    """
    tally = _tally(mentions, _DATE_COLUMNS, unique=_ARTICLE_COUNTS | {"places": "place_id"})
    return tally.sort_values(list(_DATE_COLUMNS), ignore_index=True, na_position="last")
