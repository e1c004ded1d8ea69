"""The commands that install, keep, search and show gazetteers, as a person runs them."""

import json
import shutil
import time
from types import SimpleNamespace

import pytest
from click.testing import CliRunner

from geomap.cli.commands import cli
from geomap.gazetteer.sources import embedded
from tests.gazetteer.serving import DumpServer, dump_files

STORY = "Wadi Zurqan, Sudan - The bakery in Wadi Zurqan reopened, and one in Zurqan Wells, Sudan."


@pytest.fixture(autouse=True)
def folders(tmp_path, monkeypatch):
    """Every test has folders of its own, no proxy, and geomap without its own places."""
    for name in ("http_proxy", "https_proxy", "all_proxy", "no_proxy"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.upper(), raising=False)
    monkeypatch.setenv("GEOMAP_GAZETTEERS", str(tmp_path / "kept"))
    monkeypatch.setenv("GEOMAP_CACHE", str(tmp_path / "cache"))
    monkeypatch.setattr(embedded, "read_embedded_places", lambda *_: {})
    monkeypatch.setattr(embedded, "read_phrases", lambda: ())
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def server(monkeypatch):
    with DumpServer(dump_files()) as running:
        monkeypatch.setenv("GEOMAP_GEONAMES_URL", running.url)
        yield running


def run(*arguments, **options):
    return CliRunner().invoke(cli, [str(argument) for argument in arguments], **options)


def mentions():
    result = run("mentions", "-", input=STORY)
    found = [json.loads(line) for line in result.stdout.splitlines()]
    return {record["surface"]: record["place_id"] for record in found}, result.stderr


@pytest.fixture
def installed(server):  # noqa: ARG001 - what is installed comes from it
    result = run("gazetteer", "install", "geonames", "--countries", "sd")
    assert result.exit_code == 0, result.output
    return result.stderr.splitlines()


def test_what_is_installed_is_used_from_then_on(installed):
    assert installed[-1] == "geomap: geonames-SD is used from now on"
    found, report = mentions()
    assert found["Wadi Zurqan"] == found["Zurqan Wells"] == "geonames:900001"
    assert report.splitlines()[-1] == "geomap: names were looked up in: geonames-SD (4 places)"


def test_the_size_and_the_room_are_said_before(installed, server):
    assert installed[0] == f"geomap: 4 files, 0.0 MB from {server.url}"
    assert installed[1].endswith(" MB are free")


@pytest.mark.usefixtures("installed")
def test_one_chooses_among_those_that_are_kept(folders):
    head, embedded_row, row = run("gazetteer", "list").stdout.splitlines()
    assert head.split() == ["name", "places", "size", "folder"]
    assert embedded_row.split() == ["embedded", "comes", "with", "geomap"]
    assert (row.split()[:3], row.split()[-1]) == (
        ["*", "geonames-SD", "4"],
        str(folders / "kept" / "geonames-SD"),
    )
    assert run("gazetteer", "use", "embedded").stderr == "geomap: embedded is used from now on\n"
    assert run("gazetteer", "list").stdout.splitlines()[1].split()[:2] == ["*", "embedded"]
    found, report = mentions()
    assert (found, "geonames-SD" in report) == ({}, False)
    assert run("gazetteer", "use", "geonames-SD").exit_code == 0
    assert mentions()[0]


@pytest.mark.usefixtures("installed")
def test_what_is_removed_is_gone(folders):
    refused = run("gazetteer", "remove", "geonames-SD", input="n\n")
    assert (refused.exit_code, (folders / "kept" / "geonames-SD").exists()) == (1, True)
    result = run("gazetteer", "remove", "geonames-SD", "--yes")
    assert (result.exit_code, result.stderr[:32]) == (0, "geomap: geonames-SD is deleted (")
    assert [line.split()[0] for line in run("gazetteer", "list").stdout.splitlines()] == ["name", "*"]  # fmt: skip
    assert not (folders / "kept" / "geonames-SD").exists()


@pytest.mark.usefixtures("installed")
def test_one_that_was_deleted_by_hand_is_said(folders):
    shutil.rmtree(folders / "kept" / "geonames-SD")
    result = run("mentions", "-", input=STORY)
    assert (result.exit_code, "is the one in use, and was deleted" in result.stderr) == (2, True)
    assert "* geonames-SD" in " ".join(run("gazetteer", "list").stdout.split())


