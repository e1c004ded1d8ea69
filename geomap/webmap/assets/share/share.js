/** Ways to pass the map on: a link, a frame in another page, a picture, paper. */

/** Height of a frame in another page, in pixels, until the reader says otherwise. */
const FRAME_HEIGHT = 640;
/** Pixels of the picture to a pixel of the screen; of paper, for about 300 to the inch. */
const PICTURE_SCALE = 2;
const PAPER_SCALE = 3;
/** What a frame may do: run the page's script, open articles, save and print; nothing of its host. */
const FRAME_RIGHTS = "allow-scripts allow-popups allow-popups-to-escape-sandbox allow-downloads allow-modals";
/** Sizes that frames have: beside a text, across a page, as high as a window. */
const FRAME_SIZES = [["400", "480"], ["100%", "480"], ["100%", "640"], ["100%", "900"]];

/** Whether an address leads here: not to a page inside another one's text, and not to a file that was opened in the page. */
const hasAddress = () => window.location.protocol !== "about:" && !window.geomap_opened;

const isFile = () => window.location.protocol === "file:";

/** The address of what was open before the ways to share it, also where the page has not followed it yet. */
function linkNow(app) {
  const current = app.state.get();
  return window.location.href.replace(/#.*$/s, "") + currentLink(app, { ...current, view: shownView(current) });
}

const asAttribute = (text) => text.replaceAll("&", "&amp;").replaceAll('"', "&quot;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");

/** The markup of a frame; a file is named without its folder, as it will lie beside the page. */
function frameMarkup(app, width, height) {
  const link = isFile() ? linkNow(app).replace(/^[^#]*\//, "") : linkNow(app);
  return `<iframe src="${asAttribute(link)}" title="${asAttribute(app.meta.title)}" width="${asAttribute(width)}" height="${asAttribute(height)}" sandbox="${FRAME_RIGHTS}" loading="lazy" style="border:0"></iframe>`;
}

/** A button whose outcome is said beside it. */
function copyButton(label, read) {
  const said = el("span", { class: "said", role: "status" });
  const button = el("button", { type: "button", class: "plain", click: async () => {
    said.textContent = (await copyText(read())) ? t("copy.done") : t("copy.failed");
  } }, label);
  return el("p", { class: "row-of" }, button, said);
}

/**
 * @param {App} app
 * @returns {View}
 */
function makeShare(app) {
  const link = el("input", { type: "text", readonly: true, class: "field", dir: "ltr", "aria-label": t("share.link"), focus: () => link.select() });
  const code = el("textarea", { readonly: true, class: "field", dir: "ltr", rows: 5, "aria-label": t("share.frame.code"), focus: () => code.select() });
  const size = (label, value) => {
    const input = el("input", { type: "text", class: "field", dir: "ltr", inputmode: "numeric", value, input: () => { preset.value = "-1"; refresh(); } });
    return { input, label: el("label", {}, el("span", {}, label), input) };
  };
  const [width, height] = [size(t("share.width"), "100%"), size(t("share.height"), FRAME_HEIGHT)];
  const preset = el("select", { class: "field", "aria-label": t("share.sizes"), change: () => {
    [width.input.value, height.input.value] = FRAME_SIZES[Number(preset.value)] ?? [width.input.value, height.input.value];
    refresh();
  } }, FRAME_SIZES.map(([w, h], n) => el("option", { value: n, selected: h === String(FRAME_HEIGHT) }, t(`sizes.${n}`, { size: `${w} × ${h}` }))), el("option", { value: -1 }, t("sizes.own")));
  const unprinted = el("span", { class: "said", role: "status" });
  makePaper(app);

  const lengthOf = (input, otherwise) => (/^\d{1,5}%?$/.test(input.value.trim()) ? input.value.trim() : String(otherwise));
  function refresh() {
    link.value = linkNow(app);
    code.value = frameMarkup(app, lengthOf(width.input, "100%"), lengthOf(height.input, FRAME_HEIGHT));
  }

  const savePicture = () => drawPicture(app, PICTURE_SCALE).toBlob((blob) => { if (blob) saveFile("map.png", "image/png", blob); }, "image/png");
  const part = (title, ...children) => el("section", {}, el("h3", {}, title), children);
  app.map.on("moveend", () => { if (app.state.get().view === "share") refresh(); });
  return {
    title: t("share.title"),
    build(root) {
      fill(root, el("div", { class: "share" },
        hasAddress() && part(t("share.link"), el("p", {}, t("share.link.note")), link, copyButton(t("share.link.copy"), () => linkNow(app)), isFile() && el("p", { class: "aside" }, t("share.file"))),
        part(t("share.picture"), el("p", {}, t("share.picture.note")), el("p", { class: "row-of" }, el("button", { type: "button", class: "plain", click: savePicture }, t("share.picture.save")))),
        part(t("share.print"), el("p", {}, t("share.print.note")), el("p", { class: "row-of" }, el("button", { type: "button", class: "plain", click: () => printPage((words) => { unprinted.textContent = words; }) }, t("share.print.do")), unprinted)),
        part(t("write"), el("p", {}, t("write.note")), el("p", { class: "row-of" }, el("button", { type: "button", class: "plain", click: () => app.state.set({ view: "write" }) }, t("write")))),
        framedNote(app),
        part(t("open"), app.openPart()),
        hasAddress() && part(t("share.frame"), el("p", {}, t("share.frame.note")), preset, el("p", { class: "lengths" }, width.label, height.label), code, copyButton(t("share.frame.copy"), () => code.value))));
      refresh();
    },
    update: refresh,
  };
}

/**
 * The sheet of paper: words as words, map and key as pictures in the colours of paper. It is made when
 * the browser is about to print.
 * @param {App} app
 */
function makePaper(app) {
  const sheet = el("section", { id: "paper" });
  document.body.append(sheet);

  function canvasOf(width, height, paint, scale = PAPER_SCALE) {
    const canvas = el("canvas", { width: Math.round(width * scale), height: Math.round(height * scale) });
    const context = /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d"));
    context.scale(scale, scale);
    context.direction = document.documentElement.dir === "rtl" ? "rtl" : "ltr";
    const used = paint(context);
    return { canvas, used };
  }

  function prepare() {
    const theme = document.documentElement.dataset.theme;
    document.documentElement.dataset.theme = "light";
    app.repaint();
    const words = pictureWords(app);
    const head = [el("h1", {}, words.title), words.subtitle && el("p", { class: "paper-subtitle" }, words.subtitle),
      el("p", { class: "paper-summary" }, words.summary), words.filters && el("p", { class: "paper-summary" }, words.filters)];
    const foot = [el("p", { class: "paper-caution" }, words.caution), el("p", { class: "paper-credit" }, words.credit)];
    const { x: width, y: height } = app.map.getSize();
    if (app.state.get().view === "table") fill(sheet, head, app.paperTable?.(), foot);
    else if (width > 0 && height > 0) {
      const { canvas: map } = canvasOf(width, height, (context) => uncovered(app, () => paintMap(app, context)));
      decorate(map, { role: "img", "aria-label": t("picture.alt"), class: "paper-map" });
      const long = Math.max(width, 720);
      const { used } = canvasOf(1, 1, (context) => paintKey(app, context, long));
      const { canvas: key } = canvasOf(long, used, (context) => paintKey(app, context, long));
      decorate(key, { class: "paper-key", "aria-hidden": "true" });
      fill(sheet, head, map, key, foot, app.chapters?.toPaper((scale) => canvasOf(width, height, (context) => uncovered(app, () => paintMap(app, context)), scale).canvas));
    }
    document.documentElement.dataset.theme = theme;
    app.repaint();
  }

  window.addEventListener("beforeprint", prepare);
  window.addEventListener("afterprint", () => fill(sheet));
  window.matchMedia("print").addEventListener("change", (event) => { if (event.matches && sheet.childElementCount === 0) prepare(); });
}
