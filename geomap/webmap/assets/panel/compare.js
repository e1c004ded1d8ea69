/** What is shown, beside something else: an earlier table, the time before, another source, another kind. */

/** How the address writes the two ways that have no name of their own. */
const BASELINE = "baseline";
const BEFORE = "before";

/**
 * The ways to compare that this map has.
 * @param {App} app
 * @returns {{value: string, words: string}[]}
 */
function comparisonsOf({ data, baseline, axes }) {
  const sources = valuesOf(data.articles.source, data.strings);
  return [
    ...(baseline ? [{ value: BASELINE, words: t("compare.baseline", { name: baseline.name }) }] : []),
    ...(axes.published.known || axes.told.known ? [{ value: BEFORE, words: t("compare.before") }] : []),
    ...(new Set(data.mentions.kind).size > 1 ? KINDS.map((kind) => ({ value: `kind:${kind}`, words: t(`legend.${kind}`) })) : []),
    ...(sources.length > 1 ? sources.map((name) => ({ value: `source:${name}`, words: name === "" ? t("filters.unsigned") : name })) : []),
  ];
}

/** What the other side is, as a change of what is chosen. @param {State} state */
function otherSide(state) {
  const [way, name = ""] = [state.compare.split(":")[0], state.compare.slice(state.compare.indexOf(":") + 1)];
  if (way === BEFORE) return { from: state.from - (state.to - state.from) - 1, to: state.from - 1 };
  if (way === "kind") return { kinds: [name] };
  return { sources: [name] };
}

/** What the reader's own side becomes, so that the two have nothing in common. @param {App} app @param {string} compare */
function ownSide(app, compare) {
  const state = app.state.get();
  const name = compare.slice(compare.indexOf(":") + 1);
  const without = (chosen, all) => {
    const left = (chosen ?? all).filter((one) => one !== name);
    return left.length > 0 ? left : all.filter((one) => one !== name);
  };
  if (compare === BEFORE && !isWindow(state, app.days)) return { from: Math.floor((app.days.first + app.days.last) / 2) + 1 };
  if (compare.startsWith("kind:")) return { kinds: without(state.kinds, KINDS) };
  if (compare.startsWith("source:")) return { sources: without(state.sources, valuesOf(app.data.articles.source, app.data.strings)) };
  return {};
}

/** "+5", "−3", "0". @param {number} value */
const signed = (value) => formats.change.format(value);

/**
 * Keeps what was counted on the other side in step with what is shown.
 * @param {App} app
 */
function makeComparison(app) {
  const { data, territories } = app;
  const own = lazily(() => makeFilter(data, app.axes));
  const other = lazily(() => makeTally(data));
  const change = new Int32Array(data.places.name.length);

  function countOther(state) {
    if (state.compare === BASELINE) return Uint32Array.from(app.baseline[state.sizeBy === "mentions" ? "mentions" : "articles"]);
    own().update({ ...state, ...otherSide(state) });
    return tallyPlaces(data, own().now, state.sizeBy, other()).total;
  }

  function sumOf(members, column) {
    let sum = 0;
    for (const i of members) sum += column[i];
    return sum;
  }

  return (state) => {
    if (state.compare === "" || state.article >= 0) {
      app.compared = null;
      return;
    }
    const total = countOther(state);
    for (let i = 0; i < change.length; i += 1) change[i] = app.tally.total[i] - total[i];
    const ofTerritory = Int32Array.from(territories.list, ({ own: itself, places }) => sumOf(itself, change) + sumOf(places, change));
    const largest = { country: 1, unit: 1 };
    territories.list.forEach(({ level }, row) => { largest[level] = Math.max(largest[level], Math.abs(ofTerritory[row])); });
    app.compared = { total, change, ofTerritory, largest, sumOf };
  };
}

/** Circles of places that only the earlier table has: open ones, each with a name. @param {App} app */
function makeGone(app) {
  const { map, baseline, west } = app;
  const layer = L.layerGroup();
  const renderer = L.svg({ pane: "place", padding: 0.3 });
  const draw = lazily(() => {
    for (const { name, lat, lon, precision, mentions } of baseline.gone) {
      if (precision > 2) continue;
      const words = t("compare.gone.circle", { place: name, mentions: t("mentions", { n: mentions }) });
      L.circleMarker([lat, turned(lon, west)], { pane: "place", renderer, radius: 6, className: "gone", interactive: true })
        .on("add", ({ target }) => decorate(target.getElement(), { role: "img", "aria-label": words }).append(svg("title", {}, words))).addTo(layer);
    }
    return layer;
  });
  return () => {
    const isShown = app.compared !== null && app.state.get().compare === BASELINE && baseline.gone.length > 0;
    if (isShown && !map.hasLayer(layer)) draw().addTo(map);
    else if (!isShown && map.hasLayer(layer)) layer.remove();
  };
}

