/** Sums over the mentions that a mask of filter.js shows. They are sorted by place, then by article. */

/**
 * Bands of a circle: the kinds by their codes (1 is associative), then what is ambiguous, then what has no
 * date beside a window of dates.
 */
const LITERAL = 0;
const AMBIGUOUS = 2;
const DATELESS_BAND = 3;
const BANDS = 4;

/** Confidence on the average, in percent, below which a circle shows it. */
const UNSURE = 60;

/** Whether what is shown of places is unsure on the average. @param {Tally} tally @param {number[]} members */
function isUnsure({ sureness, known }, members) {
  let [sure, count] = [0, 0];
  for (const i of members) [sure, count] = [sure + sureness[i], count + known[i]];
  return count > 0 && sure < UNSURE * count;
}

/**
 * An empty tally for so many places and articles.
 * @returns {Tally}
 */
function makeTally({ places, articles }) {
  const size = places.name.length;
  const counts = () => new Uint32Array(size);
  const bands = Array.from({ length: BANDS }, counts);
  const [mentionTotal, articleTotal, storyTotal] = [counts(), counts(), counts()];
  const [sureness, known] = [new Float64Array(size), counts()];
  return { bands, sureness, known, mentionTotal, articleTotal, storyTotal, total: mentionTotal, seen: new Uint8Array(articles.title.length), mentions: 0, articles: 0, stories: 0, places: 0 };
}

/**
 * Per place its bands, by what sizes count, and totals.
 * An article counts once a place, in its first band; so does a story with all its copies, and an
 * article that has no copy is a story of its own.
 * @param {Data} data
 * @param {Uint8Array} mask mentions to count
 * @param {SizeBy} sizeBy
 * @param {Tally} [into] a tally of before, which is overwritten
 * @param {Uint8Array | null} [apart] mentions of the last band (1), whatever their kind
 * @returns {Tally}
 */
function tallyPlaces(data, mask, sizeBy, into = makeTally(data), apart = null) {
  const { places } = data;
  const { place: placeOf, article: articleOf, confidence, ambiguous, kind } = data.mentions;
  const { bands, sureness, known, mentionTotal, articleTotal, storyTotal, seen } = into;
  for (const column of [...bands, sureness, known, mentionTotal, articleTotal, storyTotal, seen]) column.fill(0);
  const told = makeTold(data.articles);
  const count = mask.length;
  let m = 0;
  while (m < count) {
    if (mask[m] === 0) {
      m += 1;
      continue;
    }
    const place = placeOf[m];
    const article = articleOf[m];
    let best = BANDS;
    for (; m < count && placeOf[m] === place && articleOf[m] === article; m += 1) {
      if (mask[m] === 0) continue;
      const band = apart !== null && apart[m] === 1 ? DATELESS_BAND : ambiguous[m] ? AMBIGUOUS : kind[m];
      mentionTotal[place] += 1;
      if (confidence[m] >= 0) {
        sureness[place] += confidence[m];
        known[place] += 1;
      }
      if (band < best) best = band;
      if (sizeBy === "mentions") bands[band][place] += 1;
    }
    articleTotal[place] += 1;
    seen[article] = 1;
    if (sizeBy === "articles") bands[best][place] += 1;
    const before = told.tell(place, article, best);
    if (before === BANDS) storyTotal[place] += 1;
    if (sizeBy !== "stories" || before <= best) continue;
    if (before < BANDS) bands[before][place] -= 1;
    bands[best][place] += 1;
  }
  into.total = { mentions: mentionTotal, articles: articleTotal, stories: storyTotal }[sizeBy];
  [into.mentions, into.places] = [0, 0];
  for (let i = 0; i < mentionTotal.length; i += 1) {
    into.mentions += mentionTotal[i];
    if (mentionTotal[i] > 0 && places.precision[i] > 0) into.places += 1;
  }
  [into.articles, into.stories] = told.count(seen);
  return into;
}

/**
 * Remembers in which band a story was counted at the present place: BANDS where it was not yet.
 * @param {Data["articles"]} articles
 */
