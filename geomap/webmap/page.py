"""Write the map page: a table of mentions, with the evidence for everything that it draws."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import geomap
from geomap.webmap.basemap import build_base
from geomap.webmap.frame import Parts, check_options, data_block, render_frame, write_whole
from geomap.webmap.payload import Payload, build_payload
from geomap.webmap.security import clean_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    import pandas as pd

    from geomap.model import Article

__all__ = ["render_map", "write_map"]

#: the page's files; later scripts use earlier ones
_PARTS: Final = Parts(
    markup="page",
    scripts=(
        *("dom", "codec", "days", "state", "tally", "basemap", "areas", "circles", "labels"),
        *("legend", "time", "list", "evidence", "about", "panel", "theme", "link", "main"),
    ),
    styles=("theme", "base", "layout", "map", "panel", "time"),
)


def write_map(
    mentions: pd.DataFrame | Iterable[Mapping[str, Any]],
    path: str | Path,
    *,
    title: str | None = None,
    subtitle: str | None = None,
    lang: str = "en",
    theme: str = "auto",
    counts: Mapping[str, int] | None = None,
    articles: Sequence[Article] | None = None,
) -> Path:
    """Write the map of a table of mentions as one HTML file that needs no network.

    Args:
        mentions: a table with the columns of the mention record, or such records. Only literal
            and associative mentions with a place are drawn.
        path: where to write; the file appears whole or not at all.
        title: headline of the page; None makes one from the number of articles.
        subtitle: a line below it.
        lang: language of the titles, a BCP 47 tag.
        theme: ``auto`` follows the reader's system, or ``light``, or ``dark``.
        counts: figures of the reading (``articles_read``, ``rejected``, ``undated`` …) for the
            page's "About this map".
        articles: all articles that were read, where at hand: they are counted.

    Returns:
        The path of the file.

    Raises:
        InputError: an option has a value that it cannot have.
        TableError: a column is missing.
        OutputError: the file cannot be written.
    """
    html = render_map(
        mentions,
        title=title,
        subtitle=subtitle,
        lang=lang,
        theme=theme,
        counts=counts,
        articles=articles,
    )
    return write_whole(Path(path), html)


def render_map(
    mentions: pd.DataFrame | Iterable[Mapping[str, Any]],
    *,
    title: str | None = None,
    subtitle: str | None = None,
    lang: str = "en",
    theme: str = "auto",
    counts: Mapping[str, int] | None = None,
    articles: Sequence[Article] | None = None,
) -> str:
    """The page of :func:`write_map` as a string."""
    check_options(lang, theme)
    payload = build_payload(mentions)
    read = {} if articles is None else {"articles_read": len(articles)}
    headline = clean_text(title, 200) or _default_title(payload)
    meta = {
        "title": headline,
        "subtitle": clean_text(subtitle, 400),
        "theme": theme,
        "version": geomap.__version__,
        "counts": {clean_text(k, 60): int(v) for k, v in (read | dict(counts or {})).items()},
    }
    places = payload.places
    base = build_base(zip(places["lat"], places["lon"], strict=True))
    block = data_block(meta, payload.to_dict(), base)
    return render_frame(_PARTS, block, headline=headline, lang=lang, theme=theme)


def _default_title(payload: Payload) -> str:
    number = len(payload.articles["title"])
    return f"Places named in {number:,} {'article' if number == 1 else 'articles'}"
