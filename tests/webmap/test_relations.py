"""What a sentence describes beside a place is drawn, counted, explained, and leads to its sentence."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from geomap.webmap import write_map
from tests.webmap.sample import make_row, make_spoken_records

pytestmark = pytest.mark.browser
NEAR = "#map=8/35.95/38.5"


@pytest.fixture(scope="module")
def path(tmp_path_factory):
    return write_map(make_spoken_records(), tmp_path_factory.mktemp("relations") / "map.html")


def _middle(locator):
    box = locator.bounding_box()
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def test_a_described_area_leads_to_its_sentence_and_back(path, open_page):
    page = open_page(path, fragment=f"{NEAR}&view=none")
    row = page.locator("#legend label", has_text="Described area")
    assert "· 5" in row.inner_text()
    shapes = page.locator("path.described")
    assert shapes.count() >= 3  # those of a near view, with their outlines alone
    assert page.locator("path.described.read").count() == 0
    # 40 kilometres west of Raqqa: left of its circle, and nothing else is drawn there
    x, y = _middle(page.locator('.circle.outer[aria-label^="Raqqa,"]'))
    left = [s for s in shapes.all() if abs(_middle(s)[1] - y) < 8 and _middle(s)[0] < x - 40]
    page.mouse.click(*_middle(left[0]))
    panel = page.locator("#panel")
    assert panel.locator("h2").inner_text() == "Raqqa"
    pointed = panel.locator("li.pointed")
    assert "A convoy stopped 40 kilometres west of Raqqa." in pointed.inner_text()
    assert "Where: at a distance and in a direction from it, “40 kilometres west of Raqqa”" in (
        pointed.inner_text()
    )
    body = panel.locator("#panel-body").bounding_box()
    assert body["y"] <= pointed.bounding_box()["y"] < body["y"] + body["height"]
    assert page.locator("path.described.pointed").count() == 1
    assert "1 of them speaks of what lies near it" in panel.inner_text()
    row.locator("input").uncheck()
    assert shapes.count() == 0
    page.wait_for_timeout(500)
    again = open_page(path, fragment=page.evaluate("location.hash"))
    assert again.locator("path.described").count() == 0
    assert not again.get_by_label("Described area").is_checked()


def test_the_sentence_shows_its_area_by_keyboard(path, open_page):
    page = open_page(path, fragment="#map=5/35/39&place=geonames:99072")
    shapes = page.locator("path.described.read")
    assert shapes.count() == 1
    before = shapes.bounding_box()["width"]
    page.get_by_role("button", name="Show on the map: the outskirts of Mosul").press("Enter")
    page.wait_for_timeout(700)
    assert shapes.bounding_box()["width"] > 3 * before
    assert page.locator("path.described.pointed").count() == 1
    assert page.locator("#panel li.pointed").count() == 1
    page.get_by_label("Find a place").fill("syria")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_timeout(700)
    assert page.locator("path.described.pointed").count() == 0
    where = page.locator("#panel .why", has_text="in a part of it, “eastern Syria”")
    assert where.count() == 1
    page.goto(f"{path.as_uri()}#article=003.txt")
    page.reload()
    page.wait_for_selector("body[data-ready]")
    assert page.locator("path.described.read").count() == 1  # the road, in the article that has it
    assert page.locator("path.described.read").get_attribute("class").count("line") == 1


def test_what_is_described_follows_dates_and_hostile_shapes_are_harmless(tmp_path, open_page):
    rows = []
    for number, text in enumerate(
        (
            "POLYGON ((38 35, 39 35, 39 36, 38 36, 38 35))",
            "POLYGON ((38 35, 39 35, 39 36, 38 36, 38 35))",
            "</script><script>alert(1)</script>",
            "POLYGON ((1e400 0, 1 1, 2 2, 1e400 0))",
        )
    ):
        day = f"2016-03-0{number + 1}"
        date = {"date_start": day, "date_end": day, "date_precision": "day", "status": "resolved"}
        phrase = "<img src=x onerror=alert(1)>"
        more = {"relation": phrase, "relation_type": "near", "relation_geometry": text, **date}
        rows.append(make_row("Raqqa", "Near Raqqa.", "literal", number, **more))
    page = open_page(write_map(rows, tmp_path / "map.html"), fragment="#place=geonames:172955")
    assert page.locator("path.described").count() == 1  # once, though two sentences describe it
    row = page.locator("#legend label", has_text="Described area")
    assert "· 2" in row.inner_text()
    assert page.locator("#panel .why bdi").all_inner_texts() == ["<img src=x onerror=alert(1)>"] * 4
    assert page.locator("#panel").get_by_role("button", name="Show on the map").count() == 2
    page.locator("#from").press("ArrowRight")
    expect(row).to_contain_text("· 1")
    page.locator("#from").press("End")
    expect(page.locator("path.described")).to_have_count(0)
    page.get_by_role("button", name="About").click()
    figures = page.locator(".about dl").inner_text()
    assert "described areas that could not be read\n2" in figures
