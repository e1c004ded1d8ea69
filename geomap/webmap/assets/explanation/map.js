/** The candidates of a mention on a small map, numbered as in the list. */

/** Pins nearer than this (pixels) share one label. */
const TOGETHER = 22;
/** Lines of units and rivers help from this zoom on. */
const NEAR_ZOOM = 4.5;

function makeCandidateMap(app) {
  const map = window.map_geomap;
  const { places } = app.tables;
  byId("map-slot").prepend(map.getContainer());
  decorate(map.getContainer(), { role: "region", "aria-label": "Map of the candidates" });
  map.setMinZoom(0).setMaxZoom(9);
  map.options.zoomSnap = 0.25;
  map.scrollWheelZoom.disable(); // the panel scrolls
  makePanes(map);
  drawBase(map, app.base);
  const drawn = L.layerGroup().addTo(map);
  const pins = L.layerGroup().addTo(map);
  const renderer = L.svg({ pane: "area", padding: 0.3 });
  const dots = L.svg({ pane: "place", padding: 0.3 });
  const shapes = L.svg({ pane: "relation", padding: 0.3 });
  const shapeOf = makeShapes({ ...app.tables.shapes, rings: app.tables.rings, points: app.tables.points });
  makeDotPattern();
  let shown = [];
  let bounds = null;
  let closest = 6;

  const credit = L.control.attribution({ prefix: "Leaflet" }).addAttribution("Natural Earth").addAttribution("GeoNames");
  credit.addTo(map);
  byId("credit").append(credit.getContainer(), " · Borders are Natural Earth’s and no endorsement. Small dots: the article’s other places.");

  const outline = (row) => app.tables.outlines[row].map((ring) => decodeLine(ring, app.grid));

  function extent(place, isFirst) {
    const className = isFirst ? "area selected" : "area";
    const options = { className, renderer, pane: "area", interactive: false };
    if (place.area >= 0) return L.polygon(app.base.countries[place.area](), options);
    if (place.outline >= 0) return L.polygon(outline(place.outline), { ...options, className: `${className} unit` });
    if (place.precision === 1 || place.radius < 5) return null;
    return L.circle([place.lat, place.lon], { ...options, radius: place.radius * 1000, className: `${className} disc` });
  }

  /** Pins that would lie on each other become one, with all their numbers. */
  function drawPins() {
    pins.clearLayers();
    const groups = [];
    shown.forEach((place, n) => {
      const point = map.latLngToLayerPoint([place.lat, place.lon]);
      const near = groups.find((group) => group.point.distanceTo(point) < TOGETHER);
      if (near) near.numbers.push(n + 1);
      else groups.push({ point, place, numbers: [n + 1] });
    });
    for (const { place, numbers } of groups.reverse()) {
      const label = el("span", { class: numbers[0] === 1 ? "pin first" : "pin" }, numbers.length > 3 ? `${numbers[0]}–${numbers[numbers.length - 1]}` : numbers.join(" "));
      const icon = L.divIcon({ html: label, className: "pin-box", iconSize: [0, 0] });
      L.marker([place.lat, place.lon], { icon, interactive: false, keyboard: false, pane: "label" }).addTo(pins);
    }
  }

  function fit() {
    map.invalidateSize({ animate: false });
    if (bounds) map.fitBounds(bounds, { padding: [28, 28], maxZoom: closest, animate: false });
    drawPins();
  }

  map.on("zoomend", () => {
    map.getContainer().classList.toggle("far", map.getZoom() < NEAR_ZOOM);
    drawPins();
  });
  byId("zoom-in").addEventListener("click", () => map.zoomIn(1, { animate: !prefersStill.matches }));
  byId("zoom-out").addEventListener("click", () => map.zoomOut(1, { animate: !prefersStill.matches }));
  byId("zoom-fit").addEventListener("click", fit);

  return {
    fit,
    /** @param {Array} candidates places, the best first @param {Array} others the article's other places @param {number} [described] row of a shape */
    draw(candidates, others, described = -1) {
      byId("map-slot").hidden = byId("credit").hidden = candidates.length === 0;
      drawn.clearLayers();
      shown = candidates;
      bounds = null;
      if (candidates.length === 0) return;
      bounds = L.latLngBounds(candidates.map((place) => [place.lat, place.lon]));
      for (const place of others) L.circleMarker([place.lat, place.lon], { radius: 3, className: "other", pane: "place", renderer: dots, interactive: false }).addTo(drawn);
      [...candidates].reverse().forEach((place) => {
        const layer = extent(place, place === candidates[0]);
        if (!layer) return;
        layer.addTo(drawn);
        if (place === candidates[0]) bounds.extend(layer.getBounds());
      });
      closest = described >= 0 ? 8 : 6;
      if (described >= 0) {
        const shape = shapeOf(described);
        const isLine = shape.kind.endsWith("LineString");
        const layer = (isLine ? L.polyline : L.polygon)(toLatLngs(shape), { className: `described read${isLine ? " line" : ""}`, renderer: shapes, pane: "relation", interactive: false }).addTo(drawn);
        if (!isLine) layer.getElement().style.fill = "url(#hatch-described)";
        bounds = layer.getBounds().extend(candidates[0]); // the area is what the mention speaks of
      }
      fit();
    },
    places,
  };
}
