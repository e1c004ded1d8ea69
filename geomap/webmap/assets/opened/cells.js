/**
 * Tables of mentions from a file, read as columns of cells within bounds: JSON lines, CSV, GeoJSON. What cannot be
 * read is said with its line. Names of columns are keys of a Map, never of an object: any name is harmless.
 */

/** Bytes of a file, rows of a table, characters of a cell, columns, columns of the table's own. */
const MOST_BYTES = 64 * 2 ** 20;
const MOST_RECORDS = 200_000;
const MOST_LETTERS = 40_000;
const MOST_COLUMNS = 200;
const MOST_OWN = 20;

/** What is wrong with a file: a key of the page's words, and what stands in them. */
class FileFault extends Error {
  /** @param {string} key @param {Record<string, string | number>} [params] */
  constructor(key, params = {}) {
    super(key);
    this.key = `open.${key}`;
    this.params = params;
  }
}

/** A cell in a message, not longer than a message is. */
const shortened = (value) => {
  const text = typeof value === "string" ? value : JSON.stringify(value) ?? "";
  return cleanText(text, 40);
};

/** Controls, and marks that turn or hide the text around them; see security.py. */
const UNWANTED = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff\ufeff\ufff9-\uffff]/gu;

/** A text of at most `limit` characters, spaces folded, controls removed; nothing where there is none. */
function cleanText(value, limit) {
  if (value === null || value === undefined) return "";
  const text = (typeof value === "object" ? JSON.stringify(value) : String(value)).slice(0, 4 * limit).replace(UNWANTED, "").replace(/\s+/g, " ").trim();
  const letters = text.length <= limit ? [] : [...text];
  return letters.length <= limit ? text : `${letters.slice(0, limit - 1).join("").trimEnd()}…`;
}

