/** One mention, as the place's and the article's panels show it. */

/** A sentence with the name marked. */
function markedSentence(text, at, length) {
  if (length === 0) return bdi(text);
  return el("bdi", {}, text.slice(0, at), el("mark", {}, text.slice(at, at + length)), text.slice(at + length));
}

/** Codes of payload.py's `why` that have words; the geoparser may know more one day. */
const REASONS = [
  "only", "spelt_out", "near_spelling", "largest", "capital", "usual_name", "kind_of_place", "country_named", "country_votes",
  "unit_named", "unit_votes", "beside", "unit_word", "near", "corrected",
];

/** "the largest of its namesakes, near the article's other places"; "" where nothing is known. */
function wordReasons(codes) {
  const known = codes.split(" ").filter((code) => REASONS.includes(code));
  return formats.list.format(known.map((code) => t(`why.${code}`)));
}

/**
 * Makes what is said of a mention: its sentence, its kind and confidence, why it means its place,
 * and what can be done about it.
 * @param {App} app
 */
function makeMentions(app) {
  const { mentions, relations, told, strings } = app.data;
  const text = (index) => strings[index];

  function tags(m) {
    const confidence = mentions.confidence[m];
    const kind = mentions.kind[m] === LITERAL ? "literal" : "associative";
    const tag = `tag${mentions.ambiguous[m] ? ".uncertain" : ""}${confidence < 0 ? "" : ".confidence"}`;
    const words = t(tag, { kind: t(`legend.${kind}`), share: wordShare(confidence) });
    return el("p", { class: "tags" }, el("span", { class: `swatch ${mentions.ambiguous[m] ? "ambiguous" : kind}` }), el("span", {}, words));
  }

  /** Where from the place the text says something is, in words and as it is written. */
  function where(m) {
    const r = mentions.relation[m];
    if (r < 0) return null;
    const kind = t(`where.${RELATION_TYPES[relations.type[r]] ?? "other"}`);
    const phrase = text(relations.text[r]);
    const show = () => {
      app.state.set({ pointed: m, described: true });
      app.showShape(relations.shape[r]);
    };
    return el("p", { class: "why" }, phrase ? rich("where.said", { kind, phrase: bdi(phrase) }) : t("where", { kind }),
      relations.shape[r] >= 0 && [" ", el("button", { type: "button", class: "link", "aria-label": t("where.show.label", { phrase: phrase || kind }), click: show }, t("where.show"))]);
  }

  /** The time that the sentence tells, as it is written and on the calendar. */
  function when(m) {
    const phrase = app.data.phrases[mentions.told[m]];
    const isKnown = told.precision[m] > 0;
    if (!phrase && !isKnown) return null;
    const key = !isKnown ? "told.unknown" : phrase ? "told" : "told.when";
    return el("p", { class: "why" }, rich(key, { phrase: bdi(phrase), when: isKnown ? wordSpan(told.start[m], told.end[m], told.precision[m]) : "" }));
  }

  /**
   * @param {number} m
   * @param {{quoted?: boolean, head?: any}} [options] whether its sentence is shown; what comes before
   */
  function item(m, { quoted = true, head = null } = {}) {
    const snippet = text(mentions.snippet[m]);
    const reasons = wordReasons(text(mentions.why[m]));
    return el("li", { "data-mention": m, class: app.state.get().pointed === m ? "pointed" : null }, head,
      quoted && snippet && el("blockquote", {}, markedSentence(snippet, mentions.length[m] > 0 ? markOf(app.data, m) : 0, mentions.length[m])),
      where(m),
      when(m),
      reasons && el("p", { class: "why" }, t("why", { reasons })),
      el("div", { class: "foot" }, app.unlocated?.tags(m) ?? tags(m), app.corrector.ofMention(m)));
  }

  return { item };
}

/** Bring the mention that was asked for into view, once. @param {App} app @param {HTMLElement} root */
function showPointed({ state }, root) {
  const { pointed } = state.get();
  if (root.dataset.pointed === String(pointed)) return;
  root.dataset.pointed = String(pointed);
  root.querySelector(".pointed")?.scrollIntoView({ block: "center" });
}

/** Draw anew what holds the focus, and give it back to the element that stands where it was. */
function keepFocus(root, draw) {
  const reachable = () => [...root.querySelectorAll("button, input, a, summary")];
  const at = root.contains(document.activeElement) ? reachable().indexOf(document.activeElement) : -1;
  draw();
  if (at >= 0) reachable()[at]?.focus({ preventScroll: true });
}
