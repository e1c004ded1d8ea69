/** The panel at the right, a sheet on phones: the list, the evidence, or about. */

function makePanel(app, views) {
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

  byId("panel-close").addEventListener("click", () => state.set({ view: null, selected: -1 }));
  byId("panel-back").addEventListener("click", () => {
    state.set({ view: "list", selected: -1 });
    byId("search")?.focus();
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && !root.hidden) state.set({ view: null, selected: -1 });
  });
  for (const view of ["list", "about"]) {
    byId(`show-${view}`).addEventListener("click", () => {
      state.set(state.get().view === view ? { view: null } : { view, selected: -1 });
      if (!root.hidden) root.focus({ preventScroll: true });
    });
  }
  byId("skip").addEventListener("click", (event) => {
    event.preventDefault();
    state.set({ view: "list", selected: -1 });
    root.focus();
  });

  return {
    update(current, changed) {
      const isNew = current.view !== shown || (current.view === "place" && changed?.has("selected"));
      if (current.view === null) {
        if (shown !== null) close();
      } else if (isNew) open(current.view);
      else views[current.view].update();
      for (const view of ["list", "about"]) byId(`show-${view}`).setAttribute("aria-pressed", current.view === view);
    },
  };
}
