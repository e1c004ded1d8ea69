"""FlatGeobuf, GeoParquet, KML and shapefiles, as the programs read them that they are for."""

import json
import os
import re
import shutil
import subprocess
import xml.etree.ElementTree as ET
import zipfile

import geopandas
import pyarrow.parquet
import pyogrio
import pytest

from geomap.export import ExportOptions, write_mentions
from geomap.export.fields import fields_of
from tests.samples import UNDATED, make_record

AREA = "POLYGON ((38 36, 38 37, 39 37, 39 36, 38 36))"
BEYOND = "POLYGON ((178 -20, 183 -20, 183 -16, 178 -16, 178 -20))"
RECORDS = [
    make_record(radius_km=None),
    make_record(article_id="b", relation_geometry=AREA, relation="north of it"),
    make_record(article_id="c", date=UNDATED, kind="associative"),
]
TYPES = {
    "text": "object",
    "wkt": "object",
    "integer": "int64",
    "number": "float64",
    "day": "datetime64",
    "time": "datetime64",
}


def write(tmp_path, name, records=RECORDS, **options):
    path = tmp_path / name
    return path, write_mentions(records, path, options=ExportOptions(**options))


READ = {".fgb": geopandas.read_file, ".geoparquet": geopandas.read_parquet}
both_readers = pytest.mark.parametrize("suffix", READ)


@both_readers
def test_points_shapes_and_types_are_right(tmp_path, suffix):
    path, _ = write(tmp_path, f"m{suffix}")
    frame = READ[suffix](path).set_index("id")
    assert {field.name for field in fields_of()} - {"id"} <= set(frame.columns)
    assert frame.loc["a.txt:10-15", "geometry"].coords[0] == (39.00788, 35.95283)
    assert frame.loc["b:10-15", "geometry"].bounds == (38, 36, 39, 37)
    assert frame.loc["b:10-15", "geometry"].exterior.is_ccw
    assert frame.crs.to_epsg() in (4326, None)
    assert str(frame.loc["b:10-15", "time_end"]) == "2019-03-22 00:00:00+00:00"


@both_readers
@pytest.mark.parametrize("geometry", ["place", "described", "both"])
def test_the_geometry_is_a_choice(tmp_path, suffix, geometry):
    path, written = write(tmp_path, f"m{suffix}", geometry=geometry)
    frame = READ[suffix](path)
    assert written == 3
    kinds = sorted(zip(frame["id"], frame.geom_type, strict=True))
    assert ("b:10-15", "Polygon" if geometry == "described" else "Point") in kinds
    assert (("b:10-15:described", "Polygon") in kinds) is (geometry == "both")
    assert len(kinds) == 3 + (geometry == "both")


def test_flatgeobuf_has_an_index_unless_a_geometry_is_missing(tmp_path):
    bare = make_record(place_id=None)
    indexed, written = write(tmp_path, "i.fgb", [*RECORDS, bare], located=True)
    assert (written, pyogrio.read_info(indexed)["features"]) == (3, 3)
    assert len(pyogrio.read_dataframe(indexed, bbox=(38.5, 36.5, 38.6, 36.6))) == 1
    plain, written = write(tmp_path, "p.fgb", [*RECORDS, bare])
    assert (written, len(pyogrio.read_dataframe(plain))) == (4, 4)
    assert written.notes[-1] == "so the file has no spatial index"


def test_flatgeobuf_has_the_types_of_the_schema(tmp_path):
    path, _ = write(tmp_path, "m.fgb")
    info = pyogrio.read_info(path)
    found = {
        name: kind.partition("[")[0]
        for name, kind in zip(info["fields"], info["dtypes"], strict=True)
    }
    # its days are moments
    assert found == {field.name: TYPES[field.type] for field in fields_of()}


def test_geoparquet_is_of_version_1_1_with_a_box_for_each_row(tmp_path):
    path, _ = write(
        tmp_path,
        "m.geoparquet",
        [*RECORDS, make_record(relation_geometry=BEYOND), make_record(place_id=None)],
    )
    geo = json.loads(pyarrow.parquet.read_metadata(path).metadata[b"geo"])
    assert (geo["version"], geo["primary_column"]) == ("1.1.0", "geometry")
    about = geo["columns"]["geometry"]
    assert about["geometry_types"] == ["MultiPolygon", "Point", "Polygon"]
    assert about["bbox"] == [38.0, -20.0, -177.0, 37.0]
    boxes = pyarrow.parquet.read_table(path)["bbox"].to_pylist()
    assert boxes[3] == {"xmin": 178.0, "ymin": -20.0, "xmax": -177.0, "ymax": -16.0}
    assert boxes[4] is None
    assert len(geopandas.read_parquet(path, bbox=(38.5, 36.5, 38.6, 36.6))) == 1
    types = {field.name: str(field.type) for field in pyarrow.parquet.read_schema(path)}
    assert (types["radius_km"], types["event_start"], types["time_end"]) == (
        "double",
        "date32[day]",
        "timestamp[ms, tz=UTC]",
    )


