"""Write docs/RECORD.md, the columns of the mention record, from geomap/schema.py.

usage: python benchmarks/record.py [--write [FILE]]

Without --write the document goes to standard output.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Final

from geomap.export import atomic_writer
from geomap.export.arrow import arrow_type
from geomap.schema import MENTIONS, Group

if TYPE_CHECKING:
    from collections.abc import Iterator

    from geomap.schema import Column, ColumnType, Schema

DOCUMENT = Path(__file__).parents[1] / "docs" / "RECORD.md"

_HEAD: Final = """# The mention record

Every table and every GIS file that geomap writes has one row for each mention, with these columns, whatever the mentions of the day are. Written by `python benchmarks/record.py --write` from `geomap/schema.py`, where each column is defined once.

- What is missing is null (an empty cell in CSV), never "".
- Offsets count code points of the article's text exactly as it was given: `text[start:end] == surface`.
- Places are told apart by `place_id`, never by name, and units are joined by their ids and codes, never by name.
- A name that the text makes a place and that no gazetteer knows is a mention like others, with the status `unknown` and no `place_id`: never a namesake
  somewhere else, never a point of its own. Its `lat`, `lon`, `radius_km`, `precision`, country and units are those of the smallest known unit or country that
  the text puts it in (`within`), and null where that is not known either. Take `status` and `precision` into account before you draw it as a pin: in
  QGIS, `"place_id" IS NOT NULL` leaves places alone.
"""
_GROUPS: Final[dict[Group, str]] = {
    "article": "The article",
    "mention": "The mention",
    "place": "The place",
    "relation": "Where the text says something is, seen from the place",
    "dates": "When the article was published",
    "told": "The time that the sentence speaks of",
    "story": "The story",
}
_TYPES: Final[dict[ColumnType, str]] = {
    "text": "text",
    "integer": "whole number",
    "number": "number",
    "day": "day, `YYYY-MM-DD`",
    "wkt": "shape as WKT, longitudes first",
}


def _word_type(column: Column) -> str:
    if column.values:
        return " · ".join(f"`{value}`" for value in column.values)
    word = _TYPES[column.type]
    if column.unit:
        word += f", {column.unit}"
    if column.limits is not None:
        least, most = column.limits
        word += f", {least} to {most}"
    return word


def _row(column: Column) -> str:
    missing = "yes" if column.nullable else ""
    return f"| `{column.name}` | {_word_type(column)} | {missing} | {column.doc} |"


def _sections(schema: Schema) -> Iterator[str]:
    for group, title in _GROUPS.items():
        columns = [column for column in schema.columns if column.group == group]
        rows = "\n".join(map(_row, columns))
        yield f"\n## {title}\n\n| column | type | may be missing | what it holds |\n|---|---|---|---|\n{rows}\n"


def _types(schema: Schema) -> str:
    found = {(column.type, column.dtype, column.arrow) for column in schema.columns}
    rows = (
        f"| {_TYPES[kind]}{', of a narrow range' if arrow == 'int8' else ''} | `{dtype}` | `{arrow}` | `{arrow_type(kind)}` |"
        for kind, dtype, arrow in sorted(found)
    )
    head = "| type | pandas | Parquet | files with layers, databases |\n|---|---|---|---|\n"
    return f"\n## Types\n\n{head}" + "\n".join(rows) + "\n"


def write_document(schema: Schema = MENTIONS) -> str:
    """Return the document of a schema."""
    order = ", ".join(f"`{name}`" for name in schema.names)
    return f"{_HEAD}{''.join(_sections(schema))}{_types(schema)}\n## Order\n\n{order}\n"


def main() -> None:
    """Write the document."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--write", nargs="?", type=Path, const=DOCUMENT, metavar="FILE")
    target = parser.parse_args().write
    if target is None:
        sys.stdout.write(write_document())
        return
    with atomic_writer(target) as file:
        file.write(write_document().encode())


if __name__ == "__main__":
    main()
