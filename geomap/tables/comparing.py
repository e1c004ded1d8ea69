"""Compare two mention tables, or two selections of one: what is new, gone, more and less."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import numpy as np
import pandas as pd

from geomap.errors import InputError
from geomap.periods import read_period
from geomap.runtime.expecting import refusal
from geomap.selection import Selection
from geomap.selection.apply import select_mentions
from geomap.tables.frames import TEXT, conform_frame, is_frame
from geomap.tables.keys import find_keys, number_keys, read_keys
from geomap.tables.tally_by import COUNTS, tally

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from geomap.model import Kind
    from geomap.selection.values import Time
    from geomap.tables.keys import KeyName
    from geomap.tables.tally_by import Count

__all__ = ["TRENDS", "compare"]

#: what can be said of a row that is in one of two tallies, or in both
TRENDS: Final = ("new", "gone", "up", "down", "same")
_DIGITS: Final = 6


def compare(
    before: pd.DataFrame | Selection | str,
    after: pd.DataFrame | Selection | str,
    *,
    mentions: pd.DataFrame | None = None,
    by: KeyName | str | Sequence[str] = "place",
    count: Count = "mentions",
    time: Time = "published",
    kinds: Iterable[Kind] | None = None,
) -> pd.DataFrame:
    """Return what changed from one mention table to another, by place or by any other keys.

    Two inputs of different size differ in every count: ``before_share`` and ``after_share`` say how much of each was about a
    row, and ``share_change`` is what changed of that.

    Args:
        before: A mention table; with ``mentions`` also a selection of these, or a period (``2018-02``, ``2018-W05``).
        after: The same.
        mentions: The table of which both are selections.
        by: What to compare: the keys of :func:`geomap.tally`.
        count: What is compared: ``mentions``, ``articles`` or ``stories``.
        time: Which date counts for periods: ``published``, or the one that sentences tell (``told``).
        kinds: The kinds of mention that count; see :func:`geomap.tally`.

    Returns:
        The columns of the keys, ``before``, ``after``, ``change`` (after less before), ``ratio`` (after by before; missing
        for what is new), ``before_share``, ``after_share``, ``share_change``, and ``trend``: ``new``, ``gone``,
        ``up``, ``down`` or ``same``. The largest change comes first, then what has more, then by the keys' values.

    Raises:
        InputError: An argument is none that is known, or a period is named without ``mentions``.
        TableError: A table lacks a column.

    Example:
        >>> from geomap.tables import mentions_table
        >>> compare(mentions_table([]), mentions_table([]), by="kind").columns.tolist()[1:]
        ['before', 'after', 'change', 'ratio', 'before_share', 'after_share', 'share_change', 'trend']
    """
    if count not in COUNTS:
        raise refusal(f"count as one of {', '.join(COUNTS)}", count)
    keys = find_keys(read_keys(by), time)
    if not keys:
        raise InputError("expected something to compare by, such as place, got nothing")
    sides = [_side(part, mentions, time) for part in (before, after)]
    kinds = None if kinds is None else list(kinds)
    tallies = [tally(side, by=by, time=time, kinds=kinds) for side in sides]
    every = list(dict.fromkeys(name for key in keys for name in (*key.columns, *key.more)))
    both = pd.concat([one[every] for one in tallies[::-1]], ignore_index=True)
    numbers = number_keys(both, keys)  # the later table says what a row is
    _, firsts = np.unique(numbers, return_index=True)
    heads = both.iloc[firsts].reset_index(drop=True)
    columns: dict[str, Any] = {}
    later = len(tallies[1])
    for word, one, rows in zip(
        ("before", "after"), tallies, (numbers[later:], numbers[:later]), strict=True
    ):
        share = one["mentions"] / max(1, int(one["mentions"].sum()))
        for name, values in ((word, one[count]), (f"{word}_share", share)):
            cells = np.zeros(len(heads), dtype=values.to_numpy().dtype)
            cells[rows] = values.to_numpy()
            columns[name] = cells
    return _order(_with_changes(heads, columns), [name for key in keys for name in key.order])


def _side(
    part: pd.DataFrame | Selection | str, mentions: pd.DataFrame | None, time: Time
) -> pd.DataFrame:
    """Return one of the two tables that are compared."""
    if is_frame(part):
        return conform_frame(part)  # type: ignore[arg-type]
    if isinstance(part, str):
        first, last = read_period(part)
        part = Selection(from_day=first, to_day=last, time=time)
    if not isinstance(part, Selection):
        raise refusal("a mention table, a selection or a period", part)
    if mentions is None:
        raise InputError(
            "expected mentions= with the table of which two selections or periods are compared"
        )
    return select_mentions(conform_frame(mentions), part)


def _with_changes(heads: pd.DataFrame, columns: dict[str, Any]) -> pd.DataFrame:
    before, after = columns["before"], columns["after"]
    ratio = np.divide(after, before, out=np.full(len(before), np.nan), where=before > 0)
    trend = np.select(
        [before == 0, after == 0, after > before, after < before], TRENDS[:4], TRENDS[4]
    )
    return heads.assign(
        before=before,
        after=after,
        change=after - before,
        ratio=ratio.round(_DIGITS),
        before_share=columns["before_share"].round(_DIGITS),
        after_share=columns["after_share"].round(_DIGITS),
        share_change=(columns["after_share"] - columns["before_share"]).round(_DIGITS),
        trend=pd.array(trend.astype(object), dtype=TEXT),
    )


def _order(compared: pd.DataFrame, names: list[str]) -> pd.DataFrame:
    """Return rows with the largest change first, and in the order of their keys among equals."""
    size = compared["change"].abs()
    ordered = compared.assign(_size=-size, _more=-compared[["before", "after"]].sum(axis="columns"))
    ordered = ordered.sort_values(["_size", "_more", *names], kind="stable", ignore_index=True)
    return ordered.drop(columns=["_size", "_more"])
