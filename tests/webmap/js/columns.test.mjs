import assert from "node:assert/strict";
import { test } from "node:test";
import { load, makeTables } from "./load.mjs";

const { readColumns, joinTables, makeData, countLeftOut, countCopies, siblingsOf, readLetters, markOf, linesOf } = load(
  "readColumns", "joinTables", "makeData", "countLeftOut", "countCopies", "siblingsOf", "readLetters", "markOf", "linesOf");

const read = (entry, bytes) => {
  const column = readColumns({ table: [entry] }, Uint8Array.from(bytes)).table[entry[0]];
  return [column.constructor.name, ...column];
};

test("a column's lowest bytes stand together, and the lowest bit is the sign", () => {
  assert.deepEqual(read(["start", 3, 2, 1, 0], [0, 1, 44, 0, 0, 1]), ["Int32Array", 0, -1, 150]);
  assert.deepEqual(read(["kind", 2, 1, 1, 0], [2, 0]), ["Uint8Array", 1, 0]);
  assert.deepEqual(read(["lat", 2, 3, 100000, 0], [0x80, 1, 0x1a, 0, 6, 0]), ["Float64Array", 2, -0.00001]);
});

test("a column of zeros has no bytes, and one of no rows none either", () => {
  assert.deepEqual(read(["story", 3, 0, 1, 0], []), ["Int32Array", 0, 0, 0]);
  assert.deepEqual(read(["story", 0, 0, 1, 1], []), ["Int32Array"]);
});

test("numbers of a rising column are counted from the last one, round the end of 32 bits", () => {
  assert.deepEqual(read(["article", 3, 1, 1, 1], [10, 2, 3]), ["Int32Array", 5, 6, 4]);
  assert.deepEqual(read(["title", 2, 4, 1, 1], [0xfe, 2, 0xff, 0, 0xff, 0, 0xff, 0]), ["Int32Array", 2147483647, -2147483648]);
});

test("columns follow each other, through all tables", () => {
  const { a, b } = readColumns({ a: [["kind", 1, 1, 1, 0], ["start", 1, 2, 1, 0]], b: [["mark", 2, 1, 1, 0]] }, Uint8Array.from([2, 0, 1, 4, 6]));
  assert.deepEqual([[...a.kind], [...a.start], [...b.mark]], [[1], [128], [2, 3]]);
});

test("sentences come behind the other strings, and each mention finds its own", () => {
  const tables = { mentions: {}, articles: {}, places: { spellings: [] } };
  const mentions = {
    snippet: Int32Array.of(1, 1, 2, 0, 1, 4, 5), // new, new, the last one, none, new, the first one; a string that is no sentence
    mark: Int32Array.of(0, -1, 7, -1, 3, 1, 0), surface: Int32Array.of(1, 1, 1, 1, 1, 1, 1),
  };
  joinTables(tables, [["", "Raqqa"], ["one", "two", "three"]], [{ places: { radius: Int32Array.of(4) } }, { mentions }]);
  assert.deepEqual(tables.places, { spellings: [], radius: Int32Array.of(4) });
  const text = (row) => tables.strings[row];
  assert.deepEqual([...mentions.snippet].map(text), ["one", "two", "two", "", "three", "one", "Raqqa"]);
  assert.deepEqual([...mentions.mark], [0, -1, 7, -1, 3, 1, 0]);
  assert.deepEqual([...tables.mentions.length], [5, 0, 5, 0, 5, 5, 5]);
});

test("sentences that were left out are counted; a table without any has left none out", () => {
  const tables = makeTables({ places: [["Raqqa", "SY", 1]], articles: [[1, 1, 1]], mentions: [[0, 0, 0, { snippet: 1 }], [0, 0, 0, { snippet: 0 }], [0, 0, 0, { snippet: 0 }]] });
  assert.equal(countLeftOut(makeData(tables), [0, 1, 2]), 0);
  assert.equal(countLeftOut(makeData({ ...tables, left_out: 2 }), [0, 1]), 1);
});

test("copies are those behind the first article of a story", () => {
  const data = makeData(makeTables({
    places: [["Raqqa", "SY", 1]], mentions: [[0, 0], [0, 1], [0, 2], [0, 3]],
    articles: [[1, 1, 1, { story: 0 }], [2, 2, 1], [3, 3, 1, { story: 0 }], [null, null, 0, { story: 0 }]],
  }));
  assert.equal(countCopies(data), 2);
  assert.deepEqual([siblingsOf(data, 2), siblingsOf(data, 1)], [[0, 2, 3], [1]]);
});

test("told times are days, counted from the day of the article where there is one", () => {
  const data = makeData(makeTables({
    places: [["Raqqa", "SY", 1]], articles: [[17000, 17000, 1], [null, null, 0]],
    times: [[0, 0], [1, 2], [0, 1], [30, 4]],
    mentions: [[0, 0, 0, { told: 1, told_start: -7 }], [0, 0, 0, { told: 2, told_start: 5 }], [0, 0], [0, 1, 0, { told: 3, told_start: 16436 }]],
  }));
  assert.deepEqual(Object.values(data.told).map((column) => [...column]), [[16993, 0, 0, 16436], [16994, 0, 0, 16466], [1, 0, 0, 3]]);
});

test("bytes come back from letters, five for four of them", () => {
  assert.deepEqual([...readLetters("")], []);
  assert.deepEqual([...readLetters("!!!!!")], [0, 0, 0, 0]);
  assert.deepEqual([...readLetters("~!")].length, 1);
  assert.throws(() => readLetters(null));
});

test("a name stands first in its sentence where its column does not say otherwise", () => {
  const data = { strings: ["", "Raqqa", "Raqqa, old Raqqa"], mentions: { surface: [1, 1], snippet: [2, 2], mark: [0, 12] } };
  assert.deepEqual([markOf(data, 0), markOf(data, 1)], [0, 11]);
});

test("lines of a base map are taken one behind the other, the rivers' first", () => {
  const base = { rivers: [{ name: "Khabur" }], arcs: 2, disputed: 0, lakes: 1, units: 1_000_000_000 };
  const columns = { x: Int32Array.of(1, 2, 3, 4, 5), y: Int32Array.of(6, 7, 8, 9, 10), size: Int32Array.of(2, 0, 4, 0, 2), steps: Int32Array.of(1, 1, 2, 2, 3, 3, 4, 4) };
  const { rivers, arcs, disputed, lakes, units } = linesOf(base, columns);
  assert.deepEqual([rivers, arcs, disputed, lakes], [[{ name: "Khabur", line: [1, 6, 1, 1] }], [[2, 7], [3, 8, 2, 2, 3, 3]], [], [[4, 9]]]);
  assert.deepEqual(units[0], [5, 10, 4, 4]); // a number that cannot be is cut at what there is
  assert.equal(units.length, 5);
});
