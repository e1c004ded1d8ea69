/** The panel of an article: what it names, in the order of its text. */

/**
 * The text of an article with its mentions marked and numbered. Offsets count code points.
 * @param {string} text
 * @param {{start: number, length: number, mark: (words: string) => Node}[]} marks in their order
 * @returns {Node}
 */
function markedText(text, marks) {
  const letters = Array.from(text);
  const parts = [];
  let at = 0;
  for (const { start, length, mark } of marks) {
    if (start < at || start + length > letters.length) continue;
    parts.push(letters.slice(at, start).join(""), mark(letters.slice(start, start + length).join("")));
    at = start + length;
  }
  parts.push(letters.slice(at).join(""));
  return el("bdi", { class: "full" }, parts);
}

/**
 * @param {App} app
 * @returns {View}
 */
function makeArticle(app) {
  const { data, state } = app;
  const { articles, places, mentions, strings } = data;
  const text = (index) => strings[index];
  const texts = new Map(data.texts ?? []);
  const { item } = makeMentions(app);
  let body = null;

  const number = (n) => el("span", { class: "step-number" }, grouped(n));

  function fullText(a, steps) {
    const whole = texts.get(text(articles.id[a]));
    if (whole === undefined) return null;
    const marks = steps.map((m, n) => ({
      start: mentions.start[m], length: app.widthOf(m),
      mark: (words) => el("mark", {}, words, el("sup", {}, grouped(n + 1))),
    }));
    return [el("h3", {}, t("article.text")), markedText(whole, marks)];
  }

  function step(m, n, quoted) {
    const i = mentions.place[m];
    const { name = text(places.name[i]), where = app.where(i), click = () => openPlace(app, i) } = app.unlocated?.step(m) ?? {};
    const head = el("p", { class: "step-head" }, number(n + 1),
      el("button", { type: "button", class: "place", click }, bdi(name), where && [" ", el("small", {}, bdi(where))]));
    return item(m, { quoted, head });
  }

  function draw() {
    const a = state.get().article;
    if (a < 0) return;
    const steps = stepsOf(app, a);
    const hidden = app.trail(a).length - steps.length;
    const whole = fullText(a, steps);
    const link = safeLink(text(articles.url[a]), t("article.source"), " ↗");
    keepFocus(body, () => fill(body,
      articleMeta(data, a),
      link && el("p", { class: "source" }, link),
      whole,
      el("h3", {}, t("article.mentions")),
      steps.length > 1 && el("p", { class: "how" }, t("article.trail")),
      el("ol", {}, steps.map((m, n) => step(m, n, whole === null))),
      hidden > 0 && el("p", { class: "how" }, t("article.hidden", { n: hidden })),
      siblingList(app, a)));
    showPointed(app, body);
  }

  return {
    get title() {
      const a = state.get().article;
      return a < 0 ? "" : bdi(text(articles.title[a]));
    },
    build(root) {
      body = el("div", { class: "evidence article" });
      fill(root, body);
      draw();
    },
    update: draw,
  };
}
