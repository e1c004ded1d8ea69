"""From articles to files: composition only. Every command of the CLI calls one function here.

Articles and mentions stream: neither is kept in memory, but for the map, which needs its table. Where
copies are looked for, all articles are read before the first mention is found, into a temporary file.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import functools
import itertools
import os
import sys
from collections.abc import Sized
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Final, TypeVar, cast

from geomap.articles.readers import read_articles
from geomap.articles.reports import ReadReport
from geomap.articles.stories import StoryReport, find_stories
from geomap.corrections import CorrectionReport, apply_corrections
from geomap.errors import InputError, OutputError
from geomap.export import STDOUT, find_writer, write_csv, write_geojson
from geomap.garbage import rare_collections
from geomap.gazetteer import open_gazetteer
from geomap.geoparse import Geoparser
from geomap.records import COLUMNS, mention_records

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from geomap.articles.stories import Watch
    from geomap.corrections import Correction
    from geomap.model import Article, Kind
    from geomap.records import MentionRecord

    Progress = Callable[[Iterable[Article]], Iterable[Article]]

__all__ = [
    "MapOptions",
    "Reading",
    "RunReport",
    "creation_day",
    "explain_articles",
    "export_articles",
    "find_mentions",
    "map_articles",
    "read_mentions",
    "show_progress",
    "show_work",
    "write_demo",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """How articles are read, and which of their mentions are wanted.

    Attributes:
        columns: The name of the column or key for a field of an article, where it differs.
        strict: Whether the first bad record is an error.
        day_first: How "11.06.2016" is meant; None where the articles should tell.
        crawled: The day when the articles were fetched: none is younger.
        spans: Whether to resolve each article's own spans instead of recognising names.
        kinds: The kinds of mention that are wanted; None for all.
        processes: The number of processes that look for mentions.
        corrections: What people corrected; see :mod:`geomap.corrections`.
        stories: Whether to look for copies among the articles; without, they stream as they come.
    """

    columns: Mapping[str, str] | None = None
    strict: bool = False
    day_first: bool | None = None
    crawled: dt.date | None = None
    spans: bool = False
    kinds: frozenset[Kind] | None = None
    processes: int = 1
    corrections: tuple[Correction, ...] = ()
    stories: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class MapOptions:
    """How the map's page looks, and how much of the articles it carries.

    The attributes are the options of :func:`geomap.webmap.page.write_map`; a page is made today
    where ``created`` is None (see :func:`creation_day`).
    """

    title: str | None = None
    subtitle: str | None = None
    credit: str | None = None
    lang: str = "en"
    theme: str = "auto"
    center: tuple[float, float] | None = None
    zoom: float | None = None
    tiles: str | None = None
    basemap: str | Path | None = None
    text: str = "snippets"
    created: dt.date | None = None


@dataclass(slots=True, kw_only=True)
class RunReport:
    """What a run read, found and wrote.

    ``reading`` is the report of the readers; ``statuses`` and ``kinds`` count mentions;
    ``spanless`` counts articles without spans of their own where these were asked for.
    ``corrections`` tells what became of each correction, ``stories`` how many stories the articles
    told: None where nobody looked for copies.
    """

    reading: ReadReport = field(default_factory=ReadReport)
    articles: int = 0
    mentions: int = 0
    statuses: dict[str, int] = field(default_factory=dict)
    kinds: dict[str, int] = field(default_factory=dict)
    spanless: int = 0
    corrections: CorrectionReport = field(default_factory=CorrectionReport)
    stories: StoryReport | None = None
    files: list[Path] = field(default_factory=list)

    def count(self, record: MentionRecord) -> None:
        """Count one mention."""
        self.mentions += 1
        status, kind = record["status"], record["kind"]
        self.statuses[status] = self.statuses.get(status, 0) + 1
        self.kinds[kind] = self.kinds.get(kind, 0) + 1


ItemT = TypeVar("ItemT")

_DEFAULT_READING: Final = Reading()
_PAGE_SUFFIXES: Final = (".html", ".htm")


def find_mentions(
    articles: Iterable[Article], geoparser: Geoparser | None = None
) -> Iterator[MentionRecord]:
    """Yield the mention records of some articles, as they come.

    Args:
        articles: The articles; one is held at a time.
        geoparser: What finds the mentions; None for one with the embedded gazetteer.
    """
    geoparser = geoparser or Geoparser()
    for article in articles:
        yield from mention_records(article, geoparser.parse(article))


def _with_wanted_spans(
    articles: Iterable[Article], report: RunReport, *, wanted: bool
) -> Iterator[Article]:
    """Keep the articles' own spans where they are wanted, else drop them; count articles."""
    for article in articles:
        report.articles += 1
        if not wanted:
            yield article if article.spans is None else dataclasses.replace(article, spans=None)
            continue
        if article.spans is None:
            report.spanless += 1
        yield article if article.spans else dataclasses.replace(article, spans=())


