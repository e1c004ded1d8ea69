/** Areas: countries and first-level units by their outlines, other units as soft discs. */

const PLACE = "place";
const AREA = "area";
const REGION = "region";

/** How a place is drawn, by its precision: never a country as a point. */
function levelOf(places, i) {
  const precision = places.precision[i];
  if (precision <= 2) return PLACE;
  return precision === 3 || precision === 4 || precision === 6 ? AREA : REGION;
}

/** Radius of a disc where the gazetteer knows none, in km, by precision. */
const DEFAULT_RADIUS = { 3: 15, 4: 60, 5: 150, 6: 300, 7: 300 };
const radiusOf = (places, i) => 1000 * (places.radius[i] || DEFAULT_RADIUS[places.precision[i]] || 10);

/** The tint of an area, 0 to 1, by the square root of its share of the largest. */
const tintOf = (count, largest) => 0.05 + 0.18 * Math.sqrt(count / Math.max(1, largest));

/** Keep areas on the map in step with the tally. */
function makeAreas(app) {
  const { map, data, base } = app;
  const { places } = data;
  const renderer = L.svg({ pane: "area", padding: 0.3 });
  const drawn = new Map();

  function build(i) {
    const options = { pane: "area", renderer, bubblingMouseEvents: false, smoothFactor: 0.6 };
    const [country, outline] = [places.area[i], places.outline[i]];
    let layer;
    if (country >= 0) layer = L.polygon(base.countries[country](), { ...options, className: "area country" });
    else if (outline >= 0) layer = L.polygon(data.outlines[outline].map((ring) => decodeLine(ring, app.grid)), { ...options, className: "area unit" });
    else layer = L.circle([places.lat[i], places.lon[i]], { ...options, radius: radiusOf(places, i), className: "area disc" });
    layer.on("click", () => app.select(i));
    return layer;
  }

  function ensure(i) {
    if (!drawn.has(i)) drawn.set(i, build(i));
    return drawn.get(i);
  }

  function update(state, tally) {
    let largest = 1;
    for (const i of app.areas) largest = Math.max(largest, app.scale.total[i]);
    for (const i of app.areas) {
      const count = tally.total[i];
      if (count === 0) {
        drawn.get(i)?.remove();
        continue;
      }
      const layer = ensure(i);
      if (!map.hasLayer(layer)) layer.addTo(map);
      const path = layer.getElement();
      path.classList.toggle("selected", state.selected === i);
      path.style.setProperty("--tint", tintOf(count, largest).toFixed(3));
    }
    for (const i of app.areasBySize) if (drawn.has(i)) drawn.get(i).bringToFront();
  }

  const extents = makeExtents(app);
  return {
    update(state, tally) {
      update(state, tally);
      extents(state);
    },
    bounds: (i) => ensure(i).getBounds(),
  };
}

/** Where a selected region or water lies: its line if the base map has it, else a soft extent. */
function makeExtents(app) {
  const { map, data, base } = app;
  const renderer = L.svg({ pane: "extent", padding: 0.3 });
  let shown = null;
  return (state) => {
    if (shown) shown.remove();
    shown = null;
    const i = state.selected;
    if (i < 0 || levelOf(data.places, i) !== REGION) return;
    const river = data.strings[data.places.river[i]];
    const lines = river ? base.rivers.filter((r) => r.name === river).map((r) => r.line) : [];
    const options = { pane: "extent", renderer, interactive: false };
    shown = lines.length
      ? L.polyline(lines, { ...options, className: "extent-line" })
      : L.circle([data.places.lat[i], data.places.lon[i]], { ...options, radius: radiusOf(data.places, i), className: "extent" });
    shown.addTo(map);
    app.extentBounds = shown.getBounds();
  };
}
