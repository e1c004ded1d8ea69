"""The commands of the gazetteer: ``geomap gazetteer info, search, show, build, check, install, list, use, remove``."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from geomap.errors import GazetteerError, InputError
from geomap.runtime.terminal import readable, say, write_json, write_line

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geomap.gazetteer.lookup import Gazetteer

__all__ = ["gazetteer_group", "gazetteer_option"]


def gazetteer_option(command: Any) -> Any:
    """Add the option that says which gazetteer names are looked up in."""
    return click.option(
        "--gazetteer",
        metavar="NAME-OR-PATH",
        help="Look names up in this gazetteer: a name of “geomap gazetteer list”, or an index folder.  "
        "[default: the one in use]",
    )(command)


def _open(gazetteer: str | None) -> Gazetteer:
    from geomap.gazetteer import open_gazetteer

    return open_gazetteer(gazetteer)


@click.group("gazetteer")
def gazetteer_group() -> None:
    """Look into gazetteers, build them of your own places, install them."""


@gazetteer_group.command("info")
@gazetteer_option
def info_command(*, gazetteer: str | None) -> None:
    """Say what a gazetteer holds, what it was made from, and where it lies."""
    from geomap.cli.gazetteer_wording import describe_gazetteer, describe_packages
    from geomap.gazetteer.sources.registry import installed_packages

    facts = _open(gazetteer).info()
    for line in (*describe_gazetteer(facts), *describe_packages(facts, installed_packages())):
        write_line(line)


def _split(_ctx: click.Context, _param: click.Parameter, value: str | None) -> frozenset[str]:
    """Read codes that are joined by commas."""
    return frozenset(code.strip().upper() for code in (value or "").split(",") if code.strip())


def _read_countries(
    ctx: click.Context, param: click.Parameter, value: str | None
) -> frozenset[str]:
    codes = _split(ctx, param, value)
    for code in sorted(codes):
        if not (len(code) == 2 and code.isascii() and code.isalpha()):
            raise click.BadParameter(f"expected two-letter ISO codes such as SD,TD, got {code!r}")
    return codes


def _read_classes(ctx: click.Context, param: click.Parameter, value: str | None) -> frozenset[str]:
    classes = _split(ctx, param, value)
    unknown = sorted(classes - frozenset("AHLPRSTUV"))
    if unknown:
        raise click.BadParameter(
            f"expected GeoNames' feature classes, letters of AHLPRSTUV such as A,P, got {', '.join(unknown)}"
        )
    return classes


def _read_near(
    _ctx: click.Context, _param: click.Parameter, value: str | None
) -> tuple[float, float, float] | None:
    if value is None:
        return None
    try:
        lat, lon, km = map(float, value.split(","))
    except ValueError:
        raise click.BadParameter(
            f"expected LAT,LON,KM, for instance 13.6,25.3,100, got {value!r}"
        ) from None
    if not (-90 <= lat <= 90 and -180 <= lon <= 180 and 0 < km <= 20_040):
        raise click.BadParameter(f"expected degrees and kilometres in their ranges, got {value!r}")
    return lat, lon, km


@gazetteer_group.command("search")
@click.argument("name")
@click.option(
    "--limit",
    type=click.IntRange(1),
    default=10,
    show_default=True,
    help="The number of places to list.",
)
@click.option(
    "--country",
    "countries",
    metavar="CODE,…",
    callback=_read_countries,
    help="Only places in these countries (ISO codes).",
)
@click.option(
    "--near", metavar="LAT,LON,KM", callback=_read_near, help="Only places so near to a point."
)
@click.option(
    "--fuzzy", is_flag=True, help="Find names with a slip or in another spelling as well."
)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object a place.")
@gazetteer_option
def search_command(
    *,
    name: str,
    limit: int,
    countries: frozenset[str],
    near: tuple[float, float, float] | None,
    fuzzy: bool,
    as_json: bool,
    gazetteer: str | None,
) -> None:
    """List the places that a name can mean, best known first."""
    from geomap.cli.gazetteer_wording import describe_places
    from geomap.gazetteer.search import search_places

    name = readable(name)
    found = search_places(
        _open(gazetteer), name, countries=countries, near=near, fuzzy=fuzzy, limit=limit
    )
    if not found:
        more = "" if fuzzy else " or --fuzzy"
        where = " in these countries" * bool(countries) + " so near to this point" * bool(near)
        raise InputError(
            f"the gazetteer knows no place called {name[:80]!r}{where}; try another spelling{more}"
        )
    if as_json:
        for match in found:
            write_json(match.to_record())
        return
    for line in describe_places(found):
        write_line(line)


@gazetteer_group.command("show")
@click.argument("place_id", metavar="ID")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
@gazetteer_option
def show_command(*, place_id: str, as_json: bool, gazetteer: str | None) -> None:
    """Print all that is known of a place, with its sources."""
    from geomap.cli.gazetteer_wording import describe_place
    from geomap.gazetteer.search import show_place

    shown = show_place(_open(gazetteer), readable(place_id))
    if as_json:
        write_json(shown, indent=2)
        return
    for line in describe_place(shown):
        write_line(line)


@gazetteer_group.command("build")
@click.option(
    "-o",
    "--output",
    required=True,
    metavar="NAME-OR-FOLDER",
    help="A name to keep it under, or the folder to write.",
)
@click.option(
    "--geonames",
    multiple=True,
    metavar="PATH",
    type=click.Path(path_type=Path),
    help="GeoNames' dump files, or a folder of them (repeatable).",
)
@click.option(
    "--countries",
    metavar="CODE,…",
    callback=_read_countries,
    help="Of GeoNames only these countries (ISO codes).",
)
@click.option(
    "--classes",
    metavar="LETTER,…",
    callback=_read_classes,
    help="Of GeoNames only these feature classes (A units, P towns …).",
)
@click.option(
    "--add",
    multiple=True,
    metavar="FILE",
    type=click.Path(path_type=Path),
    help="Your own places: .csv, .tsv or .geojson (repeatable).",
)
@click.option(
    "--override",
    metavar="FILE",
    type=click.Path(path_type=Path),
    help="Corrections of places by id: a .csv whose filled cells replace.",
)
@click.option("--no-embedded", is_flag=True, help="Leave geomap's own places out.")
@click.option(
    "--use", is_flag=True, help="Let every command use it from now on (only with a name)."
)
@click.option("--quiet", is_flag=True, help="Say nothing on standard error but errors.")
def build_command(
    *,
    output: str,
    geonames: tuple[Path, ...],
    countries: frozenset[str],
    classes: frozenset[str],
    add: tuple[Path, ...],
    override: Path | None,
    no_embedded: bool,
    use: bool,
    quiet: bool,
) -> None:
    """Compile a gazetteer of geomap's places, GeoNames and your own."""
    from geomap.cli.gazetteer_wording import describe_build
    from geomap.gazetteer import compose, homes, opening

    target = homes.new_gazetteer_path(output)
    is_named = target.parent == homes.gazetteer_home()
    if use and not is_named:
        raise InputError(
            f"--use goes with a name to keep the gazetteer under, got the path {output!r}"
        )
    recipe = compose.Recipe(
        geonames=geonames,
        countries=countries,
        classes=classes,
        add=add,
        override=override,
        embedded=not no_embedded,
    )
    report = compose.build_gazetteer(
        target,
        recipe,
        command=_own_command(),
        title=output if is_named else target.name,
        progress=opening.progress_bar("compiling the gazetteer", wanted=not quiet),
    )
    if use:
        homes.use_gazetteer(output)
    if not quiet:
        for line in describe_build(report, target, in_use=use, name=output if is_named else None):
            say(line)


