/**
 * Circles of places: area in proportion to the count, in nested bands. Where circles would pile up,
 * the smaller ones wait for a nearer view; the tint of their country or unit counts them.
 */

/** Beyond this many places, circles are painted on a canvas (no focus of their own; the list has it). */
const CANVAS_FROM = 600;
const SMALLEST = 2.5;

/**
 * Radius in pixels of a count, from the counts over all dates. One scale for all dates, so that play
 * compares; smaller on a map of the world, full from zoom 6 on.
 */
function makeScale(total, places, zoom) {
  let largest = 1;
  for (const i of places) largest = Math.max(largest, total[i]);
  const top = isPhone.matches ? 24 : window.innerWidth > 1800 ? 42 : 34;
  const unit = Math.min(9, top / Math.sqrt(largest)) * Math.min(1, Math.max(0.5, zoom / 8 + 0.25));
  return { total, largest, unit, radius: (n) => (n > 0 ? Math.max(SMALLEST, unit * Math.sqrt(n)) : 0) };
}

/** How near two circles may come, in sums of their radii: apart on a map of the world, freely when near. */
function distanceAt(zoom) {
  const level = levelAt(zoom);
  return level === "country" ? 1.1 : level === "unit" ? 1.1 : zoom < 9 ? 0.85 : 0;
}

/** Positions of places in pixels of the whole world at the present zoom. */
function makePositions({ map, data: { places } }) {
  const [x, y] = [new Float64Array(places.lat.length), new Float64Array(places.lat.length)];
  let zoom = NaN;
  return () => {
    if (zoom !== map.getZoom()) {
      zoom = map.getZoom();
      const size = 256 * 2 ** zoom;
      for (let i = 0; i < x.length; i += 1) {
        const sine = Math.sin((Math.max(-85.0511, Math.min(85.0511, places.lat[i])) * Math.PI) / 180);
        x[i] = size * (places.lon[i] / 360 + 0.5);
        y[i] = size * (0.5 - Math.log((1 + sine) / (1 - sine)) / (4 * Math.PI));
      }
    }
    return { x, y };
  };
}

/**
 * Takes circles one after another, and refuses one that comes too near to one before. Each stands in
 * every cell of a grid that it touches, so that few are looked at.
 * @param {number} distance in sums of radii
 * @returns {(disc: Disc) => boolean}
 */
function makeCrowd(distance) {
  const CELL = 16;
  /** @type {Map<number, Disc[]>} */
  const cells = new Map();
  const isNear = (a, b) => (a.x - b.x) ** 2 + (a.y - b.y) ** 2 < (distance * (a.radius + b.radius)) ** 2;
  return (disc) => {
    const reach = distance * disc.radius;
    const [left, right] = [Math.floor((disc.x - reach) / CELL), Math.floor((disc.x + reach) / CELL)];
    const [top, bottom] = [Math.floor((disc.y - reach) / CELL), Math.floor((disc.y + reach) / CELL)];
    for (let column = left; column <= right; column += 1) {
      for (let row = top; row <= bottom; row += 1) {
        const taken = cells.get(column * 65536 + row);
        if (taken !== undefined) for (const other of taken) if (isNear(disc, other)) return false;
      }
    }
    for (let column = left; column <= right; column += 1) {
      for (let row = top; row <= bottom; row += 1) {
        const key = column * 65536 + row;
        const taken = cells.get(key);
        if (taken) taken.push(disc);
        else cells.set(key, [disc]);
      }
    }
    return true;
  };
}

/**
 * The circles to draw, largest first: `{i, x, y, radius}`, and how many wait for a nearer view.
 * The order is that of all dates, so that the same circles stay while dates slide.
 * @param {App} app
 */
function makeLayout(app) {
  const { map } = app;
  const positions = makePositions(app);
  let [ranked, rankedFor] = [/** @type {number[]} */ ([]), null];
  return (state, tally) => {
    const { scale } = app;
    if (rankedFor !== scale) {
      rankedFor = scale;
      ranked = [...app.points].sort((a, b) => scale.total[b] - scale.total[a] || a - b);
    }
    const { x, y } = positions();
    const isFree = makeCrowd(state.article >= 0 ? 0 : distanceAt(map.getZoom()));
    const discs = [];
    const refused = [];
    const offer = (i) => {
      const disc = { i, x: x[i], y: y[i], radius: scale.radius(tally.total[i]) };
      if (isFree(disc)) discs.push(disc);
      else refused.push(i);
    };
    const first = state.selected;
    if (first >= 0 && levelOf(app.data.places, first) === PLACE && tally.total[first] > 0) offer(first);
    for (const i of ranked) if (tally.total[i] > 0 && i !== first) offer(i);
    const apart = levelAt(map.getZoom()) === "country" && state.article < 0 ? giveWay(app, discs, refused, first) : discs;
    return { discs: apart.sort((a, b) => b.radius - a.radius || a.i - b.i), waiting: refused.length + discs.length - apart.length };
  };
}

