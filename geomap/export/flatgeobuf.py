"""Mentions as FlatGeobuf: one layer that is read over the network, or by its box, without the rest."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geomap.export.geojson import bare_notes
from geomap.export.layers import single_layer
from geomap.export.rows import Written, count_records
from geomap.export.scratch import copy_into, scratch_folder
from geomap.export.vector import index_options, write_layer
from geomap.runtime.atomic import atomic_writer

if TYPE_CHECKING:
    from pathlib import Path

    from geomap.export.formats import GeometryChoice
    from geomap.export.rows import Mentions

__all__ = ["write_flatgeobuf"]


def write_flatgeobuf(
    mentions: Mentions,
    path: str | Path,
    *,
    geometry: GeometryChoice = "described",
    located: bool = False,
) -> int:
    """Write mentions as FlatGeobuf, one feature a mention.

    Its spatial index can hold nothing without geometry: where there are such mentions, the file has no index, which is
    told, and features keep the mentions' order; with an index they lie in the index' order.

    Arguments, result and errors are those of every writer of :mod:`geomap.export`.

    Args:
        mentions: Mention records, or a mention table.
        path: The file, or ``-``.
        geometry: The ``place``'s point, what is ``described``, or a feature for each (``both``).
        located: Whether mentions without geometry are left out.

    Raises:
        OutputError: pyogrio or pyarrow is not installed, or the file cannot be written.
    """
    with atomic_writer(path) as file, scratch_folder() as folder:
        counted = count_records(mentions)
        layer, bare = single_layer(counted, folder, geometry=geometry, located=located)
        target = folder / "mentions.fgb"
        write_layer(layer, target, "FlatGeobuf", index_options(layer))
        copy_into(target, file)
    notes = list(bare_notes(bare, located=located))
    if bare and not located:
        notes.append("so the file has no spatial index")
    return Written(counted.count - bare * located, notes=notes)
