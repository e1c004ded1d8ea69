/** Sums that follow a window of dates: only mentions that came or went are counted anew. */

/**
 * For each mention its place and article, as the row of the two, and for that its place and story.
 * @param {Data} data
 */
function findPairs({ mentions: { place, article }, articles: { story } }) {
  const [pairOf, toldOf] = [new Int32Array(place.length), new Int32Array(place.length).fill(-1)];
  const told = new Map();
  let pair = -1;
  for (let m = 0; m < place.length; m += 1) {
    if (m === 0 || place[m] !== place[m - 1]) told.clear();
    if (m === 0 || place[m] !== place[m - 1] || article[m] !== article[m - 1]) {
      pair += 1;
      const s = story[article[m]];
      if (s >= 0 && !told.has(s)) told.set(s, pair);
      toldOf[pair] = s < 0 ? pair : told.get(s);
    }
    pairOf[m] = pair;
  }
  return { pairOf, toldOf };
}

/**
 * Keeps a tally as `tallyPlaces` would make it anew.
 * @param {Data} data
 * @param {Tally} tally
 * @returns {(mask: Uint8Array, sizeBy: SizeBy, apart: Uint8Array) => void}
 */
function makeCounter(data, tally) {
  const { mentions: { place, article, confidence, ambiguous, kind }, articles: { story }, places: { precision } } = data;
  const { bands, sureness, known, mentionTotal, articleTotal, storyTotal } = tally;
  const { pairOf, toldOf } = findPairs(data);
  const bandOf = Uint8Array.from(kind, (value, m) => (ambiguous[m] ? AMBIGUOUS : value));
  const counted = new Uint8Array(place.length); // 0, or one more than its band
  // how often pairs, stories at a place, articles and stories are among what is counted
  const [pairs, told, articles, stories] = [toldOf, toldOf, story, story].map(({ length }) => new Uint32Array(length));
  let isKept = false;

  /** Count one more or one fewer; returns whether that was the first or the last. */
  function turn(column, at, by) {
    column[at] += by;
    return column[at] === (by === 1 ? 1 : 0);
  }

  function add(m, band, by) {
    const [i, pair, a] = [place[m], pairOf[m], article[m]];
    tally.mentions += by;
    if (turn(mentionTotal, i, by) && precision[i] > 0) tally.places += by;
    bands[band][i] += by;
    if (confidence[m] >= 0) {
      known[i] += by;
      sureness[i] = Math.round(1000 * (sureness[i] + by * confidence[m])) / 1000; // sums of decimals would drift
    }
    if (!turn(pairs, pair, by)) return;
    articleTotal[i] += by;
    if (turn(told, toldOf[pair], by)) storyTotal[i] += by;
    if (!turn(articles, a, by)) return;
    tally.articles += by;
    if (story[a] < 0 || turn(stories, story[a], by)) tally.stories += by;
  }

  return (mask, sizeBy, apart) => {
    if (sizeBy !== "mentions") {
      tallyPlaces(data, mask, sizeBy, tally, apart);
      isKept = false;
      return;
    }
    if (!isKept) {
      for (const column of [...bands, sureness, known, mentionTotal, articleTotal, storyTotal, counted, pairs, told, articles, stories]) column.fill(0);
      Object.assign(tally, { total: mentionTotal, mentions: 0, places: 0, articles: 0, stories: 0 });
      isKept = true;
    }
    for (let m = 0; m < counted.length; m += 1) {
      const now = mask[m] === 0 ? 0 : 1 + (apart[m] === 1 ? DATELESS_BAND : bandOf[m]);
      if (now === counted[m]) continue;
      if (counted[m] > 0) add(m, counted[m] - 1, -1);
      if (now > 0) add(m, now - 1, 1);
      counted[m] = now;
    }
  };
}
