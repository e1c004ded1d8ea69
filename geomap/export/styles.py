"""How QGIS draws the layers: by kind and by count, and through time.

QGIS reads this as QML, from the table ``layer_styles`` of a GeoPackage or from a project; what is left out of it has
QGIS' defaults.
"""

from __future__ import annotations

import contextlib
import sqlite3
from typing import TYPE_CHECKING, Any, Final
from xml.etree import ElementTree as ET

from geomap.export.vector import FIXED_DAY

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path

    from geomap.export.layers import Layer

__all__ = ["STYLES", "add_style", "add_styles", "has_clock", "style_document"]

#: where QGIS looks for the styles of a GeoPackage's layers
_STYLES: Final = """
CREATE TABLE layer_styles (
    id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
    f_table_catalog TEXT(256), f_table_schema TEXT(256), f_table_name TEXT(256), f_geometry_column TEXT(256),
    styleName TEXT(30), styleQML TEXT, styleSLD TEXT, useAsDefault BOOLEAN, description TEXT, owner TEXT(30),
    ui TEXT(30), update_time DATETIME DEFAULT CURRENT_TIMESTAMP
)"""
#: the version whose elements these are; later ones read them, too
VERSION: Final = "3.22.0"
_MARKER, _LINE, _FILL = "marker", "line", "fill"
_SIMPLE: Final = {_MARKER: "SimpleMarker", _LINE: "SimpleLine", _FILL: "SimpleFill"}
#: colours of the kinds of mention, told apart by those who do not see red and green apart
KINDS: Final = {
    "literal": ("literal: the place itself", "0,94,140,255"),
    "associative": ("associative: its people, its state", "230,140,30,255"),
    "embedded": ("embedded: part of another name", "150,150,150,255"),
    "area": ("countries, units, regions: see the layers of areas", "90,90,90,255"),
}
_SHOWN: Final = ("literal", "associative")
#: what has a point of its own: of everything else the point says nothing but that it is inside
_POINTS: Final = (1, 2)
_IS_POINT: Final = f'"precision" IN {_POINTS}'
#: colours of areas, from few mentions to many
_SHADES: Final = (
    "237,242,247,200",
    "190,214,232,210",
    "130,180,213,220",
    "66,133,184,225",
    "20,82,140,230",
)
#: millimetres of the largest circle, and of the smallest
_LARGEST, _SMALLEST = 14.0, 1.6


def _option(parent: ET.Element, name: str, value: object) -> None:
    ET.SubElement(parent, "Option", {"name": name, "value": str(value), "type": "QString"})


def _symbol(
    parent: ET.Element,
    name: str,
    kind: str,
    settings: Mapping[str, object],
    *,
    size: str = "",
    alpha: float = 1.0,
) -> None:
    """Add a symbol; ``size`` is an expression for the diameter of a marker."""
    symbol = ET.SubElement(parent, "symbol", {"type": kind, "name": name, "alpha": str(alpha)})
    layer = ET.SubElement(
        symbol, "layer", {"class": _SIMPLE[kind], "enabled": "1", "pass": "0", "locked": "0"}
    )
    options = ET.SubElement(layer, "Option", {"type": "Map"})
    for key, value in settings.items():
        _option(options, key, value)
    if size:
        _add_size(ET.SubElement(layer, "data_defined_properties"), size)


def _add_size(parent: ET.Element, expression: str) -> None:
    whole = ET.SubElement(parent, "Option", {"type": "Map"})
    _option(whole, "name", "")
    properties = ET.SubElement(whole, "Option", {"name": "properties", "type": "Map"})
    size = ET.SubElement(properties, "Option", {"name": "size", "type": "Map"})
    ET.SubElement(size, "Option", {"name": "active", "value": "true", "type": "bool"})
    _option(size, "expression", expression)
    ET.SubElement(size, "Option", {"name": "type", "value": "3", "type": "int"})
    _option(whole, "type", "collection")


def _marker(color: str, size: float = 2.6) -> dict[str, object]:
    return {
        "name": "circle",
        "color": color,
        "size": size,
        "size_unit": "MM",
        "outline_color": "255,255,255,255",
        "outline_width": "0.2",
        "outline_width_unit": "MM",
        "scale_method": "diameter",
    }


def _area(color: str, outline: str, width: float = 0.2) -> dict[str, object]:
    return {
        "color": color,
        "style": "solid",
        "outline_color": outline,
        "outline_width": width,
        "outline_width_unit": "MM",
    }


