/**
 * Which projection a view has: Equal Earth where it spans more than a continent, so that shaded countries have
 * their true size; Mercator nearer, where shapes count. A change of the projection keeps what lies under the
 * pointer, or else the middle, where it is, and the middle as large as it was.
 */

/** Kilometres along the longer side of the map from which on it spans more than a continent. */
const CONTINENT = 10000;
/** Times as many for a view in Mercator to be given up: it does not flicker between the two. */
const RELUCTANCE = Math.SQRT2;
/** Kilometres of the width of a view in whose middle north is up; of one that has the middle meridian of the world. */
const HALF_WORLD = 20000;
const WHOLE_WORLD = 30000;
/** Middle meridians are whole tens of degrees, but for that of the world. */
const MERIDIANS = 10;
const EQUATOR = 40075;

/** @param {App} app @param {"auto" | "equal-earth"} choice @returns {Projections} */
function makeProjections(app, choice) {
  const { map, west } = app;
  const container = map.getContainer();
  const mercator = map.options.crs;
  const snap = map.options.zoomSnap;
  const known = new Map();
  let anchor = /** @type {any} */ (null);
  let [seen, settled, farthest, isSwitching] = ["", NaN, FARTHEST_ZOOM, false];
  let isShown = false; // a view that was asked for

  function equalEarthAt(middle) {
    if (!known.has(middle)) known.set(middle, makeEqualEarth(middle));
    return known.get(middle);
  }

  /** Kilometres of some pixels, at a zoom of Equal Earth. */
  const spanOf = (pixels, zoom) => (pixels * EQUATOR) / (256 * 2 ** zoom);

  /** The projection of a view, by the longitude of its middle and its zoom of Equal Earth. */
  function choose(lon, zoom, most = CONTINENT) {
    const { x, y } = map.getSize();
    if (choice === "auto" && spanOf(Math.max(x, y), zoom) <= most) return mercator;
    const share = (spanOf(x, zoom) - HALF_WORLD) / (WHOLE_WORLD - HALF_WORLD);
    const home = west + 180;
    return equalEarthAt(share >= 1 ? home : MERIDIANS * Math.round((lon + Math.max(0, share) * (home - lon)) / MERIDIANS));
  }

  function use(crs) {
    map.options.crs = crs;
    map.options.minZoom = crs === mercator ? FARTHEST_ZOOM : farthest;
    container.classList.toggle("equal-earth", crs !== mercator);
  }

  /** Show a view at once, in a projection. */
  function jump(crs, center, zoom) {
    isSwitching = true;
    use(crs);
    map.setView(center, zoom, { reset: true });
    isSwitching = false;
    seen = viewNow();
  }

  /** Show it as Leaflet does, if that is possible. */
  function show(crs, center, zoom, options) {
    isShown = true;
    const now = map.options.crs;
    if (crs === now || (options.animate !== false && isEqualArea(map) && crs !== mercator)) map.setView(center, zoom, options);
    else jump(crs, center, zoom);
  }

  /** The rectangle of bounds at zoom 0: parallels are straight, and longest where they are nearest to the equator. */
  const boxAt = (crs, bounds) => L.bounds(cornersOf(bounds).map((corner) => crs.latLngToPoint(L.latLng(corner), 0)));

  /** The nearest zoom at which bounds have room. */
  function zoomFor(crs, bounds, padding) {
    const [room, box] = [map.getSize().subtract(padding), boxAt(crs, bounds).getSize()];
    const zoom = Math.log2(Math.min(Math.max(1, room.x) / box.x, Math.max(1, room.y) / box.y));
    return Math.max(map.getMinZoom(), Math.min(map.getMaxZoom(), Math.floor(zoom / snap + 0.01) * snap));
  }

  /** Where bounds have room in Equal Earth. */
  function fit(bounds, { paddingTopLeft = [0, 0], paddingBottomRight = [0, 0], maxZoom = Infinity }) {
    const [before, behind] = [L.point(paddingTopLeft), L.point(paddingBottomRight)];
    const { lng } = bounds.getCenter();
    let [crs, zoom] = [equalEarthAt(west + 180), 0];
    for (let n = 0; n < 2; n += 1) { // the middle meridian depends on the zoom, which depends a little on it
      zoom = Math.min(maxZoom, zoomFor(crs, bounds, before.add(behind)));
      crs = choose(lng, zoom, 0);
    }
    const middle = boxAt(crs, bounds).getCenter().multiplyBy(2 ** zoom).add(behind.subtract(before).divideBy(2));
    return { crs: choose(lng, zoom), zoom, center: crs.pointToLatLng(middle, zoom) };
  }

  const viewNow = () => `${map.getZoom()} ${map.getSize()}`;
  const plain = L.Map.prototype;
  Object.assign(map, {
    getBoundsZoom: (bounds, inside, padding = [0, 0]) => (isEqualArea(map) ? zoomFor(map.options.crs, L.latLngBounds(bounds), L.point(padding)) : plain.getBoundsZoom.call(map, bounds, inside, padding)),
    fitBounds(asked, options = {}) {
      const bounds = L.latLngBounds(asked);
      const { crs, center, zoom } = fit(bounds, options);
      if (crs !== mercator) show(crs, center, zoom, options);
      else {
        const isOther = isEqualArea(map);
        if (isOther) use(mercator);
        const target = map._getBoundsCenterZoom(bounds, options);
        settled = target.zoom;
        if (isOther) jump(mercator, target.center, target.zoom);
        else show(mercator, target.center, target.zoom, options);
      }
      return map;
    },
    setZoomAround(around, zoom, options) {
      anchor = around instanceof L.Point ? around : map.latLngToContainerPoint(around);
      return plain.setZoomAround.call(map, around, zoom, options);
    },
  });
  container.addEventListener("touchmove", ({ touches }) => {
    if (touches.length !== 2) return;
    const [a, b] = [...touches].map((touch) => map.mouseEventToContainerPoint(touch));
    anchor = a.add(b).divideBy(2);
  }, { passive: true });

  /** Change the projection of the view; what lies at a point stays there. */
  function change(crs, zoom, at) {
    const half = map.getSize().divideBy(2);
    const { lat } = map.getCenter();
    const isFixed = at && isOnEarth(app, map.containerPointToLatLng(at));
    const spot = isFixed ? at : half;
    const fixed = map.containerPointToLatLng(spot);
    use(crs);
    const next = Math.max(map.getMinZoom(), snap * Math.round((crs === mercator ? zoom - stretchAt(lat) : zoom) / snap));
    jump(crs, map.unproject(map.project(fixed, next).subtract(spot).add(half), next), next);
  }

  // a view that is only dragged keeps its projection
  map.on("moveend", () => {
    if (!isShown || isSwitching || seen === viewNow()) return;
    const at = anchor;
    anchor = null;
    seen = viewNow();
    if (!isEqualArea(map) && map.getZoom() === settled) return;
    settled = NaN;
    const { lat, lng } = map.getCenter();
    const zoom = map.getZoom() + (isEqualArea(map) ? 0 : stretchAt(lat));
    const crs = choose(lng, zoom, isEqualArea(map) ? CONTINENT : RELUCTANCE * CONTINENT);
    if (crs !== map.options.crs) change(crs, zoom, at);
  });

  return {
    show,
    look(lat, lon, nearness, options = {}) {
      const zoom = nearness + stretchAt(lat);
      const crs = choose(lon, zoom);
      show(crs, [lat, lon], crs === mercator ? nearness : zoom, options);
    },
    limit(bounds, padding) {
      map.options.minZoom = FARTHEST_ZOOM;
      const world = L.latLngBounds([[-90, west], [90, west + 360]]);
      farthest = Math.min(...[world, bounds].map((box) => zoomFor(equalEarthAt(west + 180), box, padding)));
      if (!isEqualArea(map)) return;
      map.options.minZoom = farthest;
      if (map.getZoom() < farthest) map.setZoom(farthest, { animate: false });
    },
    drawSea() {
      Object.assign(map.createPane("sea").style, { zIndex: 190, pointerEvents: "none" });
      const lats = Array.from({ length: 91 }, (_, n) => 2 * n - 90);
      const ring = [...lats.map((lat) => [lat, west]), ...lats.reverse().map((lat) => [lat, west + 360])];
      L.polygon(ring, { className: "sea", pane: "sea", renderer: L.svg({ pane: "sea", padding: 0.3 }), interactive: false }).addTo(map);
    },
  };
}
