/**
 * Areas: totals as a tint of countries, nearer by of units; what is known only of an area as a
 * whole as a hatch, at every level below its own. Units without an outline are hatched discs.
 */

const PLACE = "place";
const AREA = "area";
const REGION = "region";
const NOWHERE = "nowhere";

/** How a place is drawn, by its precision: never a country as a point. */
function levelOf(places, i) {
  const precision = places.precision[i];
  if (precision <= 2) return precision > 0 ? PLACE : NOWHERE;
  return precision === 3 || precision === 4 || precision === 6 ? AREA : REGION;
}

/** Radius of a disc where the gazetteer knows none, in km, by precision. */
const DEFAULT_RADIUS = { 3: 15, 4: 60, 5: 150, 6: 300, 7: 300 };
const radiusOf = (places, i) => 1000 * (places.radius[i] || DEFAULT_RADIUS[places.precision[i]] || 10);

/** Steps of a tint; classes tell more than a ramp, and change seldom while dates slide. */
const TINTS = 5;
/** The step of a count, 1 to TINTS, by the square root of its share of the largest. */
const tintOf = (count, largest) => Math.max(1, Math.ceil(TINTS * Math.sqrt(Math.min(1, count / Math.max(1, largest)))));

/** The reference to a hatch; it stands in no style sheet, as none of the page's refers to anything. */
const hatchOf = (path) => `url(#hatch-${["country", "described"].find((name) => path.classList.contains(name)) ?? "unit"})`;

/** Patterns of the hatches; every drawing of the page can refer to them. */
function makePatterns() {
  const line = (id, angle) => svg("pattern", { id, width: 7, height: 7, patternUnits: "userSpaceOnUse", patternTransform: `rotate(${angle})` },
    svg("path", { class: "hatch", d: "M0 3h7" }));
  document.body.append(svg("svg", { class: "unseen", width: 0, height: 0, "aria-hidden": "true" }, svg("defs", {}, line("hatch-country", -45), line("hatch-unit", 45))));
}

/**
 * How a territory is drawn at a level: by its total, by what is known of it as a whole, or not.
 * @returns {"total" | "own" | null}
 */
function styleOf(territory, level) {
  if (territory.level === level) return "total";
  return territory.level === "country" || level === "place" ? "own" : null;
}

/**
 * Give an area a name, a focus and a tip; it is opened by a click, Enter or the space bar.
 * @param {App} app
 * @param {any} layer
 * @param {() => void} open
 * @param {() => string[]} describe the lines of its tip, its name first
 */
function makeOpenable(app, layer, open, describe) {
  const choose = (event) => {
    if (event.key !== "Enter" && event.key !== " ") return;
    event.preventDefault();
    open();
  };
  return layer.on("click", open).on("add", () => {
    const path = layer.getElement();
    // no button: what takes it for one measures the box around a country, which lies under half of the page
    decorate(path, { tabindex: "0", role: "img", "aria-description": t("area.enter"), keydown: choose, "aria-label": describe().join(", ") });
    app.tips.set(path, describe);
  });
}

/**
 * Keep areas on the map in step with the tally.
 * @param {App} app
 */
