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

from geomap.errors import TableError
from geomap.garbage import rare_collections
from geomap.model import place_precision
from geomap.webmap.basemap import (
    build_outlines,
    find_country,
    find_first_level,
    find_river,
    find_unit,
)
from geomap.webmap.security import clean_text, safe_url

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

__all__ = ["Payload", "build_payload", "iterate_records"]

#: characters kept of each text, so that no article can make the page large
TITLE_LIMIT, SNIPPET_LIMIT, NAME_LIMIT, LANGUAGE_LIMIT = 300, 700, 120, 35
#: characters of an article's id that a correction can name
ID_LIMIT = 2000
#: spellings kept of a place, the most frequent ones: more than any honest place has
SPELLINGS = 24
#: characters beyond which an occurrence is that of another mention, not this one after folding
FAR = 20
#: mentions of a sentence, and occurrences of a name, that are looked at: enough for any real one
VOTERS, OCCURRENCES = 12, 24
REQUIRED = ("article_id", "place_id", "name", "lat", "lon", "kind")
_NEEDED = frozenset(REQUIRED)
OPTIONAL = (
    *("title", "source", "url", "lang", "start", "end", "surface", "snippet", "status", "feature"),
    *("radius_km", "country", "admin1", "admin2", "confidence", "relation", "precision"),
    *("date_start", "date_end", "date_precision", "date_source", "story_id"),
    *("story_size", "why"),
)
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


def iterate_records(mentions: Any) -> Iterator[dict[str, Any]]:
    """Rows of a data frame, or records as they are, with every column that the page reads.

    Raises:
        TableError: a required column is missing.
    """
    names = (*REQUIRED, *OPTIONAL)
    if hasattr(mentions, "columns"):
        _check_columns(mentions.columns)
        absent = [None] * len(mentions)
        known = set(mentions.columns)
        columns = [mentions[name].tolist() if name in known else absent for name in names]
    else:
        rows = list(mentions)
        for row in rows:
            if not row.keys() >= _NEEDED:
                _check_columns(row)
        columns = [[row.get(name) for row in rows] for name in names]
    # column by column: a map has three million cells
    for values in zip(*map(_without_missing, columns), strict=True):
        yield dict(zip(names, values, strict=True))


def _check_columns(columns: Iterable[str]) -> None:
    missing = sorted(_NEEDED - set(columns))
    if missing:
        raise TableError(
            f"expected a table of mention records, but it lacks {', '.join(missing)}; "
            "use mentions_table() to make one"
        )


def _without_missing(column: list[Any]) -> list[Any]:
    """The same with None for NaN, NaT and pandas' NA."""
    try:
        return [value if value == value else None for value in column]  # noqa: PLR0124 NaN is not itself
    except TypeError:  # pandas' NA has no truth value
        return [_missing_to_none(value) for value in column]


def _missing_to_none(value: Any) -> Any:
    """NaN, NaT and pandas' NA are None."""
    try:
        return value if value == value else None  # noqa: PLR0124 NaN is not itself
    except TypeError:  # pandas' NA has no truth value
        return None


def build_payload(mentions: Any) -> Payload:
    """The columns of all mentions that a map can show: literal or associative, with a place."""
    payload = Payload(skipped={"unresolved": 0, "embedded": 0})
    with rare_collections():
        _fill_payload(payload, mentions)
    return payload


def _fill_payload(payload: Payload, mentions: Any) -> None:
    rows = list(iterate_records(mentions))
    _clean_rows(rows)
    _find_marks(rows)
    kept = sorted(_drawable(rows, payload.skipped), key=_sort_key)
    texts = _Table(payload.strings)
    articles = _add_articles(payload, kept, texts)
    payload.article_ids.update(articles)
    places = _add_places(payload, kept, texts)
    # sorted is stable: of a place, the earliest article comes first, and in it the first mention
    kept.sort(key=lambda row: (places[row["place_id"]], articles[row["article_id"]]))
    payload.widths.update(_find_widths(kept))
    relation, why = _Cleaned(NAME_LIMIT), _Cleaned(TITLE_LIMIT)
    columns = payload.mentions
    columns["article"] = [articles[row["article_id"]] for row in kept]
    columns["place"] = [places[row["place_id"]] for row in kept]
    columns["mark"] = [_utf16(row["snippet"][: max(row["mark"], 0)]) for row in kept]
    columns["length"] = [_utf16(row["surface"]) if row["mark"] >= 0 else 0 for row in kept]
    columns["kind"] = [DRAWN_KINDS.index(row["kind"]) for row in kept]
    columns["ambiguous"] = [int(row["status"] == "ambiguous") for row in kept]
    columns["confidence"] = [_percent(row["confidence"]) for row in kept]
    columns["relation"] = [texts.add(relation.of(row["relation"])) for row in kept]
    columns["start"] = [row["start"] for row in kept]
    columns["precision"] = [_precision(row) for row in kept]
    columns["why"] = [texts.add(why.of(row["why"])) for row in kept]
    columns["surface"] = [texts.add(row["surface"]) for row in kept]
    payload.first_sentence = len(payload.strings)
    columns["snippet"] = [texts.add(row["snippet"]) for row in kept]