@pytest.mark.usefixtures("installed")
def test_a_second_install_fetches_nothing_and_replaces_the_first(server):
    bytes_before = len(server.gets("SD.zip"))
    result = run("gazetteer", "install", "geonames", "--countries", "SD")
    assert (result.exit_code, bytes_before, len(server.gets("SD.zip"))) == (0, 1, 2)
    assert mentions()[0]


@pytest.mark.usefixtures("server")
def test_installed_under_a_name_and_not_used():
    result = run("gazetteer", "install", "geonames", "--countries", "SD", "--name", "s", "--no-use")
    assert result.stderr.splitlines()[-1] == "geomap: use it with --gazetteer s"
    assert mentions()[0] == {}
    found = run("mentions", "-", "--gazetteer", "s", "--quiet", input=STORY)
    assert "geonames:900001" in found.stdout


@pytest.mark.usefixtures("server")
def test_own_places_are_installed_with_them(folders):
    (folders / "mine.csv").write_text("name,lat,lon,country\nBir Sabun,13,25,SD\n")
    install = ("gazetteer", "install", "geonames", "--countries", "SD", "--quiet", "--add")
    result = run(*install, "mine.csv")
    assert (result.exit_code, result.output) == (0, "")
    assert "Bir Sabun" in run("gazetteer", "search", "Bir Sabun").stdout


def test_faulty_own_places_are_said_before_anything_is_downloaded(folders, server):
    (folders / "mine.csv").write_text("name,lat,lon\nBir Sabun,930,25\n")
    install = ("gazetteer", "install", "geonames", "--countries", "SD", "--add", "mine.csv")
    result = run(*install)
    assert (result.exit_code, server.asked) == (2, [])
    assert "mine.csv:2: " in result.stderr


def test_without_other_names_it_is_installed_and_said(server):
    del server.files["alternatenames/SD.zip"]
    result = run("gazetteer", "install", "geonames", "--countries", "SD")
    assert result.exit_code == 0
    assert "geomap: without other names of SD: " in result.stderr


@pytest.mark.usefixtures("server")
@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ((), "expected either --countries SD,SS,TD or --all"),
        (("--all", "--countries", "SD"), "expected either"),
        (("--countries", "SDN"), "expected two-letter ISO codes such as SD,TD, got 'SDN'"),
        (("--countries", "SS"), "the server has no such file (404 Not Found)"),
        (("--countries", "SD", "--name", "../x"), "expected a name of letters, digits"),
        (("--countries", "SD", "--name", "embedded"), "is a name of geomap's own"),
        (("--countries", ",".join(f"A{c}" for c in "ABCDEFGHIJKLMNOP")), "of 16 countries"),
        (("--countries", "SD", "--add", "no.csv"), "no.csv"),
    ],
)
def test_what_cannot_be_installed_says_why(folders, arguments, message):
    result = run("gazetteer", "install", "geonames", *arguments)
    assert (result.exit_code, message in result.stderr) == (2, True), result.stderr
    assert "Traceback" not in result.stderr
    assert not (folders / "kept").exists()


@pytest.mark.usefixtures("server")
def test_without_room_nothing_is_installed(monkeypatch, folders):
    monkeypatch.setattr(shutil, "disk_usage", lambda _: SimpleNamespace(free=1000))
    result = run("gazetteer", "install", "geonames", "--countries", "SD")
    assert (result.exit_code, "free some space" in result.stderr) == (2, True)
    assert not (folders / "kept").exists()


@pytest.mark.usefixtures("installed")
def test_a_damaged_download_leaves_the_gazetteer_that_was_there(server, monkeypatch):
    monkeypatch.setattr(time, "sleep", lambda _: None)
    server.files["SD.zip"], server.tags["SD.zip"] = b"no archive", '"2"'
    result = run("gazetteer", "install", "geonames", "--countries", "SD", "--quiet")
    assert result.exit_code == 2
    assert mentions()[0]


