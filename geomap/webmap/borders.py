"""Countries of one's own: a GeoJSON file in the place of the borders that come with geomap.

Countries are matched to geomap's by their ISO 3166 two-letter code. Points are put on the base map's
grid, so that two countries keep the border that they share; where a file has more points than a page
should carry, the grid is made coarser until it has not.
"""

from __future__ import annotations

import itertools
import json
import math
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from geomap.errors import InputError
from geomap.runtime.files import read_bounded
from geomap.webmap.security import clean_text

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

__all__ = ["Borders", "read_borders"]

_MOST_FEATURES: Final = 5_000
#: points that a page carries: as many as make about a megabyte of it
_MOST_POINTS: Final = 150_000
_COARSEST: Final = 64
_NAME_LIMIT: Final = 80
_CODES: Final = (
    *("iso_a2_eh", "iso_a2", "iso3166-1-alpha-2", "iso2", "iso", "cca2", "country_code", "wb_a2"),
    "alpha2",
)
_NAMES: Final = ("name_en", "name", "admin", "name_long", "country", "shapename")
_POLYGONS: Final = ("Polygon", "MultiPolygon")
_LINES: Final = ("LineString", "MultiLineString")

Point = tuple[int, int]


class Borders(NamedTuple):
    """A file's countries, as :func:`geomap.webmap.basemap.build_base` wants them.

    ``name`` is what the file is called; ``countries`` are code, name and rings on the grid;
    ``lines`` are lines with whether they are disputed.
    """

    name: str
    countries: list[tuple[str, str, list[list[Point]]]]
    lines: list[tuple[bool, list[Point]]]

    def replace(self, world: Mapping[str, Any]) -> dict[str, Any]:
        """Return the base map with these countries; geomap's own keep their rows."""
        rows: dict[str, int] = {iso: row for row, iso in enumerate(world["iso"]) if iso}
        base = {**world, "iso": list(world["iso"]), "name": list(world["name"])}
        base["label"] = list(world["label"])
        base["rings"] = [[] for _ in world["iso"]]
        arcs = _Arcs(ring for _, _, rings in self.countries for ring in rings)
        for iso, name, rings in self.countries:
            row = rows.get(iso)
            if row is None:
                row = len(base["rings"])
                base["iso"].append(iso)
                base["name"].append(name)
                base["label"].append(_label(rings, world["grid"]))
                base["rings"].append([])
                rows.update({iso: row} if iso else {})
            base["rings"][row] += [arcs.add_ring(ring) for ring in rings]
        base["land"] = [ring for rings in base["rings"] for ring in rings]
        for disputed, line in self.lines:
            arcs.add(line, "d" if disputed else "b")
        base |= {"arcs": arcs.arcs, "class": "".join(arcs.classes), "disputed": []}
        return base | {"units": []}


class _Arcs:
    """Rings cut into borders, which two rings share, and coasts."""

    def __init__(self, rings: Iterator[list[Point]]) -> None:
        self.arcs: list[list[int]] = []
        self.classes: list[str] = []
        self._times = Counter(segment for ring in rings for segment in _segments(ring))
        self._drawn: set[tuple[Point, Point]] = set()

    def add(self, points: Sequence[Point], letter: str) -> int:
        """Add an arc: ``b`` a border, ``c`` none, ``d`` a disputed one."""
        flat: list[int] = []
        x = y = 0
        for px, py in points:
            flat += (px - x, py - y)
            x, y = px, py
        self.arcs.append(flat)
        self.classes.append(letter)
        return len(self.arcs) - 1

    def add_ring(self, ring: list[Point]) -> list[int]:
        """Add a closed ring as arcs; a border that stands already is not drawn twice."""
        letters = []
        for segment in _segments(ring):
            shared = self._times[segment] > 1 and segment not in self._drawn
            letters.append("b" if shared else "c")
        self._drawn.update(_segments(ring))
        indices, first = [], 0
        for i in range(1, len(letters) + 1):
            if i == len(letters) or letters[i] != letters[first]:
                indices.append(self.add(ring[first : i + 1], letters[first]))
                first = i
        return indices


def _segments(ring: Sequence[Point]) -> Iterator[tuple[Point, Point]]:
    """The stretches of a ring, the same in both directions."""
    for a, b in itertools.pairwise(ring):
        yield (a, b) if a < b else (b, a)


def _label(rings: list[list[Point]], grid: int) -> list[float]:
    """Longitude, latitude and half the height of the box of the largest ring."""
    ring = max(rings, key=len)
    xs, ys = [x for x, _ in ring], [y for _, y in ring]
    middle = ((min(xs) + max(xs)) / 2 / grid, (min(ys) + max(ys)) / 2 / grid)
    return [round(value, 2) for value in (*middle, (max(ys) - min(ys)) / 2 / grid)]


