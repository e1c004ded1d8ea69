/** The map of a notebook: base map, shaded areas, circles. What it says is set as text alone. */

const NOTEBOOK = { land: "#f7f3ea", border: "#b3a996", literal: "#c9432a", associative: "#2d6f93", area: "#a4752b" };
/** Radius of the largest circle, in pixels. */
const LARGEST = 28;

/** What a click on a place tells: a node, so that a name is never read as markup. */
function tellPlace(places, i) {
  const root = document.createElement("div");
  const name = document.createElement("strong");
  const counts = document.createElement("span");
  name.dir = "auto";
  name.textContent = places.name[i];
  const kinds = ["literal", "associative"].filter((kind) => places[kind][i] > 0);
  counts.textContent = [
    ...kinds.map((kind) => `${places[kind][i]} ${kind}`),
    ...(places.unlocated[i] > 0 ? [`${places.unlocated[i]} named in it, not located`] : []),
  ].join(", ");
  root.append(name, counts);
  return root;
}

function drawNotebookBase(map, base, arcs) {
  map.createPane("land").style.zIndex = 200;
  const still = { pane: "land", interactive: false };
  L.polygon(base.land.map((ring) => joinArcs(ring, arcs)), { ...still, color: NOTEBOOK.border, weight: 0.5, fillColor: NOTEBOOK.land, fillOpacity: 1 }).addTo(map);
  for (const [letter, dashArray] of [["b", null], ["d", "4 3"]]) {
    const lines = arcs.filter((_, i) => base.class[i] === letter);
    if (letter === "d") lines.push(...base.disputed.map((flat) => decodeLine(flat, base.grid)));
    L.polyline(lines, { ...still, color: NOTEBOOK.border, weight: 1, dashArray }).addTo(map);
  }
}

/** The rings of a unit or a country; none for any other place. */
function findRings({ tables, base }, arcs, i) {
  if (tables.outline[i] >= 0) return tables.outlines[tables.outline[i]].map((flat) => decodeLine(flat, base.grid));
  return tables.area[i] >= 0 ? base.rings[tables.area[i]].map((ring) => joinArcs(ring, arcs)) : [];
}

function drawNotebook(map, loaded) {
  const { meta, base, tables } = loaded;
  const arcs = base.arcs.map((flat) => decodeLine(flat, base.grid));
  if (meta.tiles) L.tileLayer(meta.tiles, { maxZoom: 19 }).addTo(map);
  else drawNotebookBase(map, base, arcs);
  const total = tables.name.map((_, i) => tables.literal[i] + tables.associative[i] + tables.unlocated[i]);
  const shown = total.map((_, i) => i).filter((i) => total[i] > 0);
  const points = shown.filter((i) => tables.precision[i] <= 2).sort((a, b) => total[b] - total[a]);
  const corners = points.map((i) => [tables.lat[i], tables.lon[i]]);
  const countries = (i) => (tables.precision[i] === 6 ? 0 : 1);
  for (const i of shown.filter((i) => tables.precision[i] > 2).sort((a, b) => countries(a) - countries(b))) {
    const rings = findRings(loaded, arcs, i);
    if (rings.length === 0) continue;
    const area = L.polygon(rings, { color: NOTEBOOK.area, weight: 1, fillOpacity: 0.14 });
    area.bindPopup(() => tellPlace(tables, i)).addTo(map);
    if (points.length === 0) corners.push(area.getBounds().getNorthWest(), area.getBounds().getSouthEast());
  }
  const most = Math.max(1, ...points.map((i) => total[i]));
  for (const i of points) {
    const colour = tables.literal[i] > 0 ? NOTEBOOK.literal : NOTEBOOK.associative;
    const radius = Math.max(3, LARGEST * Math.sqrt(total[i] / most));
    L.circleMarker([tables.lat[i], tables.lon[i]], { radius, color: "#fff", weight: 1, fillColor: colour, fillOpacity: 0.75 })
      .bindPopup(() => tellPlace(tables, i)).addTo(map);
  }
  if (meta.center) map.setView(meta.center, meta.zoom ?? 6, { animate: false });
  else if (corners.length > 0) map.fitBounds(corners, { padding: [32, 32], maxZoom: meta.zoom ?? 8, animate: false });
  L.control.zoom().addTo(map);
  L.control.attribution({ prefix: "Leaflet" }).addAttribution("Natural Earth").addAttribution("GeoNames").addTo(map);
}

async function startNotebook() {
  const block = JSON.parse(document.getElementById("data").textContent);
  const [base, tables] = [readBase(block.base), unpack(block.tables)];
  drawNotebook(window.map_geomap, { meta: block.meta, base, tables });
  document.body.dataset.ready = "true";
}

startNotebook();
