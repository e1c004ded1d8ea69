/** The article: its pieces, with each mention marked by kind and confidence. */

const NUMBER = new Intl.NumberFormat("en");
/** @param {number} value */
const grouped = (value) => NUMBER.format(value);

/** "1 article", "2 articles" */
const plural = (value, word) => `${grouped(value)} ${word}${value === 1 ? "" : "s"}`;

const [PLAIN, MASKED] = [-1, -2];
/** What a mark means: how it is drawn is in explanation.css. */
const KINDS = {
  literal: "the place itself",
  associative: "its people, government or language",
  embedded: "inside the name of something else; not on the map",
};

/** How sure, in words: marks below these are drawn lighter. */
const sureness = (mention) => (mention.status !== "resolved" || mention.confidence < 50 ? "low" : mention.confidence < 80 ? "middle" : "high");

/** "Paris, Île-de-France, France" */
function makeNaming(base) {
  const country = (iso) => base.name[base.iso.indexOf(iso)] || iso;
  const where = (place) => {
    const parts = [...place.units, place.precision === 6 ? "" : place.country && country(place.country)];
    return parts.filter((part, n) => part && part !== place.name && parts.indexOf(part) === n).join(", ");
  };
  return { where, full: (place) => [place.name, where(place)].filter(Boolean).join(", ") };
}

function makeText(app) {
  const root = byId("text");
  let marks = [];

  function describe(mention) {
    const place = app.tables.places[mention.place];
    const unit = app.tables.places[mention.within];
    const means = place ? `means ${app.naming.full(place)}` : `no place is known by this name${unit ? `, somewhere in ${app.naming.full(unit)}` : ""}`;
    return `${mention.surface}: ${mention.kind}, ${means}, confidence ${mention.confidence}%`;
  }

  function mark(mention, number, text) {
    return el("span", {
      class: `mention ${mention.kind} ${sureness(mention)}`,
      role: "button",
      tabindex: "-1",
      "aria-label": describe(mention),
      "aria-pressed": "false",
      "data-sure": `${mention.status === "ambiguous" ? "?" : ""}${mention.confidence}`,
      click: () => app.select(number, { open: true }),
      keydown: (event) => {
        if (event.key !== "Enter" && event.key !== " ") return;
        event.preventDefault();
        app.select(number, { open: true });
        byId("panel").focus({ preventScroll: true });
      },
    }, text || "↳");
  }

  function piece([text, what], mentions) {
    if (what >= 0) return (marks[what] = mark(mentions[what], what, text));
    return what === MASKED ? el("span", { class: "masked" }, text) : text;
  }

  return {
    draw(article) {
      marks = [];
      fill(root, el("div", { class: "prose" }, article.parts.map((part) => piece(part, article.mentions))));
      if (marks.length) marks[0].tabIndex = 0;
    },
    /** Only the chosen mark is a stop of the Tab key; the arrow keys go to the others. */
    choose(number, focus) {
      const node = marks[number];
      if (!node) return;
      for (const other of root.querySelectorAll("[aria-pressed='true'], [tabindex='0']")) decorate(other, { "aria-pressed": "false", tabindex: "-1" });
      decorate(node, { "aria-pressed": "true", tabindex: "0" });
      if (focus) node.focus({ preventScroll: true });
      const box = node.getBoundingClientRect();
      const bottom = isPhone.matches && document.body.dataset.panel ? byId("panel").getBoundingClientRect().top : window.innerHeight;
      if (box.top < 8 || box.bottom > bottom - 8) window.scrollBy({ top: box.top - bottom / 3, behavior: prefersStill.matches ? "auto" : "smooth" });
    },
  };
}

/** The key: each kind as it is drawn, and what else can be seen. */
function drawKey(root) {
  const row = (sample, words) => el("span", { class: "key" }, sample, words);
  fill(root,
    Object.entries(KINDS).map(([kind, words]) => row(el("span", { class: `mention ${kind} high`, "data-sure": "90" }, kind), words)),
    row(el("span", { class: "mention literal low", "data-sure": "?40" }, "fainter"), "less sure; the number is the confidence in percent, ? a best guess"),
    row(el("span", { class: "masked" }, "struck out"), "not the article’s own text; no name is looked for"));
}
