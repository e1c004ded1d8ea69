"""Mention tables wherever articles are taken: told by their columns, read once, drawn, written, corrected."""

import io
import json
import subprocess
import sys
from types import SimpleNamespace

import pandas as pd
import pytest
from click.testing import CliRunner

import geomap
from geomap.cli.commands import cli
from geomap.corrections import Correction, read_corrections
from geomap.errors import InputError, TableError
from geomap.pipeline import (
    MapOptions,
    ReadOptions,
    RunReport,
    export_articles,
    map_articles,
    read_mentions,
)
from tests.samples import MONTH, make_record
from tests.test_pipeline import TwoNames

ROWS = [
    make_record(article_id="a", title="=1+1", snippet="-40 degrees in Raqqa"),
    make_record(article_id="b", kind="embedded"),
    make_record(article_id="a", place_id=None, surface="Nowhere", start=40, end=47),
    make_record(article_id="c", date=MONTH),
]
WRITERS = {
    "m.csv": geomap.write_csv,
    "m.jsonl": geomap.write_jsonl,
    "m.geojson": geomap.write_geojson,
    "m.parquet": geomap.write_parquet,
}


def run(*words, **how):
    done = CliRunner().invoke(cli, [str(word) for word in words], **how)
    return done.exit_code, done.output


@pytest.fixture(params=WRITERS)
def table(request, tmp_path):
    path = tmp_path / "tables" / request.param
    path.parent.mkdir()
    WRITERS[request.param](ROWS, path)
    return path


@pytest.fixture
def articles(tmp_path):
    folder = tmp_path / "articles"
    folder.mkdir()
    (folder / "x.txt").write_text("The river at Raqqa.")
    return folder


def test_a_table_is_mapped_and_written_without_a_gazetteer(table, tmp_path, monkeypatch):
    monkeypatch.setenv("GEOMAP_GAZETTEER", str(tmp_path / "none"))
    code, said = run(
        "mentions", table, "-o", tmp_path / "x.jsonl", "--gazetteer", tmp_path / "none"
    )
    assert (code, "4 mentions from 1 table" in said) == (0, True)
    read = [json.loads(line) for line in (tmp_path / "x.jsonl").read_text().splitlines()]
    assert read == ROWS
    code, said = run("map", table, "-o", tmp_path / "m.html", "--gazetteer", tmp_path / "none")
    assert (code, "articles" in said.splitlines()[0]) == (0, False)
    options = {"created": geomap.pipeline.creation_day()}
    counts = {"rejected": 0, "undated": 0, "unresolved": 1}
    geomap.write_map(ROWS, tmp_path / "wanted.html", counts=counts, **options)
    assert (tmp_path / "m.html").read_bytes() == (tmp_path / "wanted.html").read_bytes()


def test_a_run_of_articles_opens_no_pandas(articles, tmp_path):
    code = (
        "import sys, geomap; geomap.export_articles([sys.argv[1]], sys.argv[2]);"
        "print([m for m in sys.modules if m in ('pandas', 'pyarrow')])"
    )
    command = [sys.executable, "-c", code, str(articles), str(tmp_path / "x.csv")]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"


def test_articles_and_tables_go_together(table, articles):
    report = RunReport()
    found = list(read_mentions([table, articles], geoparser=TwoNames(), report=report))
    assert [record["article_id"] for record in found] == ["x.txt", "a", "b", "a", "c"]
    assert (report.articles, report.mentions) == (1, 5)
    assert (report.tables.tables, report.tables.mentions, report.tables.shared) == (1, 4, 0)
    geomap.write_csv(found, articles.parent / "all.csv")


def test_a_table_beside_its_articles_does_not_count_them_twice(articles, tmp_path):
    export_articles([articles], articles / "old.csv", geoparser=TwoNames())
    report = RunReport()
    found = list(read_mentions([articles], geoparser=TwoNames(), report=report))
    assert (len(found), report.tables.left_out) == (1, 1)
    code, said = run("mentions", articles, "-o", tmp_path / "x.csv")
    assert code == 0
    assert "a mention table beside the articles was not read: name it" in said
    code, said = run("mentions", articles, articles / "old.csv", "-o", tmp_path / "x.csv")
    assert "1 article with mentions in more than one input: they count each time" in said


def test_a_folder_or_a_pattern_of_tables_is_read(tmp_path):
    for name in ("jan.csv", "feb.csv"):
        geomap.write_csv(ROWS, tmp_path / name)
    for inputs in ([tmp_path], [str(tmp_path / "*.csv")]):
        report = RunReport()
        assert len(list(read_mentions(inputs, report=report))) == 8
        assert (report.tables.tables, report.tables.shared) == (2, 3)


def test_a_table_comes_through_a_pipe(tmp_path):
    geomap.write_jsonl(ROWS, tmp_path / "m.jsonl")
    geomap.write_csv(ROWS, tmp_path / "m.csv")
    for name in ("m.jsonl", "m.csv"):
        with (tmp_path / name).open("rb") as stream:
            done = subprocess.run(
                [sys.executable, "-m", "geomap", "mentions", "-"],
                stdin=stream,
                capture_output=True,
                check=True,
            )
        assert done.stdout == (tmp_path / "m.jsonl").read_bytes()


