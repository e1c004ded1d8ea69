/** Where the map is cut open. */

import assert from "node:assert/strict";
import { test } from "node:test";

import { load } from "./load.mjs";

const { findWest, turned, trueLon, cutRing, cutLine, turnRing } = load("findWest", "turned", "trueLon", "cutRing", "cutLine", "turnRing");

test("a map is cut at the antimeridian", () => {
  assert.equal(findWest([]), -180);
  assert.equal(findWest([36, 39, 44]), -180);
  assert.equal(findWest([-118, -77, 0, 39, 139, 175]), -180);
});

test("unless that would part the Pacific, or leave its edge beside a place", () => {
  assert.equal(findWest([178.4, -171.8, 173, -157.5]), -30);
  assert.equal(findWest([166, 172, 178.5]), -30);
  assert.equal(findWest([-122, -77, 139.7]), -30);
  assert.equal(findWest([-10, -40, 175, 179]), 82.5);
});

test("or what was asked for as its middle", () => {
  assert.deepEqual([180, -180, 170, -170, 35].map((lon) => findWest([39], lon)), [0, 0, -10, 10, -180]);
});

test("a longitude comes back as it was", () => {
  for (const lon of [-171.7667, -30.00001, -30, 0, 178.44149, 180]) assert.equal(trueLon(turned(lon, -30)), lon);
  assert.equal(trueLon(190.5), -169.5);
});

test("a ring is cut in two", () => {
  const ring = [[0, -40], [10, -40], [10, -20], [0, -20]];
  assert.deepEqual(cutRing(ring, -180), [ring]);
  assert.deepEqual(cutRing(ring, -30), [[[10, -30], [10, -20], [0, -20], [0, -30]], [[0, 320], [10, 320], [10, 330], [0, 330]]]);
  assert.deepEqual(cutRing([[0, 170], [5, 170], [5, 180]], -30), [[[0, 170], [5, 170], [5, 180]]]);
});

test("a line is in parts, and has nothing along the antimeridian", () => {
  assert.deepEqual(cutLine([[0, -40], [1, -31], [2, -29], [3, -20]], -30), [[[0, 320], [1, 329]], [[2, -29], [3, -20]]]);
  assert.deepEqual(cutLine([[0, 170], [1, 180], [2, 180], [3, 170]], -30), [[[0, 170], [1, 180]], [[2, 180], [3, 170]]]);
});

test("a shape around the antimeridian is in one piece", () => {
  assert.deepEqual(turnRing([[0, 179], [1, -179], [2, 181]], -30), [[0, 179], [1, 181], [2, 181]]);
  assert.deepEqual(turnRing([[0, -179], [1, 179]], -30), [[0, 181], [1, 179]]);
});
