/** The panel of the filters, each option with the mentions that it would show. */

/** Options of a list that are shown before the rest is asked for. */
const OPTIONS_AT_FIRST = 8;

/**
 * Mentions of each option, as they would be if the list itself left nothing out.
 * @param {Data} data
 * @param {Filter} filter one of its own, so that the map's stays as it is
 * @param {State} state what is chosen
 * @param {Partial<State>} opened the choice that is counted, undone
 * @param {(m: number) => any} valueOf
 */
function countOptions(data, filter, state, opened, valueOf) {
  filter.update({ ...state, ...opened });
  const counts = new Map();
  for (let m = 0; m < filter.now.length; m += 1) {
    const value = valueOf(m);
    counts.set(value, (counts.get(value) ?? 0) + filter.now[m]);
  }
  return counts;
}

/**
 * @param {App} app
 * @returns {View}
 */
function makeFilters(app) {
  const { data, state } = app;
  const own = lazily(() => makeFilter(data, app.axes));
  const full = new Set();
  const { confidence } = data.mentions;
  const hasConfidence = confidence.some((value) => value >= 0);
  const further = countCopies(data);
  let body = null;
  let slider = null;

  /** A box with its count; a list of options is wanted as a whole while none of them is chosen. */
  function box(type, name, words, count, checked, change) {
    const input = el("input", { type, name, change: () => change(input.checked) });
    input.checked = checked;
    return el("label", { class: "option" }, input, el("span", { class: "hit" }, words), count !== null && el("span", { class: "number" }, grouped(count)));
  }

  const group = (title, ...rows) => el("fieldset", {}, el("legend", {}, title), rows);

  function kinds(current) {
    const [facet, status] = [facetOf("kinds"), facetOf("statuses")];
    const counts = countOptions(data, own(), current, { kinds: KINDS }, facet.valueOf(data));
    const sure = countOptions(data, own(), current, { statuses: null }, status.valueOf(data));
    const undated = countOptions(data, own(), current, { undated: true }, (m) => data.articles.precision[data.mentions.article[m]] === 0);
    const untold = countOptions(data, own(), current, { untold: true }, (m) => data.told.precision[m] === 0);
    return group(t("filters.kinds"),
      KINDS.map((kind) => box("checkbox", "kind", facet.word(app, kind), counts.get(kind) ?? 0, current.kinds.includes(kind), (on) =>
        state.set({ kinds: KINDS.filter((one) => (one === kind ? on : state.get().kinds.includes(one))) }))),
      STATUSES.slice(1).map((one) => sure.has(one) && box("checkbox", one, status.word(app, one), sure.get(one), isWanted(current.statuses, one), (on) =>
        state.set({ statuses: withValue(data, "statuses", state.get().statuses, one, on) }))),
      current.axis === "told" && box("checkbox", "untold", t("filters.untold"), untold.get(true) ?? 0, showsDateless(current, app.axes), (on) => state.set(answerDateless(app, on))),
      current.axis === "published" && data.articles.precision.includes(0) && box("checkbox", "undated", t("filters.undated"), undated.get(true) ?? 0, showsDateless(current, app.axes), (on) => state.set(answerDateless(app, on))));
  }

  /** @param {any} facet @param {State} current */
  function list({ key, valueOf, word: wordOf }, current) {
    const word = (value) => wordOf(app, value);
    const counts = countOptions(data, own(), current, { [key]: null }, valueOf(data));
    if (counts.size < 2) return null;
    const chosen = current[key] ?? [];
    const order = key === "precisions" ? (a, b) => a - b : (a, b) => counts.get(b) - counts.get(a) || formats.order.compare(word(a), word(b));
    const values = [...counts.keys()].sort(order);
    const shown = full.has(key) ? values : values.filter((value, n) => n < OPTIONS_AT_FIRST || chosen.includes(value));
    const change = (value) => (on) => {
      const next = values.filter((one) => (one === value ? on : (state.get()[key] ?? []).includes(one)));
      state.set({ [key]: next.length > 0 ? next.sort() : null });
    };
    return group(t(`filters.${key}`),
      shown.map((value) => box("checkbox", key, bdi(word(value)), counts.get(value), chosen.includes(value), change(value))),
      shown.length < values.length && el("button", { type: "button", class: "link", click: () => { full.add(key); draw(); } }, t("list.all", { n: values.length })));
  }

  function sure(current) {
    if (!hasConfidence) return null;
    const counts = countOptions(data, own(), current, { confidence: 0 }, (m) => confidence[m]);
    const count = [...counts].reduce((sum, [value, n]) => sum + (current.confidence === 0 || value >= current.confidence ? n : 0), 0);
    slider ??= el("input", { type: "range", min: 0, max: 100, step: 5, "aria-label": t("filters.confidence"), input: () => state.set({ confidence: Number(slider.value) }) });
    slider.value = String(current.confidence);
    slider.setAttribute("aria-valuetext", wordShare(current.confidence));
    return group(t("filters.confidence"), el("div", { class: "option" }, slider, el("output", {}, wordShare(current.confidence)), el("span", { class: "number" }, grouped(count))));
  }

  function counting(current) {
    const sizes = SIZES.filter((size) => size !== "stories" || data.hasStories);
    const countIf = (copies) => countOptions(data, own(), current, { copies }, () => true).get(true) ?? 0;
    return [
      data.hasStories && group(t("filters.copies"),
        /** @type {("each" | "once")[]} */ (["each", "once"]).map((value) =>
          box("radio", "copies", t(`copies.${value}`), countIf(value), current.copies === value, () => state.set({ copies: value }))),
        el("p", { class: "how" }, t("copies.further", { n: further }))),
      group(t("filters.size"), sizes.map((value) => box("radio", "count", t(`size.${value}`), null, current.sizeBy === value, () => state.set({ sizeBy: value })))),
    ];
  }

  function draw() {
    const current = state.get();
    const active = activeFilters(app).length;
    const lists = FACETS.filter(({ isListed }) => isListed);
    keepFocus(body, () => fill(body,
      active > 0 && el("p", {}, el("button", { type: "button", class: "link", click: () => clearFilters(state) }, t("filters.clear"))),
      kinds(current),
      lists.some(({ key }) => current[key] === null) && el("p", { class: "how" }, t("filters.none")),
      lists.map((one) => list(one, current)), sure(current), counting(current)));
  }

  return {
    title: t("filters"),
    build(root) {
      body = el("div", { class: "filters" });
      fill(root, body);
      draw();
    },
    update: draw,
  };
}
