/**
 * Names that the text makes places and that no gazetteer knows: they count with the unit or country that
 * the text puts them in, or with nowhere, are listed by name, and are never drawn. Only a page that has
 * some has this script.
 */

/**
 * @param {App} app
 * @returns {Unlocated}
 */
function makeUnlocated(app) {
  const { data, filter } = app;
  const { mentions, places, strings, firstMention } = data;
  const rows = [...mentions.unlocated.keys()].filter((m) => mentions.unlocated[m] === 1);
  const holders = new Set(rows.map((m) => mentions.place[m]));
  const nowhere = places.precision.indexOf(0);
  if (nowhere >= 0) places.name[nowhere] = strings.push(t("unlocated")) - 1;

  /** Those of some places that are shown. */
  function shownIn(members) {
    const found = [];
    for (const i of members) {
      if (!holders.has(i)) continue;
      for (let m = firstMention[i]; m < firstMention[i + 1]; m += 1) if (filter.now[m] === 1 && mentions.unlocated[m] === 1) found.push(m);
    }
    return found;
  }

  /** @param {Iterable<number>} [members] */
  function words(members = holders) {
    const n = shownIn(members).length;
    return n > 0 ? t("unlocated.of", { n }) : "";
  }

  /** @param {Iterable<number>} [members] */
  const more = (members) => (words(members) ? ` · ${words(members)}` : "");

  /** "Not located, in Raqqa, Syria" */
  function word(i) {
    if (i === nowhere) return t("unlocated");
    const name = strings[places.name[i]];
    return t("unlocated.in", { name: places.precision[i] === 6 ? name : [name, app.where(i)].filter(Boolean).join(", ") });
  }

  function tags(m) {
    if (mentions.unlocated[m] === 0) return null;
    const confidence = mentions.confidence[m]; // 0 where a person took its place away
    const tag = t(confidence > 0 ? "tag.confidence" : "tag", { kind: t("unlocated"), share: wordShare(confidence) });
    return el("p", { class: "tags" }, el("span", { class: "swatch hatch" }), el("span", {}, tag));
  }

  return {
    words, more, tags,
    ...makeNameLists(app, { rows, nowhere, shownIn, word }),
    total: (i, own) => [wordTotal(data, groupByArticle(data, [...own, ...shownIn([i])])), i !== nowhere && more([i])],
    actions: (m) => (mentions.unlocated[m] === 0 ? undefined : mentions.place[m] === nowhere ? ["move", "not_a_place"] : ["move", "not_a_place", "wrong_place"]),
    record: (m) => (mentions.unlocated[m] === 1 ? heldRecord(data, mentions.place[m]) : {}),
    column: () => mentions.place.map((i, m) => (mentions.unlocated[m] === 1 ? ~i : places.name[i])),
    cell: (at) => (at < 0 ? word(~at) : strings[at]),
  };
}

/**
 * What the record of a mention without a place has of the unit that it counts with.
 * @param {Data} data
 * @param {number} i
 */
function heldRecord({ places, strings, given }, i) {
  const isHeld = places.precision[i] > 0;
  const text = (at) => strings[at] || null;
  return {
    status: "unknown", place_id: null, name: null, feature: null,
    lat: isHeld ? places.lat[i] : null, lon: isHeld ? trueLon(places.lon[i]) : null, precision: places.precision[i] || null,
    within: text(places.id[i]), within_name: isHeld ? given[i] ?? text(places.name[i]) : null,
    [SHAPE]: null, // what lies "near" it is not seen from its unit
  };
}

/**
 * Lists of such names, each with its sentences.
 * @param {App} app
 * @param {{rows: number[], nowhere: number, shownIn: (places: Iterable<number>) => number[], word: (place: number) => string}} known
 */
