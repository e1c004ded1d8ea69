"""From mention records to the columns that the page reads.

Strings stand once, in tables; mentions are columns of indices, sorted by place, so that the page
sums a window over 100,000 of them in a millisecond. Dates are whole days since 1970-01-01.
"""

from __future__ import annotations

import datetime as dt
import math
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np

from geomap.errors import TableError
from geomap.garbage import rare_collections
from geomap.model import place_precision
from geomap.outlines import (
    build_outlines,
    find_country,
    find_first_level,
    find_river,
    find_unit,
)
from geomap.webmap.marks import find_marks
from geomap.webmap.security import clean_text, safe_url

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from numpy.typing import NDArray

__all__ = ["Payload", "build_payload"]

#: characters kept of each text, so that no article can make the page large
TITLE_LIMIT, SNIPPET_LIMIT, NAME_LIMIT, LANGUAGE_LIMIT = 300, 700, 120, 35
#: characters of an article's id that a correction can name
ID_LIMIT = 2000
#: spellings kept of a place, the most frequent ones: more than any honest place has
SPELLINGS = 24
REQUIRED = ("article_id", "place_id", "name", "lat", "lon", "kind")
_NEEDED = frozenset(REQUIRED)
#: types of cells that need no look
_NEVER_MISSING = frozenset({str, int, bool, type(None)})
#: whole numbers of the page's columns
LARGEST = 2**31 - 1
DRAWN_KINDS = ("literal", "associative")
PRECISIONS = ("unknown", "day", "week", "month", "year")
_EPOCH = dt.date(1970, 1, 1).toordinal()


@dataclass(slots=True)
class Payload:
    """The page's tables, each a mapping from column name to a list."""

    articles: dict[str, list[Any]] = field(default_factory=lambda: defaultdict(list))
    places: dict[str, list[Any]] = field(default_factory=lambda: defaultdict(list))
    mentions: dict[str, list[Any]] = field(default_factory=lambda: defaultdict(list))
    strings: list[str] = field(default_factory=list)
    #: row of the strings from which on they are sentences of articles, and nothing else, in the order
    #: in which the mentions have them
    first_sentence: int = 0
    outlines: list[list[list[int]]] = field(default_factory=list)
    skipped: dict[str, int] = field(default_factory=dict)
    #: of the articles in the tables, as they were given
    article_ids: set[str] = field(default_factory=set)
    #: what a correction needs and the columns do not have: ids of articles that were cleaned, by the
    #: article's row, and lengths of mentions that are not those of their surface, by the mention's
    originals: dict[int, str] = field(default_factory=dict)
    widths: dict[int, int] = field(default_factory=dict)

    def to_dict(self) -> dict[str, Any]:
        """All tables as plain values, ready for JSON."""
        return {
            "articles": dict(self.articles),
            "places": dict(self.places),
            "mentions": dict(self.mentions),
            "strings": self.strings,
            "outlines": self.outlines,
            "skipped": self.skipped,
            "originals": self.originals,
            "widths": self.widths,
        }


class _Cells:
    """The cells of a table of mentions, by column: None where there is none.

    A column is read where it is asked for, and of what an article's or a place's mentions share, one
    row: a large table has millions of cells.

    Raises:
        TableError: a required column is missing.
    """

    def __init__(self, mentions: Any) -> None:
        self._frame = mentions if hasattr(mentions, "columns") else None
        self._rows: list[Mapping[str, Any]] = [] if self._frame is not None else list(mentions)
        if self._frame is not None:
            _check_columns(self._frame.columns)
        for row in self._rows:
            if not row.keys() >= _NEEDED:
                _check_columns(row)

    def __len__(self) -> int:
        return len(self._rows if self._frame is None else self._frame)

    def read(self, name: str, at: Sequence[int] | None = None) -> list[Any]:
        """A column, or its cells in some rows."""
        if self._frame is None:
            rows = self._rows if at is None else [self._rows[i] for i in at]
            return _without_missing([row.get(name) for row in rows])
        if name not in self._frame.columns:
            return [None] * len(self if at is None else at)
        column = self._frame[name]
        return _without_missing((column if at is None else column.iloc[at]).tolist())


