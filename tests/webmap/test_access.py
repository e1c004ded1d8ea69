"""Everyone can use the page: axe-core finds nothing, every view is reached and left by keyboard."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from geomap.webmap import write_map
from tests.webmap.sample import make_spoken_records

pytestmark = pytest.mark.browser
AXE = Path(__file__).parent / "js" / "node_modules" / "axe-core" / "axe.min.js"
TAGS = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice")
SIZES = {
    "desktop": {"viewport": {"width": 1440, "height": 900}},
    "phone": {"viewport": {"width": 390, "height": 844}, "has_touch": True},
}
#: what a rule says does not hang on the tint of the page, but for these
TINTS = ("color-contrast", "link-in-text-block")
RUN = """
only => axe.run(document, { runOnly: only, resultTypes: ["violations"] }).then(({ violations }) =>
  violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.target).join(" | ")}`))
"""
#: elements that react to a click and are smaller than 24 by 24 pixels; words in a text may be
SMALL = """
() => [...document.querySelectorAll("button, select, input, summary, a[href]")]
  .filter((e) => e.checkVisibility() && !e.closest("p, blockquote, h3, #credit"))
  .map((e) => (e.type === "checkbox" || e.type === "radio" ? e.closest("label") : e))
  .map((e) => [e.id || e.textContent, e.getBoundingClientRect()])
  .filter(([, box]) => box.width > 1 && (box.width < 24 || box.height < 24) && box.right > 0 && box.bottom > 0)
  .map(([name, box]) => `${name} ${box.width}x${box.height}`)
"""


def _axe() -> str:
    if AXE.exists():
        return AXE.read_text("utf-8")
    text = f"no axe-core found: run npm install in {AXE.parents[2]}"
    if os.environ.get("GEOMAP_REQUIRE_NODE") == "1":
        pytest.fail(text)
    pytest.skip(text)


def _violations(page, only=TAGS) -> list[str]:
    if not page.evaluate("!!window.axe"):
        # through the browser's own channel, which the page's policy leaves alone
        page.evaluate(_axe())
    return page.evaluate(RUN, list(only))


@pytest.fixture(scope="module")
def path(tmp_path_factory):
    folder = tmp_path_factory.mktemp("access")
    counts = {"articles_read": 43, "rejected": 2}
    return write_map(
        make_spoken_records(),
        folder / "map.html",
        title="River towns",
        credit="The desk",
        counts=counts,
    )


@pytest.fixture(scope="module")
def views(path, browser):
    """The views of the panel that the page has, with an address that opens each."""
    page = browser.new_page(offline=True)
    page.goto(path.as_uri())
    page.wait_for_selector("body[data-ready]")
    tools = page.locator("#views button").evaluate_all("all => all.map((one) => one.id.slice(5))")
    page.close()
    known = {"place": "place=geonames:172955", "area": "area=SY", "article": "article=003.txt"}
    return {view: f"#view={view}" for view in tools} | {v: f"#{link}" for v, link in known.items()}


@pytest.mark.parametrize("size", SIZES)
def test_axe_finds_nothing_in_any_view_and_targets_are_large(size, path, views, open_page):
    found = {}
    for view, fragment in {"map": "#view=none", **views}.items():
        page = open_page(path, fragment=fragment, **SIZES[size])
        assert page.evaluate(SMALL) == [], view
        for theme, only in {"light": TAGS, "dark": TINTS}.items():
            page.emulate_media(color_scheme=theme)
            page.wait_for_selector(f'html[data-theme="{theme}"]')
            if violations := _violations(page, only):
                found[view, theme] = violations
        page.context.close()
    assert found == {}


def test_axe_finds_nothing_on_a_page_from_right_to_left(tmp_path, open_page):
    path = write_map(make_spoken_records(), tmp_path / "map.html", lang="ar")
    page = open_page(path)
    assert page.locator("html").get_attribute("dir") == "rtl"
    assert _violations(page) == []


def test_axe_sees_what_is_wrong(path, open_page):
    """A button without a name is found: the check itself works."""
    page = open_page(path)
    page.evaluate("document.getElementById('zoom-in').removeAttribute('aria-label')")
    page.evaluate("document.getElementById('zoom-in').textContent = ''")
    assert [text.split(":")[0] for text in _violations(page)] == ["button-name"]


def test_the_button_that_plays_is_as_large_as_a_thumb(path, open_page):
    box = open_page(path, **SIZES["phone"]).locator("#play").bounding_box()
    assert min(box["width"], box["height"]) >= 44


def test_tab_goes_from_card_to_key_to_panel_to_time_to_map(path, open_page):
    """The order is that in which one reads, and each stop shows that it has the focus."""
    page = open_page(path)
    order = []
    for _ in range(400):
        page.keyboard.press("Tab")
        stop = page.evaluate(
            """() => {
              const e = document.activeElement;
              const part = e.closest("#skip, #card, #legend, #panel, #strip, #map_geomap");
              const style = getComputedStyle(e);
              const shown = style.outlineStyle !== "none" || e.matches('[type="range"], .circle, .area');
              return part && [part.id, shown || e.matches(":focus-visible") === false];
            }"""
        )
        if stop is None:
            break
        part, shown = stop
        assert shown, part
        if part not in order:
            order.append(part)
    assert order == ["skip", "card", "legend", "panel", "strip", "map_geomap"]


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_two_kinds_differ_for_any_eye(theme, path, open_page):
    """Lightness or blue tells them apart without red and green (CIE 76 after Viénot's matrices)."""
    page = open_page(path, color_scheme=theme)
    style = "name => getComputedStyle(document.documentElement).getPropertyValue(name).trim()"
    literal, associative = (page.evaluate(style, name) for name in ("--literal", "--associative"))
    for blindness in _BLINDNESS.values():
        a, b = _lab(blindness, literal), _lab(blindness, associative)
        assert sum((x - y) ** 2 for x, y in zip(a, b, strict=True)) ** 0.5 > 40


#: Viénot, Brettel and Mollon 1999: linear RGB as one without red, or green, receptors sees it
_BLINDNESS = {
    "protanopia": ((0.11238, 0.88762, 0), (0.11238, 0.88762, 0), (0.00401, -0.00401, 1)),
    "deuteranopia": ((0.29275, 0.70725, 0), (0.29275, 0.70725, 0), (-0.02234, 0.02234, 1)),
}


def _lab(matrix, colour):
    """CIE L*a*b* (D65) of a colour such as #c9432a, seen through a matrix of linear RGB."""
    shares = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [v / 12.92 if v <= 0.04045 else ((v + 0.055) / 1.055) ** 2.4 for v in shares]
    red, green, blue = (sum(m * v for m, v in zip(row, linear, strict=True)) for row in matrix)
    xyz = (
        (0.4124 * red + 0.3576 * green + 0.1805 * blue) / 0.95047,
        0.2126 * red + 0.7152 * green + 0.0722 * blue,
        (0.0193 * red + 0.1192 * green + 0.9505 * blue) / 1.08883,
    )
    x, y, z = (v ** (1 / 3) if v > 0.008856 else 7.787 * v + 16 / 116 for v in xyz)
    return 116 * y - 16, 500 * (x - y), 200 * (y - z)
