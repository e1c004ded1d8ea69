/** The address of the page holds all that is chosen, so that a view can be passed on. */

/** @type {SizeBy[]} */
const SIZES = ["mentions", "articles", "stories"];

/** Times as fast as at first that dates can play. */
const SPEEDS = [1, 2, 4];

/** A day as the address has it: "2016-02-03". */
function isoDay(days) {
  const [year, month, day] = toCivil(days);
  const two = (value) => String(value).padStart(2, "0");
  return `${String(year).padStart(4, "0")}-${two(month)}-${two(day)}`;
}

/** The first or the last day of "2016" or "2016-02", or the day of "2016-02-03"; NaN for anything else. */
function parsePeriod(text, isLast = false) {
  const found = /^(\d{4})(?:-(\d{2}))?$/.exec(text ?? "");
  if (!found) return parseDay(text);
  const [year, month] = [Number(found[1]), Number(found[2] ?? (isLast ? 12 : 1))];
  if (month < 1 || month > 12) return NaN;
  return isLast ? fromCivil(month === 12 ? year + 1 : year, month === 12 ? 1 : month + 1, 1) - 1 : fromCivil(year, month, 1);
}

/** The day of "2016-02-03"; NaN for anything else. */
function parseDay(text) {
  const found = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text ?? "");
  if (!found) return NaN;
  const days = fromCivil(Number(found[1]), Number(found[2]), Number(found[3]));
  return isoDay(days) === text ? days : NaN;
}

/** Views that lie over the one that the map goes with, and are no part of what is shared. */
const OVER = ["share", "write"];

/** The view that the map goes with. */
const shownView = ({ view, behind }) => (OVER.includes(view) ? behind : view);

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
function parseLink(hash, context) {
  const { data, axes, first, views, territories = [], comparisons = [], chapters = 0 } = context;
  const asked = new URLSearchParams(hash.length > LONGEST_LINK ? "" : hash.replace(/^#/, ""));
  /** @type {Partial<State>} */
  const patch = {};
  const place = asked.get("place");
  const selected = place === null ? -1 : data.places.id.findIndex((at) => data.strings[at] === place);
  if (selected >= 0) patch.selected = selected;
  const axis = AXES.find((one) => one === asked.get("time") && axes[one].known) ?? first.axis;
  for (const facet of FACETS) {
    const value = facet.fromLink(asked, { ...context, axis });
    if (value !== undefined) patch[facet.key] = value;
  }
  const { article = -1 } = patch;
  const area = territories.findIndex((territory) => areaKey(territory) === asked.get("area"));
  if (area >= 0) patch.area = area;
  const view = asked.get("view") ?? "";
  const implied = impliedView({ selected, area, article }, views);
  const shown = view === "none" ? null : views.includes(view) ? view : implied;
  if (OVER.includes(shown ?? "")) patch.behind = implied ?? first.view;
  const isEmpty = (shown === "place" && selected < 0) || (shown === "area" && area < 0) || (shown === "article" && article < 0);
  if (shown !== undefined && !isEmpty) patch.view = shown;
  const days = axes[axis];
  const day = (name, otherwise) => {
    const value = parsePeriod(asked.get(name), name === "to");
    return value >= days.first && value <= days.last ? value : otherwise;
  };
  const [from, to] = [day("from", days.first), day("to", days.last)];
  Object.assign(patch, { axis }, from <= to ? { from, to } : { from: days.first, to: days.last });
  if (asked.get("described") === "0") patch.described = false;
  const size = SIZES.find((one) => one === asked.get("size"));
  if (size && (data.hasStories || size !== "stories")) patch.sizeBy = size;
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
  const chapter = Number(asked.get("chapter"));
  if (Number.isInteger(chapter) && chapter > 0 && chapter <= chapters) patch.chapter = chapter - 1;
  const where = (asked.get("map") ?? "").split("/").map(Number);
  const isWhere = where.length === 3 && where.every(Number.isFinite) && Math.abs(where[1]) <= 85 && Math.abs(where[2]) <= 200;
  return { patch, view: isWhere ? where : null };
}

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
  const isArea = shownView(state) === "area" && territories[state.area] !== undefined;
  if (isArea) link.set("area", areaKey(territories[state.area]));
  const implied = impliedView({ ...state, area: isArea ? state.area : -1 }, views);
  if (state.view !== (implied === undefined ? first.view : implied)) link.set("view", state.view ?? "none");
  if (state.axis !== first.axis) link.set("time", state.axis);
  if (days.known && state.from !== days.first) link.set("from", isoDay(state.from));
  if (days.known && state.to !== days.last) link.set("to", isoDay(state.to));
  for (const facet of FACETS) if (!facet.isOpen(state[facet.key])) facet.toLink(link, state[facet.key], data);
  if (!state.described) link.set("described", "0");
  if (state.sizeBy !== "mentions") link.set("size", state.sizeBy);
  if (state.speed !== 1) link.set("speed", String(state.speed));
  if (state.compare !== "") link.set("compare", state.compare);
  if (state.heat) link.set("heat", "1");
  if (state.step !== "bar") link.set("step", state.step);
  if (state.grows) link.set("window", "grows");
  if (state.rows !== "mentions") link.set("rows", state.rows);
  if (state.order !== "") link.set("order", state.order);
  if (state.chapter >= 0) link.set("chapter", String(state.chapter + 1));
  return `#${link}`;
}
