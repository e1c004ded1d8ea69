/** Names of rivers, written along them on a near view. */

const RIVERS_FROM = 5.5;

/** The stretches of a line that lie in view, as points of the container. */
function stretchesOf(line, map, size) {
  const stretches = [];
  let stretch = [];
  for (const point of line) {
    const { x, y } = map.latLngToContainerPoint(point);
    if (x > 8 && y > 8 && x < size.x - 8 && y < size.y - 8) stretch.push([x, y]);
    else if (stretch.length) {
      stretches.push(stretch);
      stretch = [];
    }
  }
  return [...stretches, stretch].filter((points) => points.length > 1);
}

/** Points every few pixels along a line. */
function resample(points, step) {
  const out = [points[0]];
  let left = step;
  for (let i = 1; i < points.length; i += 1) {
    let [x, y] = points[i - 1];
    const [toX, toY] = points[i];
    for (let length = Math.hypot(toX - x, toY - y); length >= left; length = Math.hypot(toX - x, toY - y)) {
      [x, y] = [x + ((toX - x) * left) / length, y + ((toY - y) * left) / length];
      out.push([x, y]);
      left = step;
    }
    left -= Math.hypot(toX - x, toY - y);
  }
  return out;
}

/** Each point the mean of its neighbours, so that letters do not stumble over every bend. */
const smoothed = (points, reach) => points.map((_, i) => {
  const near = points.slice(Math.max(0, i - reach), i + reach + 1);
  return [near.reduce((sum, p) => sum + p[0], 0) / near.length, near.reduce((sum, p) => sum + p[1], 0) / near.length];
});

/**
 * Where along a river its name could stand: the straightest free stretch.
 * @param {[number, number][][]} lines of one river, in degrees
 * @param {number} width of the name in pixels
 * @returns {number[][] | null} points of a line to write on, from left to right
 */
function findCourse(lines, width, map, size, isFree) {
  const step = 6;
  const count = Math.ceil((width + 16) / step);
  let [best, straightest] = [null, 0.86];
  for (const stretch of lines.flatMap((line) => stretchesOf(line, map, size))) {
    const points = smoothed(resample(stretch, step), 4);
    for (let i = 0; i + count < points.length; i += 4) {
      const [a, b] = [points[i], points[i + count]];
      const straight = Math.hypot(b[0] - a[0], b[1] - a[1]) / (count * step);
      const isLevel = Math.abs(b[0] - a[0]) > 0.35 * Math.hypot(b[0] - a[0], b[1] - a[1]);
      if (!isLevel || straight <= straightest) continue;
      const course = points.slice(i, i + count + 1);
      if (!course.every(([x, y]) => isFree({ left: x - 6, right: x + 6, top: y - 14, bottom: y + 2 }))) continue;
      [best, straightest] = [a[0] < b[0] ? course : course.reverse(), straight];
    }
  }
  return best;
}
