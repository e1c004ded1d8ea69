"""Maps for notebooks: a ``folium.Map`` to build on, and the page itself, shown in a frame.

No text of an article passes through a template of folium: see :mod:`geomap.webmap.frame`.
"""

from __future__ import annotations

from collections import Counter
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from geomap.errors import InputError
from geomap.webmap.basemap import build_base
from geomap.webmap.frame import Parts, build_frame, data_block, write_page
from geomap.webmap.options import check_tiles, check_view
from geomap.webmap.page import render_map
from geomap.webmap.payload import build_payload
from geomap.webmap.placing import DRAWN_KINDS

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from typing import Unpack

    import folium
    import pandas as pd

    from geomap.webmap.settings import PageChanges

    Mentions = pd.DataFrame | Iterable[Mapping[str, Any]]

__all__ = ["MentionMap", "to_folium"]

_PARTS: Final = Parts(
    markup="notebook/notebook",
    scripts=("data/inflate", "data/codec", "notebook/notebook"),
    styles=("notebook/notebook",),
)
_HEIGHTS: Final = (200, 4000)


def to_folium(
    mentions: Mentions,
    *,
    kinds: Iterable[str] = DRAWN_KINDS,
    center: tuple[float, float] | None = None,
    zoom: float | None = None,
    tiles: str | None = None,
) -> folium.Map:
    """Return a ``folium.Map`` of the places that mentions name, to which layers can be added.

    Circles stand for places, their areas in proportion to the mentions; units and countries are
    shaded; what lies vaguely, or is larger than a country, is not drawn. A click tells the name of
    the place and the counts. A name that no gazetteer knows has no mark: the unit or country that it
    lies in is shaded, and tells how many there are. Leaflet and the base map are in it: it needs no
    network, until tiles or layers are added that do.

    Args:
        mentions: a table with the columns of the mention record, or such records.
        kinds: the kinds of mention that count, of ``literal`` and ``associative``.
        center: latitude and longitude in the middle of the view; None shows all places.
        zoom: how near the view is, from 1 (the world) to 18 (a street).
        tiles: a template such as ``https://tiles.example/{z}/{x}/{y}.png`` for the background; None
            for the base map that comes with geomap.

    Raises:
        InputError: an option has a value that it cannot have.
        TableError: a column is missing.

    >>> import geomap
    >>> articles = [geomap.Article(id="1", text="The market of Raqqa reopened.")]
    >>> type(to_folium(list(geomap.find_mentions(articles)))).__name__
    'Map'
    """
    wanted = {_check_kind(kind) for kind in kinds}
    background = check_tiles(tiles)
    middle, near = check_view(center, zoom)
    payload = build_payload(mentions)
    columns = payload.mentions
    counts: dict[str, Counter[int]] = {name: Counter() for name in (*DRAWN_KINDS, "unlocated")}
    named = zip(columns["place"], columns["kind"], columns["unlocated"], strict=True)
    for place, number, is_unlocated in named:
        kind = DRAWN_KINDS[number]
        if kind in wanted:
            counts["unlocated" if is_unlocated else kind][place] += 1
    meta = {"center": middle, "zoom": near, "tiles": background and background.url}
    places = payload.places
    somewhere = [row for row, precision in enumerate(places["precision"]) if precision]
    names = ("name", "lat", "lon", "precision", "area", "outline")
    table: dict[str, Any] = {name: [places[name][row] for row in somewhere] for name in names}
    table["name"] = [payload.strings[index] for index in table["name"]]
    table |= {name: [counted[row] for row in somewhere] for name, counted in counts.items()}
    base = build_base(zip(table["lat"], table["lon"], strict=True))
    return build_frame(_PARTS, data_block(meta, {**table, "outlines": payload.outlines}, base))


def _check_kind(kind: str) -> str:
    if kind not in DRAWN_KINDS:
        raise InputError(f"expected kinds of {', '.join(DRAWN_KINDS)}, got {kind!r}")
    return kind


class MentionMap:
    """The map page of some mentions, which shows itself in a notebook.

    There it stands in a frame without rights of its own: it can run its script, and reaches neither
    the notebook nor the network.

    Args:
        mentions: a table with the columns of the mention record, or such records.
        height: of the frame, in pixels of a screen.
        options: those of :class:`geomap.PageOptions`, by their names.

    Raises:
        InputError: an option has a value that it cannot have.
        TableError: a column is missing.

    >>> import geomap
    >>> articles = [geomap.Article(id="1", text="The market of Raqqa reopened.")]
    >>> MentionMap(list(geomap.find_mentions(articles)), title="One article")._repr_html_()[:7]
    '<iframe'
    """

    def __init__(
        self, mentions: Mentions, *, height: int = 640, **options: Unpack[PageChanges]
    ) -> None:
        if not _HEIGHTS[0] <= height <= _HEIGHTS[1]:
            raise InputError(f"expected a height of 200 to 4,000 pixels, got {height!r}")
        self._height = int(height)
        self._html = render_map(mentions, **options)

    def to_html(self) -> str:
        """Return the page."""
        return self._html

    def save(self, path: str | Path) -> Path:
        """Write the page; the file appears whole or not at all.

        Raises:
            OutputError: it cannot be written.
        """
        return write_page(Path(path), self._html)

    def __repr__(self) -> str:
        return f"<MentionMap: a page of {len(self._html):,} characters>"

    def _repr_html_(self) -> str:
        return (
            f'<iframe title="geomap" sandbox="allow-scripts" srcdoc="{escape(self._html)}" '
            f'style="width: 100%; height: {self._height}px; border: 0"></iframe>'
        )
