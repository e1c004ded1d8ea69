"""The GeoPackage as GDAL, geopandas and QGIS read it."""

import contextlib
import json
import os
import shutil
import sqlite3
import subprocess
import xml.etree.ElementTree as ET
from pathlib import Path

import geopandas
import pyogrio
import pytest
from hypothesis import given, settings

from geomap.errors import OutputError
from geomap.export import ExportOptions, write_mentions
from geomap.export.fields import fields_of
from geomap.export.layers import country_layer, place_layers, table_to_count, unit_layer
from geomap.tables import mentions_table, table_records, tally, tally_places
from tests.samples import MONTH, UNDATED, make_record
from tests.test_tally import tables

AREA = "POLYGON ((38 36, 39 36, 39 37, 38 37, 38 36))"
LINE = "LINESTRING (35.9 35.9, 36 36.2)"
BAGHDAD = {
    "place_id": "geonames:98182",
    "name": "Baghdad",
    "lat": 33.34,
    "lon": 44.4,
    "country": "IQ",
    "admin1": "Baghdad",
}
SYRIA = {
    "place_id": "geonames:163843",
    "name": "Syria",
    "feature": "PCLI",
    "lat": 35.0,
    "lon": 38.0,
    "precision": 6,
    "admin1": None,
}
RECORDS = [
    make_record(),
    make_record(article_id="b", kind="associative", date=("2019-03-22", "2019-03-22", "day")),
    make_record(article_id="c", date=MONTH),
    make_record(article_id="d", date=UNDATED),
    make_record(article_id="e", **BAGHDAD, date=("2019-02-03", "2019-04-02", "month")),
    make_record(article_id="f", **SYRIA, kind="embedded"),
    make_record(article_id="g", **SYRIA, relation_geometry=AREA, relation="eastern Syria"),
    make_record(article_id="h", relation_geometry=LINE, relation="the border"),
    make_record(article_id="i", place_id=None),
    make_record(
        article_id="j",
        place_id=None,
        within="geonames:98182",
        within_name="Baghdad",
        lat=33.34,
        lon=44.4,
        country="IQ",
        admin1="Baghdad",
    ),
]


@pytest.fixture(scope="module")
def package(tmp_path_factory):
    folder = tmp_path_factory.mktemp("package")
    path = folder / "news of a day.gpkg"
    written = write_mentions(RECORDS, path, options=ExportOptions(qgis=folder / "news.qgz"))
    assert written == len(RECORDS)
    assert written.files == (path, folder / "news.qgz")
    return path


def layer(package, name):
    return geopandas.read_file(package, layer=name)


def test_the_layers_hold_what_they_should(package):
    names = dict(pyogrio.list_layers(package))
    assert names == {
        "mentions": "Point",
        "undated": "Point",
        "places": "Point",
        "places_by_month": "Point",
        "described_areas": "MultiPolygon",
        "described_lines": "MultiLineString",
        "units": "MultiPolygon",
        "countries": "MultiPolygon",
        "world": "MultiPolygon",
        "layer_styles": None,
    }
    counts = {
        name: len(layer(package, name)) for name in names if name not in ("world", "layer_styles")
    }
    assert counts == {
        "mentions": 9, "undated": 1, "places": 3, "places_by_month": 4, "described_areas": 1,
        "described_lines": 1, "units": 2, "countries": 2,
    }  # fmt: skip


def test_fields_have_their_types_even_where_a_column_is_empty(package):
    kinds = {
        "text": "object",
        "wkt": "object",
        "integer": "int64",
        "number": "float64",
        "day": "datetime64",
        "time": "datetime64",
    }
    info = pyogrio.read_info(package, layer="mentions")
    found = dict(zip(info["fields"], info["dtypes"], strict=True))
    wanted = {field.name: kinds[field.type] for field in fields_of(sql=True)}
    assert {name: kind.partition("[")[0] for name, kind in found.items()} == wanted
    assert found["event_start"] == "datetime64[D]"
    assert {"start", "end"} & set(found) == set()
    assert info["crs"] == "EPSG:4326"


def test_points_and_times_are_right(package):
    frame = layer(package, "mentions").set_index("id")
    assert frame.loc["c:10-15", "geometry"].coords[0] == (39.00788, 35.95283)
    assert str(frame.loc["c:10-15", "time_start"]) == "2019-03-01 00:00:00+00:00"
    assert str(frame.loc["c:10-15", "time_end"]) == "2019-04-01 00:00:00+00:00"
    assert frame["geometry"].isna().sum() == 1
    assert layer(package, "undated")["article_id"].tolist() == ["d"]


