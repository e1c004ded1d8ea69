/** The page's scripts as the page has them: concatenated, in one scope. Only pure ones load here. */

import { readFileSync } from "node:fs";
import vm from "node:vm";

const root = new URL("../../../geomap/webmap/", import.meta.url);
const PURE = ["shell/i18n", "data/inflate", "data/codec", "data/columns", "data/days", "data/axes", "shell/state", "find/facets", "data/filter", "data/tally", "data/counter", "shell/link", "find/finder", "find/search", "data/meridian", "data/shapes", "chapters/draft", "map/equal_earth"];

const FLOATS = new Set(["lat", "lon", "radius", "confidence"]);

/** The named functions and values of the scripts, in a scope of their own. */
export function load(...names) {
  const scripts = PURE.map((name) => readFileSync(new URL(`assets/${name}.js`, root), "utf8"));
  // the same realm, so that deepEqual knows the lists; a function, so that nothing is left behind
  return vm.runInThisContext(`(() => { "use strict";\n${scripts.join("\n")}\nreturn { ${names.join(", ")} }; })()`);
}

/** Tables of relations without any. */
const NOTHING_SPOKEN = {
  relations: { text: [], type: [], placed: [], lat: [], lon: [], radius: [], shape: [] },
  shapes: { kind: [] }, rings: { shape: [], part: [], size: [] }, points: { x: [], y: [] },
};

/** The words of a language. */
export const readStrings = (language) => JSON.parse(readFileSync(new URL(`strings/${language}.json`, root), "utf8"));

/**
 * Small tables as the data block has them. Mentions: [place, article, kind, more], sorted.
 * Times: [days, precision]. Articles: [start, end, precision, more]; places: [name, country, precision, more].
 */
export function makeTables({ places, articles, mentions, times = [[0, 0]] }) {
  const strings = [""];
  const text = (value) => {
    if (!strings.includes(value)) strings.push(value);
    return strings.indexOf(value);
  };
  const { makeColumn } = load("makeColumn");
  const column = (name, values) => {
    if (Array.isArray(values[0])) return values;
    const scale = FLOATS.has(name) ? 10 : 1;
    return makeColumn(name, Int32Array.from(values, (value) => Math.round(value * scale)), scale);
  };
  const columns = (rows) => Object.fromEntries(Object.keys(rows[0] ?? {}).map((key) => [key, column(key, rows.map((row) => row[key]))]));
  return {
    places: columns(places.map(([name, country, precision, more = {}], i) => ({
      id: text(`place:${i}`), name: text(name), country: text(country), precision, lat: 30 + i, lon: 40 + i, radius: 1,
      ...more, feature: text(more.feature ?? ""), spellings: (more.spellings ?? []).map(text),
    }))),
    articles: columns(articles.map(([start, end, precision, more = {}], i) => ({
      id: text(`article:${i}`), title: text(`Title ${i}`), start, end, precision, story: -1, date_source: 0, ...more, source: text(more.source ?? ""), lang: text(more.lang ?? ""),
    }))),
    mentions: columns(mentions.map(([place, article, kind = 0, more = {}]) => ({
      place, article, kind, ambiguous: 0, unlocated: 0, confidence: 90, start: 0, precision: places[place][2],
      relation: -1, told: 0, told_start: 0, ...more,
    }))),
    ...NOTHING_SPOKEN, story_ids: articles.map(() => ""), phrases: [""],
    heads: [], carried: {}, record: [], of_places: [],
    times: { days: times.map(([days]) => days), precision: times.map(([, precision]) => precision) },
    strings, outlines: [], skipped: {},
  };
}
