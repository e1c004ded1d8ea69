"""Mentions in groups: which mentions belong together by some keys, what each group is, and its counts in rows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import numpy as np
import pandas as pd

from geomap.gazetteer.classes import place_precision
from geomap.selection.conditions import DAYS
from geomap.tables.counting import Counts, count_groups, number_rows, number_stories
from geomap.tables.frames import TEXT
from geomap.tables.keys import number_keys
from geomap.tables.stretches import UNDATED

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from numpy.typing import NDArray

    from geomap.selection.values import Time
    from geomap.tables.keys import Key
    from geomap.tables.stretches import Stretch, Stretches

__all__ = [
    "PART_DIGITS",
    "PERIOD_COLUMNS",
    "Groups",
    "column_ranks",
    "describe_stretches",
    "texts",
]

#: the columns of a row's time
PERIOD_COLUMNS: Final = ("period", "period_start", "period_end", "is_vague")
#: digits of a part of a mention, where a date is spread over several periods
PART_DIGITS: Final = 6
#: a column that is made: whether nobody knows the mention's place, which counts with the unit that it lies in
_IS_LOST: Final = "_is_lost"


class Groups:
    """The mentions of a table in groups.

    Attributes:
        heads: What each group is: the values of its keys, and what describes it.

    Args:
        mentions: The columns of a mention table that the keys and the counts need, with the types of the schema.
        keys: What to group by; none makes one group.
        time: Which date counts.
    """

    def __init__(self, mentions: pd.DataFrame, keys: tuple[Key, ...], time: Time) -> None:
        if any(key.name == "place" for key in keys):
            mentions = _with_units(mentions)
        self._mentions = mentions
        self._keys = keys
        self._articles = number_rows([mentions["article_id"]], len(mentions))
        self._stories = number_stories(mentions["story_id"], self._articles)
        self._days, self._first, self._last = _number_days(mentions, DAYS[time])
        self._group = number_keys(mentions, keys)
        self.heads = self._find_heads()

    def _find_heads(self) -> pd.DataFrame:
        """Return what describes each group: what the first of its mentions says that says anything."""
        mentions, size = self._mentions, len(self._mentions)
        order = np.zeros(size, dtype=np.int64)
        if any(key.name == "story" for key in self._keys):  # described by its earliest article
            order = _rank_articles(mentions)
        if _IS_LOST in mentions.columns:  # a place is described by a mention of itself
            order = order * 2 + mentions[_IS_LOST].to_numpy(dtype=np.int64)
        ranked = np.lexsort((np.arange(size), order, self._group))
        firsts = _firsts(self._group[ranked])
        heads = pd.DataFrame(index=pd.RangeIndex(len(firsts)))
        for key in self._keys:
            for name in (*key.columns, *key.more):
                if name not in heads.columns:
                    said = _first_said(mentions[name], ranked, firsts, self._group)
                    heads[name] = (
                        mentions[name].take(ranked[firsts] if key.is_whole else said).array
                    )
        return self._with_precision(heads, ranked[firsts]) if _IS_LOST in mentions else heads

    def _with_precision(self, heads: pd.DataFrame, first: NDArray[Any]) -> pd.DataFrame:
        """Return places with the precision of each itself: that of "near it" is of a mention alone."""
        lost = self._mentions[_IS_LOST].to_numpy(dtype=bool)[first]
        known = [
            precision if is_lost or pd.isna(feature) else place_precision(feature)
            for precision, is_lost, feature in zip(
                heads["precision"], lost, heads["feature"], strict=True
            )
        ]
        return heads.assign(precision=pd.array(known, dtype="Int64"))

    def count(
        self,
        stretches: Stretches | None = None,
        *,
        flags: Sequence[tuple[str, str, str]] = (),
        different: Sequence[tuple[str, str]] = (),
    ) -> Counts:
        """Count the mentions of each group, or of each group and stretch of time.

        Args:
            stretches: Where the dates of the mentions lie; None where time is not told apart.
            flags: Names of what is counted besides, with the column and the value that such a mention has.
            different: Names of what is counted besides, with the column whose different values that are.
        """
        mentions = self._mentions
        return count_groups(
            self._group,
            self._articles,
            self._stories,
            (self._first, self._last),
            stretches,
            flags={
                name: (mentions[column] == value).fillna(value=False).to_numpy(dtype=bool)
                for name, column, value in flags
            },
            different={name: pd.factorize(mentions[column])[0] for name, column in different},
        )

    def rows(self, counts: Counts, *, dates: bool = True) -> pd.DataFrame:
        """Return a row for each count: what its group is, and how much there is of it."""
        found = self.heads.iloc[counts.group].reset_index(drop=True)
        columns: dict[str, Any] = {
            "mentions": counts.mentions,
            "articles": counts.articles,
            "stories": counts.stories,
            **counts.more,
        }
        if dates:
            columns["first_date"] = self.to_days(counts.first)
            columns["last_date"] = self.to_days(counts.last)
        return found.assign(**columns)

    def order(self, counts: Counts) -> NDArray[Any]:
        """Return rows with most mentions first, key within key, then by the keys' values, then by time."""
        size = len(self.heads)
        total = np.bincount(counts.group, weights=counts.mentions, minlength=size)
        total = total.round(PART_DIGITS)
        criteria: list[NDArray[Any]] = []
        for number, key in enumerate(self._keys, start=1):
            outer = number_keys(self.heads, self._keys[:number])
            columns = [self.heads[name] for name in key.order]
            if key.name != "story":  # of which nobody knows that an article tells one
                criteria.append(columns[0].isna().to_numpy())
            if key.by_count:
                criteria.append(-np.bincount(outer, weights=total)[outer])
            criteria += [column_ranks(column) for column in columns]
        keyed = [values[counts.group] for values in criteria]
        order: NDArray[Any] = np.lexsort((counts.stretch, *reversed(keyed)))
        return order

    def to_days(self, numbers: NDArray[np.int64]) -> Any:
        """Return days by their numbers; -1 is none."""
        return texts([*self._days, pd.NA], numbers)


