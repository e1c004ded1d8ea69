"""Mentions as GeoJSON (RFC 7946): the format that every GIS and every web map opens."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from geomap.export.jsonl import to_json
from geomap.export.rows import open_records

if TYPE_CHECKING:
    from pathlib import Path

    from geomap.export.rows import Mentions
    from geomap.records import MentionRecord

__all__ = ["to_feature", "write_geojson"]


def to_feature(record: MentionRecord) -> dict[str, Any]:
    """Return a mention as a GeoJSON feature: a point ``[lon, lat]``, or null where unknown."""
    lat, lon = record["lat"], record["lon"]
    located = lat is not None and lon is not None
    geometry = {"type": "Point", "coordinates": [lon, lat]} if located else None
    return {"type": "Feature", "geometry": geometry, "properties": record}


def write_geojson(mentions: Mentions, path: str | Path) -> int:
    """Write mentions as a GeoJSON feature collection, one feature a mention, in their order.

    Every column of the record is a property. A mention of an unknown place has no geometry.
    The point of a country or a unit is a point inside it: see its ``precision`` and
    ``radius_km`` before drawing it as a pin.

    Arguments, result and errors are those of every writer of :mod:`geomap.export`.
    """
    with open_records(mentions, path) as (file, records):
        file.write(b'{"type":"FeatureCollection","features":[')
        for record in records:
            file.write(b",\n" if records.count > 1 else b"\n")
            file.write(to_json(to_feature(record)))
        file.write(b"\n]}\n")
    return records.count
