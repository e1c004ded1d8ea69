"""Shapes of relations: read once each, as whole numbers; whatever else a table has there is left out."""

from __future__ import annotations

import pytest

from geomap.webmap.payload import build_payload
from geomap.webmap.shapes import MOST_POINTS, read_shapes, shape_columns
from tests.webmap.sample import RELATIONS, make_row, make_spoken_records

SQUARE = "POLYGON ((38 36, 39 36, 39 37, 38 37, 38 36))"


def _ring(points):
    turned = [(n / points * 3, 36 + (n % 7) / 1000) for n in range(points)]
    return ", ".join(f"{x:.4f} {y:.4f}" for x, y in [*turned, (1.5, 40), turned[0]])


@pytest.mark.parametrize(
    "text",
    [
        *(None, 7, b"POLYGON", "", "POINT (38 36)", "POLYGON EMPTY", "POLYGON ((38 36))", "x" * 99),
        *("POLYGON ((38 36, 39 36, 39 37, 38 37", "POLYGON ((1e9 0, 1 1, 2 2, 1e9 0))"),
        *("LINESTRING (nan 1, 2 2)", "LINESTRING (181 1, 2 2)", "LINESTRING (38 91, 2 2)"),
        *(
            "LINESTRING (9" + "9" * 400 + " 1, 2 2)",
            "POLYGON (" * 9000,
            "LINESTRING (1 1 1, 2 2 2)",
        ),
        *("GEOMETRYCOLLECTION (" * 50, f"{SQUARE}</script>", "LINESTRING (1 2, <b> 3)"),
        *("LINESTRING (" + "1 2, " * 9000 + "1 3)", f"SRID=4326;{SQUARE}", "POLYGON ((()))"),
    ],
    ids=lambda text: str(text)[:24],
)
def test_what_is_no_shape_of_degrees_is_left_out_and_counted(text):
    assert read_shapes([text]) == {}
    row = make_row("Raqqa", "Near Raqqa.", "literal", 1, relation_geometry=text, relation="near")
    payload = build_payload([row])
    assert payload.spoken["relations"]["shape"] == [-1]
    assert payload.skipped.get("shapes", 0) == (text is not None)


@pytest.mark.parametrize("points", [150, 190, 500, 1800])
def test_a_long_shape_is_drawn_with_fewer_points_or_not_at_all(points):
    (shape,) = read_shapes([f"POLYGON (({_ring(points)}))"]).values()
    size = len(shape_columns([shape])["points"]["x"])
    assert 3 < size <= MOST_POINTS
    assert size == points + 2 or points > MOST_POINTS


def test_each_shape_and_each_relation_stands_once():
    payload = build_payload(make_spoken_records() * 3)
    relations, shapes = payload.spoken["relations"], payload.spoken["shapes"]
    assert len(relations["text"]) == len(RELATIONS)
    assert sorted(relations["shape"]) == [-1, 0, 1, 2, 3, 4]
    assert sorted(shapes["kind"]) == [0, 0, 0, 1, 2]
    rings, points = payload.spoken["rings"], payload.spoken["points"]
    assert sum(rings["size"]) == len(points["x"]) == len(points["y"])
    used = [row for row in payload.mentions["relation"] if row >= 0]
    assert sorted(used) == sorted([*range(6)] * 3)


def test_without_sentences_the_page_has_no_phrase_of_an_article():
    payload = build_payload(make_spoken_records(), sentences=False)
    assert set(payload.spoken["relations"]["text"]) == {0}
    assert set(payload.phrases) == {""}
    assert len(payload.spoken["shapes"]["kind"]) == 5


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        (("2016-06-10", "2016-06-10", "day"), (-1, 0, 2)),
        (("2014-01-01", "2014-01-31", "month"), (-892, 30, 4)),
        ((None, None, "unknown"), (0, 0, 1)),
        ((None, None, None), (0, 0, 0)),
        (("1916-01-01", "1916-12-31", "year"), (-36687, 365, 5)),
        (("soon", 7, "day"), (0, 0, 1)),
        (("2016-06-10", "2016-06-01", "week"), (-1, 0, 3)),
    ],
)
def test_a_told_time_is_counted_from_the_day_of_its_article(told, expected):
    named = dict(zip(("event_start", "event_end", "event_precision"), told, strict=True))
    day = {"date_start": "2016-06-11", "date_end": "2016-06-11", "date_precision": "day"}
    payload = build_payload([make_row("Raqqa", "Raqqa.", "literal", 1, **named, **day)])
    times, row = payload.spoken["times"], payload.mentions["told"][0]
    found = (payload.mentions["told_start"][0], times["days"][row], times["precision"][row])
    assert found == expected