def read_mentions(
    inputs: Sequence[str | Path],
    reading: Reading = _DEFAULT_READING,
    *,
    geoparser: Geoparser | None = None,
    report: RunReport | None = None,
    progress: Progress | None = None,
    watch: Watch | None = None,
) -> Iterator[MentionRecord]:
    """Read articles and yield the records of their mentions.

    Without ``reading.stories`` they come as the articles do.

    Args:
        inputs: Files, folders, globs, or ``-`` for standard input.
        reading: How to read, and which mentions are wanted.
        geoparser: What finds the mentions; None for one with the embedded gazetteer.
        report: Filled with what was read and found.
        progress: Wraps the stream of articles, to show how far the run is.
        watch: The same for what comes before, where stories are looked for: called with a stream and a
            word for what is done with it.

    Raises:
        NothingReadableError: No article could be read from any input.
        RecordError: A record is bad, and reading is strict.
        GazetteerError: The gazetteer cannot be opened.
        InputError: A correction names a place that the gazetteer does not know.
        OutputError: The temporary file that stories need cannot be written.
    """
    report = report if report is not None else RunReport()
    articles: Iterable[Article] = read_articles(
        *inputs,
        columns=reading.columns,
        strict=reading.strict,
        day_first=reading.day_first,
        crawled=reading.crawled,
        report=report.reading,
    )
    if reading.stories:
        report.stories = StoryReport()
        articles = find_stories(articles, report=report.stories, watch=watch)
    articles = _with_wanted_spans(articles, report, wanted=reading.spans)
    if progress is not None:
        articles = progress(articles)
    records = _find(articles, geoparser, reading.processes)
    if reading.corrections:
        gazetteer = geoparser.gazetteer if geoparser is not None else open_gazetteer()
        records, report.corrections = apply_corrections(records, reading.corrections, gazetteer)
    for record in records:
        if reading.kinds is None or record["kind"] in reading.kinds:
            report.count(record)
            yield record


def _find(
    articles: Iterable[Article], geoparser: Geoparser | None, processes: int
) -> Iterator[MentionRecord]:
    if processes == 1:
        return find_mentions(articles, geoparser)
    from geomap.processes import find_mentions_in_processes  # noqa: PLC0415 - rarely wanted

    return find_mentions_in_processes(articles, geoparser, processes=processes)


def export_articles(
    inputs: Sequence[str | Path],
    path: str | Path,
    reading: Reading = _DEFAULT_READING,
    *,
    geoparser: Geoparser | None = None,
    progress: Progress | None = None,
    watch: Watch | None = None,
) -> RunReport:
    """Write the mentions of articles to a file whose suffix chooses the format.

    Args:
        inputs: Files, folders, globs, or ``-`` for standard input.
        path: The file (.csv .geojson .jsonl .parquet), or ``-``: JSON lines on standard output.
        reading: How to read, and which mentions are wanted.
        geoparser: What finds the mentions; None for one with the embedded gazetteer.
        progress: Wraps the stream of articles, to show how far the run is.
        watch: The same for what comes before, where stories are looked for: called with a stream and a
            word for what is done with it.

    Raises:
        NothingReadableError: No article could be read from any input.
        OutputError: The suffix is unknown, or the file cannot be written.
    """
    write = find_writer(path)
    report = RunReport()
    mentions = read_mentions(
        inputs, reading, geoparser=geoparser, report=report, progress=progress, watch=watch
    )
    with rare_collections():
        write(mentions, path)
    if str(path) != STDOUT:
        report.files.append(Path(path))
    return report


def map_articles(
    inputs: Sequence[str | Path],
    path: str | Path,
    reading: Reading = _DEFAULT_READING,
    *,
    options: MapOptions | None = None,
    geoparser: Geoparser | None = None,
    progress: Progress | None = None,
    watch: Watch | None = None,
) -> RunReport:
    """Draw the places that articles mention on one page that opens offline.

    Args:
        inputs: Files, folders, globs, or ``-`` for standard input.
        path: The HTML file.
        reading: How to read, and which mentions are wanted.
        options: How the page looks, and how much of the articles it carries.
        geoparser: What finds the mentions; None for one with the embedded gazetteer.
        progress: Wraps the stream of articles, to show how far the run is.
        watch: The same for what comes before, where stories are looked for: called with a stream and a
            word for what is done with it.

    Raises:
        NothingReadableError: No article could be read from any input.
        InputError: An option has a value that it cannot have.
        OutputError: The file is not called .html, or cannot be written.
    """
    _check_page_name(path)
    options = options or MapOptions()
    if options.created is None:
        options = dataclasses.replace(options, created=creation_day())
    from geomap.webmap.options import check_page  # noqa: PLC0415 - only for pages

    check_page(**dataclasses.asdict(options))
    report = RunReport()
    kept: list[Article] | None = [] if options.text == "full" else None
    watched = progress if kept is None else functools.partial(_keep, kept, progress)
    geoparser = geoparser or Geoparser(why=True)
    mentions = read_mentions(
        inputs, reading, geoparser=geoparser, report=report, progress=watched, watch=watch
    )
    with rare_collections():
        records = list(mentions)
    _draw(records, path, options, report, articles=kept)
    return report


def _keep(
    kept: list[Article], progress: Progress | None, articles: Iterable[Article]
) -> Iterator[Article]:
    """Keep the articles that pass by."""
    for article in articles if progress is None else progress(articles):
        kept.append(article)
        yield article


