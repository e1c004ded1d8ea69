/** Names on the map, placed so that none covers another: the important ones first. */

/** How many times wider than the country its name may be, unless the country is shaded. */
const WIDEST_NAME = 3.6;

/** How much of the map a name of a place needs; on a crowded map only the larger are tried. */
const PIXELS_PER_NAME = 4000;

/** Where else than in its middle the name of an area may stand, in pixels. */
const SHIFTS = [[0, 0], [0, -16], [0, 16], [16, 0], [-16, 0], [0, -32], [0, 32], [32, 0], [-32, 0], [24, 24], [-24, 24], [24, -24], [-24, -24]];

/** So many circles in view, the largest, are named before all else. */
const NAMED_FIRST = 3;

/** The radius in pixels that has room for the number of a circle's places. @param {Disc} disc */
const numberRoom = ({ members }) => 5 + 3 * String(members.length).length;

/** How far from its middle, in pixels, the total of a country may stand where circles take its own room. */
const BESIDE = [[0, -48], [0, 48], [-64, 0], [64, 0], [-56, -32], [56, -32], [-56, 32], [56, 32], [-96, 0], [96, 0], [0, -72], [0, 72]];

/** Pixels that stay free between a circle and the name of another. */
const CLEARANCE = 4;

/**
 * A layer of labels over the map.
 * @param {App} app
 */
