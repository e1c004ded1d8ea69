/** The parts of the time strip: bars, sliders, the window between them, and the years below. */

/** Where the bars begin and end: one more than there are bars. */
const edgesOf = (bins) => [...bins.edges, bins.end];

/** Bars: solid what is known to the day or week, light what is only known to a month or year. */
function makeBars(root, bins) {
  const days = bins.end - bins.edges[0];
  const picture = svg("svg", { class: "bars", viewBox: `0 0 ${days} 100`, preserveAspectRatio: "none", "aria-hidden": "true" });
  root.append(picture);
  const edges = edgesOf(bins);
  const pairs = bins.edges.map((edge, b) => {
    const [x, width] = [edge - edges[0], (edges[b + 1] - edge) * 0.86];
    const pair = [svg("rect", { class: "spread", x, width }), svg("rect", { class: "sure", x, width })];
    append(picture, pair);
    return { pair, edge, next: edges[b + 1], isOut: false };
  });
  return {
    picture,
    count({ sure, spread }) {
      const top = Math.max(1e-9, ...sure.map((value, b) => value + spread[b]));
      pairs.forEach(({ pair }, b) => {
        const low = (100 * sure[b]) / top;
        const high = low + (spread[b] > 0 ? Math.max(4, (100 * spread[b]) / top) : 0);
        decorate(pair[0], { y: 100 - high, height: high });
        decorate(pair[1], { y: 100 - low, height: low });
      });
    },
    /** Fade the bars outside the window; only those that change are touched. */
    mark({ from, to }) {
      for (const bar of pairs) {
        const isOut = bar.next <= from || bar.edge > to;
        if (isOut === bar.isOut) continue;
        bar.isOut = isOut;
        for (const rect of bar.pair) rect.classList.toggle("out", isOut);
      }
    },
  };
}

/** Drag over the bars, with a mouse or a finger: their span is chosen; a click takes one, two take all. */
function makeBrush(picture, state, { bins, first, last }) {
  const edges = edgesOf(bins);
  let anchor = -1;

  function barAt(event) {
    const box = picture.getBoundingClientRect();
    const share = Math.min(1, Math.max(0, (event.clientX - box.left) / box.width));
    return binOf(bins, first + Math.floor(share * (bins.end - first)));
  }

  function choose(event) {
    const bar = barAt(event);
    state.set({ from: edges[Math.min(anchor, bar)], to: edges[Math.max(anchor, bar) + 1] - 1 });
  }

  decorate(picture, {
    pointerdown(event) {
      if (event.button !== 0 || !event.isPrimary) return;
      event.preventDefault(); // no text is to be selected
      picture.setPointerCapture(event.pointerId);
      anchor = barAt(event);
      choose(event);
    },
    pointermove(event) {
      if (anchor >= 0 && event.isPrimary) choose(event);
    },
    pointerup() { anchor = -1; },
    pointercancel() { anchor = -1; },
    dblclick: () => state.set({ from: first, to: last }),
  });
  return { barAt };
}

/** Bars that a key moves a slider by. */
const STEPS = { ArrowRight: 1, ArrowUp: 1, ArrowLeft: -1, ArrowDown: -1, PageUp: 10, PageDown: -10, Home: -Infinity, End: Infinity };

/** The edge so many bars from a day that may lie between two edges. */
function edgeFrom(edges, day, steps) {
  const at = steps > 0 ? edges.findLastIndex((edge) => edge <= day) : edges.findIndex((edge) => edge >= day);
  return edges[Math.min(edges.length - 1, Math.max(0, at + steps))];
}

