"""Shapes on the globe, with geopy as the judge of points, and pyproj of areas."""

import math

import numpy as np
import pyproj
import pytest
import shapely
from geopy.distance import geodesic
from hypothesis import example, given, settings
from hypothesis import strategies as st
from shapely.geometry.polygon import orient

from geomap.relations.geodesic import find_destinations, find_way
from geomap.relations.shapes import (
    cut_at_antimeridian,
    make_corridor,
    make_disc,
    make_ring,
    make_sector,
    write_wkt,
)

GEOD = pyproj.Geod(ellps="WGS84")
LATITUDES = st.floats(-89.5, 89.5)
LONGITUDES = st.floats(-180, 180)
#: the tricky ones: beside both poles, on the antimeridian, on the equator
PLACES = [(35.0, 40.0), (89.9, 10.0), (-89.9, -170.0), (-17.0, 179.9), (64.7, -179.9), (0.0, 180.0)]


def orient_all(shape):
    """Return a shape whose rings run as pyproj counts them."""
    return shapely.MultiPolygon([orient(part) for part in getattr(shape, "geoms", [shape])])


def area_km2(shape):
    shape = shapely.segmentize(orient_all(cut_at_antimeridian(shape)), 0.25)
    return abs(GEOD.geometry_area_perimeter(shape)[0]) / 1e6


def rings(shape):
    parts = getattr(shape, "geoms", [shape])
    return [(part.exterior, list(part.interiors)) for part in parts]


@settings(max_examples=200)
@given(LATITUDES, LONGITUDES, st.floats(0, 360), st.floats(0.5, 1000))
def test_points_lie_where_geopy_puts_them(lat, lon, azimuth, km):
    lats, lons = find_destinations(lat, lon, [azimuth], km)
    there = geodesic(kilometers=km).destination((lat, lon), azimuth)
    assert lon - 180 <= lons[0] <= lon + 180
    assert geodesic((lats[0], (lons[0] + 180) % 360 - 180), there).m < 0.1


@settings(max_examples=50)
@given(LATITUDES, LONGITUDES, LATITUDES, LONGITUDES)
def test_ways_are_as_long_as_geopy_says(lat, lon, to_lat, to_lon):
    way = find_way(lat, lon, to_lat, to_lon)
    assert way.km == pytest.approx(geodesic((lat, lon), (to_lat, to_lon)).km, abs=0.001)


@pytest.mark.parametrize(("lat", "lon"), PLACES)
@pytest.mark.parametrize("km", [2.0, 50.0, 300.0])
def test_a_disc_has_the_area_of_a_circle(lat, lon, km):
    assert area_km2(make_disc(lat, lon, km)) == pytest.approx(math.pi * km * km, rel=0.02)


@pytest.mark.parametrize(("lat", "lon"), PLACES)
def test_a_ring_is_a_disc_without_another(lat, lon):
    whole, hole = make_disc(lat, lon, 60), make_disc(lat, lon, 40)
    ring = make_ring(lat, lon, 40, 60)
    assert area_km2(ring) == pytest.approx(area_km2(whole) - area_km2(hole), rel=0.01)
    assert write_wkt(make_ring(lat, lon, 0, 60)) == write_wkt(whole)


@pytest.mark.parametrize(("lat", "lon"), PLACES)
@pytest.mark.parametrize("azimuth", [0, 45, 180, 270])
def test_a_sector_is_its_share_of_the_disc(lat, lon, azimuth):
    sector = make_sector(lat, lon, azimuth, 45, 0, 30)
    assert area_km2(sector) == pytest.approx(area_km2(make_disc(lat, lon, 30)) / 4, rel=0.02)
    lats, lons = find_destinations(lat, lon, [azimuth], 15)
    inside = shapely.Point((float(lons[0]) + 180) % 360 - 180, float(lats[0]))
    assert cut_at_antimeridian(sector).distance(inside) < 1e-6


@pytest.mark.parametrize(
    "ends",
    [(36.5, 38.0, 36.8, 38.1), (-18.1, 178.4, -21.1, -175.2), (64.1, -21.9, 59.9, 10.7)],
)
def test_a_corridor_is_as_long_and_wide_as_it_should_be(ends):
    way = find_way(*ends)
    corridor = make_corridor(*ends, 5.0)
    assert area_km2(corridor) == pytest.approx(way.km * 10, rel=0.02)
    lats, lons = find_destinations(*ends[:2], [way.leaving], way.km / 2)
    middle = shapely.Point((float(lons[0]) + 180) % 360 - 180, float(lats[0]))
    assert cut_at_antimeridian(corridor).covers(middle)


@settings(max_examples=100, deadline=None)
@example(84.0, 0.0, 0.0, 1473.0, "o")  # an edge lies on the antimeridian
@given(LATITUDES, LONGITUDES, st.floats(0, 360), st.floats(1, 2500), st.sampled_from("drso"))
def test_what_is_written_is_valid_geojson(lat, lon, azimuth, km, kind):
    shape = {
        "d": lambda: make_disc(lat, lon, km),
        "r": lambda: make_ring(lat, lon, km * 0.8, km),
        "s": lambda: make_sector(lat, lon, azimuth, 45, 0, km),
        "o": lambda: make_sector(lat, lon, azimuth, 22.5, km * 0.8, km),
    }[kind]()
    text = write_wkt(shape)
    written = shapely.from_wkt(text)
    west, south, east, north = written.bounds
    assert -180 <= west <= east <= 180
    assert -90 <= south <= north <= 90
    for exterior, interiors in rings(written):
        assert len(exterior.coords) <= 80
        assert exterior.is_ccw or shapely.Polygon(exterior).area < 1e-3
        assert not any(hole.is_ccw for hole in interiors)
    assert (
        max(
            len(number.partition(".")[2])
            for number in text.replace("(", " ").replace(")", " ").replace(",", " ").split()
        )
        <= 4
    )


def test_a_shape_across_the_antimeridian_is_cut_there():
    disc = shapely.from_wkt(write_wkt(make_disc(-17, 179.9, 50)))
    assert disc.geom_type == "MultiPolygon"
    assert sorted(
        round(abs(part.bounds[0 if part.bounds[0] < 0 else 2])) for part in disc.geoms
    ) == [180, 180]


def test_a_disc_around_a_pole_reaches_it():
    disc = shapely.from_wkt(write_wkt(make_disc(89.9, 10, 100)))
    assert disc.bounds == pytest.approx((-180, 89.0, 180, 90), abs=0.01)
    edge = np.array(shapely.get_coordinates(disc))
    assert disc.covers(shapely.Point(-120, 89.95))
    assert edge[:, 1].max() == 90
