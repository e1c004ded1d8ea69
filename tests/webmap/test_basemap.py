"""The base map is cut to what a page needs."""

from __future__ import annotations

import json

import pytest

from geomap.outlines import grid_steps, read_pack
from geomap.outlines.packs import unpack_line
from geomap.webmap.basemap import build_base, find_towns

#: a place on each continent, with a coast or a river near
PLACES = {
    "London": (51.5, -0.1),
    "Kherson": (46.6, 32.6),
    "Raqqa": (36.0, 39.0),
    "Khartoum": (15.6, 32.5),
    "Goma": (-1.7, 29.2),
    "Maungdaw": (20.8, 92.4),
    "Cotabato": (7.2, 124.2),
    "Suva": (-18.1, 178.4),
    "Port-au-Prince": (18.5, -72.3),
    "Buenaventura": (3.9, -77.0),
}


def points_near(base, lat, lon, reach):
    grid = grid_steps()
    lines = [*base["arcs"], *base["units"], *base["lakes"], *(r["line"] for r in base["rivers"])]
    flat = [point for line in lines for point in unpack_line(line)]
    return sum(abs(y / grid - lat) < reach and abs(x / grid - lon) < reach for x, y in flat)


def test_a_page_without_places_has_the_coarse_world():
    world = build_base([])
    assert world["units"] == world["rivers"] == []
    assert world["arcs"] == read_pack("world")["arcs"]


@pytest.mark.parametrize("place", PLACES)
def test_the_map_is_fine_around_every_place_of_the_world(place):
    lat, lon = PLACES[place]
    base = build_base([(lat, lon)])
    assert points_near(base, lat, lon, 3) > 1.5 * points_near(build_base([]), lat, lon, 3)
    assert base["units"]


def test_lines_of_one_level_meet_where_they_met():
    """No border gaps: an arc ends where it ended, however fine it is."""
    coarse, fine = build_base([]), build_base(list(PLACES.values()))
    for before, after in zip(coarse["arcs"], fine["arcs"], strict=False):
        old, new = unpack_line(before), unpack_line(after)
        assert (old[0], old[-1]) == (new[0], new[-1])
        assert set(old) <= set(new)


def test_small_islands_and_lakes_come_near_a_place_alone():
    base = build_base([PLACES["Suva"]])
    world = build_base([])
    assert len(base["land"]) > len(world["land"])
    assert len(base["arcs"]) == len(base["class"])
    fiji = base["iso"].index("FJ")
    assert len(base["rings"][fiji]) > len(world["rings"][fiji])
    assert len(build_base([PLACES["Goma"]])["lakes"]) > len(world["lakes"])


def test_rivers_have_their_names():
    names = {river["name"] for river in build_base(list(PLACES.values()))["rivers"]}
    assert {"Dnipro", "Euphrates", "White Nile", "Blue Nile"} <= names


def test_a_page_with_places_everywhere_keeps_its_budget():
    everywhere = [(lat / 2, lon / 2) for lat in range(-100, 140, 5) for lon in range(-360, 360, 5)]
    extra = len(json.dumps(build_base(everywhere))) - len(json.dumps(build_base([])))
    assert 200_000 < extra < 1_500_000


def test_towns_are_those_around_the_data_and_the_largest_of_the_world():
    near, none = find_towns([(36.0, 39.0), (33.3, 44.4)]), find_towns([])
    names = [name for name, *_ in near]
    assert {"Aleppo", "Mosul", "Tabriz", "Tokyo"} <= set(names)
    assert not {"Lyon", "New Mosul"} & set(names)
    assert len(none) < 80 < len(names) <= 300
    sizes = [people for *_, people in near]
    assert sizes == sorted(sizes, reverse=True)
    assert all(-180 <= x / 100 <= 180 and -90 <= y / 100 <= 90 for _, x, y, _ in near)


def test_towns_of_two_far_places_are_not_those_between():
    names = {name for name, *_ in find_towns([PLACES["London"], PLACES["Suva"]])}
    assert {"Oxford", "Labasa"} <= names
    assert "Pune" not in names
