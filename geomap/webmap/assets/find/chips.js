/** What is left out, near the summary: a chip for each choice, to be taken back. */

/**
 * Every choice that leaves mentions out, but the dates, which the strip shows.
 * @param {App} app
 * @returns {{words: string, undo: Partial<State>}[]}
 */
function activeFilters(app) {
  const current = app.state.get();
  return FACETS.flatMap((facet) => (facet.isOpen(current[facet.key]) ? [] : facet.chips(app, current[facet.key])));
}

/** Undo them all. */
function clearFilters(state) {
  const view = state.get().view === "article" ? "list" : state.get().view;
  state.set({ ...everyFacetOpen(), view });
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
