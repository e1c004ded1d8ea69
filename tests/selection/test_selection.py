"""Selections: each wish by itself, and the same result for records and for tables."""

import dataclasses
import datetime as dt
import json

import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from geomap.errors import InputError, TableError
from geomap.model import Article, DateSpan
from geomap.selection import Box, Circle, Selection, wishes
from geomap.selection.apply import SelectionReport, Selector, select_mentions
from geomap.tables import mentions_table, table_records
from tests.samples import DAY, MONTH, UNDATED, make_record

YEAR = ("2019-01-01", "2019-12-31", "year")
NEXT = ("2020-02-29", "2020-02-29", "day")
FIJI = {"lat": -17.8, "lon": 178.4, "country": "FJ", "admin1": "Western"}
SAMOA = {"lat": -13.8, "lon": -171.8, "country": "WS", "admin1": None}
SYRIA = {
    "lat": 35.0, "lon": 38.0, "radius_km": 242.8, "feature": "PCLI", "precision": 6, "admin1": None,
}  # fmt: skip


def kept(selection, *records):
    """Return the numbers of the records that are kept, the same from a stream and from a table."""
    numbered = [record | {"start": row} for row, record in enumerate(records)]
    streamed = [record["start"] for record in select_mentions(numbered, selection)]
    table = select_mentions(mentions_table(numbered), selection)
    assert table["start"].tolist() == streamed
    return streamed


@pytest.mark.parametrize(
    ("window", "expected"),
    [
        ({"from_day": "2019-03-21"}, [0, 1, 2]),
        ({"from_day": "2019-03-22"}, [1, 2]),
        ({"to_day": "2019-03-01"}, [1, 2]),
        ({"to_day": "2019-02"}, [2]),
        ({"from_day": "2019-03", "to_day": "2019-03"}, [0, 1, 2]),
        ({"from_day": dt.date(2020, 1, 1)}, []),
        ({"from_day": "2020", "undated": True}, [3]),
        ({"undated": True}, [0, 1, 2, 3]),
        ({"undated": False}, [0, 1, 2]),
        ({}, [0, 1, 2, 3]),
    ],
)
def test_a_month_or_a_year_is_in_a_window_that_it_touches_and_the_undated_only_when_asked(
    window, expected
):
    records = [make_record(date=date) for date in (DAY, MONTH, YEAR, UNDATED)]
    assert kept(Selection(**window), *records) == expected


def test_a_window_of_told_times_looks_at_what_the_sentence_says():
    told = {"event_start": "2018-05-01", "event_end": "2018-05-31", "event_precision": "month"}
    vague = {"event_precision": "unknown", "event_text": "on Friday"}
    records = [make_record(), make_record(**told), make_record(**vague)]
    may = {"from_day": "2018-05-10", "to_day": "2018-05-11", "time": "told"}
    assert kept(Selection(**may), *records) == [1]
    assert kept(Selection(**may, undated=True), *records) == [0, 1, 2]


@pytest.mark.parametrize("name", ["SY", "sy", "SYR", "Syria", "Suriye", "سوريا", "geonames:163843"])
def test_a_country_is_known_by_its_code_its_names_and_its_id(name):
    records = [make_record(), make_record(country="IQ"), make_record(place_id=None)]
    assert kept(Selection(country=name), *records) == [0]


def test_several_values_of_a_wish_are_joined_by_or_and_wishes_by_and():
    records = [make_record(country=code) for code in ("SY", "IQ", "FR")]
    assert kept(Selection(country=["SY", "Iraq"]), *records) == [0, 1]
    assert kept(Selection(country=["SY", "IQ"], kind="associative"), *records) == []


def test_the_usual_code_of_the_united_kingdom_means_it():
    assert kept(Selection(country="UK"), make_record(country="GB"), make_record()) == [0]


