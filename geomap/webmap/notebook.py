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
from geomap.webmap.frame import Parts, build_frame, data_block, write_whole
from geomap.webmap.options import check_tiles, check_view
from geomap.webmap.page import render_map
from geomap.webmap.payload import DRAWN_KINDS, build_payload

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from typing import Unpack

    import folium
    import pandas as pd

    from geomap.webmap.options import PageOptions

    Mentions = pd.DataFrame | Iterable[Mapping[str, Any]]

__all__ = ["MentionMap", "to_folium"]

_PARTS: Final = Parts(markup="notebook", scripts=("codec", "notebook"), styles=("notebook",))
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
    the place and the counts. Leaflet and the base map are in it: it needs no network, until tiles or
    layers are added that do.

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
    """
    wanted = {_check_kind(kind) for kind in kinds}
    background = check_tiles(tiles)
    middle, near = check_view(center, zoom)
    payload = build_payload(mentions)
    columns = payload.mentions
    counts: list[Counter[int]] = [Counter() for _ in DRAWN_KINDS]
    for place, kind in zip(columns["place"], columns["kind"], strict=True):
        counts[kind][place] += 1
    meta = {"center": middle, "zoom": near, "tiles": background and background.url}
    places = payload.places
    names = ("name", "lat", "lon", "precision", "area", "outline")
    table: dict[str, Any] = {name: places[name] for name in names}
    table["name"] = [payload.strings[index] for index in places["name"]]
    for number, kind in enumerate(DRAWN_KINDS):
        counted = counts[number] if kind in wanted else Counter()
        table[kind] = [counted[place] for place in range(len(places["name"]))]
    base = build_base(zip(places["lat"], places["lon"], strict=True))
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
        options: those of :func:`geomap.webmap.page.write_map`.

    Raises:
        InputError: an option has a value that it cannot have.
        TableError: a column is missing.
    """

    def __init__(
        self, mentions: Mentions, *, height: int = 640, **options: Unpack[PageOptions]
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
        return write_whole(Path(path), self._html)

    def _repr_html_(self) -> str:
        return (
            f'<iframe title="geomap" sandbox="allow-scripts" srcdoc="{escape(self._html)}" '
            f'style="width: 100%; height: {self._height}px; border: 0"></iframe>'
        )
