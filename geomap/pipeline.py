"""From articles and mention tables to files: composition only. Every command of the CLI calls one function here.

Articles and mentions stream: neither is kept in memory, but for the map, which needs its table. Where
copies are looked for, all articles are read before the first mention is found, into a temporary file.
"""

from __future__ import annotations

import contextlib
import dataclasses
import functools
import itertools
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, cast

from geomap.errors import InputError, OutputError
from geomap.export import (
    ExportOptions,
    find_format,
    write_csv,
    write_geojson,
    write_mentions,
)
from geomap.export.formats import check_options
from geomap.export.targets import check_target
from geomap.finding import find_mentions, find_with, geocoding, make_geoparser
from geomap.intake import Intake, list_inputs, own_cells, split_inputs
from geomap.model import Article
from geomap.reports import RunReport
from geomap.run_options import Reading, ReadOptions, creation_day
from geomap.runtime.expecting import each, expect, expect_path
from geomap.runtime.garbage import rare_collections
from geomap.selection.apply import Selector
from geomap.webmap.settings import PageOptions

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    import pandas as pd

    from geomap.corrections import Corrector
    from geomap.geoparser import Geoparser
    from geomap.records import MentionRecord
    from geomap.stories.find import Watch

    Progress = Callable[[Iterable[Article]], Iterable[Article]]
    Inputs = Sequence[str | Path | pd.DataFrame] | str | Path | pd.DataFrame

__all__ = [
    "MapOptions",
    "PageOptions",
    "ReadOptions",
    "Reading",
    "RunReport",
    "creation_day",
    "explain_articles",
    "export_articles",
    "find_mentions",
    "map_articles",
    "read_mentions",
    "write_demo",
]


#: an earlier name
MapOptions = PageOptions

_DEFAULT_READING: Final = ReadOptions()
_DEFAULT_EXPORT: Final = ExportOptions()
_PAGE_SUFFIXES: Final = (".html", ".htm")


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
    inputs: Inputs,
    reading: ReadOptions = _DEFAULT_READING,
    *,
    geoparser: Geoparser | None = None,
    report: RunReport | None = None,
    progress: Progress | None = None,
    watch: Watch | None = None,
) -> Iterator[MentionRecord]:
    """Read articles and mention tables, and yield the records of their mentions: first the articles', then the tables'.

    Without ``reading.stories`` they come as the articles do. All records have the same columns: those of the schema, then
    those of your own that a table has.

    Args:
        inputs: Files, folders, globs, ``-`` for standard input, or frames of pandas that are mention tables. Files are told
            by their columns.
        reading: How to read, and which mentions are wanted.
        geoparser: What finds the mentions in articles; None for one with the gazetteer that ``reading`` asks for.
        report: Filled with what was read and found.
        progress: Wraps the stream of articles, to show how far the run is.
        watch: The same for what comes before, where stories are looked for: called with a stream and a
            word for what is done with it.

    Raises:
        NothingReadableError: No article could be read from any input.
        RecordError: A record is bad, and reading is strict.
        TableError: A mention table cannot be read: where, is said.
        GazetteerError: The gazetteer cannot be opened.
        InputError: A correction or the selection names what the gazetteer does not know.
        OutputError: The temporary file that stories need cannot be written.

    >>> _ = Path("a.txt").write_text("The market of Raqqa reopened.")
    >>> [record["surface"] for record in read_mentions(["a.txt"])]
    ['Raqqa']
    """
    report = report if report is not None else RunReport()
    expect(reading, ReadOptions, "ReadOptions")
    with split_inputs(inputs, report.tables, columns=reading.columns) as intake:
        if intake.articles:
            geoparser = geoparser or make_geoparser(reading.gazetteer)
        yield from _read(intake, reading, geoparser, report, progress, watch)


def _read(
    intake: Intake,
    reading: ReadOptions,
    geoparser: Geoparser | None,
    report: RunReport,
    progress: Progress | None,
    watch: Watch | None,
) -> Iterator[MentionRecord]:
    gazetteer = geoparser.gazetteer if geoparser is not None else reading.gazetteer
    selector = Selector(reading.selection, gazetteer, report=report.selection)
    corrector = None
    if reading.corrections:
        from geomap.corrections import Corrector  # noqa: PLC0415 - it relates places anew

        corrector = Corrector(reading.corrections, gazetteer)
    with contextlib.ExitStack() as open_:
        records: Iterator[MentionRecord] = iter(())
        if geoparser is not None and intake.articles:
            report.gazetteer = geoparser.gazetteer.title
            articles = _articles(intake, reading, report, progress, watch)
            if corrector is None:  # else its articles tell which corrections are stale
                articles = filter(selector.wants, articles)
            geocoder = open_.enter_context(geocoding(reading, report))
            records = find_with(articles, geoparser, reading.processes, geocoder)
            records = report.tables.noted(records) if intake.tables else records
        if corrector is not None:
            report.corrections = corrector.report
            records = corrector.correct(records)
        records = itertools.chain(records, _table_records(intake, corrector, report))
        if (kinds := reading.kinds) is not None:
            records = (record for record in records if record["kind"] in kinds)
        records = selector.select_records(_with_extras(records, intake.extras()))
        for record in records:
            report.count(record)
            yield record


