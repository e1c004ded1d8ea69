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
  const letters = textScale();
  const top = scale.radius(sizes[0]);
  const height = Math.ceil(2 * top) + 8;
  const x = top + 1;
  const picture = svg("svg", { class: "nested", width: Math.round(176 * letters), height, role: "img", "aria-label": t("legend.circles", { sizes: formats.list.format(sizes.map(grouped)) }) });
  let lowest = Infinity;
  for (const size of sizes) {
    const r = scale.radius(size);
    const y = height - 1 - 2 * r;
    const line = Math.min(Math.max(y, 6), lowest === Infinity ? Infinity : height - 1);
    const text = lowest === Infinity ? line : Math.max(line, lowest + 13 * letters);
    lowest = text;
    append(picture, [
      svg("circle", { cx: x, cy: height - 1 - r, r }),
      svg("path", { d: `M${x} ${y}L${2 * top + 12} ${text}h8` }),
      svg("text", { x: 2 * top + 24, y: text, dy: "0.35em" }, grouped(size)),
    ]);
  }
  picture.setAttribute("height", String(Math.max(height, lowest + 8 * letters)));
  return picture;
}

/**
 * The steps of the tint, where totals are what the map tells.
 * @param {App} app
 */
function tintKey(app) {
  const level = levelOfView(app.map);
  if (app.compared || level === "place" || !app.territories.list.some((territory) => territory.level === level)) return null;
  const most = app.areaTotals.largest[level];
  const steps = [...new Set(Array.from({ length: TINTS }, (_, n) => Math.floor((most * (n + 1) ** 2) / TINTS ** 2)))].filter((n) => n >= 1);
  return [
    el("p", {}, t(`legend.total.${level}`)),
    el("ol", { class: "steps" }, steps.map((n) => el("li", {}, el("span", { class: "swatch tint", "data-tint": tintOf(n, most) }), el("span", {}, grouped(n))))),
  ];
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
  const dateless = el("div", { class: "row", hidden: true }, el("span", { class: "swatch dateless" }), el("span", {}));
  const changes = el("div", { hidden: true }, ["rose", "fell"].map((name) => el("div", { class: "row" }, el("span", { class: `swatch ${name}` }), el("span", {}, t(`compare.${name}`)))));
  const describedRow = switchRow(state, (current) => current.described, (on) => ({ described: on }), "described", [t("legend.described"), " · ", described], t("legend.described.example"));
  const sizeChoice = SIZES.filter((value) => value !== "stories" || data.hasStories).map((value) => {
    const input = el("input", { type: "radio", name: "size", value, change: () => state.set({ sizeBy: value }) });
    input.checked = state.get().sizeBy === value;
    state.listen((current) => { input.checked = current.sizeBy === value; }); // it can be chosen elsewhere too
    return el("label", {}, input, el("span", {}, t(`size.${value}`)));
  });
  const switches = el("div", { role: "toolbar", "aria-label": t("legend"), "aria-orientation": "vertical" }, [
    KINDS.map((kind) => switchRow(state, wants(kind), change(kind), kind, t(`legend.${kind}`), t(`legend.${kind}.example`))),
    data.mentions.ambiguous.includes(1) && switchRow(state, ({ statuses }) => isWanted(statuses, "ambiguous"), (on) => ({ statuses: withValue(data, "statuses", state.get().statuses, "ambiguous", on) }), "ambiguous", t("legend.ambiguous"), t("legend.ambiguous.note")),
    data.mentions.confidence.some((value) => value >= 0 && value < UNSURE) && el("div", { class: "row" }, el("span", { class: "swatch unsure" }), el("span", {}, t("legend.unsure"), el("small", {}, t("legend.unsure.note", { share: wordShare(UNSURE) })))),
    dateless, changes,
    app.areas.length > 0 && el("div", { class: "row" }, el("span", { class: "swatch hatch" }), el("span", {}, t("legend.own"), el("small", {}, t("legend.own.example")))),
    app.described.rows.length > 0 && describedRow,
    app.points.length > 0 && switchRow(state, (current) => current.heat, (on) => ({ heat: on }), "heat", t("legend.heat"), t("legend.heat.note")),
  ]);
  fill(
    root,
    switches,
    tints,
    el("fieldset", { class: "size" }, el("legend", {}, t("size")), el("div", { class: "choice" }, sizeChoice)),
    sizes,
    waiting,
  );
  makeRoving(switches, "input")();
  const folding = makeFolding(root);
  app.foldKey = folding.fold;
  return {
    /** After the zoom or the filter has changed. */
    update() {
      changes.hidden = !app.compared;
      fill(tints, tintKey(app));
      fill(sizes, app.points.length > 0 && [
        nestedCircles(app.scale),
        app.scale.unit < SMALLEST && el("small", {}, t("legend.enlarged")),
      ]);
      folding.fit();
    },
    /** After the circles have been laid out. */
    wait() {
      dateless.hidden = app.filter.beside === 0;
      reword(dateless.lastChild, t(`legend.${DATELESS[state.get().axis]}`));
      reword(described, grouped(app.described.total(app.filter.now)));
      const n = app.circles.joined;
      waiting.hidden = n === 0;
      reword(waiting, t("legend.joined", { n }));
    },
    fit: folding.fit,
  };
}
