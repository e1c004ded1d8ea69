"""The labelled sentences: scores may not fall below these floors."""

import importlib.util
import json
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
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
