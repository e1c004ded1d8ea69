"""CSV, JSON lines, GeoJSON and Parquet."""

import csv
import json
import math
import sys

import geopandas
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from geomap.errors import OutputError, TableError
from geomap.export import (
    GIS_FORMATS,
    TABLE_FORMATS,
    find_format,
    write_csv,
    write_geojson,
    write_jsonl,
    write_parquet,
)
from geomap.records import COLUMNS
from geomap.tables import mentions_table
from tests.samples import make_record

RECORDS = [
    make_record(),
    make_record(place_id=None, surface="Nowhere", article_id="b.txt"),
    make_record(title='He said "no",\nand left', source="=1+1", name="Şanlıurfa", lon=-0.5),
]
WRITERS = [write_csv, write_geojson, write_jsonl]


def read_lines(path):
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def properties_of(features):
    """Return the records of features, without the times that are made of their days."""
    found = [dict(feature["properties"]) for feature in features]
    for properties in found:
        for name in ("time_start", "time_end", "event_time_start", "event_time_end"):
            del properties[name]
    return found


def test_jsonl_holds_the_records(tmp_path):
    assert write_jsonl(RECORDS, tmp_path / "m.jsonl") == 3
    assert read_lines(tmp_path / "m.jsonl") == RECORDS


def test_geojson_holds_the_records(tmp_path):
    assert write_geojson(RECORDS, tmp_path / "m.geojson") == 3
    collection = json.loads((tmp_path / "m.geojson").read_bytes())
    assert list(collection) == ["type", "features", "bbox"]
    assert collection["bbox"] == [-0.5, 35.95283, 39.00788, 35.95283]
    assert properties_of(collection["features"]) == RECORDS
    ids = [feature["id"] for feature in collection["features"]]
    assert ids == ["a.txt:10-15", "b.txt:10-15", "a.txt:10-15"]
    assert [feature["geometry"] for feature in collection["features"]] == [
        {"type": "Point", "coordinates": [39.00788, 35.95283]},
        None,
        {"type": "Point", "coordinates": [-0.5, 35.95283]},
    ]


def test_an_unknown_place_has_the_point_of_its_unit_and_says_so(tmp_path):
    unit = {"within": "geonames:172957", "within_name": "Raqqa", "lat": 35.99, "lon": 38.94}
    held = make_record(place_id=None, surface="Tal Jirz", precision=4, radius_km=76.3, **unit)
    records = [held, held | {"relation_geometry": RING}, make_record(place_id=None)]
    write_geojson(records, tmp_path / "m.geojson")
    features = json.loads((tmp_path / "m.geojson").read_bytes())["features"]
    point = {"type": "Point", "coordinates": [38.94, 35.99]}
    assert [feature["geometry"] for feature in features] == [point, point, None]
    told = features[0]["properties"]
    assert (told["status"], told["precision"], told["within_name"]) == ("unknown", 4, "Raqqa")
    frame = geopandas.read_file(tmp_path / "m.geojson", where="place_id IS NOT NULL")
    assert frame.empty  # how places alone are chosen, as the README says


RING = "POLYGON ((40 36, 39 36, 39 35, 40 36))"
LINE = "LINESTRING (35.9 35.9, 36 36.2)"


def test_a_relation_is_the_geometry_of_its_feature(tmp_path):
    records = [
        make_record(relation="eastern Syria", relation_type="part", relation_geometry=RING),
        make_record(relation="the border", relation_type="border", relation_geometry=LINE),
        make_record(),
        make_record(place_id=None, relation_geometry=RING),
    ]
    write_geojson(records, tmp_path / "m.geojson")
    features = json.loads((tmp_path / "m.geojson").read_bytes())["features"]
    kinds = [feature["geometry"] and feature["geometry"]["type"] for feature in features]
    assert kinds == ["Polygon", "LineString", "Point", None]
    ring = features[0]["geometry"]["coordinates"][0]
    assert ring == [[40, 36], [39, 36], [39, 35], [40, 36]]
    assert properties_of(features) == records
    assert features[0]["bbox"] == [39, 35, 40, 36]
    assert "bbox" not in features[2]
    frame = geopandas.read_file(tmp_path / "m.geojson")
    assert frame.crs.to_epsg() == 4326
    assert list(frame.geometry[:3].geom_type) == ["Polygon", "LineString", "Point"]
    assert frame.geometry[0].equals(shapely.from_wkt(RING))


def test_what_is_no_shape_is_an_error_and_leaves_no_file(tmp_path):
    with pytest.raises(TableError, match=r"expected a relation_geometry as WKT, got 'PLOYGON"):
        write_geojson([make_record(relation_geometry="PLOYGON ((1 2))")], tmp_path / "m.geojson")
    assert list(tmp_path.iterdir()) == []


def test_geojson_opens_in_gis(tmp_path):
    write_geojson(RECORDS, tmp_path / "m.geojson")
    frame = geopandas.read_file(tmp_path / "m.geojson")
    assert frame.crs.to_epsg() == 4326
    times = ("time_start", "time_end", "event_time_start", "event_time_end")
    assert tuple(frame.columns) == ("id", *COLUMNS, *times, "geometry")
    assert frame["time_start"].dtype.kind == "M"
    assert str(frame["time_end"][0]) == "2019-03-22 00:00:00+00:00"
    assert frame["lat"].tolist()[::2] == frame.geometry.y.tolist()[::2] == [35.95283] * 2
    assert frame.geometry.isna().tolist() == [False, True, False]
    assert frame["date_start"].dtype.kind == "M"


