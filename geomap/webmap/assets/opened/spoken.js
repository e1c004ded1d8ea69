/** Of a table from a file: what its sentences say of where and of when, as the page's columns; see spoken.py. */

const WKT = /^(?:MULTI)?(?:POLYGON|LINESTRING) ?\([-0-9., ()]*\)$/;

/**
 * A polygon or line of degrees as its kind and the rings of its parts; null for anything else.
 * @param {any} text
 */
function parseWkt(text) {
  if (typeof text !== "string" || text.length >= MOST_LETTERS || !WKT.test(text) || /[-0-9.]{25}/.test(text)) return null;
  const kind = SHAPE_KINDS.findIndex((name) => name.toUpperCase() === text.slice(0, text.indexOf("(")).trim());
  const depth = [2, 3, 1, 2][kind];
  let nested = null;
  try {
    nested = JSON.parse(text.slice(text.indexOf("(")).replace(/(-?[0-9.]+) (-?[0-9.]+)/g, "($1,$2)").replaceAll("(", "[").replaceAll(")", "]"));
  } catch {
    return null;
  }
  const rings = depth === 1 ? [[nested]] : depth === 2 && kind === 3 ? nested.map((line) => [line]) : depth === 2 ? [nested] : nested;
  const isPoint = (point) => Array.isArray(point) && point.length === 2 && Math.abs(point[0]) <= 180 && Math.abs(point[1]) <= 90;
  const isGood = Array.isArray(rings) && rings.length > 0 && rings.every((part) => Array.isArray(part) && part.length > 0 && part.every((ring) => Array.isArray(ring) && ring.length > 1 && ring.every(isPoint)));
  return isGood ? { kind, parts: rings } : null;
}

/**
 * The tables of shapes: steps of a ring's points, each from the one before it.
 * @param {{kind: number, parts: number[][][][]}[]} found
 */
function packShapes(found) {
  /** @type {Record<string, number[]>[]} */
  const [rings, points] = [{ shape: [], part: [], size: [] }, { x: [], y: [] }];
  found.forEach(({ parts }, shape) => parts.forEach((part, number) => part.forEach((ring) => {
    rings.shape.push(shape);
    rings.part.push(number);
    rings.size.push(ring.length);
    let [x, y] = [0, 0];
    for (const [lon, lat] of ring) {
      const [east, north] = [Math.round(lon * SHAPE_STEPS), Math.round(lat * SHAPE_STEPS)];
      points.x.push(east - x);
      points.y.push(north - y);
      [x, y] = [east, north];
    }
  })));
  return { shapes: { kind: found.map(({ kind }) => kind) }, rings: typed(rings), points: typed(points) };
}

/** Columns of whole numbers. */
const typed = (columns) => Object.fromEntries(Object.entries(columns).map(([name, values]) => [name, makeColumn(name, Int32Array.from(values), 1)]));

/**
 * The relations of some rows, each once.
 * @param {(name: string) => any[]} take
 * @param {number[]} rows
 * @param {(value: any, limit: number) => number} add puts a text among the strings
 * @param {Record<string, number>} skipped
 */
function packRelations(take, rows, add, skipped) {
  const [text, type, lat, lon, radius, shape] = ["relation", "relation_type", "relation_lat", "relation_lon", "relation_radius_km", "relation_geometry"].map(take);
  const [known, shapes] = [new Map(), new Map()];
  /** @type {Record<string, number[]>} */
  const columns = { text: [], type: [], placed: [], lat: [], lon: [], radius: [], shape: [] };
  /** @type {any[]} */
  const found = [];
  const shapeOf = (wkt) => {
    if (!shapes.has(wkt)) {
      const shape = parseWkt(wkt);
      shapes.set(wkt, shape === null ? -1 : found.push(shape) - 1);
    }
    return shapes.get(wkt);
  };
  const relation = rows.map((i) => {
    if (!text[i] && !type[i] && !shape[i]) return -1;
    const drawn = shape[i] ? shapeOf(shape[i]) : -1;
    if (shape[i] && drawn < 0) skipped.shapes = (skipped.shapes ?? 0) + 1;
    const key = JSON.stringify([text, type, lat, lon, radius, shape].map((column) => column[i] ?? null));
    if (known.has(key)) return known.get(key);
    const isPlaced = Number.isFinite(lat[i]) && Number.isFinite(lon[i]);
    columns.text.push(add(text[i], 120));
    columns.type.push(RELATION_TYPES.indexOf(type[i]));
    columns.placed.push(isPlaced ? 1 : 0);
    columns.lat.push(isPlaced ? lat[i] : 0);
    columns.lon.push(isPlaced ? lon[i] : 0);
    columns.radius.push(radius[i] ?? -1);
    columns.shape.push(drawn);
    known.set(key, known.size);
    return known.size - 1;
  });
  const numbers = Object.fromEntries(Object.entries(columns).map(([name, values]) => [name, ["lat", "lon", "radius"].includes(name) ? Float64Array.from(values) : Int32Array.from(values)]));
  return { relation, relations: numbers, ...packShapes(found) };
}

/** A day as days since 1970-01-01; null for none. */
function cellDay(value) {
  const day = typeof value === "string" ? parseDay(value.slice(0, 10)) : NaN;
  return Number.isNaN(day) ? null : day;
}

/** First day, last day, how exactly they are known: 0 for not at all. @returns {[number, number, number]} */
function cellSpan(from, to, precision) {
  const [start, end] = [cellDay(from), cellDay(to)];
  if (start === null || precision === "unknown") return [0, 0, 0];
  const known = DATE_PRECISIONS.indexOf(precision);
  return [start, Math.max(start, end ?? start), known > 0 ? known : 1];
}

/**
 * What sentences tell of when, each once; the first is that of a sentence that tells nothing.
 * @param {(name: string) => any[]} take
 * @param {number[]} rows
 * @param {(m: number) => number} publishedOf first day of a mention's article, 0 where it is not known
 */
function packTimes(take, rows, publishedOf) {
  const [start, end, precision, text] = ["event_start", "event_end", "event_precision", "event_text"].map(take);
  const known = new Map([["[0,0,\"\"]", 0]]);
  const [days, precisions, phrases] = [[0], [0], [""]];
  const first = [];
  const told = rows.map((i, m) => {
    const [from, to, exact] = cellSpan(start[i], end[i], precision[i]);
    first.push(exact > 0 ? from - publishedOf(m) : 0);
    const phrase = cleanText(text[i], 120);
    const time = /** @type {[number, number, string]} */ ([to - from, exact + (precision[i] || start[i] ? 1 : 0), phrase]);
    const key = JSON.stringify(time);
    if (!known.has(key)) {
      known.set(key, days.push(to - from) - 1);
      precisions.push(time[1]);
      phrases.push(phrase);
    }
    return known.get(key);
  });
  return { told, told_start: first, times: { days: Int32Array.from(days), precision: Int32Array.from(precisions) }, phrases };
}
