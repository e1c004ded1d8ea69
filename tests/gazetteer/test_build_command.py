"""``geomap gazetteer build`` and ``check``, as a person runs them."""

import json
import os
import shlex
import signal
import subprocess
import sys

import pytest
from click.testing import CliRunner

from geomap.cli.commands import cli
from geomap.gazetteer import Index
from tests.gazetteer.test_compose import use_embedded
from tests.gazetteer.test_geonames_dump import row, write

MINE = "name,lat,lon,colour\nOld Mill,15.1,30.0,red\nMill,15.0,30.0,blue\n"


@pytest.fixture(autouse=True)
def kept(tmp_path, monkeypatch):
    """Run in an empty folder, with a tiny embedded gazetteer and a home for gazetteers of its own."""
    use_embedded(monkeypatch.setattr)
    monkeypatch.setenv("GEOMAP_GAZETTEERS", str(tmp_path / "kept"))
    monkeypatch.setenv("GEOMAP_CACHE", str(tmp_path / "cache"))
    monkeypatch.delenv("GEOMAP_DEBUG", raising=False)
    monkeypatch.chdir(tmp_path)
    (tmp_path / "mine.csv").write_text(MINE)
    return tmp_path / "kept"


def run(*arguments):
    return CliRunner().invoke(cli, ["gazetteer", *map(str, arguments)])


def error(*arguments):
    result = run(*arguments)
    assert result.exit_code == 2
    return result.stderr.removeprefix("geomap: error: ").rstrip("\n")


def said(result):
    assert result.exit_code == 0, result.output
    return [line.removeprefix("geomap: ") for line in result.stderr.splitlines()]


def test_a_gazetteer_is_built_and_what_became_of_it_is_said(kept):
    assert said(run("build", "-o", "sudan", "--add", "mine.csv")) == [
        "mine.csv: 2 rows",
        "  columns that are not read: 'colour'",
        "of your rows: 1 merged into known places by name and distance, 0.0 km apart in the median; 1 are places of their own",
        f"wrote {kept / 'sudan'}: 6 places; merged.csv there lists what was merged",
        "use it with --gazetteer sudan",
    ]
    assert Index(kept / "sudan").title == "sudan (6 places)"


def test_a_gazetteer_goes_into_a_folder_too(tmp_path):
    lines = said(run("build", "-o", "some/where", "--add", "mine.csv", "--no-embedded"))
    assert lines[-1] == f"use it with --gazetteer {os.path.join('some', 'where')}"  # noqa: PTH118
    assert len(Index(tmp_path / "some" / "where")) == 2


def test_a_gazetteer_can_be_used_from_then_on(kept):
    assert said(run("build", "-o", "sudan", "--use", "--quiet")) == []
    assert run("list").stdout.splitlines()[2].split()[:2] == ["*", "sudan"]
    assert said(run("build", "-o", "sudan", "--use"))[-1] == "sudan is used from now on"
    assert json.loads((kept / "sudan" / "index.json").read_text())["places"] == 5


def test_of_geonames_what_is_wanted(tmp_path):
    rows = [row(), row(id="2", country="TD"), row(id="3", **{"class": "T"}, code="MT"), "broken"]
    write(tmp_path / "dump", allCountries=rows)
    chosen = ("--countries", "sd,TD", "--classes", "p", "--no-embedded")
    lines = said(run("build", "-o", "x/y", "--geonames", "dump", *chosen))
    assert lines[0] == "dump: 4 rows, 1 that cannot be read"
    assert lines[-2].startswith("wrote x/y: 2 places;")


def test_the_command_is_kept_with_what_it_makes(tmp_path, monkeypatch):
    command = ["gazetteer", "build", "-o", "a b/x", "--add", "mine.csv"]
    monkeypatch.setattr(sys, "argv", ["geomap", *command])
    said(run(*command[1:]))
    assert Index(tmp_path / "a b" / "x").meta["command"] == shlex.join(["geomap", *command])


def test_corrections_that_are_stale_are_named(tmp_path):
    (tmp_path / "fix.csv").write_text("id,action\n77,drop\n1,drop\n")
    lines = said(run("build", "-o", "x/y", "--override", "fix.csv"))
    assert "1 correction of places that no source has: geonames:77" in lines
    assert Index(tmp_path / "x" / "y").find_id("geonames:1") is None


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("-o", "x/y", "--no-embedded"), "nothing to build a gazetteer from: give --geonames or --add"),
        (("-o", "embedded"), "'embedded' is "),
        (("-o", "x/y", "--use"), "--use goes with a name to keep the gazetteer under, got the path 'x/y'"),
        (("-o", "x", "--add", "no.csv"), "no.csv: cannot be read: No such file or directory"),
        (("-o", "x", "--add", "kept"), "kept: expected a file of places that ends with one of"),
        (("-o", "x", "--geonames", "no"), "no: no such file or folder of GeoNames' dump files"),
        (("-o", "x", "--geonames", "mine.csv"), "mine.csv: expected a file of places as GeoNames publishes"),
        (("-o", "x", "--override", "mine.csv"), "mine.csv:1: expected a header with the columns id; id is missing"),
        (("-o", "./mine.csv"), "cannot write the gazetteer index to mine.csv: it is no gazetteer, and is left alone"),
        (("-o", ""), "cannot write the gazetteer index to"),
    ],
)  # fmt: skip
def test_what_cannot_be_built_is_one_line(tmp_path, arguments, message):
    assert error("build", *arguments).startswith(message)
    assert (tmp_path / "mine.csv").read_text() == MINE
    assert not list(tmp_path.rglob("index.json"))


