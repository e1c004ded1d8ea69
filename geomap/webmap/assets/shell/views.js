/**
 * The views of the panel, in the order of their buttons: one line each, here and in `State.view`.
 * A view without words for a button (`tool`) is reached from within another.
 * @type {ReadonlyArray<ViewEntry>}
 */
const VIEWS = [
  { id: "list", make: (app) => makeList(app), tool: "list" },
  { id: "table", make: (app) => makeTable(app), tool: "table" },
  { id: "compare", make: (app) => makeCompare(app), tool: "compare" },
  { id: "multiples", make: (app) => makeMultiples(app) },
  { id: "area", make: (app) => makeArea(app) },
  { id: "place", make: (app) => makeEvidence(app) },
  { id: "article", make: (app) => makeArticle(app) },
  { id: "filters", make: (app) => makeFilters(app), tool: "filters" },
  { id: "corrections", make: (app) => makeCorrections(app) },
  { id: "share", make: (app) => makeShare(app), tool: "share" },
  { id: "write", make: (app) => makeWriting(app), tool: "write" },
  { id: "about", make: (app) => makeAbout(app), tool: "about" },
];
