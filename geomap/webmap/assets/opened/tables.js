/** Of a table from a file: the page's tables, as payload.py makes them of the same records. */

/** How exactly a place of a feature is known; see classes.py. @param {TableSchema} schema @returns {(feature: string) => number} */
const makePrecision = ({ areas }) => (feature) => (feature.startsWith("PCL") ? 6 : /^ADM[0-9]/.test(feature) ? (feature[3] === "1" ? 4 : 3) : Object.hasOwn(areas, feature) ? areas[feature] : 1);

/** A unit or country, not a spot. */
const isUnit = (precision) => precision > 2 && precision <= 7;

/** Strings, each once. */
function makeTexts() {
  const strings = [""];
  const rows = new Map([["", 0]]);
  /** @returns {number} */
  const put = (text) => {
    const known = rows.get(text);
    if (known !== undefined) return known;
    rows.set(text, strings.push(text) - 1);
    return strings.length - 1;
  };
  return { strings, put, add: (value, limit) => put(cleanText(value, limit)) };
}

/**
 * Which rows are on the page, with which place each counts, which of them nobody locates; see placing.py.
 * @param {(name: string) => any[]} take
 * @param {number} count
 * @param {Record<string, number>} skipped
 * @param {(feature: string) => number} featurePrecision
 */
function findPlaced(take, count, skipped, featurePrecision) {
  const [kind, place, status, lat, lon, feature, within, precision] = ["kind", "place_id", "status", "lat", "lon", "feature", "within", "precision"].map(take);
  const isOnEarth = (i) => Number.isFinite(lat[i]) && Number.isFinite(lon[i]);
  const [rows, lost, spots] = [/** @type {number[]} */ ([]), new Set(), new Set()];
  for (let i = 0; i < count; i += 1) {
    const isPlaced = status[i] !== "unknown" && place[i] !== null && place[i] !== undefined && place[i] !== "";
    if (!KINDS.includes(kind[i])) skipped.embedded += 1;
    else if (!isPlaced) lost.add(i);
    else if (!isOnEarth(i)) skipped.unresolved += 1;
    else if (!isUnit(featurePrecision(cleanText(feature[i], 12)))) spots.add(String(place[i]));
    if (KINDS.includes(kind[i]) && (!isPlaced || isOnEarth(i))) rows.push(i);
  }
  skipped.unresolved += lost.size;
  const unitOf = (i) => (within[i] && isOnEarth(i) && isUnit(precision[i]) && !spots.has(String(within[i])) ? String(within[i]) : "");
  return { rows, lost, placeOf: (i) => (lost.has(i) ? unitOf(i) : String(place[i])) };
}

/** Where a name stands in its sentence, of several such places the one that the mentions of the sentence agree on; see marks.py. */
function makeMarker(rows, articleOf, snippets, surfaces, starts) {
  const groups = new Map();
  const letters = (text, at) => [...text.slice(0, at)].length;
  const placesOf = (snippet, surface) => {
    const found = [];
    for (let at = snippet.indexOf(surface); at >= 0 && found.length < 24; at = snippet.indexOf(surface, at + surface.length)) found.push(at);
    const whole = found.filter((at) => !/[\p{L}\p{N}]/u.test(snippet.charAt(at - 1) + snippet.charAt(at + surface.length)));
    return whole.length > 0 ? whole : found;
  };
  const nearest = (snippet, surface, wanted) => placesOf(snippet, surface).reduce((best, at) => (best < 0 || Math.abs(letters(snippet, at) - wanted) < Math.abs(letters(snippet, best) - wanted) ? at : best), -1);
  rows.forEach((i, m) => {
    if (surfaces[m] === "" || !snippets[m].includes(surfaces[m])) return;
    const key = `${articleOf(i)}\n${snippets[m]}`;
    if (groups.has(key)) groups.get(key).push(m);
    else groups.set(key, [m]);
  });
  const beginnings = new Map();
  function beginningOf(key, snippet) {
    if (beginnings.has(key)) return beginnings.get(key);
    const voters = groups.get(key).slice(0, 12).map((m) => ({ start: starts(rows[m]), places: placesOf(snippet, surfaces[m]).map((at) => letters(snippet, at)) }));
    const misfit = (begin) => voters.reduce((sum, { start, places }) => sum + Math.min(20, ...places.map((at) => Math.abs(start - begin - at))), 0);
    const offsets = [...new Set(voters.flatMap(({ start, places }) => places.map((at) => start - at)))].sort((a, b) => b - a);
    const best = offsets.reduce((least, begin) => (misfit(begin) < misfit(least) ? begin : least), offsets[0] ?? 0);
    beginnings.set(key, best);
    return best;
  }
  return (m) => {
    const [snippet, surface] = [snippets[m], surfaces[m]];
    const first = surface === "" ? -1 : snippet.indexOf(surface);
    if (first < 0 || snippet.indexOf(surface, first + surface.length) < 0) return first;
    return nearest(snippet, surface, starts(rows[m]) - beginningOf(`${articleOf(rows[m])}\n${snippet}`, snippet));
  };
}

