"""The options that commands share, and the values that they become."""

from __future__ import annotations

import dataclasses
import datetime as dt
from dataclasses import fields
from typing import TYPE_CHECKING, Any, Final

import click

from geomap.run_options import ReadOptions
from geomap.runtime.terminal import readable, say
from geomap.webmap.settings import PageOptions

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from geomap.pipeline import Progress, RunReport
    from geomap.stories.find import Watch

__all__ = [
    "MAP_OPTIONS",
    "PAGE_OPTIONS",
    "READING_OPTIONS",
    "give_options",
    "output_option",
    "page_of",
    "progress_of",
    "reading_of",
    "report_run",
    "watch_of",
]


def _read_text(_ctx: click.Context, _param: click.Parameter, text: str | None) -> str | None:
    return None if text is None else readable(text)


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


def _reading_option(name: str, default: object, about: Mapping[str, Any]) -> Any:
    """Return the option of one field of :class:`geomap.ReadOptions`."""
    settings: dict[str, Any] = {"help": about["doc"], "default": default}
    if "metavar" in about:
        settings["metavar"] = about["metavar"]
    match about["value"]:
        case "switch" if not about["words"]:
            settings["is_flag"] = True
        case "count":
            settings |= {"type": click.IntRange(1, about["most"]), "show_default": True}
        case "pairs":
            settings |= {"multiple": True, "default": (), "callback": _read_columns}
        case "files":
            settings |= {"multiple": True}
        case "day":
            settings["callback"] = _read_day
    if about.get("shown"):
        settings["show_default"] = True
    return click.option(*(about["words"] or (f"--{name.replace('_', '-')}",)), name, **settings)


READING_OPTIONS: Final = (
    click.argument("inputs", nargs=-1, required=True, metavar="INPUT..."),
    *(
        _reading_option(option.name, option.default, option.metadata)
        for option in fields(ReadOptions)
        if option.metadata
    ),
    click.option("--quiet", is_flag=True, help="Say nothing on standard error but errors."),
)


def give_options(*options: Any) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Return what gives a command some options, in this order."""

    def give(command: Callable[..., None]) -> Callable[..., None]:
        for option in reversed(options):
            command = option(command)
        return command

    return give


def _page_option(field: dataclasses.Field[Any]) -> Callable[[Any], Any]:
    """The option of the command line that an option of the page is."""
    how = dict(field.metadata)
    settings: dict[str, Any] = {"default": field.default, "help": how.pop("help")}
    if how.pop("cleaned", False):
        settings["callback"] = _read_text
    if field.name == "center":
        settings["callback"] = _read_center
    if "choices" in how:
        settings["type"] = click.Choice(how.pop("choices"))
    if "bounds" in how:
        settings["type"] = click.FloatRange(*how.pop("bounds"))
    if isinstance(field.default, bool):
        settings["is_flag"] = True
    return click.option(f"--{how.pop('flag', field.name)}", field.name, **settings, **how)


_PAGE_FIELDS: Final = {
    field.name: field for field in dataclasses.fields(PageOptions) if "help" in field.metadata
}
MAP_OPTIONS: Final = tuple(map(_page_option, _PAGE_FIELDS.values()))
#: those that every page has
PAGE_OPTIONS: Final = tuple(_page_option(_PAGE_FIELDS[name]) for name in ("lang", "theme"))


def page_of(options: dict[str, Any]) -> PageOptions:
    """Return how a page looks; takes the options that say so out of the rest."""
    return PageOptions(**{name: options.pop(name) for name in _PAGE_FIELDS})


def output_option(**settings: Any) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Return the option that names the output."""
    return click.option("-o", "--output", metavar="FILE", **settings)


def reading_of(options: dict[str, Any], output: str) -> ReadOptions:
    """Return how articles are read; takes the options that say so out of the rest."""
    from geomap.cli.selecting import selection_of
    from geomap.corrections import read_corrections
    from geomap.export.targets import check_target

    corrections, selection = options.pop("corrections"), selection_of(options)
    check_target(output, files=[*corrections, *filter(None, [selection.within])])
    return ReadOptions(
        selection=selection,
        corrections=read_corrections(*corrections),
        **options,
    )


def progress_of(*, quiet: bool) -> Progress | None:
    """Return what shows progress over articles, or None."""
    from geomap.cli.progress import show_progress

    return None if quiet else show_progress


def watch_of(*, quiet: bool) -> Watch | None:
    """Return what shows progress over the work before, or None."""
    from geomap.cli.progress import show_work

    return None if quiet else show_work


def report_run(report: RunReport, *, quiet: bool) -> None:
    """Say on standard error what a run did."""
    from geomap.cli.wording import describe_run

    if not quiet:
        for line in (*report.corrections.lines(), *describe_run(report)):
            say(line)
