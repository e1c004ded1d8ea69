/** About this map: what a dot means, what is not shown, whose work it stands on. */

/** Counts that a reading may hand over and that have words; other names are shown as they are. */
const COUNTS = ["articles_read", "rejected", "undated", "unresolved", "embedded", "corrected", "stale_corrections", "shapes"];

/**
 * @param {App} app
 * @returns {View}
 */
function makeAbout(app) {
  const { data, meta } = app;
  const undated = data.articles.precision.filter((p) => p === 0).length;

  function figures() {
    const known = new Map([
      [t("count.articles"), data.articles.title.length],
      [t("count.mentions"), data.mentions.place.length],
      [t("count.places"), data.places.precision.filter(Boolean).length],
    ]);
    const counts = { undated, ...data.skipped, ...meta.counts };
    for (const [key, value] of Object.entries(counts)) known.set(COUNTS.includes(key) ? t(`count.${key}`) : key.replaceAll("_", " "), value);
    return el("dl", {}, [...known].map(([word, value]) => el("div", {}, el("dt", {}, bdi(word)), el("dd", {}, grouped(value)))));
  }

  const made = () => (meta.created
    ? t("about.made.on", { version: meta.version, day: wordDate(parseDay(meta.created), 1) })
    : t("about.made", { version: meta.version }));

  const paragraphs = (title, ...texts) => [el("h3", {}, title), texts.filter(Boolean).map((text) => el("p", {}, text))];
  return {
    title: t("about.title"),
    build(root) {
      fill(root, el("div", { class: "about" },
        el("p", { class: "lead" }, t("about.lead")),
        paragraphs(t("about.reading"), t("about.reading.circles"), t("about.reading.areas"), app.unlocated && t("about.reading.unlocated"), t("about.reading.crowd"), app.base.towns.length > 0 && t("about.reading.towns"), app.described.rows.length > 0 && t("about.reading.relations"), meta.projection && t(`about.projection.${meta.projection}`), t("about.reading.dates"), app.axes.told.known && t("about.reading.told"), data.hasStories && t("about.reading.stories")),
        el("h3", {}, t("about.figures")), figures(),
        paragraphs(t("about.borders"), meta.basemap ? rich("about.borders.own", { name: bdi(meta.basemap) }) : t("about.borders.note")),
        paragraphs(t("about.sources"), t("about.sources.list")),
        paragraphs(t("about.origin"), meta.credit && bdi(meta.credit), made(), meta.tiles ? t("about.made.tiles", { host: new URL(meta.tiles).host }) : t("about.made.note"))));
    },
    update() {},
  };
}
