"""Show on a terminal how far a run is."""

from __future__ import annotations

import itertools
import sys
from collections.abc import Sized
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from geomap.model import Article

__all__ = ["show_progress", "show_work"]

ItemT = TypeVar("ItemT")


def show_progress(articles: Iterable[Article]) -> Iterable[Article]:
    """Count articles on standard error, where a person watches it; else stay silent."""
    return show_work(articles, "finding places", " articles")


def show_work(items: Iterable[ItemT], label: str, unit: str = "") -> Iterable[ItemT]:
    """Count what is worked on on standard error, where a person watches it; else stay silent."""
    if sys.stderr is None or not sys.stderr.isatty():
        return items
    return _watched(items, label, unit)


def _watched(items: Iterable[ItemT], label: str, unit: str) -> Iterator[ItemT]:
    """Show a bar from the first item on: what comes before it has bars of its own."""
    from tqdm import tqdm

    total = len(items) if isinstance(items, Sized) else None
    stream = iter(items)
    for first in stream:
        rest = itertools.chain((first,), stream)
        yield from tqdm(rest, label, total, leave=False, file=sys.stderr, unit=unit)
