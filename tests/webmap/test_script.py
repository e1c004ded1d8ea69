"""The pages' scripts: unit tests in Node, and types by TypeScript, where they are installed."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from geomap.webmap import explanation, page

CHECKS = Path(__file__).parent / "js"
ASSETS = Path(page.__file__).parent / "assets"
PAGES = {"page": page._PARTS.scripts, "explanation": explanation._PARTS.scripts}


def _need(found: str | None, help_: str) -> str:
    """What was found; else the test is skipped, or fails where it must not be."""
    if found is not None:
        return found
    if os.environ.get("GEOMAP_REQUIRE_NODE") == "1":
        pytest.fail(help_)
    pytest.skip(help_)


def _run(*command: object) -> None:
    done = subprocess.run(
        [str(part) for part in command], cwd=CHECKS, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr


def test_units_in_node():
    node = _need(shutil.which("node"), "no Node found: install it (Debian: apt-get install nodejs)")
    _run(node, "--test", *sorted(CHECKS.glob("*.test.mjs")))


@pytest.mark.parametrize("name", PAGES)
def test_types(name, tmp_path):
    tsc = CHECKS / "node_modules" / ".bin" / "tsc"
    _need("" if tsc.exists() else None, f"no TypeScript found: run npm install in {CHECKS}")
    config = {
        "extends": str(CHECKS / "tsconfig.json"),
        "files": [
            str(CHECKS / "types.d.ts"),
            *(str(ASSETS / f"{script}.js") for script in PAGES[name]),
        ],
        "include": [],
    }
    path = tmp_path / "tsconfig.json"
    path.write_text(json.dumps(config))
    _run(tsc, "-p", path)


@pytest.mark.parametrize("name", PAGES)
def test_a_pages_scripts_share_a_scope_and_no_name(name):
    texts = [(ASSETS / f"{script}.js").read_text("utf-8") for script in PAGES[name]]
    found = re.findall(
        r"^(?:async )?(?:function|const|let|class) (\w+)", "\n".join(texts), re.MULTILINE
    )
    assert {one for one in found if found.count(one) > 1} == set()


def test_every_script_belongs_to_a_page_and_is_short():
    for script in {script for scripts in PAGES.values() for script in scripts}:
        text = (ASSETS / f"{script}.js").read_text("utf-8")
        assert text.count("\n") < 300, script
        assert "innerHTML" not in text, script
        assert "eval(" not in text, script
