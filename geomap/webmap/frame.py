"""The frame of a page: folium's map, Leaflet inlined, our own script and styles, the data.

folium gives the page's frame and the map object. Its links to other hosts are dropped, its ids
are made stable, and no text of an article passes through one of its templates.
"""

from __future__ import annotations

import re
from importlib import resources
from typing import TYPE_CHECKING, Any, Final, NamedTuple

import folium
from branca.element import Element

from geomap.errors import InputError
from geomap.runtime.atomic import atomic_writer
from geomap.webmap.language import Language
from geomap.webmap.packing import pack_base, pack_text, to_json
from geomap.webmap.security import content_policy, title_markup, to_block
from geomap.webmap.settings import THEMES
from geomap.webmap.tightening import tighten_script, tighten_styles, without_comments

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

__all__ = [
    "Parts",
    "build_frame",
    "check_options",
    "data_block",
    "render_frame",
    "write_page",
]

#: Leaflet as it is published (the npm package leaflet 1.9.3): nothing in it is ours
_LEAFLET: Final = resources.files("geomap.webmap") / "leaflet"
#: data of so many characters is compressed in the page
_COMPRESS_FROM: Final = 50_000
_LANGUAGE: Final = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8}){0,3}")
_IMAGE_RULE: Final = re.compile(r"[^{}]*\{[^{}]*url\([^{}]*\}")
_RULE: Final = re.compile(r"([^{}]*)\{[^{}]*\}\n?")
#: parts of Leaflet that no page of ours has; a notebook's map has the buttons and boxes that others lack
_UNUSED_PART: Final = re.compile(
    r"leaflet-(?:popup|tooltip|bar|touch|oldie|control-(?:layers|zoom|scale)|div-icon)"
)
_UNUSED_PARTS: Final = {
    "notebook/notebook": re.compile(r"leaflet-(?:tooltip|oldie|control-(?:layers|scale)|div-icon)")
}
#: says before anything is painted that scripts run here
_SCRIPTED: Final = 'document.documentElement.classList.add("scripted")'
#: folium forbids zooming by hand; readers need it
_FIXED_ZOOM: Final = re.compile(r"<meta name=\"viewport\"[^>]*>")


class Parts(NamedTuple):
    """The files of ``assets`` that make a page, by folder and name without suffix, in the order of use."""

    markup: str
    scripts: tuple[str, ...]
    styles: tuple[str, ...]


def check_options(lang: str, theme: str) -> None:
    """Refuse a language or a theme that a page cannot have.

    Raises:
        InputError: It is none.
    """
    if theme not in THEMES:
        raise InputError(f"expected a theme of {', '.join(THEMES)}, got {theme!r}")
    if not _LANGUAGE.fullmatch(lang):
        raise InputError(f'expected a language tag such as "en" or "pt-BR", got {lang!r}')


def render_frame(
    parts: Parts,
    block: str,
    *,
    headline: str,
    lang: str | Language,
    theme: str,
    images: Sequence[str] = (),
    static: str = "",
) -> str:
    """Let folium render the frame, then add what must not pass through a template.

    Args:
        parts: The page's files.
        block: Its data, from :func:`data_block`.
        headline: The page's title, cleaned.
        lang: Its language; see :func:`check_options`. With a :class:`Language` its words are put
            into the markup, and its direction is that of the page.
        theme: Its theme, likewise.
        images: Origins that it may load images from; see :func:`content_policy`.
        static: Markup that is shown where the script may not run.
    """
    language = lang if isinstance(lang, Language) else Language(lang, {})
    frame = build_frame(parts, block, language, static)
    html = frame.get_root().render()
    html = _FIXED_ZOOM.sub("", html, count=1)
    head = f'<html lang="{language.tag}" dir="{language.direction}" data-theme="{theme}">'
    html = html.replace("<html>", head, 1)
    head = (
        f'<meta http-equiv="Content-Security-Policy" content="{content_policy(html, images)}">\n'
        f'<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f'<meta name="generator" content="geomap">\n'  # by which a reader of articles knows it
        f'<meta name="color-scheme" content="light dark">\n{title_markup(headline)}\n'
    )
    marker = 'charset=UTF-8" />'
    return html.replace(marker, f"{marker}\n{head}", 1)


def data_block(
    meta: dict[str, Any],
    tables: dict[str, Any],
    base: dict[str, Any],
    packed: Mapping[str, Any] | None = None,
) -> str:
    """All data as one JSON text; the base map, and large tables, compressed.

    ``packed`` are further parts of the block, which are compressed already.
    """
    plain = to_json(tables)
    small = to_block(tables) if len(plain) < _COMPRESS_FROM else to_block(pack_text(plain))
    parts = {"meta": to_block(meta), "base": to_block(pack_base(base)), "tables": small}
    parts |= {name: to_block(part) for name, part in (packed or {}).items()}
    return "{" + ",".join(f'"{name}":{text}' for name, text in parts.items()) + "}"


class _Raw(Element):
    """Text that a template only refers to, and so never reads."""

    def __init__(self, payload: str) -> None:
        super().__init__("{{ this.payload }}")
        self.payload = payload


def build_frame(
    parts: Parts,
    block: str,
    language: Language = Language("en", {}),  # noqa: B008 - it is frozen
    static: str = "",
) -> folium.Map:
    """The map of folium without tiles and links, with our parts in place and stable ids.

    Nothing of ``block`` passes through a template, however often the map is rendered.
    """
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
    scripts = "\n".join(tighten_script(_asset(f"{name}.js")) for name in parts.scripts)
    styles = "".join(tighten_styles(_asset(f"{name}.css")) for name in parts.styles)
    pieces = [
        (root.header, "leaflet_css", f"<style>{_leaflet_css(parts.markup)}</style>"),
        (root.header, "leaflet_js", f"<script>{_leaflet_js()}</script>"),
        (root.header, "styles", f"<style>{styles}</style>"),
        (root.html, "page", language.fill(_asset(f"{parts.markup}.html")) + static),
        (root.html, "data", f'<script type="application/json" id="data">{block}</script>'),
        (root.script, "application", f'(() => {{\n"use strict";\n{scripts}\n}})();'),
    ]
    if static:
        pieces.insert(0, (root.header, "scripted", f"<script>{_SCRIPTED}</script>"))
    root.render()
    for parent, name, text in pieces:
        # the page's own parts come before the map, so that the keyboard meets them first
        parent.add_child(_Raw(text), name=name, index=0 if name == "page" else None)
    return frame


def _asset(name: str) -> str:
    return resources.files("geomap.webmap").joinpath("assets", name).read_text("utf-8")


def _leaflet_js() -> str:
    text = (_LEAFLET / "leaflet.js").read_text("utf-8")
    return text.split("//# sourceMappingURL")[0].strip()


def _leaflet_css(markup: str) -> str:
    """Leaflet's styles without the rules that load images, and those of parts that no page of ours has."""
    unused = _UNUSED_PARTS.get(markup, _UNUSED_PART)
    text = _IMAGE_RULE.sub("", without_comments((_LEAFLET / "leaflet.css").read_text("utf-8")))

    def keep(rule: re.Match[str]) -> str:
        return "" if all(map(unused.search, rule[1].split(","))) else rule[0]

    return tighten_styles(_RULE.sub(keep, text))


def write_page(path: Path, html: str) -> Path:
    """Write a page, as a whole or not at all.

    Raises:
        OutputError: It cannot be written.
    """
    with atomic_writer(path) as file:
        file.write(html.encode())
    return path
