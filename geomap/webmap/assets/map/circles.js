/** Circles of places: area in proportion to the count, in nested bands; those that would overlap are joined. */

/** The least radius in pixels of what is pointed at. */
const LEAST_TARGET = 4;

/**
 * The circles to draw, largest first. A place that is chosen stands by itself, and so do those of an article
 * that is read.
 * @param {App} app
 * @param {State} state
 * @param {Tally} tally
 * @returns {{discs: Disc[], joined: number}} and how many places share one with others
 */
function layOut(app, state, tally) {
  const { scale, points, data } = app;
  const { x, y } = app.positions();
  const { selected } = state;
  const alone = selected >= 0 && levelOf(data.places, selected) === PLACE ? selected : -1;
  const discs = /** @type {Disc[]} */ ([]);
  let joined = 0;
  const add = (members) => {
    const i = members[0];
    const count = app.compared ? Math.max(1, Math.abs(app.compared.sumOf(members, app.compared.change))) : members.reduce((sum, member) => sum + tally.total[member], 0);
    discs.push({ i, members, count, x: x[i], y: y[i], radius: scale.radius(count) });
    if (members.length > 1) joined += members.length;
  };
  const counts = (i) => tally.total[i] + (app.compared ? app.compared.total[i] : 0) > 0;
  const isShown = (i) => i !== alone && counts(i);
  if (alone >= 0 && counts(alone)) add([alone]);
  if (state.article >= 0) for (const i of points.filter(isShown)) add([i]);
  else {
    for (const members of scale.groups) {
      const shown = members.length === 1 ? (isShown(members[0]) ? members : []) : members.filter(isShown);
      if (shown.length > 0) add(shown);
    }
  }
  return { discs: discs.sort((a, b) => b.radius - a.radius || a.i - b.i), joined };
}

/** "Raqqa, 3 mentions in 2 articles", or "Raqqa and 4 more places, 20 mentions". */
function wordCircle({ data: { places, strings }, compared }, { i, members }, tally) {
  const place = strings[places.name[i]];
  if (compared) {
    const [now, before] = [compared.sumOf(members, tally.total), compared.sumOf(members, compared.total)];
    return t("compare.circle", { place: members.length > 1 ? t("circle.more", { place, n: members.length - 1 }) : place, now, before, change: signed(now - before) });
  }
  const count = (column) => members.reduce((sum, member) => sum + column[member], 0);
  const mentions = t("mentions", { n: count(tally.mentionTotal) });
  if (members.length > 1) return t("circle.joined", { place, n: members.length - 1, mentions });
  return t("circle", { place, mentions, articles: t("in.articles", { n: tally.articleTotal[i] }) });
}

/** Places of a joined circle that its tip names. */
const NAMED_IN_TIP = 5;

/**
 * The lines of a circle's tip: its name, where it lies, how much it counts; of a joined one, its largest places.
 * @param {App} app
 * @param {Disc} disc
 */
function describeDisc(app, disc) {
  const { data: { places, strings }, tally } = app;
  const { i, members } = disc;
  const words = wordCircle(app, disc, tally);
  const sure = isUnsure(tally, members) ? [t("legend.unsure")] : [];
  const name = strings[places.name[i]];
  if (members.length === 1) return [name, app.where(i), words.slice(name.length).replace(/^[,،]?\s*/, ""), ...sure].filter(Boolean);
  const largest = [...members].sort((a, b) => tally.total[b] - tally.total[a] || a - b).slice(0, NAMED_IN_TIP);
  return [words, ...largest.map((member) => `${strings[places.name[member]]} · ${grouped(tally.total[member])}`), ...(members.length > NAMED_IN_TIP ? ["…"] : []), ...sure];
}

/** So many circles, the largest in view, are buttons too; all others are reached by the mouse, the list and a nearer view. */
const MOST_BUTTONS = 300;

/**
 * What makes painted circles reachable: a button over each, without a look of its own but when it has the
 * focus, with a name. They follow when dates and the map rest.
 * @param {App} app
 */
