"""Outlines, borders and rivers come as lines of longitudes and latitudes."""

import pytest
import shapely

from geomap.outlines import border_lines, country_rings, find_unit, river_lines, unit_rings


def bounds(lines):
    return shapely.union_all([shapely.LineString(line) for line in lines]).bounds


@pytest.mark.parametrize(
    ("iso", "box"),
    [("SY", (35.7, 32.3, 42.4, 37.3)), ("RU", (-180, 41.2, 180, 81.8))],
)
def test_a_country_lies_where_it_lies(iso, box):
    assert bounds(country_rings(iso)) == pytest.approx(box, abs=0.5)
    assert all(ring[0] == ring[-1] for ring in country_rings(iso))


def test_a_unit_lies_in_its_country():
    west, south, east, north = bounds(unit_rings(find_unit("", ("Aleppo", "Halab"), "SY")))
    assert 36 < west < east < 39
    assert 35 < south < north < 37


def test_two_countries_share_one_line():
    shared, back = border_lines("SY", "TR"), border_lines("TR", "SY")
    assert shared == back
    assert bounds(shared) == pytest.approx((35.9, 35.8, 42.4, 37.2), abs=0.3)
    assert border_lines("SY", "EG") == []


def test_a_border_with_all_neighbours_is_the_sum_of_those_with_each():
    ours = {tuple(line) for line in border_lines("SY")}
    neighbours = ("TR", "IQ", "JO", "IL", "LB")
    assert {tuple(line) for iso in neighbours for line in border_lines("SY", iso)} == ours


def test_an_island_has_no_border():
    assert border_lines("IS") == []


def test_a_river_runs_through_its_countries():
    west, south, east, north = bounds(river_lines("Euphrates"))
    assert (west < 39.5, east > 46, south < 31.5, north > 38) == (True,) * 4
    assert river_lines("no such river") == []
