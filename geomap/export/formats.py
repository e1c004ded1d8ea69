"""The table of formats: what mentions can be written to.

A newcomer adds a format here: a row says by which endings or which kind of database it is known, which function
writes it, and what that needs. Help, messages, ``geomap mentions``' tables and docs/FORMATS.md derive from it. Nothing
heavy is imported: a writer is, when it is used.
"""

from __future__ import annotations

import importlib
import importlib.util
from dataclasses import dataclass, field, fields
from typing import IO, TYPE_CHECKING, Any, Final, Literal

from geomap.errors import InputError, OutputError
from geomap.runtime.atomic import STDOUT
from geomap.runtime.expecting import expect_path

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from pathlib import Path

    import pandas as pd

__all__ = [
    "FORMATS",
    "GIS_FORMATS",
    "TABLE_FORMATS",
    "TALLY_FORMATS",
    "ExportOptions",
    "Format",
    "GeometryChoice",
    "by_suffix",
    "call_options",
    "check_options",
    "find_format",
    "is_database",
    "suffixes_of",
]

#: the point of the place; what the text describes ("30 km north of it") where it does, else the point; one of each
GeometryChoice = Literal["place", "described", "both"]


def _about(
    doc: str, *, choices: tuple[str, ...] = (), metavar: str = "", flag: str = ""
) -> dict[str, Any]:
    """Return what the command line says of an option: its help, its choices, its name where that differs."""
    return {"doc": doc, "choices": choices, "metavar": metavar, "flag": flag}


@dataclass(frozen=True, slots=True, kw_only=True)
class ExportOptions:
    """How mentions are written, where their format has a choice; the options of ``geomap export`` derive from it.

    None is what the format does by itself. :func:`geomap.export.write_mentions` refuses an option that the format does
    not have.

    >>> ExportOptions(geometry="both").geometry
    'both'
    """

    geometry: GeometryChoice | None = field(
        default=None,
        metadata=_about(
            "The geometry: the point of the place; what the text describes (“30 km north of Idlib”), where it does, else the "
            "point; or a feature for each.  [default: described; place, where what is described has layers of its own]",
            choices=("place", "described", "both"),
        ),
    )
    located: bool = field(
        default=False, metadata=_about("Leave out mentions that have no geometry.")
    )
    bom: bool = field(
        default=False,
        metadata=_about(
            "Begin with a byte order mark, from which Excel knows that a CSV file is UTF-8."
        ),
    )
    period: Literal["day", "week", "month", "quarter", "year"] | None = field(
        default=None,
        metadata=_about(
            "The steps by which places are counted in the layer of counts over time.  [default: month]",
            choices=("day", "week", "month", "quarter", "year"),
        ),
    )
    qgis: str | Path | None = field(
        default=None,
        metadata=_about(
            "Write a project for QGIS (.qgz or .qgs) beside it, with a base map and the range of time.",
            metavar="FILE",
        ),
    )
    table: str | None = field(
        default=None,
        metadata=_about("The table of the database.  [default: mentions]", metavar="[SCHEMA.]NAME"),
    )
    version: str | None = field(
        default=None,
        metadata=_about(
            "The version of what is written: rows of other versions stay as they are.  [default: geomap's own]",
            metavar="TEXT",
            flag="--as-version",
        ),
    )
    prune: bool = field(
        default=False,
        metadata=_about(
            "Remove the rows of the same articles and version that are not among those written."
        ),
    )

    @classmethod
    def flag_of(cls, name: str) -> str:
        """Return how the command line calls an option."""
        (about,) = (option.metadata for option in fields(cls) if option.name == name)
        return str(about["flag"]) or f"--{name.replace('_', '-')}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Format:
    """One format.

    Attributes:
        name: What ``--format`` calls it.
        doc: One line: what it is, and for whom.
        writer: The function that writes it, as ``module:function``: it takes the mentions (records or a mention table)
            and the target, and the options by name; it returns how many mentions it wrote.
        tally: The function that writes a tally, as ``module:function``: it takes the tally and the open file; "" where
            there is none.
        suffixes: The endings of its files, the usual one first.
        schemes: Of a database: how URLs begin that lead to it.
        extra: The extra of geomap that brings what it needs; "" where it needs nothing more.
        packages: What is imported from that extra.
        options: The fields of :class:`ExportOptions` that it understands.
        layers: The layers that it holds, where it holds several.
        streams: Whether mentions are written as they come; else all of them are held in memory.
        is_table: Whether it is a table of mentions without geometry, as ``geomap mentions`` writes.
        to_stdout: Whether it can go to standard output.
        limits: What it cannot hold, in one line.
    """

    name: str
    doc: str
    writer: str
    tally: str = ""
    suffixes: tuple[str, ...] = ()
    schemes: tuple[str, ...] = ()
    extra: str = ""
    packages: tuple[str, ...] = ()
    options: frozenset[str] = frozenset()
    layers: tuple[str, ...] = ()
    streams: bool = False
    is_table: bool = False
    to_stdout: bool = True
    limits: str = ""

    def missing(self) -> tuple[str, ...]:
        """Return the packages that it needs and that are not installed."""
        return tuple(name for name in self.packages if importlib.util.find_spec(name) is None)

    def check(self) -> None:
        """Make sure that what it needs is installed.

        Raises:
            OutputError: Something is missing; the message has the command that installs it.
        """
        if missing := self.missing():
            plain = sorted(f.suffixes[0] for f in FORMATS if f.is_table and not f.extra)
            raise OutputError(
                f"{self.title} needs {' and '.join(missing)}, which {'is' if len(missing) == 1 else 'are'} not "
                f"installed: pip install 'geomap[{self.extra}]', or choose {' or '.join(plain)}"
            )

    @property
    def title(self) -> str:
        """What it is called: the beginning of its line."""
        return self.doc.partition(":")[0]

    def load(self) -> Callable[..., int]:
        """Return the function that writes it."""
        writer: Callable[..., int] = _load(self.writer)
        return writer

    def load_tally(self) -> Callable[[pd.DataFrame, IO[bytes]], None]:
        """Return the function that writes a tally."""
        writer: Callable[[pd.DataFrame, IO[bytes]], None] = _load(self.tally)
        return writer


