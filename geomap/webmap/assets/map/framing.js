/** What the map shows: the first view, everything, one place; and what it leaves outside. */

/** No view is farther away than this; on a wide window none is farther than the second. */
const FARTHEST_ZOOM = -2;
const WIDE_FARTHEST_ZOOM = 1.5;

/**
 * The farthest view: the whole world, or, where the window or what lies over it leaves little room, one that has
 * room for all places.
 * @param {App} app
 */
function limitZoom(app) {
  const { map } = app;
  if (app.projections) {
    const { paddingTopLeft, paddingBottomRight } = paddings(true);
    app.projections.limit(findBounds(app), L.point(paddingTopLeft).add(paddingBottomRight));
    return;
  }
  const world = Math.floor(4 * Math.log2(map.getSize().x / 256)) / 4;
  const { paddingTopLeft, paddingBottomRight } = paddings(true);
  map.options.minZoom = FARTHEST_ZOOM;
  const needed = map.getBoundsZoom(findBounds(app), false, L.point(paddingTopLeft).add(paddingBottomRight));
  map.setMinZoom(Math.max(FARTHEST_ZOOM, Math.min(WIDE_FARTHEST_ZOOM, world, needed)));
}

/** Zoom levels by which Mercator draws a latitude larger than the equator. */
const stretchAt = (lat) => -Math.log2(Math.cos((lat * Math.PI) / 180));

/** Whether the map is drawn in Equal Earth now. */
const isEqualArea = (map) => map.options.crs !== L.CRS.EPSG3857;

/** The zoom of a map in Mercator whose middle is as large: what addresses hold, and what decides on levels. */
const nearnessOf = (map) => (isEqualArea(map) ? map.getZoom() - stretchAt(map.getCenter().lat) : map.getZoom());

/** What the map tells now: see `levelAt`. */
const levelOfView = (map) => levelAt(nearnessOf(map));

/** Points between which all of some bounds lies on the map: where its parallels are widest, too. */
function cornersOf(bounds) {
  const [south, north] = [bounds.getSouth(), bounds.getNorth()];
  const lats = south < 0 && north > 0 ? [south, 0, north] : [south, north];
  return lats.flatMap((lat) => [[lat, bounds.getWest()], [lat, bounds.getEast()]]);
}

/** Whether a point lies inside the outline of the world. @param {App} app */
const isOnEarth = ({ west }, { lat, lng }) => Math.abs(lat) < 89.9 && lng >= west && lng <= west + 360;

/**
 * Go to a middle.
 * @param {App} app
 * @param {number} lat
 * @param {number} lon as it is drawn
 * @param {number} nearness see `nearnessOf`
 * @param {boolean} [animate] whether it may be seen to move
 */
function lookAt({ map, projections }, lat, lon, nearness, animate = false) {
  const options = animate && !prefersStill.matches ? {} : { animate: false };
  if (projections) projections.look(lat, lon, nearness, options);
  else map.setView([lat, lon], nearness, options);
}

/** What goes back to the present view. @param {App} app */
function keepView({ map, projections }) {
  const [center, zoom, { crs }] = [map.getCenter(), map.getZoom(), { ...map.options }];
  const options = { animate: false };
  return () => { if (projections) projections.show(crs, center, zoom, options); else map.setView(center, zoom, options); };
}

/** Degrees north and south beyond which no middle of a view lies. */
const HIGHEST_MIDDLE = 84;

/** Come back when the map was moved so far that nothing of it would be seen. @param {App} app */
function keepInSight(app) {
  const { map, west } = app;
  map.on("resize", () => limitZoom(app));
  map.on("moveend", () => {
    const { lat, lng } = map.getCenter();
    const to = [Math.max(-HIGHEST_MIDDLE, Math.min(HIGHEST_MIDDLE, lat)), Math.max(west, Math.min(west + 360, lng))];
    // less than two pixels may not be moved, as points are rounded, and trying to would end in another such move
    const { x, y } = map.project(to).subtract(map.project([lat, lng]));
    if (Math.max(Math.abs(x), Math.abs(y)) >= 2) map.panTo(to, { animate: !prefersStill.matches });
  });
}

/** Longitudes between which a map must not be cut: those of its points and units, else of its countries. */
function longitudesOf({ places }, { label }) {
  const near = [...places.lon.keys()].filter((i) => [PLACE, AREA].includes(levelOf(places, i)));
  const closest = near.filter((i) => places.area[i] < 0);
  return (closest.length > 0 ? closest : near).map((i) => (places.area[i] < 0 ? places.lon[i] : label[places.area[i]][0]));
}

/** Zoom levels that a view of the world must gain for the key to be folded; a nearer one keeps its key. */
const WORTH_FOLDING = 0.4;

/** Show bounds as large as they go: beside the card and the key only if they would hide a place. */
function fitView(app, bounds, animate) {
  const { map, data } = app;
  const { places } = data;
  const fit = (padding, isAnimated) => map.fitBounds(bounds, { ...padding, maxZoom: 7, animate: isAnimated });
  const hidesAny = () => {
    const covers = coveredBoxes();
    return app.points.some((i) => {
      const point = [places.lat[i], places.lon[i]];
      if (app.tally.total[i] === 0 || !bounds.contains(point)) return false;
      const { x, y } = map.latLngToContainerPoint(point);
      return covers.some((box) => x > box.left - 24 && x < box.right + 24 && y > box.top - 16 && y < box.bottom + 24);
    });
  };
  limitZoom(app);
  fit(paddings(true), false);
  if (!hidesAny()) return;
  const { paddingTopLeft, paddingBottomRight } = paddings();
  const gain = map.getZoom() - map.getBoundsZoom(bounds, false, L.point(paddingTopLeft).add(paddingBottomRight));
  if (nearnessOf(map) < UNITS_FROM && gain >= WORTH_FOLDING && app.foldKey(true)) {
    if (!hidesAny()) return;
    app.foldKey(false);
  }
  fit(paddings(), animate);
}

/** Move the map to a place, as far as needed. */
function makeShow(app, areas) {
  const { map, data } = app;
  const { places } = data;
  return (i, animate = !prefersStill.matches) => {
    const level = levelOf(places, i);
    if (level === NOWHERE) return;
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