def _check_columns(columns: Iterable[str]) -> None:
    missing = sorted(_NEEDED - set(columns))
    if missing:
        raise TableError(
            f"expected a table of mention records, but it lacks {', '.join(missing)}; "
            "use mentions_table() to make one"
        )


def _without_missing(column: list[Any]) -> list[Any]:
    """The same with None for NaN, NaT and pandas' NA."""
    return [
        value if type(value) in _NEVER_MISSING or not _is_missing(value) else None
        for value in column
    ]


def _is_missing(value: Any) -> bool:
    """NaN and NaT are not themselves, and pandas' NA cannot tell."""
    try:
        return bool(value != value)  # noqa: PLR0124
    except TypeError:
        return True


def build_payload(mentions: Any, *, sentences: bool = True) -> Payload:
    """The columns of all mentions that a map can show: literal or associative, with a place.

    Args:
        mentions: a table of mention records, or such records.
        sentences: whether the page may have more of the articles' text than names and titles.

    Raises:
        TableError: a required column is missing.
    """
    payload = Payload(skipped={"unresolved": 0, "embedded": 0})
    with rare_collections():
        _fill_payload(payload, _Cells(mentions), sentences=sentences)
    return payload


def _fill_payload(payload: Payload, cells: _Cells, *, sentences: bool) -> None:
    kinds, statuses, places = (cells.read(name) for name in ("kind", "status", "place_id"))
    article_ids = list(map(str, cells.read("article_id")))
    starts = [_whole(value) for value in cells.read("start")]
    snippets = _clean_all(cells.read("snippet" if sentences else "surface"), SNIPPET_LIMIT)
    surfaces = _clean_all(cells.read("surface"), NAME_LIMIT)
    marks = find_marks(article_ids, snippets, surfaces, starts)
    drawn = _find_drawable(cells, kinds, statuses, places, payload.skipped)
    place_ids, place = _rank(str(places[i]) for i in drawn)
    known_ids, article = _rank(article_ids[i] for i in drawn)
    start = np.array([starts[i] for i in drawn], dtype=np.int64)
    kind = np.array([DRAWN_KINDS.index(kinds[i]) for i in drawn], dtype=np.int64)
    # an order that is not the table's, so that the table's does not matter
    order = np.lexsort((-kind, start, article, place))
    firsts = [drawn[at] for at in order[np.unique(article[order], return_index=True)[1]]]
    texts = _Table(payload.strings)
    rows = _add_articles(payload, cells, dict(zip(known_ids, firsts, strict=True)), texts)
    payload.article_ids.update(known_ids)
    firsts = [drawn[at] for at in order[np.unique(place[order], return_index=True)[1]]]
    names = Counter(zip(place.tolist(), (surfaces[i] for i in drawn), strict=True))
    _add_places(payload, cells, dict(zip(place_ids, firsts, strict=True)), names, texts)
    # of a place, the earliest article comes first, and in it the first mention; this sort is stable
    article = np.array([rows[id_] for id_ in known_ids], dtype=np.int64)[article]
    order = order[np.lexsort((article[order], place[order]))]
    columns = payload.mentions
    columns["article"], columns["place"] = article[order].tolist(), place[order].tolist()
    columns["kind"], columns["start"] = kind[order].tolist(), start[order].tolist()
    drawn = [drawn[at] for at in order.tolist()]
    widths = _find_widths(cells, starts, surfaces)
    if widths:
        payload.widths.update((n, widths[i]) for n, i in enumerate(drawn) if i in widths)
    found: dict[str, list[Any]] = {
        "mark": _count_units(snippets, marks),
        "length": [
            _utf16(words) if at >= 0 else 0 for words, at in zip(surfaces, marks, strict=True)
        ],
        "ambiguous": [int(status == "ambiguous") for status in statuses],
        "confidence": [_percent(value) for value in cells.read("confidence")],
        "precision": _read_precision(cells),
    }
    for name, column in found.items():
        columns[name] = [column[i] for i in drawn]
    words = {
        "surface": surfaces,
        "relation": _clean_all(cells.read("relation"), NAME_LIMIT),
        "why": _clean_all(cells.read("why"), TITLE_LIMIT),
        "snippet": snippets,
    }
    for name, spoken in words.items():
        payload.first_sentence = len(payload.strings)  # the sentences come last
        columns[name] = [texts.add(spoken[i]) for i in drawn]


