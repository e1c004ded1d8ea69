"""The one command that checks: every part runs, and a failure is told at the end."""

import importlib.util
from pathlib import Path

import pytest

from tests.check import PARTS, main

ROOT = Path(__file__).parents[1]


@pytest.fixture(autouse=True)
def _all_is_installed(monkeypatch):
    """Let what runs be told without what checks the rules, which the tests can do without."""
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: name)


def runner(ran, failing=()):
    def run(command):
        ran.append(command)
        return int(command[0] in failing)

    return run


@pytest.mark.parametrize("part", PARTS)
def test_a_part_runs_what_it_stands_for(part, capsys):
    ran = []
    assert main([part], runner(ran)) == 0
    assert ran == list(PARTS[part])
    assert capsys.readouterr().out.endswith("all of it passed\n")


def test_nothing_asked_for_is_all_of_it_and_no_failure_stops_the_rest(capsys):
    ran = []
    assert main([], runner(ran, failing=("ruff",))) == 1
    assert ran == list(PARTS["all"])
    assert "failed: ruff check; ruff format --check\n" in capsys.readouterr().out


def test_pytest_gets_what_follows(capsys):
    ran = []
    assert main(["rules", "quick", "--", "tests/told", "-x"], runner(ran)) == 0
    assert ran[-1][-2:] == ("tests/told", "-x")
    assert all("tests/told" not in command for command in ran[:-1])
    capsys.readouterr()


def test_what_cannot_be_run_is_said(capsys, monkeypatch):
    assert main(["rule"]) == 2
    assert "got 'rule'" in capsys.readouterr().err
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None if name == "mypy" else name)
    assert main(["rules"]) == 2
    assert "mypy is not installed: pip install -e '.[test,dev]'" in capsys.readouterr().err


def test_the_command_is_the_one_that_is_documented_and_that_the_whole_check_runs():
    assert "python -m tests.check" in (ROOT / "CONTRIBUTING.md").read_text("utf-8")
    assert "python -m tests.check rules" in (ROOT / ".ci" / "run").read_text("utf-8")
