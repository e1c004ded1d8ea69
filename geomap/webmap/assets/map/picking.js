/** A point of the map that the reader chooses: a click, or Enter for its middle. */

/** Digits behind the point of a degree that a pixel tells apart, at a zoom. */
const digitsAt = (zoom) => Math.max(1, Math.min(5, Math.round(zoom / 3) + 1));

/**
 * Wait for one point.
 * @param {App} app
 * @param {(found: {place: number, lat: number, lon: number}) => void} done the place whose circle was chosen, -1 for none
 * @returns {() => void} gives up waiting
 */
function pickPoint(app, done) {
  const { map } = app;
  const { places } = app.data;
  const container = map.getContainer();
  const note = el("p", { id: "picking", role: "status" }, t("correct.pick.how"));
  container.append(note);
  container.classList.add("picking");
  if (isPhone.matches) document.body.dataset.picking = "true"; // the panel makes way

  function stop() {
    note.remove();
    container.classList.remove("picking");
    delete document.body.dataset.picking;
    container.removeEventListener("click", choose, true);
    document.removeEventListener("keydown", key, true);
  }

  /** @param {{x: number, y: number}} at */
  function take(at) {
    const digits = digitsAt(map.getZoom());
    const origin = map.getPixelOrigin().add(map.containerPointToLayerPoint([0, 0]));
    const disc = app.circles.discs.findLast(({ members, x, y, radius }) => members.length === 1 && (x - origin.x - at.x) ** 2 + (y - origin.y - at.y) ** 2 <= radius ** 2);
    const { lat, lng } = map.containerPointToLatLng([at.x, at.y]);
    if (isEqualArea(map) && !isOnEarth(app, { lat, lng })) return;
    const place = disc ? disc.i : -1;
    const [north, east] = place >= 0 ? [places.lat[place], places.lon[place]] : [lat, lng];
    stop();
    done({ place, lat: Number(north.toFixed(5 * Number(place >= 0) || digits)), lon: Number(trueLon(east).toFixed(5 * Number(place >= 0) || digits)) });
  }

  function choose(event) {
    if (map.dragging.moved()) return;
    event.stopPropagation();
    event.preventDefault();
    take(map.mouseEventToContainerPoint(event));
  }

  function key(event) {
    if (event.key === "Escape") {
      event.preventDefault();
      event.stopPropagation();
      stop();
    } else if (event.key === "Enter" && container.contains(/** @type {Node} */ (event.target))) {
      event.preventDefault();
      event.stopPropagation();
      const size = map.getSize();
      take({ x: size.x / 2, y: size.y / 2 });
    }
  }

  container.addEventListener("click", choose, true); // before the circles and areas, which would open
  document.addEventListener("keydown", key, true);
  container.focus({ preventScroll: true });
  return stop;
}
