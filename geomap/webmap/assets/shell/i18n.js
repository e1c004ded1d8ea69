/** The page's words, numbers and dates in its language. */

/** @type {Words} */
let words = { locale: "en-GB", strings: {} };
let formats = makeFormats(words.locale);

/**
 * Formats of a locale. Days are numbers that no clock reads: they are formatted as midnights of UTC
 * in UTC, so that no time zone can move them.
 * @param {string} locale a language tag with its calendar and digits
 */
function makeFormats(locale) {
  const dates = (options) => new Intl.DateTimeFormat(locale, { ...options, timeZone: "UTC" });
  return {
    number: new Intl.NumberFormat(locale),
    rate: new Intl.NumberFormat(locale, { maximumSignificantDigits: 2 }),
    change: new Intl.NumberFormat(locale, { signDisplay: "exceptZero" }),
    share: new Intl.NumberFormat(locale, { style: "percent" }),
    degrees: new Intl.NumberFormat(locale, { minimumFractionDigits: 4, maximumFractionDigits: 4 }),
    rules: new Intl.PluralRules(locale),
    list: new Intl.ListFormat(locale),
    languages: new Intl.DisplayNames(locale, { type: "language" }),
    order: new Intl.Collator(locale, { numeric: true }),
    day: dates({ day: "numeric", month: "long", year: "numeric" }),
    shortDay: dates({ day: "numeric", month: "short", year: "numeric" }),
    month: dates({ month: "long", year: "numeric" }),
    shortMonth: dates({ month: "short" }),
    shortMonthYear: dates({ month: "short", year: "numeric" }),
    year: dates({ year: "numeric" }),
  };
}

/**
 * Take the page's language; before that there are no words.
 * @param {Words} chosen
 */
function setWords(chosen) {
  words = chosen;
  formats = makeFormats(chosen.locale);
}

/** @param {number} value */
const grouped = (value) => formats.number.format(value);

/** @param {number} percent 0 to 100 */
const wordShare = (percent) => formats.share.format(percent / 100);

/** A text of the page, or that of its forms which goes with the number `n`. */
function findText(key, params) {
  const text = words.strings[key];
  if (text === undefined) throw new Error(`no text for ${key}`);
  return typeof text === "string" ? text : text[formats.rules.select(params.n)] ?? text.other;
}

/**
 * A text of the page; numbers are written in its language.
 * @param {string} key
 * @param {Record<string, string | number>} [params] what stands for {name}
 */
function t(key, params = {}) {
  return findText(key, params).replace(/\{(\w+)\}/g, (_, name) => {
    const value = params[name];
    return typeof value === "number" ? grouped(value) : value;
  });
}

/**
 * The same with elements among the words.
 * @param {string} key
 * @param {Record<string, any>} params strings, numbers, nodes
 * @returns {any[]} strings and nodes, for `append`
 */
function rich(key, params) {
  return findText(key, params).split(/\{(\w+)\}/).map((part, i) => {
    const value = i % 2 === 1 ? params[part] : part;
    return typeof value === "number" ? grouped(value) : value;
  });
}

const DAY = 86400000;

/** "3 February 2016", or "3 Feb 2016". */
const wordDay = (days, short = false) => (short ? formats.shortDay : formats.day).format(days * DAY);

/**
 * When an article was published; the date of a copy in another paper is told as what it is.
 * @param {Pick<Data, "articles" | "isBorrowed">} data
 * @param {number} a
 */
function wordPublished({ articles, isBorrowed }, a) {
  const date = wordDate(articles.start[a], articles.precision[a]);
  return isBorrowed[a] ? t("date.borrowed", { date }) : date;
}

/** A span of days in words: a month or a year as such, a day as one, else from and to. */
function wordSpan(start, end, precision) {
  if (start === end) return wordDay(start);
  const [[year, month], [lastYear, lastMonth, lastDay], [, , firstDay]] = [toCivil(start), toCivil(end), toCivil(start)];
  const isWhole = firstDay === 1 && toCivil(end + 1)[2] === 1 && lastDay > 1;
  if (isWhole && precision >= 3 && year === lastYear && month === lastMonth) return formats.month.format(start * DAY);
  if (isWhole && precision >= 3 && year === lastYear && month === 1 && lastMonth === 12) return formats.year.format(start * DAY);
  return t("time.window", { from: wordDay(start, true), to: wordDay(end, true) });
}

/** A date as exactly as it is known, never more. */
function wordDate(start, precision) {
  if (precision === 0) return t("date.unknown");
  if (precision === 4) return t("date.year", { year: formats.year.format(start * DAY) });
  if (precision === 3) return t("date.month", { month: formats.month.format(start * DAY) });
  if (precision === 2) return t("date.week", { day: wordDay(start) });
  return wordDay(start);
}
