"""Tallies as files: tables for spreadsheets and scripts, and areas and points with counts for a GIS."""

from __future__ import annotations

from functools import cache
from typing import IO, TYPE_CHECKING, Any, Final

from geomap.errors import OutputError
from geomap.export.arrow import import_pyarrow, to_table
from geomap.export.counts import DAYS, plain_fields, to_columns, to_rows
from geomap.export.csv import write_columns
from geomap.export.fields import end_of, moment_text, read_day, start_of_day
from geomap.export.formats import TALLY_FORMATS, find_format
from geomap.export.geometry import area_of_country, area_of_unit, point_of, rounded, to_wkb
from geomap.export.jsonl import to_json
from geomap.export.layers import Layer
from geomap.export.scratch import copy_into, scratch_folder
from geomap.export.styles import add_styles
from geomap.export.vector import index_options, write_layer
from geomap.gazetteer.classes import is_country, unit_level
from geomap.runtime.atomic import STDOUT, atomic_writer
from geomap.schema import MENTIONS

if TYPE_CHECKING:
    import datetime as dt
    from pathlib import Path

    import pandas as pd

    from geomap.export.fields import FieldType
    from geomap.export.formats import Format
    from geomap.export.layers import Shape

__all__ = ["check_tally_target", "has_geometry", "write_tally"]


def write_tally_csv(tally: pd.DataFrame, file: IO[bytes]) -> None:
    """Write a tally as CSV."""
    write_columns(file, tally.columns, to_columns(tally))


def write_tally_tsv(tally: pd.DataFrame, file: IO[bytes]) -> None:
    """Write a tally as TSV."""
    write_columns(file, tally.columns, to_columns(tally), separator="\t")


def write_tally_jsonl(tally: pd.DataFrame, file: IO[bytes]) -> None:
    """Write a tally as JSON lines."""
    for record in to_rows(tally):
        file.write(to_json(record) + b"\n")


def write_tally_parquet(tally: pd.DataFrame, file: IO[bytes]) -> None:
    """Write a tally as Parquet."""
    parquet = import_pyarrow("pyarrow.parquet")
    kinds = ((str(name), _type_of(dtype)) for name, dtype in tally.dtypes.items())
    fields = plain_fields((name, kind, "") for name, kind in kinds)
    parquet.write_table(to_table(fields, list(to_rows(tally))), file)


def write_tally_geojson(tally: pd.DataFrame, file: IO[bytes]) -> None:
    """Write a tally as GeoJSON."""
    file.write(b'{"type":"FeatureCollection","features":[')
    for row, record in enumerate(to_rows(tally)):
        file.write(b",\n" if row else b"\n")
        times = {name: moment and moment_text(moment) for name, moment in _times_of(record).items()}
        feature = {
            "type": "Feature",
            "geometry": _to_geojson(_shape_of(record)),
            "properties": record | times,
        }
        file.write(to_json(feature))
    file.write(b"\n]}\n")


def write_tally_geopackage(tally: pd.DataFrame, file: IO[bytes]) -> None:
    """Write a tally as a GeoPackage with one layer, which QGIS' clock moves where it has periods."""
    layer = _layer_of(tally)
    with scratch_folder() as folder:
        database = folder / "tally.gpkg"
        options = {"GEOMETRY_NAME": "geom", "DESCRIPTION": layer.doc, "SPATIAL_INDEX": "YES"}
        write_layer(layer, database, "GPKG", options)
        if layer.style:
            add_styles(database, [layer])
        copy_into(database, file)


def write_tally_flatgeobuf(tally: pd.DataFrame, file: IO[bytes]) -> None:
    """Write a tally as FlatGeobuf, with an index where all rows lie somewhere."""
    layer = _layer_of(tally)
    with scratch_folder() as folder:
        write_layer(layer, folder / "tally.fgb", "FlatGeobuf", index_options(layer))
        copy_into(folder / "tally.fgb", file)


def _type_of(dtype: object) -> FieldType:
    """Return the type of a field for a column of a tally."""
    kinds: dict[str, FieldType] = {
        "string": "text",
        "Int64": "integer",
        "int64": "integer",
        "float64": "number",
        "bool": "truth",
    }
    return kinds[str(dtype)]