def marks_of(path):
    space = "{http://www.opengis.net/kml/2.2}"
    root = ET.fromstring(path.read_bytes())  # noqa: S314 - written by us
    folders = root.iter(f"{space}Folder")
    return {
        folder.find(f"{space}name").text: folder.findall(f"{space}Placemark") for folder in folders
    }, space


def test_kml_has_spans_of_time_and_a_folder_for_what_has_no_date(tmp_path):
    path, _ = write(tmp_path, "m.kml")
    folders, space = marks_of(path)
    assert {name: len(marks) for name, marks in folders.items()} == {
        "Mentions": 2,
        "Mentions without a date": 1,
    }
    mark = folders["Mentions"][0]
    span = [mark.find(f"{space}TimeSpan/{space}{edge}").text for edge in ("begin", "end")]
    assert span == ["2019-03-21T00:00:00Z", "2019-03-22T00:00:00Z"]
    assert folders["Mentions without a date"][0].find(f"{space}TimeSpan") is None


@pytest.mark.parametrize(
    "url", ["javascript:alert(1)", 'https://a.example/"onmouseover=x', "data:text/html,x", None]
)
def test_nothing_of_an_article_is_markup_in_a_balloon(tmp_path, url):
    evil = '<img src=x onerror="alert(1)">$[lat]&lt;script&gt;'
    path, _ = write(
        tmp_path, "m.kml", [make_record(title=evil, snippet=evil, source=evil, name=evil, url=url)]
    )
    folders, space = marks_of(path)
    text = folders["Mentions"][0].find(f"{space}description").text
    assert set(re.findall(r"<[^>]*>", text)) == {"<p>", "</p>"}
    assert "$[" not in text + folders["Mentions"][0].find(f"{space}name").text


def test_a_link_in_a_balloon_leads_to_the_article(tmp_path):
    path, _ = write(tmp_path, "m.kml", [make_record(url="https://a.example/?a=1&b=2")])
    folders, space = marks_of(path)
    assert (
        '<a href="https://a.example/?a=1&amp;b=2">'
        in folders["Mentions"][0].find(f"{space}description").text
    )
    assert "http" not in path.read_text(encoding="utf-8").partition("<Folder>")[0].replace(
        "http://www.opengis.net/kml/2.2", ""
    )


def test_kmz_is_the_kml_packed(tmp_path):
    plain, _ = write(tmp_path, "m.kml")
    packed, _ = write(tmp_path, "m.kmz")
    with zipfile.ZipFile(packed) as archive:
        assert archive.namelist() == ["doc.kml"]
        assert archive.read("doc.kml") == plain.read_bytes()


def test_shapefiles_lie_side_by_side_and_say_what_they_lose(tmp_path):
    path, written = write(tmp_path, "news.shp", [*RECORDS, make_record(snippet="é" * 300)])
    names = {"news", "news_undated", "news_areas", "news_lines", "news_places"}
    assert {part.stem for part in tmp_path.iterdir()} == names
    assert {part.suffix for part in tmp_path.iterdir()} == {".shp", ".shx", ".dbf", ".prj", ".cpg"}
    assert written.notes[-1].startswith("1 text cut to 254 bytes; ")
    frame = geopandas.read_file(path)
    assert (len(frame), frame.crs.to_epsg(), set(frame.geom_type)) == (3, 4326, {"Point"})
    assert frame["snippet"].iloc[2] == "é" * 125 + "…"
    assert [str(day)[:10] for day in frame.loc[0, ["time_start", "time_end"]]] == [
        "2019-03-21",
        "2019-03-22",
    ]
    assert max(map(len, frame.columns.drop("geometry"))) <= 10
    areas = geopandas.read_file(tmp_path / "news_areas.shp")
    assert areas.geometry[0].bounds == (38, 36, 39, 37)
    assert geopandas.read_file(tmp_path / "news_places.shp")["mentions"].tolist() == [4]


@pytest.mark.parametrize(
    ("name", "counts"),
    [
        ("m.geojson", [3]),
        ("m.geojsonl", [3]),
        ("m.geojsons", [3]),
        ("m.fgb", [3]),
        ("m.kml", [2, 1]),
        ("m.kmz", [2, 1]),
        ("m.shp", [2]),
    ],
)
def test_debians_gdal_reads_them(tmp_path, name, counts):
    if shutil.which("ogrinfo") is None:
        if os.environ.get("GEOMAP_REQUIRE_GDAL") == "1":
            pytest.fail("ogrinfo is not installed: apt-get install gdal-bin")
        pytest.skip("needs ogrinfo: apt-get install gdal-bin")
    path, _ = write(tmp_path, name)
    run = subprocess.run(
        ["ogrinfo", "-so", "-al", path], capture_output=True, text=True, check=True
    )
    assert run.stderr == ""
    found = [
        int(line.split()[-1])
        for line in run.stdout.splitlines()
        if line.startswith("Feature Count")
    ]
    assert found == counts
    if name == "m.kmz":  # GDAL looks for no types in a packed one
        return
    assert re.search(r"^start: Integer", run.stdout, re.MULTILINE)
    assert re.search(r"^confidence: Real", run.stdout, re.MULTILINE)
    if name != "m.kml":  # whose data are numbers and text
        assert re.search(r"^time_start: Date", run.stdout, re.MULTILINE)
