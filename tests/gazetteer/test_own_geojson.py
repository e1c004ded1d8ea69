"""A person's own places as GeoJSON: points and polygons, exports of OpenStreetMap, and faulty features."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geomap.errors import GazetteerError
from geomap.gazetteer.sources import registry
from geomap.gazetteer.sources.faults import FileReport

SUDAN = Path(__file__).resolve().parents[3] / "shared" / "reference" / "sudan-places.geojson"


def feature(geometry=None, **properties):
    point = {"type": "Point", "coordinates": [32.25, 15.5]}
    return {"type": "Feature", "properties": {"name": "Mill"} | properties, "geometry": geometry or point}  # fmt: skip


def write(folder, features, **members):
    path = folder / "a.geojson"
    whole = {"type": "FeatureCollection", "features": features, **members}
    path.write_text(json.dumps(whole), encoding="utf-8")
    return path


def read(folder, *features):
    report = FileReport(path="a")
    found = list(registry.read_rows(write(folder, features), report))
    return found, report


def only(folder, *arguments, **properties):
    (place,) = read(folder, feature(*arguments, **properties))[0]
    return place


def error_of(path):
    with pytest.raises(GazetteerError) as caught:
        registry.read_file(path, FileReport(path=str(path)))
    return str(caught.value).replace(str(path), "FILE")


def box(west, south, east, north):
    return [[west, south], [east, south], [east, north], [west, north], [west, south]]


def test_a_town_of_openstreetmap_is_read_whole(tmp_path):
    properties = {
        "name": "بربر", "name:en": "Berber", "name:ar": "بربر", "place": "town", "population": None,
        "osm_id": 3395842948, "osm_type": "nodes", "alt_name": "Barbar; Al Mukhayrif", "note": "x" * 999, "is_in": None,
        "addr:country": "sd", "name:etymology": "unknown", "wikidata": "Q819033",
    }  # fmt: skip
    place = only(tmp_path, **properties)
    assert (place.id, place.name, place.country) == ("osm:node-3395842948", "Berber", "SD")
    assert place.names == (
        ("und", "بربر"),
        ("ar", "بربر"),
        ("und", "Barbar"),
        ("und", "Al Mukhayrif"),
    )
    assert (place.lat, place.lon, place.feature, place.population) == (15.5, 32.25, "PPL", None)
    assert (place.size, place.own, place.source) == (5000, True, "own:a")


@pytest.mark.parametrize(
    ("properties", "expected"),
    [
        ({"place": "hamlet"}, "PPLL"),
        ({"place": "Suburb"}, "PPLX"),
        ({"place": "state"}, "ADM1"),
        ({"place": "something"}, "PPL"),
        ({}, "PPL"),
        ({"feature": "airp"}, "AIRP"),
        ({"boundary": "administrative", "admin_level": 6}, "ADM2"),
        ({"boundary": "administrative"}, "ADM3"),
    ],
)
def test_places_of_openstreetmap_have_features(tmp_path, properties, expected):
    assert only(tmp_path, **properties).feature == expected


@pytest.mark.parametrize(
    ("population", "expected"),
    [("12,345", 12_345), (7, 7), ("about 300", None), ("", None), (-3, None), ([1], None)],
)
def test_a_population_that_is_no_number_is_none(tmp_path, population, expected):
    assert only(tmp_path, population=population).population == expected


@pytest.mark.parametrize(
    ("member", "properties", "expected"),
    [
        ({}, {"geonames:id": "0366323"}, "geonames:366323"),
        ({}, {"geonameid": 366323}, "geonames:366323"),
        ({}, {"geonameid": "x"}, "own:a-mill"),
        ({}, {"@id": "node/7"}, "osm:node-7"),
        ({"id": 0}, {}, "own:a-id-0"),
        ({"id": "camp 7"}, {"id": 3}, "own:a-id-camp-7"),
        ({}, {"id": 3}, "own:a-id-3"),
        ({"id": [1]}, {}, "own:a-mill"),
    ],
)
def test_ids_are_taken_from_where_they_stand(tmp_path, member, properties, expected):
    (place,) = read(tmp_path, feature(**properties) | member)[0]
    assert place.id == expected


def test_ids_stand_once_and_rows_without_one_get_their_own(tmp_path):
    found, report = read(
        tmp_path, feature(), feature(), feature(osm_id=7), feature(osm_id=7), feature(id=1)
    )
    assert [place.id for place in found] == [
        "own:a-mill",
        "own:a-mill-2",
        "osm:7",
        "own:a-id-1",
    ]
    assert [(fault.line, fault.message) for fault in report.faults] == [
        (4, "expected each id once, got 'osm:7' again")
    ]


@pytest.mark.parametrize(
    ("geometry", "lat", "lon", "radius"),
    [
        ({"type": "Point", "coordinates": [2, 1, 400]}, 1, 2, None),
        ({"type": "Point", "coordinates": ["2", "1"]}, 1, 2, None),
        ({"type": "Polygon", "coordinates": [box(0, 0, 1, 1)]}, 0.5, 0.5, 62.7),
        ({"type": "MultiPolygon", "coordinates": [[box(0, 0, 1, 1)], [box(5, 5, 8, 8)]]}, 6.5, 6.5, 197.8),
        ({"type": "Polygon", "coordinates": [box(179, 0, -179, 1)]}, 0.5, 180, 88.7),
        ({"type": "Polygon", "coordinates": [box(179, 0, -177, 1)]}, 0.5, -179, 125.5),
        ({"type": "Polygon", "coordinates": [box(-180, -80, 180, -60)]}, -70, 0, 3102.6),
        ({"type": "Polygon", "coordinates": [[[0, 0], [2, 2], [2, 0], [0, 2], [0, 0]]]}, None, None, 88.7),
    ],
)  # fmt: skip
def test_shapes_have_a_point_and_a_radius(tmp_path, geometry, lat, lon, radius):
    place = only(tmp_path, geometry)
    if lat is not None:
        assert (place.lat, abs(place.lon)) == pytest.approx((lat, abs(lon)), abs=0.01)
    assert (
        place.radius_km is None
        if radius is None
        else place.radius_km == pytest.approx(radius, rel=0.01)
    )


def test_the_point_of_a_polygon_lies_in_no_hole_of_it(tmp_path):
    place = only(tmp_path, {"type": "Polygon", "coordinates": [box(0, 0, 9, 9), box(1, 1, 8, 8)]})
    assert not (1 < place.lat < 8 and 1 < place.lon < 8)
    assert place.radius_km < 400


@pytest.mark.parametrize(
    ("geometry", "message"),
    [
        ([], "expected a geometry, got none"),
        ("POINT(1 2)", "expected a geometry, got none"),
        ({"type": "LineString", "coordinates": [[0, 0], [1, 1]]}, "expected a Point, Polygon or MultiPolygon, got 'LineString'"),
        ({"type": "Point", "coordinates": []}, "expected the coordinates of a Point, got []"),
        ({"type": "Point", "coordinates": [1]}, "expected a latitude in decimal degrees, got None (positions are"),
        ({"type": "Point", "coordinates": [15, 120]}, "expected a latitude in [-90, 90], got 120 (positions are [longitude, latitude]"),
        ({"type": "Point", "coordinates": {"a": 1}}, "expected the coordinates of a Point, got {'a': 1}"),
        ({"type": "Polygon", "coordinates": []}, "expected the coordinates of a Polygon, got []"),
        ({"type": "Polygon", "coordinates": [[]]}, "expected a polygon with an area, got one without"),
        ({"type": "Polygon", "coordinates": [[[0, 0], [1, 1]]]}, "expected polygons of rings of [longitude, latitude]"),
        ({"type": "Polygon", "coordinates": [[[0, 0], [1, 1], ["x", 2], [0, 0]]]}, "expected polygons of rings of [longitude, latitude]: expected a number, got 'x'"),
        ({"type": "Polygon", "coordinates": [[[0, 0], [1, 1], [2, 2], [0, 0]]]}, "expected a polygon with an area, got one without"),
        ({"type": "Polygon", "coordinates": [box(3e5, 5e5, 3e5 + 1, 5e5 + 1)]}, "expected a latitude in [-90, 90], got 500000.5 (positions are"),
        ({"type": "MultiPolygon", "coordinates": [5]}, "expected polygons of rings of [longitude, latitude]"),
    ],
)  # fmt: skip
def test_a_faulty_geometry_is_told_with_its_feature(tmp_path, geometry, message):
    bad = feature() | {"geometry": geometry}
    found, report = read(tmp_path, feature(), bad, feature())
    assert len(found) == 2
    ((line, told),) = [(fault.line, fault.message) for fault in report.faults]
    assert (line, told[: len(message)]) == (2, message)


@pytest.mark.parametrize(
    ("item", "message"),
    [
        (None, "expected a feature, got NoneType"),
        (5, "expected a feature, got int"),
        ([], "expected a feature, got list"),
        ({"type": "Point", "coordinates": [1, 2]}, "expected a feature, got dict"),
        (feature() | {"properties": [1]}, "expected properties as an object"),
        (feature(name="x" * 201), "expected a name of at most 200 characters, got 201"),
        (feature(feature="a town"), "expected a GeoNames feature code such as PPL or ADM2, got 'a town'"),
        (feature() | {"geometry": None}, "expected a geometry, got none"),
    ],
)  # fmt: skip
def test_a_faulty_feature_is_told_with_its_number(tmp_path, item, message):
    _, report = read(tmp_path, item)
    assert [(fault.line, fault.message) for fault in report.faults] == [(1, message)]


def test_features_without_a_name_are_counted(tmp_path):
    found, report = read(
        tmp_path,
        feature(name=None),
        feature(name=" "),
        feature() | {"properties": None},
        feature(name=None, int_name="Mill"),
    )
    assert [place.name for place in found] == ["Mill"]
    assert report.notes == ["3 features without a name are left out"]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "FILE:1: expected GeoJSON"),
        ("{", "FILE:1: expected GeoJSON"),
        ("\n\n[1,", "FILE:3: expected GeoJSON"),
        ("[" * 100_000, "FILE:1: expected GeoJSON"),
        ('{"a":' * 5000, "FILE:1: expected GeoJSON"),
        ("[]", "FILE: expected a GeoJSON FeatureCollection with features, got 'list'"),
        ("null", "FILE: expected a GeoJSON FeatureCollection with features, got 'NoneType'"),
        ('{"type": "Point", "coordinates": [1, 2]}', "FILE: expected a GeoJSON FeatureCollection with features, got 'Point'"),
        ('{"type": "FeatureCollection"}', "FILE: expected a GeoJSON FeatureCollection with features, got 'FeatureCollection'"),
        ('{"type": "FeatureCollection", "features": [1e400]}', "FILE:1: expected GeoJSON"),
    ],
)  # fmt: skip
def test_a_file_that_is_no_geojson_is_an_error_that_helps(tmp_path, text, message):
    (tmp_path / "a.geojson").write_text(text)
    assert error_of(tmp_path / "a.geojson").startswith(message)


@pytest.mark.parametrize("name", ["urn:ogc:def:crs:OGC:1.3:CRS84", "EPSG:4326", "urn:ogc:def:crs:EPSG::4326"])  # fmt: skip
def test_degrees_may_be_stated(tmp_path, name):
    path = write(tmp_path, [feature()], crs={"type": "name", "properties": {"name": name}})
    assert len(registry.read_file(path, FileReport(path="a"))) == 1


def test_metres_are_refused(tmp_path):
    path = write(tmp_path, [feature()], crs={"properties": {"name": "urn:ogc:def:crs:EPSG::32636"}})
    assert error_of(path) == (
        "FILE: expected degrees in WGS 84, got the system of coordinates 'urn:ogc:def:crs:EPSG::32636'; "
        "save the file as EPSG:4326"
    )


def test_one_feature_is_a_file_as_well(tmp_path):
    (tmp_path / "a.json").write_text("\ufeff" + json.dumps(feature()), encoding="utf-8")
    assert len(registry.read_file(tmp_path / "a.json", FileReport(path="a"))) == 1


values = st.recursive(
    st.none() | st.booleans() | st.floats(-400, 400) | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=5) | st.dictionaries(st.text(max_size=5), inner, max_size=3)
    ),
)
kinds = st.sampled_from(["Point", "Polygon", "MultiPolygon"])


@given(st.lists(st.tuples(kinds, values), min_size=1, max_size=4))
def test_any_coordinates_are_places_or_faults(tmp_path_factory, geometries):
    features = [feature({"type": kind, "coordinates": value}) for kind, value in geometries]
    report = FileReport(path="a")
    found = list(registry.read_rows(write(tmp_path_factory.getbasetemp(), features), report))
    assert len(found) + report.fault_count == report.rows == len(features)


@pytest.mark.skipif(
    not SUDAN.is_file(), reason="needs an export of OpenStreetMap beside the project"
)
def test_an_export_is_read_without_a_fault():
    report = FileReport(path="a")
    found = registry.read_file(SUDAN, report)
    assert (report.rows, len(found), report.notes) == (11_464, 11_464, [])
    assert len({place.id for place in found}) == len(found)
    assert sum(bool(place.size) for place in found) > 100