def read_borders(path: str | Path, grid: int) -> Borders:
    """Read a GeoJSON file of countries.

    Args:
        path: A feature collection of polygons in WGS 84 degrees, each with an ISO code and a name
            among its properties; lines with a property ``disputed`` are drawn dashed.
        grid: Steps of a degree.

    Raises:
        InputError: The file is no such thing; the message says what to do.
    """
    collection = _read_json(Path(path))
    countries: list[tuple[str, str, list[Any]]] = []
    lines: list[tuple[bool, Any]] = []
    for number, feature in enumerate(_features(collection, path), 1):
        try:
            _add_feature(feature, countries, lines)
        except (LookupError, TypeError, ValueError, AttributeError, OverflowError) as err:
            raise InputError(
                f"{path}: feature {number} is no country of a GeoJSON file: {err or 'it is damaged'}"
            ) from err
    if not any(iso for iso, _, _ in countries):
        raise InputError(
            f"{path}: no polygon has an ISO 3166 two-letter code; expected it in a property called "
            f"{', '.join(_CODES)}"
        )
    for step in _steps():
        on_grid = [(iso, name, _rings(rings, grid, step)) for iso, name, rings in countries]
        points = sum(len(ring) for _, _, rings in on_grid for ring in rings)
        if points <= _MOST_POINTS or step == _COARSEST:
            break
    if points > _MOST_POINTS:
        raise InputError(f"{path}: has too many shapes for a page; simplify it and try again")
    drawn = [(disputed, _snap(line, grid, step)) for disputed, line in lines]
    return Borders(
        name=clean_text(collection.get("name") or Path(path).name, _NAME_LIMIT),
        countries=[item for item in on_grid if item[2]],
        lines=[(disputed, line) for disputed, line in drawn if len(line) > 1],
    )


def _steps() -> Iterator[int]:
    step = 1
    while step <= _COARSEST:
        yield step
        step *= 2


def _read_json(path: Path) -> dict[str, Any]:
    try:
        value = json.loads(read_bounded(path, "the base map").decode("utf-8-sig"))
    except InputError:
        raise
    except (ValueError, RecursionError) as err:
        raise InputError(
            f"{path} is no GeoJSON file: {str(err) or 'it is nested too deep'}"
        ) from err
    if not isinstance(value, dict):
        raise InputError(f"{path} is no GeoJSON file: expected a feature collection")
    return value


def _features(collection: Mapping[str, Any], path: str | Path) -> list[Any]:
    features = collection.get("features")
    if collection.get("type") != "FeatureCollection" or not isinstance(features, list):
        raise InputError(f"{path} is no GeoJSON file: expected a feature collection")
    if not 0 < len(features) <= _MOST_FEATURES:
        raise InputError(
            f"{path} has {len(features):,} features; expected 1 to {_MOST_FEATURES:,} countries"
        )
    return features


def _add_feature(
    feature: Any, countries: list[tuple[str, str, list[Any]]], lines: list[tuple[bool, Any]]
) -> None:
    geometry = feature["geometry"]
    if geometry is None:
        return
    properties = {
        str(key).casefold(): value for key, value in (feature.get("properties") or {}).items()
    }
    kind, coordinates = geometry["type"], geometry["coordinates"]
    if kind in _POLYGONS:
        polygons = [coordinates] if kind == "Polygon" else coordinates
        rings = [_points(ring) for polygon in polygons for ring in polygon]
        countries.append((_code(properties), _name(properties), rings))
    elif kind in _LINES:
        disputed = bool(properties.get("disputed"))
        parts = [coordinates] if kind == "LineString" else coordinates
        lines.extend((disputed, _points(line)) for line in parts)
    else:
        raise ValueError(f"expected polygons or lines, got {str(kind)[:40]!r}")


def _code(properties: Mapping[str, Any]) -> str:
    for key in _CODES:
        code = str(properties.get(key) or "").strip().upper()
        if len(code) == 2 and code.isascii() and code.isalpha():
            return code
    return ""


def _name(properties: Mapping[str, Any]) -> str:
    names = (clean_text(properties.get(key), _NAME_LIMIT) for key in _NAMES)
    return next(filter(None, names), "")


def _points(line: Any) -> list[tuple[float, float]]:
    points = []
    for position in line:
        lon, lat = float(position[0]), float(position[1])
        if not (math.isfinite(lon) and -180 <= lon <= 180 and -90 <= lat <= 90):
            raise ValueError(f"expected longitude and latitude in degrees, got {lon!r}, {lat!r}")
        points.append((lon, lat))
    return points


def _snap(line: Sequence[tuple[float, float]], grid: int, step: int) -> list[Point]:
    """Points on the grid, none twice in a row."""
    scale = grid / step
    points: list[Point] = []
    for lon, lat in line:
        point = (round(lon * scale) * step, round(lat * scale) * step)
        if not points or points[-1] != point:
            points.append(point)
    return points


def _rings(lines: list[Any], grid: int, step: int) -> list[list[Point]]:
    """Closed rings on the grid; what shrinks to a line is left out."""
    rings = []
    for line in lines:
        ring = _snap(line, grid, step)
        if ring and ring[0] != ring[-1]:
            ring.append(ring[0])
        if len(ring) > 3:
            rings.append(ring)
    return rings
