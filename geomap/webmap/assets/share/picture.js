/**
 * The present map as a picture, drawn on a canvas from the page's own shapes and words: nothing of it comes
 * from elsewhere, so that the canvas can be saved. Shapes are those of the map's panes, with their styles.
 */

/** Space around the words of a picture, and between them, in pixels. */
const EDGE = 24;
/** Lines that a title and a subtitle may take. */
const MOST_LINES = 3;

/**
 * Where the shapes of an svg lie on the map: what to add to their coordinates. It is taken from Leaflet, not
 * from the layout, which paper changes.
 * @param {any} map
 * @param {SVGSVGElement} root
 */
function offsetOf(map, root) {
  const [pane, own] = [map.getPane("mapPane"), root].map((node) => L.DomUtil.getPosition(node));
  const [x = 0, y = 0] = (root.getAttribute("viewBox") ?? "").split(" ").map(Number);
  return { x: pane.x + own.x - x, y: pane.y + own.y - y };
}

/** Hatches of the map: how far apart, how they are turned, and whether they are dots; see areas.js and shapes.js. */
const HATCHES = {
  country: { step: 7, degrees: -45, colour: "--area" },
  unit: { step: 7, degrees: 45, colour: "--area" },
  described: { step: 6, degrees: 30, colour: "--literal", isDots: true },
};

/**
 * A hatch like that of the map.
 * @param {CanvasRenderingContext2D} context
 * @param {keyof typeof HATCHES} kind
 */
function canvasHatch(context, kind) {
  const hatch = HATCHES[kind];
  const { step, degrees } = hatch;
  const tile = el("canvas", { width: 4 * step, height: 4 * step });
  const brush = /** @type {CanvasRenderingContext2D} */ (tile.getContext("2d"));
  brush.scale(4, 4);
  brush.strokeStyle = brush.fillStyle = getComputedStyle(document.documentElement).getPropertyValue(hatch.colour).trim();
  brush.beginPath();
  if ("isDots" in hatch) {
    brush.arc(step / 2, step / 2, 0.9, 0, 2 * Math.PI);
    brush.fill();
  } else {
    brush.moveTo(0, 3);
    brush.lineTo(step, 3);
    brush.stroke();
  }
  const pattern = /** @type {CanvasPattern} */ (context.createPattern(tile, "repeat"));
  pattern.setTransform(new DOMMatrix().rotate(degrees).scale(0.25));
  return pattern;
}

/**
 * @param {CanvasRenderingContext2D} context
 * @param {SVGPathElement} shape
 */
function paintShape(context, shape) {
  const style = getComputedStyle(shape);
  const line = shape.getAttribute("d");
  if (!line || line === "M0 0" || style.display === "none") return;
  const path = new Path2D(line);
  if (style.fill !== "none") {
    context.globalAlpha = Number(style.fillOpacity);
    const hatch = /#hatch-(country|unit|described)/.exec(style.fill);
    context.fillStyle = hatch ? canvasHatch(context, /** @type {any} */ (hatch[1])) : style.fill;
    context.fill(path, "evenodd");
  }
  if (style.stroke !== "none" && Number.parseFloat(style.strokeWidth) > 0) {
    context.globalAlpha = Number(style.strokeOpacity);
    context.strokeStyle = style.stroke;
    context.lineWidth = Number.parseFloat(style.strokeWidth);
    context.lineJoin = "round";
    context.lineCap = style.strokeLinecap === "round" ? "round" : "butt";
    context.setLineDash(style.strokeDasharray === "none" ? [] : style.strokeDasharray.split(/[ ,]+/).map(Number.parseFloat));
    context.stroke(path);
    context.setLineDash([]);
  }
  context.globalAlpha = 1;
}

/** The dot of a town. @param {CanvasRenderingContext2D} context @param {SVGCircleElement} dot */
function paintTown(context, dot) {
  const style = getComputedStyle(dot);
  context.beginPath();
  context.arc(numberOf(dot, "cx"), numberOf(dot, "cy"), numberOf(dot, "r") + 0.5, 0, 2 * Math.PI);
  context.fillStyle = style.fill;
  context.fill();
}

