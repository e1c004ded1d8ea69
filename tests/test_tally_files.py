"""Tallies as files, by the command and by its twin in Python; and what changed between two tables."""

import contextlib
import csv
import json
import sqlite3

import geopandas
import pandas as pd
import pyogrio
import pytest
from hypothesis import given, settings

import geomap
from geomap.errors import InputError, OutputError
from geomap.export.formats import TALLY_FORMATS
from geomap.export.tally_files import write_tally
from geomap.tables import compare, mentions_table, tally
from tests.samples import DAY, MONTH, UNDATED, make_record
from tests.test_tally import rows, tables

ARTICLES = [
    {"id": "a", "text": "The bakery in Raqqa, Syria, reopened.", "date": "2019-03-21", "source": "=Courier"},
    {"id": "b", "text": "The bakery in Mosul, Iraq, reopened. Rain fell in Mosul.", "date": "2019-04", "source": "Post"},
    {"id": "c", "text": "King's College London is closed."},
]  # fmt: skip


def cells(text, *names):
    return [tuple(row[name] for name in names) for row in csv.DictReader(text.splitlines())]


def test_a_tally_goes_to_standard_output_as_csv(run):
    result = run("tally", "in.jsonl")
    assert result.exit_code == 0, result.stderr
    assert cells(result.stdout, "name", "mentions", "articles", "first_date") == [
        ("Mosul", "2", "1", "2019-04-01"),
        ("Syria", "1", "1", "2019-03-21"),
        ("Raqqa", "1", "1", "2019-03-21"),
        ("Iraq", "1", "1", "2019-04-01"),
    ]
    assert "are not counted: 2 (--kind embedded counts them)" in result.stderr


def test_keys_periods_and_the_selection_go_together(run):
    result = run("tally", "in.jsonl", "--by", "country", "--period", "week", "--quiet")
    assert cells(result.stdout, "country", "period", "is_vague", "mentions") == [
        ("IQ", "2019-04", "True", "3"),
        ("SY", "2019-W12", "False", "2"),
    ]
    first = run(
        "tally",
        "in.jsonl",
        "--by",
        "country,kind",
        "--country",
        "IQ",
        "--period",
        "week",
        "--vague",
        "first",
    )
    assert cells(first.stdout, "country", "kind", "period", "mentions") == [
        ("IQ", "literal", "2019-W14", "3")
    ]
    only = run("tally", "in.jsonl", "--period", "month", "--from", "2019-04", "--quiet")
    assert cells(only.stdout, "period", "mentions", "share") == [("2019-04", "3", "1.0")]
    told = run("tally", "in.jsonl", "--period", "month", "--time", "told", "--quiet")
    assert cells(told.stdout, "period", "mentions") == [("undated", "5")]
    embedded = run("tally", "in.jsonl", "--kind", "embedded", "--by", "kind", "--quiet")
    assert cells(embedded.stdout, "kind", "mentions") == [("embedded", "2")]


def test_a_wide_table_for_a_spreadsheet_has_no_formula(run, tmp_path):
    result = run(
        "tally",
        "in.jsonl",
        "-o",
        "out.csv",
        "--by",
        "source",
        "--period",
        "month",
        "--wide",
        "--count",
        "articles",
    )
    assert result.exit_code == 0, result.stderr
    text = (tmp_path / "out.csv").read_text()
    assert cells(text, "source", "2019-03", "2019-04", "vague", "undated") == [
        ("Post", "0", "1", "0", "0"),
        ("'=Courier", "1", "0", "0", "0"),
    ]


@pytest.mark.parametrize("suffix", [suffix.removeprefix(".") for suffix in TALLY_FORMATS])
def test_every_format_holds_the_same_and_is_the_same_twice(run, tmp_path, suffix):
    for name in ("one", "two"):
        result = run(
            "tally", "in.jsonl", "-o", f"{name}.{suffix}", "--by", "country", "--period", "year"
        )
        assert result.exit_code == 0, result.stderr
    path = tmp_path / f"one.{suffix}"
    assert path.read_bytes() == (tmp_path / f"two.{suffix}").read_bytes()
    read = {
        "csv": pd.read_csv,
        "tsv": lambda file: pd.read_csv(file, sep="\t"),
        "jsonl": lambda file: pd.DataFrame(map(json.loads, file.read_text().splitlines())),
        "parquet": pd.read_parquet,
        "xlsx": pd.read_excel,
        "geojson": geopandas.read_file,
        "gpkg": lambda file: geopandas.read_file(file, layer="tally"),
        "fgb": lambda file: geopandas.read_file(file).sort_values("mentions", ascending=False),
    }[suffix]
    found = read(path)
    assert found[["country", "mentions", "articles"]].to_numpy().tolist() == [
        ["IQ", 3, 1],
        ["SY", 2, 1],
    ]
    assert found["share"].tolist() == [0.6, 0.4]


