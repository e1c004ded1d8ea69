"""A person's own places as GeoJSON: points or polygons with a name, such as an export of OpenStreetMap.

Read are ``name``, ``name:xx`` or ``name_xx``, ``alt_name``, ``old_name``, ``official_name``, ``int_name``, ``short_name``; ``place`` (city, village, suburb …) or
``feature``; ``admin_level``, ``population``, ``country``, ``admin1``, ``admin2``, ``id`` or ``osm_id``. The point of a polygon lies inside it; its radius is that
of a circle of its area.
"""

from __future__ import annotations

import math
import re
from typing import TYPE_CHECKING, Any, Final

import orjson

from geomap.errors import GazetteerError
from geomap.gazetteer.distance import KM_PER_DEGREE
from geomap.gazetteer.sources.files import open_bounded
from geomap.gazetteer.sources.ids import Ids, read_geonames_id, slug
from geomap.gazetteer.sources.place import SourcePlace
from geomap.gazetteer.sources.values import (
    clean_name,
    read_country,
    read_degrees,
    read_feature,
    read_number,
    shown,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from geomap.gazetteer.sources.faults import FileReport

__all__ = ["read_places"]

#: what is read takes up to eight times as much memory
_MOST_BYTES: Final = 512 << 20
#: OpenStreetMap's places as GeoNames' feature codes
_PLACES: Final = {
    **dict.fromkeys(("city", "town", "village", "municipality", "borough"), "PPL"),
    **dict.fromkeys(("hamlet", "isolated_dwelling", "farm", "allotments"), "PPLL"),
    **dict.fromkeys(("suburb", "quarter", "neighbourhood", "city_block"), "PPLX"),
    **dict.fromkeys(("island", "islet"), "ISL"),
    "archipelago": "ISLS",
    "locality": "LCTY",
    "region": "RGN",
    "country": "PCLI",
    "state": "ADM1",
    "province": "ADM1",
    "district": "ADM2",
    "county": "ADM2",
    "sea": "SEA",
    "ocean": "OCN",
    "square": "SQR",
    "plot": "LCTY",
}
#: what a place counts that says no more than that it is a city or a town: better than none
_SIZES: Final = {"city": 50_000, "town": 5_000}
_LEVELS: Final = {
    "2": "PCLI",
    "3": "ADM1",
    "4": "ADM1",
    "5": "ADM2",
    "6": "ADM2",
    "7": "ADM3",
    "8": "ADM3",
}
_OTHER_NAMES: Final = (
    "int_name",
    "alt_name",
    "official_name",
    "old_name",
    "short_name",
    "loc_name",
    "reg_name",
)
_COUNTRIES: Final = (
    "country",
    "country_code",
    "iso2",
    "ISO3166-1:alpha2",
    "is_in:country_code",
    "addr:country",
)
#: languages of names, as in "name:ar" and "name_sr-Latn"
_LANGUAGE: Final = re.compile(r"name[:_]([a-z]{2,3})(?:[-_][A-Za-z]{2,8})?")
#: names of the one system of coordinates that GeoJSON has
_WGS84: Final = re.compile(r"CRS:?84|EPSG:+4326", re.IGNORECASE)


def _read_features(path: Path) -> list[Any]:
    """Return the features of a file.

    Raises:
        GazetteerError: The file cannot be read, or is no GeoJSON in degrees.
    """
    with open_bounded(path, _MOST_BYTES) as file:
        raw = file.read()
    try:
        whole = orjson.loads(raw.removeprefix(b"\xef\xbb\xbf"))
    except orjson.JSONDecodeError as err:
        raise GazetteerError(f"{path}:{err.lineno}: expected GeoJSON: {err.msg}") from err
    kind = whole.get("type") if isinstance(whole, dict) else type(whole).__name__
    features = [whole] if kind == "Feature" else None
    if kind == "FeatureCollection":
        features = whole.get("features")
    if not isinstance(features, list):
        raise GazetteerError(
            f"{path}: expected a GeoJSON FeatureCollection with features, got {shown(kind)}"
        )
    system = _system_of(whole)
    if system and not _WGS84.search(system):
        raise GazetteerError(
            f"{path}: expected degrees in WGS 84, got the system of coordinates {shown(system)}; "
            "save the file as EPSG:4326"
        )
    return features


def _system_of(whole: Mapping[str, Any]) -> str:
    """Return the name of the system of coordinates that old files state; "" where there is none."""
    stated = whole.get("crs")
    properties = stated.get("properties") if isinstance(stated, dict) else None
    name = properties.get("name") if isinstance(properties, dict) else None
    return name if isinstance(name, str) else ""


def _locate(geometry: object) -> tuple[float, float, float | None]:
    """Return latitude, longitude and radius in km of a geometry.

    Raises:
        ValueError: It is no point and no polygon.
    """
    if not isinstance(geometry, dict):
        raise ValueError("expected a geometry, got none")  # noqa: TRY004 - a fault of a value
    kind, points = geometry.get("type"), geometry.get("coordinates")
    if kind not in ("Point", "Polygon", "MultiPolygon"):
        raise ValueError(f"expected a Point, Polygon or MultiPolygon, got {shown(kind)}")
    if not isinstance(points, list) or len(points) < 1:
        raise ValueError(f"expected the coordinates of a {kind}, got {shown(points)}")
    if kind == "Point":
        return _read_position(points[1] if len(points) > 1 else None, points[0])
    return _locate_polygons([points] if kind == "Polygon" else points)


def _read_position(lat: object, lon: object) -> tuple[float, float, None]:
    try:
        return read_degrees(lat, 90.0, "a latitude"), read_degrees(lon, 180.0, "a longitude"), None
    except ValueError as err:
        raise ValueError(f"{err} (positions are [longitude, latitude] in WGS 84)") from err


def _locate_polygons(polygons: list[Any]) -> tuple[float, float, float]:
    """Return a point inside the largest of some polygons, and the radius of a circle of the area of all.

    Raises:
        ValueError: One is no polygon, or none has an area.
    """
    import shapely  # noqa: PLC0415 - only where there are polygons

    try:
        shapes = [_polygon_of(rings) for rings in polygons]
    except (ValueError, TypeError, IndexError, KeyError, shapely.errors.ShapelyError) as err:
        raise ValueError(f"expected polygons of rings of [longitude, latitude]: {err}") from err
    largest = max(shapes, key=_area_km2)
    area = sum(map(_area_km2, shapes))
    if not area > 0:
        raise ValueError("expected a polygon with an area, got one without")
    point = largest.representative_point()
    lat, lon, _ = _read_position(point.y, (point.x + 180.0) % 360.0 - 180.0)
    return lat, lon, round(math.sqrt(area / math.pi), 1)


def _polygon_of(rings: Any) -> Any:
    """Return a polygon, its holes cut out; one that crosses itself is mended."""
    import shapely  # noqa: PLC0415 - only where there are polygons

    outer, *holes = (_unwrapped(ring) for ring in rings)
    return shapely.make_valid(shapely.Polygon(outer, holes))


def _area_km2(shape: Any) -> float:
    """Return the area of a shape, as if its middle latitude were that of all of it."""
    if shape.is_empty:
        return 0.0
    _, south, _, north = shape.bounds
    narrow = max(math.cos(math.radians((south + north) / 2)), 0.0)
    return float(shape.area) * KM_PER_DEGREE**2 * narrow


def _unwrapped(ring: Any) -> list[tuple[float, float]]:
    """Return the positions of a ring that runs on where it crosses the 180th meridian.

    A ring around the earth is left as it is: it would end elsewhere than it began, or be a line.

    Raises:
        ValueError, TypeError, IndexError, KeyError: It holds something else than positions.
    """
    plain = [(_coordinate(position[0]), _coordinate(position[1])) for position in ring]
    found: list[tuple[float, float]] = []
    turn = 0.0
    for lon, lat in plain:
        if found and abs(lon + turn - found[-1][0]) > 180.0:
            turn += 360.0 if lon + turn < found[-1][0] else -360.0
        found.append((lon + turn, lat))
    return plain if turn or len({lon for lon, _ in found}) == 1 else found


def _coordinate(value: Any) -> float:
    if not isinstance(value, int | float) or not math.isfinite(value):
        raise ValueError(f"expected a number, got {shown(value)}")
    return float(value)


def _names(properties: Mapping[str, Any]) -> tuple[str, tuple[tuple[str, str], ...]]:
    """Return the main name, the English one where there is one, and the others with their languages.

    Raises:
        ValueError: A name is too long.
    """
    names = [("und", clean_name(_text(properties, "name")))]
    for key, value in properties.items():
        if not isinstance(value, str):
            continue
        language = _LANGUAGE.fullmatch(key)
        if language:
            names.append((language[1], clean_name(value)))
        elif key in _OTHER_NAMES:
            names += [("und", clean_name(part)) for part in value.split(";")]
    english = next((name for lang, name in names if lang == "en" and name), "")
    english = english or clean_name(_text(properties, "int_name").partition(";")[0])
    best = english or next((name for _, name in names if name), "")
    kept = dict.fromkeys((lang, name) for lang, name in names if name and name != best)
    return best, tuple(kept)


def _text(properties: Mapping[str, Any], *keys: str) -> str:
    """Return the first of some properties that is a text."""
    return next((text for key in keys if isinstance(text := properties.get(key), str) and text), "")


def _place_feature(properties: Mapping[str, Any]) -> str:
    known = properties.get("feature") or properties.get("fcode")
    if known:
        return read_feature(known)
    if properties.get("boundary") == "administrative":
        return _LEVELS.get(str(properties.get("admin_level") or ""), "ADM3")
    return _PLACES.get(str(properties.get("place") or "").lower(), "PPL")


def _population(properties: Mapping[str, Any]) -> int | None:
    try:
        number = read_number(properties.get("population"), "a population")
    except ValueError:  # "about 300", "unknown": a text that mappers left
        number = None
    return None if number is None else round(number)


def _country(properties: Mapping[str, Any]) -> str:
    for key in _COUNTRIES:
        value = properties.get(key)
        if isinstance(value, str) and len(value.strip()) == 2:
            return read_country(value)
    return ""


def _place_id(
    feature: Mapping[str, Any], properties: Mapping[str, Any], prefix: str, name: str, ids: Ids
) -> str:
    """Return the id that a feature brings, or one that is made of its name.

    Raises:
        ValueError: Another feature has it.
    """
    for key in ("geonames:id", "geonameid"):
        known = read_geonames_id(str(properties.get(key) or ""))
        if known:
            return ids.claim(known)
    osm = str(properties.get("osm_id") or properties.get("@id") or "")
    if osm:
        kind = _text(properties, "osm_type").rstrip("s")
        return ids.claim(f"osm:{slug(f'{kind}-{osm}')}")
    own = [value for value in (feature.get("id"), properties.get("id")) if value not in (None, "")]
    if own and isinstance(own[0], str | int | float):
        return ids.claim(f"own:{prefix}-id-{slug(str(own[0]))}")
    return ids.make(f"own:{prefix}-{slug(name)}")


def _parse(feature: object, prefix: str, ids: Ids) -> SourcePlace | None:
    """Return the place of a feature, None for one without a name.

    Raises:
        ValueError: It is no feature with a place.
    """
    if not isinstance(feature, dict) or feature.get("type", "Feature") != "Feature":
        raise ValueError(f"expected a feature, got {type(feature).__name__}")
    properties = feature.get("properties") or {}
    if not isinstance(properties, dict):
        raise ValueError("expected properties as an object")  # noqa: TRY004 - a fault of a value
    name, names = _names(properties)
    if not name:
        return None
    lat, lon, radius = _locate(feature.get("geometry"))
    return SourcePlace(
        id=_place_id(feature, properties, prefix, name, ids),
        name=name,
        names=names,
        lat=lat,
        lon=lon,
        feature=_place_feature(properties),
        country=_country(properties),
        admin1=clean_name(_text(properties, "admin1", "addr:state")),
        admin2=clean_name(_text(properties, "admin2", "addr:district")),
        population=_population(properties),
        size=_SIZES.get(_text(properties, "place").lower()),
        radius_km=radius,
        own=True,
        source=f"own:{prefix}",
    )


def read_places(path: Path, report: FileReport) -> Iterator[SourcePlace]:
    """Yield the places of a GeoJSON file; faults are noted with the number of their feature.

    Raises:
        GazetteerError: The file is no GeoJSON.
    """
    prefix, ids = slug(path.name.partition(".")[0]), Ids()
    nameless = 0
    features = _read_features(path)[::-1]
    while features:
        report.rows += 1
        try:
            place = _parse(features.pop(), prefix, ids)  # which frees its memory
        except ValueError as err:
            report.add(report.rows, str(err))
            continue
        if place is None:
            nameless += 1
        else:
            yield place
    if nameless:
        report.notes.append(f"{nameless:,} features without a name are left out")
