"""From mention records to the columns that the page reads.

Strings stand once, in tables; mentions are columns of indices, sorted by place, so that the page
sums a window over 100,000 of them in a millisecond. Dates are whole days since 1970-01-01.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from operator import itemgetter
from typing import TYPE_CHECKING, Any

import numpy as np

from geomap.gazetteer.classes import place_precision
from geomap.outlines import (
    build_outlines,
    find_country,
    find_first_level,
    find_river,
    find_unit,
)
from geomap.runtime.garbage import rare_collections
from geomap.schema import DATES, MENTIONS
from geomap.webmap.carried import carry_columns, with_own_columns
from geomap.webmap.cells import (
    Cells,
    Texts,
    clean_all,
    count_units,
    read_number,
    read_span,
    read_whole,
)
from geomap.webmap.marks import find_marks
from geomap.webmap.placing import (
    DRAWN_KINDS,
    FEATURE_LIMIT,
    NOWHERE,
    PRECISION_SCALE,
    feature_precision,
    find_placed,
)
from geomap.webmap.security import clean_text, safe_url
from geomap.webmap.spoken import Relations, read_times

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from collections.abc import Set as AbstractSet

    from numpy.typing import NDArray

    from geomap.schema import Schema

__all__ = ["Payload", "build_payload"]

#: characters kept of each text, so that no article can make the page large
TITLE_LIMIT, SNIPPET_LIMIT, NAME_LIMIT, LANGUAGE_LIMIT = 300, 700, 120, 35
#: characters of an article's id that a correction can name
ID_LIMIT = 2000
#: spellings kept of a place, the most frequent ones: more than any honest place has
SPELLINGS = 24


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
    #: the id of each article's story, "" for none
    story_ids: list[str] = field(default_factory=list)
    #: what sentences say of when, by the rows of the table of times
    phrases: list[str] = field(default_factory=list)
    #: what mentions say of where something is: ``relations`` and the tables of their shapes
    spoken: dict[str, Any] = field(default_factory=dict)
    #: columns that are carried as they are, and their cells: see :mod:`geomap.webmap.carried`
    heads: list[tuple[str, int, int]] = field(default_factory=list)
    carried: dict[str, list[int]] = field(default_factory=dict)
    #: columns of the files that the page writes of mentions, and of places what the record has of them
    record: tuple[str, ...] = ()
    of_places: tuple[str, ...] = ()

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
            "story_ids": self.story_ids,
            "phrases": self.phrases,
            "heads": self.heads,
            "carried": self.carried,
            "record": self.record,
            "of_places": self.of_places,
            **self.spoken,
        }


def build_payload(
    mentions: Any, *, sentences: bool = True, schema: Schema | None = None
) -> Payload:
    """The columns of all mentions that a page has: literal or associative, most with a place.

    One whose place nobody can locate counts with its unit, or with none: see :mod:`geomap.webmap.placing`.

    Args:
        mentions: a table of mention records, or such records.
        sentences: whether the page may have more of the articles' text than names and titles.
        schema: the columns of the mentions, of which those that the page does not know are carried as they are; None for
            those of the mention record and a user's own.

    Raises:
        TableError: a required column is missing.
    """
    payload = Payload(skipped={"unresolved": 0, "embedded": 0})
    cells = Cells(mentions)
    schema = schema or with_own_columns(MENTIONS, cells)
    payload.record, payload.of_places = schema.names, schema.of_places
    with rare_collections():
        _fill_payload(payload, cells, schema, sentences=sentences)
    return payload


def _fill_payload(payload: Payload, cells: Cells, schema: Schema, *, sentences: bool) -> None:
    kinds, statuses = cells.read("kind"), cells.read("status")
    article_ids = list(map(str, cells.read("article_id")))
    starts = cells.whole("start")
    snippets = cells.clean("snippet" if sentences else "surface", SNIPPET_LIMIT)
    surfaces = cells.clean("surface", NAME_LIMIT)
    marks = find_marks(article_ids, snippets, surfaces, starts)
    drawn, places, unlocated = find_placed(cells, payload.skipped)
    place_ids, place = _rank(places)
    known_ids, article = _rank(article_ids[i] for i in drawn)
    start = np.array(starts, dtype=np.int64)[drawn]
    numbers = {word: number for number, word in enumerate(DRAWN_KINDS)}
    kind = np.array([numbers[kinds[i]] for i in drawn], dtype=np.int64)
    # an order that is not the table's, so that the table's does not matter
    order = np.lexsort((-kind, start, article, place))
    firsts = _first_rows(article, order, drawn)
    texts = Texts(payload.strings)
    rows = _add_articles(payload, cells, dict(zip(known_ids, firsts, strict=True)), texts)
    payload.article_ids.update(known_ids)
    held = np.zeros(len(cells), dtype=np.int64)
    held[list(unlocated)] = 1
    is_held = held[drawn]
    own = order[np.argsort(is_held[order], kind="stable")]  # a unit's own mentions say what it is
    firsts = _first_rows(place, own, drawn)
    named = zip(place.tolist(), drawn, strict=True)
    names = Counter((row, surfaces[i]) for row, i in named if i not in unlocated)
    units = {id_ for id_, i in zip(place_ids, firsts, strict=True) if i in unlocated}
    _add_places(payload, cells, dict(zip(place_ids, firsts, strict=True)), names, texts, units)
    # of a place, the earliest article comes first, and in it the first mention; this sort is stable
    article = np.array([rows[id_] for id_ in known_ids], dtype=np.int64)[article]
    order = order[np.lexsort((article[order], place[order]))]
    columns = payload.mentions
    columns["article"], columns["place"] = article[order].tolist(), place[order].tolist()
    columns["kind"], columns["start"] = kind[order].tolist(), start[order].tolist()
    at = np.array(drawn, dtype=np.int64)[order]
    drawn = at.tolist()
    pick = _picker(drawn)
    relations = Relations(cells, phrases=sentences)
    if relations.unread:
        payload.skipped["shapes"] = relations.unread
    used = pick(relations.rows)
    columns["relation"], payload.spoken = relations.to_tables(used, texts)
    days = payload.articles["start"]
    published = [days[row] for row in columns["article"]]
    times = read_times(cells, drawn, published, phrases=sentences)
    columns["told"], columns["told_start"] = times.rows, times.starts
    payload.spoken["times"], payload.phrases = times.columns, times.phrases
    widths = _find_widths(cells, starts, surfaces)
    if widths:
        payload.widths.update((n, widths[i]) for n, i in enumerate(drawn) if i in widths)
    found: dict[str, list[Any]] = {
        "mark": _count_units(snippets, marks),
        "length": _measure_names(surfaces, marks),
        "ambiguous": [int(status == "ambiguous") for status in statuses],
        "confidence": _percents(cells.read("confidence")),
        "precision": _read_precision(cells),
    }
    for name, column in found.items():
        columns[name] = pick(column)
    columns["unlocated"] = held[at].tolist()
    precision = payload.places["precision"]
    columns["precision"] = [
        known if precision[row] else 0
        for known, row in zip(columns["precision"], columns["place"], strict=True)
    ]
    words = {
        "surface": surfaces,
        "why": cells.clean("why", TITLE_LIMIT),
        "snippet": snippets,
    }
    payload.heads, payload.carried = carry_columns(cells, schema, at, texts, sentences=sentences)
    for name, spoken in words.items():
        payload.first_sentence = len(payload.strings)  # the sentences come last
        columns[name] = texts.add_column(pick(spoken))


def _picker(rows: list[int]) -> Callable[[Sequence[Any]], list[Any]]:
    """Return a function that gives the cells of some rows of a column."""
    if len(rows) < 2:
        return lambda column: [column[row] for row in rows]
    get = itemgetter(*rows)
    return lambda column: list(get(column))


def _first_rows(groups: NDArray[np.int64], order: NDArray[np.int64], drawn: list[int]) -> list[int]:
    """The first of the table's rows of each group, in an order of those on the page."""
    return [drawn[at] for at in order[np.unique(groups[order], return_index=True)[1]].tolist()]


