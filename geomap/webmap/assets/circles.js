/** Circles of places: area in proportion to the count, in three nested bands. */

/** Beyond this many places, circles are drawn on a canvas (no focus of their own; the list has it). */
const CANVAS_FROM = 1000;
const SMALLEST = 2.5;

/**
 * Radius in pixels of a count, from the counts over all dates. One scale for all dates, so that play compares; smaller on a map of
 * the world, full from zoom 6 on.
 */
function makeScale(total, places, zoom) {
  let largest = 1;
  for (const i of places) largest = Math.max(largest, total[i]);
  const top = isPhone.matches ? 24 : window.innerWidth > 1800 ? 42 : 34;
  const unit = Math.min(9, top / Math.sqrt(largest)) * Math.min(1, Math.max(0.5, zoom / 8 + 0.25));
  return { total, largest, unit, radius: (n) => (n > 0 ? Math.max(SMALLEST, unit * Math.sqrt(n)) : 0) };
}

/** Style of one band for the canvas, which knows no classes. */
function canvasStyle(band) {
  const style = getComputedStyle(document.documentElement);
  const colour = (name) => style.getPropertyValue(name).trim();
  if (band === AMBIGUOUS) return { stroke: true, color: colour("--ambiguous"), weight: 1.25, dashArray: "3 3", fillColor: colour("--land"), fillOpacity: 0.3 };
  const fillColor = colour(band === LITERAL ? "--literal" : "--associative");
  return { stroke: true, color: colour("--hairline"), weight: 0.75, fillColor, fillOpacity: 0.85 };
}

/** Keep circles on the map in step with the tally. */
function makeCircles(app) {
  const { map, data } = app;
  const { places, strings } = data;
  const onCanvas = app.points.length > CANVAS_FROM;
  const renderer = onCanvas ? L.canvas({ pane: "place", padding: 0.3 }) : L.svg({ pane: "place", padding: 0.3 });
  const drawn = new Map();
  const halo = L.circleMarker([0, 0], { pane: "place", renderer: onCanvas ? L.svg({ pane: "extent" }) : renderer, interactive: false, className: "halo" });

  /** Cumulated bands from the centre outwards, largest ring first. */
  function ringsOf(tally, i) {
    const rings = [];
    let sum = 0;
    for (const band of [LITERAL, ASSOCIATIVE, AMBIGUOUS]) {
      if (tally.bands[band][i] === 0) continue;
      sum += tally.bands[band][i];
      rings.unshift({ band, radius: app.scale.radius(sum) });
    }
    return rings;
  }

  function makeRing(i, band, outermost) {
    const className = `circle band-${band}${outermost ? " outer" : ""}`;
    const options = { pane: "place", renderer, radius: 1, className, interactive: outermost, bubblingMouseEvents: false };
    const marker = L.circleMarker([places.lat[i], places.lon[i]], onCanvas ? { ...options, ...canvasStyle(band) } : options);
    if (outermost) marker.on("click", () => app.select(i));
    if (outermost && !onCanvas) marker.on("add", () => makeReachable(marker.getElement(), i));
    return marker;
  }

  function makeReachable(path, i) {
    decorate(path, {
      tabindex: "0",
      role: "button",
      keydown: (event) => {
        if (event.key !== "Enter" && event.key !== " ") return;
        event.preventDefault();
        app.select(i);
      },
    });
  }

  function updateOne(i, tally) {
    const rings = ringsOf(tally, i);
    const key = rings.map((ring) => ring.band).join();
    let entry = drawn.get(i);
    if (!entry || entry.key !== key) {
      entry?.markers.forEach((marker) => marker.remove());
      entry = { key, markers: rings.map((ring, n) => makeRing(i, ring.band, n === 0).addTo(map)) };
      drawn.set(i, entry);
    }
    rings.forEach((ring, n) => entry.markers[n].setRadius(ring.radius));
    const path = onCanvas ? null : entry.markers[0]?.getElement();
    if (path) path.setAttribute("aria-label", t("circle", { place: strings[places.name[i]], mentions: t("mentions", { n: tally.mentionTotal[i] }), articles: t("in.articles", { n: tally.articleTotal[i] }) }));
  }

  return {
    update(state, tally) {
      for (const i of app.points) updateOne(i, tally);
      const order = app.points.filter((i) => tally.total[i] > 0).sort((a, b) => tally.total[b] - tally.total[a]);
      if (!onCanvas) for (const i of order) drawn.get(i).markers.forEach((marker) => marker.bringToFront());
      const i = state.selected;
      if (i >= 0 && levelOf(places, i) === PLACE) {
        halo.setLatLng([places.lat[i], places.lon[i]]).setRadius(app.scale.radius(tally.total[i]) + 5).addTo(map);
      } else halo.remove();
    },
    restyle() {
      if (!onCanvas) return;
      for (const { key, markers } of drawn.values()) {
        const bands = key ? key.split(",").map(Number) : [];
        bands.forEach((band, n) => markers[n].setStyle(canvasStyle(band)));
      }
    },
  };
}
