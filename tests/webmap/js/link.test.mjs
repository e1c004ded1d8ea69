import assert from "node:assert/strict";
import { test } from "node:test";
import { load, makeTables } from "./load.mjs";

const { makeData, initialState, makeState, parseLink, formatLink, fromCivil } = load(
  "makeData", "initialState", "makeState", "parseLink", "formatLink", "fromCivil");

const data = makeData(makeTables({
  places: [["Raqqa", "SY", 1, { feature: "PPLA" }], ["Sea", "", 7, { feature: "SEA" }], ["Mosul", "IQ", 1, { feature: "PPLA2" }]],
  articles: [[16800, 16800, 1, { source: "Ledger & Co", story: 0, lang: "en" }], [16801, 16801, 1, { source: "Süd – 100%", story: 0, lang: "de-AT" }]],
  mentions: [[0, 0], [1, 0], [2, 1, 0, { ambiguous: 1 }]],
}));
const days = { known: true, first: 16800, last: 17000, bins: { edges: [16800], end: 17001 }, firstKnown: 16800, lastKnown: 16801 };
const told = { ...days, first: 16000, last: 16999, bins: { edges: [16000], end: 17000 } };
const axes = { published: days, told };
const first = initialState(axes, "list");
const context = { data, axes, first, views: ["list", "place", "article", "table", "about"] };
const view = [6.25, 35.5, 38.125];

/** The state that a link of a state opens. */
function reopen(change) {
  const link = formatLink({ ...first, ...change }, context, view);
  const { patch, view: where } = parseLink(link, context);
  assert.deepEqual(where, view);
  return { ...first, ...patch };
}

const STATES = [
  {},
  { kinds: ["associative"], statuses: ["resolved"], undated: false },
  { undated: true, from: 16850 },
  { kinds: [] },
  { described: false },
  { sizeBy: "articles" },
  { sizeBy: "stories", copies: "once" },
  { from: 16850, to: 16900 },
  { axis: "told", from: 16000, to: 16999 },
  { axis: "told", from: 16100, to: 16200, untold: false },
  { selected: 2, view: "place" },
  { selected: 2, view: null },
  { article: 1, view: "article" },
  { article: 1, selected: 2, view: "place" },
  { view: null },
  { view: "table" },
  { countries: ["", "SY"], precisions: [1, 7], confidence: 80 },
  { countries: [], sources: [] },
  { sources: ["Ledger & Co", "Süd – 100%"] },
  { statuses: [], langs: ["de-AT"], features: ["PPLA", "SEA"] },
];
for (const change of STATES) {
  test(`a link holds ${JSON.stringify(change)}`, () => assert.deepEqual(reopen(change), { ...first, ...change }));
}

/** Words of geomap's options, and what older pages wrote, with what they open. */
const WORDS = [
  ["#status=resolved", { statuses: ["resolved"] }],
  ["#status=ambiguous", { statuses: ["ambiguous"] }],
  ["#ambiguous=0", { statuses: ["resolved"] }],
  ["#min-confidence=0.8", { confidence: 80 }],
  ["#confidence=80", { confidence: 80 }],
  ["#story-copies=once", { copies: "once" }],
  ["#copies=once", { copies: "once" }],
  ["#source=ledger+%26+co", { sources: ["Ledger & Co"] }],
  ["#country=sy", { countries: ["SY"] }],
  ["#country=irak", { countries: ["IQ"] }],
  ["#article-lang=de", { langs: ["de-AT"] }],
  ["#article-lang=EN", { langs: ["en"] }],
  ["#feature=ppla", { features: ["PPLA"] }],
  ["#feature=PPL*", { features: ["PPLA", "PPLA2"] }],
  ["#undated", { undated: true }],
  ["#no-undated", { undated: false }],
  ["#no-undated&time=told", { axis: "told", from: told.first, to: told.last, untold: false }],
  ["#from=2015&to=2016", {}],
  ["#from=2016", { from: fromCivil(2016, 1, 1) }],
  ["#from=2016-02&to=2016-05", { from: fromCivil(2016, 2, 1), to: fromCivil(2016, 5, 31) }],
];
for (const [hash, change] of WORDS) {
  test(`${hash} is understood`, () => {
    const { patch } = parseLink(hash, { ...context, countryName: (iso) => ({ IQ: "Irak", SY: "Syrien" })[iso] });
    assert.deepEqual({ ...first, ...patch }, { ...first, ...change });
  });
}

test("a link is written in the words that older pages read", () => {
  const state = { ...first, statuses: ["resolved"], confidence: 80, copies: "once", countries: ["SY"], described: false };
  assert.equal(formatLink(state, context, null), "#ambiguous=0&country=SY&confidence=80&copies=once&described=0");
});

test("a link has nothing of what is as it is at first", () => {
  assert.equal(formatLink(first, context, null), "#");
  assert.equal(formatLink({ ...first, query: "mosul" }, context, null), "#");
});

test("days stand in a link as dates", () => {
  assert.equal(formatLink({ ...first, from: fromCivil(2016, 2, 29) }, context, null), "#from=2016-02-29");
});

const NONSENSE = [
  "", "#", "#%%%", "#place=<img>&article=x", "#from=9e9&to=-1", "#from=2016-02-30", "#from=2016-06-01&to=2016-05-01",
  "#map=1/2", "#map=a/b/c", "#map=3/99/0", "#kind=other", "#country=XX", "#source=", "#precision=0&precision=x",
  "#confidence=-3", "#confidence=101", "#confidence=NaN", "#view=secret", "#view=place", "#view=article", "#size=weight", "#copies=twice", "#undated=no", "#time=later", "#status=gone", "#min-confidence=2", "#min-confidence=x", "#story-copies=twice", "#article-lang=e", "#feature=*PPL", "#from=2016-13", "#__proto__=1",
];
for (const hash of NONSENSE) {
  test(`${hash || "no address"} asks for nothing`, () => {
    const { patch, view: where } = parseLink(hash, context);
    assert.deepEqual([{ ...first, ...patch }, where], [first, null]);
  });
}

test("stories are not offered where there are none", () => {
  const without = { ...context, data: { ...data, hasStories: false } };
  assert.equal(parseLink("#size=stories", without).patch.sizeBy, undefined);
});

test("nowhere has an address, and its precision a filter, where the map has it", () => {
  const held = makeData(makeTables({ places: [["", "", 0, { id: 0 }], ["Sea", "", 7]], articles: [[16800, 16800, 1]], mentions: [[0, 0], [1, 0]] }));
  const there = { ...context, data: held };
  const link = formatLink({ ...first, selected: 0, view: "place", precisions: [0] }, there, null);
  assert.equal(link, "#place=&precision=0");
  assert.deepEqual(parseLink(link, there).patch.precisions, [0]);
  assert.equal(parseLink(link, there).patch.selected, 0);
  assert.equal(parseLink(link, context).patch.selected, undefined);
});

test("a view that the page does not have is not opened", () => {
  const { patch } = parseLink("#article=article:1", { ...context, views: ["list", "place"] });
  assert.deepEqual([patch.article, "view" in patch], [1, false]);
});

test("a state tells what changed, and nothing where nothing did", () => {
  const state = makeState(first);
  const told = [];
  state.listen((current, changed) => told.push([current.confidence, [...changed]]));
  state.set({ confidence: 0, kinds: ["literal", "associative"] });
  state.set({ confidence: 5, countries: ["SY"] });
  state.set({ countries: ["SY"] });
  state.set({ countries: null });
  assert.deepEqual(told, [[5, ["confidence", "countries"]], [5, ["countries"]]]);
  assert.equal(first.confidence, 0);
});