/** A link that a page may have: absolute, of the web, without a password; see security.py. */
function cleanLink(value) {
  const text = typeof value === "string" ? value.trim() : "";
  if (text === "" || text.length > 2000 || /\s/.test(text) || text.search(UNWANTED) >= 0 || text.includes("\\") || !/^https?:\/\//i.test(text) || !URL.canParse(text)) return "";
  const { username, password } = new URL(text);
  return username === "" && password === "" ? text : "";
}

/** Rows as they come, put into columns; `words` are those that hold texts for sure. @param {boolean} isTyped whether strings are texts, as in JSON */
function makeColumns(isTyped = true) {
  /** @type {Map<string, any[]>} */
  const columns = new Map();
  const [lines, words] = [/** @type {number[]} */ ([]), new Set()];
  return {
    columns, lines, words,
    /** @param {Iterable<[string, any]>} cells @param {number} line */
    add(cells, line) {
      const row = lines.push(line) - 1;
      if (row >= MOST_RECORDS) throw new FileFault("rows", { n: MOST_RECORDS });
      for (const [name, value] of cells) {
        let column = columns.get(name);
        if (!column) {
          if (columns.size >= MOST_COLUMNS) throw new FileFault("wide", { n: MOST_COLUMNS });
          columns.set(name, column = []);
        }
        if (isTyped && typeof value === "string") words.add(name);
        column[row] = typeof value === "string" && value.length > MOST_LETTERS ? value.slice(0, MOST_LETTERS) : value;
      }
    },
  };
}

/** @param {string} text @param {number} line */
function parseObject(text, line) {
  let value = null;
  try {
    value = JSON.parse(text);
  } catch {
    throw new FileFault("line.json", { line });
  }
  if (value === null || typeof value !== "object" || Array.isArray(value)) throw new FileFault("line.json", { line });
  return value;
}

/** A record on each line. @param {string} text */
function readLines(text) {
  const table = makeColumns();
  for (let at = 0, line = 1; at < text.length; line += 1) {
    const found = text.indexOf("\n", at);
    const end = found < 0 ? text.length : found;
    const row = text.slice(at, end).trim();
    if (row !== "") table.add(Object.entries(parseObject(row, line)), line);
    at = end + 1;
  }
  return table;
}

/** The properties of the features of GeoJSON, counted instead of lines. @param {string} text */
function readFeatures(text) {
  const table = makeColumns();
  const { features } = parseObject(text, 1);
  if (!Array.isArray(features)) throw new FileFault("line.json", { line: 1 });
  features.forEach((feature, n) => {
    const { properties } = feature ?? {};
    if (properties === null || typeof properties !== "object") throw new FileFault("line.json", { line: n + 1 });
    table.add(Object.entries(properties), n + 1);
  });
  return table;
}

/** A cell as it was before it was made harmless for spreadsheets; see spreadsheets.py. */
const unguarded = (text) => (/^'+[=+\-@\t\r\n]/.test(text) ? text.slice(1) : text);

/** Rows of CSV (RFC 4180), with the line that each begins on. @param {string} text @returns {Generator<[string[], number]>} */
function* readCells(text) {
  const plain = /[^,"\r\n]*/y;
  let [at, line] = [0, 1];
  while (at < text.length) {
    const begun = line;
    const cells = [];
    for (let isRow = true; isRow;) {
      let cell = "";
      if (text[at] === '"') {
        for (let from = at + 1; ;) {
          const end = text.indexOf('"', from);
          if (end < 0) throw new FileFault("line.quote", { line: begun });
          cell += text.slice(from, end);
          at = end + 1;
          if (text[at] !== '"') break;
          cell += '"';
          from = at + 1;
        }
        for (const letter of cell) if (letter === "\n") line += 1;
        if (at < text.length && !",\r\n".includes(text[at])) throw new FileFault("line.quote", { line });
      } else {
        plain.lastIndex = at;
        cell = plain.exec(text)?.[0] ?? "";
        at += cell.length;
        if (text[at] === '"') throw new FileFault("line.quote", { line });
      }
      if (cells.push(cell) > MOST_COLUMNS) throw new FileFault("wide", { n: MOST_COLUMNS });
      isRow = text[at] === ",";
      if (isRow) at += 1;
    }
    if (text[at] === "\r") at += 1;
    if (text[at] === "\n" || text[at - 1] === "\r") line += 1;
    if (text[at] === "\n") at += 1;
    yield [cells, begun];
  }
}

/** @param {string} text */
function readCsv(text) {
  const table = makeColumns(false);
  /** @type {string[] | null} */
  let heads = null;
  for (const [cells, line] of readCells(text)) {
    if (cells.length === 1 && cells[0].trim() === "") continue;
    if (heads === null) {
      heads = cells.map((cell) => cell.trim());
      for (const name of heads) if (table.columns.has(name)) throw new FileFault("twice", { name: shortened(name) });
        else table.columns.set(name, []);
      continue;
    }
    if (cells.length !== heads.length) throw new FileFault("line.cells", { line, n: cells.length, m: heads.length });
    const names = heads;
    table.add(cells.map((cell, n) => {
      const plain = unguarded(cell);
      if (plain !== cell) table.words.add(names[n]);
      return [names[n], plain === "" ? null : plain];
    }), line);
  }
  return table;
}

/** What other tools write for a number that is missing; see conform.py. */
const MISSING = ["", "nan", "nat", "none", "null", "<na>", "na", "n/a"];

/**
 * A number that a cell holds, null for none.
 * @param {any} value
 * @returns {number | null} NaN for what is no number
 */
function cellNumber(value) {
  if (value === null || value === undefined || (typeof value === "string" && MISSING.includes(value.trim().toLowerCase()))) return null;
  const number = typeof value === "number" ? value : typeof value === "string" && /^-?[0-9]+(\.[0-9]+)?(e[-+]?[0-9]{1,3})?$/i.test(value.trim()) ? Number(value) : NaN;
  return Number.isFinite(number) ? number : NaN;
}

/** Whether a column of the file's own is one of numbers: all of its cells are, and none is a code such as "007". */
function holdsNumbers(column) {
  let isAny = false;
  for (const value of column) {
    if (value === null || value === undefined) continue;
    if (!/^-?(0|[1-9][0-9]{0,14})(\.[0-9]+)?$/.test(String(value))) return false;
    isAny = true;
  }
  return isAny;
}

/** Least and greatest number of columns whose numbers have bounds. */
const BOUNDS = { lat: [-90, 90], lon: [-180, 180], relation_lat: [-90, 90], relation_lon: [-180, 180], confidence: [0, 1], precision: [0, 7], start: [0, 2 ** 31 - 1], end: [0, 2 ** 31 - 1] };

/**
 * A table as it may be drawn: the columns that are needed are there, and numbers are numbers.
 * @param {OpenTable} table
 * @param {TableSchema} schema
 */
function checkCells({ columns, lines }, schema) {
  if (lines.length === 0) throw new FileFault("empty");
  const missing = schema.columns.filter(([name, , , isNeeded]) => isNeeded && !columns.has(name)).map(([name]) => name);
  if (missing.length > 0) throw new FileFault("columns", { names: missing.join(", ") });
  const fault = (name, row) => new FileFault("line.value", { line: lines[row], name, value: shortened(columns.get(name)?.[row]) });
  for (const [name, isNumber] of schema.columns) {
    const column = columns.get(name);
    if (!isNumber || !column) continue;
    const [least, greatest] = BOUNDS[name] ?? [-Number.MAX_VALUE, Number.MAX_VALUE];
    for (let row = 0; row < lines.length; row += 1) {
      const number = cellNumber(column[row]);
      if (number !== null && !(number >= least && number <= greatest)) throw fault(name, row);
      column[row] = number;
    }
  }
  for (const name of ["kind", "status"]) {
    const [column, words] = [columns.get(name), name === "kind" ? [...KINDS, "embedded"] : [...STATUSES, ""]];
    for (let row = 0; column && row < lines.length; row += 1) {
      const word = typeof column[row] === "string" ? column[row].trim().toLowerCase() : column[row] ?? "";
      if (!words.includes(word)) throw fault(name, row);
      column[row] = word;
    }
  }
}

/**
 * Whatever a text is.
 * @param {string} text without a byte order mark
 * @returns {OpenTable}
 */
function readTable(text) {
  const head = text.slice(0, 2000).trimStart();
  if (!head.startsWith("{")) return readCsv(text);
  return /^\{\s*"type"\s*:\s*"FeatureCollection"/.test(head) ? readFeatures(text) : readLines(text);
}
