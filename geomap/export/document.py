"""docs/FORMATS.md, written from the table of formats: ``python -m geomap.export.document > docs/FORMATS.md``."""

from __future__ import annotations

import sys
from dataclasses import fields
from typing import TYPE_CHECKING

from geomap.export.fields import SQL_NAMES, fields_of
from geomap.export.formats import FORMATS, ExportOptions
from geomap.export.shapefile import SHAPEFILE_LOSSES, losses_table

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from geomap.export.formats import Format

__all__ = ["formats_document"]

_HEAD = """# Formats

`geomap export INPUT… -o FILE` chooses the format by the file's name, `-o - --format NAME` writes it to standard output, and `--to URL` adds
to a database. `geomap mentions` writes the tables alone, `geomap tally` what has “tallies”: files for a GIS hold the outline of each country and
first-level unit and the point of each other place with its counts. This page is written from the table in
[geomap/export/formats.py](../geomap/export/formats.py) by `python -m geomap.export.document`; the columns are those of [RECORD.md](RECORD.md).
"""

_NOTES = """## What they have in common

- **Fields.** Every column of the record, an `id` (`article_id:start-end`, the same in every export), and points in time beside the days:
  `time_start` is the moment when `date_start` begins and `time_end` the one when `date_end` is over (exclusive, UTC), and so are `event_time_start` and
  `event_time_end` of the time that a sentence speaks of. Typed formats have the types of the schema even where a column is empty all over, so that days
  can be added to each other. A user's own columns come along; where one is called like a field of ours, it gets an underscore.
- **Geometry.** WGS 84, longitude first, six decimals, outer rings counterclockwise, shapes cut at ±180 degrees. `--geometry place` is the point of the place
  (of an unknown one that of the unit in `within`), `described` the shape of what the text describes ("30 km north of Idlib") and else that point, `both`
  one feature for each, told apart by `geometry_of` and the end of the `id`. The point of a country or a unit is a point inside it, no more: see `precision`.
- **Without geometry** are mentions of places that nobody knows and that no text puts anywhere. They are written, counted and told; `--located` leaves them out.
- **Without a date**: formats with layers have them in a layer of their own, so that no clock shows them in every frame.
- **Bytes.** The same mentions give the same bytes on any day, except in databases. A file appears whole or not at all.
- **Hostile text** is text: no cell is a formula, no word of an article is markup or a link that is not http(s), what a format cannot hold is replaced
  by a mark (�), and what is cut is told.
"""

_DATABASES = """## Databases

`--to sqlite:///news.sqlite`, `--to duckdb:///folder/news.duckdb` (four slashes before an absolute path), `--to postgresql://user@host/news`. The password belongs into
`PGPASSWORD` or `~/.pgpass`; no message shows it. Rows are told apart by `article_id`, `mention_start`, `mention_end` and `version` (geomap's version, or
`--as-version TEXT`): a second export of the same mentions changes nothing, what differs is changed, what is new is added, and rows and
columns of others stay. What is no longer found is told; `--prune` removes it, for the articles that are written. All of an export is one transaction.
`--table [SCHEMA.]NAME` names the table. Columns that are missing are added.

`geom` is the point of the place and `described` what the text describes: PostGIS' geometries with an index each; well-known binary in SQLite (GDAL and QGIS find them) and
DuckDB (`ST_GeomFromWKB(geom)`). PostGIS has to be in the database, or its owner's to add.
"""

_QGIS = """## GeoPackage and QGIS

The layers have styles inside, which QGIS applies when it opens them: mentions by kind, places by count, units and countries shaded; countries and units are areas,
never pins. `mentions`, `places_by_…` and what is described move with QGIS' temporal controller (`time_start`, `time_end`). A date that is known to more than one step of
`--period` is kept apart (`period` is `wider`). `--qgis news.qgz` writes a project beside the file, with countries of the world as a background and the range of time;
both can be moved together. Borders are Natural Earth's, and no endorsement.
"""


def _row(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> Iterator[str]:
    yield _row(head)
    yield _row(["---"] * len(head))
    yield from map(_row, rows)


def _format_row(found: Format) -> list[str]:
    names = [f"`{name}`" for name in found.suffixes]
    names += [f"`{scheme}://…`" for scheme in found.schemes]
    needs = f"`pip install 'geomap[{found.extra}]'`" if found.extra else ""
    flags = [
        ExportOptions.flag_of(o.name) for o in fields(ExportOptions) if o.name in found.options
    ]
    return [
        " ".join(names),
        f"`{found.name}`",
        found.doc,
        found.limits,
        ", ".join(found.layers),
        "as they come" if found.streams else "held in memory",
        "yes" if found.tally else "",
        needs,
        " ".join(f"`{flag}`" for flag in flags),
    ]


def formats_document() -> str:
    """Return the text of docs/FORMATS.md."""
    head = (
        "name",
        "`--format`",
        "what it is",
        "what it cannot hold",
        "layers",
        "mentions are",
        "tallies",
        "needs",
        "options",
    )
    lines = [
        _HEAD,
        *_table(head, [_format_row(found) for found in FORMATS]),
        "",
        _NOTES,
        _QGIS,
        _DATABASES,
    ]
    renamed = ", ".join(f"`{name}` is `{other}`" for name, other in SQL_NAMES.items())
    lines.append(f"In databases and GeoPackages, {renamed}: the others are words of SQL.\n")
    lines.append("## What a shapefile loses\n")
    lines += _table(("what", "how"), SHAPEFILE_LOSSES)
    lines.append("")
    lines += _table(
        ("column", "in a shapefile", "type there"),
        [(f"`{a}`", f"`{b}`", c) for a, b, c in losses_table()],
    )
    gone = [
        field.name
        for field in fields_of()
        if field.name not in {name for name, _, _ in losses_table()}
    ]
    lines.append(f"\nNot there: {', '.join(f'`{name}`' for name in gone)}.")
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    sys.stdout.write(formats_document())
