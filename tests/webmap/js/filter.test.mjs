import assert from "node:assert/strict";
import { test } from "node:test";
import { load, makeTables } from "./load.mjs";

const { makeData, makeTrails, makeFilter, initialState, isSlow, tallyPlaces, makeTally, makeCounter, tallyBins, makeAxes } = load(
  "makeData", "makeTrails", "makeFilter", "initialState", "isSlow", "tallyPlaces", "makeTally", "makeCounter", "tallyBins", "makeAxes");

const data = makeData(makeTables({
  places: [["Raqqa", "SY", 1], ["Syria", "SY", 6], ["Mosul", "IQ", 1]],
  articles: [
    [10, 10, 1, { source: "Ledger", story: 0 }],
    [20, 20, 1, { source: "Courier", story: 0 }],
    [0, 30, 3, { source: "Courier" }],
    [null, null, 0, { source: "" }],
  ],
  mentions: [
    [0, 0, 0, { start: 9 }], [0, 0, 1, { confidence: 40 }], [0, 1, 0], [0, 3, 0, { confidence: -1 }],
    [1, 0, 1, { start: 4 }], [1, 2, 0],
    [2, 1, 0, { ambiguous: 1 }], [2, 2, 1],
  ],
}));
const days = { known: true, first: 0, last: 30, bins: { edges: [0, 10, 20], end: 31 }, firstKnown: 0, lastKnown: 30 };
const first = initialState({ published: days, told: { known: false } }, null);
const filter = makeFilter(data);

/** Rows of the mentions that are shown. */
function shown(change, mask = "now") {
  filter.update({ ...first, ...change });
  return [...filter[mask].keys()].filter((m) => filter[mask][m] === 1);
}

const CASES = [
  ["everything", {}, [0, 1, 2, 3, 4, 5, 6, 7]],
  ["one kind", { kinds: ["literal"] }, [0, 2, 3, 5, 6]],
  ["no kind", { kinds: [] }, []],
  ["no ambiguous one", { statuses: ["resolved"] }, [0, 1, 2, 3, 4, 5, 7]],
  ["a window; a month is there in any part of it, what has no date is not", { from: 12, to: 25 }, [2, 5, 6, 7]],
  ["what has no date beside a window, where asked for", { from: 12, to: 25, undated: true }, [2, 3, 5, 6, 7]],
  ["no undated one", { undated: false }, [0, 1, 2, 4, 5, 6, 7]],
  ["a country", { countries: ["IQ"] }, [6, 7]],
  ["no country", { countries: [] }, []],
  ["a source", { sources: ["Ledger"] }, [0, 1, 4]],
  ["articles without a source", { sources: [""] }, [3]],
  ["countries as a whole", { precisions: [6] }, [4, 5]],
  ["a least confidence, which an unknown one does not reach", { confidence: 50 }, [0, 2, 4, 5, 6, 7]],
  ["copies once: the first copy that names a place", { copies: "once" }, [0, 1, 3, 4, 5, 6, 7]],
  ["copies once: the first of them in the window", { copies: "once", from: 12 }, [2, 5, 6, 7]],
  ["copies once: the first that another filter leaves", { copies: "once", sources: ["Courier"] }, [2, 5, 6, 7]],
  ["an article alone, whatever the dates, sources and copies", { article: 1, from: 29, sources: ["Ledger"], copies: "once" }, [2, 6]],
  ["an undated article alone", { article: 3, undated: false }, [3]],
  ["a kind in an article alone", { article: 0, kinds: ["associative"] }, [1, 4]],
];
for (const [name, change, expected] of CASES) test(`shows ${name}`, () => assert.deepEqual(shown(change), expected));

test("the mask over all dates knows no window and no switch for undated ones", () => {
  assert.deepEqual(shown({ from: 29, undated: false, countries: ["SY"] }, "all"), [0, 1, 2, 3, 4, 5]);
  assert.deepEqual(shown({ from: 29, copies: "once" }, "all"), [0, 1, 3, 4, 5, 6, 7]);
});

test("any order of choices gives what a fresh filter gives", () => {
  for (const [, a] of CASES) {
    for (const [, b] of CASES) {
      const state = { ...first, ...a, ...b };
      const fresh = makeFilter(data);
      fresh.update(state);
      filter.update({ ...first, ...a });
      filter.update(state);
      assert.deepEqual([filter.now, filter.all], [fresh.now, fresh.all]);
    }
  }
});

test("a slider's step is not slow", () => {
  assert.equal(isSlow(new Set(["from", "to", "undated", "selected", "view", "query"])), false);
  for (const key of ["kinds", "countries", "copies", "sizeBy", "article"]) assert.equal(isSlow(new Set([key])), true);
});

