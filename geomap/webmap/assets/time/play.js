/** Play: the window goes through the dates a bar at a time; then all is shown as it was. */

/** Milliseconds a bar; longer for those who asked their system for less motion. */
const PACE = 450;
const CALM_PACE = 1200;
/** How much of the bars a window holds that begins with none chosen. */
const WINDOW_SHARE = 1 / 16;

/** How far a step of play goes. */
const STEP_KINDS = ["bar", "day", "week", "month"];

/** A choice of few words that a state key follows. */
function choice(state, key, label, options) {
  const select = el("select", { id: `play-${key}`, "aria-label": label, change: () => state.set({ [key]: options[select.selectedIndex][0] }) },
    options.map(([, text]) => el("option", {}, text)));
  const follow = (current) => { select.selectedIndex = options.findIndex(([value]) => value === current[key]); };
  follow(state.get());
  state.listen(follow);
  return select;
}

/**
 * @param {App} app
 * @param {(isPlaying: boolean) => void} onTurn called when play begins or stops
 */
function makePlayer(app, onTurn) {
  const { state } = app;
  const button = byId("play");
  let timer = 0;
  let isMoving = false;
  /** @type {{from: number, to: number} | null} */
  let saved = null;
  button.after(el("div", { id: "pace" },
    choice(state, "speed", t("time.speed"), SPEEDS.map((n) => [n, t("time.times", { n })])),
    choice(state, "step", t("time.step"), STEP_KINDS.map((kind) => [kind, t(`time.step.${kind}`)])),
    choice(state, "grows", t("time.grows"), [[false, t("time.grows.no")], [true, t("time.grows.yes")]])));

  function show(isPlaying) {
    fill(button, svg("svg", { viewBox: "0 0 16 16", "aria-hidden": "true" }, svg("path", { d: isPlaying ? "M4 3h3v10H4zM9 3h3v10H9z" : "M4 2.5 13 8l-9 5.5z" })));
    button.setAttribute("aria-label", t(isPlaying ? "time.pause" : "time.play"));
    onTurn(isPlaying);
  }

  function move(from, to) {
    isMoving = true;
    state.set({ from, to });
    isMoving = false;
  }

  function wait() {
    timer = window.setTimeout(step, (prefersStill.matches ? CALM_PACE : PACE) / state.get().speed);
  }

  function stop() {
    clearTimeout(timer);
    timer = 0;
    show(false);
  }

  /** The day so far behind another: a bar, a day, a week or a month. */
  function stepFrom(day) {
    const { step: kind } = state.get();
    if (kind === "bar") return edgeFrom(edgesOf(app.days.bins), day, 1);
    if (kind !== "month") return day + (kind === "week" ? 7 : 1);
    const [year, month, date] = toCivil(day);
    return fromCivil(month === 12 ? year + 1 : year, (month % 12) + 1, Math.min(date, 28));
  }

  function step() {
    const { from, to, grows } = state.get();
    const { last } = app.days;
    if (to >= last) {
      stop();
      if (saved) state.set(saved);
      saved = null;
      return;
    }
    const end = Math.min(last, stepFrom(to + 1) - 1);
    const start = grows ? from : stepFrom(from);
    move(Math.min(start, end), end);
    wait();
  }

  /** Where no end is set, play begins with a short window at From; else with the window that is set. */
  function play() {
    const { from, to, grows, step: kind } = state.get();
    const { last, bins } = app.days;
    saved ??= { from, to };
    if (to >= last) {
      const steps = grows || kind !== "bar" ? 1 : Math.max(1, Math.round(bins.edges.length * WINDOW_SHARE));
      let end = from;
      for (let n = 0; n < steps; n += 1) end = stepFrom(end);
      move(from, Math.min(last, end - 1));
    }
    wait();
    show(true);
  }

  button.addEventListener("click", () => (timer ? stop() : play()));
  state.listen((_, changed) => {
    if (isMoving || !(changed.has("from") || changed.has("to"))) return;
    saved = null; // the reader chose other dates: play stops there
    if (timer !== 0) stop();
  });
  show(false);
  return { isPlaying: () => timer !== 0 };
}
