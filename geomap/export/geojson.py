"""Mentions as GeoJSON (RFC 7946): the format that every GIS and every web map opens."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from geomap.errors import TableError
from geomap.export.jsonl import to_json
from geomap.export.rows import open_records

if TYPE_CHECKING:
    from pathlib import Path

    from geomap.export.rows import Mentions
    from geomap.records import MentionRecord

__all__ = ["to_feature", "write_geojson"]


def to_feature(record: MentionRecord) -> dict[str, Any]:
    """Return a mention as a GeoJSON feature.

    Its geometry is that of its relation, where it has one ("30 km north of Idlib"); else the point of its
    place, ``[lon, lat]``; null where the place is unknown.

    Raises:
        TableError: The relation's geometry is no WKT.
    """
    lat, lon = record["lat"], record["lon"]
    geometry: Any = None
    if lat is not None and lon is not None:
        wkt = record.get("relation_geometry")
        geometry = _read_wkt(wkt) if wkt else {"type": "Point", "coordinates": [lon, lat]}
    return {"type": "Feature", "geometry": geometry, "properties": record}


def _read_wkt(wkt: str) -> Any:
    """Return a shape as GeoJSON's coordinates, in the order in which the text has them."""
    import shapely  # noqa: PLC0415 - few mentions have a shape

    try:
        return shapely.geometry.mapping(shapely.from_wkt(wkt))
    except (shapely.errors.GEOSException, TypeError) as err:
        raise TableError(f"expected a relation_geometry as WKT, got {wkt[:80]!r}: {err}") from err


def write_geojson(mentions: Mentions, path: str | Path) -> int:
    """Write mentions as a GeoJSON feature collection, one feature a mention, in their order.

    Every column of the record is a property. A mention of an unknown place has no geometry.
    The point of a country or a unit is a point inside it: see its ``precision`` and
    ``radius_km`` before drawing it as a pin. A mention with a relation has that one's shape, so that
    one collection can hold points, lines and polygons.

    Arguments, result and errors are those of every writer of :mod:`geomap.export`.
    """
    with open_records(mentions, path) as (file, records):
        file.write(b'{"type":"FeatureCollection","features":[')
        for record in records:
            file.write(b",\n" if records.count > 1 else b"\n")
            file.write(to_json(to_feature(record)))
        file.write(b"\n]}\n")
    return records.count
