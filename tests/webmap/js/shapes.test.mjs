import assert from "node:assert/strict";
import { test } from "node:test";
import { load } from "./load.mjs";

const { makeShapes, toWkt, toGeometry, toLatLngs } = load("makeShapes", "toWkt", "toGeometry", "toLatLngs");

// a square with a hole beside a triangle, and a line across the equator
const shapeOf = makeShapes({
  kind: [1, 2],
  rings: { shape: [0, 0, 0, 1], part: [0, 0, 1, 0], size: [5, 4, 4, 2] },
  points: {
    x: [390000, 0, 20000, 0, -20000, 395000, 1000, 0, -1000, 412000, 10000, 0, -10000, -5001, 15001],
    y: [340000, 25000, 0, -25000, 0, 350000, 0, 1000, -1000, 362000, 0, 10000, -10000, -1, 5001],
  },
});

test("a shape comes back as the record has it", () => {
  assert.equal(toWkt(shapeOf(0)), "MULTIPOLYGON (((39 34, 39 36.5, 41 36.5, 41 34, 39 34), (39.5 35, 39.6 35, 39.6 35.1, 39.5 35)), ((41.2 36.2, 42.2 36.2, 42.2 37.2, 41.2 36.2)))");
  assert.equal(toWkt(shapeOf(1)), "LINESTRING (-0.5001 -0.0001, 1 0.5)");
});

test("outer rings of GeoJSON go round against the clock, holes with it", () => {
  const { type, coordinates } = toGeometry(shapeOf(0));
  assert.equal(type, "MultiPolygon");
  assert.deepEqual(coordinates[0][0], [[39, 34], [41, 34], [41, 36.5], [39, 36.5], [39, 34]]);
  assert.deepEqual(coordinates[0][1], [[39.5, 35], [39.6, 35.1], [39.6, 35], [39.5, 35]]);
  assert.deepEqual(toGeometry(shapeOf(1)), { type: "LineString", coordinates: [[-0.5001, -0.0001], [1, 0.5]] });
});

test("Leaflet has latitudes first", () => {
  assert.deepEqual(toLatLngs(shapeOf(1)), [[[-0.0001, -0.5001], [0.5, 1]]]);
  assert.deepEqual(toLatLngs(shapeOf(0)).map((ring) => ring.length), [5, 4, 4]);
});
