/** Put the parts together. */

/** First and last day of the dated articles. */
function findDays(articles) {
  let [first, last] = [Infinity, -Infinity];
  articles.precision.forEach((precision, i) => {
    if (precision === 0) return;
    first = Math.min(first, articles.start[i]);
    last = Math.max(last, articles.end[i]);
  });
  return first <= last ? { known: true, first, last } : { known: false, first: 0, last: 0 };
}

/** First mention of each place; mentions are sorted by place. */
function findFirstMentions(mentions, size) {
  const first = new Array(size).fill(mentions.place.length);
  for (let m = mentions.place.length - 1; m >= 0; m -= 1) first[mentions.place[m]] = m;
  return first;
}

/** "Raqqa, Syria": the units and the country around a place. */
function makeWhere(data, base) {
  const { places, strings } = data;
  const countryName = (iso) => base.name[base.iso.indexOf(iso)] || iso;
  return (i) => {
    const name = strings[places.name[i]];
    const country = strings[places.country[i]];
    const parts = places.precision[i] === 6 ? [] : [strings[places.admin2[i]], strings[places.admin1[i]], country && countryName(country)];
    return parts.filter((part, n) => part && !(part === name && n < 2) && parts.indexOf(part) === n).join(", ");
  };
}

/** Room for the panel, the card and the key around what is shown. */
function paddings() {
  const phone = isPhone.matches;
  const panel = byId("panel");
  const open = !panel.hidden;
  const card = byId("card").getBoundingClientRect();
  if (phone) return { paddingTopLeft: [32, card.bottom + 16], paddingBottomRight: [32, (open ? panel.offsetHeight : 0) + 24] };
  return { paddingTopLeft: [Math.min(card.right + 8, window.innerWidth / 3), 48], paddingBottomRight: [(open ? panel.offsetWidth : 0) + 48, 48] };
}

function makeApp({ meta, base: packed, tables }) {
  const base = decodeBase(packed);
  const data = tables;
  const { places } = data;
  const all = places.name.map((_, i) => i);
  const days = findDays(data.articles);
  const map = window.map_geomap;
  const wide = window.matchMedia("(min-width: 1100px)").matches;
  const state = makeState({ literal: true, associative: true, undated: true, sizeBy: "mentions", from: days.first, to: days.last, selected: -1, view: wide ? "list" : null });
  const app = {
    meta, base, data, days, map, state, grid: packed.grid,
    points: all.filter((i) => levelOf(places, i) === PLACE),
    areas: all.filter((i) => levelOf(places, i) === AREA),
    firstMention: findFirstMentions(data.mentions, all.length),
    where: makeWhere(data, base),
    labelPoint: (i) => [places.lat[i], places.lon[i]],
  };
  // countries lie below units, units below discs, so that the smaller one takes the click
  app.areasBySize = [...app.areas].sort((a, b) => places.precision[b] - places.precision[a]);
  app.select = (i, { move = false } = {}) => {
    state.set({ selected: i, view: "place" });
    if (move) app.show(i);
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

/** A first view that holds what is on the map: points and units; countries if nothing else is. */
function fitAll(app, animate) {
  const { map, data, base } = app;
  const { places } = data;
  const near = [...app.points, ...app.areas.filter((i) => places.area[i] < 0)];
  const corners = near.map((i) => [places.lat[i], places.lon[i]]);
  if (corners.length === 0) {
    for (const i of app.areas) {
      const [lon, lat, size] = base.label[places.area[i]];
      corners.push([lat - size, lon - size], [lat + size, lon + size]);
    }
  }
  const bounds = corners.length ? L.latLngBounds(corners) : L.latLngBounds([[-45, -120], [65, 150]]);
  map.fitBounds(bounds.pad(0.04), { ...paddings(), maxZoom: 7, animate });
}

function makeSummary(app) {
  const { data } = app;
  return (tally) => {
    const mentions = tally.mentionTotal.reduce((a, b) => a + b, 0);
    const places = tally.mentionTotal.reduce((sum, count) => sum + (count > 0 ? 1 : 0), 0);
    const text = data.mentions.place.length === 0
      ? "No place was found in these articles."
      : `${plural(mentions, "mention")} of ${plural(places, "place")} in ${plural(tally.articles, "article")}`;
    byId("summary").textContent = text;
    byId("live").textContent = text;
  };
}

/** Zoom buttons, the credit line, and the limits of the map. */
function furnish(app) {
  const { map } = app;
  map.setMinZoom(1.5).setMaxZoom(11).setMaxBounds([[-85, -220], [85, 220]]);
  map.options.maxBoundsViscosity = 0.8;
  byId("zoom-in").addEventListener("click", () => map.zoomIn());
  byId("zoom-out").addEventListener("click", () => map.zoomOut());
  byId("zoom-fit").addEventListener("click", () => fitAll(app, !prefersStill.matches));
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
  const rescale = () => {
    app.scale = makeScale(data, app.points, state.get().sizeBy);
    app.scale.total = tallyPlaces(data, { ...state.get(), literal: true, associative: true, undated: true, from: -Infinity, to: Infinity }).total;
  };
  rescale();
  app.tally = tallyPlaces(data, state.get());
  makePanes(map);
  furnish(app);
  const panel = makePanel(app, { list: makeList(app), place: makeEvidence(app), about: makeAbout(app) });
  panel.update(state.get());
  fitAll(app, false);
  drawBase(map, app.base);
  const [areas, circles, labels] = [makeAreas(app), makeCircles(app), makeLabels(app)];
  const [legend, time, summary] = [makeLegend(app), makeTime(app), makeSummary(app)];
  app.show = makeShow(app, areas);
  const draw = (changed) => {
    const current = state.get();
    areas.update(current, app.tally);
    circles.update(current, app.tally);
    labels.update(current, app.tally);
    time.update(current, changed);
    summary(app.tally);
  };
  state.listen((current, changed) => {
    if (changed.has("sizeBy")) {
      rescale();
      legend.update();
    }
    app.tally = tallyPlaces(data, current);
    panel.update(current, changed);
    draw(changed);
  });
  map.on("moveend zoomend resize", () => labels.update(state.get(), app.tally));
  makeTheme(meta.theme, () => circles.restyle());
  legend.update();
  draw(null);
  document.body.dataset.ready = "true";
}

readData().then(start).catch((error) => {
  byId("summary").textContent = `This map could not be opened: ${error.message}`;
  throw error;
});
