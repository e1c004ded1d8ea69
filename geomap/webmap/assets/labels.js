/** Names on the map, placed so that none covers another: the important ones first. */

const FONTS = {
  country: { css: "600 11px", family: "--sans", spacing: 2.2, upper: true },
  unit: { css: "italic 12px", family: "--serif", spacing: 0.2 },
  place: { css: "12px", family: "--sans", spacing: 0 },
  major: { css: "600 13px", family: "--sans", spacing: 0 },
};

/** Measures text as it will be drawn. */
function makeMeasure() {
  const context = document.createElement("canvas").getContext("2d");
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
    isFree: (box) => !cellsOf(box).some((key) => (cells.get(key) || []).some((other) =>
      box.left < other.right && other.left < box.right && box.top < other.bottom && other.top < box.bottom)),
    take(box) {
      for (const key of cellsOf(box)) cells.set(key, [...(cells.get(key) || []), box]);
    },
  };
}

/** Boxes to try around a circle: right, left, above, below. */
function boxesAround(x, y, radius, width, height) {
  const gap = radius + 4;
  const box = (left, top, anchor, tx, ty) => ({ left: left - 1, right: left + width + 1, top, bottom: top + height, anchor, x: tx, y: ty });
  return [
    box(x + gap, y - height / 2, "start", x + gap, y),
    box(x - gap - width, y - height / 2, "end", x - gap, y),
    box(x - width / 2, y - gap - height, "middle", x, y - gap - height / 2),
    box(x - width / 2, y + gap, "middle", x, y + gap + height / 2),
  ];
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
    const out = [];
    const zoom = map.getZoom();
    for (const i of app.points) {
      const count = tally.total[i];
      if (count === 0) continue;
      const radius = app.scale.radius(count);
      const rank = state.selected === i ? 0 : 2 + 1 / count;
      out.push({ rank, kind: radius > 12 ? "major" : "place", text: strings[places.name[i]], at: [places.lat[i], places.lon[i]], radius });
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
      const shown = count > 0 ? pixels > 3 : pixels > 14;
      if (shown) out.push({ rank: state.selected === i ? 0 : count > 0 ? 1 : 3 + 1 / (1 + size), kind: "country", text: base.name[row].toUpperCase(), at: [lat, lon], count, quiet: count === 0 });
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

  function update(state, tally) {
    const size = map.getSize();
    const origin = map.containerPointToLayerPoint([0, 0]);
    L.DomUtil.setPosition(root, origin);
    root.setAttribute("width", size.x);
    root.setAttribute("height", size.y);
    root.replaceChildren();
    const space = makeSpace();
    const visible = [];
    for (const wish of wishes(state, tally)) {
      const point = map.latLngToContainerPoint(wish.at);
      if (point.x < -margin || point.y < -margin || point.x > size.x + margin || point.y > size.y + margin) continue;
      visible.push([wish, point]);
      if (wish.radius > 7) {
        const r = wish.radius * 0.8;
        space.take({ left: point.x - r, right: point.x + r, top: point.y - r, bottom: point.y + r });
      }
    }
    for (const [wish, point] of visible) {
      const box = boxesOf(wish, point).find((candidate) => space.isFree(candidate));
      if (!box) continue;
      space.take(box);
      draw(wish, box);
    }
  }
  return { update };
}
