/** Play: the window goes through the dates a bar at a time; then all is shown as it was. */

/** Milliseconds a bar; longer for those who asked their system for less motion. */
const PACE = 450;
const CALM_PACE = 1200;
/** How much of the bars a window holds that begins with none chosen. */
const WINDOW_SHARE = 1 / 16;

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

  function step() {
    const { from, to, grows } = state.get();
    const { last, bins } = app.days;
    const edges = edgesOf(bins);
    if (to >= last) {
      stop();
      if (saved) state.set(saved);
      saved = null;
      return;
    }
    const end = edgeFrom(edges, to + 1, 1) - 1;
    const start = grows ? from : edgeFrom(edges, from, 1);
    move(Math.min(start, end), end);
    wait();
  }

  function play() {
    const { from, to, grows } = state.get();
    const { first, last, bins } = app.days;
    const edges = edgesOf(bins);
    if (to >= last) {
      saved = { from, to };
      const bars = from === first || grows ? Math.max(1, Math.round(bins.edges.length * WINDOW_SHARE)) : binOf(bins, to) - binOf(bins, from) + 1;
      move(first, edges[grows ? 1 : Math.min(bars, bins.edges.length)] - 1);
    }
    wait();
    show(true);
  }

  button.addEventListener("click", () => (timer ? stop() : play()));
  state.listen((_, changed) => {
    if (isMoving || timer === 0 || !(changed.has("from") || changed.has("to"))) return;
    saved = null; // the reader chose other dates: play stops there
    stop();
  });
  show(false);
  return { isPlaying: () => timer !== 0 };
}
