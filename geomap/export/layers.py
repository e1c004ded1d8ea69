"""The layers of a GIS file: mentions, what has no date, what is described, and counts of places, units and countries."""

from __future__ import annotations

import itertools
from dataclasses import dataclass, field, replace
from functools import cache
from typing import TYPE_CHECKING, Any, Final, Literal

from geomap.export.arrow import import_pyarrow, to_table
from geomap.export.counts import COUNTS, SPANS, columns_to_count, count_mentions, plain_fields
from geomap.export.fields import GEOMETRY_OF, Field, feature_id, fields_of, own_fields
from geomap.export.geometry import (
    DESCRIBED,
    area_of_country,
    area_of_unit,
    each_geometry,
    point_of,
    shape_of,
    to_wkb,
)
from geomap.export.spool import Spool
from geomap.outlines import read_pack
from geomap.schema import MENTIONS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    import pandas as pd

    from geomap.export.fields import FieldType
    from geomap.export.formats import GeometryChoice
    from geomap.export.rows import CountedRecords
    from geomap.periods import Period

__all__ = [
    "GEOMETRY",
    "Layer",
    "SpooledMentions",
    "feature_fields",
    "feature_rows",
    "make_layers",
    "mention_layers",
    "place_layers",
    "single_layer",
    "spool_mentions",
    "table_to_count",
    "world_layer",
]