def _load(name: str) -> Any:
    module, _, function = name.partition(":")
    return getattr(importlib.import_module(module), function)


_ROOM: Final = "geomap.export"
_TALLIES: Final = f"{_ROOM}.tally_files"
_DATABASE: Final = frozenset({"located", "table", "version", "prune"})
_GEOMETRY: Final = frozenset({"geometry", "located"})
#: every format that geomap writes; the first one is what goes to standard output where nothing else is asked for
FORMATS: Final = (
    Format(
        name="jsonl",
        doc="JSON lines: one record a line, for pipes and scripts",
        writer=f"{_ROOM}.jsonl:write_jsonl",
        tally=f"{_TALLIES}:write_tally_jsonl",
        suffixes=(".jsonl",),
        streams=True,
        is_table=True,
    ),
    Format(
        name="csv",
        doc="CSV: UTF-8, RFC 4180, no cell is a formula; for spreadsheets and scripts",
        writer=f"{_ROOM}.csv:write_csv",
        tally=f"{_TALLIES}:write_tally_csv",
        suffixes=(".csv",),
        options=frozenset({"bom"}),
        streams=True,
        is_table=True,
        limits="no types; empty and missing text are the same; text that begins like a formula gets an apostrophe",
    ),
    Format(
        name="tsv",
        doc="TSV: as CSV, with tabs between the cells; for scripts",
        writer=f"{_ROOM}.csv:write_tsv",
        tally=f"{_TALLIES}:write_tally_tsv",
        suffixes=(".tsv",),
        options=frozenset({"bom"}),
        streams=True,
        is_table=True,
        limits="as CSV",
    ),
    Format(
        name="parquet",
        doc="Parquet: typed and compressed columns, for pandas, Arrow and DuckDB",
        writer=f"{_ROOM}.parquet:write_parquet",
        tally=f"{_TALLIES}:write_tally_parquet",
        suffixes=(".parquet",),
        extra="parquet",
        packages=("pyarrow",),
        streams=True,
        is_table=True,
    ),
    Format(
        name="excel",
        doc="Excel: a workbook with mentions, places, dates and what the columns mean; for people",
        writer=f"{_ROOM}.excel:write_excel",
        tally=f"{_ROOM}.excel:write_tally_excel",
        suffixes=(".xlsx",),
        extra="excel",
        packages=("openpyxl",),
        streams=True,
        layers=("mentions", "places", "by date", "about"),
        is_table=True,
        limits="32,767 characters a cell; what XML cannot hold is replaced",
    ),
    Format(
        name="geojson",
        doc="GeoJSON: RFC 7946, for web maps and every GIS",
        writer=f"{_ROOM}.geojson:write_geojson",
        tally=f"{_TALLIES}:write_tally_geojson",
        suffixes=(".geojson",),
        options=_GEOMETRY,
        streams=True,
        limits="no types: a program guesses them, and takes a column for text that is empty all over",
    ),
    Format(
        name="geojsonl",
        doc="GeoJSON sequence: one feature a line (.geojsonl), or RFC 8142 (.geojsons); for pipes and tiling",
        writer=f"{_ROOM}.geojson:write_geojson_sequence",
        suffixes=(".geojsonl", ".geojsons"),
        options=_GEOMETRY,
        streams=True,
        limits="no types, as GeoJSON",
    ),
    Format(
        name="geopackage",
        doc="GeoPackage: layers with styles, indexes and times, for QGIS and ArcGIS",
        writer=f"{_ROOM}.geopackage:write_geopackage",
        tally=f"{_TALLIES}:write_tally_geopackage",
        suffixes=(".gpkg",),
        extra="gis",
        packages=("pyogrio", "pyarrow"),
        streams=True,
        options=_GEOMETRY | {"period", "qgis"},
        layers=(
            "mentions",
            "undated",
            "places",
            "places_by_month",
            "described_areas",
            "described_lines",
            "units",
            "countries",
        ),
    ),
    Format(
        name="flatgeobuf",
        doc="FlatGeobuf: one typed layer with an index, for maps that load what they show",
        writer=f"{_ROOM}.flatgeobuf:write_flatgeobuf",
        tally=f"{_TALLIES}:write_tally_flatgeobuf",
        suffixes=(".fgb",),
        extra="gis",
        packages=("pyogrio", "pyarrow"),
        streams=True,
        options=_GEOMETRY,
        limits="no index where a mention has no geometry; with one, features lie in the index' order",
    ),
    Format(
        name="geoparquet",
        doc="GeoParquet: version 1.1, typed and compressed columns with geometry, for GeoPandas and DuckDB",
        writer=f"{_ROOM}.geoparquet:write_geoparquet",
        suffixes=(".geoparquet",),
        extra="gis",
        packages=("pyarrow",),
        options=_GEOMETRY,
        streams=True,
    ),
    Format(
        name="kml",
        doc="KML: placemarks with spans of time for Google Earth, plain (.kml) or packed (.kmz)",
        writer=f"{_ROOM}.kml:write_kml",
        suffixes=(".kml", ".kmz"),
        options=_GEOMETRY,
        layers=("Mentions", "Mentions without a date"),
        streams=True,
        limits="what XML cannot hold is replaced; descriptions hold 2,000 characters of a sentence",
    ),
    Format(
        name="shapefile",
        doc="Shapefile: several of them, in an archive (.shp.zip) or side by side (.shp), for older programs",
        writer=f"{_ROOM}.shapefile:write_shapefile",
        suffixes=(".shp.zip", ".shp"),
        extra="gis",
        packages=("pyogrio", "pyarrow"),
        streams=True,
        options=frozenset({"located"}),
        layers=("(mentions)", "undated", "areas", "lines", "places"),
        limits="names of 10 characters, text of 254 bytes, no times: see below",
    ),
    Format(
        name="sqlite",
        doc="SQLite: a table in a database file, to which days are added",
        writer=f"{_ROOM}.databases:write_sqlite",
        schemes=("sqlite",),
        options=_DATABASE,
        streams=True,
        to_stdout=False,
        limits="days and times are text",
    ),
    Format(
        name="duckdb",
        doc="DuckDB: a table in a database file for analysis, to which days are added",
        writer=f"{_ROOM}.databases:write_duckdb",
        schemes=("duckdb",),
        extra="duckdb",
        packages=("duckdb", "pyarrow"),
        options=_DATABASE,
        streams=True,
        to_stdout=False,
    ),
    Format(
        name="postgis",
        doc="PostGIS: a table in a PostgreSQL database with its geometries, to which days are added",
        writer=f"{_ROOM}.databases:write_postgres",
        schemes=("postgresql", "postgres"),
        extra="postgres",
        packages=("psycopg",),
        options=_DATABASE,
        streams=True,
        to_stdout=False,
        limits="zero bytes are replaced",
    ),
)


