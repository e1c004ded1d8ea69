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
from geomap.model import place_precision
from geomap.webmap.basemap import build_outlines, find_country, find_river, find_unit
from geomap.webmap.security import clean_text, safe_url

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

__all__ = ["Payload", "build_payload", "iterate_records"]

#: characters kept of each text, so that no article can make the page large
TITLE_LIMIT, SNIPPET_LIMIT, NAME_LIMIT = 300, 700, 120
#: spellings kept of a place, the most frequent ones: more than any honest place has
SPELLINGS = 24
#: characters beyond which an occurrence is that of another mention, not this one after folding
FAR = 20
#: mentions of a sentence, and occurrences of a name, that are looked at: enough for any real one
VOTERS, OCCURRENCES = 12, 24
REQUIRED = ("article_id", "place_id", "name", "lat", "lon", "kind")
OPTIONAL = (
    *("title", "source", "url", "lang", "start", "surface", "snippet", "status", "feature"),
    *("radius_km", "country", "admin1", "admin2", "confidence", "relation"),
    *("date_start", "date_end", "date_precision", "story_id", "why"),
)
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
    outlines: list[list[list[int]]] = field(default_factory=list)
    skipped: dict[str, int] = field(default_factory=dict)
    #: of the articles in the tables, as they were given
    article_ids: set[str] = field(default_factory=set)

    def to_dict(self) -> dict[str, Any]:
        """All tables as plain values, ready for JSON."""
        return {
            "articles": dict(self.articles),
            "places": dict(self.places),
            "mentions": dict(self.mentions),
            "strings": self.strings,
            "outlines": self.outlines,
            "skipped": self.skipped,
        }


def iterate_records(mentions: Any) -> Iterator[dict[str, Any]]:
    """Rows of a data frame, or records as they are, with every column that the page reads.

    Raises:
        TableError: a required column is missing.
    """
    if hasattr(mentions, "columns"):
        _check_columns(mentions.columns)
        columns = [name for name in (*REQUIRED, *OPTIONAL) if name in mentions.columns]
        rows: Iterable[Mapping[str, Any]] = (
            dict(zip(columns, row, strict=True))
            for row in zip(*(mentions[name].tolist() for name in columns), strict=True)
        )
    else:
        rows = mentions
    for row in rows:
        _check_columns(row)
        yield {name: _missing_to_none(row.get(name)) for name in (*REQUIRED, *OPTIONAL)}


def _check_columns(columns: Iterable[str]) -> None:
    missing = sorted(set(REQUIRED) - set(columns))
    if missing:
        raise TableError(
            f"expected a table of mention records, but it lacks {', '.join(missing)}; "
            "use mentions_table() to make one"
        )


def _missing_to_none(value: Any) -> Any:
    """NaN, NaT and pandas' NA are None."""
    try:
        return value if value == value else None  # noqa: PLR0124 NaN is not itself
    except TypeError:  # pandas' NA has no truth value
        return None


def build_payload(mentions: Any) -> Payload:
    """The columns of all mentions that a map can show: literal or associative, with a place."""
    payload = Payload(skipped={"unresolved": 0, "embedded": 0})
    rows = list(iterate_records(mentions))
    _find_marks(rows)
    kept = sorted(_drawable(rows, payload.skipped), key=_sort_key)
    texts = _Table(payload.strings)
    articles = _add_articles(payload, kept, texts)
    payload.article_ids.update(articles)
    places = _add_places(payload, kept, texts)
    # sorted is stable: of a place, the earliest article comes first, and in it the first mention
    kept.sort(key=lambda row: (places[str(row["place_id"])], articles[str(row["article_id"])]))
    columns = payload.mentions
    for name in ("article", "place", "snippet", "mark", "length", "kind", "ambiguous"):
        columns[name] = []
    for name in ("confidence", "relation", "start", "why"):
        columns[name] = []
    for row in kept:
        snippet, mark = row["snippet"], row["mark"]
        columns["article"].append(articles[str(row["article_id"])])
        columns["place"].append(places[str(row["place_id"])])
        columns["snippet"].append(texts.add(snippet))
        columns["mark"].append(_utf16(snippet[: max(mark, 0)]))
        columns["length"].append(_utf16(row["surface"]) if mark >= 0 else 0)
        columns["kind"].append(DRAWN_KINDS.index(row["kind"]))
        columns["ambiguous"].append(int(row["status"] == "ambiguous"))
        columns["confidence"].append(_percent(row["confidence"]))
        columns["relation"].append(texts.add(clean_text(row["relation"], NAME_LIMIT)))
        columns["start"].append(_start(row))
        columns["why"].append(texts.add(clean_text(row["why"], TITLE_LIMIT)))
    return payload


def _drawable(rows: Iterable[dict[str, Any]], skipped: dict[str, int]) -> Iterator[dict[str, Any]]:
    """Rows that can be drawn; the others are counted."""
    for row in rows:
        if row["kind"] not in DRAWN_KINDS:
            skipped["embedded"] += 1
        elif row["status"] == "unknown" or row["place_id"] is None or not _is_on_earth(row):
            skipped["unresolved"] += 1
        else:
            yield row


