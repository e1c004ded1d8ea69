/** How the parts of the page make room for each other. Their places are in layout.css: none lies over another. */

/**
 * What opens and closes a part of the page, which bears the class "open" while it stands open.
 * @param {HTMLElement} button
 * @param {HTMLElement} root
 * @returns {(isOpen?: boolean) => boolean} opens or closes it, or turns it; tells whether it is open now
 */
function makeToggle(button, root) {
  const turn = (isOpen) => {
    const now = root.classList.toggle("open", isOpen);
    button.setAttribute("aria-expanded", String(now));
    return now;
  };
  button.addEventListener("click", () => turn());
  return turn;
}

/**
 * Whether the key stands open: as the reader says, else where there is room for it below the card; and
 * whether it has its examples.
 * @param {HTMLElement} root
 * @returns {{fit(): void, fold(isFolded: boolean): boolean}}
 */
function makeFolding(root) {
  const [card, button, side] = [byId("card"), byId("show-legend"), byId("side")];
  let chosen = /** @type {boolean | null} */ (null);
  let isFolded = false;
  const isWhole = () => root.scrollHeight <= root.clientHeight + 1 && card.scrollHeight <= card.clientHeight + 1 && side.scrollHeight <= side.clientHeight;
  function fit() {
    root.classList.add("open");
    root.classList.remove("tight");
    const hasRoom = isWhole();
    root.classList.toggle("tight", !hasRoom);
    const isOpen = chosen ?? (!isFolded && !isPhone.matches && !isLow.matches && (hasRoom || isWhole()));
    root.classList.toggle("open", isOpen);
    button.setAttribute("aria-expanded", String(isOpen));
  }
  button.addEventListener("click", () => {
    chosen = !root.classList.contains("open");
    fit();
  });
  new ResizeObserver(fit).observe(card);
  window.addEventListener("resize", fit);
  return {
    fit,
    /** Make room on the map, unless the reader opened the key; tells whether that changed anything. */
    fold(folded) {
      const before = root.classList.contains("open");
      isFolded = folded;
      fit();
      return before !== root.classList.contains("open");
    },
  };
}

/** The buttons of a low window, and a map that follows the room that is left for it. @param {any} map */
function makeLayout(map) {
  const [card, strip, key] = [makeToggle(byId("menu"), byId("card")), makeToggle(byId("strip-more"), byId("strip")), byId("show-legend")];
  // there is room for one of them
  for (const button of [byId("menu"), key]) button.addEventListener("click", () => { if (isLow.matches) strip(false); });
  byId("strip-more").addEventListener("click", () => {
    if (!byId("strip").classList.contains("open")) return;
    card(false);
    if (key.getAttribute("aria-expanded") !== "true") return;
    key.click();
    strip(true);
  });
  new ResizeObserver(() => {
    const box = map.getContainer();
    const { x, y } = map.getSize();
    if (box.clientWidth > 0 && (x !== box.clientWidth || y !== box.clientHeight)) map.invalidateSize({ animate: false });
  }).observe(map.getContainer());
}

/**
 * What lies beside the middle of the map, above or below it, in pixels.
 * @param {boolean} isNarrow whether only what is as wide as the map counts
 */
function measureCovers(isNarrow) {
  const map = byId("map_geomap").getBoundingClientRect();
  const room = { left: 0, top: 0, right: 0, bottom: 0 };
  for (const id of ["card", "panel"]) {
    const box = byId(id).getBoundingClientRect();
    const isWide = box.width > 0.7 * map.width;
    if (box.width === 0 || (isWide && box.height > 0.8 * map.height) || getComputedStyle(byId(id)).visibility === "hidden") continue;
    if (isWide) {
      if (box.top - map.top < map.bottom - box.bottom) room.top = Math.max(room.top, box.bottom - map.top);
      else room.bottom = Math.max(room.bottom, map.bottom - box.top);
    } else if (id === "panel" || !isNarrow) {
      const side = box.left - map.left < map.right - box.right ? "left" : "right";
      const width = side === "left" ? box.right - map.left : map.right - box.left;
      room[side] = Math.max(room[side], id === "card" ? Math.min(width, map.width / 3) : width);
    }
  }
  return room;
}

/** Room for the panel, the card and the key around what is shown. */
function paddings(isNarrow = false) {
  const { left, top, right, bottom } = measureCovers(isNarrow);
  const map = byId("map_geomap");
  const edge = Math.max(8, Math.min(48, map.clientHeight / 12, map.clientWidth / 12));
  return {
    paddingTopLeft: [left > 0 && right > 0 ? left + 8 : left + edge, top + edge],
    paddingBottomRight: [right + edge, bottom + edge],
  };
}