def by_suffix(formats: Iterable[Format]) -> dict[str, Format]:
    """Return formats by the endings of their files."""
    return {suffix: found for found in formats for suffix in found.suffixes}


#: what ``geomap mentions``, ``tally`` and ``export`` write, by suffix
TABLE_FORMATS: Final[Mapping[str, Format]] = by_suffix(f for f in FORMATS if f.is_table)
TALLY_FORMATS: Final[Mapping[str, Format]] = by_suffix(f for f in FORMATS if f.tally)
GIS_FORMATS: Final[Mapping[str, Format]] = by_suffix(FORMATS)


def suffixes_of(formats: Mapping[str, Format]) -> str:
    """Return endings for people.

    >>> suffixes_of({".csv": FORMATS[1], ".jsonl": FORMATS[0]})
    '.csv or .jsonl'
    """
    *others, last = sorted(formats)
    return f"{', '.join(others)} or {last}" if others else last


def is_database(target: object) -> bool:
    """Return whether a target is a database's URL, whichever.

    >>> is_database("postgresql://localhost/news"), is_database("news.csv")
    (True, False)
    """
    return isinstance(target, str) and "://" in target


def find_format(
    target: str | Path, formats: Mapping[str, Format] = GIS_FORMATS, *, choice: str | None = None
) -> Format:
    """Return the format of a target.

    Args:
        target: The file to write, ``-`` for standard output, or the URL of a database.
        formats: The formats to choose from, by suffix.
        choice: The name of the format, where the target does not tell it; None for JSON lines on standard output.

    Raises:
        OutputError: No format is called so, or what it needs is not installed; the message says what to do.

    >>> find_format("outputs/mentions.geojson").name, find_format("-").name
    ('geojson', 'jsonl')
    """
    if is_database(target) and formats is GIS_FORMATS:
        found = _find_database(str(target), choice)
    elif choice is not None or str(target) == STDOUT:
        found = _find_name(target, formats, choice or FORMATS[0].name)
    else:
        found = _find_file(target, formats)
    found.check()
    return found


