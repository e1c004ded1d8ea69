"""Tallies by any keys and periods: each option, and that the sums agree with the table."""

import datetime as dt
import importlib.util
from collections import Counter
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geomap.errors import InputError, TableError
from geomap.tables import compare, mentions_table, tally_articles, tally_dates, tally_places
from geomap.tables.keys import KEYS
from geomap.tables.tally_by import columns_for, tally
from tests.samples import DAY, MONTH, UNDATED, make_record

WEEK = ("2019-01-28", "2019-02-03", "week")
YEAR = ("2018-01-01", "2018-12-31", "year")
TOLD = {"event_start": "2018-05-01", "event_end": "2018-05-31", "event_precision": "month"}

tables = st.lists(
    st.builds(
        make_record,
        article_id=st.sampled_from("abc"),
        place_id=st.sampled_from(["geonames:1", "geonames:2", None]),
        within=st.sampled_from([None, "geonames:1"]),
        date=st.sampled_from([DAY, MONTH, WEEK, YEAR, UNDATED]),
        kind=st.sampled_from(["literal", "associative", "embedded"]),
        country=st.sampled_from([None, "SY", "IQ"]),
        admin1=st.sampled_from([None, "Raqqa", "Homs"]),
        admin2=st.sampled_from([None, "East"]),
        source=st.sampled_from([None, "Courier"]),
        story_id=st.sampled_from([None, "s", "t"]),
        event_start=st.sampled_from([None, "2018-05-01"]),
        event_end=st.sampled_from([None, "2018-05-03"]),
    ),
    max_size=12,
).map(mentions_table)
keys = st.lists(st.sampled_from(KEYS), max_size=3, unique=True)
times = st.sampled_from(["published", "told"])
periods = st.sampled_from(["day", "week", "month", "quarter", "year"])
vagues = st.sampled_from(["apart", "spread", "first"])


def rows(table, *columns):
    found = table[list(columns)].astype(object)
    return found.where(found.notna(), None).to_numpy().tolist()


@settings(max_examples=60, deadline=None)
@given(tables, keys, periods | st.none(), times, vagues)
def test_a_tally_adds_up_to_the_table(table, by, period, time, vague):
    found = tally(table, by=by, period=period, time=time, vague=vague, kinds=table["kind"].unique())
    assert found["mentions"].sum() == pytest.approx(len(table), abs=1e-3)
    assert (found["articles"] <= found["mentions"]).all() or vague == "spread"
    if len(table):
        shares = found.groupby("period")["share"].sum() if period and by else found["share"].sum()
        assert pd.Series(shares).to_numpy() == pytest.approx(1, abs=1e-3)
    if vague == "first" and period:
        assert not found["is_vague"].any()
    identity = [*found.columns[: list(found.columns).index("mentions")]]
    assert not identity or not found.duplicated(identity).any()


@settings(max_examples=40, deadline=None)
@given(tables, keys, periods, times, vagues, st.sampled_from(["mentions", "articles", "stories"]))
def test_a_wide_tally_has_the_cells_of_the_long_one(table, by, period, time, vague, count):
    options = {"by": by, "period": period, "time": time, "vague": vague, "kinds": ["literal"]}
    wide = tally(table, **options, wide=True, count=count)
    long = tally(table, **options)
    labels = wide.columns[list(wide.columns).index("last_date") + 1 :]
    plain = long[~long["is_vague"]] if len(long) else long
    for label in labels.drop(["vague"], errors="ignore"):
        assert wide[label].sum() == pytest.approx(
            plain[plain["period"] == label][count].sum(), abs=1e-3
        )
    if count == "mentions":
        assert wide[list(labels)].sum(axis=None) == pytest.approx(wide["mentions"].sum(), abs=1e-3)


@settings(max_examples=40, deadline=None)
@given(tables, st.randoms())
def test_a_tally_is_the_same_whatever_the_order_of_the_mentions(table, random):
    order = random.sample(range(len(table)), len(table))
    by = ["country", "kind"]
    pd.testing.assert_frame_equal(
        tally(table, by=by, period="week"), tally(table.iloc[order], by=by, period="week")
    )


