/** The base map: land, borders, disputed borders, units, rivers, lakes. Styles are in map.css. */

/**
 * Decode the packs once, cut open at a western edge. Where that is not the usual one, coasts are lines of their
 * own: land is in two pieces at the antimeridian, and has no coast there.
 * @param {any} base
 * @param {number} [west]
 */
function decodeBase(base, west = USUAL_WEST) {
  const line = (flat) => decodeLine(flat, base.grid);
  const arcs = base.arcs.map(line);
  const cut = (lines) => lines.flatMap((one) => cutLine(one, west));
  const cutRings = (rings) => rings.flatMap((ring) => cutRing(ring, west));
  const ofClass = (letter) => cut(arcs.filter((_, i) => base.class[i] === letter));
  return {
    countries: base.rings.map((rings) => () => cutRings(rings.map((ring) => joinArcs(ring, arcs)))),
    iso: base.iso,
    name: base.name,
    others: base.others ?? {},
    label: base.label.map(([lon, ...rest]) => [turned(lon, west), ...rest]),
    land: cutRings(base.land.map((ring) => joinArcs(ring, arcs))),
    coasts: west === USUAL_WEST ? [] : ofClass("c"),
    borders: ofClass("b"),
    disputed: [...ofClass("d"), ...cut(base.disputed.map(line))],
    units: cut(base.units.map(line)),
    towns: (base.towns ?? []).map(([name, x, y, people]) => ({ name, at: [y / 100, turned(x / 100, west)], people })),
    lakes: cutRings(base.lakes.map(line)),
    rivers: base.rivers.flatMap((river) => cutLine(line(river.line), west).map((part) => ({ name: river.name, line: part }))),
  };
}

/** Panes from the ground up; only places, areas and what is described take the pointer. */
function makePanes(map) {
  const panes = { land: 200, area: 300, line: 340, density: 350, relation: 360, extent: 380, place: 420, label: 460 };
  for (const [name, zIndex] of Object.entries(panes)) {
    const pane = map.createPane(name);
    pane.style.zIndex = zIndex;
    if (!["place", "area", "relation"].includes(name)) pane.style.pointerEvents = "none";
  }
}

/**
 * Draw the base map in a few large paths; where the page has tiles, they are the ground instead.
 * @param {string | null} [tiles] their template
 */
function drawBase(map, base, tiles = null) {
  if (tiles) {
    map.getContainer().classList.add("tiled");
    L.tileLayer(tiles, { maxZoom: 18 }).addTo(map);
  }
  const renderers = { land: L.svg({ pane: "land", padding: 0.3 }), line: L.svg({ pane: "line", padding: 0.3 }) };
  const add = (make, points, className, pane) => {
    if (points.length === 0) return;
    make(points, { className, pane, renderer: renderers[pane], interactive: false, smoothFactor: 0.6 }).addTo(map);
  };
  add(L.polygon, base.land, base.coasts.length > 0 ? "land coastless" : "land", "land");
  add(L.polyline, base.coasts, "coast", "land");
  add(L.polygon, base.lakes, "lake", "line");
  add(L.polyline, base.rivers.map((river) => river.line), "river", "line");
  add(L.polyline, base.units, "unit-line", "line");
  add(L.polyline, base.borders, "border", "line");
  add(L.polyline, base.disputed, "border disputed", "line");
}
