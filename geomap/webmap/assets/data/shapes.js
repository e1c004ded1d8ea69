/** Shapes that relations describe: rings of whole steps of a degree, read when they are first wanted. */

/** Steps of a degree, and kinds of shapes by their numbers; see shapes.py. */
const SHAPE_STEPS = 10000;
const SHAPE_KINDS = ["Polygon", "MultiPolygon", "LineString", "MultiLineString"];

/**
 * Reads shapes by their rows: a kind, and parts with rings of [lon, lat] in degrees.
 * @param {Data["shapes"]} shapes
 * @returns {(row: number) => Shape}
 */
function makeShapes({ kind, rings, points }) {
  const firstRing = findFirsts(rings.shape, kind.length);
  const firstPoint = new Int32Array(rings.size.length + 1);
  for (let r = 0; r < rings.size.length; r += 1) firstPoint[r + 1] = firstPoint[r] + rings.size[r];

  function readRing(r) {
    const ring = [];
    for (let i = firstPoint[r], x = 0, y = 0; i < firstPoint[r + 1]; i += 1) {
      x += points.x[i];
      y += points.y[i];
      ring.push([x / SHAPE_STEPS, y / SHAPE_STEPS]);
    }
    return ring;
  }

  const known = new Map();
  return (row) => {
    if (!known.has(row)) {
      const parts = [];
      for (let r = firstRing[row]; r < firstRing[row + 1]; r += 1) (parts[rings.part[r]] ??= []).push(readRing(r));
      known.set(row, { kind: SHAPE_KINDS[kind[row]], parts });
    }
    return known.get(row);
  };
}

/** A shape as the mention record has it: "POLYGON ((38.5 36, …))". */
function toWkt({ kind, parts }) {
  const ring = (points) => `(${points.map(([x, y]) => `${x} ${y}`).join(", ")})`;
  const part = (rings) => (kind.endsWith("Polygon") ? `(${rings.map(ring).join(", ")})` : ring(rings[0]));
  const all = parts.map(part).join(", ");
  return `${kind.toUpperCase()} ${kind.startsWith("Multi") ? `(${all})` : all}`;
}

/** Whether a ring goes round against the clock. */
const isLeftwards = (ring) => ring.reduce((sum, [x, y], n) => sum + (n > 0 ? ring[n - 1][0] * y - x * ring[n - 1][1] : 0), 0) > 0;

/** The same as a geometry of GeoJSON: outer rings go round against the clock, holes with it. */
function toGeometry({ kind, parts }) {
  const turn = (rings) => rings.map((ring, n) => (isLeftwards(ring) === (n === 0) ? ring : [...ring].reverse()));
  const all = kind.endsWith("Polygon") ? parts.map(turn) : parts.map(([line]) => line);
  return { type: kind, coordinates: kind.startsWith("Multi") ? all : all[0] };
}

/** The pattern inside a described area. */
function makeDotPattern() {
  const dots = svg("pattern", { id: "hatch-described", width: 6, height: 6, patternUnits: "userSpaceOnUse", patternTransform: "rotate(30)" }, svg("circle", { class: "hatch-dot", cx: 3, cy: 3, r: 0.9 }));
  document.body.append(svg("svg", { class: "unseen", width: 0, height: 0, "aria-hidden": "true" }, svg("defs", {}, dots)));
}

/** The same for Leaflet: rings of [lat, lon] on a map with this western edge. */
const toLatLngs = ({ parts }, west = USUAL_WEST) => parts.flat().map((ring) => turnRing(ring.map(([x, y]) => [y, x]), west));
