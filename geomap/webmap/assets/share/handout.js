/** Handing things out of the page: to the clipboard, and as files. */

/**
 * Copy a text; where the browser has no clipboard for this page, by way of a selection.
 * @param {string} text
 * @returns {Promise<boolean>} whether it worked
 */
async function copyText(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return copySelection(text);
  }
}

/** The older way to copy, which works in frames and on pages without rights. */
function copySelection(text) {
  const before = /** @type {HTMLElement | null} */ (document.activeElement);
  const area = el("textarea", { class: "unseen", readonly: true, "aria-hidden": "true" });
  area.value = text;
  document.body.append(area);
  area.select();
  const isDone = document.execCommand("copy");
  area.remove();
  before?.focus({ preventScroll: true });
  return isDone;
}

/**
 * Save a file that was made in the page.
 * @param {string} name
 * @param {string} type its media type
 * @param {BlobPart} content
 */
function saveFile(name, type, content) {
  const url = URL.createObjectURL(new Blob([content], { type }));
  const link = el("a", { href: url, download: name, hidden: true });
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}
