/** Finding names by any part of them, whatever their case, accents and script: the best first. */

/** Letters that have no accent to take away, and spellings of one letter. */
const PLAIN_LETTERS = { ı: "i", ø: "o", ł: "l", đ: "d", ð: "d", þ: "th", ß: "ss", æ: "ae", œ: "oe", ς: "σ", ة: "ه", ى: "ي", ی: "ي", ک: "ك" };

/**
 * Lower case without accents, apostrophes and vowel points; one space for whatever stands between words.
 * @param {string} text
 */
function folded(text) {
  const plain = /^[\x00-\x7f]*$/.test(text) ? text : text.normalize("NFKD").replace(/[\p{M}\u0640’‘ʼʾʿ]/gu, "");
  const lower = plain.toLowerCase().replace(/[ıøłđðþßæœςةىیک]/g, (letter) => PLAIN_LETTERS[letter]);
  return lower.replace(/['`]/g, "").replace(/[\s\p{Pd}.,;:/()"“”«»]+/gu, " ").trim();
}

/** How well a name fits: its beginning, the beginning of a word, inside a word, or only word by word. */
const FITS = { prefix: 4, word: 3, inside: 2, words: 1 };

/** @param {string} name folded @param {string} query folded @param {string[]} parts its words */
function fitOf(name, query, parts) {
  const at = name.indexOf(query);
  if (at === 0) return FITS.prefix;
  if (at > 0) return name.includes(` ${query}`) ? FITS.word : FITS.inside;
  const isWords = parts.length > 1 && parts.every((part) => name.startsWith(part) || name.includes(` ${part}`));
  return isWords ? FITS.words : 0;
}

/**
 * Finds items by their names.
 * @param {string[][]} names of each item, the main one first; not folded
 * @returns {(query: string, weigh: (item: number) => number, most: number) => Found[]} the best items:
 * the better fit first, then the weightier, then the earlier
 */
function makeFinder(names) {
  const lists = names.map((list) => list.map(folded));
  const all = lists.map((_, item) => item);
  let before = { query: "", items: all };
  return (query, weigh, most) => {
    const wanted = folded(query);
    if (wanted === "") return [];
    const parts = wanted.split(" ");
    // what fits a longer query has fitted its beginning
    const among = before.query !== "" && wanted.startsWith(before.query) ? before.items : all;
    before = { query: wanted, items: [] };
    /** @type {Found[]} */
    const best = [];
    for (const item of among) {
      let [fit, name] = [0, 0];
      for (let n = 0; n < lists[item].length && fit < FITS.prefix; n += 1) {
        const found = fitOf(lists[item][n], wanted, parts);
        if (found > fit) [fit, name] = [found, n];
      }
      if (fit === 0) continue;
      before.items.push(item);
      const weight = weigh(item);
      const last = best[most - 1];
      if (!last || fit > last.fit || (fit === last.fit && weight > last.weight)) keepBest(best, { item, name, fit, weight }, most);
    }
    return best;
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