@pytest.mark.parametrize(
    "name",
    ["Raqqa", "SY/Raqqa", "Syria/Raqqa", "Ar Raqqah Governorate", "SY-RA", "geonames:172957"],
)
def test_a_unit_is_known_by_its_names_and_its_id(name):
    elsewhere = make_record(admin1="Homs")
    by_id = make_record(admin1="ar-Raqqa", admin1_id="geonames:172957")
    assert kept(Selection(admin1=name), make_record(), elsewhere, by_id) == [0, 2]


def test_a_unit_of_a_country_is_none_of_its_namesake_elsewhere():
    records = [make_record(country="IQ", admin1="Raqqa"), make_record()]
    assert kept(Selection(admin1="Raqqa"), *records) == [0, 1]
    assert kept(Selection(admin1="SY/Raqqa"), *records) == [1]


def test_a_unit_that_only_the_table_knows_is_found_as_it_is_written():
    assert kept(Selection(admin1="the old  Mills"), make_record(admin1="The Old Mills")) == [0]


def test_a_place_is_known_by_its_id_or_by_any_of_its_names():
    city, unit = make_record(), make_record(place_id="geonames:172957", feature="ADM1")
    lost = make_record(place_id=None, within="geonames:172957", within_name="Raqqa")
    other = make_record(place_id="geonames:1", name="Homs")
    assert kept(Selection(place="geonames:172955"), city, unit, lost, other) == [0]
    assert kept(Selection(place="geonames:172957"), city, unit, lost, other) == [1, 2]
    assert kept(Selection(place="Rakka"), city, unit, lost, other) == [0, 1, 2]
    assert kept(Selection(place="old mill"), make_record(name="Old Mill", place_id="own:1")) == [0]


def test_a_box_can_hold_the_antimeridian():
    records = [make_record(**FIJI), make_record(**SAMOA), make_record(), make_record(place_id=None)]
    assert kept(Selection(bbox=(177, -20, -178, -12)), *records) == [0]
    assert kept(Selection(bbox="-180,-20,180,-12"), *records) == [0, 1]
    assert kept(Selection(bbox=Box(39.00788, 35.95283, 40, 36)), *records) == [2]  # its corner
    edge = make_record(lat=0.0, lon=-180.0)
    assert kept(Selection(bbox=(170, -1, 180, 1)), edge) == [0]


def test_a_circle_holds_what_is_near_and_no_country_that_has_its_centre_there():
    aleppo, aazaz = (
        make_record(lat=36.2, lon=37.16, radius_km=15.0),
        make_record(lat=36.59, lon=37.04),
    )
    records = [aleppo, aazaz, make_record(), make_record(**SYRIA)]
    assert kept(Selection(near=(36.2, 37.16, 10)), *records) == [0]
    assert kept(Selection(near="36.2,37.16,50"), *records) == [0, 1]
    assert kept(Selection(near=Circle(35, 38, 200)), *records) == [0, 1, 2]
    assert kept(Selection(near=Circle(35, 38, 250)), *records) == [0, 1, 2, 3]


POLYGON = {"type": "Polygon", "coordinates": [[[38, 35], [40, 35], [40, 37], [38, 37], [38, 35]]]}


@pytest.mark.parametrize(
    "wrap",
    [
        lambda shape: shape,
        lambda shape: {"type": "Feature", "geometry": shape, "properties": None},
        lambda shape: {
            "type": "FeatureCollection",
            "features": [{"type": "Feature", "geometry": shape}],
        },
        lambda shape: {"type": "GeometryCollection", "geometries": [shape]},
    ],
)
def test_polygons_come_in_every_form_of_geojson(tmp_path, wrap):
    path = tmp_path / "area.geojson"
    path.write_text(json.dumps(wrap(POLYGON)))
    on_the_edge = make_record(lat=35.0, lon=39.0)
    out = make_record(lat=34.9, lon=39.0)
    for within in (str(path), path, wrap(POLYGON)):
        assert kept(Selection(within=within), make_record(), on_the_edge, out) == [0, 1]


