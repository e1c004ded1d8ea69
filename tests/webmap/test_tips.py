"""What is pointed at, or has the focus, says what it is and how much it counts; the same number everywhere."""

from __future__ import annotations

import itertools
import re

import pytest

from geomap.webmap import write_map
from tests.webmap.sample import make_spoken_records

pytestmark = pytest.mark.browser
WORLD, NEAR = "#map=3.5/36/40", "#map=7/35.5/39.5"
BOTH = "26 as a country, 113 with its places"


@pytest.fixture(scope="module")
def path(tmp_path_factory):
    return write_map(make_spoken_records(), tmp_path_factory.mktemp("tips") / "map.html")


def _point(page, selector, at=(0.5, 0.5)):
    box = page.locator(selector).first.bounding_box()
    page.mouse.move(box["x"] + at[0] * box["width"], box["y"] + at[1] * box["height"])


def _tip(page):
    tip = page.locator("#tip")
    return tip.inner_text().split("\n") if tip.is_visible() else []


def test_what_the_mouse_points_at_says_its_name_and_counts(path, open_page):
    page = open_page(path, fragment=f"{NEAR}&view=none")
    _point(page, ".circle.outer[aria-label^=Mosul]")
    assert _tip(page) == ["Mosul", "Nineveh, Iraq", "15 mentions in 15 articles"]
    page.mouse.move(*_at(page, 34.2, 34.5))  # the sea
    assert _tip(page) == []
    _point(page, ".bars", (0.005, 0.5))
    drawn = [row for row in make_spoken_records() if row["kind"] != "embedded"]
    january = [row for row in drawn if (row["date_start"] or "").startswith("2014-01")]
    shares = [31 / 365 if row["date_precision"] == "year" else 1 for row in january]
    assert _tip(page)[:2] == ["1 Jan 2014 – 31 Jan 2014", f"{round(sum(shares))} mentions"]
    page = open_page(path, fragment=f"{WORLD}&view=none")
    _point(page, ".circle.joined")
    first, *others = _tip(page)
    assert re.fullmatch(r"Raqqa and \d+ more places, \d+ mentions", first)
    assert others[0] == "Raqqa · 31"
    page.mouse.move(*_at(page, 30.3, 45.5))
    assert _tip(page) == ["Iraq", "12 as a country, 57 with its places"]
    page.keyboard.press("Escape")
    assert _tip(page) == []


def _at(page, lat, lon):
    return page.evaluate(
        "at => (({ x, y }) => [x, y])(map_geomap.latLngToContainerPoint(at))", [lat, lon]
    )


def test_what_has_the_focus_says_it_too(path, open_page):
    page = open_page(path, fragment=f"{WORLD}&view=none")
    page.locator("#map_geomap").focus()
    tips = set()
    for _ in range(8):
        page.keyboard.press("Tab")
        tips.add(_tip(page)[0] if _tip(page) else None)
    assert {"Syria", "Iraq", "Turkey"} <= tips
    page.locator("#from").focus()
    page.keyboard.press("ArrowRight")
    assert _tip(page)[0] == "1 February 2014"


def test_numbers_of_an_article_say_their_place(path, open_page):
    page = open_page(path, fragment="#article=003.txt")
    page.wait_for_selector(".steps .step rect")
    _point(page, ".steps .step rect")
    assert len(_tip(page)) >= 2
    assert re.fullmatch(r"\d+ mentions?", _tip(page)[-1])


def test_a_country_has_the_same_two_counts_everywhere(path, open_page):
    page = open_page(path, fragment=f"{WORLD}&view=list")
    row = page.locator("#panel tbody .place", has_text="Syria").filter(has_text="Country")
    assert BOTH in row.inner_text()
    page.get_by_role("combobox", name="Find a place or an article").fill("syria")
    assert BOTH in page.get_by_role("option").first.inner_text()
    page.keyboard.press("Escape")
    path_ = page.locator("path.area.country[aria-label^=Syria]")
    assert path_.get_attribute("aria-label") == f"Syria, {BOTH}"
    row.click()
    panel = page.locator("#panel")
    assert BOTH in panel.inner_text()
    panel.get_by_role("button", name="Show all in it").click()
    assert "area=" in page.evaluate("location.hash")
    assert BOTH in panel.inner_text()
    assert "113 mentions" in panel.inner_text()


#: colours of names and of what they may stand on: land, water, each tint over land
COLOURS = """
() => {
  const root = document.querySelector("svg.labels");
  const style = (name, read, tint) => {
    const one = document.createElementNS("http://www.w3.org/2000/svg", "path");
    one.setAttribute("class", name);
    if (tint) one.dataset.tint = tint;
    root.append(one);
    const found = read(getComputedStyle(one));
    one.remove();
    return found;
  };
  const kinds = ["place", "major", "country", "country quiet", "unit", "town", "river", "count"];
  const names = Object.fromEntries(kinds.map((kind) => [kind, style(`label ${kind}`, (s) => s.fill)]));
  const tints = [1, 2, 3, 4, 5].map((n) => style("area", (s) => [s.fill, Number(s.fillOpacity)], n));
  const number = (band) => [style("label number", (s) => s.fill), [getComputedStyle(document.documentElement).getPropertyValue(["--literal", "--associative"][band]), 0.97]];
  return { names, tints, land: style("land", (s) => s.fill), numbers: [number(0), number(1)] };
}
"""


def _contrast(a, b):
    """The ratio of WCAG 2.2 between two colours of sRGB."""
    lights = []
    for colour in (a, b):
        shares = [v / 255 for v in colour]
        linear = [v / 12.92 if v <= 0.04045 else ((v + 0.055) / 1.055) ** 2.4 for v in shares]
        lights.append(0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2])
    return (max(lights) + 0.05) / (min(lights) + 0.05)


def _rgb(text):
    if text.startswith("#"):
        return tuple(int(text[at : at + 2], 16) for at in (1, 3, 5))
    return tuple(float(v) for v in re.findall(r"[\d.]+", text)[:3])


def _over(ground, colour, opacity):
    return tuple(a * (1 - opacity) + b * opacity for a, b in zip(ground, colour, strict=True))


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_names_can_be_read_on_every_tint(theme, path, open_page):
    """Without the halo around their letters, which only adds to it."""
    page = open_page(path, fragment=f"{NEAR}&view=none", color_scheme=theme)
    found = page.evaluate(COLOURS)
    land = _rgb(found["land"])
    grounds = [land, *(_over(land, _rgb(fill), share) for fill, share in found["tints"])]
    assert len(set(grounds)) == 6
    for (kind, fill), ground in itertools.product(found["names"].items(), grounds):
        assert _contrast(_rgb(fill), ground) >= 4.5, kind
    for (fill, (circle, share)), ground in itertools.product(found["numbers"], grounds):
        assert _contrast(_rgb(fill), _over(ground, _rgb(circle), share)) >= 4.5