def test_places_are_those_of_the_tally(package):
    found = layer(package, "places").set_index("place_id")
    tally = tally_places(mentions_table(RECORDS)).set_index("place_id")
    for name in (
        "mentions",
        "articles",
        "stories",
        "literal",
        "associative",
        "ambiguous",
        "unlocated",
    ):
        assert found[name].to_dict() == tally[name].to_dict(), name
    for name in ("first_date", "last_date"):
        assert {k: str(v)[:10] for k, v in found[name].items()} == tally[name].to_dict()


@settings(max_examples=10, deadline=None)
@given(tables)
def test_layers_of_counts_are_those_of_the_tally(table):
    names = ["mentions", "articles", "stories", "first_date", "last_date"]
    counted = table_to_count(table_records(table))
    for found, by in (
        (place_layers(counted, "month")[0], "place"),
        (unit_layer(counted), "admin1"),
        (country_layer(counted), "country"),
    ):
        key = {"place": "place_id"}.get(by, by)
        wanted = tally(table, by=by).dropna(subset=[key])
        wanted = wanted.dropna(subset=["country"]) if by != "place" else wanted
        cells = [[str(row[name]) for name in [key, *names]] for row in found.rows]
        wanted = wanted[[key, *names]].astype(object)
        assert cells == wanted.where(wanted.notna(), None).map(str).to_numpy().tolist(), by


def test_units_are_told_apart_by_their_ids(tmp_path):
    records = [
        make_record(country="EG", admin1="Sharqia", admin1_id=f"geonames:{number}")
        for number in (1, 2, 2)
    ]
    write_mentions(
        [*records, make_record(country="EG", admin1="Ash Sharqiyah", admin1_id="geonames:2")],
        tmp_path / "m.gpkg",
    )
    units = layer(tmp_path / "m.gpkg", "units")
    assert units[["admin1_id", "admin1", "mentions"]].to_numpy().tolist() == [
        ["geonames:2", "Sharqia", 3],
        ["geonames:1", "Sharqia", 1],
    ]


def test_a_month_is_no_day_and_a_wider_date_is_kept_apart(package):
    frame = layer(package, "places_by_month")
    rows = {
        (row.place_id, row.period, str(row.time_start)[:10], str(row.time_end)[:10]): row.mentions
        for row in frame.itertuples()
    }
    assert rows == {
        ("geonames:98182", "wider", "2019-02-03", "2019-04-03"): 1,
        ("geonames:98182", "month", "2019-03-01", "2019-04-01"): 1,
        ("geonames:163843", "month", "2019-03-01", "2019-04-01"): 1,
        ("geonames:172955", "month", "2019-03-01", "2019-04-01"): 4,
    }


def test_units_and_countries_are_areas_that_hold_their_places(package):
    units = layer(package, "units").set_index("admin1")
    assert units["mentions"].to_dict() == {"Raqqa": 5, "Baghdad": 2}
    point = layer(package, "mentions").geometry[0]
    assert units.loc["Raqqa", "geometry"].contains(point)
    countries = layer(package, "countries").set_index("country")
    assert countries["mentions"].to_dict() == {"SY": 6, "IQ": 2}
    assert countries.loc["SY", "geometry"].contains(point)
    assert countries.geometry.is_valid.all()
    world = layer(package, "world")
    assert len(world) > 200
    assert world.set_index("country").loc["US", "geometry"].area > 800
    assert len(world.set_index("country").loc["ZA", "geometry"].geoms[0].interiors) == 1


@pytest.mark.parametrize(
    ("geometry", "kinds"), [("place", {"Point"}), ("described", {"Point", "Polygon", "LineString"})]
)
def test_the_geometry_of_mentions_is_a_choice(tmp_path, geometry, kinds):
    write_mentions(
        RECORDS, tmp_path / "m.gpkg", options=ExportOptions(geometry=geometry, located=True)
    )
    frame = layer(tmp_path / "m.gpkg", "mentions")
    assert set(frame.geom_type) == kinds
    assert frame.geometry.notna().all()


def rows_of(package, query):
    with contextlib.closing(sqlite3.connect(package)) as database:
        return database.execute(query).fetchall()


def test_each_layer_has_an_index_and_a_style(package):
    layers = {name for name, kind in pyogrio.list_layers(package) if kind}
    indexed = rows_of(
        package, "SELECT table_name FROM gpkg_extensions WHERE extension_name = 'gpkg_rtree_index'"
    )
    assert {name for (name,) in indexed} == layers
    styles = rows_of(package, "SELECT f_table_name, styleQML, useAsDefault FROM layer_styles")
    assert {name for name, _, _ in styles} == layers
    for _, document, default in styles:
        assert ET.fromstring(document).tag == "qgis"  # noqa: S314 - written by us
        assert default == 1
    assert {
        day for (day,) in rows_of(package, "SELECT DISTINCT last_change FROM gpkg_contents")
    } == {"1980-01-01T00:00:00.000Z"}


