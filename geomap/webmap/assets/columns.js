/** The page's data: typed columns, made once, so that a window over them is summed fast. */

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
