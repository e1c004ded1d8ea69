/** A table of any length: of its rows only those in view exist, and they are used again as it scrolls. */

/**
 * @param {(place: number) => void} onOpen a place was chosen
 * @param {(order: string) => void} onSort "date", or "-date" for downwards
 */
function makeSheet(onOpen, onSort) {
  const [above, below] = [el("td"), el("td")];
  const head = el("tr");
  const body = el("tbody");
  const table = el("table", { "aria-labelledby": "panel-title" }, el("thead", {}, head), body);
  const root = el("div", { class: "sheet-scroll" }, table);
  let shown = /** @type {any} */ (null);
  let columnsNow = null;
  /** @type {{node: HTMLTableRowElement, button: HTMLButtonElement, texts: Text[], row: number}[]} */
  let pool = [];
  let active = 0;
  let isWaiting = false;
  let rowHeight = 32;

  function makeHead({ columns, column, isDown }) {
    return columns.map(({ id, title, isNumber = false }) => {
      const isSorted = id === column.id;
      // counts are wanted from the top, the others from the beginning
      const next = isSorted ? !isDown : isNumber && id !== "lat" && id !== "lon";
      const button = el("button", { type: "button", "data-sort": id, click: () => onSort(`${next ? "-" : ""}${id}`) }, title);
      return el("th", { scope: "col", class: `col-${id}${isNumber ? " number" : ""}`, "aria-sort": isSorted ? (isDown ? "descending" : "ascending") : "none" }, button);
    });
  }

  function drawHead() {
    const focused = document.activeElement instanceof HTMLElement && head.contains(document.activeElement) ? document.activeElement.dataset.sort : null;
    fill(head, makeHead(shown));
    const own = shown.columns.filter(({ isOwn }) => isOwn).length;
    table.style.minWidth = own > 0 ? `${1760 + 144 * own}px` : "";
    if (focused) /** @type {HTMLElement | null} */ (head.querySelector(`[data-sort="${focused}"]`))?.focus();
  }

  /** A row without words: the cell of the place is its heading, and a button. */
  function makeRow(columns) {
    const texts = columns.map(() => document.createTextNode(""));
    const button = el("button", { type: "button", class: "place", tabindex: "-1" });
    const entry = { node: el("tr"), button, texts, row: -1 };
    button.addEventListener("click", () => onOpen(shown.place(shown.rows[entry.row])));
    append(entry.node, columns.map(({ id, isNumber }, n) => {
      const word = el("bdi", {}, texts[n]);
      return id === "place" ? el("th", { scope: "row" }, append(button, [word])) : el("td", { class: isNumber ? "number" : "" }, word);
    }));
    return entry;
  }

  function renew() {
    columnsNow = shown.columns;
    pool = [];
    for (const cell of [above, below]) cell.colSpan = shown.columns.length;
    fill(body, el("tr", { "aria-hidden": "true", class: "room" }, above), el("tr", { "aria-hidden": "true", class: "room" }, below));
    active = 0;
  }

  function draw() {
    isWaiting = false;
    if (!shown) return;
    const { columns, rows } = shown;
    rowHeight = 16 * ROW_HEIGHT * textScale();
    const first = Math.max(0, Math.floor(root.scrollTop / rowHeight) - OVERSCAN);
    const count = Math.min(rows.length - first, Math.ceil(root.clientHeight / rowHeight) + 2 * OVERSCAN);
    while (pool.length < count) {
      const entry = makeRow(columns);
      pool.push(entry);
      body.insertBefore(entry.node, body.lastChild);
    }
    pool.forEach((entry, n) => {
      entry.node.hidden = n >= count;
      if (n >= count) return;
      entry.row = first + n;
      entry.node.setAttribute("aria-rowindex", String(entry.row + 2));
      columns.forEach((column, c) => {
        const words = column.cell(rows[entry.row]);
        if (entry.texts[c].data !== words) entry.texts[c].data = words;
      });
    });
    above.style.height = `${first * rowHeight}px`;
    below.style.height = `${Math.max(0, rows.length - first - Math.max(0, count)) * rowHeight}px`;
    markActive(first, count);
  }

  /** One row of those in view takes the tab key; arrow keys lead to the others. */
  function markActive(first, count) {
    const at = Math.min(Math.max(active, first), first + count - 1);
    for (const { button, row } of pool) button.tabIndex = row === at ? 0 : -1;
  }

  function goTo(row) {
    active = Math.min(shown.rows.length - 1, Math.max(0, row));
    const [top, bottom] = [active * rowHeight, (active + 1) * rowHeight + head.offsetHeight];
    if (root.scrollTop > top) root.scrollTop = top;
    else if (root.scrollTop + root.clientHeight < bottom) root.scrollTop = bottom - root.clientHeight;
    draw();
    pool.find((entry) => entry.row === active && !entry.node.hidden)?.button.focus({ preventScroll: true });
  }

  const page = () => Math.max(1, Math.floor((root.clientHeight - head.offsetHeight) / rowHeight) - 1);
  const steps = { ArrowDown: () => 1, ArrowUp: () => -1, PageDown: page, PageUp: () => -page(), Home: () => -Infinity, End: () => Infinity };
  body.addEventListener("keydown", (event) => {
    const step = steps[event.key];
    const entry = pool.find(({ button }) => button === event.target);
    if (!step || !entry) return;
    event.preventDefault();
    goTo(entry.row + step());
  });
  body.addEventListener("focusin", (event) => {
    const entry = pool.find(({ button }) => button === event.target);
    if (entry) active = entry.row;
  });
  root.addEventListener("scroll", () => {
    if (isWaiting) return;
    isWaiting = true;
    requestAnimationFrame(draw);
  }, { passive: true });
  new ResizeObserver(() => draw()).observe(root);

  return {
    root,
    show(now) {
      const [before, rows] = [shown, now.rows];
      shown = now;
      if (columnsNow !== now.columns) renew();
      if (before?.columns !== now.columns || before?.column !== now.column || before?.isDown !== now.isDown) {
        root.scrollTop = 0;
        active = 0;
        drawHead();
      }
      table.setAttribute("aria-rowcount", String(rows.length + 1));
      draw();
    },
    reset() {
      root.scrollTop = 0;
      draw();
    },
  };
}
