"""Tallies by any keys and periods: mentions, articles and stories, first and last date, share."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, Literal, get_args

import numpy as np
import pandas as pd

from geomap.errors import InputError
from geomap.periods import expect_period
from geomap.runtime.expecting import refusal
from geomap.selection.conditions import DAYS
from geomap.selection.values import Time
from geomap.tables.counting import count_groups, number_rows, number_stories
from geomap.tables.frames import TEXT, conform_frame
from geomap.tables.keys import find_keys, read_keys
from geomap.tables.stretches import UNDATED, VAGUE, VAGUES, fill_between, find_stretches
from geomap.tables.tallies import DRAWN_KINDS

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from numpy.typing import NDArray

    from geomap.model import Kind
    from geomap.periods import Period
    from geomap.tables.counting import Counts
    from geomap.tables.keys import Key, KeyName
    from geomap.tables.stretches import Stretch, Stretches, Vague

__all__ = ["COUNTS", "PERIOD_COLUMNS", "Count", "columns_for", "tally"]

#: what is counted
Count = Literal["mentions", "articles", "stories"]
COUNTS: Final[tuple[Count, ...]] = get_args(Count)
#: the columns of a row's time
PERIOD_COLUMNS: Final = ("period", "period_start", "period_end", "is_vague")
_SHARE_DIGITS: Final = 6
_PART_DIGITS: Final = 6
#: columns that a spreadsheet has
_MOST_COLUMNS: Final = 16_000


def columns_for(
    by: object, *, period: Period | None = None, time: Time = "published"
) -> tuple[str, ...]:
    """Return the columns of a mention table that a tally looks at: a table needs no others.

    >>> columns_for("source")
    ('source', 'kind', 'article_id', 'story_id', 'date_start', 'date_end')
    """
    keys = find_keys(_names_of(by, period), time)
    names = [name for key in keys for name in (*key.columns, *key.more)]
    if any(key.name == "place" for key in keys):
        names += ["within", "within_name"]
    always = ("kind", "article_id", "story_id", "date_start", "date_end", *DAYS[time])
    return tuple(dict.fromkeys([*names, *always]))


def tally(
    mentions: pd.DataFrame,
    *,
    by: KeyName | str | Sequence[str] | None = None,
    period: Period | None = None,
    time: Time = "published",
    vague: Vague = "apart",
    kinds: Iterable[Kind] | None = None,
    wide: bool = False,
    count: Count = "mentions",
) -> pd.DataFrame:
    """Count mentions, and the articles and stories that have them, by any keys and periods.

    Nothing is left out without a word: what a key does not tell (a mention whose place nobody knows, an article
    without a source) has rows of its own with that column missing, and what has no date is ``undated``. So the
    mentions of a tally add up to those of the table that are of the ``kinds``. Places are told apart by id, units by
    country and name; an unknown place counts with the unit that it lies in (``within``). An article of which nobody knows the
    story counts as one of its own.

    Args:
        mentions: A mention table; of one with the types of the schema the columns of :func:`columns_for` are enough.
        by: One or several of ``place, article, date, country, admin1, admin2, source, story, kind``; None for ``place``,
            or where there is a period for none.
        period: ``day``, ``week``, ``month``, ``quarter`` or ``year``: a row for each key and period.
        time: Which date counts: ``published``, or the one that sentences tell (``told``).
        vague: What becomes of a date that may lie in several periods, as one known to a month in weeks: ``apart``
            gives it a row of its own, ``spread`` spreads it over them by their days (so that mentions are no whole numbers;
            an article counts in each of them), ``first`` puts it into the first one.
        kinds: The kinds of mention that count; None for literal and associative ones, and for all of them where the
            tally is by kind: the place of an embedded name ("King's College London") is not meant.
        wide: Whether periods become columns, which hold one count.
        count: Which one: ``mentions``, ``articles`` or ``stories``.

    Returns:
        The columns of the keys; ``period`` (``2018-02-03``, ``2018-W05``, ``2018-02``, ``2018-Q1``, ``2018``; a vague
        date's own label, or ``2018-02-01/2018-03-15``; ``undated``), ``period_start``, ``period_end`` and
        ``is_vague``; ``mentions``, ``articles``, ``stories``, ``first_date``, ``last_date``, and ``share``: of all
        mentions of its period, or, where there is no key or no period, of all. Most mentions first, then by the keys'
        values; dates and periods in the order of time, the undated last. In a wide table a column for each period from the
        first to the last, then ``vague`` and ``undated``.

    Raises:
        InputError: An argument is none that is known, or the result would be too large.
        TableError: The table lacks a column, or has a date that is none.

    Example:
        >>> from geomap.tables import mentions_table
        >>> tally(mentions_table([]), by="kind", period="month").columns.tolist()[:5]
        ['kind', 'period', 'period_start', 'period_end', 'is_vague']
    """
    names = _names_of(by, period)
    _check(period, time, vague, count, wide=wide)
    keys = find_keys(names, time)
    mentions = _with_types(mentions, columns_for(names, period=period, time=time))
    wanted = _wanted_kinds(kinds, names)
    if wanted is not None:
        mentions = mentions[mentions["kind"].isin(wanted)]
    if "place" in names:
        mentions = mentions.assign(
            _is_lost=mentions["place_id"].isna(),
            place_id=mentions["place_id"].fillna(mentions["within"]),
            name=mentions["name"].fillna(mentions["within_name"]),
        )
    work = _Work(mentions, keys, time)
    if period is None:
        return work.rows(None, vague=vague)
    starts, ends = (mentions[column] for column in DAYS[time])
    stretches = find_stretches(starts, ends, period, vague, is_wide=wide)
    if not wide:
        return work.rows(stretches, vague=vague)
    return work.table(stretches, period, count, vague=vague)


def _names_of(by: object, period: object) -> tuple[KeyName, ...]:
    """Return the keys that are asked for: places, where neither keys nor periods are."""
    return ("place",) if by is None and period is None else read_keys(by)


def _with_types(mentions: pd.DataFrame, needed: tuple[str, ...]) -> pd.DataFrame:
    """Return a table with the types of the schema; one whose needed columns have them is not read again."""
    columns = getattr(mentions, "columns", ())
    if all(name in columns for name in needed):
        types = {str(mentions[name].dtype) for name in needed}
        if types <= {"string", "Int64", "float64"}:
            return mentions[list(needed)]
    return conform_frame(mentions)


def _check(period: object, time: object, vague: object, count: object, *, wide: bool) -> None:
    if period is not None:
        expect_period(period)
    for word, value, known in (
        ("time", time, get_args(Time)),
        ("vague", vague, VAGUES),
        ("count", count, COUNTS),
    ):
        if value not in known:
            raise refusal(f"{word} as one of {', '.join(known)}", value)
    if wide and period is None:
        raise InputError("a wide table has a column for each period: name one (--period month)")


def _wanted_kinds(kinds: Iterable[Kind] | None, names: tuple[str, ...]) -> list[Kind] | None:
    """Return the kinds that count; None for all."""
    if kinds is None:
        return None if "kind" in names else list(DRAWN_KINDS)
    return [kinds] if isinstance(kinds, str) else list(kinds)  # type: ignore[list-item]


class _Work:
    """A table made ready for counting."""

    def __init__(self, mentions: pd.DataFrame, keys: tuple[Key, ...], time: Time) -> None:
        size = len(mentions)
        self._keys = keys
        self._articles = number_rows([mentions["article_id"]], size)
        self._stories = number_stories(mentions["story_id"], self._articles)
        self._days, self._first, self._last = _number_days(mentions, DAYS[time])
        columns = [mentions[name] for key in keys for name in key.columns]
        group = number_rows(columns, size)
        if any(
            key.name == "story" for key in keys
        ):  # those of no story are told apart by their articles
            group = group * (self._stories.max(initial=0) + 1) + self._stories
            _, group = np.unique(group, return_inverse=True)
        self._group: NDArray[np.int64] = group.astype(np.int64)
        self._heads = self._find_heads(mentions)

    def _find_heads(self, mentions: pd.DataFrame) -> pd.DataFrame:
        """Return what each group is: the values of its keys, and what describes them, of one of its mentions."""
        size = len(mentions)
        order = np.zeros(size, dtype=np.int64)
        if any(key.name == "story" for key in self._keys):  # described by its earliest article
            order = _rank_articles(mentions)
        if "_is_lost" in mentions.columns:  # a place is described by a mention of itself
            order = order * 2 + mentions["_is_lost"].to_numpy(dtype=np.int64)
        ranked = np.lexsort((np.arange(size), order, self._group))
        _, firsts = np.unique(self._group[ranked], return_index=True)
        names = [name for key in self._keys for name in (*key.columns, *key.more)]
        heads = mentions[list(dict.fromkeys(names))]
        return heads.iloc[ranked[firsts]].reset_index(drop=True)

    def rows(self, stretches: Stretches | None, *, vague: Vague) -> pd.DataFrame:
        """Return one row for each group, or for each group and stretch of time."""
        counts = self._count(stretches)
        counts = counts.take(self._order(counts))
        mentions = counts.mentions
        if stretches is not None and vague == "spread":
            mentions = mentions.astype("float64")
        whole = self._wholes(counts)[counts.stretch] if self._keys else mentions.sum()
        share = np.divide(mentions, whole, out=np.zeros(len(mentions)), where=whole > 0)
        found = self._heads.iloc[counts.group].reset_index(drop=True)
        described = {} if stretches is None else _describe(stretches.found, counts.stretch)
        return found.assign(
            **described,
            mentions=mentions.round(_PART_DIGITS) if mentions.dtype.kind == "f" else mentions,
            articles=counts.articles,
            stories=counts.stories,
            first_date=self._to_days(counts.first),
            last_date=self._to_days(counts.last),
            share=share.round(_SHARE_DIGITS),
        )

    def table(
        self, stretches: Stretches, period: Period, count: Count, *, vague: Vague
    ) -> pd.DataFrame:
        """Return one row for each group, with a column for each stretch of time."""
        whole = self._count(None)
        order = self._order(whole)
        parts = self._count(stretches)
        values = getattr(parts, count)
        is_whole = values.dtype.kind != "f"
        cells = np.zeros((len(whole.group), max(1, len(stretches.found))), dtype=values.dtype)
        cells[parts.group, parts.stretch] = values if is_whole else values.round(_PART_DIGITS)
        at = {stretch: row for row, stretch in enumerate(stretches.found)}
        labels = fill_between(stretches.found, period, _MOST_COLUMNS)
        nothing = np.zeros(len(cells), dtype=values.dtype)
        columns = {one.label: cells[:, at[one]] if one in at else nothing for one in labels}
        for label in (*((VAGUE,) if vague == "apart" else ()), UNDATED):  # always there, and last
            columns[label] = columns.pop(label, nothing)
        found = self._heads.assign(
            mentions=whole.mentions,
            articles=whole.articles,
            stories=whole.stories,
            first_date=self._to_days(whole.first),
            last_date=self._to_days(whole.last),
        )
        found = pd.concat([found, pd.DataFrame(columns, index=found.index)], axis=1)
        return found.iloc[order].reset_index(drop=True)

    def _count(self, stretches: Stretches | None) -> Counts:
        days = (self._first, self._last)
        return count_groups(self._group, self._articles, self._stories, days, stretches)

    def _wholes(self, counts: Counts) -> NDArray[Any]:
        """Return how many mentions each stretch of time has."""
        wholes: NDArray[Any] = np.bincount(counts.stretch, weights=counts.mentions)
        return wholes

    def _order(self, counts: Counts) -> NDArray[Any]:
        """Return rows with most mentions first, key within key, then by the keys' values, then by time."""
        total = np.bincount(
            counts.group, weights=counts.mentions, minlength=len(self._heads)
        ).round(_PART_DIGITS)
        criteria: list[NDArray[Any]] = []
        outer = np.zeros(len(self._heads), dtype=np.int64)
        for key in self._keys:
            columns = [self._heads[name] for name in key.columns]
            if key.name == "story":
                columns.append(self._heads["article_id"])
            outer = number_rows([pd.Series(outer), *columns], len(self._heads))
            if key.name != "story":  # of which nobody knows that an article tells one
                criteria.append(columns[0].isna().to_numpy())
            if key.by_count:
                criteria.append(-np.bincount(outer, weights=total)[outer])
            criteria += [_ranks(column) for column in columns]
        keyed = [values[counts.group] for values in criteria]
        order: NDArray[Any] = np.lexsort((counts.stretch, *reversed(keyed)))
        return order

    def _to_days(self, numbers: NDArray[np.int64]) -> Any:
        return _texts([*self._days, pd.NA], numbers)


def _texts(values: Sequence[Any], numbers: NDArray[np.int64]) -> Any:
    """Return a column of texts by their numbers."""
    return pd.array(np.array(values, dtype=object)[numbers], dtype=TEXT)


def _ranks(column: pd.Series[Any]) -> NDArray[np.int64]:
    """Return the ranks of a column's values; what is missing comes last."""
    codes, values = pd.factorize(column, sort=True)
    ranks: NDArray[np.int64] = np.where(codes < 0, len(values), codes).astype(np.int64)
    return ranks


def _rank_articles(mentions: pd.DataFrame) -> NDArray[np.int64]:
    """Return the ranks of articles: the earlier one first, then the one with the smaller id; without a date last."""
    dates, ids = _ranks(mentions["date_start"]), _ranks(mentions["article_id"])
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


def _describe(found: tuple[Stretch, ...], numbers: NDArray[np.int64]) -> dict[str, Any]:
    """Return the columns of the rows' time."""
    dated = [one.label != UNDATED for one in found]
    starts = [
        one.start.isoformat() if is_dated else pd.NA
        for one, is_dated in zip(found, dated, strict=True)
    ]
    ends = [
        one.end.isoformat() if is_dated else pd.NA
        for one, is_dated in zip(found, dated, strict=True)
    ]
    columns = (
        _texts([one.label for one in found], numbers),
        _texts(starts, numbers),
        _texts(ends, numbers),
        np.array([one.is_vague for one in found], dtype=bool)[numbers],
    )
    return dict(zip(PERIOD_COLUMNS, columns, strict=True))
