/** Sums over the mentions of a window. Mentions are sorted by place, then by article. */

const LITERAL = 0;
const ASSOCIATIVE = 1;
const AMBIGUOUS = 2;

/** Whether an article belongs to the window; one known to a month or year by its whole span. */
function inWindow(articles, i, state) {
  if (articles.precision[i] === 0) return state.undated;
  return articles.end[i] >= state.from && articles.start[i] <= state.to;
}

/** Band of a mention: ambiguous ones form a band of their own. */
const bandOf = (mentions, i) => (mentions.ambiguous[i] ? AMBIGUOUS : mentions.kind[i]);

/** Whether the reader wants mentions of this kind. */
const wantsKind = (mentions, i, state) =>
  mentions.kind[i] === LITERAL ? state.literal : state.associative;

/**
 * Per place three bands (literal, associative, ambiguous), by what sizes count, and totals.
 * An article counts once a place, in its first band.
 */
function tallyPlaces({ mentions, articles, places }, state) {
  const size = places.name.length;
  const bands = [new Uint32Array(size), new Uint32Array(size), new Uint32Array(size)];
  const mentionTotal = new Uint32Array(size);
  const articleTotal = new Uint32Array(size);
  const visible = articles.title.map((_, i) => inWindow(articles, i, state));
  const seen = new Uint8Array(visible.length);
  const count = mentions.place.length;
  let i = 0;
  while (i < count) {
    const place = mentions.place[i];
    const article = mentions.article[i];
    let best = 3;
    for (; i < count && mentions.place[i] === place && mentions.article[i] === article; i += 1) {
      if (!visible[article] || !wantsKind(mentions, i, state)) continue;
      const band = bandOf(mentions, i);
      mentionTotal[place] += 1;
      best = Math.min(best, band);
      if (state.sizeBy === "mentions") bands[band][place] += 1;
    }
    if (best === 3) continue;
    articleTotal[place] += 1;
    seen[article] = 1;
    if (state.sizeBy === "articles") bands[best][place] += 1;
  }
  const total = state.sizeBy === "mentions" ? mentionTotal : articleTotal;
  return { bands, total, mentionTotal, articleTotal, articles: seen.reduce((a, b) => a + b, 0) };
}

/** Bars of the time strip: what is known to the day or week, and what is spread over its span. */
function tallyBins({ mentions, articles }, state, bins) {
  const sure = new Float64Array(bins.edges.length);
  const spread = new Float64Array(bins.edges.length);
  const weight = new Float64Array(articles.title.length);
  for (let i = 0; i < mentions.place.length; i += 1) {
    if (!wantsKind(mentions, i, state)) continue;
    const article = mentions.article[i];
    weight[article] = state.sizeBy === "mentions" ? weight[article] + 1 : 1;
  }
  weight.forEach((value, article) => {
    const precision = articles.precision[article];
    if (value === 0 || precision === 0) return;
    const [start, end] = [articles.start[article], articles.end[article] + 1];
    const target = precision <= 2 ? sure : spread;
    for (let b = binOf(bins, start); b < bins.edges.length && bins.edges[b] < end; b += 1) {
      const next = b + 1 < bins.edges.length ? bins.edges[b + 1] : bins.end;
      const days = Math.min(end, next) - Math.max(start, bins.edges[b]);
      if (days > 0) target[b] += (value * days) / (end - start);
    }
  });
  return { sure, spread };
}

/** The bin that holds a day. */
function binOf(bins, day) {
  let [low, high] = [0, bins.edges.length - 1];
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (bins.edges[middle] <= day) low = middle;
    else high = middle - 1;
  }
  return low;
}