/** Columns of the table of changes, in files. */
const CHANGE_COLUMNS = ["place_id", "name", "country", "lat", "lon", "before", "now", "change"];

/**
 * The places that have changed, the most first; of the earlier table's alone, `i` is -1.
 * @param {App} app
 */
function findChanges(app) {
  const { data, compared, baseline } = app;
  if (compared === null) return [];
  const { places, strings } = data;
  const state = app.state.get();
  const rows = [];
  for (let i = 0; i < compared.change.length; i += 1) {
    if (compared.change[i] === 0 || places.precision[i] === 0) continue;
    rows.push({ i, place_id: strings[places.id[i]], name: strings[places.name[i]], where: app.where(i), country: strings[places.country[i]], lat: places.lat[i], lon: trueLon(places.lon[i]), before: compared.total[i], now: app.tally.total[i], change: compared.change[i] });
  }
  if (state.compare === BASELINE) {
    for (const { id, name, country, lat, lon, mentions, articles } of baseline.gone) {
      const before = state.sizeBy === "mentions" ? mentions : articles;
      rows.push({ i: -1, place_id: id, name, where: country && app.countryName(country), country, lat, lon, before, now: 0, change: -before });
    }
  }
  return rows.sort((a, b) => Math.abs(b.change) - Math.abs(a.change) || formats.order.compare(a.name, b.name));
}

/** "new", "gone", or the change in percent. */
function wordChange({ before, now, change }) {
  if (before === 0) return t("compare.new");
  return now === 0 ? t("compare.gone") : signed(change);
}

/**
 * The panel: with what to compare, and what rose and fell.
 * @param {App} app
 * @returns {View}
 */
function makeCompare(app) {
  const { state } = app;
  let body = null;
  let full = false;

  const choice = lazily(() => {
    const select = el("select", { class: "field", "aria-label": t("compare.with"), change: () => {
      full = false;
      state.set({ compare: select.value, ...ownSide(app, select.value) });
    } }, el("option", { value: "" }, t("compare.off")), comparisonsOf(app).map(({ value, words }) => el("option", { value }, words)));
    return select;
  });

  function row(one) {
    const name = one.i >= 0 ? el("button", { type: "button", class: "place", click: () => app.select(one.i, { move: true }) }, bdi(one.name), one.where && el("small", {}, bdi(one.where)))
      : el("span", { class: "place" }, bdi(one.name), one.where && el("small", {}, bdi(one.where)));
    return el("tr", {}, el("th", { scope: "row" }, name),
      el("td", { class: "number" }, grouped(one.before)), el("td", { class: "number" }, grouped(one.now)),
      el("td", { class: `number ${one.change > 0 ? "rose" : "fell"}` }, wordChange(one)));
  }

  function table(rows) {
    const head = (words, className) => el("th", { scope: "col", class: className }, words);
    const shown = full ? rows : rows.slice(0, ROWS_AT_FIRST);
    return [
      el("table", {}, el("caption", { class: "unseen" }, t("compare.title")),
        el("thead", {}, el("tr", {}, head(t("list.place"), ""), head(t("compare.then"), "number"), head(t("compare.now"), "number"), head(t("compare.change"), "number"))),
        el("tbody", {}, shown.map(row))),
      shown.length < rows.length && el("button", { type: "button", class: "more", click: () => { full = true; draw(); } }, t("list.all", { n: rows.length })),
    ];
  }

  const save = (rows) => saveFile("changes.csv", "text/csv", toCsv(CHANGE_COLUMNS, rows.map((_, n) => n), (n) => rows[n]));

  function draw() {
    const rows = findChanges(app);
    const current = state.get();
    choice().value = current.compare;
    const unit = t(`size.${current.compare === BASELINE && current.sizeBy === "stories" ? "articles" : current.sizeBy}`);
    keepFocus(body, () => fill(body,
      current.compare === "" ? el("p", { class: "how" }, t("compare.how")) : [
        el("p", { class: "how" }, t("compare.reading", { unit })),
        rows.length === 0 ? el("p", { class: "empty" }, t("compare.same")) : [
          el("p", { class: "row-of" }, el("button", { type: "button", class: "plain", click: () => save(rows) }, t("table.csv"))),
          table(rows),
        ],
      ]));
  }

  return {
    title: t("compare.title"),
    build(root) {
      full = false;
      body = el("div", {});
      fill(root, el("div", { class: "list compare" }, el("label", {}, el("span", {}, t("compare.with")), choice()), body));
      draw();
    },
    update: draw,
  };
}
