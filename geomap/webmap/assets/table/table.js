/** The table of what is shown: a row for each mention or each place, sortable, to copy and to save. */

/** Height of a row in letters' sizes, the same for all, so that only those in view need to exist. */
const ROW_HEIGHT = 2;
/** Rows that are printed at most. */
const MOST_PRINTED = 1000;
/** Rows above and below the view that exist too. */
const OVERSCAN = 12;

/**
 * A column of the table: its words, its cell, and how it sorts.
 * @typedef {{id: string, title: string, cell: (row: number) => string, rank: () => ArrayLike<number>, isNumber?: boolean, isLive?: boolean, isOwn?: boolean}} Column
 */

/** Keeps what a function gives. */
function once(make) {
  let value;
  return () => (value ??= make());
}

/**
 * Columns of mentions.
 * @param {App} app
 * @returns {Column[]}
 */
function mentionColumns({ data, countryName, unlocated }) {
  const { mentions, articles, places, strings, relations, told, phrases } = data;
  const count = mentions.place.length;
  const text = (at) => strings[at];
  const ofPlace = (column) => Int32Array.from(mentions.place, (i) => column[i]);
  const ofArticle = (column) => Int32Array.from(mentions.article, (a) => column[a]);
  const texts = (id, make, read = text) => {
    const column = once(make);
    return { id, title: t(`col.${id}`), cell: (m) => read(column()[m]), rank: once(() => rankTexts(column(), read)) };
  };
  const kindOf = (m) => t(`legend.${KINDS[mentions.kind[m]]}`);
  const dayOf = (m) => (articles.precision[mentions.article[m]] === 0 ? UNDATED : articles.start[mentions.article[m]]);
  return [
    { id: "date", title: t("col.date"), cell: (m) => shortDate(data, mentions.article[m]), rank: once(() => rankNumbers(count, dayOf)) },
    texts("place", () => unlocated?.column() ?? ofPlace(places.name), unlocated?.cell),
    texts("surface", () => mentions.surface),
    texts("unit", () => ofPlace(places.admin1)),
    texts("country", () => ofPlace(places.country), (at) => strings[at] && countryName(strings[at])),
    { id: "kind", title: t("col.kind"), cell: (m) => t(mentions.ambiguous[m] ? "tag.uncertain" : "tag", { kind: kindOf(m) }), rank: once(() => rankNumbers(count, (m) => 2 * mentions.kind[m] + mentions.ambiguous[m])) },
    { id: "precision", title: t("col.precision"), cell: (m) => t(`precision.${mentions.precision[m]}`), rank: once(() => rankNumbers(count, (m) => mentions.precision[m])) },
    { id: "confidence", title: t("col.confidence"), isNumber: true, cell: (m) => (mentions.confidence[m] < 0 ? "" : wordShare(mentions.confidence[m])), rank: once(() => rankNumbers(count, (m) => mentions.confidence[m], 10)) },
    texts("article", () => ofArticle(articles.title)),
    texts("source", () => ofArticle(articles.source)),
    ...(relations.text.length > 0 ? [texts("where", () => Int32Array.from(mentions.relation, (r) => (r < 0 ? 0 : relations.text[r])))] : []),
    ...(told.precision.some((precision) => precision > 0) ? [{
      id: "told", title: t("col.told"), rank: once(() => rankNumbers(count, (m) => (told.precision[m] === 0 ? UNDATED : told.start[m]))),
      cell: (m) => (told.precision[m] === 0 ? phrases[mentions.told[m]] : wordSpan(told.start[m], told.end[m], told.precision[m])),
    }] : []),
    ...carriedColumns(data),
  ];
}

/**
 * Columns of mentions that the page carries as they are, by their own names.
 * @param {Data} data
 * @returns {Column[]}
 */
function carriedColumns({ carried, strings }) {
  const text = (at) => strings[at];
  const column = ({ name, isNumber, rows }, n) => ({
    id: `own${n}`, title: name, isOwn: true, isNumber, cell: (m) => text(rows[m]),
    rank: once(() => rankTexts(rows, text, isNumber ? (a, b) => Number(a) - Number(b) : undefined)),
  });
  return carried.filter(({ isShown }) => isShown).map(column);
}

