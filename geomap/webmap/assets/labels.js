/** Names on the map, placed so that none covers another: the important ones first. */

const FONTS = {
  country: { css: "600 11px", family: "--sans", spacing: 2.2, upper: true },
  unit: { css: "italic 12px", family: "--serif", spacing: 0.2 },
  place: { css: "12px", family: "--sans", spacing: 0 },
  major: { css: "600 13px", family: "--sans", spacing: 0 },
};

/** Measures text as it will be drawn. */
function makeMeasure() {
  const context = /** @type {CanvasRenderingContext2D} */ (document.createElement("canvas").getContext("2d"));
  const style = getComputedStyle(document.documentElement);
  const cache = new Map();
  return (text, kind) => {
    const key = `${kind}|${text}`;
    if (!cache.has(key)) {
      const font = FONTS[kind];
      context.font = `${font.css} ${style.getPropertyValue(font.family)}`;
      cache.set(key, context.measureText(text).width + font.spacing * text.length);
    }
    return cache.get(key);
  };
}

/** A name may run over its own circle, and over dots that are negligible beside its place. */
const mayCover = (wish, other, factor) => Boolean(wish && other) && (wish === other || other.weight * factor < wish.weight);

/** Rectangles that are taken; a coarse grid keeps many of them fast. */
function makeSpace() {
  const cells = new Map();
  const cellsOf = (box) => {
    const keys = [];
    for (let x = Math.floor(box.left / 64); x <= Math.floor(box.right / 64); x += 1) {
      for (let y = Math.floor(box.top / 64); y <= Math.floor(box.bottom / 64); y += 1) keys.push(`${x},${y}`);
    }
    return keys;
  };
  return {
    isFree: (box, wish = null, factor = 20) => !cellsOf(box).some((key) => (cells.get(key) || []).some((other) =>
      !mayCover(wish, other.owner, factor) && box.left < other.right && other.left < box.right && box.top < other.bottom && other.top < box.bottom)),
    take(box) {
      for (const key of cellsOf(box)) cells.set(key, [...(cells.get(key) || []), box]);
    },
  };
}

/** Boxes to try around a circle: right, left, above, below, and the corners. */
function boxesAround(x, y, radius, width, height) {
  const gap = radius + 4;
  const box = (left, top, anchor, tx, ty) => ({ left: left - 1, right: left + width + 1, top, bottom: top + height, anchor, x: tx, y: ty });
  return [
    box(x + gap, y - height / 2, "start", x + gap, y),
    box(x - gap - width, y - height / 2, "end", x - gap, y),
    box(x - width / 2, y - gap - height, "middle", x, y - gap - height / 2),
    box(x - width / 2, y + gap, "middle", x, y + gap + height / 2),
    box(x + radius - width, y - gap - height, "end", x + radius, y - gap - height / 2),
    box(x + radius - width, y + gap, "end", x + radius, y + gap + height / 2),
    box(x - radius, y - gap - height, "start", x - radius, y - gap - height / 2),
    box(x - radius, y + gap, "start", x - radius, y + gap + height / 2),
  ];
}

/** What lies over the map: no label may run under it. */
const coveredBoxes = () => ["card", "legend", "panel"]
  .map((id) => byId(id).getBoundingClientRect())
  .filter((box) => box.width > 0);

/** How many times wider than the country its name may be, unless the country is shaded. */
const WIDEST_NAME = 3.6;

/** How much of the map a name of a place needs; on a crowded map only the larger are tried. */
const PIXELS_PER_NAME = 16000;

/** Pixels that stay free between a circle and the name of another. */
const CLEARANCE = 5;

/** Whether a point lies inside rings (even-odd). */
function isWithin(rings, lat, lon) {
  let inside = false;
  for (const ring of rings) {
    for (let i = 0, j = ring.length - 1; i < ring.length; j = i, i += 1) {
      const [[latA, lonA], [latB, lonB]] = [ring[i], ring[j]];
      if (latA > lat !== latB > lat && lon < ((lonB - lonA) * (lat - latA)) / (latB - latA) + lonA) inside = !inside;
    }
  }
  return inside;
}

