"""A person's own places as a table: CSV or TSV with a header.

``name``, ``lat`` and ``lon`` are required. ``id`` (``geonames:172955`` extends that place; without one the row gets an id of its own), ``names``
(``lang:name``, joined by ``|``), ``name:xx`` or ``name_xx`` (a column for each language), ``feature`` (a GeoNames code, PPL where empty), ``country``,
``admin1``, ``admin2``, ``population``, ``radius_km``, ``tol_km`` and ``remark`` may be there; any other column is left alone and named in the report.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from geomap.gazetteer.sources.ids import Ids, read_geonames_id, slug
from geomap.gazetteer.sources.place import SourcePlace
from geomap.gazetteer.sources.rows import (
    ACTION,
    COLUMNS,
    JOINED_BY_COMMAS,
    SUGGESTED,
    read_rows,
)
from geomap.gazetteer.sources.values import (
    clean_name,
    read_country,
    read_degrees,
    read_feature,
    read_km,
    read_number,
    shown,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from pathlib import Path

    from geomap.gazetteer.sources.faults import FileReport

__all__ = ["COLUMNS", "DROP", "read_overrides", "read_places"]

#: the value of ``action`` that takes a place out, in a table of corrections
DROP: Final = "drop"
#: ids of every source but GeoNames, whose ids are numbers
_PLACE_ID: Final = re.compile(r"(?!geonames:)[a-z][a-z0-9_.-]{0,30}:[^\s\x00-\x1f\x7f]{1,120}")
_FORM: Final = re.compile(r"([A-Za-z][A-Za-z-]{1,9}):(.+)", re.DOTALL)


def _names(row: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    names: list[tuple[str, str]] = []
    for form in row.get("names", "").split("|"):
        match = _FORM.fullmatch(form.strip())
        lang, name = (match[1].lower(), match[2]) if match else ("und", form)
        names.append((lang, clean_name(name)))
    names += [("und", clean_name(name)) for name in row.get(JOINED_BY_COMMAS, "").split(",")]
    for column, cell in row.items():
        if column.startswith("name:"):
            names.append((column[5:], clean_name(cell)))
    return tuple(dict.fromkeys((lang, name) for lang, name in names if name))


def _read_id(text: str) -> str:
    """Return the id that a cell holds.

    Raises:
        ValueError: It is none.
    """
    known = read_geonames_id(text.removeprefix("geonames:"))
    if known is None and not _PLACE_ID.fullmatch(text):
        raise ValueError(f"expected an id such as geonames:172955 or mine:12, got {shown(text)}")
    return known or text


def _read_point(lat: str, lon: str) -> tuple[float, float]:
    """Return latitude and longitude.

    Raises:
        ValueError: One is no number or out of range; the message says if the two seem to be swapped.
    """
    try:
        return read_degrees(lat, 90.0, "a latitude"), read_degrees(lon, 180.0, "a longitude")
    except ValueError as err:
        try:
            read_degrees(lon, 90.0, ""), read_degrees(lat, 180.0, "")
        except ValueError:
            raise err from None
        raise ValueError(f"{err}: are latitude and longitude swapped?") from None


class _Cells:
    """Reads the cells of a row one after the other, and keeps what is wrong with any of them."""

    def __init__(self) -> None:
        self._faults: list[str] = []

    def read(self, reader: Callable[..., Any], *arguments: object) -> Any:
        """Return what a function makes of a cell; None where that is a fault."""
        try:
            return reader(*arguments)
        except ValueError as err:
            self._faults.append(str(err))
            return None

    def finish(self) -> None:
        """Raise what is wrong with the row.

        Raises:
            ValueError: There is something.
        """
        if self._faults:
            raise ValueError("; ".join(self._faults))


def _require_name(text: str) -> str:
    name = clean_name(text)
    if not name:
        raise ValueError("expected a name, got an empty cell")
    return name


def _parse(row: Mapping[str, str], prefix: str, ids: Ids) -> SourcePlace:
    """Return the place of a row.

    Raises:
        ValueError: Some cells are faulty; the message tells of all.
    """
    cells = _Cells()
    name = cells.read(_require_name, row["name"])
    point = cells.read(_read_point, row["lat"], row["lon"])
    feature = cells.read(read_feature, row.get("feature"))
    tol_km = cells.read(read_km, row.get("tol_km"), "a tolerance in km")
    fields = _read_fields(row, cells)
    text = row.get("id", "").strip()
    place_id = cells.read(lambda: ids.claim(_read_id(text))) if text else ""
    cells.finish()
    return SourcePlace(
        id=place_id or ids.make(f"own:{prefix}-{slug(name)}"),
        name=name,
        lat=point[0],
        lon=point[1],
        feature=feature,
        tol_km=tol_km,
        source=f"own:{prefix}",
        **fields,
    )


def _read_fields(row: Mapping[str, str], cells: _Cells) -> dict[str, Any]:
    """Return what a row of a table of places and one of corrections say alike."""
    return {
        "names": cells.read(_names, row),
        "country": cells.read(read_country, row.get("country")),
        "admin1": cells.read(clean_name, row.get("admin1", "")),
        "admin2": cells.read(clean_name, row.get("admin2", "")),
        "population": cells.read(_read_count, row.get("population"), "a population"),
        "radius_km": cells.read(read_km, row.get("radius_km"), "a radius in km"),
        "own": True,
    }


def _read_count(cell: object, what: str) -> int | None:
    number = read_number(cell, what)
    return None if number is None else round(number)


def read_places(path: Path, report: FileReport) -> Iterator[SourcePlace]:
    """Yield the places of a table; faults are noted with their lines.

    Raises:
        GazetteerError: The file is no such table at all.
    """
    prefix, ids = slug(path.name.partition(".")[0]), Ids()
    empty = 0
    for line, row in read_rows(path, report, ("name", "lat", "lon")):
        if row.get(SUGGESTED) and not (row["lat"].strip() or row["lon"].strip()):
            empty += 1
            continue
        try:
            yield _parse(row, prefix, ids)
        except ValueError as err:
            report.add(line, str(err))
    if empty:
        report.notes.append(f"{empty:,} suggestions without a point are left out")


def read_overrides(path: Path, report: FileReport) -> Iterator[SourcePlace]:
    """Yield corrections of known places: their ``id``, and the cells that replace what is known.

    ``action`` = ``drop`` takes a place out: its feature is ``DROP`` then.

    Raises:
        GazetteerError: The file is no such table at all.
    """
    ids = Ids()
    for line, row in read_rows(path, report, ("id",)):
        try:
            yield _parse_override(row, ids)
        except ValueError as err:
            report.add(line, str(err))


def _parse_override(row: Mapping[str, str], ids: Ids) -> SourcePlace:
    """Return the correction of a row.

    Raises:
        ValueError: Some cells are faulty; the message tells of all.
    """
    cells = _Cells()
    place_id = cells.read(lambda: ids.claim(_read_id(row["id"].strip())))
    feature = cells.read(_read_correction, row.get(ACTION, ""), row.get("feature", ""))
    name = cells.read(clean_name, row.get("name", ""))
    lat, lon = row.get("lat", "").strip(), row.get("lon", "").strip()
    point = cells.read(_read_point, lat, lon) if lat or lon else (None, None)
    fields = _read_fields(row, cells)
    cells.finish()
    return SourcePlace(
        id=place_id,
        name=name,
        lat=point[0],
        lon=point[1],
        feature=feature,
        source="override",
        **fields,
    )


def _read_correction(action: str, feature: str) -> str:
    """Return the feature code of a correction, ``DROP`` for one that takes the place out."""
    code = read_feature(feature, "")
    if action.strip().lower() == DROP:
        return DROP.upper()
    if action.strip():
        raise ValueError(f"expected the action {DROP!r} or none, got {shown(action)}")
    if code == DROP.upper():
        raise ValueError(f"expected a feature code; {DROP!r} stands in the column {ACTION!r}")
    return code
