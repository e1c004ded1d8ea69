/** The panel: what a mention means, what decided, each candidate's shares, why it is a name. */

/** Candidates that stand open at first: the best, and the one that it was chosen over. */
const OPEN_AT_FIRST = 2;
/** A share beyond this means "never" and would make all other bars invisible. */
const NEVER = 40;

const SENSES = {
  literal: "the name stands for the place itself",
  associative: "the name stands for the place’s people, government or language",
  embedded: "the name is part of the name of something else, so it is not on the map",
};

const signed = (value) => `${value < 0 ? "−" : "+"}${Math.abs(value).toFixed(2)}`;

/** A bar to the right for what speaks for, to the left for what speaks against. */
function shareBar(share, scale) {
  const bar = el("i", { class: share < 0 ? "against" : "for" });
  const width = 50 * Math.min(1, Math.abs(share) / scale);
  bar.style.width = `${width}%`;
  bar.style.left = `${share < 0 ? 50 - width : 50}%`;
  return el("span", { class: "share-bar", "aria-hidden": "true" }, bar);
}

function makeWhy(app) {
  const { tables, naming } = app;
  const { places, features, cases } = tables;

  const coordinates = (place) => {
    const digits = place.precision === 1 ? 4 : 1;
    return `${Math.abs(place.lat).toFixed(digits)}° ${place.lat < 0 ? "S" : "N"}, ${Math.abs(place.lon).toFixed(digits)}° ${place.lon < 0 ? "W" : "E"}`;
  };
  const facts = (place) => [`${place.type} (${place.feature})`, place.population > 0 && `${grouped(place.population)} people`, coordinates(place), place.id].filter(Boolean).join(" · ");

  /** What is to be said of a feature beside its phrase, such as whose home has a part in it. */
  const beside = (detail) => detail !== "" && ["; ", bdi(detail)];

  function reason(feature, share, scale, sum, detail) {
    const [name, phrase] = features[feature];
    return el("li", {},
      el("span", { class: "phrase" }, phrase, beside(detail), phrase !== name && [" ", el("code", {}, name)]),
      shareBar(share, scale),
      el("span", { class: "sum" }, sum, sum && " = ", el("strong", {}, signed(share))));
  }

  function candidate(item, n, scale) {
    const place = places[item.place];
    const where = naming.where(place);
    return el("details", { class: n === 0 ? "candidate first" : "candidate", open: n < OPEN_AT_FIRST },
      el("summary", {},
        el("span", { class: n === 0 ? "pin first" : "pin" }, String(n + 1)),
        el("span", { class: "name" }, bdi(place.name), where && [", ", bdi(where)]),
        el("span", { class: "score" }, el("span", { class: "unseen" }, "score "), signed(item.score))),
      el("p", { class: "note" }, facts(place)),
      item.shares.length === 0
        ? el("p", { class: "note" }, "Nothing speaks for it or against it.")
        : el("ul", { class: "shares" }, item.shares.map(([feature, value, weight, share, detail]) => reason(feature, share, scale, `${value.toFixed(2)} × ${signed(weight)}`, detail))));
  }

  function candidates(mention) {
    if (mention.case < 0) return null;
    const found = cases[mention.case].candidates;
    const shares = found.flatMap((item) => item.shares.map((share) => Math.abs(share[3]))).filter((share) => share < NEVER);
    const scale = Math.max(0.5, ...shares);
    return [
      el("h3", {}, `What it could mean: ${plural(found.length, "candidate")}`),
      el("p", { class: "note" }, "Each feature’s value × weight is its share; the shares add up to the score. Bars to the right speak for the place, bars to the left against it."),
      found.map((item, n) => candidate(item, n, scale)),
    ];
  }

  function signs(mention) {
    if (mention.signs.length === 0) return el("p", { class: "note" }, "The span was given, or it is part of a known longer name: nothing was weighed.");
    const scale = Math.max(0.5, ...mention.signs.map(([, share]) => Math.abs(share)));
    return [
      el("ul", { class: "shares" }, mention.signs.map(([feature, share, detail]) => reason(feature, share, scale, "", detail))),
      mention.more_signs > 0 && el("p", { class: "note" }, `and ${plural(mention.more_signs, "weaker sign")}`),
    ];
  }

  function decided(mention) {
    if (mention.case >= 0) {
      const { words, lead } = cases[mention.case].decided;
      if (!lead) return words;
      const [best, rival] = cases[mention.case].candidates.map((item) => places[item.place]);
      const second = el("bdi", {}, naming.full(rival), rival.type === best.type ? "" : ` (${rival.type})`);
      const [feature, amount, speaksFor, detail] = lead;
      return [features[feature][1], beside(detail), " ", el("code", {}, features[feature][0]),
        ...(speaksFor ? [", where it leads the second, ", second, `, by ${amount.toFixed(2)}`] : [", which costs the second, ", second, `, ${amount.toFixed(2)} more`])];
    }
    return mention.decided;
  }

  /** When the sentence says that it was, and what that rests on. */
  function told([phrase, means, why]) {
    return el("p", { class: "note told" }, "Speaks of “", bdi(phrase), "”", means && [": ", el("strong", {}, means)], `, ${why}.`);
  }

  function verdict(mention) {
    const place = places[mention.place];
    const unit = places[mention.within];
    return [
      el("p", { class: "means" }, place ? ["means ", el("strong", {}, bdi(place.name)), naming.where(place) && [", ", bdi(naming.where(place))], el("small", {}, ` ${place.type}`)] : ["No place of the gazetteer has this name", unit && ["; the text puts it into ", el("strong", {}, bdi(naming.full(unit)))], "."]),
      el("p", { class: "tags" }, el("span", { class: `mention ${mention.kind} high` }, mention.kind), ` ${mention.status === "ambiguous" ? "uncertain, a best guess" : mention.status}, confidence ${mention.confidence}%`),
      mention.told.length > 0 && told(mention.told),
      mention.relation.length > 0 && el("p", { class: "note relation" }, "“", bdi(mention.relation[0]), `” is ${mention.relation[1]}${mention.shape >= 0 ? "; dotted on the map" : ""}.`),
      el("p", { class: "decided" }, el("strong", {}, "Decided by: "), decided(mention), "."),
    ];
  }

  return {
    draw(mention) {
      fill(byId("panel-title"), "“", bdi(mention.surface), "”");
      fill(byId("verdict"), verdict(mention));
      fill(byId("why"),
        candidates(mention),
        el("h3", {}, "Why it was taken for the name of a place"),
        signs(mention),
        el("h3", {}, `Why it is ${mention.kind}`),
        el("p", {}, mention.kind_reason && mention.kind_reason !== KINDS[mention.kind] ? `${mention.kind_reason}; ` : "", SENSES[mention.kind], "."));
    },
    candidates: (mention) => (mention.case < 0 ? (mention.place < 0 ? [] : [places[mention.place]]) : cases[mention.case].candidates.map((item) => places[item.place])),
  };
}
