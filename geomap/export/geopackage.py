"""Mentions as a GeoPackage: the file that a GIS works with, styled and ready for its clock."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geomap.export.geojson import bare_notes
from geomap.export.layers import make_layers, spool_mentions, world_layer
from geomap.export.qgis import check_project, write_project
from geomap.export.rows import Written, count_records
from geomap.export.scratch import copy_into, scratch_folder
from geomap.export.styles import add_styles
from geomap.export.vector import write_layer
from geomap.runtime.atomic import atomic_writer

if TYPE_CHECKING:
    from pathlib import Path

    from geomap.export.formats import GeometryChoice
    from geomap.export.rows import Mentions
    from geomap.periods import Period

__all__ = ["write_geopackage"]


def write_geopackage(
    mentions: Mentions,
    path: str | Path,
    *,
    geometry: GeometryChoice = "place",
    located: bool = False,
    period: Period = "month",
    qgis: str | Path | None = None,
) -> int:
    """Write mentions as a GeoPackage with layers of mentions, places, units, countries and of what texts describe.

    Times are datetimes, each layer has a spatial index, and a style by kind or by count that QGIS applies when it opens
    it. Mentions of articles without a date are in a layer of their own, so that a clock shows them in no frame.
    What SQL has a word for is called otherwise: ``mention_start``, ``mention_end``.

    Arguments, result and errors are those of every writer of :mod:`geomap.export`.

    Args:
        mentions: Mention records, or a mention table.
        path: The file, or ``-``.
        geometry: That of the layers of mentions: the ``place``'s point, or what is ``described``; this has layers of its
            own in any case.
        located: Whether mentions without geometry are left out.
        period: The steps of time in which places are counted: ``day``, ``week``, ``month``, ``quarter`` or ``year``.
        qgis: A project for QGIS to write beside it, .qgz or .qgs, with a base map and the range of time.

    Raises:
        OutputError: pyogrio or pyarrow is not installed, or the file cannot be written.
    """
    if qgis is not None:
        check_project(qgis, path)
    with scratch_folder() as folder:
        with atomic_writer(path) as file:
            counted = count_records(mentions)
            spooled = spool_mentions(counted, folder, geometry, located=located)
            layers = make_layers(spooled, geometry=geometry, period=period)
            if qgis is not None:
                layers.append(world_layer())
            database = folder / "mentions.gpkg"
            for layer in layers:
                options = {
                    "GEOMETRY_NAME": "geom",
                    "DESCRIPTION": layer.doc,
                    "SPATIAL_INDEX": "YES",
                }
                write_layer(layer, database, "GPKG", options)
            add_styles(database, layers)
            copy_into(database, file)
        projects = [] if qgis is None else [write_project(layers, path, qgis, period)]
    notes = bare_notes(spooled.bare, located=located)
    return Written(counted.count - spooled.bare * located, notes=notes, files=projects)
