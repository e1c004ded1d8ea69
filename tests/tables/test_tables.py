"""Tables and tallies."""

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geomap.errors import TableError
from geomap.records import COLUMNS
from geomap.tables import (
    mentions_table,
    table_records,
    tally_articles,
    tally_dates,
    tally_places,
)
from tests.samples import DAY, MONTH, UNDATED, make_record

PLACES = {"geonames:1": "Aleppo", "geonames:2": "Aleppo", "geomap:sy-x": "X", None: None}
record_lists = st.lists(
    st.builds(
        make_record,
        article_id=st.sampled_from(["a", "b", "c"]),
        place_id=st.sampled_from(sorted(PLACES, key=str)),
        within=st.sampled_from([None, "geonames:9"]),
        kind=st.sampled_from(["literal", "associative", "embedded"]),
        date=st.sampled_from([DAY, MONTH, UNDATED]),
    ),
    max_size=12,
)


def test_a_table_has_the_same_types_when_it_is_empty():
    full, empty = mentions_table([make_record()]), mentions_table([])
    assert tuple(empty.columns) == COLUMNS
    assert dict(empty.dtypes) == dict(full.dtypes)


@settings(max_examples=25, deadline=None)
@given(record_lists)
def test_records_come_back_from_their_table(records):
    assert list(table_records(mentions_table(records))) == records


def test_a_record_without_a_column_is_refused():
    record = dict(make_record())
    del record["lat"]
    with pytest.raises(TableError, match="lacks the column lat"):
        mentions_table([record])


def test_a_value_of_a_wrong_type_is_refused():
    with pytest.raises(TableError, match=r"lat: expected degrees from -90 to 90, got 'north'"):
        mentions_table([make_record() | {"lat": "north"}])


@pytest.mark.parametrize("tally", [tally_places, tally_articles, tally_dates])
def test_a_table_without_a_column_is_refused(tally):
    with pytest.raises(TableError, match="lacks the column place_id"):
        tally(mentions_table([]).drop(columns="place_id"))


def test_a_tally_by_something_else_is_refused():
    with pytest.raises(TableError, match="got 'name'"):
        tally_places(mentions_table([]), by="name")


@pytest.mark.parametrize(
    "tally", [tally_places, tally_articles, tally_dates, lambda t: tally_places(t, by="date")]
)
def test_an_empty_table_has_an_empty_tally_of_the_same_columns(tally):
    empty, full = tally(mentions_table([])), tally(mentions_table([make_record()]))
    assert empty.empty
    assert list(empty.columns) == list(full.columns)


def test_places_are_told_apart_by_id_not_by_name():
    records = [
        make_record(place_id="geonames:2", name="Paris", article_id="a"),
        make_record(place_id="geonames:1", name="Paris", article_id="a"),
        make_record(place_id="geonames:2", name="Paris", article_id="b", kind="associative"),
        make_record(place_id="geonames:2", name="Paris", article_id="b", kind="embedded"),
    ]
    tally = tally_places(mentions_table(records))
    columns = ["place_id", "name", "mentions", "articles", "literal", "associative", "embedded"]
    assert tally[columns].to_numpy().tolist() == [
        ["geonames:2", "Paris", 2, 2, 1, 1, 0],
        ["geonames:1", "Paris", 1, 1, 1, 0, 0],
    ]


def test_a_tally_knows_the_first_and_the_last_date():
    tally = tally_places(mentions_table([make_record(date=date) for date in (MONTH, UNDATED, DAY)]))
    assert tally[["first_date", "last_date"]].to_numpy().tolist() == [["2019-03-01", "2019-03-31"]]
    undated = tally_places(mentions_table([make_record(date=UNDATED)]))
    assert undated["first_date"].isna().all()


WITHIN_RAQQA = {"within": "geonames:172957", "within_name": "Raqqa", "precision": 4, "lat": 35.9}


