"""Check conflict.csv: its form, its duplicates, and whether each place can lie where it is said to.

    python gazetteer/build/check_conflict.py [--geonames DIR] [--outlines GPKG]

Prints every violation and a count; exits 1 if there is any. With ``--geonames`` (a folder with
GeoNames' admin1CodesASCII.txt, admin2Codes.txt and featureCodes_en.txt) the ids of units and the
feature codes are looked up; with outlines at hand, each point that is not GeoNames' own must lie
in its country and its first-level unit, or at most 10 km outside: the outlines are coarse.
"""

from __future__ import annotations

import argparse
import math
import re
import sys
from collections import Counter, defaultdict
from dataclasses import dataclass
from functools import cache, partial
from itertools import chain, combinations
from pathlib import Path
from typing import TYPE_CHECKING, Any

import shapely
from geopy.distance import geodesic
from schema import OUTLINES, PLACE_COLUMNS, TABLES, fold, read_dump, read_rows
from shapely.ops import nearest_points

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

__all__ = [
    "FEATURES",
    "SOURCES",
    "Statement",
    "bearing_deg",
    "check_duplicates",
    "check_order",
    "check_row",
    "check_statement",
    "distance_between",
    "parse_statement",
    "read_conflict",
]

Row = dict[str, str]

#: the codes this table uses, all of them GeoNames'
FEATURES = frozenset(
    """ADM1 ADM2 AIRB AIRP ANS BDG CMPRF CSTL DAM DSRT GASF INSM LAVA LK MILB MT MTS OILF OILR PLAT
    PLN PPL PPLA PPLA2 PPLA3 PPLC PPLX PRN PSTB RGN RSV SHRN STM VAL""".split()
)
SOURCES = frozenset({"geonames", "geonames+natural-earth", "geonames+settlements", "own"})
COUNTRIES = frozenset({"SY", "IQ", "TR", "LB", "JO", ""})
LANGUAGES = frozenset({"en", "ar", "ku", "tr", "abbr"})
UNITS = frozenset({"ADM1", "ADM2"})
#: all of Syria, Iraq, Lebanon, the north of Jordan and the south-east of Turkey
BOUNDS = {"lat": (29.0, 39.5), "lon": (35.0, 48.6)}
#: two rows of one name nearer than this are one place
SAME_PLACE_KM = 5.0
#: the outlines are drawn for maps of the world
OUTLINE_TOLERANCE_KM = 10.0
#: Natural Earth draws the city alone, and GeoNames' own Mahmudiya and Tarmiya lie up to 27 km outside
WIDER_TOLERANCE_KM = {("IQ", "Baghdad"): 30.0}
#: a statement names whole kilometres, as news reports do
DISTANCE_TOLERANCE_KM, DISTANCE_TOLERANCE = 3.0, 0.15
DIRECTION_TOLERANCE_DEG = 30.0
UNCONFIRMED = "; unconfirmed"
WINDS = "N NNE NE ENE E ESE SE SSE S SSW SW WSW W WNW NW NNW".split()

