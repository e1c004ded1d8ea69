"""docs/ACCURACY.md says what the weights say of themselves."""

import importlib
import json
import subprocess
import sys
from pathlib import Path

from geomap.recognise.weights import shipped_weights

ROOT = Path(__file__).parent.parent
TINY = ROOT / "tests" / "gold" / "tiny.jsonl"
DOCUMENT = ROOT / "docs" / "ACCURACY.md"


def accuracy(*arguments):
    command = [sys.executable, ROOT / "benchmarks" / "accuracy.py", *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def test_the_document_is_that_of_the_shipped_weights(tmp_path):
    copy = tmp_path / "ACCURACY.md"
    copy.write_bytes(DOCUMENT.read_bytes())
    run = accuracy("--document", copy)
    assert run.returncode == 0, run.stderr
    assert copy.read_bytes() == DOCUMENT.read_bytes()


def test_sections_of_other_benchmarks_stay_and_nothing_else(tmp_path):
    plain, copy = tmp_path / "plain.md", tmp_path / "copy.md"
    sections = "<!-- a -->\n## A\n\n1\n<!-- end a -->\n\n<!-- b -->\nB\n<!-- end b -->\n"
    copy.write_text(f"# old\n\n{sections}\nold, too\n<!-- c -->\nwithout an end\n", "utf-8")
    for document in (plain, copy):
        assert accuracy("--document", document).returncode == 0
    assert copy.read_text("utf-8") == f"{plain.read_text('utf-8')}\n{sections}"


def test_figures_of_a_corpus_of_ones_own(tmp_path):
    weights, document = tmp_path / "weights.json", tmp_path / "own.md"
    run = accuracy(TINY, "--folds", "2", "--write", weights, "--document", document)
    assert run.returncode == 0, run.stderr
    training = json.loads(weights.read_bytes())["training"]
    headline = training["cross_validated"]["tiny"]
    assert run.stdout.splitlines()[1].startswith(
        f"tiny       precision {headline['precision']:.3f}"
    )
    text = document.read_text("utf-8")
    raw, spans = training["evaluations"]
    assert f"| tiny (10 articles, 47 names) | {raw['precision']:.3f} [" in text
    assert f"| tiny | given spans | {spans['acc161']:.3f} [" in text
    for record in (raw, spans):
        for cause, count in record["causes"].items():
            [line] = [line for line in text.splitlines() if line.startswith(f"| {cause} |")]
            assert f" {count} " in line


def test_corpora_left_out_have_a_table_of_their_own(tmp_path):
    lines = TINY.read_text("utf-8").splitlines(keepends=True)
    halves = [tmp_path / "early.jsonl", tmp_path / "late.jsonl"]
    for half, part in zip(halves, (lines[:5], lines[5:]), strict=True):
        half.write_text("".join(part), "utf-8")
    weights, document = tmp_path / "weights.json", tmp_path / "own.md"
    run = accuracy(*halves, "--folds", "2", "--write", weights, "--document", document)
    assert run.returncode == 0, run.stderr
    across = json.loads(weights.read_bytes())["training"]["across_corpora"]
    section = document.read_text("utf-8").split("## A whole corpus left out\n")[1].split("##")[0]
    printed = run.stdout.split("each corpus by what the others taught\n")[1]
    assert list(across) == ["early", "late"]
    for name, figures in across.items():
        cells = " | ".join(f"{value:.3f}" for value in figures.values())
        assert f"| {name} | {cells} |" in section
        assert f"{name:10} precision {figures['precision']:.3f}" in printed


def test_other_systems_stand_beside_ours():
    text = DOCUMENT.read_text("utf-8")
    assert "| CamCoder | .667 / .397 | .876 / .624 | .751 / .526 | .702 / .477 |" in text
    assert "| Voting of seven systems (2023) | .773 | .821 | .717 | .674 |" in text
    assert "| **geomap** | " in text


def test_the_headline_goes_into_the_table_of_a_readme(tmp_path):
    readme = tmp_path / "README.md"
    rows = ["| LGL (588 articles) | 0 | 0 |", "| other (588 articles) | 0 | 0 |"]
    readme.write_text("\n".join(rows))
    assert accuracy("--readme", readme).returncode == 0
    figures = shipped_weights().training["cross_validated"]["lgl"].values()
    first, second = readme.read_text().split("\n")
    assert first == f"| LGL (588 articles) | {' | '.join(f'{each:.3f}' for each in figures)} |"
    assert second == rows[1]


def test_a_figure_is_rounded_once(monkeypatch):
    """0.89149 is 0.8915 in the evaluations and 0.891 in the headline: the document says what the README says."""
    monkeypatch.syspath_prepend(ROOT / "benchmarks")
    benchmark = importlib.import_module("accuracy")
    training = json.loads(json.dumps(shipped_weights().training))
    training["cross_validated"]["TR-News"] = dict.fromkeys(
        training["cross_validated"]["TR-News"], 0.891
    )
    for record in training["evaluations"]:
        record.update(dict.fromkeys(("precision", "recall", "f1", "acc161"), 0.8915))
    text = benchmark.document(training)
    rows = [line for line in text.splitlines() if line.startswith("| TR-News") and "[" in line]
    assert [row.count("0.891 [") for row in rows] == [3, 1, 1]
    assert "0.892 [" not in "".join(rows)
