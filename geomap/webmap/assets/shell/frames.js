/** When to draw: what follows the sliders no more than once a frame, and what is slow a little later. */

/** Milliseconds without a change after which `rest` follows (the longer ones while a slider is held), and between two calls of `soon`. */
const REST = 120;
const LONG_REST = 600;
const SOON = 400;
/** `soon` takes no more than one of so many parts of the time. */
const SOON_SHARE = 20;

/** Whether nothing changed but the window of dates: a step of a slider, or of play. @param {Set<string>} changed */
const isStep = (changed) => [...changed].every((key) => key === "from" || key === "to");

/**
 * A change is drawn at once, with all that follows from it. Steps of the dates that come in one frame are
 * drawn together in the next; while they go on, `soon` is called a few times a second, and returns whether it
 * left something for the moment after the last one, when `rest` is called. It is the same on maps of every size.
 * @param {{now: (changed: Set<string>, isHeld: boolean) => void, soon: (changed: Set<string>, isMoving: boolean) => boolean, rest: () => void}} drawing
 * @returns {(changed: Set<string>) => void}
 */
function makeFrames({ now, soon, rest }) {
  /** @type {Set<string>} */
  let waiting = new Set();
  /** @type {Set<string>} */
  let behind = new Set();
  let isDrawn = false;
  let isHeld = false; // a slider by the mouse or a finger: what is slow waits until it is let go, or long at rest
  window.addEventListener("pointerdown", () => { isHeld = true; }, true);
  for (const end of ["pointerup", "pointercancel"]) window.addEventListener(end, () => {
    isHeld = false;
    if (resting !== 0) finish();
  }, true);
  let [resting, following, last, pause] = [0, 0, -Infinity, SOON];

  const later = (work, wait, before) => {
    clearTimeout(before);
    return window.setTimeout(work, wait);
  };

  function follow(isMoving) {
    clearTimeout(following);
    following = 0;
    const changed = behind;
    behind = new Set();
    const begun = performance.now();
    if (soon(changed, isMoving)) behind = changed;
    pause = Math.max(SOON, SOON_SHARE * (performance.now() - begun));
  }

  function finish() {
    clearTimeout(resting);
    resting = 0;
    if (behind.size > 0) follow(false);
    rest();
  }

  function draw() {
    const changed = waiting;
    waiting = new Set();
    if (!isDrawn) requestAnimationFrame(next);
    isDrawn = true;
    for (const key of changed) behind.add(key);
    now(changed, isHeld);
    const isAlone = performance.now() - last > 2 * REST; // a single step is followed by all at once
    if (!isStep(changed) || (isAlone && !isHeld && following === 0)) {
      finish();
    } else {
      following ||= window.setTimeout(follow, pause, true);
      resting = later(finish, isHeld ? LONG_REST : REST, resting);
    }
    if (isStep(changed)) last = performance.now();
  }

  function next() {
    isDrawn = false;
    if (waiting.size > 0) draw();
  }

  return (changed) => {
    for (const key of changed) waiting.add(key);
    if (!isDrawn || !isStep(changed)) draw();
  };
}
