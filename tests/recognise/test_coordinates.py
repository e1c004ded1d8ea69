"""Coordinates that a text spells out, and the numbers that only look like them."""

import time
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geomap.gazetteer.classes import place_precision
from geomap.model import Article
from geomap.recognise.coordinates import find_coordinates, point_place

NEAR_SARRIN = (36.89, 38.35)
#: what stands in the text, what of it is the coordinates, latitude and longitude
FORMS = [
    ("36.89° N, 38.35° E", None, NEAR_SARRIN),
    ("36.89°N 38.35°E", None, NEAR_SARRIN),
    ("36.89N/38.35E", None, NEAR_SARRIN),
    ("38.35° E, 36.89° N", None, NEAR_SARRIN),
    ("36°53'24\"N 38°21'00\"E", None, NEAR_SARRIN),
    ("36°53′24″N, 38°21′00″E", None, NEAR_SARRIN),
    ("36°53’24”N 38°21’00”E", None, NEAR_SARRIN),
    ("36° 53' 24'' N, 38° 21' 0'' E", None, NEAR_SARRIN),
    ("36°53.4'N 38°21.0'E", None, NEAR_SARRIN),
    ("36° 53.4' N and 38° 21' E", None, NEAR_SARRIN),
    ("N 36.89 E 38.35", None, NEAR_SARRIN),
    ("N36°53'24\" E38°21'00\"", None, NEAR_SARRIN),
    ("33.8688 S, 151.2093 E", None, (-33.8688, 151.2093)),
    ("12° S 77° W", None, (-12.0, -77.0)),
    ("coordinates (36.8900, 38.3500)", "36.8900, 38.3500", NEAR_SARRIN),
    ("GPS: 36.8900,38.3500", "36.8900,38.3500", NEAR_SARRIN),
    ("Coordinates: -33.8688, 151.2093", "-33.8688, 151.2093", (-33.8688, 151.2093)),
    ("(36.8900°, 38.3500°)", "36.8900°, 38.3500°", NEAR_SARRIN),
    ("lat 36.89, lon 38.35", None, NEAR_SARRIN),
    ("Latitude: 36.89; longitude: 38.35", None, NEAR_SARRIN),
    ("координаты 36.89, 38.35", "36.89, 38.35", NEAR_SARRIN),
    ("37S EA 12345 67890", None, (36.7566884, 39.1383113)),
    ("37SEA1234567890", None, (36.7566884, 39.1383113)),
    ("37S EA 1234567890", None, (36.7566884, 39.1383113)),
    ("37S EA 123 678", None, (36.7563, 39.1383)),
]
TRAPS = [
    "It was 36°C in the shade and 25°C at night.",
    "Highs of 36.89°C, lows of 38.35°F.",
    "an angle of 36°53' and then one of 38°21'",
    "They turned 36.5° left, then 38.5° right.",
    "Route 5 N meets Route 3 E.",
    "(36.8900, 38.3500)",
    "She scored 36.50, 38.25 and 39.00 points.",
    "It costs $36.89, €38.35 elsewhere.",
    "coordinates prices of $36.89, $38.35",
    "Version 36.89.38 follows 35.21.7.",
    "Call +90 36 8938 3500 or 0036.8938.3500.",
    "from 12.05.2019 to 13.06.2019",
    "From 18.30 to 20.45 E and N lines rest.",
    "99.5° N, 38.35° E",
    "36.89° N, 190.35° E",
    "36.89° N, 38.35° N",
    "36°75'00\"N 38°21'00\"E",
    "lat 99.10, lon 10.20",
    "37S ZZ 12345 67890",
    "61S EA 12345 67890",
    "37S EA 1234 678",
    "a 4K TV 2024 2025 catalogue",
    "37SEA1",
    "The plate 37SEA12345 is on a van.",
    "It rose 36.89 N and fell.",
]


@pytest.mark.parametrize(("text", "written", "point"), FORMS, ids=[form[0] for form in FORMS])
def test_coordinates_are_found_as_they_stand(text, written, point):
    whole = f"The well lies at {text}, they say."
    [found] = find_coordinates(whole)
    assert whole[found.start : found.end] == (written or text)
    assert (found.lat, found.lon) == pytest.approx(point, abs=2e-4)


@pytest.mark.parametrize("text", TRAPS)
def test_other_numbers_are_no_coordinates(text):
    assert find_coordinates(text) == []


@given(lat=st.floats(-90, 90), lon=st.floats(-180, 180))
def test_any_point_on_earth_comes_back(lat, lon):
    north, east = "NS"[lat < 0], "EW"[lon < 0]
    [found] = find_coordinates(f"{abs(lat):.5f}° {north}, {abs(lon):.5f}° {east}")
    assert (found.lat, found.lon) == pytest.approx((lat, lon), abs=6e-6)


@given(text=st.text(alphabet="0123456789.°'\"NSEWCA ,()", max_size=80))
def test_what_is_found_lies_in_the_text_and_on_earth(text):
    found = find_coordinates(text)
    assert all(0 <= f.start < f.end <= len(text) for f in found)
    assert all(abs(f.lat) <= 90 and abs(f.lon) <= 180 for f in found)
    assert all(one.end <= two.start for one, two in pairwise(found))


@pytest.mark.parametrize(
    "unit",
    ["1", "1°", "1°1'", "1° ", "36.89 ", "36.89, ", "N", "N1.11", "lat 1.1 ", "37SEA", "37S EA 1 ", " "],
    ids=repr,
)  # fmt: skip
def test_hostile_texts_take_no_longer_than_others(unit):
    start = time.perf_counter()
    find_coordinates("1° " + unit * (200_000 // len(unit)))
    assert time.perf_counter() - start < 3.0


@pytest.mark.parametrize(
    ("lat", "lon", "expected"),
    [
        (36.89, 38.35, "geomap:point-36.89-38.35"),
        (-0.000001, -77.123456, "geomap:point-0--77.12346"),
        (10.0, 0.5, "geomap:point-10-0.5"),
    ],
)
def test_a_point_is_called_by_its_degrees(lat, lon, expected):
    assert point_place("x", lat, lon).id == expected


def test_a_point_is_a_mention_like_others(geoparser):
    text = "Crews dug at 36.8900° N,\n38.3500° E near Kobani."
    point, kobani = geoparser.parse_text(text)
    assert point.mention.surface == "36.8900° N,\n38.3500° E"
    assert (point.mention.kind, point.status, point.confidence) == ("literal", "resolved", 1.0)
    assert (point.place.name, point.place.feature) == ("36.8900° N, 38.3500° E", "PNT")
    assert place_precision(point.place.feature) == 1
    assert kobani.mention.surface == "Kobani"


def test_a_given_span_can_be_a_point(geoparser):
    text = "Crews dug at 36.89° N, 38.35° E."
    [found] = geoparser.parse(Article(id="a", text=text, spans=((13, 31),)))
    assert (found.place.lat, found.place.lon, found.mention.end) == (36.89, 38.35, 31)


def test_boilerplate_holds_no_points(geoparser):
    text = "Crews dug.\n\nCopyright 2019 Somebody, 36.89° N, 38.35° E. All rights reserved.\n"
    assert [r.mention.surface for r in geoparser.parse_text(text)] == []
