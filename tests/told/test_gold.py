"""The labelled sentences: scores may not fall below these floors."""

import importlib.util
import json
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
CONFLICT = ROOT.parent / "shared" / "conflict"
#: the share of names with exactly the annotated days, and precision and recall of a time at all
FLOORS = {"dev": (0.97, 0.97, 0.97), "test": (0.93, 0.94, 0.97)}

sys.path.insert(0, str(ROOT / "benchmarks"))  # where a benchmark finds what all of them share
put_section = importlib.import_module("sections").put_section


@pytest.fixture(scope="module")
def benchmark():
    spec = importlib.util.spec_from_file_location("told_benchmark", ROOT / "benchmarks" / "told.py")
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize("half", sorted(FLOORS))
def test_scores_do_not_fall_below_their_floor(benchmark, half):
    tally = benchmark.score(benchmark.read_set(half))
    agreement, precision, recall = FLOORS[half]
    assert tally.agreement >= agreement
    assert tally.precision >= precision
    assert tally.recall >= recall


@pytest.mark.skipif(not CONFLICT.exists(), reason="the annotated texts are not on this machine")
def test_phrases_of_whole_texts(benchmark):
    tally = benchmark.score_phrases(CONFLICT)
    assert tally.exact >= 238
    assert tally.exact + tally.overlapping + tally.heads >= 273
    assert tally.spurious <= 11
    assert tally.agreeing >= 116


def test_phrases_are_counted(benchmark, tmp_path):
    text = "Published May 3, 2016\nShells hit it on Friday and in May.\n\nIt was lately quiet. It rained today."
    (tmp_path / "a.txt").write_text(text, "utf-8")
    told = [
        {"start": start, "end": start + len(words), "start_date": day, "end_date": day}
        for words, day in [
            ("May 3, 2016", "2016-05-03"),
            ("on Friday", "2016-05-06"),
            ("May", None),
            ("lately", None),
        ]
        for start in [text.rfind(words)]
    ]
    published = {"date": "2016-05-07", "precision": "day"}
    gold = {"a": {"published": published, "told": told}}
    (tmp_path / "gold.json").write_text(json.dumps(gold), "utf-8")
    tally = benchmark.score_phrases(tmp_path)
    assert (tally.annotated, tally.exact, tally.overlapping, tally.missed) == (4, 1, 1, 1)
    assert (tally.heads, tally.spurious, tally.dated, tally.agreeing) == (1, 1, 1, 1)
    assert "| 4 | 1 | 1 | 1 | 1 | 1 | 1 of 1 |" in benchmark.phrase_table(tally)


def test_a_wrong_day_is_counted(benchmark):
    [record] = [r for r in benchmark.read_set("dev") if r["id"] == "told-001"]
    wrong = json.loads(json.dumps(record))
    wrong["mentions"][0]["event_end"] = "2016-06-12"
    assert benchmark.score([record]).agreement == 1.0
    assert benchmark.score([wrong]).agreement == 0.0


def test_the_document_has_the_scores_of_now(benchmark):
    tallies = {name: benchmark.score(benchmark.read_set(name)) for name in benchmark.SETS}
    document = benchmark.DOCUMENT.read_text("utf-8")
    assert benchmark.result_table(tallies) in document


def test_a_section_is_put_in_place_of_the_old_one():
    document = put_section("# All\n", "told", "one\n")
    assert document == "# All\n\n<!-- told -->\none\n<!-- end told -->\n"
    assert put_section(document + "more\n", "told", "two\n") == (
        "# All\n\n<!-- told -->\ntwo\n<!-- end told -->\nmore\n"
    )
