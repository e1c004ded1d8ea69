"""The notebook runs from top to bottom, and says what its words promise."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

TOUR = Path(__file__).parents[1] / "docs" / "tour.ipynb"


@pytest.fixture(scope="module")
def cells():
    return json.loads(TOUR.read_text("utf-8"))["cells"]


def test_it_is_shipped_without_outputs(cells):
    assert all(cell.get("outputs", []) == [] for cell in cells)
    assert all(cell.get("execution_count") is None for cell in cells)


def test_every_cell_runs(tmp_path):
    """As a kernel does: one name space, the last expression of a cell shown."""
    script = tmp_path / "tour.py"
    script.write_text(
        """
import ast, json, sys
names = {}
shown = []
for cell in json.load(open(sys.argv[1], encoding="utf-8"))["cells"]:
    if cell["cell_type"] != "code":
        continue
    tree = ast.parse("".join(cell["source"]))
    last = tree.body.pop() if isinstance(tree.body[-1], ast.Expr) else None
    exec(compile(tree, "cell", "exec"), names)
    if last is not None:
        shown.append(str(eval(compile(ast.Expression(last.value), "cell", "eval"), names)))
print("\\n".join(shown))
""",
        encoding="utf-8",
    )
    run = subprocess.run(
        [sys.executable, str(script), str(TOUR)],
        cwd=tmp_path,
        env=os.environ | {"PYTHONWARNINGS": "error"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 0, run.stderr
    for promised in ("Raqqa", "associative", "Tal Jirz", "2018-02", "True"):
        assert promised in run.stdout
    assert (tmp_path / "map.html").stat().st_size > 300_000
    assert {path.suffix for path in tmp_path.iterdir()} >= {".html", ".csv", ".geojson"}
