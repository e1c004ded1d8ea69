/** The time strip: a bar for each day, week or month, two sliders under them, and play. */

/** @param {App} app */
function makeTime(app) {
  const { state, data, axes, filter } = app;
  const windowText = el("p", { class: "window-text", "aria-live": "off" });
  const showAll = () => state.set({ from: app.days.first, to: app.days.last });
  const reset = el("button", { type: "button", class: "link", click: showAll }, t("time.all"));
  const tools = { published: makeUndated(app), told: makeUntold(app) };
  const typed = makeTyped(app);
  append(byId("window"), [el("div", { class: "window-line" }, windowText, typed?.form, el("p", { class: "window-tools" }, typed?.button, reset, tools.published, tools.told)), makeAxisChoice(app)]);
  const strips = { published: lazily(() => makeStrip(app, axes.published)), told: lazily(() => makeStrip(app, axes.told)) };
  const showReset = (isPlaying) => {
    const { from, to } = state.get();
    reset.hidden = (from === app.days.first && to === app.days.last) || isPlaying;
  };
  if (!hasStrip(app)) {
    windowText.textContent = app.days.known ? t("time.one", { day: wordDay(app.days.firstKnown) }) : t("time.none");
    reset.hidden = true;
    if (typed) typed.button.hidden = true;
    byId("play").hidden = true;
    return { update() {} };
  }
  const player = makePlayer(app, showReset);
  let shown = null;
  return {
    update(current, changed) {
      const strip = strips[current.axis]();
      const isNew = shown !== strip;
      if (isNew) {
        shown = strip;
        fill(byId("timeline"), strip.nodes);
        for (const axis of AXES) if (tools[axis]) tools[axis].hidden = axis !== current.axis;
      }
      if (isNew || !changed || isSlow(changed)) strip.count(tallyBins(data, filter.all, current.sizeBy, app.days.bins, current.axis));
      if (!isNew && changed && !changed.has("from") && !changed.has("to")) return;
      strip.mark(current);
      showReset(player.isPlaying());
      reword(windowText, wordWindow(current, app.days));
    },
  };
}

/** Whether there are days to choose among: not where no date is known, or one day alone. @param {App} app */
const hasStrip = ({ axes }) => AXES.some((axis) => axes[axis].known && axes[axis].firstKnown < axes[axis].lastKnown);

/**
 * A form in which dates are typed, and the button that opens it.
 * @param {App} app
 */
function makeTyped(app) {
  const { state } = app;
  const make = (key, label) => el("input", { type: "date", class: "typed", "aria-label": label, change: () => take(key) });
  const inputs = { from: make("from", t("time.from")), to: make("to", t("time.to")) };
  const form = el("form", { class: "typed-dates", hidden: true, submit: (event) => event.preventDefault() }, inputs.from, " – ", inputs.to);
  const button = el("button", { type: "button", class: "link", "aria-expanded": "false", click: () => {
    form.hidden = !form.hidden;
    button.setAttribute("aria-expanded", String(!form.hidden));
    show();
    if (!form.hidden) inputs.from.focus();
  } }, t("time.type"));

  function show() {
    if (form.hidden) return;
    const current = state.get();
    for (const key of /** @type {const} */ (["from", "to"])) {
      inputs[key].min = isoDay(app.days.first);
      inputs[key].max = isoDay(app.days.last);
      if (document.activeElement !== inputs[key]) inputs[key].value = isoDay(current[key]);
    }
  }

  /** A date beyond the others' ends is the end; one that passes the other takes it along. */
  function take(key) {
    const day = parseDay(inputs[key].value);
    if (Number.isNaN(day)) return;
    const { first, last } = app.days;
    const value = Math.max(first, Math.min(last, day));
    const { from, to } = state.get();
    state.set(key === "from" ? { from: value, to: Math.max(value, to) } : { from: Math.min(value, from), to: value });
  }

  state.listen(show);
  return { form, button };
}

