/** Rows of the page's data as records, and as the text of files: columns and names are those of geomap's tables. */

/** What is counted of a place, as in geomap's tally of places; embedded names are not on the page. */
const COUNT_COLUMNS = ["mentions", "articles", "stories", "literal", "associative", "ambiguous", "unlocated", "first_date", "last_date"];
/** A record's geometry where it is not the point of its place; no column can be called so. */
const SHAPE = Symbol("shape");
const DATE_PRECISIONS = ["unknown", "day", "week", "month", "year"];
/** Types of relations by their numbers. */
const RELATION_TYPES = ["distance", "direction", "offset", "part", "between", "along", "near", "border"];

/**
 * Readers of records by row: of a mention, and of a place with what is counted of it now.
 * A value is a string or a number; what is missing is null.
 * @param {App} app
 * @returns {{mention: (m: number) => Record<string, any>, place: (i: number) => Record<string, any>}}
 */
function makeRecords({ data, meta, filter, tally, shapeOf, unlocated }) {
  const { mentions, articles, places, strings, originals, widths, relations, told, times, carried } = data;
  const text = (at) => strings[at] || null;
  const number = (at) => (at === 0 ? null : Number(strings[at]));

  const carriedOf = (m) => Object.fromEntries(carried.map(({ name, isNumber, rows }) => [name, isNumber ? number(rows[m]) : text(rows[m])]));

  const placeOf = (i) => ({
    place_id: text(places.id[i]), name: data.given[i] ?? text(places.name[i]), feature: text(places.feature[i]),
    lat: places.lat[i], lon: trueLon(places.lon[i]), radius_km: places.radius[i] || null, precision: places.precision[i],
    country: text(places.country[i]), admin1: text(places.admin1[i]), admin2: text(places.admin2[i]),
  });

  const articleOf = (a) => ({
    article_id: originals[a] ?? text(articles.id[a]),
    title: articles.title[a] === articles.id[a] ? null : text(articles.title[a]), // the id stood in for it
    source: text(articles.source[a]), url: text(articles.url[a]), lang: text(articles.lang[a]),
  });

  const datesOf = (a) => {
    const isDated = articles.precision[a] > 0;
    return {
      date_start: isDated ? isoDay(articles.start[a]) : null,
      date_end: isDated ? isoDay(articles.end[a]) : null,
      date_precision: DATE_PRECISIONS[articles.precision[a]],
      date_source: text(articles.date_source[a]),
    };
  };

  const toldOf = (m) => {
    const isKnown = told.precision[m] > 0;
    return {
      event_start: isKnown ? isoDay(told.start[m]) : null,
      event_end: isKnown ? isoDay(told.end[m]) : null,
      event_precision: times.precision[mentions.told[m]] === 0 ? null : DATE_PRECISIONS[times.precision[mentions.told[m]] - 1],
      event_text: data.phrases[mentions.told[m]] || null,
    };
  };

  const relationOf = (r) => {
    const isPlaced = r >= 0 && relations.placed[r] === 1;
    return {
      relation: r < 0 ? null : text(relations.text[r]),
      relation_type: RELATION_TYPES[relations.type[r]] ?? null,
      relation_lat: isPlaced ? relations.lat[r] : null,
      relation_lon: isPlaced ? relations.lon[r] : null,
      relation_radius_km: relations.radius[r] >= 0 ? relations.radius[r] : null,
      relation_geometry: relations.shape[r] >= 0 ? toWkt(shapeOf(relations.shape[r])) : null,
      [SHAPE]: relations.shape[r] >= 0 ? toGeometry(shapeOf(relations.shape[r])) : null, // of no column
    };
  };

  const mention = (m) => {
    const a = mentions.article[m];
    const surface = strings[mentions.surface[m]];
    return {
      ...articleOf(a),
      start: mentions.start[m],
      end: mentions.start[m] + (widths[m] ?? [...surface].length),
      surface,
      snippet: meta.text === "none" ? null : text(mentions.snippet[m]), // then the name stands in for it
      kind: KINDS[mentions.kind[m]],
      status: mentions.ambiguous[m] ? "ambiguous" : "resolved",
      ...carriedOf(m),
      ...placeOf(mentions.place[m]),
      precision: mentions.precision[m],
      confidence: mentions.confidence[m] < 0 ? null : Math.round(mentions.confidence[m] * 10) / 1000,
      ...relationOf(mentions.relation[m]),
      ...datesOf(a),
      ...toldOf(m),
      story_id: data.storyIds[a] || null,
      story_size: articles.story_size[a] || null,
      ...unlocated?.record(m),
    };
  };

  const place = (i) => {
    const counts = { literal: 0, associative: 0, ambiguous: 0, unlocated: 0 };
    const [first, last] = spanOf(data, filter.now, i);
    for (let m = data.firstMention[i]; m < data.firstMention[i + 1]; m += 1) {
      if (filter.now[m] === 0) continue;
      counts[KINDS[mentions.kind[m]]] += 1;
      counts.ambiguous += mentions.ambiguous[m];
      counts.unlocated += mentions.unlocated[m];
    }
    return {
      ...carriedOf(data.firstMention[i]), ...placeOf(i), mentions: tally.mentionTotal[i], articles: tally.articleTotal[i], stories: tally.storyTotal[i], ...counts,
      first_date: first === null ? null : isoDay(first), last_date: last === null ? null : isoDay(last),
    };
  };
  return { mention, place };
}

