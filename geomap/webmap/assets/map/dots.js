/** How circles look, and which one lies under the pointer. */

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

/** A length in quarters of a pixel: finer differences are not painted. @param {number} length */
const quarters = (length) => Math.round(4 * length);
const rounded = (ring) => ({ ...ring, radius: quarters(ring.radius) / 4 });

/**
 * What a circle looks like, as a number: its rings, in quarters of a pixel, and its outline; 0 for none.
 * @param {App} app
 * @param {Tally} tally
 * @param {number[]} members
 */
function lookOf(app, tally, members) {
  const outline = 2 * Number(isUnsure(tally, members)) + Number(members.length > 1);
  if (app.compared) {
    const { band, radius } = changeRing(app.compared, app.scale, members)[0];
    return 4 * (8 * quarters(radius) + band) + outline % 2;
  }
  let [look, sum, last] = [0, 0, -1];
  for (let band = LITERAL; band < BANDS; band += 1) {
    const { [band]: counts } = tally.bands;
    for (const i of members) sum += counts[i];
    const radius = app.scale.radius(sum);
    if (sum === 0 || radius === last) continue;
    look = 2048 * look + 8 * quarters(radius) + band;
    last = radius;
  }
  return 4 * look + outline;
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

/** Circles up to this radius are stamped from pictures of them, which costs a tenth of painting each. */
const STAMPED = 12;

/** Paints the rings of places, small ones from a store of pictures. */
function makeStamps() {
  let colours = readColours();
  let scale = 0;
  /** @type {Map<number, ImageBitmap>} */
  const store = new Map();

  function makeStamp(key, radius, paint) {
    const half = Math.ceil(radius + 2);
    const canvas = new OffscreenCanvas(2 * half * scale, 2 * half * scale);
    const context = /** @type {any} */ (canvas.getContext("2d"));
    context.scale(scale, scale);
    paint(context, half);
    const stamp = canvas.transferToImageBitmap();
    store.set(key, stamp);
    return stamp;
  }

  /** In whole device pixels and without a transform, which is twice as fast. */
  const put = (context, stamp, x, y) => context.drawImage(stamp, Math.round(x * scale - stamp.width / 2), Math.round(y * scale - stamp.height / 2));

  return {
    /** @param {CanvasRenderingContext2D} context */
    paint(context, rings, x, y) {
      if (quarters(rings[0].radius) > 4 * STAMPED) {
        context.setTransform(scale, 0, 0, scale, 0, 0);
        paintRings(context, colours, rings.map(rounded), x, y);
        context.setTransform(1, 0, 0, 1, 0, 0);
        return;
      }
      for (const ring of rings) {
        const key = 16 * quarters(ring.radius) + 2 * ring.band + Number(ring.isLow);
        put(context, store.get(key) ?? makeStamp(key, ring.radius, (one, half) => paintRings(one, colours, [rounded(ring)], half, half)), x, y);
      }
    },
    /** Clear a square, to paint in it alone until the context is restored. @param {CanvasRenderingContext2D} context */
    clear(context, x, y, width) {
      context.save();
      context.beginPath();
      context.rect(x * scale, y * scale, width * scale, width * scale);
      context.clip();
      context.clearRect(x * scale, y * scale, width * scale, width * scale);
    },
    /** @param {CanvasRenderingContext2D} context */
    encircle(context, radius, x, y) {
      const key = -quarters(radius);
      if (-key <= 4 * STAMPED) {
        put(context, store.get(key) ?? makeStamp(key, radius, (one, half) => encircle(one, colours, -key / 4, half, half)), x, y);
        return;
      }
      context.setTransform(scale, 0, 0, scale, 0, 0);
      encircle(context, colours, -key / 4, x, y);
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

/**
 * @param {App} app
 * @returns {{draw(discs: Disc[], tally: Tally): void, repaint(): void}}
 */
function makeDots(app) {
  const { map } = app;
  let order = /** @type {Disc[]} */ ([]);
  let tally = app.tally;
  const painting = makePainting(app);

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
      [order, tally] = [shown, counts];
      painting.draw(shown, counts);
    },
    repaint: painting.repaint,
  };
}
