"""Tallies as files: tables for spreadsheets and scripts, and areas and points with counts for a GIS."""

from __future__ import annotations

from functools import cache
from typing import IO, TYPE_CHECKING, Any, Final, NamedTuple

from geomap.errors import OutputError
from geomap.export.arrow import import_pyarrow
from geomap.export.counts import to_columns, to_rows
from geomap.export.csv import write_rows
from geomap.export.fields import end_of, moment_text, start_of_day
from geomap.export.geometry import area_of_country, area_of_unit, point_of, rounded
from geomap.export.jsonl import to_json
from geomap.gazetteer.classes import is_country, unit_level
from geomap.runtime.atomic import STDOUT, atomic_writer
from geomap.runtime.expecting import expect_path

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    import pandas as pd

__all__ = ["TALLY_SUFFIXES", "check_tally_target", "has_geometry", "write_tally"]


def _write_csv(tally: pd.DataFrame, file: IO[bytes]) -> None:
    write_rows(file, tally.columns, zip(*to_columns(tally), strict=True))


def _write_tsv(tally: pd.DataFrame, file: IO[bytes]) -> None:
    write_rows(file, tally.columns, zip(*to_columns(tally), strict=True), separator="\t")


def _write_jsonl(tally: pd.DataFrame, file: IO[bytes]) -> None:
    for record in to_rows(tally):
        file.write(to_json(record) + b"\n")


def _write_parquet(tally: pd.DataFrame, file: IO[bytes]) -> None:
    arrow, parquet = import_pyarrow(), import_pyarrow("pyarrow.parquet")
    types = {
        "string": "string",
        "Int64": "int64",
        "int64": "int64",
        "float64": "float64",
        "bool": "bool",
    }
    names = [(name, types[str(dtype)]) for name, dtype in tally.dtypes.items()]
    schema = arrow.schema([(str(name), arrow.type_for_alias(kind)) for name, kind in names])
    columns = [
        arrow.array(cells, type=field.type)
        for cells, field in zip(to_columns(tally), schema, strict=True)
    ]
    parquet.write_table(arrow.Table.from_arrays(columns, schema=schema), file)


def _write_geojson(tally: pd.DataFrame, file: IO[bytes]) -> None:
    file.write(b'{"type":"FeatureCollection","features":[')
    for row, record in enumerate(to_rows(tally)):
        file.write(b",\n" if row else b"\n")
        properties = record | _times(record)
        file.write(
            to_json({"type": "Feature", "geometry": _geometry(record), "properties": properties})
        )
    file.write(b"\n]}\n")


class _Format(NamedTuple):
    write: Callable[[pd.DataFrame, IO[bytes]], None]
    is_gis: bool = False


_FORMATS: Final = {
    ".csv": _Format(_write_csv),
    ".geojson": _Format(_write_geojson, is_gis=True),
    ".jsonl": _Format(_write_jsonl),
    ".parquet": _Format(_write_parquet),
    ".tsv": _Format(_write_tsv),
}
#: the endings of the files that a tally can be written to
TALLY_SUFFIXES: Final = tuple(_FORMATS)
#: columns that say where a row lies
_PLACES: Final = ("place_id", "country", "admin1")


def has_geometry(columns: object) -> bool:
    """Return whether rows of some columns lie somewhere: places, units of the first level, countries.

    >>> has_geometry(["country", "mentions"]), has_geometry(["source", "mentions"])
    (True, False)
    """
    return any(name in columns for name in _PLACES)  # type: ignore[operator]


def _find_format(path: str | Path) -> _Format:
    name = expect_path(path, "a file's name, or -")
    found = _FORMATS.get(".csv" if str(path) == STDOUT else name.suffix.lower())
    if found is None:
        raise OutputError(
            f"cannot tell the format of {str(path)!r}: expected a name that ends with one of "
            f"{', '.join(TALLY_SUFFIXES)}"
        )
    return found


def check_tally_target(path: str | Path, columns: object) -> None:
    """Make sure that a tally of some columns can be written to a file, before anything is read.

    Raises:
        OutputError: No format is called so, what it needs is not installed, or it wants rows that lie somewhere.
    """
    found = _find_format(path)
    if found.write is _write_parquet:
        import_pyarrow("pyarrow.parquet")
    if found.is_gis and not has_geometry(columns):
        raise OutputError(
            f"{path}: a file for a GIS needs rows that lie somewhere: count by place, country, admin1 or admin2"
        )


def write_tally(tally: pd.DataFrame, path: str | Path) -> int:
    """Write a tally to a file whose suffix chooses the format.

    Args:
        tally: What :func:`geomap.tally` or :func:`geomap.compare` returned.
        path: ``.csv``, ``.tsv``, ``.jsonl``, ``.parquet``; ``.geojson`` with the outlines of countries and first-level units,
            where geomap has them, and the points of all other places; ``-`` for CSV on standard output. In CSV and TSV
            text that a spreadsheet would run as a formula gets an apostrophe. GeoJSON has ``time_start`` and, after the last
            day, ``time_end`` as points in time beside the days of a period.

    Returns:
        The number of rows.

    Raises:
        OutputError: The file cannot be written, or the tally has no rows that lie somewhere for GeoJSON.

    >>> from geomap.tables import mentions_table, tally
    >>> write_tally(tally(mentions_table([]), by="kind"), "/dev/null")
    Traceback (most recent call last):
        ...
    geomap.errors.OutputError: cannot tell the format of '/dev/null': expected a name that ends with one of .csv, .geojson, .jsonl, .parquet, .tsv
    """
    found = _find_format(path)
    check_tally_target(path, tally.columns)
    with atomic_writer(path) as file:
        found.write(tally, file)
    return len(tally)


def _times(record: dict[str, Any]) -> dict[str, str | None]:
    """Return the points in time between which a row's period lies; none where the rows have no periods."""
    if "period_start" not in record:
        return {}
    start, end = record["period_start"], record["period_end"]
    if start is None or end is None:
        return {"time_start": None, "time_end": None}
    return {"time_start": moment_text(start_of_day(start)), "time_end": moment_text(end_of(end))}


def _geometry(record: dict[str, Any]) -> Any:
    """Return where a row lies: the outline of a country or a first-level unit, else the point of its place."""
    country, admin1 = record.get("country"), record.get("admin1")
    if "place_id" in record:
        feature = record.get("feature") or ""
        outline = None
        if is_country(feature) and country:
            outline = _outline(country, None, None)
        elif unit_level(feature) == 1 and country:
            outline = _outline(country, record["name"], record["place_id"])
        return outline or _point(record)
    if record.get("admin2"):
        return None  # of which geomap has no outlines
    if "admin1" in record and not admin1:
        return None
    return _outline(country, admin1, record.get("admin1_id")) if country else None


def _point(record: dict[str, Any]) -> Any:
    point = point_of(record) if "lat" in record else None
    return point and {"type": "Point", "coordinates": point}


@cache
def _outline(country: str, admin1: str | None, unit_id: str | None) -> Any:
    """Return the outline of a country, or of its unit, as GeoJSON has it; None where geomap has none."""
    import shapely  # noqa: PLC0415 - only where areas are written

    area = area_of_country(country) if admin1 is None else area_of_unit(country, admin1, unit_id)
    return None if area is None else shapely.geometry.mapping(rounded(area))
