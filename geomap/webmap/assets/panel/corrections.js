/**
 * Corrections that a reader notes: kept as rows of the table that geomap's `--corrections` reads
 * (see geomap/corrections/table.py), in the state and, where the browser allows it, in its storage.
 */

/** The table's columns, in their order. */
const CORRECTION_COLUMNS = [
  "scope", "action", "article_id", "start", "end", "surface", "place_id", "new_place_id",
  "new_lat", "new_lon", "new_name", "note", "context", "nth",
];
/** @type {FixAction[]} */
const ACTIONS = ["wrong_place", "not_a_place", "move"];
const SCOPES = ["mention", "article", "everywhere"];
const MOST_FIXES = 10_000;

/**
 * Eight hexadecimal digits that tell sentences apart by their letters and digits: FNV-1a over
 * their UTF-16 code units, the same as geomap.corrections.digest_context.
 * @param {string} sentence
 */
function digestContext(sentence) {
  const letters = sentence.replace(/[^\p{L}\p{N}]/gu, "");
  let value = 0x811c9dc5;
  for (let i = 0; i < letters.length; i += 1) value = Math.imul(value ^ letters.charCodeAt(i), 0x01000193);
  return (value >>> 0).toString(16).padStart(8, "0");
}

/** Which of a sentence's whole-word occurrences of a name begins at an index, from 1; "" for none. */
function findNth(sentence, name, at) {
  if (name === "") return "";
  const isWord = (letter) => /[\p{L}\p{N}]/u.test(letter);
  const before = (i) => (/[\udc00-\udfff]/.test(sentence.charAt(i - 1)) ? sentence.slice(i - 2, i) : sentence.charAt(i - 1));
  let nth = 0;
  for (let i = sentence.indexOf(name); i >= 0 && i <= at; i = sentence.indexOf(name, i + name.length)) {
    const end = i + name.length;
    const isWhole = !isWord(before(i)) && !isWord(String.fromCodePoint(sentence.codePointAt(end) ?? 32));
    if (isWhole) nth += 1;
    if (i === at) return isWhole ? nth : "";
  }
  return "";
}

/**
 * What a table says of a mention: where it stands, and what geomap took it for.
 * @param {App} app
 * @param {number} m
 * @returns {Fix}
 */
function describeMention({ data, meta, widthOf }, m) {
  const { mentions, articles, places, strings, originals } = data;
  const a = mentions.article[m];
  const surface = strings[mentions.surface[m]];
  const snippet = strings[mentions.snippet[m]];
  // a page without sentences has the name alone there; neither a place by hand nor the unit around an
  // unknown place is what geomap takes the name for
  const hasSentence = meta.text !== "none" && snippet !== "";
  const isByHand = strings[mentions.why[m]].split(" ").includes("corrected");
  return {
    article_id: originals[a] ?? strings[articles.id[a]], surface,
    start: mentions.start[m], end: mentions.start[m] + widthOf(m),
    place_id: isByHand || mentions.unlocated[m] ? "" : strings[places.id[mentions.place[m]]],
    context: hasSentence ? digestContext(snippet) : "",
    nth: hasSentence && mentions.length[m] > 0 ? findNth(snippet, surface, markOf(data, m)) : "",
  };
}

/** A row of the table as far as its scope reaches. */
function cutToScope(row, scope) {
  if (scope === "mention") return { ...row, scope };
  const { surface, place_id } = row;
  return scope === "article" ? { scope, article_id: row.article_id, surface, place_id } : { scope, surface, place_id };
}

/** Corrections of the same thing: the later one stands for both. */
const fixKey = (fix) => JSON.stringify(["scope", "article_id", "start", "surface", "place_id"].map((name) => (name === "start" && fix.scope !== "mention" ? "" : fix[name] ?? "")));

/** Note a correction in place of an earlier one of the same thing. */
function noteFix(state, fix) {
  const others = state.get().corrections.filter((other) => fixKey(other) !== fixKey(fix));
  state.set({ corrections: [...others, fix].slice(-MOST_FIXES) });
}

const dropFix = (state, fix) => state.set({ corrections: state.get().corrections.filter((other) => other !== fix) });

/** The correction that geomap would apply to a mention: of the narrowest scope, the last one. */
function findFix(corrections, row) {
  const isOf = (fix) => {
    if (fix.scope !== "everywhere" && fix.article_id !== row.article_id) return false;
    if (fix.scope === "mention") return fix.start === row.start && fix.surface === row.surface;
    return (!fix.surface || folded(fix.surface) === folded(row.surface)) && (!fix.place_id || fix.place_id === row.place_id);
  };
  const found = corrections.filter(isOf);
  return SCOPES.map((scope) => found.findLast((fix) => fix.scope === scope)).find(Boolean) ?? null;
}

/**
 * The table of corrections as the text of a CSV file.
 * @param {readonly Fix[]} corrections
 */
const writeFixes = (corrections) =>
  [CORRECTION_COLUMNS, ...corrections.map((fix) => CORRECTION_COLUMNS.map((name) => quoted(fix[name])))].map((cells) => `${cells.join(",")}\n`).join("");

/** What came out of the storage, as far as it is what was put in. */
function readFixes(text) {
  const rows = JSON.parse(text ?? "[]");
  if (!Array.isArray(rows)) return [];
  const isCell = (value) => typeof value === "string" || Number.isFinite(value);
  const clean = (row) => Object.fromEntries(CORRECTION_COLUMNS.filter((name) => isCell(row?.[name])).map((name) => [name, row[name]]));
  return rows.slice(0, MOST_FIXES).map(clean).filter((fix) => SCOPES.includes(fix.scope) && ACTIONS.includes(fix.action));
}

/** What tells this map from others in the browser's storage. */
function digestMap({ mentions, places, articles, strings }, meta) {
  const ids = [...places.id, ...articles.id].map((at) => strings[at]).join("\n");
  return digestContext(`${meta.title} ${ids} ${mentions.start.join(" ")}`);
}

/**
 * Keeps the corrections of this map, and of no other, in the browser's storage where there is one.
 * @param {App} app
 */
function makeFixStore({ data, state, meta }) {
  const key = `geomap corrections ${digestMap(data, meta)}`;
  const store = { isKept: true };
  const attempt = (act) => {
    try {
      act(window.localStorage);
      store.isKept = true;
    } catch {
      store.isKept = false; // no storage in this frame, none allowed, or it is full: the list says so
    }
  };
  attempt((storage) => state.set({ corrections: readFixes(storage.getItem(key)) }));
  state.listen((current, changed) => {
    if (!changed.has("corrections")) return;
    attempt((storage) => (current.corrections.length > 0 ? storage.setItem(key, JSON.stringify(current.corrections)) : storage.removeItem(key)));
  });
  return store;
}
