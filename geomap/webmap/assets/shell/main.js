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

function makeApp({ meta, base: packed, tables, schema }) {
  const data = makeData(tables);
  const { places } = data;
  const west = findWest(longitudesOf(data, packed), meta.center?.[1]);
  const base = decodeBase(packed, west);
  turnPlaces(places, west);
  namePlaces(data, tables.local ?? {});
  const all = Array.from(places.name, (_, i) => i);
  const axes = makeAxes(data);
  const map = window.map_geomap;
  const wide = window.matchMedia("(min-width: 68.75em)").matches;
  const first = initialState(axes, wide && !tables.chapters ? "list" : null);
  const state = makeState(first);
  const countryName = (iso) => base.name[base.iso.indexOf(iso)] || base.others[iso] || iso;
  const app = /** @type {App} */ ({
    meta, base, data, axes, map, state, schema,
    get days() { return axes[state.get().axis]; },
    west,
    outline: (row) => data.outlines[row].flatMap((ring) => cutRing(decodeLine(ring, packed.grid), west)),
    points: all.filter((i) => levelOf(places, i) === PLACE),
    areas: all.filter((i) => levelOf(places, i) === AREA),
    first, views: VIEWS.map(({ id }) => id),
    filter: makeFilter(data, axes),
    shapeOf: makeShapes(data.shapes),
    tips: new WeakMap(),
    described: makeShapeCounts(data),
    trail: makeTrails(data),
    countryName, countries: findCountries(data, countryName),
    where: makeWhere(data, countryName),
    labelPoint: (i) => [places.lat[i], places.lon[i]],
  });
  app.baseline = tables.baseline ?? null;
  app.chapters = typeof makeChapters === "undefined" || !tables.chapters ? null : makeChapters(app, tables.chapters);
  app.compared = null;
  app.positions = makePositions(app);
  app.projections = typeof makeProjections === "undefined" ? null : makeProjections(app, meta.projection);
  app.territories = makeTerritories(data, base, countryName);
  app.selectArea = (row) => {
    state.set({ selected: -1, area: row, view: "area" });
    byId("panel").focus({ preventScroll: true });
  };
  const finder = lazily(() => makePlaceFinder(app));
  app.findPlaces = finder;
  app.findTowns = lazily(() => makeTownFinder(app));
  app.widthOf = (m) => data.widths[m] ?? Array.from(data.strings[data.mentions.surface[m]]).length;
  app.unlocated = data.mentions.unlocated.includes(1) ? makeUnlocated(app) : null;
  app.fixes = makeFixStore(app);
  app.draft = makeDraft(app, tables.chapters);
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
      : t(app.state.get().sizeBy === "stories" ? "summary.stories" : "summary", { mentions: t("mentions", { n: tally.mentions }), places: t("of.places", { n: tally.places }), articles: t("in.articles", { n: tally.articles }), stories: t("stories", { n: tally.stories }) }) + (app.unlocated?.more() ?? "");
    const dates = wordDates(app);
    reword(byId("summary"), text);
    reword(byId("dates"), dates);
    byId("dates").hidden = dates === "";
    clearTimeout(timer);
    timer = setTimeout(() => { byId("live").textContent = [text, dates].filter(Boolean).join(". "); }, 1000); // read out when it rests
  };
}

