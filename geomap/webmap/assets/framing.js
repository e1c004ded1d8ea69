/** What the map shows: the first view, everything, one place; and what it leaves outside. */

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

/** Move the map to a place, as far as needed. */
function makeShow(app, areas) {
  const { map, data } = app;
  const { places } = data;
  return (i, animate = !prefersStill.matches) => {
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
