/** What is left out, near the summary: a chip for each choice, to be taken back. */

/** Values of one list that have chips of their own; more share one. */
const MOST_CHIPS = 3;

/**
 * Every choice that leaves mentions out, but the dates, which the strip shows.
 * @param {App} app
 * @returns {{words: string, undo: Partial<State>}[]}
 */
function activeFilters(app) {
  const { data, state } = app;
  const current = state.get();
  const found = [];
  const add = (words, undo) => found.push({ words, undo });
  if (current.article >= 0) add(t("chip.article", { name: data.strings[data.articles.title[current.article]] }), { article: -1, view: current.view === "article" ? "list" : current.view });
  if (current.kinds.length === 0) add(t("chip.nothing", { name: t("filters.kinds") }), { kinds: KINDS });
  else if (current.kinds.length < KINDS.length) add(t("chip.kind", { name: current.kinds.map((kind) => t(`legend.${kind}`)).join(", ") }), { kinds: KINDS });
  if (!current.ambiguous) add(t("chip.ambiguous"), { ambiguous: true });
  const dateless = DATELESS[current.axis];
  if (current[dateless] === false && !isWindow(current, app.days)) add(t(`chip.${dateless}`), { [dateless]: null }); // else the dates say it
  for (const { key, word } of makeFilterLists(app)) {
    const chosen = current[key];
    if (chosen === null) continue;
    const title = t(`filters.${key}`);
    if (chosen.length === 0) add(t("chip.nothing", { name: title }), { [key]: null });
    else if (chosen.length > MOST_CHIPS) add(t("chip.many", { name: title, n: chosen.length }), { [key]: null });
    else for (const value of chosen) add(word(value), { [key]: chosen.length > 1 ? chosen.filter((one) => one !== value) : null });
  }
  if (current.confidence > 0) add(t("chip.confidence", { share: wordShare(current.confidence) }), { confidence: 0 });
  if (current.copies === "once") add(t("chip.copies"), { copies: "each" });
  return found;
}

/** Undo them all. */
function clearFilters(state) {
  const view = state.get().view === "article" ? "list" : state.get().view;
  state.set({ ...UNFILTERED, kinds: KINDS, ambiguous: true, undated: null, untold: null, view });
}

/**
 * @param {App} app
 * @returns {() => void} brings the chips up to date
 */
function makeChips(app) {
  const { state } = app;
  const root = byId("chips");
  let before = "";

  function chip({ words, undo }, n) {
    const remove = () => {
      state.set(undo);
      const left = root.querySelectorAll("button");
      (left[Math.min(n, left.length - 1)] ?? byId("show-filters")).focus();
    };
    return el("li", {}, el("button", { type: "button", class: "chip", "aria-label": t("chip.remove", { name: words }), click: remove }, bdi(words), el("span", { "aria-hidden": "true" }, "×")));
  }

  function corrections(count) {
    const review = el("button", { type: "button", class: "link", click: () => { state.set({ view: "corrections" }); byId("panel").focus({ preventScroll: true }); } }, t("corrections.review"));
    return el("p", {}, t("corrections.count", { n: count }), " ", review);
  }

  return () => {
    const active = activeFilters(app);
    const { corrections: noted } = state.get();
    const now = JSON.stringify([active, noted.length]);
    if (now === before) return;
    before = now;
    root.hidden = active.length + noted.length === 0;
    fill(root,
      active.length > 0 && el("ul", { "aria-label": t("chip.active") }, active.map(chip),
        el("li", {}, el("button", { type: "button", class: "link", click: () => { clearFilters(state); byId("show-filters").focus(); } }, t("filters.clear")))),
      noted.length > 0 && corrections(noted.length));
  };
}
