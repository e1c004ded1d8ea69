"""Mentions as shapefiles, for what reads nothing younger: what they lose is listed, and told.

A shapefile holds one type of geometry, names of 10 characters, text of 254 bytes and no times: mentions become several
shapefiles, in a ZIP archive or side by side.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from geomap.errors import OutputError
from geomap.export.fields import Field, clean_cell, fields_of
from geomap.export.geojson import bare_notes
from geomap.export.layers import mention_layers, place_layers, spool_mentions
from geomap.export.rows import Written, count_records
from geomap.export.scratch import copy_into, pack, scratch_folder
from geomap.export.vector import FIXED_DAY, write_layer
from geomap.runtime.atomic import STDOUT, atomic_writer

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Mapping

    from geomap.export.layers import Layer, SpooledMentions
    from geomap.export.rows import Mentions

__all__ = ["SHAPEFILE_LOSSES", "losses_table", "short_names", "write_shapefile"]

_LONGEST_NAME: Final = 10
_LONGEST_TEXT: Final = 254
_ARCHIVES: Final = (".zip",)
#: the parts of a shapefile; that which is looked for comes last
_PARTS: Final = (".dbf", ".shx", ".prj", ".cpg", ".shp")
_SHORTEST_WORD: Final = 3
#: what a shapefile loses, for docs/FORMATS.md
SHAPEFILE_LOSSES: Final = (
    ("names", "10 characters: the table below says what each column is called"),
    ("text", "254 bytes of UTF-8 each; what is longer is cut, and how often is told"),
    ("times", "none: `time_start` and `time_end` are days, the end still exclusive"),
    ("nothing", "text that is missing and text that is empty are the same"),
    (
        "geometry",
        "one type in each file: points, areas and lines lie in files of their own; `relation_geometry` is no column",
    ),
    ("size", "2 GB each file"),
)


def short_names(names: Iterable[str]) -> dict[str, str]:
    """Return a name of at most ten characters for each name: words are cut, the first one most.

    >>> short_names(["snippet", "relation_radius_km", "relation_lat", "date_precision"])
    {'snippet': 'snippet', 'relation_radius_km': 'rel_rad_km', 'relation_lat': 'relati_lat', 'date_precision': 'dat_precis'}
    """
    made: dict[str, str] = {}
    for name in names:
        words = name.encode("ascii", "replace").decode().replace("?", "_").split("_")
        for number in range(len(words)):
            over = len("_".join(words)) - _LONGEST_NAME
            if over > 0 and number < len(words) - 1:
                words[number] = words[number][: max(_SHORTEST_WORD, len(words[number]) - over)]
        short = "_".join(words)[:_LONGEST_NAME]
        count = 1
        while short.lower() in {other.lower() for other in made.values()}:
            count += 1
            short = f"{short[: _LONGEST_NAME - len(str(count))]}{count}"
        made[name] = short
    return made


def write_shapefile(mentions: Mentions, path: str | Path, *, located: bool = False) -> int:
    """Write mentions as shapefiles: ``.shp.zip`` holds all of them, ``.shp`` is the first of several side by side.

    Beside the mentions, whose geometry is the place's point, there are those without a date (``…_undated``), what texts describe (``…_areas``,
    ``…_lines``), and places with their counts (``…_places``). docs/FORMATS.md lists what is lost.

    Arguments, result and errors are those of every writer of :mod:`geomap.export`.

    Args:
        mentions: Mention records, or a mention table.
        path: The archive, the first file, or ``-`` for the archive.
        located: Whether mentions without geometry are left out.

    Raises:
        OutputError: pyogrio or pyarrow is not installed, or a file cannot be written.
    """
    target = Path(path)
    is_archive = str(path) == STDOUT or target.suffix.lower() in _ARCHIVES
    stem = "mentions" if str(path) == STDOUT else target.name.partition(".")[0] or "mentions"
    counted = count_records(mentions)
    with scratch_folder() as folder:
        (folder / "spools").mkdir()
        spooled = spool_mentions(counted, folder / "spools", "place", located=located)
        losses = _Losses()
        for layer in _layers(spooled, stem):
            options = {"ENCODING": "UTF-8", "DBF_DATE_LAST_UPDATE": FIXED_DAY, "RESIZE": "YES"}
            write_layer(
                losses.shorten(layer), folder / f"{layer.name}.shp", "ESRI Shapefile", options
            )
        parts = (part for part in folder.iterdir() if part.is_file())
        made = sorted(parts, key=lambda part: (part.stem, _PARTS.index(part.suffix)))
        if is_archive:
            with atomic_writer(path) as file:
                pack([(part.name, part) for part in made], file)
            others = []
        else:
            others = _place_beside(made, target)
    notes = (*bare_notes(spooled.bare, located=located), *losses.notes())
    return Written(counted.count - spooled.bare * located, notes=notes, files=others)


def _layers(spooled: SpooledMentions, stem: str) -> list[Layer]:
    """Return the layers, each named as its file."""
    mentions, undated, areas, lines = mention_layers(spooled, "place", sql=False)
    places, _ = place_layers(spooled.counted, "month")
    named = (
        ("", mentions),
        ("_undated", undated),
        ("_areas", areas),
        ("_lines", lines),
        ("_places", places),
    )
    return [replace(layer, name=f"{stem}{ending}") for ending, layer in named]


def _place_beside(made: list[Path], target: Path) -> list[Path]:
    """Put the parts where they belong, each as a whole; return those beside the target."""
    others = []
    for part in made:
        place = target.with_name(part.name)
        if part.suffix == ".shp" and place.name.lower() == target.name.lower():
            place = target
        try:
            with atomic_writer(place) as file:
                copy_into(part, file)
        except OutputError as err:
            raise OutputError(
                f"{err}; the parts of a shapefile belong together: write them anew"
            ) from err
        if place != target and part.suffix == ".shp":
            others.append(place)
    return others


class _Losses:
    """Makes layers that a shapefile can hold, and counts what that costs."""

    def __init__(self) -> None:
        self.cut = 0

    def shorten(self, layer: Layer) -> Layer:
        fields = [field for field in layer.fields if field.type != "wkt"]
        short = short_names(field.name for field in fields)
        return replace(
            layer, fields=tuple(self._field(field, short[field.name]) for field in fields)
        )

    def _field(self, field: Field, name: str) -> Field:
        if field.type == "time":
            return Field(name, "day", field.doc, lambda row: _day(field.value(row)))
        if field.type == "text":
            return Field(name, "text", field.doc, lambda row: self._text(field.value(row)))
        return replace(field, name=name)

    def _text(self, value: Any) -> Any:
        value = clean_cell(value)
        if not isinstance(value, str) or len(value) * 4 <= _LONGEST_TEXT:
            return value
        raw = value.encode()
        if len(raw) <= _LONGEST_TEXT:
            return value
        self.cut += 1
        return f"{raw[: _LONGEST_TEXT - 3].decode(errors='ignore')}…"

    def notes(self) -> tuple[str, ...]:
        cut = (
            f"{self.cut:,} text{'s' * (self.cut != 1)} cut to {_LONGEST_TEXT} bytes; "
            if self.cut
            else ""
        )
        return (
            f"{cut}shapefiles have short names and no times: docs/FORMATS.md lists what is lost, .gpkg loses nothing",
        )


def _day(moment: dt.datetime | None) -> dt.date | None:
    return None if moment is None else moment.date()


def losses_table() -> list[tuple[str, str, str]]:
    """Return each column with what it is called in a shapefile, and what it is there."""
    fields = [field for field in fields_of() if field.type != "wkt"]
    short = short_names(field.name for field in fields)
    kinds: Mapping[str, str] = {
        "text": "text",
        "integer": "whole number",
        "number": "number",
        "day": "day",
        "time": "day",
    }
    return [(field.name, short[field.name], kinds[field.type]) for field in fields]