@settings(max_examples=40, deadline=None)
@given(tables)
def test_the_tallies_of_old_are_cases_of_this_one(table):
    counts = ["mentions", "articles", "stories"]
    places = tally(table, by="place").dropna(subset="place_id")
    old = tally_places(table)
    shared = ["place_id", *counts, "first_date", "last_date"]
    assert rows(places, *shared) == rows(old, *shared)
    every = ["literal", "associative", "embedded"]
    articles = tally(table, by="article", kinds=every).sort_values("article_id")
    assert rows(articles, "article_id", "mentions", "stories") == rows(
        tally_articles(table), "article_id", "mentions", "stories"
    )
    dates = ["date_start", "date_end", "date_precision", *counts]
    assert rows(tally(table, by="date", kinds=every), *dates) == rows(tally_dates(table), *dates)


@settings(max_examples=40, deadline=None)
@given(tables)
def test_counts_are_those_that_a_loop_finds(table):
    found = tally(table, by="source", kinds=["literal"])
    wanted = table[table["kind"] == "literal"].astype(object)
    wanted = wanted.where(wanted.notna(), None)
    counts = Counter(wanted["source"])
    articles, stories = {}, {}
    for source, article, story in zip(
        wanted["source"], wanted["article_id"], wanted["story_id"], strict=True
    ):
        articles.setdefault(source, set()).add(article)
        stories.setdefault(source, set()).add(story or ("alone", article))
    assert {
        source: (n, a, s)
        for source, n, a, s in rows(found, "source", "mentions", "articles", "stories")
    } == {
        source: (counts[source], len(articles[source]), len(stories[source])) for source in counts
    }


def test_a_tally_by_place_is_what_is_done_without_a_word():
    table = mentions_table(
        [make_record(), make_record(kind="embedded"), make_record(place_id=None)]
    )
    found = tally(table)
    assert rows(found, "place_id", "name", "country", "mentions", "share") == [
        ["geonames:172955", "Raqqa", "SY", 1, 0.5],
        [None, None, None, 1, 0.5],
    ]


def test_an_unlocated_name_counts_with_its_unit_which_is_described_by_itself():
    lost = {"within": "geonames:172957", "within_name": "Raqqa", "precision": 4}
    records = [
        make_record(place_id=None, **lost),
        make_record(place_id="geonames:172957", name="Raqqa", feature="ADM1", precision=4),
        make_record(place_id=None, within="geonames:9", within_name="Homs"),
    ]
    found = tally(mentions_table(records))
    assert rows(found, "place_id", "name", "feature", "mentions") == [
        ["geonames:172957", "Raqqa", "ADM1", 2],
        ["geonames:9", "Homs", None, 1],
    ]


def test_keys_stand_within_each_other_most_mentions_first():
    records = [
        make_record(country=country, source=source)
        for country, source in ("BB", "AA", "AB", "AB", "BC", "BC", "BC")
    ]
    found = tally(mentions_table(records), by="country,source")
    assert rows(found, "country", "source", "mentions") == [
        ["B", "C", 3], ["B", "B", 1], ["A", "B", 2], ["A", "A", 1],
    ]  # fmt: skip


def test_units_of_one_name_in_two_countries_are_two():
    records = [make_record(country=code, admin1="Amman") for code in ("JO", "JO", "SY")]
    found = tally(mentions_table(records), by="admin1")
    assert rows(found, "country", "admin1", "mentions") == [["JO", "Amman", 2], ["SY", "Amman", 1]]


