/** The evidence: every sentence that names the place, by article. */

const ARTICLES_AT_FIRST = 40;

/** A sentence with the name marked. */
function markedSentence(text, at, length) {
  if (length === 0) return bdi(text);
  return el("bdi", {}, text.slice(0, at), el("mark", {}, text.slice(at, at + length)), text.slice(at + length));
}

/**
 * @param {App} app
 * @returns {View}
 */
function makeEvidence(app) {
  const { data, state } = app;
  const { places, mentions, articles, strings } = data;
  const text = (index) => strings[index];
  let full = false;
  let shownFor = -1;
  let body = null;

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

  function coordinates(i) {
    const [lat, lon] = [places.lat[i], places.lon[i]];
    const digits = places.precision[i] === 1 ? 4 : 1;
    return `${Math.abs(lat).toFixed(digits)}° ${lat < 0 ? "S" : "N"}, ${Math.abs(lon).toFixed(digits)}° ${lon < 0 ? "W" : "E"}`;
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

  function kindTags(m) {
    const confidence = mentions.confidence[m];
    const kind = mentions.kind[m] === LITERAL ? "literal" : "associative";
    const tag = `tag${mentions.ambiguous[m] ? ".uncertain" : ""}${confidence < 0 ? "" : ".confidence"}`;
    const words = t(tag, { kind: t(`kind.${kind}`), share: wordShare(confidence) });
    const relation = text(mentions.relation[m]);
    return el("p", { class: "tags" }, el("span", { class: `swatch ${mentions.ambiguous[m] ? "ambiguous" : kind}` }), el("span", {}, words, relation && [" · ", bdi(relation)]));
  }

  function sentence(m) {
    const snippet = text(mentions.snippet[m]);
    return el("li", {}, snippet && el("blockquote", {}, markedSentence(snippet, mentions.mark[m], mentions.length[m])), kindTags(m));
  }

  function article([a, found]) {
    const title = bdi(text(articles.title[a]));
    const source = text(articles.source[a]);
    return el("article", {},
      el("h3", {}, safeLink(text(articles.url[a]), title) || title),
      el("p", { class: "meta" }, wordDate(articles.start[a], articles.precision[a]), source && [" · ", bdi(source)]),
      el("ul", {}, found.map(sentence)));
  }

  function draw() {
    const i = state.get().selected;
    if (i < 0) return;
    if (shownFor !== i) full = false;
    shownFor = i;
    const groups = groupsOf(i);
    const shown = full ? groups : groups.slice(0, ARTICLES_AT_FIRST);
    const total = groups.reduce((sum, group) => sum + group[1].length, 0);
    fill(body,
      el("p", { class: "where" }, bdi(app.where(i)), app.where(i) && el("br"), el("bdi", { class: "coordinates", dir: "ltr" }, coordinates(i))),
      howDrawn(i) && el("p", { class: "how" }, howDrawn(i)),
      el("p", { class: "total" }, rich("total", { mentions: el("strong", {}, t("mentions", { n: total })), articles: t("in.articles", { n: groups.length }) })),
      shown.map(article),
      shown.length < groups.length && el("button", { type: "button", class: "more", click: () => { full = true; draw(); } }, t("total.all", { n: groups.length })),
      groups.length === 0 && el("p", { class: "empty" }, t("total.none")));
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
