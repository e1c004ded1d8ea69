/** Reading the data block. */

/** Characters that are no digits of packed bytes; see packing.py. */
const NO_DIGITS = "\"&'<>\\`{}";

/**
 * Bytes that are written as five letters for four of them; the last group may be shorter.
 * @param {string} text
 */
function readLetters(text) {
  const digits = new Uint8Array(128);
  for (let code = 33, digit = 0; code < 127; code += 1) if (!NO_DIGITS.includes(String.fromCharCode(code))) digits[code] = digit++;
  const groups = Math.ceil(text.length / 5);
  const bytes = new Uint8Array(4 * groups);
  const digit = (i) => (i < text.length ? digits[text.charCodeAt(i)] : 84);
  for (let group = 0, i = 0; group < groups; group += 1, i += 5) {
    const word = (((digit(i) * 85 + digit(i + 1)) * 85 + digit(i + 2)) * 85 + digit(i + 3)) * 85 + digit(i + 4);
    bytes[4 * group] = word >>> 24;
    bytes[4 * group + 1] = word >>> 16;
    bytes[4 * group + 2] = word >>> 8;
    bytes[4 * group + 3] = word;
  }
  return bytes.subarray(0, bytes.length - (5 * groups - text.length));
}

/** @param {any} value plain, or `{deflate: letters}` of JSON */
const unpack = (value) => (typeof value.deflate === "string" ? JSON.parse(new TextDecoder().decode(inflateBytes(readLetters(value.deflate)))) : value);

/**
 * Give a base map its lines, which are packed by themselves: the rivers' first, in the order of packing.py.
 * @param {any} base has how many there are of each
 * @param {Record<string, any>} columns where each begins, how many numbers follow, and these
 */
function linesOf(base, { x, y, size, steps }) {
  let [row, at] = [0, 0];
  const take = () => {
    const line = [x[row], y[row], ...steps.subarray(at, (at += size[row]))];
    row += 1;
    return line;
  };
  for (const river of base.rivers) river.line = take();
  for (const name of ["arcs", "disputed", "lakes", "units"]) base[name] = Array.from({ length: Math.min(base[name], x.length) }, take);
  return base;
}

/** @param {any} packed a block's base map */
function readBase(packed) {
  const base = unpack(packed);
  return packed.lines ? linesOf(base, readColumns(packed.lines.layout, inflateBytes(readLetters(packed.lines.deflate))).base) : base;
}

/** What a block of data holds. @returns {{meta: Meta, base: any, tables: any}} */
function readBlock(block) {
  const [base, tables] = [readBase(block.base), unpack(block.tables)];
  const strings = (block.strings ?? []).map(unpack);
  const columns = (block.columns ?? []).map((part) => readColumns(part.layout, inflateBytes(readLetters(part.deflate))));
  if (block.columns) joinTables(tables, strings, columns);
  if (block.names) tables.names = unpack(block.names);
  return { meta: block.meta, base, tables };
}

/**
 * The page's own data, or those of a file that was opened in it.
 * @param {(words: Words) => void} [speak] takes the page's words: the few of an error at once, then all
 * @returns {Promise<{meta: Meta, base: any, tables: any, schema: TableSchema}>}
 */
async function readData(speak = () => {}) {
  const block = JSON.parse(byId("data").textContent);
  speak(block.meta.words);
  if (block.words) speak(unpack(block.words));
  const [opened, schema] = [window.geomap_opened, block.schema && unpack(block.schema)];
  return opened ? { base: readBase(block.base), ...opened, schema } : { ...readBlock(block), schema };
}

/** Numbers of a column at most: more than any map has. */
const LONGEST_COLUMN = 5_000_000;

const SMALL = new Set(["kind", "ambiguous", "unlocated", "precision"]);

/**
 * Whole numbers as a column of the type that they need.
 * @param {string} name
 * @param {Int32Array} numbers
 * @param {number} scale what they were multiplied with
 * @returns {Int32Array | Uint8Array | Float64Array}
 */
