"""The base map is cut to what a page needs."""

from __future__ import annotations

from geomap.webmap.basemap import build_base, find_towns


def test_the_finer_pack_is_part_of_the_page_only_where_it_is_needed():
    world, near = build_base([(48.9, 2.4)]), build_base([(48.9, 2.4), (36.0, 39.0)])
    assert world["units"] == world["rivers"] == []
    assert near["rivers"]
    assert sum(map(len, near["arcs"])) > sum(map(len, world["arcs"]))


def test_towns_are_those_around_the_data_and_the_largest_of_the_world():
    near, none = find_towns([(36.0, 39.0), (33.3, 44.4)]), find_towns([])
    names = [name for name, *_ in near]
    assert {"Aleppo", "Mosul", "Tabriz", "Tokyo"} <= set(names)
    assert not {"Lyon", "New Mosul"} & set(names)
    assert len(none) < 80 < len(names) < 400
    sizes = [people for *_, people in near]
    assert sizes == sorted(sizes, reverse=True)
    assert all(-180 <= x / 100 <= 180 and -90 <= y / 100 <= 90 for _, x, y, _ in near)
