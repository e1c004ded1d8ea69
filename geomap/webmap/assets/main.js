/** Put the parts together. */

/**
 * First and last day of the dated articles, and of the whole bins around them.
 * @param {Data["articles"]} articles
 * @returns {Days}
 */
function findDays(articles) {
  let [first, last] = [Infinity, -Infinity];
  articles.precision.forEach((precision, i) => {
    if (precision === 0) return;
    first = Math.min(first, articles.start[i]);
    last = Math.max(last, articles.end[i]);
  });
  if (first > last) return { known: false, bins: { edges: [0], end: 1 }, first: 0, last: 0, firstKnown: 0, lastKnown: 0 };
  const bins = makeBins(first, last);
  return { known: true, bins, first: bins.edges[0], last: bins.end - 1, firstKnown: first, lastKnown: last };
}

/**
 * Countries of the table by name; "" is the code of what lies in none.
 * @returns {{iso: string, name: string}[]}
 */
function findCountries({ places, strings }, countryName) {
  const found = valuesOf(places.country, strings).map((iso) => ({ iso, name: countryName(iso) }));
  return found.sort((a, b) => formats.order.compare(a.name, b.name));
}

/** "Raqqa, Syria": the units and the country around a place. */
function makeWhere(data, countryName) {
  const { places, strings } = data;
  return (i) => {
    const name = strings[places.name[i]];
    const country = strings[places.country[i]];
    if (places.precision[i] === 6) return t("country");
    const parts = [strings[places.admin2[i]], strings[places.admin1[i]], country && countryName(country)];
    return parts.filter((part, n) => part && !(part === name && n < 2) && parts.indexOf(part) === n).join(", ");
  };
}

/** Room for the panel, the card and the key around what is shown. */
function paddings(narrow = false) {
  const phone = isPhone.matches;
  const panel = byId("panel");
  const open = !panel.hidden;
  const card = byId("card").getBoundingClientRect();
  if (phone) return { paddingTopLeft: [32, card.bottom + 16], paddingBottomRight: [32, (open ? panel.offsetHeight : 0) + 40] };
  const isTurned = document.documentElement.dir === "rtl";
  const width = isTurned ? window.innerWidth - card.left : card.right;
  const beside = narrow ? 48 : Math.min(width + 8, window.innerWidth / 3);
  const behind = (open ? panel.offsetWidth : 0) + 48;
  return { paddingTopLeft: [isTurned ? behind : beside, 48], paddingBottomRight: [isTurned ? beside : behind, 48] };
}

/** Show bounds as large as they go: beside the card and the key only if they would hide a place. */
function fitView(app, bounds, animate) {
  const { map, data } = app;
  const { places } = data;
  const options = { maxZoom: 7 };
  map.fitBounds(bounds, { ...paddings(true), ...options, animate: false });
  const covers = coveredBoxes();
  const isHidden = (i) => {
    const point = [places.lat[i], places.lon[i]];
    const { x, y } = map.latLngToContainerPoint(point);
    return bounds.contains(point) && covers.some((box) => x > box.left - 40 && x < box.right + 40 && y > box.top - 24 && y < box.bottom + 40);
  };
  if (app.points.some((i) => app.tally.total[i] > 0 && isHidden(i))) map.fitBounds(bounds, { ...paddings(), ...options, animate });
}

function makeApp({ meta, base: packed, tables }) {
  const base = decodeBase(packed);
  const data = makeData(tables);
  const { places } = data;
  const all = Array.from(places.name, (_, i) => i);
  const days = findDays(data.articles);
  const map = window.map_geomap;
  const wide = window.matchMedia("(min-width: 1100px)").matches;
  const first = initialState(days, wide ? "list" : null);
  const state = makeState(first);
  const countryName = (iso) => base.name[base.iso.indexOf(iso)] || iso;
  const app = /** @type {App} */ ({
    meta, base, data, days, map, state, grid: packed.grid,
    points: all.filter((i) => levelOf(places, i) === PLACE),
    areas: all.filter((i) => levelOf(places, i) === AREA),
    first, views: VIEWS.map(({ id }) => id),
    filter: makeFilter(data),
    trail: makeTrails(data),
    countryName, countries: findCountries(data, countryName),
    where: makeWhere(data, countryName),
    labelPoint: (i) => [places.lat[i], places.lon[i]],
  });
  // countries lie below units, units below discs, so that the smaller one takes the click
  app.areasBySize = [...app.areas].sort((a, b) => places.precision[b] - places.precision[a]);
  const finder = lazily(() => makePlaceFinder(app));
  app.findPlaces = finder;
  app.widthOf = (m) => data.widths[m] ?? Array.from(data.strings[data.mentions.surface[m]]).length;
  app.fixes = makeFixStore(app);
  app.corrector = makeCorrector(app);
  app.select = (i, { move = false } = {}) => {
    state.set({ selected: i, view: "place" });
    if (move) app.show(i);
    else if (levelOf(places, i) === PLACE) map.panInside([places.lat[i], places.lon[i]], paddings());
    byId("panel").focus({ preventScroll: true });
  };
  return app;
}

