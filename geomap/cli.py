"""The command line: parse, call one function of the pipeline, word the outcome.

Exit codes: 0 done (what could not be read is counted on standard error) · 2 nothing could be
done, or the command was used wrongly · 70 a bug in geomap · 130 interrupted.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import os
import sys
import traceback
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click

import geomap
from geomap.errors import GeomapError, InputError
from geomap.learning_commands import evaluate_command, train_command

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from geomap.articles.stories import Watch
    from geomap.model import Article
    from geomap.pipeline import Progress, Reading, RunReport

__all__ = ["cli"]

_EXIT_FAILED: Final = 2
_EXIT_BUG: Final = 70
_EXIT_INTERRUPTED: Final = 130
_DEBUG: Final = "GEOMAP_DEBUG"
_KINDS: Final = ("literal", "associative", "embedded")


def _say(line: str) -> None:
    """Write one line to standard error."""
    click.echo(f"geomap: {line}", err=True)


def _explain_bug(err: Exception) -> None:
    if os.environ.get(_DEBUG):
        traceback.print_exc()
    else:
        _say(
            f"this is a bug in geomap, please report it: {type(err).__name__}: {err} "
            f"(run again with {_DEBUG}=1 to see where)"
        )


def _leave_stdout() -> None:
    """Point standard output at nothing, so that closing it cannot fail: its reader has left."""
    with contextlib.suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


class _Commands(click.Group):
    """A group of commands that turns every error into one line and an exit code."""

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except BrokenPipeError:
            _leave_stdout()
            ctx.exit(0)
        except GeomapError as err:
            _say(f"error: {err}")
            ctx.exit(_EXIT_FAILED)
        except KeyboardInterrupt:
            _say("interrupted; a file that was not finished was not written")
            ctx.exit(_EXIT_INTERRUPTED)
        except (click.ClickException, click.exceptions.Exit, click.Abort):
            raise
        except Exception as err:  # noqa: BLE001 - no traceback reaches a user
            _explain_bug(err)
            ctx.exit(_EXIT_BUG)


def _read_columns(
    _ctx: click.Context, _param: click.Parameter, pairs: Sequence[str]
) -> dict[str, str]:
    columns: dict[str, str] = {}
    for pair in pairs:
        field, equals, column = pair.partition("=")
        if not (field and equals and column):
            raise click.BadParameter(f"expected FIELD=COLUMN, for instance text=body, got {pair!r}")
        columns[field] = column
    return columns


def _read_day(_ctx: click.Context, _param: click.Parameter, value: str | None) -> dt.date | None:
    if value is None:
        return None
    try:
        return dt.date.fromisoformat(value)
    except ValueError:
        raise click.BadParameter(f"expected a date as YYYY-MM-DD, got {value!r}") from None


def _read_center(
    _ctx: click.Context, _param: click.Parameter, value: str | None
) -> tuple[float, float] | None:
    if value is None:
        return None
    try:
        lat, lon = map(float, value.split(","))
    except ValueError:
        raise click.BadParameter(
            f"expected LAT,LON in degrees, for instance 35.95,39.01, got {value!r}"
        ) from None
    return lat, lon


_READING_OPTIONS: Final = (
    click.argument("inputs", nargs=-1, required=True, metavar="INPUT..."),
    click.option(
        "--column",
        "columns",
        multiple=True,
        metavar="FIELD=COLUMN",
        callback=_read_columns,
        help="Read a field of the article from another column or key, for instance text=body.",
    ),
    click.option("--strict", is_flag=True, help="Stop at the first record that cannot be read."),
    click.option(
        "--day-first/--month-first",
        default=None,
        help="How 11.06.2016 is meant.  [default: as the other dates of the article tell]",
    ),
    click.option(
        "--crawled",
        metavar="DATE",
        callback=_read_day,
        help="When the articles were fetched (YYYY-MM-DD), for dates such as “2 days ago”.",
    ),
    click.option(
        "--kind",
        "kinds",
        multiple=True,
        type=click.Choice(_KINDS),
        help="Keep only mentions of this kind (repeatable).  [default: all]",
    ),
    click.option(
        "--processes",
        type=click.IntRange(1, 256),
        default=1,
        show_default=True,
        help="Look for mentions in this many processes.",
    ),
    click.option(
        "--corrections",
        metavar="FILE",
        help="Apply the corrections of this table, as the page's “corrections.csv” has them.",
    ),
    click.option(
        "--stories/--no-stories",
        default=True,
        show_default=True,
        help="Look for copies of one story; this reads all articles before the first place is found.",
    ),
    click.option("--quiet", is_flag=True, help="Say nothing on standard error but errors."),
)


def _reading_options(command: Callable[..., None]) -> Callable[..., None]:
    for option in reversed(_READING_OPTIONS):
        command = option(command)
    return command


_PAGE_OPTIONS: Final = (
    click.option(
        "--lang", default="en", show_default=True, help="The language of the page, for instance en."
    ),
    click.option(
        "--theme",
        type=click.Choice(["auto", "light", "dark"]),
        default="auto",
        show_default=True,
        help="Colours of the page; auto follows the reader's system.",
    ),
)


_MAP_OPTIONS: Final = (
    click.option("--title", help="The title of the page."),
    click.option("--subtitle", help="A line below the title."),
    click.option("--credit", metavar="TEXT", help="Who made the map, for the line of credits."),
    *_PAGE_OPTIONS,
    click.option(
        "--center",
        metavar="LAT,LON",
        callback=_read_center,
        help="The middle of the first view, in degrees.  [default: all places]",
    ),
    click.option(
        "--zoom",
        type=click.FloatRange(1, 18),
        metavar="LEVEL",
        help="How near the first view is: 1 the world … 18 a street.",
    ),
    click.option(
        "--tiles",
        metavar="URL",
        help="Load the background from here, for instance https://tiles.example/{z}/{x}/{y}.png: "
        "the page then needs the network.  [default: no network]",
    ),
    click.option(
        "--basemap",
        metavar="FILE",
        help="Draw the countries of this GeoJSON file instead of Natural Earth's.",
    ),
    click.option(
        "--text",
        type=click.Choice(["snippets", "full", "none"]),
        default="snippets",
        show_default=True,
        help="How much of the articles' text the page carries: the sentences that name a place, "
        "all of it, or none but the names.",
    ),
)


def _page_options(command: Callable[..., None]) -> Callable[..., None]:
    for option in reversed(_PAGE_OPTIONS):
        command = option(command)
    return command


def _map_options(command: Callable[..., None]) -> Callable[..., None]:
    for option in reversed(_MAP_OPTIONS):
        command = option(command)
    return command


def _output_option(**settings: Any) -> Callable[[Callable[..., None]], Callable[..., None]]:
    return click.option("-o", "--output", metavar="FILE", **settings)


def _reading(options: dict[str, Any]) -> Reading:
    from geomap.corrections import read_corrections
    from geomap.pipeline import Reading

    kinds, corrections = options.pop("kinds"), options.pop("corrections")
    return Reading(
        kinds=frozenset(kinds) if kinds else None,
        corrections=read_corrections(corrections) if corrections is not None else (),
        **options,
    )


def _progress(*, quiet: bool) -> Progress | None:
    from geomap.pipeline import show_progress

    return None if quiet else show_progress


def _watch(*, quiet: bool) -> Watch | None:
    from geomap.pipeline import show_work

    return None if quiet else show_work


def _report(report: RunReport, *, quiet: bool) -> None:
    from geomap.wording import describe_run

    if not quiet:
        for line in (*report.corrections.lines(), *describe_run(report)):
            _say(line)


@click.group(
    cls=_Commands,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@click.version_option(geomap.__version__, message="geomap %(version)s")
def cli() -> None:
    """Turn news articles into a map of the places they mention.

    INPUT is a file, a folder, a glob, or - for standard input.
    """


@cli.command("map")
@_output_option(default="outputs/map.html", show_default=True, help="The page to write.")
@_map_options
@_reading_options
def map_command(
    *,
    inputs: tuple[str, ...],
    output: str,
    title: str | None,
    subtitle: str | None,
    credit: str | None,
    lang: str,
    theme: str,
    center: tuple[float, float] | None,
    zoom: float | None,
    tiles: str | None,
    basemap: str | None,
    text: str,
    quiet: bool,
    **options: Any,
) -> None:
    """Draw the places on one page that opens offline."""
    from geomap.pipeline import MapOptions, map_articles

    page = MapOptions(
        title=title,
        subtitle=subtitle,
        credit=credit,
        lang=lang,
        theme=theme,
        center=center,
        zoom=zoom,
        tiles=tiles,
        basemap=basemap,
        text=text,
    )
    report = map_articles(
        inputs,
        output,
        _reading(options),
        options=page,
        progress=_progress(quiet=quiet),
        watch=_watch(quiet=quiet),
    )
    _report(report, quiet=quiet)
    if tiles is not None and not quiet:
        _say("the page loads its background from the host of --tiles: opening it needs the network")


@cli.command("mentions")
@_output_option(
    default="-",
    help="The table to write: .csv, .jsonl or .parquet; - for JSON lines on standard output.  "
    "[default: -]",
)
@click.option(
    "--spans", is_flag=True, help="Resolve the spans in each record instead of recognising names."
)
@_reading_options
def mentions_command(*, inputs: tuple[str, ...], output: str, quiet: bool, **options: Any) -> None:
    """Write one row for each mention of a place."""
    from geomap.export import TABLE_FORMATS, find_writer
    from geomap.pipeline import export_articles

    find_writer(output, TABLE_FORMATS)
    report = export_articles(
        inputs,
        output,
        _reading(options),
        progress=_progress(quiet=quiet),
        watch=_watch(quiet=quiet),
    )
    _report(report, quiet=quiet)


@cli.command("export")
@_output_option(required=True, help="The file to write: .geojson, .csv, .jsonl or .parquet.")
@_reading_options
def export_command(*, inputs: tuple[str, ...], output: str, quiet: bool, **options: Any) -> None:
    """Write the mentions for a GIS or a spreadsheet."""
    from geomap.pipeline import export_articles

    report = export_articles(
        inputs,
        output,
        _reading(options),
        progress=_progress(quiet=quiet),
        watch=_watch(quiet=quiet),
    )
    _report(report, quiet=quiet)


def _is_file(text: str) -> bool:
    try:
        return Path(text).exists()
    except (OSError, ValueError):  # too long for a name, or holds a NUL: a text
        return False


def _articles_to_explain(text: str) -> Iterable[Article]:
    from geomap.articles.readers import read_articles
    from geomap.articles.stories import find_stories
    from geomap.model import Article

    if text == "-" or _is_file(text):
        return find_stories(read_articles(text))
    if not text.strip():
        raise InputError("expected a text or a file, got an empty text")
    return [Article(id="text", text=text)]


@cli.command("explain")
@click.argument("text", metavar="TEXT-OR-FILE")
@click.option("--html", metavar="FILE", help="Write a page to look at instead.")
@_page_options
def explain_command(*, text: str, html: str | None, lang: str, theme: str) -> None:
    """Say for each mention why it means this place and no other.

    An argument that is the name of a file is read; any other is the text.
    """
    if html is not None:
        _write_explanation(text, html, lang=lang, theme=theme)
        return
    from geomap.geoparse import Geoparser
    from geomap.wording import describe_article

    geoparser = Geoparser(evidence=True)
    for article in _articles_to_explain(text):
        for line in describe_article(article, geoparser.parse(article)):
            click.echo(line)


def _write_explanation(text: str, path: str, *, lang: str, theme: str) -> None:
    from geomap.pipeline import explain_articles
    from geomap.wording import describe_files

    report = explain_articles(_articles_to_explain(text), path, lang=lang, theme=theme)
    for line in describe_files(report.files):
        _say(line)


@cli.group("gazetteer")
def gazetteer_group() -> None:
    """Look into the gazetteer."""


@gazetteer_group.command("info")
def gazetteer_info_command() -> None:
    """Say what the gazetteer holds, what it was made from, and where it lies."""
    from geomap.gazetteer import open_gazetteer
    from geomap.wording import describe_gazetteer

    for line in describe_gazetteer(open_gazetteer().info()):
        click.echo(line)


@gazetteer_group.command("search")
@click.argument("name")
@click.option(
    "--limit",
    type=click.IntRange(1),
    default=10,
    show_default=True,
    help="The number of places to list.",
)
def gazetteer_search_command(*, name: str, limit: int) -> None:
    """List the places that a name can mean, best known first."""
    from geomap.gazetteer import open_gazetteer
    from geomap.wording import describe_places

    places = open_gazetteer().search(name, limit=limit)
    if not places:
        raise InputError(f"the gazetteer knows no place called {name!r}; try another spelling")
    for line in describe_places(places):
        click.echo(line)


@cli.command("demo")
@_output_option(default="outputs/demo", show_default=True, help="The folder to write to.")
@click.option("--quiet", is_flag=True, help="Say nothing on standard error but errors.")
def demo_command(*, output: str, quiet: bool) -> None:
    """Map the invented articles that come with geomap."""
    from geomap.pipeline import write_demo

    _report(write_demo(output), quiet=quiet)


cli.add_command(evaluate_command)
cli.add_command(train_command)