function makeNameLists(app, { rows, nowhere, shownIn, word }) {
  const { data, state } = app;
  const { mentions, places, strings } = data;
  const item = lazily(() => makeMentions(app).item);
  const nameOf = (m) => strings[mentions.surface[m]];
  const keys = lazily(() => new Map(rows.map((m) => [m, `${mentions.place[m]} ${folded(nameOf(m))}`])));
  const open = new Set();
  let full = false;

  /** Mentions by their name and their unit. @returns {number[][]} */
  function groupNames(found) {
    const names = new Map();
    for (const m of found) {
      const key = keys().get(m);
      if (names.has(key)) names.get(key).push(m);
      else names.set(key, [m]);
    }
    return [...names.values()];
  }

  function sentences(found) {
    const left = countLeftOut(data, found);
    return [
      groupByArticle(data, found).map(([a, told]) => el("article", {}, articleTitle(app, a), articleMeta(data, a), el("ul", {}, told.map((m) => item()(m))))),
      left > 0 && el("p", { class: "how" }, t("total.left", { n: left })),
    ];
  }

  /** A name and its count, and its sentences when it is opened. */
  function entry(found, isMixed) {
    const [m] = found;
    const unit = isMixed && el("small", {}, bdi(strings[places.name[mentions.place[m]]]));
    return el("li", {}, makeFold(open, keys().get(m), [el("span", { class: "hit" }, bdi(nameOf(m)), unit), " ", el("span", { class: "number" }, t("mentions", { n: found.length }))], () => sentences(found)));
  }

  function section(members, redraw) {
    const names = groupNames(shownIn(members)).sort((a, b) => b.length - a.length || formats.order.compare(nameOf(a[0]), nameOf(b[0])));
    if (names.length === 0) return null;
    const shown = full ? names : names.slice(0, ROWS_AT_FIRST);
    const isNowhere = members[0] === nowhere;
    return el("section", { class: "evidence unlocated" },
      !isNowhere && el("h3", {}, t("unlocated")),
      el("p", { class: "how" }, t(isNowhere ? "unlocated.nowhere" : "unlocated.how")),
      el("ul", {}, shown.map((found) => entry(found, members.length > 1))),
      shown.length < names.length && el("button", { type: "button", class: "more", click: () => { full = true; redraw(); } }, t("list.all", { n: names.length })));
  }

  /** Open the list in which a mention stands, and its name there. */
  function show(m) {
    full = true;
    open.add(keys().get(m));
    openPlace(app, mentions.place[m]);
    state.set({ pointed: m });
  }

  const step = (m) => (mentions.unlocated[m] === 1 ? { name: nameOf(m), where: word(mentions.place[m]), click: () => show(m) } : null);
  const names = lazily(() => groupNames(rows).map(([m, ...others]) => ({ name: nameOf(m), note: word(mentions.place[m]), rows: [m, ...others] })));
  return { section, show, step, ...makeNameFinder(app, names, show, nowhere) };
}

/**
 * Such names in the search, and at the end of the list of places.
 * @param {App} app
 * @param {() => {name: string, note: string, rows: number[]}[]} names
 * @param {(mention: number) => void} show
 * @param {number} nowhere
 */
function makeNameFinder(app, names, show, nowhere) {
  const { filter } = app;
  const finder = lazily(() => makeFinder(names().map(({ name }) => [name])));
  const find = (query, most) => finder()(query, (n) => names()[n].rows.filter((m) => filter.now[m] === 1).length, most)
    .map(({ item, weight }) => ({ ...names()[item], count: weight }));
  const line = (name, note, count) => [
    el("span", { class: "hit" }, bdi(name), note && el("small", {}, bdi(note))), " ",
    el("span", { class: "number" }, grouped(count)),
  ];
  const button = (click, ...inner) => el("button", { type: "button", class: "more", click }, inner);

  return {
    suggest: (query) => [{ title: t("unlocated"), items: find(query, MOST_ARTICLES).map(({ name, note, rows, count }) => ({ kind: "unlocated", value: rows[0], words: line(name, note, count) })) }],
    /** The names that nothing puts anywhere; while one is searched for, those that fit. */
    listEnd(query) {
      if (query !== "") return find(query, ROWS_AT_FIRST).filter(({ count }) => count > 0).map(({ name, note, rows, count }) => button(() => show(rows[0]), line(name, note, count)));
      const count = nowhere < 0 ? 0 : app.tally.mentionTotal[nowhere];
      return count > 0 ? [button(() => app.select(nowhere), line(t("unlocated"), "", count))] : [];
    },
  };
}
