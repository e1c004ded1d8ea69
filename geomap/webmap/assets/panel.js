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
      state.set(state.get().view === id ? { view: null } : { view: id, selected: -1 });
      if (!byId("panel").hidden) byId("panel").focus({ preventScroll: true });
    } }, t(tool));
    return { id, button };
  });
  fill(byId("views"), buttons.map(({ button }) => button));
  return (view) => {
    for (const { id, button } of buttons) button.setAttribute("aria-pressed", String(view === id));
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
  let opener = null;
  let shown = null;

  function open(view) {
    if (root.hidden) opener = document.activeElement;
    root.hidden = false;
    document.body.dataset.panel = view;
    fill(byId("panel-title"), views[view].title);
    byId("panel-back").hidden = view === "list";
    views[view].build(body);
    body.scrollTop = 0;
    shown = view;
  }

  function close() {
    root.hidden = true;
    delete document.body.dataset.panel;
    shown = null;
    if (opener && opener.isConnected) opener.focus({ preventScroll: true });
  }

  const leave = { selected: -1, article: -1 };
  byId("panel-close").addEventListener("click", () => state.set({ ...leave, view: null }));
  byId("panel-back").addEventListener("click", () => {
    state.set({ ...leave, view: "list" });
    byId("search").focus();
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
    update(current, changed) {
      const isNew = current.view !== shown
        || (current.view === "place" && changed?.has("selected"))
        || (current.view === "article" && changed?.has("article"));
      if (current.view === null) {
        if (shown !== null) close();
      } else if (isNew) open(current.view);
      else views[current.view].update();
      markTools(current.view);
    },
  };
}
