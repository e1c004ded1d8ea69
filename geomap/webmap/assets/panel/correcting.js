/** Forms in which a reader says what is wrong, and the list of what was noted. */

/**
 * Latitude and longitude in degrees: "36.89, 38.35" or "36.89° N, 38.35° W"; null for anything else.
 * @param {string} text
 * @returns {[number, number] | null}
 */
function parsePoint(text) {
  const found = /^\s*(-?\d{1,3}(?:\.\d+)?)\s*°?\s*([NS]?)[\s,;]+(-?\d{1,3}(?:\.\d+)?)\s*°?\s*([EW]?)\s*$/i.exec(text);
  if (!found) return null;
  const lat = Number(found[1]) * (/s/i.test(found[2]) ? -1 : 1);
  const lon = Number(found[3]) * (/w/i.test(found[4]) ? -1 : 1);
  return Math.abs(lat) <= 90 && Math.abs(lon) <= 180 ? [lat, lon] : null;
}

/** "should be Kobani": what a correction says, for people. */
function wordFix(fix) {
  if (fix.action !== "move") return t(`action.${fix.action}`);
  const place = fix.new_name || (fix.new_lat === undefined ? fix.new_place_id : `${fix.new_lat}, ${fix.new_lon}`);
  return rich("corrected.move", { name: bdi(String(place)) });
}

/**
 * Buttons of which one is chosen.
 * @param {string} name
 * @param {string} title
 * @param {{value: string, words: any}[]} options
 * @param {string} chosen
 * @param {(value: string) => void} change
 */
function makeChoice(name, title, options, chosen, change = () => {}) {
  return el("fieldset", {}, el("legend", {}, title), options.map(({ value, words }) => {
    const input = el("input", { type: "radio", name, value, change: () => change(value) });
    input.checked = value === chosen;
    return el("label", {}, input, el("span", {}, words));
  }));
}

let forms = 0;

/**
 * A form about one mention, or about a place with all its mentions.
 * @param {App} app
 * @param {{row: Fix, scopes: {value: string, words: any}[], choices?: FixAction[], done: (fix: Fix | null) => void}} options
 */
function makeFixForm(app, { row, scopes, choices = ACTIONS, done }) {
  const { places, strings } = app.data;
  const id = `fix-${forms += 1}`;
  let target = /** @type {Partial<Fix> | null} */ (null);
  let stopPicking = () => {};
  const find = app.findPlaces();
  const findTown = app.findTowns();
  const ofPlace = (place) => ({ new_place_id: strings[places.id[place]], new_name: app.data.given[place] ?? strings[places.name[place]] });
  const box = makeCombobox({
    id: `${id}-which`, label: t("correct.which"), placeholder: t("correct.which"),
    suggest: (query) => [{ title: t("list"), items: find(query) }, { title: t("correct.towns"), items: findTown(query) }],
    choose: ({ value, kind }, input) => {
      const town = kind === "town" ? app.base.towns[value] : null;
      target = town ? { new_name: town.name, new_lat: town.at[0], new_lon: trueLon(town.at[1]) } : ofPlace(value);
      input.value = town ? town.name : strings[places.name[value]];
      point.value = town ? `${target.new_lat}, ${target.new_lon}` : "";
    },
    change: () => { target = null; },
  });
  const point = el("input", { type: "text", id: `${id}-point`, autocomplete: "off", dir: "ltr", input: () => { target = null; } });
  const pick = el("button", { type: "button", class: "small", click: () => {
    stopPicking();
    stopPicking = pickPoint(app, ({ place, lat, lon }) => {
      target = place >= 0 ? ofPlace(place) : null;
      box.input.value = place >= 0 ? strings[places.name[place]] : "";
      point.value = `${lat}, ${lon}`;
      pick.focus();
    });
  } }, t("correct.pick"));
  const where = el("div", { class: "target", hidden: choices[0] !== "move" }, box.root, el("label", { for: `${id}-point` }, t("correct.point")), point, pick);
  const fault = el("p", { class: "fault", role: "alert" });
  const value = (name) => /** @type {HTMLInputElement | null} */ (form.querySelector(`[name="${id}-${name}"]:checked`))?.value ?? "";

  function leave(fix) {
    stopPicking();
    done(fix);
  }

  function newPlace() {
    if (value("action") !== "move") return {};
    if (target) return target;
    const at = parsePoint(point.value);
    return at && { new_lat: at[0], new_lon: at[1] };
  }

  function submit(event) {
    event.preventDefault();
    const found = newPlace();
    fault.textContent = found ? "" : t("correct.missing");
    if (found) leave(/** @type {Fix} */ ({ ...cutToScope(row, value("scope")), action: value("action"), ...found }));
    else box.input.focus();
  }

  const actions = choices.map((action) => ({ value: action, words: t(`action.${action}`) }));
  const form = el("form", { class: "fix", submit, keydown: (event) => {
    if (event.key !== "Escape" || event.defaultPrevented) return;
    event.preventDefault();
    leave(null);
  } },
  makeChoice(`${id}-action`, t("correct.what"), actions, choices[0], (action) => { where.hidden = action !== "move"; }),
  where,
  scopes.length > 1 && makeChoice(`${id}-scope`, t("correct.where"), scopes, scopes[0].value),
  scopes.length === 1 && el("input", { type: "radio", name: `${id}-scope`, value: scopes[0].value, checked: true, hidden: true }),
  fault,
  el("p", { class: "buttons" }, el("button", { type: "submit", class: "small" }, t("correct.save")), el("button", { type: "button", class: "small", click: () => leave(null) }, t("correct.cancel"))));
  return form;
}

/**
 * What can be corrected at a mention and at a place: a button, the open form, or what was noted.
 * A form that is open keeps what was typed when the panel is drawn anew.
 * @param {App} app
 */
