/** When to draw: at once, but no more than once a frame; on a large map what is slow follows a little later. */

/** Milliseconds without a change after which `rest` follows, and between two calls of `soon`, on a large map. */
const REST = 120;
const SOON = 200;

/**
 * A change is drawn at once, those that follow in the same frame together in the next. On a map of few
 * places all is done in one go. On a large one, while dates change, `soon` is called a few times a second,
 * and `rest` a moment after the last change.
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
    isDrawn = true;
    requestAnimationFrame(next);
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
    if (!isDrawn) draw();
  };
}
