/** Building elements. Text is only ever set as text: no markup is parsed in this page. */

/**
 * @param {string} id
 * @returns {HTMLElement}
 */
const byId = (id) => document.getElementById(id);

/**
 * Append children (nodes, texts, nested lists; null is left out).
 * @param {Element} node
 * @param {Array} children
 */
function append(node, children) {
  for (const child of children.flat(Infinity)) {
    if (child !== null && child !== undefined && child !== false) node.append(child);
  }
  return node;
}

/** @param {Element} node @param {Object} options attributes; functions listen to an event */
function decorate(node, options) {
  for (const [key, value] of Object.entries(options)) {
    if (typeof value === "function") node.addEventListener(key, value);
    else if (value === true) node.setAttribute(key, "");
    else if (value !== false && value !== null && value !== undefined) node.setAttribute(key, value);
  }
  return node;
}

/** Make an HTML element. */
const el = (tag, options = {}, ...children) =>
  append(decorate(document.createElement(tag), options), children);

/** Make an SVG element. */
const svg = (tag, options = {}, ...children) =>
  append(decorate(document.createElementNS("http://www.w3.org/2000/svg", tag), options), children);

/** Text of an article: isolated, so that its direction stays its own. */
const bdi = (text) => el("bdi", {}, text);

/** A link only if it is http(s); else nothing. */
function safeLink(url, ...children) {
  if (!/^https?:\/\/[^/]/i.test(url)) return null;
  return el("a", { href: url, target: "_blank", rel: "noopener noreferrer" }, ...children);
}

/** Replace what an element holds. */
function fill(node, ...children) {
  node.replaceChildren();
  return append(node, children);
}

const prefersStill = window.matchMedia("(prefers-reduced-motion: reduce)");
const isPhone = window.matchMedia("(max-width: 719px)");
