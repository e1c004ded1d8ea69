/** The address of the page holds all that is chosen, so that a view can be passed on. */

/** @type {SizeBy[]} */
const SIZES = ["mentions", "articles", "stories"];

/** What can be switched off. */
const SWITCHES = ["ambiguous", "described"];

/** What is shown or not as the reader says, and else by the dates. */
const ANSWERS = ["undated", "untold"];

/** Times as fast as at first that dates can play. */
const SPEEDS = [1, 2, 4];

/** A day as the address has it: "2016-02-03". */
function isoDay(days) {
  const [year, month, day] = toCivil(days);
  const two = (value) => String(value).padStart(2, "0");
  return `${String(year).padStart(4, "0")}-${two(month)}-${two(day)}`;
}

/** The day of "2016-02-03"; NaN for anything else. */
function parseDay(text) {
  const found = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text ?? "");
  if (!found) return NaN;
  const days = fromCivil(Number(found[1]), Number(found[2]), Number(found[3]));
  return isoDay(days) === text ? days : NaN;
}

/** How the address writes that none of a list is wanted. */
const NONE = "-";

/** A list in the address: those of its words that the map knows, in the map's order; null if it has none. */
function readWords(asked, name, known) {
  const words = new Set(asked.getAll(name));
  const found = known.filter((word) => words.has(String(word)));
  return found.length > 0 || words.has(NONE) ? found : null;
}

/** Write a list of the state; null, which is everything, is left out. */
function writeWords(link, name, words) {
  for (const word of words === null || words.length > 0 ? words ?? [] : [NONE]) link.append(name, String(word));
}

/** The view that the map goes with: ways to share it lie over it, and are no part of what is shared. */
const shownView = ({ view, behind }) => (view === "share" ? behind : view);

/** A country or a unit in the address: "SY", "SY/Raqqa". */
const areaKey = ({ level, iso, name }) => (level === "country" ? iso : `${iso}/${name}`);

/** Characters of the longest address that is read: no page writes one as long. */
const LONGEST_LINK = 50_000;

/** The view that goes with a place, an area or an article, where the address names none. */
function impliedView({ selected, area = -1, article }, views) {
  if (article >= 0 && views.includes("article")) return "article";
  if (area >= 0 && selected < 0 && views.includes("area")) return "area";
  return selected >= 0 ? "place" : undefined;
}

/**
 * What an address asks for; anything that this map does not know is ignored.
 * @param {string} hash
 * @param {LinkContext} context
 * @returns {{patch: Partial<State>, view: number[] | null}}
 */
