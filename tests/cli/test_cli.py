"""The commands, as a person runs them."""

import csv
import json
import os
import signal
import subprocess
import sys
import time

import pytest
from click.testing import CliRunner

import geomap
from geomap.cli.commands import cli
from tests.samples import make_record

NO_RAQQA = "The bakery in Raqqa, Syria, reopened."


@pytest.fixture
def run(tmp_path, monkeypatch):
    """Run a command in an empty folder, without a real terminal."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("GEOMAP_DEBUG", raising=False)

    def invoke(*arguments, **options):
        return CliRunner().invoke(cli, [str(argument) for argument in arguments], **options)

    return invoke


@pytest.fixture
def article(tmp_path):
    path = tmp_path / "a.txt"
    path.write_text(
        "The bakery reopens\n\n2019-03-21\n\nRAQQA, Syria — The bakery in Raqqa reopened.\n"
    )
    return path


def surfaces(text):
    return [json.loads(line)["surface"] for line in text.splitlines()]


def process(*arguments, **options):
    return subprocess.Popen(
        [sys.executable, "-m", "geomap", *map(str, arguments)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        **options,
    )


def test_the_version():
    version = subprocess.run(
        [sys.executable, "-m", "geomap", "--version"], capture_output=True, text=True, check=True
    )
    assert version.stdout == f"geomap {geomap.__version__}\n"


@pytest.mark.parametrize(
    "command",
    ["", "map", "mentions", "export", "tally", "explain", "gazetteer", "gazetteer search", "demo"],
)
def test_every_command_has_help(run, command):
    result = run(*command.split(), "--help")
    assert result.exit_code == 0
    assert "Usage: " in result.stdout


@pytest.mark.parametrize("command", ["mentions", "map", "export"])
def test_stories_are_told_unless_they_are_not_wanted(run, tmp_path, command):
    text = "The bakery in Raqqa sold its last loaf at noon, said Mr Kaya, and closed."
    for name in "ab":
        (tmp_path / f"{name}.txt").write_text(text)
    suffix = {"mentions": "jsonl", "map": "html", "export": "geojson"}[command]
    outcome = run(command, tmp_path / "a.txt", tmp_path / "b.txt", "-o", f"with.{suffix}")
    assert "geomap: 2 articles tell 1 story\n" in outcome.stderr
    inputs = (tmp_path / "a.txt", tmp_path / "b.txt")
    outcome = run(command, *inputs, "-o", f"without.{suffix}", "--no-stories")
    assert (outcome.exit_code, "tell" in outcome.stderr) == (0, False)
    if command != "map":
        told, untold = (path.read_text() for path in sorted(tmp_path.glob(f"with*.{suffix}")))
        assert ('"story_size":2' in told, '"story_size":null' in untold) == (True, True)


def test_an_explanation_says_which_articles_are_copies(run, tmp_path):
    text = "The bakery in Raqqa sold its last loaf at noon, said Mr Kaya, and closed."
    (tmp_path / "in.jsonl").write_text(
        "".join(json.dumps({"id": name, "text": text}) + "\n" for name in "ab")
    )
    lines = run("explain", "in.jsonl").stdout.splitlines()
    told = [
        line
        for line in lines
        if line.endswith("1 mention, one of 2 articles that tell s4a6bfd2c8862b0b5")
    ]
    assert len(told) == 2
    alone = run("explain", text).stdout.splitlines()[0]
    assert alone == "text: 1 mention"


@pytest.mark.parametrize(
    "name", ["tpyo.txt", "./news", "news/*.jsonl.gz", "my articles.csv", "/no/such"]
)
def test_what_looks_like_a_path_is_not_explained_as_a_text(run, name):
    result = run("explain", name)
    assert result.exit_code == 2
    assert result.stderr == (
        f"geomap: error: {name}: no such file; a text that looks like a file's name comes from "
        "standard input: geomap explain -\n"
    )


@pytest.mark.parametrize("text", ["", " ", "\n"])
def test_nothing_is_not_the_current_folder(run, tmp_path, text):
    (tmp_path / "a.txt").write_text("The bakery in Raqqa reopened.")
    result = run("explain", text)
    assert (result.exit_code, "got an empty text" in result.stderr) == (2, True)
    assert run("mentions", "").exit_code == 2


def test_an_explanation_says_what_could_not_be_read(run, tmp_path):
    (tmp_path / "in.jsonl").write_text('{"text": "The bakery in Raqqa reopened."}\n{\n')
    for options in ((), ("--html", "out.html")):
        result = run("explain", "in.jsonl", *options)
        assert (result.exit_code, "1 record rejected:" in result.stderr) == (0, True)


def test_an_interrupt_while_reading_leaves_no_temporary_file(tmp_path):
    """Articles come through a pipe that stays open: the run waits for more of them."""
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    command = process(
        "mentions", "-", "-o", "out.csv", stdin=subprocess.PIPE, cwd=tmp_path,
        env=os.environ | {"TMPDIR": str(scratch)},
    )  # fmt: skip
    command.stdin.write(b'{"text": "The bakery in Raqqa reopened."}\n' * 5000)
    command.stdin.flush()
    time.sleep(2)
    command.send_signal(signal.SIGINT)
    _, stderr = command.communicate(timeout=30)
    assert command.returncode == 130, stderr
    assert list(scratch.iterdir()) == []
    assert not (tmp_path / "out.csv").exists()


def test_the_version_is_said_without_opening_a_room():
    code = (
        "import sys\nfrom geomap.cli.commands import cli\ncli(['--help'], standalone_mode=False)\n"
        "heavy = {'pandas', 'numpy', 'folium', 'trafilatura', 'marisa_trie'}\n"
        "assert not heavy & set(sys.modules), heavy & set(sys.modules)"
    )
    subprocess.run([sys.executable, "-c", code], check=True, capture_output=True)


def test_mentions_go_to_standard_output_and_the_report_does_not(run, article):
    result = run("mentions", article)
    assert result.exit_code == 0
    assert surfaces(result.stdout) == ["RAQQA", "Syria", "Raqqa"]
    report, gazetteer = result.stderr.splitlines()
    assert report == "geomap: 1 article, 3 mentions (3 resolved)"
    assert gazetteer.startswith("geomap: names were looked up in: embedded gazetteer (")


def test_mentions_of_standard_input(run):
    result = run("mentions", "-", "-o", "-", "--quiet", input=NO_RAQQA)
    assert (surfaces(result.stdout), result.stderr) == (["Raqqa", "Syria"], "")


def test_the_map_is_one_page(run, article, tmp_path):
    result = run("map", article, "--title", "Two <towns>", "--lang", "en-GB", "--theme", "dark")
    assert result.exit_code == 0
    page = (tmp_path / "outputs" / "map.html").read_text(encoding="utf-8")
    assert page.startswith("<!DOCTYPE html>")
    assert '<html lang="en-GB"' in page
    assert "<title>Two &lt;towns&gt;" in page
    assert result.stderr.splitlines()[-1].startswith("geomap: wrote outputs/map.html (")


@pytest.mark.parametrize("suffix", ["csv", "jsonl", "geojson"])
def test_export_makes_the_folder_and_says_what_it_wrote(run, article, tmp_path, suffix):
    result = run("export", article, "-o", f"new/out.{suffix}")
    assert result.exit_code == 0
    assert result.stderr.splitlines()[-1].startswith(f"geomap: wrote new/out.{suffix} (")
    assert (tmp_path / "new" / f"out.{suffix}").stat().st_size > 500


def test_mentions_as_csv(run, article, tmp_path):
    assert run("mentions", article, "-o", "out.csv").exit_code == 0
    with (tmp_path / "out.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [row["date_start"] for row in rows] == ["2019-03-21"] * 3


def test_spans_of_the_records_are_used_only_when_asked_for(run, tmp_path):
    record = {"id": "a", "text": NO_RAQQA, "spans": [[4, 10], [21, 26]]}
    (tmp_path / "in.jsonl").write_text(json.dumps(record))
    assert surfaces(run("mentions", "in.jsonl").stdout) == ["Raqqa", "Syria"]
    spans = run("mentions", "in.jsonl", "--spans").stdout
    assert [(json.loads(s)["surface"], json.loads(s)["status"]) for s in spans.splitlines()] == [
        ("bakery", "unknown"),
        ("Syria", "resolved"),
    ]


def test_columns_of_another_name(run, tmp_path):
    (tmp_path / "in.csv").write_text('key,body\n7,"The bakery in Raqqa, Syria, reopened."\n')
    result = run("mentions", "in.csv", "--column", "text=body", "--column", "id=key")
    assert [json.loads(line)["article_id"] for line in result.stdout.splitlines()] == ["7", "7"]


def test_a_rejection_is_counted_and_named(run, tmp_path):
    (tmp_path / "in.jsonl").write_text(
        json.dumps({"text": NO_RAQQA}) + "\n" + '{"text": ""}\n' * 12
    )
    result = run("mentions", "in.jsonl")
    assert result.exit_code == 0
    assert "geomap: 12 records rejected:\n" in result.stderr
    assert "geomap:   in.jsonl:2: the text is empty\n" in result.stderr
    assert "geomap:   in.jsonl:11: " in result.stderr
    assert "geomap:   … and 2 more\n" in result.stderr


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["mentions", "missing.txt"], "error: no article could be read: missing.txt: no such file"),
        (["mentions", "a.txt", "-o", "a.xyz"], "one of .csv, .jsonl, .parquet"),
        (["mentions", "a.txt", "-o", "a.geojson"], "one of .csv, .jsonl, .parquet"),
        (["export", "a.txt", "-o", "a"], "one of .csv, "),
        (["mentions", "a.txt", "--column", "body"], "expected FIELD=COLUMN"),
        (["mentions", "a.txt", "--column", "nose=body"], "got 'nose'"),
        (["mentions", "a.txt", "--crawled", "yesterday"], "expected a date as YYYY-MM-DD"),
        (["mentions", "a.txt", "--kind", "vague"], "'vague' is not one of"),
        (["mentions"], "Missing argument 'INPUT...'"),
        (["export", "a.txt"], "Missing option '-o'"),
        (["export", "a.txt", "-o", "a.txt/out.csv"], "error: cannot write a.txt/out.csv: "),
        (["gazetteer", "search", "Xyzzyx"], "knows no place called 'Xyzzyx'"),
        (["explain", " "], "got an empty text"),
        (["map", "a.txt", "--lang", "<b>"], "expected a language tag"),
        (["map", "a.txt", "--theme", "pink"], "'pink' is not one of"),
        (["map", "a.txt", "--center", "35.9;39"], "expected LAT,LON in degrees"),
        (["map", "a.txt", "--center", "135,39"], "expected a center of latitude in"),
        (["map", "a.txt", "--zoom", "40"], "40.0 is not in the range"),
        (["map", "a.txt", "--tiles", "http://a/{z}/{x}/{y}"], "it does not begin with https://"),
        (["map", "a.txt", "--text", "some"], "'some' is not one of"),
        (["map", "a.txt", "--basemap", "no.geojson"], "cannot read the base map from no.geojson"),
        (["map", "a.txt", "--corrections", "no.csv"], "cannot read corrections from no.csv"),
        (["export", "a.txt", "-o", "a.csv", "--corrections", "a.txt"], "expected a header row"),
        (["map", "a.txt", "-o", "a.csv"], "error: expected a name that ends with .html"),
        (["map", "a.txt", "-o", "-"], "error: expected a name that ends with .html"),
        (["explain", "a.txt", "--html", "a.csv"], "error: expected a name that ends with .html"),
        (["explain", "a.txt", "--html", "a.html", "--lang", "<b>"], "expected a language tag"),
        (["explain", "a.txt", "--html", "a.html", "--theme", "pink"], "'pink' is not one of"),
        (["fly"], "No such command 'fly'"),
    ],
)
def test_what_cannot_be_done_says_why(run, article, arguments, message):
    result = run(*arguments)
    assert result.exit_code == 2
    assert message in result.stderr
    assert "Traceback" not in result.stderr
    assert list(article.parent.iterdir()) == [article]


@pytest.mark.parametrize("name", ["m.csv", "m.parquet", "."])
def test_why_is_not_asked_of_a_mention_table(run, tmp_path, monkeypatch, name):
    monkeypatch.chdir(tmp_path)
    for path in tmp_path.iterdir():
        path.unlink()
    geomap.write_mentions([make_record()], "m.parquet" if name == "m.parquet" else "m.csv")
    for options in ([], ["--html", "why.html"]):
        result = run("explain", name, *options)
        assert result.exit_code == 2
        assert (
            f"error: {name}: it holds a mention table, which does not keep why: explain the article "
            "(geomap explain ARTICLE)" in result.stderr
        )
    assert not (tmp_path / "why.html").exists()


def test_a_bug_is_called_one(run, article, monkeypatch):
    monkeypatch.setattr("geomap.pipeline.export_articles", lambda *_, **__: 1 / 0)
    result = run("mentions", article)
    assert result.exit_code == 70
    assert result.stderr == (
        "geomap: this is a bug in geomap, please report it: ZeroDivisionError: division by zero "
        "(run again with GEOMAP_DEBUG=1 to see where)\n"
    )
    monkeypatch.setenv("GEOMAP_DEBUG", "1")
    assert "Traceback" in run("mentions", article).stderr


def test_a_reader_that_leaves_is_no_error(tmp_path):
    lines = json.dumps({"text": NO_RAQQA * 50}) + "\n"
    (tmp_path / "in.jsonl").write_text(lines * 500)
    with process("mentions", "in.jsonl", cwd=tmp_path) as running:
        assert running.stdout.readline().startswith(b'{"article_id"')
        running.stdout.close()
        assert (running.stderr.read(), running.wait(60)) == (b"", 0)


def interrupt(running):
    """Press Ctrl-C as a person does: again, where Python lost the first one in a callback."""
    for _ in range(12):
        running.send_signal(signal.SIGINT)
        try:
            return running.wait(5)
        except subprocess.TimeoutExpired:
            continue
    raise AssertionError("not interrupted in a minute")


def test_an_interrupt_leaves_nothing_half_written(tmp_path):
    os.mkfifo(tmp_path / "in.jsonl")
    with process("mentions", "in.jsonl", "-o", "out.csv", cwd=tmp_path) as running:
        with (tmp_path / "in.jsonl").open("w") as fifo:
            fifo.write(json.dumps({"text": NO_RAQQA}) + "\n")
            fifo.flush()
            deadline = time.monotonic() + 60
            while not list(tmp_path.glob(".out.csv*")) and time.monotonic() < deadline:
                time.sleep(0.02)
            assert interrupt(running) == 130
        assert running.stderr.read() == (
            b"geomap: interrupted; a file that was not finished was not written\n"
        )
    assert [path.name for path in tmp_path.iterdir()] == ["in.jsonl"]


def test_explain_a_text(run):
    result = run("explain", "The bakery in Raqqa, Syria, reopened.")
    lines = result.stdout.splitlines()
    assert lines[:2] == ["text: 2 mentions", ""]
    assert lines[2].startswith("Raqqa [14-19] literal, resolved: Raqqa (")
    assert lines[3] == "  “The bakery in Raqqa, Syria, reopened.”"
    assert any(line.startswith("  decided by: ") for line in lines)
    assert any(line.startswith("  1. Raqqa (") and ", score +" in line for line in lines)
    assert any(" × " in line and " = " in line for line in lines)


def test_explain_a_file(run, article):
    result = run("explain", article.name)
    assert result.stdout.startswith("a.txt: 3 mentions\n")


def test_explain_on_a_page(run, article):
    result = run("explain", article.name, "--html", "why.html")
    page = article.parent / "why.html"
    assert (result.exit_code, result.stdout) == (0, "")
    assert result.stderr.startswith("geomap: wrote why.html (")
    assert page.read_text("utf-8").startswith("<!DOCTYPE html>")
    assert '<html lang="en" dir="ltr" data-theme="auto">' in page.read_text("utf-8")


@pytest.mark.parametrize(
    ("command", "output"), [(["map"], ["-o", "out.html"]), (["explain"], ["--html", "out.html"])]
)
def test_every_page_has_its_language_and_its_theme(run, article, command, output):
    result = run(*command, article.name, *output, "--lang", "de-AT", "--theme", "dark")
    assert result.exit_code == 0
    page = (article.parent / "out.html").read_text("utf-8")
    assert '<html lang="de-AT" dir="ltr" data-theme="dark">' in page
    assert '"theme":"dark"' in page


def test_a_text_too_long_for_a_file_name_is_a_text(run):
    result = run("explain", f"{'No place here. ' * 400}")
    assert (result.exit_code, result.stdout) == (0, "text: 0 mentions\n")


def test_no_escape_of_an_article_reaches_the_terminal(run):
    result = run("explain", "The \x1b[31mbakery\x07 in Raqqa, \u202eSyria.")
    assert not {"\x1b", "\x07", "\u202e"} & set(result.stdout)


def test_the_gazetteer_says_what_it_is(run):
    result = run("gazetteer", "info")
    assert "CC BY 4.0" in result.stdout
    assert any(line.split()[0] == "places" for line in result.stdout.splitlines())


def test_the_gazetteer_is_searched(run):
    result = run("gazetteer", "search", "Paris", "--limit", "3")
    head, *rows = result.stdout.splitlines()
    assert head.split() == ["name", "feature", "in", "population", "lat", "lon", "id"]
    assert len(rows) == 3
    assert any(row.endswith("geonames:2988507") for row in rows)


@pytest.mark.usefixtures("article")
def test_a_map_beside_its_articles_is_no_article(run):
    assert run("map", ".", "-o", "map.html").exit_code == 0
    result = run("map", ".", "-o", "map.html")
    assert result.exit_code == 0
    assert "map.html: it is a page that geomap wrote, not an article" in result.stderr
    assert "geomap: 1 article, " in result.stderr


CORRECTIONS = """scope,action,article_id,surface,place_id,new_place_id
everywhere,move,,Raqqa,,geonames:2988507
article,not_a_place,a.txt,Syria,,
everywhere,wrong_place,,Nowhere,,
"""


@pytest.mark.usefixtures("article")
@pytest.mark.parametrize("processes", [1, 2])
def test_corrections_are_applied_and_each_is_reported(run, tmp_path, processes):
    (tmp_path / "c.csv").write_text(CORRECTIONS)
    result = run("mentions", "a.txt", "--corrections", "c.csv", "--processes", processes)
    records = [json.loads(line) for line in result.stdout.splitlines()]
    assert [(record["surface"], record["name"]) for record in records] == [
        ("RAQQA", "Paris"),
        ("Raqqa", "Paris"),
    ]
    *report, gazetteer = result.stderr.splitlines()
    assert gazetteer.startswith("geomap: names were looked up in: embedded gazetteer (")
    assert report == [
        "geomap: corrections: 3 mentions corrected, 1 correction stale",
        "geomap:   line 2, move “Raqqa” everywhere: applied 2 times",
        "geomap:   line 3, not_a_place “Syria” all over a.txt: applied once",
        "geomap:   line 4, wrong_place “Nowhere” everywhere: stale, no article names it",
        "geomap: 1 article, 2 mentions (2 resolved)",
    ]


@pytest.mark.usefixtures("article")
def test_the_page_counts_corrections(run, tmp_path):
    (tmp_path / "c.csv").write_text(CORRECTIONS)
    assert run("map", "a.txt", "-o", "m.html", "--corrections", "c.csv").exit_code == 0
    page = (tmp_path / "m.html").read_text("utf-8")
    assert '"corrected":3,"stale_corrections":1' in page


@pytest.mark.usefixtures("article")
def test_the_page_is_as_it_was_asked_for(run, tmp_path, monkeypatch):
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")
    options = ["--credit", "The desk", "--center=-35.5,39", "--zoom", "5", "--text", "full"]
    tiles = "https://tiles.example/{z}/{x}/{y}.png"
    result = run("map", "a.txt", "-o", "m.html", *options, "--tiles", tiles)
    assert result.exit_code == 0
    page = (tmp_path / "m.html").read_text("utf-8")
    for part in ('"credit":"The desk"', '"center":[-35.5,39.0]', '"zoom":5.0', '"2023-11-14"'):
        assert part in page
    assert "img-src data: https://tiles.example;" in page
    assert "The bakery in Raqqa reopened." in page[page.index('"texts":') :]
    assert result.stderr.splitlines()[-1].endswith("opening it needs the network")
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "soon")
    assert "expected SOURCE_DATE_EPOCH" in run("map", "a.txt", "-o", "m.html").stderr