def _articles(
    intake: Intake,
    reading: ReadOptions,
    report: RunReport,
    progress: Progress | None,
    watch: Watch | None,
) -> Iterator[Article]:
    """Yield the articles that are given, with their stories where these are wanted."""
    from geomap.articles.readers import read_articles  # noqa: PLC0415 - not for tables

    articles: Iterable[Article] = read_articles(
        *intake.articles,
        columns=reading.columns,
        strict=reading.strict,
        day_first=reading.day_first,
        crawled=reading.crawled,
        report=report.reading,
        without=intake.left_out,
    )
    if reading.stories:
        from geomap.stories.find import StoryReport, find_stories  # noqa: PLC0415 - see above

        report.stories = StoryReport()
        articles = find_stories(articles, report=report.stories, watch=watch)
    articles = _with_wanted_spans(articles, report, wanted=reading.spans)
    return iter(articles if progress is None else progress(articles))


def _table_records(
    intake: Intake, corrector: Corrector | None, report: RunReport
) -> Iterator[MentionRecord]:
    """Yield the mentions of tables, corrected; a table that is corrected is held in memory."""
    if corrector is None:
        yield from intake.table_records(report.tables)
        return
    if intake.tables:
        records = list(intake.table_records(report.tables))
        yield from (one for one in corrector.correct_table(records) if one is not None)
    corrector.close()


def _with_extras(
    records: Iterator[MentionRecord], extras: tuple[str, ...]
) -> Iterator[MentionRecord]:
    """Give all records a user's own columns, also those of articles, which have none."""
    if not extras:
        return records
    empty = dict.fromkeys(extras)
    return (cast("MentionRecord", {**record, **(empty | own_cells(record))}) for record in records)


def export_articles(
    inputs: Inputs,
    path: str | Path,
    reading: ReadOptions = _DEFAULT_READING,
    *,
    format: str | None = None,  # noqa: A002 - what it is called everywhere
    options: ExportOptions = _DEFAULT_EXPORT,
    geoparser: Geoparser | None = None,
    progress: Progress | None = None,
    watch: Watch | None = None,
) -> RunReport:
    """Write the mentions of articles in the format that the suffix tells, or into a database.

    Args:
        inputs: Files, folders, globs, ``-`` for standard input, or frames of pandas: articles and mention tables.
        path: The file, ``-`` for standard output, or a database's URL: see docs/FORMATS.md.
        reading: How to read, and which mentions are wanted.
        format: The name of the format, where the path does not tell it.
        options: What the format has a choice of.
        geoparser: What finds the mentions; None for one with the gazetteer that ``reading`` asks for.
        progress: Wraps the stream of articles, to show how far the run is.
        watch: The same for the search for stories; called with a stream and a word for what is done with it.

    Raises:
        NothingReadableError: No article could be read from any input.
        OutputError: The suffix is unknown, what the format needs is missing, or the file cannot be written.
        InputError: The format does not have an option.

    >>> _ = Path("a.txt").write_text("The market of Raqqa reopened.")
    >>> export_articles(["a.txt"], "mentions.csv").mentions
    1
    """
    check_options(find_format(path, choice=format), expect(options, ExportOptions, "ExportOptions"))
    inputs = list_inputs(inputs)
    check_target(path, inputs=inputs)
    report = RunReport()
    mentions = read_mentions(
        inputs, reading, geoparser=geoparser, report=report, progress=progress, watch=watch
    )
    with rare_collections():
        written = write_mentions(mentions, path, format=format, options=options)
    report.notes, report.files = written.notes, [*written.files]
    return report


