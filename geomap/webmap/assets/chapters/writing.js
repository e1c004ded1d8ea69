/** Where a person writes chapters: each step is a view of the map with a title and a text; notes stand at places. */

/**
 * @param {App} app
 * @returns {View}
 */
function makeWriting(app) {
  const { data: { places, strings }, state, draft: store } = app;
  let body = /** @type {HTMLElement} */ (byId("panel-body"));
  const viewNow = () => currentLink(app, { ...state.get(), view: shownView(state.get()), chapter: -1 });

  /** A field that writes into the draft as one types. */
  function field(tag, label, of, key) {
    const isLine = tag === "input";
    const input = el(tag, { class: "field words", dir: "auto", maxlength: isLine ? LONGEST_TITLE : LONGEST_TEXT, rows: isLine ? null : 4, input: () => {
      of[key] = input.value;
      store.save();
    } });
    input.value = of[key];
    return el("label", {}, el("span", {}, label), input);
  }

  /** Change a list of the draft, draw it anew, and lead the focus to the first of these that is there. */
  function change(act, ...focus) {
    act();
    store.save();
    draw();
    /** @type {HTMLElement | undefined} */ (focus.map((one) => body.querySelector(one)).find(Boolean))?.focus();
  }

  const small = (words, label, click, key = "") => el("button", { type: "button", class: "small", "aria-label": label === words ? null : label, "data-do": key || null, click }, words);

  /** An entry of a list: what it is, its fields, and what can be done with it. */
  function entry(list, n, id, label, ...tools) {
    const one = list[n];
    const name = (words) => `${words}: ${label}`;
    const to = (m) => change(() => list.splice(m, 0, ...list.splice(n, 1)), `#${id}-${m} [data-do="${m < n ? "up" : "down"}"]:enabled`, `#${id}-${m} button:enabled`);
    const [up, down] = [small("↑", name(t("write.up")), () => to(n - 1), "up"), small("↓", name(t("write.down")), () => to(n + 1), "down")];
    [up.disabled, down.disabled] = [n === 0, n === list.length - 1];
    return el("li", { id: `${id}-${n}` }, el("h4", {}, label), field("input", t("write.title"), one, "title"), field("textarea", t("write.text"), one, "text"),
      el("p", { class: "buttons" }, tools.map(([words, act]) => small(words, name(words), () => act(one))), up, down,
        small(t("write.delete"), name(t("write.delete")), () => change(() => list.splice(n, 1), `#${id}-${Math.min(n, list.length - 1)} .field`, `.add-${id}`))));
  }

  function draw() {
    const { draft } = store;
    const { steps, notes } = draft;
    const { selected } = state.get();
    const add = (list, one, id) => change(() => list.push(one), `#${id}-${list.length} .field`);
    const retake = (step) => change(() => { step.view = viewNow(); }, `#step-${steps.indexOf(step)} button`);
    const show = (step) => {
      const { patch, view } = parseLink(step.view, linkContext(app));
      state.set({ ...app.first, corrections: state.get().corrections, ...patch, view: "write", behind: patch.view === undefined ? app.first.view : patch.view });
      showLinked(app, view, true);
    };
    const adding = (id, words, act) => el("p", { class: "buttons" }, el("button", { type: "button", class: `small add-${id}`, click: act }, words));
    fill(body, el("div", { class: "share writing" },
      el("p", {}, t("write.lead")), el("p", {}, el("code", { dir: "ltr" }, "geomap map … --story chapters.md")),
      !store.isKept && el("p", { class: "fault" }, t("corrections.unkept")),
      el("p", { class: "buttons" }, small(t("write.download"), t("write.download"), () => saveFile("chapters.md", "text/markdown;charset=utf-8", store.file()))),
      framedNote(app),
      field("input", t("write.title.all"), draft, "title"), field("textarea", t("write.opening"), draft, "lead"),
      el("section", {}, el("h3", {}, t("write.steps")),
        el("ol", {}, steps.map((_, n) => entry(steps, n, "step", t("write.step", { n: n + 1 }), [t("write.show"), show], [t("write.retake"), retake]))),
        steps.length < MOST_STEPS && adding("step", t("write.add"), () => add(steps, { title: "", text: "", view: viewNow() }, "step"))),
      el("section", {}, el("h3", {}, t("write.notes")),
        el("ol", {}, notes.map((note, n) => entry(notes, n, "note", note.place < 0 ? `${note.lat}, ${note.lon}` : strings[places.name[note.place]]))),
        selected < 0 || places.precision[selected] === 0 ? el("p", {}, t("write.pin.how"))
          : notes.length < MOST_NOTES && adding("note", rich("write.pin", { name: bdi(strings[places.name[selected]]) }), () => add(notes, { title: strings[places.name[selected]], text: "", place: selected }, "note")))));
  }

  return {
    title: t("write"),
    build(root) {
      body = root;
      draw();
    },
    update() {},
  };
}
