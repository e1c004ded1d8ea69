"""Run what is checked, by one command, with nothing but Python: no root, no Debian.

usage: python -m tests.check [rules] [quick] [all] [-- PYTEST ARGUMENTS]

``rules`` are ruff, its formatter and mypy: half a minute. ``quick`` are all tests that need no browser. ``all``, which is what
happens when nothing is asked for, are the rules and all tests; those whose tools are not there (Chromium, Node) say so and are
skipped. Every part runs, whatever the ones before it said. What follows ``--`` goes to pytest: ``python -m tests.check quick --
tests/told -x``.
"""

from __future__ import annotations

import importlib.util
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]
INSTALL = "pip install -e '.[test,dev]'"
RULES = (("ruff", "check"), ("ruff", "format", "--check"), ("mypy",))
TESTS = ("pytest", "-n", "2", "--dist", "loadfile")
PARTS = {
    "rules": RULES,
    "quick": ((*TESTS, "-m", "not browser"),),
    "all": (*RULES, TESTS),
}


def run(command):
    """Run a module of Python in the checkout; returns its exit code."""
    return subprocess.run([sys.executable, "-m", *command], cwd=ROOT, check=False).returncode


def main(arguments, run=run):
    """Run the parts that are asked for; returns 0 where all of them passed, 1 where one failed, 2 where that cannot be told."""
    asked, _, more = " ".join(arguments).partition("--")
    names = asked.split() or ["all"]
    unknown = [name for name in names if name not in PARTS]
    if unknown:
        print(f"expected {', '.join(PARTS)}, got {unknown[0]!r}", file=sys.stderr)
        return 2
    commands = dict.fromkeys(command for name in names for command in PARTS[name])
    missing = sorted(
        {command[0] for command in commands if importlib.util.find_spec(command[0]) is None}
    )
    if missing:
        print(f"{', '.join(missing)} is not installed: {INSTALL}", file=sys.stderr)
        return 2
    failed = []
    for command in commands:
        whole = (*command, *more.split()) if command[0] == "pytest" else command
        print(f"== {' '.join(whole)}", flush=True)
        if run(whole) != 0:
            failed.append(" ".join(whole))
    print(f"failed: {'; '.join(failed)}" if failed else "all of it passed", flush=True)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