/** Two native range inputs on one track; the second stands at the end of its day. */
function makeSliders(root, state, days) {
  const { first, last, bins } = days;
  const edges = edgesOf(bins);
  const length = last - first + 1;
  const range = el("div", { class: "range" });

  /** `choose` takes an edge between days: 0 before the first day, `length` after the last. */
  const make = (name, label, choose) => {
    const input = el("input", {
      type: "range", id: name, "aria-label": label, "aria-description": t("time.keys"), min: 0, max: length, step: 1,
      input: () => choose(Number(input.value)),
      keydown(event) {
        const steps = STEPS[event.key];
        if (steps === undefined || event.ctrlKey || event.altKey || event.metaKey) return;
        event.preventDefault();
        const value = Number(input.value);
        choose(event.shiftKey ? value + Math.sign(steps) : edgeFrom(edges, first + value, steps) - first);
      },
    });
    return input;
  };
  const from = make("from", t("time.from"), (value) => {
    const { to } = state.get();
    const day = first + Math.max(0, value);
    state.set({ from: day <= to ? day : Math.max(state.get().from, bins.edges[binOf(bins, to)]) });
    from.value = String(state.get().from - first);
  });
  const to = make("to", t("time.to"), (value) => {
    const current = state.get();
    const day = first + Math.min(length, value) - 1;
    state.set({ to: day >= current.from ? day : Math.min(current.to, edges[binOf(bins, current.from) + 1] - 1) });
    to.value = String(state.get().to - first + 1);
  });
  append(root, [el("div", { class: "track" }, range), from, to]);
  makeDraggable(range, state, days);
  return {
    /** @type {[HTMLInputElement, (state: State) => number][]} */
    inputs: [[from, (current) => current.from], [to, (current) => current.to]],
    update(current) {
      const [a, b] = [current.from - first, current.to - first + 1];
      for (const [input, value, day] of /** @type {const} */ ([[from, a, current.from], [to, b, current.to]])) {
        input.value = String(value);
        const text = wordDay(day);
        if (input.getAttribute("aria-valuetext") !== text) input.setAttribute("aria-valuetext", text);
      }
      from.classList.toggle("front", a > length / 2);
      range.style.left = `${(100 * a) / length}%`;
      range.style.width = `${(100 * (b - a)) / length}%`;
    },
  };
}

/** Drag the window as a whole, by the line between the two ends. */
function makeDraggable(range, state, { first, last }) {
  let held = /** @type {{x: number, from: number, to: number} | null} */ (null);
  const end = () => { held = null; };
  decorate(range, {
    pointerdown(event) {
      if (event.button !== 0 || !event.isPrimary) return;
      event.preventDefault();
      range.setPointerCapture(event.pointerId);
      const { from, to } = state.get();
      held = { x: event.clientX, from, to };
    },
    pointermove(event) {
      if (held === null) return;
      const pixels = range.parentElement.clientWidth;
      const moved = Math.round(((event.clientX - held.x) / pixels) * (last - first + 1));
      const days = Math.max(first - held.from, Math.min(last - held.to, moved));
      state.set({ from: held.from + days, to: held.to + days });
    },
    pointerup: end,
    pointercancel: end,
  });
}

/** Years between two ticks. */
const YEAR_STEPS = [1, 2, 5, 10, 20, 50, 100, 200];

/** Years below the bars, or months where the span is short. */
function makeTicks(root, days) {
  const length = days.last - days.first + 1;
  const axis = el("div", { class: "ticks", "aria-hidden": "true" });
  const [firstYear, firstMonth] = toCivil(days.first);
  const [lastYear, lastMonth] = toCivil(days.last);
  /** @type {[number, string][]} */
  const ticks = [];
  const years = lastYear - firstYear + 1;
  const most = isPhone.matches ? 6 : 12;
  if (years >= 3) {
    const step = YEAR_STEPS.find((one) => years / one <= most) ?? 500;
    for (let y = firstYear; y <= lastYear; y += 1) if (y % step === 0 || step === 1) ticks.push([fromCivil(y, 1, 1), formats.year.format(fromCivil(y, 1, 1) * DAY)]);
  } else {
    const months = (lastYear - firstYear) * 12 + lastMonth - firstMonth + 1;
    const step = Math.ceil(months / most);
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
