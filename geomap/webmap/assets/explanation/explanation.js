/** Put the explanation page together. */

/** "#2.14": article 2, mention 14, both counted from 1. */
function readPosition(articles) {
  const found = /^#(\d{1,4})(?:\.(\d{1,6}))?$/.exec(window.location.hash);
  const article = found ? Number(found[1]) - 1 : 0;
  if (!articles[article]) return [0, -1];
  const mention = found && found[2] ? Number(found[2]) - 1 : -1;
  return [article, articles[article].mentions[mention] ? mention : -1];
}

function drawHead(article) {
  const title = bdi(article.title);
  fill(byId("title"), safeLink(article.url, title) || title);
  const facts = [
    ["Source", article.source],
    ["Dateline", article.dateline],
    ["Date", [article.date, article.date && " ", el("small", {}, article.date ? `(${article.dated})` : article.dated)]],
    ["Article", article.id],
    ["Mentions", grouped(article.mentions.length)],
  ];
  fill(byId("facts"), facts.filter(([, value]) => value !== "").map(([name, value]) => el("div", {}, el("dt", {}, name), el("dd", {}, typeof value === "string" ? bdi(value) : value))));
  const notes = [
    article.cut > 0 && `The last ${plural(article.cut, "character")} of the text are left out.`,
    article.left_out > 0 && `${plural(article.left_out, "more mention")} not marked.`,
    article.mentions.length === 0 && "No place was found in this article.",
  ];
  fill(byId("left-out"), notes.filter(Boolean).join(" "));
}

function makeContents(app) {
  const root = /** @type {HTMLDetailsElement} */ (byId("contents"));
  const { articles } = app.tables;
  root.hidden = articles.length < 2;
  const entries = articles.map((article, n) => el("button", { type: "button", class: "link", click: () => app.open(n) }, bdi(article.title), " ", el("small", {}, [article.date, plural(article.mentions.length, "mention")].filter(Boolean).join(" · "))));
  fill(root.querySelector("ol"), entries.map((entry) => el("li", {}, entry)));
  byId("more").textContent = app.meta.more ? `Only the first ${grouped(articles.length)} articles are shown.` : "";
  return (number) => {
    root.open = false;
    fill(root.querySelector("summary"), `Article ${number + 1} of ${grouped(articles.length)}${app.meta.more ? " (there are more)" : ""}`);
    entries.forEach((entry, n) => entry.setAttribute("aria-current", n === number));
  };
}

/** Left and right go from mention to mention, but where they have another use. */
function listenToKeys(app) {
  document.addEventListener("keydown", (event) => {
    if (event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
    if (event.key === "Escape") app.close();
    if (window.map_geomap.getContainer().contains(/** @type {Node} */ (event.target))) return;
    const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    if (!step) return;
    event.preventDefault();
    app.step(step, !byId("panel").contains(/** @type {Node} */ (event.target)));
  });
}

/** Paper is light, whatever the screen is. */
function printInLight(fit) {
  const root = document.documentElement;
  let theme = root.dataset.theme;
  window.addEventListener("beforeprint", () => {
    theme = root.dataset.theme;
    root.dataset.theme = "light";
    fit();
  });
  window.addEventListener("afterprint", () => {
    root.dataset.theme = theme;
    fit();
  });
}

function begin({ meta, base: packed, tables }) {
  const base = decodeBase(packed);
  const app = { meta, base, tables, grid: packed.grid, naming: makeNaming(base), article: 0, mention: -1 };
  const [text, why, map] = [makeText(app), makeWhy(app), makeCandidateMap(app)];
  const mentions = () => tables.articles[app.article].mentions;

  /** The article's other places that are points. */
  const others = (chosen) => {
    const rows = new Set(mentions().filter((one) => one.kind !== "embedded" && one.place !== chosen.place).map((one) => one.place));
    return [...rows].map((row) => tables.places[row]).filter((place) => place && place.precision === 1);
  };

  app.select = (number, { focus = false, open = false } = {}) => {
    const mention = mentions()[number];
    app.mention = mention ? number : -1;
    byId("panel-body").hidden = !mention;
    byId("position").textContent = mention ? `${number + 1} of ${grouped(mentions().length)}` : plural(mentions().length, "mention");
    byId("previous").setAttribute("aria-disabled", String(number <= 0));
    byId("next").setAttribute("aria-disabled", String(number >= mentions().length - 1));
    if (open) document.body.dataset.panel = "open";
    if (mention) {
      why.draw(mention);
      map.draw(why.candidates(mention), others(mention), mention.shape);
      byId("panel-body").scrollTop = 0;
      byId("live").textContent = `${mention.surface}, ${mention.kind}`;
    }
    text.choose(number, focus);
    const place = `#${app.article + 1}${mention ? `.${number + 1}` : ""}`;
    window.history.replaceState(null, "", place);
  };
  app.step = (step, focus) => {
    const number = app.mention < 0 ? 0 : app.mention + step;
    if (mentions()[number]) app.select(number, { focus, open: true });
  };
  app.close = () => {
    delete document.body.dataset.panel;
    if (isPhone.matches) /** @type {HTMLElement | null} */ (document.querySelector(".mention[aria-pressed='true']"))?.focus({ preventScroll: true });
  };
  app.open = (number, mention = -1) => {
    app.article = number;
    const article = tables.articles[number];
    drawHead(article);
    text.draw(article);
    contents(number);
    app.select(mention < 0 && !isPhone.matches ? 0 : mention, { open: mention >= 0 });
    if (mention < 0) window.scrollTo(0, 0);
  };
  const contents = makeContents(app);

  drawKey(byId("key"));
  listenToKeys(app);
  byId("previous").addEventListener("click", () => app.step(-1, false));
  byId("next").addEventListener("click", () => app.step(1, false));
  byId("panel-close").addEventListener("click", app.close);
  byId("skip").addEventListener("click", (event) => {
    event.preventDefault();
    if (app.mention < 0) app.step(1, false);
    document.body.dataset.panel = "open";
    byId("panel").focus();
  });
  makeTheme(meta.theme, () => {});
  if (tables.articles.length) app.open(...readPosition(tables.articles));
  else {
    byId("title").textContent = "No article to explain";
    byId("panel").hidden = true;
  }
  window.addEventListener("resize", map.fit);
  printInLight(map.fit);
  document.body.dataset.ready = "true";
}

readData().then(begin).catch((error) => {
  byId("title").textContent = `This page could not be opened: ${error.message}`;
  throw error;
});