/** Articles in the order of their dates, undated last. */
function packArticles(take, rows, articleOf, texts) {
  const columns = ["title", "source", "url", "lang", "date_start", "date_end", "date_precision", "date_source", "story_id", "story_size"].map(take);
  const [title, source, url, lang, from, to, precision, origin, story, size] = columns;
  const firsts = new Map();
  for (const i of rows) if (!firsts.has(articleOf(i))) firsts.set(articleOf(i), i);
  const found = [...firsts].map(([id, i]) => ({ id, i, span: cellSpan(from[i], to[i], precision[i]) }));
  const rank = ({ span: [start, , known] }) => (known === 0 ? Infinity : start);
  found.sort((a, b) => (rank(a) === rank(b) ? a.span[1] - b.span[1] || a.span[2] - b.span[2] || (a.id < b.id ? -1 : 1) : rank(a) - rank(b)));
  const ids = found.map(({ i }) => cleanText(story[i], 300));
  const told = new Map();
  for (const id of ids) told.set(id, (told.get(id) ?? 0) + 1);
  const numbers = new Map([...told].filter(([id, n]) => id !== "" && n > 1).map(([id], n) => [id, n]));
  const add = (column, limit) => found.map(({ i }) => texts.add(column[i], limit));
  const id = found.map((one) => texts.add(one.id, 300));
  const originals = Object.fromEntries(found.map((one, a) => [a, one.id]).filter(([a, given]) => given !== texts.strings[id[a]] && String(given).length <= 2000));
  return {
    rowOf: new Map(found.map((one, a) => [one.id, a])), originals, story_ids: ids,
    articles: {
      ...typed({
        id, title: add(title, 300).map((at, a) => at || id[a]), source: add(source, 120),
        url: found.map(({ i }) => texts.put(cleanLink(url[i]))), lang: add(lang, 35),
        start: found.map(({ span }) => span[0]), end: found.map(({ span }) => span[1]), precision: found.map(({ span }) => span[2]),
        story: ids.map((one) => numbers.get(one) ?? -1), date_source: add(origin, 120), story_size: found.map(({ i }) => size[i] ?? 0),
      }),
    },
  };
}

/**
 * Places in the order of their ids. What a page knew of one before (its outline, its other names) is kept.
 * @param {(name: string) => any[]} take
 * @param {Map<string, number[]>} members rows of the table by places
 * @param {Set<number>} lost
 * @param {ReturnType<typeof makeTexts>} texts
 * @param {Data} before
 * @param {string[]} isos codes of the base map's countries
 * @param {(feature: string) => number} featurePrecision
 */