def _clean_rows(rows: list[dict[str, Any]]) -> None:
    """Make of each row's ids, sentence, name and first offset what the page can have."""
    snippets, surfaces = _Cleaned(SNIPPET_LIMIT), _Cleaned(NAME_LIMIT)
    for row in rows:
        row["article_id"] = str(row["article_id"])
        row["snippet"] = snippets.of(row["snippet"])
        row["surface"] = surfaces.of(row["surface"])
        row["start"] = _whole(row["start"])


def _find_widths(rows: list[dict[str, Any]]) -> Iterator[tuple[int, int]]:
    """Numbers and lengths of the mentions that are not as long as their surface."""
    for number, row in enumerate(rows):
        width = _whole(row["end"]) - row["start"]
        if width not in (len(row["surface"]), -row["start"]):
            yield number, width


def _drawable(rows: Iterable[dict[str, Any]], skipped: dict[str, int]) -> Iterator[dict[str, Any]]:
    """Rows that can be drawn; the others are counted."""
    for row in rows:
        if row["kind"] not in DRAWN_KINDS:
            skipped["embedded"] += 1
        elif row["status"] == "unknown" or row["place_id"] is None or not _is_on_earth(row):
            skipped["unresolved"] += 1
        else:
            row["place_id"] = str(row["place_id"])
            yield row


def _is_on_earth(row: dict[str, Any]) -> bool:
    try:
        lat, lon = float(row["lat"]), float(row["lon"])
    except (TypeError, ValueError):
        return False
    return -90 <= lat <= 90 and -180 <= lon <= 180


def _sort_key(row: dict[str, Any]) -> tuple[str, str, int, str]:
    return row["place_id"], row["article_id"], row["start"], row["kind"]


def _precision(row: Mapping[str, Any]) -> int:
    """How exactly a mention's place is known; see :func:`geomap.model.place_precision`."""
    return _whole(row["precision"]) or place_precision(row["feature"] or "PPL")


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
    number = value if type(value) is int else int(_number(value) or 0)
    return max(-LARGEST, min(LARGEST, number))


class _Cleaned:
    """Cleans texts for the page, each once: most come many times."""

    def __init__(self, limit: int) -> None:
        self._limit = limit
        self._known: dict[str, str] = {}

    def of(self, value: object) -> str:
        """The text of a cell of a table, at most as long as allowed; "" for None."""
        if type(value) is not str:  # a table can hold anything, and 1 is a key as good as True
            return clean_text(value, self._limit)
        known = self._known.get(value)
        if known is None:
            known = self._known[value] = clean_text(value, self._limit)
        return known


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


def _add_articles(payload: Payload, rows: list[dict[str, Any]], texts: _Table) -> dict[str, int]:
    """One row an article, in the order of dates, undated last; returns id → row."""
    first = {row["article_id"]: row for row in reversed(rows)}
    dated = sorted((_span(row), article_id) for article_id, row in first.items())
    ids = [article_id for _, article_id in dated]
    ordered = [first[article_id] for article_id in ids]
    payload.originals.update({i: id_ for i, id_ in enumerate(ids) if _is_cleaned(id_)})
    stories = _number_stories(ordered)
    titles = [clean_text(row["title"], TITLE_LIMIT) for row in ordered]
    sources, languages = _Cleaned(NAME_LIMIT), _Cleaned(LANGUAGE_LIMIT)
    columns = payload.articles  # a column at once: like stands by like, and shrinks better
    columns["id"] = [texts.add(clean_text(id_, TITLE_LIMIT)) for id_ in ids]
    columns["title"] = [
        texts.add(title or payload.strings[id_])
        for title, id_ in zip(titles, columns["id"], strict=True)
    ]
    columns["source"] = [texts.add(sources.of(row["source"])) for row in ordered]
    columns["url"] = [texts.add(safe_url(row["url"])) for row in ordered]
    columns["lang"] = [texts.add(languages.of(row["lang"])) for row in ordered]
    columns["start"] = [start if known else None for (start, _, known), _ in dated]
    columns["end"] = [end if known else None for (_, end, known), _ in dated]
    columns["precision"] = [known for (_, _, known), _ in dated]
    columns["story"] = [stories.get(str(row["story_id"]), -1) for row in ordered]
    dating, told = _Cleaned(NAME_LIMIT), _Cleaned(TITLE_LIMIT)
    columns["date_source"] = [texts.add(dating.of(row["date_source"])) for row in ordered]
    columns["story_id"] = [texts.add(told.of(row["story_id"])) for row in ordered]
    columns["story_size"] = [_whole(row["story_size"]) for row in ordered]
    return {article_id: i for i, article_id in enumerate(ids)}


