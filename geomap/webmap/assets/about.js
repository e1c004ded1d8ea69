/** About this map: what a dot means, what is not shown, whose work it stands on. */

/** Wording of the counts that a reading may hand over; other names are shown as they are. */
const COUNT_WORDS = {
  articles_read: "articles read",
  rejected: "files or records that could not be read",
  undated: "articles without a date",
  unresolved: "names without a known place",
  embedded: "names inside longer names, not drawn",
};

function makeAbout(app) {
  const { data, meta } = app;
  const undated = data.articles.precision.filter((p) => p === 0).length;

  function figures() {
    const known = new Map([
      ["articles on the map", data.articles.title.length],
      ["mentions on the map", data.mentions.place.length],
      ["places", data.places.name.length],
    ]);
    const counts = { undated, ...data.skipped, ...meta.counts };
    for (const [key, value] of Object.entries(counts)) known.set(COUNT_WORDS[key] || key.replaceAll("_", " "), value);
    return el("dl", {}, [...known].map(([word, value]) => el("div", {}, el("dt", {}, bdi(word)), el("dd", {}, grouped(value)))));
  }

  const paragraphs = (title, ...texts) => [el("h3", {}, title), texts.map((text) => el("p", {}, text))];
  return {
    title: "About this map",
    build(root) {
      fill(root, el("div", { class: "about" },
        el("p", { class: "lead" }, "A dot means that an article names this place, never that something happened here."),
        paragraphs("How to read it",
          "The area of a circle is in proportion to the count. Its warm core is the place itself; the blue band around it are its people, its state or an adjective made from its name; a dashed rim are mentions that could mean several places, at the best guess.",
          "Countries and regions are shaded as a whole. Waters and regions without exact bounds stand in the list; choose one to see about where it lies.",
          "An article known only to a month or a year is spread over that time, as a lighter bar, and is shown whenever the chosen dates touch it."),
        el("h3", {}, "Figures"), figures(),
        paragraphs("Borders", "Borders and coasts are Natural Earth’s, generalised. Disputed borders are dashed. No border, name or lack of one is an endorsement."),
        paragraphs("Sources", "Places: GeoNames (CC BY 4.0) and geomap’s own tables. Base map: Natural Earth (public domain). Drawn with Leaflet (BSD-2-Clause).",
          `Made with geomap ${meta.version}. This file holds everything it shows and asks the network for nothing.`)));
    },
    update() {},
  };
}
