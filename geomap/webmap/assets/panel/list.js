/** The list of places: the table that stands beside the map, for reading and for the keyboard. */

const ROWS_AT_FIRST = 150;

/**
 * @param {App} app
 * @returns {View}
 */
function makeList(app) {
  const { data, state } = app;
  const { places, strings } = data;
  const names = Array.from(places.name, (name) => strings[name]);
  const spellings = foldSpellings(data);
  let sort = { key: "mentionTotal", down: true };
  let full = false;
  let body = null;
  const rank = new Int32Array(names.length);
  names.map((_, i) => i).sort((a, b) => formats.order.compare(names[a], names[b])).forEach((i, n) => { rank[i] = n; });

  function compare(tally) {
    const sign = sort.down ? -1 : 1;
    const byName = (a, b) => rank[a] - rank[b];
    if (sort.key === "name") return (a, b) => -sign * byName(a, b);
    return (a, b) => sign * (tally[sort.key][a] - tally[sort.key][b]) || byName(a, b);
  }

  function header(key, text) {
    const isSorted = sort.key === key;
    const order = isSorted ? (sort.down === (key !== "name") ? "descending" : "ascending") : "none";
    const button = el("button", { type: "button", click: () => {
      sort = { key, down: isSorted ? !sort.down : true };
      draw();
      body.querySelector(`[data-sort="${key}"]`)?.focus();
    }, "data-sort": key }, text);
    return el("th", { scope: "col", "aria-sort": order, class: key === "name" ? "" : "number" }, button);
  }

  /** What the second column counts: voices where stories are counted. */
  const seconds = () => (state.get().sizeBy === "stories" ? { key: "storyTotal", title: t("list.stories") } : { key: "articleTotal", title: t("list.articles") });

  function row(i, tally) {
    const kind = [app.where(i), wordWhole(app, i), app.unlocated?.words([i])].filter(Boolean).join(" · ");
    return el("tr", { class: state.get().selected === i ? "selected" : "" },
      el("th", { scope: "row" }, el("button", { type: "button", class: `place ${levelOf(places, i)}`, click: () => app.select(i, { move: true }) }, bdi(strings[places.name[i]]), kind && el("small", {}, bdi(kind)))),
      el("td", { class: "number" }, grouped(tally.mentionTotal[i])),
      el("td", { class: "number" }, grouped(tally[seconds().key][i])));
  }

  function table(rows, tally, caption) {
    const shown = full ? rows : rows.slice(0, ROWS_AT_FIRST);
    return [
      el("table", {}, el("caption", { class: caption ? "" : "unseen" }, caption || t("list")),
        el("thead", {}, el("tr", {}, header("name", t("list.place")), header("mentionTotal", t("list.mentions")), header(seconds().key, seconds().title))),
        el("tbody", {}, shown.map((i) => row(i, tally)))),
      shown.length < rows.length && el("button", { type: "button", class: "more", click: () => { full = true; draw(); } }, t("list.all", { n: rows.length })),
    ];
  }

  function emptyWords() {
    if (names.length === 0) return t("empty");
    if (state.get().query !== "" && app.tally.mentions > 0) return t("list.empty.query");
    const blamed = wordBlamed(app);
    return blamed.length > 0 ? blamed : t("list.empty");
  }

  function draw() {
    const { tally } = app;
    const query = folded(state.get().query);
    const shown = names.map((_, i) => i).filter((i) => tally.mentionTotal[i] > 0 && places.precision[i] > 0);
    const fitting = query === "" ? shown : shown.filter((i) => spellings[i].includes(query));
    const near = (i) => spellings[i].split("\n").some((name) => isSlip(name, query));
    const wanted = (fitting.length === 0 && query.length >= SLIP_FROM ? shown.filter(near) : fitting).sort(compare(tally));
    const main = wanted.filter((i) => levelOf(places, i) !== REGION);
    const regions = wanted.filter((i) => levelOf(places, i) === REGION);
    const others = app.unlocated?.listEnd(query) ?? [];
    fill(body,
      app.days.known && shown.length > 0 && query === "" && el("p", {}, el("button", { type: "button", class: "link", click: () => app.state.set({ view: "multiples" }) }, t("multiples"))),
      main.length > 0 && table(main, tally, ""),
      regions.length > 0 && table(regions, tally, t("list.regions")),
      others,
      wanted.length + others.length === 0 && el("div", { class: "empty" }, emptyWords()));
  }

  return {
    title: t("list"),
    build(root) {
      body = el("div", { class: "list" });
      fill(root, body);
      draw();
    },
    update: draw,
  };
}
