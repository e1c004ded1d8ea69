/** The panel of a country or a unit: all that lies in it, and what is known of it only as a whole. */

/**
 * @param {App} app
 * @returns {View}
 */
function makeArea(app) {
  const { state, data, filter } = app;
  const { list, unitOf } = app.territories;
  const { mentions, articles, firstMention } = data;
  let body = null;
  let full = false;

  const isByStory = () => state.get().sizeBy === "stories";

  /** Articles, or, where stories are counted, these; negative numbers stand for articles without copies. */
  function countArticles(members) {
    const seen = new Set();
    for (const i of members) {
      for (let m = firstMention[i]; m < firstMention[i + 1]; m += 1) {
        if (filter.now[m] === 0) continue;
        const story = isByStory() ? articles.story[mentions.article[m]] : -1;
        seen.add(story >= 0 ? story : ~mentions.article[m]);
      }
    }
    return seen.size;
  }

  const sumOf = (members) => members.reduce((sum, i) => sum + app.tally.mentionTotal[i], 0);
  const button = (label, note, click) => el("button", { type: "button", class: "place", click }, bdi(label), note && el("small", {}, bdi(note)));
  const row = (name, members, className = "") => el("tr", { class: className },
    el("th", { scope: "row" }, name),
    el("td", { class: "number" }, grouped(sumOf(members))),
    el("td", { class: "number" }, grouped(countArticles(members))));

  function table(caption, rows) {
    const head = (text, className) => el("th", { scope: "col", class: className }, text);
    return el("table", {}, el("caption", {}, caption),
      el("thead", {}, el("tr", {}, head(t("list.place"), ""), head(t("list.mentions"), "number"), head(t(isByStory() ? "list.stories" : "list.articles"), "number"))),
      el("tbody", {}, rows));
  }

  /** Of a country, its units with all that lies in them; the largest first. */
  function unitRows(territory) {
    if (territory.level !== "country") return [];
    const rows = [...new Set([...territory.places].map((i) => unitOf[i]))].filter((unit) => unit >= 0);
    return rows.map((unit) => ({ unit, members: [...list[unit].own, ...list[unit].places] }))
      .filter(({ members }) => sumOf(members) > 0)
      .sort((a, b) => sumOf(b.members) - sumOf(a.members) || formats.order.compare(list[a.unit].name, list[b.unit].name))
      .map(({ unit, members }) => row(button(list[unit].name, "", () => app.selectArea(unit)), members));
  }

  function placeRows({ places: inside }) {
    const { places, strings } = data;
    const units = new Set(list.flatMap(({ level, own }) => (level === "unit" ? own : [])));
    return inside.filter((i) => app.tally.mentionTotal[i] > 0 && !units.has(i))
      .sort((a, b) => app.tally.mentionTotal[b] - app.tally.mentionTotal[a] || formats.order.compare(strings[places.name[a]], strings[places.name[b]]))
      .map((i) => row(button(strings[places.name[i]], app.where(i), () => app.select(i, { move: true })), [i]));
  }

  function draw() {
    const territory = list[state.get().area];
    if (!territory) return;
    const { name, own } = territory;
    const members = [...own, ...territory.places];
    const [units, inside] = [unitRows(territory), placeRows(territory)];
    const shown = full ? inside : inside.slice(0, ROWS_AT_FIRST);
    const wholes = own.filter((i) => app.tally.mentionTotal[i] > 0).map((i) => row(button(t("area.whole", { name }), app.unlocated?.words([i]) || t("area.whole.note"), () => app.select(i)), [i], "whole"));
    keepFocus(body, () => fill(body,
      el("p", { class: "where" }, territory.level === "country" ? t("country") : [t("area.unit"), ", ", bdi(app.countryName(territory.iso))]),
      el("p", { class: "total" }, rich("total", { mentions: el("strong", {}, t("mentions", { n: sumOf(members) })), articles: t(isByStory() ? "in.stories" : "in.articles", { n: countArticles(members) }) }), app.unlocated?.more(members)),
      el("p", { class: "how" }, wordMentions(app, state.get().area), ". ", t("area.once")),
      wholes.length > 0 && table(t("area.wholes"), wholes),
      units.length > 0 && table(t("area.units"), units),
      inside.length > 0 && table(t("area.places"), shown),
      shown.length < inside.length && el("button", { type: "button", class: "more", click: () => { full = true; draw(); } }, t("list.all", { n: inside.length })),
      app.unlocated?.section(members, draw)));
  }

  return {
    get title() {
      const territory = list[state.get().area];
      return territory ? bdi(territory.name) : "";
    },
    build(root) {
      full = false;
      body = el("div", { class: "list area-view" });
      fill(root, body);
      draw();
    },
    update: draw,
  };
}
