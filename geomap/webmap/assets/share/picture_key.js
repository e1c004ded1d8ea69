/** The key of a picture: the same entries as beside the map, of those kinds that are shown. */

/**
 * The entries of the key that are shown on the map.
 * @returns {{swatch: string, tint: string, words: string}[]}
 */
function readKey() {
  const rows = /** @type {NodeListOf<HTMLElement>} */ (byId("legend").querySelectorAll(".row, .tints p, .steps li"));
  return [...rows].filter((row) => (row.querySelector("input")?.checked ?? !row.hidden) && row.closest("[hidden]") === null).map((row) => {
    if (row.tagName === "P") return { swatch: "", tint: "", words: row.textContent ?? "" }; // what the steps of the tint are
    const swatch = /** @type {HTMLElement} */ (row.querySelector(".swatch"));
    const words = swatch.nextElementSibling?.firstChild?.textContent ?? "";
    return { swatch: swatch.classList[1] ?? "", tint: getComputedStyle(swatch).getPropertyValue("--tint").trim(), words };
  });
}

/** The sample before an entry of the key. */
function paintSwatch(context, { swatch, tint }, x, y) {
  const style = getComputedStyle(document.documentElement);
  const colour = (name) => style.getPropertyValue(`--${name}`).trim();
  context.beginPath();
  if (["tint", "hatch", "described", "heat"].includes(swatch)) {
    context.rect(x - 7, y - 7, 14, 14);
    context.fillStyle = swatch === "tint" ? colour("area") : swatch === "heat" ? colour("heat") : canvasHatch(context, swatch === "hatch" ? "country" : "described");
    context.globalAlpha = swatch === "heat" ? HEAT_ALPHA : swatch !== "tint" ? 1 : (Number.parseFloat(tint) || 25) / 100;
    context.fill();
    context.globalAlpha = 1;
    context.strokeStyle = colour(swatch === "described" ? "literal" : "area");
    if (swatch === "described") context.setLineDash([3, 2.5]);
  } else {
    context.arc(x, y, 6.5, 0, 2 * Math.PI);
    if (swatch !== "ambiguous") {
      context.fillStyle = colour(swatch === "unsure" ? "bar-spread" : swatch);
      context.fill();
      if (swatch === "dateless") {
        context.lineWidth = 1;
        context.strokeStyle = colour("faint");
        context.stroke();
      }
      if (swatch !== "unsure") return;
      context.lineWidth = 2;
      context.lineCap = "round";
      context.setLineDash(UNSURE_DASH);
      context.strokeStyle = colour("ambiguous");
      context.stroke();
      context.setLineDash([]);
      context.lineCap = "butt";
      return;
    }
    context.setLineDash([3, 2.5]);
    context.strokeStyle = colour("ambiguous");
  }
  context.lineWidth = 1.25;
  context.stroke();
  context.setLineDash([]);
}

/** Nested circles of the key, from their element. */
function paintNested(context, picture, x, y) {
  const style = getComputedStyle(document.documentElement);
  context.save();
  context.translate(x, y);
  context.lineWidth = 1;
  context.strokeStyle = context.fillStyle = style.getPropertyValue("--muted").trim();
  context.font = `12px ${style.getPropertyValue("--sans")}`;
  context.textAlign = "left";
  const number = (node, name) => Number(node.getAttribute(name));
  for (const node of picture.children) {
    context.beginPath();
    if (node.tagName === "circle") context.arc(number(node, "cx"), number(node, "cy"), number(node, "r"), 0, 2 * Math.PI);
    else if (node.tagName === "path") context.stroke(new Path2D(node.getAttribute("d")));
    else context.fillText(node.textContent, number(node, "x"), number(node, "y") + 4);
    if (node.tagName === "circle") context.stroke();
  }
  context.restore();
}

/**
 * The key in lines below each other, circles at the end; what is drawn is told by the height that it takes.
 * @param {App} app
 * @param {CanvasRenderingContext2D} context its origin where the key begins
 * @param {number} width
 */
function paintKey(app, context, width) {
  const style = getComputedStyle(document.documentElement);
  const isTurned = document.documentElement.dir === "rtl";
  const nested = app.points.length > 0 ? nestedCircles(app.scale) : null;
  const tall = nested ? numberOf(nested, "height") : 0;
  const room = nested ? width - 136 : width;
  const place = (x) => (isTurned ? width - x : x);
  context.textBaseline = "alphabetic";
  let [x, y] = [0, 16];
  for (const entry of readKey()) {
    context.font = `13px ${style.getPropertyValue("--sans")}`;
    const [indent, gap] = entry.swatch === "" ? [0, 12] : [22, entry.swatch === "tint" ? 12 : 24];
    const long = indent + context.measureText(entry.words).width + gap;
    if (x > 0 && (x + long - gap > room || entry.swatch === "")) [x, y] = [0, y + 24];
    if (entry.swatch !== "") paintSwatch(context, entry, place(x + 7), y - 4);
    context.font = `13px ${style.getPropertyValue("--sans")}`;
    context.fillStyle = style.getPropertyValue("--ink").trim();
    context.textAlign = isTurned ? "right" : "left";
    context.fillText(entry.words, place(x + indent), y + 1);
    x += long;
  }
  if (nested) paintNested(context, nested, isTurned ? 0 : width - 120, 0);
  return Math.max(y + 8, tall);
}

const numberOf = (node, name) => Number(node.getAttribute(name));
