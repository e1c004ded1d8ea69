/** The places of one article, joined on the map in the order of its text. */

/** Numbers that stand beside one place at most. */
const MOST_NUMBERS = 3;
/** Height of the numbers, in pixels. */
const BADGE = 16;

/**
 * The mentions of an article that are shown, in the order of its text; the n-th has the number n.
 * @param {App} app
 * @param {number} article
 * @returns {number[]} rows of mentions
 */
const stepsOf = (app, article) => [...app.trail(article)].filter((m) => app.filter.now[m] === 1);

/** Read an article on the map: its mentions alone, the map as near as they allow. */
function openArticle(app, article) {
  const { map, data, state } = app;
  const { places, mentions } = data;
  state.set({ article, view: "article" });
  byId("panel").focus({ preventScroll: true });
  const found = [...new Set(stepsOf(app, article).map((m) => mentions.place[m]))].filter((i) => places.precision[i] > 0);
  const near = found.filter((i) => levelOf(places, i) === PLACE);
  if (near.length === 1) app.show(near[0]);
  else if (near.length > 1) {
    const bounds = L.latLngBounds(near.map((i) => [places.lat[i], places.lon[i]])).pad(0.05);
    map.fitBounds(bounds, { ...paddings(), maxZoom: 9, animate: !prefersStill.matches });
  } else if (found.length > 0) app.show(found[0]);
}

/** A pane of its own with an empty picture, which takes no clicks. */
function makeTrailPane(map, name, zIndex) {
  const pane = map.createPane(name);
  Object.assign(pane.style, { zIndex, pointerEvents: "none" });
  const root = svg("svg", { class: `trail ${name} leaflet-zoom-hide`, "aria-hidden": "true" });
  pane.append(root);
  return root;
}

/** The radius of a place's circle, and where it stands in the picture. @param {App} app @param {number} i */
function spotOf({ map, data: { places }, scale, tally, labelPoint }, i) {
  const isPoint = levelOf(places, i) === PLACE;
  const at = map.latLngToContainerPoint(isPoint ? [places.lat[i], places.lon[i]] : labelPoint(i));
  return { x: at.x, y: at.y, isPoint, radius: isPoint ? scale.radius(tally.total[i]) : 0, at: [places.lat[i], places.lon[i]] };
}

/**
 * The numbers of the places of the article that is read, each at a corner of its circle where neither
 * another circle nor another number is; names are placed around them.
 * @param {App} app
 * @returns {Badge[]} boxes in pixels of the view
 */
function findBadges(app) {
  const { article } = app.state.get();
  if (article < 0) return [];
  const { place, unlocated } = app.data.mentions;
  const visited = stepsOf(app, article).map((m) => (unlocated[m] ? -1 : place[m])); // what nobody locates has no number
  const spots = new Map(visited.filter((i) => i >= 0).map((i) => [i, spotOf(app, i)]));
  const space = makeSpace();
  for (const { x, y, radius } of spots.values()) if (radius > 0) space.take({ left: x - radius, right: x + radius, top: y - radius, bottom: y + radius });
  return [...spots].map(([i, { x, y, radius, isPoint }]) => {
    const name = app.data.strings[app.data.places.name[i]];
    const steps = visited.flatMap((other, n) => (other === i ? [n + 1] : []));
    const text = steps.slice(0, MOST_NUMBERS).map(grouped).join(" · ") + (steps.length > MOST_NUMBERS ? " …" : "");
    const width = 10 + 6.6 * text.length;
    const at = (left, top) => ({ left, right: left + width, top, bottom: top + BADGE });
    const away = radius + 1;
    const boxes = isPoint
      ? [at(x - away - width + 4, y - away - BADGE + 4), at(x - away - width + 4, y + away - 4), at(x + away - 4, y - away - BADGE + 4), at(x + away - 4, y + away - 4), at(x - width / 2, y - away - BADGE), at(x - width / 2, y + away)]
      : [at(x - width / 2, y - 30), at(x - width / 2, y + 24), at(x - width - 24, y - BADGE / 2), at(x + 24, y - BADGE / 2)]; // about its name
    const box = boxes.find((one) => space.isFree({ left: one.left + 4, right: one.right - 4, top: one.top + 4, bottom: one.bottom - 4 })) ?? boxes[0];
    space.take(box);
    return { text, box, lines: [name, app.where(i), t("mentions", { n: steps.length })].filter(Boolean) };
  });
}