#: the column of a layer's geometry
GEOMETRY: Final = "geometry"
#: features that are handed to GDAL at once
_BATCH: Final = 2_000
Shape = Literal["Point", "MultiLineString", "MultiPolygon", "Unknown"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Layer:
    """One layer.

    Attributes:
        name: What it is called.
        doc: One line: what it holds.
        shape: Its type of geometry.
        style: How it is drawn: a name in :data:`geomap.export.styles.STYLES`; "" for not at all.
        fields: Its fields.
        features: What the fields read, each with its geometry as WKB, or None; read as often as needed.
    """

    name: str
    doc: str
    shape: Shape
    style: str = ""
    fields: tuple[Field, ...]
    features: Iterable[tuple[Mapping[str, Any], bytes | None]] = field(repr=False)

    @property
    def rows(self) -> Iterator[Mapping[str, Any]]:
        """What the fields read."""
        return (row for row, _ in self.features)

    def reader(self) -> Any:
        """Return it as a stream of Arrow's batches with its geometry: one of them is in memory."""
        arrow = import_pyarrow()
        empty = self._table([])
        return arrow.RecordBatchReader.from_batches(empty.schema, self._batches())

    def _batches(self) -> Iterator[Any]:
        stream = iter(self.features)
        while batch := list(itertools.islice(stream, _BATCH)):
            yield from self._table(batch).combine_chunks().to_batches()

    def _table(self, features: Sequence[tuple[Mapping[str, Any], bytes | None]]) -> Any:
        arrow = import_pyarrow()
        table = to_table(self.fields, [row for row, _ in features])
        geometries = arrow.array([wkb for _, wkb in features], type=arrow.binary())
        return table.append_column(GEOMETRY, geometries)

    @property
    def names(self) -> tuple[str, ...]:
        """The names of its fields."""
        return tuple(found.name for found in self.fields)


@dataclass(frozen=True, slots=True, kw_only=True)
class SpooledMentions:
    """Mentions in temporary files, by the layers that they are for.

    Attributes:
        dated: Those whose article has a date.
        undated: Those whose article has none.
        areas: Those whose text describes an area, with it.
        lines: Those whose text describes a line.
        counted: The columns of all that are counted.
        extras: A user's own columns.
        bare: How many have no point.
    """

    dated: Spool
    undated: Spool
    areas: Spool
    lines: Spool
    counted: pd.DataFrame
    extras: tuple[str, ...]
    bare: int


def spool_mentions(
    records: CountedRecords, folder: Path, geometry: GeometryChoice, *, located: bool
) -> SpooledMentions:
    """Put mentions into temporary files as they come.

    Args:
        records: The records.
        folder: Where the files lie while they are needed.
        geometry: That of the mentions: ``place``, or ``described``.
        located: Whether mentions without a point are left out.
    """
    dated, undated, areas, lines = (
        Spool(folder / f"{name}.spool") for name in ("dated", "undated", "areas", "lines")
    )
    bare = 0

    def each() -> Iterator[Mapping[str, Any]]:
        nonlocal bare
        for record in records:
            if record["lat"] is None or record["lon"] is None:
                bare += 1
                if located:
                    continue
            shape = shape_of(record)
            is_point = shape is None or geometry != "described"
            wkb = to_wkb(point_of(record) if is_point else shape)
            (undated if record["date_start"] is None else dated).add(record, wkb)
            _spool_shape(record, shape, areas, lines)
            yield record

    counted = table_to_count(each())
    return SpooledMentions(
        dated=dated, undated=undated, areas=areas, lines=lines, counted=counted, extras=records.extras, bare=bare
    )  # fmt: skip


def _spool_shape(record: Mapping[str, Any], shape: Any, areas: Spool, lines: Spool) -> None:
    """Put what a text describes where it belongs, all of a type: an area of one part is one of several, too."""
    if shape is None:
        return
    import shapely  # noqa: PLC0415 - for shapes alone

    kinds = (
        ("Polygon", shapely.MultiPolygon, areas),
        ("LineString", shapely.MultiLineString, lines),
    )
    for single, many, spool in kinds:
        if shape.geom_type == single:
            spool.add(record, to_wkb(many([shape])))
        elif shape.geom_type == f"Multi{single}":
            spool.add(record, to_wkb(shape))


def mention_layers(
    mentions: SpooledMentions, geometry: GeometryChoice, *, sql: bool
) -> list[Layer]:
    """Return the layers of mentions: those with a date, those without, and what texts describe."""
    fields = fields_of(sql=sql)
    rows = (row for spool in (mentions.dated, mentions.undated) for row, _ in spool)
    fields += own_fields(rows, mentions.extras, fields)
    shape: Shape = "Unknown" if geometry == "described" else "Point"
    kinds: tuple[tuple[str, str, Shape, str, Spool], ...] = (
        ("mentions", "each mention whose article has a date", shape, "kind", mentions.dated),
        ("undated", "each mention whose article has no date", shape, "kind_undated", mentions.undated),
        ("described_areas", "areas that texts describe, seen from a place (“north of Idlib”)", "MultiPolygon", "described_areas", mentions.areas),
        ("described_lines", "lines that texts describe (“the border with Turkey”)", "MultiLineString", "described_lines", mentions.lines),
    )  # fmt: skip
    return [
        Layer(name=name, doc=doc, shape=kind, style=style, fields=fields, features=spool)
        for name, doc, kind, style, spool in kinds
    ]


def feature_fields(
    records: Iterable[Mapping[str, Any]], extras: Sequence[str], geometry: GeometryChoice
) -> tuple[Field, ...]:
    """Return the fields of the rows that :func:`feature_rows` makes."""
    fields = fields_of()
    if geometry == "both":

        def id_of(row: Mapping[str, Any]) -> str:
            return feature_id(row, DESCRIBED if row[GEOMETRY_OF] == DESCRIBED else "")

        about = "which geometry the feature has: that of the `place`, or what is `described`"
        first = replace(fields[0], value=id_of)
        fields = (first, *fields[1:], *plain_fields([(GEOMETRY_OF, "text", about)]))
    return (*fields, *own_fields(records, extras, fields))


def feature_rows(
    records: Iterable[Mapping[str, Any]], geometry: GeometryChoice, *, located: bool
) -> tuple[list[Mapping[str, Any]], list[Any], int]:
    """Return a row for each feature of some records, its geometry, and how many records have none.

    Args:
        records: Mention records.
        geometry: As :func:`geomap.export.geometry.each_geometry` has it.
        located: Whether those without geometry are left out.
    """
    rows: list[Mapping[str, Any]] = []
    shapes: list[Any] = []
    bare = 0
    for record in records:
        for which, shape in each_geometry(record, geometry):
            bare += shape is None
            if shape is None and located:
                continue
            rows.append({**record, GEOMETRY_OF: which or "place"} if geometry == "both" else record)
            shapes.append(shape)
    return rows, shapes, bare


def single_layer(
    records: CountedRecords, folder: Path, *, geometry: GeometryChoice, located: bool
) -> tuple[Layer, int]:
    """Return all mentions as one layer, for formats that hold one, and how many have no geometry."""
    spool, bare = Spool(folder / "mentions.spool"), 0
    for record in records:
        rows, shapes, none = feature_rows([record], geometry, located=located)
        bare += none
        for row, shape in zip(rows, shapes, strict=True):
            spool.add(row, to_wkb(shape))
    layer = Layer(
        name="mentions",
        doc="each mention of a place",
        shape="Point" if geometry == "place" else "Unknown",
        fields=feature_fields((row for row, _ in spool), records.extras, geometry),
        features=spool,
    )
    return layer, bare


def _columns(names: Iterable[str]) -> tuple[Field, ...]:
    """Return the fields of some columns of the record."""
    kinds: list[tuple[str, FieldType, str]] = [
        (name, MENTIONS[name].type, MENTIONS[name].doc) for name in names if name in MENTIONS.names
    ]
    return plain_fields(kinds)


#: the fields that say which place, unit or country is counted
_PLACES: Final = _columns(("place_id", *MENTIONS.of_places))
_UNITS: Final = _columns(
    name for name in MENTIONS.of_places if name.startswith(("country", "admin1"))
)
_COUNTRIES: Final = _columns(name for name in MENTIONS.of_places if name.startswith("country"))


def table_to_count(records: Iterable[Mapping[str, Any]]) -> pd.DataFrame:
    """Return the columns of mention records that the layers of counts need."""
    from geomap.tables.frames import collect_columns  # noqa: PLC0415 - pandas

    return collect_columns(records, columns_to_count())


def place_layers(mentions: pd.DataFrame, period: Period) -> list[Layer]:
    """Return the layers of counts by place: over all, and over time."""
    made = []
    for name, doc, step, fields in (
        ("places", "each place with its counts", None, (*_PLACES, *COUNTS)),
        (
            f"places_by_{period}",
            f"the counts of each place in each {period}",
            period,
            (*_PLACES, *SPANS, *COUNTS),
        ),
    ):
        rows = count_mentions(mentions, "place", step)
        made.append(
            Layer(
                name=name,
                doc=doc,
                shape="Point",
                style="count" if step is None else "count_over_time",
                fields=fields,
                features=[(row, to_wkb(point_of(row))) for row in rows],
            )
        )
    return made


def unit_layer(mentions: pd.DataFrame) -> Layer:
    """Return the first-level units with the counts of what lies in them; units are told apart by id."""
    rows = [row for row in count_mentions(mentions, "admin1") if row["country"] and row["admin1"]]
    return Layer(
        name="units",
        doc="first-level units with the counts of all mentions in them",
        shape="MultiPolygon",
        style="shade",
        fields=(*_UNITS, *COUNTS),
        features=[
            (row, to_wkb(area_of_unit(row["country"], row["admin1"], row["admin1_id"])))
            for row in rows
        ],
    )


def country_layer(mentions: pd.DataFrame) -> Layer:
    """Return the countries with the counts of what lies in them."""
    names = _country_names()
    rows = [
        row | {"name": names.get(row["country"])} for row in count_mentions(mentions, "country")
    ]
    return Layer(
        name="countries",
        doc="countries with the counts of all mentions in them; borders are Natural Earth's, and no endorsement",
        shape="MultiPolygon",
        style="shade",
        fields=(*_COUNTRIES, *_NAME, *COUNTS),
        features=[(row, to_wkb(area_of_country(row["country"]))) for row in rows],
    )


_NAME: Final = plain_fields((("name", "text", "its name"),))


def world_layer() -> Layer:
    """Return the countries of the world: a background that needs no network."""
    names = _country_names()
    return Layer(
        name="world",
        doc="countries of the world as a background; borders are Natural Earth's, and no endorsement",
        shape="MultiPolygon",
        style="background",
        fields=(*_COUNTRIES[:1], *_NAME),
        features=[
            ({"country": iso, "name": name}, to_wkb(area_of_country(iso)))
            for iso, name in names.items()
        ],
    )


@cache
def _country_names() -> dict[str, str]:
    world = read_pack("world")
    return {iso: name for iso, name in zip(world["iso"], world["name"], strict=True) if iso}


def make_layers(
    mentions: SpooledMentions, *, geometry: GeometryChoice, period: Period
) -> list[Layer]:
    """Return all layers of a database for a GIS, those of points first.

    Args:
        mentions: The mentions.
        geometry: Theirs: ``place``, or ``described``; what is described has layers of its own in any case.
        period: The steps of time in which places are counted.
    """
    dated, undated, areas, lines = mention_layers(mentions, geometry, sql=True)
    places, over_time = place_layers(mentions.counted, period)
    return [
        dated,
        undated,
        places,
        over_time,
        areas,
        lines,
        unit_layer(mentions.counted),
        country_layer(mentions.counted),
    ]
