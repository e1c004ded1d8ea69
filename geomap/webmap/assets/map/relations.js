/**
 * What relations describe ("30 km north of Idlib"), drawn where that is known: of the place or the
 * article that is read, and, faintly, of the places of a near view.
 */

/** Shapes that are drawn of places that nobody chose: those with the most mentions. */
const MOST_QUIET = 40;
/** Of the view's diagonal, as much as such a shape may have: half a country would not be quiet. */
const LARGEST_QUIET = 0.25;

/**
 * How many of the shown mentions have each shape, and which is the first.
 * @param {Data} data
 */
function makeShapeCounts({ mentions, relations, shapes }) {
  const rows = Int32Array.from([...mentions.relation.keys()].filter((m) => (relations.shape[mentions.relation[m]] ?? -1) >= 0));
  const shapeOf = Int32Array.from(rows, (m) => relations.shape[mentions.relation[m]]);
  const count = new Uint32Array(shapes.kind.length);
  return {
    rows, shapeOf,
    /** @param {Uint8Array} mask @param {(m: number) => boolean} [isWanted] */
    count(mask, isWanted = () => true) {
      count.fill(0);
      for (let n = 0; n < rows.length; n += 1) if (mask[rows[n]] === 1 && isWanted(rows[n])) count[shapeOf[n]] += 1;
      return count;
    },
    /** Mentions among the shown ones that have a shape. @param {Uint8Array} mask */
    total(mask) {
      let sum = 0;
      for (const m of rows) sum += mask[m];
      return sum;
    },
  };
}

/**
 * The shape that a mention describes, -1 for none.
 * @param {Data} data
 * @param {number} m
 */
const shapeRow = ({ mentions, relations }, m) => (m >= 0 && mentions.relation[m] >= 0 ? relations.shape[mentions.relation[m]] : -1);

/**
 * Keep described areas on the map in step with what is read.
 * @param {App} app
 */
function makeRelations(app) {
  const { map, data, state, filter } = app;
  const { mentions } = data;
  const counts = app.described;
  const renderer = L.svg({ pane: "relation", padding: 0.3 });
  const layers = new Map();

  /** The first shown mention of a shape, of the chosen place if it has one. */
  function firstOf(row) {
    const found = [...counts.rows.keys()].filter((n) => counts.shapeOf[n] === row && filter.now[counts.rows[n]] === 1).map((n) => counts.rows[n]);
    return found.find((m) => mentions.place[m] === state.get().selected) ?? found[0] ?? -1;
  }

  function choose(row) {
    const m = firstOf(row);
    if (m < 0) return;
    const { article, view } = state.get();
    state.set(article >= 0 && view === "article" ? { pointed: m } : { selected: mentions.place[m], view: "place", pointed: m });
  }

  function layerOf(row) {
    if (!layers.has(row)) {
      const shape = app.shapeOf(row);
      const isLine = shape.kind.endsWith("LineString");
      const make = isLine ? L.polyline : L.polygon;
      layers.set(row, make(toLatLngs(shape, app.west), { pane: "relation", renderer, bubblingMouseEvents: false, smoothFactor: 0.6, className: `described${isLine ? " line" : ""}` })
        .on("click", () => choose(row)));
    }
    return layers.get(row);
  }

  /** Shapes of what is read: of a place, of the article that is shown alone, or the one that was asked for. */
  function readNow({ selected, article, pointed }) {
    const rows = new Set();
    if (selected >= 0 || article >= 0) {
      counts.count(filter.now, (m) => selected < 0 || mentions.place[m] === selected).forEach((n, row) => { if (n > 0) rows.add(row); });
    }
    const own = shapeRow(data, pointed);
    if (own >= 0) rows.add(own);
    return rows;
  }

  /** Bounds by themselves: a layer is only made of what is drawn. */
  const bounds = new Map();
  function boundsOf(row) {
    if (!bounds.has(row)) bounds.set(row, L.latLngBounds(toLatLngs(app.shapeOf(row), app.west).flat()));
    return bounds.get(row);
  }

  /** The most frequent shapes in view, over all dates, so that the same ones stay while dates slide. */
  function nearNow() {
    if (levelOfView(map) !== "place") return [];
    const always = counts.count(filter.all).slice();
    const view = map.getBounds();
    const near = [...always.keys()].filter((row) => always[row] > 0).sort((a, b) => always[b] - always[a] || a - b);
    const found = [];
    for (const row of near) {
      if (found.length === MOST_QUIET) break;
      if (view.intersects(boundsOf(row)) && sizeOf(boundsOf(row)) < LARGEST_QUIET * sizeOf(view)) found.push(row);
    }
    return found;
  }

  let [near, nearFor] = [/** @type {number[]} */ ([]), ""];
  let stacked = "";
  return {
    update(current) {
      const read = current.described ? readNow(current) : new Set();
      const key = `${map.getZoom()} ${map.getCenter()} ${map.getSize()}`;
      if (current.described && key !== nearFor) [near, nearFor] = [nearNow(), key];
      const now = current.described && near.length > 0 ? counts.count(filter.now) : [];
      const wanted = new Set([...near.filter((row) => now[row] > 0), ...read]);
      const pointed = shapeRow(data, current.pointed);
      for (const [row, layer] of layers) if (!wanted.has(row)) layer.remove();
      for (const row of wanted) {
        const layer = layerOf(row);
        if (!map.hasLayer(layer)) layer.addTo(map);
        const path = layer.getElement();
        path.classList.toggle("read", read.has(row));
        path.classList.toggle("pointed", row === pointed);
        path.style.fill = path.classList.contains("line") ? "none" : hatchOf(path);
      }
      const order = [...wanted].sort((a, b) => Number(read.has(a)) - Number(read.has(b)) || sizeOf(boundsOf(b)) - sizeOf(boundsOf(a)) || a - b);
      if (order.join() !== stacked) for (const row of order) layerOf(row).bringToFront(); // the smaller one takes the click
      stacked = order.join();
    },
    /** After a filter has changed. */
    renew() { nearFor = ""; },
    boundsOf,
  };
}

/** Metres from corner to corner. */
const sizeOf = (bounds) => bounds.getSouthWest().distanceTo(bounds.getNorthEast());
