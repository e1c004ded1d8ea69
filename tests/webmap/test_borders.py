"""Countries of one's own in the place of Natural Earth's."""

from __future__ import annotations

import json

import pytest

from geomap.errors import InputError
from geomap.outlines import find_country, grid_steps
from geomap.webmap.basemap import build_base
from geomap.webmap.borders import read_borders
from geomap.webmap.page import render_map
from tests.webmap.sample import make_row


def square(west, south, east, north):
    corners = [[west, south], [east, south], [east, north], [west, north], [west, south]]
    return {"type": "Polygon", "coordinates": [corners]}


def feature(geometry, **properties):
    return {"type": "Feature", "geometry": geometry, "properties": properties}


def write(path, *features, **more):
    path.write_text(json.dumps({"type": "FeatureCollection", "features": features} | more))
    return path


@pytest.fixture
def path(tmp_path):
    """Two countries side by side, one that geomap does not know, and a disputed line."""
    line = {"type": "LineString", "coordinates": [[36, 33], [37, 34]]}
    return write(
        tmp_path / "own.geojson",
        feature(square(36, 33, 40, 37), ISO_A2="sy", NAME="Syria"),
        feature(square(40, 33, 44, 37), iso_a2="IQ", name="Iraq"),
        feature(square(60, 33, 62, 34), ISO_A2="-99", NAME="<b>Else\u202ewhere</b>"),
        feature(line, disputed=True),
        feature(None, NAME="nothing"),
    )


def points_of(base, row):
    """All points of a country, in degrees."""
    found = set()
    for ring in base["rings"][row]:
        for index in ring:
            x = y = 0
            arc = base["arcs"][index]
            for dx, dy in zip(arc[::2], arc[1::2], strict=True):
                x, y = x + dx, y + dy
                found.add((x / base["grid"], y / base["grid"]))
    return found


def test_countries_keep_their_rows_and_new_ones_follow(path):
    world = build_base([])
    base = read_borders(path, grid_steps()).replace(world)
    syria = find_country("SY")
    assert points_of(base, syria) == {(36, 33), (40, 33), (40, 37), (36, 37)}
    assert base["name"][syria] == "Syria"
    assert (base["iso"][-1], base["name"][-1]) == ("", "<b>Elsewhere</b>")
    assert base["label"][-1] == [61.0, 33.5, 0.5]
    assert base["rings"][find_country("FR")] == []
    assert len({len(base[key]) for key in ("iso", "name", "label", "rings")}) == 1
    assert len(base["class"]) == len(base["arcs"])


def test_a_border_is_where_two_countries_meet_and_is_drawn_once(path):
    base = read_borders(path, grid_steps()).replace(build_base([]))
    steps = grid_steps()
    borders = [arc for arc, kind in zip(base["arcs"], base["class"], strict=True) if kind == "b"]
    assert borders == [[40 * steps, 33 * steps, 0, 4 * steps]]
    disputed = [arc for arc, kind in zip(base["arcs"], base["class"], strict=True) if kind == "d"]
    assert disputed == [[36 * steps, 33 * steps, steps, steps]]
    assert (base["disputed"], base["units"]) == ([], [])


def test_the_page_says_whose_borders_it_draws(path):
    row = make_row("Syria", "Rain fell on Syria.", "literal", 1)
    assert '"basemap":"own.geojson"' in render_map([row], basemap=path)
    assert '"basemap":null' in render_map([row])


def test_a_file_of_too_many_points_gets_a_coarser_grid(tmp_path):
    wave = [[n / 2000, 10 + (n % 2) / 400] for n in range(200_000)]
    ring = [*wave, [100, 0], [0, 0]]
    polygon = {"type": "Polygon", "coordinates": [ring]}
    path = write(tmp_path / "large.geojson", feature(polygon, ISO_A2="SY"))
    [(_, _, [found])] = read_borders(path, grid_steps()).countries
    assert 1000 < len(found) <= 150_000


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("", "is no GeoJSON file"),
        ("[" * 100_000, "is no GeoJSON file"),
        ("[]", "expected a feature collection"),
        ('{"type": "Topology"}', "expected a feature collection"),
        ('{"type": "FeatureCollection", "features": []}', "has 0 features"),
        ('{"type": "FeatureCollection", "features": [7]}', "feature 1 is no country"),
        (
            '{"type": "FeatureCollection", "features": [{"geometry": {"type": "Point"}}]}',
            "feature 1",
        ),
    ],
)
def test_what_is_no_base_map(tmp_path, content, message):
    path = tmp_path / "own.geojson"
    path.write_text(content)
    with pytest.raises(InputError, match=message):
        read_borders(path, grid_steps())


@pytest.mark.parametrize(
    ("geometry", "message"),
    [
        ({"type": "Point", "coordinates": [1, 2]}, "expected polygons or lines, got 'Point'"),
        (square(3_900_000, 0, 4_000_000, 9), "expected longitude and latitude in degrees"),
        ({"type": "Polygon", "coordinates": [[["a", 1]]]}, "feature 1 is no country"),
        ({"type": "Polygon", "coordinates": 7}, "feature 1 is no country"),
        ({"type": "Polygon", "coordinates": [[[1, "nan"]]]}, "in degrees, got 1.0, nan"),
        (square(0, 0, 1, 1), "no polygon has an ISO 3166 two-letter code"),
    ],
)
def test_geometries_that_are_no_countries(tmp_path, geometry, message):
    path = write(tmp_path / "own.geojson", feature(geometry, NAME="x"))
    with pytest.raises(InputError, match=message):
        read_borders(path, grid_steps())