/** A layer of labels over the map. */
function makeLabels(app) {
  const { map, data, base } = app;
  const { places, strings } = data;
  const measure = makeMeasure();
  const root = svg("svg", { class: "labels leaflet-zoom-hide", "aria-hidden": "true" });
  map.getPane("label").append(root);
  const countryOf = new Map(app.areas.filter((i) => places.area[i] >= 0).map((i) => [places.area[i], i]));
  const margin = 160;

  /** Everything that wants a name, most important first. */
  function wishes(state, tally) {
    /** @type {any[]} */
    const out = [];
    const zoom = map.getZoom();
    for (const i of app.points) {
      const count = tally.total[i];
      if (count === 0) continue;
      const radius = app.scale.radius(count) + (state.selected === i ? 6 : 0);
      const rank = state.selected === i ? 0 : 2 + 1 / count;
      out.push({ rank, kind: radius > 12 ? "major" : "place", text: strings[places.name[i]], at: [places.lat[i], places.lon[i]], radius, weight: count });
    }
    for (const i of app.areas) {
      if (tally.total[i] === 0 || places.area[i] >= 0) continue;
      if (places.precision[i] === 3 && zoom < 6) continue;
      if (places.precision[i] === 4 && zoom < 4.5 && state.selected !== i) continue;
      out.push({ rank: state.selected === i ? 0 : 2.6, kind: "unit", text: strings[places.name[i]], at: app.labelPoint(i), count: tally.total[i] });
    }
    base.label.forEach(([lon, lat, size], row) => {
      if (!base.name[row]) return;
      const i = countryOf.get(row);
      const count = i === undefined ? 0 : tally.total[i];
      const pixels = (size * 256 * 2 ** zoom) / 360;
      const text = base.name[row].toUpperCase();
      const fits = measure(text, "country") < WIDEST_NAME * 2 * pixels;
      const shown = count > 0 ? pixels > 3 : pixels > 14 && fits;
      if (shown) out.push({ rank: state.selected === i ? 0 : count > 0 ? 1 : 3 + 1 / (1 + size), kind: "country", text, at: [lat, lon], count, row, quiet: count === 0 });
    });
    return out.sort((a, b) => a.rank - b.rank);
  }

  function boxesOf(wish, point) {
    const width = measure(wish.text, wish.kind);
    if (wish.radius !== undefined) return boxesAround(point.x, point.y, wish.radius, width, wish.kind === "major" ? 16 : 15);
    const height = wish.count ? 28 : 15;
    const tops = [0, -24, 24];
    return tops.map((dy) => ({ left: point.x - width / 2, right: point.x + width / 2, top: point.y + dy - height / 2, bottom: point.y + dy + height / 2, anchor: "middle", x: point.x, y: point.y + dy - (wish.count ? 7 : 0) }));
  }

  function draw(wish, box) {
    const classes = `label ${wish.kind}${wish.quiet ? " quiet" : ""}`;
    root.append(svg("text", { class: classes, x: box.x.toFixed(1), y: box.y.toFixed(1), "text-anchor": box.anchor, dy: "0.35em" }, wish.text));
    if (wish.count) root.append(svg("text", { class: "label count", x: box.x.toFixed(1), y: (box.y + 14).toFixed(1), "text-anchor": "middle", dy: "0.35em" }, grouped(wish.count)));
  }

  /** A shaded country whose middle is not in view, or is covered, is named where it can be seen. */
  function elsewhere(wish, space, size) {
    if (wish.row === undefined || !wish.count) return null;
    const rings = ringsOf(wish.row);
    const spots = [];
    for (let x = 60; x < size.x; x += 64) for (let y = 40; y < size.y; y += 48) spots.push({ x, y });
    const holds = (spot) => {
      const { lat, lng } = map.containerPointToLatLng(spot);
      return isWithin(rings, lat, lng);
    };
    const middle = { x: size.x / 2, y: size.y / 2 };
    const far = (spot) => Math.hypot(spot.x - middle.x, spot.y - middle.y);
    spots.sort((a, b) => far(a) - far(b));
    for (const spot of spots) {
      if (!holds(spot)) continue;
      const box = boxesOf(wish, spot)[0];
      const corners = [[box.left, box.top], [box.right, box.top], [box.left, box.bottom], [box.right, box.bottom]];
      if (space.isFree(box) && corners.every(([x, y]) => holds({ x, y }))) return box;
    }
    return null;
  }

  const rings = new Map();
  function ringsOf(row) {
    if (!rings.has(row)) rings.set(row, base.countries[row]());
    return rings.get(row);
  }

  function update(state, tally) {
    const size = map.getSize();
    const origin = map.containerPointToLayerPoint([0, 0]);
    L.DomUtil.setPosition(root, origin);
    root.setAttribute("width", size.x);
    root.setAttribute("height", size.y);
    root.replaceChildren();
    const space = makeSpace();
    for (const box of coveredBoxes()) space.take(box);
    const visible = [];
    for (const wish of wishes(state, tally)) {
      const point = map.latLngToContainerPoint(wish.at);
      const away = point.x < -margin || point.y < -margin || point.x > size.x + margin || point.y > size.y + margin;
      const shaded = wish.row !== undefined && wish.count > 0;
      if (away && !shaded) continue;
      visible.push([wish, point]);
      if (wish.radius === undefined) continue;
      const r = wish.radius + CLEARANCE; // a name beside a circle that is not its own would mislead
      space.take({ left: point.x - r, right: point.x + r, top: point.y - r, bottom: point.y + r, owner: wish });
    }
    let names = 0;
    const most = Math.round((size.x * size.y) / PIXELS_PER_NAME);
    for (const [wish, point] of visible) {
      if (wish.radius !== undefined && (names += 1) > 4 * most) continue;
      const boxes = boxesOf(wish, point);
      const inView = wish.row === undefined || (point.x > 0 && point.y > 0 && point.x < size.x && point.y < size.y);
      let free = inView ? boxes.filter((candidate) => space.isFree(candidate, wish)) : [];
      // a large circle goes nameless only if its name would hide one that is nearly as large
      if (free.length === 0 && wish.kind === "major") free = boxes.filter((candidate) => space.isFree(candidate, wish, 1.9));
      const whole = (candidate) => candidate.left > 0 && candidate.top > 0 && candidate.right < size.x && candidate.bottom < size.y;
      const box = free.find(whole) || free[0] || elsewhere(wish, space, size);
      if (!box) continue;
      space.take(box);
      draw(wish, box);
    }
  }
  return { update };
}
