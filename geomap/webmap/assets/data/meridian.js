/**
 * Where the map is cut open, and longitudes as they are drawn: from its western edge on, 360 degrees to the
 * east. It is cut at the antimeridian, unless that would part places that lie near each other.
 */

/** The western edge of a map that is cut at the antimeridian. */
const USUAL_WEST = -180;
/** A meridian that meets little land: in the Atlantic. */
const ATLANTIC = -30;
/** Degrees without a place that are wide enough to cut there; that stay free on both sides of a cut. */
const WIDE_GAP = 150;
const FREE_SIDE = 30;
/** Degrees that the places must draw nearer together for the map to be cut elsewhere than usual. */
const WORTH_TURNING = 60;
/** A middle of the map that is farther from Greenwich than this lies too near to the usual cut. */
const FARTHEST_MIDDLE = 120;

/** A longitude in degrees as it is drawn on a map with this western edge. */
const turned = (lon, west) => (lon < west ? lon + 360 : lon >= west + 360 ? lon - 360 : lon);

/** A drawn longitude as everyone writes it, from -180 to 180; turning leaves no trace in its digits. */
function trueLon(lon) {
  if (lon >= -180 && lon <= 180) return lon;
  return Math.round((lon - 360 * Math.floor((lon + 180) / 360)) * 1e5) / 1e5;
}

/**
 * The western edge of the map.
 * @param {number[]} longitudes of its places
 * @param {number | null} [center] the longitude that was asked for as its middle
 */
function findWest(longitudes, center = null) {
  if (center !== null) return Math.abs(center) > FARTHEST_MIDDLE ? trueLon(center + 180) : USUAL_WEST;
  const sorted = [...new Set(longitudes)].sort((a, b) => a - b);
  if (sorted.length === 0) return USUAL_WEST;
  const gaps = sorted.map((lon, n) => ({ from: lon, to: sorted[n + 1] ?? sorted[0] + 360 }));
  const sizeOf = ({ from, to }) => to - from;
  const [over, widest] = [gaps[gaps.length - 1], gaps.reduce((a, b) => (sizeOf(b) > sizeOf(a) ? b : a))];
  const isNear = Math.min(180 - over.from, over.to - 180) < FREE_SIDE;
  if (sizeOf(widest) < WIDE_GAP || (!isNear && sizeOf(widest) - sizeOf(over) < WORTH_TURNING)) return USUAL_WEST;
  const holdsAtlantic = gaps.some(({ from, to }) => to - from >= WIDE_GAP && [ATLANTIC, ATLANTIC + 360].some((cut) => cut - from >= FREE_SIDE && to - cut >= FREE_SIDE));
  return holdsAtlantic ? ATLANTIC : trueLon((widest.from + widest.to) / 2);
}

/**
 * A ring of [lat, lon] cut along the western edge: the parts on both sides of it, as they are drawn.
 * @param {number[][]} ring
 * @param {number} west
 * @returns {number[][][]}
 */
function cutRing(ring, west) {
  if (west === USUAL_WEST) return [ring];
  const keep = (isKept, shift) => {
    const part = [];
    for (let i = 0; i < ring.length; i += 1) {
      const [a, b] = [ring[i], ring[(i + 1) % ring.length]];
      if (isKept(a[1])) part.push([a[0], a[1] + shift]);
      if (isKept(a[1]) === isKept(b[1]) || a[1] === b[1]) continue;
      part.push([a[0] + ((b[0] - a[0]) * (west - a[1])) / (b[1] - a[1]), west + shift]);
    }
    return part;
  };
  return [keep((lon) => lon >= west, 0), keep((lon) => lon < west, 360)].filter((part) => part.length > 2);
}

/** Whether a stretch of a line lies along the antimeridian, where shapes are cut and nothing is. */
const isCutEdge = (a, b) => Math.abs(a[1]) === 180 && a[1] === b[1];

/**
 * A line of [lat, lon] as it is drawn: in parts where it crosses the western edge, and without what it has of
 * the antimeridian.
 * @param {number[][]} line
 * @param {number} west
 * @returns {number[][][]}
 */
function cutLine(line, west) {
  if (west === USUAL_WEST) return [line];
  const parts = [];
  let part = [];
  line.forEach(([lat, lon], n) => {
    const isBroken = n > 0 && (isCutEdge(line[n - 1], line[n]) || line[n - 1][1] < west !== lon < west);
    if (isBroken) {
      parts.push(part);
      part = [];
    }
    part.push([lat, turned(lon, west)]);
  });
  return [...parts, part].filter((points) => points.length > 1);
}

/** A ring of [lat, lon] that may go beyond the antimeridian, in one piece beside its first point. @param {number} west */
function turnRing(ring, west) {
  if (ring.length === 0) return ring;
  const first = turned(ring[0][1], west);
  return ring.map(([lat, lon]) => [lat, lon + 360 * Math.round((first - lon) / 360)]);
}

/** Show longitudes of places as they are drawn. @param {Data["places"]} places @param {number} west */
function turnPlaces(places, west) {
  if (west !== USUAL_WEST) places.lon = Float64Array.from(places.lon, (lon) => turned(lon, west));
}
