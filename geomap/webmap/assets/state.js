/** What the reader has chosen, in one place; everything else is drawn from it. */

/** @param {Object} initial */
function makeState(initial) {
  const listeners = [];
  const state = { ...initial };
  return {
    get: () => state,
    /** @param {(state: Object, changed: Set<string>) => void} listener */
    listen: (listener) => listeners.push(listener),
    set(patch) {
      const changed = new Set(Object.keys(patch).filter((key) => patch[key] !== state[key]));
      if (changed.size === 0) return;
      Object.assign(state, patch);
      for (const listener of listeners) listener(state, changed);
    },
  };
}