/** The bars of an axis, what lies beyond them, its sliders and its years. */
function makeStrip(app, days) {
  const { state } = app;
  let counted = { sure: [0], spread: [0] };
  const root = el("div", {});
  const bars = makeBars(root, days.bins);
  const brush = makeBrush(bars.picture, state, days);
  const [before, after] = [el("span", { class: "beyond before" }), el("span", { class: "beyond after" })];
  append(root, [before, after]);
  const sliders = makeSliders(root, state, days);
  makeTicks(root, days);
  const edges = edgesOf(days.bins);
  /** The days of a bar, and how much it counts: what is spread over its span is told by its share. */
  const describe = (bar) => {
    const [sure, spread] = [counted.sure[bar], counted.spread[bar]];
    const n = Math.round(sure + spread);
    const span = edges[bar + 1] - edges[bar] === 1 ? wordDay(edges[bar]) : t("time.window", { from: wordDay(edges[bar], true), to: wordDay(edges[bar + 1] - 1, true) });
    return [span, t(state.get().sizeBy, { n }), spread >= 0.5 ? t("time.spread", { n: Math.round(spread) }) : ""].filter(Boolean);
  };
  app.tips.set(bars.picture, (event) => describe(brush.barAt(event)));
  for (const [input, read] of sliders.inputs) app.tips.set(input, () => [wordDay(read(state.get())), ...describe(binOf(days.bins, read(state.get())))]);
  return {
    nodes: [...root.childNodes],
    count(tally) {
      counted = tally;
      bars.count(tally);
      before.textContent = tally.earlier > 0 ? t("time.earlier.n", { n: tally.earlier }) : "";
      after.textContent = tally.later > 0 ? t("time.later.n", { n: tally.later }) : "";
    },
    mark(current) {
      bars.mark(current);
      sliders.update(current);
    },
  };
}

/** Which time the strip goes by, where a map has both. */
function makeAxisChoice({ state, axes }) {
  if (!AXES.every((axis) => axes[axis].known)) return null;
  return el("div", { class: "choice axis", role: "radiogroup", "aria-label": t("time.axis") }, AXES.map((axis) => {
    const input = el("input", { type: "radio", name: "axis", value: axis, "aria-description": t(`time.axis.${axis}.note`), change: () => state.set({ axis, from: axes[axis].first, to: axes[axis].last }) });
    input.checked = state.get().axis === axis;
    state.listen((current) => { input.checked = current.axis === axis; });
    return el("label", { title: t(`time.axis.${axis}.note`) }, input, el("span", {}, t(`time.axis.${axis}`)));
  }));
}

/** "1 Jan 2014 – 3 Feb 2015": the window, no wider than the dates of the articles. */
function wordWindow({ from, to }, { first, last, firstKnown, lastKnown, isCutBefore, isCutAfter }) {
  const begin = Math.min(Math.max(from, firstKnown), to);
  const end = Math.max(Math.min(to, lastKnown), from);
  const [isOpen, isOpenAfter] = [isCutBefore && from === first, isCutAfter && to === last];
  if (begin === end && !isOpen && !isOpenAfter) return wordDay(begin);
  return t("time.window", { from: isOpen ? t("time.earlier") : wordDay(begin, true), to: isOpenAfter ? t("time.later") : wordDay(end, true) });
}

/** The window of dates, where one is set, and what has no date beside it; "" else. @param {App} app */
function wordDates({ state, filter, days }) {
  const current = state.get();
  if (current.article >= 0 || !days.known || !isWindow(current, days)) return "";
  const [window_, key] = [wordWindow(current, days), DATELESS[current.axis]];
  const n = filter.hidden > 0 ? filter.hidden : filter.beside;
  return n === 0 ? window_ : t("dates.note", { window: window_, undated: t(`dates.${key}.${filter.hidden > 0 ? "hidden" : "apart"}`, { n }) });
}

/** What the state says after the reader chose whether what has no date is shown: nothing where it goes without saying. */
function answerDateless({ state, days }, on) {
  const current = state.get();
  return { [DATELESS[current.axis]]: on === !isWindow(current, days) ? null : on };
}

/** Whether what has no date is shown, as a switch in the strip. @param {App} app @param {Axis} axis */
function makeStripSwitch(app, axis, count) {
  if (count === 0) return null;
  const { state } = app;
  const input = el("input", { type: "checkbox", change: () => state.set(answerDateless(app, input.checked)) });
  const key = DATELESS[axis];
  const follow = (current) => { input.checked = current.axis === axis && showsDateless(current, app.axes); };
  follow(state.get());
  state.listen(follow);
  return el("label", { class: "undated" }, input, t(`time.${key}`, { n: count }));
}

const makeUndated = (app) => makeStripSwitch(app, "published", app.data.articles.precision.filter((p) => p === 0).length);
const makeUntold = (app) => (app.axes.told.known ? makeStripSwitch(app, "told", app.data.told.precision.filter((p) => p === 0).length) : null);
