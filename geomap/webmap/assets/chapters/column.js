/** Chapters: a column of text beside the map, whose steps the map follows; where there is no room for it, a sheet. */

/** Milliseconds that a step must stay where one reads before the map follows. */
const STEP_REST = 150;
/** Where one reads: a line so far below the upper edge of the text. */
const READ_AT = "-25% 0px -74% 0px";
/** A window without room for a column and a panel: see column.css. */
const isTight = window.matchMedia("(max-width: 59.9375em)");
/** Links in a text: words in brackets with their address behind, or an address alone. */
const LINKS = /\[([^[\]]{1,300})\]\((https?:\/\/[^\s()<>]{1,2000})\)|https?:\/\/[^\s<>"]{1,2000}/giu;

/** A paragraph with its links; everything else in it is text. @param {string} text */
function linkedText(text) {
  /** @type {any[]} */
  const parts = [];
  let at = 0;
  for (const found of text.matchAll(LINKS)) {
    const url = found[2] ?? found[0].replace(/[.,;:!?)\]'’”]+$/u, "");
    const link = safeLink(url, bdi(found[1] ?? url));
    if (!link) continue;
    parts.push(text.slice(at, found.index), link);
    at = found.index + (found[2] ? found[0].length : url.length);
  }
  return [...parts, text.slice(at)];
}

/** The paragraphs of a text, each in its own direction. @param {string} text */
const textOf = (text) => paragraphsOf(text).map((words) => el("p", { dir: "auto" }, linkedText(words)));

/**
 * @param {App} app
 * @param {Draft} story
 * @returns {Chapters}
 */
function makeChapters(app, story) {
  const { state } = app;
  const { steps } = story;
  const lowest = story.lead === "" && steps.length > 0 ? 0 : -1;
  let isSteered = true; // until the reader scrolls, the text does not lead the map
  let isFollowing = false;
  let timer = 0;
  const said = el("p", { class: "at", role: "status" });
  const button = (sign, label, click) => el("button", { type: "button", class: "icon", "aria-label": label, click }, el("span", { "aria-hidden": "true" }, sign));
  const isTurned = document.documentElement.dir === "rtl";
  const back = button(isTurned ? "→" : "←", t("chapters.back"), () => go(state.get().chapter - 1));
  const next = button(isTurned ? "←" : "→", t("chapters.next"), () => go(state.get().chapter + 1));
  const items = steps.map((step, i) => el("li", {}, el("h3", { dir: "auto" }, el("button", { type: "button", class: "title", click: () => go(i) }, step.title)), textOf(step.text)));
  const lead = el("div", { class: "lead" }, el("h2", { dir: "auto", class: story.title === "" ? "unseen" : null }, story.title || t("chapters")), textOf(story.lead));
  const pinned = story.notes.map((note, n) => el("li", {}, el("button", { type: "button", class: "link", click: () => app.notes?.open(n, true) }, bdi(note.title))));
  const scroller = el("div", { class: "chapters-body" },
    lead, el("ol", { class: "chapters-steps" }, items),
    pinned.length > 0 && el("section", {}, el("h3", {}, t("notes")), el("ol", { class: "chapters-notes" }, pinned)));
  const root = el("section", { id: "chapters", tabindex: "-1", "aria-label": t("chapters"), hidden: true, keydown },
    el("div", { class: "chapters-head" }, said, back, next, button("×", t("chapters.close"), () => close())), scroller);
  const tool = el("button", { type: "button", id: "show-chapters", "aria-controls": "chapters", click: () => turn(root.checkVisibility() === false) }, t("chapters"));
  byId("skip").after(root);
  byId("views").before(tool);
  turn(true);

  function turn(isOpen) {
    root.hidden = !isOpen;
    tool.setAttribute("aria-expanded", String(isOpen));
    if (isOpen) document.body.dataset.chapters = "true";
    else delete document.body.dataset.chapters;
    if (isOpen && isTight.matches && state.get().view !== null) state.set({ view: null }); // there is room for one of them
  }

  function close() {
    turn(false);
    if (tool.checkVisibility()) tool.focus();
    else byId("menu").focus();
  }

  /** @param {KeyboardEvent} event */
  function keydown(event) {
    if (event.key !== "Escape" || event.defaultPrevented || !byId("panel").hidden) return;
    event.preventDefault();
    close();
  }

  function mark() {
    const { chapter } = state.get();
    items.forEach((item, i) => decorate(item, { "aria-current": i === chapter ? "step" : "false" }));
    const words = chapter < 0 ? t("chapters.start") : t("chapters.at", { n: chapter + 1, total: steps.length });
    if (said.textContent !== words) said.textContent = words;
    [back.disabled, next.disabled] = [chapter <= lowest, chapter >= steps.length - 1];
  }

  /** The state of a step: what its address asks for, and else what the page has at first. @param {number} i */
  function stateOf(i) {
    const { patch, view } = parseLink(steps[i]?.view ?? "", linkContext(app));
    return { view, patch: { ...app.first, corrections: state.get().corrections, ...patch, chapter: i } };
  }

  function follow(i) {
    const { patch, view } = stateOf(i);
    isFollowing = true;
    state.set(isTight.matches ? { ...patch, view: null } : patch);
    isFollowing = false;
    showLinked(app, view, document.body.dataset.ready !== undefined);
  }

  function reveal(i) {
    isSteered = true;
    clearTimeout(timer);
    scroller.scrollTo({ top: i < 0 ? 0 : items[i].offsetTop - 8, behavior: prefersStill.matches || document.body.dataset.ready === undefined ? "auto" : "smooth" });
  }

  function go(i) {
    if (i < lowest || i >= steps.length) return;
    follow(i);
    reveal(i);
    if (document.activeElement === document.body) root.focus({ preventScroll: true }); // the button at the end is none any more
  }

  const observer = new IntersectionObserver((entries) => {
    const read = isSteered ? undefined : entries.find((entry) => entry.isIntersecting)?.target;
    if (read === undefined) return;
    clearTimeout(timer);
    const i = items.indexOf(/** @type {any} */ (read));
    timer = window.setTimeout(() => { if (i !== state.get().chapter) follow(Math.max(i, lowest)); }, STEP_REST);
  }, { root: scroller, rootMargin: READ_AT });
  for (const one of [lead, ...items]) observer.observe(one);
  for (const name of ["wheel", "touchmove", "pointerdown", "keydown"]) scroller.addEventListener(name, () => { isSteered = false; }, { passive: true });
  document.addEventListener("keydown", (event) => {
    const isHere = event.target === document.body || root.contains(/** @type {Node} */ (event.target));
    if (!isHere || event.ctrlKey || event.altKey || event.metaKey || root.hidden || !["ArrowLeft", "ArrowRight"].includes(event.key)) return;
    event.preventDefault();
    go(state.get().chapter + ((event.key === "ArrowRight") === isTurned ? -1 : 1));
  });
  state.listen((current, changed) => {
    if (!changed.has("chapter")) return;
    mark();
    if (!isFollowing) reveal(current.chapter);
  });

  return {
    steps,
    begin() {
      app.notes = makeNotes(app, story.notes);
      mark();
      if (state.get().chapter >= 0) reveal(state.get().chapter);
      else if (lowest === 0 && window.location.hash.length < 2) go(0);
    },
    toPaper: (draw) => paperOfChapters(app, story, stateOf, draw),
  };
}