test("a trail has the mentions of an article in the order of its text", () => {
  const trail = makeTrails(data);
  assert.deepEqual([0, 1, 3].map((article) => [...trail(article)]), [[1, 4, 0], [2, 6], [3]]);
});

const tally = (sizeBy, change = {}) => {
  shown(change);
  const { bands, total, mentionTotal, articleTotal, storyTotal, mentions, articles, places } = tallyPlaces(data, filter.now, sizeBy);
  return { bands: bands.map((band) => [...band]), total: [...total], each: [mentionTotal, articleTotal, storyTotal].map((one) => [...one]), sums: [mentions, articles, places] };
};

test("places are tallied by mentions, articles and stories", () => {
  const each = [[4, 2, 2], [3, 2, 2], [2, 2, 2]];
  assert.deepEqual(tally("mentions"), { bands: [[3, 1, 0], [1, 1, 1], [0, 0, 1], [0, 0, 0]], total: each[0], each, sums: [8, 4, 3] });
  assert.deepEqual(tally("articles"), { bands: [[3, 1, 0], [0, 1, 1], [0, 0, 1], [0, 0, 0]], total: each[1], each, sums: [8, 4, 3] });
  assert.deepEqual(tally("stories"), { bands: [[2, 1, 0], [0, 1, 1], [0, 0, 1], [0, 0, 0]], total: each[2], each, sums: [8, 4, 3] });
});

test("nowhere is no place, and what nobody locates counts with its unit", () => {
  const held = makeData(makeTables({
    places: [["", "", 0], ["Syria", "SY", 6]],
    articles: [[10, 10, 1]],
    mentions: [[0, 0, 0, { unlocated: 1 }], [1, 0, 0, { unlocated: 1 }], [1, 0]],
  }));
  const all = Uint8Array.of(1, 1, 1);
  const { mentionTotal, mentions, places } = tallyPlaces(held, all, "mentions");
  assert.deepEqual([[...mentionTotal], mentions, places], [[1, 2], 3, 1]);
});

test("what has no date stands apart beside a window, and what is hidden there is counted", () => {
  const apart = (change) => { shown(change); return [[...filter.apart.keys()].filter((m) => filter.apart[m] === 1), filter.hidden]; };
  assert.deepEqual([{}, { from: 12 }, { from: 12, undated: true }, { from: 12, kinds: ["associative"] }, { from: 12, article: 3 }].map(apart),
    [[[], 0], [[], 1], [[3], 0], [[], 0], [[], 0]]);
  shown({ from: 12, undated: true });
  assert.deepEqual(tallyPlaces(data, filter.now, "articles", undefined, filter.apart).bands.map((band) => band[0]), [1, 0, 0, 1]);
});

test("a story is counted in the first band that any copy gives it", () => {
  const { bands, total } = tally("stories", { sources: ["Ledger", "Courier"], confidence: 0, kinds: ["associative", "literal"] });
  assert.deepEqual([bands[0][0], bands[1][0], total[0]], [1, 0, 1]);
});

test("bands add up to the total by which sizes count", () => {
  for (const [, change] of CASES) {
    for (const sizeBy of ["mentions", "articles", "stories"]) {
      const { bands, total } = tally(sizeBy, change);
      assert.deepEqual(total.map((_, i) => bands[0][i] + bands[1][i] + bands[2][i]), total);
    }
  }
});

test("different stories are counted, an article without copies as one of its own", () => {
  const stories = (change) => { shown(change); return tallyPlaces(data, filter.now, "stories").stories; };
  assert.deepEqual([{}, { copies: "once" }, { sources: ["Ledger"] }, { undated: false }, { kinds: [] }].map(stories), [3, 3, 1, 2, 0]);
});

test("a tally can be used again", () => {
  shown({});
  const once = tallyPlaces(data, filter.now, "mentions");
  shown({ countries: ["IQ"] });
  const again = tallyPlaces(data, filter.now, "articles", once);
  assert.equal(again, once);
  assert.deepEqual(again, tallyPlaces(data, filter.now, "articles"));
});

test("a tally that follows is what a fresh one is", () => {
  const followed = makeTally(data);
  const count = makeCounter(data, followed);
  for (const sizeBy of ["mentions", "stories", "mentions"]) {
    for (const [, change] of [...CASES, ...CASES.toReversed()]) {
      shown(change);
      count(filter.now, sizeBy, filter.apart);
      const { seen, ...sums } = followed;
      const { seen: _, ...fresh } = tallyPlaces(data, filter.now, sizeBy, undefined, filter.apart);
      assert.deepEqual(sums, fresh);
    }
  }
});

