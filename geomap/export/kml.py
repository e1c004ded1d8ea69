"""Mentions as KML for Google Earth, plain (.kml) or packed (.kmz): places through time, with what the articles say.

What an article says is text in them and nothing else: no markup of it reaches the description, and links are http(s).
"""

from __future__ import annotations

import html
import re
import tempfile
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, Final
from xml.sax.saxutils import escape, quoteattr

from geomap.export.fields import clean_xml, fields_of, own_fields
from geomap.export.geojson import bare_notes
from geomap.export.geometry import each_geometry
from geomap.export.jsonl import to_json
from geomap.export.rows import Written, open_records
from geomap.export.scratch import pack, scratch_folder

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from geomap.export.fields import Field
    from geomap.export.formats import GeometryChoice
    from geomap.export.rows import Mentions

__all__ = ["write_kml"]

_HEAD: Final = """<?xml version="1.0" encoding="UTF-8"?>
<kml xmlns="http://www.opengis.net/kml/2.2">
<Document>
<name>Mentions</name>
"""
#: colours of the kinds as KML has them: transparency, blue, green, red
_COLORS: Final = {"literal": "ff8c5e00", "associative": "ff1e8ce6", "embedded": "ff969696"}
_TYPES: Final = {"integer": "int", "number": "double"}
_LINK: Final = re.compile(r"https?://[^\s\"'<>\\]+", re.IGNORECASE)
#: Google Earth puts other values of the feature where it finds "$[name]"
_ENTITY: Final = re.compile(r"\$(?=\[)")
#: characters of a sentence in a description
_LONGEST: Final = 2_000
_IN_MEMORY: Final = 16 << 20


def write_kml(
    mentions: Mentions,
    path: str | Path,
    *,
    geometry: GeometryChoice = "described",
    located: bool = False,
) -> int:
    """Write mentions as KML, or as KMZ where the file is called so.

    Mentions with a date lie in a folder of their own with the span of time that Google Earth's slider moves; those without
    in another one. Each has its sentence, title, source and date as description, and every column as data.

    Arguments, result and errors are those of every writer of :mod:`geomap.export`.

    Args:
        mentions: Mention records, or a mention table.
        path: The file, or ``-`` for KML.
        geometry: The ``place``'s point, what is ``described``, or a placemark for each (``both``).
        located: Whether mentions without geometry are left out.
    """
    packed = Path(path).suffix.lower() == ".kmz"
    bare = 0
    with (
        open_records(mentions, path) as (file, records),
        scratch_folder() as folder,
        tempfile.SpooledTemporaryFile(_IN_MEMORY, prefix="geomap-") as undated,
    ):
        target: IO[bytes] = (folder / "doc.kml").open("wb") if packed else file
        try:
            fields = fields_of()
            fields += own_fields([], records.extras, fields)
            _write_head(target, fields)
            for record in records:
                into = target if record["date_start"] is not None else undated
                for which, shape in each_geometry(record, geometry):
                    bare += shape is None
                    if shape is not None or not located:
                        into.write(_placemark(record, which, shape, fields).encode())
            undated.seek(0)
            target.write(b"</Folder>\n<Folder>\n<name>Mentions without a date</name>\n")
            for part in iter(lambda: undated.read(1 << 20), b""):
                target.write(part)
            target.write(b"</Folder>\n</Document>\n</kml>\n")
        finally:
            if packed:
                target.close()
        if packed:
            pack([("doc.kml", folder / "doc.kml")], file)
    return Written(records.count - bare * located, notes=bare_notes(bare, located=located))


def _write_head(file: IO[bytes], fields: Sequence[Field]) -> None:
    parts = [_HEAD]
    for kind, color in _COLORS.items():
        # without an icon of its own, which would be loaded from somebody's host
        parts.append(
            f'<Style id="{kind}"><IconStyle><color>{color}</color><scale>0.8</scale></IconStyle>'
            f"<LabelStyle><scale>0.7</scale></LabelStyle><LineStyle><color>{color}</color><width>2</width>"
            f"</LineStyle><PolyStyle><color>55{color[2:]}</color></PolyStyle></Style>\n"
        )
    parts.append('<Schema name="mentions" id="mentions">\n')
    for field in fields:
        kind = _TYPES.get(field.type, "string")
        parts.append(f'<SimpleField name={_attribute(field.name)} type="{kind}"/>\n')
    parts.append("</Schema>\n<Folder>\n<name>Mentions</name>\n")
    file.write("".join(parts).encode())