def _own_command() -> str:
    """Return the command that is running, to be kept with what it makes."""
    import shlex

    return shlex.join(["geomap", *sys.argv[1:]])


#: countries that stand in the name of a gazetteer without a --name
_NAMED_COUNTRIES = 15


@gazetteer_group.group("install")
def install_group() -> None:
    """Download a gazetteer, compile it, and use it from then on."""


@install_group.command("geonames")
@click.option(
    "--countries",
    metavar="CODE,…",
    callback=_read_countries,
    help="The countries that you want (ISO codes).",
)
@click.option("--all", "everything", is_flag=True, help="The whole world: some 12 million places.")
@click.option("--name", help="What to keep it under.  [default: geonames, or geonames-SD-SS …]")
@click.option(
    "--add",
    multiple=True,
    metavar="FILE",
    type=click.Path(path_type=Path),
    help="Your own places as well (repeatable).",
)
@click.option("--no-use", is_flag=True, help="Do not let every command use it.")
@click.option("--quiet", is_flag=True, help="Say nothing on standard error but errors.")
def install_geonames_command(
    *,
    countries: frozenset[str],
    everything: bool,
    name: str | None,
    add: tuple[Path, ...],
    no_use: bool,
    quiet: bool,
) -> None:
    """Download GeoNames' places of some countries, or of all, and compile them with geomap's own.

    A download that was cut off goes on where it stopped.
    """
    from geomap.cli.gazetteer_wording import describe_build
    from geomap.gazetteer import checking, compose, homes, install, opening

    if bool(countries) == everything:
        raise InputError("expected either --countries SD,SS,TD or --all")
    if not name and len(countries) > _NAMED_COUNTRIES:
        raise InputError(f"expected a --name for the gazetteer of {len(countries)} countries")
    chosen = name or "-".join(["geonames", *sorted(countries)])
    target = homes.new_gazetteer_path(chosen)
    if target.parent != homes.gazetteer_home():
        raise InputError(
            f"expected a name of letters, digits and hyphens for --name, got {chosen!r}"
        )
    for path in add:  # before anything is downloaded
        checking.check_places(path).raise_faults()
    download = install.download_geonames(
        sorted(countries),
        say=(lambda _line: None) if quiet else say,
        progress=opening.download_bar(wanted=not quiet),
    )
    report = compose.build_gazetteer(
        target,
        compose.Recipe(geonames=download.files, countries=countries, add=add),
        command=_own_command(),
        title=chosen,
        progress=opening.progress_bar("compiling the gazetteer", wanted=not quiet),
    )
    if not no_use:
        homes.use_gazetteer(chosen)
    if not quiet:
        for line in (
            *download.notes,
            *describe_build(report, target, in_use=not no_use, name=chosen),
        ):
            say(line)


