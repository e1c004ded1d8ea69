"""What a page may be told beside its mentions, checked before anything is drawn."""

from __future__ import annotations

import datetime as dt
import re
from typing import TYPE_CHECKING, Final, NamedTuple
from urllib.parse import urlsplit

from geomap.errors import InputError
from geomap.model import Article
from geomap.outlines import grid_steps
from geomap.runtime.expecting import each, expect, refusal
from geomap.webmap.baseline import read_baseline
from geomap.webmap.borders import read_borders
from geomap.webmap.chapters import read_chapters
from geomap.webmap.frame import check_options
from geomap.webmap.security import clean_text
from geomap.webmap.settings import PROJECTIONS, TEXTS, ZOOMS

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from collections.abc import Set as AbstractSet

    from geomap.webmap.settings import PageOptions

__all__ = [
    "Tiles",
    "carried_texts",
    "check_created",
    "check_page",
    "check_projection",
    "check_text",
    "check_tiles",
    "check_view",
]

#: code points of an article, and of all of them, that a page carries at most
TEXT_LIMIT: Final = 20_000
ALL_TEXTS_LIMIT: Final = 5_000_000
ARTICLE_ID_LIMIT: Final = 300
_LONGEST_URL: Final = 1_000
#: a host of a policy: letters, digits and hyphens between dots, and a port
_HOST: Final = re.compile(r"[a-z0-9](?:[a-z0-9.-]{0,250}[a-z0-9])?(?::[0-9]{1,5})?", re.ASCII)
#: what stands in a URL without breaking out of any place that a page could put it
_PLAIN_URL: Final = re.compile(r"[A-Za-z0-9{}:/?&=._~%@+,!*-]+", re.ASCII)
_SLOTS: Final = ("{z}", "{x}", "{y}")
#: what an article's text may not bring: each one becomes a space, so that offsets stay true
_UNWANTED: Final = re.compile(
    "[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e"
    "\u2066-\u2069\ud800-\udfff\ufeff\ufff9-\uffff]"
)


class Tiles(NamedTuple):
    """A template of tiles, and the one origin that the page may load images from."""

    url: str
    origin: str


def check_tiles(url: str | None) -> Tiles | None:
    """Read a template such as ``https://tiles.example/{z}/{x}/{y}.png``.

    Raises:
        InputError: It is none that a page can hold safely.

    >>> check_tiles("https://tiles.example:8443/{z}/{x}/{y}.png?key=1").origin
    'https://tiles.example:8443'
    """
    if url is None:
        return None
    reason = _refuse_tiles(expect(url, str, "tiles as a template of URLs"))
    if reason:
        raise InputError(
            "expected tiles as a template such as https://tiles.example/{z}/{x}/{y}.png, "
            f"got {url[:200]!r}: {reason}"
        )
    return Tiles(url, f"https://{urlsplit(url).netloc}")


def _refuse_tiles(url: str) -> str | None:
    """Say why a template cannot be used; None where it can."""
    if len(url) > _LONGEST_URL:
        return f"it is longer than {_LONGEST_URL:,} characters"
    if not _PLAIN_URL.fullmatch(url):
        return "it holds characters that a URL has to write as %20 and the like"
    try:
        parts = urlsplit(url)
    except ValueError as err:
        return str(err)
    if parts.scheme != "https":
        return "it does not begin with https://"
    if not _HOST.fullmatch(parts.netloc):
        return "the host is one name in small letters, without {s}, user or password"
    if any(url.count(slot) != 1 for slot in _SLOTS):
        return "{z}, {x} and {y} stand in it once each"
    if set(re.findall(r"\{[^}]*\}?|\}", url)) != set(_SLOTS):
        return "nothing but {z}, {x} and {y} stands in braces"
    return None


def check_view(
    center: tuple[float, float] | None, zoom: float | None
) -> tuple[list[float] | None, float | None]:
    """Return the first view of a page: latitude and longitude in degrees, and the zoom.

    Raises:
        InputError: They are out of range.
    """
    if center is not None:
        numbers: tuple[float, ...] = tuple(each(center, (int, float), "degrees"))
        if len(numbers) != 2:
            raise refusal("a center of latitude and longitude", center)
        lat, lon = numbers
        if not (-85 <= lat <= 85 and -180 <= lon <= 180):
            raise InputError(
                "expected a center of latitude in [-85, 85] and longitude in [-180, 180] "
                f"(in this order), got {lat!r}, {lon!r}"
            )
    if zoom is not None and not isinstance(zoom, int | float):
        raise refusal("a zoom as a number", zoom)
    if zoom is not None and not ZOOMS[0] <= zoom <= ZOOMS[1]:
        raise InputError(f"expected a zoom from 1 (the world) to 18 (a street), got {zoom!r}")
    place = None if center is None else [round(float(degrees), 5) for degrees in center]
    return place, None if zoom is None else round(float(zoom), 2)


def check_projection(projection: str, tiles: str | None) -> str:
    """Return how a page draws the world: as it was asked for, or in Mercator where it has tiles.

    Raises:
        InputError: It is none of ``PROJECTIONS``, or one that tiles do not have.

    >>> check_projection("auto", None), check_projection("auto", "https://tiles.example/{z}/{x}/{y}.png")
    ('auto', 'mercator')
    """
    if projection not in PROJECTIONS:
        raise InputError(f"expected a projection of {', '.join(PROJECTIONS)}, got {projection!r}")
    if tiles is None:
        return projection
    if projection == "equal-earth":
        raise InputError("tiles are drawn in Mercator; leave out the projection, or the tiles")
    return "mercator"


def check_created(created: dt.date | None) -> str | None:
    """Return a page's date of creation as ISO text; None where it has none."""
    if isinstance(created, dt.datetime):
        created = created.date()
    return None if created is None else expect(created, dt.date, "a datetime.date").isoformat()


def check_text(text: str, articles: Sequence[Article] | None) -> None:
    """Refuse an amount of text that there is not, or that cannot be had.

    Raises:
        InputError: It is none of ``TEXTS``, or is ``full`` where no articles were given.
    """
    if text not in TEXTS:
        raise InputError(f"expected as text one of {', '.join(TEXTS)}, got {text!r}")
    if text == "full" and articles is None:
        raise InputError("the full text of the articles needs the articles; give them too")


def check_page(options: PageOptions) -> None:
    """Refuse a page's options before its articles are read; the words in them are always good.

    Raises:
        InputError: An option has a value that it cannot have.
    """
    check_options(options.lang, options.theme)
    check_view(options.center, options.zoom)
    check_tiles(options.tiles)
    check_projection(options.projection, options.tiles)
    check_text(options.text, ())
    if options.basemap is not None:
        read_borders(options.basemap, grid_steps())
    if options.baseline is not None:
        read_baseline(options.baseline)
    if options.chapters is not None:
        read_chapters(options.chapters)


def carried_texts(articles: Iterable[Article], named: AbstractSet[str]) -> list[list[str]]:
    """Return pairs of an article's id and its text, in the order of ids, for a page to show.

    A text keeps its offsets: what does not belong on a page becomes a space, one for one, and only
    its end can be cut.

    Args:
        articles: The articles.
        named: The ids of those that the page shows.
    """
    chosen = {
        article.id: article.text
        for article in each(articles, Article, "articles")
        if article.id in named
    }
    pairs, left = [], ALL_TEXTS_LIMIT
    for article_id in sorted(chosen):
        text = _UNWANTED.sub(" ", chosen[article_id][: min(TEXT_LIMIT, left)])
        if text:
            pairs.append([clean_text(article_id, ARTICLE_ID_LIMIT), text])
            left -= len(text)
    return pairs