def _attribute(text: str) -> str:
    return quoteattr(clean_xml(text))


def _placemark(record: Mapping[str, Any], which: str, shape: Any, fields: Sequence[Field]) -> str:
    """Return a mention as a placemark."""
    values = {field.name: field.value(record) for field in fields}
    parts = ["<Placemark>", f"<name>{_plain(record['name'] or record['surface'])}</name>"]
    if values["time_start"] is not None:
        parts.append(
            f"<TimeSpan><begin>{values['time_start']:%Y-%m-%dT%H:%M:%SZ}</begin>"
            f"<end>{values['time_end'] or values['time_start']:%Y-%m-%dT%H:%M:%SZ}</end></TimeSpan>"
        )
    parts.append('<Snippet maxLines="0"></Snippet>')
    parts.append(f"<description>{escape(clean_xml(_describe(record)))}</description>")
    parts.append(f"<styleUrl>#{record['kind']}</styleUrl>")
    parts.append('<ExtendedData><SchemaData schemaUrl="#mentions">')
    for name, value in values.items():
        if value is not None:
            text = f"{value}:{which}" if which and name == "id" else _text_of(value)
            parts.append(f"<SimpleData name={_attribute(name)}>{_plain(text)}</SimpleData>")
    parts.append("</SchemaData></ExtendedData>")
    if shape is not None:
        parts.append(_geometry(shape))
    parts.append("</Placemark>\n")
    return "".join(parts)


def _text_of(value: Any) -> str:
    if isinstance(value, str):
        return value
    isoformat = getattr(value, "isoformat", None)
    return isoformat() if isoformat else to_json(value).decode()


def _plain(text: str) -> str:
    """Return text as XML's, of which Google Earth replaces nothing."""
    return escape(_ENTITY.sub("$\u200b", clean_xml(text)))


def _describe(record: Mapping[str, Any]) -> str:
    """Return what a balloon says of a mention as HTML in which the article's words are text."""

    def text(value: object) -> str:
        shown = str(value)
        shown = f"{shown[:_LONGEST]}…" if len(shown) > _LONGEST else shown
        return html.escape(_ENTITY.sub("$\u200b", clean_xml(shown)))

    lines = [f"<p>{text(record['snippet'])}</p>"]
    title = record["title"] or record["article_id"]
    url = record["url"]
    if url and _LINK.fullmatch(url):
        lines.append(f'<p><a href="{text(url)}">{text(title)}</a></p>')
    else:
        lines.append(f"<p>{text(title)}</p>")
    about = [record["source"], record["date_start"], record["kind"], record["status"]]
    lines.append(f"<p>{' · '.join(text(item) for item in about if item)}</p>")
    if record["relation"]:
        lines.append(f"<p>{text(record['relation'])}</p>")
    return "".join(lines)


def _geometry(shape: Any) -> str:
    if isinstance(shape, tuple):
        return f"<Point><coordinates>{shape[0]},{shape[1]}</coordinates></Point>"
    kind = shape.geom_type
    if kind == "Point":
        return _geometry((shape.x, shape.y))
    if kind == "LineString":
        return f"<LineString><tessellate>1</tessellate>{_coordinates(shape)}</LineString>"
    if kind == "Polygon":
        outer = f"<outerBoundaryIs><LinearRing>{_coordinates(shape.exterior)}</LinearRing></outerBoundaryIs>"
        holes = "".join(
            f"<innerBoundaryIs><LinearRing>{_coordinates(ring)}</LinearRing></innerBoundaryIs>"
            for ring in shape.interiors
        )
        return f"<Polygon><tessellate>1</tessellate>{outer}{holes}</Polygon>"
    return f"<MultiGeometry>{''.join(_geometry(part) for part in shape.geoms)}</MultiGeometry>"


def _coordinates(line: Any) -> str:
    return f"<coordinates>{' '.join(f'{lon},{lat}' for lon, lat in line.coords)}</coordinates>"