@gazetteer_group.command("check")
@click.argument("paths", nargs=-1, metavar="[FILE-OR-GAZETTEER]…")
def check_command(*, paths: Sequence[str]) -> None:
    """Check files of your own places, or the files of gazetteers, without building anything.

    Without an argument the gazetteer in use is checked.
    """
    from geomap.cli.gazetteer_wording import describe_file
    from geomap.gazetteer.checking import check_gazetteer, check_places

    faulty = 0
    for path in paths or (None,):
        if path is None or not Path(path).is_file():
            write_line(check_gazetteer(path))
            continue
        try:
            report = check_places(Path(path))
        except GazetteerError as err:  # the other files are checked all the same
            write_line(str(err))
            faulty += 1
            continue
        for line in describe_file(report):
            write_line(line)
        faulty += bool(report.faults)
    if faulty:
        raise InputError(f"{faulty} of {len(paths)} files have faults; mend what is listed above")


@gazetteer_group.command("suggest")
@click.argument("inputs", nargs=-1, required=True, metavar="ARTICLES...")
@click.option(
    "-o",
    "--output",
    metavar="FILE",
    default="-",
    show_default=True,
    help="The table to write (.csv).",
)
@click.option(
    "--least",
    type=click.IntRange(1),
    default=1,
    show_default=True,
    help="How often a name must come to be listed.",
)
@click.option("--quiet", is_flag=True, help="Say nothing on standard error but errors.")
@gazetteer_option
def suggest_command(
    *, inputs: tuple[str, ...], output: str, least: int, quiet: bool, gazetteer: str | None
) -> None:
    """List the names in articles that look like places and that no gazetteer knows.

    Fill in lat and lon of those that you know: the table is what “geomap gazetteer build --add” reads.
    """
    from geomap.cli.progress import show_progress
    from geomap.export.targets import check_target
    from geomap.geoparser import Geoparser
    from geomap.pipeline import Reading, RunReport, read_mentions
    from geomap.suggest import suggest_places, write_suggestions

    check_target(output, inputs=inputs)
    geoparser = Geoparser(gazetteer)
    report = RunReport()
    records = read_mentions(
        inputs,
        Reading(stories=False),
        geoparser=geoparser,
        report=report,
        progress=None if quiet else show_progress,
    )
    found = suggest_places(records, geoparser.gazetteer, least=least)
    write_suggestions(found, output)
    if not quiet:
        mentions = sum(item.count for item in found)
        say(f"{report.articles:,} articles, {len(found):,} unknown names in {mentions:,} mentions")
        if output != "-":
            say(
                f"wrote {output}; fill in lat and lon, then: geomap gazetteer build -o NAME --add {output} --use"
            )


@gazetteer_group.command("list")
def list_command() -> None:
    """List the gazetteers that are kept by name; the one in use is marked."""
    from geomap.cli.gazetteer_wording import describe_installed
    from geomap.gazetteer import homes

    for line in describe_installed(homes.list_gazetteers(), in_use=homes.default_name()):
        write_line(line)


@gazetteer_group.command("use")
@click.argument("name")
def use_command(*, name: str) -> None:
    """Let every command use a gazetteer from now on; “embedded” is the one that comes with geomap."""
    from geomap.gazetteer import homes

    homes.use_gazetteer(name)
    say(f"{name} is used from now on")


@gazetteer_group.command("remove")
@click.argument("name")
@click.confirmation_option("--yes", prompt="Delete this gazetteer?")
def remove_command(*, name: str) -> None:
    """Delete a gazetteer that is kept by name."""
    from geomap.cli.gazetteer_wording import format_size
    from geomap.gazetteer import homes

    freed = homes.remove_gazetteer(name)
    say(f"{name} is deleted ({format_size(freed)})")
