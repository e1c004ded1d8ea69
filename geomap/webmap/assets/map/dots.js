/** Circles on one canvas: all are painted in one pass, which is faster than to keep them as layers. */

/**
 * Cumulated bands of a circle from the centre outwards, the largest ring first.
 * @param {App} app
 * @param {Tally} tally
 * @param {number[]} members its places
 * @returns {{band: number, radius: number, isLow: boolean}[]} radii in pixels; the largest tells whether what is shown is unsure
 */
function ringsOf(app, tally, members) {
  if (app.compared) return changeRing(app.compared, app.scale, members);
  const rings = [];
  let sum = 0;
  for (let band = LITERAL; band < BANDS; band += 1) {
    const before = sum;
    for (const i of members) sum += tally.bands[band][i];
    if (sum === before) continue;
    const radius = app.scale.radius(sum);
    if (rings.length > 0 && rings[0].radius === radius) continue; // it would lie behind the other
    rings.unshift({ band, radius, isLow: false });
  }
  if (rings.length > 0) rings[0].isLow = isUnsure(tally, members);
  return rings;
}

/** Bands of circles that show a change: more than on the other side, fewer, as many. */
const [ROSE_BAND, FELL_BAND, SAME_BAND] = [4, 5, 6];

/**
 * One circle of the size of the change.
 * @param {Comparison} compared
 * @param {any} scale
 * @param {number[]} members
 */
function changeRing(compared, scale, members) {
  const change = compared.sumOf(members, compared.change);
  return [{ band: change > 0 ? ROSE_BAND : change < 0 ? FELL_BAND : SAME_BAND, radius: scale.radius(Math.max(1, Math.abs(change))), isLow: false }];
}

/**
 * The colours of circles in the page's theme, for a canvas, which knows no classes.
 * @returns {Record<string, string>}
 */
function readColours() {
  const style = getComputedStyle(document.documentElement);
  const names = ["literal", "associative", "ambiguous", "dateless", "faint", "hairline", "land", "ink", "rose", "fell"];
  return Object.fromEntries(names.map((name) => [name, style.getPropertyValue(`--${name}`).trim()]));
}

/** The dotted outline of what is unsure. */
const UNSURE_DASH = [0.1, 3.5];
/** Circles of a smaller radius have no room for dots: they get a line. */
const TINY = 5;

/**
 * Paint the rings of one place.
 * @param {CanvasRenderingContext2D} context
 * @param {Record<string, string>} colours
 */
function paintRings(context, colours, rings, x, y) {
  for (const { band, radius, isLow } of rings) {
    const isOpen = band === AMBIGUOUS;
    context.beginPath();
    context.arc(x, y, radius, 0, 2 * Math.PI);
    context.globalAlpha = isOpen ? 0.35 : 0.97;
    context.fillStyle = [colours.literal, colours.associative, colours.land, colours.dateless, colours.rose, colours.fell, colours.dateless][band];
    context.fill();
    context.globalAlpha = 1;
    context.lineWidth = isOpen ? 1.25 : 0.75;
    context.strokeStyle = isOpen ? colours.ambiguous : band === DATELESS_BAND ? colours.faint : colours.hairline;
    if (isOpen) context.setLineDash([3, 2.5]);
    context.stroke();
    if (isOpen) context.setLineDash([]);
    if (!isLow) continue;
    context.lineWidth = radius < TINY ? 1 : 1.75;
    context.lineCap = "round";
    context.strokeStyle = colours.ambiguous;
    context.setLineDash(radius < TINY ? [] : UNSURE_DASH);
    context.stroke();
    context.setLineDash([]);
    context.lineCap = "butt";
  }
}

/** Joined circles of a smaller radius have a thinner line. */
const SMALL_JOINED = 8;

/** The line around a circle of several places. */
function encircle(context, colours, radius, x, y) {
  context.beginPath();
  context.arc(x, y, radius, 0, 2 * Math.PI);
  context.lineWidth = radius < SMALL_JOINED ? 1 : 1.5;
  context.strokeStyle = colours.ink;
  context.stroke();
}

/** Device pixels to a pixel, no more than anyone sees. */
const deviceRatio = () => Math.min(2, Math.ceil(window.devicePixelRatio || 1));

/** Circles up to this radius are stamped from pictures of them, which costs a tenth of painting each. */
const STAMPED = 12;

