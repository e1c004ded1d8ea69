/**
 * Countries and first-level units, and how much lies in each.
 *
 * A mention counts once at each level, at the level where it is known: one of Raqqa counts in its
 * unit and in Syria, one of "Syria" in Syria alone.
 */

/** From these zoom levels on, units and then places are what the map tells. */
const UNITS_FROM = 4.5;
const PLACES_FROM = 6.5;

/**
 * What the map tells at a zoom: totals of countries, totals of units, or places.
 * @returns {"country" | "unit" | "place"}
 */
const levelAt = (zoom) => (zoom < UNITS_FROM ? "country" : zoom < PLACES_FROM ? "unit" : "place");

/**
 * The territories that hold a place of the map, countries first.
 * @param {Data} data
 * @param {any} base the decoded base map
 * @param {(iso: string) => string} countryName
 * @returns {Territories}
 */
function makeTerritories(data, base, countryName) {
  const { places, strings } = data;
  const size = places.name.length;
  /** @type {Territory[]} */
  const list = [];
  const [countryOf, unitOf] = [new Int32Array(size).fill(-1), new Int32Array(size).fill(-1)];
  const rows = new Map();
  const holder = (key, make) => {
    if (!rows.has(key)) rows.set(key, list.push({ ...make(), own: [], places: [] }) - 1);
    return rows.get(key);
  };
  const isCountry = (i) => places.precision[i] === 6;
  for (let i = 0; i < size; i += 1) {
    const iso = strings[places.country[i]];
    const row = iso ? base.iso.indexOf(iso) : -1;
    if (row < 0) continue;
    countryOf[i] = holder(`country ${row}`, () => ({ level: "country", name: countryName(iso), iso, row, outline: -1 }));
    list[countryOf[i]][isCountry(i) ? "own" : "places"].push(i);
  }
  for (let i = 0; i < size; i += 1) {
    const outline = places.unit[i];
    if (outline < 0) continue;
    const iso = strings[places.country[i]];
    unitOf[i] = holder(`unit ${outline}`, () => ({ level: "unit", name: strings[places.admin1[i]], iso, row: -1, outline }));
    const unit = list[unitOf[i]];
    const isSelf = places.precision[i] === 4 && places.outline[i] === outline;
    if (isSelf) unit.name = strings[places.name[i]];
    unit[isSelf ? "own" : "places"].push(i);
  }
  const ownOf = new Int32Array(size).fill(-1);
  list.forEach(({ own }, row) => { for (const i of own) ownOf[i] = row; });
  return { list, countryOf, unitOf, ownOf, tally: makeTerritoryTally(data, list) };
}

/**
 * Totals of all territories: mentions add up, an article or a story counts once in each.
 * @param {Data} data
 * @param {Territory[]} list
 */
function makeTerritoryTally(data, list) {
  const { mentions, articles, firstMention } = data;
  const stories = articles.story.reduce((most, story) => Math.max(most, story + 1), 0);
  const seen = new Int32Array(articles.title.length);
  const told = new Int32Array(stories);

  function sumMentions(members, tally) {
    let sum = 0;
    for (const i of members) sum += tally.mentionTotal[i];
    return sum;
  }

  function countOnce(members, mask, row, sizeBy) {
    let sum = 0;
    for (const i of members) {
      for (let m = firstMention[i]; m < firstMention[i + 1]; m += 1) {
        const a = mentions.article[m];
        if (mask[m] === 0 || seen[a] === row) continue;
        seen[a] = row;
        const story = sizeBy === "stories" ? articles.story[a] : -1;
        if (story >= 0 && told[story] === row) continue;
        if (story >= 0) told[story] = row;
        sum += 1;
      }
    }
    return sum;
  }

  /** @param {Tally} tally @param {Uint8Array} mask @param {SizeBy} sizeBy @param {Uint32Array} [into] */
  return (tally, mask, sizeBy, into = new Uint32Array(list.length)) => {
    seen.fill(-1);
    told.fill(-1);
    list.forEach(({ own, places: inside }, row) => {
      into[row] = sizeBy === "mentions"
        ? sumMentions(own, tally) + sumMentions(inside, tally)
        : countOnce([...own, ...inside], mask, row, sizeBy);
    });
    return into;
  };
}

/** "50 as a country, 290 with its places": what counts for a territory alone, and with all that lies in it. */
const wordBoth = ({ level }, own, all) => t(all === own ? `area.own.${level}` : `area.both.${level}`, { own, all });

/**
 * The same of the mentions that are shown.
 * @param {App} app
 * @param {number} row of the territory
 */
function wordMentions({ territories: { list }, tally: { mentionTotal } }, row) {
  const [own, inside] = [list[row].own, list[row].places].map((places) => places.reduce((sum, i) => sum + mentionTotal[i], 0));
  return wordBoth(list[row], own, own + inside);
}

/** The same of a place, where it is a country or a unit; "" for others. @param {App} app @param {number} i */
function wordWhole(app, i) {
  const row = app.territories.ownOf[i];
  return row < 0 ? "" : wordMentions(app, row);
}

/** What is known of a territory only as a whole, by what sizes count. */
const ownTotal = (territory, tally) => territory.own.reduce((sum, i) => sum + tally.total[i], 0);

/**
 * Totals of the territories now and over all dates, and the largest of each level.
 * @param {App} app
 * @param {Tally} always
 */
function makeAreaTotals(app, always) {
  const { territories, filter, state } = app;
  const now = new Uint32Array(territories.list.length);
  const all = new Uint32Array(now.length);
  const totals = { now, all, largest: { country: 1, unit: 1 } };
  app.areaTotals = totals;
  return {
    update() { territories.tally(app.tally, filter.now, state.get().sizeBy, now); },
    recount() {
      territories.tally(always, filter.all, state.get().sizeBy, all);
      totals.largest = { country: 1, unit: 1 };
      territories.list.forEach(({ level }, row) => { totals.largest[level] = Math.max(totals.largest[level], all[row]); });
    },
  };
}
