/** The time strip: a bar for each day, week or month, two sliders over them, and play. */

const THUMB = 16;

/** @param {App} app */
function makeTime(app) {
  const { state, data, days, filter } = app;
  const undated = data.articles.precision.filter((p) => p === 0).length;
  const undatedSwitch = makeUndated(state, undated);
  const windowText = el("p", { class: "window-text", "aria-live": "off" });
  const reset = el("button", { type: "button", class: "link", click: () => state.set({ from: days.first, to: days.last }) }, t("time.all"));
  append(byId("window"), [windowText, el("p", { class: "window-tools" }, reset, undatedSwitch)]);
  if (!days.known) {
    windowText.textContent = t("time.none");
    reset.hidden = true;
    byId("play").hidden = true;
    return { update() {} };
  }
  const { bins } = days;
  const bars = makeBars(byId("timeline"), bins);
  const sliders = makeSliders(byId("timeline"), state, days);
  makeTicks(byId("timeline"), days);
  const player = makePlayer(state, days, bins);
  return {
    update(current, changed) {
      if (!changed || isSlow(changed)) bars.count(tallyBins(data, filter.all, current.sizeBy, bins));
      bars.mark(current);
      sliders.update(current);
      const all = current.from === days.first && current.to === days.last;
      reset.hidden = all || player.isPlaying();
      const from = Math.min(Math.max(current.from, days.firstKnown), current.to);
      const to = Math.max(Math.min(current.to, days.lastKnown), current.from);
      windowText.textContent = from === to ? wordDay(from) : t("time.window", { from: wordDay(from, true), to: wordDay(to, true) });
      if (changed && (changed.has("from") || changed.has("to"))) player.noticed();
    },
  };
}

function makeUndated(state, count) {
  if (count === 0) return null;
  const input = el("input", { type: "checkbox", change: () => state.set({ undated: input.checked }) });
  input.checked = state.get().undated;
  state.listen((current) => { input.checked = current.undated; });
  return el("label", { class: "undated" }, input, t("time.undated", { n: count }));
}

/** Bars: solid what is known to the day or week, light what is only known to a month or year. */
function makeBars(root, bins) {
  const days = bins.end - bins.edges[0];
  const picture = svg("svg", { class: "bars", viewBox: `0 0 ${days} 100`, preserveAspectRatio: "none", "aria-hidden": "true" });
  root.append(picture);
  const pairs = bins.edges.map((edge, b) => {
    const next = b + 1 < bins.edges.length ? bins.edges[b + 1] : bins.end;
    const [x, width] = [edge - bins.edges[0], (next - edge) * 0.86];
    const pair = [svg("rect", { class: "spread", x, width }), svg("rect", { class: "sure", x, width })];
    append(picture, pair);
    return { pair, edge, next };
  });
  return {
    count({ sure, spread }) {
      const top = Math.max(1e-9, ...sure.map((value, b) => value + spread[b]));
      pairs.forEach(({ pair }, b) => {
        const low = (100 * sure[b]) / top;
        const high = low + (spread[b] > 0 ? Math.max(4, (100 * spread[b]) / top) : 0);
        decorate(pair[0], { y: 100 - high, height: high });
        decorate(pair[1], { y: 100 - low, height: low });
      });
    },
    mark(state) {
      for (const { pair, edge, next } of pairs) {
        const out = next <= state.from || edge > state.to;
        for (const bar of pair) bar.classList.toggle("out", out);
      }
    },
  };
}

/** Two native range inputs on one track; the second stands at the end of its day. */
function makeSliders(root, state, days) {
  const length = days.last - days.first + 1;
  const range = el("div", { class: "range" });
  const track = el("div", { class: "track" }, range);
  const make = (name, label, read) => {
    const input = el("input", { type: "range", id: name, "aria-label": label, min: 0, max: length, step: 1, input: () => read(Number(input.value)) });
    return input;
  };
  const from = make("from", t("time.from"), (value) => {
    const day = Math.min(days.first + value, state.get().to);
    state.set({ from: day });
    from.value = String(day - days.first);
  });
  const to = make("to", t("time.to"), (value) => {
    const day = Math.max(days.first + value - 1, state.get().from);
    state.set({ to: day });
    to.value = String(day - days.first + 1);
  });
  append(root, [track, from, to]);
  return {
    update(current) {
      const [a, b] = [current.from - days.first, current.to - days.first + 1];
      from.value = String(a);
      to.value = String(b);
      from.setAttribute("aria-valuetext", wordDay(current.from));
      to.setAttribute("aria-valuetext", wordDay(current.to));
      from.classList.toggle("front", a > length / 2);
      range.style.left = `${(100 * a) / length}%`;
      range.style.width = `${(100 * (b - a)) / length}%`;
    },
  };
}

