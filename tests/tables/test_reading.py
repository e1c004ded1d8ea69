"""Mention tables from files and frames, as a person has them: edited, filtered, joined."""

import csv
import datetime as dt
import gzip
import json
import sys
import uuid

import geopandas
import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import geomap
import geomap.export.geojson
from geomap.conform import MADE, SQL_NAMES
from geomap.errors import TableError
from geomap.export import fields
from geomap.export.fields import GEOMETRY_OF, TIMES
from geomap.records import COLUMNS
from geomap.schema import REQUIRED
from tests.samples import DAY, MONTH, UNDATED, make_record

WRITERS = {
    ".csv": geomap.write_csv,
    ".jsonl": geomap.write_jsonl,
    ".geojson": geomap.write_geojson,
    ".parquet": geomap.write_parquet,
}
#: what a table cannot do without, as a person would type it
LEAST = {
    "article_id": "a",
    "surface": "Raqqa",
    "kind": "literal",
    "place_id": "geonames:172955",
    "lat": 35.95,
    "lon": 39.01,
}
texts = st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=12)
guarded = st.builds(lambda mark, text: mark + text, st.sampled_from("=+-@'"), texts)
records = st.builds(
    make_record,
    article_id=texts,
    title=st.none() | texts | guarded,
    snippet=texts | guarded | st.sampled_from(["'=1+1", "''-x", "'Ayn Isa", "NA", "nan"]),
    country=st.sampled_from([None, "NA", "SY"]),
    kind=st.sampled_from(["literal", "associative", "embedded"]),
    lat=st.floats(-90, 90).map(lambda x: round(x, 5)),
    lon=st.floats(-180, 180).map(lambda x: round(x, 5)),
    story_size=st.none() | st.integers(1, 10**6),
    date=st.sampled_from([DAY, MONTH, UNDATED]),
)


@pytest.mark.parametrize("suffix", [*WRITERS, ".csv.gz"])
@settings(max_examples=40, deadline=None)
@given(st.lists(records, max_size=4))
def test_what_was_written_is_read(tmp_path_factory, suffix, rows):
    path = tmp_path_factory.mktemp("t") / f"m{suffix}"
    if suffix.endswith(".gz"):
        plain = path.with_suffix("")
        geomap.write_csv(rows, plain)
        path.write_bytes(gzip.compress(plain.read_bytes()))
    else:
        WRITERS[suffix](rows, path)
    if not rows and suffix in (".jsonl", ".geojson"):
        with pytest.raises(TableError, match="lacks the columns article_id"):
            geomap.read_table(path)
        return
    pd.testing.assert_frame_equal(geomap.read_table(path), geomap.mentions_table(rows))


@pytest.mark.parametrize("suffix", WRITERS)
def test_the_map_of_a_table_is_the_same_whatever_it_was_written_as(tmp_path, suffix):
    rows = [
        make_record(title="=1+1", snippet="-40 degrees in Raqqa"),
        make_record(article_id="12", date=MONTH),
    ]
    WRITERS[suffix](rows, tmp_path / f"m{suffix}")
    geomap.write_map(rows, tmp_path / "records.html")
    geomap.write_map(tmp_path / f"m{suffix}", tmp_path / "file.html")
    geomap.write_map(geomap.read_table(tmp_path / f"m{suffix}"), tmp_path / "table.html")
    wanted = (tmp_path / "records.html").read_bytes()
    assert (tmp_path / "file.html").read_bytes() == wanted
    assert (tmp_path / "table.html").read_bytes() == wanted


def test_the_least_table_is_one_and_tells_the_rest():
    assert set(LEAST) == set(REQUIRED) <= set(COLUMNS)
    frame = pd.DataFrame([LEAST, LEAST | {"place_id": None, "lat": None, "lon": None}])
    frame["date_start"] = pd.to_datetime(["2016-12-19", None])
    table = geomap.read_table(frame.iloc[:, ::-1])
    assert tuple(table.columns) == COLUMNS
    assert table["status"].tolist() == ["resolved", "unknown"]
    assert table["date_end"].tolist() == ["2016-12-19", pd.NA]
    assert table["date_precision"].tolist() == ["day", "unknown"]
    assert table["start"].isna().all()


