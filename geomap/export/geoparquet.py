"""Mentions as GeoParquet 1.1: typed and compressed columns with a geometry, for GeoPandas, DuckDB, BigQuery and QGIS."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING, Any, Final

import orjson

from geomap.export.arrow import ROW_GROUP, import_pyarrow, to_table
from geomap.export.extent import Extent
from geomap.export.geojson import bare_notes
from geomap.export.geometry import bounds_of, to_wkb
from geomap.export.layers import GEOMETRY, feature_fields, feature_rows
from geomap.export.rows import Written, open_records

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from geomap.export.formats import GeometryChoice
    from geomap.export.rows import Mentions

__all__ = ["write_geoparquet"]

#: the column of each geometry's box, by which readers skip what they do not look at
_BOX: Final = "bbox"
_SIDES: Final = ("xmin", "ymin", "xmax", "ymax")


def write_geoparquet(
    mentions: Mentions,
    path: str | Path,
    *,
    geometry: GeometryChoice = "described",
    located: bool = False,
) -> int:
    """Write mentions as GeoParquet 1.1, in their order, one row a mention, with a box beside each geometry.

    Arguments, result and errors are those of every writer of :mod:`geomap.export`.

    Args:
        mentions: Mention records, or a mention table.
        path: The file, or ``-``.
        geometry: The ``place``'s point, what is ``described``, or a row for each (``both``).
        located: Whether mentions without geometry are left out.

    Raises:
        OutputError: pyarrow is not installed, or the file cannot be written.
    """
    arrow, parquet = import_pyarrow(), import_pyarrow("pyarrow.parquet")
    box = arrow.struct([(side, "float64") for side in _SIDES])
    extent, kinds, bare = Extent(), set[str](), 0
    with open_records(mentions, path) as (file, records):
        stream = iter(records)
        group = list(itertools.islice(stream, ROW_GROUP))
        fields = feature_fields(group, records.extras, geometry)
        schema = to_table(fields, []).schema
        schema = schema.append(arrow.field(GEOMETRY, "binary")).append(arrow.field(_BOX, box))
        with parquet.ParquetWriter(file, schema, compression="zstd") as writer:
            while group:
                rows, shapes, none = feature_rows(group, geometry, located=located)
                bare += none
                boxes = [bounds_of(shape) for shape in shapes]
                for shape, bounds in zip(shapes, boxes, strict=True):
                    if bounds is not None:
                        extent.add(bounds)
                        kinds.add("Point" if isinstance(shape, tuple) else shape.geom_type)
                columns = [
                    arrow.array(map(to_wkb, shapes), type=arrow.binary()),
                    _to_struct(boxes, box),
                ]
                table = to_table(fields, rows)
                for name, column in zip((GEOMETRY, _BOX), columns, strict=True):
                    table = table.append_column(name, column)
                writer.write_table(table)
                group = list(itertools.islice(stream, ROW_GROUP))
            writer.add_key_value_metadata({"geo": _metadata(kinds, extent.box())})
    return Written(records.count - bare * located, notes=bare_notes(bare, located=located))


def _to_struct(boxes: Sequence[tuple[float, ...] | None], kind: Any) -> Any:
    rows = [None if box is None else dict(zip(_SIDES, box, strict=True)) for box in boxes]
    return import_pyarrow().array(rows, type=kind)


def _metadata(kinds: set[str], box: list[float] | None) -> bytes:
    """Return what GeoParquet's standard wants to know; without ``crs`` it is longitude and latitude in WGS 84."""
    about: dict[str, Any] = {
        "encoding": "WKB",
        "geometry_types": sorted(kinds),
        "orientation": "counterclockwise",
        "edges": "planar",
        "covering": {_BOX: {side: [_BOX, side] for side in _SIDES}},
    }
    if box is not None:
        about["bbox"] = box
    return orjson.dumps(
        {"version": "1.1.0", "primary_column": GEOMETRY, "columns": {GEOMETRY: about}}
    )