@pytest.mark.usefixtures("installed")
@pytest.mark.parametrize(
    ("arguments", "ids"),
    [
        (("Wadi Zurqan",), ["geonames:900001"]),
        (("wadi-zurqan", "--country", "sd,td"), ["geonames:900001"]),
        (("Fasher",), ["geonames:900002"]),
        (("Wadi Zurqam", "--fuzzy"), ["geonames:900001"]),
        (("Wadi Zurqan", "--near", "13.6,25.3,50"), ["geonames:900001"]),
    ],
)
def test_search_as_json_lines(arguments, ids):
    result = run("gazetteer", "search", *arguments, "--json")
    assert [json.loads(line)["id"] for line in result.stdout.splitlines()] == ids


@pytest.mark.usefixtures("installed")
def test_search_as_a_table_says_how_a_name_was_found():
    head, row = run("gazetteer", "search", "Wadi Zurqam", "--fuzzy").stdout.splitlines()
    assert (head.split()[-2:], row.split()[-3:]) == (
        ["found", "as"],
        ["wadi", "zurqan", "(fuzzy)"],
    )
    head, row = run("gazetteer", "search", "Zurqan Wells").stdout.splitlines()
    assert (head.split()[-1], row.split()[-1]) == ("id", "geonames:900001")


@pytest.mark.usefixtures("installed")
@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("search", "Xyzzyx"), "knows no place called 'Xyzzyx'; try another spelling or --fuzzy"),
        (("search", "Xyzzyx", "--fuzzy"), "try another spelling\n"),
        (("search", "Wadi Zurqan", "--country", "TD"), "called 'Wadi Zurqan' in these countries;"),
        (("search", "Wadi Zurqan", "--near", "1,1,1"), "so near to this point;"),
        (("search", "Wadi Zurqan", "--country", "Sudan"), "expected two-letter ISO codes"),
        (("search", "Wadi Zurqan", "--near", "13"), "expected LAT,LON,KM"),
        (("search", "Wadi Zurqan", "--near", "nan,1,1"), "in their ranges"),
        (("search", "Wadi Zurqan", "--near", "1,1,inf"), "in their ranges"),
        (("search", "Wadi Zurqan", "--limit", "0"), "is not in the range"),
        (("search", " "), "expected a name to search for"),
        (("search", "Raqqa", "--gazetteer", "none"), "no gazetteer is kept under 'none'"),
        (("show", "geonames:1"), "has no place with the id 'geonames:1'"),
        (("show", "Raqqa"), "'geomap gazetteer search NAME' lists ids"),
        (("use", "none"), "kept are: embedded, geonames-SD"),
        (("remove", "none", "--yes"), "kept are: embedded, geonames-SD"),
        (("remove", "embedded", "--yes"), "cannot be deleted"),
    ],
)
def test_what_cannot_be_done_says_why(arguments, message):
    result = run("gazetteer", *arguments)
    assert (result.exit_code, message in result.stderr) == (2, True), result.stderr
    assert "Traceback" not in result.stderr


@pytest.mark.usefixtures("installed")
def test_a_place_is_shown_with_its_sources_and_names():
    lines = run("gazetteer", "show", "geonames:900001").stdout.splitlines()
    facts = {line.split(maxsplit=1)[0]: line.split(maxsplit=1)[1] for line in lines}
    assert (facts["sources"], facts["country"], facts["admin1"]) == (
        "geonames",
        "SD",
        "Qamar State",
    )
    assert facts["names"] == "wadi zurqan, zurqan wells"
    assert "admin2" not in facts


@pytest.mark.usefixtures("installed")
def test_a_place_is_shown_as_json():
    shown = json.loads(run("gazetteer", "show", "geonames:900002", "--json").stdout)
    assert (shown["names"], shown["abbreviations"]) == (["al fashir", "el fasher"], [])
    assert (shown["admin1_id"], shown["lat"], shown["admin2"]) == ("geonames:378389", 13.63, None)
    assert "fasher" in shown["spellings"]


@pytest.mark.usefixtures("installed")
def test_a_gazetteer_says_what_it_is():
    lines = run("gazetteer", "info").stdout.splitlines()
    facts = {line.split(maxsplit=1)[0]: line.split(maxsplit=1)[1] for line in lines}
    assert (facts["title"], facts["places"]) == ("geonames-SD", "4")
    assert "CC BY 4.0" in facts["licence"]
    assert not facts["folder"].startswith("[")