@pytest.mark.parametrize("missing", REQUIRED)
def test_a_column_that_every_table_has_is_named_where_it_is_missing(tmp_path, missing):
    frame = pd.DataFrame([LEAST]).drop(columns=missing)
    frame.to_csv(tmp_path / "m.csv", index=False)
    for source in (frame, tmp_path / "m.csv"):
        with pytest.raises(TableError, match=f"lacks the column {missing}: mentions have at least"):
            geomap.read_table(source)


#: a cell as some tool has it, its column, and what it means
CELLS = [
    ("article_id", 17, "17"),
    ("article_id", 17.0, "17"),
    ("article_id", np.int64(17), "17"),
    ("article_id", uuid.UUID(int=5), "00000000-0000-0000-0000-000000000005"),
    ("title", float("nan"), None),
    ("title", pd.NA, None),
    ("title", "", None),
    ("title", 1984, "1984"),
    ("kind", " Literal", "literal"),
    ("start", 3.0, 3),
    ("start", "3", 3),
    ("story_size", "2.0", 2),
    ("story_size", "nan", None),
    ("lat", "35.5", 35.5),
    ("lat", np.float32(35.5), 35.5),
    ("date_start", dt.date(2016, 12, 19), "2016-12-19"),
    ("date_start", dt.datetime(2016, 12, 19, 23, 59, tzinfo=dt.UTC), "2016-12-19"),
    ("date_start", pd.Timestamp("2016-12-19", tz="Asia/Damascus"), "2016-12-19"),
    ("date_start", np.datetime64("2016-12-19T10:00"), "2016-12-19"),
    ("date_start", pd.NaT, None),
    ("date_start", "2016-12-19 00:00:00", "2016-12-19"),
    ("date_start", "2016/12/19", "2016-12-19"),
    ("date_start", 1482105600000, "2016-12-19"),
    ("date_start", "1482105600", "2016-12-19"),
    ("date_start", 20161219, "2016-12-19"),
]


@pytest.mark.parametrize(("column", "cell", "wanted"), CELLS, ids=str)
def test_a_cell_is_read_as_its_column_has_it_in_a_frame_and_in_a_record(column, cell, wanted):
    row = LEAST | {column: cell}
    frame = pd.DataFrame([row], dtype=object)
    for table in (geomap.read_table(frame), geomap.mentions_table([row])):
        (record,) = geomap.tables.table_records(table)
        assert record[column] == wanted
        assert type(record[column]) is type(wanted)


FAULTS = [
    ("lat", "359.5", "lat: expected degrees from -90 to 90, got '359.5'"),
    ("lat", "35,9", "lat: expected degrees from -90 to 90 with a decimal point, got '35,9'"),
    ("lon", float("inf"), "lon: expected degrees from -180 to 180, got inf"),
    ("start", 1.5, "start: expected a whole number, got 1.5"),
    ("start", True, "start: expected a whole number, got True"),
    ("kind", "literl", "kind: expected one of literal, associative, embedded, got 'literl'"),
    ("kind", None, "kind: it is empty, and every mention has one"),
    ("article_id", "", "article_id: it is empty"),
    ("lat", None, "lat: it is empty, although place_id names a place"),
    (
        "date_start",
        "19 December 2016",
        "date_start: expected a day as YYYY-MM-DD, got '19 December 2016'",
    ),
    ("date_start", "2016-02-30", "date_start: expected a day as YYYY-MM-DD, got '2016-02-30'"),
    ("date_end", "2015-01-01", "date_end: 2015-01-01 comes before date_start, 2016-12-19"),
    ("title", ["a"], r"title: expected text, got \['a'\]"),
]


@pytest.mark.parametrize(("column", "cell", "message"), FAULTS, ids=str)
def test_a_fault_is_named_with_its_row_and_column(column, cell, message):
    good = LEAST | {"date_start": "2016-12-19", "title": "x", "start": 1}
    rows = [good, good | {column: cell}]
    with pytest.raises(
        TableError, match=rf"^the table: 1 cell cannot be read:\n  row 2, {message}"
    ):
        geomap.read_table(pd.DataFrame(rows, dtype=object))
    with pytest.raises(
        TableError, match=rf"^mention record 2: 1 cell cannot be read:\n  {message}"
    ):
        geomap.mentions_table(rows)


