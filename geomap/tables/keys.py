"""What a tally can count by: for each key what tells its rows apart, and what describes them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal, get_args

import numpy as np

from geomap.errors import InputError
from geomap.runtime.expecting import refusal
from geomap.schema import COLUMNS, DATES, MENTIONS
from geomap.tables.counting import join_numbers, number_rows, number_stories, number_units

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    import pandas as pd
    from numpy.typing import NDArray

    from geomap.model import Kind
    from geomap.selection.values import Time

__all__ = ["DRAWN_KINDS", "KEYS", "Key", "KeyName", "find_keys", "number_keys", "read_keys"]

#: an embedded name ("King's College London") is kept in tables, but its place is not meant
DRAWN_KINDS: Final[tuple[Kind, ...]] = ("literal", "associative")

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
        columns: What its rows are ordered by.
        more: What describes a row besides: for each column what the first of its mentions says that says anything.
        number: Returns the number of the value that each row of a table has; None where the columns tell rows apart.
        is_whole: Whether all that describes a row is of one mention.
        by_count: Whether rows with more mentions come first; else they come in the order of their values.
    """

    name: KeyName
    columns: tuple[str, ...]
    more: tuple[str, ...] = ()
    number: Callable[[pd.DataFrame], NDArray[np.int64]] | None = None
    is_whole: bool = False
    by_count: bool = True

    @property
    def order(self) -> tuple[str, ...]:
        """The columns that order its rows; an article that tells no story is one by itself."""
        return (*self.columns, "article_id") if self.name == "story" else self.columns


def number_keys(table: pd.DataFrame, keys: Sequence[Key]) -> NDArray[np.int64]:
    """Return the number of the values that each row of a table has for some keys, from 0."""
    combined = np.zeros(len(table), dtype=np.int64)
    for key in keys:
        numbers = (
            number_rows([table[name] for name in key.columns], len(table))
            if key.number is None
            else key.number(table)
        )
        combined = join_numbers(combined, numbers)
    return combined


def _number_admin1(table: pd.DataFrame) -> NDArray[np.int64]:
    names = number_rows([table["country"], table["admin1"]], len(table))
    return number_units(table["admin1_id"], names)


def _number_admin2(table: pd.DataFrame) -> NDArray[np.int64]:
    names = join_numbers(_number_admin1(table), number_rows([table["admin2"]], len(table)))
    return number_units(table["admin2_id"], names)


def _number_country(table: pd.DataFrame) -> NDArray[np.int64]:
    return number_rows([table["country"]], len(table))


def _number_story(table: pd.DataFrame) -> NDArray[np.int64]:
    return number_stories(table["story_id"], number_rows([table["article_id"]], len(table)))


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
    second = (*first, *_known("admin2", "admin2_id"))
    known: dict[KeyName, Key] = {
        "place": Key(name="place", columns=("place_id",), more=MENTIONS.of_places),
        "article": Key(
            name="article",
            columns=("article_id",),
            more=(*MENTIONS.of_group("article")[1:], *_DATES["published"], "story_id"),
        ),
        "date": Key(name="date", columns=_DATES[time], by_count=False),
        "country": Key(name="country", columns=country, number=_number_country),
        # a unit is told apart by its id, and by country and name where nobody knows that
        "admin1": Key(name="admin1", columns=first, number=_number_admin1),
        "admin2": Key(name="admin2", columns=second, number=_number_admin2),
        "source": Key(name="source", columns=("source",)),
        # an article that tells no story of which anybody knows is one of its own
        "story": Key(
            name="story",
            columns=("story_id",),
            more=("story_size", "article_id", "title"),
            number=_number_story,
            is_whole=True,
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