def test_a_frame_is_an_input_and_a_file_of_before_is_written_again(tmp_path):
    frame = pd.DataFrame(ROWS).assign(desk="B")
    (tmp_path / "m.csv").write_text("of before")
    export_articles(frame, tmp_path / "m.csv")
    (tmp_path / "t.csv").write_text("of before")
    counted = geomap.tally_inputs(frame, tmp_path / "t.csv", by="kind")
    assert (counted.mentions, counted.tables.tables) == (4, 1)
    assert pd.read_csv(tmp_path / "t.csv")["mentions"].tolist() == [3, 1]
    export_articles([frame], tmp_path / "n.csv", ReadOptions(kinds=["literal"]))
    assert len(geomap.read_table(tmp_path / "m.csv")) == 4
    read = geomap.read_table(tmp_path / "n.csv")
    assert (len(read), set(read["desk"])) == (3, {"B"})
    report = map_articles(frame, tmp_path / "m.html", ReadOptions(kinds=["literal"]))
    assert (report.mentions, report.kinds) == (3, {"literal": 3})


def test_articles_with_a_text_column_stay_articles(tmp_path):
    path = tmp_path / "in.csv"
    path.write_text("article_id,place_id,surface,text\n1,x,y,The river at Raqqa.\n")
    found = list(read_mentions([path], geoparser=TwoNames()))
    assert [record["surface"] for record in found] == ["Raqqa"]


def test_a_table_without_a_column_says_which_not_that_a_text_is_missing(tmp_path):
    pd.DataFrame(ROWS).drop(columns="lat").to_csv(tmp_path / "m.csv", index=False)
    code, said = run("map", tmp_path / "m.csv", "-o", tmp_path / "m.html")
    assert code == 2
    assert "m.csv lacks the column lat: mentions have at least article_id, surface" in said
    assert not (tmp_path / "m.html").exists()


def test_a_bad_cell_ends_a_run_in_plain_lines(tmp_path):
    frame = pd.DataFrame(ROWS)
    frame.loc[2, "kind"] = "literl"
    frame.to_csv(tmp_path / "m.csv", index=False)
    code, said = run("export", tmp_path / "m.csv", "-o", tmp_path / "m.geojson")
    assert code == 2
    assert "m.csv: 1 cell cannot be read:\n  line 4, kind: expected one of literal," in said
    assert not (tmp_path / "m.geojson").exists()


def test_the_full_text_needs_articles(table, tmp_path):
    with pytest.raises(InputError, match="the full text of the articles needs the articles"):
        map_articles([table], tmp_path / "m.html", options=MapOptions(text="full"))


def test_a_table_is_not_written_over(tmp_path):
    geomap.write_csv(ROWS, tmp_path / "m.csv")
    code, said = run("mentions", tmp_path / "m.csv", "-o", tmp_path / "m.csv")
    assert (code, "it is one of the inputs" in said) == (2, True)


HEAD = "scope,action,article_id,surface,place_id,new_lat,new_lon,start,end\n"


@pytest.fixture
def corrections(tmp_path):
    """Two pupils' tables: they agree on one correction, and contradict each other on another."""
    first, second = tmp_path / "ann.csv", tmp_path / "ben.csv"
    drop = "article,not_a_place,b,Raqqa,,,,,\n"
    first.write_text(HEAD + drop + "article,move,c,Raqqa,,1,2,,\n")
    second.write_text(HEAD + drop + "article,move,c,Raqqa,,3,4,,\n")
    return first, second


def test_corrections_are_applied_to_tables_in_any_order(table, corrections, tmp_path):
    words = [word for path in corrections for word in ("--corrections", path)]
    code, said = run("mentions", table, *words, "-o", tmp_path / "x.csv")
    assert code == 0
    read = geomap.read_table(tmp_path / "x.csv")
    assert read["article_id"].tolist() == ["a", "a", "c"]
    assert read["lat"].tolist()[2] == 3
    lines = said.splitlines()
    assert "geomap: corrections: 2 mentions corrected, 1 correction stale" in lines
    assert "geomap: corrections contradict each other once; the later one counts:" in lines
    (line,) = [line for line in lines if ", but " in line]
    assert "ann.csv line 3, move “Raqqa” all over c, but " in line
    assert "ben.csv line 3, move “Raqqa” all over c" in line


def test_what_two_tables_say_alike_is_one_correction(corrections):
    merged = read_corrections(*corrections)
    assert [(item.action, item.new_lat) for item in merged] == [
        ("move", 1.0),
        ("not_a_place", None),
        ("move", 3.0),
    ]


def test_a_table_is_corrected_as_a_table():
    table = geomap.mentions_table(ROWS).assign(desk=[1, 2, 3, 4])
    drop = Correction(scope="article", action="not_a_place", article_id="a", surface="Raqqa")
    corrected, report = geomap.apply_corrections(table, [drop])
    assert corrected["desk"].tolist() == [2, 3, 4]
    assert report.applied == 1
    pd.testing.assert_frame_equal(
        corrected[list(geomap.COLUMNS)],
        geomap.mentions_table(ROWS[1:]),
    )
    records, report = geomap.apply_corrections(iter(ROWS), [drop], SimpleNamespace())
    assert len(list(records)) == 3


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"kinds": ["literl"]}, "expected kinds of literal, associative, embedded, got 'literl'"),
        ({"kinds": "literal"}, "expected a collection of kinds"),
        ({"processes": 0}, "expected 1 process or more, got 0"),
        ({"crawled": "2020-01-01"}, "expected crawled as a datetime.date"),
        ({"columns": ["text"]}, "expected columns as a mapping"),
        ({"corrections": ["x"]}, "expected corrections in the stream, got 'x'"),
    ],
)
def test_an_option_that_cannot_be_is_refused_at_the_door(options, message):
    with pytest.raises(InputError, match=message):
        ReadOptions(**options)


def test_what_is_no_input_is_refused(tmp_path):
    with pytest.raises(InputError, match="expected files, folders and mention tables in the list"):
        list(read_mentions([io.StringIO()]))
    (tmp_path / "m.geojson").write_text("{}")
    with pytest.raises(TableError, match="expected a GeoJSON FeatureCollection"):
        list(read_mentions([tmp_path / "m.geojson"]))
