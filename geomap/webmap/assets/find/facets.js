/**
 * What mentions can be chosen by, each facet once: the mask of what is shown, the panel of the filters, the chips and
 * the address are made from this list. Words of an address are those of geomap's options: "kind", "min-confidence".
 */

/** Words of a mention's status; the last one is that of a name that nobody locates. */
const STATUSES = ["resolved", "ambiguous", "unknown"];
const STATUS_WORDS = { resolved: "filters.resolved", ambiguous: "legend.ambiguous", unknown: "unlocated" };

/** How the address writes that none of a list is wanted. */
const NONE = "-";

/** Values of one list that have chips of their own; more share one. */
const MOST_CHIPS = 3;

/** The different strings of a column, sorted. */
const valuesOf = (column, strings) => [...new Set(column)].map((at) => strings[at]).sort();

const isEqual = (a, b) => String(a).toLowerCase() === String(b).toLowerCase();

/** Whether a code is the one that is asked for, or begins as it does before an asterisk. */
const isCode = (code, asked) => (asked.endsWith("*") ? code !== "" && code.startsWith(asked.slice(0, -1).toUpperCase()) : isEqual(code, asked));

/** Whether a tag of a language is the one that is asked for, or a narrower one: "en" asks for "en-GB", too. */
const isTag = (tag, asked) => `${tag}-`.replaceAll("_", "-").toLowerCase().startsWith(`${asked}-`.replaceAll("_", "-").toLowerCase());

/** The name of a language in that of the page, or its tag, where it is none that the browser knows. */
function wordLanguage(tag) {
  try {
    return tag === "" ? t("filters.untagged") : formats.languages.of(tag);
  } catch {
    return tag;
  }
}

/** A chip for each value that is wanted, one for many. @param {Facet} facet @param {App} app @param {any[]} chosen */
function valueChips(facet, app, chosen) {
  const { key, open, word } = facet;
  const title = () => t(`filters.${key}`);
  if (chosen.length === 0) return [{ words: t("chip.nothing", { name: title() }), undo: { [key]: open } }];
  if (chosen.length > MOST_CHIPS) return [{ words: t("chip.many", { name: title(), n: chosen.length }), undo: { [key]: open } }];
  return chosen.map((value) => ({ words: word(app, value), undo: { [key]: chosen.length > 1 ? chosen.filter((one) => one !== value) : open } }));
}

/** One chip for what is still shown. @param {Facet} facet @param {App} app @param {any[]} chosen */
function onlyChip({ key, open, word }, app, chosen) {
  const names = chosen.map((value) => word(app, value)).join(", ");
  return [{ words: chosen.length === 0 ? t("chip.nothing", { name: t("filters.kinds") }) : t("chip.kind", { name: names }), undo: { [key]: open } }];
}

const isAllButAmbiguous = (chosen) => !chosen.includes("ambiguous") && chosen.includes("resolved");

/**
 * A facet of which several values can be wanted. `open` is what leaves none out.
 * @param {Pick<Facet, "key" | "name" | "of"> & Partial<Facet> & {read: (data: Data) => (row: number) => any}} options
 *   `read` gives the values by rows of the table `of`
 * @returns {Facet}
 */
