/** The search in the head of the panel, always a "/" away: places by every spelling, and articles. */

/** Suggestions that are offered at once: more would be a list. */
const MOST_PLACES = 7;
const MOST_ARTICLES = 4;

/**
 * All spellings of each place, folded, a line each.
 * @param {Data} data
 * @returns {string[]}
 */
const foldSpellings = (data) => allNamesOfPlaces(data).map((list) => list.map(folded).join("\n"));

/**
 * The main name of each place, then the others under which the articles name it; of nowhere none.
 * @param {Data} data
 */
const namesOfPlaces = ({ places, strings }) =>
  Array.from(places.name, (name, i) => (places.precision[i] > 0 ? [name, ...places.spellings[i]] : []).map((at) => strings[at]));

/** The same, and behind them what else the gazetteer calls each, folded. @param {Data} data */
const allNamesOfPlaces = (data) => namesOfPlaces(data).map((list, i) => (list.length === 0 ? list : [...list, ...(data.given[i] ? [data.given[i]] : []), ...(data.names[i] ? data.names[i].split("\n") : [])]));

/**
 * Suggests places, as many mentions as they have in what is shown, then in all.
 * @param {App} app
 * @returns {(query: string, most?: number) => Suggestion[]}
 */
function makePlaceFinder(app) {
  const { data } = app;
  const names = namesOfPlaces(data);
  const find = makeFinder(allNamesOfPlaces(data), (i) => names[i].length);
  const all = (i) => data.firstMention[i + 1] - data.firstMention[i];
  const weigh = (i) => app.tally.mentionTotal[i] + all(i) / (all(i) + 1);
  return (query, most = MOST_PLACES) => find(query, weigh, most).map(({ item, name }) => {
    const where = [app.where(item), wordWhole(app, item)].filter(Boolean).join(" · ");
    const as = name > 0 && name < names[item].length ? rich("search.as", { name: bdi(names[item][name]) }) : null;
    return { value: item, words: [
      el("span", { class: "hit" }, bdi(names[item][0]), (as || where) && el("small", {}, as, as && where && " · ", where && bdi(where))),
      el("span", { class: "number" }, grouped(app.tally.mentionTotal[item])),
    ] };
  });
}

/**
 * Suggests towns of the base map, which no article names.
 * @param {App} app
 * @returns {(query: string) => Suggestion[]}
 */
function makeTownFinder({ base }) {
  const find = makeFinder(base.towns.map(({ name }) => [name]));
  return (query) => find(query, (town) => base.towns[town].people, MOST_ARTICLES).map(({ item }) => ({
    value: item, kind: "town", words: el("span", { class: "hit" }, bdi(base.towns[item].name)),
  }));
}

/**
 * Suggests articles by their titles.
 * @param {App} app
 * @returns {(query: string) => Suggestion[]}
 */
function makeArticleFinder({ data }) {
  const { articles, strings, mentions } = data;
  const find = makeFinder(Array.from(articles.title, (title) => [strings[title]]));
  const weight = new Uint32Array(articles.title.length);
  for (const article of mentions.article) weight[article] += 1;
  return (query) => find(query, (article) => weight[article], MOST_ARTICLES).map(({ item }) => {
    const source = strings[articles.source[item]];
    return { value: item, words: [
      el("span", { class: "hit" }, bdi(strings[articles.title[item]]),
        el("small", {}, wordPublished(data, item), source && [" · ", bdi(source)])),
      el("span", { class: "number" }, grouped(weight[item])),
    ] };
  });
}

/** @param {App} app */
function makeSearch(app) {
  const { state } = app;
  const [places, articles] = [lazily(() => makePlaceFinder(app)), lazily(() => makeArticleFinder(app))];
  const box = makeCombobox({
    id: "search", label: t("search"), placeholder: t("search"),
    suggest: (query) => [
      { title: t("list"), items: places()(query).map((found) => ({ ...found, kind: "place" })) },
      ...(app.unlocated?.suggest(query) ?? []),
      { title: t("list.articles"), items: articles()(query).map((found) => ({ ...found, kind: "article" })) },
    ],
    choose: ({ kind, value }, input) => {
      input.value = "";
      state.set({ query: "" });
      if (kind === "unlocated") app.unlocated?.show(value);
      else if (kind === "article") openArticle(app, value);
      else openPlace(app, value);
    },
    submit: (query) => state.set({ query, view: "list", selected: -1, article: -1 }),
    change: (query) => { if (query === "") state.set({ query }); },
  });
  box.input.setAttribute("aria-keyshortcuts", "/");
  box.input.addEventListener("focus", () => { places(); articles(); }); // before the first letter
  fill(byId("find"), box.root);
  document.addEventListener("keydown", (event) => {
    const at = /** @type {HTMLElement} */ (event.target);
    const isTyping = at.isContentEditable || at.matches("textarea, select, input:not([type=range], [type=checkbox], [type=radio])");
    if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey || isTyping) return;
    event.preventDefault();
    if (state.get().view === null) state.set({ view: "list" });
    box.input.focus();
    box.input.select();
  });
}

/** Show a place as a whole, not only in the article that was read. */
function openPlace(app, place) {
  if (app.state.get().article >= 0) app.state.set({ article: -1 });
  app.select(place, { move: true });
}
