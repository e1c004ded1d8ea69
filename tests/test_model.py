"""The nouns refuse what no place and no date can be."""

import dataclasses
import datetime as dt

import pytest

from geomap.errors import GeomapError, InputError
from geomap.gazetteer.classes import place_precision
from geomap.model import (
    UNKNOWN_DATE,
    Article,
    Candidate,
    DateSpan,
    Evidence,
    Mention,
    Place,
    Relation,
    Resolution,
)

DAY = dt.date(2016, 6, 11)
NAN, INFINITE = float("nan"), float("inf")


def place(**fields):
    return Place(
        **{"id": "geomap:x", "name": "X", "lat": 1.0, "lon": 2.0, "feature": "PPL"} | fields
    )


@pytest.mark.parametrize(
    ("lat", "lon"), [(90, 180), (-90, -180), (0, 0), (35.95, 39.01), (-0.0, 179.99999)]
)
def test_coordinates_on_earth_are_taken(lat, lon):
    made = place(lat=lat, lon=lon)
    assert (made.lat, made.lon) == (lat, lon)


@pytest.mark.parametrize(
    ("lat", "lon"),
    [(90.1, 0), (-91, 0), (0, 180.5), (0, -181), (120, 30), (NAN, 0), (0, NAN), (INFINITE, 0), (0, -INFINITE)],
)  # fmt: skip
def test_coordinates_off_the_earth_are_refused(lat, lon):
    expected = r"latitude in \[-90, 90\] and a longitude in \[-180, 180\] \(in this order\), got lat=.* for geomap:x 'X'"
    with pytest.raises(InputError, match=expected):
        place(lat=lat, lon=lon)


@pytest.mark.parametrize("radius", [-1.0, NAN, INFINITE])
def test_a_radius_that_is_none_is_refused(radius):
    with pytest.raises(InputError, match="radius in kilometres of 0 or more, got"):
        place(radius_km=radius)


@pytest.mark.parametrize(
    "fields",
    [
        {},
        {"start": DAY, "end": DAY, "precision": "day", "source": "field"},
        {"start": DAY, "end": DAY + dt.timedelta(6), "precision": "week", "ambiguous": True},
    ],
)
def test_dates_that_hold_together_are_taken(fields):
    span = DateSpan(**fields)
    assert dataclasses.asdict(span) == dataclasses.asdict(UNKNOWN_DATE) | fields


@pytest.mark.parametrize(
    "fields",
    [
        {"start": DAY},
        {"end": DAY},
        {"start": DAY, "end": DAY},
        {"precision": "day"},
        {"start": DAY, "precision": "day"},
        {"end": DAY, "precision": "year"},
    ],
)
def test_half_known_dates_are_refused(fields):
    with pytest.raises(InputError, match="start and an end exactly where its precision is known"):
        DateSpan(**fields)


def test_a_date_that_ends_before_it_starts_is_refused():
    with pytest.raises(InputError, match="cannot end before it starts, got DateSpan"):
        DateSpan(start=DAY, end=DAY - dt.timedelta(1), precision="week")


def test_a_refusal_is_also_a_value_error():
    with pytest.raises(ValueError, match="latitude") as caught:
        place(lat=91)
    assert isinstance(caught.value, GeomapError)


@pytest.mark.parametrize(
    ("precision", "features"),
    [
        (1, "PPL PPLA PPLA2 PPLC PPLX PPLL BDG AIRP DAM BRDG MT ISL"),
        (3, "ADM2 ADM2H ADM3 ADM4"),
        (4, "ADM1 ADM1H"),
        (5, "RGN AREA DSRT MTS PLN VAL PEN ISLS ADMD FRST"),
        (6, "PCLI PCLD PCLF PCLS PCL PCLH TERR"),
        (7, "SEA STM LK GULF OCN STRT CONT RGNL RSV BAY"),
    ],
)
def test_precision_of_feature_codes(precision, features):
    found = {code: place_precision(code) for code in features.split()}
    assert found == dict.fromkeys(features.split(), precision)


def test_near_is_never_a_places_own_precision():
    codes = "PPL ADM1 ADM2 PCLI SEA RGN STM XYZ".split()
    assert 2 not in {place_precision(code) for code in codes} | {place_precision("")}


@pytest.mark.parametrize(
    "noun", [Article, Candidate, DateSpan, Evidence, Mention, Place, Relation, Resolution]
)
def test_every_noun_is_frozen_slotted_and_keyword_only(noun):
    parameters = noun.__dataclass_params__
    assert parameters.frozen
    assert "__slots__" in vars(noun)
    assert all(field.kw_only for field in dataclasses.fields(noun))
