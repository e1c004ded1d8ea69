"""A project for QGIS beside a GeoPackage: its layers in order, a background without network, the range of time."""

from __future__ import annotations

import math
import os
from typing import TYPE_CHECKING, Any, Final
from xml.etree import ElementTree as ET

from geomap.errors import OutputError
from geomap.export.geometry import point_of
from geomap.export.scratch import pack
from geomap.export.styles import VERSION, add_style
from geomap.runtime.atomic import STDOUT, atomic_writer
from geomap.runtime.expecting import expect_path

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path

    from geomap.export.layers import Layer
    from geomap.periods import Period

__all__ = ["check_project", "write_project"]

#: layers from top to bottom, and whether they are shown at first
_ORDER: Final = {
    "mentions": True,
    "undated": False,
    "places": True,
    "places_by": False,
    "described_lines": True,
    "described_areas": True,
    "units": False,
    "countries": True,
    "world": True,
}
_TITLES: Final = {
    "mentions": "Mentions, by kind",
    "undated": "Mentions without a date",
    "places": "Places, by count",
    "places_by": "Places, by count over time",
    "described_lines": "Lines that texts describe",
    "described_areas": "Areas that texts describe",
    "units": "Units, by count",
    "countries": "Countries, by count",
    "world": "Background: Natural Earth, no endorsement of borders",
}
_GEOMETRIES: Final = {"Point": "Point", "MultiLineString": "Line", "MultiPolygon": "Polygon"}
#: steps of QGIS' clock
_STEPS: Final[Mapping[str, tuple[int, str]]] = {
    "day": (1, "d"),
    "week": (1, "wk"),
    "month": (1, "mon"),
    "quarter": (3, "mon"),
    "year": (1, "y"),
}
_SYSTEMS: Final = {"EPSG:4326": ("3452", "4326"), "EPSG:3857": ("3857", "3857")}
_METRES: Final = 6378137.0
#: what a point of a country or of a unit does not say: where something is
_PRECISE: Final = 3
#: the share of mentions on either side that the first view may leave out
_ASIDE: Final = 0.05
#: degrees around the places of the first view, and the latitude up to which Mercator's map goes
_MARGIN, _LAST_LATITUDE = 1.0, 84.0


def check_project(path: str | Path, database: str | Path) -> Path:
    """Return the path of a project, if it can be one.

    Raises:
        OutputError: It is called otherwise, or has no file to stand beside.
    """
    project = expect_path(path, "a file's name for --qgis")
    if project.suffix.lower() not in (".qgs", ".qgz"):
        raise OutputError(
            f"expected --qgis as a name that ends with .qgz or .qgs, got {str(path)!r}"
        )
    if str(database) == STDOUT:
        raise OutputError("a project for QGIS needs a file to stand beside: name one with -o")
    return project


def write_project(
    layers: Sequence[Layer], database: str | Path, path: str | Path, period: Period
) -> Path:
    """Write the project of a GeoPackage.

    Args:
        layers: What the GeoPackage holds.
        database: Where it is; the project finds it beside itself, wherever both are moved.
        path: The project: .qgz, or .qgs.
        period: The step of the clock.

    Raises:
        OutputError: It cannot be written.
    """
    project = check_project(path, database)
    beside = os.path.relpath(database, project.parent or ".").replace(os.sep, "/")
    document = _document(layers, beside, period)
    with atomic_writer(project) as file:
        if project.suffix.lower() == ".qgz":
            pack([(f"{project.stem}.qgs", document)], file)
        else:
            file.write(document)
    return project


def _document(layers: Sequence[Layer], beside: str, period: Period) -> bytes:
    root = ET.Element("qgis", {"version": VERSION, "projectname": "geomap"})
    ET.SubElement(root, "title").text = "geomap: places that articles name"
    _add_system(ET.SubElement(root, "projectCrs"), "EPSG:3857")
    ordered = [layer for name in _ORDER for layer in layers if _key(layer) == name]
    tree = ET.SubElement(root, "layer-tree-group")
    ET.SubElement(tree, "customproperties")
    source = {layer.name: f"./{beside}|layername={layer.name}" for layer in ordered}
    for layer in ordered:
        about = {
            "id": _id(layer),
            "name": _TITLES[_key(layer)],
            "source": source[layer.name],
            "providerKey": "ogr",
            "checked": "Qt::Checked" if _ORDER[_key(layer)] else "Qt::Unchecked",
            "expanded": "0",
        }
        ET.SubElement(tree, "layer-tree-layer", about)
    _add_canvas(root, layers)
    project_layers = ET.SubElement(root, "projectlayers")
    for layer in ordered:
        _add_layer(project_layers, layer, source[layer.name])
    order = ET.SubElement(root, "layerorder")
    for layer in ordered:
        ET.SubElement(order, "layer", {"id": _id(layer)})
    properties = ET.SubElement(root, "properties")
    paths = ET.SubElement(properties, "Paths")
    ET.SubElement(paths, "Absolute", {"type": "bool"}).text = "false"
    systems = ET.SubElement(properties, "SpatialRefSys")  # else the project's own is not read
    ET.SubElement(systems, "ProjectionsEnabled", {"type": "int"}).text = "1"
    _add_clock(root, layers, period)
    ET.indent(root)
    head = "<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>\n"
    return (head + ET.tostring(root, encoding="unicode") + "\n").encode()