function makeColumn(name, numbers, scale) {
  if (scale === 1) return SMALL.has(name) ? new Uint8Array(numbers) : numbers;
  const column = new Float64Array(numbers.length);
  for (let i = 0; i < column.length; i += 1) column[i] = numbers[i] / scale;
  return column;
}

/**
 * Numbers of which the lowest bytes stand together, then the next ones; the lowest bit is the sign.
 * @param {Uint8Array} bytes
 * @param {number} at where they begin
 * @param {number} size
 * @param {number} planes bytes a number
 */
function joinPlanes(bytes, at, size, planes) {
  const numbers = new Int32Array(size);
  for (let plane = 0, from = at; plane < planes; plane += 1, from += size) {
    for (let i = 0; i < size; i += 1) numbers[i] |= bytes[from + i] << (8 * plane);
  }
  if (planes > 0) for (let i = 0; i < size; i += 1) numbers[i] = (numbers[i] >>> 1) ^ -(numbers[i] & 1);
  return numbers;
}

/**
 * The columns of packing.py; each number of a rising one is counted from the one before it.
 * @param {Record<string, [string, number, number, number, number][]>} layout for each table its
 *   columns' names, lengths, bytes a number, scales, and whether they rise
 * @param {Uint8Array} bytes
 * @returns {Record<string, Record<string, Int32Array | Uint8Array | Float64Array>>}
 */
function readColumns(layout, bytes) {
  let at = 0;
  const read = ([name, size, planes, scale, rises]) => {
    if (!(size >= 0 && size <= LONGEST_COLUMN && planes >= 0 && planes <= 4)) throw new Error("the data of this page is damaged");
    const numbers = joinPlanes(bytes, at, size, planes);
    at += size * planes;
    if (rises) for (let i = 1; i < size; i += 1) numbers[i] += numbers[i - 1]; // wraps round at 32 bits
    return [name, makeColumn(name, numbers, scale)];
  };
  return Object.fromEntries(Object.entries(layout).map(([table, columns]) => [table, Object.fromEntries(columns.map(read))]));
}

/**
 * Put the sentences behind the other strings, and the columns to the rest of their tables. A sentence
 * is counted back from the first one that no mention had yet; a mention without one has 0.
 * @param {any} tables
 * @param {string[][]} strings the sentences are the last ones
 * @param {Record<string, Record<string, any>>[]} columns
 */
function joinTables(tables, strings, columns) {
  let fresh = strings[0].length;
  tables.strings = strings.flat();
  for (const part of columns) for (const [name, table] of Object.entries(part)) tables[name] = Object.assign(tables[name] ?? {}, table);
  const { snippet, mark, surface } = tables.mentions;
  const length = new Int32Array(mark.length);
  tables.mentions.length = length;
  for (let m = 0; m < snippet.length; m += 1) {
    if (mark[m] >= 0) length[m] = tables.strings[surface[m]].length;
    if (snippet[m] === 0) continue;
    snippet[m] = fresh + 1 - snippet[m];
    if (snippet[m] === fresh) fresh += 1;
  }
}

/** A flat list of grid deltas as [lat, lon] pairs. */
function decodeLine(flat, grid) {
  const points = new Array(flat.length / 2);
  for (let i = 0, x = 0, y = 0; i < flat.length; i += 2) {
    x += flat[i];
    y += flat[i + 1];
    points[i / 2] = [y / grid, x / grid];
  }
  return points;
}

/** A ring of arc numbers as [lat, lon] pairs; `~n` is arc n backwards. */
function joinArcs(ring, arcs) {
  const points = [];
  for (const index of ring) {
    const arc = index < 0 ? arcs[~index].slice().reverse() : arcs[index];
    for (let i = points.length ? 1 : 0; i < arc.length; i += 1) points.push(arc[i]);
  }
  return points;
}
