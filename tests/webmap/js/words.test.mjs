import assert from "node:assert/strict";
import { test } from "node:test";
import { load, makeTables, readStrings } from "./load.mjs";

const api = load("setWords", "t", "rich", "grouped", "wordShare", "wordDay", "wordDate", "formats", "toCivil", "fromCivil", "makeBins", "folded", "foldSpellings", "makeData", "decodeLine", "joinArcs", "unpack");
const { t, rich, wordDay, wordDate, toCivil, fromCivil } = api;

function speak(language) {
  const spoken = language === "en" ? "en-GB" : language;
  api.setWords({ locale: `${spoken}-u-ca-gregory-nu-latn`, strings: readStrings(language) });
}

test("numbers choose their form", () => {
  const forms = (...numbers) => numbers.map((n) => t("in.articles", { n }));
  speak("en");
  assert.deepEqual(forms(0, 1, 2, 1234), ["in 0 articles", "in 1 article", "in 2 articles", "in 1,234 articles"]);
  speak("fr");
  assert.deepEqual(forms(0, 1, 2), ["dans 0 article", "dans 1 article", "dans 2 articles"]);
  speak("ar");
  assert.deepEqual(forms(1, 2, 3, 11, 100), ["في مقال واحد", "في مقالين", "في 3 مقالات", "في 11 مقالًا", "في 100 مقال"]);
});

test("an element can stand among the words", () => {
  speak("en");
  const node = { tag: "strong" };
  assert.deepEqual(rich("total", { mentions: node, articles: "in 1 article" }).filter((part) => part !== ""), [node, " ", "in 1 article"]);
});

test("a value is not read as a template", () => {
  speak("en");
  assert.equal(t("error", { reason: "{reason} $& $1" }), "This map could not be opened: {reason} $& $1");
});

test("a text that is not there is an error", () => assert.throws(() => t("no.such"), /no text for no\.such/));

test("a day is the same day in every time zone", () => {
  speak("en");
  for (const zone of ["Pacific/Kiritimati", "UTC", "America/Los_Angeles", "Asia/Tehran"]) {
    process.env.TZ = zone;
    speak("en");
    assert.equal(wordDay(fromCivil(2016, 2, 29)), "29 February 2016");
    assert.equal(wordDay(fromCivil(1815, 6, 18), true), "18 Jun 1815");
    assert.equal(wordDate(fromCivil(2016, 3, 1), 3), "March 2016 (month only)");
    assert.equal(wordDate(fromCivil(2016, 1, 1), 4), "2016 (year only)");
  }
  assert.equal(wordDate(0, 0), "date unknown");
});

test("dates and shares follow the language", () => {
  speak("de");
  assert.equal(wordDay(fromCivil(2019, 3, 9)), "9. März 2019");
  speak("tr");
  assert.equal(api.wordShare(41), "%41");
  speak("ar");
  assert.equal(wordDay(fromCivil(2019, 3, 9)).replace(/[\u200e\u200f]/g, ""), "9 مارس 2019");
});

test("civil dates come back", () => {
  for (let day = -800000; day < 800000; day += 373) assert.equal(fromCivil(...toCivil(day)), day);
  assert.deepEqual(toCivil(0), [1970, 1, 1]);
});

test("bins hold all days, whole", () => {
  for (const [first, last] of [[0, 0], [0, 119], [5, 1104], [100, 14000], [100, 40000]]) {
    const { edges, end } = api.makeBins(first, last);
    assert.ok(edges[0] <= first && end > last && edges.every((edge, i) => i === 0 || edge > edges[i - 1]));
  }
});

test("a search knows all spellings, whatever the accents and case", () => {
  const data = api.makeData(makeTables({ places: [["Şanlıurfa", "TR", 1, { spellings: ["أورفة", "URFA"] }]], articles: [[0, 0, 1]], mentions: [[0, 0]] }));
  const [spellings] = api.foldSpellings(data);
  for (const query of ["sanl", "urfa", "أورفة"]) assert.ok(spellings.includes(api.folded(query)), query);
});

test("lines and rings are decoded", async () => {
  const arcs = [[10, 20, 10, 0], [20, 20, 0, 10]].map((flat) => api.decodeLine(flat, 10));
  assert.deepEqual(arcs[0], [[2, 1], [2, 2]]);
  assert.deepEqual(api.joinArcs([0, 1], arcs), [[2, 1], [2, 2], [3, 2]]);
  assert.deepEqual(api.joinArcs([~0], arcs), [[2, 2], [2, 1]]);
  assert.deepEqual(await api.unpack({ a: 1 }), { a: 1 });
});
