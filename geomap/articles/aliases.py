"""What the fields of an article are called elsewhere, where nobody says it."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["ALIASES", "find_aliases"]

#: other names of a field, the likeliest first, in small letters; a field's own name goes before them
ALIASES: Final[Mapping[str, tuple[str, ...]]] = {
    "text": ("body", "content"),
    "title": ("headline",),
    "date": ("published_at", "pub_date", "pubdate"),
    "url": ("link",),
    "source": ("outlet",),
}


@lru_cache(maxsize=1_000)
def find_aliases(
    names: tuple[str, ...], taken: frozenset[str] = frozenset()
) -> tuple[tuple[str, str], ...]:
    """Return which of some columns hold which fields, as pairs of a field and the column's name.

    Args:
        names: The names of the columns.
        taken: Fields and columns of which somebody says what they are.

    >>> find_aliases(("id", "headline", "body", "content", "pubDate"))
    (('text', 'body'), ('title', 'headline'), ('date', 'pubDate'))
    """
    by_lower = {name.lower(): name for name in reversed(names) if name not in taken}
    return tuple(
        (field, next(by_lower[other] for other in others if other in by_lower))
        for field, others in ALIASES.items()
        if field not in names and field not in taken and any(map(by_lower.__contains__, others))
    )
