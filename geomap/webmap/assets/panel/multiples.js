/** Places over time, a row each on one scale: the ten with the most mentions, and those that the reader adds. */

const MOST_ROWS = 10;

/**
 * The bars of a place in a picture of a given scale.
 * @param {{bars: Float64Array, step: number}} counted
 * @param {number} most what the highest picture shows
 * @param {Days} days
 * @param {State} state
 */
function barsPicture({ bars, step }, most, { first }, { from, to }) {
  const width = SPARK.width / bars.length;
  const picture = svg("svg", { viewBox: `0 0 ${SPARK.width} ${SPARK.height}`, preserveAspectRatio: "none", role: "img" });
  bars.forEach((value, b) => {
    const isThen = first + (b + 1) * step > from && first + b * step <= to;
    const height = value === 0 ? 0 : Math.max(1.5, (value / most) * (SPARK.height - 2));
    if (height > 0) picture.append(svg("rect", { class: isThen ? "" : "past", x: (b * width).toFixed(2), y: (SPARK.height - height).toFixed(2), width: Math.max(1, width - 0.75).toFixed(2), height: height.toFixed(2) }));
  });
  return picture;
}

/**
 * @param {App} app
 * @returns {View}
 */
function makeMultiples(app) {
  const { data, filter, state } = app;
  const { places, strings } = data;
  /** @type {number[]} */
  let added = [];
  let body = null;

  const box = lazily(() => makeCombobox({
    id: "multiples-add", label: t("multiples.add"), placeholder: t("multiples.add"),
    suggest: (query) => [{ title: t("list"), items: app.findPlaces()(query) }],
    choose: ({ value }, input) => {
      input.value = "";
      added = [value, ...added.filter((i) => i !== value)];
      draw();
    },
  }));

  function rows() {
    const shown = [...places.name.keys()].filter((i) => app.tally.mentionTotal[i] > 0 && places.precision[i] > 0 && !added.includes(i));
    const most = shown.sort((a, b) => app.tally.mentionTotal[b] - app.tally.mentionTotal[a] || formats.order.compare(strings[places.name[a]], strings[places.name[b]]));
    return [...added, ...most].slice(0, Math.max(MOST_ROWS, added.length));
  }

  function draw() {
    const { days } = app;
    const counted = rows().map((i) => ({ i, ...countOverTime(data, filter.all, i, days, state.get().axis) }));
    const most = counted.reduce((top, { bars }) => Math.max(top, ...bars), 1e-9);
    const ends = [wordDay(days.firstKnown, true), wordDay(days.lastKnown, true)];
    keepFocus(body, () => fill(body,
      el("p", { class: "how" }, t("multiples.how", { n: Math.max(1, Math.round(most)) })),
      el("ol", { class: "multiples" }, counted.map(({ i, bars, step }) => {
        const picture = barsPicture({ bars, step }, most, days, state.get());
        const peak = days.first + bars.indexOf(Math.max(...bars)) * step;
        picture.setAttribute("aria-label", t("spark", { n: Math.max(1, Math.round(Math.max(...bars))), peak: formats.month.format(Math.max(peak, days.firstKnown) * DAY), from: ends[0], to: ends[1] }));
        const name = strings[places.name[i]];
        return el("li", {},
          el("p", {}, el("button", { type: "button", class: "place", click: () => app.select(i, { move: true }) }, bdi(name)), el("span", { class: "number" }, grouped(app.tally.mentionTotal[i])),
            added.includes(i) && el("button", { type: "button", class: "link", "aria-label": t("multiples.remove", { name }), click: () => { added = added.filter((one) => one !== i); draw(); } }, "×")),
          el("div", { class: "spark" }, picture));
      })),
      el("p", { class: "ends", "aria-hidden": "true" }, ends.map((end) => el("span", {}, end)))));
  }

  return {
    title: t("multiples.title"),
    build(root) {
      body = el("div", {});
      fill(root, app.days.known ? el("div", { class: "evidence over-time" }, box().root, body) : el("p", { class: "empty" }, t("time.none")));
      if (app.days.known) draw();
    },
    update() { if (app.days.known) draw(); },
  };
}
