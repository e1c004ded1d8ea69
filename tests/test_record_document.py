"""docs/RECORD.md says what the schema says, and documents name files that are there."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

from geomap.schema import MENTIONS

ROOT = Path(__file__).parent.parent
DOCUMENT = ROOT / "docs" / "RECORD.md"


def test_the_document_is_that_of_the_schema(tmp_path):
    command = [sys.executable, ROOT / "benchmarks" / "record.py", "--write", tmp_path / "RECORD.md"]
    subprocess.run(command, check=True)
    assert (tmp_path / "RECORD.md").read_text("utf-8") == DOCUMENT.read_text("utf-8"), (
        "write it anew: python benchmarks/record.py --write"
    )


def test_every_column_has_a_row_with_its_documentation():
    lines = DOCUMENT.read_text("utf-8").splitlines()
    for column in MENTIONS.columns:
        (row,) = [line for line in lines if line.startswith(f"| `{column.name}` |")]
        assert column.doc in row


@pytest.mark.parametrize("name", ["ARCHITECTURE.md", "CONTRIBUTING.md", "README.md"])
def test_every_file_that_a_document_names_is_there(name):
    text = (ROOT / name).read_text("utf-8")
    named = set(re.findall(r"`((?:geomap|tests|benchmarks|docs)/[\w./-]+)`", text))
    named.discard("geomap/gazetteer/embedded_index/")  # it is in a wheel alone
    assert [path for path in sorted(named) if not (ROOT / path).exists()] == []