/** Letters with the halo that makes them readable over lines. */
function paintWords(context, words, x, y, strokeAlpha) {
  context.globalAlpha = strokeAlpha;
  context.strokeText(words, x, y);
  context.globalAlpha = 1;
  context.fillText(words, x, y);
}

/**
 * A name on the map; one along a river is set letter by letter.
 * @param {CanvasRenderingContext2D} context
 * @param {SVGTextElement} name
 */
function paintName(context, name) {
  const style = getComputedStyle(name);
  const words = name.textContent ?? "";
  context.font = `${style.fontStyle} ${style.fontWeight} ${style.fontSize} ${style.fontFamily}`;
  context.letterSpacing = style.letterSpacing === "normal" ? "0px" : style.letterSpacing;
  context.fillStyle = style.fill;
  context.strokeStyle = style.stroke;
  context.lineWidth = Number.parseFloat(style.strokeWidth);
  context.lineJoin = "round";
  context.textBaseline = "alphabetic";
  const halo = Number(style.strokeOpacity);
  if (name.querySelector("textPath") === null) {
    context.textAlign = /** @type {any} */ ({ middle: "center", end: "right" })[style.textAnchor] ?? "left";
    const size = Number.parseFloat(style.fontSize);
    paintWords(context, words, Number(name.getAttribute("x")), Number(name.getAttribute("y")) + 0.35 * size, halo);
  } else {
    context.textAlign = "left";
    context.letterSpacing = "0px";
    for (let n = 0; n < Math.min(words.length, name.getNumberOfChars()); n += 1) {
      const { x, y } = name.getStartPositionOfChar(n);
      context.save();
      context.translate(x, y);
      context.rotate((name.getRotationOfChar(n) * Math.PI) / 180);
      paintWords(context, words[n], 0, 0, halo);
      context.restore();
    }
  }
  context.letterSpacing = "0px";
}

/**
 * The map as it is in view, without what lies over it.
 * @param {App} app
 * @param {CanvasRenderingContext2D} context its origin at the upper left corner of the map
 */
function paintMap(app, context) {
  const { map } = app;
  const { x: width, y: height } = map.getSize();
  context.save();
  context.beginPath();
  context.rect(0, 0, width, height);
  context.clip();
  context.fillStyle = getComputedStyle(map.getContainer()).backgroundColor;
  context.fillRect(0, 0, width, height);
  const panes = /** @type {HTMLElement[]} */ (Object.values(map.getPanes())).filter((pane) => pane.parentElement === map.getPanes().mapPane);
  const levelOfPane = (pane) => Number(getComputedStyle(pane).zIndex) || 0;
  for (const pane of panes.sort((a, b) => levelOfPane(a) - levelOfPane(b))) {
    for (const root of pane.querySelectorAll("svg, canvas")) {
      context.save();
      if (root instanceof SVGSVGElement) {
        const { x, y } = offsetOf(map, root);
        context.translate(x, y);
        for (const shape of root.querySelectorAll("path, text, circle.town-dot")) {
          if (shape.closest("defs, pattern") !== null) continue;
          if (shape instanceof SVGTextElement) paintName(context, shape);
          else if (shape instanceof SVGCircleElement) paintTown(context, shape);
          else if (shape instanceof SVGPathElement) paintShape(context, shape);
        }
      } else if (root instanceof HTMLCanvasElement && pane === map.getPane("density")) {
        const { x, y } = L.DomUtil.getPosition(map.getPane("mapPane")).add(L.DomUtil.getPosition(root));
        context.drawImage(root, x, y, Number.parseFloat(root.style.width), Number.parseFloat(root.style.height));
      } else app.paintDots?.(context);
      context.restore();
    }
  }
  app.paintNotes?.(context);
  context.restore();
}