def _find_widths(cells: Cells, starts: list[int], surfaces: list[str]) -> dict[int, int]:
    """Lengths of the mentions that are not as long as their surface, by the table's row."""
    widths = {}
    ends = cells.whole("end")
    for row, (end, start, surface) in enumerate(zip(ends, starts, surfaces, strict=True)):
        width = end - start
        if width != len(surface) and width != -start:
            widths[row] = width
    return widths


def _count_units(snippets: list[str], marks: list[int]) -> list[int]:
    """Marks as the page's script counts them; 0 where there is none."""
    return [
        mark if snippet.isascii() else count_units(snippet[:mark])
        for snippet, mark in zip(snippets, (max(0, mark) for mark in marks), strict=True)
    ]


def _measure_names(surfaces: list[str], marks: list[int]) -> list[int]:
    """Lengths of names, likewise."""
    lengths = {surface: count_units(surface) for surface in dict.fromkeys(surfaces)}
    return [
        lengths[surface] if mark >= 0 else 0 for surface, mark in zip(surfaces, marks, strict=True)
    ]


def _rank(ids: Iterable[str]) -> tuple[list[str], NDArray[np.int64]]:
    """The different ones of a column of ids, sorted, and for each cell its number among them."""
    column = list(ids)
    known = sorted(set(column))
    numbers = dict(zip(known, range(len(known)), strict=True))
    return known, np.array([numbers[id_] for id_ in column], dtype=np.int64)


