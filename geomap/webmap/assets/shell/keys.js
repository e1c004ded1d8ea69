/** Few stops for the tab key: of several controls one takes it, and arrow keys lead to the others. */

/**
 * @param {HTMLElement} root what the controls stand in, whenever they are made
 * @param {string} selector
 * @param {"both" | "vertical"} [arrows] which arrow keys lead on
 * @returns {() => void} to be called when controls have come or gone
 */
function makeRoving(root, selector, arrows = "both") {
  const all = () => /** @type {HTMLElement[]} */ ([...root.querySelectorAll(selector)]);
  const mark = (active) => { for (const one of all()) if (one.getAttribute("tabindex") !== (one === active ? "0" : "-1")) one.tabIndex = one === active ? 0 : -1; };

  function stepOf(key) {
    const forth = document.documentElement.dir === "rtl" ? -1 : 1;
    if (key === "ArrowDown" || key === "ArrowUp") return key === "ArrowDown" ? 1 : -1;
    if (arrows === "both" && (key === "ArrowRight" || key === "ArrowLeft")) return key === "ArrowRight" ? forth : -forth;
    return { Home: -Infinity, End: Infinity }[key] ?? 0;
  }

  root.addEventListener("keydown", (event) => {
    const at = /** @type {HTMLElement} */ (event.target);
    const step = stepOf(event.key);
    if (step === 0 || event.ctrlKey || event.altKey || event.metaKey || !at.matches(selector)) return;
    event.preventDefault();
    const shown = all().filter((one) => one.checkVisibility());
    const to = shown[Math.max(0, Math.min(shown.length - 1, shown.indexOf(at) + step))];
    mark(to);
    to.focus();
  });
  root.addEventListener("focusin", (event) => {
    const at = /** @type {HTMLElement} */ (event.target);
    if (at.matches(selector) && at.tabIndex !== 0) mark(at);
  });
  return () => {
    const active = /** @type {HTMLElement | null} */ (root.querySelector(`:is(${selector})[tabindex="0"]`));
    mark(active?.checkVisibility() ? active : all().find((one) => one.checkVisibility()) ?? all()[0]);
  };
}

/** The lists of the panel, each one stop, and so their headings; what has no control takes the key itself, to be scrolled. */
function makePanelKeys() {
  const body = byId("panel-body");
  const refresh = [makeRoving(body, ".list thead button"), makeRoving(body, ".list tbody .place", "vertical")];
  return () => {
    for (const one of refresh) one();
    if (body.querySelector("button, a[href], input, select, summary") === null) body.tabIndex = 0;
    else body.removeAttribute("tabindex");
  };
}