function makeListFacet(options) {
  const { of, name, key, read, open = null } = options;
  const size = (data) => (of === "mentions" ? data.mentions.place : of === "places" ? data.places.name : data.articles.title).length;
  const values = (data) => {
    const valueOf = read(data);
    return [...new Set(Array.from({ length: size(data) }, (_, row) => valueOf(row)))].sort();
  };
  const fits = options.fits ?? isEqual;
  return {
    open, values, word: (_, value) => String(value),
    isOpen: (chosen) => chosen === null || chosen.length === open?.length,
    valueOf(data) {
      const valueOf = read(data);
      const { place, article } = data.mentions;
      return of === "places" ? (m) => valueOf(place[m]) : of === "articles" ? (m) => valueOf(article[m]) : valueOf;
    },
    mark(data, chosen) {
      const [valueOf, wanted] = [read(data), new Set(chosen)];
      return Uint8Array.from({ length: size(data) }, (_, row) => (wanted.has(valueOf(row)) ? 1 : 0));
    },
    fromLink(asked, context) {
      const words = asked.getAll(name);
      const found = words.length === 0 ? [] : (options.values ?? values)(context.data).filter((value) => words.some((word) => fits(value, word, context)));
      return found.length > 0 || words.includes(NONE) ? found : undefined;
    },
    toLink(link, chosen) {
      if (chosen.length === 0) link.append(name, NONE);
      for (const value of chosen) link.append(name, String(value));
    },
    chips(app, chosen) { return valueChips(/** @type {any} */ (this), app, chosen); },
    ...options,
  };
}

/** @type {Facet} one article alone, whatever its date and source */
const ARTICLE = {
  key: "article", name: "article", of: "article", open: -1,
  isOpen: (article) => article < 0,
  fromLink: (asked, { data }) => {
    const id = asked.get("article");
    const found = id === null ? -1 : data.articles.id.findIndex((at) => data.strings[at] === id);
    return found < 0 ? undefined : found;
  },
  toLink: (link, article, data) => link.set("article", data.strings[data.articles.id[article]]),
  chips: ({ data, state }, article) => {
    const { view } = state.get();
    return [{ words: t("chip.article", { name: data.strings[data.articles.title[article]] }), undo: { article: -1, view: view === "article" ? "list" : view } }];
  },
};

/**
 * Whether what has no date on an axis is wanted: as the reader says; null leaves it to the dates.
 * @param {"undated" | "untold"} key
 * @param {Axis} axis
 * @returns {Facet}
 */
const makeDatelessFacet = (key, axis) => ({
  key, name: key, of: "dates", open: null,
  isOpen: (is) => is === null,
  fromLink: (asked, { axis: now }) => {
    if (now === axis && asked.has("no-undated")) return false;
    const said = asked.get(key);
    return said === "0" ? false : said === "1" || (said === "" && now === axis) ? true : undefined;
  },
  toLink: (link, is) => link.set(key, is ? "1" : "0"),
  chips: ({ state, days }, is) => (is === false && state.get().axis === axis && !isWindow(state.get(), days) ? [{ words: t(`chip.${key}`), undo: { [key]: null } }] : []), // else the dates say it
});

/** @type {Facet} */
const CONFIDENCE = {
  key: "confidence", name: "confidence", of: "mentions", open: 0,
  isOpen: (least) => least === 0,
  mark: ({ mentions }, least) => Uint8Array.from(mentions.confidence, (value) => (value >= least ? 1 : 0)),
  fromLink: (asked) => {
    const least = Math.round(asked.has("min-confidence") ? 100 * Number(asked.get("min-confidence")) : Number.parseInt(asked.get("confidence") ?? "", 10));
    return least > 0 && least <= 100 ? least : undefined;
  },
  toLink: (link, least) => link.set("confidence", String(least)),
  chips: (_, least) => [{ words: t("chip.confidence", { share: wordShare(least) }), undo: { confidence: 0 } }],
};

/** @type {Facet} whether each copy of a story counts, or one for all */
const COPIES = {
  key: "copies", name: "copies", of: "stories", open: "each",
  isOpen: (copies) => copies === "each",
  fromLink: (asked) => ([asked.get("copies"), asked.get("story-copies")].includes("once") ? "once" : undefined),
  toLink: (link, copies) => link.set("copies", copies),
  chips: () => [{ words: t("chip.copies"), undo: { copies: "each" } }],
};