def texts(values: Sequence[Any], numbers: NDArray[np.int64]) -> Any:
    """Return a column of texts by their numbers."""
    return pd.array(np.array(values, dtype=object)[numbers], dtype=TEXT)


def describe_stretches(found: tuple[Stretch, ...], numbers: NDArray[np.int64]) -> dict[str, Any]:
    """Return the columns of the rows' time."""
    columns = (
        texts([one.label for one in found], numbers),
        texts(list(_days_of(found, "start")), numbers),
        texts(list(_days_of(found, "end")), numbers),
        np.array([one.is_vague for one in found], dtype=bool)[numbers],
    )
    return dict(zip(PERIOD_COLUMNS, columns, strict=True))


def _days_of(found: tuple[Stretch, ...], edge: str) -> Iterable[Any]:
    return (pd.NA if one.label == UNDATED else getattr(one, edge).isoformat() for one in found)


def _with_units(mentions: pd.DataFrame) -> pd.DataFrame:
    """Put the unit that a mention lies in for its place, where that is unknown."""
    lost = mentions["place_id"].isna()
    return mentions.assign(
        **{_IS_LOST: lost},
        place_id=mentions["place_id"].fillna(mentions["within"]),
        name=mentions["name"].fillna(mentions["within_name"]),
    )


def _firsts(groups: NDArray[np.int64]) -> NDArray[np.intp]:
    """Return where each group begins in a sorted array of their numbers."""
    return np.flatnonzero(np.diff(groups, prepend=-1))


def _first_said(
    column: pd.Series[Any],
    ranked: NDArray[np.intp],
    firsts: NDArray[np.intp],
    group: NDArray[np.int64],
) -> NDArray[np.intp]:
    """Return for each group the row of the first mention that has a value in a column; the first one where none has."""
    rows = ranked[firsts]
    missing = column.isna().to_numpy()
    if missing[rows].any():
        rows = rows.copy()
        saying = ranked[~missing[ranked]]
        begins = saying[_firsts(group[saying])]
        rows[group[begins]] = begins
    return rows


def column_ranks(column: pd.Series[Any]) -> NDArray[np.int64]:
    """Return the ranks of a column's values; what is missing comes last."""
    codes, values = pd.factorize(column, sort=True)
    ranks: NDArray[np.int64] = np.where(codes < 0, len(values), codes).astype(np.int64)
    return ranks


def _rank_articles(mentions: pd.DataFrame) -> NDArray[np.int64]:
    """Return the ranks of articles: the earlier one first, then the one with the smaller id; without a date last."""
    dates, ids = column_ranks(mentions["date_start"]), column_ranks(mentions["article_id"])
    ranks: NDArray[np.int64] = dates * (int(ids.max(initial=0)) + 1) + ids
    return ranks


def _number_days(
    mentions: pd.DataFrame, columns: tuple[str, str]
) -> tuple[list[str], NDArray[np.int64], NDArray[np.int64]]:
    """Return the days of a table in the order of time, and the number of each mention's first and last one."""
    left, right = (pd.factorize(mentions[column]) for column in columns)
    days = sorted({str(day) for _, values in (left, right) for day in values})
    number = {day: row for row, day in enumerate(days)}
    first, last = (
        np.array([*(number[str(day)] for day in values), -1], dtype=np.int64)[codes]
        for codes, values in (left, right)
    )
    return days, first, last