def _read_precision(cells: Cells) -> list[int]:
    """How exactly each mention's place is known; see :func:`geomap.gazetteer.classes.place_precision`."""
    precisions = cells.whole("precision")
    if set(precisions) <= set(PRECISION_SCALE):
        return precisions
    features = cells.read("feature")
    return [
        known if known in PRECISION_SCALE else feature_precision(feature)
        for known, feature in zip(precisions, features, strict=True)
    ]


def _percents(values: Iterable[Any]) -> list[float]:
    """Confidences as percent; most come many times."""
    known: dict[Any, float] = {}
    found = []
    for value in values:
        if type(value) is not float:  # a table can hold anything, and not all of it is a key
            found.append(_percent(value))
            continue
        percent = known.get(value)
        if percent is None:
            percent = known[value] = _percent(value)
        found.append(percent)
    return found


def _percent(value: Any) -> float:
    """A confidence in [0, 1] as percent, to a tenth; -1 where there is none."""
    number = read_number(value)
    if number is None:
        return -1
    tenths = round(1000 * min(1.0, max(0.0, number)))
    return tenths / 10 if tenths % 10 else tenths // 10


def _add_articles(
    payload: Payload, cells: Cells, firsts: Mapping[str, int], texts: Texts
) -> dict[str, int]:
    """One row an article, in the order of dates, undated last; returns id → row.

    ``firsts`` has the first of the table's rows for each id, in the order of ids.
    """
    rows = list(firsts.values())
    spans = map(read_span, *(cells.read(name, rows) for name in DATES))
    # of one span in the order of ids, which is that of the rows
    dated = sorted(zip(spans, firsts, strict=True), key=itemgetter(0))
    ids = [article_id for _, article_id in dated]
    rows = [firsts[article_id] for article_id in ids]
    payload.originals.update({i: id_ for i, id_ in enumerate(ids) if _is_cleaned(id_)})
    columns = payload.articles  # a column at once: like stands by like, and shrinks better
    columns["id"] = texts.add_all(ids, TITLE_LIMIT)
    titles = clean_all(cells.read("title", rows), TITLE_LIMIT)
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
    payload.story_ids = clean_all(stories, TITLE_LIMIT)
    columns["story_size"] = [read_whole(size) for size in cells.read("story_size", rows)]
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


def _add_places(
    payload: Payload,
    cells: Cells,
    firsts: Mapping[str, int],
    names: Mapping[tuple[int, str], int],
    texts: Texts,
    units: AbstractSet[str],
) -> None:
    """One row a place, in the order of ids.

    ``firsts`` has, in that order, the first of the table's rows for each id, ``names`` how often a
    place, by its row, has a name. ``units`` are those places that no mention names: they are known
    from mentions that lie in them.
    """
    outlines: dict[tuple[int, ...], int] = {}
    for name in ("name", "id", "lat", "lon", "feature", "precision", "radius", "country"):
        payload.places[name] = []
    for name in ("admin1", "admin2", "area", "outline", "unit", "river", "spellings"):
        payload.places[name] = []
    spellings: dict[int, list[tuple[int, str]]] = defaultdict(list)
    for (place, surface), count in names.items():
        spellings[place].append((-count, surface))
    wanted = (
        *("name", "within_name", "lat", "lon", "feature", "radius_km", "precision"),
        *("country", "admin1", "admin2"),
    )
    rows = zip(*(cells.read(name, list(firsts.values())) for name in wanted), strict=True)
    for place, (place_id, values) in enumerate(zip(firsts, rows, strict=True)):
        row = dict(zip(wanted, values, strict=True))
        if place_id == NOWHERE:
            row = dict.fromkeys(wanted) | {"lat": 0, "lon": 0, "precision": 0}
        elif place_id in units:
            row |= {"name": row["within_name"], "precision": read_whole(row["precision"])}
        else:
            row["feature"] = clean_text(row["feature"], FEATURE_LIMIT) or "PPL"
            row["precision"] = place_precision(row["feature"])
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
    texts: Texts,
    outlines: dict[tuple[int, ...], int],
) -> None:
    """Append one place, with its area of the base map or its outline."""
    name = clean_text(row["name"], NAME_LIMIT)
    feature = clean_text(row["feature"], FEATURE_LIMIT)
    iso = clean_text(row["country"], 2).upper()
    precision = row["precision"]
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
    columns["radius"].append(round(read_number(row["radius_km"]) or 0, 1))
    columns["country"].append(texts.add(iso))
    columns["admin1"].append(texts.add(admin1))
    columns["admin2"].append(texts.add(clean_text(row["admin2"], NAME_LIMIT)))
    columns["area"].append(find_country(iso) if precision == 6 else -1)
    columns["outline"].append(outlines.setdefault(fids, len(outlines)) if fids else -1)
    columns["unit"].append(outlines.setdefault(within, len(outlines)) if within else -1)
    columns["river"].append(texts.add(find_river(name) if feature.startswith("STM") else ""))