def _is_on_earth(row: dict[str, Any]) -> bool:
    try:
        lat, lon = float(row["lat"]), float(row["lon"])
    except (TypeError, ValueError):
        return False
    return -90 <= lat <= 90 and -180 <= lon <= 180


def _sort_key(row: dict[str, Any]) -> tuple[str, str, int, str]:
    return str(row["place_id"]), str(row["article_id"]), _start(row), row["kind"]


def _percent(value: Any) -> int:
    """A confidence in [0, 1] as whole percent; -1 where there is none."""
    number = _number(value)
    return -1 if number is None else round(100 * min(1.0, max(0.0, number)))


def _number(value: Any) -> float | None:
    try:
        number = float(value)
    except (TypeError, ValueError):
        return None
    return number if math.isfinite(number) else None


class _Table:
    """Strings, each once, addressed by index."""

    def __init__(self, strings: list[str]) -> None:
        self._strings = strings
        self._index: dict[str, int] = {}
        self.add("")

    def add(self, text: str) -> int:
        index = self._index.setdefault(text, len(self._strings))
        if index == len(self._strings):
            self._strings.append(text)
        return index


def _add_articles(payload: Payload, rows: list[dict[str, Any]], texts: _Table) -> dict[str, int]:
    """One row an article, in the order of dates, undated last; returns id → row."""
    first = {str(row["article_id"]): row for row in reversed(rows)}
    dated = sorted((_span(row), article_id) for article_id, row in first.items())
    columns = payload.articles
    for name in ("id", "title", "source", "url", "lang", "start", "end", "precision", "story"):
        columns[name] = []
    stories = _number_stories(first[article_id] for _, article_id in dated)
    for (start, end, precision), article_id in dated:
        row = first[article_id]
        title = clean_text(row["title"], TITLE_LIMIT) or clean_text(article_id, TITLE_LIMIT)
        columns["id"].append(texts.add(clean_text(article_id, TITLE_LIMIT)))
        columns["title"].append(texts.add(title))
        columns["source"].append(texts.add(clean_text(row["source"], NAME_LIMIT)))
        columns["url"].append(texts.add(safe_url(row["url"])))
        columns["start"].append(start if precision else None)
        columns["end"].append(end if precision else None)
        columns["precision"].append(precision)
        columns["lang"].append(texts.add(clean_text(row["lang"], 35)))
        columns["story"].append(stories.get(str(row["story_id"]), -1))
    return {article_id: i for i, (_, article_id) in enumerate(dated)}


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
    first = {str(row["place_id"]): row for row in reversed(rows)}
    outlines: dict[tuple[int, ...], int] = {}
    for name in ("name", "id", "lat", "lon", "feature", "precision", "radius", "country"):
        payload.places[name] = []
    for name in ("admin1", "admin2", "area", "outline", "river", "spellings"):
        payload.places[name] = []
    spellings: dict[str, Counter[str]] = defaultdict(Counter)
    for row in rows:
        spellings[str(row["place_id"])][row["surface"]] += 1
    for place_id in sorted(first):
        _add_place(payload.places, place_id, first[place_id], texts, outlines)
        most = sorted(spellings[place_id].items(), key=lambda item: (-item[1], item[0]))
        known = texts.add(clean_text(first[place_id]["name"], NAME_LIMIT))
        found = [texts.add(surface) for surface, _ in most[:SPELLINGS]]
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
    columns["river"].append(texts.add(find_river(name) if feature.startswith("STM") else ""))


def _find_marks(rows: list[dict[str, Any]]) -> None:
    """Note in each row where its name stands in its sentence, as ``mark``.

    A name can stand twice in a sentence, once inside the name of something else. All mentions of
    a sentence together tell where it begins in the article, and so which occurrence is meant.
    """
    sentences: dict[tuple[str, str], list[dict[str, Any]]] = defaultdict(list)
    for row in rows:
        row["snippet"] = clean_text(row["snippet"], SNIPPET_LIMIT)
        row["surface"] = clean_text(row["surface"], NAME_LIMIT)
        sentences[str(row["article_id"]), row["snippet"]].append(row)
    for (_, snippet), found in sentences.items():
        places = {row["surface"]: _occurrences(snippet, row["surface"]) for row in found}
        begin = _find_beginning(found[:VOTERS], places)
        for row in found:
            wanted = _start(row) - begin
            row["mark"] = min(places[row["surface"]], key=lambda at: abs(at - wanted), default=-1)


def _find_beginning(rows: list[dict[str, Any]], places: Mapping[str, list[int]]) -> int:
    """Where a sentence begins in its article: the offset that fits most of its mentions best."""
    offsets = {_start(row) - at for row in rows for at in places[row["surface"]]}

    def misfit(begin: int) -> int:
        """Distances to the nearest occurrences; far ones count alike, as they are other names."""
        nearest = (
            min((abs(_start(row) - begin - at) for at in places[row["surface"]]), default=0)
            for row in rows
        )
        return sum(min(distance, FAR) for distance in nearest)

    return min(sorted(offsets, reverse=True), key=misfit, default=0)


def _start(row: Mapping[str, Any]) -> int:
    return int(_number(row["start"]) or 0)


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
    return len(text.encode("utf-16-le")) // 2