def test_a_map_of_counts_has_outlines_of_countries_and_units_and_points_of_towns(tmp_path):
    records = [
        make_record(),
        make_record(place_id="geonames:163843", name="Syria", feature="PCLI", admin1=None),
        make_record(place_id="geonames:172957", name="Raqqa", feature="ADM1"),
        make_record(place_id=None),
    ]
    path = tmp_path / "places.geojson"
    write_tally(tally(mentions_table(records), by="place", period="month"), path)
    found = geopandas.read_file(path).set_index("place_id")
    kinds = {
        "geonames:172955": "Point",
        "geonames:163843": "MultiPolygon",
        "geonames:172957": "MultiPolygon",
    }
    assert {name: found.geometry.geom_type[name] for name in kinds} == kinds
    assert found.geometry.isna().tolist() == [False, False, False, True]
    assert found.geometry["geonames:172957"].contains(found.geometry["geonames:172955"])
    assert found.geometry["geonames:163843"].contains(
        found.geometry["geonames:172957"].representative_point()
    )
    assert found.geometry["geonames:163843"].is_valid
    collection = json.loads(path.read_text())
    times = {
        tuple(f["properties"][name] for name in ("time_start", "time_end"))
        for f in collection["features"]
    }
    assert times == {("2019-03-01T00:00:00Z", "2019-04-01T00:00:00Z")}
    units = tmp_path / "units.geojson"
    write_tally(
        tally(mentions_table([make_record(), make_record(admin1=None)]), by="admin1"), units
    )
    shapes = [feature["geometry"] for feature in json.loads(units.read_text())["features"]]
    assert [shape and shape["type"] for shape in shapes] == ["MultiPolygon", None]


def test_a_geopackage_of_counts_is_typed_styled_and_moves_with_the_clock(tmp_path):
    table = mentions_table([make_record(), make_record(date=MONTH), make_record(admin1="Homs")])
    path = tmp_path / "units.gpkg"
    write_tally(tally(table, by="admin1", period="month"), path)
    assert pyogrio.list_layers(path).tolist() == [["tally", "MultiPolygon"], ["layer_styles", None]]
    found = geopandas.read_file(path, layer="tally")
    assert found[["admin1", "mentions", "is_vague"]].to_numpy().tolist() == [
        ["Raqqa", 2, False],
        ["Homs", 1, False],
    ]
    assert [str(day)[:10] for day in found.loc[0, ["first_date", "period_end", "time_end"]]] == [
        "2019-03-01",
        "2019-03-31",
        "2019-04-01",
    ]
    assert pyogrio.read_info(path, layer="tally")["dtypes"].tolist().count("datetime64[D]") == 4
    with contextlib.closing(sqlite3.connect(path)) as database:
        assert database.execute("SELECT f_table_name FROM layer_styles").fetchall() == [("tally",)]


@pytest.mark.parametrize("suffix", ["gpkg", "fgb"])
def test_places_of_a_tally_lie_where_they_are_points_or_areas(tmp_path, suffix):
    path = tmp_path / f"places.{suffix}"
    towns = mentions_table([make_record()])
    write_tally(tally(towns, by="place", period="week", wide=True), path)
    assert geopandas.read_file(path).geometry[0].coords[0] == (39.00788, 35.95283)
    country = make_record(place_id="geonames:163843", name="Syria", feature="PCLI", admin1=None)
    write_tally(tally(mentions_table([make_record(), country, make_record(place_id=None)])), path)
    kinds = geopandas.read_file(path).sort_values("place_id").geom_type
    assert kinds.fillna("").tolist() == ["MultiPolygon", "Point", ""]


def test_help_and_errors_name_the_files_that_a_tally_can_be(run):
    help_text = " ".join(run("tally", "--help").stdout.split())
    said = run("tally", "in.jsonl", "-o", "out.doc").stderr
    assert [
        suffix for suffix in TALLY_FORMATS if suffix not in help_text or suffix not in said
    ] == []


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (["--by", "town"], "count by some of place"),
        (["--by", "place", "--by", "place"], "place twice"),
        (["--wide"], "name one (--period month)"),
        (["-o", "out.xyz"], "one of .csv, .fgb, .geojson, .gpkg, .jsonl, .parquet, .tsv, .xlsx"),
        (["--by", "source", "-o", "out.geojson"], "count by place, country, admin1 or admin2"),
        (["--by", "source", "-o", "out.gpkg"], "count by place, country, admin1 or admin2"),
        (["--period", "decade"], "'decade' is not one of"),
        (["-o", "in.jsonl"], "it is one of the inputs"),
    ],
)
def test_what_cannot_be_done_is_said_before_anything_is_read(run, tmp_path, options, words):
    before = (tmp_path / "in.jsonl").read_bytes()
    result = run("tally", "in.jsonl", *options)
    assert (result.exit_code, words in result.stderr) == (2, True), result.stderr
    assert ("Traceback" in result.stderr, sorted(path.name for path in tmp_path.iterdir())) == (
        False,
        ["in.jsonl"],
    )
    assert (tmp_path / "in.jsonl").read_bytes() == before


