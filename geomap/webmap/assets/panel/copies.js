/** One story in several articles: what is one voice stands together, and says who else has it. */

/**
 * The sources of some articles, in their order, each once; of one without a source its title.
 * @param {Data} data
 * @param {number[]} found
 */
function sourcesOf({ articles, strings }, found) {
  return [...new Set(found.map((a) => strings[articles.source[a]] || strings[articles.title[a]]))];
}

/**
 * What stands closed until it is asked for, and is made then.
 * @param {Set<any>} open keys of what was opened, and stays so
 * @param {any} key
 * @param {any} words what it says while it is closed
 * @param {() => any} make
 */
function makeFold(open, key, words, make) {
  const inner = el("div", {});
  const show = () => { if (inner.childElementCount === 0) append(inner, [make()]); };
  const details = el("details", { class: "copies", open: open.has(key), toggle: () => {
    if (details.open) {
      open.add(key);
      show();
    } else open.delete(key);
  } }, el("summary", {}, words), inner);
  if (details.open) show();
  return details;
}

/**
 * Articles of a story behind the first one of them, which stand closed until they are asked for.
 * @param {App} app
 */
function makeCopies({ data }) {
  /** @type {Set<number>} */
  const open = new Set();
  /** @param {number} story @param {number[]} found its articles @param {(article: number) => Node} make */
  function list(story, found, make) {
    if (found.length < 2) return null;
    const words = rich("copies.told", { n: found.length, sources: bdi(formats.list.format(sourcesOf(data, found))) });
    return makeFold(open, story, words, () => found.slice(1).map(make));
  }

  return { list, open: (story) => open.add(story) };
}

/**
 * The other articles that tell the story of one, each to be opened.
 * @param {App} app
 * @param {number} article
 */
function siblingList(app, article) {
  const { data } = app;
  const { articles, strings } = data;
  const others = siblingsOf(data, article).filter((a) => a !== article);
  const size = Math.max(articles.story_size[article], others.length + 1);
  if (size < 2) return null;
  const away = size - 1 - others.length;
  return el("section", { class: "siblings" },
    el("h3", {}, t("story")),
    el("p", { class: "how" }, t("story.of", { n: size })),
    el("ul", {}, others.map((a) => el("li", {},
      el("button", { type: "button", class: "title", click: () => openArticle(app, a) }, bdi(strings[articles.title[a]])), articleMeta(data, a)))),
    away > 0 && el("p", { class: "how" }, t("story.away", { n: away })));
}