function packPlaces(take, members, lost, texts, before, isos, featurePrecision) {
  const [name, unit, lat, lon, feature, radius, precision, country, admin1, admin2, surface] = ["name", "within_name", "lat", "lon", "feature", "radius_km", "precision", "country", "admin1", "admin2", "surface"].map(take);
  const { places, strings } = before;
  const known = new Map(Array.from(places.id, (at, row) => [strings[at], row]));
  const unitKey = (iso, one) => `${iso}/${one}`;
  const units = new Map(Array.from(places.unit, (row, i) => [unitKey(strings[places.country[i]], strings[places.admin1[i]] || before.given[i] || strings[places.name[i]]), row]));
  /** @type {Record<string, any[]>} */
  const columns = { name: [], id: [], lat: [], lon: [], feature: [], precision: [], radius: [], country: [], admin1: [], admin2: [], area: [], outline: [], unit: [], river: [] };
  /** @type {number[][]} */
  const spellings = [];
  for (const [id, rows] of members) {
    const own = rows.filter((i) => !lost.has(i));
    const i = own[0] ?? rows[0];
    const row = known.get(cleanText(id, 120)) ?? -1;
    const isOf = (column) => (id === "" ? null : column[i]);
    const code = cleanText(isOf(feature), 12) || (own.length > 0 ? "PPL" : "");
    const exact = id === "" ? 0 : own.length === 0 ? precision[i] : featurePrecision(code);
    const iso = cleanText(isOf(country), 2).toUpperCase();
    const title = cleanText(isOf(own.length > 0 ? name : unit), 120) || cleanText(id, 120);
    const region = cleanText(isOf(admin1), 120);
    columns.name.push(texts.put(title));
    columns.id.push(texts.add(id, 120));
    columns.lat.push(Math.round((isOf(lat) ?? 0) * 1e5) / 1e5);
    columns.lon.push(Math.round((isOf(lon) ?? 0) * 1e5) / 1e5);
    columns.feature.push(texts.put(code));
    columns.precision.push(exact);
    columns.radius.push(Math.round(Math.max(0, isOf(radius) ?? 0) * 10) / 10);
    columns.country.push(texts.put(iso));
    columns.admin1.push(texts.put(region));
    columns.admin2.push(texts.add(isOf(admin2), 120));
    columns.area.push(exact === 6 ? isos.indexOf(iso) : -1);
    columns.outline.push(row >= 0 && (exact === 3 || exact === 4) ? places.outline[row] : -1);
    columns.unit.push(exact > 4 || exact === 0 ? -1 : units.get(unitKey(iso, exact === 4 ? title : region)) ?? -1);
    columns.river.push(row >= 0 ? texts.put(strings[places.river[row]]) : 0);
    const counts = new Map();
    for (const one of own) counts.set(cleanText(surface[one], 120), (counts.get(cleanText(surface[one], 120)) ?? 0) + 1);
    spellings.push([...counts].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1)).slice(0, 24).map(([one]) => texts.put(one)).filter((at) => at !== 0 && texts.strings[at] !== title));
  }
  /** @type {any} */
  const floats = Object.fromEntries(["lat", "lon", "radius"].map((key) => [key, Float64Array.from(columns[key])]));
  const rows = [...members.keys()].map((id) => known.get(cleanText(id, 120)) ?? -1);
  return {
    places: { ...typed(columns), ...floats, spellings },
    names: rows.map((row) => (row < 0 ? "" : before.names[row] ?? "")),
    local: Object.fromEntries(rows.map((row, i) => [i, row < 0 || before.given[row] === undefined ? "" : strings[places.name[row]]]).filter(([, local]) => local)),
  };
}

/** Columns that nothing else has read, as they are. */
function packCarried({ columns, words }, schema, asked, rows, texts) {
  const own = [...columns.keys()].filter((name) => !asked.has(name) && !schema.made.includes(name) && !schema.columns.some(([one]) => one === name)).slice(0, MOST_OWN);
  /** @type {[[string, number, number][], Record<string, Int32Array>]} */
  const [heads, carried] = [[], {}];
  for (const [name, isNumber, isShown] of [...schema.columns, ...own.map((one) => [one, !words.has(one) && holdsNumbers(columns.get(one)), true])]) {
    const column = columns.get(name);
    if (asked.has(name) || !column) continue;
    const found = Int32Array.from(rows, (i) => (isNumber ? texts.put(cellNumber(column[i]) === null ? "" : String(cellNumber(column[i]))) : texts.add(column[i], 300)));
    if (!found.some(Boolean)) continue;
    carried[`c${heads.length}`] = found;
    heads.push([name, isNumber ? 1 : 0, isShown ? 1 : 0]);
  }
  return { heads, carried, own };
}

/**
 * @param {OpenTable} table checked
 * @param {{schema: TableSchema, before: Data, isos: string[]}} known
 * @returns {RawTables}
 */