/** Move the map to a place, as far as needed. */
function makeShow(app, areas) {
  const { map, data } = app;
  const { places } = data;
  return (i) => {
    const animate = !prefersStill.matches;
    const level = levelOf(places, i);
    if (level === PLACE) map.fitBounds(L.latLng(places.lat[i], places.lon[i]).toBounds(60000), { ...paddings(), maxZoom: Math.max(6, map.getZoom()), animate });
    else map.fitBounds(level === AREA ? areas.bounds(i) : app.extentBounds, { ...paddings(), maxZoom: 7, animate });
  };
}

/** Bounds of what is on the map: points and units; countries if nothing else is. */
function findBounds(app) {
  const { data, base } = app;
  const { places } = data;
  const near = [...app.points, ...app.areas.filter((i) => places.area[i] < 0)];
  const corners = near.map((i) => [places.lat[i], places.lon[i]]);
  if (corners.length === 0) {
    for (const i of app.areas) {
      const [lon, lat, size] = base.label[places.area[i]];
      corners.push([lat - size, lon - size], [lat + size, lon + size]);
    }
  }
  return corners.length ? L.latLngBounds(corners).pad(0.04) : L.latLngBounds([[-45, -120], [65, 150]]);
}

/** Share of the mentions that may lie outside the first view on each side. */
const OUTLIERS = 0.12;
/** How many zoom levels the view must gain by leaving them out. */
const WORTHWHILE = 1.5;

/** The value below which a share of the weight lies. */
function weightedQuantile(pairs, share) {
  const sorted = [...pairs].sort((a, b) => a[0] - b[0]);
  const total = sorted.reduce((sum, pair) => sum + pair[1], 0);
  let sum = 0;
  return sorted.find((pair) => (sum += pair[1]) >= share * total)[0];
}

/** The first view: everything, or, where a few far places would shrink the rest, the core of it. */
function findCore(app) {
  const { map, data, tally } = app;
  const { places } = data;
  const all = findBounds(app);
  const shown = app.points.filter((i) => tally.mentionTotal[i] > 0);
  if (shown.length < 4) return all;
  const side = (column) => {
    const pairs = shown.map((i) => [places[column][i], tally.mentionTotal[i]]);
    return [weightedQuantile(pairs, OUTLIERS), weightedQuantile(pairs, 1 - OUTLIERS)];
  };
  const [[south, north], [west, east]] = [side("lat"), side("lon")];
  const core = L.latLngBounds([[south, west], [north, east]]).pad(0.3);
  const inside = shown.map((i) => [places.lat[i], places.lon[i]]).filter((point) => core.contains(point));
  const tight = L.latLngBounds(inside).pad(0.12);
  return map.getBoundsZoom(tight) - map.getBoundsZoom(all) >= WORTHWHILE ? tight : all;
}

/** How many places with mentions the reader does not see now, and the way to them. */
function makeOutside(app) {
  const { map, data } = app;
  const { places } = data;
  return (tally) => {
    const size = map.getSize();
    const covers = coveredBoxes();
    const away = [...app.points, ...app.areas].filter((i) => {
      if (tally.total[i] === 0 || places.precision[i] === 6) return false;
      const { x, y } = map.latLngToContainerPoint([places.lat[i], places.lon[i]]);
      const isCovered = covers.some((box) => x > box.left && x < box.right && y > box.top && y < box.bottom);
      return isCovered || x < 0 || y < 0 || x > size.x || y > size.y;
    });
    byId("outside").hidden = away.length === 0;
    byId("outside-words").textContent = t("outside", { n: away.length });
  };
}