@pytest.mark.parametrize(
    ("option", "value", "message"),
    [
        ("--countries", "SD,Chad", "expected two-letter ISO codes such as SD,TD, got 'CHAD'"),
        ("--classes", "P,Q", "letters of AHLPRSTUV such as A,P, got Q"),
    ],
)
def test_codes_are_codes(option, value, message):
    assert message in error("build", "-o", "x", option, value)


def test_every_fault_is_told(tmp_path):
    (tmp_path / "bad.csv").write_text("name,lat,lon\nA,x,2\n,1,2\n")
    assert error("build", "-o", "x/y", "--add", "bad.csv").splitlines() == [
        "bad.csv:2: expected a latitude in decimal degrees, got 'x'",
        "bad.csv:3: expected a name, got an empty cell",
    ]
    assert not (tmp_path / "x" / "y").exists()


def test_files_are_checked_without_building(tmp_path):
    (tmp_path / "bad.csv").write_text("name,lat,lon\nA,x,2\n,1,2\n")
    (tmp_path / "worse.csv").write_bytes(b"\xff\xfe")
    result = run("check", "mine.csv", "bad.csv", "worse.csv")
    assert result.stdout.splitlines() == [
        "mine.csv: 2 rows",
        "  columns that are not read: 'colour'",
        "bad.csv:2: expected a latitude in decimal degrees, got 'x'",
        "bad.csv:3: expected a name, got an empty cell",
        "bad.csv: 2 rows, 2 faults",
        "worse.csv: expected UTF-8 text, got other bytes after line 0; save the table as UTF-8",
    ]
    assert result.exit_code == 2
    assert result.stderr == "geomap: error: 2 of 3 files have faults; mend what is listed above\n"


def test_of_many_faults_two_hundred_are_listed(tmp_path):
    (tmp_path / "bad.csv").write_text("name,lat,lon\n" + "A,x,2\n" * 5000)
    lines = run("check", "bad.csv").stdout.splitlines()
    assert len(lines) == 202
    assert lines[-2:] == ["… and 4,800 more faults in bad.csv", "bad.csv: 5,000 rows, 5,000 faults"]


def test_what_a_terminal_would_obey_is_not_printed(tmp_path):
    (tmp_path / "bad.csv").write_text("name,lat,lon\nA,\x1b[2J,2\n")
    assert "\x1b" not in run("check", "bad.csv").stdout
    assert "\x1b" not in run("build", "-o", "x", "--add", "bad.csv").output


def test_a_dump_is_checked_row_by_row(tmp_path):
    write(tmp_path, SD=[row(), "broken"])
    assert run("check", "SD.txt").stdout.splitlines()[0] == "SD.txt: 2 rows, 1 that cannot be read"


def test_a_gazetteer_is_checked_against_what_was_built(kept):
    said(run("build", "-o", "sudan", "--use"))
    for arguments in ((), ("sudan",), (kept / "sudan",)):
        line = run("check", *arguments).stdout
        assert line.endswith("sudan: 5 places, 15 files, all as they were built\n")
    with (kept / "sudan" / "strings.bin").open("r+b") as file:
        file.write(b"x")
    message = error("check", "sudan")
    assert message.startswith(f"the gazetteer index in {kept / 'sudan'} is damaged (strings.bin is")
    assert "build it anew with: geomap" in message


@pytest.mark.parametrize("name", ["nothing", "no/where", "kept"])
def test_what_is_no_gazetteer_cannot_be_checked(kept, name):
    kept.mkdir()
    message = error("check", name)
    assert "no gazetteer" in message


SLOW = """
from geomap.__main__ import main
from geomap.gazetteer import opening
from tests.gazetteer.test_compose import use_embedded
import time
use_embedded(setattr)
def wait(*_):
    print("begun", flush=True)
    time.sleep(60)
opening.progress_bar = lambda *_, **__: wait
main()
"""


@pytest.mark.parametrize(
    ("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143), (signal.SIGHUP, 129)]
)
def test_a_build_that_is_stopped_leaves_nothing(tmp_path, number, code):
    command = [sys.executable, "-c", SLOW, "gazetteer", "build", "-o", "x/y"]
    path = {"PYTHONPATH": os.pathsep.join(sys.path)}
    running = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=os.environ | path)  # fmt: skip
    assert running.stdout.readline() == b"begun\n"
    running.send_signal(number)
    running.communicate(timeout=60)
    assert running.returncode == code
    assert list((tmp_path / "x").iterdir()) == []
