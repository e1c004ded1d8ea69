"""Write the map page: folium's frame, Leaflet inlined, our own script and styles, the data.

folium gives the page's frame and the map object. Its links to other hosts are dropped, its ids
are made stable, and no text of an article passes through one of its templates.
"""

from __future__ import annotations

import base64
import json
import os
import re
import tempfile
import zlib
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING, Any

import folium
from branca.element import Element
from xstatic.pkg import leaflet as leaflet_package

import geomap
from geomap.errors import InputError, OutputError
from geomap.webmap.basemap import build_base
from geomap.webmap.payload import Payload, build_payload
from geomap.webmap.security import clean_text, content_policy, title_markup, to_block

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    import pandas as pd

    from geomap.model import Article

__all__ = ["render_map", "write_map"]

#: our script's files, in the order in which they are joined; later ones use earlier ones
SCRIPTS = (
    *("dom", "codec", "days", "state", "tally", "basemap", "areas", "circles", "labels"),
    *("legend", "time", "list", "evidence", "about", "panel", "theme", "link", "main"),
)
STYLES = ("theme", "layout", "map", "panel", "time")
THEMES = ("auto", "light", "dark")
#: data larger than this (characters) is compressed in the page
COMPRESS_ABOVE = 200_000
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8}){0,3}")
_IMAGE_RULE = re.compile(r"[^{}]*\{[^{}]*url\([^{}]*\}")
#: folium forbids zooming by hand; readers need it
_FIXED_ZOOM = re.compile(r"<meta name=\"viewport\"[^>]*>")


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
    return _write_whole(Path(path), html)


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
    _check_options(lang, theme)
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
    return _assemble(meta, payload, base, headline=headline, lang=lang, theme=theme)


def _check_options(lang: str, theme: str) -> None:
    if theme not in THEMES:
        raise InputError(f"expected a theme of {', '.join(THEMES)}, got {theme!r}")
    if not _LANGUAGE.fullmatch(lang):
        raise InputError(f'expected a language tag such as "en" or "pt-BR", got {lang!r}')


def _default_title(payload: Payload) -> str:
    number = len(payload.articles["title"])
    return f"Places named in {number:,} {'article' if number == 1 else 'articles'}"


def _assemble(
    meta: dict[str, Any],
    payload: Payload,
    base: dict[str, Any],
    *,
    headline: str,
    lang: str,
    theme: str,
) -> str:
    """Let folium render the frame, then add what must not pass through a template."""
    frame = _build_frame(_data_block(meta, payload, base))
    html = frame.get_root().render()
    html = _FIXED_ZOOM.sub("", html, count=1)
    html = html.replace("<html>", f'<html lang="{lang}" data-theme="{theme}">', 1)
    head = (
        f'<meta http-equiv="Content-Security-Policy" content="{content_policy(html)}">\n'
        f'<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f'<meta name="color-scheme" content="light dark">\n{title_markup(headline)}\n'
    )
    marker = 'charset=UTF-8" />'
    return html.replace(marker, f"{marker}\n{head}", 1)


def _data_block(meta: dict[str, Any], payload: Payload, base: dict[str, Any]) -> str:
    """All data as one JSON text; the base map, and large tables, compressed."""
    tables = payload.to_dict()
    text = to_block(tables)
    packed = _pack(tables) if len(text) > COMPRESS_ABOVE else None
    if packed is not None:
        text = to_block(packed)
    return f'{{"meta":{to_block(meta)},"base":{to_block(_pack(base))},"tables":{text}}}'


def _pack(value: Any) -> dict[str, str]:
    """JSON, deflated, as base64; the page unpacks it with its DecompressionStream."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    return {"deflate": base64.b64encode(zlib.compress(text.encode(), 9)).decode()}


class _Raw(Element):
    """Text that a template only refers to, and so never reads."""

    def __init__(self, payload: str) -> None:
        super().__init__("{{ this.payload }}")
        self.payload = payload


def _build_frame(block: str) -> folium.Map:
    """The map of folium without tiles and links, with our parts in place and stable ids."""
    frame = folium.Map(
        location=[25, 20],
        zoom_start=2,
        tiles=None,
        zoom_control=False,
        attribution_control=False,
        zoom_snap=0.25,
        zoom_delta=1,
        wheel_px_per_zoom_level=100,
    )
    frame._id = "geomap"  # noqa: SLF001 the id is random otherwise
    frame.default_js, frame.default_css = [], []
    root: Any = frame.get_root()
    root._id = "page"  # noqa: SLF001
    scripts = "\n".join(_asset(f"{name}.js") for name in SCRIPTS)
    parts = (
        (root.header, "leaflet_css", f"<style>{_leaflet_css()}</style>"),
        (root.header, "leaflet_js", f"<script>{_leaflet_js()}</script>"),
        (root.header, "styles", f"<style>{''.join(_asset(f'{s}.css') for s in STYLES)}</style>"),
        (root.html, "page", _asset("page.html")),
        (root.html, "data", f'<script type="application/json" id="data">{block}</script>'),
        (root.script, "application", f'(() => {{\n"use strict";\n{scripts}\n}})();'),
    )
    root.render()
    for parent, name, text in parts:
        # the page's own parts come before the map, so that the keyboard meets them first
        parent.add_child(_Raw(text), name=name, index=0 if name == "page" else None)
    return frame


def _asset(name: str) -> str:
    return resources.files("geomap.webmap").joinpath("assets", name).read_text("utf-8")


def _leaflet_js() -> str:
    text = (Path(leaflet_package.BASE_DIR) / "leaflet.js").read_text("utf-8")
    return text.split("//# sourceMappingURL")[0].strip()


def _leaflet_css() -> str:
    """Leaflet's styles without the rules that load images (icons that this page does not use)."""
    text = (Path(leaflet_package.BASE_DIR) / "leaflet.css").read_text("utf-8")
    return _IMAGE_RULE.sub("", text)


def _write_whole(path: Path, text: str) -> Path:
    """Write to a temporary name beside the target, then rename."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=".", suffix=".html")
        try:
            with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as file:
                file.write(text)
            Path(temporary).chmod(0o644)
            Path(temporary).replace(path)
        except BaseException:
            Path(temporary).unlink(missing_ok=True)
            raise
    except OSError as err:
        raise OutputError(f"the map cannot be written to {path}: {err.strerror or err}") from err
    return path