/** In the order of the chips. @type {ReadonlyArray<Facet>} */
const FACETS = [
  ARTICLE,
  makeListFacet({
    key: "kinds", name: "kind", of: "mentions", open: KINDS, values: () => KINDS, word: (_, kind) => t(`legend.${kind}`),
    read: ({ mentions }) => (m) => KINDS[mentions.kind[m]],
    chips(app, chosen) { return onlyChip(/** @type {any} */ (this), app, chosen); },
  }),
  makeListFacet({
    key: "statuses", name: "status", of: "mentions", word: (_, status) => t(STATUS_WORDS[status]),
    read: ({ mentions }) => (m) => STATUSES[mentions.unlocated[m] === 1 ? 2 : mentions.ambiguous[m]],
    fromLink(asked, { data }) {
      const [known, words] = [this.values(data), asked.getAll("status")];
      const isShort = words.length === 0 && asked.get("ambiguous") === "0";
      const found = known.filter((status) => (isShort ? status !== "ambiguous" : words.includes(status)));
      return found.length === known.length || (found.length === 0 && !isShort && !words.includes(NONE)) ? undefined : found;
    },
    toLink(link, chosen, data) {
      if (isAllButAmbiguous(chosen) && chosen.length === this.values(data).length - 1) link.set("ambiguous", "0");
      else for (const status of chosen.length > 0 ? chosen : [NONE]) link.append("status", status);
    },
    chips(app, chosen) {
      const isUsual = isAllButAmbiguous(chosen) && chosen.length === this.values(app.data).length - 1;
      return isUsual ? [{ words: t("chip.ambiguous"), undo: { statuses: null } }] : onlyChip(/** @type {any} */ (this), app, chosen);
    },
  }),
  makeDatelessFacet("undated", "published"),
  makeDatelessFacet("untold", "told"),
  makeListFacet({
    key: "countries", name: "country", of: "places", isListed: true,
    word: ({ countryName }, iso) => (iso === "" ? t("filters.nowhere") : countryName(iso)),
    read: ({ places, strings }) => (i) => strings[places.country[i]],
    fits: (iso, asked, { countryName }) => isEqual(iso, asked) || (asked !== "" && iso !== "" && isEqual(countryName?.(iso), asked)),
  }),
  makeListFacet({
    key: "sources", name: "source", of: "articles", isListed: true,
    word: (_, name) => (name === "" ? t("filters.unsigned") : name),
    read: ({ articles, strings }) => (a) => strings[articles.source[a]],
  }),
  makeListFacet({
    key: "langs", name: "article-lang", of: "articles", isListed: true,
    word: (_, tag) => wordLanguage(tag),
    read: ({ articles, strings }) => (a) => strings[articles.lang[a]],
    fits: isTag,
  }),
  makeListFacet({
    key: "precisions", name: "precision", of: "mentions", isListed: true,
    word: (_, value) => t(`precision.${value}`),
    read: ({ mentions }) => (m) => mentions.precision[m],
  }),
  makeListFacet({
    key: "features", name: "feature", of: "mentions", // too many for a list, and codes are no words for readers
    read: ({ mentions, places, strings }) => (m) => (mentions.unlocated[m] === 1 ? "" : strings[places.feature[mentions.place[m]]]),
    fits: isCode,
  }),
  CONFIDENCE,
  COPIES,
];

/** Nothing left out, as the state has it. @returns {Pick<State, "kinds" | "statuses" | "undated" | "untold" | "countries" | "sources" | "langs" | "precisions" | "features" | "confidence" | "copies" | "article">} */
const everyFacetOpen = () => /** @type {any} */ (Object.fromEntries(FACETS.map(({ key, open }) => [key, open])));

/** Whether a value of a list is among those that are wanted. */
const isWanted = (chosen, value) => chosen === null || chosen.includes(value);

/** A list with one of its values wanted or not; null where all are. */
function withValue(data, key, chosen, value, on) {
  const values = facetOf(key).values(data);
  const next = values.filter((one) => (one === value ? on : isWanted(chosen, one)));
  return next.length === values.length ? null : next;
}

/** @param {string} key @returns {any} */
const facetOf = (key) => FACETS.find((facet) => facet.key === key);