def map_articles(
    inputs: Inputs,
    path: str | Path,
    reading: ReadOptions = _DEFAULT_READING,
    *,
    options: PageOptions | None = None,
    geoparser: Geoparser | None = None,
    progress: Progress | None = None,
    watch: Watch | None = None,
) -> RunReport:
    """Draw the places that articles mention on one page that opens offline.

    Args:
        inputs: Files, folders, globs, ``-`` for standard input, or frames of pandas: articles and mention tables.
        path: The HTML file.
        reading: How to read, and which mentions are wanted.
        options: How the page looks, and how much of the articles it carries.
        geoparser: What finds the mentions; None for one with the gazetteer that ``reading`` asks for.
        progress: Wraps the stream of articles, to show how far the run is.
        watch: The same for what comes before, where stories are looked for: called with a stream and a
            word for what is done with it.

    Raises:
        NothingReadableError: No article could be read from any input.
        InputError: An option has a value that it cannot have.
        OutputError: The file is not called .html, is one of the inputs, or cannot be written.

    >>> _ = Path("a.txt").write_text("The market of Raqqa reopened.")
    >>> [path.name for path in map_articles(["a.txt"], "map.html").files]
    ['map.html']
    """
    options = expect(options or PageOptions(), PageOptions, "PageOptions")
    _check_page_name(path)
    inputs = list_inputs(inputs)
    beside = (options.basemap, options.baseline, options.chapters)
    check_target(path, inputs=inputs, files=[name for name in beside if name])
    if options.created is None:
        options = dataclasses.replace(options, created=creation_day())
    from geomap.webmap.options import check_page  # noqa: PLC0415 - only for pages

    check_page(options)
    report = RunReport()
    kept: list[Article] | None = [] if options.text == "full" else None
    watched = progress if kept is None else functools.partial(_keep, kept, progress)
    with split_inputs(inputs, report.tables, columns=reading.columns) as intake, rare_collections():
        if kept is not None and not intake.articles:
            raise InputError(
                "the full text of the articles needs the articles: a mention table holds sentences; "
                "give both, or choose another text"
            )
        if intake.articles or reading.corrections:
            if intake.articles:
                geoparser = geoparser or make_geoparser(reading.gazetteer, why=True)
            mentions: Any = list(_read(intake, reading, geoparser, report, watched, watch))
        else:
            mentions = _select_tables(intake, reading, report)
    _draw(mentions, path, options, report, articles=kept)
    return report


def _select_tables(intake: Intake, reading: ReadOptions, report: RunReport) -> pd.DataFrame:
    """Return the wanted mentions of tables as one table: as _read, without a record for each."""
    table = intake.read_tables(report.tables)
    if reading.kinds is not None:
        table = table[table["kind"].isin(sorted(reading.kinds))]
    table = Selector(reading.selection, reading.gazetteer, report=report.selection).select_table(
        table
    )
    report.count_table(table)
    return table


def _keep(
    kept: list[Article], progress: Progress | None, articles: Iterable[Article]
) -> Iterator[Article]:
    """Keep the articles that pass by."""
    for article in articles if progress is None else progress(articles):
        kept.append(article)
        yield article


def _draw(
    mentions: Sequence[MentionRecord] | pd.DataFrame,
    path: str | Path,
    options: PageOptions,
    report: RunReport,
    *,
    articles: Sequence[Article] | None = None,
) -> None:
    from geomap.gazetteer.credits import credit_line  # noqa: PLC0415 - only for pages
    from geomap.webmap import write_map  # noqa: PLC0415 - folium takes a third of a second
    from geomap.webmap.cells import ReadTable  # noqa: PLC0415 - only for pages

    credit = credit_line(options.credit, report.geocoder, _place_ids(mentions))
    options = dataclasses.replace(options, credit=credit)
    counts = {
        "rejected": report.reading.rejected,
        "undated": report.reading.undated - (report.stories.dated if report.stories else 0),
        "unresolved": report.statuses.get("unknown", 0),
    }
    if not report.tables.mentions:  # nobody knows how many articles a table was made of
        counts = {"articles_read": report.articles, **counts}
    if report.corrections.outcomes:
        counts["corrected"] = report.corrections.applied
        counts["stale_corrections"] = report.corrections.stale
    drawn: Any = mentions
    if hasattr(mentions, "columns"):  # read a moment ago
        drawn = ReadTable(cast("pd.DataFrame", mentions))
    write_map(drawn, path, options, counts=counts, articles=articles)
    report.files.append(Path(path))


def _place_ids(mentions: Any) -> Iterable[str | None]:
    """Return the ids of the places in a table, or in records."""
    if not hasattr(mentions, "columns"):
        return (row["place_id"] for row in mentions)
    return (one for one in mentions["place_id"].unique().tolist() if isinstance(one, str))


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

    >>> articles = [Article(id="1", text="The market of Raqqa reopened.")]
    >>> [path.name for path in explain_articles(articles, "why.html").files]
    ['why.html']
    """
    _check_page_name(path)
    check_target(path)
    from geomap.webmap import write_explanations  # noqa: PLC0415 - folium takes a third of a second

    report = RunReport()
    geoparser = geoparser or make_geoparser(evidence=True)
    stream = each(articles, Article, "articles")
    explained = ((article, geoparser.parse(article)) for article in stream)
    report.files.append(write_explanations(explained, path, lang=lang, theme=theme))
    return report


def _check_page_name(path: str | Path) -> None:
    if expect_path(path, "a file's name").suffix.lower() not in _PAGE_SUFFIXES:
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
    geoparser = geoparser or make_geoparser("embedded", why=True)
    with demo_articles() as articles:
        records = list(read_mentions([articles], geoparser=geoparser, report=report))
    for write, name in ((write_csv, "mentions.csv"), (write_geojson, "mentions.geojson")):
        write(records, folder / name)
        report.files.append(folder / name)
    # without a date, so that the demo is the same bytes on any day
    options = PageOptions(title=DEMO_TEXT["title"], subtitle=DEMO_TEXT["subtitle"])
    _draw(records, folder / "map.html", options, report)
    return report
