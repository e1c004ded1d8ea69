/**
 * Circles that would overlap are joined into one, at every size of window alike. What is joined depends on
 * the zoom and on the counts over all dates, so that the same places stay together while dates slide.
 */

/** How near two circles may come, in sums of their radii: apart when far, a little into each other when near. */
function distanceAt(zoom) {
  return levelAt(zoom) !== "place" ? 1.1 : zoom < 9 ? 0.85 : 0.3;
}

/**
 * Positions of places in pixels of the whole world at the present zoom, or at another one.
 * @returns {(zoom?: number) => {x: Float64Array, y: Float64Array}} the same columns each time for a zoom of 0, and for all others
 */
function makePositions({ map, data: { places } }) {
  const columns = () => ({ x: new Float64Array(places.lat.length), y: new Float64Array(places.lat.length) });
  const [far, near] = [columns(), columns()];
  let [crs, zoom] = [null, NaN];
  return (asked = map.getZoom()) => {
    if (crs !== map.options.crs) {
      [crs, zoom] = [map.options.crs, NaN];
      for (let i = 0; i < far.x.length; i += 1) ({ x: far.x[i], y: far.y[i] } = map.project([places.lat[i], places.lon[i]], 0));
    }
    if (asked === 0) return far;
    if (zoom !== asked) {
      zoom = asked;
      const scale = 2 ** zoom;
      for (let i = 0; i < near.x.length; i += 1) [near.x[i], near.y[i]] = [far.x[i] * scale, far.y[i] * scale];
    }
    return near;
  };
}

/** Width of a cell of the grid in which circles look for those near them, in pixels. */
const GROUP_CELL = 48;

/**
 * Join places whose circles come too near to each other: each stands where its first one stands, and grows
 * with all of them.
 * @param {number[]} ranked places, the most important first
 * @param {{x: Float64Array, y: Float64Array}} positions
 * @param {Uint32Array} total
 * @param {(count: number) => number} radius
 * @param {number} distance in sums of radii
 * @returns {{members: number[], sum: number}[]} the members of each in their order
 */
function joinCircles(ranked, { x, y }, total, radius, distance) {
  const groups = [];
  /** @type {Map<number, Set<number>>} */
  const cells = new Map();
  let widest = 0;
  const cellOf = (i) => Math.floor(x[i] / GROUP_CELL) * 65536 + Math.floor(y[i] / GROUP_CELL);
  const isNear = (a, b) => (x[a.members[0]] - x[b.members[0]]) ** 2 + (y[a.members[0]] - y[b.members[0]]) ** 2 < (distance * (a.radius + b.radius)) ** 2;

  /** The nearest in rank of those that a group touches, or -1. */
  function findTouched(group, own) {
    const reach = Math.ceil((distance * (group.radius + widest)) / GROUP_CELL);
    const middle = cellOf(group.members[0]);
    let found = -1;
    for (let column = -reach; column <= reach; column += 1) {
      for (let row = -reach; row <= reach; row += 1) {
        for (const other of cells.get(middle + column * 65536 + row) ?? []) if (other !== own && (found < 0 || other < found) && isNear(group, groups[other])) found = other;
      }
    }
    return found;
  }

  function place(at) {
    const cell = cellOf(groups[at].members[0]);
    if (cells.has(cell)) cells.get(cell)?.add(at);
    else cells.set(cell, new Set([at]));
  }

  /** Put a group into the one before it that it touches; what has grown may touch others. */
  function settle(group, own) {
    const other = findTouched(group, own);
    if (other < 0) {
      if (own < 0) place(groups.push(group) - 1);
      return;
    }
    const [first, second] = own >= 0 && own < other ? [own, other] : [other, own];
    const [kept, lost] = [groups[first], second < 0 ? group : groups[second]];
    if (second >= 0) {
      cells.get(cellOf(lost.members[0]))?.delete(second);
      groups[second] = null;
    }
    kept.members.push(...lost.members);
    kept.sum += lost.sum;
    kept.radius = radius(kept.sum);
    widest = Math.max(widest, kept.radius);
    settle(kept, first);
  }

  for (const i of ranked) {
    const group = { members: [i], sum: total[i], radius: radius(total[i]) };
    widest = Math.max(widest, group.radius);
    settle(group, -1);
  }
  return groups.filter((group) => group !== null);
}

const SMALLEST = 2.5;
/** Times that a scale is tried between one that is too large for joined circles and one that is not. */
const SCALINGS = 4;

/**
 * Radius in pixels of a count, and the places that share a circle, from the counts over all dates: one scale
 * for all dates, so that play compares; smaller on a map of the world, full from zoom 6 on. The largest
 * circle, joined or not, is about as large as any may be.
 * @param {App} app
 * @param {Uint32Array} total
 */
function makeScale(app, total) {
  const zoom = app.map.getZoom();
  const ranked = app.points.filter((i) => total[i] > 0).sort((a, b) => total[b] - total[a] || a - b);
  const share = Math.min(1, Math.max(0.5, zoom / 8 + 0.25));
  const top = (Math.min(window.innerWidth, window.innerHeight) < 500 || isPhone.matches ? 24 : window.innerWidth > 1800 ? 42 : 34) * Math.max(0.7, share);
  const tryUnit = (unit) => {
    const radius = (n) => (n > 0 ? Math.max(SMALLEST, unit * Math.sqrt(n)) : 0);
    const groups = joinCircles(ranked, app.positions(), total, radius, distanceAt(zoom));
    const largest = groups.reduce((most, { sum }) => Math.max(most, sum), 1);
    return { total, largest, unit, radius, groups: groups.map(({ members }) => members), fits: unit * Math.sqrt(largest) <= top * 1.001 };
  };
  let best = tryUnit(Math.min(9 * share, top / Math.sqrt(Math.max(1, total[ranked[0]] ?? 1))));
  let above = best.unit;
  while (!best.fits) best = tryUnit(top / Math.sqrt(best.largest));
  for (let n = 0; n < SCALINGS && above > 1.05 * best.unit; n += 1) {
    const tried = tryUnit(Math.sqrt(above * best.unit));
    if (tried.fits) best = tried;
    else above = tried.unit;
  }
  return best;
}
