/** The list of places: the table that stands beside the map, for reading and for the keyboard. */

const ROWS_AT_FIRST = 150;

/** Lower case without accents, for the search. */
const folded = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();

function makeList(app) {
  const { data, state } = app;
  const { places, strings } = data;
  const names = places.name.map((name) => folded(strings[name]));
  let sort = { key: "mentionTotal", down: true };
  let query = "";
  let full = false;
  let body = null;

  const search = el("input", { type: "search", id: "search", placeholder: "Find a place", "aria-label": "Find a place", autocomplete: "off", input: () => { query = folded(search.value.trim()); draw(); } });

  function compare(tally) {
    const sign = sort.down ? -1 : 1;
    const byName = (a, b) => (names[a] < names[b] ? -1 : names[a] > names[b] ? 1 : 0);
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

  function row(i, tally) {
    const kind = app.where(i);
    return el("tr", { class: state.get().selected === i ? "selected" : "" },
      el("th", { scope: "row" }, el("button", { type: "button", class: `place ${levelOf(places, i)}`, click: () => app.select(i, { move: true }) }, bdi(strings[places.name[i]]), kind && el("small", {}, bdi(kind)))),
      el("td", { class: "number" }, grouped(tally.mentionTotal[i])),
      el("td", { class: "number" }, grouped(tally.articleTotal[i])));
  }

  function table(rows, tally, caption) {
    const shown = full ? rows : rows.slice(0, ROWS_AT_FIRST);
    return [
      el("table", {}, el("caption", { class: caption ? "" : "unseen" }, caption || "Places"),
        el("thead", {}, el("tr", {}, header("name", "Place"), header("mentionTotal", "Mentions"), header("articleTotal", "Articles"))),
        el("tbody", {}, shown.map((i) => row(i, tally)))),
      shown.length < rows.length && el("button", { type: "button", class: "more", click: () => { full = true; draw(); } }, `Show all ${grouped(rows.length)}`),
    ];
  }

  function emptyWords() {
    if (names.length === 0) return "No place was found in these articles.";
    return query ? "No place of this name in these dates." : "No place is named in these dates.";
  }

  function draw() {
    const { tally } = app;
    const wanted = places.name.map((_, i) => i).filter((i) => tally.mentionTotal[i] > 0 && (query === "" || names[i].includes(query))).sort(compare(tally));
    const main = wanted.filter((i) => levelOf(places, i) !== REGION);
    const regions = wanted.filter((i) => levelOf(places, i) === REGION);
    fill(body,
      main.length > 0 && table(main, tally, ""),
      regions.length > 0 && table(regions, tally, "Regions and waters"),
      wanted.length === 0 && el("p", { class: "empty" }, emptyWords()));
  }

  return {
    title: "Places",
    build(root) {
      body = el("div", { class: "list" });
      fill(root, search, body);
      draw();
    },
    update: draw,
  };
}