/** First and last day of the shown articles that name a place; null where none is dated. */
function spanOf({ mentions, articles, firstMention }, mask, i) {
  let [first, last] = [Infinity, -Infinity];
  for (let m = firstMention[i]; m < firstMention[i + 1]; m += 1) {
    const a = mentions.article[m];
    if (mask[m] === 0 || articles.precision[a] === 0) continue;
    first = Math.min(first, articles.start[a]);
    last = Math.max(last, articles.end[a]);
  }
  return first > last ? [null, null] : [first, last];
}

/** A spreadsheet would run a text that begins so as a formula: an apostrophe makes it a text. */
const harmless = (value) => (typeof value === "string" && /^'*[=+\-@\t\r\n]/.test(value) ? `'${value}` : value ?? "");

/** A cell of CSV (RFC 4180). */
function quoted(value) {
  const text = String(harmless(value)).replace(/\r\n?/g, "\n");
  return /[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** A cell of a table on the clipboard. */
const tabbed = (value) => String(harmless(value)).replace(/[\t\r\n]+/g, " ");

/** Lines of text, joined a few thousand at a time, so that a large table is never one string twice. */
function* inChunks(rows, line) {
  for (let n = 0; n < rows.length; n += 4096) {
    let chunk = "";
    for (let k = n; k < Math.min(rows.length, n + 4096); k += 1) chunk += line(rows[k], k);
    yield chunk;
  }
}

/**
 * Rows as CSV. The byte order mark tells spreadsheets that it is UTF-8, or they garble every accent.
 * @param {readonly string[]} columns
 * @param {ArrayLike<number>} rows
 * @param {(row: number) => Record<string, any>} read
 */
function toCsv(columns, rows, read) {
  const line = (row) => {
    const record = read(row);
    return `${columns.map((column) => quoted(record[column])).join(",")}\n`;
  };
  return new Blob([`\ufeff${columns.join(",")}\n`, ...inChunks(rows, line)]);
}

/** Rows as text for the clipboard, cells apart by tabs. */
function toTsv(columns, rows, read) {
  const line = (row) => {
    const record = read(row);
    return `${columns.map((column) => tabbed(record[column])).join("\t")}\n`;
  };
  return [`${columns.join("\t")}\n`, ...inChunks(rows, line)].join("");
}

/**
 * Rows as GeoJSON (RFC 7946): what a relation describes, else a point, null where there is neither;
 * `precision` says what it stands for.
 */
function toGeoJson(columns, rows, read) {
  const line = (row, n) => {
    const record = read(row);
    const { lat, lon, [SHAPE]: shape = null } = record;
    const isPlaced = Number.isFinite(lat) && Number.isFinite(lon);
    const feature = {
      type: "Feature",
      geometry: shape ?? (isPlaced ? { type: "Point", coordinates: [lon, lat] } : null),
      properties: Object.fromEntries(columns.map((column) => [column, record[column] ?? null])),
    };
    return `${n === 0 ? "" : ","}\n${JSON.stringify(feature)}`;
  };
  return new Blob(['{"type":"FeatureCollection","features":[', ...inChunks(rows, line), "\n]}\n"]);
}