def test_a_name_that_nobody_locates_counts_with_its_unit():
    records = [
        make_record(place_id=None, surface="Tal Jirz", article_id="b", **WITHIN_RAQQA),
        make_record(place_id="geonames:172957", feature="ADM1", precision=4),
        make_record(place_id=None, surface="Old Mill", within="geonames:1", within_name="Homs"),
        make_record(place_id=None, surface="Nowhere"),
        make_record(place_id=None, kind="embedded", **WITHIN_RAQQA),
    ]
    tally = tally_places(mentions_table(records))
    columns = ["place_id", "name", "mentions", "articles", "literal", "unlocated"]
    assert tally[columns].to_numpy().tolist() == [
        ["geonames:172957", "Raqqa", 2, 2, 2, 1],
        ["geonames:1", "Homs", 1, 1, 1, 1],
    ]
    assert tally["feature"].tolist() == ["ADM1", pd.NA]
    assert tally_articles(mentions_table(records))["unknown"].tolist() == [3, 1]
    by_article = tally_places(mentions_table(records), by="article")
    assert by_article["unlocated"].tolist() == [1, 0, 1]


def test_a_month_is_not_counted_on_its_first_day():
    first_day = ("2019-03-01", "2019-03-01", "day")
    records = [make_record(date=date) for date in (UNDATED, MONTH, first_day, MONTH)]
    tally = tally_dates(mentions_table(records))
    assert tally.astype(object).where(tally.notna(), None).to_numpy().tolist() == [
        ["2019-03-01", "2019-03-01", "day", 1, 1, 1, 1],
        ["2019-03-01", "2019-03-31", "month", 2, 1, 1, 1],
        [None, None, "unknown", 1, 1, 1, 1],
    ]


def test_copies_of_a_story_are_one_voice():
    told = {"a": "s1", "b": "s1", "c": "s2", "d": None, "e": None}
    records = [
        make_record(article_id=name, story_id=story, story_size=story and 2, date=date)
        for name, story in told.items()
        for date in (DAY, UNDATED)
    ]
    counts = ["mentions", "articles", "stories"]
    table = mentions_table(records)
    assert tally_places(table)[counts].to_numpy().tolist() == [[10, 5, 4]]
    assert tally_dates(table)[counts].to_numpy().tolist() == [[5, 5, 4], [5, 5, 4]]
    articles = tally_articles(table)
    assert articles["stories"].tolist() == [1] * 5
    assert articles["story_id"].tolist() == ["s1", "s1", "s2", pd.NA, pd.NA]
    assert articles["story_size"].tolist() == [2, 2, 2, pd.NA, pd.NA]


@settings(max_examples=25, deadline=None)
@given(record_lists)
@pytest.mark.parametrize("by", [None, "article", "date"])
def test_tallies_of_places_add_up_to_the_mentions(by, records):
    table = mentions_table(records)
    tally = tally_places(table, by=by)
    ids = [r["place_id"] or r["within"] for r in records if r["kind"] != "embedded"]
    placed = [id_ for id_ in ids if id_]
    assert tally["mentions"].sum() == len(placed)
    kinds = tally[["literal", "associative", "embedded"]].sum(axis="columns")
    assert (kinds == tally["mentions"]).all()
    assert tally["place_id"].nunique() == len(set(placed))


@settings(max_examples=25, deadline=None)
@given(record_lists)
@pytest.mark.parametrize("tally", [tally_articles, tally_dates])
def test_tallies_of_articles_and_dates_add_up_to_the_mentions(tally, records):
    assert tally(mentions_table(records))["mentions"].sum() == len(records)


@settings(max_examples=25, deadline=None)
@given(record_lists, st.randoms())
def test_a_tally_does_not_depend_on_the_order_of_mentions(records, random):
    shuffled = random.sample(records, len(records))
    pd.testing.assert_frame_equal(
        tally_places(mentions_table(records), by="date"),
        tally_places(mentions_table(shuffled), by="date"),
    )
