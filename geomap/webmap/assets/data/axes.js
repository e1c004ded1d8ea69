/** The two times of a map: when its articles were published, and when, as its sentences tell, something was. */

/** @type {Axis[]} */
const AXES = ["published", "told"];

/** Days between the first and the last of an axis without any. */
const NO_DAYS = { known: false, bins: { edges: [0], end: 1 }, first: 0, last: 0, firstKnown: 0, lastKnown: 0, isCutBefore: false, isCutAfter: false };

/** A span of more days is spread over them, whatever it is called. */
const LONGEST_SURE = 7;

/**
 * First and last day, and those of the whole bins around them.
 * @returns {Days}
 */
function makeDays(firstKnown, lastKnown, isCutBefore = false, isCutAfter = false) {
  const bins = makeBins(firstKnown, lastKnown);
  return { known: true, bins, first: bins.edges[0], last: bins.end - 1, firstKnown, lastKnown, isCutBefore, isCutAfter };
}

/**
 * From the first day of an article to the last one.
 * @param {Data["articles"]} articles
 * @returns {Days}
 */
function findPublishedDays(articles) {
  let [first, last] = [Infinity, -Infinity];
  articles.precision.forEach((precision, i) => {
    if (precision === 0) return;
    first = Math.min(first, articles.start[i]);
    last = Math.max(last, articles.end[i]);
  });
  return first > last ? NO_DAYS : makeDays(first, last);
}

/** Share of the told times that may lie far off on each side; how far the axis goes beyond the others, in their span and in days. */
const FAR_SHARE = 0.2;
const ROOM = 3;
const LEAST_ROOM = 731;
/** Days of a span that says little of when: a century does not stretch the axis. */
const LONGEST_TELLING = 1100;

/**
 * From the first told day to the last one, but for the few that lie so far off that all others would
 * shrink to nothing: the year of a war in an article about last week.
 * @param {Told} told
 * @returns {Days}
 */
function findToldDays({ start, end, precision }) {
  const told = [...precision.keys()].filter((m) => precision[m] > 0);
  if (told.length === 0) return NO_DAYS;
  const short = told.filter((m) => end[m] - start[m] <= LONGEST_TELLING);
  const telling = short.length > 0 ? short : told;
  const [starts, ends] = [start, end].map((days) => Int32Array.from(telling, (m) => days[m]).sort());
  const count = starts.length;
  const [low, high] = [starts[Math.floor(FAR_SHARE * count)], ends[Math.ceil((1 - FAR_SHARE) * count) - 1]];
  const room = Math.max(LEAST_ROOM, ROOM * (high - low));
  const first = starts.find((day) => day >= low - room) ?? low;
  const last = Math.max(first, ends.findLast((day) => day <= high + room) ?? high);
  return makeDays(first, last, told.some((m) => end[m] < first), told.some((m) => start[m] > last));
}

/**
 * @param {Data} data
 * @returns {Record<Axis, Days>}
 */
const makeAxes = (data) => ({ published: findPublishedDays(data.articles), told: findToldDays(data.told) });

/**
 * When mentions are on an axis: columns of days and precisions, and for each mention its row in them.
 * A date that was taken from a copy is none of the article's own.
 * @param {Data} data
 * @param {Axis} axis
 */
function spansOf({ articles, mentions, told, isBorrowed }, axis) {
  return axis === "told"
    ? { start: told.start, end: told.end, precision: told.precision, rowOf: (m) => m, isOwn: () => true }
    : { start: articles.start, end: articles.end, precision: articles.precision, rowOf: (m) => mentions.article[m], isOwn: (a) => isBorrowed[a] === 0 };
}
