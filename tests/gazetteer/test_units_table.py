"""The units of the world: every row, ISO 3166-2's subdivisions by their own names, and names in use."""

import csv
import re
from collections import Counter
from pathlib import Path

import pytest

from geomap.gazetteer.classes import is_country, is_populated, unit_level
from geomap.gazetteer.layout import ADJECTIVE

TABLES = Path(__file__).resolve().parents[2] / "gazetteer"
OUTLINES = Path("/usr/share/qgis/resources/data/world_map.gpkg")
COLUMNS = (
    "id name names lat lon feature country admin1 admin2 population radius_km source remark".split()
)
FEATURES = set("ADM1 ADM1H ADM2 ADM2H ADMD ISLS PPLX RGN TERR VAL".split())
SOURCES = {"cldr", "geonames", "hand", "iso", "natural-earth"}
PLACE_ID = re.compile(r"geonames:[1-9]\d*|geomap:[a-z0-9]+(-[a-z0-9]+)*")
NAME_FORM = re.compile(r"(?:[a-z]{2,3}|abbr|adj):\S(?:[^|]*\S)?")
CODE = re.compile(r"[A-Z]{2}-[A-Z0-9]{1,3}")
#: outlines of countries are coarse, and leave islands out
MARGIN_DEGREES = 0.35
#: Redonda, Nukulaelae, Grand Cay, Sansha in the South China Sea
SMALL_ISLANDS = {"geonames:3576037", "geonames:7601983", "geonames:8030547", "geonames:8402317"}
#: ISO gives these to a country that GeoNames does not give them to
ELSEWHERE = {"RS": {"XK"}, "NO": {"SJ"}, "FR": set("GP MQ GF RE YT BL MF NC PF PM TF WF".split())}
ELSEWHERE |= {"CN": {"HK", "MO", "TW"}, "NL": {"AW", "BQ", "CW", "SX"}, "FI": {"AX"}}
ELSEWHERE |= {"US": set("AS GU MP PR UM VI".split())}


def read_table(name):
    with (TABLES / name).open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


ROWS = read_table("units.csv")
NEW = [row for row in ROWS if row["feature"]]
CODES = {row["code"]: row["id"] for row in read_table("iso_units.csv")}


def problems(row):
    """Yield the columns of a row that are wrong."""
    names = row["names"].split("|") if row["names"] else []
    is_new = bool(row["feature"])
    checks = {
        "id": PLACE_ID.fullmatch(row["id"]),
        "name": row["name"] == row["name"].strip() and (row["name"] or not is_new),
        "names": all(map(NAME_FORM.fullmatch, names)) and len(set(names)) == len(names),
        "lat": bool(row["lat"]) == bool(row["lon"]) and (row["lat"] or not is_new),
        "radius_km": float(row["radius_km"]) > 0 if row["lat"] else True,
        "feature": row["feature"] in FEATURES | {""},
        "source": row["source"] and set(row["source"].split("+")) <= SOURCES,
        "something new": names or row["name"] or row["lat"],
    }
    return [column for column, right in checks.items() if not right]


def test_every_row_keeps_the_schema():
    assert list(ROWS[0]) == COLUMNS
    wrong = {row["id"]: problems(row) for row in ROWS}
    assert {key: columns for key, columns in wrong.items() if columns} == {}


@pytest.mark.parametrize(("table", "key"), [("units.csv", "id"), ("iso_units.csv", "code")])
def test_rows_are_sorted_and_stand_once(table, key):
    keys = [row[key] for row in read_table(table)]
    assert keys == sorted(set(keys))


def test_codes_stand_for_known_places(gazetteer):
    assert [code for code in CODES if not CODE.fullmatch(code)] == []
    assert [code for code, place in CODES.items() if gazetteer.find_id(place) is None] == []
    shared = {place for place, count in Counter(CODES.values()).items() if count > 1}
    twice = {code for code, place in CODES.items() if place in shared}
    assert twice == {"BQ-BO", "BQ-SA", "BQ-SE", "NL-BQ1", "NL-BQ2", "NL-BQ3"}


def test_what_a_row_adds_to_is_known(gazetteer):
    assert [row["id"] for row in ROWS if gazetteer.find_id(row["id"]) is None] == []


def test_no_two_new_units_of_one_name_lie_on_one_spot():
    spots = Counter(
        (row["country"], row["feature"], row["name"], round(float(row["lat"]), 1), round(float(row["lon"]), 1))
        for row in NEW
    )  # fmt: skip
    assert [spot for spot, count in spots.items() if count > 1] == []