function makeAreas(app) {
  const { map, data, base } = app;
  const { places } = data;
  const { list } = app.territories;
  const renderer = L.svg({ pane: "area", padding: 0.3 });
  const options = { pane: "area", renderer, bubblingMouseEvents: false, smoothFactor: 0.6 };
  makePatterns();
  makeDotPattern();
  const shapes = list.map((territory, row) => lazily(() => {
    const rings = territory.level === "country"
      ? base.countries[territory.row]()
      : app.outline(territory.outline);
    return makeOpenable(app, L.polygon(rings, { ...options, className: `area ${territory.level}` }), () => app.selectArea(row), () => describeTerritory(row));
  }));
  const rowOf = new Map(list.flatMap(({ own }, row) => own.map((i) => [i, row])));
  const discs = app.areas.filter((i) => !rowOf.has(i)).map((i) => ({ i, shape: lazily(() => makeOpenable(app, makeDisc(i), () => app.select(i), () => describeUnit(i))) }));
  const discOf = new Map(discs.map(({ i, shape }) => [i, shape]));

  /** A unit below the first level: by its outline if there is one, else about its size. */
  function makeDisc(i) {
    const style = { ...options, className: "area disc own" };
    if (places.outline[i] >= 0) return L.polygon(app.outline(places.outline[i]), style);
    return L.circle([places.lat[i], places.lon[i]], { ...style, radius: radiusOf(places, i) });
  }

  /** The name of a territory, the country around it, its counts. */
  function describeTerritory(row) {
    const territory = list[row];
    return [territory.name, territory.level === "unit" && app.countryName(territory.iso), wordBoth(territory, ownTotal(territory, app.tally), app.areaTotals.now[row])].filter(Boolean);
  }

  const describeUnit = (i) => [data.strings[places.name[i]], app.where(i), t("label.whole", { n: app.tally.total[i] })].filter(Boolean);

  function show(layer, isShown) {
    if (isShown && !map.hasLayer(layer)) layer.addTo(map);
    if (!isShown && map.hasLayer(layer)) layer.remove();
  }

  function mark(layer, style, tint, isSelected, change = 0) {
    const key = `${style} ${tint} ${isSelected} ${Math.sign(change)}`;
    const path = layer.getElement();
    if (path.dataset.drawn === key) return;
    path.dataset.drawn = key;
    path.dataset.tint = tint;
    path.classList.toggle("own", style === "own");
    path.style.fill = style === "own" ? hatchOf(path) : "";
    path.classList.toggle("selected", isSelected);
    path.classList.toggle("rose", change > 0);
    path.classList.toggle("fell", change < 0);
  }

  function update(state, tally) {
    const level = levelOfView(map);
    map.getContainer().dataset.level = level;
    const near = map.getBounds().pad(0.3);
    const { now, largest } = app.compared ? { now: app.compared.ofTerritory, largest: app.compared.largest } : app.areaTotals;
    const known = (members) => (app.compared ? app.compared.sumOf(members, app.compared.change) : app.compared);
    let changed = false;
    list.forEach((territory, row) => {
      const style = styleOf(territory, level);
      const isSelected = (shownView(state) === "area" && state.area === row) || territory.own.includes(state.selected);
      const change = style === "total" ? now[row] : style === "own" ? known(territory.own) ?? ownTotal(territory, tally) : 0;
      const count = Math.abs(change);
      const isWanted = (count > 0 || isSelected) && (territory.level === "country" || near.intersects(shapes[row]().getBounds()));
      if (!isWanted && !shapes[row].isMade()) return;
      const layer = shapes[row]();
      changed ||= isWanted !== map.hasLayer(layer);
      show(layer, isWanted);
      if (isWanted) mark(layer, count > 0 ? style : "none", count > 0 ? tintOf(count, largest[territory.level]) : 0, isSelected, app.compared ? change : 0);
    });
    for (const { i, shape } of discs) {
      const isSelected = state.selected === i;
      const isWanted = isSelected || (tally.total[i] > 0 && level !== "country");
      if (!isWanted && !shape.isMade()) continue;
      changed ||= isWanted !== map.hasLayer(shape());
      show(shape(), isWanted);
      if (isWanted) mark(shape(), "own", tintOf(tally.total[i], largest.unit), isSelected);
    }
    if (changed) stack();
  }

  /** Countries lie below units, units below discs, so that the smaller one takes the click. */
  function stack() {
    const made = [...list.keys()].filter((row) => shapes[row].isMade()).map((row) => shapes[row]());
    for (const layer of [...made, ...discs.filter(({ shape }) => shape.isMade()).map(({ shape }) => shape())]) if (map.hasLayer(layer)) layer.bringToFront();
  }

  /** The names of areas follow when dates rest. */
  function name() {
    const put = (shape, words) => { if (shape.isMade() && map.hasLayer(shape())) shape().getElement().ariaLabel = words().join(", "); };
    shapes.forEach((shape, row) => put(shape, () => describeTerritory(row)));
    for (const { i, shape } of discs) put(shape, () => describeUnit(i));
  }

  const extents = makeExtents(app);
  return {
    update(state, tally) {
      update(state, tally);
      extents(state);
    },
    name,
    /** Bounds of a territory, by its row. */
    boundsOf: (row) => shapes[row]().getBounds(),
    /** Bounds of a place that is drawn as an area. */
    bounds: (i) => (shapes[rowOf.get(i) ?? -1] ?? discOf.get(i))().addTo(map).getBounds(),
  };
}

/** Made when it is first wanted. */
function lazily(make) {
  let value = null;
  return Object.assign(() => (value ??= make()), { isMade: () => value !== null });
}

/** Where a selected region or water lies: its line if the base map has it, else a soft extent. */
function makeExtents(app) {
  const { map, data, base } = app;
  const renderer = L.svg({ pane: "extent", padding: 0.3 });
  let shown = /** @type {any} */ (null);
  let shownFor = -1;
  return (state) => {
    const isRegion = state.selected >= 0 && levelOf(data.places, state.selected) === REGION;
    const i = isRegion ? state.selected : -1;
    if (i === shownFor) return;
    shownFor = i;
    shown?.remove();
    shown = null;
    if (i < 0) return;
    const river = data.strings[data.places.river[i]];
    const lines = river ? base.rivers.filter((r) => r.name === river).map((r) => r.line) : [];
    const options = { pane: "extent", renderer, interactive: false };
    shown = lines.length
      ? L.polyline(lines, { ...options, className: "extent-line" })
      : L.circle([data.places.lat[i], data.places.lon[i]], { ...options, radius: radiusOf(data.places, i), className: "extent" });
    shown.addTo(map);
    if (lines.length === 0) shown.getElement().style.fill = hatchOf(shown.getElement());
    app.extentBounds = shown.getBounds();
  };
}
