/** The columns of the data as typed arrays, made once, so that a window over them is summed fast. */

const SMALL = new Set(["kind", "ambiguous", "precision"]);

/** An empty column of the type that its numbers need. */
const makeColumn = (name, size, scale) => new (scale > 1 ? Float64Array : SMALL.has(name) ? Uint8Array : Int32Array)(size);

/**
 * The columns of packing.py: of each number the lowest bytes stand together, then the next ones; the
 * lowest bit is the sign, and each number of a rising column is counted from the one before it.
 * @param {Record<string, [string, number, number, number, number][]>} layout for each table its
 *   columns' names, lengths, bytes a number, scales, and whether they rise
 * @param {Uint8Array} bytes
 * @returns {Record<string, Record<string, Int32Array | Uint8Array | Float64Array>>}
 */
function readColumns(layout, bytes) {
  let at = 0;
  const read = ([name, size, planes, scale, rises]) => {
    const folded = new Uint32Array(size);
    for (let plane = 0; plane < planes; plane += 1) {
      for (let i = 0; i < size; i += 1) folded[i] |= bytes[at + i] << (8 * plane);
      at += size;
    }
    const column = makeColumn(name, size, scale);
    for (let i = 0, last = 0; i < size; i += 1) {
      const value = (folded[i] >>> 1) ^ -(folded[i] & 1);
      last = rises ? (last + value) | 0 : value;
      column[i] = last / scale;
    }
    return [name, column];
  };
  return Object.fromEntries(Object.entries(layout).map(([table, columns]) => [table, Object.fromEntries(columns.map(read))]));
}

/**
 * Put the sentences behind the other strings, and the columns to the rest of their tables. A sentence
 * is counted back from the first one that no mention had yet; a mention without one has 0.
 * @param {RawTables} tables
 * @param {string[]} sentences
 * @param {Record<string, any>} columns
 */
function joinTables(tables, sentences, columns) {
  let fresh = tables.strings.length;
  tables.strings = tables.strings.concat(sentences);
  for (const name of ["mentions", "articles", "places"]) Object.assign(tables[name], columns[name]);
  const { snippet, mark, surface } = tables.mentions;
  tables.mentions.length = Int32Array.from(mark, (at, m) => (at < 0 ? 0 : tables.strings[surface[m]].length));
  for (let m = 0; m < snippet.length; m += 1) {
    mark[m] = Math.max(0, mark[m]);
    if (snippet[m] === 0) continue;
    snippet[m] = fresh + 1 - snippet[m];
    if (snippet[m] === fresh) fresh += 1;
  }
}

/**
 * How many of some mentions have a sentence that the file had no room for.
 * @param {Data} data
 * @param {Iterable<number>} found
 */
function countLeftOut({ mentions, leftOut }, found) {
  let count = 0;
  if (leftOut > 0) for (const m of found) count += mentions.snippet[m] === 0 ? 1 : 0;
  return count;
}

/**
 * The page's data: typed columns, and where the mentions of each place begin.
 * @param {RawTables} tables
 * @returns {Data}
 */
function makeData(tables) {
  const { mentions, articles, places } = tables;
  return {
    mentions, articles, places,
    strings: tables.strings,
    outlines: tables.outlines,
    skipped: tables.skipped,
    originals: tables.originals ?? {},
    widths: tables.widths ?? {},
    texts: tables.texts ?? null,
    leftOut: tables.left_out ?? 0,
    firstMention: findFirsts(mentions.place, places.name.length),
    hasStories: articles.story.some((story) => story >= 0),
  };
}

/**
 * Where each value begins in a sorted column; value i stands at first[i] up to first[i + 1].
 * @param {Int32Array} column
 * @param {number} size one more than the largest value
 */
function findFirsts(column, size) {
  const first = new Int32Array(size + 1);
  for (let m = 0; m < column.length; m += 1) first[column[m] + 1] += 1;
  for (let i = 0; i < size; i += 1) first[i + 1] += first[i];
  return first;
}

/**
 * The mentions of each article, in the order of its text.
 * @param {Data} data
 * @returns {(article: number) => Int32Array}
 */
function makeTrails({ mentions, articles }) {
  const size = articles.title.length;
  const first = new Int32Array(size + 1);
  for (const article of mentions.article) first[article + 1] += 1;
  for (let i = 0; i < size; i += 1) first[i + 1] += first[i];
  const next = first.slice();
  const order = new Int32Array(mentions.article.length);
  for (let m = 0; m < order.length; m += 1) order[next[mentions.article[m]]++] = m;
  return (article) => order.slice(first[article], first[article + 1]).sort((a, b) => mentions.start[a] - mentions.start[b] || a - b);
}
