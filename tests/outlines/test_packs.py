"""The packs of outlines hold together, and countries, units and rivers are found in them."""

from __future__ import annotations

import itertools

import pytest
import shapely

from geomap.outlines import (
    build_outlines,
    find_country,
    find_river,
    find_unit,
    read_pack,
)
from geomap.outlines.fine import fine_lines, island_owners
from geomap.outlines.packs import unpack_line
from geomap.relations import areas


def _ends(flat):
    return (sum(flat[2::2], flat[0]), sum(flat[3::2], flat[1]))


@pytest.mark.parametrize(("kind", "name"), [("arcs", "arcs"), ("lakes", "lakes")])
def test_a_line_of_the_world_is_the_fine_one_with_fewer_points(kind, name):
    fine = fine_lines(kind)
    for number, flat in enumerate(read_pack("world")[name]):
        marks = fine.coarse[fine.starts[number] : fine.starts[number + 1]]
        kept = [tuple(point) for point in fine.line(number)[marks].tolist()]
        points = unpack_line(flat)
        assert set(points) <= set(kept)
        assert (kept[0], kept[-1]) == (points[0], points[-1])


def test_islands_belong_to_countries():
    owners = island_owners()
    assert len(owners) == len(fine_lines("islands"))
    assert {read_pack("world")["iso"][row] for row in owners} >= {"FJ", "PH", "GR"}


@pytest.mark.parametrize("name", ["world", "units"])
def test_rings_are_closed(name):
    pack = read_pack(name)
    for ring in itertools.chain.from_iterable(pack["rings"]):
        pairs = [
            (tuple(arc[:2]), _ends(arc)) if i >= 0 else (_ends(arc), tuple(arc[:2]))
            for i in ring
            for arc in [pack["arcs"][i if i >= 0 else ~i]]
        ]
        turned = [*pairs[1:], pairs[0]]
        assert all(a[1] == b[0] for a, b in zip(pairs, turned, strict=True))


def test_the_coasts_of_the_land_are_closed():
    """A coast that is left open fills half a continent with sea."""
    world = read_pack("world")
    for ring in world["land"]:
        arcs = [
            unpack_line(world["arcs"][i if i >= 0 else ~i])[:: 1 if i >= 0 else -1] for i in ring
        ]
        assert [a[-1] for a in arcs] == [a[0] for a in [*arcs[1:], arcs[0]]]


def test_columns_of_countries_agree():
    world = read_pack("world")
    assert len({len(world[name]) for name in ("iso", "fid", "name", "label", "rings")}) == 1
    codes = [code for code in world["iso"] if code]
    assert len(codes) == len(set(codes)) == 239
    assert set(world["class"]) == {"b", "c", "d"}


@pytest.mark.parametrize(("iso", "found"), [("SY", True), ("XK", True), ("ZZ", False), ("", False)])
def test_countries_are_found_by_code(iso, found):
    assert (find_country(iso) >= 0) is found


@pytest.mark.parametrize(
    ("names", "iso", "found"),
    [
        (("Raqqa Governorate", "Ar Raqqah"), "SY", True),
        (("Nowhere Province",), "SY", False),
        (("Texas",), "US", True),
        (("Texas",), "FR", False),
    ],
)
def test_units_are_found_by_name_in_their_country(names, iso, found):
    assert bool(find_unit("geomap:none", names, iso)) is found


def test_a_unit_of_two_features_has_one_ring_around_both():
    pack = read_pack("units")
    rows = [pack["fid"][pack["name"].index(name)] for name in ("Kansas", "Nebraska")]
    apart, together = build_outlines([(rows[0],), (rows[1],)]), build_outlines([tuple(rows)])
    assert [len(rings) for rings in (*apart, *together)] == [1, 1, 1]
    assert len(together[0][0]) < len(apart[0][0]) + len(apart[1][0])


@pytest.mark.parametrize(
    ("name", "river"),
    [("Euphrates River", "Euphrates"), ("River Jordan", "Jordan"), ("Thames", ""), ("", "")],
)
def test_rivers_are_found_by_name(name, river):
    assert find_river(name) == river


def test_the_shapes_that_are_kept_are_those_that_the_packs_give():
    """Where this fails, the packs or geomap/relations/areas.py have changed: run gazetteer/build/build_areas.py."""
    for country in filter(None, read_pack("world")["iso"]):
        for find, make in (
            (areas.find_country_area, areas.make_country_area),
            (areas.find_coast, areas.make_coast),
        ):
            kept, made = find(country), make(country)
            assert (kept is None) == (made is None), country
            if kept is not None:
                assert shapely.hausdorff_distance(kept, made) < 1e-6, country
