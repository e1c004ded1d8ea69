"""Nothing lies over anything else, from a phone to a wall, whatever the size of the reader's letters."""

from __future__ import annotations

import pytest

from geomap.webmap import write_map
from tests.webmap.sample import make_spoken_records

pytestmark = pytest.mark.browser
#: windows in CSS pixels; a page enlarged to 400 % on a screen of 1280 by 1024 has 320 by 256
SIZES = (
    *((320, 256), (360, 225), (320, 568), (360, 740), (390, 844), (667, 375), (720, 450)),
    *((768, 1024), (800, 600), (1024, 740), (1024, 768), (1280, 800), (1440, 900)),
    *((1801, 1000), (1920, 1080), (2560, 1440), (3840, 2160)),
)
#: sizes of the reader's letters: as usual, and doubled
LETTERS = (16, 32)
WINDOW = "from=2015-01-01&to=2015-12-31"
STATES = {
    "list": f"#view=list&{WINDOW}&kind=literal",
    "table": "#view=table",
    "place": "#place=geonames:172955",
    "share": "#view=share",
    "map": f"#view=none&{WINDOW}",
}
#: windows in which every view is looked at; in the others the list and the map alone
THOROUGH = {(320, 256), (390, 844), (667, 375), (1024, 768)}


def _states(width, height):
    if width > 1300:
        return ["map"]  # as on 1280 pixels, with more room
    return list(STATES) if (width, height) in THOROUGH else ["list", "map"]


#: pairs of controls and texts of which one lies over the other, and controls that cannot be reached
FAULTS = """
() => {
  const seen = (e) => e.checkVisibility({ visibilityProperty: true }) && !e.closest(".unseen, .skip, #map_geomap, #live, option");
  const parts = "button, select, input, textarea, summary, a[href], label, h1, h2, p, li, td, th, legend, #credit, .beyond";
  const found = [];
  const faults = [];
  const name = (e) => `${e.tagName.toLowerCase()}#${e.id} ${(e.textContent || e.ariaLabel || "").trim().slice(0, 30)}`;
  for (const e of [...document.querySelectorAll(parts)].filter(seen)) {
    if (e.matches('#timeline input, label input, li:has(li), p:has(p)')) continue;
    let { left, top, right, bottom } = e.getBoundingClientRect();
    if (right - left < 2 || bottom - top < 2) continue;
    const isControl = e.matches("button, select, input, textarea, summary");
    for (let box = e.parentElement; box; box = box.parentElement) {
      const style = getComputedStyle(box);
      if (style.overflowX === "visible" && box !== document.body) continue;
      const clip = box === document.body ? { left: 0, top: 0, right: innerWidth, bottom: innerHeight } : box.getBoundingClientRect();
      const canScroll = ["auto", "scroll"].includes(style.overflowY);
      const isOut = left < clip.left - 1 || right > clip.right + 1 || top < clip.top - 1 || bottom > clip.bottom + 1;
      if (isOut && isControl && !canScroll) faults.push(`lost: ${name(e)}`);
      if (canScroll && left >= clip.left && right > clip.right + 1 && !e.closest("table, pre")) faults.push(`wide: ${name(e)}`);
      [left, top] = [Math.max(left, clip.left), Math.max(top, clip.top)];
      [right, bottom] = [Math.min(right, clip.right), Math.min(bottom, clip.bottom)];
      if (left >= right || top >= bottom) break; // it can be scrolled to
    }
    if (right - left > 2 && bottom - top > 2) found.push({ e, left, top, right, bottom });
  }
  found.forEach((a, i) => found.slice(i + 1).forEach((b) => {
    if (a.e.contains(b.e) || b.e.contains(a.e)) return;
    const [wide, high] = [Math.min(a.right, b.right) - Math.max(a.left, b.left), Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top)];
    if (wide > 2 && high > 2) faults.push(`over: ${name(a.e)} / ${name(b.e)}`);
  }));
  return [...new Set(faults)];
}
"""
#: how much of the window is map that can be touched
FREE = """
() => {
  const map = document.getElementById("map_geomap");
  let [free, all] = [0, 0];
  for (let x = 0.5; x < 20; x += 1) for (let y = 0.5; y < 20; y += 1) {
    all += 1;
    free += map.contains(document.elementFromPoint((innerWidth * x) / 20, (innerHeight * y) / 20)) ? 1 : 0;
  }
  return free / all;
}
"""


@pytest.fixture(scope="module")
def path(tmp_path_factory):
    return write_map(
        make_spoken_records(),
        tmp_path_factory.mktemp("layout") / "map.html",
        title="What was written of the towns along two rivers in six years",
        subtitle="Forty articles of a desk that never was, with copies and told times",
        credit="The desk, a name that is longer than most",
    )


def _open(open_page, path, size, letters):
    page = open_page(path, viewport={"width": size[0], "height": size[1]})
    if letters != 16:
        session = page.context.new_cdp_session(page)
        session.send("Page.enable")
        session.send("Page.setFontSizes", {"fontSizes": {"standard": letters}})
        page.reload()
        page.wait_for_selector("body[data-ready]")
    return page


@pytest.mark.parametrize("letters", LETTERS)
def test_nothing_overlaps_and_a_map_is_left(letters, path, open_page):
    page = _open(open_page, path, SIZES[0], letters)
    faults = {}

    def measure(*where):
        if found := page.evaluate(FAULTS):
            faults[where] = found

    for width, height in SIZES:
        page.set_viewport_size({"width": width, "height": height})
        for state in _states(width, height):
            page.evaluate("fragment => { location.hash = fragment; }", STATES[state])
            page.wait_for_timeout(20)
            measure(width, height, state)
            if state == "map" or (state == "list" and width >= 600 and letters == 16):
                share = page.evaluate(FREE)
                if share < (0.15 if letters == 16 else 0.1):
                    faults[width, height, state, "map"] = share
        for button in ("#menu", "#show-legend", "#strip-more"):
            if page.locator(button).is_visible():
                page.locator(button).evaluate("button => button.click()")
                measure(width, height, button)
        for theme in ("dark", "light"):
            page.emulate_media(color_scheme=theme)
            measure(width, height, theme)
    assert faults == {}


def test_letters_are_as_large_as_the_reader_has_them(path, open_page):
    sizes = {}
    for letters in LETTERS:
        page = _open(open_page, path, (1500, 1100), letters)  # neither is narrow or low
        page.evaluate("location.hash = '#view=list'")
        page.locator("#panel tbody th").first.wait_for()
        sizes[letters] = page.evaluate(
            """() => ["#summary", ".window-text", "#panel tbody th", ".label.country", "#legend .row"]
              .map((part) => parseFloat(getComputedStyle(document.querySelector(part)).fontSize))"""
        )
    for usual, large in zip(sizes[16], sizes[32], strict=True):
        assert large == pytest.approx(2 * usual, rel=0.1)