/** Zoom buttons, the credit line, and the limits of the map. */
function furnish(app) {
  const { map } = app;
  map.setMaxZoom(app.meta.tiles ? 18 : 11);
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

/** Milliseconds between two tellings of what is shown, while a slider is held. */
const SAYING = 100;

function start(loaded) {
  const app = makeApp(loaded);
  const { meta, map, state, data } = app;
  byId("title").textContent = meta.title;
  byId("subtitle").textContent = meta.subtitle;
  byId("subtitle").hidden = meta.subtitle === "";
  const always = makeTally(data);
  const compare = makeComparison(app);
  const areaTotals = makeAreaTotals(app, always);
  const recount = () => {
    tallyPlaces(data, app.filter.all, state.get().sizeBy, always);
    areaTotals.recount();
  };
  const rescale = () => { app.scale = makeScale(app, always.total); };
  if (!hasStrip(app)) document.documentElement.classList.add("timeless");
  refuseLong();
  const link = parseLink(window.location.hash, linkContext(app));
  state.set(link.patch);
  app.filter.update(state.get());
  app.tally = makeTally(data);
  const count = makeCounter(data, app.tally);
  count(app.filter.now, state.get().sizeBy, app.filter.apart);
  compare(state.get());
  areaTotals.update();
  recount();
  makePanes(map);
  yieldWheel(map);
  furnish(app);
  makeTips(app);
  makeSearch(app);
  makeOpening(app);
  const panel = makePanel(app, Object.fromEntries(VIEWS.map(({ id, make }) => [id, make(app)])), makeTools(app, VIEWS));
  panel.update(state.get());
  const [legend, summary] = [makeLegend(app), makeSummary(app)];
  rescale();
  summary(app.tally); // card, key and strip have their size before the map is fitted beside them
  const time = makeTime(app);
  time.update(state.get(), null);
  map.invalidateSize({ animate: false });
  makeLayout(map);
  legend.update();
  showLinked(app, link.view);
  rescale();
  legend.update();
  keepInSight(app);
  app.projections?.drawSea();
  drawBase(map, app.base, meta.tiles);
  const [areas, relations, circles, labels] = [makeAreas(app), makeRelations(app), makeCircles(app), makeLabels(app)];
  const outside = makeOutside(app);
  app.show = makeShow(app, areas);
  showOpened(app, link.view);
  app.showShape = (row) => map.fitBounds(relations.boundsOf(row).pad(0.5), { ...paddings(), maxZoom: 10, animate: !prefersStill.matches });
  const follow = makeAddress(app);
  const [chips, trail, blame] = [makeChips(app), makeTrail(app), makeBlame(app)];
  const density = makeDensity(app);
  const gone = app.baseline && makeGone(app);
  let [said, isUnsaid] = [-Infinity, false];
  /** What is told in words; while a slider is held, no more often than it can be read. */
  const say = () => {
    [said, isUnsaid] = [performance.now(), false];
    legend.wait();
    summary(app.tally);
    chips();
    blame();
  };
  const draw = (changed, isHeld = false) => {
    const current = state.get();
    areas.update(current, app.tally);
    relations.update(current);
    circles.update(current, app.tally);
    time.update(current, changed);
    isUnsaid = isHeld && isStep(changed) && performance.now() - said <= SAYING;
    if (!isUnsaid) say();
    trail.update();
    gone?.();
    density();
  };
  const drawNames = () => {
    document.title = [meta.title, wordDates(app)].filter(Boolean).join(" · ");
    circles.name();
    areas.name();
    legend.fit();
    outside(app.tally); // before the names, which go around the card
    labels.update(state.get(), app.tally);
  };
  const frames = makeFrames({
    now(changed, isHeld) {
      const current = state.get();
      app.filter.update(current);
      count(app.filter.now, current.sizeBy, app.filter.apart);
      compare(current);
      areaTotals.update();
      if (isSlow(changed)) {
        recount();
        rescale();
        legend.update();
        relations.renew();
      }
      draw(changed, isHeld);
    },
    soon: (changed, isMoving) => panel.update(state.get(), changed, isMoving),
    rest() {
      if (isUnsaid) say();
      drawNames();
      follow();
    },
  });
  state.listen((_, changed) => frames(changed));
  const scaleNow = () => `${map.options.crs.code} ${map.getZoom()} ${levelOfView(map)}`;
  let scale = scaleNow();
  map.on("moveend resize", () => {
    if (scale !== scaleNow()) {
      scale = scaleNow();
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
  app.repaint = () => {
    circles.restyle();
    density();
  };
  makeTheme(meta.theme, app.repaint);
  draw(null);
  drawNames();
  app.chapters?.begin();
  document.body.dataset.ready = "true";
}

// without a script none of it is shown
for (const id of ["skip", "side", "card", "legend", "strip"]) byId(id).hidden = false;
readData(setWords).then(start).catch((error) => {
  byId("summary").textContent = t("error", { reason: error.message });
  throw error;
});
