/**
 * Another file shown by this page: dropped on it, or chosen. It is read here, as text, and nothing of it is run; then
 * the page begins anew on its tables, as if it had been opened: its own markup and scripts are written again, which the
 * browser lets pass because their hashes are those of the policy.
 */

/** Where a page has its data. */
const DATA_BLOCK = /<[s]cript type="application\/json" id="data">([^<]*)<\/[s]cript>/;

/** The page's markup as it came, without what it shows where no script runs: that is of its own data. */
const MARKUP = [...document.body.children].filter((node) => node.tagName !== "SCRIPT" && node.id !== "fallback")
  .map((node) => (node.id === "map_geomap" ? '<div class="folium-map" id="map_geomap"></div>' : node.outerHTML)).join(""); // the map has begun already

/** The whole page as it came. */
function writePage() {
  const root = /** @type {HTMLElement} */ (document.documentElement.cloneNode(false));
  root.removeAttribute("class");
  const scripts = [...document.scripts].filter((script) => !document.head.contains(script)).map((script) => script.outerHTML).join("\n");
  return `<!DOCTYPE html>${root.outerHTML.replace(/<\/html>$/, "")}${document.head.outerHTML}<body>${MARKUP}${scripts}</body></html>`;
}

/** Begin anew, on other tables or, with null, on the page's own. @param {Opened | null} opened */
function restart(opened) {
  window.geomap_opened = opened;
  for (let id = window.setTimeout(() => {}, 0); id > 0; id -= 1) clearTimeout(id); // nothing of before is to draw again
  for (let id = requestAnimationFrame(() => {}); id > 0; id -= 1) cancelAnimationFrame(id);
  const page = writePage();
  try {
    window.history.replaceState(null, "", "#");
  } catch {
    // a page inside another page may have no address of its own
  }
  document.open(); // which takes all listeners away, too
  document.write(page);
  document.close();
}

/** A page's data block as text; in a fragment it stands in an attribute. @param {string} text */
function findBlock(text) {
  const markup = /<iframe [^>]*\bsrcdoc="/.test(text) ? text.replaceAll("&lt;", "<").replaceAll("&gt;", ">").replaceAll("&quot;", '"').replaceAll("&#x27;", "'").replaceAll("&amp;", "&") : text;
  return DATA_BLOCK.exec(markup)?.[1] ?? "";
}

/** Take another page's base map, outlines and names for what they should be, or throw. @param {any} base @param {Data} data */
function checkWorld(base, data) {
  const isList = (list, isItem) => Array.isArray(list) && list.every(isItem);
  const isText = (one) => typeof one === "string";
  const isLine = (line) => isList(line, Number.isFinite) && line.length % 2 === 0;
  const { countries, towns, rivers, label } = decodeBase(base);
  for (const country of countries) country();
  const isWhole = isList(base.iso, isText) && isList(base.name, isText) && countries.length === base.iso.length && isList(label, (one) => isList(one, Number.isFinite))
    && [...towns, ...rivers].every(({ name }) => isText(name)) && Object.values(base.others ?? {}).every(isText)
    && isList(data.outlines, (rings) => isList(rings, isLine)) && isList(data.names, isText) && isList(data.strings, isText);
  if (!isWhole) throw new FileFault("page");
}

/**
 * What another page holds: its mentions as a table, read like any other, and what it knows of places and of the world.
 * @param {string} text
 * @param {TableSchema} schema
 * @returns {Opened}
 */
function openPage(text, schema) {
  let found = null;
  try {
    const { meta, base, tables } = readBlock(JSON.parse(findBlock(text)));
    const data = makeData(tables);
    checkWorld(base, data);
    const table = makeColumns();
    const held = { record: (m) => (data.mentions.unlocated[m] === 1 ? heldRecord(data, data.mentions.place[m]) : {}) };
    const { mention } = makeRecords(/** @type {any} */ ({ data, meta, shapeOf: makeShapes(data.shapes), unlocated: held }));
    for (let m = 0; m < data.mentions.place.length; m += 1) table.add(Object.entries({ ...mention(m), why: data.strings[data.mentions.why[m]] }), m + 1);
    found = { meta, base, data, table };
  } catch (error) {
    if (error instanceof FileFault) throw error;
    throw new FileFault("page");
  }
  const { meta, base, data, table } = found;
  checkCells(table, schema);
  const texts = (data.texts ?? []).filter((pair) => Array.isArray(pair) && pair.every((one) => typeof one === "string"));
  return {
    base,
    tables: { ...packTable(table, { schema, before: data, isos: base.iso }), texts: texts.length > 0 ? texts : undefined },
    meta: { subtitle: cleanText(meta.title, 200), credit: cleanText(meta.credit, 200), text: meta.text === "none" ? "none" : "snippets", created: Number.isNaN(parseDay(meta.created)) ? null : meta.created, basemap: cleanText(meta.basemap, 200) || null },
  };
}

