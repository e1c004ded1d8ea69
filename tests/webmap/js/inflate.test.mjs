/** Unpacking what zlib packed. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { constants, deflateSync } from "node:zlib";

import { load } from "./load.mjs";

const { inflateBytes } = load("inflateBytes");

/** Bytes that are always the same: words that repeat, then what hardly shrinks. */
function makeBytes(length) {
  const bytes = new Uint8Array(length);
  let seed = 7;
  for (let i = 0; i < length; i += 1) {
    seed = (seed * 1103515245 + 12345) % 2147483648;
    bytes[i] = i < length / 2 ? "Raqqa, Syria; ".charCodeAt(i % 14) + (seed % 97 === 0 ? 1 : 0) : seed >> 16;
  }
  return bytes;
}

const SETTINGS = [{ level: 9 }, { level: 1 }, { level: 0 }, { strategy: constants.Z_FIXED }, { strategy: constants.Z_HUFFMAN_ONLY }];

test("what was packed comes back, however it was packed", () => {
  for (const length of [0, 1, 300, 70_000, 400_000]) {
    const bytes = makeBytes(length);
    for (const setting of SETTINGS) assert.deepEqual(inflateBytes(new Uint8Array(deflateSync(bytes, setting))), bytes);
  }
});

test("what is damaged or cut short is told, and ends", () => {
  const packed = new Uint8Array(deflateSync(makeBytes(5000)));
  assert.throws(() => inflateBytes(packed.subarray(0, 200)), /cut short|damaged/);
  assert.throws(() => inflateBytes(new Uint8Array([120, 156, 255, 255, 255])), /./);
});