def test_polygons_may_be_shapes_of_python_and_go_beyond_the_antimeridian():
    across = shapely.box(177, -20, 182, -12)
    samoa = make_record(**(SAMOA | {"lon": -178.5}))
    assert kept(Selection(within=across), make_record(**FIJI), samoa, make_record(**SAMOA)) == [
        0,
        1,
    ]


def test_a_polygon_of_a_country_holds_the_country():
    around_syria = shapely.Point(38, 35).buffer(2.6)
    assert kept(Selection(within=around_syria), make_record(**SYRIA)) == [0]
    assert kept(Selection(within=shapely.box(37.9, 34.9, 38.1, 35.1)), make_record(**SYRIA)) == []


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("{", "expected GeoJSON with polygons"),
        ('{"type": "Point", "coordinates": [1, 2]}', "found none"),
        ("[1]", "found none"),
        ('{"type": "Polygon", "coordinates": [[[1, 2]]]}', "cannot be read"),
        ('{"type": "Polygon", "coordinates": "x"}', "cannot be read"),
        (
            '{"type": "Polygon", "coordinates": [[[4e5, 5e6], [4e5, 6e6], [5e5, 6e6], [4e5, 5e6]]]}',
            "EPSG:4326",
        ),
        ('{"type": "FeatureCollection", "features": null}', "found none"),
        ("[" * 100_000, "expected GeoJSON with polygons"),
    ],
)
def test_a_bad_file_of_polygons_is_named_and_what_is_wrong_with_it(tmp_path, content, words):
    path = tmp_path / "area.geojson"
    path.write_text(content)
    with pytest.raises(InputError, match=words) as caught:
        Selector(Selection(within=path))
    assert "area.geojson" in str(caught.value)
    with pytest.raises(InputError, match="No such file"):
        Selector(Selection(within=tmp_path / "none.geojson"))


def test_small_wishes():
    records = [
        make_record(source="The Levant Courier", lang="en-GB", confidence=0.5, precision=4),
        make_record(kind="associative", status="ambiguous", feature="ADM1"),
        make_record(place_id=None, lang="eng"),
    ]
    assert kept(Selection(source="the levant courier"), *records) == [0]
    assert kept(Selection(lang="EN"), *records) == [0]
    assert kept(Selection(min_confidence=0.5), *records) == [0, 1]
    assert kept(Selection(precision=[4, 5]), *records) == [0]
    assert kept(Selection(kind="associative"), *records) == [1]
    assert kept(Selection(status=("ambiguous", "unknown")), *records) == [1, 2]
    assert kept(Selection(feature="adm1"), *records) == [1]
    assert kept(Selection(feature="PPL*"), *records) == [0]


