/** The lettering of names on the map: fonts, sizes, widths, and the elements that are kept. */

const FONTS = {
  country: { weight: "600", size: 11, family: "--sans", spacing: 2.2 },
  unit: { weight: "italic", size: 12, family: "--serif", spacing: 0.2 },
  place: { weight: "400", size: 12, family: "--sans", spacing: 0 },
  major: { weight: "600", size: 13, family: "--sans", spacing: 0 },
  town: { weight: "400", size: 11, family: "--sans", spacing: 0 },
  river: { weight: "italic", size: 12, family: "--serif", spacing: 1 },
};

/** How much larger names are than as usual: as the reader's letters are, and more as the view comes nearer. */
const growthAt = (zoom) => textScale() * (1 + Math.max(0, Math.min(3, (zoom - 4.5) * 0.6)) / 12);

/** Pixels of a kind of name. @param {number} growth */
const letterSize = (kind, growth) => Math.round(2 * FONTS[kind].size * growth) / 2;

/** Measures text as it will be drawn. */
function makeMeasure() {
  const context = /** @type {CanvasRenderingContext2D} */ (document.createElement("canvas").getContext("2d"));
  const style = getComputedStyle(document.documentElement);
  const cache = new Map();
  return (text, kind, growth) => {
    const key = `${kind}|${growth}|${text}`;
    if (!cache.has(key)) {
      const font = FONTS[kind];
      context.font = `${font.weight} ${letterSize(kind, growth)}px ${style.getPropertyValue(font.family)}`;
      if (cache.size > 20000) cache.clear();
      cache.set(key, context.measureText(text).width + font.spacing * text.length);
    }
    return cache.get(key);
  };
}

/** Elements that are kept from one drawing to the next: most names stay where they are. */
function makePool(root) {
  let [before, now] = [new Map(), new Map()];
  return {
    begin() { [before, now] = [now, new Map()]; },
    put(key, make) {
      const element = before.get(key) ?? make();
      before.delete(key);
      now.set(key, element);
      if (!element.parentNode) root.append(element);
    },
    end() { for (const element of before.values()) element.remove(); },
  };
}