def _find_widths(cells: _Cells, starts: list[int], surfaces: list[str]) -> dict[int, int]:
    """Lengths of the mentions that are not as long as their surface, by the table's row."""
    widths = {}
    ends = map(_whole, cells.read("end"))
    for row, (end, start, surface) in enumerate(zip(ends, starts, surfaces, strict=True)):
        width = end - start
        if width != len(surface) and width != -start:
            widths[row] = width
    return widths


def _count_units(snippets: list[str], marks: list[int]) -> list[int]:
    """Marks as the page's script counts them; 0 where there is none."""
    return [
        mark if snippet.isascii() else _utf16(snippet[:mark])
        for snippet, mark in zip(snippets, (max(0, mark) for mark in marks), strict=True)
    ]


def _rank(ids: Iterable[str]) -> tuple[list[str], NDArray[np.int64]]:
    """The different ones of a column of ids, sorted, and for each cell its number among them."""
    column = list(ids)
    known = sorted(set(column))
    numbers = dict(zip(known, range(len(known)), strict=True))
    return known, np.array([numbers[id_] for id_ in column], dtype=np.int64)


def _read_precision(cells: _Cells) -> list[int]:
    """How exactly each mention's place is known; see :func:`geomap.model.place_precision`."""
    precisions = [_whole(value) for value in cells.read("precision")]
    if all(precisions):
        return precisions
    features = cells.read("feature")
    return [
        known or place_precision(feature or "PPL")
        for known, feature in zip(precisions, features, strict=True)
    ]


def _find_drawable(
    cells: _Cells,
    kinds: list[Any],
    statuses: list[Any],
    places: list[Any],
    skipped: dict[str, int],
) -> list[int]:
    """Rows that can be drawn; the others are counted."""
    drawn = []
    coordinates = zip(cells.read("lat"), cells.read("lon"), strict=True)
    found = zip(kinds, places, statuses, coordinates, strict=True)
    for i, (kind, place, status, at) in enumerate(found):
        if kind not in DRAWN_KINDS:
            skipped["embedded"] += 1
        elif status == "unknown" or place is None or not _is_on_earth(*at):
            skipped["unresolved"] += 1
        else:
            drawn.append(i)
    return drawn


def _is_on_earth(latitude: Any, longitude: Any) -> bool:
    try:
        lat, lon = float(latitude), float(longitude)
    except (TypeError, ValueError):
        return False
    return -90 <= lat <= 90 and -180 <= lon <= 180


def _percent(value: Any) -> float:
    """A confidence in [0, 1] as percent, to a tenth; -1 where there is none."""
    number = _number(value)
    if number is None:
        return -1
    tenths = round(1000 * min(1.0, max(0.0, number)))
    return tenths / 10 if tenths % 10 else tenths // 10


def _number(value: Any) -> float | None:
    try:
        number = float(value)
    except (TypeError, ValueError):
        return None
    return number if math.isfinite(number) else None


def _whole(value: Any) -> int:
    """A number as a whole one of the page's columns; 0 where there is none."""
    if type(value) is int and -LARGEST <= value <= LARGEST:
        return value
    return max(-LARGEST, min(LARGEST, int(_number(value) or 0)))


