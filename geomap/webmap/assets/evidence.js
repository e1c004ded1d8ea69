/** The panel of a place: what it is, and the evidence, every sentence that names it, by story and article. */

const STORIES_AT_FIRST = 40;

/** "36.8914° N, 38.3536° E", as exactly as the place is known. */
function wordCoordinates(places, i) {
  const [lat, lon] = [places.lat[i], places.lon[i]];
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

  /** Articles of one story together, where its first one stands. */
  function storiesOf(groups) {
    const stories = new Map();
    for (const [a] of groups) {
      const story = data.articles.story[a];
      const key = story < 0 ? ~a : story;
      if (stories.has(key)) stories.get(key).push(a);
      else stories.set(key, [a]);
    }
    return [...stories];
  }

  /** Mentions of the place that are in the window, grouped by article, in the order of dates. */
  function groupsOf(i) {
    const groups = new Map();
    for (let m = data.firstMention[i]; m < data.firstMention[i + 1]; m += 1) {
      if (app.filter.now[m] === 0) continue;
      const article = mentions.article[m];
      if (!groups.has(article)) groups.set(article, []);
      groups.get(article).push(m);
    }
    return [...groups].sort((a, b) => a[0] - b[0]);
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

  function coordinates(i) {
    const exact = `${places.lat[i]}, ${places.lon[i]}`;
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
    const groups = groupsOf(i);
    const stories = storiesOf(groups);
    const { pointed } = state.get();
    const at = pointed < 0 ? -1 : stories.findIndex(([, told]) => told.includes(mentions.article[pointed]));
    full ||= at >= STORIES_AT_FIRST;
    if (at >= 0 && stories[at][1][0] !== mentions.article[pointed]) copies.open(stories[at][0]);
    const shown = full ? stories : stories.slice(0, STORIES_AT_FIRST);
    const beside = groups.flatMap((group) => group[1]).filter((m) => mentions.relation[m] >= 0).length;
    const total = groups.reduce((sum, group) => sum + group[1].length, 0);
    const left = countLeftOut(data, groups.flatMap((group) => group[1]));
    keepFocus(body, () => fill(body,
      app.where(i) && el("p", { class: "where" }, bdi(app.where(i))),
      names(i),
      spot,
      howDrawn(i) && el("p", { class: "how" }, howDrawn(i)),
      makeSparkline(app, i),
      app.corrector.ofPlace(i),
      el("p", { class: "total" }, rich(stories.length < groups.length ? "total.stories" : "total", { mentions: el("strong", {}, t("mentions", { n: total })), articles: t("in.articles", { n: groups.length }), stories: t("stories", { n: stories.length }) })),
      beside > 0 && el("p", { class: "how" }, t("place.beside", { n: beside })),
      shown.map((one) => story(one, groups)),
      shown.length < stories.length && el("button", { type: "button", class: "more", click: () => { full = true; draw(); } }, t("total.all", { n: groups.length })),
      left > 0 && el("p", { class: "how" }, t("total.left", { n: left })),
      groups.length === 0 && el("p", { class: "empty" }, t(state.get().axis === "told" ? "total.none.told" : "total.none"))));
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
