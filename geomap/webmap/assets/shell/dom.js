/** Building elements. Text is only ever set as text: no markup is parsed in this page. */

/**
 * An element of the page's own markup.
 * @param {string} id
 */
const byId = (id) => /** @type {HTMLElement} */ (document.getElementById(id));

/**
 * Append children (nodes, texts, nested lists; null is left out).
 * @template {Node} T
 * @param {T & ParentNode} node
 * @param {any[]} children
 * @returns {T}
 */
function append(node, children) {
  for (const child of children.flat(Infinity)) {
    if (child !== null && child !== undefined && child !== false) node.append(child);
  }
  return node;
}

/**
 * Set attributes and listeners.
 * @template {Element} T
 * @param {T} node
 * @param {Record<string, any>} options attributes; a function listens to the event of its name
 */
function decorate(node, options) {
  for (const [key, value] of Object.entries(options)) {
    if (typeof value === "function") node.addEventListener(key, value);
    else if (value === true) node.setAttribute(key, "");
    else if (value !== false && value !== null && value !== undefined) node.setAttribute(key, value);
  }
  return node;
}

/**
 * Make an HTML element.
 * @template {keyof HTMLElementTagNameMap} K
 * @param {K} tag
 * @param {Record<string, any>} [options]
 * @param {...any} children
 * @returns {HTMLElementTagNameMap[K]}
 */
const el = (tag, options = {}, ...children) =>
  append(decorate(document.createElement(tag), options), children);

/**
 * Make an SVG element.
 * @template {keyof SVGElementTagNameMap} K
 * @param {K} tag
 * @param {Record<string, any>} [options]
 * @param {...any} children
 * @returns {SVGElementTagNameMap[K]}
 */
const svg = (tag, options = {}, ...children) =>
  append(decorate(document.createElementNS("http://www.w3.org/2000/svg", tag), options), children);

/** Text of an article: isolated, so that its direction stays its own. */
const bdi = (text) => el("bdi", {}, text);

/** A link only if it is http(s); else nothing. */
function safeLink(url, ...children) {
  if (!/^https?:\/\/[^/]/i.test(url)) return null;
  return el("a", { href: url, target: "_blank", rel: "noopener noreferrer" }, ...children);
}

/** Set a text where it is another one: what is equal costs no layout. */
function reword(node, text) {
  if (node.textContent !== text) node.textContent = text;
}

/** Replace what an element holds. */
function fill(node, ...children) {
  node.replaceChildren();
  return append(node, children);
}

const prefersStill = window.matchMedia("(prefers-reduced-motion: reduce)");
const isPhone = window.matchMedia("(max-width: 44.9375em)");
/** A window that has room for a map or for what stands around it: see layout.css. */
const isLow = window.matchMedia("(max-height: 29.9375em)");

/** Pixels of the screen to a pixel of a page whose letters have their usual size. */
const textScale = () => Number.parseFloat(getComputedStyle(document.documentElement).fontSize) / 16;
