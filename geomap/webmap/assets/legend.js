/** The key, which is also where kinds and sizes are chosen. */

/** A switch with a swatch. */
function switchRow(state, key, swatch, title, note) {
  const input = el("input", { type: "checkbox", change: () => state.set({ [key]: input.checked }) });
  input.checked = state.get()[key];
  return el("label", { class: "row" }, input, el("span", { class: `swatch ${swatch}` }), el("span", {}, title, note && el("small", {}, note)));
}

/** Round numbers for the circles of the key, largest first. */
function keySizes(largest) {
  const nice = (value) => {
    const power = 10 ** Math.floor(Math.log10(value));
    return [5, 2, 1].map((n) => n * power).find((n) => n <= value);
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
  const picture = svg("svg", { class: "nested", width: 176, height, role: "img", "aria-label": `Circle sizes for ${sizes.join(", ")}` });
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
  picture.setAttribute("height", Math.max(height, lowest + 8));
  return picture;
}

function makeLegend(app) {
  const { state, data } = app;
  const root = byId("legend");
  const has = (test) => data.mentions.place.some((_, i) => test(i));
  const sizes = el("div", { class: "sizes" });
  const sizeChoice = ["mentions", "articles"].map((value) => {
    const input = el("input", { type: "radio", name: "size", value, change: () => state.set({ sizeBy: value }) });
    input.checked = state.get().sizeBy === value;
    return el("label", {}, input, el("span", {}, value));
  });
  fill(
    root,
    switchRow(state, "literal", "literal", "The place itself", "“in Raqqa”"),
    switchRow(state, "associative", "associative", "Its people or state", "“Iraqi engineers”"),
    has((i) => data.mentions.ambiguous[i]) && el("div", { class: "row" }, el("span", { class: "swatch ambiguous" }), el("span", {}, "Uncertain which place", el("small", {}, "best guess shown"))),
    app.areas.length > 0 && el("div", { class: "row" }, el("span", { class: "swatch tint" }), el("span", {}, "Country or region as a whole")),
    el("fieldset", { class: "size" }, el("legend", {}, "Size by"), el("div", { class: "choice" }, sizeChoice)),
    sizes,
  );
  byId("show-legend").addEventListener("click", () => {
    const open = root.classList.toggle("open");
    byId("show-legend").setAttribute("aria-expanded", open);
  });
  return {
    update: () => fill(sizes, app.points.length > 0 && [
      nestedCircles(app.scale),
      app.scale.unit < SMALLEST && el("small", {}, "The smallest are enlarged to be seen"),
    ]),
  };
}
