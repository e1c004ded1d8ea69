/** Chapters on paper: each step with the map as it shows it, then the notes by their numbers. */

/** Pixels of all pictures of the steps together, and of a picture to one of the screen, at most. */
const STEPS_PIXELS = 40e6;
const STEP_SCALE = 2;

/**
 * @param {App} app
 * @param {Draft} story
 * @param {(i: number) => {view: number[] | null, patch: Partial<State>}} stateOf
 * @param {(scale: number) => HTMLCanvasElement} draw the map as it is
 */
function paperOfChapters(app, { title, lead, steps, notes }, stateOf, draw) {
  const { map, state, data: { places, strings } } = app;
  endZooming(map);
  const before = { ...state.get() };
  const [comeBack, focus] = [keepView(app), /** @type {HTMLElement} */ (document.activeElement)];
  const { x, y } = map.getSize();
  const scale = Math.min(STEP_SCALE, Math.sqrt(STEPS_PIXELS / (Math.max(1, steps.length) * x * y)));

  const pages = steps.map((step, i) => {
    const { patch, view } = stateOf(i);
    if (state.get().chapter === i) state.set({ chapter: -1 }); // what changes nothing but dates is drawn later
    state.set({ ...patch, view: null });
    showLinked(app, view);
    const picture = decorate(draw(scale), { role: "img", "aria-label": t("picture.alt"), class: "paper-map" });
    return el("section", { class: "paper-step" }, picture, el("div", {}, el("h2", { dir: "auto" }, step.title), textOf(step.text)));
  });
  state.set(before);
  comeBack();
  if (focus.isConnected) focus.focus({ preventScroll: true });
  const place = (note) => note.place >= 0 && note.title !== strings[places.name[note.place]] && el("p", { class: "paper-summary" }, bdi(strings[places.name[note.place]]));
  return el("div", { class: "paper-chapters" },
    (title !== "" || lead !== "") && el("section", { class: "paper-lead" }, title !== "" && el("h2", { dir: "auto" }, title), textOf(lead)),
    pages,
    notes.length > 0 && el("section", { class: "paper-notes" }, el("h2", {}, t("notes")), el("ol", {}, notes.map((note) => el("li", {}, el("h3", { dir: "auto" }, note.title), place(note), textOf(note.text))))));
}