function parseLink(hash, { data, axes, first, views, territories = [], comparisons = [] }) {
  const asked = new URLSearchParams(hash.length > LONGEST_LINK ? "" : hash.replace(/^#/, ""));
  /** @type {Partial<State>} */
  const patch = {};
  const row = (column, id) => (id === null ? -1 : column.findIndex((at) => data.strings[at] === id));
  const [selected, article] = [row(data.places.id, asked.get("place")), row(data.articles.id, asked.get("article"))];
  if (selected >= 0) patch.selected = selected;
  if (article >= 0) patch.article = article;
  const area = territories.findIndex((territory) => areaKey(territory) === asked.get("area"));
  if (area >= 0) patch.area = area;
  const view = asked.get("view") ?? "";
  const implied = impliedView({ selected, area, article }, views);
  const shown = view === "none" ? null : views.includes(view) ? view : implied;
  if (shown === "share") patch.behind = implied ?? first.view;
  const isEmpty = (shown === "place" && selected < 0) || (shown === "area" && area < 0) || (shown === "article" && article < 0);
  if (shown !== undefined && !isEmpty) patch.view = shown;
  const axis = AXES.find((one) => one === asked.get("time") && axes[one].known) ?? first.axis;
  const days = axes[axis];
  const day = (name, otherwise) => {
    const value = parseDay(asked.get(name));
    return value >= days.first && value <= days.last ? value : otherwise;
  };
  const [from, to] = [day("from", days.first), day("to", days.last)];
  Object.assign(patch, { axis }, from <= to ? { from, to } : { from: days.first, to: days.last });
  for (const name of SWITCHES) if (asked.get(name) === "0") patch[name] = false;
  for (const name of ANSWERS) if (["0", "1"].includes(asked.get(name) ?? "")) patch[name] = asked.get(name) === "1";
  const kinds = readWords(asked, "kind", KINDS);
  if (kinds !== null) patch.kinds = kinds;
  const size = SIZES.find((one) => one === asked.get("size"));
  if (size && (data.hasStories || size !== "stories")) patch.sizeBy = size;
  if (asked.get("copies") === "once") patch.copies = "once";
  for (const [name, key, known] of listsOf(data)) {
    const words = readWords(asked, name, known);
    if (words !== null) patch[key] = words;
  }
  const confidence = Number.parseInt(asked.get("confidence") ?? "", 10);
  if (confidence > 0 && confidence <= 100) patch.confidence = confidence;
  const speed = Number(asked.get("speed"));
  if (SPEEDS.includes(speed)) patch.speed = speed;
  const compare = asked.get("compare") ?? "";
  if (comparisons.includes(compare)) patch.compare = compare;
  if (asked.get("heat") === "1") patch.heat = true;
  const step = asked.get("step") ?? "";
  if (["day", "week", "month"].includes(step)) patch.step = step;
  if (asked.get("window") === "grows") patch.grows = true;
  if (asked.get("rows") === "places") patch.rows = "places";
  if (/^-?[a-z]+[0-9]*$/.test(asked.get("order") ?? "")) patch.order = asked.get("order") ?? "";
  const where = (asked.get("map") ?? "").split("/").map(Number);
  const isWhere = where.length === 3 && where.every(Number.isFinite) && Math.abs(where[1]) <= 85 && Math.abs(where[2]) <= 200;
  return { patch, view: isWhere ? where : null };
}

/**
 * Name in the address, key of the state and known values of each list to choose from.
 * @param {Data} data
 * @returns {["country" | "source" | "precision", "countries" | "sources" | "precisions", any[]][]}
 */
const listsOf = (data) => [
  ["country", "countries", valuesOf(data.places.country, data.strings)],
  ["source", "sources", valuesOf(data.articles.source, data.strings)],
  ["precision", "precisions", [...new Set(data.mentions.precision)].sort()],
];

/** The different strings of a column, sorted. */
const valuesOf = (column, strings) => [...new Set(column)].map((at) => strings[at]).sort();

/**
 * The address of a state; what is as it is at first is left out.
 * @param {State} state
 * @param {LinkContext} context
 * @param {number[] | null} where zoom, latitude, longitude
 */
function formatLink(state, { data, axes, views, first, territories = [] }, where) {
  const days = axes[state.axis];
  const link = new URLSearchParams();
  if (where) link.set("map", [where[0], where[1].toFixed(3), where[2].toFixed(3)].join("/"));
  if (state.selected >= 0) link.set("place", data.strings[data.places.id[state.selected]]);
  if (state.article >= 0) link.set("article", data.strings[data.articles.id[state.article]]);
  const isArea = shownView(state) === "area" && territories[state.area] !== undefined;
  if (isArea) link.set("area", areaKey(territories[state.area]));
  const implied = impliedView({ ...state, area: isArea ? state.area : -1 }, views);
  if (state.view !== (implied === undefined ? first.view : implied)) link.set("view", state.view ?? "none");
  if (state.axis !== first.axis) link.set("time", state.axis);
  if (days.known && state.from !== days.first) link.set("from", isoDay(state.from));
  if (days.known && state.to !== days.last) link.set("to", isoDay(state.to));
  if (state.kinds.length < KINDS.length) writeWords(link, "kind", state.kinds);
  for (const name of SWITCHES) if (!state[name]) link.set(name, "0");
  for (const name of ANSWERS) if (state[name] !== null) link.set(name, state[name] ? "1" : "0");
  if (state.sizeBy !== "mentions") link.set("size", state.sizeBy);
  if (state.copies !== "each") link.set("copies", state.copies);
  for (const [name, key] of listsOf(data)) writeWords(link, name, state[key]);
  if (state.confidence > 0) link.set("confidence", String(state.confidence));
  if (state.speed !== 1) link.set("speed", String(state.speed));
  if (state.compare !== "") link.set("compare", state.compare);
  if (state.heat) link.set("heat", "1");
  if (state.step !== "bar") link.set("step", state.step);
  if (state.grows) link.set("window", "grows");
  if (state.rows !== "mentions") link.set("rows", state.rows);
  if (state.order !== "") link.set("order", state.order);
  return `#${link}`;
}
