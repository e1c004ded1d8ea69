"""The page by keyboard: few stops, arrow keys within lists, back to where one was."""

from __future__ import annotations

import pytest

from geomap.webmap import write_map
from tests.webmap.sample import make_spoken_records

pytestmark = pytest.mark.browser
ACTIVE = "(document.activeElement.ariaLabel || document.activeElement.textContent || '').trim()"


@pytest.fixture(scope="module")
def path(tmp_path_factory):
    return write_map(make_spoken_records(), tmp_path_factory.mktemp("keys") / "map.html")


@pytest.mark.parametrize("width", [1440, 1024, 390])
def test_play_is_at_most_twelve_stops_away(width, path, open_page):
    page = open_page(path, fragment="#view=list", viewport={"width": width, "height": 800})
    stops = []
    while not stops or stops[-1] != "Play":
        page.keyboard.press("Tab")
        stops.append(page.evaluate(ACTIVE))
        assert len(stops) <= 12, stops


def test_arrow_keys_lead_through_tools_and_list(path, open_page):
    page = open_page(path, fragment="#view=list")
    page.locator("#show-list").focus()
    for key, name in (("ArrowRight", "Table"), ("End", "Light or dark"), ("Home", "Places")):
        page.keyboard.press(key)
        assert page.evaluate(ACTIVE) == name
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Tab")
    page.keyboard.press("Shift+Tab")
    assert page.evaluate(ACTIVE) == "Table"  # the toolbar keeps its place
    rows = page.locator("#panel tbody .place")
    rows.first.focus()
    page.keyboard.press("ArrowDown")
    assert rows.nth(1).evaluate("row => row === document.activeElement")
    page.keyboard.press("End")
    assert rows.last.evaluate("row => row === document.activeElement")
    assert page.locator('#panel tbody .place[tabindex="0"]').count() == 1


def test_a_country_is_opened_by_keyboard_and_escape_leads_back_to_it(path, open_page):
    page = open_page(path, fragment="#map=5/36/40&view=list")
    country = page.locator("path.area.country[aria-label^=Iraq]")
    country.focus()
    page.keyboard.press("Enter")
    assert page.locator("#panel h2").inner_text() == "Iraq"
    page.keyboard.press("Escape")
    assert page.locator("#panel").is_hidden()
    assert page.evaluate(ACTIVE).startswith("Iraq, ")
    circle = page.locator(".circle.outer[aria-label^=Damascus]")
    circle.focus()
    page.keyboard.press("Enter")
    assert page.locator("#panel h2").inner_text() == "Damascus"
    page.keyboard.press("Escape")
    assert page.evaluate(ACTIVE).startswith("Damascus, ")


def test_forced_colours_keep_the_key_apart(path, open_page):
    page = open_page(path, fragment="#map=3.5/36/40&view=none", forced_colors="active")
    assert page.evaluate("matchMedia('(forced-colors: active)').matches")
    fills = page.locator("#legend .swatch").evaluate_all(
        "all => all.map((e) => ((s) => s.backgroundColor + s.backgroundImage + s.borderStyle)(getComputedStyle(e)))"
    )
    assert len(fills) >= 10
    assert len(set(fills)) == len(fills)
    tools = page.locator("#views button").first
    tools.click()
    assert tools.evaluate("e => getComputedStyle(e).outlineStyle") == "solid"
