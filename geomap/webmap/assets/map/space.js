/** Room on the map: which rectangles are taken, and where the names of circles could stand. */

const NEGLIGIBLE = 20;

/** A name may run over its own circle, and over dots that are negligible beside its place. */
const mayCover = (wish, other) => Boolean(wish && other) && (wish === other || other.weight * NEGLIGIBLE < wish.weight);

const overlaps = (a, b) => a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;

/** Rectangles that are taken; a coarse grid keeps many of them fast. */
function makeSpace() {
  const CELL = 64;
  const cells = new Map();
  const each = (box, visit) => {
    for (let x = Math.floor(box.left / CELL); x <= Math.floor(box.right / CELL); x += 1) {
      for (let y = Math.floor(box.top / CELL); y <= Math.floor(box.bottom / CELL); y += 1) {
        if (visit(x * 4096 + y)) return true;
      }
    }
    return false;
  };
  return {
    /** Whether no other name is in the way, nor a circle unless it may be covered. */
    isFree: (box, wish = null) => !each(box, (key) => (cells.get(key) ?? []).some((other) => overlaps(box, other) && !mayCover(wish, other.owner))),
    take(box) {
      each(box, (key) => {
        if (cells.has(key)) cells.get(key).push(box);
        else cells.set(key, [box]);
        return false;
      });
    },
  };
}

/** Boxes to try around a circle: right, left, above, below, and the corners. */
function boxesAround(x, y, radius, width, height) {
  const gap = radius + 4;
  const box = (left, top, anchor, tx, ty) => ({ left: left - 1, right: left + width + 1, top, bottom: top + height, anchor, x: tx, y: ty });
  return [
    box(x + gap, y - height / 2, "start", x + gap, y),
    box(x - gap - width, y - height / 2, "end", x - gap, y),
    box(x - width / 2, y - gap - height, "middle", x, y - gap - height / 2),
    box(x - width / 2, y + gap, "middle", x, y + gap + height / 2),
    box(x + radius - width, y - gap - height, "end", x + radius, y - gap - height / 2),
    box(x + radius - width, y + gap, "end", x + radius, y + gap + height / 2),
    box(x - radius, y - gap - height, "start", x - radius, y - gap - height / 2),
    box(x - radius, y + gap, "start", x - radius, y + gap + height / 2),
  ];
}

/** What lies over the map: no label may run under it. */
const coveredBoxes = () => (document.body.dataset.bare ? [] : ["card", "legend", "panel"])
  .map((id) => byId(id).getBoundingClientRect())
  .filter((box) => box.width > 0);

/** Whether a point lies inside rings (even-odd). */
function isWithin(rings, lat, lon) {
  let inside = false;
  for (const ring of rings) {
    for (let i = 0, j = ring.length - 1; i < ring.length; j = i, i += 1) {
      const [[latA, lonA], [latB, lonB]] = [ring[i], ring[j]];
      if (latA > lat !== latB > lat && lon < ((lonB - lonA) * (lat - latA)) / (latB - latA) + lonA) inside = !inside;
    }
  }
  return inside;
}

/** The middle of the largest ring, by area: where the name of a unit stands. */
function middleOf(rings) {
  let [best, largest] = [[0, 0], 0];
  for (const ring of rings) {
    let [area, lat, lon] = [0, 0, 0];
    for (let i = 0, j = ring.length - 1; i < ring.length; j = i, i += 1) {
      const cross = ring[j][1] * ring[i][0] - ring[i][1] * ring[j][0];
      area += cross;
      lat += (ring[j][0] + ring[i][0]) * cross;
      lon += (ring[j][1] + ring[i][1]) * cross;
    }
    if (Math.abs(area) <= largest) continue;
    largest = Math.abs(area);
    best = [lat / (3 * area), lon / (3 * area)];
  }
  return best;
}