def _key(layer: Layer) -> str:
    return "places_by" if layer.name.startswith("places_by") else layer.name


def _id(layer: Layer) -> str:
    return f"geomap_{layer.name}"


def _add_system(parent: ET.Element, name: str) -> None:
    srsid, srid = _SYSTEMS[name]
    system = ET.SubElement(parent, "spatialrefsys")
    for tag, text in (("srsid", srsid), ("srid", srid), ("authid", name)):
        ET.SubElement(system, tag).text = text


def _add_layer(parent: ET.Element, layer: Layer, source: str) -> None:
    about = {
        "type": "vector",
        "geometry": _GEOMETRIES.get(layer.shape, "Unknown"),
        "styleCategories": "AllStyleCategories",
        "labelsEnabled": "1" if layer.style == "count" else "0",
        "simplifyDrawingHints": "1",
    }
    element = ET.SubElement(parent, "maplayer", about)
    texts = (
        ("id", _id(layer)),
        ("datasource", source),
        ("layername", _TITLES[_key(layer)]),
        ("abstract", layer.doc),
    )
    for tag, text in texts:
        ET.SubElement(element, tag).text = text
    _add_system(ET.SubElement(element, "srs"), "EPSG:4326")
    ET.SubElement(element, "provider", {"encoding": "UTF-8"}).text = "ogr"
    add_style(element, layer)
    ET.SubElement(element, "previewExpression").text = '"name"'


def _add_canvas(root: ET.Element, layers: Sequence[Layer]) -> None:
    """Show at first where most mentions lie: places that are points more than countries and units."""
    rows = [row for layer in layers if layer.name == "places" for row in layer.rows]
    precise = [row for row in rows if row["precision"] is not None and row["precision"] <= _PRECISE]
    places = [
        (*point, row["mentions"]) for row in precise or rows if (point := point_of(row)) is not None
    ]
    canvas = ET.SubElement(root, "mapcanvas", {"name": "theMapCanvas", "annotationsVisible": "1"})
    ET.SubElement(canvas, "units").text = "meters"
    extent = ET.SubElement(canvas, "extent")
    west, east = _middle([(lon, count) for lon, _, count in places], (-180.0, 180.0))
    south, north = _middle([(lat, count) for _, lat, count in places], (-60.0, 75.0))
    south, north = max(-_LAST_LATITUDE, south), min(_LAST_LATITUDE, north)
    box = (*_metres(west, south), *_metres(east, north))
    for tag, value in zip(("xmin", "ymin", "xmax", "ymax"), box, strict=True):
        ET.SubElement(extent, tag).text = f"{value:.1f}"
    ET.SubElement(canvas, "rotation").text = "0"
    _add_system(ET.SubElement(canvas, "destinationsrs"), "EPSG:3857")


def _middle(values: list[tuple[float, int]], otherwise: tuple[float, float]) -> tuple[float, float]:
    """Return between which degrees all mentions lie but one in twenty on either side, with a margin."""
    if not values:
        return otherwise
    values.sort()
    whole, seen = sum(count for _, count in values), 0
    inner = []
    for value, count in values:
        seen += count
        if seen > _ASIDE * whole and seen - count < (1 - _ASIDE) * whole:
            inner.append(value)
    return min(inner) - _MARGIN, max(inner) + _MARGIN


def _metres(lon: float, lat: float) -> tuple[float, float]:
    return (
        _METRES * math.radians(lon),
        _METRES * math.log(math.tan(math.pi / 4 + math.radians(lat) / 2)),
    )


def _add_clock(root: ET.Element, layers: Sequence[Layer], period: Period) -> None:
    """Say from when to when the clock goes, and by which steps."""
    step, unit = _STEPS[period]
    about = {
        "timeStep": str(step),
        "timeStepUnit": unit,
        "frameRate": "2",
        "cumulativeTemporalRange": "0",
    }
    settings = ET.SubElement(root, "ProjectTimeSettings", about)
    starts, ends = zip(*_moments(layers), strict=True) if _moments(layers) else ((), ())
    if starts:
        span = ET.SubElement(settings, "TemporalRange")
        ET.SubElement(span, "start").text = f"{min(starts):%Y-%m-%dT%H:%M:%SZ}"
        ET.SubElement(span, "end").text = f"{max(ends):%Y-%m-%dT%H:%M:%SZ}"


def _moments(layers: Iterable[Layer]) -> list[tuple[Any, Any]]:
    """Return from when to when each row of the mentions lies."""
    (layer,) = (layer for layer in layers if layer.name == "mentions")
    values = {field.name: field.value for field in layer.fields}
    spans = ((values["time_start"](row), values["time_end"](row)) for row in layer.rows)
    return [(start, end) for start, end in spans if start is not None and end is not None]