function makeLabels(app) {
  const { map, data, base } = app;
  const { places, strings } = data;
  const { list, unitOf } = app.territories;
  const root = svg("svg", { class: "labels leaflet-zoom-hide", "aria-hidden": "true" });
  map.getPane("label").append(root);
  const rowOf = new Map(list.map((territory, row) => [`${territory.level} ${territory.level === "country" ? territory.row : territory.outline}`, row]));
  const middles = list.map(({ outline }) => lazily(() => middleOf(app.outline(outline))));
  const upper = base.name.map((name) => name.toLocaleUpperCase(words.locale));
  /** @type {Map<string, [number, number][][]>} */
  const rivers = new Map();
  for (const { name, line } of base.rivers) if (name) rivers.set(name, [...(rivers.get(name) ?? []), line]);
  const towns = makeTowns(app);
  const pool = makePool(root);
  const margin = 160;
  const measureText = makeMeasure();
  let growth = 1;
  const measure = (text, kind) => measureText(text, kind, growth);

  /** The line below the name of an area: all that lies in it, or what is known of it as a whole. */
  function countOf(row, level, tally) {
    if (row === undefined) return { count: 0, words: "" };
    const style = styleOf(list[row], level);
    if (app.compared && style) {
      const change = style === "total" ? app.compared.ofTerritory[row] : app.compared.sumOf(list[row].own, app.compared.change);
      return { count: Math.abs(change), words: change === 0 ? "" : signed(change), style };
    }
    const count = style === "total" ? app.areaTotals.now[row] : style === "own" ? ownTotal(list[row], tally) : 0;
    return { count, words: count === 0 ? "" : style === "total" ? grouped(count) : t("label.whole", { n: count }), style };
  }

  const isSelected = (state, row) => row !== undefined && ((shownView(state) === "area" && state.area === row) || list[row].own.includes(state.selected));

  function placeWishes(state, tally) {
    const origin = map.getPixelOrigin().add(map.containerPointToLayerPoint([0, 0]));
    const size = map.getSize();
    let named = 0;
    return app.circles.discs.map((disc) => {
      const isChosen = state.selected === disc.i;
      const radius = disc.radius + (isChosen ? 6 : 0);
      const point = { x: disc.x - origin.x, y: disc.y - origin.y };
      const isLargest = point.x > 0 && point.y > 0 && point.x < size.x && point.y < size.y && (named += 1) <= NAMED_FIRST;
      const others = disc.members.length - 1;
      const name = strings[places.name[disc.i]];
      const text = app.compared ? `${name} ${signed(app.compared.sumOf(disc.members, app.compared.change))}` : name;
      const hasNumber = others > 0 && disc.radius >= numberRoom(disc);
      return { rank: isChosen ? 0 : isLargest ? 0.2 : 2 + 1 / (1 + disc.count), kind: radius > 12 ? "major" : "place", text: others > 0 && !hasNumber ? t("circle.more", { place: text, n: others }) : text, point, radius, weight: disc.count, number: hasNumber ? grouped(others + 1) : "", isOpen: hasNumber && disc.members.every((i) => tally.bands[LITERAL][i] + tally.bands[1][i] === 0) };
    });
  }

  function unitWishes(state, level, tally) {
    const out = [];
    const shownIn = new Uint32Array(list.length);
    for (const { i, members, count } of app.circles.discs) if (unitOf[i] >= 0 && members.every((member) => unitOf[member] === unitOf[i])) shownIn[unitOf[i]] += count;
    list.forEach((territory, row) => {
      if (territory.level !== "unit") return;
      const { count, words } = countOf(row, level, tally);
      const isChosen = isSelected(state, row);
      if (!isChosen && level === "unit" && shownIn[row] >= count) return; // its circles say it all
      if (count > 0 || isChosen) out.push({ rank: isChosen ? 0 : level === "unit" ? 1.5 + 0.4 / (1 + count) : 2.6, kind: "unit", text: territory.name, at: middles[row](), words });
    });
    for (const i of app.areas) {
      if (places.area[i] >= 0 || places.unit[i] >= 0 && places.precision[i] === 4 || tally.total[i] === 0 || level !== "place") continue;
      out.push({ rank: state.selected === i ? 0 : 2.7, kind: "unit", text: strings[places.name[i]], at: [places.lat[i], places.lon[i]], words: t("label.whole", { n: tally.total[i] }) });
    }
    return out;
  }

  function countryWishes(state, level, tally) {
    const out = [];
    const factor = (256 * 2 * 2 ** map.getZoom()) / 360;
    base.label.forEach(([lon, lat, size], row) => {
      if (!upper[row]) return;
      const territory = rowOf.get(`country ${row}`);
      const { count, words, style } = countOf(territory, level, tally);
      const pixels = size * factor;
      const isChosen = isSelected(state, territory);
      const isShown = count > 0 || isChosen ? pixels > 3 : pixels > 14 && measure(upper[row], "country") < WIDEST_NAME * 2 * pixels;
      if (isShown) out.push({ rank: isChosen ? 0 : style === "total" && count > 0 ? 0.5 + 0.4 / (1 + count) : count > 0 ? 1.2 : 3 + 1 / (1 + size), kind: "country", text: upper[row], at: [lat, lon], words, row, quiet: count === 0 });
    });
    return out;
  }

  function boxesOf(wish) {
    const { point } = wish;
    const width = Math.max(measure(wish.text, wish.kind), wish.words ? measure(wish.words, "place") : 0);
    const line = letterSize(wish.kind, growth) + 3;
    if (wish.radius !== undefined) {
      const near = boxesAround(point.x, point.y, wish.radius, width, line);
      // beside the numbers of an article's places, rather than nowhere
      const boxes = app.state.get().article < 0 ? near : [...near, ...boxesAround(point.x, point.y, wish.radius + BADGE, width, line)];
      // a large circle would rather have its name across it than none
      return wish.kind === "major" ? [...boxes, { left: point.x - width / 2, right: point.x + width / 2, top: point.y - line / 2, bottom: point.y + line / 2, anchor: "middle", x: point.x, y: point.y }] : boxes;
    }
    const height = wish.words ? 2 * line : line;
    return SHIFTS.map(([dx, dy]) => {
      const [x, y] = [point.x + dx, point.y + dy];
      return { left: x - width / 2, right: x + width / 2, top: y - height / 2, bottom: y + height / 2, anchor: "middle", x, y: y - (wish.words ? line / 2 : 0) };
    });
  }

  function write(text, className, kind, x, y, anchor) {
    const [left, top] = [x.toFixed(1), y.toFixed(1)];
    pool.put(`${className}|${text}|${left}|${top}|${anchor}|${growth}`, () => {
      const element = svg("text", { class: className, x: left, y: top, "text-anchor": anchor, dy: "0.35em" }, text);
      element.style.fontSize = `${letterSize(kind, growth)}px`;
      return element;
    });
  }

  /** A line from a name to what it names. */
  function lead({ left, right, top, bottom, of: { x, y } }) {
    const d = `M${Math.max(left, Math.min(right, x)).toFixed(1)} ${Math.max(top, Math.min(bottom, y)).toFixed(1)}L${x.toFixed(1)} ${y.toFixed(1)}`;
    pool.put(`lead|${d}`, () => svg("path", { class: "lead", d }));
  }

  function draw(wish, box) {
    if (box.of) lead(box);
    write(wish.text, `label ${wish.kind}${wish.quiet ? " quiet" : ""}`, wish.kind, box.x, box.y, box.anchor);
    if (wish.words) write(wish.words, "label count", "place", box.x, box.y + letterSize(wish.kind, growth) + 3, "middle");
  }

  /** A shaded country whose middle is not in view, or is covered, is named where it can be seen. */
  function elsewhere(wish, space, size) {
    if (wish.row === undefined || !wish.words) return null;
    const { x, y } = wish.point;
    const middle = x > 0 && y > 0 && x < size.x && y < size.y ? wish.point : { x: size.x / 2, y: size.y / 2 };
    const far = (spot) => (spot.x - middle.x) ** 2 + (spot.y - middle.y) ** 2;
    const rings = ringsOf(wish.row);
    for (const spot of [...spotsIn(wish.row, size)].sort((a, b) => far(a) - far(b))) {
      const box = boxesOf({ ...wish, point: spot })[0];
      if (!space.isFree(box)) continue;
      const corners = [[box.left, box.top], [box.right, box.top], [box.left, box.bottom], [box.right, box.bottom]];
      if (corners.every((corner) => isWithin(rings, ...latLngOf(corner)))) return box;
    }
    return null;
  }

  /** A total that circles leave no room in its country stands as near as it can; outside of it a line says whose it is. */
  function besideCircles(wish, space, isWhole) {
    if (wish.row === undefined || !wish.words) return null;
    const near = [...SHIFTS, ...BESIDE].flatMap(([dx, dy]) => boxesOf({ ...wish, point: { x: wish.point.x + dx, y: wish.point.y + dy } })[0]);
    const box = near.find((one) => isWhole(one) && space.isFree(one));
    return box && !isInOwn(wish, box) ? { ...box, of: wish.point } : box ?? null;
  }

  const latLngOf = (point) => {
    const { lat, lng } = map.containerPointToLatLng(point);
    return [lat, lng];
  };

  /** Points of a grid over the view that lie in a country; they are kept until the view moves. */
  const spots = new Map();
  let spotsFor = "";
  function spotsIn(row, size) {
    const view = `${map.options.crs.code} ${map.getZoom()} ${map.getCenter()} ${size}`;
    if (view !== spotsFor) spots.clear();
    spotsFor = view;
    if (!spots.has(row)) {
      const rings = ringsOf(row);
      const found = [];
      spots.set(row, found);
      if (rings.length === 0) return found; // a base map of one's own may lack the country
      const extent = L.latLngBounds(rings.flat());
      const { min, max } = L.bounds(cornersOf(extent).map((corner) => map.latLngToContainerPoint(corner)));
      for (let x = Math.max(40, 32 * Math.ceil(min.x / 32) + 8); x < Math.min(size.x, max.x); x += 32) {
        for (let y = Math.max(24, 24 * Math.ceil(min.y / 24)); y < Math.min(size.y, max.y); y += 24) {
          if (isWithin(rings, ...latLngOf([x, y]))) found.push({ x, y });
        }
      }
    }
    return spots.get(row);
  }

  const rings = new Map();
  function ringsOf(row) {
    if (!rings.has(row)) rings.set(row, base.countries[row]());
    return rings.get(row);
  }

  /** Whether the name of an area, moved from its middle, still stands in it. */
  function isInOwn(wish, box) {
    if (wish.row === undefined) return false;
    return isWithin(ringsOf(wish.row), ...latLngOf([(box.left + box.right) / 2, (box.top + box.bottom) / 2]));
  }

  function drawRivers(size, space) {
    if (map.getZoom() < RIVERS_FROM) return;
    for (const [name, lines] of rivers) {
      const course = findCourse(lines, measure(name, "river"), map, size, space.isFree);
      if (!course) continue;
      for (const [x, y] of course) space.take({ left: x - 6, right: x + 6, top: y - 14, bottom: y + 2 });
      const d = `M${course.map(([x, y]) => `${x.toFixed(1)} ${y.toFixed(1)}`).join("L")}`;
      pool.put(`river ${name} ${growth} ${d}`, () => {
        const path = svg("path", { id: `course-${name}`, class: "course", d });
        const text = svg("text", { class: "label river", dy: "-3" }, svg("textPath", { href: `#course-${name}`, startOffset: "50%", "text-anchor": "middle" }, name));
        text.style.fontSize = `${letterSize("river", growth)}px`;
        return svg("g", {}, path, text);
      });
    }
  }

  /** Towns that no article names, where there is room left. */
  function drawTowns(size, space) {
    let left = Math.round((size.x * size.y) / PIXELS_PER_TOWN);
    for (const { name, at, people } of towns) {
      if (left === 0 || people < leastTownAt(map.getZoom())) break;
      const { x, y } = map.latLngToContainerPoint(at);
      if (x < 0 || y < 0 || x > size.x || y > size.y || !space.isFree({ left: x - 4, right: x + 4, top: y - 4, bottom: y + 4 })) continue;
      const boxes = boxesAround(x, y, 0, measure(name, "town"), letterSize("town", growth) + 3);
      const box = boxes.find((one) => one.left > 0 && one.right < size.x && space.isFree(one));
      if (!box) continue;
      space.take(box);
      left -= 1;
      const [left_, top] = [x.toFixed(1), y.toFixed(1)];
      pool.put(`town ${left_} ${top}`, () => svg("circle", { class: "town-dot", cx: left_, cy: top, r: 1.5 }));
      write(name, "label town", "town", box.x, box.y, box.anchor);
    }
  }

  function placeAll(wishes, space, size) {
    let names = 0;
    const most = Math.round((size.x * size.y) / PIXELS_PER_NAME);
    const isWhole = (box) => box.left > 0 && box.top > 0 && box.right < size.x && box.bottom < size.y;
    for (const wish of wishes) {
      if (wish.radius !== undefined && (names += 1) > most) continue;
      const boxes = boxesOf(wish);
      const inView = wish.row === undefined || (wish.point.x > 0 && wish.point.y > 0 && wish.point.x < size.x && wish.point.y < size.y);
      const free = inView ? boxes.filter((box, n) => space.isFree(box, wish) && (wish.radius !== undefined || n === 0 || isInOwn(wish, box))) : [];
      const box = free.find(isWhole) || free[0] || elsewhere(wish, space, size) || (inView && besideCircles(wish, space, isWhole));
      if (!box) continue;
      space.take(box);
      draw(wish, box);
    }
  }

  function update(state, tally) {
    const size = map.getSize();
    L.DomUtil.setPosition(root, map.containerPointToLayerPoint([0, 0]));
    decorate(root, { width: size.x, height: size.y });
    growth = growthAt(map.getZoom());
    const level = levelOfView(map);
    const space = makeSpace();
    for (const box of [...coveredBoxes(), ...findBadges(app).map((badge) => badge.box)]) space.take(box);
    const isNear = ({ x, y }) => x > -margin && y > -margin && x < size.x + margin && y < size.y + margin;
    const areas = [...unitWishes(state, level, tally), ...countryWishes(state, level, tally)];
    for (const wish of areas) wish.point = map.latLngToContainerPoint(wish.at);
    const wishes = [...placeWishes(state, tally), ...areas].filter((wish) => isNear(wish.point) || (wish.row !== undefined && wish.words)).sort((a, b) => a.rank - b.rank);
    pool.begin();
    for (const wish of wishes) {
      if (wish.radius === undefined) continue;
      const r = wish.radius + CLEARANCE; // a name beside a circle that is not its own would mislead
      space.take({ left: wish.point.x - r, right: wish.point.x + r, top: wish.point.y - r, bottom: wish.point.y + r, owner: wish });
      if (wish.number) write(wish.number, `label number${wish.isOpen ? " open" : ""}`, "town", wish.point.x, wish.point.y, "middle");
    }
    placeAll(wishes, space, size);
    drawRivers(size, space);
    drawTowns(size, space);
    pool.end();
  }
  return { update };
}
