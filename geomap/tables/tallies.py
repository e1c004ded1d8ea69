"""Tallies of mention tables: how often each place, article or date is mentioned."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Literal

import pandas as pd

from geomap.errors import TableError
from geomap.model import check_kinds
from geomap.schema import MENTIONS
from geomap.tables.frames import TEXT, conform_frame

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from geomap.model import Kind

__all__ = ["DRAWN_KINDS", "tally_articles", "tally_dates", "tally_places"]

#: an embedded name ("King's College London") is kept in tables, but its place is not meant
DRAWN_KINDS: Final[tuple[Kind, ...]] = ("literal", "associative")

#: what says of a place where and what it is, repeated on each of its mentions
_PLACE_COLUMNS: Final = MENTIONS.of_places
_DATE_COLUMNS: Final = MENTIONS.of_group("dates")[:3]  # where it was found is no date
_ARTICLE_COLUMNS: Final = (
    *MENTIONS.of_group("article")[1:],
    *_DATE_COLUMNS,
    *MENTIONS.of_group("story"),
)
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
    "unlocated": ("status", "unknown"),
}


def _with_stories(mentions: pd.DataFrame) -> pd.DataFrame:
    """Add a column that tells stories apart: an article without one is a story of its own."""
    alone = "\0" + mentions["article_id"]  # no story is called so
    return mentions.assign(**{_STORY: mentions["story_id"].fillna(alone)})


def _with_units(mentions: pd.DataFrame) -> pd.DataFrame:
    """Put the unit that a mention lies in for its place, where that is unknown."""
    place_id = mentions["place_id"].fillna(mentions["within"])
    return mentions.assign(place_id=place_id, name=mentions["name"].fillna(mentions["within_name"]))


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
    return pd.concat([first, last], axis=1).astype(TEXT).reset_index()


def tally_places(
    mentions: pd.DataFrame,
    *,
    kinds: Sequence[Kind] = DRAWN_KINDS,
    by: Literal["article", "date"] | None = None,
) -> pd.DataFrame:
    """Count the mentions of each place, and the articles and stories that name it.

    An article of which nobody knows the story counts as one of its own. Places are told apart by
    ``place_id``, never by name. A mention whose place is unknown counts with the unit or country
    that it lies in (``within``); it is left out where that is not known.

    Args:
        mentions: A mention table.
        kinds: The kinds of mention that count.
        by: None for one row a place; ``"article"`` for a row for each place and article;
            ``"date"`` for a row for each place and date, where dates of different precision
            stay apart and articles without a date have rows of their own.

    Returns:
        The place's columns, ``mentions``, ``articles``, ``stories``, how many mentions are ``literal``,
        ``associative``, ``embedded`` and ``ambiguous``, how many are ``unlocated`` (of a name that
        lies somewhere in the place, and nobody knows where), ``first_date`` and ``last_date``; most
        mentioned first, then by ``place_id`` (and by article or date).

    Raises:
        TableError: The table lacks a column, or ``by`` is something else.

    >>> import geomap
    >>> articles = [geomap.Article(id="1", text="From Raqqa to Mosul, and back to Raqqa.")]
    >>> table = geomap.mentions_table(geomap.find_mentions(articles))
    >>> tally_places(table)[["name", "mentions"]].to_dict("records")
    [{'name': 'Raqqa', 'mentions': 2}, {'name': 'Mosul', 'mentions': 1}]
    """
    if by is not None and by not in _SPLITS:
        raise TableError(f"expected by to be None, 'article' or 'date', got {by!r}")
    mentions = conform_frame(mentions)
    keys = ("place_id", *(_SPLITS[by] if by else ()))
    placed = _with_units(mentions)
    counted = placed[placed["place_id"].notna() & placed["kind"].isin(check_kinds(kinds))]
    tally = _tally(
        counted,
        keys,
        first=_PLACE_COLUMNS,
        flags=("literal", "associative", "embedded", "ambiguous", "unlocated"),
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

    >>> import geomap
    >>> articles = [geomap.Article(id="1", text="From Raqqa to Mosul, and back to Raqqa.")]
    >>> table = geomap.mentions_table(geomap.find_mentions(articles))
    >>> tally_articles(table)[["article_id", "mentions", "places"]].to_dict("records")
    [{'article_id': '1', 'mentions': 3, 'places': 2}]
    """
    tally = _tally(
        conform_frame(mentions),
        ["article_id"],
        first=_ARTICLE_COLUMNS,
        flags=("literal", "associative", "embedded", "ambiguous", "unknown"),
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

    >>> import geomap
    >>> articles = [geomap.Article(id="1", text="From Raqqa to Mosul.")]
    >>> table = geomap.mentions_table(geomap.find_mentions(articles))
    >>> tally_dates(table)[["date_precision", "mentions"]].to_dict("records")
    [{'date_precision': 'unknown', 'mentions': 2}]
    """
    mentions = conform_frame(mentions)
    tally = _tally(mentions, _DATE_COLUMNS, unique=_ARTICLE_COUNTS | {"places": "place_id"})
    return tally.sort_values(list(_DATE_COLUMNS), ignore_index=True, na_position="last")