def _find_database(url: str, choice: str | None) -> Format:
    scheme = url.partition("://")[0].lower()
    known = {scheme: found for found in FORMATS for scheme in found.schemes}
    if scheme not in known or choice not in (None, known[scheme].name):
        raise OutputError(
            f"cannot write to a database of the kind {scheme!r}: expected a URL that begins with one of "
            f"{', '.join(f'{name}://' for name in sorted(known))}"
        )
    return known[scheme]


def _find_name(target: str | Path, formats: Mapping[str, Format], choice: str) -> Format:
    known = {found.name: found for found in formats.values()}
    if choice not in known:
        raise OutputError(
            f"there is no format {choice!r}: expected one of {', '.join(sorted(known))}"
        )
    found = known[choice]
    if str(target) == STDOUT and not found.to_stdout:
        raise OutputError(f"{found.title} cannot go to standard output: name a file with -o")
    return found


def _find_file(target: str | Path, formats: Mapping[str, Format]) -> Format:
    name = expect_path(target, "a file's name, or -").name.lower()
    fitting = [suffix for suffix in formats if name.endswith(suffix) and len(name) > len(suffix)]
    if fitting:
        return formats[max(fitting, key=len)]
    for found in FORMATS if formats is GIS_FORMATS else ():
        for scheme in found.schemes:
            if name.endswith((f".{scheme}", ".db")) and not scheme.startswith("postgres"):
                raise OutputError(
                    f"{target}: rows are added to a database with --to {scheme}:///{target}"
                )
    raise OutputError(
        f"cannot tell the format of {str(target)!r}: expected a name that ends with one of "
        f"{', '.join(sorted(formats))}"
    )


def check_options(found: Format, options: ExportOptions) -> None:
    """Make sure that a format has the options that were set.

    Raises:
        InputError: It does not have one; the message names the formats that do.
    """
    for option in fields(options):
        value = getattr(options, option.name)
        if value == option.default:
            continue
        flag = ExportOptions.flag_of(option.name)
        if option.name not in found.options:
            others = sorted(f.name for f in FORMATS if option.name in f.options)
            raise InputError(f"{found.title} has no {flag}; these have: {', '.join(others)}")
        choices = option.metadata["choices"]
        if choices and value not in choices:
            raise InputError(f"expected {flag} as one of {', '.join(choices)}, got {value!r}")


def call_options(found: Format, options: ExportOptions) -> dict[str, Any]:
    """Return the options that were set, by the names that a writer has for them."""
    check_options(found, options)
    return {
        option.name: getattr(options, option.name)
        for option in fields(options)
        if option.name in found.options and getattr(options, option.name) != option.default
    }
