"""The measure of stories works from one command, and writes its section and nothing else."""

import importlib.util
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
SCRIPT = ROOT / "benchmarks" / "stories.py"
TINY = ROOT / "tests" / "gold" / "tiny.jsonl"
sys.path.insert(0, str(SCRIPT.parent))  # where a benchmark finds what all of them share
_SPEC = importlib.util.spec_from_file_location("benchmark_stories", SCRIPT)
benchmark = importlib.util.module_from_spec(_SPEC)
sys.modules[_SPEC.name] = benchmark  # dataclasses look their module up
_SPEC.loader.exec_module(benchmark)
put_section = importlib.import_module("sections").put_section


def test_one_command_scores_measures_and_writes(tmp_path):
    document = tmp_path / "ACCURACY.md"
    document.write_text("# How well\n\nFine.\n", encoding="utf-8")
    command = [sys.executable, SCRIPT, "--document", document, "--write"]
    run = subprocess.run(
        [*command, "--misses", "--cost", TINY, "--scale", "300"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 0, run.stderr
    text = document.read_text("utf-8")
    assert text.startswith("# How well\n\nFine.\n\n<!-- stories -->\n## Stories\n")
    assert text.endswith("<!-- end stories -->\n")
    for half in ("dev", "test"):
        assert f"| {half} | each pair alone | " in text
    assert "Among 10 articles of corpora (" in text
    assert "| 330 words, one of six a copy | 300 | " in text
    assert "| one text with another number in each | 300 | 1 | " in text


def test_a_section_is_put_where_it_was():
    old = "a\n<!-- stories -->\nold\n<!-- end stories -->\nb\n"
    new = "<!-- stories -->\n\\1 new\n<!-- end stories -->\n"
    assert put_section(old, "stories", "\\1 new\n") == f"a\n{new}b\n"
    assert put_section("a\n", "stories", "\\1 new\n") == f"a\n\n{new}"


def test_the_misses_of_one_half_are_never_printed(monkeypatch, capsys):
    """Every pair of both halves is told wrong."""
    monkeypatch.setattr(
        benchmark,
        "find_stories",
        lambda articles: [
            benchmark.Article(id=article.id, text=article.text) for article in articles
        ],
    )
    monkeypatch.setattr(sys, "argv", ["stories.py", "--misses"])
    benchmark.main()
    printed = capsys.readouterr().out
    assert "all at once: dev-151 unrelated: told a copy" in printed
    assert "test-" not in printed


@pytest.mark.parametrize("kind", ["usual", *benchmark.HARD])
def test_generated_articles_are_always_the_same(kind):
    first, again = (list(getattr(benchmark.Writer(), kind)(40)) for _ in range(2))
    assert first == again
    assert len(first) == 40