def _is_cleaned(article_id: str) -> bool:
    """Whether an id is not on the page as it is, and could be written to a file as it is."""
    if len(article_id) > ID_LIMIT or clean_text(article_id, TITLE_LIMIT) == article_id:
        return False
    return not any("\ud800" <= letter <= "\udfff" for letter in article_id)


def _number_stories(articles: Iterable[Mapping[str, Any]]) -> dict[str, int]:
    """Id → number of the stories that several of the articles tell, in the order of dates."""
    told = Counter(str(row["story_id"]) for row in articles if row["story_id"] is not None)
    return {story: i for i, story in enumerate(id_ for id_, n in told.items() if n > 1)}


def _span(row: dict[str, Any]) -> tuple[int, int, int]:
    """First day, last day, precision; undated sorts last."""
    start, end = _day(row["date_start"]), _day(row["date_end"])
    precision = row["date_precision"]
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


def _add_places(payload: Payload, rows: list[dict[str, Any]], texts: _Table) -> dict[str, int]:
    """One row a place, in the order of ids; returns id → row."""
    first = {row["place_id"]: row for row in reversed(rows)}
    outlines: dict[tuple[int, ...], int] = {}
    for name in ("name", "id", "lat", "lon", "feature", "precision", "radius", "country"):
        payload.places[name] = []
    for name in ("admin1", "admin2", "area", "outline", "unit", "river", "spellings"):
        payload.places[name] = []
    spellings: dict[str, list[tuple[int, str]]] = defaultdict(list)
    counts = Counter((row["place_id"], row["surface"]) for row in rows)
    for (place_id, surface), count in counts.items():
        spellings[place_id].append((-count, surface))
    for place_id in sorted(first):
        _add_place(payload.places, place_id, first[place_id], texts, outlines)
        most = sorted(spellings[place_id])[:SPELLINGS]
        known = texts.add(clean_text(first[place_id]["name"], NAME_LIMIT))
        found = [texts.add(surface) for _, surface in most]
        payload.places["spellings"].append([text for text in found if text not in (0, known)])
    payload.outlines = build_outlines(list(outlines))
    return {place_id: i for i, place_id in enumerate(sorted(first))}


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


def _find_marks(rows: list[dict[str, Any]]) -> None:
    """Note in each row where its name stands in its sentence, as ``mark``.

    A name can stand twice in a sentence, once inside the name of something else. All mentions of
    a sentence together tell where it begins in the article, and so which occurrence is meant.
    """
    unclear: dict[tuple[str, str], list[dict[str, Any]]] = {}
    for row in rows:
        snippet, surface = row["snippet"], row["surface"]
        at = row["mark"] = snippet.find(surface) if surface else -1
        if at >= 0 and snippet.find(surface, at + len(surface)) >= 0:
            unclear[row["article_id"], snippet] = []
    for row in rows if unclear else ():
        found = unclear.get((row["article_id"], row["snippet"]))
        if found is not None:
            found.append(row)
    for (_, snippet), found in unclear.items():
        places = {row["surface"]: _occurrences(snippet, row["surface"]) for row in found}
        begin = _find_beginning(found[:VOTERS], places)
        for row in found:
            wanted = row["start"] - begin
            row["mark"] = min(places[row["surface"]], key=lambda at: abs(at - wanted), default=-1)


def _find_beginning(rows: list[dict[str, Any]], places: Mapping[str, list[int]]) -> int:
    """Where a sentence begins in its article: the offset that fits most of its mentions best."""
    offsets = {row["start"] - at for row in rows for at in places[row["surface"]]}

    def misfit(begin: int) -> int:
        """Distances to the nearest occurrences; far ones count alike, as they are other names."""
        nearest = (
            min((abs(row["start"] - begin - at) for at in places[row["surface"]]), default=0)
            for row in rows
        )
        return sum(min(distance, FAR) for distance in nearest)

    return min(sorted(offsets, reverse=True), key=misfit, default=0)


def _occurrences(snippet: str, surface: str) -> list[int]:
    """Where a name stands as whole words; if nowhere, where it stands at all."""
    if not surface:
        return []
    everywhere: list[int] = []
    at = snippet.find(surface)
    while at >= 0 and len(everywhere) < OCCURRENCES:
        everywhere.append(at)
        at = snippet.find(surface, at + len(surface))
    whole = [at for at in everywhere if _is_whole(snippet, at, at + len(surface))]
    return whole or everywhere


def _is_whole(text: str, start: int, end: int) -> bool:
    before, after = text[start - 1 : start], text[end : end + 1]
    return not (before.isalnum() or after.isalnum())


def _utf16(text: str) -> int:
    return len(text) if text.isascii() else len(text.encode("utf-16-le")) // 2