def _clean_all(values: Iterable[object], limit: int) -> list[str]:
    """A column of texts as the page can have them; each is cleaned once, as most come many times."""
    known: dict[str, str] = {}
    cleaned = []
    for value in values:
        if type(value) is not str:  # a table can hold anything, and 1 is a key as good as True
            cleaned.append(clean_text(value, limit))
            continue
        text = known.get(value)
        if text is None:
            text = known[value] = clean_text(value, limit)
        cleaned.append(text)
    return cleaned


class _Table:
    """Strings, each once, addressed by index."""

    def __init__(self, strings: list[str]) -> None:
        self._strings = strings
        self._index: dict[str, int] = {}
        self.add("")

    def add(self, text: str) -> int:
        index = self._index.get(text)
        if index is None:
            index = self._index[text] = len(self._strings)
            self._strings.append(text)
        return index

    def add_all(self, values: Iterable[object], limit: int) -> list[int]:
        """Rows of a column of texts, cleaned."""
        return list(map(self.add, _clean_all(values, limit)))


def _add_articles(
    payload: Payload, cells: _Cells, firsts: Mapping[str, int], texts: _Table
) -> dict[str, int]:
    """One row an article, in the order of dates, undated last; returns id → row.

    ``firsts`` has the first of the table's rows for each id.
    """
    rows = list(firsts.values())
    names = ("date_start", "date_end", "date_precision")
    spans = map(_span, *(cells.read(name, rows) for name in names))
    dated = sorted(zip(spans, firsts, strict=True))
    ids = [article_id for _, article_id in dated]
    rows = [firsts[article_id] for article_id in ids]
    payload.originals.update({i: id_ for i, id_ in enumerate(ids) if _is_cleaned(id_)})
    columns = payload.articles  # a column at once: like stands by like, and shrinks better
    columns["id"] = texts.add_all(ids, TITLE_LIMIT)
    titles = _clean_all(cells.read("title", rows), TITLE_LIMIT)
    columns["title"] = [
        texts.add(title or payload.strings[id_])
        for title, id_ in zip(titles, columns["id"], strict=True)
    ]
    columns["source"] = texts.add_all(cells.read("source", rows), NAME_LIMIT)
    columns["url"] = [texts.add(safe_url(url)) for url in cells.read("url", rows)]
    columns["lang"] = texts.add_all(cells.read("lang", rows), LANGUAGE_LIMIT)
    columns["start"] = [start if known else None for (start, _, known), _ in dated]
    columns["end"] = [end if known else None for (_, end, known), _ in dated]
    columns["precision"] = [known for (_, _, known), _ in dated]
    stories = cells.read("story_id", rows)
    numbers = _number_stories(stories)
    columns["story"] = [numbers.get(str(story), -1) for story in stories]
    columns["date_source"] = texts.add_all(cells.read("date_source", rows), NAME_LIMIT)
    columns["story_id"] = texts.add_all(stories, TITLE_LIMIT)
    columns["story_size"] = [_whole(size) for size in cells.read("story_size", rows)]
    return {article_id: i for i, article_id in enumerate(ids)}


def _is_cleaned(article_id: str) -> bool:
    """Whether an id is not on the page as it is, and could be written to a file as it is."""
    if len(article_id) > ID_LIMIT or clean_text(article_id, TITLE_LIMIT) == article_id:
        return False
    return not any("\ud800" <= letter <= "\udfff" for letter in article_id)


def _number_stories(stories: Iterable[Any]) -> dict[str, int]:
    """Id → number of the stories that several articles tell, in the order of the articles."""
    told = Counter(str(story) for story in stories if story is not None)
    return {story: i for i, story in enumerate(id_ for id_, n in told.items() if n > 1)}


