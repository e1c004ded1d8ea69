"""Every command and every line of Python in the README does what it should."""

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from geomap.cli.commands import cli
from geomap.demo import demo_articles

ROOT = Path(__file__).parent.parent
README = ROOT / "README.md"
#: the folder that the README calls the reader's own files
OWN_FILES = "articles"
#: what the README calls the reader's own annotated news
OWN_CORPUS = "corpus.jsonl"
#: commands that install or test geomap are run by .ci/run
_NOT_HERE = re.compile(r"\b(?:pip|venv|apt-get|git|pytest|activate|cd|ruff|mypy)\b|^\.ci/")
_BLOCK = re.compile(r"^```(sh|python)\n(.*?)^```$", re.DOTALL | re.MULTILINE)


def blocks(language):
    text = README.read_text(encoding="utf-8") if README.exists() else ""
    return [code for kind, code in _BLOCK.findall(text) if kind == language]


def commands():
    for block in blocks("sh"):
        lines = block.replace("\\\n", " ").splitlines()
        yield from (line.strip() for line in lines if line.strip() and not line.startswith("#"))


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """A folder with some articles, as a reader of the README has it."""
    path = tmp_path_factory.mktemp("readme")
    with demo_articles() as articles:
        shutil.copytree(articles, path / OWN_FILES)
    shutil.copy(ROOT / "tests" / "gold" / "tiny.jsonl", path / OWN_CORPUS)
    return path


def run(arguments, folder):
    path = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])
    result = subprocess.run(
        arguments,
        cwd=folder,
        env=os.environ | {"PATH": path},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert result.returncode == 0, result.stderr


@pytest.mark.parametrize("command", [line for line in commands() if not _NOT_HERE.search(line)])
def test_a_command_runs(folder, command):
    run(["bash", "-euo", "pipefail", "-c", command], folder)


@pytest.mark.parametrize("code", blocks("python"))
def test_python_runs(folder, code):
    run([sys.executable, "-W", "error", "-c", code], folder)


def test_every_command_stands_in_the_readme():
    text = " ".join(commands())
    assert [name for name in cli.commands if f"geomap {name}" not in text] == []


def test_the_way_to_test_is_the_one_that_is_checked():
    [command] = [line for line in commands() if "pytest" in line]
    checked = re.search(r"grep -m1 -F '(.*?)' README.md", (ROOT / ".ci" / "run").read_text("utf-8"))
    first = next(line for line in README.read_text("utf-8").splitlines() if checked[1] in line)
    assert first == command


def test_links_within_the_project_lead_somewhere():
    text = README.read_text(encoding="utf-8")
    links = re.findall(r"\]\(([^)#\s]+)[^)]*\)", text)
    local = [link for link in links if not link.startswith(("https://", "http://"))]
    assert [link for link in local if not (ROOT / link).exists()] == []


def test_the_scores_are_those_that_the_weights_were_written_with():
    training = json.loads((ROOT / "geomap/recognise/weights.json").read_text("utf-8"))["training"]
    rows = re.findall(
        r"^\| (LGL|TR-News) \(\d+ articles\) \| (.*) \|$", README.read_text("utf-8"), re.MULTILINE
    )
    names = {"LGL": "lgl", "TR-News": "TR-News"}
    for name, figures in rows:
        scores = training["cross_validated"][names[name]]
        assert [float(figure) for figure in figures.split(" | ")] == list(scores.values())
    assert len(rows) == len(names)