def test_csv_comes_back(tmp_path):
    assert write_csv(RECORDS, tmp_path / "m.csv") == 3
    with (tmp_path / "m.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    expected = [
        {column: "" if value is None else str(value) for column, value in record.items()}
        for record in RECORDS
    ]
    expected[2]["source"] = "'=1+1"
    assert rows == expected


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r"])
def test_no_cell_of_a_csv_is_a_formula(tmp_path, start):
    write_csv([make_record(title=f"{start}cmd", lon=-7.5)], tmp_path / "m.csv")
    with (tmp_path / "m.csv").open(encoding="utf-8", newline="") as file:
        row = next(csv.DictReader(file))
    assert (row["title"], row["lon"]) == (f"'{start}cmd".replace("\r", "\n"), "-7.5")


def test_csv_has_plain_line_ends_and_no_mark(tmp_path):
    write_csv([make_record()], tmp_path / "m.csv")
    content = (tmp_path / "m.csv").read_bytes()
    assert content.startswith(b"article_id,title,")
    assert (content.count(b"\n"), content.count(b"\r")) == (2, 0)


@pytest.mark.parametrize("write", WRITERS)
def test_a_table_gives_the_same_bytes_as_its_records(tmp_path, write):
    write(RECORDS, tmp_path / "records")
    write(mentions_table(RECORDS), tmp_path / "table")
    assert (tmp_path / "records").read_bytes() == (tmp_path / "table").read_bytes()


@pytest.mark.parametrize("write", WRITERS)
def test_records_are_written_as_they_come(tmp_path, write):
    def breaking_off():
        yield make_record()
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        write(breaking_off(), tmp_path / "out")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("write", [*WRITERS, write_parquet])
def test_cells_stand_under_their_columns_in_any_order_and_nothing_stands_beside(tmp_path, write):
    records = [{"why": {"prior": 0.5}, **dict(reversed(record.items()))} for record in RECORDS]
    write(records, tmp_path / "found")
    write(RECORDS, tmp_path / "wanted")
    assert (tmp_path / "found").read_bytes() == (tmp_path / "wanted").read_bytes()


@pytest.mark.parametrize("write", [*WRITERS, write_parquet])
def test_a_record_that_lacks_a_column_leaves_no_file(tmp_path, write):
    record = make_record()
    del record["lat"]
    with pytest.raises(TableError, match="lacks the column lat"):
        write([record], tmp_path / "out")
    assert list(tmp_path.iterdir()) == []


def test_no_control_code_leaves_as_json(tmp_path):
    record = make_record(title="a\x1b[2J\x7f\x9b\u202e\u2066 é")
    write_jsonl([record], tmp_path / "m.jsonl")
    raw = (tmp_path / "m.jsonl").read_text(encoding="utf-8")
    assert read_lines(tmp_path / "m.jsonl") == [record]
    assert {c for c in raw if c != "\n" and not c.isprintable()} == set()


@pytest.mark.parametrize("write", WRITERS)
def test_half_a_surrogate_pair_breaks_no_file(tmp_path, write):
    write([make_record(title="a\ud800b")], tmp_path / "out")
    assert "a?b" in (tmp_path / "out").read_text(encoding="utf-8")


@pytest.mark.parametrize("write", WRITERS)
def test_a_table_without_a_column_leaves_no_file(tmp_path, write):
    with pytest.raises(TableError, match="lacks the column lat"):
        write(mentions_table(RECORDS).drop(columns="lat"), tmp_path / "out")
    assert list(tmp_path.iterdir()) == []


@settings(max_examples=30)
@given(
    st.lists(
        st.builds(
            make_record,
            title=st.none() | st.text(st.characters(exclude_categories=["Cs"])),
            lat=st.floats(-90, 90).map(lambda x: round(x, 5)),
            lon=st.floats(-180, 180).map(lambda x: round(x, 5)),
        ),
        max_size=4,
    )
)
def test_geojson_comes_back_equal(tmp_path_factory, records):
    path = tmp_path_factory.mktemp("g") / "m.geojson"
    write_geojson(records, path)
    features = json.loads(path.read_bytes())["features"]
    assert properties_of(features) == records
    for feature, record in zip(features, records, strict=True):
        lon, lat = feature["geometry"]["coordinates"]
        assert math.isclose(lon, record["lon"])
        assert math.isclose(lat, record["lat"])


def test_parquet_without_pyarrow_says_what_to_do(tmp_path, monkeypatch):
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    with pytest.raises(OutputError, match=r"pip install 'geomap\[parquet\]'"):
        write_parquet(RECORDS, tmp_path / "m.parquet")
    assert list(tmp_path.iterdir()) == []


def test_parquet_holds_the_records(tmp_path):
    parquet = pytest.importorskip("pyarrow.parquet")
    assert write_parquet(RECORDS, tmp_path / "m.parquet") == 3
    assert parquet.read_table(tmp_path / "m.parquet").to_pylist() == RECORDS


@pytest.mark.parametrize(
    ("path", "formats", "writer"),
    [
        ("a.csv", TABLE_FORMATS, write_csv),
        ("a.b/A.JSONL", TABLE_FORMATS, write_jsonl),
        ("-", TABLE_FORMATS, write_jsonl),
        ("a.geojson", GIS_FORMATS, write_geojson),
    ],
)
def test_the_suffix_chooses_the_format(path, formats, writer):
    assert find_format(path, formats).load() is writer


@pytest.mark.parametrize("path", ["a.xyz", "a", "geojson", ".geojson"])
def test_an_unknown_suffix_lists_the_known_ones(path):
    with pytest.raises(OutputError, match=r"one of \.csv, .*\.geojson, .*\.jsonl, .*\.parquet"):
        find_format(path)
