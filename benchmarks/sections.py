"""Sections of a document, of docs/ACCURACY.md for most, each written by a benchmark of its own between two marks."""

from __future__ import annotations

import re
from pathlib import Path

from geomap.export import atomic_writer

DOCUMENT = Path(__file__).parents[1] / "docs" / "ACCURACY.md"
_SECTION = re.compile(
    r"^<!-- (?P<name>[\w-]+) -->\n.*?^<!-- end (?P=name) -->\n", re.DOTALL | re.MULTILINE
)


def find_sections(document: str) -> dict[str, str]:
    """Return the sections of a document by name, each with its marks."""
    return {match["name"]: match.group() for match in _SECTION.finditer(document)}


def put_section(document: str, name: str, body: str) -> str:
    """Return a document with a section: where it was, else at the end."""
    section = f"<!-- {name} -->\n{body}<!-- end {name} -->\n"
    old = find_sections(document).get(name)
    if old is not None:
        return document.replace(old, section, 1)
    return f"{document.rstrip()}\n\n{section}"


def write_section(name: str, body: str, path: Path = DOCUMENT) -> None:
    """Put a section into a file."""
    document = put_section(path.read_text(encoding="utf-8"), name, body)
    with atomic_writer(path) as file:
        file.write(document.encode())
