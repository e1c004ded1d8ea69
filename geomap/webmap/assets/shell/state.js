/** What the reader has chosen, in one place; everything else is drawn from it. */

/** Kinds of mentions, in the order of their codes. */
const KINDS = ["literal", "associative"];

/**
 * Everything shown, nothing chosen. Lists are never changed in place: set a new one.
 * @param {Record<Axis, Days>} axes
 * @param {string | null} view
 * @param {Axis} [axis]
 * @returns {State}
 */
const initialState = (axes, view, axis = axes.published.known || !axes.told.known ? "published" : "told") => ({
  ...everyFacetOpen(), sizeBy: "mentions",
  axis, from: axes[axis].first, to: axes[axis].last,
  selected: -1, area: -1, view, behind: view, query: "",
  described: true, compare: "", heat: false, speed: 1, step: "bar", grows: false, rows: "mentions", order: "",
  pointed: -1, corrections: [], chapter: -1,
});

/** Equal values, or lists of equal values. */
const isSame = (a, b) => a === b
  || (Array.isArray(a) && Array.isArray(b) && a.length === b.length && a.every((value, i) => value === b[i]));

/**
 * @param {State} initial
 * @returns {Store}
 */
function makeState(initial) {
  const listeners = [];
  const state = { ...initial };
  return {
    get: () => state,
    listen: (listener) => { listeners.push(listener); },
    set(patch) {
      const changed = new Set(Object.keys(patch).filter((key) => !isSame(patch[key], state[key])));
      if (changed.size === 0) return;
      for (const key of changed) state[key] = patch[key];
      for (const listener of listeners) listener(state, changed);
    },
  };
}
