"""Tallies of mention tables: how often each place, article or date is mentioned."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Literal

from geomap.errors import TableError
from geomap.model import check_kinds
from geomap.schema import DATES, MENTIONS
from geomap.tables.frames import conform_frame
from geomap.tables.groups import Groups
from geomap.tables.keys import DRAWN_KINDS, Key, find_keys

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import pandas as pd

    from geomap.model import Kind

__all__ = ["tally_articles", "tally_dates", "tally_places"]

_SPLITS: Final[Mapping[str, tuple[str, ...]]] = {"article": ("article_id",), "date": DATES}
#: the number of different places, as it is counted besides
_PLACES: Final = (("places", "place_id"),)
_ARTICLE_COLUMNS: Final = (
    *MENTIONS.of_group("article")[1:],
    *DATES,
    *MENTIONS.of_group("story"),
)
#: columns of a tally that count mentions of one kind or status
_FLAGS: Final[Mapping[str, tuple[str, str]]] = {
    "literal": ("kind", "literal"),
    "associative": ("kind", "associative"),
    "embedded": ("kind", "embedded"),
    "ambiguous": ("status", "ambiguous"),
    "unknown": ("status", "unknown"),
    "unlocated": ("status", "unknown"),
}


def _count(
    mentions: pd.DataFrame,
    keys: tuple[Key, ...],
    *,
    flags: Sequence[str] = (),
    different: Sequence[tuple[str, str]] = (),
) -> pd.DataFrame:
    """Count the mentions of a table by some keys; a key that is missing makes a row of its own."""
    groups = Groups(mentions, keys, "published")
    named = [(flag, *_FLAGS[flag]) for flag in flags]
    return groups.rows(groups.count(flags=named, different=different))


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
    is_wanted = mentions["kind"].isin(check_kinds(kinds))
    is_placed = mentions["place_id"].notna() | mentions["within"].notna()
    keys = find_keys(("place", by) if by else ("place",), "published")
    flags = ("literal", "associative", "embedded", "ambiguous", "unlocated")
    tally = _count(mentions[is_wanted & is_placed], keys, flags=flags)
    names = ["place_id", *(_SPLITS[by] if by else ())]
    tally = tally.sort_values(
        ["mentions", *names], ascending=[False] + [True] * len(names), ignore_index=True
    )
    counts = ("mentions", "articles", "stories", *flags, "first_date", "last_date")
    return tally[[*names, *MENTIONS.of_places, *counts]]


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
    flags = ("literal", "associative", "embedded", "ambiguous", "unknown")
    key = Key(name="article", columns=("article_id",), more=_ARTICLE_COLUMNS)
    tally = _count(conform_frame(mentions), (key,), flags=flags, different=_PLACES)
    tally = tally.sort_values("article_id", ignore_index=True)
    return tally[["article_id", *_ARTICLE_COLUMNS, "mentions", "places", "stories", *flags]]


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
    tally = _count(conform_frame(mentions), find_keys(("date",), "published"), different=_PLACES)
    tally = tally.sort_values(list(DATES), ignore_index=True, na_position="last")
    return tally[[*DATES, "mentions", "articles", "stories", "places"]]
