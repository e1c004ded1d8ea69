/** The key, which is also where kinds and sizes are chosen. */

/**
 * A switch with a swatch.
 * @param {Store} state
 * @param {(state: State) => boolean} read
 * @param {(on: boolean) => Partial<State>} write
 */
function switchRow(state, read, write, swatch, title, note) {
  const input = el("input", { type: "checkbox", change: () => state.set(write(input.checked)) });
  input.checked = read(state.get());
  state.listen((current) => { input.checked = read(current); });
  return el("label", { class: "row" }, input, el("span", { class: `swatch ${swatch}` }), el("span", {}, title, note && el("small", {}, note)));
}

/** Round numbers for the circles of the key, largest first. */
function keySizes(largest) {
  const nice = (value) => {
    const power = 10 ** Math.floor(Math.log10(value));
    return [5, 2, 1].map((n) => n * power).find((n) => n <= value) ?? 1;
  };
  const top = nice(largest);
  return [...new Set([top, nice(Math.max(1, top / 4)), 1])].filter((n) => n >= 1);
}

/** Nested circles, standing on one line. */
function nestedCircles(scale) {
  const sizes = keySizes(scale.largest);
  const top = scale.radius(sizes[0]);
  const height = Math.ceil(2 * top) + 8;
  const x = top + 1;
  const picture = svg("svg", { class: "nested", width: 176, height, role: "img", "aria-label": t("legend.circles", { sizes: formats.list.format(sizes.map(grouped)) }) });
  let lowest = Infinity;
  for (const size of sizes) {
    const r = scale.radius(size);
    const y = height - 1 - 2 * r;
    const line = Math.min(Math.max(y, 6), lowest === Infinity ? Infinity : height - 1);
    const text = lowest === Infinity ? line : Math.max(line, lowest + 13);
    lowest = text;
    append(picture, [
      svg("circle", { cx: x, cy: height - 1 - r, r }),
      svg("path", { d: `M${x} ${y}L${2 * top + 12} ${text}h8` }),
      svg("text", { x: 2 * top + 24, y: text, dy: "0.35em" }, grouped(size)),
    ]);
  }
  picture.setAttribute("height", String(Math.max(height, lowest + 8)));
  return picture;
}

/**
 * The steps of the tint, where totals are what the map tells.
 * @param {App} app
 */
function tintKey(app) {
  const level = levelAt(app.map.getZoom());
  if (level === "place" || !app.territories.list.some((territory) => territory.level === level)) return null;
  const most = app.areaTotals.largest[level];
  const steps = [...new Set(Array.from({ length: TINTS }, (_, n) => Math.floor((most * (n + 1) ** 2) / TINTS ** 2)))].filter((n) => n >= 1);
  return [
    el("p", {}, t(`legend.total.${level}`)),
    el("ol", { class: "steps" }, steps.map((n) => el("li", {}, el("span", { class: "swatch tint", "data-tint": tintOf(n, most) }), el("span", {}, grouped(n))))),
  ];
}

/** Leave the examples out where the key would run under the title. @param {HTMLElement} root */
function makeRoom(root) {
  const card = byId("card");
  const fit = () => {
    root.classList.remove("tight");
    const [above, own] = [card, root].map((part) => part.getBoundingClientRect());
    root.classList.toggle("tight", own.height > 0 && own.top < above.bottom + 8);
  };
  const watch = new ResizeObserver(fit);
  for (const part of [card, root]) watch.observe(part);
}

/** @param {App} app */
function makeLegend(app) {
  const { state, data } = app;
  const root = byId("legend");
  const wants = (kind) => (current) => current.kinds.includes(kind);
  const change = (kind) => (on) => ({ kinds: KINDS.filter((one) => (one === kind ? on : wants(one)(state.get()))) });
  const [sizes, tints] = [el("div", { class: "sizes" }), el("div", { class: "tints" })];
  const waiting = el("p", { class: "waiting" });
  const described = el("span", {});
  const describedRow = switchRow(state, (current) => current.described, (on) => ({ described: on }), "described", [t("legend.described"), " · ", described], t("legend.described.example"));
  const sizeChoice = SIZES.filter((value) => value !== "stories" || data.hasStories).map((value) => {
    const input = el("input", { type: "radio", name: "size", value, change: () => state.set({ sizeBy: value }) });
    input.checked = state.get().sizeBy === value;
    state.listen((current) => { input.checked = current.sizeBy === value; }); // it can be chosen elsewhere too
    return el("label", {}, input, el("span", {}, t(`size.${value}`)));
  });
  fill(
    root,
    KINDS.map((kind) => switchRow(state, wants(kind), change(kind), kind, t(`legend.${kind}`), t(`legend.${kind}.example`))),
    data.mentions.ambiguous.includes(1) && switchRow(state, (current) => current.ambiguous, (on) => ({ ambiguous: on }), "ambiguous", t("legend.ambiguous"), t("legend.ambiguous.note")),
    data.mentions.confidence.some((value) => value >= 0 && value < UNSURE) && el("div", { class: "row" }, el("span", { class: "swatch unsure" }), el("span", {}, t("legend.unsure"), el("small", {}, t("legend.unsure.note", { share: wordShare(UNSURE) })))),
    app.areas.length > 0 && el("div", { class: "row" }, el("span", { class: "swatch hatch" }), el("span", {}, t("legend.own"), el("small", {}, t("legend.own.example")))),
    app.described.rows.length > 0 && describedRow,
    tints,
    el("fieldset", { class: "size" }, el("legend", {}, t("size")), el("div", { class: "choice" }, sizeChoice)),
    sizes,
    waiting,
  );
  byId("show-legend").addEventListener("click", () => {
    const open = root.classList.toggle("open");
    byId("show-legend").setAttribute("aria-expanded", String(open));
  });
  makeRoom(root);
  return {
    /** After the zoom or the filter has changed. */
    update() {
      fill(tints, tintKey(app));
      fill(sizes, app.points.length > 0 && [
        nestedCircles(app.scale),
        app.scale.unit < SMALLEST && el("small", {}, t("legend.enlarged")),
      ]);
    },
    /** After the circles have been laid out. */
    wait() {
      described.textContent = grouped(app.described.total(app.filter.now));
      const n = app.circles.waiting;
      if (waiting.dataset.n === String(n)) return;
      waiting.dataset.n = String(n);
      waiting.hidden = n === 0;
      waiting.textContent = t("legend.waiting", { n });
    },
  };
}