/** A text as lines that are no wider than a width. */
function wrapWords(context, text, width) {
  const lines = [""];
  for (const word of text.split(" ")) {
    const longer = lines.at(-1) === "" ? word : `${lines.at(-1)} ${word}`;
    if (context.measureText(longer).width <= width) lines[lines.length - 1] = longer;
    else lines.push(word);
  }
  const kept = lines.filter((line) => line !== "").slice(0, MOST_LINES);
  if (kept.length < lines.filter((line) => line !== "").length) kept[kept.length - 1] += "…";
  return kept;
}

/** What the picture says besides the map: as the card and the key say it now. */
function pictureWords(app) {
  const { meta, days, state } = app;
  const current = state.get();
  const dates = wordDates(app) || (days.known && current.article < 0 ? wordWindow(current, days) : "");
  const filters = activeFilters(app).map(({ words }) => words);
  return {
    title: meta.title,
    subtitle: meta.subtitle,
    summary: [byId("summary").textContent, dates].filter(Boolean).join(" · "),
    filters: filters.length > 0 ? t("picture.filters", { names: filters.join(" · ") }) : "",
    caution: t("picture.caution"),
    credit: [(byId("credit").textContent ?? "").replace(/\s*\|\s*/g, " · ").trim(), t("picture.made")].join(" · "),
  };
}

/**
 * The whole picture, at some times its size on the screen.
 * @param {App} app
 * @param {number} scale
 * @returns {HTMLCanvasElement}
 */
function drawPicture(app, scale) {
  const { x: width, y: height } = app.map.getSize();
  const style = getComputedStyle(document.documentElement);
  const [serif, sans] = ["--serif", "--sans"].map((name) => style.getPropertyValue(name));
  const [ink, muted, paper] = ["--ink", "--muted", "--paper"].map((name) => style.getPropertyValue(name).trim());
  const words = pictureWords(app);
  const canvas = el("canvas", { width: Math.round(width * scale) });
  const begin = () => {
    const context = /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d"));
    context.setTransform(scale, 0, 0, scale, 0, 0);
    context.direction = document.documentElement.dir === "rtl" ? "rtl" : "ltr";
    return context;
  };
  const inner = width - 2 * EDGE;

  /** Words from the top down; returns where they end. */
  function paintLines(context, text, font, size, colour, y) {
    if (text === "") return y;
    context.font = font;
    context.fillStyle = colour;
    context.textAlign = "start";
    context.textBaseline = "alphabetic";
    const x = context.direction === "rtl" ? width - EDGE : EDGE;
    for (const line of wrapWords(context, text, inner)) {
      y += size;
      context.fillText(line, x, y - size * 0.28);
    }
    return y;
  }

  function paint() {
    const context = begin();
    context.fillStyle = paper;
    context.fillRect(0, 0, width, canvas.height / scale);
    let y = paintLines(context, words.title, `700 26px ${serif}`, 32, ink, 16);
    y = paintLines(context, words.subtitle, `16px ${serif}`, 24, ink, y);
    y = paintLines(context, words.summary, `13px ${sans}`, 24, muted, y);
    y = paintLines(context, words.filters, `13px ${sans}`, 24, muted, y) + 16;
    context.save();
    context.translate(0, y);
    paintMap(app, context);
    context.restore();
    y += height + 16;
    context.save();
    context.translate(EDGE, y);
    y += paintKey(app, context, inner) + 8;
    context.restore();
    y = paintLines(context, words.caution, `13px ${sans}`, 20, ink, y);
    return paintLines(context, words.credit, `12px ${sans}`, 20, muted, y) + 16;
  }

  // how high it is, is known when it is painted once; what has no room then is painted the second time
  canvas.height = 1;
  canvas.height = Math.round(uncovered(app, paint) * scale);
  uncovered(app, paint);
  return canvas;
}

/** Do something while names stand also where the card, the key and the panel cover the map. */
function uncovered(app, work) {
  document.body.dataset.bare = "true";
  app.relabel();
  try {
    return work();
  } finally {
    delete document.body.dataset.bare;
    app.relabel();
  }
}
