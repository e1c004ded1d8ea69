/** A place's mentions over time, in one line of bars. */

/** Bars at most, and the picture's size in its own units. */
const MOST_BARS = 80;
const SPARK = { width: 332, height: 36 };

/**
 * Mentions of a place in each of some equal parts of the map's time. What is known to a month or a
 * year is spread over it; what has no date is left out.
 * @param {Data} data
 * @param {Uint8Array} mask mentions to count
 * @param {number} place
 * @param {Days} days
 * @param {Axis} axis
 */
function countOverTime(data, mask, place, { first, last }, axis) {
  const { firstMention } = data;
  const spans = spansOf(data, axis);
  const length = last - first + 1;
  const step = Math.ceil(length / MOST_BARS);
  const bars = new Float64Array(Math.ceil(length / step));
  for (let m = firstMention[place]; m < firstMention[place + 1]; m += 1) {
    const row = spans.rowOf(m);
    if (mask[m] === 0 || spans.precision[row] === 0) continue;
    const [start, end] = [spans.start[row] - first, spans.end[row] - first + 1];
    for (let b = Math.max(0, Math.floor(start / step)); b < bars.length && b * step < end; b += 1) {
      bars[b] += (Math.min(end, (b + 1) * step) - Math.max(start, b * step)) / (end - start);
    }
  }
  return { bars, step };
}

/**
 * @param {App} app
 * @param {number} place
 * @returns {HTMLElement | null} null where no date is known
 */
function makeSparkline(app, place) {
  const { data, days, filter, state } = app;
  if (!days.known) return null;
  const { bars, step } = countOverTime(data, filter.all, place, days, state.get().axis);
  const most = Math.max(...bars);
  if (most === 0) return null;
  const { from, to } = state.get();
  const width = SPARK.width / bars.length;
  const picture = svg("svg", { viewBox: `0 0 ${SPARK.width} ${SPARK.height}`, preserveAspectRatio: "none", role: "img" });
  bars.forEach((value, b) => {
    const isThen = days.first + (b + 1) * step > from && days.first + b * step <= to;
    const height = value === 0 ? 0 : Math.max(1.5, (value / most) * (SPARK.height - 2));
    if (height > 0) picture.append(svg("rect", { class: isThen ? "" : "past", x: (b * width).toFixed(2), y: (SPARK.height - height).toFixed(2), width: Math.max(1, width - 0.75).toFixed(2), height: height.toFixed(2) }));
  });
  const peak = days.first + bars.indexOf(most) * step;
  const words = { n: Math.max(1, Math.round(most)), peak: formats.month.format(Math.max(peak, days.firstKnown) * DAY) };
  picture.setAttribute("aria-label", t("spark", { ...words, from: wordDay(days.firstKnown, true), to: wordDay(days.lastKnown, true) }));
  const year = (day) => formats.shortMonthYear.format(day * DAY);
  return el("div", { class: "spark" }, picture,
    el("p", { "aria-hidden": "true" }, el("span", {}, year(days.firstKnown)), el("span", {}, t("spark.most", words)), el("span", {}, year(days.lastKnown))));
}