def test_a_project_needs_a_name_and_a_file(tmp_path):
    for target, qgis, message in (
        (tmp_path / "m.gpkg", "m.xml", r"expected --qgis as a name that ends with \.qgz or \.qgs"),
        ("-", "m.qgz", "needs a file to stand beside"),
    ):
        with pytest.raises(OutputError, match=message):
            write_mentions([], target, format="geopackage", options=ExportOptions(qgis=qgis))
    assert list(tmp_path.iterdir()) == []


def test_debians_gdal_reads_each_layer(package):
    if shutil.which("ogrinfo") is None:
        if os.environ.get("GEOMAP_REQUIRE_GDAL") == "1":
            pytest.fail("ogrinfo is not installed: apt-get install gdal-bin")
        pytest.skip("needs ogrinfo: apt-get install gdal-bin")
    run = subprocess.run(
        ["ogrinfo", "-so", "-al", package], capture_output=True, text=True, check=True
    )
    assert run.stderr == ""
    counts = [
        int(line.split()[-1])
        for line in run.stdout.splitlines()
        if line.startswith("Feature Count")
    ]
    assert counts[:4] == [9, 1, 3, 4]
    assert "time_start: DateTime" in run.stdout
    assert "date_start: Date " in run.stdout


PYTHON = "/usr/bin/python3"
LOOK = Path(__file__).with_name("qgis_look.py")


def look(*arguments):
    """Return what QGIS says; skip where it is not installed."""
    code = [PYTHON, "-c", "import qgis.core"]
    if (
        not Path(PYTHON).exists()
        or subprocess.run(code, capture_output=True, check=False).returncode
    ):
        if os.environ.get("GEOMAP_REQUIRE_QGIS") == "1":
            pytest.fail("QGIS is not installed: apt-get install qgis python3-qgis")
        pytest.skip("needs QGIS (1 GB): apt-get install qgis python3-qgis")
    environment = os.environ | {"QT_QPA_PLATFORM": "offscreen"}
    environment.pop("PYTHONPATH", None)
    run = subprocess.run(
        [PYTHON, LOOK, *arguments], capture_output=True, text=True, check=False, env=environment
    )
    assert run.returncode == 0, run.stderr
    return json.loads(run.stdout)


def test_qgis_opens_the_project_finds_the_times_and_draws(package, tmp_path):
    project = package.with_name("news.qgz")
    found = look(project, tmp_path / "all.png")
    assert {name: about["count"] for name, about in found["layers"].items() if name != "world"} == {
        "mentions": 9, "undated": 1, "places": 3, "places_by_month": 4, "described_areas": 1,
        "described_lines": 1, "units": 2, "countries": 2,
    }  # fmt: skip
    assert all(about["valid"] for about in found["layers"].values())
    assert found["layers"]["mentions"]["clock"] == ["time_start", "time_end"]
    assert found["layers"]["undated"]["clock"] is None
    assert found["layers"]["mentions"]["types"]["time_start"] == "DateTime"
    assert found["clock"] == ["2019-02-03T00:00:00Z", "2019-04-03T00:00:00Z"]
    assert found["crs"] == "EPSG:3857"
    assert "world" in found["shown"]
    assert found["colors"] > 10
    # a day on which the mentions of that day are drawn, and one on which there are none
    days = [
        look(project, tmp_path / "one.png", f"{day}T00:00:00Z", f"{day}T23:59:59Z")["colors"]
        for day in ("2019-03-21", "2018-01-01")
    ]
    assert days[0] > days[1]


def test_qgis_finds_the_styles_in_the_file(package):
    found = look(package, "-", "mentions", "places", "countries")["layers"]
    assert {name: about["renderer"] for name, about in found.items()} == {
        "mentions": "categorizedSymbol", "places": "RuleRenderer", "countries": "graduatedSymbol",
    }  # fmt: skip
    assert found["mentions"]["clock"] == ["time_start", "time_end"]


def test_a_users_own_columns_have_their_types_and_no_name_of_ours(tmp_path):
    own = {"score": 1.5, "Time_start": 7, "fid": "x", "tags": ["a", 1]}
    records = [make_record(**own), make_record(**own | {"score": 2, "Time_start": None})]
    write_mentions(records, tmp_path / "m.gpkg")
    frame = layer(tmp_path / "m.gpkg", "mentions")
    assert frame["score"].tolist() == [1.5, 2.0]
    assert frame["Time_start_"].tolist()[0] == 7
    assert frame["fid_"].tolist() == ["x", "x"]
    assert frame["tags"].tolist() == ['["a",1]'] * 2
