/**
 * Equal Earth (Šavrič, Patterson and Jenny, 2018), a projection in which every country has its true share of
 * the map. It is worked out on a sphere of the radius that Leaflet's Mercator has; parallels are straight.
 */

const SPHERE_RADIUS = 6378137;
/** Terms of its polynomial, and half the root of three. */
const EQUAL_TERMS = [1.340264, -0.081106, 0.000893, 0.003796];
const HALF_ROOT = Math.sqrt(3) / 2;
/** Steps of Newton's method, more than a millimetre needs. */
const EQUAL_STEPS = 8;

/** How far north a parametric latitude lies, in radii, and how fast that grows. */
function equalNorth(theta) {
  const [a, b, c, d] = EQUAL_TERMS;
  const square = theta * theta;
  const cube = square ** 3;
  return [theta * (a + b * square + cube * (c + d * square)), a + 3 * b * square + cube * (7 * c + 9 * d * square)];
}

/**
 * Metres to the east and north of the middle of the map. A longitude may lie on either side of the 180th from it.
 * @param {number} lat in degrees
 * @param {number} lon degrees from the middle meridian
 * @returns {[number, number]}
 */
function projectEqualEarth(lat, lon) {
  const theta = Math.asin(HALF_ROOT * Math.sin((Math.max(-90, Math.min(90, lat)) * Math.PI) / 180));
  const [north, slope] = equalNorth(theta);
  return [(SPHERE_RADIUS * ((lon * Math.PI) / 180) * Math.cos(theta)) / (HALF_ROOT * slope), SPHERE_RADIUS * north];
}

/**
 * Degrees of latitude, and of longitude from the middle meridian; beyond a pole, those of the pole.
 * @param {number} x metres to the east
 * @param {number} y metres to the north
 * @returns {[number, number]}
 */
function unprojectEqualEarth(x, y) {
  const most = Math.PI / 3; // of the poles
  let [theta, slope] = [0, 1];
  for (let n = 0, north = 0; n < EQUAL_STEPS; n += 1) {
    [north, slope] = equalNorth(theta);
    theta = Math.max(-most, Math.min(most, theta - (north - y / SPHERE_RADIUS) / slope));
  }
  const lat = Math.asin(Math.max(-1, Math.min(1, Math.sin(theta) / HALF_ROOT)));
  return [(lat * 180) / Math.PI, ((x / SPHERE_RADIUS) * HALF_ROOT * slope * 180) / Math.cos(theta) / Math.PI];
}

/**
 * The projection as Leaflet wants it. A zoom is as large on average as that of Mercator at the equator.
 * @param {number} middle degrees of the middle meridian
 */
function makeEqualEarth(middle) {
  const unit = 1 / (2 * Math.PI * SPHERE_RADIUS);
  return L.extend({}, L.CRS.Earth, {
    code: `Equal Earth ${middle}`,
    middle,
    projection: {
      project: ({ lat, lng }) => L.point(...projectEqualEarth(lat, lng - middle)),
      unproject({ x, y }) {
        const [lat, lon] = unprojectEqualEarth(x, y);
        return L.latLng(lat, lon + middle);
      },
    },
    transformation: L.transformation(unit, 0.5, -unit, 0.5),
  });
}