/**
 * Columns of places; what is counted changes with what is shown.
 * @param {App} app
 * @returns {Column[]}
 */
function placeColumns({ data, tally, filter, countryName }) {
  const { places, strings } = data;
  const count = places.name.length;
  const texts = (id, column, read = (at) => strings[at]) => ({ id, title: t(`col.${id}`), cell: (i) => read(column[i]), rank: once(() => rankTexts(column, read)) });
  const degrees = (id, read) => ({ id, title: t(`col.${id}`), isNumber: true, cell: (i) => formats.degrees.format(read(i)), rank: once(() => rankNumbers(count, read, 1e5)) });
  const counts = (id, title, column) => ({ id, title, isNumber: true, isLive: true, cell: (i) => grouped(column[i]), rank: () => column });
  const span = (id, side) => ({
    id, title: t(`col.${id}`), isLive: true,
    cell: (i) => { const day = spanOf(data, filter.now, i)[side]; return day === null ? "" : wordDay(day, true); },
    rank: () => rankNumbers(count, (i) => spanOf(data, filter.now, i)[side] ?? UNDATED),
  });
  return [
    texts("place", places.name),
    { id: "precision", title: t("col.precision"), cell: (i) => t(`precision.${places.precision[i]}`), rank: once(() => rankNumbers(count, (i) => places.precision[i])) },
    texts("unit", places.admin1),
    texts("country", places.country, (at) => strings[at] && countryName(strings[at])),
    degrees("lat", (i) => places.lat[i]), degrees("lon", (i) => trueLon(places.lon[i])),
    counts("mentions", t("list.mentions"), tally.mentionTotal), counts("articles", t("list.articles"), tally.articleTotal),
    { id: "rate", title: t("col.rate"), isNumber: true, isLive: true, cell: (i) => (tally.articles === 0 ? "" : formats.rate.format((100 * tally.articleTotal[i]) / tally.articles)), rank: () => tally.articleTotal },
    span("first", 0), span("last", 1),
  ];
}

/** A date in few letters, as exactly as it is known. */
function shortDate({ articles: { start, precision }, isBorrowed }, a) {
  const date = precision[a] === 3 ? formats.shortMonthYear.format(start[a] * DAY)
    : precision[a] === 1 ? wordDay(start[a], true) : wordDate(start[a], precision[a]);
  return isBorrowed[a] ? t("date.about", { date }) : date;
}

/** Mentions by the dates of their articles, and in the order of the text. */
function orderMentions({ mentions }) {
  const rows = Int32Array.from(mentions.place, (_, m) => m);
  return sortRows(sortRows(rows, mentions.start, false), mentions.article, false);
}

/**
 * The rows of a table, filtered and sorted. The order of all rows is kept, so that a step of the dates
 * only has to leave some out.
 * @param {App} app
 */
function makeRowSets(app) {
  const { data, filter, tally } = app;
  const sets = {
    mentions: { columns: once(() => mentionColumns(app)), base: once(() => orderMentions(data)), isShown: (m) => filter.now[m] === 1, first: "date", place: (m) => data.mentions.place[m] },
    places: { columns: once(() => placeColumns(app)), base: once(() => sortRows(Int32Array.from(data.places.name, (_, i) => i), tally.mentionTotal, true)), isShown: (i) => tally.mentionTotal[i] > 0 && data.places.precision[i] > 0, first: "-mentions", place: (i) => i },
  };
  let kept = { key: "", order: new Int32Array(0) };
  return (state) => {
    const set = sets[state.rows];
    const columns = set.columns();
    const wanted = columns.some(({ id }) => id === state.order.replace("-", "")) ? state.order : set.first;
    const column = columns.find(({ id }) => id === wanted.replace("-", "")) ?? columns[0];
    const key = `${state.rows} ${wanted}`;
    if (kept.key !== key || column.isLive) kept = { key, order: sortRows(set.base(), column.rank(), wanted.startsWith("-")) };
    return { columns, column, isDown: wanted.startsWith("-"), rows: kept.order.filter(set.isShown), place: set.place };
  };
}

