/**
 * Which mentions are shown: the one place where that is decided.
 *
 * What changes seldom (kinds, countries, sources …) is kept as masks; a step of the time slider only
 * looks at the dates of the articles and joins the masks.
 */

/** What a mention without a date is on each axis, by the key of the state that says whether it is shown. */
const DATELESS = /** @type {const} */ ({ published: "undated", told: "untold" });

/** Whether a window leaves days of its axis out. @param {State} state @param {Days} days */
const isWindow = ({ from, to }, { first, last }) => from > first || to < last;

/**
 * Whether what has no date is shown: as the reader says; else only where no window of dates is set, since
 * nobody knows whether it lies in one.
 * @param {State} state
 * @param {Record<Axis, Days>} axes
 */
const showsDateless = (state, axes) => state[DATELESS[state.axis]] ?? !isWindow(state, axes[state.axis]);

/** Keys of the state that choose among mentions, and among articles, whatever the dates. */
const MENTION_KEYS = FACETS.filter(({ of }) => of === "mentions" || of === "places").map(({ key }) => key);
const ARTICLE_KEYS = FACETS.filter(({ of }) => of === "articles" || of === "stories" || of === "article").map(({ key }) => key);
const FILTER_KEYS = [...MENTION_KEYS, ...ARTICLE_KEYS];

/** Whether a change concerns more than the window of dates and what is selected. */
const isSlow = (changed) => changed.has("sizeBy") || changed.has("axis") || changed.has("compare") || FILTER_KEYS.some((key) => changed.has(key));

/**
 * `now` and `all` are masks over the mentions (1: shown): in the window of dates, and over all dates.
 * An article that is shown alone is shown whatever its date and source. A mention without a known
 * confidence has none to speak of. Of the copies of one story, counted once, the first that names a
 * place stands for the others. The window is one of the days when articles were published, or of those
 * that their sentences tell; at an end of the axis it holds what lies beyond, too. What has no date is
 * `apart` (1) where it is shown beside a window of dates; `beside` is how much that is, and `hidden` how
 * much is not shown there.
 * @param {Data} data
 * @param {Record<Axis, Days>} [axes]
 * @returns {Filter}
 */
function makeFilter(data, axes = makeAxes(data)) {
  const { mentions, articles, told } = data;
  const wanted = new Uint8Array(mentions.place.length);
  const open = new Uint8Array(articles.title.length);
  const visible = new Uint8Array(articles.title.length);
  const then = new Uint8Array(wanted.length);
  const [now, all] = [new Uint8Array(wanted.length), new Uint8Array(wanted.length)];
  const stories = articles.story.reduce((most, story) => Math.max(most, story + 1), 0);
  const [heldPlace, heldArticle] = [new Int32Array(stories), new Int32Array(stories)];
  const always = new Uint8Array(wanted.length).fill(1);
  const apart = new Uint8Array(wanted.length);
  let [hidden, beside] = [0, 0];
  let last = null;
  /** Rows of the mentions without a date, on each axis. */
  /** @type {Partial<Record<Axis, number[]>>} */
  const dateless = {};

  /** Join the marks of the facets of a table, each a byte for a row of its own or of the places'. */
  function markFacets(mask, state, tables) {
    mask.fill(1);
    for (const { key, of, isOpen, mark } of FACETS) {
      if (!tables.includes(of) || !mark || isOpen(state[key])) continue;
      const marks = mark(data, state[key]);
      for (let row = 0; row < mask.length; row += 1) mask[row] &= marks[of === "places" ? mentions.place[row] : row];
    }
  }

  function markArticles(state) {
    if (state.article >= 0) open.fill(0)[state.article] = 1;
    else markFacets(open, state, ["articles"]);
  }

  /** An article known to a month or year is there in any part of it. */
  function markDates(state) {
    if (state.article >= 0 || state.axis === "told") {
      visible.set(open);
      return;
    }
    const { start, end, precision } = articles;
    const undated = showsDateless(state, axes);
    for (let a = 0; a < visible.length; a += 1) {
      const isThen = precision[a] === 0 ? undated : end[a] >= state.from && start[a] <= state.to;
      visible[a] = isThen ? open[a] : 0;
    }
  }

  /** The same of what a sentence tells; one that tells no time is there or not, as the switch says. */
  function markTold(state) {
    if (state.article >= 0 || state.axis !== "told") {
      then.fill(1);
      return;
    }
    const { first, last } = axes.told;
    const [from, to] = [state.from <= first ? -Infinity : state.from, state.to >= last ? Infinity : state.to];
    const untold = showsDateless(state, axes) ? 1 : 0;
    const { start, end, precision } = told;
    for (let m = 0; m < then.length; m += 1) then[m] = precision[m] === 0 ? untold : end[m] >= from && start[m] <= to ? 1 : 0;
  }

  /** Join the masks; mentions are sorted by place, then by the dates of their articles. */
  function join(mask, shown, isThen, state) {
    const { place, article } = mentions;
    if (state.copies === "each" || state.article >= 0) {
      for (let m = 0; m < mask.length; m += 1) mask[m] = wanted[m] & isThen[m] & shown[article[m]];
      return;
    }
    heldPlace.fill(-1);
    for (let m = 0; m < mask.length; m += 1) {
      const a = article[m];
      const story = articles.story[a];
      mask[m] = wanted[m] & isThen[m] & shown[a];
      if (mask[m] === 0 || story < 0) continue;
      if (heldPlace[story] !== place[m]) [heldPlace[story], heldArticle[story]] = [place[m], a];
      else if (heldArticle[story] !== a) mask[m] = 0;
    }
  }

  function findDateless(axis) {
    const { precision, rowOf } = spansOf(data, axis);
    return [...now.keys()].filter((m) => precision[rowOf(m)] === 0);
  }

  /** Tell what has no date from the rest, where a window of dates is set. */
  function markApart(state) {
    const isSet = state.article < 0 && isWindow(state, axes[state.axis]);
    const isShown = isSet && showsDateless(state, axes);
    if (!isSet || state.axis !== last?.axis) apart.fill(0);
    [hidden, beside] = [0, 0];
    if (!isSet) return;
    for (const m of (dateless[state.axis] ??= findDateless(state.axis))) {
      apart[m] = Number(isShown);
      if (isShown) beside += now[m];
      else hidden += all[m];
    }
  }

  return {
    now, all, apart,
    get hidden() { return hidden; },
    get beside() { return beside; },
    update(state) {
      const has = (keys) => last === null || keys.some((key) => last[key] !== state[key]);
      const [inMentions, inArticles] = [has(MENTION_KEYS), has(ARTICLE_KEYS)];
      if (inMentions) markFacets(wanted, state, ["mentions", "places"]);
      if (inArticles) markArticles(state);
      if (inMentions || inArticles) join(all, open, always, state);
      markDates(state);
      markTold(state);
      join(now, visible, then, state);
      markApart(state);
      last = { ...state };
    },
  };
}
