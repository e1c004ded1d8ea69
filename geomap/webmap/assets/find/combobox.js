/**
 * A field with suggestions, as the ARIA pattern of a combobox with a listbox has it: the focus stays
 * in the field, arrows walk through the suggestions, Enter takes one, Escape closes them.
 */

let comboboxes = 0;

/**
 * @param {ComboboxOptions} options
 * @returns {{root: HTMLElement, input: HTMLInputElement, close: () => void}}
 */
function makeCombobox({ id, label, placeholder = "", suggest, choose, submit = () => {}, change = () => {} }) {
  const listId = `suggestions-${comboboxes += 1}`;
  /** @type {{node: HTMLElement, item: any}[]} */
  let options = [];
  let active = -1;
  const input = el("input", {
    type: "text", id, inputmode: "search", enterkeyhint: "search", autocomplete: "off", autocapitalize: "off", spellcheck: "false",
    role: "combobox", "aria-label": label, "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": listId, placeholder,
    input: () => { open(); change(input.value.trim()); }, keydown: onKey, click: () => { if (options.length === 0) open(); }, blur: () => close(),
  });
  // a press on a suggestion must not take the focus from the field
  const list = el("ul", { role: "listbox", id: listId, "aria-label": t("search.suggestions"), hidden: true, mousedown: (event) => event.preventDefault() });
  const clear = el("button", { type: "button", class: "clear", "aria-label": t("search.clear"), hidden: true, click: () => { empty(); input.focus(); } }, "×");
  const told = el("p", { role: "status", class: "told unseen" });

  function option(item) {
    const index = options.length;
    const node = el("li", { role: "option", id: `${listId}-${index}`, "aria-selected": "false", click: () => take(index), pointermove: () => mark(index) }, item.words);
    options.push({ node, item });
    return node;
  }

  function open() {
    const groups = input.value.trim() === "" ? [] : suggest(input.value).filter((group) => group.items.length > 0);
    options = [];
    mark(-1);
    fill(list, groups.map((group, n) => el("ul", { role: "group", "aria-labelledby": `${listId}-group-${n}` },
      el("li", { role: "presentation", id: `${listId}-group-${n}`, class: "group" }, group.title), group.items.map(option))));
    list.scrollTop = 0;
    show(options.length > 0);
    clear.hidden = input.value === "";
    const isVain = input.value.trim() !== "" && options.length === 0;
    told.classList.toggle("unseen", !isVain);
    told.textContent = isVain ? t("search.none") : options.length > 0 ? t("search.found", { n: options.length }) : "";
  }

  function show(isOpen) {
    list.hidden = !isOpen;
    input.setAttribute("aria-expanded", String(isOpen));
  }

  function close() {
    show(false);
    mark(-1);
    options = [];
    told.classList.add("unseen");
    told.textContent = "";
  }

  function mark(index) {
    options[active]?.node.setAttribute("aria-selected", "false");
    active = index;
    const node = options[index]?.node;
    if (!node) {
      input.removeAttribute("aria-activedescendant");
      return;
    }
    node.setAttribute("aria-selected", "true");
    node.scrollIntoView({ block: "nearest" });
    input.setAttribute("aria-activedescendant", node.id);
  }

  function take(index) {
    const { item } = options[index];
    close();
    choose(item, input);
    clear.hidden = input.value === "";
  }

  function empty() {
    input.value = "";
    open();
    change("");
  }

  function onKey(event) {
    const steps = { ArrowDown: 1, ArrowUp: -1 };
    const isOpen = options.length > 0;
    if (event.key in steps && !event.altKey) {
      event.preventDefault();
      if (!isOpen) open();
      const size = options.length + 1; // beyond the last, and before the first, lies the field itself
      if (size > 1) mark(((active + 1 + steps[event.key] + size) % size) - 1);
    } else if (event.key === "Enter") {
      event.preventDefault();
      if (active >= 0) take(active);
      else {
        close();
        submit(input.value.trim());
      }
    } else if (event.key === "Escape" && (isOpen || input.value !== "")) {
      event.preventDefault();
      if (isOpen) close();
      else empty();
    }
  }

  return { root: el("div", { class: "combobox" }, input, clear, list, told), input, close };
}
