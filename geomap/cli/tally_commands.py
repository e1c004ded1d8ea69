"""The command that counts: ``geomap tally``."""

from __future__ import annotations

from typing import Any

import click

from geomap.cli.gazetteer_commands import gazetteer_option
from geomap.cli.options import (
    READING_OPTIONS,
    give_options,
    output_option,
    progress_of,
    reading_of,
    report_run,
    watch_of,
)
from geomap.cli.selecting import SELECTION_OPTIONS
from geomap.export.formats import TALLY_FORMATS, suffixes_of
from geomap.periods import PERIODS

__all__ = ["tally_command"]

_KEYS = "place, article, date, country, admin1, admin2, source, story, kind"


def _files(*, is_table: bool) -> str:
    """Return the endings of the tables, or of the files for a GIS."""
    return suffixes_of({s: f for s, f in TALLY_FORMATS.items() if f.is_table is is_table})


@click.command("tally")
@output_option(
    default="-",
    help=f"The file to write: a table ({_files(is_table=True)}), or outlines and points with counts ({_files(is_table=False)}); "
    "- for CSV on standard output.  [default: -]",
)
@click.option(
    "--by",
    multiple=True,
    metavar="KEY[,KEY…]",
    help=f"Count by these, one within the other: {_KEYS}.  [default: place; with --period nothing else]",
)
@click.option(
    "--period",
    type=click.Choice(PERIODS),
    help="Count by periods as well; a week is one of ISO 8601 (2018-W05).",
)
@click.option(
    "--vague",
    type=click.Choice(["apart", "spread", "first"]),
    default="apart",
    show_default=True,
    help="Dates that may lie in several periods, such as months in weeks: in rows of their own, spread over the periods by "
    "their days, or in the first one.",
)
@click.option("--wide", is_flag=True, help="A column for each period, for spreadsheets.")
@click.option(
    "--count",
    type=click.Choice(["mentions", "articles", "stories"]),
    default="mentions",
    show_default=True,
    help="What the columns of --wide count.",
)
@give_options(*READING_OPTIONS, *SELECTION_OPTIONS, gazetteer_option)
def tally_command(
    *,
    inputs: tuple[str, ...],
    output: str,
    by: tuple[str, ...],
    period: Any,
    vague: Any,
    wide: bool,
    count: Any,
    quiet: bool,
    **options: Any,
) -> None:
    """Count mentions, articles and stories by place, unit, source, date, and by periods.

    Each row has the number of mentions, of articles and of stories, the first and last date, and the share of all
    mentions (of its period). --time told counts by the time that sentences tell.
    """
    from geomap.tallying import tally_inputs

    report = tally_inputs(
        inputs,
        output,
        reading_of(options, output),
        by=by or None,
        period=period,
        vague=vague,
        wide=wide,
        count=count,
        progress=progress_of(quiet=quiet),
        watch=watch_of(quiet=quiet),
    )
    report_run(report, quiet=quiet)
