/** The panel of a place: what it is, and the evidence, every sentence that names it, by story and article. */

const STORIES_AT_FIRST = 40;
/** Degrees between places that no view of the map parts. */
const SAME_SPOT = 0.004;

/** "36.8914° N, 38.3536° E", as exactly as the place is known. */
function wordCoordinates(places, i) {
  const [lat, lon] = [places.lat[i], trueLon(places.lon[i])];
  const digits = places.precision[i] === 1 ? 4 : 1;
  return `${Math.abs(lat).toFixed(digits)}° ${lat < 0 ? "S" : "N"}, ${Math.abs(lon).toFixed(digits)}° ${lon < 0 ? "W" : "E"}`;
}

/** A button that copies, and says for a moment whether it did. */
function coordinatesButton(label, text) {
  const button = el("button", { type: "button", class: "small", "aria-label": label, click: async () => {
    const words = t(await copyText(text) ? "place.copied" : "place.uncopied");
    button.textContent = words;
    byId("live").textContent = words;
    setTimeout(() => { button.textContent = t("place.copy"); }, 2000);
  } }, t("place.copy"));
  return button;
}

/**
 * The title of an article: its text opens it on the map, the arrow leads to its source.
 * @param {App} app
 * @param {number} article
 */
function articleTitle(app, article) {
  const { articles, strings } = app.data;
  const link = safeLink(strings[articles.url[article]], "↗");
  if (link) decorate(link, { "aria-label": t("article.source"), title: t("article.source") });
  return el("h3", {}, el("button", { type: "button", class: "title", click: () => openArticle(app, article) }, bdi(strings[articles.title[article]])), link && [" ", link]);
}

/** Its date, as exactly as it is known, and its source. */
function articleMeta(data, article) {
  const { articles, strings } = data;
  const source = strings[articles.source[article]];
  return el("p", { class: "meta" }, wordPublished(data, article), source && [" · ", bdi(source)]);
}

/**
 * Mentions by their article, in the order of dates.
 * @param {Data} data
 * @param {Iterable<number>} found rows of mentions
 * @returns {[number, number[]][]}
 */
function groupByArticle({ mentions }, found) {
  const groups = new Map();
  for (const m of found) {
    const article = mentions.article[m];
    if (!groups.has(article)) groups.set(article, []);
    groups.get(article).push(m);
  }
  return [...groups].sort((a, b) => a[0] - b[0]);
}

/** Articles of one story together, where its first one stands. */
function groupByStory({ articles }, groups) {
  const stories = new Map();
  for (const [a] of groups) {
    const story = articles.story[a];
    const key = story < 0 ? ~a : story;
    if (stories.has(key)) stories.get(key).push(a);
    else stories.set(key, [a]);
  }
  return [...stories];
}

/** How many mentions in how many articles, which may be fewer stories. */
function wordTotal(data, groups) {
  const [n, stories] = [groups.reduce((sum, group) => sum + group[1].length, 0), groupByStory(data, groups).length];
  return rich(stories < groups.length ? "total.stories" : "total", { mentions: el("strong", {}, t("mentions", { n })), articles: t("in.articles", { n: groups.length }), stories: t("stories", { n: stories }) });
}

/**
 * @param {App} app
 * @returns {View}
 */
