/** Notes pinned to places and points of the map: numbered pins, each of which opens what it says. */

/** Pixels from the side of a pin, and of the room around an open note. */
const PIN_SIZE = 24;
const NOTE_EDGE = 8;

/**
 * @param {App} app
 * @param {DraftNote[]} notes
 * @returns {{open(n: number, isSought: boolean): void}}
 */
function makeNotes(app, notes) {
  const { map, data: { places, strings } } = app;
  map.createPane("notes").style.zIndex = "660"; // over the names
  const container = map.getContainer();
  let opened = -1;

  const pins = notes.map((note, n) => {
    const at = note.place >= 0 ? app.labelPoint(note.place) : [note.lat, turned(note.lon, app.west)];
    const name = note.place >= 0 ? strings[places.name[note.place]] : "";
    const button = el("button", { type: "button", class: "pin", "aria-expanded": "false", "aria-label": t("notes.label", { n: n + 1, title: note.title }), click: () => turn(n, opened !== n) }, grouped(n + 1));
    const card = el("div", { class: "note-card", dir: document.documentElement.dir, hidden: true },
      el("button", { type: "button", class: "icon", "aria-label": t("notes.close"), click: () => { turn(n, false); button.focus(); } }, "×"),
      el("h2", { dir: "auto" }, note.title),
      name && el("p", { class: "where" }, el("button", { type: "button", class: "link", click: () => app.select(note.place) }, bdi(name))),
      textOf(note.text));
    const root = el("div", { class: "note-root", click: (event) => event.stopPropagation() }, button, card); // the circle below it is not meant
    L.DomEvent.disableClickPropagation(root);
    L.DomEvent.disableScrollPropagation(card);
    const marker = L.marker(at, { pane: "notes", icon: L.divIcon({ className: "note", html: root, iconSize: null }), interactive: false, keyboard: false }).addTo(map);
    return { at, button, card, marker };
  });

  function turn(n, isOpen) {
    if (isOpen && opened >= 0 && opened !== n) turn(opened, false);
    const { button, card, marker } = pins[n];
    card.hidden = !isOpen;
    button.setAttribute("aria-expanded", String(isOpen));
    marker.setZIndexOffset(isOpen ? 10_000 : 0);
    opened = isOpen ? n : -1;
    if (isOpen) uncover(card);
  }

  /** Move the map as far as an open note lies outside of what is seen of it. */
  function uncover(card) {
    const [box, whole, covers] = [card.getBoundingClientRect(), container.getBoundingClientRect(), measureCovers(false)];
    const room = { left: whole.left + covers.left, right: whole.right - covers.right, top: whole.top + covers.top, bottom: whole.bottom - covers.bottom };
    const shift = (low, high, from, to) => Math.max(0, from + NOTE_EDGE - low) || Math.min(0, to - NOTE_EDGE - high);
    const [x, y] = [shift(box.left, box.right, room.left, room.right), shift(box.top, box.bottom, room.top, room.bottom)];
    if (x !== 0 || y !== 0) map.panBy([-x, -y], { animate: !prefersStill.matches });
  }

  for (const { button, card } of pins) button.addEventListener("focus", () => uncover(card.hidden ? button : card));
  container.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || opened < 0) return;
    event.preventDefault();
    const { button } = pins[opened];
    turn(opened, false);
    button.focus();
  });

  app.paintNotes = (context) => {
    const style = getComputedStyle(document.documentElement);
    const [ink, paper] = ["--ink", "--paper"].map((name) => style.getPropertyValue(name).trim());
    pins.forEach(({ at }, n) => {
      const { x, y } = map.latLngToContainerPoint(at);
      context.fillStyle = ink;
      context.fillRect(x, y - PIN_SIZE, PIN_SIZE, PIN_SIZE);
      context.fillStyle = paper;
      context.font = `600 13px ${style.getPropertyValue("--sans")}`;
      context.textAlign = "center";
      context.textBaseline = "middle";
      context.fillText(grouped(n + 1), x + PIN_SIZE / 2, y - PIN_SIZE / 2);
    });
  };

  return {
    open(n, isSought) {
      endZooming(map);
      if (isSought) map.setView(pins[n].at, Math.max(map.getZoom(), 6), { animate: false });
      turn(n, true);
      pins[n].button.focus({ preventScroll: true });
    },
  };
}