def test_of_the_copies_of_a_story_the_earliest_one_stays():
    records = [
        make_record(article_id="c", story_id="s", date=UNDATED),
        make_record(article_id="b", story_id="s", date=DAY),
        make_record(article_id="a", story_id="s", date=DAY),
        make_record(article_id="d", story_id="s", date=MONTH, kind="associative"),
        make_record(article_id="e"),
        make_record(article_id="f"),
        make_record(article_id="a", story_id="s", date=DAY),
    ]
    assert kept(Selection(story_copies="once"), *records) == [3, 4, 5]
    # of those that have a mention which fits: the story is not lost with its first copy
    assert kept(Selection(story_copies="once", kind="literal"), *records) == [2, 4, 5, 6]
    assert kept(Selection(story_copies="each"), *records) == [0, 1, 2, 3, 4, 5, 6]


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"from_day": "21.03.2019"}, "from_day: expected a day as YYYY-MM-DD"),
        ({"to_day": "2019-02-30"}, "expected a day as YYYY-MM-DD"),
        ({"from_day": 2019}, "expected a day as text"),
        ({"from_day": "2019-03", "to_day": "2019-02"}, "expected --from before --to"),
        ({"time": "event"}, "expected one of published, told, got 'event'"),
        ({"kind": "literl"}, "some of literal, associative, embedded, got 'literl'"),
        ({"status": 1}, "some of resolved"),
        ({"precision": [1, 8]}, "some of 1, 2, 3, 4, 5, 6, 7, got 8"),
        ({"precision": True}, "got True"),
        ({"min_confidence": 95}, "between 0 and 1, got 95"),
        ({"min_confidence": float("nan")}, "between 0 and 1"),
        ({"bbox": "1,2,3"}, "WEST,SOUTH,EAST,NORTH"),
        ({"bbox": (0, 10, 1, 5)}, "south first"),
        ({"bbox": (0, 0, float("nan"), 5)}, "WEST,SOUTH,EAST,NORTH"),
        ({"near": "36,37"}, "LAT,LON,KM"),
        ({"near": (36, 37, -1)}, "kilometres of 0 or more"),
        ({"near": (97, 37, 1)}, "a latitude in"),
        ({"within": 5}, "the name of a GeoJSON file"),
        ({"country": " "}, "expected words"),
        ({"undated": "yes"}, "expected True, False or None"),
        ({"story_copies": "all"}, "each, once"),
    ],
)
def test_a_value_that_a_wish_cannot_have_is_refused_at_the_door(values, words):
    with pytest.raises(InputError, match=words):
        Selection(**values)


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"country": "Narnia"}, "no country is called 'Narnia'"),
        ({"country": "Congo"}, "can be CD or CG"),
        ({"country": "geonames:172955"}, "no country is called"),
        ({"admin1": "Narnia/Raqqa"}, "no country is called 'Narnia'"),
        ({"admin1": "geonames:172955"}, "which is Raqqa .PPLA."),
    ],
)
def test_what_no_gazetteer_knows_is_said(values, words):
    with pytest.raises(InputError, match=words):
        Selector(Selection(**values))


def test_codes_need_no_gazetteer():
    selection = Selection(
        country="SY", kind="literal", place="geonames:172955", bbox=(0, 0, 90, 90)
    )
    assert list(select_mentions([make_record()], selection, gazetteer="/no/such")) == [
        make_record()
    ]


@pytest.mark.parametrize("column", ["date_start", "lat", "story_id"])
def test_a_column_that_a_selection_needs_is_named_where_it_is_missing(column):
    selection = Selection(from_day="2019", near=(36, 38, 1000), story_copies="once")
    record = dict(make_record())
    del record[column]
    with pytest.raises(TableError, match=f"needs what the mentions lack: {column}"):
        list(select_mentions([record], selection))
    with pytest.raises(TableError, match=f"needs what the mentions lack: {column}"):
        select_mentions(mentions_table([make_record()]).drop(columns=column), selection)


def test_a_table_keeps_its_columns_and_its_index():
    table = mentions_table([make_record(country="IQ"), make_record()]).assign(mine=[1, 2])
    found = select_mentions(table, Selection(country="SY"))
    assert (found.index.tolist(), found["mine"].tolist()) == ([1], [2])
    assert dict(found.dtypes) == dict(table.dtypes)
    assert select_mentions(table[:0], Selection(country="SY", story_copies="once")).empty


def test_a_report_says_which_wish_left_out_how_many():
    report = SelectionReport()
    records = [
        make_record(country="IQ"),
        make_record(kind="embedded"),
        make_record(),
        make_record(),
    ]
    selection = Selection(kind=["literal"], country="SY")
    list(select_mentions(records, selection, report=report))
    assert (report.kept, report.left_out) == (2, {"--kind": 1, "--country": 1})
    again = SelectionReport()
    select_mentions(mentions_table(records), selection, report=again)
    assert again == report


def test_a_report_tells_what_has_no_date_from_what_lies_outside_the_window():
    report = SelectionReport()
    records = [make_record(date=date) for date in (DAY, UNDATED, NEXT)]
    list(select_mentions(records, Selection(from_day="2019", to_day="2019"), report=report))
    assert report.left_out == {"--no-undated": 1, "--from/--to": 1}


