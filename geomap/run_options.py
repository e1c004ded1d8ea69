"""How a run reads: one value, from which the options of the command line derive."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, TypeAlias

from geomap.errors import InputError
from geomap.model import Kind, check_kinds
from geomap.runtime.expecting import each, expect, refusal
from geomap.selection import Selection

if TYPE_CHECKING:
    from pathlib import Path

    from geomap.corrections import Correction

__all__ = ["ReadOptions", "Reading", "creation_day"]


def _said(doc: str, *words: str, **how: Any) -> dict[str, Any]:
    """Return what the command line says of an option: its help, its words where they differ from its name, its value."""
    return {"doc": doc, "words": words, **how}


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadOptions:
    """How articles are read, and which of their mentions are wanted. Of mention tables the last ones alone count.

    Attributes:
        columns: The name of the column or key for a field of an article, where it differs.
        strict: Whether the first bad record is an error.
        day_first: How "11.06.2016" is meant; None where the articles should tell.
        crawled: The day when the articles were fetched: none is younger.
        processes: The number of processes that look for mentions.
        stories: Whether to look for copies among the articles; without, they stream as they come.
        geocoder: The online service that is asked for names that the gazetteer lacks (``nominatim``, ``photon``, or
            ``NAME=URL``); None for none.
        gazetteer: The name or the index folder of the gazetteer; None for the one in use.
        spans: Whether to resolve each article's own spans instead of recognising names.
        corrections: What people corrected; see :mod:`geomap.corrections`.
        kinds: The kinds of mention that are wanted; None for all.
        selection: Which mentions are wanted, in every other way.

    Raises:
        InputError: A value is none that its option can have.

    >>> ReadOptions(kinds={"literal"}, stories=False).kinds
    frozenset({'literal'})
    """

    columns: Mapping[str, str] | None = field(
        default=None,
        metadata=_said(
            "Read a field of the article from another column or key, for instance text=body.",
            "--column",
            value="pairs",
            metavar="FIELD=COLUMN",
        ),
    )
    strict: bool = field(
        default=False,
        metadata=_said("Stop at the first record that cannot be read.", value="switch"),
    )
    day_first: bool | None = field(
        default=None,
        metadata=_said(
            "How 11.06.2016 is meant.  [default: as the other dates of the article tell]",
            "--day-first/--month-first",
            value="switch",
        ),
    )
    crawled: dt.date | None = field(
        default=None,
        metadata=_said(
            "When the articles were fetched (YYYY-MM-DD), for dates such as “2 days ago”.",
            value="day",
            metavar="DATE",
        ),
    )
    processes: int = field(
        default=1,
        metadata=_said("Look for mentions in this many processes.", value="count", most=256),
    )
    corrections: tuple[Correction, ...] = field(
        default=(),
        metadata=_said(
            "Apply the corrections of this table, as the page's “corrections.csv” has them (repeatable: where two "
            "contradict each other, the later one counts).",
            value="files",
            metavar="FILE",
        ),
    )
    stories: bool = field(
        default=True,
        metadata=_said(
            "Look for copies of one story; this reads all articles before the first place is found.",
            "--stories/--no-stories",
            value="switch",
            shown=True,
        ),
    )
    geocoder: str | None = field(
        default=None,
        metadata=_said(
            "Ask this online service (nominatim, photon) for names that no gazetteer knows, once a second, in the "
            "countries that the article speaks of.  Nothing but the name and the codes of countries leaves this "
            "machine.  [default: none is asked]",
            value="text",
            metavar="NAME[=URL]",
        ),
    )
    gazetteer: str | Path | None = None
    spans: bool = False
    kinds: frozenset[Kind] | None = None
    selection: Selection = field(default_factory=Selection)

    def __post_init__(self) -> None:
        if self.columns is not None and not isinstance(self.columns, Mapping):
            raise refusal("columns as a mapping such as {'text': 'body'}", self.columns)
        if self.crawled is not None and type(self.crawled) is not dt.date:
            raise refusal("crawled as a datetime.date, or None", self.crawled)
        if type(self.processes) is not int or self.processes < 1:
            raise InputError(f"expected 1 process or more, got {self.processes!r}")
        if self.corrections:
            from geomap.corrections import Correction  # noqa: PLC0415 - with all that corrects

            corrections = tuple(each(self.corrections, Correction, "corrections"))
            object.__setattr__(self, "corrections", corrections)
        if self.kinds is not None:
            object.__setattr__(self, "kinds", frozenset(check_kinds(self.kinds)))
        expect(self.selection, Selection, "a Selection")


#: what it was called before
Reading: TypeAlias = ReadOptions


def creation_day() -> dt.date:
    """Return the day that a page made now says it was made on: today in UTC.

    The environment's ``SOURCE_DATE_EPOCH`` (seconds since 1970) stands for now where it is set, so
    that the same articles give the same bytes on any day.

    Raises:
        InputError: It is set to something else.
    """
    given = os.environ.get("SOURCE_DATE_EPOCH")
    try:
        now = (
            dt.datetime.now(dt.UTC) if not given else dt.datetime.fromtimestamp(int(given), dt.UTC)
        )
    except (ValueError, OverflowError, OSError) as err:
        raise InputError(
            f"expected SOURCE_DATE_EPOCH as seconds since 1970, got {given!r}"
        ) from err
    return now.date()