/** What a file was compared with: the places that were shown before, for the table of changes. @param {App} app @param {RawTables} tables */
function findBefore({ data, meta }, tables) {
  const { places, strings, mentions } = data;
  const rows = new Map(Array.from(places.id, (at, i) => [strings[at], i]));
  const counts = { mentions: new Uint32Array(places.id.length), articles: new Uint32Array(places.id.length) };
  const last = new Int32Array(places.id.length).fill(-1);
  for (let m = 0; m < mentions.place.length; m += 1) {
    const i = mentions.place[m];
    if (mentions.unlocated[m] === 1) continue;
    counts.mentions[i] += 1;
    if (last[i] !== mentions.article[m]) counts.articles[i] += 1; // a place's mentions stand by articles
    last[i] = mentions.article[m];
  }
  const ids = Array.from(tables.places.id, (at) => tables.strings[at]);
  const here = new Set(ids);
  const of = (column) => ids.map((id) => column[rows.get(id) ?? -1] ?? 0);
  const gone = [...rows].filter(([id, i]) => !here.has(id) && counts.mentions[i] > 0).map(([id, i]) => ({
    id, name: strings[places.name[i]], lat: places.lat[i], lon: trueLon(places.lon[i]), country: strings[places.country[i]], precision: places.precision[i], mentions: counts.mentions[i], articles: counts.articles[i],
  }));
  return { name: meta.title, mentions: of(counts.mentions), articles: of(counts.articles), gone };
}

/**
 * A file as what the page can begin with.
 * @param {App} app
 * @param {File} file
 * @returns {Promise<Opened>}
 */
async function openFile(app, file) {
  if (file.size > MOST_BYTES) throw new FileFault("size", { n: MOST_BYTES / 2 ** 20 });
  let text = "";
  try {
    text = new TextDecoder("utf-8", { fatal: true }).decode(await file.arrayBuffer());
  } catch {
    throw new FileFault("text");
  }
  if (text.slice(0, 4096).includes("\0")) throw new FileFault("text");
  const name = cleanText(file.name, 120);
  const { schema, data } = app;
  /** @type {Opened} */
  let opened;
  if (text.slice(0, 2000).trimStart().startsWith("<")) opened = openPage(text, schema);
  else {
    const table = readTable(text);
    checkCells(table, schema);
    opened = { tables: packTable(table, { schema, before: data, isos: app.base.iso }), meta: { subtitle: "", credit: "", text: "snippets", created: null } };
  }
  const { tables, meta } = opened;
  return { ...opened, tables: { ...tables, baseline: findBefore(app, tables) }, meta: { ...app.meta, center: null, zoom: null, counts: {}, ...meta, title: name } };
}

/**
 * Takes files that are dropped on the page.
 * @param {App} app
 */
function makeOpening(app) {
  const { state } = app;
  const root = byId("opened");
  const outcome = el("span", { class: "said", role: "status" });
  const note = el("p", { class: "wheel-note drop-note", "aria-hidden": "true", hidden: true }, t("open.drop"));
  document.body.append(note);
  /** Which file is shown, and the way back. */
  const standing = () => (window.geomap_opened ? [" ", rich("open.shown", { name: bdi(app.meta.title) }), " ", el("button", { type: "button", class: "link", click: () => restart(null) }, t("open.back"))] : []);
  const say = (...words) => {
    fill(root, words.map((word) => word.cloneNode?.(true) ?? word), standing());
    fill(outcome, words);
    root.hidden = false;
    if (root.offsetParent !== null && getComputedStyle(root).visibility === "visible") return;
    state.set({ view: "share", behind: shownView(state.get()) }); // the card is under what is open
    outcome.scrollIntoView({ block: "nearest" });
  };

  async function open(file) {
    const name = bdi(cleanText(file.name, 120));
    say(...rich("open.reading", { name }));
    await new Promise((done) => { setTimeout(done, 30); }); // so that it is seen
    try {
      restart(await openFile(app, file));
    } catch (error) {
      if (!(error instanceof FileFault)) throw error;
      say(...rich("open.failed", { name, reason: t(error.key, error.params) }));
    }
  }

  const hasFiles = (event) => event.dataTransfer?.types.includes("Files") ?? false;
  document.addEventListener("dragover", (event) => {
    if (!hasFiles(event)) return;
    event.preventDefault();
    note.hidden = false;
  });
  for (const end of ["dragleave", "drop"]) document.addEventListener(end, () => { note.hidden = true; });
  document.addEventListener("drop", (event) => {
    if (!hasFiles(event)) return;
    event.preventDefault();
    const file = event.dataTransfer?.files[0];
    if (file) open(file);
  });
  fill(root, standing());
  root.hidden = !window.geomap_opened;

  /** A part of the panel: a button, and what came of it. */
  app.openPart = lazily(() => {
    const input = el("input", { type: "file", hidden: true, accept: ".jsonl,.ndjson,.json,.csv,.geojson,.html,.htm", change: () => { if (input.files?.[0]) open(input.files[0]); input.value = ""; } });
    return [el("p", {}, t("open.note")), el("p", { class: "row-of" }, el("button", { type: "button", class: "plain", click: () => input.click() }, t("open.choose")), input, outcome)];
  });
}
