"""What a page can be told, defined once: the command's options and Python's derive from it."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, TypedDict

from geomap.errors import InputError

if TYPE_CHECKING:
    import datetime as dt
    from pathlib import Path

__all__ = ["PROJECTIONS", "TEXTS", "THEMES", "ZOOMS", "PageChanges", "PageOptions", "settle"]

THEMES: Final = ("auto", "light", "dark")
#: how much of the articles' text a page carries
TEXTS: Final = ("snippets", "full", "none")
#: how a page draws the world
PROJECTIONS: Final = ("auto", "equal-earth", "mercator")
#: zoom levels of a page
ZOOMS: Final = (1.0, 18.0)


def _option(default: Any, help_: str, **how: Any) -> Any:
    """A field, and how the command line has it: its help, what click needs to know of it, its ``flag`` if called otherwise."""
    return dataclasses.field(default=default, metadata={"help": help_, **how})


@dataclass(frozen=True, slots=True, kw_only=True)
class PageOptions:
    """How a map's page looks, and how much of the articles it carries.

    Attributes:
        title: Headline of the page; None makes one from the number of articles.
        subtitle: A line below it.
        credit: Who made the map, for the line of credits.
        lang: Language of the page's own words and their direction, a BCP 47 tag; one of a language other than
            en, ar, de, fr, tr gives English.
        theme: ``auto`` follows the reader's system, or ``light``, or ``dark``.
        center: Latitude and longitude in the middle of the first view; None shows all places.
        zoom: How near the first view is, from 1 (the world) to 18 (a street).
        projection: ``auto`` draws views of more than a continent in Equal Earth, in which areas are true, and nearer
            ones in Mercator; ``equal-earth`` or ``mercator`` draw all views so. With ``tiles`` it is Mercator.
        tiles: A template such as ``https://tiles.example/{z}/{x}/{y}.png``: the page then loads its background
            from that host, the only one that its policy allows; None for a page that asks the network for nothing.
        basemap: A GeoJSON file of countries to draw instead of those that come with geomap; see
            :func:`geomap.webmap.borders.read_borders`.
        text: How much of the articles' text the file carries: ``snippets`` (the sentences that name a place, as
            many as a file of 3 MB has room for, in fair turns over the places), ``full`` (all of them, and the
            articles) or ``none`` (names alone; titles and links stay).
        baseline: An earlier table of mentions, a file that :func:`geomap.read_table` reads: the page marks which of its places are new, gone,
            up or down since.
        chapters: A file of steps beside the map and of notes pinned to its places, which the page itself can write;
            see docs/MAP.md.
        embed: Whether the file is a fragment to paste into a web page, with the map in a frame of its own,
            rather than a page.
        created: The day that the page says it was made on; None for none, so that the same mentions always give
            the same bytes (:func:`geomap.map_articles` puts today there).

    >>> PageOptions(title="Where our articles go", theme="dark").lang
    'en'
    """

    title: str | None = _option(None, "The title of the page.", cleaned=True)
    subtitle: str | None = _option(None, "A line below the title.", cleaned=True)
    credit: str | None = _option(
        None, "Who made the map, for the line of credits.", cleaned=True, metavar="TEXT"
    )
    lang: str = _option("en", "The language of the page, for instance en.", show_default=True)
    theme: str = _option(
        "auto",
        "Colours of the page; auto follows the reader's system.",
        choices=THEMES,
        show_default=True,
    )
    center: tuple[float, float] | None = _option(
        None,
        "The middle of the first view, in degrees.  [default: all places]",
        metavar="LAT,LON",
    )
    zoom: float | None = _option(
        None,
        "How near the first view is: 1 the world … 18 a street.",
        bounds=(1, 18),
        metavar="LEVEL",
    )
    projection: str = _option(
        "auto",
        "How the world is drawn: views of more than a continent with true areas and nearer ones in Mercator "
        "(auto), or all alike; a page with tiles is in Mercator.",
        choices=PROJECTIONS,
        show_default=True,
    )
    tiles: str | None = _option(
        None,
        "Load the background from here, for instance https://tiles.example/{z}/{x}/{y}.png: the page then "
        "needs the network.  [default: no network]",
        metavar="URL",
    )
    basemap: str | Path | None = _option(  # noqa: RUF009 - it makes a field
        None, "Draw the countries of this GeoJSON file instead of Natural Earth's.", metavar="FILE"
    )
    text: str = _option(
        "snippets",
        "How much of the articles' text the page carries: the sentences that name a place, all of it, or none "
        "but the names.",
        choices=TEXTS,
        show_default=True,
    )
    baseline: str | Path | None = _option(  # noqa: RUF009 - it makes a field
        None,
        "Compare with this earlier table of mentions: which places are new, gone, up or down.",
        metavar="FILE",
    )
    chapters: str | Path | None = _option(  # noqa: RUF009 - it makes a field
        None,
        "Put the steps of this Markdown file beside the map, and its notes on it: see docs/MAP.md.",
        metavar="FILE",
        flag="story",
    )
    embed: bool = _option(
        False,
        "Write a fragment to paste into a web page, with the map in a frame of its own, not a page.",
    )
    created: dt.date | None = None


class PageChanges(TypedDict, total=False):
    """The same by name, for calls that change a few of them; a test keeps the two equal."""

    title: str | None
    subtitle: str | None
    credit: str | None
    lang: str
    theme: str
    center: tuple[float, float] | None
    zoom: float | None
    projection: str
    tiles: str | None
    basemap: str | Path | None
    text: str
    baseline: str | Path | None
    chapters: str | Path | None
    embed: bool
    created: dt.date | None


def settle(options: PageOptions | None, changes: PageChanges) -> PageOptions:
    """Return the options with some of them changed.

    Raises:
        InputError: One has a name that no option has; the message lists those that there are.

    >>> settle(None, {"lang": "de"}).lang
    'de'
    """
    known = [field.name for field in dataclasses.fields(PageOptions)]
    unknown = sorted(set(changes) - set(known))
    if unknown:
        raise InputError(f"a page has no option {unknown[0]!r}; expected {', '.join(known)}")
    return dataclasses.replace(options or PageOptions(), **changes)