/** Paints the rings of places, small ones from a store of pictures. */
function makeStamps() {
  let colours = readColours();
  let scale = 0;
  /** @type {Map<number, ImageBitmap>} */
  const store = new Map();

  function stampOf(ring, key) {
    const half = Math.ceil(ring.radius + 2);
    const canvas = new OffscreenCanvas(2 * half * scale, 2 * half * scale);
    const context = /** @type {any} */ (canvas.getContext("2d"));
    context.scale(scale, scale);
    paintRings(context, colours, [ring], half, half);
    const stamp = canvas.transferToImageBitmap();
    store.set(key, stamp);
    return stamp;
  }

  return {
    /** @param {CanvasRenderingContext2D} context */
    paint(context, rings, x, y) {
      if (rings[0].radius > STAMPED) {
        context.setTransform(scale, 0, 0, scale, 0, 0);
        paintRings(context, colours, rings, x, y);
        context.setTransform(1, 0, 0, 1, 0, 0);
        return;
      }
      for (const ring of rings) {
        const key = 16 * Math.round(4 * ring.radius) + 2 * ring.band + Number(ring.isLow);
        const stamp = store.get(key) ?? stampOf(ring, key);
        // in whole device pixels and without a transform, which is twice as fast
        context.drawImage(stamp, Math.round(x * scale - stamp.width / 2), Math.round(y * scale - stamp.height / 2));
      }
    },
    /** @param {CanvasRenderingContext2D} context */
    encircle(context, radius, x, y) {
      context.setTransform(scale, 0, 0, scale, 0, 0);
      encircle(context, colours, radius, x, y);
      context.setTransform(1, 0, 0, 1, 0, 0);
    },
    renew() {
      if (scale !== deviceRatio()) this.recolour();
    },
    recolour() {
      colours = readColours();
      scale = deviceRatio();
      store.clear();
    },
  };
}

/** A layer that is one canvas, moved and stretched by Leaflet while the map moves. */
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
    repaint() {
      if (!this._map || !this._bounds) return;
      const size = this._bounds.getSize();
      const context = this._container.getContext("2d");
      context.clearRect(0, 0, this._container.width, this._container.height);
      paint(context, this._bounds.min, size);
    },
  });
  return new Layer({ pane, padding: 0.05 });
}

/**
 * @param {App} app
 * @returns {{draw(discs: Disc[], tally: Tally): void, repaint(): void}}
 */
function makeDots(app) {
  const { map } = app;
  let order = /** @type {Disc[]} */ ([]);
  let tally = app.tally;
  const stamps = makeStamps();
  const layer = makeCanvasLayer((context, corner, size) => {
    stamps.renew();
    const { x: left, y: top } = map.getPixelOrigin().add(corner);
    const [factor, { x: xs, y: ys }] = [2 ** map.getZoom(), app.positions(0)];
    for (const { i, members, radius } of order) {
      const [x, y] = [xs[i] * factor - left, ys[i] * factor - top];
      if (x < -50 || y < -50 || x > size.x + 50 || y > size.y + 50) continue;
      stamps.paint(context, ringsOf(app, tally, members), x, y);
      if (members.length > 1) stamps.encircle(context, radius, x, y);
    }
  });

  /** The smallest circle under the pointer, which lies on top; null for none. */
  function pick(event) {
    if (/** @type {Element} */ (event.target).closest(".note-root") !== null) return null; // a note lies over it
    const at = map.mouseEventToLayerPoint(event).add(map.getPixelOrigin());
    const [factor, { x: xs, y: ys }] = [2 ** map.getZoom(), app.positions(0)];
    for (let n = order.length - 1; n >= 0; n -= 1) {
      const { i, radius } = order[n];
      const reach = Math.max(LEAST_TARGET, radius);
      if ((xs[i] * factor - at.x) ** 2 + (ys[i] * factor - at.y) ** 2 <= reach ** 2) return order[n];
    }
    return null;
  }

  const container = map.getContainer();
  // before Leaflet: areas lie below the circles and would take the click
  container.addEventListener("click", (event) => {
    const disc = map.dragging.moved() || container.classList.contains("picking") ? null : pick(event);
    if (disc === null) return;
    event.stopPropagation();
    app.openCircle(disc);
  }, true);
  app.pick = (event) => {
    const disc = pick(event);
    container.style.cursor = disc === null ? "" : "pointer";
    return disc;
  };
  layer.addTo(map);
  app.paintDots = (context) => {
    const [colours, factor, { x: xs, y: ys }] = [readColours(), 2 ** map.getZoom(), app.positions(0)];
    const corner = map.getPixelBounds().min;
    for (const { i, members, radius } of order) {
      const [x, y] = [xs[i] * factor - corner.x, ys[i] * factor - corner.y];
      paintRings(context, colours, ringsOf(app, tally, members), x, y);
      if (members.length > 1) encircle(context, colours, radius, x, y);
    }
  };
  return {
    draw(shown, counts) {
      order = shown;
      tally = counts;
      layer.repaint();
    },
    repaint() {
      stamps.recolour();
      layer.repaint();
    },
  };
}