/** Pixels of a country in height from which its total is written there, half across its neighbours. */
const ROOM_FOR_TOTAL = 14;

/** On a map of the world, the circles of a country where some would pile up give way to its total. */
function giveWay({ map, base, territories: { list, countryOf } }, discs, refused, first) {
  const crowded = new Set(refused.map((i) => countryOf[i]));
  const factor = (2 * 256 * 2 ** map.getZoom()) / 360;
  const hasRoom = (row) => row >= 0 && base.label[list[row].row][2] * factor >= ROOM_FOR_TOTAL;
  return discs.filter(({ i }) => i === first || !crowded.has(countryOf[i]) || !hasRoom(countryOf[i]));
}

/** Circles as elements, each with a name and a focus of its own. */
function makeElements(app) {
  const { map, data } = app;
  const { places, strings } = data;
  const renderer = L.svg({ pane: "place", padding: 0.3 });
  const drawn = new Map();

  function makeRing(i, band, isOutermost, isLow) {
    const className = `circle band-${band}${isOutermost ? " outer" : ""}${isOutermost && isLow ? " unsure" : ""}`;
    const marker = L.circleMarker([places.lat[i], places.lon[i]], { pane: "place", renderer, radius: 1, className, interactive: isOutermost, bubblingMouseEvents: false });
    if (!isOutermost) return marker;
    const choose = (event) => {
      if (event.key !== "Enter" && event.key !== " ") return;
      event.preventDefault();
      app.select(i);
    };
    return marker.on("click", () => app.select(i)).on("add", () => decorate(marker.getElement(), { tabindex: "0", role: "button", keydown: choose }));
  }

  function drawOne(i, tally) {
    const rings = ringsOf(app, tally, i);
    const isLow = isUnsure(tally, i);
    const key = `${rings.map((ring) => ring.band).join()}${isLow ? " unsure" : ""}`;
    let entry = drawn.get(i);
    if (entry?.key !== key) {
      entry?.markers.forEach((marker) => marker.remove());
      entry = { key, markers: rings.map((ring, n) => makeRing(i, ring.band, n === 0, isLow).addTo(map)) };
      drawn.set(i, entry);
    }
    rings.forEach((ring, n) => entry.markers[n].setRadius(ring.radius));
    entry.markers[0].getElement().classList.toggle("tiny", rings[0].radius < TINY);
    entry.markers[0].getElement().setAttribute("aria-label", t("circle", { place: strings[places.name[i]], mentions: t("mentions", { n: tally.mentionTotal[i] }), articles: t("in.articles", { n: tally.articleTotal[i] }) }));
    return entry.markers;
  }

  let stacked = "";
  return {
    /** @param {number[]} order @param {Tally} tally */
    draw(order, tally) {
      const kept = new Set(order);
      for (const [i, { markers }] of drawn) {
        if (kept.has(i)) continue;
        markers.forEach((marker) => marker.remove());
        drawn.delete(i);
      }
      const markers = order.map((i) => drawOne(i, tally));
      const now = order.map((i) => `${i} ${drawn.get(i).key}`).join(";");
      if (now !== stacked) markers.flat().forEach((marker) => marker.bringToFront());
      stacked = now;
    },
    repaint() {},
  };
}

/**
 * Keep circles on the map in step with the tally.
 * @param {App} app
 */
function makeCircles(app) {
  const { map, data } = app;
  const { places } = data;
  const layout = makeLayout(app);
  const painter = app.points.length > CANVAS_FROM ? makeDots(app) : makeElements(app);
  const halo = L.circleMarker([0, 0], { pane: "extent", renderer: L.svg({ pane: "extent", padding: 0.3 }), interactive: false, className: "halo" });

  function drawHalo(state, tally) {
    const i = state.selected;
    if (i < 0 || levelOf(places, i) !== PLACE) halo.remove();
    else halo.setLatLng([places.lat[i], places.lon[i]]).setRadius(app.scale.radius(tally.total[i]) + 5).addTo(map);
  }

  return {
    update(state, tally) {
      app.circles = layout(state, tally);
      painter.draw(app.circles.discs.map(({ i }) => i), tally);
      drawHalo(state, tally);
    },
    restyle: () => painter.repaint(),
  };
}
