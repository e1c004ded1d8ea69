"""What a tally can count by: for each key the columns that tell its rows apart, and those that describe them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal, get_args

from geomap.errors import InputError
from geomap.runtime.expecting import refusal
from geomap.schema import COLUMNS, DATES, MENTIONS

if TYPE_CHECKING:
    from geomap.selection.values import Time

__all__ = ["KEYS", "Key", "KeyName", "find_keys", "read_keys"]

KeyName = Literal[
    "place", "article", "date", "country", "admin1", "admin2", "source", "story", "kind"
]
#: names of all keys, in the order of the help
KEYS: Final[tuple[KeyName, ...]] = get_args(KeyName)


@dataclass(frozen=True, slots=True, kw_only=True)
class Key:
    """One thing to count by.

    Attributes:
        name: What it is called.
        columns: What tells its rows apart.
        more: What describes a row, taken from its first mention.
        by_count: Whether rows with more mentions come first; else they come in the order of their values.
    """

    name: KeyName
    columns: tuple[str, ...]
    more: tuple[str, ...] = ()
    by_count: bool = True


def _known(*names: str) -> tuple[str, ...]:
    """Return those of some columns that the record has."""
    return tuple(name for name in names if name in COLUMNS)


_DATES: Final = {
    "published": DATES,
    "told": MENTIONS.of_group("told")[:3],  # the phrase is no date
}


def find_keys(names: Iterable[KeyName], time: Time) -> tuple[Key, ...]:
    """Return keys by their names; a date is that of publication, or the told one.

    >>> [key.columns for key in find_keys(["source", "date"], "told")]
    [('source',), ('event_start', 'event_end', 'event_precision')]
    """
    country = _known("country", "country_iso3")
    first = (*country, *_known("admin1", "admin1_id", "admin1_code", "admin1_iso"))
    known: dict[KeyName, Key] = {
        "place": Key(name="place", columns=("place_id",), more=MENTIONS.of_places),
        "article": Key(
            name="article",
            columns=("article_id",),
            more=(*MENTIONS.of_group("article")[1:], *_DATES["published"], "story_id"),
        ),
        "date": Key(name="date", columns=_DATES[time], by_count=False),
        "country": Key(name="country", columns=country),
        "admin1": Key(name="admin1", columns=first),
        "admin2": Key(name="admin2", columns=(*first, *_known("admin2", "admin2_id"))),
        "source": Key(name="source", columns=("source",)),
        # an article that tells no story of which anybody knows is one of its own
        "story": Key(
            name="story", columns=("story_id",), more=("story_size", "article_id", "title")
        ),
        "kind": Key(name="kind", columns=("kind",)),
    }
    return tuple(known[name] for name in names)


def read_keys(by: object) -> tuple[KeyName, ...]:
    """Return the names of keys, given as one, as several, or joined by commas.

    Raises:
        InputError: One is no key, or there twice.

    >>> read_keys("place,kind")
    ('place', 'kind')
    """
    if by is None:
        return ()
    given = [by] if isinstance(by, str) else by
    if not isinstance(given, Iterable):
        raise refusal(f"keys of {', '.join(KEYS)}", by)
    names: list[KeyName] = []
    for part in given:
        for word in part.split(",") if isinstance(part, str) else [part]:
            name = word.strip() if isinstance(word, str) else word
            if name not in KEYS:
                raise refusal(f"to count by some of {', '.join(KEYS)}", name)
            if name in names:
                raise InputError(f"expected each key once, got {name} twice")
            names.append(name)
    return tuple(names)
