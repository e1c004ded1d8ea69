/** The page and its address: each follows the other, and what was opened can be gone back to. */

/** What makes a change a step that one can go back from. */
const STEP_KEYS = ["view", "selected", "area", "article"];

/** Drop an address that no page has written, before anything else is done: the browser reads it again for each hatch. */
function refuseLong() {
  if (window.location.hash.length <= LONGEST_LINK) return;
  try {
    window.history.replaceState(null, "", "#");
  } catch {
    // a page inside another page may have no address of its own
  }
}

/** What this map's addresses are read and written with. */
const linkContext = (app) => ({ data: app.data, axes: app.axes, views: app.views, first: app.first, countryName: app.countryName, territories: app.territories.list, comparisons: comparisonsOf(app).map(({ value }) => value), chapters: app.chapters?.steps.length });

/** The address of what is shown now, or of another state. @param {App} app @param {State} [state] */
function currentLink(app, state = app.state.get()) {
  const { lat, lng } = app.map.getCenter();
  return formatLink(state, linkContext(app), [Math.round(100 * nearnessOf(app.map)) / 100, lat, trueLon(lng)]);
}

/** End a zooming that is under way: while it goes on, Leaflet would not be told where to go after it. */
const endZooming = (map) => { if (map._animatingZoom) map._onZoomTransitionEnd(); };

/**
 * Show the part of the map that an address asks for, or else the first view of the page.
 * @param {App} app
 * @param {number[] | null} view zoom, latitude, longitude
 * @param {boolean} [animate] as far as the reader's system has things move
 */
function showLinked(app, view, animate = false) {
  const { map, meta, state, data } = app;
  endZooming(map);
  if (view) {
    limitZoom(app);
    lookAt(app, view[1], turned(view[2], app.west), view[0], animate);
  } else {
    fitView(app, findCore(app), false);
    const { lat, lng } = map.getCenter();
    const [north, east] = meta.center ? [meta.center[0], turned(meta.center[1], app.west)] : [lat, lng];
    if (meta.center || meta.zoom !== null) lookAt(app, north, east, meta.zoom ?? nearnessOf(map));
  }
  const opened = state.get().selected; // it may lie under the panel of a smaller window
  const uncover = () => { if (opened === state.get().selected) map.panInside([data.places.lat[opened], data.places.lon[opened]], { ...paddings(), animate: false }); };
  if (opened < 0 || levelOf(data.places, opened) !== PLACE) return;
  if (map._animatingZoom || map._panAnim?._inProgress) map.once("moveend", uncover);
  else uncover();
}

/** Where little of the map is left to find it in, go to the place that an address without a view opens. */
function showOpened(app, view) {
  const { selected } = app.state.get();
  if (selected >= 0 && isPhone.matches && !view) app.show(selected, false);
}

/**
 * Write the address after each change: as a step of the history where something is opened or closed, else
 * in place. Read it whenever it changes: by the reader, by the way back, by the page around a frame. What
 * an address does not hold stays as it is.
 * @param {App} app
 * @returns {() => void} called when the view of the map has changed, too; the address follows a moment later
 */
function makeAddress(app) {
  const { state, first } = app;
  const isFramed = window.parent !== window; // the way back of the page around it is not ours
  let timer = 0;
  let known = window.location.hash;
  let isReading = false;
  let before = { ...state.get() };

  /** @param {"pushState" | "replaceState"} how */
  function write(how, link = currentLink(app)) {
    clearTimeout(timer);
    try {
      if (how === "replaceState" || link !== window.location.hash) window.history[how]({ isOwn: true }, "", link);
      known = window.location.hash;
    } catch {
      // a page inside another page may have no address of its own
    }
  }

  function read() {
    refuseLong();
    const { hash } = window.location;
    if (hash === known) return;
    known = hash;
    clearTimeout(timer);
    isReading = true;
    const { patch, view } = parseLink(hash, linkContext(app));
    state.set({ ...first, corrections: state.get().corrections, ...patch });
    endZooming(app.map);
    if (window.history.state?.isOwn && view) lookAt(app, view[1], turned(view[2], app.west), view[0]);
    else {
      showLinked(app, view);
      showOpened(app, view);
    }
    isReading = false;
    if (document.activeElement === document.body && !byId("panel").hidden) byId("panel").focus({ preventScroll: true });
  }

  state.listen((current, changed) => {
    if (!isReading && !isFramed && !changed.has("chapter") && STEP_KEYS.some((key) => changed.has(key))) {
      write("replaceState", currentLink(app, before)); // the map may have moved a moment ago
      write("pushState");
    }
    before = { ...current };
  });
  window.addEventListener("hashchange", read);
  window.addEventListener("popstate", read);
  return () => {
    clearTimeout(timer);
    timer = setTimeout(() => write("replaceState"), 300);
  };
}
