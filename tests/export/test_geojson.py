"""GeoJSON as RFC 7946 wants it, and sequences of its features."""

import json

import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from geomap.errors import TableError
from geomap.export import write_geojson
from geomap.export.extent import Extent
from geomap.export.geojson import write_geojson_sequence
from tests.samples import UNDATED, make_record

CLOCKWISE = "POLYGON ((0 0, 0 4, 4 4, 4 0, 0 0), (1 1, 2 1, 2 2, 1 2, 1 1))"
BEYOND = "POLYGON ((178 -20, 183 -20, 183 -16, 178 -16, 178 -20))"


def features_of(tmp_path, *records, **options):
    write_geojson(records, tmp_path / "m.geojson", **options)
    return json.loads((tmp_path / "m.geojson").read_bytes())["features"]


def test_rings_wind_as_the_standard_says(tmp_path):
    (feature,) = features_of(tmp_path, make_record(relation_geometry=CLOCKWISE))
    outer, hole = (shapely.LinearRing(ring) for ring in feature["geometry"]["coordinates"])
    assert (outer.is_ccw, hole.is_ccw) == (True, False)


def test_what_crosses_the_antimeridian_is_cut_there(tmp_path):
    (feature,) = features_of(tmp_path, make_record(relation_geometry=BEYOND))
    shape = shapely.geometry.shape(feature["geometry"])
    assert shape.geom_type == "MultiPolygon"
    assert sorted(part.bounds for part in shape.geoms) == [
        (-180, -20, -177, -16),
        (178, -20, 180, -16),
    ]
    assert shape.area == pytest.approx(20)
    assert feature["bbox"] == [178, -20, -177, -16]


def test_times_have_an_exclusive_end_beside_the_inclusive_days(tmp_path):
    features = features_of(
        tmp_path,
        make_record(
            date=("2019-02-01", "2019-02-28", "month"),
            event_start="2019-01-31",
            event_end="2019-01-31",
        ),
        make_record(date=UNDATED),
        make_record(date=("9999-12-31", "9999-12-31", "day")),
    )
    names = ("date_end", "time_start", "time_end", "event_time_start", "event_time_end")
    assert [[feature["properties"][name] for name in names] for feature in features] == [
        [
            "2019-02-28",
            "2019-02-01T00:00:00Z",
            "2019-03-01T00:00:00Z",
            "2019-01-31T00:00:00Z",
            "2019-02-01T00:00:00Z",
        ],
        [None, None, None, None, None],
        ["9999-12-31", "9999-12-31T00:00:00Z", "9999-12-31T00:00:00Z", None, None],
    ]


@pytest.mark.parametrize(
    ("geometry", "kinds"),
    [
        ("place", [("a.txt:10-15", "Point"), ("b.txt:10-15", "Point")]),
        ("described", [("a.txt:10-15", "Polygon"), ("b.txt:10-15", "Point")]),
        (
            "both",
            [
                ("a.txt:10-15", "Point"),
                ("a.txt:10-15:described", "Polygon"),
                ("b.txt:10-15", "Point"),
            ],
        ),
    ],
)
def test_the_geometry_is_a_choice(tmp_path, geometry, kinds):
    records = [make_record(relation_geometry=CLOCKWISE), make_record(article_id="b.txt")]
    features = features_of(tmp_path, *records, geometry=geometry)
    assert [(feature["id"], feature["geometry"]["type"]) for feature in features] == kinds
    told = {feature["properties"].get("geometry_of") for feature in features}
    assert told == ({"place", "described"} if geometry == "both" else {None})


@pytest.mark.parametrize("write", [write_geojson, write_geojson_sequence])
def test_what_has_no_geometry_is_told_and_left_out_on_request(tmp_path, write):
    records = [make_record(), make_record(place_id=None)]
    written = write(records, tmp_path / "all")
    assert (written, len(written.notes)) == (2, 1)
    assert written.notes[0].startswith("1 mention without geometry")
    assert write(records, tmp_path / "located", located=True) == 1
    assert (tmp_path / "all").read_text(encoding="utf-8").count("null}") >= 1
    assert '"geometry":null' not in (tmp_path / "located").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    "fields",
    [
        {"lat": 999.0},
        {"lon": -180.5},
        {"lat": float("inf")},
        {"lat": "north"},
        {"relation_geometry": "POINT (0 99)"},
    ],
)
def test_what_is_no_place_on_earth_is_refused(tmp_path, fields):
    with pytest.raises(TableError, match="degrees"):
        write_geojson([make_record(**fields)], tmp_path / "m.geojson")
    assert list(tmp_path.iterdir()) == []


def test_a_day_that_is_none_is_refused(tmp_path):
    with pytest.raises(TableError, match="expected a day as YYYY-MM-DD, got '2019-02-30'"):
        write_geojson(
            [make_record(date=("2019-02-30", "2019-02-30", "day"))], tmp_path / "m.geojson"
        )


def test_an_empty_collection_has_no_box(tmp_path):
    write_geojson([], tmp_path / "m.geojson")
    assert json.loads((tmp_path / "m.geojson").read_bytes()) == {
        "type": "FeatureCollection",
        "features": [],
    }


@pytest.mark.parametrize(("suffix", "before"), [(".geojsonl", b""), (".geojsons", b"\x1e")])
def test_a_sequence_is_one_feature_a_line(tmp_path, suffix, before):
    path = tmp_path / f"m{suffix}"
    records = [make_record(title="a\nb\u2028c"), make_record(article_id="b.txt")]
    assert write_geojson_sequence(records, path) == 2
    lines = path.read_bytes().splitlines()
    assert [line.startswith(before) for line in lines] == [True, True]
    whole = features_of(tmp_path, *records)
    assert [json.loads(line.removeprefix(before)) for line in lines] == whole


boxes = st.lists(
    st.tuples(st.floats(-180, 180), st.floats(-90, 90)).map(
        lambda p: [round(p[0], 3), round(p[1], 3)]
    ),
    min_size=1,
    max_size=8,
)


@settings(max_examples=200)
@given(boxes)
def test_a_box_holds_all_points_and_is_the_narrowest(points):
    extent = Extent()
    for point in points:
        extent.add(point)
    west, south, east, north = extent.box()
    wide = (east - west) % 360 if west > east else east - west
    for lon, lat in points:
        assert south <= lat <= north
        assert west <= lon <= east if west <= east else lon >= west or lon <= east
    assert wide <= max(p[0] for p in points) - min(p[0] for p in points) + 1e-9
    if west > east:
        assert wide < max(p[0] for p in points) - min(p[0] for p in points)
