"""Settlements of Nigeria from the package safesignal-geo, which has them from OpenStreetMap."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING, Final

from geomap.errors import GazetteerError
from geomap.gazetteer.sources.files import open_bounded
from geomap.gazetteer.sources.packages import bundled_file
from geomap.gazetteer.sources.place import SourcePlace
from geomap.gazetteer.sources.values import clean_name, read_degrees

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from geomap.gazetteer.sources.faults import FileReport
    from geomap.gazetteer.sources.packages import KnownUnits

__all__ = ["read_places"]

_PACKAGE: Final = "safesignal_geo"
_FILE: Final = ("data", "nigeria_v0.2.csv")
_MOST_BYTES: Final = 256 << 20
_COLUMNS: Final = frozenset(
    "id canonical_name aliases type lat lng admin_state admin_lga popularity license".split()
)
#: rows under this licence are OpenStreetMap's; the package has a few others, with other licences
_LICENCE: Final = "ODbL"
_SETTLEMENT: Final = "settlement"
#: what the package does not know the state of
_NO_STATE: Final = "Unknown"
#: a row's popularity stands for its kind in OpenStreetMap: from this popularity on, so many people are assumed
_SIZES: Final = ((130, 20_000), (80, 5_000), (20, 800), (1, 200))


def read_places(report: FileReport, _units: KnownUnits) -> Iterator[SourcePlace]:
    """Yield the settlements of the package.

    Raises:
        GazetteerError: Its file is not there, or is none that can be read.
    """
    path = bundled_file(_PACKAGE, *_FILE)
    with open_bounded(path, _MOST_BYTES) as raw:
        rows = csv.DictReader(io.TextIOWrapper(raw, encoding="utf-8", newline=""))
        try:
            if not _COLUMNS.issubset(rows.fieldnames or ()):
                raise GazetteerError(
                    f"{path}: expected the columns of safesignal-geo 0.2, got {rows.fieldnames}; install the package "
                    "again, or uninstall it"
                )
            for row in rows:
                if row["type"] == _SETTLEMENT and row["license"] == _LICENCE:
                    yield from _read_row(row, report)
        except (UnicodeDecodeError, csv.Error) as err:
            raise GazetteerError(
                f"{path}: expected a table in UTF-8: {err}; install the package again, or uninstall it"
            ) from err


def _read_row(row: Mapping[str, str], report: FileReport) -> Iterator[SourcePlace]:
    """Yield the place of a row; nothing for one that cannot be read, or of which nothing is known but its name."""
    report.rows += 1
    try:
        popularity = int(row["popularity"])
        size = next((people for least, people in _SIZES if popularity >= least), None)
        if size is not None:
            yield _to_place(row, size)
            return
    except (KeyError, TypeError, ValueError):
        pass
    report.skipped += 1


def _to_place(row: Mapping[str, str], size: int) -> SourcePlace:
    """Return the place of a row.

    Raises:
        ValueError: A cell cannot be read.
    """
    name = clean_name(row["canonical_name"])
    if not (name and row["id"]):
        raise ValueError("expected a name and an id")
    others = dict.fromkeys(clean_name(alias) for alias in row["aliases"].split(";"))
    state = row["admin_state"]
    return SourcePlace(
        id=f"safesignal-geo:{row['id']}",
        name=name,
        names=tuple(("und", other) for other in others if other and other != name.lower()),
        lat=read_degrees(row["lat"], 90.0, "a latitude"),
        lon=read_degrees(row["lng"], 180.0, "a longitude"),
        feature="PPL",
        country="NG",
        admin1="" if state == _NO_STATE else clean_name(state),
        admin2=clean_name(row["admin_lga"]),
        size=size,
        source="package:safesignal-geo",
        is_loose=True,
    )