def test_the_command_has_its_twin_in_python(run, tmp_path):
    run("tally", "in.jsonl", "-o", "one.csv", "--by", "country", "--from", "2019-04")
    reading = geomap.Reading(selection=geomap.Selection(from_day="2019-04"))
    report = geomap.tally_inputs(["in.jsonl"], "two.csv", reading, by="country")
    assert report.mentions == 3
    assert (tmp_path / "two.csv").read_bytes() == (tmp_path / "one.csv").read_bytes()
    with pytest.raises(OutputError, match="cannot tell the format"):
        write_tally(pd.DataFrame(), tmp_path / "x.doc")


@pytest.mark.parametrize("suffix", ["parquet", "csv", "jsonl"])
def test_a_table_of_mentions_is_counted_as_its_articles_are(run, tmp_path, suffix):
    chosen = ("--by", "place,kind", "--period", "month", "--country", "IQ", "--country", "SY")
    run("tally", "in.jsonl", "-o", "one.csv", *chosen)
    run("mentions", "in.jsonl", "-o", f"m.{suffix}")
    result = run("tally", f"m.{suffix}", "-o", "two.csv", *chosen)
    assert result.exit_code == 0, result.stderr
    assert (tmp_path / "two.csv").read_bytes() == (tmp_path / "one.csv").read_bytes()
    assert "left out: 2 mentions by --country" in result.stderr
    assert "7 mentions from 1 table" in result.stderr
    both = run("tally", f"m.{suffix}", "in.jsonl", "-o", "three.csv", *chosen)
    assert both.exit_code == 0, both.stderr


@pytest.mark.parametrize("most", [3, 50_000])
def test_a_tally_of_a_file_is_that_of_its_table(tmp_path, monkeypatch, most):
    kinds = ["embedded", "literal", "associative"]
    records = [
        make_record(
            article_id=f"a{n % 4}", place_id=f"geonames:{n % 2}", lat=n % 2, kind=kinds[n % 3]
        )
        for n in range(20)
    ]
    geomap.write_parquet(records, tmp_path / "m.parquet")
    monkeypatch.setattr("geomap.tablefiles._PIECE", most)
    geomap.tally_inputs([tmp_path / "m.parquet"], tmp_path / "one.csv")
    write_tally(tally(mentions_table(records)), tmp_path / "two.csv")
    assert (tmp_path / "one.csv").read_bytes() == (tmp_path / "two.csv").read_bytes()


def test_what_is_new_gone_more_and_less():
    def make(**counts):
        return mentions_table(
            [make_record(country=code) for code, count in counts.items() for _ in range(count)]
        )

    found = compare(make(SY=4, IQ=1, LB=2, TR=1), make(SY=1, IQ=2, FR=6, TR=1), by="country")
    assert rows(found, "country", "before", "after", "change", "trend") == [
        ["FR", 0, 6, 6, "new"], ["SY", 4, 1, -3, "down"], ["LB", 2, 0, -2, "gone"],
        ["IQ", 1, 2, 1, "up"], ["TR", 1, 1, 0, "same"],
    ]  # fmt: skip
    assert found["ratio"].tolist()[1:] == [0.25, 0.0, 2.0, 1.0]
    assert found["ratio"].isna().tolist() == [True, False, False, False, False]
    assert found["share_change"].iloc[0] == pytest.approx(0.6)


def test_two_periods_of_one_table_are_compared():
    april = ("2019-04-02", "2019-04-02", "day")
    records = [make_record(date=date) for date in (DAY, MONTH, april, UNDATED)]
    table = mentions_table([*records, make_record(date=april, place_id="geonames:1", name="Homs")])
    found = compare("2019-03", "2019-04", mentions=table)
    assert rows(found, "name", "before", "after", "trend") == [
        ["Raqqa", 2, 1, "down"],
        ["Homs", 0, 1, "new"],
    ]
    selected = compare(
        geomap.Selection(to_day="2019-03"),
        geomap.Selection(from_day="2019-04"),
        mentions=table,
        by="country",
    )
    assert rows(selected, "country", "before", "after") == [["SY", 2, 2]]


@pytest.mark.parametrize(
    ("arguments", "options", "words"),
    [
        (("2019", "2020"), {}, "expected mentions="),
        ((1, 2), {}, "a mention table, a selection or a period"),
        (("x", "y"), {"mentions": mentions_table([])}, "expected a day as YYYY-MM-DD"),
        ((mentions_table([]), mentions_table([])), {"by": ()}, "something to compare by"),
        ((mentions_table([]), mentions_table([])), {"count": "places"}, "count as one of mentions"),
    ],
)
def test_what_cannot_be_compared_is_said(arguments, options, words):
    with pytest.raises(InputError, match=words):
        compare(*arguments, **options)


@settings(max_examples=30, deadline=None)
@given(tables, tables)
def test_a_comparison_adds_up_and_turns_round(before, after):
    for by in ("place", ["country", "kind"], "story"):
        there, back = compare(before, after, by=by), compare(after, before, by=by)
        assert there["before"].sum() == tally(before, by=by)["mentions"].sum()
        assert there["after"].sum() == tally(after, by=by)["mentions"].sum()
        assert there["change"].sum() == -back["change"].sum()
        assert sorted(there["trend"]) == sorted(
            {"new": "gone", "gone": "new", "up": "down", "down": "up", "same": "same"}[trend]
            for trend in back["trend"]
        )