def _span(date_start: Any, date_end: Any, precision: Any) -> tuple[int, int, int]:
    """First day, last day, precision; undated sorts last."""
    start, end = _day(date_start), _day(date_end)
    if start is None or precision == "unknown":
        return (10**7, 10**7, 0)
    known = PRECISIONS.index(precision) if precision in PRECISIONS else 1
    return (start, max(start, start if end is None else end), known)


def _day(value: Any) -> int | None:
    """Whole days since 1970-01-01 of an ISO date, a date or a timestamp."""
    try:
        return dt.date.fromisoformat(str(value)[:10]).toordinal() - _EPOCH
    except ValueError:
        return None


def _add_places(
    payload: Payload,
    cells: _Cells,
    firsts: Mapping[str, int],
    names: Mapping[tuple[int, str], int],
    texts: _Table,
) -> None:
    """One row a place, in the order of ids.

    ``firsts`` has, in that order, the first of the table's rows for each id, ``names`` how often a
    place, by its row, has a name.
    """
    outlines: dict[tuple[int, ...], int] = {}
    for name in ("name", "id", "lat", "lon", "feature", "precision", "radius", "country"):
        payload.places[name] = []
    for name in ("admin1", "admin2", "area", "outline", "unit", "river", "spellings"):
        payload.places[name] = []
    spellings: dict[int, list[tuple[int, str]]] = defaultdict(list)
    for (place, surface), count in names.items():
        spellings[place].append((-count, surface))
    wanted = ("name", "lat", "lon", "feature", "radius_km", "country", "admin1", "admin2")
    rows = zip(*(cells.read(name, list(firsts.values())) for name in wanted), strict=True)
    for place, (place_id, values) in enumerate(zip(firsts, rows, strict=True)):
        row = dict(zip(wanted, values, strict=True))
        _add_place(payload.places, place_id, row, texts, outlines)
        most = sorted(spellings[place])[:SPELLINGS]
        known = texts.add(clean_text(row["name"], NAME_LIMIT))
        found = [texts.add(surface) for _, surface in most]
        payload.places["spellings"].append([text for text in found if text not in (0, known)])
    payload.outlines = build_outlines(list(outlines))


def _add_place(
    columns: dict[str, list[Any]],
    place_id: str,
    row: dict[str, Any],
    texts: _Table,
    outlines: dict[tuple[int, ...], int],
) -> None:
    """Append one place, with its area of the base map or its outline."""
    name = clean_text(row["name"], NAME_LIMIT)
    feature = clean_text(row["feature"], 12) or "PPL"
    iso = clean_text(row["country"], 2).upper()
    precision = place_precision(feature)
    admin1 = clean_text(row["admin1"], NAME_LIMIT)
    names = (name, admin1) if precision == 4 else ()  # only first-level units have unique names
    fids = find_unit(place_id, names, iso) if precision in (3, 4) else ()
    within = fids if precision == 4 else find_first_level(admin1, iso) if precision <= 3 else ()
    columns["name"].append(texts.add(name or place_id))
    columns["id"].append(texts.add(clean_text(place_id, NAME_LIMIT)))
    columns["lat"].append(round(float(row["lat"]), 5))
    columns["lon"].append(round(float(row["lon"]), 5))
    columns["feature"].append(texts.add(feature))
    columns["precision"].append(precision)
    columns["radius"].append(round(_number(row["radius_km"]) or 0, 1))
    columns["country"].append(texts.add(iso))
    columns["admin1"].append(texts.add(admin1))
    columns["admin2"].append(texts.add(clean_text(row["admin2"], NAME_LIMIT)))
    columns["area"].append(find_country(iso) if precision == 6 else -1)
    columns["outline"].append(outlines.setdefault(fids, len(outlines)) if fids else -1)
    columns["unit"].append(outlines.setdefault(within, len(outlines)) if within else -1)
    columns["river"].append(texts.add(find_river(name) if feature.startswith("STM") else ""))


def _utf16(text: str) -> int:
    return len(text) if text.isascii() else len(text.encode("utf-16-le")) // 2
