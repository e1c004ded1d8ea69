"""How far apart two points are."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geomap.gazetteer.distance import EARTH_KM, distance_km

LAT, LON = st.floats(-90, 90), st.floats(-180, 180)
HALF_WAY_ROUND = EARTH_KM * 3.141592653589793


@pytest.mark.parametrize(
    ("one", "other", "km"),
    [
        ((35.95, 39.01), (35.95, 39.01), 0),
        ((0, 0), (0, 1), 111.2),
        ((0, 179.5), (0, -179.5), 111.2),
        ((52.52, 13.405), (48.857, 2.352), 877.5),
        ((90, 0), (-90, 77), HALF_WAY_ROUND),
        ((12, 30), (-12, -150), HALF_WAY_ROUND),
        ((90, 10), (90, -120), 0),
    ],
)
def test_known_distances(one, other, km):
    assert distance_km(*one, *other) == pytest.approx(km, rel=0.001, abs=1e-6)


@given(LAT, LON, LAT, LON)
def test_there_is_as_far_as_back_and_never_further_than_half_way_round(lat, lon, to_lat, to_lon):
    there = distance_km(lat, lon, to_lat, to_lon)
    assert there == pytest.approx(distance_km(to_lat, to_lon, lat, lon), abs=1e-6)
    assert 0 <= there <= HALF_WAY_ROUND + 1e-6
