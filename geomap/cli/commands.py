"""The command line: parse, call one function of the pipeline, word the outcome.

The exit codes are those of ending.py; 0 also where some of the input could not be read, which is counted on standard error.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from geomap.cli.export_commands import export_command, mentions_command
from geomap.cli.gazetteer_commands import gazetteer_group, gazetteer_option
from geomap.cli.learning_commands import evaluate_command, train_command
from geomap.cli.options import (
    MAP_OPTIONS,
    PAGE_OPTIONS,
    READING_OPTIONS,
    give_options,
    output_option,
    page_of,
    progress_of,
    reading_of,
    report_run,
    watch_of,
)
from geomap.cli.running import Commands
from geomap.cli.selecting import PAGE_SELECTION_OPTIONS
from geomap.cli.tally_commands import tally_command
from geomap.errors import InputError
from geomap.runtime.terminal import readable, say, write_line
from geomap.version import __version__

if TYPE_CHECKING:
    from collections.abc import Iterable

    from geomap.articles.reports import ReadReport
    from geomap.model import Article

__all__ = ["cli"]


@click.group(
    cls=Commands,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@click.version_option(__version__, message="geomap %(version)s")
def cli() -> None:
    """Turn news articles into a map of the places they mention.

    INPUT is a file, a folder, a glob, or - for standard input.
    """


@cli.command("map")
@output_option(default="outputs/map.html", show_default=True, help="The page to write.")
@give_options(*MAP_OPTIONS)
@give_options(*READING_OPTIONS, *PAGE_SELECTION_OPTIONS, gazetteer_option)
def map_command(
    *,
    inputs: tuple[str, ...],
    output: str,
    quiet: bool,
    **options: Any,
) -> None:
    """Draw the places on one page that opens offline."""
    from geomap.pipeline import map_articles

    page = page_of(options)
    report = map_articles(
        inputs,
        output,
        reading_of(options, output),
        options=page,
        progress=progress_of(quiet=quiet),
        watch=watch_of(quiet=quiet),
    )
    report_run(report, quiet=quiet)
    if page.tiles is not None and not quiet:
        say("the page loads its background from the host of --tiles: opening it needs the network")


def _is_file(text: str) -> bool:
    try:
        return Path(text).exists()
    except (OSError, ValueError):  # too long for a name, or holds a NUL: a text
        return False


def _articles_to_explain(text: str, report: ReadReport) -> Iterable[Article]:
    from geomap.articles.inputs import looks_like_path
    from geomap.articles.readers import read_articles
    from geomap.intake import TableReport, split_inputs
    from geomap.model import Article
    from geomap.stories.find import find_stories

    if not text.strip():
        raise InputError("expected a text or a file, got an empty text")
    if text == "-" or _is_file(text):
        with split_inputs(text, TableReport()) as intake:
            if intake.tables:
                raise InputError(
                    f"{'standard input' if text == '-' else text}: it holds a mention table, which does not keep why: explain "
                    "the article (geomap explain ARTICLE), or see the columns status, confidence and other_place_id"
                )
        articles = read_articles(*intake.articles, report=report, without=intake.left_out)
        return find_stories(articles)
    if looks_like_path(text):
        raise InputError(
            f"{text}: no such file; a text that looks like a file's name comes from standard input: "
            "geomap explain -"
        )
    return [Article(id="text", text=readable(text))]


@cli.command("explain")
@click.argument("text", metavar="TEXT-OR-FILE")
@click.option("--html", metavar="FILE", help="Write a page to look at instead.")
@give_options(*PAGE_OPTIONS)
@gazetteer_option
def explain_command(
    *, text: str, html: str | None, lang: str, theme: str, gazetteer: str | None
) -> None:
    """Say for each mention why it means this place and no other.

    An argument that is the name of a file or a folder is read; any other is the text.
    """
    if html is not None:
        _write_explanation(text, html, lang=lang, theme=theme, gazetteer=gazetteer)
        return
    from geomap.articles.reports import ReadReport
    from geomap.cli.wording import describe_article, describe_reading
    from geomap.geoparser import Geoparser

    geoparser, reading = Geoparser(gazetteer, evidence=True), ReadReport()
    for article in _articles_to_explain(text, reading):
        for line in describe_article(article, geoparser.parse(article)):
            write_line(line)
    for line in describe_reading(reading):
        say(line)


def _write_explanation(
    text: str, path: str, *, lang: str, theme: str, gazetteer: str | None
) -> None:
    from geomap.articles.reports import ReadReport
    from geomap.cli.wording import describe_files, describe_reading
    from geomap.export.targets import check_target
    from geomap.geoparser import Geoparser
    from geomap.pipeline import explain_articles

    check_target(path, files=[text])
    geoparser, reading = Geoparser(gazetteer, evidence=True), ReadReport()
    articles = _articles_to_explain(text, reading)
    report = explain_articles(articles, path, lang=lang, theme=theme, geoparser=geoparser)
    for line in (*describe_reading(reading), *describe_files(report.files)):
        say(line)


@cli.command("demo")
@output_option(default="outputs/demo", show_default=True, help="The folder to write to.")
@click.option("--quiet", is_flag=True, help="Say nothing on standard error but errors.")
def demo_command(*, output: str, quiet: bool) -> None:
    """Map the invented articles that come with geomap."""
    from geomap.pipeline import write_demo

    report_run(write_demo(output), quiet=quiet)


cli.add_command(mentions_command)
cli.add_command(export_command)
cli.add_command(tally_command)
cli.add_command(gazetteer_group)
cli.add_command(evaluate_command)
cli.add_command(train_command)
