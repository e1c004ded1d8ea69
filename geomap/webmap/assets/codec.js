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
  const [base, tables] = await Promise.all([unpack(block.base), unpack(block.tables)]);
  if (block.columns) {
    const [sentences, buffer] = await Promise.all([unpack(block.sentences), inflate(block.columns).then((response) => response.arrayBuffer())]);
    joinTables(tables, sentences, readColumns(block.columns.layout, new Uint8Array(buffer)));
  }
  return { meta: block.meta, base, tables };
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