@pytest.mark.skipif(not OUTLINES.exists(), reason=f"no Natural Earth at {OUTLINES}")
def test_new_points_lie_in_their_country():
    """But for what Natural Earth gives to others: Crimea, Somaliland; and for islands that it leaves out."""
    geopandas = pytest.importorskip("geopandas")
    from shapely.geometry import Point

    shapes = geopandas.read_file(OUTLINES, layer="countries").dissolve("iso_a2").geometry
    far = {
        row["id"]
        for row in NEW
        if row["country"] in shapes.index
        and row["country"] not in ("SO", "UM")
        and row["admin1"] != "Crimea"
        and row["feature"] not in ("ISL", "ISLS", "TERR")
        and shapes[row["country"]].distance(Point(float(row["lon"]), float(row["lat"])))
        > MARGIN_DEGREES + float(row["radius_km"]) / 111.2
    }
    assert far == SMALL_ISLANDS


def iso_names(name):
    """Return a name of ISO's as it stands, without brackets, and with what follows a comma before it, or nowhere."""
    plain = re.sub(r"\s*[†²³]|\s*\[.*?\]", "", name)
    bare = re.sub(r"\s*\(.*?\)", "", plain)
    head, _, tail = bare.partition(", ")
    return {name, plain, bare, head, f"{tail} {head}"}


def is_unit(place):
    return bool(unit_level(place.feature)) or place.feature == "ADMD" or is_country(place.feature)


@pytest.fixture(scope="module")
def subdivisions():
    return list(pytest.importorskip("pycountry").subdivisions)


def found_places(gazetteer, subdivision):
    """Return the places in the right country that a subdivision's own names find."""
    country = subdivision.country_code
    allowed = {country} | ELSEWHERE.get(country, set())
    rows = {row for name in iso_names(subdivision.name) for row, _ in gazetteer.lookup(name)}
    return [place for row in rows if (place := gazetteer.place(row)).country in allowed]


def test_nearly_all_subdivisions_are_found_by_their_own_name(gazetteer, subdivisions):
    found = {s.code: found_places(gazetteer, s) for s in subdivisions}
    by_name = sum(bool(places) for places in found.values())
    as_unit = sum(any(map(is_unit, places)) for places in found.values())
    as_joined = sum(CODES.get(code) in {p.id for p in places} for code, places in found.items())
    assert by_name >= 0.995 * len(found)
    assert as_joined >= 0.99 * len(found)
    assert as_unit >= 0.99 * len(found)


def test_a_subdivision_is_a_unit_wherever_one_is_called_so(gazetteer, subdivisions):
    """A place that is no unit stands for a code only where no unit has its name: Hungary's cities, islands."""
    missed = {
        s.code
        for s in subdivisions
        if (place := gazetteer.find_id(CODES[s.code])) and not is_unit(place)
        if any(map(is_unit, found_places(gazetteer, s)))
    }
    assert missed <= {"HU-VM", "ID-ML", "ID-PP"}  # a county, two provinces of the same name


def test_every_subdivision_is_joined(subdivisions):
    assert {s.code for s in subdivisions} - set(CODES) == set()


@pytest.mark.parametrize(
    ("name", "country", "place_name"),
    [
        ("Orientale", "CD", "Orientale Province"),
        ("Bandundu Province", "CD", "Bandundu Province"),
        ("tribal districts", "PK", "Federally Administered Tribal Areas"),
        ("Azad Jammu and Kashmir", "PK", "Azad Kashmir"),
        ("Subansiri Frontier Agency", "IN", "Subansiri Frontier Division"),
        ("Rift Valley Province", "KE", "Rift Valley Province"),
        ("Busoga", "UG", "Busoga"),
        ("Goulmou", "BF", "Est"),
        ("Sirba", "BF", "Sirba Region"),
        ("Douentza Region", "ML", "Douentza Region"),
        ("Yei River State", "SS", "Yei River State"),
        ("Hirshabelle", "SO", "Hirshabelle"),
        ("Southwest Ethiopia Peoples' Region", "ET", None),
        ("Languedoc-Roussillon", "FR", "Languedoc-Roussillon"),
        ("Herceg-Bosna", "BA", "Herzeg-Bosnia"),
        ("North Kosovo", "XK", "North Kosovo"),
        ("Sumska Oblast", "UA", None),
        ("Pokrovskyi District", "UA", None),
        ("Shebekinsky District", "RU", None),
        ("Tskhinvali region", "GE", "South Ossetia"),
        ("Republic of Artsakh", "AZ", "Nagorno-Karabakh"),
        ("محافظة أريحا والأغوار", "PS", None),
    ],
)
def test_names_in_use_find_the_unit(gazetteer, name, country, place_name):
    places = [gazetteer.place(row) for row, _ in gazetteer.lookup(name)]
    units = [p.name for p in places if p.country == country and not is_populated(p.feature)]
    assert units
    assert place_name is None or place_name in units


@pytest.mark.parametrize(
    "adjective",
    ["Amharan", "Darfurian", "Chechen", "Crimean", "Abkhazian", "Rajasthani", "Styrian"],
)
def test_adjectives_of_regions_are_known(gazetteer, adjective):
    assert any(bits & ADJECTIVE for _, bits in gazetteer.lookup(adjective))