def _single(parent: ET.Element, kind: str, settings: Mapping[str, object], **more: Any) -> None:
    renderer = ET.SubElement(parent, "renderer-v2", {"type": "singleSymbol"})
    _symbol(ET.SubElement(renderer, "symbols"), "0", kind, settings, **more)


def _by_kind(parent: ET.Element, layer: Layer) -> None:
    """Colour mentions by their kind; what is no point on the map is drawn as an area by other layers."""
    del layer
    attribute = f"CASE WHEN {_IS_POINT} THEN \"kind\" ELSE 'area' END"
    renderer = ET.SubElement(
        parent, "renderer-v2", {"type": "categorizedSymbol", "attr": attribute}
    )
    categories = ET.SubElement(renderer, "categories")
    symbols = ET.SubElement(renderer, "symbols")
    for number, (kind, (label, color)) in enumerate(KINDS.items()):
        shown = "true" if kind in _SHOWN else "false"
        about = {"value": kind, "label": label, "symbol": str(number), "render": shown}
        ET.SubElement(categories, "category", about)
        _symbol(symbols, str(number), _MARKER, _marker(color), alpha=0.85)


def _undated(parent: ET.Element, layer: Layer) -> None:
    del layer
    settings = _marker("120,120,120,255", 2.2) | {"name": "diamond"}
    _single(parent, _MARKER, settings, alpha=0.85)


def _by_count(parent: ET.Element, layer: Layer) -> None:
    """Draw circles whose area goes with the count; countries and units are no circles."""
    points = [row["mentions"] for row in layer.rows if row["precision"] in _POINTS]
    size = f'max({_SMALLEST}, {_LARGEST} * sqrt("mentions" / {max(points, default=1)}.0))'
    renderer = ET.SubElement(parent, "renderer-v2", {"type": "RuleRenderer"})
    rules = ET.SubElement(renderer, "rules", {"key": f"{layer.name}"})
    symbols = ET.SubElement(renderer, "symbols")
    alpha = 0.45 if layer.style == "count" else 0.7
    for number, (filter_, label, color) in enumerate(
        (
            (_IS_POINT, "places: the area goes with the mentions", "0,94,140,255"),
            (f"NOT ({_IS_POINT})", f"{KINDS['area'][0]}", KINDS["area"][1]),
        )
    ):
        about = {
            "filter": filter_,
            "label": label,
            "symbol": str(number),
            "key": f"{layer.name}{number}",
        }
        if number:
            about["checkstate"] = "0"
        ET.SubElement(rules, "rule", about)
        _symbol(symbols, str(number), _MARKER, _marker(color), size=size, alpha=alpha)


def _by_shade(parent: ET.Element, layer: Layer) -> None:
    """Shade areas by the count, in steps that grow with it."""
    breaks = _breaks([row["mentions"] for row in layer.rows])
    renderer = ET.SubElement(
        parent,
        "renderer-v2",
        {"type": "graduatedSymbol", "attr": "mentions", "graduatedMethod": "GraduatedColor"},
    )
    ranges = ET.SubElement(renderer, "ranges")
    symbols = ET.SubElement(renderer, "symbols")
    for number, (low, high) in enumerate(breaks):
        about = {
            "lower": f"{low}.000",
            "upper": f"{high}.000",
            "label": f"{low:,}–{high:,} mentions"
            if high > low
            else f"{low:,} mention{'s' * (low != 1)}",
            "symbol": str(number),
            "render": "true",
        }
        ET.SubElement(ranges, "range", about)
        color = _SHADES[round(number * (len(_SHADES) - 1) / max(1, len(breaks) - 1))]
        _symbol(symbols, str(number), _FILL, _area(color, "110,125,140,255"))


def _breaks(counts: Sequence[int]) -> list[tuple[int, int]]:
    """Return at most five ranges of whole numbers from the smallest count to the largest.

    >>> _breaks([1, 2, 3, 40, 1000])
    [(1, 4), (5, 16), (17, 63), (64, 251), (252, 1000)]
    """
    if not counts:
        return [(0, 0)]
    low, high = min(counts), max(counts)
    ratio = (high / low) ** (1 / len(_SHADES))
    edges = sorted(
        {round(low * ratio**step) for step in range(1, len(_SHADES))} - {low - 1} | {high}
    )
    made, start = [], low
    for edge in edges:
        if edge >= start:
            made.append((start, edge))
            start = edge + 1
    return made


def _described_areas(parent: ET.Element, layer: Layer) -> None:
    del layer
    _single(parent, _FILL, _area("200,90,60,60", "200,90,60,255", 0.3))