/** Years below the bars, or months where the span is short. */
function makeTicks(root, days) {
  const length = days.last - days.first + 1;
  const axis = el("div", { class: "ticks", "aria-hidden": "true" });
  const [firstYear, firstMonth] = toCivil(days.first);
  const [lastYear, lastMonth] = toCivil(days.last);
  /** @type {[number, string][]} */
  const ticks = [];
  const years = lastYear - firstYear + 1;
  if (years >= 3) {
    const step = Math.ceil(years / 12);
    for (let y = firstYear; y <= lastYear; y += 1) if (y % step === 0 || step === 1) ticks.push([fromCivil(y, 1, 1), formats.year.format(fromCivil(y, 1, 1) * DAY)]);
  } else {
    const months = (lastYear - firstYear) * 12 + lastMonth - firstMonth + 1;
    const step = Math.ceil(months / 12);
    for (let n = 0; n < months; n += step) {
      const [y, m] = [firstYear + Math.floor((firstMonth - 1 + n) / 12), ((firstMonth - 1 + n) % 12) + 1];
      const day = fromCivil(y, m, 1);
      ticks.push([day, (m === 1 || n === 0 ? formats.shortMonthYear : formats.shortMonth).format(day * DAY)]);
    }
  }
  for (const [day, text] of ticks) {
    const at = Math.max(0, (day - days.first) / length);
    if (at > 0.97) continue;
    const tick = el("span", {}, text);
    tick.style.left = `${100 * at}%`;
    axis.append(tick);
  }
  root.append(axis);
}

/** Play: a window slides from the first day to the last, a bin at a time, then all is shown again. */
function makePlayer(state, days, bins) {
  const button = byId("play");
  let timer = null;
  let moving = false;
  let saved = null;
  const icon = (playing) => {
    fill(button, svg("svg", { viewBox: "0 0 16 16", "aria-hidden": "true" }, svg("path", { d: playing ? "M4 3h3v10H4zM9 3h3v10H9z" : "M4 2.5 13 8l-9 5.5z" })));
    button.setAttribute("aria-label", t(playing ? "time.pause" : "time.play"));
  };
  const move = (from, to) => {
    moving = true;
    state.set({ from, to });
    moving = false;
  };
  const stop = () => {
    clearInterval(timer);
    timer = null;
    icon(false);
  };
  function step() {
    const { from, to } = state.get();
    if (to >= days.last) {
      stop();
      if (saved) move(saved.from, saved.to);
      saved = null;
      return;
    }
    const next = binOf(bins, to) + 1;
    const end = next + 1 < bins.edges.length ? bins.edges[next + 1] - 1 : days.last;
    const bin = binOf(bins, from);
    const start = from === bins.edges[bin] ? bins.edges[bin + 1] ?? from : from + end - to;
    move(Math.min(start, end), end);
  }
  function play() {
    const { from, to } = state.get();
    icon(true);
    timer = setInterval(step, prefersStill.matches ? 1200 : 450);
    if (to < days.last) return;
    saved = { from, to };
    const width = Math.max(1, Math.round(bins.edges.length / 16));
    const isAll = from === days.first;
    const length = isAll ? (bins.edges[width] ?? days.last + 1) - days.first : to - from + 1;
    move(days.first, Math.min(days.last, days.first + length - 1));
  }
  button.addEventListener("click", () => (timer ? stop() : play()));
  icon(false);
  return {
    isPlaying: () => timer !== null,
    /** The reader moved a slider: play stops where it is. */
    noticed() {
      if (moving || timer === null) return;
      saved = null;
      stop();
    },
  };
}
