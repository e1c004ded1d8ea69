"""Write the map page: a table of mentions, with the evidence for everything that it draws."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import geomap
from geomap.outlines import grid_steps
from geomap.webmap import options
from geomap.webmap.basemap import build_base, find_towns
from geomap.webmap.borders import read_borders
from geomap.webmap.frame import Parts, check_options, data_block, render_frame, write_whole
from geomap.webmap.language import find_language
from geomap.webmap.packing import DATA_LIMIT, pack_payload, pack_text, to_json
from geomap.webmap.payload import build_payload
from geomap.webmap.security import clean_text

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Mapping, Sequence

    import pandas as pd

    from geomap.model import Article

__all__ = ["render_map", "write_map"]

#: the page's files; later scripts use earlier ones
_PARTS: Final = Parts(
    markup="page",
    scripts=(
        *(
            "dom",
            "i18n",
            "codec",
            "columns",
            "days",
            "axes",
            "state",
            "frames",
            "filter",
            "tally",
            "link",
        ),
        *("shapes", "basemap", "territories", "areas", "relations", "dots", "circles"),
        *("space", "rivers", "towns", "labels", "legend", "framing", "time", "play"),
        *("handout", "finder", "combobox", "search", "list"),
        *(
            "corrections",
            "correcting",
            "mention",
            "sparkline",
            "copies",
            "evidence",
            "trail",
            "article",
        ),
        *("records", "order", "sheet", "table", "picture_key", "picture", "share"),
        *("area", "filters", "chips", "about", "views", "panel", "theme", "main"),
    ),
    styles=(
        *("theme", "base", "layout", "map", "panel", "time"),
        *("find", "article", "table", "share", "print"),
    ),
)


def write_map(
    mentions: pd.DataFrame | Iterable[Mapping[str, Any]],
    path: str | Path,
    *,
    title: str | None = None,
    subtitle: str | None = None,
    credit: str | None = None,
    lang: str = "en",
    theme: str = "auto",
    center: tuple[float, float] | None = None,
    zoom: float | None = None,
    tiles: str | None = None,
    basemap: str | Path | None = None,
    text: str = "snippets",
    created: dt.date | None = None,
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
        credit: who made the map, for the line of credits.
        lang: language of the page's own words and their direction, a BCP 47 tag; one of a
            language other than en, ar, de, fr, tr gives English.
        theme: ``auto`` follows the reader's system, or ``light``, or ``dark``.
        center: latitude and longitude in the middle of the first view; None shows all places.
        zoom: how near the first view is, from 1 (the world) to 18 (a street).
        tiles: a template such as ``https://tiles.example/{z}/{x}/{y}.png``: the page then loads
            its background from that host, the only one that its policy allows; None for a page
            that asks the network for nothing.
        basemap: a GeoJSON file of countries to draw instead of those that come with geomap; see
            :func:`geomap.webmap.borders.read_borders`.
        text: how much of the articles' text the file carries: ``snippets`` (the sentences that
            name a place, as many as a file of 3 MB has room for, in fair turns over the places),
            ``full`` (all of them, and the articles; needs ``articles``) or ``none`` (names alone;
            titles and links stay).
        created: the day that the page says it was made on; None for none, so that the same
            mentions always give the same bytes.
        counts: figures of the reading (``articles_read``, ``rejected``, ``undated`` …) for the
            page's "About this map".
        articles: all articles that were read, where at hand: they are counted, and give the
            full text where that is wanted.

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
        credit=credit,
        lang=lang,
        theme=theme,
        center=center,
        zoom=zoom,
        tiles=tiles,
        basemap=basemap,
        text=text,
        created=created,
        counts=counts,
        articles=articles,
    )
    return write_whole(Path(path), html)


def render_map(
    mentions: pd.DataFrame | Iterable[Mapping[str, Any]],
    *,
    title: str | None = None,
    subtitle: str | None = None,
    credit: str | None = None,
    lang: str = "en",
    theme: str = "auto",
    center: tuple[float, float] | None = None,
    zoom: float | None = None,
    tiles: str | None = None,
    basemap: str | Path | None = None,
    text: str = "snippets",
    created: dt.date | None = None,
    counts: Mapping[str, int] | None = None,
    articles: Sequence[Article] | None = None,
) -> str:
    """The page of :func:`write_map` as a string."""
    check_options(lang, theme)
    background = options.check_tiles(tiles)
    options.check_text(text, articles)
    first_center, first_zoom = options.check_view(center, zoom)
    own = None if basemap is None else read_borders(basemap, grid_steps())
    payload = build_payload(mentions, sentences=text != "none")
    read = {} if articles is None else {"articles_read": len(articles)}
    language = find_language(lang)
    default = language.word("headline", len(payload.articles["title"]))
    headline = clean_text(title, 200) or default
    meta = {
        "words": language.to_meta("error"),
        "title": headline,
        "subtitle": clean_text(subtitle, 400),
        "credit": clean_text(credit, 200),
        "theme": theme,
        "center": first_center,
        "zoom": first_zoom,
        "tiles": background and background.url,
        "basemap": own and own.name,
        "text": text,
        "created": options.check_created(created),
        "version": geomap.__version__,
        "counts": {clean_text(k, 60): int(v) for k, v in (read | dict(counts or {})).items()},
    }
    places = payload.places
    points = list(zip(places["lat"], places["lon"], strict=True))
    base = build_base(points)
    parts = pack_payload(payload, None if text == "full" else DATA_LIMIT)
    tables = parts.pop("tables")
    parts["words"] = pack_text(to_json(language.to_meta()))
    if text == "full":
        tables["texts"] = options.carried_texts(articles or (), payload.article_ids)
    base = own.replace(base) if own else base
    if background is None:
        base["towns"] = find_towns(points)
    block = data_block(meta, tables, base, parts)
    images = () if background is None else (background.origin,)
    return render_frame(_PARTS, block, headline=headline, lang=language, theme=theme, images=images)
