/** When to draw: at once; on a large map no more than once a frame, and what is slow a little later. */

/** Milliseconds without a change after which `rest` follows, and between two calls of `soon`, on a large map. */
const REST = 120;
const SOON = 200;

/**
 * On a map of few places a change is drawn at once, with all that follows from it. On a large one those
 * that come in one frame are drawn together in the next; and while dates change, `soon` is called a few
 * times a second, and `rest` a moment after the last change.
 * @param {{now: (changed: Set<string>) => void, soon: (changed: Set<string>) => void, rest: () => void, isLarge: boolean}} drawing
 * @returns {(changed: Set<string>) => void}
 */
function makeFrames({ now, soon, rest, isLarge }) {
  /** @type {Set<string>} */
  let waiting = new Set();
  /** @type {Set<string>} */
  let behind = new Set();
  let isDrawn = false;
  let [resting, following] = [0, 0];

  function follow() {
    const changed = behind;
    behind = new Set();
    following = 0;
    soon(changed);
  }

  function draw() {
    const changed = waiting;
    waiting = new Set();
    if (!isDrawn && isLarge) requestAnimationFrame(next);
    isDrawn = true;
    const isStep = isLarge && [...changed].every((key) => key === "from" || key === "to");
    for (const key of changed) behind.add(key);
    now(changed);
    clearTimeout(resting);
    if (isStep) {
      following ||= setTimeout(follow, SOON);
      resting = setTimeout(rest, REST);
      return;
    }
    clearTimeout(following);
    follow();
    rest();
  }

  function next() {
    isDrawn = false;
    if (waiting.size > 0) draw();
  }

  return (changed) => {
    for (const key of changed) waiting.add(key);
    if (!isLarge || !isDrawn) draw();
  };
}
