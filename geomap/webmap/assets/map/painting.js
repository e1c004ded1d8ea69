/** Circles on one canvas: they are painted in one pass, which is faster than to keep them as layers. */

/** Device pixels to a pixel, no more than anyone sees. */
const deviceRatio = () => Math.min(2, Math.ceil(window.devicePixelRatio || 1));

/**
 * A layer that is one canvas, moved and stretched by Leaflet while the map moves.
 * @param {(context: CanvasRenderingContext2D, corner: any, size: any, isWhole: boolean) => void} paint
 * @param {string} [pane]
 */
function makeCanvasLayer(paint, pane = "place") {
  const Layer = L.Renderer.extend({
    _initContainer() {
      this._container = el("canvas", { "aria-hidden": "true" });
      this._container.style.pointerEvents = "none";
    },
    _destroyContainer() {
      this._container.remove();
      this._container = null;
    },
    _update() {
      if (this._map._animatingZoom && this._bounds) return;
      L.Renderer.prototype._update.call(this);
      const size = this._bounds.getSize();
      const ratio = deviceRatio();
      const canvas = this._container;
      L.DomUtil.setPosition(canvas, this._bounds.min);
      if (canvas.width !== Math.round(size.x * ratio) || canvas.height !== Math.round(size.y * ratio)) {
        decorate(canvas, { width: Math.round(size.x * ratio), height: Math.round(size.y * ratio) });
        canvas.style.width = `${size.x}px`;
        canvas.style.height = `${size.y}px`;
      }
      this.repaint();
    },
    /** All of it, or, where that is told, on what is painted. */
    repaint(isWhole = true) {
      if (!this._map || !this._bounds) return;
      const context = this._container.getContext("2d");
      if (isWhole) context.clearRect(0, 0, this._container.width, this._container.height);
      paint(context, this._bounds.min, this._bounds.getSize(), isWhole);
    },
  });
  return new Layer({ pane, padding: 0.05 });
}

/** Pixels around a circle that its lines may touch. */
const CIRCLE_EDGE = 2;
/** Of so many circles one may change for only the changed ones to be painted anew. */
const CHANGED_SHARE = 5;

/** Width of a cell of the grid in which circles are found, in pixels. */
const FIND_CELL = 64;

/** Circles by where they are, to be added from the last to the first; they are found in their order. */
function makeIndex(count, width, height) {
  const [x, y, reach, next] = [new Float64Array(count), new Float64Array(count), new Float64Array(count), new Int32Array(count)];
  const [columns, rows] = [width, height].map((length) => Math.ceil(length / FIND_CELL) + 2);
  const heads = new Int32Array(columns * rows).fill(-1);
  const cellOf = (at, most) => Math.max(0, Math.min(most - 1, 1 + Math.floor(at / FIND_CELL)));
  let widest = 0;
  return {
    x, y,
    add(n, east, south, radius) {
      [x[n], y[n], reach[n], widest] = [east, south, radius, Math.max(widest, radius)];
      const cell = cellOf(south, rows) * columns + cellOf(east, columns);
      next[n] = heads[cell];
      heads[cell] = n;
    },
    /** Those that touch a rectangle. */
    find(west, north, east, south) {
      const found = [];
      const last = cellOf(east + widest, columns);
      for (let row = cellOf(north - widest, rows); row <= cellOf(south + widest, rows); row += 1) {
        for (let column = cellOf(west - widest, columns); column <= last; column += 1) {
          for (let n = heads[row * columns + column]; n >= 0; n = next[n]) {
            if (x[n] + reach[n] >= west && x[n] - reach[n] <= east && y[n] + reach[n] >= north && y[n] - reach[n] <= south) found.push(n);
          }
        }
      }
      return found.sort((a, b) => a - b);
    },
  };
}

/**
 * What is painted of circles, and how that is brought up to date: a step of the dates changes few of many.
 * @param {App} app
 */
function makePainting(app) {
  const { map, data: { places } } = app;
  const stamps = makeStamps();
  const columns = () => new Float64Array(places.lat.length);
  // what is painted at each place, and what is to be: looks and radii
  let [looks, radii, nextLooks, nextRadii] = [columns(), columns(), columns(), columns()];
  let [order, tally, painted] = [/** @type {Disc[]} */ ([]), app.tally, ""];

  /** Those whose looks have changed. */
  function findChanged() {
    nextLooks.fill(0);
    for (const { i, members, radius } of order) [nextLooks[i], nextRadii[i]] = [lookOf(app, tally, members), radius];
    const changed = app.points.filter((i) => looks[i] !== nextLooks[i]);
    const reaches = changed.map((i) => CIRCLE_EDGE + Math.max(looks[i] && radii[i], nextLooks[i] && nextRadii[i]));
    [looks, radii, nextLooks, nextRadii] = [nextLooks, nextRadii, looks, radii];
    return { changed, reaches };
  }

  function paint(context, corner, size, isWhole) {
    stamps.renew();
    const { x: left, y: top } = map.getPixelOrigin().add(corner);
    const [factor, { x: xs, y: ys }] = [2 ** map.getZoom(), app.positions(0)];
    const index = makeIndex(order.length, size.x, size.y);
    for (let n = order.length - 1; n >= 0; n -= 1) {
      const { i, radius } = order[n];
      index.add(n, xs[i] * factor - left, ys[i] * factor - top, radius + CIRCLE_EDGE);
    }
    const paintIn = (west, north, east, south) => {
      for (const n of index.find(west, north, east, south)) {
        const { members, radius } = order[n];
        stamps.paint(context, ringsOf(app, tally, members), index.x[n], index.y[n]);
        if (members.length > 1) stamps.encircle(context, radius, index.x[n], index.y[n]);
      }
    };
    const { changed, reaches } = findChanged();
    const view = `${map.options.crs.code} ${map.getZoom()} ${left} ${top} ${deviceRatio()}`;
    const isMost = view !== painted || changed.length * CHANGED_SHARE > order.length;
    painted = view;
    if (isMost && !isWhole) context.clearRect(0, 0, context.canvas.width, context.canvas.height);
    if (isMost || isWhole) {
      paintIn(0, 0, size.x, size.y);
      return;
    }
    changed.forEach((i, n) => {
      const [west, north, width] = [Math.floor(xs[i] * factor - left - reaches[n]), Math.floor(ys[i] * factor - top - reaches[n]), Math.ceil(2 * reaches[n]) + 1];
      if (west + width < 0 || west > size.x || north + width < 0 || north > size.y) return;
      stamps.clear(context, west, north, width);
      paintIn(west, north, west + width, north + width);
      context.restore();
    });
  }

  const layer = makeCanvasLayer(paint);
  layer.addTo(map);
  return {
    draw(shown, counts) {
      [order, tally] = [shown, counts];
      layer.repaint(false);
    },
    repaint() {
      stamps.recolour();
      layer.repaint();
    },
  };
}
