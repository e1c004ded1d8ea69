/** The address of the page holds what is shown, so that a view can be passed on. */

const KINDS = ["literal", "associative", "undated"];

/** What the address asks for; anything that this map does not know is ignored. */
function readLink(app) {
  const asked = new URLSearchParams(window.location.hash.slice(1));
  const { data, days } = app;
  const patch = {};
  const i = data.places.id.findIndex((id) => data.strings[id] === asked.get("place"));
  if (i >= 0) Object.assign(patch, { selected: i, view: "place" });
  const day = (name, otherwise) => {
    const value = Number.parseInt(asked.get(name) ?? "", 10);
    return value >= days.first && value <= days.last ? value : otherwise;
  };
  const [from, to] = [day("from", days.first), day("to", days.last)];
  if (from <= to) Object.assign(patch, { from, to });
  for (const name of KINDS) if (asked.get(name) === "0") patch[name] = false;
  if (asked.get("size") === "articles") patch.sizeBy = "articles";
  const view = (asked.get("map") ?? "").split("/").map(Number);
  const isView = view.length === 3 && view.every(Number.isFinite) && Math.abs(view[1]) <= 85 && Math.abs(view[2]) <= 200;
  return { patch, view: isView ? view : null };
}

/** Write the address, without a step in the history. */
function writeLink(app) {
  const { data, days, map, state } = app;
  const current = state.get();
  const { lat, lng } = map.getCenter();
  const link = new URLSearchParams({ map: [map.getZoom(), lat.toFixed(3), lng.toFixed(3)].join("/") });
  if (current.selected >= 0) link.set("place", data.strings[data.places.id[current.selected]]);
  if (days.known && current.from !== days.first) link.set("from", current.from);
  if (days.known && current.to !== days.last) link.set("to", current.to);
  for (const name of KINDS) if (!current[name]) link.set(name, "0");
  if (current.sizeBy !== "mentions") link.set("size", current.sizeBy);
  try {
    window.history.replaceState(null, "", `#${link}`);
  } catch {
    // a page inside another page may have no address of its own
  }
}

/** Follow the reader: a moment after the last change. */
function makeLinkWriter(app) {
  let timer = 0;
  return () => {
    clearTimeout(timer);
    timer = setTimeout(() => writeLink(app), 300);
  };
}
