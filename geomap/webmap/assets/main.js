/** Put the parts together. */

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

function makeApp({ meta, base: packed, tables }) {
  const base = decodeBase(packed);
  const data = makeData(tables);
  const { places } = data;
  const all = Array.from(places.name, (_, i) => i);
  const axes = makeAxes(data);
  const map = window.map_geomap;
  const wide = window.matchMedia("(min-width: 1100px)").matches;
  const first = initialState(axes, wide ? "list" : null);
  const state = makeState(first);
  const countryName = (iso) => base.name[base.iso.indexOf(iso)] || iso;
  const app = /** @type {App} */ ({
    meta, base, data, axes, map, state,
    get days() { return axes[state.get().axis]; },
    grid: packed.grid,
    points: all.filter((i) => levelOf(places, i) === PLACE),
    areas: all.filter((i) => levelOf(places, i) === AREA),
    first, views: VIEWS.map(({ id }) => id),
    filter: makeFilter(data, axes),
    shapeOf: makeShapes(data.shapes),
    described: makeShapeCounts(data),
    trail: makeTrails(data),
    countryName, countries: findCountries(data, countryName),
    where: makeWhere(data, countryName),
    labelPoint: (i) => [places.lat[i], places.lon[i]],
  });
  app.territories = makeTerritories(data, base, countryName);
  app.selectArea = (row) => {
    state.set({ selected: -1, area: row, view: "area" });
    byId("panel").focus({ preventScroll: true });
  };
  const finder = lazily(() => makePlaceFinder(app));
  app.findPlaces = finder;
  app.widthOf = (m) => data.widths[m] ?? Array.from(data.strings[data.mentions.surface[m]]).length;
  app.fixes = makeFixStore(app);
  app.corrector = makeCorrector(app);
  app.select = (i, { move = false } = {}) => {
    state.set({ selected: i, view: "place", pointed: -1 });
    if (move) app.show(i);
    else if (levelOf(places, i) === PLACE) map.panInside([places.lat[i], places.lon[i]], paddings());
    byId("panel").focus({ preventScroll: true });
  };
  return app;
}

function makeSummary(app) {
  const { data } = app;
  let timer = 0;
  return (tally) => {
    const text = data.mentions.place.length === 0
      ? t("empty")
      : t(app.state.get().sizeBy === "stories" ? "summary.stories" : "summary", { mentions: t("mentions", { n: tally.mentions }), places: t("of.places", { n: tally.places }), articles: t("in.articles", { n: tally.articles }), stories: t("stories", { n: tally.stories }) });
    byId("summary").textContent = text;
    clearTimeout(timer);
    timer = setTimeout(() => { byId("live").textContent = text; }, 1000); // read out when it rests
  };
}

/** Zoom buttons, the credit line, and the limits of the map. */
function furnish(app) {
  const { map } = app;
  map.setMinZoom(1.5).setMaxZoom(app.meta.tiles ? 18 : 11);
  map.options.maxBoundsViscosity = 0.8;
  decorate(map.getContainer(), { role: "main", "aria-label": t("map") });
  byId("zoom-in").addEventListener("click", () => map.zoomIn(1, { animate: !prefersStill.matches }));
  byId("zoom-out").addEventListener("click", () => map.zoomOut(1, { animate: !prefersStill.matches }));
  const fitAll = () => fitView(app, findBounds(app), !prefersStill.matches);
  byId("zoom-fit").addEventListener("click", fitAll);
  byId("outside-all").addEventListener("click", fitAll);
  const { credit: author, basemap } = app.meta;
  const credit = L.control.attribution({ prefix: "Leaflet" });
  for (const name of [basemap ? "" : "Natural Earth", "GeoNames"]) if (name) credit.addAttribution(name);
  credit.addTo(map);
  append(byId("credit"), [author && [bdi(author), " | "], credit.getContainer(), basemap && [", ", bdi(basemap)]]);
}

function start(loaded) {
  const app = makeApp(loaded);
  const { meta, map, state, data } = app;
  byId("title").textContent = meta.title;
  byId("subtitle").textContent = meta.subtitle;
  byId("subtitle").hidden = meta.subtitle === "";
  const always = makeTally(data);
  const areaTotals = makeAreaTotals(app, always);
  const recount = () => {
    tallyPlaces(data, app.filter.all, state.get().sizeBy, always);
    areaTotals.recount();
  };
  const rescale = () => { app.scale = makeScale(always.total, app.points, map.getZoom()); };
  if (!app.days.known) {
    document.documentElement.classList.add("timeless");
    map.invalidateSize({ animate: false });
  }
  const link = parseLink(window.location.hash, linkContext(app));
  state.set(link.patch);
  app.filter.update(state.get());
  app.tally = tallyPlaces(data, app.filter.now, state.get().sizeBy);
  areaTotals.update();
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
  if (!link.view && (meta.center || meta.zoom !== null)) map.setView(meta.center ?? map.getCenter(), meta.zoom ?? map.getZoom(), { animate: false });
  const opened = state.get().selected; // by the link; it may lie under the panel of a smaller window
  if (opened >= 0 && levelOf(data.places, opened) === PLACE) map.panInside([data.places.lat[opened], data.places.lon[opened]], { ...paddings(), animate: false });
  rescale();
  legend.update();
  map.setMaxBounds([[-85, -220], [85, 220]]); // not before: it would pan from a view that nobody asked for
  drawBase(map, app.base, meta.tiles);
  const [areas, relations, circles, labels] = [makeAreas(app), makeRelations(app), makeCircles(app), makeLabels(app)];
  const [time, outside] = [makeTime(app), makeOutside(app)];
  app.show = makeShow(app, areas);
  if (opened >= 0 && isPhone.matches && !link.view) app.show(opened, false); // little of the map is left to find it in
  app.showShape = (row) => map.fitBounds(relations.boundsOf(row).pad(0.5), { ...paddings(), maxZoom: 10, animate: !prefersStill.matches });
  const follow = makeLinkWriter(app);
  const [chips, trail] = [makeChips(app), makeTrail(app)];
  const draw = (changed) => {
    const current = state.get();
    areas.update(current, app.tally);
    relations.update(current);
    circles.update(current, app.tally);
    legend.wait();
    time.update(current, changed);
    summary(app.tally);
    chips();
    trail.update();
  };
  const drawNames = () => {
    outside(app.tally); // before the names, which go around the card
    labels.update(state.get(), app.tally);
  };
  const frames = makeFrames({
    isLarge: app.points.length > CANVAS_FROM,
    now(changed) {
      const current = state.get();
      app.filter.update(current);
      tallyPlaces(data, app.filter.now, current.sizeBy, app.tally);
      areaTotals.update();
      if (isSlow(changed)) {
        recount();
        rescale();
        legend.update();
        relations.renew();
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
      circles.update(state.get(), app.tally);
      legend.update();
      legend.wait();
    }
    areas.update(state.get(), app.tally); // others are near now
    relations.update(state.get());
    drawNames();
    follow();
  });
  app.relabel = () => labels.update(state.get(), app.tally);
  app.repaint = () => circles.restyle();
  makeTheme(meta.theme, app.repaint);
  draw(null);
  drawNames();
  document.body.dataset.ready = "true";
}

readData(setWords).then(start).catch((error) => {
  byId("summary").textContent = t("error", { reason: error.message });
  throw error;
});