function makeTold({ story }) {
  const size = story.reduce((most, value) => Math.max(most, value + 1), 0);
  const [where, bands] = [new Int32Array(size).fill(-1), new Uint8Array(size)];
  return {
    tell(place, article, band) {
      const told = story[article];
      if (told < 0) return BANDS;
      const before = where[told] === place ? bands[told] : BANDS;
      where[told] = place;
      bands[told] = Math.min(before, band);
      return before;
    },
    /** Articles that are seen, and their different stories; one without copies is a story of its own. @param {Uint8Array} seen */
    count(seen) {
      where.fill(-1);
      let [articles, stories] = [0, 0];
      for (let a = 0; a < seen.length; a += 1) {
        if (seen[a] === 0) continue;
        articles += 1;
        if (story[a] < 0 || where[story[a]] < 0) stories += 1;
        if (story[a] >= 0) where[story[a]] = 0;
      }
      return [articles, stories];
    },
  };
}

/**
 * Bars of the time strip: what is known to the day or week, what is spread over its span, and what lies
 * before and after all bars.
 * @param {Data} data
 * @param {Uint8Array} mask mentions to count, whatever their dates
 * @param {SizeBy} sizeBy
 * @param {Bins} bins
 * @param {Axis} [axis]
 */
function tallyBins(data, mask, sizeBy, bins, axis = "published") {
  const { start, end, precision, isOwn } = spansOf(data, axis);
  const [sure, spread] = [new Float64Array(bins.edges.length), new Float64Array(bins.edges.length)];
  let [earlier, later] = [0, 0];
  const weights = axis === "told" ? weighTold(data, mask, sizeBy) : weighArticles(data, mask, sizeBy);
  weights.forEach((value, row) => {
    if (value === 0 || precision[row] === 0) return;
    const isSure = precision[row] <= 2 && end[row] - start[row] < LONGEST_SURE && isOwn(row);
    addSpan(isSure ? sure : spread, bins, start[row], end[row] + 1, value);
    if (end[row] < bins.edges[0]) earlier += value;
    else if (start[row] >= bins.end) later += value;
  });
  return { sure, spread, earlier, later };
}

/** Spread a value over the bars that a span touches; what lies beyond them is lost. */
function addSpan(target, { edges, end: last }, start, end, value) {
  for (let b = binOf({ edges }, start); b < edges.length && edges[b] < end; b += 1) {
    const next = b + 1 < edges.length ? edges[b + 1] : last;
    const days = Math.min(end, next) - Math.max(start, edges[b]);
    if (days > 0) target[b] += (value * days) / (end - start);
  }
}

/** What each mention adds to the bars of told times: an article, or a story, tells each time once. */
function weighTold({ mentions, articles, told }, mask, sizeBy) {
  const weight = new Float64Array(mask.length);
  const known = new Set();
  for (let m = 0; m < mask.length; m += 1) {
    if (mask[m] === 0 || told.precision[m] === 0) continue;
    weight[m] = 1;
    if (sizeBy === "mentions") continue;
    const story = sizeBy === "stories" ? articles.story[mentions.article[m]] : -1;
    const key = `${story >= 0 ? story : ~mentions.article[m]} ${told.start[m]} ${told.end[m]}`;
    if (known.has(key)) weight[m] = 0;
    known.add(key);
  }
  return weight;
}

/** What each article adds to the bars; of a story, its first article stands for all. */
function weighArticles({ mentions, articles }, mask, sizeBy) {
  const weight = new Float64Array(articles.title.length);
  for (let m = 0; m < mask.length; m += 1) {
    const article = mentions.article[m];
    if (mask[m] === 1) weight[article] = sizeBy === "mentions" ? weight[article] + 1 : 1;
  }
  if (sizeBy !== "stories") return weight;
  const told = new Set();
  weight.forEach((value, article) => {
    const story = articles.story[article];
    if (value === 0 || story < 0) return;
    if (told.has(story)) weight[article] = 0;
    told.add(story);
  });
  return weight;
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
