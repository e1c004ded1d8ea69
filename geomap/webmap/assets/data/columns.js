/** The page's data: typed columns, made once, so that a window over them is summed fast. */

/**
 * How many of some mentions have a sentence that the file had no room for.
 * @param {Data} data
 * @param {Iterable<number>} found
 */
function countLeftOut({ mentions, leftOut }, found) {
  let count = 0;
  if (leftOut > 0) for (const m of found) count += mentions.snippet[m] === 0 ? 1 : 0;
  return count;
}

/**
 * The page's data: typed columns, and where the mentions of each place begin.
 * @param {RawTables} tables
 * @returns {Data}
 */
function makeData(tables) {
  const { mentions, articles, places } = tables;
  const { strings } = tables;
  return {
    mentions, articles, places, strings,
    relations: tables.relations,
    shapes: { ...tables.shapes, rings: tables.rings, points: tables.points },
    times: tables.times,
    carried: tables.heads.map(([name, isNumber, isShown], n) => ({ name, isNumber: isNumber === 1, isShown: isShown === 1, rows: tables.carried[`c${n}`] })),
    record: tables.record,
    ofPlaces: tables.of_places,
    told: readTold(tables),
    isBorrowed: Uint8Array.from(articles.date_source, (at) => (strings[at] === "story" ? 1 : 0)),
    outlines: tables.outlines,
    skipped: tables.skipped,
    given: {},
    originals: tables.originals ?? {},
    widths: tables.widths ?? {},
    storyIds: tables.story_ids,
    phrases: tables.phrases,
    texts: tables.texts ?? null,
    names: tables.names ?? [],
    leftOut: tables.left_out ?? 0,
    firstMention: findFirsts(mentions.place, places.name.length),
    hasStories: articles.story.some((story) => story >= 0),
  };
}

/**
 * Call places as the page's language does; what the table calls them is kept for files and for the search.
 * @param {Data} data
 * @param {Record<number, string>} names by rows of places
 */
function namePlaces({ places, strings, given }, names) {
  for (const [i, name] of Object.entries(names)) {
    given[i] = strings[places.name[i]];
    places.name[i] = strings.push(name) - 1;
  }
}

/**
 * The times that the mentions' sentences speak of, as days since 1970-01-01. They are written as days
 * after the first one of their article, where that is known.
 * @param {RawTables} tables
 * @returns {Told}
 */
function readTold({ mentions, articles, times }) {
  const [start, end] = [new Int32Array(mentions.place.length), new Int32Array(mentions.place.length)];
  const precision = new Uint8Array(start.length);
  for (let m = 0; m < start.length; m += 1) {
    const time = mentions.told[m];
    if (times.precision[time] <= 1) continue; // none, or one that the calendar does not have
    const a = mentions.article[m];
    precision[m] = times.precision[time] - 1;
    start[m] = mentions.told_start[m] + (articles.precision[a] > 0 ? articles.start[a] : 0);
    end[m] = start[m] + times.days[time];
  }
  return { start, end, precision };
}

/**
 * Where the name of a mention stands in its sentence: first, where the column does not say otherwise.
 * @param {Data} data
 * @param {number} m one with a length
 */
function markOf({ mentions, strings }, m) {
  return mentions.mark[m] > 0 ? mentions.mark[m] - 1 : strings[mentions.snippet[m]].indexOf(strings[mentions.surface[m]]);
}

/** How many of the articles are further copies of a story that another one tells. */
function countCopies({ articles }) {
  const told = articles.story.filter((story) => story >= 0);
  return told.length - new Set(told).size;
}

/**
 * The articles that tell the same story as one of them, in the order of dates; it is one of them.
 * @param {Data} data
 * @param {number} article
 */
function siblingsOf({ articles }, article) {
  const story = articles.story[article];
  return story < 0 ? [article] : [...articles.story.keys()].filter((a) => articles.story[a] === story);
}

/**
 * Where each value begins in a sorted column; value i stands at first[i] up to first[i + 1].
 * @param {Int32Array} column
 * @param {number} size one more than the largest value
 */
function findFirsts(column, size) {
  const first = new Int32Array(size + 1);
  for (let m = 0; m < column.length; m += 1) first[column[m] + 1] += 1;
  for (let i = 0; i < size; i += 1) first[i + 1] += first[i];
  return first;
}

/**
 * The mentions of each article, in the order of its text.
 * @param {Data} data
 * @returns {(article: number) => Int32Array}
 */
function makeTrails({ mentions, articles }) {
  const size = articles.title.length;
  const first = new Int32Array(size + 1);
  for (const article of mentions.article) first[article + 1] += 1;
  for (let i = 0; i < size; i += 1) first[i + 1] += first[i];
  const next = first.slice();
  const order = new Int32Array(mentions.article.length);
  for (let m = 0; m < order.length; m += 1) order[next[mentions.article[m]]++] = m;
  return (article) => order.slice(first[article], first[article + 1]).sort((a, b) => mentions.start[a] - mentions.start[b] || a - b);
}
