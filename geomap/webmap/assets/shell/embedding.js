/** The page inside another page, which stays its host's: the wheel scrolls the host until the map is wanted. */

const isFramed = window.parent !== window;

/** Milliseconds for which is said how the map is zoomed. */
const WHEEL_NOTE = 1600;

/**
 * In a frame, the wheel zooms the map only once it was clicked, and until the pointer leaves it, or while Ctrl
 * is held.
 * @param {any} map
 */
function yieldWheel(map) {
  if (!isFramed) return;
  const container = map.getContainer();
  const note = el("p", { class: "wheel-note", "aria-hidden": "true" }, t("frame.wheel"));
  container.append(note);
  let isWanted = false;
  let timer = 0;
  const say = (isShown) => {
    clearTimeout(timer);
    note.classList.toggle("shown", isShown);
    if (isShown) timer = setTimeout(() => say(false), WHEEL_NOTE);
  };
  container.addEventListener("click", () => { isWanted = true; say(false); }, true);
  container.addEventListener("mouseleave", () => { isWanted = false; say(false); });
  // before Leaflet, which would keep the event from the host; not passive, or the browser would scroll before it is asked
  document.addEventListener("wheel", (event) => {
    if (!container.contains(/** @type {Node} */ (event.target))) return;
    const zooms = isWanted || event.ctrlKey || event.metaKey;
    if (zooms) map.scrollWheelZoom.enable();
    else map.scrollWheelZoom.disable();
    say(!zooms);
  }, { capture: true, passive: false });
}

/** In a frame: what to do where its host forbids to save and to print, which the browser does not tell. @param {App} app */
function framedNote(app) {
  if (!isFramed) return null;
  const alone = hasAddress() && el("a", { href: linkNow(app), target: "_blank", rel: "noopener" }, t("frame.alone"));
  return el("p", { class: "how" }, t("frame.forbids"), alone && [" ", alone]);
}

/** Print; in a frame that may not, say so. @param {(words: string) => void} say */
function printPage(say) {
  let hasBegun = false;
  window.addEventListener("beforeprint", () => { hasBegun = true; }, { once: true });
  window.print();
  say(!hasBegun && isFramed ? t("frame.unprinted") : "");
}
