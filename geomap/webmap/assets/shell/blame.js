/** Which choice leaves nothing to show, and the way out of it. */

/**
 * Every choice that leaves mentions out, the window of dates among them, and how many mentions there would be
 * without it; those that alone are to blame come first.
 * @param {App} app
 * @returns {{words: string, undo: Partial<State>, count: number}[]}
 */
function findBlamed(app) {
  const { data, axes, days, state } = app;
  const current = state.get();
  const choices = activeFilters(app);
  if (days.known && isWindow(current, days)) choices.push({ words: wordWindow(current, days), undo: { from: days.first, to: days.last } });
  const own = makeFilter(data, axes);
  const count = (undo) => {
    own.update({ ...current, ...undo });
    return own.now.reduce((sum, is) => sum + is, 0);
  };
  return choices.map((choice) => ({ ...choice, count: count(choice.undo) })).sort((a, b) => b.count - a.count);
}

/**
 * Why nothing is shown, and a button for each choice without which something would be; nothing where no choice
 * is to blame.
 * @param {App} app
 */
function wordBlamed(app) {
  const blamed = findBlamed(app);
  if (blamed.length === 0) return [];
  const { state } = app;
  const alone = blamed.filter(({ count }) => count > 0);
  if (alone.length === 0) {
    const all = () => {
      clearFilters(state);
      state.set({ from: app.days.first, to: app.days.last });
    };
    return [el("p", {}, t("blame.all", { names: formats.list.format(blamed.map(({ words }) => words)) }), " ", el("button", { type: "button", class: "link", click: all }, t("filters.clear")))];
  }
  return alone.map(({ words, undo, count }) => el("p", {}, rich("blame", { name: bdi(words), mentions: t("mentions", { n: count }) }), " ",
    el("button", { type: "button", class: "link", "aria-label": t("chip.remove", { name: words }), click: () => state.set(undo) }, t("blame.undo"))));
}

/** The same in the card, while nothing is shown. @param {App} app */
function makeBlame(app) {
  const root = byId("filtered");
  return () => {
    root.hidden = app.tally.mentions > 0 || app.data.mentions.place.length === 0;
    fill(root, root.hidden ? [] : wordBlamed(app));
  };
}