@pytest.mark.parametrize("suffix", [".csv", ".jsonl", ".parquet", ".geojson"])
def test_faults_in_a_file_say_where_and_how_many(tmp_path, suffix):
    rows = [LEAST | {"country": "SY", "snippet": "two\nlines"} for _ in range(9)]
    for number in range(1, 9):
        rows[number]["kind"] = "literl"
    path = tmp_path / f"m{suffix}"
    frame = pd.DataFrame(rows)
    if suffix == ".csv":
        frame.to_csv(path, index=False)
    elif suffix == ".jsonl":
        frame.to_json(path, orient="records", lines=True)
    elif suffix == ".parquet":
        frame.to_parquet(path)
    else:
        features = [{"type": "Feature", "geometry": None, "properties": row} for row in rows]
        path.write_text(json.dumps({"type": "FeatureCollection", "features": features}))
    place = {".csv": "line 4", ".jsonl": "line 2", ".parquet": "row 2", ".geojson": "feature 2"}
    with pytest.raises(TableError) as caught:
        geomap.read_table(path)
    first, second, *_, last = str(caught.value).split("\n")
    assert first == f"{path}: 8 cells cannot be read:"
    assert second.startswith(f"  {place[suffix]}, kind: expected one of")
    assert last == "  … and 3 more"


def test_your_own_columns_are_carried_through_everything(tmp_path):
    table = geomap.read_table(
        pd.DataFrame([LEAST]).assign(
            desk="=B", score=3, checked=True, seen=pd.Timestamp("2020-01-02"), tags=[["x", 1]]
        )
    )
    assert tuple(table.columns)[-5:] == ("desk", "score", "checked", "seen", "tags")
    wanted = {"desk": "=B", "score": 3, "checked": True, "seen": "2020-01-02T00:00:00"}
    wanted["tags"] = ["x", 1]
    for suffix, write in WRITERS.items():
        path = tmp_path / f"m{suffix}"
        write(table, path)
        (record,) = geomap.tables.table_records(geomap.read_table(path))
        found = {name: record[name] for name in wanted}
        if suffix == ".csv":
            assert found == {key: str(value) for key, value in wanted.items()} | {"tags": '["x",1]'}
        elif suffix == ".parquet":
            assert found == wanted | {"tags": '["x",1]'}
        else:
            assert found == wanted
    rest = {name: record[name] for name in COLUMNS}
    assert rest == next(geomap.tables.table_records(table.drop(columns=list(wanted))))


@pytest.mark.parametrize("suffix", WRITERS)
def test_a_records_own_columns_are_carried_too(tmp_path, suffix):
    rows = [make_record() | {"desk": "B"}, make_record()]
    WRITERS[suffix](iter(rows), tmp_path / f"m{suffix}")
    read = geomap.tables.table_records(geomap.read_table(tmp_path / f"m{suffix}"))
    assert [record["desk"] for record in read] == ["B", None]


def test_a_column_that_comes_late_is_said_not_lost(tmp_path):
    rows = [make_record(), make_record() | {"desk": "B"}]
    with pytest.raises(TableError, match="has the column 'desk', which the first one lacks"):
        geomap.write_csv(rows, tmp_path / "m.csv")
    assert list(tmp_path.iterdir()) == []
    table = geomap.mentions_table(rows)
    assert [record["desk"] for record in geomap.tables.table_records(table)] == [None, "B"]


def test_a_frame_of_pandas_own_reading_is_the_same_table(tmp_path):
    rows = [
        make_record(article_id="1", title="=1+1", snippet="'@mayor spoke in Raqqa"),
        make_record(article_id="2", place_id=None, story_size=2),
    ]
    table = geomap.mentions_table(rows)
    geomap.write_csv(table, tmp_path / "m.csv")
    geomap.write_parquet(table, tmp_path / "m.parquet")
    frames = [
        pd.read_csv(tmp_path / "m.csv", parse_dates=["date_start"]),
        pd.read_parquet(tmp_path / "m.parquet"),
        table.astype({"kind": "category", "country": "category"}),
        table.set_index("article_id"),
        table.set_axis([7, 8], axis="index"),
    ]
    for frame in frames:
        pd.testing.assert_frame_equal(geomap.read_table(frame), table)


