/** The panel at the right, a sheet on phones: one of the views of views.js. */

/**
 * A button of the toolbar for each view that has words for one.
 * @param {App} app
 * @param {ReadonlyArray<ViewEntry>} entries
 * @returns {(view: string | null) => void} marks the view that is shown
 */
function makeTools(app, entries) {
  const { state } = app;
  const buttons = entries.filter((entry) => entry.tool).map(({ id, tool = "" }) => {
    const button = el("button", { type: "button", id: `show-${id}`, click: () => {
      const current = state.get();
      // what is shared is what was open
      if (current.view === id) state.set({ view: null });
      else state.set(OVER.includes(id) ? { view: id, behind: shownView(current) } : { view: id, selected: -1 });
      if (!byId("panel").hidden) byId("panel").focus({ preventScroll: true });
    } }, t(tool));
    return { id, button };
  });
  fill(byId("views"), buttons.map(({ button }) => button));
  const refresh = makeRoving(/** @type {HTMLElement} */ (byId("views").parentElement), "button");
  return (view) => {
    for (const { id, button } of buttons) {
      button.setAttribute("aria-pressed", String(view === id));
      if (id === "write") button.hidden = !app.draft.isBegun; // for those who write, and no others
    }
    refresh();
  };
}

/**
 * Where the reader came from, at most once each view, so that the way back is short.
 * @param {Record<string, View>} views
 */
function makePast(views) {
  /** @type {{words: any, step: Partial<State>}[]} */
  let steps = [];
  let here = null;
  return {
    /** Note a step: to another view it can be taken back, within a view it cannot. */
    follow(current) {
      const { view, selected, area, article } = current;
      const step = { view, selected, area, article };
      const at = steps.findIndex((one) => one.step.view === view);
      if (at >= 0) steps.length = at;
      else if (here && here.step.view !== view && view !== null) steps.push(here);
      if (view === null) steps = [];
      here = view === null ? null : { step, words: views[view].title };
    },
    take: () => steps.at(-1)?.step ?? null,
    words: () => (steps.length === 0 ? t("panel.back") : rich("panel.back.to", { name: el("bdi", {}, steps.at(-1)?.words.textContent ?? steps.at(-1)?.words) })),
  };
}

/**
 * @param {App} app
 * @param {Record<string, View>} views
 * @param {(view: string | null) => void} markTools
 */
function makePanel(app, views, markTools) {
  const { state } = app;
  const root = byId("panel");
  const body = byId("panel-body");
  let opener = /** @type {any} */ (null);
  let shown = null;
  const past = makePast(views);
  const refreshKeys = makePanelKeys();

  function open(view) {
    const from = document.activeElement;
    if (!root.contains(from) && from !== document.body) opener = from; // to which Escape leads back
    root.hidden = false;
    document.body.dataset.panel = view;
    fill(byId("panel-title"), views[view].title);
    byId("panel-back").hidden = view === "list";
    fill(byId("panel-back"), past.words());
    views[view].build(body);
    body.scrollTop = root.scrollTop = 0;
    shown = view;
  }

  function close() {
    root.hidden = true;
    delete document.body.dataset.panel;
    shown = null;
    if (opener?.isConnected) opener.focus({ preventScroll: true });
    else if (document.activeElement === document.body || root.contains(document.activeElement)) byId("map_geomap").focus({ preventScroll: true });
    opener = null;
  }

  const leave = { selected: -1, article: -1 };
  byId("panel-close").addEventListener("click", () => state.set({ ...leave, view: null }));
  byId("panel-back").addEventListener("click", () => {
    const step = past.take();
    state.set(step ?? { ...leave, view: "list" });
    if (step && step.view !== "list") root.focus({ preventScroll: true });
    else byId("search").focus();
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && !root.hidden && !event.defaultPrevented) state.set({ ...leave, view: null });
  });
  byId("skip").addEventListener("click", (event) => {
    event.preventDefault();
    state.set({ ...leave, view: "list" });
    root.focus();
  });

  return {
    /** `isMoving`: more steps of the dates may come; returns whether something was left until they have. */
    update(current, changed, isMoving = false) {
      const isNew = current.view !== shown
        || (current.view === "place" && changed?.has("selected"))
        || (current.view === "area" && changed?.has("area"))
        || (current.view === "article" && changed?.has("article"));
      past.follow(current);
      if (current.view === null) {
        if (shown !== null) close();
      } else if (isNew) open(current.view);
      else if (views[current.view].update(isMoving)) return true;
      refreshKeys();
      markTools(current.view);
      return false;
    },
  };
}