def creation_day() -> dt.date:
    """Return the day that a page made now says it was made on: today in UTC.

    The environment's ``SOURCE_DATE_EPOCH`` (seconds since 1970) stands for now where it is set, so
    that the same articles give the same bytes on any day.

    Raises:
        InputError: It is set to something else.
    """
    given = os.environ.get("SOURCE_DATE_EPOCH")
    try:
        now = (
            dt.datetime.now(dt.UTC) if not given else dt.datetime.fromtimestamp(int(given), dt.UTC)
        )
    except (ValueError, OverflowError, OSError) as err:
        raise InputError(
            f"expected SOURCE_DATE_EPOCH as seconds since 1970, got {given!r}"
        ) from err
    return now.date()


def _draw(
    records: Sequence[MentionRecord],
    path: str | Path,
    options: MapOptions,
    report: RunReport,
    *,
    articles: Sequence[Article] | None = None,
) -> None:
    from geomap.webmap import write_map  # noqa: PLC0415 - folium takes a third of a second

    counts = {
        "articles_read": report.articles,
        "rejected": report.reading.rejected,
        "undated": report.reading.undated - (report.stories.dated if report.stories else 0),
        "unresolved": report.statuses.get("unknown", 0),
    }
    if report.corrections.outcomes:
        counts["corrected"] = report.corrections.applied
        counts["stale_corrections"] = report.corrections.stale
    write_map(records, path, **dataclasses.asdict(options), counts=counts, articles=articles)
    report.files.append(Path(path))


def explain_articles(
    articles: Iterable[Article],
    path: str | Path,
    *,
    lang: str = "en",
    theme: str = "auto",
    geoparser: Geoparser | None = None,
) -> RunReport:
    """Write a page that shows the mentions of articles, and why each means its place.

    Args:
        articles: The articles; the page holds the first 50.
        path: The HTML file.
        lang: The language of the page, a BCP 47 tag.
        theme: ``auto`` follows the reader's system, or ``light``, or ``dark``.
        geoparser: What finds the mentions, with evidence; None for one with the embedded gazetteer.

    Raises:
        NothingReadableError: No article could be read.
        OutputError: The file is not called .html, or cannot be written.
    """
    _check_page_name(path)
    from geomap.webmap import write_explanations  # noqa: PLC0415 - folium takes a third of a second

    report = RunReport()
    geoparser = geoparser or Geoparser(evidence=True)
    explained = ((article, geoparser.parse(article)) for article in articles)
    report.files.append(write_explanations(explained, path, lang=lang, theme=theme))
    return report


def _check_page_name(path: str | Path) -> None:
    if Path(path).suffix.lower() not in _PAGE_SUFFIXES:
        raise OutputError(f"expected a name that ends with .html for the page, got {str(path)!r}")


def write_demo(folder: str | Path, *, geoparser: Geoparser | None = None) -> RunReport:
    """Write the map, the table and the GeoJSON of the articles that come with geomap.

    Args:
        folder: Where ``map.html``, ``mentions.csv`` and ``mentions.geojson`` go.
        geoparser: What finds the mentions; None for one with the embedded gazetteer.

    Raises:
        OutputError: A file cannot be written.
    """
    from geomap.demo import DEMO_TEXT, demo_articles  # noqa: PLC0415 - only for the demo

    report = RunReport()
    folder = Path(folder)
    geoparser = geoparser or Geoparser(why=True)
    with demo_articles() as articles:
        records = list(read_mentions([articles], geoparser=geoparser, report=report))
    rows = cast("list[dict[str, object]]", records)  # which say why, beside the columns
    plain = [cast("MentionRecord", {c: record[c] for c in COLUMNS}) for record in rows]
    for write, name in ((write_csv, "mentions.csv"), (write_geojson, "mentions.geojson")):
        write(plain, folder / name)
        report.files.append(folder / name)
    # without a date, so that the demo is the same bytes on any day
    options = MapOptions(title=DEMO_TEXT["title"], subtitle=DEMO_TEXT["subtitle"])
    _draw(records, folder / "map.html", options, report)
    return report


def show_progress(articles: Iterable[Article]) -> Iterable[Article]:
    """Count articles on standard error, where a person watches it; else stay silent."""
    return show_work(articles, "finding places", " articles")


def show_work(items: Iterable[ItemT], label: str, unit: str = "") -> Iterable[ItemT]:
    """Count what is worked on on standard error, where a person watches it; else stay silent."""
    if not sys.stderr.isatty():
        return items
    return _watched(items, label, unit)


def _watched(items: Iterable[ItemT], label: str, unit: str) -> Iterator[ItemT]:
    """Show a bar from the first item on: what comes before it has bars of its own."""
    from tqdm import tqdm  # noqa: PLC0415 - only where a person watches

    total = len(items) if isinstance(items, Sized) else None
    stream = iter(items)
    for first in stream:
        rest = itertools.chain((first,), stream)
        yield from tqdm(rest, label, total, leave=False, file=sys.stderr, unit=unit)