test("bars: what is known to a day stands there, a month is spread, undated ones are nowhere", () => {
  shown({});
  const { sure, spread } = tallyBins(data, filter.all, "mentions", days.bins);
  assert.deepEqual([...sure], [0, 3, 2]);
  assert.ok(Math.abs(spread.reduce((a, b) => a + b) - 2) < 1e-9);
  assert.ok(Math.abs(spread[0] - 20 / 31) < 1e-9);
  assert.deepEqual([...tallyBins(data, filter.all, "articles", days.bins).sure], [0, 1, 1]);
  assert.deepEqual([...tallyBins(data, filter.all, "stories", days.bins).sure], [0, 1, 0]);
});

const times = [[0, 0], [0, 1]];
const told = (start, end, precision) => ({ told_start: start - 10, told: times.push([end - start, precision]) - 1 });
const spoken = makeData(makeTables({
  places: [["Raqqa", "SY", 1], ["Mosul", "IQ", 1]],
  articles: [[10, 10, 1, { story: 0 }], [10, 10, 1, { story: 0 }]],
  mentions: [
    [0, 0, 0, told(3, 3, 2)], [0, 0, 0, told(3, 3, 2)], [0, 0, 0, told(0, 30, 4)], [0, 1, 0, told(3, 3, 2)], [0, 1],
    [1, 0, 0, told(-36000, -35635, 5)], [1, 1, 0, told(2, 5, 2)], [1, 1, 0, { told: 1 }], [1, 1, 0, told(9, 9, 2)],
  ],
  times,
}));
const axes = makeAxes(spoken);
const start = initialState(axes, null, "told");
const tellers = makeFilter(spoken);
const tells = (change, mask = "now") => {
  tellers.update({ ...start, ...change });
  return [...tellers[mask].keys()].filter((m) => tellers[mask][m] === 1);
};

test("the axis of told times leaves out the few that lie a century off", () => {
  assert.deepEqual([axes.told.first, axes.told.last, axes.told.isCutBefore, axes.told.isCutAfter], [0, 30, true, false]);
  assert.deepEqual([start.from, start.to], [0, 30]);
});

test("a window of told times holds the mentions that tell them", () => {
  const all = [0, 1, 2, 3, 4, 5, 6, 7, 8];
  assert.deepEqual(tells({}), all); // at its ends what lies beyond them too
  assert.deepEqual(tells({ from: 1 }), all.filter((m) => ![4, 5, 7].includes(m))); // nobody knows whether what tells no time lies in it
  assert.deepEqual(tells({ from: 1, untold: true }), all.filter((m) => m !== 5));
  assert.deepEqual(tells({ from: 6, untold: false }), [2, 8]);
  assert.deepEqual(tells({ from: 6, to: 6 }), [2]);
  assert.deepEqual(tells({ untold: false }), [0, 1, 2, 3, 5, 6, 8]);
  assert.deepEqual(tells({ undated: false, from: 9, to: 9 }), [2, 8]);
  assert.deepEqual(tells({ from: 3, to: 3, copies: "once", untold: false }), [0, 1, 2, 6]);
  assert.deepEqual(tells({ from: 9, to: 9, article: 0 }), [0, 1, 2, 5]);
  assert.deepEqual(tells({ from: 9, untold: false }, "all"), all);
});

test("bars of told times: a span stands on all its days, and what is beyond the axis on none", () => {
  tells({});
  const bars = (sizeBy) => tallyBins(spoken, tellers.all, sizeBy, { edges: [0, 3, 6], end: 31 }, "told");
  const { sure, spread, earlier, later } = bars("mentions");
  assert.deepEqual([...sure].map((value) => +value.toFixed(9)), [0.25, 3.75, 1]);
  assert.ok(spread.every((value, b) => Math.abs(value - [3, 3, 25][b] / 31) < 1e-9));
  assert.deepEqual([earlier, later], [1, 0]);
  assert.deepEqual([...bars("articles").sure], [0.25, 2.75, 1]);
  assert.deepEqual([...bars("stories").sure], [0.25, 1.75, 1]);
});

test("a date from a copy is a lighter bar", () => {
  const lent = { ...data, isBorrowed: Uint8Array.of(1, 0, 0, 0) };
  shown({});
  const { sure, spread } = tallyBins(lent, filter.all, "articles", days.bins);
  assert.deepEqual([...sure], [0, 0, 1]);
  assert.ok(spread[1] > 1);
});
