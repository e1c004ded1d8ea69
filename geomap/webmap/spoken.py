"""What sentences say beside a name, as the page's columns: where from the place, and when."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, get_args

from geomap.model import RelationType
from geomap.webmap.cells import clean_all, read_number, read_span
from geomap.webmap.shapes import Shape, read_shape, shape_columns

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geomap.webmap.cells import Cells, Texts

__all__ = ["Relations", "told_columns"]

_TYPES: Final[tuple[str, ...]] = get_args(RelationType)
#: characters kept of a phrase
_PHRASE_LIMIT: Final = 120
_COLUMNS: Final = ("relation_type", "relation_lat", "relation_lon", "relation_radius_km")


class Relations:
    """The relations of a table's mentions, each once, and their shapes, each once.

    Attributes:
        rows: For each of the table's rows its relation, -1 for none.
        unread: Mentions with a shape that cannot be drawn.
    """

    def __init__(self, cells: Cells, *, phrases: bool) -> None:
        """Read the columns; without ``phrases`` the page has none of the articles' words."""
        texts = clean_all(cells.read("relation"), _PHRASE_LIMIT)
        values = zip(*(cells.read(name) for name in (*_COLUMNS, "relation_geometry")), strict=True)
        self.rows: list[int] = []
        self.unread = 0
        self._shapes: dict[str, Shape | None] = {}
        self._found: dict[tuple[str, int, float | None, float | None, float | None, str], int] = {}
        for text, (type_, lat, lon, radius, geometry) in zip(texts, values, strict=True):
            if type_ is None and geometry is None and not text:
                self.rows.append(-1)
                continue
            number = _TYPES.index(type_) if type_ in _TYPES else -1
            point = _read_point(lat, lon)
            shape = self._read_shape(geometry)
            key = (text if phrases else "", number, *point, read_number(radius), shape)
            self.rows.append(self._found.setdefault(key, len(self._found)))

    def _read_shape(self, geometry: object) -> str:
        """The key of a shape; "" for none that can be drawn."""
        if geometry is None:
            return ""
        key = geometry if isinstance(geometry, str) else ""
        if key not in self._shapes:
            self._shapes[key] = read_shape(geometry)
        if self._shapes[key] is None:
            self.unread += 1
            return ""
        return key

    def to_tables(self, used: Sequence[int], texts: Texts) -> tuple[list[int], dict[str, Any]]:
        """The tables of the relations that some mentions have, and for each mention its relation.

        Args:
            used: Rows of the relations, of the mentions in their order; -1 for none.
            texts: Where phrases are put.
        """
        found = list(self._found)
        rows: dict[int, int] = {}
        shapes: dict[str, int] = {}
        columns: dict[str, list[Any]] = {
            name: [] for name in ("text", "type", "placed", "lat", "lon", "radius", "shape")
        }
        for row in used:
            if row < 0 or row in rows:
                continue
            rows[row] = len(rows)
            text, number, lat, lon, radius, key = found[row]
            columns["text"].append(texts.add(text))
            columns["type"].append(number)
            columns["placed"].append(int(lat is not None))
            columns["lat"].append(lat or 0)
            columns["lon"].append(lon or 0)
            columns["radius"].append(-1 if radius is None else round(radius, 1))
            columns["shape"].append(shapes.setdefault(key, len(shapes)) if key else -1)
        drawn = [shape for key in shapes if (shape := self._shapes[key]) is not None]
        tables = {"relations": columns, **shape_columns(drawn)}
        return [rows.get(row, -1) for row in used], tables


def _read_point(lat: object, lon: object) -> tuple[float, float] | tuple[None, None]:
    latitude, longitude = read_number(lat), read_number(lon)
    if latitude is None or longitude is None:
        return None, None
    if not (-90 <= latitude <= 90 and -180 <= longitude <= 180):
        return None, None
    return round(latitude, 5), round(longitude, 5)


def told_columns(
    cells: Cells, drawn: Sequence[int], published: Sequence[int | None], *, phrases: bool
) -> tuple[dict[str, list[int]], list[str]]:
    """Columns of the times that sentences speak of, and the phrases that say so.

    A time begins so many days after the article's first day, or after 1970-01-01 where that is not
    known: most are near it, and small numbers take less room. ``told_days`` is how many days follow
    on the first one; ``told_precision`` is 0 where no time is told, else one more than the number
    of its precision.

    Args:
        cells: The table.
        drawn: Its rows, in the order of the mentions.
        published: The first days of their articles.
        phrases: Whether the page has the articles' words.
    """
    names = ("event_start", "event_end", "event_precision")
    known: dict[tuple[Any, ...], tuple[int, int, int]] = {}
    columns: dict[str, list[int]] = {
        name: [] for name in ("told_start", "told_days", "told_precision")
    }
    values = zip(*(cells.read(name, drawn) for name in names), published, strict=True)
    for start, end, precision, day in values:
        if precision is None and start is None:
            told = (0, 0, 0)
        else:
            key = (str(start), str(end), str(precision))
            if key not in known:
                known[key] = read_span(start, end, precision)
            first, last, number = known[key]
            dated = (first - (day or 0), last - first) if number else (0, 0)
            told = (*dated, number + 1)
        for name, value in zip(columns, told, strict=True):
            columns[name].append(value)
    texts = clean_all(cells.read("event_text", drawn), _PHRASE_LIMIT)
    return columns, texts if phrases else [""] * len(texts)
