"""The layers of a GIS file: mentions, what has no date, what is described, and counts of places, units and countries."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import cache
from typing import TYPE_CHECKING, Any, Final, Literal

from geomap.export.arrow import to_table
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
from geomap.outlines import read_pack
from geomap.schema import MENTIONS

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    import pandas as pd

    from geomap.export.fields import FieldType
    from geomap.export.formats import GeometryChoice
    from geomap.export.rows import CountedRecords
    from geomap.periods import Period

__all__ = [
    "GEOMETRY",
    "Layer",
    "feature_fields",
    "feature_rows",
    "make_layers",
    "mention_layers",
    "place_layers",
    "single_layer",
    "table_to_count",
    "world_layer",
]

#: the column of a layer's geometry
GEOMETRY: Final = "geometry"
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
        rows: What the fields read.
        geometries: The geometry of each row as WKB, or None.
    """

    name: str
    doc: str
    shape: Shape
    style: str = ""
    fields: tuple[Field, ...]
    rows: Sequence[Mapping[str, Any]] = field(repr=False)
    geometries: Sequence[bytes | None] = field(repr=False)

    def table(self) -> Any:
        """Return it as an Arrow table with its geometry."""
        import pyarrow as pa  # noqa: PLC0415 - an extra

        table = to_table(self.fields, self.rows)
        return table.append_column(GEOMETRY, pa.array(self.geometries, type=pa.binary()))

    @property
    def names(self) -> tuple[str, ...]:
        """The names of its fields."""
        return tuple(found.name for found in self.fields)


def mention_layers(
    records: Sequence[Mapping[str, Any]],
    extras: Sequence[str],
    geometry: GeometryChoice,
    *,
    sql: bool,
) -> list[Layer]:
    """Return the layers of mentions: those with a date, those without, and what texts describe."""
    fields = fields_of(sql=sql)
    fields += own_fields(records, extras, fields)
    whole = geometry == "described"
    shapes = [shape_of(record) for record in records]
    points = [
        to_wkb(point_of(record) if shape is None or not whole else shape)
        for record, shape in zip(records, shapes, strict=True)
    ]
    made = []
    for name, doc, dated in (
        ("mentions", "each mention whose article has a date", True),
        ("undated", "each mention whose article has no date", False),
    ):
        rows = [
            row for row, record in enumerate(records) if (record["date_start"] is not None) is dated
        ]
        made.append(
            Layer(
                name=name,
                doc=doc,
                shape="Unknown" if whole else "Point",
                style="kind" if dated else "kind_undated",
                fields=fields,
                rows=[records[row] for row in rows],
                geometries=[points[row] for row in rows],
            )
        )
    return made + _described_layers(records, shapes, fields)


def feature_fields(
    records: Sequence[Mapping[str, Any]], extras: Sequence[str], geometry: GeometryChoice
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
    records: CountedRecords, *, geometry: GeometryChoice, located: bool
) -> tuple[Layer, int]:
    """Return all mentions as one layer, for formats that hold one, and how many have no geometry."""
    rows, shapes, bare = feature_rows(records, geometry, located=located)
    layer = Layer(
        name="mentions",
        doc="each mention of a place",
        shape="Point" if geometry == "place" else "Unknown",
        fields=feature_fields(rows, records.extras, geometry),
        rows=rows,
        geometries=[to_wkb(shape) for shape in shapes],
    )
    return layer, bare


def _described_layers(
    records: Sequence[Mapping[str, Any]], shapes: Sequence[Any], fields: tuple[Field, ...]
) -> list[Layer]:
    """Return the layers of what relations describe: areas, and lines."""
    import shapely  # noqa: PLC0415 - for shapes alone

    made = []
    kinds: tuple[tuple[str, str, Shape, str, Any], ...] = (
        ("described_areas", "areas that texts describe, seen from a place (“north of Idlib”)", "MultiPolygon", "Polygon", shapely.MultiPolygon),
        ("described_lines", "lines that texts describe (“the border with Turkey”)", "MultiLineString", "LineString", shapely.MultiLineString),
    )  # fmt: skip
    for name, doc, shape_type, single, many in kinds:
        rows = [
            row
            for row, shape in enumerate(shapes)
            if shape is not None and shape.geom_type in (single, shape_type)
        ]
        whole = [
            many([shapes[row]]) if shapes[row].geom_type == single else shapes[row] for row in rows
        ]
        made.append(
            Layer(
                name=name,
                doc=doc,
                shape=shape_type,
                style=name,
                fields=fields,
                rows=[records[row] for row in rows],
                geometries=[to_wkb(shape) for shape in whole],
            )
        )
    return made


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
                rows=rows,
                geometries=[to_wkb(point_of(row)) for row in rows],
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
        rows=rows,
        geometries=[
            to_wkb(area_of_unit(row["country"], row["admin1"], row["admin1_id"])) for row in rows
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
        rows=rows,
        geometries=[to_wkb(area_of_country(row["country"])) for row in rows],
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
        rows=[{"country": iso, "name": name} for iso, name in names.items()],
        geometries=[to_wkb(area_of_country(iso)) for iso in names],
    )


@cache
def _country_names() -> dict[str, str]:
    world = read_pack("world")
    return {iso: name for iso, name in zip(world["iso"], world["name"], strict=True) if iso}


def make_layers(
    records: Sequence[Mapping[str, Any]],
    extras: Sequence[str],
    *,
    geometry: GeometryChoice,
    period: Period,
) -> list[Layer]:
    """Return all layers of a database for a GIS, those of points first.

    Args:
        records: Mention records.
        extras: A user's own columns of them.
        geometry: That of the mentions: ``place``, or ``described``; what is described has layers of its own in any case.
        period: The steps of time in which places are counted.
    """
    mentions, undated, areas, lines = mention_layers(records, extras, geometry, sql=True)
    counted = table_to_count(records)
    places, over_time = place_layers(counted, period)
    return [
        mentions,
        undated,
        places,
        over_time,
        areas,
        lines,
        unit_layer(counted),
        country_layer(counted),
    ]