def test_a_quotation_that_begins_like_a_formula_keeps_its_mark_in_a_frame():
    rows = [LEAST | {"snippet": "'@mayor'"}, LEAST | {"snippet": "-5 degrees"}]
    assert geomap.read_table(pd.DataFrame(rows))["snippet"].tolist() == ["'@mayor'", "-5 degrees"]


def test_a_spreadsheet_of_half_of_the_world_is_read(tmp_path):
    path = tmp_path / "m.csv"
    rows = [[*REQUIRED, "Note"], ["a", "Raqqa", "literal", "g:1", "35,95283", "-39,5", "x;y"]]
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        csv.writer(file, delimiter=";", lineterminator="\r\n").writerows(rows)
    (record,) = geomap.tables.table_records(geomap.read_table(path))
    assert (record["lat"], record["lon"], record["Note"]) == (35.95283, -39.5, "x;y")
    path.write_text(path.read_text("utf-8-sig"), encoding="utf-16")
    assert geomap.read_table(path)["lat"].tolist() == [35.95283]


def test_a_partitioned_data_set_is_one_table(tmp_path):
    pytest.importorskip("pyarrow")
    rows = [make_record(country=code, article_id=code) for code in ("SY", "NA", "IQ")]
    table = geomap.mentions_table(rows)
    table.to_parquet(tmp_path / "set", partition_cols=["country"])
    (tmp_path / "set" / "_SUCCESS").touch()
    found = geomap.read_table(tmp_path / "set")
    wanted = table.sort_values("country", ignore_index=True)
    pd.testing.assert_frame_equal(found, wanted)


FIRST = """article_id title source url lang start end surface snippet kind status place_id name feature lat lon radius_km
precision country admin1 admin2 within within_name confidence relation relation_type relation_lat relation_lon
relation_radius_km relation_geometry date_start date_end date_precision date_source event_start event_end
event_precision event_text story_id story_size"""


