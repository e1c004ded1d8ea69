"""The options that choose among mentions, as a person gives them."""

import csv
import json

import pytest

from geomap.selection import wishes

ARTICLES = [
    {"id": "a", "text": "The bakery in Raqqa, Syria, reopened.", "date": "2019-03-21", "source": "Courier", "lang": "en"},
    {"id": "b", "text": "The bakery in Mosul, Iraq, reopened.", "date": "2020-01", "source": "Post", "lang": "en-GB"},
    {"id": "c", "text": "The museum in Paris, France, is closed.", "source": "Post", "lang": "fr"},
]  # fmt: skip


def surfaces(result):
    assert result.exit_code == 0, result.stderr
    return [json.loads(line)["surface"] for line in result.stdout.splitlines()]


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        (["--from", "2019-03", "--to", "2019-12-31"], "Raqqa Syria"),
        (["--from", "2020-01-15", "--undated"], "Mosul Iraq Paris France"),
        (["--no-undated"], "Raqqa Syria Mosul Iraq"),
        (["--time", "told", "--from", "2019"], ""),
        (["--country", "Syria", "--country", "FR"], "Raqqa Syria Paris France"),
        (["--admin1", "Raqqa"], "Raqqa"),
        (["--bbox", "42,36,45,38"], "Mosul"),
        (["--near", "48.85,2.35,30"], "Paris"),
        (["--within", "area.geojson"], "Raqqa"),
        (["--place", "geonames:172955"], "Raqqa"),
        (["--kind", "associative"], ""),
        (["--status", "unknown"], ""),
        (["--min-confidence", "1"], ""),
        (["--precision", "6"], "Syria Iraq France"),
        (["--source", "courier"], "Raqqa Syria"),
        (["--article-lang", "en"], "Raqqa Syria Mosul Iraq"),
        (["--lang", "fr"], "Paris France"),
        (["--story-copies", "once"], "Raqqa Syria Mosul Iraq Paris France"),
        (["--feature", "PCL*"], "Syria Iraq France"),
    ],
)
def test_each_option_chooses(run, tmp_path, options, expected):
    ring = [[38, 35], [40, 35], [40, 37], [38, 37], [38, 35]]
    area = {"type": "Polygon", "coordinates": [ring]}
    (tmp_path / "area.geojson").write_text(json.dumps(area))
    assert surfaces(run("mentions", "in.jsonl", *options)) == expected.split()


def test_every_wish_is_an_option_that_was_tried():
    tried = {
        option
        for mark in test_each_option_chooses.pytestmark
        for options, _ in mark.args[1]
        for option in options
    }
    assert {wish.word for wish in wishes().values()} <= tried


@pytest.mark.parametrize("command", ["map", "mentions", "export", "tally"])
def test_every_command_chooses_with_the_same_words(run, command):
    help_text = run(command, "--help").stdout
    assert [wish.word for wish in wishes().values() if wish.word not in help_text] == []


def test_a_page_has_a_language_of_its_own(run, tmp_path):
    result = run("map", "in.jsonl", "-o", "map.html", "--lang", "fr", "--article-lang", "en")
    assert result.exit_code == 0, result.stderr
    assert '<html lang="fr"' in (tmp_path / "map.html").read_text()
    assert "left out: 1 article by --article-lang" in result.stderr


def test_the_report_says_what_was_left_out_and_why(run, tmp_path):
    result = run("export", "in.jsonl", "-o", "out.csv", "--from", "2019-06", "--country", "IQ")
    assert "1 article by --from; 1 article without a date (--undated keeps it)" in result.stderr
    with (tmp_path / "out.csv").open(newline="") as file:
        assert [row["surface"] for row in csv.DictReader(file)] == ["Mosul", "Iraq"]


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (["--from", "last week"], "Invalid value for '--from': expected a day as YYYY-MM-DD"),
        (["--from", "2020", "--to", "2019"], "expected --from before --to"),
        (["--bbox", "1,2"], "Invalid value for '--bbox': expected a box as WEST,SOUTH,EAST,NORTH"),
        (["--near", "here"], "expected a circle as LAT,LON,KM"),
        (["--within", "none.geojson"], "none.geojson: No such file"),
        (["--country", "Narnia"], "no country is called 'Narnia'"),
        (["--min-confidence", "95"], "expected a confidence between 0 and 1, got 95"),
        (["--precision", "0"], "0 is not in the range"),
        (["--kind", "vague"], "'vague' is not one of"),
        (["--within", "out.csv"], "it is one of the inputs"),
    ],
)
def test_a_bad_value_gets_a_plain_message_and_nothing_is_written(run, tmp_path, options, words):
    if options == ["--within", "out.csv"]:
        (tmp_path / "out.csv").write_text("{}")
    result = run("mentions", "in.jsonl", "-o", "out.csv", *options)
    assert (result.exit_code, words in result.stderr) == (2, True), result.stderr
    assert "Traceback" not in result.stderr
    assert not (tmp_path / "out.csv").exists() or (tmp_path / "out.csv").read_text() == "{}"


def test_a_correction_of_what_is_not_wanted_is_not_stale(run, tmp_path):
    (tmp_path / "c.csv").write_text(
        "scope,action,surface,new_place_id\neverywhere,not_a_place,Raqqa,\n"
    )
    result = run("mentions", "in.jsonl", "--corrections", "c.csv", "--from", "2020")
    assert surfaces(result) == ["Mosul", "Iraq"]
    assert "applied once" in result.stderr
