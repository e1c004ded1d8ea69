/** The search field in the head of the panel, always a "/" away. */

/** Lower case without accents, for the search. */
const folded = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();

/**
 * All spellings of each place, folded, a line each.
 * @param {Data} data
 * @returns {string[]}
 */
function foldSpellings({ places, strings }) {
  return Array.from(places.name, (name, i) => [name, ...places.spellings[i]].map((at) => folded(strings[at])).join("\n"));
}

/** @param {App} app */
function makeSearch(app) {
  const { state } = app;
  const input = el("input", {
    type: "search", id: "search", placeholder: t("search"), "aria-label": t("search"), "aria-keyshortcuts": "/", autocomplete: "off",
    input: () => state.set({ query: input.value.trim(), view: "list", selected: -1, article: -1 }),
  });
  fill(byId("find"), input);
  document.addEventListener("keydown", (event) => {
    const at = /** @type {HTMLElement} */ (event.target);
    const isTyping = at.isContentEditable || at.matches("textarea, select, input:not([type=range], [type=checkbox], [type=radio])");
    if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey || isTyping) return;
    event.preventDefault();
    if (state.get().view === null) state.set({ view: "list" });
    input.focus();
    input.select();
  });
}
