"""Rows without an id of GeoNames become one with the places that they are, by name and distance."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geomap.gazetteer.merge import MergeReport, distance_of, merge_rows
from geomap.gazetteer.sources import SourcePlace

#: a degree of latitude
KM = 1 / 111.195


def place_of(key, name="Mill", *, north=0.0, east=0.0, **fields):
    """Return a place so many kilometres off 15° N 30° E."""
    lon = 30.0 + east * KM / math.cos(math.radians(15.0))
    given_fields = {"id": key, "name": name, "lat": 15.0 + north * KM, "lon": lon, "feature": "PPL"}
    return SourcePlace(**given_fields | fields)


def own(key, name="Mill", **fields):
    return place_of(f"own:{key}", name, **{"own": True, "source": "own:x"} | fields)


def merge(places, rows, **options):
    report = MergeReport()
    merged = list(merge_rows(places, rows, report, **options))
    return merged, report


def pairs(places, rows, **options):
    """Return which row was merged into which place."""
    _, report = merge(places, rows, **options)
    return {item.row_id.removeprefix("own:"): item.place_id for item in report.merged}


HERE = place_of("geonames:1", country="SD", population=900, names=(("alt", "Milltown"),))


def test_a_row_with_the_id_of_a_place_is_that_place_wherever_it_lies():
    row = place_of("geonames:1", "Wheel", north=900, feature="", own=True, source="own:x")
    (whole,), report = merge([HERE], [row])
    assert (whole.id, whole.name, whole.lat, whole.feature, whole.own) == (
        "geonames:1",
        "Wheel",
        row.lat,
        "PPL",
        True,
    )
    assert (report.by_id, report.merged, report.new) == (1, [], 0)


def test_a_row_wins_with_what_it_fills_in_and_nothing_else():
    row = own("a", "MILLTOWN", north=1, admin1="Khartoum", names=(("ar", "الطاحونة"),))
    (whole,), _ = merge([HERE], [row])
    assert (whole.id, whole.name, whole.lat, whole.admin1) == (
        "geonames:1",
        "MILLTOWN",
        row.lat,
        "Khartoum",
    )
    assert (whole.country, whole.population, whole.feature) == ("SD", 900, "PPL")
    assert whole.names == (("alt", "Milltown"), ("alt", "Mill"), ("ar", "الطاحونة"))


@pytest.mark.parametrize(
    ("known", "row", "expected"),
    [
        ("PPLC", "PPL", "PPLC"),
        ("PPLX", "PPL", "PPLX"),
        ("PPL", "PPLX", "PPLX"),
        ("PPLA", "PPLX", "PPLX"),
        ("", "PPL", "PPL"),
    ],
)
def test_a_mere_town_takes_nothing_from_a_seat(known, row, expected):
    (whole,), _ = merge([place_of("geonames:1", feature=known)], [own("a", feature=row)])
    assert whole.feature == expected


@pytest.mark.parametrize(
    ("row", "is_merged"),
    [
        (own("a", north=4.9), True),
        (own("a", north=5.1), False),
        (own("a", north=9.9, tol_km=5.0), True),
        (own("a", north=10.1, tol_km=5.0), False),
        (own("a", north=4.9, tol_km=0.5), True),
        (own("a", north=29.9, tol_km=100.0), True),
        (own("a", north=30.1, tol_km=100.0), False),
        (own("a", north=30.1, tol_km=100.0, radius_km=40.0), True),
        (own("a", "Milltown"), True),
        (own("a", "Wheel", names=(("en", "mill"),)), True),
        (own("a", "Wheel", names=(("abbr", "Mill"), ("adj", "Mill"))), False),
        (own("a", "Mîll"), True),
        (own("a", "Mills"), False),
        (own("a", country="SD"), True),
        (own("a", country="TD"), False),
        (own("a", feature="PPLX"), True),
        (own("a", feature=""), True),
        (own("a", feature="ADM2"), False),
        (own("a", feature="STM"), False),
        (own("a", feature="AIRP"), False),
        (place_of("geonames:2", own=True, source="own:x"), False),
        (SourcePlace(id="own:a", name="Mill", feature="PPL"), False),
    ],
)
def test_a_row_and_a_place_are_one_by_name_class_country_and_distance(row, is_merged):
    merged, report = merge([HERE], [row])
    assert (len(report.merged), report.new) == ((1, 0) if is_merged else (0, 1))
    assert len(merged) == (1 if is_merged else 2)


@pytest.mark.parametrize(
    ("one", "two", "north", "is_merged"),
    [
        ("ADM1", "ADM1", 39, True),
        ("ADM1", "ADM1", 41, False),
        ("ADM1", "ADM2", 0, False),
        ("ADM2", "ADM2H", 0, True),
        ("ADM3", "ADM3", 14, True),
        ("ADM3", "ADM3", 16, False),
        ("ADMD", "ADM3", 0, False),
        ("STM", "LK", 59, True),
        ("STM", "LK", 61, False),
        ("AIRP", "AIRB", 4, True),
        ("AIRP", "RSTN", 0, False),
        ("PCLI", "PCLS", 0, True),
        ("PCLI", "ADM1", 0, False),
    ],
)
def test_classes_and_levels_have_limits_of_their_own(one, two, north, is_merged):
    known = place_of("geonames:1", feature=one)
    assert bool(pairs([known], [own("a", feature=two, north=north)])) == is_merged


def test_units_are_found_with_and_without_their_word():
    known = place_of("geonames:1", "Bukidnon", feature="ADM2", country="PH")
    assert pairs([known], [own("a", "Province of Bukidnon", feature="ADM2", country="PH")])


def test_of_several_places_the_nearest_is_it():
    places = [place_of(f"geonames:{km}", north=km) for km in (4, 1, 3)]
    assert pairs(places, [own("a")]) == {"a": "geonames:1"}


def test_of_places_at_one_distance_the_smaller_id_is_it():
    places = [place_of("geonames:8"), place_of("geonames:7")]
    assert pairs(places, [own("a")]) == {"a": "geonames:7"}


def test_two_rows_can_be_one_place():
    rows = [own("b", north=2, population=5), own("a", "Milltown", north=1)]
    merged, report = merge([HERE], rows)
    assert {item.row_id for item in report.merged} == {"own:a", "own:b"}
    assert [(whole.name, whole.population) for whole in merged] == [("Mill", 5)]


def test_a_row_by_its_id_and_a_row_by_its_name_can_be_one_place():
    rows = [place_of("geonames:1", "Wheel", own=True, source="own:x"), own("a", north=1)]
    merged, report = merge([HERE], rows)
    assert (len(merged), report.by_id, len(report.merged)) == (1, 1, 1)


def test_settled_places_are_left_alone():
    assert pairs([HERE], [own("a")], settled={"geonames:1"}) == {}


def test_rows_are_no_places_of_each_other():
    merged, report = merge([], [own("a"), own("b")])
    assert ([whole.id for whole in merged], report.new) == (["own:a", "own:b"], 2)


@pytest.mark.parametrize("shift", [-0.01, 0.01])
def test_the_180th_meridian_is_no_border(shift):
    known = SourcePlace(id="geonames:1", name="Mill", lat=-17.0, lon=180.0 + min(shift, 0), feature="PPL")  # fmt: skip
    row = SourcePlace(id="own:a", name="Mill", lat=-17.0, lon=-180.0 + max(shift, 0), feature="PPL")
    assert pairs([known], [row]) == {"a": "geonames:1"}


@pytest.mark.parametrize("lat", [89.99, -89.99, 0.0])
def test_poles_are_places_as_well(lat):
    known = SourcePlace(id="geonames:1", name="Mill", lat=lat, lon=10.0, feature="PPL")
    row = SourcePlace(id="own:a", name="Mill", lat=lat, lon=10.001, feature="PPL")
    assert pairs([known], [row]) == {"a": "geonames:1"}


def test_a_report_counts_and_measures():
    rows = [own("a", north=1), own("b", north=3), own("c", "Wheel")]
    _, report = merge([HERE], rows)
    assert (len(report.merged), report.new) == (2, 1)
    assert report.median_km == pytest.approx(2.0, abs=0.01)
    assert MergeReport().median_km == 0.0


kilometres = st.integers(-12, 12)
names = st.sampled_from(["Mill", "Wheel", "Mill Wheel"])
features = st.sampled_from(["PPL", "ADM2", "STM", "AIRP", ""])


@st.composite
def scenes(draw):
    """Some places and rows, and the same in another order."""
    fields = st.tuples(names, kilometres, kilometres, features)
    one, two = draw(st.lists(fields, max_size=6)), draw(st.lists(fields, max_size=6))
    places = [place_of(f"geonames:{i}", n, north=a, east=b, feature=f) for i, (n, a, b, f) in enumerate(one)]  # fmt: skip
    rows = [own(str(i), n, north=a, east=b, feature=f) for i, (n, a, b, f) in enumerate(two)]
    return places, rows, draw(st.permutations(places)), draw(st.permutations(rows))


def by_id(places):
    return sorted(places, key=lambda place: place.id)


@given(scenes())
def test_the_order_does_not_matter(scene):
    places, rows, other_places, other_rows = scene
    assert by_id(merge(places, rows)[0]) == by_id(merge(other_places, other_rows)[0])


@given(scenes())
def test_rows_are_merged_into_the_nearest_place_that_shares_a_name(scene):
    places, rows, _, _ = scene
    merged, report = merge(places, rows)
    known = {place.id: place for place in (*places, *rows)}
    assert len(merged) == len(places) + report.new
    assert len(rows) == len(report.merged) + report.new
    for item in report.merged:
        row, place = known[item.row_id], known[item.place_id]
        assert row.name == place.name
        assert item.km == pytest.approx(distance_of(row, place), abs=0.01)
        nearer = [
            other
            for other in places
            if (other.name, other.feature) == (row.name, row.feature)
            and distance_of(row, other) < item.km - 0.01
        ]
        assert nearer == []
