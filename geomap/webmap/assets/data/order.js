/** Orders of the table's rows: by ranks, stable, and fast for 100,000 of them. */

/**
 * Sort rows by rank; rows of one rank stay in the order they are in. Rank and position are packed into one
 * number, because numbers are sorted ten times faster than by a function that compares.
 * @param {Int32Array} rows
 * @param {ArrayLike<number>} ranks by row: whole numbers from 0, below 2 ** 33
 * @param {boolean} isDown
 */
function sortRows(rows, ranks, isDown) {
  const count = rows.length;
  let largest = 0;
  for (let n = 0; n < count; n += 1) largest = Math.max(largest, ranks[rows[n]]);
  const keys = new Float64Array(count);
  for (let n = 0; n < count; n += 1) {
    const rank = ranks[rows[n]];
    keys[n] = (isDown ? largest - rank : rank) * count + n;
  }
  keys.sort();
  return Int32Array.from(keys, (key) => rows[key % count]);
}

/**
 * Ranks of a column of strings in the order of the page's language; empty ones come last.
 * @param {Int32Array} column rows of `strings`
 * @param {(at: number) => string} read
 * @param {(a: string, b: string) => number} compare
 */
function rankTexts(column, read, compare = formats.order.compare) {
  const found = [...new Set(column)].map((at) => [at, read(at)]);
  found.sort(([, a], [, b]) => Number(a === "") - Number(b === "") || compare(String(a), String(b)));
  const rank = new Map(found.map(([at], n) => [at, n]));
  return Int32Array.from(column, (at) => rank.get(at) ?? 0);
}

/**
 * Ranks of numbers: the numbers themselves, moved and scaled to whole ones.
 * @param {number} count
 * @param {(row: number) => number} read
 * @param {number} scale
 */
function rankNumbers(count, read, scale = 1) {
  const values = Float64Array.from({ length: count }, (_, row) => Math.round(read(row) * scale));
  const least = values.reduce((a, b) => Math.min(a, b), 0);
  return values.map((value) => value - least);
}

/** Days of articles by which rows are sorted; those without one come last. */
const UNDATED = 5_000_000;
