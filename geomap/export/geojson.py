"""Mentions as GeoJSON (RFC 7946): the format that every GIS and every web map opens."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from geomap.export.extent import Extent
from geomap.export.fields import add_times, feature_id
from geomap.export.geometry import bounds_of, each_geometry
from geomap.export.jsonl import to_json
from geomap.export.rows import Written, open_records

if TYPE_CHECKING:
    from collections.abc import Iterator

    from geomap.export.formats import GeometryChoice
    from geomap.export.rows import CountedRecords, Mentions
    from geomap.schema import MentionRecord, Schema

__all__ = ["bare_notes", "to_features", "write_geojson", "write_geojson_sequence"]

#: RFC 8142: what stands before each text of a sequence
_SEPARATOR: Final = b"\x1e"


def to_features(
    record: MentionRecord,
    geometry: GeometryChoice = "described",
    cells: MentionRecord | None = None,
) -> Iterator[dict[str, Any]]:
    """Yield a mention as GeoJSON features: one, or a second for what is described where both are asked for.

    The geometry ``described`` is that of its relation, where it has one ("30 km north of Idlib"); else the point of its
    place, ``[lon, lat]``. Of an unknown place it is the point of the unit that the place lies in
    (``within``), which ``status`` and ``precision`` tell from a place; null where that is not known.
    Its properties are the ``cells``, where not all of the record's are wanted, and its times.

    Raises:
        TableError: The relation's geometry is no WKT, or the point none of degrees.
    """
    for which, shape in each_geometry(record, geometry):
        feature: dict[str, Any] = {"type": "Feature", "id": feature_id(record, which)}
        if shape is not None and not isinstance(shape, tuple):
            feature["bbox"] = bounds_of(shape)
        feature["geometry"] = _to_geometry(shape)
        feature["properties"] = add_times(record, which if geometry == "both" else None, cells)
        yield feature


def _to_geometry(shape: Any) -> dict[str, Any] | None:
    if shape is None:
        return None
    if isinstance(shape, tuple):
        return {"type": "Point", "coordinates": shape}
    import shapely  # noqa: PLC0415 - few mentions have a shape

    made: dict[str, Any] = shapely.geometry.mapping(shape)
    return made


def write_geojson(
    mentions: Mentions,
    path: str | Path,
    *,
    geometry: GeometryChoice = "described",
    located: bool = False,
    schema: Schema | None = None,
) -> int:
    """Write mentions as a GeoJSON feature collection, one feature a mention, in their order.

    Every column of the record is a property, and so are ``time_start`` and ``time_end``, between which it was printed
    (the end is exclusive). A mention of an unknown place has the point of the
    smallest known unit or country that it lies in, or no geometry. The point of a country or a unit
    is a point inside it: see ``status``, ``precision`` (3, 4 and 6 are such) and ``radius_km``
    before drawing it as a pin. A mention with a relation has that one's shape, so that
    one collection can hold points, lines and polygons; outer rings go counterclockwise, and nothing crosses ±180 degrees.

    Arguments, result and errors are those of every writer of :mod:`geomap.export`.

    Args:
        mentions: Mention records, or a mention table.
        path: The file, or ``-``.
        geometry: The ``place``'s point, what is ``described``, or a feature for each (``both``).
        located: Whether mentions without geometry are left out.
        schema: The columns to write; None for those of the mention record and, behind them, your own.

    >>> import geomap
    >>> articles = [geomap.Article(id="1", text="The market of Raqqa reopened.")]
    >>> write_geojson(geomap.find_mentions(articles), "mentions.geojson") == 1
    True
    """
    extent = Extent()
    with open_records(mentions, path, schema) as (file, records):
        file.write(b'{"type":"FeatureCollection","features":[')
        features = _Features(records, geometry, located=located)
        between = b"\n"
        for feature in features:
            if feature["geometry"] is not None:
                extent.add(feature.get("bbox") or feature["geometry"]["coordinates"])
            file.write(between)
            file.write(to_json(feature))
            between = b",\n"
        box = extent.box()
        file.write(b"\n]}\n" if box is None else b'\n],"bbox":%s}\n' % to_json(box))
    return features.written()


class _Features:
    """The features of mentions as they come, and how many of them have no geometry."""

    def __init__(self, records: CountedRecords, geometry: GeometryChoice, *, located: bool) -> None:
        self._records, self._geometry, self._located = records, geometry, located
        self._bare = 0

    def __iter__(self) -> Iterator[dict[str, Any]]:
        for record, cells in self._records.pairs():
            for feature in to_features(record, self._geometry, cells):
                is_bare = feature["geometry"] is None
                self._bare += is_bare
                if not (is_bare and self._located):
                    yield feature

    def written(self) -> Written:
        """Return how many mentions were written, and what is to be said of them."""
        notes = bare_notes(self._bare, located=self._located)
        return Written(self._records.count - self._bare * self._located, notes=notes)


def bare_notes(bare: int, *, located: bool) -> tuple[str, ...]:
    """Return what is to be said of mentions without geometry."""
    if not bare:
        return ()
    are = f"{bare:,} mention{'s' * (bare > 1)} without geometry"
    if located:
        return (f"{are} left out (--located)",)
    return (f"{are}: places that nobody knows; --located leaves them out",)


def write_geojson_sequence(
    mentions: Mentions,
    path: str | Path,
    *,
    geometry: GeometryChoice = "described",
    located: bool = False,
    schema: Schema | None = None,
) -> int:
    """Write mentions as GeoJSON features, one a line; in a file called ``.geojsons`` each behind RFC 8142's separator.

    Features are those of :func:`write_geojson`, in the mentions' order.

    Arguments, result and errors are those of every writer of :mod:`geomap.export`.

    Args:
        mentions: Mention records, or a mention table.
        path: The file, or ``-``.
        geometry: The ``place``'s point, what is ``described``, or a feature for each (``both``).
        located: Whether mentions without geometry are left out.
        schema: The columns to write; None for those of the mention record and, behind them, your own.
    """
    before = _SEPARATOR if Path(path).suffix.lower() == ".geojsons" else b""
    with open_records(mentions, path, schema) as (file, records):
        features = _Features(records, geometry, located=located)
        for feature in features:
            file.write(b"%s%s\n" % (before, to_json(feature)))
    return features.written()
