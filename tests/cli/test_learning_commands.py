"""``geomap evaluate`` and ``geomap train``, as a person runs them."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from geomap.cli.commands import cli

TINY = Path(__file__).parents[1] / "gold" / "tiny.jsonl"


@pytest.fixture
def run(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)

    def invoke(*arguments):
        return CliRunner().invoke(cli, [str(argument) for argument in arguments])

    return invoke


@pytest.mark.parametrize("command", ["evaluate", "train"])
def test_both_have_help(run, command):
    result = run(command, "--help")
    assert result.exit_code == 0
    assert "CORPUS..." in result.stdout


def test_an_evaluation_is_told(run):
    result = run("evaluate", TINY)
    assert result.exit_code == 0, result.output
    assert "tiny, from the raw text\n  articles       10, with 47 place names;" in result.stdout
    assert "tiny, with the annotated spans given\n" in result.stdout
    for word in (
        "precision",
        "overlapping",
        "acc@161",
        "AUC",
        "oracle",
        "kinds",
        "articles a second",
    ):
        assert word in result.stdout


@pytest.mark.parametrize(
    ("mode", "modes"), [("raw", ["raw"]), ("spans", ["spans"]), ("both", ["raw", "spans"])]
)
def test_an_evaluation_as_json(run, mode, modes):
    result = run("evaluate", TINY, "--mode", mode, "--json")
    found = json.loads(result.stdout)["evaluations"]
    assert [(item["corpus"], item["mode"]) for item in found] == [("tiny", name) for name in modes]
    assert all(item["learned"] is False and item["oracle"] == 1.0 for item in found)
    assert all(len(item["reliability"]) == 10 for item in found)


@pytest.mark.parametrize("name", ["misses.jsonl", "misses.csv"])
def test_misses_are_written(run, tmp_path, name):
    result = run("evaluate", TINY, "--errors", name, "--json")
    assert result.exit_code == 0, result.output
    counted = sum(sum(item["causes"].values()) for item in json.loads(result.stdout)["evaluations"])
    lines = (tmp_path / name).read_text(encoding="utf-8").count("\n")
    assert lines == counted + name.endswith(".csv")


def test_weights_are_learned_and_used(run, tmp_path):
    trained = run("train", TINY, "-o", "own.json", "--folds", "2")
    assert trained.exit_code == 0, trained.output
    assert trained.stdout.startswith(
        "2-fold cross-validation by article\ntiny, from the raw text\n"
    )
    assert trained.stdout.endswith("wrote own.json\n")
    assert [path.name for path in tmp_path.iterdir()] == ["own.json"]
    result = run("evaluate", TINY, "--weights", "own.json")
    assert "the weights were learned from this corpus" in result.stdout


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["evaluate", "none.xml"], "cannot read a corpus from none.xml"),
        (["train", "none.xml"], "cannot read a corpus from none.xml"),
        (["train", TINY, "--folds", "30"], "got 30 folds and 10 articles"),
        (["evaluate", TINY, "--errors", "a.txt"], "cannot tell the format of 'a.txt'"),
        (["evaluate", TINY, "--weights", TINY], "tiny.jsonl: not a weights file"),
        (["evaluate", TINY, "--gazetteer", "."], "holds no gazetteer index"),
    ],
)
def test_what_cannot_be_used_is_one_line(run, arguments, message):
    result = run(*arguments)
    assert result.exit_code == 2
    [line] = result.stderr.splitlines()
    assert line.startswith("geomap: error: ")
    assert message in line