def _layer_of(tally: pd.DataFrame) -> Layer:
    """Return a tally as a layer: areas, points, or both, as its rows are."""
    days = {*MENTIONS.of_type("day"), *DAYS} & set(tally.columns)
    kinds: list[tuple[str, FieldType, str]] = [
        (str(name), "day" if name in days else _type_of(dtype), "")
        for name, dtype in tally.dtypes.items()
    ]
    rows = [record | _times_of(record) for record in to_rows(tally)]
    shapes = [_shape_of(record) for record in rows]
    for row in rows:
        row.update({name: row[name] and read_day(row[name]) for name in days})
    if "period_start" in tally.columns:
        kinds += [(name, "time", "") for name in ("time_start", "time_end")]
    are_points = {isinstance(shape, tuple) for shape in shapes if shape is not None}
    shape: Shape = "Unknown"
    if len(are_points) == 1:
        shape = "Point" if are_points.pop() else "MultiPolygon"
    return Layer(
        name="tally",
        doc="how often each place, unit or country is mentioned; borders are Natural Earth's, and no endorsement",
        shape=shape,
        style="shade" if shape == "MultiPolygon" and _has_whole_mentions(tally) else "",
        fields=plain_fields(kinds),
        features=[(row, to_wkb(found)) for row, found in zip(rows, shapes, strict=True)],
    )


#: columns that say where a row lies
_PLACES: Final = ("place_id", "country", "admin1")


def has_geometry(columns: object) -> bool:
    """Return whether rows of some columns lie somewhere: places, units of the first level, countries.

    >>> has_geometry(["country", "mentions"]), has_geometry(["source", "mentions"])
    (True, False)
    """
    return any(name in columns for name in _PLACES)  # type: ignore[operator]


def check_tally_target(path: str | Path, columns: object) -> Format:
    """Return the format of a file that a tally of some columns can be written to, before anything is read.

    Raises:
        OutputError: No format is called so, what it needs is not installed, or it wants rows that lie somewhere.
    """
    found = find_format(path, TALLY_FORMATS, choice="csv" if str(path) == STDOUT else None)
    if not found.is_table and not has_geometry(columns):
        raise OutputError(
            f"{path}: a file for a GIS needs rows that lie somewhere: count by place, country, admin1 or admin2"
        )
    return found


def write_tally(tally: pd.DataFrame, path: str | Path) -> int:
    """Write a tally to a file whose suffix chooses the format.

    Args:
        tally: What :func:`geomap.tally` or :func:`geomap.compare` returned.
        path: A table: ``.csv``, ``.tsv``, ``.jsonl``, ``.parquet``, ``.xlsx``; or ``.geojson``, ``.gpkg``, ``.fgb`` with the
            outlines of countries and first-level units, where geomap has them, and the points of all other places; ``-``
            for CSV on standard output. No text is a formula for a spreadsheet. Files for a GIS have ``time_start`` and,
            after the last day, ``time_end`` as points in time beside the days of a period.

    Returns:
        The number of rows.

    Raises:
        OutputError: The file cannot be written, what its format needs is not installed, or the tally has no rows that
            lie somewhere for a GIS.

    >>> from geomap.tables import mentions_table, tally
    >>> write_tally(tally(mentions_table([]), by="kind"), "/dev/null")
    Traceback (most recent call last):
        ...
    geomap.errors.OutputError: cannot tell the format of '/dev/null': expected a name that ends with one of .csv, .fgb, .geojson, .gpkg, .jsonl, .parquet, .tsv, .xlsx
    """
    write = check_tally_target(path, tally.columns).load_tally()
    with atomic_writer(path) as file:
        write(tally, file)
    return len(tally)


def _has_whole_mentions(tally: pd.DataFrame) -> bool:
    return "mentions" in tally.columns and tally["mentions"].dtype.kind == "i"


def _times_of(record: dict[str, Any]) -> dict[str, dt.datetime | None]:
    """Return the points in time between which a row's period lies; none where the rows have no periods."""
    if "period_start" not in record:
        return {}
    start, end = record["period_start"], record["period_end"]
    if start is None or end is None:
        return {"time_start": None, "time_end": None}
    return {"time_start": start_of_day(start), "time_end": end_of(end)}


def _shape_of(record: dict[str, Any]) -> Any:
    """Return where a row lies: the area of a country or a first-level unit, else the point of its place."""
    country, admin1 = record.get("country"), record.get("admin1")
    if "place_id" in record:
        feature = record.get("feature") or ""
        area = None
        if is_country(feature) and country:
            area = _area(country, None, None)
        elif unit_level(feature) == 1 and country:
            area = _area(country, record["name"], record["place_id"])
        return area or (point_of(record) if "lat" in record else None)
    if record.get("admin2"):
        return None  # of which geomap has no outlines
    if "admin1" in record and not admin1:
        return None
    return _area(country, admin1, record.get("admin1_id")) if country else None


@cache
def _area(country: str, admin1: str | None, unit_id: str | None) -> Any:
    """Return the area of a country, or of its unit; None where geomap has none."""
    area = area_of_country(country) if admin1 is None else area_of_unit(country, admin1, unit_id)
    return None if area is None else rounded(area)


def _to_geojson(shape: Any) -> Any:
    """Return a point or an area as GeoJSON has it."""
    if shape is None or isinstance(shape, tuple):
        return shape and {"type": "Point", "coordinates": shape}
    import shapely  # noqa: PLC0415 - only where areas are written

    return shapely.geometry.mapping(shape)