def test_an_article_is_left_out_by_what_all_of_its_mentions_share():
    day = dt.date(2019, 3, 21)
    article = Article(
        id="a", text="x", lang="en", source="Courier",
        published=DateSpan(start=day, end=day, precision="day"),
    )  # fmt: skip
    assert Selector(Selection(from_day="2019", source="courier", lang="en")).wants(article)
    unfit = {
        "--from": {"from_day": "2020"},
        "--article-lang": {"lang": "fr"},
        "--source": {"source": "x"},
    }
    for word, values in unfit.items():
        selector = Selector(Selection(**values))
        assert (selector.wants(article), selector.report.articles) == (False, {word: 1})
    assert Selector(Selection(country="FR", time="told", from_day="2020")).wants(article)


def test_each_field_has_one_wish_with_a_word_of_its_own():
    fields = [one.name for one in dataclasses.fields(Selection)]
    assert list(wishes()) == fields
    assert len({wish.word for wish in wishes().values()}) == len(fields)
    assert all(wish.doc.endswith((".", "]")) for wish in wishes().values())


records_with_gaps = st.lists(
    st.builds(
        make_record,
        article_id=st.sampled_from("abcd"),
        place_id=st.sampled_from(["geonames:172955", "geonames:1", None]),
        date=st.sampled_from([DAY, MONTH, YEAR, NEXT, UNDATED]),
        kind=st.sampled_from(["literal", "associative", "embedded"]),
        lat=st.sampled_from([36.0, -17.8]),
        lon=st.sampled_from([39.0, 178.4]),
        country=st.sampled_from([None, "SY", "FJ"]),
        admin1=st.sampled_from([None, "Raqqa", "Western"]),
        source=st.sampled_from([None, "Courier", "Post"]),
        lang=st.sampled_from([None, "en", "en-GB", "ar"]),
        precision=st.sampled_from([None, 1, 4, 6]),
        confidence=st.sampled_from([0.0, 0.5, 0.95]),
        story_id=st.sampled_from([None, "s", "t"]),
        event_start=st.sampled_from([None, "2019-03-01"]),
        event_end=st.just("2019-03-02"),
        within=st.sampled_from([None, "geonames:172957"]),
        within_name=st.sampled_from([None, "Raqqa"]),
        radius_km=st.sampled_from([None, 70.0]),
        feature=st.sampled_from([None, "PPL", "ADM1"]),
    ),
    max_size=12,
)
selections = st.builds(
    Selection,
    from_day=st.sampled_from([None, "2019-03-15"]),
    to_day=st.sampled_from([None, "2019-03-25", "2020"]),
    time=st.sampled_from(["published", "told"]),
    undated=st.sampled_from([None, True, False]),
    country=st.sampled_from([(), "SY", ("FJ", "SY")]),
    admin1=st.sampled_from([(), "Raqqa"]),
    bbox=st.sampled_from([None, (170, -20, -170, 40), (30, 30, 40, 40)]),
    near=st.sampled_from([None, (36, 39, 60), (36, 39, 100)]),
    within=st.sampled_from([None, POLYGON]),
    place=st.sampled_from([(), "geonames:172957", "Raqqa"]),
    kind=st.sampled_from([(), "literal"]),
    min_confidence=st.sampled_from([0.0, 0.5]),
    precision=st.sampled_from([(), (1, 4)]),
    source=st.sampled_from([(), "post"]),
    lang=st.sampled_from([(), "en"]),
    story_copies=st.sampled_from(["each", "once"]),
    feature=st.sampled_from([(), "PPL*"]),
)


@settings(max_examples=60, deadline=None)
@given(records_with_gaps, selections)
def test_records_and_tables_give_the_same(records, selection):
    streamed, tabled = SelectionReport(), SelectionReport()
    from_records = list(select_mentions(records, selection, report=streamed))
    table = select_mentions(mentions_table(records), selection, report=tabled)
    assert list(table_records(table)) == from_records
    assert streamed == tabled
    assert streamed.kept + sum(streamed.left_out.values()) == len(records)
    # what was selected is selected again
    assert list(select_mentions(from_records, selection)) == from_records
