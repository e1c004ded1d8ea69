/** Large towns that no article names: small, grey, and only where nothing else needs the room. */

/** How much of the map a name of a town needs. */
const PIXELS_PER_TOWN = 26000;
/** Kilometres to a place of the map from which a town is another one. */
const APART = 12;

/** Thousands of inhabitants of a town that is named at a zoom. */
const leastTownAt = (zoom) => (zoom < 3.5 ? Infinity : 4000 / 2 ** (zoom - 4));

/**
 * Towns that are not among the map's places.
 * @param {App} app
 * @returns {{name: string, at: [number, number], people: number}[]}
 */
function makeTowns({ base, points, data }) {
  const { places, strings } = data;
  const names = new Set(points.map((i) => strings[places.name[i]]));
  const isFar = ([lat, lon]) => points.every((i) => Math.abs(places.lat[i] - lat) > APART / 111 || Math.abs(places.lon[i] - lon) * Math.cos((lat * Math.PI) / 180) > APART / 111);
  return base.towns.filter(({ name, at }) => !names.has(name) && isFar(at));
}