_ID = re.compile(r"geonames:[1-9]\d*|geomap:[a-z0-9]+(?:-[a-z0-9]+)*")
_DECIMAL = re.compile(r"-?\d{1,3}(?:\.\d{1,5})?")
_STATEMENT = re.compile(r"(?:(?P<km>\d{1,3}) km (?P<wind>[NESW]{1,3}) of|at) (?P<town>[^;]+)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """Where a place is said to lie: so many kilometres, in this direction, from that town."""

    km: float
    wind: str | None
    town: str


def read_conflict(path: Path = TABLES / "conflict.csv") -> list[Row]:
    """Read the table."""
    return read_rows(path)


def distance_between(one: Mapping[str, str], other: Mapping[str, str]) -> float:
    """Give the distance of two rows in kilometres, along the ellipsoid."""
    km: float = geodesic(_point(one), _point(other)).km
    return km


def bearing_deg(start: Mapping[str, str], end: Mapping[str, str]) -> float:
    """Give the direction from one row to another in degrees, clockwise from north."""
    (lat1, lon1), (lat2, lon2) = (map(math.radians, _point(row)) for row in (start, end))
    east = math.sin(lon2 - lon1) * math.cos(lat2)
    north = math.cos(lat1) * math.sin(lat2) - math.sin(lat1) * math.cos(lat2) * math.cos(
        lon2 - lon1
    )
    return math.degrees(math.atan2(east, north)) % 360


def parse_statement(remark: str) -> Statement | None:
    """Read the statement at the start of a remark; None if there is none.

    >>> parse_statement("4 km E of Abu Kamal; unconfirmed")
    Statement(km=4.0, wind='E', town='Abu Kamal')
    """
    match = _STATEMENT.match(remark)
    if match is None:
        return None
    return Statement(km=float(match["km"] or 0), wind=match["wind"], town=match["town"].strip())


def check_row(row: Row) -> Iterator[str]:
    """Check the cells of one row, each by itself."""
    if tuple(row) != PLACE_COLUMNS or None in row.values():
        yield f"expected the columns {PLACE_COLUMNS}, got {tuple(row)}"
        return
    if not _ID.fullmatch(row["id"]):
        yield "expected geonames:<number> or geomap:<slug> as id"
    if row["id"].startswith("geomap:") != (row["source"] == "own"):
        yield f"the source {row['source']!r} does not go with the id"
    prefix = f"geomap:{row['country'].lower()}-" if row["country"] else "geomap:"
    if row["source"] == "own" and not row["id"].startswith(prefix):
        yield "expected the country at the start of the slug"
    yield from _check_codes(row)
    yield from _check_coordinates(row)
    yield from _check_names(row)
    if (row["source"] == "own") != row["remark"].endswith(UNCONFIRMED):
        yield "a row of our own ends its remark with 'unconfirmed', and no other does"
    if row["source"] == "own" and parse_statement(row["remark"]) is None:
        yield f"expected '12 km SE of Town' or 'at Town', got {row['remark']!r}"


def _check_codes(row: Row) -> Iterator[str]:
    """Check the cells that hold one of a few values."""
    for column, allowed in (("feature", FEATURES), ("country", COUNTRIES), ("source", SOURCES)):
        if row[column] not in allowed:
            yield f"unknown {column} {row[column]!r}"
    if row["feature"] in UNITS and row[row["feature"].replace("ADM", "admin")] != row["name"]:
        yield "a unit is its own unit"
    for column in ("population", "radius_km"):
        if row[column] and not re.fullmatch(r"\d+(?:\.\d)?", row[column]):
            yield f"{column}: expected a number, got {row[column]!r}"


def _check_coordinates(row: Row) -> Iterator[str]:
    """Check that the coordinates are numbers within the region."""
    for column, (low, high) in BOUNDS.items():
        if not _DECIMAL.fullmatch(row[column]):
            yield f"{column}: expected at most 5 decimals, got {row[column]!r}"
        elif not low <= float(row[column]) <= high:
            yield f"{column}: expected {low} to {high}, got {row[column]}"


def _check_names(row: Row) -> Iterator[str]:
    """Check that each other name has a language and three letters, and stands once."""
    forms = row["names"].split("|") if row["names"] else []
    for form in forms:
        language, colon, name = form.partition(":")
        if not colon or language not in LANGUAGES or name != name.strip():
            yield f"expected lang:name with one of {sorted(LANGUAGES)}, got {form!r}"
        if len(fold(name)) < 3:
            yield f"the name {name!r} is too short to tell from other words"
    repeated = [form for form, count in Counter(forms).items() if count > 1]
    if repeated or f"en:{row['name']}" in forms:
        yield f"repeated names: {repeated or row['name']!r}"


def check_order(rows: list[Row]) -> Iterator[str]:
    """Check that ids stand once, in order."""
    ids = [row["id"] for row in rows]
    if ids != sorted(ids):
        yield "the rows are not sorted by id"
    yield from (f"{id_}: stands twice" for id_, count in Counter(ids).items() if count > 1)


def check_duplicates(rows: list[Row]) -> Iterator[str]:
    """Check that no two places of a country within 5 km share an English name (units apart)."""
    bearers: dict[tuple[str, str], list[Row]] = defaultdict(list)
    for row in rows:
        if row["feature"] not in UNITS:
            for name in _english_names(row):
                bearers[row["country"], name].append(row)
    for (_, name), places in sorted(bearers.items()):
        for one, other in combinations(places, 2):
            if distance_between(one, other) < SAME_PLACE_KM:
                yield f"{one['id']} and {other['id']}: both are called {name!r}, within 5 km"


def check_statement(row: Row, towns: Mapping[str, list[Row]]) -> Iterator[str]:
    """Check that the distance and the direction a remark gives agree with the coordinates."""
    said = parse_statement(row["remark"])
    if said is None:
        return
    named = [town for town in towns.get(said.town, ()) if town["id"] != row["id"]]
    if not named:
        yield f"{row['id']}: {said.town!r} is no town of the table that GeoNames knows"
        return
    town = min(named, key=partial(distance_between, row))
    km, degrees = distance_between(town, row), bearing_deg(town, row)
    if abs(km - said.km) > max(DISTANCE_TOLERANCE_KM, DISTANCE_TOLERANCE * said.km):
        yield f"{row['id']}: {km:.1f} km from {said.town}, not {said.km:.0f}"
    if said.wind is not None and _turn(degrees, WINDS.index(said.wind) * 22.5) > (
        DIRECTION_TOLERANCE_DEG
    ):
        yield f"{row['id']}: at {degrees:.0f}° ({_wind(degrees)}) from {said.town}, not {said.wind}"


def towns_by_name(rows: Iterable[Row]) -> dict[str, list[Row]]:
    """Collect the places that statements may name: those whose point is not our own."""
    towns: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        if row["source"] == "geonames":
            towns[row["name"]].append(row)
    return towns


def check_against_geonames(rows: list[Row], folder: Path) -> Iterator[str]:
    """Check feature codes, and that each unit's id is that of a unit of its country and level."""
    codes = {fields[0].partition(".")[2] for fields in read_dump(folder / "featureCodes_en.txt")}
    units = {
        (feature, f"geonames:{fields[3]}"): fields[0].partition(".")[0]
        for feature, file in (("ADM1", "admin1CodesASCII.txt"), ("ADM2", "admin2Codes.txt"))
        for fields in read_dump(folder / file)
    }
    for row in rows:
        if row["feature"] not in codes:
            yield f"{row['id']}: GeoNames has no feature code {row['feature']!r}"
        country = units.get((row["feature"], row["id"]))
        if row["feature"] in UNITS and country != row["country"]:
            yield f"{row['id']}: expected an {row['feature']} of {row['country']}, got {country!r}"


def check_against_outlines(rows: list[Row], geopackage: Path) -> Iterator[str]:
    """Check that each point that is not GeoNames' lies in its country and first-level unit.

    Border posts must also lie within 10 km of the country across.
    """
    country_of, unit_of = _read_outlines(rows, geopackage)
    for row in rows:
        if row["source"] == "geonames":
            continue
        country, unit = row["country"], row["admin1"]
        tolerance = WIDER_TOLERANCE_KM.get((country, unit), OUTLINE_TOLERANCE_KM)
        for label, shape in ((country, country_of(country)), (unit, unit_of(country, unit))):
            outside = _km_outside(row, shape) if shape is not None else 0.0
            if outside > tolerance:
                yield f"{row['id']}: {outside:.0f} km outside the outline of {label}"
        across = [country_of(other) for other in COUNTRIES - {"", country}]
        if row["feature"] == "PSTB" and min(_km_outside(row, shape) for shape in across) > (
            OUTLINE_TOLERANCE_KM
        ):
            yield f"{row['id']}: a border post more than 10 km from any border"


def _read_outlines(
    rows: list[Row], geopackage: Path
) -> tuple[Callable[[str], Any], Callable[[str, str], Any]]:
    """Read the outlines of countries, and of the units that outlines.csv joins to them."""
    import geopandas  # noqa: PLC0415 - the other checks do without it

    countries = geopandas.read_file(geopackage, layer="countries")
    states = geopandas.read_file(geopackage, layer="states_provinces", fid_as_index=True)
    fids = {row["id"]: row["fid"].split(";") for row in read_rows(TABLES / "outlines.csv")}
    ids = {(row["country"], row["name"]): row["id"] for row in rows if row["feature"] == "ADM1"}

    @cache
    def country_of(code: str) -> Any:
        found = countries.geometry[countries["iso_a2"] == code]
        return found.union_all() if code and len(found) else None

    @cache
    def unit_of(code: str, name: str) -> Any:
        found = [int(fid) for fid in fids.get(ids.get((code, name), ""), ())]
        return states.geometry.loc[found].union_all() if found else None

    return country_of, unit_of


def _km_outside(row: Row, shape: Any) -> float:
    """Give the distance from a place to an outline; 0 inside."""
    lat, lon = _point(row)
    nearest, _ = nearest_points(shape, shapely.Point(lon, lat))
    km: float = geodesic((nearest.y, nearest.x), (lat, lon)).km
    return km


def _point(row: Mapping[str, str]) -> tuple[float, float]:
    return float(row["lat"]), float(row["lon"])


def _english_names(row: Row) -> set[str]:
    """Give the folded English names of a row."""
    forms = (form.partition(":") for form in row["names"].split("|"))
    return {fold(row["name"]), *(fold(name) for tag, _, name in forms if tag == "en")}


def _turn(one: float, other: float) -> float:
    """Give the angle between two directions, 0 to 180 degrees."""
    return abs((one - other + 180) % 360 - 180)


def _wind(degrees: float) -> str:
    return WINDS[round(degrees / 22.5) % 16]


def main() -> int:
    """Run every check that the arguments allow; return 1 if one of them fails."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--geonames", type=Path, help="folder with GeoNames' files of codes")
    parser.add_argument("--outlines", type=Path, default=OUTLINES, help="Natural Earth GeoPackage")
    arguments = parser.parse_args()
    rows = read_conflict()
    towns = towns_by_name(rows)
    checks = [
        (f"{row['id']}: {problem}" for row in rows for problem in check_row(row)),
        check_order(rows),
        check_duplicates(rows),
        chain.from_iterable(check_statement(row, towns) for row in rows),
    ]
    if arguments.geonames:
        checks.append(check_against_geonames(rows, arguments.geonames))
    if arguments.outlines.exists():
        checks.append(check_against_outlines(rows, arguments.outlines))
    else:
        print(f"{arguments.outlines}: not found, so no outline was looked at", file=sys.stderr)
    problems = list(chain.from_iterable(checks))
    print(*problems, f"{len(rows)} rows, {len(problems)} violations", sep="\n")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
