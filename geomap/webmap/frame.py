"""The frame of a page: folium's map, Leaflet inlined, our own script and styles, the data.

folium gives the page's frame and the map object. Its links to other hosts are dropped, its ids
are made stable, and no text of an article passes through one of its templates.
"""

from __future__ import annotations

import os
import re
import tempfile
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, NamedTuple

import folium
from branca.element import Element
from xstatic.pkg import leaflet as leaflet_package

from geomap.errors import InputError, OutputError
from geomap.webmap.language import Language
from geomap.webmap.packing import pack_text, to_json
from geomap.webmap.security import content_policy, title_markup, to_block

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

__all__ = [
    "Parts",
    "build_frame",
    "check_options",
    "data_block",
    "render_frame",
    "write_whole",
]

_THEMES: Final = ("auto", "light", "dark")
#: data of so many characters is compressed in the page
_COMPRESS_FROM: Final = 50_000
_LANGUAGE: Final = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8}){0,3}")
_IMAGE_RULE: Final = re.compile(r"[^{}]*\{[^{}]*url\([^{}]*\}")
#: whole lines of comments, and what lines begin with
_COMMENT_LINES: Final = re.compile(
    r"^[ \t]*(?:/\*.*?\*/|//[^\n]*)[ \t]*\n", re.DOTALL | re.MULTILINE
)
_INDENTATION: Final = re.compile(r"^[ \t]+", re.MULTILINE)
#: folium forbids zooming by hand; readers need it
_FIXED_ZOOM: Final = re.compile(r"<meta name=\"viewport\"[^>]*>")


class Parts(NamedTuple):
    """The files of ``assets`` that make a page, without suffix, in the order of use."""

    markup: str
    scripts: tuple[str, ...]
    styles: tuple[str, ...]


def check_options(lang: str, theme: str) -> None:
    """Refuse a language or a theme that a page cannot have.

    Raises:
        InputError: It is none.
    """
    if theme not in _THEMES:
        raise InputError(f"expected a theme of {', '.join(_THEMES)}, got {theme!r}")
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
    """
    language = lang if isinstance(lang, Language) else Language(lang, {})
    frame = build_frame(parts, block, language)
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
    parts = {"meta": to_block(meta), "base": to_block(pack_text(to_json(base))), "tables": small}
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
    scripts = "\n".join(_without_comments(_asset(f"{name}.js")) for name in parts.scripts)
    styles = "".join(_without_comments(_asset(f"{name}.css")) for name in parts.styles)
    pieces = (
        (root.header, "leaflet_css", f"<style>{_leaflet_css()}</style>"),
        (root.header, "leaflet_js", f"<script>{_leaflet_js()}</script>"),
        (root.header, "styles", f"<style>{styles}</style>"),
        (root.html, "page", language.fill(_asset(f"{parts.markup}.html"))),
        (root.html, "data", f'<script type="application/json" id="data">{block}</script>'),
        (root.script, "application", f'(() => {{\n"use strict";\n{scripts}\n}})();'),
    )
    root.render()
    for parent, name, text in pieces:
        # the page's own parts come before the map, so that the keyboard meets them first
        parent.add_child(_Raw(text), name=name, index=0 if name == "page" else None)
    return frame


def _asset(name: str) -> str:
    return resources.files("geomap.webmap").joinpath("assets", name).read_text("utf-8")


def _without_comments(text: str) -> str:
    """A script or styles of ours without comment lines and indentation, a fifth of what a page has.

    No text of ours goes over several lines, so that none can begin with what is left out.
    """
    return _INDENTATION.sub("", _COMMENT_LINES.sub("", text))


def _leaflet_js() -> str:
    text = (Path(leaflet_package.BASE_DIR) / "leaflet.js").read_text("utf-8")
    return text.split("//# sourceMappingURL")[0].strip()


def _leaflet_css() -> str:
    """Leaflet's styles without the rules that load images (icons that this page does not use)."""
    text = (Path(leaflet_package.BASE_DIR) / "leaflet.css").read_text("utf-8")
    return _IMAGE_RULE.sub("", text)


def write_whole(path: Path, text: str) -> Path:
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
        raise OutputError(f"the page cannot be written to {path}: {err.strerror or err}") from err
    return path
