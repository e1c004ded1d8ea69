"""What sentences say beside a name, as the page's columns: where from the place, and when."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any, Final, NamedTuple, get_args

from geomap.model import RelationType
from geomap.schema import MENTIONS
from geomap.webmap.cells import clean_all, read_number, read_span
from geomap.webmap.shapes import read_shapes, shape_columns

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geomap.webmap.cells import Cells, Texts

__all__ = ["Relations", "Times", "read_times"]

_TYPES: Final[tuple[str, ...]] = get_args(RelationType)
#: characters kept of a phrase
_PHRASE_LIMIT: Final = 120
_NUMBERS: Final = tuple(
    name for name in MENTIONS.of_group("relation") if MENTIONS[name].type == "number"
)
_SHAPE: Final = "relation_geometry"
#: of a sentence that tells no time: days, precision, phrase
_NEVER: Final = (0, 0, "")
_NO_DAY: Final = 10**7


class Relations:
    """The relations of a table's mentions, each once, and their shapes, each once.

    Attributes:
        rows: For each of the table's rows its relation, -1 for none.
        unread: Mentions with a shape that cannot be drawn.
    """

    def __init__(self, cells: Cells, *, phrases: bool) -> None:
        """Read the columns; without ``phrases`` the page has none of the articles' words."""
        named = {name: cells.read(name) for name in ("relation", "relation_type", _SHAPE)}
        self.rows = [-1] * len(cells)
        at = [n for n, found in enumerate(zip(*named.values(), strict=True)) if any(found)]
        texts = clean_all((named["relation"][n] for n in at), _PHRASE_LIMIT)
        numbers = zip(*(cells.read(name, at) for name in _NUMBERS), strict=True)
        shapes = [named[_SHAPE][n] for n in at]
        self._shapes = read_shapes(shapes)
        self.unread = sum(text is not None and text not in self._shapes for text in shapes)
        self._found: dict[tuple[str, int, float | None, float | None, float | None, str], int] = {}
        for n, text, (lat, lon, radius), shape in zip(at, texts, numbers, shapes, strict=True):
            type_ = named["relation_type"][n]
            key = (
                text if phrases else "",
                _TYPES.index(type_) if type_ in _TYPES else -1,
                *_read_point(lat, lon),
                read_number(radius),
                shape if shape in self._shapes else "",
            )
            self.rows[n] = self._found.setdefault(key, len(self._found))

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
        tables = {"relations": columns, **shape_columns([self._shapes[key] for key in shapes])}
        return [rows.get(row, -1) for row in used], tables


def _read_point(lat: object, lon: object) -> tuple[float, float] | tuple[None, None]:
    latitude, longitude = read_number(lat), read_number(lon)
    if latitude is None or longitude is None:
        return None, None
    if not (-90 <= latitude <= 90 and -180 <= longitude <= 180):
        return None, None
    return round(latitude, 5), round(longitude, 5)


class Times(NamedTuple):
    """The times that sentences tell.

    Attributes:
        rows: For each mention a row of the tables, the first for one whose sentence tells none.
        starts: For each the first day, counted from the first day of its article, or from 1970-01-01
            where that is not known: most are near it, and small numbers take less room.
        columns: ``days``, which follow on the first one, and ``precision``: 0 for no time, else one
            more than the number of a precision.
        phrases: What says so, as it is written.
    """

    rows: list[int]
    starts: list[int]
    columns: dict[str, list[int]]
    phrases: list[str]


def read_times(
    cells: Cells, drawn: Sequence[int], published: Sequence[int | None], *, phrases: bool
) -> Times:
    """Read the times that sentences speak of; those that many tell in the same words come first.

    Args:
        cells: The table.
        drawn: Its rows, in the order of the mentions.
        published: The first days of their articles.
        phrases: Whether the page has the articles' words.
    """
    precisions, begins = cells.read("event_precision"), cells.read("event_start")
    texts = cells.read("event_text") if phrases else [None] * len(cells)
    found = [_NEVER] * len(drawn)
    starts = [0] * len(drawn)
    at = [n for n, i in enumerate(drawn) if precisions[i] or begins[i] or texts[i]]
    rows = [drawn[n] for n in at]
    known: dict[tuple[str, str, str, str], tuple[int, tuple[int, int, str]]] = {}
    for n, i, end in zip(at, rows, cells.read("event_end", rows), strict=True):
        key = (str(begins[i]), str(end), str(precisions[i]), str(texts[i] or ""))
        time = known.get(key)
        if time is None:
            first, last, number = read_span(*key[:3])
            has_time = bool(precisions[i] or begins[i])
            told = (last - first, number + has_time, key[3])
            time = known[key] = (first if number else _NO_DAY, told)
        if time[0] != _NO_DAY:
            starts[n] = time[0] - (published[n] or 0)
        found[n] = time[1]
    often = Counter(found)
    del often[_NEVER]
    order = [_NEVER, *sorted(often, key=lambda time: (-often[time], time))]
    numbers = {time: row for row, time in enumerate(order)}
    days, precisions, texts = (list(column) for column in zip(*order, strict=True))
    tables = {"days": days, "precision": precisions}
    return Times([numbers[time] for time in found], starts, tables, clean_all(texts, _PHRASE_LIMIT))
