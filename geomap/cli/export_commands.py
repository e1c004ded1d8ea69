"""The commands that write mentions: ``mentions`` for tables in pipes and scripts, ``export`` for everything else.

``mentions`` is the twin of ``export`` that writes tables alone: JSON lines on standard output without a word, no geometry,
no option of a format, and ``--spans``. What depends on it keeps working when formats are added.
"""

from __future__ import annotations

import itertools
from dataclasses import fields
from typing import TYPE_CHECKING, Any

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
from geomap.export.formats import (
    FORMATS,
    TABLE_FORMATS,
    ExportOptions,
    find_format,
    is_database,
    suffixes_of,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

__all__ = ["export_command", "mentions_command"]


def _format_options() -> list[Any]:
    """Return the command line's options for those of the formats."""
    made = []
    for option in fields(ExportOptions):
        about, flag = option.metadata, ExportOptions.flag_of(option.name)
        users = ", ".join(found.name for found in FORMATS if option.name in found.options)
        settings: dict[str, Any] = {"default": option.default, "help": f"{about['doc']}  ({users})"}
        if isinstance(option.default, bool):
            settings["is_flag"] = True
        elif about["choices"]:
            settings["type"] = click.Choice(about["choices"])
        elif about["metavar"]:
            settings["metavar"] = about["metavar"]
        if users:
            made.append(click.option(flag, option.name, **settings))
    return made


def _take_export_options(options: dict[str, Any]) -> ExportOptions:
    """Return the options of the format; takes them out of the rest."""
    names = [option.name for option in fields(ExportOptions) if option.name in options]
    return ExportOptions(**{name: options.pop(name) for name in names})


@click.command("mentions")
@output_option(
    default="-",
    help=f"The table to write: {suffixes_of(TABLE_FORMATS)}; - for JSON lines on standard output.  "
    "[default: -]",
)
@click.option(
    "--spans", is_flag=True, help="Resolve the spans in each record instead of recognising names."
)
@give_options(*READING_OPTIONS, *SELECTION_OPTIONS, gazetteer_option)
def mentions_command(*, inputs: tuple[str, ...], output: str, quiet: bool, **options: Any) -> None:
    """Write one row for each mention of a place: tables alone, see export for the rest."""
    from geomap.pipeline import export_articles

    find_format(output, TABLE_FORMATS)
    report = export_articles(
        inputs,
        output,
        reading_of(options, output),
        progress=progress_of(quiet=quiet),
        watch=watch_of(quiet=quiet),
    )
    report_run(report, quiet=quiet)


_FILES = suffixes_of({found.suffixes[0]: found for found in FORMATS if found.suffixes})
_DATABASES = ", ".join(f"{scheme}://…" for found in FORMATS for scheme in found.schemes)


class _Export(click.Command):
    """A command whose ``--to`` is a database where it is a URL, else the last day of the selection."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Read the words of the command."""
        return super().parse_args(ctx, list(_name_databases(args)))


def _name_databases(args: Iterable[str]) -> Iterator[str]:
    """Yield words, in which ``--to`` before a URL names a database.

    >>> list(_name_databases(["--to", "2016-12-31", "--to=sqlite:///a.sqlite", "--to", "duckdb:///b"]))
    ['--to', '2016-12-31', '--database=sqlite:///a.sqlite', '--database', 'duckdb:///b']
    """
    words = list(args)
    for word, following in itertools.zip_longest(words, words[1:], fillvalue=""):
        if word.startswith("--to=") and is_database(word):
            yield word.replace("--to=", "--database=", 1)
        elif word == "--to" and is_database(following):
            yield "--database"
        else:
            yield word


@click.command("export", cls=_Export)
@output_option(
    help=f"The file to write: {_FILES}; - for standard output. Or a database to add to, then also as --to URL: "
    f"{_DATABASES}."
)
@click.option("--database", "database", hidden=True)
@click.option(
    "--format",
    "choice",
    type=click.Choice([found.name for found in FORMATS if found.suffixes]),
    help="The format, where the name of the file does not tell it; for standard output.  [default there: jsonl]",
)
@give_options(*_format_options())
@give_options(*READING_OPTIONS, *SELECTION_OPTIONS, gazetteer_option)
def export_command(
    *, inputs: tuple[str, ...], output: str | None, choice: str | None, quiet: bool, **options: Any
) -> None:
    """Write the mentions for a GIS, a spreadsheet or a database.

    docs/FORMATS.md says what each format is for, and what it cannot hold.
    """
    from geomap.pipeline import export_articles

    target = _target_of(output, options.pop("database", None))
    report = export_articles(
        inputs,
        target,
        format=choice,
        options=_take_export_options(options),
        reading=reading_of(options, target),
        progress=progress_of(quiet=quiet),
        watch=watch_of(quiet=quiet),
    )
    report_run(report, quiet=quiet)


def _target_of(output: str | None, database: str | None) -> str:
    """Return where to write: the file or the database, of which one is named."""
    if output is None and database is None:
        raise click.UsageError(
            "Missing option '-o': name a file to write, or a database with --to URL."
        )
    if output is not None and database is not None:
        raise click.UsageError("-o and --to are two targets: name one.")
    return output or database or ""