def test_a_table_of_the_first_columns_is_read(tmp_path):
    """The record had forty columns when it was first written; what came later is missing."""
    row = dict(make_record(story_id="s1", story_size=2))
    old = {name: row[name] for name in FIRST.split()}
    assert len(old) == 40
    with (tmp_path / "old.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, old)
        writer.writeheader()
        writer.writerow({k: "" if v is None else v for k, v in old.items()})
    (record,) = geomap.tables.table_records(geomap.read_table(tmp_path / "old.csv"))
    assert {name: record[name] for name in old} == old
    assert {record[name] for name in COLUMNS if name not in old} <= {None}


BROKEN = {
    "m.csv": (b"article_id,surface\n\xff\xfe\xfa,x\n" * 40, "cannot be read|not UTF-8|lacks"),
    "m.jsonl": (b'{"article_id": "a", "surface"\n', r"m\.jsonl:1: broken JSON"),
    "n.jsonl": (b"[1]\n", r"n\.jsonl:1: expected a JSON object, got b'\[1\]'"),
    "m.geojson": (b'{"type": "Point"}', "expected a GeoJSON FeatureCollection of mentions"),
    "m.parquet": (b"PAR1 no", r"m\.parquet: it cannot be read"),
    "m.csv.gz": (gzip.compress(b"article_id,surface\n" * 99)[:-12], "cut off or damaged"),
    "wide.csv": (
        b",".join(n.encode() for n in REQUIRED) + b"\n1,2,literal,g,1,2,3\n",
        "wide.csv:2",
    ),
    "twice.csv": (b"article_id,article_id,surface\na,b,c\n", "'article_id' stands in it more"),
    "m.docx": (b"", "expected a table that ends in one of .csv"),
}


@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_file_is_named_with_what_is_wrong(tmp_path, name):
    content, message = BROKEN[name]
    (tmp_path / name).write_bytes(content)
    with pytest.raises(TableError, match=message) as caught:
        geomap.read_table(tmp_path / name)
    assert name in str(caught.value)


def test_what_gis_files_hold_twice_is_no_column_of_yours(tmp_path):
    assert set(MADE) == {f"{name}_{end}" for name in TIMES for end in ("start", "end")} | {
        GEOMETRY_OF
    }
    assert {ours: theirs for theirs, ours in SQL_NAMES.items()} == fields.SQL_NAMES
    shape = "POLYGON ((39 35, 40 35, 40 36, 39 35))"
    rows = [
        make_record(relation="near", relation_type="near", relation_geometry=shape),
        make_record(),
    ]
    geomap.write_geojson(rows, tmp_path / "m.geojson", geometry="both")
    geomap.export.geojson.write_geojson_sequence(rows, tmp_path / "m.geojsons")
    wanted = geomap.mentions_table(rows)
    pd.testing.assert_frame_equal(geomap.read_table(tmp_path / "m.geojson"), wanted)
    pd.testing.assert_frame_equal(geomap.read_table(tmp_path / "m.geojsons"), wanted)
    gis = geopandas.read_file(tmp_path / "m.geojson")
    pd.testing.assert_frame_equal(geomap.read_table(gis), wanted)


def test_what_is_no_table_is_named(tmp_path):
    with pytest.raises(TableError, match="no such file"):
        geomap.read_table(tmp_path / "none.csv")
    with pytest.raises(TableError, match="expected a file, or a folder of Parquet files"):
        geomap.read_table(tmp_path)
    with pytest.raises(TableError, match="expected a mention table or a stream"):
        geomap.read_table(5)
    frame = pd.DataFrame([LEAST])
    with pytest.raises(TableError, match="'lat' stands in it more than once"):
        geomap.read_table(pd.concat([frame, frame[["lat"]]], axis=1))


def test_parquet_without_pyarrow_says_what_to_install(tmp_path, monkeypatch):
    (tmp_path / "m.parquet").touch()
    monkeypatch.setitem(sys.modules, "pyarrow.dataset", None)
    with pytest.raises(TableError, match=r"pip install 'geomap\[parquet\]'"):
        geomap.read_table(tmp_path / "m.parquet")


def test_tallies_take_numbers_as_ids_and_timestamps_as_days():
    rows = [make_record(article_id=str(n), story_id="s", story_size=2) for n in (1, 2)]
    table = geomap.mentions_table(rows)
    odd = table.astype({"article_id": int, "date_start": "datetime64[ns]"})
    for tally in (geomap.tally_places, geomap.tally_articles, geomap.tally_dates):
        pd.testing.assert_frame_equal(tally(odd), tally(table))


def test_a_kind_that_is_none_is_refused():
    with pytest.raises(
        geomap.InputError, match="expected kinds of literal, associative, embedded, got 'literl'"
    ):
        geomap.tally_places(geomap.mentions_table([]), kinds=["literl"])


@pytest.mark.parametrize("suffix", WRITERS)
def test_writers_take_timestamps_and_numbers(tmp_path, suffix):
    table = geomap.mentions_table([make_record(article_id="1")])
    odd = table.astype({"article_id": int, "date_start": "datetime64[ns]"})
    WRITERS[suffix](table, tmp_path / "wanted")
    WRITERS[suffix](odd, tmp_path / "found")
    assert (tmp_path / "found").read_bytes() == (tmp_path / "wanted").read_bytes()


def test_a_table_becomes_a_frame_of_geopandas_and_comes_back(monkeypatch):
    rows = [make_record(), make_record(place_id=None)]
    frame = geomap.to_geodataframe(rows)
    assert frame.crs.to_epsg() == 4326
    assert [shape and (shape.x, shape.y) for shape in frame.geometry] == [
        (39.00788, 35.95283),
        None,
    ]
    pd.testing.assert_frame_equal(geomap.read_table(frame), geomap.mentions_table(rows))
    monkeypatch.setitem(sys.modules, "geopandas", None)
    with pytest.raises(geomap.OutputError, match=r"pip install 'geomap\[gis\]'"):
        geomap.to_geodataframe(rows)