def _described_lines(parent: ET.Element, layer: Layer) -> None:
    del layer
    settings = {"line_color": "200,90,60,255", "line_width": "0.7", "line_width_unit": "MM"}
    _single(parent, _LINE, settings)


def _background(parent: ET.Element, layer: Layer) -> None:
    del layer
    _single(parent, _FILL, _area("246,245,240,255", "185,185,180,255"))


#: by the name of the style
STYLES: Final = {
    "kind": _by_kind,
    "kind_undated": _undated,
    "count": _by_count,
    "count_over_time": _by_count,
    "described_areas": _described_areas,
    "described_lines": _described_lines,
    "shade": _by_shade,
    "background": _background,
}
#: the styles whose layer shows the names of its places
_LABELLED: Final = frozenset({"count"})


def has_clock(layer: Layer) -> bool:
    """Return whether a layer's features lie in time: whether QGIS' clock moves them."""
    return {"time_start", "time_end"} <= set(layer.names) and layer.style != "kind_undated"


def add_style(parent: ET.Element, layer: Layer) -> None:
    """Add how a layer is drawn: its symbols, its labels, its place in time."""
    if has_clock(layer):
        about = {
            "enabled": "1",
            "mode": "2",  # from the field of the start to that of the end
            "startField": "time_start",
            "endField": "time_end",
            "limitMode": "0",  # the end is exclusive
            "accumulate": "0",
            "fixedDuration": "0",
            "durationUnit": "min",
            "durationField": "",
            "startExpression": "",
            "endExpression": "",
        }
        moment = ET.SubElement(ET.SubElement(parent, "temporal", about), "fixedRange")
        _add_texts(moment, (("start", ""), ("end", "")))
    STYLES[layer.style](parent, layer)
    if layer.style in _LABELLED:
        _add_labels(parent)


def _add_texts(parent: ET.Element, texts: Iterable[tuple[str, str]]) -> None:
    for name, text in texts:
        ET.SubElement(parent, name).text = text


def _add_labels(parent: ET.Element) -> None:
    """Write the names of places beside them, the most mentioned ones first where there is no room."""
    settings = ET.SubElement(ET.SubElement(parent, "labeling", {"type": "simple"}), "settings")
    style = {
        "fieldName": f'CASE WHEN {_IS_POINT} THEN "name" END',
        "isExpression": "1",
        "fontFamily": "Open Sans",
        "fontSize": "8",
        "fontSizeUnit": "Point",
        "textColor": "40,45,50,255",
    }
    text = ET.SubElement(settings, "text-style", style)
    halo = {
        "bufferDraw": "1",
        "bufferSize": "0.7",
        "bufferSizeUnits": "MM",
        "bufferColor": "255,255,255,255",
    }
    ET.SubElement(text, "text-buffer", halo)
    ET.SubElement(
        settings, "placement", {"placement": "6", "dist": "1", "distUnits": "MM", "priority": "5"}
    )
    ET.SubElement(settings, "rendering", {"drawLabels": "1", "obstacle": "1"})


def style_document(layer: Layer) -> str:
    """Return how a layer is drawn as QML."""
    about = {
        "version": VERSION,
        "styleCategories": "Symbology|Labeling|Temporal",
        "labelsEnabled": "1" if layer.style in _LABELLED else "0",
    }
    root = ET.Element("qgis", about)
    add_style(root, layer)
    ET.indent(root)
    return f"<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>\n{ET.tostring(root, encoding='unicode')}\n"


def add_styles(path: Path, layers: Sequence[Layer]) -> None:
    """Put the style of each layer where QGIS finds it."""
    with contextlib.closing(sqlite3.connect(path)) as database, database:
        database.execute(_STYLES)
        database.execute(
            "INSERT INTO gpkg_contents (table_name, data_type, identifier, description, last_change) "
            "VALUES ('layer_styles', 'attributes', 'layer_styles', 'styles for QGIS', ?)",
            [f"{FIXED_DAY}T00:00:00.000Z"],
        )
        for layer in layers:
            if layer.style:
                database.execute(
                    "INSERT INTO layer_styles (f_table_catalog, f_table_schema, f_table_name, f_geometry_column, "
                    "styleName, styleQML, styleSLD, useAsDefault, description, owner, update_time) "
                    "VALUES ('', '', ?, 'geom', ?, ?, '', 1, ?, '', ?)",
                    [
                        layer.name,
                        layer.name,
                        style_document(layer),
                        layer.doc,
                        f"{FIXED_DAY}T00:00:00.000Z",
                    ],
                )
