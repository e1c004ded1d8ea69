/** What a circle, an area, a bar or a number stands for, beside it, while it is pointed at or has the focus. */

/** Pixels between a thing and its tip, and between a tip and the edge of the window. */
const TIP_GAP = 8;

/** Show lines above a box of the window, or below where there is no room. @param {HTMLElement} tip @param {string[]} lines */
function placeTip(tip, [name, ...lines], { left, right, top, bottom }) {
  fill(tip, el("strong", {}, bdi(name)), lines.map((line) => el("span", {}, bdi(line))));
  tip.hidden = false;
  const { width, height } = tip.getBoundingClientRect();
  const x = Math.max(TIP_GAP, Math.min((left + right - width) / 2, window.innerWidth - width - TIP_GAP));
  const y = top - height - TIP_GAP >= TIP_GAP ? top - height - TIP_GAP : Math.min(bottom + TIP_GAP, window.innerHeight - height - TIP_GAP);
  Object.assign(tip.style, { left: `${x}px`, top: `${Math.max(0, y)}px` });
}

/** The part of a thing that is in the window. @param {Element} target */
function seenBox(target) {
  const { left, right, top, bottom } = target.getBoundingClientRect();
  return { left: Math.max(left, 0), right: Math.min(right, window.innerWidth), top: Math.max(top, 0), bottom: Math.min(bottom, window.innerHeight) };
}

/**
 * What can be told of is noted in `app.tips`: an element and what its lines are. Screen readers have the same
 * from the elements' own names.
 * @param {App} app
 */
function makeTips(app) {
  const tip = el("div", { id: "tip", "aria-hidden": "true", hidden: true });
  document.body.append(tip);
  const container = app.map.getContainer();
  let focused = /** @type {Element | null} */ (null);
  const hide = () => { tip.hidden = true; };

  /** What lies under the pointer: its lines and its box. @param {PointerEvent} event */
  function findPointed(event) {
    const target = /** @type {Element} */ (event.target);
    const at = { left: event.clientX, right: event.clientX, top: event.clientY - 4, bottom: event.clientY + 16 };
    if (container.contains(target)) {
      const badge = app.badges?.find(({ box }) => at.left > box.left && at.left < box.right && event.clientY > box.top && event.clientY < box.bottom);
      if (badge) return { lines: badge.lines, box: badge.box };
      const disc = app.pick?.(event);
      if (disc) return { lines: describeDisc(app, disc), box: at };
    }
    const owner = app.tips.has(target) ? target : target.parentElement;
    const lines = owner ? app.tips.get(owner)?.(event) : null;
    if (!owner || !lines) return null;
    return { lines, box: owner.classList.contains("circle") ? seenBox(owner) : at };
  }

  function showFocused() {
    const lines = focused ? app.tips.get(focused)?.(null) : null;
    if (focused && lines) placeTip(tip, lines, app.tipBox?.(focused) ?? seenBox(focused));
    else hide();
  }

  document.addEventListener("pointermove", (event) => {
    const found = event.buttons === 0 && event.pointerType !== "touch" ? findPointed(event) : null;
    if (found) placeTip(tip, found.lines, found.box);
    else if (!focused) hide();
  });
  document.addEventListener("pointerdown", hide);
  document.addEventListener("focusin", (event) => {
    const target = /** @type {Element} */ (event.target);
    focused = app.tips.has(target) && target.matches(":focus-visible") ? target : null;
    showFocused();
  });
  document.addEventListener("focusout", () => {
    focused = null;
    hide();
  });
  document.addEventListener("keydown", (event) => { if (event.key === "Escape") hide(); }, true);
  document.addEventListener("input", () => { if (focused) showFocused(); });
  document.addEventListener("keyup", () => { if (focused && !tip.hidden) showFocused(); });
  app.map.on("movestart zoomstart", hide);
}
