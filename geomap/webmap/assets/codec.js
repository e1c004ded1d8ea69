/** Reading the data block. */

/**
 * The bytes of `{deflate: base64}`.
 * @param {{deflate: string}} value
 */
async function inflate({ deflate }) {
  const text = atob(deflate);
  const bytes = new Uint8Array(text.length);
  for (let i = 0; i < bytes.length; i += 1) bytes[i] = text.charCodeAt(i);
  return new Response(new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate")));
}

/** @param {any} value plain, or `{deflate: base64}` of JSON @returns {Promise<any>} */
async function unpack(value) {
  return typeof value.deflate === "string" ? (await inflate(value)).json() : value;
}

/**
 * @param {(meta: Meta) => void} [begin] what can be done before the rest is unpacked
 * @returns {Promise<{meta: Meta, base: any, tables: any}>}
 */
async function readData(begin = () => {}) {
  const block = JSON.parse(byId("data").textContent);
  begin(block.meta);
  const unpackColumns = async (part) => readColumns(part.layout, new Uint8Array(await (await inflate(part)).arrayBuffer()));
  const [base, tables, strings, columns] = await Promise.all([
    unpack(block.base), unpack(block.tables), Promise.all((block.strings ?? []).map(unpack)), Promise.all((block.columns ?? []).map(unpackColumns)),
  ]);
  if (block.columns) joinTables(tables, strings, columns);
  return { meta: block.meta, base, tables };
}

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
 * @param {any} tables
 * @param {string[][]} strings the sentences are the last ones
 * @param {Record<string, Record<string, any>>[]} columns
 */
function joinTables(tables, strings, columns) {
  let fresh = strings[0].length;
  tables.strings = strings.flat();
  for (const part of columns) for (const [name, table] of Object.entries(part)) Object.assign(tables[name], table);
  const { snippet, mark, surface } = tables.mentions;
  tables.mentions.length = Int32Array.from(mark, (at, m) => (at < 0 ? 0 : tables.strings[surface[m]].length));
  for (let m = 0; m < snippet.length; m += 1) {
    mark[m] = Math.max(0, mark[m]);
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
