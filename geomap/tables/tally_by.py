"""Tallies by any keys and periods: mentions, articles and stories, first and last date, share."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Literal, get_args

import numpy as np
import pandas as pd

from geomap.errors import InputError
from geomap.periods import expect_period
from geomap.runtime.expecting import refusal
from geomap.selection.conditions import DAYS
from geomap.selection.values import Time
from geomap.tables.frames import conform_frame
from geomap.tables.groups import PART_DIGITS, Groups, describe_stretches
from geomap.tables.keys import DRAWN_KINDS, find_keys, read_keys
from geomap.tables.stretches import UNDATED, VAGUE, VAGUES, fill_between, find_stretches

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from geomap.model import Kind
    from geomap.periods import Period
    from geomap.tables.keys import Key, KeyName
    from geomap.tables.stretches import Stretches, Vague

__all__ = ["COUNTS", "Count", "columns_for", "select_kinds", "tally"]

#: what is counted
Count = Literal["mentions", "articles", "stories"]
COUNTS: Final[tuple[Count, ...]] = get_args(Count)
_SHARE_DIGITS: Final = 6
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
    mentions of a tally add up to those of the table that are of the ``kinds``. Places and units are told apart by id,
    units without one by country and name; an unknown place counts with the unit that it lies in (``within``). An article of which nobody knows the
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
    mentions = select_kinds(mentions, kinds, by=by, period=period)
    groups = Groups(mentions, keys, time)
    if period is None:
        return _rows(groups, keys, None, vague=vague)
    starts, ends = (mentions[column] for column in DAYS[time])
    stretches = find_stretches(starts, ends, period, vague, is_wide=wide)
    if not wide:
        return _rows(groups, keys, stretches, vague=vague)
    return _table(groups, stretches, period, count, vague=vague)


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


def select_kinds(
    mentions: pd.DataFrame, kinds: Iterable[Kind] | None, *, by: object, period: object
) -> pd.DataFrame:
    """Return the rows of a table that a tally counts, for the same arguments; the table itself where these are all."""
    wanted = _wanted_kinds(kinds, _names_of(by, period))
    if wanted is None:
        return mentions
    fits = mentions["kind"].isin(wanted)
    return mentions if fits.all() else mentions[fits]


def _wanted_kinds(kinds: Iterable[Kind] | None, names: tuple[str, ...]) -> list[Kind] | None:
    """Return the kinds that count; None for all."""
    if kinds is None:
        return None if "kind" in names else list(DRAWN_KINDS)
    return [kinds] if isinstance(kinds, str) else list(kinds)  # type: ignore[list-item]


def _rows(
    groups: Groups, keys: tuple[Key, ...], stretches: Stretches | None, *, vague: Vague
) -> pd.DataFrame:
    """Return one row for each group, or for each group and stretch of time."""
    counts = groups.count(stretches)
    counts = counts.take(groups.order(counts))
    mentions = counts.mentions
    if stretches is not None and vague == "spread":
        mentions = mentions.astype("float64")
    whole = (
        np.bincount(counts.stretch, weights=mentions)[counts.stretch] if keys else mentions.sum()
    )
    share = np.divide(mentions, whole, out=np.zeros(len(mentions)), where=whole > 0)
    found = groups.rows(counts)
    if stretches is not None:
        described = pd.DataFrame(describe_stretches(stretches.found, counts.stretch))
        heads = groups.heads.shape[1]
        found = pd.concat([found.iloc[:, :heads], described, found.iloc[:, heads:]], axis=1)
    return found.assign(
        mentions=mentions.round(PART_DIGITS) if mentions.dtype.kind == "f" else mentions,
        share=share.round(_SHARE_DIGITS),
    )


def _table(
    groups: Groups, stretches: Stretches, period: Period, count: Count, *, vague: Vague
) -> pd.DataFrame:
    """Return one row for each group, with a column for each stretch of time."""
    whole = groups.count()
    order = groups.order(whole)
    parts = groups.count(stretches)
    values = getattr(parts, count)
    is_whole = values.dtype.kind != "f"
    cells = np.zeros((len(whole.group), max(1, len(stretches.found))), dtype=values.dtype)
    cells[parts.group, parts.stretch] = values if is_whole else values.round(PART_DIGITS)
    at = {stretch: row for row, stretch in enumerate(stretches.found)}
    labels = fill_between(stretches.found, period, _MOST_COLUMNS)
    nothing = np.zeros(len(cells), dtype=values.dtype)
    columns = {one.label: cells[:, at[one]] if one in at else nothing for one in labels}
    for label in (*((VAGUE,) if vague == "apart" else ()), UNDATED):  # always there, and last
        columns[label] = columns.pop(label, nothing)
    found = groups.rows(whole)
    found = pd.concat([found, pd.DataFrame(columns, index=found.index)], axis=1)
    return found.iloc[order].reset_index(drop=True)