def test_units_are_told_apart_by_their_ids_whatever_they_are_called():
    names = [("geonames:1", "Sharqia"), ("geonames:2", "Sharqia"), ("geonames:1", "Ash Sharqiyah")]
    records = [make_record(country="EG", admin1=name, admin1_id=id_) for id_, name in names]
    found = tally(mentions_table(records), by="admin1")
    assert rows(found, "admin1_id", "admin1", "mentions") == [
        ["geonames:1", "Sharqia", 2],
        ["geonames:2", "Sharqia", 1],
    ]
    changed = compare(mentions_table(records[:2]), mentions_table(records[2:]), by="admin1")
    assert rows(changed, "admin1_id", "admin1", "before", "after") == [
        ["geonames:2", "Sharqia", 1, 0],
        ["geonames:1", "Ash Sharqiyah", 1, 1],
    ]


def test_a_unit_without_an_id_is_the_one_that_is_called_so_where_there_is_just_one():
    units = [("Homs", "geonames:1"), ("Homs", None), ("Hama", None), ("Tartus", "geonames:3"), ("Tartus", "geonames:4"),
             ("Tartus", None), (None, None)]  # fmt: skip
    records = [make_record(admin1=name, admin1_id=id_) for name, id_ in units]
    found = tally(mentions_table(records[1:] + records[:1]), by="admin1")
    assert rows(found, "admin1", "admin1_id", "mentions") == [
        ["Homs", "geonames:1", 2],
        ["Hama", None, 1],
        ["Tartus", "geonames:3", 1],
        ["Tartus", "geonames:4", 1],
        ["Tartus", None, 1],
        [None, None, 1],
    ]


def test_a_place_is_as_precise_as_itself_whatever_is_near_it():
    records = [make_record(precision=2), make_record(precision=1)]
    for table in (mentions_table(records), mentions_table(records[::-1])):
        assert tally(table)["precision"].tolist() == [1]
        assert tally_places(table)["precision"].tolist() == [1]


def test_periods_are_named_without_doubt_and_by_their_days():
    table = mentions_table([make_record(date=date) for date in (DAY, WEEK, MONTH, YEAR, UNDATED)])
    columns = ("period", "period_start", "period_end", "is_vague", "mentions")
    assert rows(tally(table, period="week"), *columns) == [
        ["2018", "2018-01-01", "2018-12-31", True, 1],
        ["2019-W05", "2019-01-28", "2019-02-03", False, 1],
        ["2019-03", "2019-03-01", "2019-03-31", True, 1],
        ["2019-W12", "2019-03-18", "2019-03-24", False, 1],
        ["undated", None, None, False, 1],
    ]
    assert rows(tally(table, period="quarter"), "period", "is_vague") == [
        ["2018", True], ["2019-Q1", False], ["undated", False],
    ]  # fmt: skip


def test_a_week_that_two_months_share_is_kept_apart_spread_or_counted_in_the_first():
    table = mentions_table([make_record(date=WEEK)])
    assert rows(tally(table, period="month"), "period", "mentions") == [["2019-W05", 1]]
    assert rows(tally(table, period="month", vague="first"), "period", "mentions") == [
        ["2019-01", 1]
    ]
    spread = tally(table, period="month", vague="spread")
    assert rows(spread, "period", "mentions", "articles") == [
        ["2019-01", 0.571429, 1],
        ["2019-02", 0.428571, 1],
    ]


def test_a_span_of_centuries_is_kept_apart_and_makes_no_million_rows():
    ages = {"event_start": "0001-01-01", "event_end": "9999-12-31"}
    table = mentions_table([make_record(**ages), make_record(**TOLD)])
    found = tally(table, period="day", time="told", vague="spread")
    assert len(found) == 32
    assert rows(found[found["is_vague"]], "period", "mentions") == [["0001-01-01/9999-12-31", 1.0]]
    assert rows(tally(table, period="year", time="told", vague="first"), "period") == [
        ["0001"],
        ["2018"],
    ]


def test_told_times_have_dates_of_their_own():
    table = mentions_table([make_record(), make_record(**TOLD)])
    found = tally(table, period="month", time="told")
    assert rows(found, "period", "mentions", "first_date") == [
        ["2018-05", 1, "2018-05-01"],
        ["undated", 1, None],
    ]
    assert rows(tally(table, by="date", time="told"), "event_start", "mentions") == [
        ["2018-05-01", 1],
        [None, 1],
    ]


