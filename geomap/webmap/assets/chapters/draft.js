/** Chapters that a person writes: kept in this browser, downloaded as the file that geomap's `--story` reads (see geomap/webmap/chapters.py). */

/** What such a file holds at most. */
const MOST_STEPS = 100;
const MOST_NOTES = 200;
const LONGEST_TITLE = 200;
const LONGEST_TEXT = 5000;

/** @returns {Draft} */
const emptyDraft = () => ({ title: "", lead: "", steps: [], notes: [] });

/** The paragraphs of a text, each as one line. @param {string} text */
const paragraphsOf = (text) => text.split(/\n\s*\n/).map((words) => words.replace(/\s+/g, " ").trim()).filter(Boolean);

/** A text as the file has it: no line of it means anything but what it says. @param {string} text */
const writtenLines = (text) => paragraphsOf(text).map((words) => `${words.replace(/^(?=[#\\]|---|(?:view|place)[ \t]*:)/i, "\\")}\n`);

/**
 * The file of a draft.
 * @param {Draft} draft
 * @param {(place: number) => string} idOf
 */
function writeChapters({ title, lead, steps, notes }, idOf) {
  const heading = (signs, words, otherwise) => `${signs} ${words.replace(/\s+/g, " ").trim() || otherwise}\n`;
  const blocks = [
    title.trim() && heading("#", title, ""), ...writtenLines(lead),
    ...steps.flatMap((step, n) => [`${heading("##", step.title, t("write.step", { n: n + 1 }))}view: ${step.view}\n`, ...writtenLines(step.text)]),
    ...notes.flatMap((note, n) => [`${heading("##", note.title, t("write.note.of", { n: n + 1 }))}place: ${note.place >= 0 ? idOf(note.place) : `${note.lat}, ${note.lon}`}\n`, ...writtenLines(note.text)]),
  ];
  return blocks.filter(Boolean).join("\n");
}

/** What came out of the storage, as far as it is a draft of this map. @returns {Draft} */
function readDraft(text, places) {
  const found = JSON.parse(text);
  const words = (value) => (typeof value === "string" ? value : "");
  const rows = (list, most) => (Array.isArray(list) ? list.slice(0, most) : []);
  const said = (one) => ({ title: words(one?.title), text: words(one?.text) });
  return {
    title: words(found?.title), lead: words(found?.lead),
    steps: rows(found?.steps, MOST_STEPS).map((one) => ({ ...said(one), view: words(one?.view) })),
    notes: rows(found?.notes, MOST_NOTES).filter((one) => Number.isInteger(one?.place) && one.place < places)
      .map((one) => ({ ...said(one), place: one.place, ...(one.place < 0 ? { lat: Number(one.lat), lon: Number(one.lon) } : {}) })),
  };
}

/**
 * The draft of this map: what was written in this browser, else the chapters that the page has.
 * @param {App} app
 * @param {Draft} [own]
 */
function makeDraft({ data, meta }, own = emptyDraft()) {
  const key = `geomap chapters ${digestMap(data, meta)} ${digestContext(JSON.stringify(own))}`;
  const store = { draft: structuredClone(own), isKept: true, isBegun: false, save, file: () => writeChapters(store.draft, (place) => data.strings[data.places.id[place]]) };
  const attempt = (act) => {
    try {
      act(window.localStorage);
    } catch {
      store.isKept = false; // no storage in this frame, none allowed, or it is full: the panel says so
    }
  };
  function save() {
    store.isBegun = true;
    attempt((storage) => storage.setItem(key, JSON.stringify(store.draft)));
  }
  attempt((storage) => {
    const kept = storage.getItem(key);
    if (kept === null) return;
    store.draft = readDraft(kept, data.places.id.length);
    store.isBegun = true;
  });
  return store;
}