function packTable({ columns, lines, words }, { schema, before, isos }) {
  const asked = new Set();
  const none = [];
  const take = (name) => {
    asked.add(name);
    return columns.get(name) ?? none;
  };
  const [texts, featurePrecision] = [makeTexts(), makePrecision(schema)];
  const skipped = { unresolved: 0, embedded: 0 };
  const { rows: drawn, lost, placeOf } = findPlaced(take, lines.length, skipped, featurePrecision);
  const [articleId, start, end, surface, snippet, kind, status, confidence, precision, why] = ["article_id", "start", "end", "surface", "snippet", "kind", "status", "confidence", "precision", "why"].map(take);
  const articleOf = (i) => String(articleId[i] ?? "");
  const { rowOf, originals, story_ids, articles } = packArticles(take, drawn, articleOf, texts);
  const ids = [...new Set(drawn.map(placeOf))].sort();
  const numbers = new Map(ids.map((id, n) => [id, n]));
  const keyed = drawn.map((i) => ({ i, place: numbers.get(placeOf(i)) ?? 0, article: rowOf.get(articleOf(i)) ?? 0, start: start[i] ?? 0, kind: KINDS.indexOf(kind[i]) }));
  keyed.sort((a, b) => a.place - b.place || a.article - b.article || a.start - b.start || b.kind - a.kind);
  const rows = keyed.map(({ i }) => i);
  const members = new Map(ids.map((id) => [id, /** @type {number[]} */ ([])]));
  for (const i of rows) members.get(placeOf(i))?.push(i);
  const { places, names, local } = packPlaces(take, members, lost, texts, before, isos, featurePrecision);
  const { relation, ...spoken } = packRelations(take, rows, texts.add, skipped);
  const { told, told_start, times, phrases } = packTimes(take, rows, (m) => (articles.precision[keyed[m].article] > 0 ? articles.start[keyed[m].article] : 0));
  const carriedColumns = packCarried({ columns, words }, schema, asked, rows, texts);
  const [surfaces, snippets] = [rows.map((i) => cleanText(surface[i], 120)), rows.map((i) => cleanText(snippet[i], 700))];
  const markOf = makeMarker(rows, articleOf, snippets, surfaces, (i) => start[i] ?? 0);
  const marks = rows.map((_, m) => markOf(m));
  const widths = {};
  rows.forEach((i, m) => {
    const width = (end[i] ?? 0) - (start[i] ?? 0);
    if (width !== [...surfaces[m]].length && end[i]) widths[m] = width;
  });
  const ofColumn = (read) => Int32Array.from(rows, read);
  return /** @type {any} */ ({
    articles, places, names, local, originals, widths, story_ids, phrases, times, skipped, ...spoken,
    heads: carriedColumns.heads, carried: carriedColumns.carried,
    mentions: {
      ...typed({
        article: keyed.map((one) => one.article), place: keyed.map((one) => one.place), kind: keyed.map((one) => one.kind), start: keyed.map((one) => one.start),
        relation, told, told_start, mark: marks.map((at, m) => (at < 0 ? -1 : at === snippets[m].indexOf(surfaces[m]) ? 0 : at + 1)),
        length: marks.map((at, m) => (at < 0 ? 0 : surfaces[m].length)),
        ambiguous: rows.map((i) => (status[i] === "ambiguous" ? 1 : 0)), unlocated: rows.map((i) => (lost.has(i) ? 1 : 0)),
        precision: rows.map((i, m) => (places.precision[keyed[m].place] === 0 ? 0 : precision[i] || featurePrecision(texts.strings[places.feature[keyed[m].place]]))),
      }),
      surface: ofColumn((_, m) => texts.put(surfaces[m])), snippet: ofColumn((_, m) => texts.put(snippets[m])), why: ofColumn((i) => texts.add(why[i], 300)),
      confidence: Float64Array.from(rows, (i) => (Number.isFinite(confidence[i]) ? Math.round(1000 * confidence[i]) / 10 : -1)),
    },
    record: [...schema.columns.map(([name]) => name), ...carriedColumns.own], of_places: schema.columns.filter(([, , , , isOfPlace]) => isOfPlace).map(([name]) => name),
    strings: texts.strings, outlines: before.outlines, left_out: 0,
  });
}
