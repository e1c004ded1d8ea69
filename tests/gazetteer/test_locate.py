"""Rows that do not say where they lie are put into the country and unit of the nearest settlement."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geomap.gazetteer.locate import locate_rows
from geomap.gazetteer.merge import distance_of
from geomap.gazetteer.sources import SourcePlace


def place_of(key, lat, lon, **fields):
    return SourcePlace(
        **{"id": key, "name": key, "lat": lat, "lon": lon, "feature": "PPL"} | fields
    )


KNOWN = (
    place_of("geonames:1", 15.0, 32.0, country="SD", admin1="Khartoum", admin1_id="geonames:11"),
    place_of("geonames:2", 15.0, 36.8, country="ER", admin1="Gash-Barka"),
    place_of("geonames:3", 15.0, 36.4, country="SD", admin1="Kassala"),
    place_of("geonames:4", 15.0, 36.6, country="ET", feature="ADM1"),
    place_of("geonames:5", -17.0, 179.9, country="FJ", admin1="Northern"),
)


def locate(*rows, known=KNOWN):
    return [(row.country, row.admin1, row.admin1_id) for row in locate_rows(rows, known)]


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        (place_of("own:a", 15.1, 32.1), ("SD", "Khartoum", "geonames:11")),
        (place_of("own:a", 15.1, 36.7), ("ER", "Gash-Barka", "")),
        (place_of("own:a", 15.1, 36.7, country="SD"), ("SD", "Kassala", "")),
        (
            place_of("own:a", 15.1, 32.1, country="SD", admin1="Gezira"),
            ("SD", "Gezira", ""),
        ),
        (place_of("own:a", 15.1, 32.1, admin1="Gezira"), ("SD", "Gezira", "")),
        (place_of("own:a", 15.1, 36.7, country="TD"), ("TD", "", "")),
        (place_of("own:a", 15.0, 33.3), ("SD", "Khartoum", "geonames:11")),
        (place_of("own:a", 15.0, 33.6), ("", "", "")),
        (place_of("own:a", -40.0, -150.0), ("", "", "")),
        (place_of("own:a", 90.0, 0.0), ("", "", "")),
        (SourcePlace(id="own:a", name="a"), ("", "", "")),
        (place_of("own:a", -17.0, -179.9), ("FJ", "Northern", "")),
    ],
)
def test_the_nearest_settlement_says_where_a_row_lies(row, expected):
    assert locate(row) == [expected]


def test_a_file_of_one_country_is_that_country_s_alone():
    near_border = place_of("own:x", 15.0, 36.7, source="own:file")
    inside = [place_of(f"own:{n}", 15.0, 32.0 + n / 100, source="own:file") for n in range(9)]
    assert locate(near_border)[0][0] == "ER"
    assert locate(*inside, near_border)[-1] == ("SD", "Kassala", "")
    assert locate(*inside[:3], near_border)[-1][0] == "ER"


def test_files_are_told_apart():
    inside = [place_of(f"own:{n}", 15.0, 32.0, source="own:one") for n in range(9)]
    other = place_of("own:x", 15.0, 36.7, source="own:two")
    assert locate(*inside, other)[-1][0] == "ER"


def test_rows_that_tell_all_are_given_back_as_they_are():
    rows = [place_of("own:a", 15.0, 36.7, country="SD", admin1="Kassala")]
    assert locate_rows(rows, iter(())) == rows


def test_without_known_places_rows_stay_as_they_are():
    row = place_of("own:a", 15.0, 32.0)
    assert locate_rows([row], ()) == [row]


degrees = st.tuples(st.floats(-90, 90), st.floats(-180, 180))
near = st.tuples(st.floats(14.0, 16.0), st.floats(31.0, 33.0))


@given(st.lists(near | degrees, min_size=1, max_size=8), near | degrees)
def test_no_settlement_is_nearer(points, point):
    known = [
        place_of(f"geonames:{n}", *at, country=f"A{n}", admin1="x") for n, at in enumerate(points)
    ]
    row = place_of("own:a", *point)
    (found,) = locate_rows([row], known)
    distances = {place.country: distance_of(row, place) for place in known}
    nearest = min(distances.values())
    if found.country:
        assert distances[found.country] == nearest <= 150.0
    else:
        assert nearest > 149.9 or abs(point[0]) > 85