function makeCorrector(app) {
  const { data, state } = app;
  const { mentions, places, strings } = data;
  let open = { key: "", form: /** @type {HTMLElement | null} */ (null) };

  function slot(key, { row, scopes, words, label, fix, choices = ACTIONS, other = /** @type {{place: any, words: any} | null} */ (null) }) {
    const root = el("div", { class: "correct" });
    const button = () => el("button", { type: "button", class: "link quiet", "aria-label": label, click: start }, words);
    const focus = () => /** @type {HTMLElement | null} */ (document.querySelector(`[data-fix="${key}"] button, [data-fix="${key}"] input:checked`))?.focus();
    const rest = () => fill(root, fix
      ? el("p", { class: "noted" }, el("span", {}, rich("corrected", { what: wordFix(fix) })), " ", el("button", { type: "button", class: "link", click: () => { dropFix(state, fix); focus(); } }, t("correct.undo")))
      : [other && offer(other), button()]);
    const offer = ({ place, words: said }) => [el("button", { type: "button", class: "link quiet", click: () => done({ ...cutToScope(row(), "mention"), action: "move", ...place }) }, said), " "];
    function start() {
      open = { key, form: makeFixForm(app, { row: row(), scopes, choices, done }) };
      fill(root, open.form);
      focus();
    }
    function done(made) {
      open = { key: "", form: null };
      if (made) noteFix(state, made);
      else rest();
      focus();
    }
    root.dataset.fix = key;
    if (open.key === key && !fix) fill(root, open.form);
    else rest();
    return root;
  }

  /** The unit around a town, or the town in a unit, where a mention leaves open which is meant; null elsewhere. @param {number} m */
  function otherOf(m) {
    const column = data.carried.find(({ name }) => name === "other_place_id");
    const id = column ? strings[column.rows[m]] : "";
    if (!id) return null;
    const place = mentions.place[m];
    const known = places.id.findIndex((at) => strings[at] === id);
    const name = strings[places.name[known >= 0 ? known : place]];
    const isUnit = places.precision[place] === 3 || places.precision[place] === 4;
    return { place: { new_place_id: id, new_name: name }, words: rich(isUnit ? "other.town" : "other.unit", { name: bdi(name) }) };
  }

  return {
    /** @param {number} m */
    ofMention(m) {
      const row = describeMention(app, m);
      const name = row.surface ?? "";
      const scopes = SCOPES.map((scope) => ({ value: scope, words: rich(`scope.${scope}`, { name: bdi(name) }) }));
      const choices = app.unlocated?.actions(m);
      const reach = row.place_id === "" && !choices ? scopes.slice(0, 2) : scopes;
      const fix = findFix(state.get().corrections, choices ? row : { ...row, place_id: strings[places.id[mentions.place[m]]] });
      return slot(`mention-${m}`, { row: () => row, scopes: reach, words: t("correct"), label: t("correct.label", { name }), fix, choices, other: otherOf(m) });
    },
    /** @param {number} place */
    ofPlace(place) {
      const place_id = strings[places.id[place]];
      if (!place_id) return null;
      const fix = state.get().corrections.findLast((one) => one.scope === "everywhere" && one.place_id === place_id && !one.surface) ?? null;
      const scopes = [{ value: "everywhere", words: t("scope.place") }];
      return slot(`place-${place}`, { row: () => ({ surface: "", place_id }), scopes, words: t("correct.place"), label: null, fix });
    },
  };
}

/**
 * The list of what was noted, to review, undo and download.
 * @param {App} app
 * @returns {View}
 */
function makeCorrections(app) {
  const { data, state } = app;
  const { articles, places, strings } = data;
  let body = null;
  const titles = lazily(() => new Map(Array.from(articles.id, (id, a) => [data.originals[a] ?? strings[id], strings[articles.title[a]]])));
  const names = lazily(() => new Map(Array.from(places.id, (id, i) => [strings[id], strings[places.name[i]]])));

  function row(fix) {
    const name = fix.surface || names().get(fix.place_id) || fix.place_id;
    const place = names().get(fix.place_id);
    const scope = fix.scope !== "mention" && !fix.surface ? t("scope.place") : rich(`scope.${fix.scope}`, { name: bdi(name) });
    return el("li", {}, el("p", { class: "step-head" }, el("strong", {}, bdi(name)), place && place !== name && [" · ", bdi(place)]),
      el("p", {}, wordFix(fix)),
      el("p", { class: "meta" }, scope, fix.article_id && [" · ", bdi(titles().get(fix.article_id) ?? fix.article_id)]),
      el("button", { type: "button", class: "link", click: () => dropFix(state, fix) }, t("correct.undo")));
  }

  function draw() {
    const { corrections } = state.get();
    keepFocus(body, () => fill(body, corrections.length === 0
      ? el("p", { class: "empty" }, t("corrections.none"))
      : [
        el("p", { class: "how" }, t("corrections.lead")),
        el("p", {}, el("code", { dir: "ltr" }, "geomap map … --corrections corrections.csv")),
        !app.fixes.isKept && el("p", { class: "fault" }, t("corrections.unkept")),
        el("p", { class: "buttons" },
          el("button", { type: "button", class: "small", click: () => saveFile("corrections.csv", "text/csv;charset=utf-8", writeFixes(state.get().corrections)) }, t("corrections.download")),
          el("button", { type: "button", class: "small", click: () => state.set({ corrections: [] }) }, t("corrections.clear"))),
        framedNote(app),
        el("ol", {}, corrections.map(row)),
      ]));
  }

  return {
    title: t("corrections"),
    build(root) {
      body = el("div", { class: "evidence corrections" });
      fill(root, body);
      draw();
    },
    update: draw,
  };
}