/**
 * A line with an arrow for each step between two points, and numbers beside the places. What is no
 * point (a country, a unit) has its number, but no line leads to it: it would be one to nowhere.
 * @param {App} app
 */
function makeTrail(app) {
  const { map, data, state } = app;
  const { mentions } = data;
  const [legs, numbers] = [makeTrailPane(map, "trail", 440), makeTrailPane(map, "steps", 470)]; // below and above the names
  let before = /** @type {(() => void) | null} */ (null);

  state.listen((current, changed) => {
    if (!changed.has("article")) return;
    if (current.article < 0 && before) {
      before();
      before = null;
    } else if (current.article >= 0) before ??= keepView(app);
  });

  /** Bent to its right, so that the way there and the way back are two lines. */
  function leg(a, b) {
    const [dx, dy] = [b.x - a.x, b.y - a.y];
    const length = Math.hypot(dx, dy);
    if (length < a.radius + b.radius + 12) return null;
    const bend = { x: (a.x + b.x) / 2 - dy * 0.12, y: (a.y + b.y) / 2 + dx * 0.12 };
    const off = (from, radius) => {
      const far = Math.hypot(bend.x - from.x, bend.y - from.y);
      return { x: from.x + ((bend.x - from.x) / far) * (radius + 2), y: from.y + ((bend.y - from.y) / far) * (radius + 2) };
    };
    const [p, q] = [off(a, a.radius), off(b, b.radius)];
    const middle = { x: (p.x + 2 * bend.x + q.x) / 4, y: (p.y + 2 * bend.y + q.y) / 4 };
    const turn = (Math.atan2(q.y - p.y, q.x - p.x) * 180) / Math.PI;
    const spot = ({ x, y }) => `${x.toFixed(1)} ${y.toFixed(1)}`;
    return [
      svg("path", { class: "leg", d: `M${spot(p)}Q${spot(bend)} ${spot(q)}` }),
      svg("path", { class: "arrow", d: "M-5 -4.5L5 0L-5 4.5Z", transform: `translate(${spot(middle)}) rotate(${turn.toFixed(1)})` }),
    ];
  }

  /** The way from one place to the next; where that is shorter over the edge of the map, it leaves there and comes back. */
  function shortLegs(a, b) {
    const [east, west] = [a, b].map(({ at: [, lon] }) => lon);
    if (Math.abs(east - west) <= 180) return [leg(a, b)];
    const shifted = (spot, by) => ({ ...spot, x: map.latLngToContainerPoint([spot.at[0], spot.at[1] + by]).x });
    const turn = Math.sign(east - west) * 360;
    return [leg(a, shifted(b, turn)), leg(shifted(a, -turn), b)];
  }

  function drawBadge({ text, box }) {
    const width = box.right - box.left;
    return svg("g", { class: "step", transform: `translate(${box.left.toFixed(1)} ${box.top.toFixed(1)})` },
      svg("rect", { width: width.toFixed(1), height: BADGE, rx: BADGE / 2 }), svg("text", { x: (width / 2).toFixed(1), y: BADGE / 2, dy: "0.35em", "text-anchor": "middle" }, text));
  }

  const trail = {
    update() {
      const { article } = state.get();
      for (const root of [legs, numbers]) root.replaceChildren();
      app.badges = [];
      if (article < 0) return;
      const size = map.getSize();
      for (const root of [legs, numbers]) {
        L.DomUtil.setPosition(root, map.containerPointToLayerPoint([0, 0]));
        decorate(root, { width: size.x, height: size.y });
      }
      const visited = stepsOf(app, article).map((m) => mentions.place[m]);
      const spots = new Map(visited.map((i) => [i, spotOf(app, i)]));
      const points = visited.map((i) => spots.get(i)).filter((spot) => spot?.isPoint);
      points.forEach((spot, n) => {
        if (n > 0 && spot !== points[n - 1]) append(legs, shortLegs(points[n - 1], spot));
      });
      app.badges = findBadges(app);
      append(numbers, app.badges.map(drawBadge));
    },
  };
  // once the circles have the size of the new zoom, and before it is painted
  map.on("moveend resize", () => requestAnimationFrame(trail.update));
  return trail;
}
