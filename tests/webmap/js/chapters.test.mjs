import assert from "node:assert/strict";
import { test } from "node:test";
import { load, readStrings } from "./load.mjs";

const { setWords, paragraphsOf, writeChapters, readDraft } = load("setWords", "paragraphsOf", "writeChapters", "readDraft");
setWords({ locale: "en-GB", strings: readStrings("en") });
const idOf = (place) => `place:${place}`;
const empty = { title: "", lead: "", steps: [], notes: [] };

test("a text is paragraphs, each of one line", () => {
  assert.deepEqual(paragraphsOf(" One\nline. \n\n\n  Two.  \n \n"), ["One line.", "Two."]);
  assert.deepEqual(paragraphsOf(" \n\n "), []);
});

test("a draft becomes the file that geomap reads", () => {
  const file = writeChapters({
    title: "Bread", lead: "It\nbegan.",
    steps: [{ title: "Rain ", text: "One.\n\nTwo.", view: "#map=6/35/39" }],
    notes: [{ title: "Mill", text: "", place: 3 }, { title: "Camp", text: "Sand.", place: -1, lat: 34.5, lon: -41.1 }],
  }, idOf);
  assert.equal(file, `# Bread

It began.

## Rain
view: #map=6/35/39

One.

Two.

## Mill
place: place:3

## Camp
place: 34.5, -41.1

Sand.
`);
});

test("words that would mean something to the file do not", () => {
  const text = "# One\n\n## Two\n\n\\three\n\nview: #four\n\nPlace : five\n\n---";
  const file = writeChapters({ ...empty, lead: text }, idOf);
  assert.equal(file, "\\# One\n\n\\## Two\n\n\\\\three\n\n\\view: #four\n\n\\Place : five\n\n\\---\n");
});

test("what has no title gets one", () => {
  const file = writeChapters({ ...empty, steps: [{ title: " \n ", text: "", view: "#" }], notes: [{ title: "", text: "", place: 0 }] }, idOf);
  assert.equal(file, "## Step 1\nview: #\n\n## Note 1\nplace: place:0\n");
});

test("whatever lies in the storage becomes a draft", () => {
  for (const text of ["null", "[]", '"x"', "7", '{"steps": 5, "notes": {}}', '{"title": 5}']) assert.deepEqual(readDraft(text, 3), empty, text);
  const odd = readDraft(JSON.stringify({ title: "T", steps: [null, { title: 5, view: "#a" }], notes: [{ place: 9 }, { place: 1.5 }, { place: 2, text: "t" }, { place: -1, lat: "3", lon: 4 }] }), 3);
  assert.deepEqual(odd.steps, [{ title: "", text: "", view: "" }, { title: "", text: "", view: "#a" }]);
  assert.deepEqual(odd.notes, [{ title: "", text: "t", place: 2 }, { title: "", text: "", place: -1, lat: 3, lon: 4 }]);
});