function makeSummary(app) {
  const { data } = app;
  let timer = 0;
  return (tally) => {
    const text = data.mentions.place.length === 0
      ? t("empty")
      : t("summary", { mentions: t("mentions", { n: tally.mentions }), places: t("of.places", { n: tally.places }), articles: t("in.articles", { n: tally.articles }) });
    byId("summary").textContent = text;
    clearTimeout(timer);
    timer = setTimeout(() => { byId("live").textContent = text; }, 1000); // read out when it rests
  };
}

/** Zoom buttons, the credit line, and the limits of the map. */
function furnish(app) {
  const { map } = app;
  map.setMinZoom(1.5).setMaxZoom(11).setMaxBounds([[-85, -220], [85, 220]]);
  map.options.maxBoundsViscosity = 0.8;
  decorate(map.getContainer(), { role: "region", "aria-label": t("map") });
  byId("zoom-in").addEventListener("click", () => map.zoomIn(1, { animate: !prefersStill.matches }));
  byId("zoom-out").addEventListener("click", () => map.zoomOut(1, { animate: !prefersStill.matches }));
  const fitAll = () => fitView(app, findBounds(app), !prefersStill.matches);
  byId("zoom-fit").addEventListener("click", fitAll);
  byId("outside-all").addEventListener("click", fitAll);
  const credit = L.control.attribution({ prefix: "Leaflet" }).addAttribution("Natural Earth").addAttribution("GeoNames");
  credit.addTo(map);
  byId("credit").append(credit.getContainer());
}

function start(loaded) {
  const app = makeApp(loaded);
  const { meta, map, state, data } = app;
  byId("title").textContent = meta.title;
  byId("subtitle").textContent = meta.subtitle;
  byId("subtitle").hidden = meta.subtitle === "";
  const always = makeTally(data);
  const recount = () => tallyPlaces(data, app.filter.all, state.get().sizeBy, always);
  const rescale = () => { app.scale = makeScale(always.total, app.points, map.getZoom()); };
  if (!app.days.known) {
    document.documentElement.classList.add("timeless");
    map.invalidateSize({ animate: false });
  }
  const link = parseLink(window.location.hash, linkContext(app));
  state.set(link.patch);
  app.filter.update(state.get());
  app.tally = tallyPlaces(data, app.filter.now, state.get().sizeBy);
  recount();
  makePanes(map);
  furnish(app);
  makeSearch(app);
  const panel = makePanel(app, Object.fromEntries(VIEWS.map(({ id, make }) => [id, make(app)])), makeTools(app, VIEWS));
  panel.update(state.get());
  const [legend, summary] = [makeLegend(app), makeSummary(app)];
  rescale();
  summary(app.tally); // card and key have their size before the map is fitted beside them
  legend.update();
  if (link.view) map.setView([link.view[1], link.view[2]], link.view[0], { animate: false });
  else fitView(app, findCore(app), false);
  rescale();
  legend.update();
  drawBase(map, app.base);
  const [areas, circles, labels] = [makeAreas(app), makeCircles(app), makeLabels(app)];
  const [time, outside] = [makeTime(app), makeOutside(app)];
  app.show = makeShow(app, areas);
  const follow = makeLinkWriter(app);
  const [chips, trail] = [makeChips(app), makeTrail(app)];
  const draw = (changed) => {
    const current = state.get();
    areas.update(current, app.tally);
    circles.update(current, app.tally);
    time.update(current, changed);
    summary(app.tally);
    chips();
    trail.update();
  };
  const drawNames = () => {
    labels.update(state.get(), app.tally);
    outside(app.tally);
  };
  const frames = makeFrames({
    isLarge: app.points.length > CANVAS_FROM,
    now(changed) {
      const current = state.get();
      app.filter.update(current);
      tallyPlaces(data, app.filter.now, current.sizeBy, app.tally);
      if (isSlow(changed)) {
        recount();
        rescale();
        legend.update();
      }
      draw(changed);
    },
    soon: (changed) => panel.update(state.get(), changed),
    rest() {
      drawNames();
      follow();
    },
  });
  state.listen((_, changed) => frames(changed));
  let zoom = map.getZoom();
  map.on("moveend resize", () => {
    if (zoom !== map.getZoom()) {
      zoom = map.getZoom();
      rescale();
      legend.update();
      circles.update(state.get(), app.tally);
    }
    drawNames();
    follow();
  });
  makeTheme(meta.theme, () => circles.restyle());
  draw(null);
  drawNames();
  document.body.dataset.ready = "true";
}

readData((meta) => setWords(meta.words)).then(start).catch((error) => {
  byId("summary").textContent = t("error", { reason: error.message });
  throw error;
});
