"""The base map is cut to what a page needs."""

from __future__ import annotations

from geomap.webmap.basemap import build_base


def test_the_finer_pack_is_part_of_the_page_only_where_it_is_needed():
    world, near = build_base([(48.9, 2.4)]), build_base([(48.9, 2.4), (36.0, 39.0)])
    assert world["units"] == world["rivers"] == []
    assert near["rivers"]
    assert sum(map(len, near["arcs"])) > sum(map(len, world["arcs"]))
