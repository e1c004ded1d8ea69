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

  /** A row, which shows one place after the other. */
  function makeRow() {
    let shown = -1;
    const [name, kind, first, second] = [bdi(""), bdi(""), el("td", { class: "number" }), el("td", { class: "number" })];
    const small = el("small", {}, kind);
    const button = el("button", { type: "button", tabindex: -1, click: () => app.select(shown, { move: true }) }, name);
    const root = el("tr", {}, el("th", { scope: "row" }, button), first, second);
    return {
      root,
      show(i) {
        shown = i;
        root.className = state.get().selected === i ? "selected" : "";
        button.className = `place ${levelOf(places, i)}`;
        reword(name, strings[places.name[i]]);
        reword(kind, [app.where(i), wordWhole(app, i), app.unlocated?.words([i])].filter(Boolean).join(" · "));
        if (kind.textContent === "") small.remove();
        else if (small.parentNode === null) button.append(small);
        reword(first, grouped(app.tally.mentionTotal[i]));
        reword(second, grouped(app.tally[seconds().key][i]));
      },
    };
  }

  /** A table of places. */
  function makeRows(caption) {
    const rows = /** @type {ReturnType<typeof makeRow>[]} */ ([]);
    const body = el("tbody");
    const more = el("button", { type: "button", class: "more", click: () => { full = true; draw(); } });
    const root = el("table", {}, el("caption", { class: caption ? "" : "unseen" }, caption || t("list")),
      el("thead", {}, el("tr", {}, header("name", t("list.place")), header("mentionTotal", t("list.mentions")), header(seconds().key, seconds().title))),
      body);
    const isSeen = ({ root: { top, bottom } }, box) => bottom > box.top && top < box.bottom;
    return {
      nodes: [root, more],
      /** Bring the rows up to date: all of them, or those that are seen. */
      show(wanted, isMoving) {
        const count = full ? wanted.length : Math.min(wanted.length, ROWS_AT_FIRST);
        const box = isMoving ? byId("panel").getBoundingClientRect() : null;
        const seen = rows.map(({ root: line }) => box === null || isSeen({ root: line.getBoundingClientRect() }, box));
        while (rows.length > count) rows.pop()?.root.remove();
        for (let n = 0; n < count; n += 1) {
          rows[n] ??= makeRow();
          if (seen[n] !== false) rows[n].show(wanted[n]);
          if (n >= seen.length) body.append(rows[n].root);
        }
        more.hidden = count === wanted.length;
        reword(more, t("list.all", { n: wanted.length }));
      },
    };
  }

  function emptyWords() {
    if (names.length === 0) return t("empty");
    if (state.get().query !== "" && app.tally.mentions > 0) return t("list.empty.query");
    const blamed = wordBlamed(app);
    return blamed.length > 0 ? blamed : t("list.empty");
  }

  /** The places to show, and what stands around them. */
  function choose() {
    const { tally } = app;
    const query = folded(state.get().query);
    const shown = names.map((_, i) => i).filter((i) => tally.mentionTotal[i] > 0 && places.precision[i] > 0);
    const fitting = query === "" ? shown : shown.filter((i) => spellings[i].includes(query));
    const near = (i) => spellings[i].split("\n").some((name) => isSlip(name, query));
    const wanted = (fitting.length === 0 && query.length >= SLIP_FROM ? shown.filter(near) : fitting).sort(compare(tally));
    const main = wanted.filter((i) => levelOf(places, i) !== REGION);
    const regions = wanted.filter((i) => levelOf(places, i) === REGION);
    const others = app.unlocated?.listEnd(query) ?? [];
    return { main, regions, others, hasMultiples: app.days.known && shown.length > 0 && query === "" };
  }

  let tables = /** @type {{main: ReturnType<typeof makeRows>, regions: ReturnType<typeof makeRows>, parts: string}} */ ({});

  /** While more steps of the dates may come, what is not seen waits. */
  function update(isMoving = false) {
    const { main, regions, others, hasMultiples } = choose();
    const parts = [main.length > 0, regions.length > 0, hasMultiples, seconds().key].join();
    const isKept = tables.parts === parts && main.length + regions.length > 0 && others.length === 0;
    if (!isKept) {
      tables = { main: makeRows(""), regions: makeRows(t("list.regions")), parts };
      fill(body,
        hasMultiples && el("p", {}, el("button", { type: "button", class: "link", click: () => app.state.set({ view: "multiples" }) }, t("multiples"))),
        main.length > 0 && tables.main.nodes,
        regions.length > 0 && tables.regions.nodes,
        others,
        main.length + regions.length + others.length === 0 && el("div", { class: "empty" }, emptyWords()));
    }
    if (main.length > 0) tables.main.show(main, isMoving);
    if (regions.length > 0) tables.regions.show(regions, isMoving);
    return isKept && isMoving;
  }

  function draw() {
    tables.parts = "";
    update();
  }

  return {
    title: t("list"),
    build(root) {
      body = el("div", { class: "list" });
      fill(root, body);
      draw();
    },
    update,
  };
}
