/** Finding names by any part of them, whatever their case, accents and script: the best first. */

/** Letters that have no accent to take away, and spellings of one letter. */
const PLAIN_LETTERS = {
  ı: "i", ø: "o", ł: "l", đ: "d", ð: "d", þ: "th", ß: "ss", æ: "ae", œ: "oe", ə: "e", ħ: "h", ŧ: "t", ŋ: "n", ɓ: "b", ɗ: "d", ĸ: "k", ς: "σ",
  ة: "ه", ى: "ي", ی: "ي", ک: "ك", ھ: "ه", ہ: "ه", ە: "ه", ێ: "ي", ۆ: "و", ڕ: "ر", ڵ: "ل",
};
const LETTERS_TO_CHANGE = new RegExp(`[${Object.keys(PLAIN_LETTERS).join("")}]`, "g");

/** Words that are written in two ways, as the gazetteer keeps them. */
const SAME_WORDS = { saint: "st", sainte: "ste", mount: "mt", fort: "ft" };

/**
 * Lower case without accents, apostrophes and vowel points; one space for whatever stands between words.
 * @param {string} text
 */
function folded(text) {
  const plain = /^[\x00-\x7f]*$/.test(text) ? text : text.normalize("NFKD").replace(/[\p{M}\u0640’‘ʼʾʿ]/gu, "");
  const lower = plain.toLowerCase().replace(LETTERS_TO_CHANGE, (letter) => PLAIN_LETTERS[letter]);
  const words = lower.replace(/['`´′·\u200c-\u200f\u00ad]/g, "").replace(/[\s\p{Pd}.,;:/()[\]"“”„«»_]+/gu, " ").trim();
  return words.replace(/\b(?:sainte?|mount|fort)\b/g, (word) => SAME_WORDS[word]);
}

/** How well a name fits: its beginning, the beginning of a word, inside a word, only word by word, or but for a slip. */
const FITS = { whole: 5, prefix: 4, word: 3, inside: 2, words: 1, slip: 0.5 };
/** The same of a name that the page does not show: whole, it fits nearly as well; else less than any shown one. */
const OTHER_FITS = { [FITS.whole]: 4.5, [FITS.prefix]: 0.4, [FITS.word]: 0.3, [FITS.inside]: 0, [FITS.words]: 0.1, 0: 0 };
/** Letters of the shortest name that counts as a whole. */
const WHOLE_FROM = 3;

/** Letters of the shortest query in which a slip is forgiven. */
const SLIP_FROM = 4;

/** Whether two words differ by one letter: another, one more, one less, or two that changed places. */
function isSlip(a, b) {
  if (Math.abs(a.length - b.length) > 1) return false;
  let at = 0;
  while (at < a.length && a[at] === b[at]) at += 1;
  const [x, y] = [a.slice(at), b.slice(at)];
  if (x.length === y.length) return x.slice(1) === y.slice(1) || (x[0] === y[1] && x[1] === y[0] && x.slice(2) === y.slice(2));
  return x.length > y.length ? x.slice(1) === y : x === y.slice(1);
}

/** @param {string} name folded @param {string} query folded @param {string[]} parts its words */
function fitOf(name, query, parts) {
  const at = name.indexOf(query);
  if (at === 0) return name.length === query.length && query.length >= WHOLE_FROM ? FITS.whole : FITS.prefix;
  if (at > 0) return name.includes(` ${query}`) ? FITS.word : FITS.inside;
  const isWords = parts.length > 1 && parts.every((part) => name.startsWith(part) || name.includes(` ${part}`));
  return isWords ? FITS.words : 0;
}

/**
 * Finds items by their names.
 * @param {string[][]} names of each item, the main one first; not folded
 * @param {(item: number) => number} [shown] how many of them, from the first, the page shows
 * @returns {(query: string, weigh: (item: number) => number, most: number) => Found[]} the best items:
 * the better fit first, then the weightier, then the earlier; where none fits, those that fit but for a slip
 */
function makeFinder(names, shown = (item) => names[item].length) {
  const lists = names.map((list) => list.map(folded));
  const all = lists.map((_, item) => item);
  let before = { query: "", items: all };

  /** The best of some items, by how well each of their names fits. */
  function findBest(among, fitName, weigh, most, keep = (_item) => {}) {
    /** @type {Found[]} */
    const best = [];
    for (const item of among) {
      let [fit, name] = [0, 0];
      const own = shown(item);
      for (let n = 0; n < lists[item].length && fit < FITS.prefix; n += 1) {
        const found = n < own ? fitName(lists[item][n]) : OTHER_FITS[fitName(lists[item][n])] ?? FITS.slip;
        if (found > fit) [fit, name] = [found, n];
      }
      if (fit === 0) continue;
      keep(item);
      const weight = weigh(item);
      const last = best[most - 1];
      if (!last || fit > last.fit || (fit === last.fit && weight > last.weight)) keepBest(best, { item, name, fit, weight }, most);
    }
    return best;
  }

  return (query, weigh, most) => {
    const wanted = folded(query);
    if (wanted === "") return [];
    const parts = wanted.split(" ");
    // what fits a longer query has fitted its beginning
    const among = before.query !== "" && wanted.startsWith(before.query) ? before.items : all;
    const items = [];
    before = { query: wanted, items };
    const best = findBest(among, (name) => fitOf(name, wanted, parts), weigh, most, (item) => items.push(item));
    if (best.length > 0 || wanted.length < SLIP_FROM) return best;
    return findBest(all, (name) => (isSlip(name, wanted) ? FITS.slip : 0), weigh, most);
  };
}

/** Put a find into a short list, best first, behind its equals. */
function keepBest(best, found, most) {
  const isBetter = (other) => found.fit - other.fit || found.weight - other.weight;
  let at = best.length;
  while (at > 0 && isBetter(best[at - 1]) > 0) at -= 1;
  best.splice(at, 0, found);
  if (best.length > most) best.pop();
}