function makeButtons(app) {
  const { map, data } = app;
  const { places } = data;
  const renderer = L.svg({ pane: "place", padding: 0.3 });
  /** @type {Map<number, {disc: Disc, marker: any}>} */
  const made = new Map();
  let order = "";

  function make(disc) {
    const entry = { disc, marker: L.circleMarker([places.lat[disc.i], places.lon[disc.i]], { pane: "place", renderer, radius: 1, className: "circle outer", bubblingMouseEvents: false }) };
    const open = () => app.openCircle(entry.disc);
    const choose = (event) => {
      if (event.key !== "Enter" && event.key !== " ") return;
      event.preventDefault();
      open();
    };
    entry.marker.on("click", open).on("add", () => {
      app.tips.set(decorate(entry.marker.getElement(), { tabindex: "0", role: "button", keydown: choose }), () => describeDisc(app, entry.disc));
    }).addTo(map);
    made.set(disc.i, entry);
    return entry;
  }

  /** All, or, of many, the largest of those in view. @param {Disc[]} discs largest first */
  function choose(discs) {
    if (discs.length <= MOST_BUTTONS) return discs;
    const { min, max } = map.getPixelBounds();
    const isNear = ({ x, y, radius }) => x + radius > min.x - 100 && y + radius > min.y - 100 && x - radius < max.x + 100 && y - radius < max.y + 100;
    const found = [];
    for (const disc of discs) if (found.length < MOST_BUTTONS && isNear(disc)) found.push(disc);
    return found;
  }

  function follow(disc) {
    const entry = made.get(disc.i) ?? make(disc);
    entry.disc = disc;
    const radius = Math.max(LEAST_TARGET, disc.radius);
    if (entry.marker.getRadius() !== radius) entry.marker.setRadius(radius);
    const rings = ringsOf(app, app.tally, disc.members);
    const path = entry.marker.getElement();
    path.classList.toggle("unsure", rings[0].isLow);
    path.classList.toggle("joined", disc.members.length > 1);
    decorate(path, { "aria-label": wordCircle(app, disc, app.tally), "data-bands": rings.map((ring) => `${ring.band}=${ring.radius.toFixed(2)}`).join(" ") });
    return entry.marker;
  }

  return {
    /** @param {Disc[]} discs */
    update(discs) {
      const chosen = choose(discs);
      const kept = new Set(chosen.map(({ i }) => i));
      for (const [i, { marker }] of made) {
        if (kept.has(i)) continue;
        marker.remove();
        made.delete(i);
      }
      const markers = chosen.map(follow);
      const now = chosen.map(({ i }) => i).join();
      if (now !== order) for (const marker of markers) if (marker.getElement() !== document.activeElement) marker.bringToFront();
      order = now;
    },
    focus: (i) => made.get(i)?.marker.getElement().focus({ preventScroll: true }),
  };
}

/**
 * Open a circle: a place's evidence; of several places, the part of the map where they stand apart, or, where
 * no nearer view parts them, the first of them, whose evidence names the others.
 * @param {App} app
 * @param {(i: number) => void} focus
 */
function makeCircleOpening(app, focus) {
  const { map, data: { places } } = app;
  return ({ i, members }) => {
    const bounds = L.latLngBounds(members.map((member) => [places.lat[member], places.lon[member]])).pad(0.1);
    const zoom = members.length === 1 ? 0 : Math.min(map.getMaxZoom(), Math.max(map.getBoundsZoom(bounds), map.getZoom() + 1));
    if (zoom <= map.getZoom()) {
      app.select(i);
      return;
    }
    const isByKey = document.activeElement?.classList.contains("circle") ?? false;
    if (isByKey) map.once("moveend", () => focus(i));
    const { paddingTopLeft: [left, top], paddingBottomRight: [right, bottom] } = paddings();
    const middle = map.project(bounds.getCenter(), zoom).add([(right - left) / 2, (bottom - top) / 2]);
    map.setView(map.unproject(middle, zoom), zoom, { animate: !prefersStill.matches });
  };
}

/**
 * Keep circles on the map in step with the tally.
 * @param {App} app
 */
function makeCircles(app) {
  const { map, data } = app;
  const { places } = data;
  const [painter, buttons] = [makeDots(app), makeButtons(app)];
  app.openCircle = makeCircleOpening(app, buttons.focus);
  const halo = L.circleMarker([0, 0], { pane: "extent", renderer: L.svg({ pane: "extent", padding: 0.3 }), interactive: false, className: "halo" });

  function drawHalo(state, tally) {
    const i = state.selected;
    if (i < 0 || levelOf(places, i) !== PLACE) halo.remove();
    else halo.setLatLng([places.lat[i], places.lon[i]]).setRadius(app.scale.radius(tally.total[i]) + 5).addTo(map);
  }

  return {
    update(state, tally) {
      app.circles = layOut(app, state, tally);
      painter.draw(app.circles.discs, tally);
      drawHalo(state, tally);
    },
    /** The buttons over the circles, when dates and the map rest. */
    name: () => buttons.update(app.circles.discs),
    restyle: () => painter.repaint(),
  };
}