def test_a_wide_table_shows_a_gap_as_one():
    later = ("2019-06-05", "2019-06-05", "day")
    table = mentions_table([make_record(date=date) for date in (DAY, later, YEAR, UNDATED)])
    wide = tally(table, by="country", period="month", wide=True)
    assert wide.columns[-6:].tolist() == [
        "2019-03",
        "2019-04",
        "2019-05",
        "2019-06",
        "vague",
        "undated",
    ]
    assert wide.iloc[0, -6:].tolist() == [1, 0, 0, 1, 1, 1]
    assert (wide["mentions"].tolist(), wide["articles"].tolist()) == ([4], [1])


def test_a_wide_table_stops_at_what_a_spreadsheet_has():
    ages = [{"event_start": f"{year}-01-01", "event_end": f"{year}-01-01"} for year in (1690, 2019)]
    table = mentions_table([make_record(**age) for age in ages])
    wide = tally(table, period="day", time="told", wide=True)
    assert wide.columns[-4:].tolist() == ["1690-01-01", "2019-01-01", "vague", "undated"]


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"by": "town"}, "count by some of place, article, .* got 'town'"),
        ({"by": ["place", "place"]}, "place twice"),
        ({"by": 5}, "expected keys of place"),
        ({"period": "decade"}, "a period of day"),
        ({"time": "event"}, "time as one of published, told"),
        ({"vague": "drop"}, "vague as one of apart, spread, first"),
        ({"count": "places"}, "count as one of mentions"),
        ({"wide": True}, "name one .--period month"),
    ],
)
def test_what_cannot_be_asked_for_is_said(options, words):
    with pytest.raises(InputError, match=words):
        tally(mentions_table([]), **options)


def test_a_table_needs_the_columns_of_its_tally_alone():
    table = mentions_table([make_record()])
    needed = list(columns_for("country"))
    assert tally(table[needed], by="country")["mentions"].tolist() == [1]
    with pytest.raises(TableError, match="surface"):
        tally(table[needed].drop(columns="article_id"), by="country")
    with pytest.raises(TableError, match="expected days as YYYY-MM-DD"):
        tally(table.assign(date_start=pd.array(["21 March"], dtype="string")), period="day")


def test_a_frame_of_other_types_is_read_as_every_table_is():
    table = mentions_table([make_record(article_id="7"), make_record(article_id="8")])
    other = table.assign(article_id=[7, 8], date_start=pd.to_datetime(table["date_start"]))
    pd.testing.assert_frame_equal(tally(other, period="week"), tally(table, period="week"))


@pytest.mark.parametrize("by", [None, "country", (), ("place", "kind"), "story"])
def test_an_empty_table_has_an_empty_tally_of_the_same_columns_and_types(by):
    full, empty = mentions_table([make_record()]), mentions_table([])
    for options in ({}, {"period": "month"}, {"period": "week", "vague": "spread"}):
        some, none = tally(full, by=by, **options), tally(empty, by=by, **options)
        assert (len(none), dict(none.dtypes)) == (0, dict(some.dtypes))
    assert tally(empty, by=by, period="month", wide=True).empty


def test_the_benchmark_makes_the_same_table_each_time():
    path = Path(__file__).parent.parent / "benchmarks" / "tally.py"
    spec = importlib.util.spec_from_file_location("benchmark_tally", path)
    benchmark = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(benchmark)
    table = benchmark.make_table(500)
    pd.testing.assert_frame_equal(table, benchmark.make_table(500))
    for name, options in benchmark.TALLIES.items():
        found = tally(
            table[benchmark.needed_columns(name)], kinds=table["kind"].unique(), **options
        )
        assert found["mentions"].sum() == pytest.approx(500, abs=0.1)
    assert dt.date.fromisoformat(table["date_start"].dropna().min()) >= benchmark.FIRST_DAY