/**
 * @param {App} app
 * @returns {View}
 */
function makeTable(app) {
  const { state, data } = app;
  const findRows = makeRowSets(app);
  let shown = /** @type {ReturnType<typeof findRows> | null} */ (null);
  const status = el("p", { class: "sheet-status", role: "status" });
  const note = el("p", { class: "how", hidden: true });
  const sheet = makeSheet((row) => app.select(row, { move: true }), (order) => state.set({ order }));

  const recordsNow = () => {
    const { mention, place } = makeRecords(app);
    const isPlaces = state.get().rows === "places";
    const columns = isPlaces ? ["place_id", ...data.ofPlaces, ...COUNT_COLUMNS] : data.record;
    return { columns, rows: shown?.rows ?? [], read: isPlaces ? place : mention, name: state.get().rows };
  };

  function save(suffix, type, write) {
    const { columns, rows, read, name } = recordsNow();
    const left = countLeft();
    saveFile(`${name}${left > 0 ? "-without-some-sentences" : ""}.${suffix}`, type, write(columns, rows, read));
    status.textContent = [t("table.saved", { n: rows.length }), left > 0 ? t("table.left", { n: left }) : ""].filter(Boolean).join(" ");
  }

  /** Rows whose sentence the page does not have. */
  const countLeft = () => (state.get().rows === "mentions" ? countLeftOut(app.data, shown?.rows ?? []) : 0);

  async function copy() {
    const { columns, rows, read } = recordsNow();
    const isDone = await copyText(toTsv(columns, rows, read));
    status.textContent = isDone ? t("table.copied", { n: rows.length }) : t("copy.failed");
  }

  const unit = /** @type {const} */ (["mentions", "places"]).map((rows) => {
    const input = el("input", { type: "radio", name: "rows", value: rows, change: () => state.set({ rows, order: "" }) });
    state.listen((current) => { input.checked = current.rows === rows; });
    return { rows, input, label: el("label", {}, input, el("span", {}, t(`rows.${rows}`))) };
  });

  function draw() {
    const current = state.get();
    shown = findRows(current);
    const said = t("table.count", { n: shown.rows.length });
    if (status.dataset.count !== said) status.textContent = status.dataset.count = said;
    const left = countLeft();
    note.hidden = left === 0;
    note.textContent = left === 0 ? "" : t("table.left", { n: left });
    sheet.show(shown);
  }

  /** The table on paper: its rows as they are sorted, the first of very many. */
  app.paperTable = () => {
    const { columns, rows } = findRows(state.get());
    const printed = [...rows.subarray(0, MOST_PRINTED)];
    return [
      el("table", { class: "paper-table" },
        el("thead", {}, el("tr", {}, columns.map(({ title }) => el("th", { scope: "col" }, title)))),
        el("tbody", {}, printed.map((row) => el("tr", {}, columns.map(({ cell }) => el("td", {}, bdi(cell(row)))))))),
      printed.length < rows.length && el("p", { class: "paper-summary" }, t("table.printed", { n: printed.length, all: rows.length })),
    ];
  };

  return {
    title: t("table.title"),
    build(root) {
      for (const { rows, input } of unit) input.checked = state.get().rows === rows;
      fill(root, el("div", { class: "sheet" },
        el("div", { class: "sheet-tools" },
          el("div", { class: "choice", role: "radiogroup", "aria-label": t("table.rows") }, el("span", { class: "word", "aria-hidden": "true" }, t("table.rows")), unit.map(({ label }) => label)),
          status,
          el("span", { class: "buttons" },
            el("button", { type: "button", class: "plain", click: copy }, t("table.copy")),
            el("button", { type: "button", class: "plain", click: () => save("csv", "text/csv", toCsv) }, t("table.csv")),
            el("button", { type: "button", class: "plain", click: () => save("geojson", "application/geo+json", toGeoJson) }, t("table.geojson")))),
        note, framedNote(app), sheet.root));
      draw();
      sheet.reset();
    },
    update: draw,
  };
}