function makeEvidence(app) {
  const { data, state } = app;
  const { places, mentions, strings } = data;
  const text = (index) => strings[index];
  const { item } = makeMentions(app);
  const copies = makeCopies(app);
  let full = false;
  let shownFor = -1;
  let body = null;
  let spot = null;

  /** Mentions of the place that are in the window. */
  function shownOf(i) {
    const found = [];
    for (let m = data.firstMention[i]; m < data.firstMention[i + 1]; m += 1) if (app.filter.now[m] === 1 && mentions.unlocated[m] === 0) found.push(m);
    return found;
  }

  function howDrawn(i) {
    const precision = places.precision[i];
    if (precision === 6) return t("how.country");
    if (precision === 4) return t(places.outline[i] >= 0 ? "how.unit" : "how.unit.disc");
    if (precision === 3) return t("how.district");
    if (precision === 7) return t("how.water");
    if (precision === 5) return t("how.region");
    return null;
  }

  function names(i) {
    const other = places.spellings[i].map(text).filter((name) => name !== text(places.name[i]));
    if (other.length === 0) return null;
    const list = other.flatMap((name, n) => (n > 0 ? [" · ", bdi(name)] : [bdi(name)]));
    return el("p", { class: "names" }, rich("place.names", { names: list }));
  }

  /** Others that no view parts from it: their circles share one. */
  function together(i) {
    const found = app.points.filter((other) => other !== i && app.tally.total[other] > 0
      && Math.abs(places.lat[other] - places.lat[i]) < SAME_SPOT && Math.abs(places.lon[other] - places.lon[i]) < SAME_SPOT);
    if (levelOf(places, i) !== PLACE || found.length === 0) return null;
    const names = found.flatMap((other, n) => [n > 0 && " · ", el("button", { type: "button", class: "link", click: () => app.select(other) }, bdi(text(places.name[other])))]);
    return el("p", { class: "names" }, rich("place.together", { names }));
  }

  /** Of a country or a unit: what counts for it alone, what with all that lies in it, and the way there. */
  function whole(i) {
    const row = app.territories.ownOf[i];
    if (row < 0) return null;
    return el("p", { class: "how" }, wordMentions(app, row), " ", el("button", { type: "button", class: "link", click: () => app.selectArea(row) }, t("area.open")));
  }

  function coordinates(i) {
    if (places.precision[i] === 0) return null;
    const exact = `${places.lat[i]}, ${trueLon(places.lon[i])}`;
    return el("p", { class: "where" }, el("bdi", { class: "coordinates", dir: "ltr" }, wordCoordinates(places, i)), " ", coordinatesButton(t("place.copy.label"), exact));
  }

  function story([key, told], groups) {
    const found = new Map(groups);
    const article = (a) => el("article", {}, articleTitle(app, a), articleMeta(data, a), el("ul", {}, found.get(a).map((m) => item(m))));
    return append(article(told[0]), [copies.list(key, told, article)]);
  }

  function draw() {
    const i = state.get().selected;
    if (i < 0) return;
    if (shownFor !== i) [full, spot] = [false, coordinates(i)]; // its button says for a while what it did
    shownFor = i;
    const own = shownOf(i);
    const groups = groupByArticle(data, own);
    const stories = groupByStory(data, groups);
    const held = app.unlocated?.section([i], draw);
    const { pointed } = state.get();
    const at = pointed < 0 ? -1 : stories.findIndex(([, told]) => told.includes(mentions.article[pointed]));
    full ||= at >= STORIES_AT_FIRST;
    if (at >= 0 && stories[at][1][0] !== mentions.article[pointed]) copies.open(stories[at][0]);
    const shown = full ? stories : stories.slice(0, STORIES_AT_FIRST);
    const beside = own.filter((m) => mentions.relation[m] >= 0).length;
    const left = countLeftOut(data, own);
    keepFocus(body, () => fill(body,
      app.where(i) && el("p", { class: "where" }, bdi(app.where(i))),
      names(i),
      spot,
      together(i),
      howDrawn(i) && el("p", { class: "how" }, howDrawn(i)),
      makeSparkline(app, i),
      (own.length > 0 || !held) && app.corrector.ofPlace(i),
      el("p", { class: "total" }, held ? app.unlocated?.total(i, own) : wordTotal(data, groups)),
      groups.length > 0 && app.tally.articles > 1 && el("p", { class: "how" }, t("place.rate", { rate: formats.rate.format((100 * app.tally.articleTotal[i]) / app.tally.articles) })),
      whole(i),
      beside > 0 && el("p", { class: "how" }, t("place.beside", { n: beside })),
      shown.map((one) => story(one, groups)),
      shown.length < stories.length && el("button", { type: "button", class: "more", click: () => { full = true; draw(); } }, t("total.all", { n: groups.length })),
      left > 0 && el("p", { class: "how" }, t("total.left", { n: left })),
      held,
      groups.length === 0 && !held && el("p", { class: "empty" }, t(state.get().axis === "told" ? "total.none.told" : "total.none"))));
    showPointed(app, body);
  }

  return {
    get title() {
      const i = state.get().selected;
      return i < 0 ? "" : bdi(text(places.name[i]));
    },
    build(root) {
      body = el("div", { class: "evidence" });
      fill(root, body);
      draw();
    },
    update: draw,
  };
}
