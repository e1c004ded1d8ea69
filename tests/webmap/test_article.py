"""An article read on the map, and what the panel of a place tells."""

from __future__ import annotations

import datetime as dt

import pytest

from geomap.model import Article
from geomap.webmap import write_map
from tests.webmap.sample import make_frame, make_row

pytestmark = pytest.mark.browser
TEXT = "𝒜 fair opened in Mosul.\nTraders from Raqqa came, and Syria sent a film; Mosul cheered. Paris too."
STEPS = ("Mosul", "Raqqa", "Syria", "Mosul", "Paris")


def _rows():
    """Five mentions of four places, the last of them least sure."""
    rows, at = [], 0
    for number, name in enumerate(STEPS):
        at = TEXT.index(name, at)
        sentence = next(line for line in TEXT.split("\n") if name in line)
        row = make_row(name, sentence, "literal", 8, article_id="fair.txt", title="The fair")
        row |= {"start": at, "end": at + len(name), "confidence": 0.9 - number / 10}
        row |= {"url": "https://news.example/fair", "why": "largest country_named someday"}
        rows.append(row)
        at += len(name)
    return rows


@pytest.fixture(scope="module")
def path(tmp_path_factory):
    return write_map(
        [*make_frame().to_dict("records"), *_rows()], tmp_path_factory.mktemp("a") / "map.html"
    )


def _read(page):
    page.get_by_label("Find a place").fill("the fair")
    page.get_by_role("option", name="The fair").click()
    page.wait_for_timeout(700)
    return page.locator("#panel")


def test_its_mentions_alone_stand_on_the_map_in_their_order(path, open_page):
    page = open_page(path)
    panel = _read(page)
    assert panel.locator("h2").inner_text() == "The fair"
    assert page.locator("#summary").inner_text() == "5 mentions of 4 places in 1 article"
    assert page.locator(".circle.outer").count() == 3
    names = panel.locator(".step-head .place > bdi").all_inner_texts()
    assert names == list(STEPS)
    assert panel.locator(".step-number").all_inner_texts() == ["1", "2", "3", "4", "5"]
    assert panel.locator("mark").all_inner_texts() == list(STEPS)
    # Mosul, Raqqa, Mosul, Paris: three ways with an arrow each; the country has its number alone
    assert page.locator(".trail .leg").count() == 3
    assert page.locator(".trail .arrow").count() == 3
    assert sorted(page.locator(".step text").all_text_contents()) == ["1 · 4", "2", "3", "5"]
    assert panel.get_by_role("link", name="Open the article").get_attribute("href") == (
        "https://news.example/fair"
    )


def test_numbers_stand_beside_their_places_after_zoom(path, open_page):
    page = open_page(path)
    _read(page)
    page.get_by_role("button", name="Zoom in").click()
    page.wait_for_timeout(600)
    step = page.locator(".step").filter(has_text="1 · 4").bounding_box()
    circle = page.locator('.circle.outer[aria-label^="Mosul,"]').bounding_box()
    assert abs(step["x"] - circle["x"]) < 60
    assert abs(step["y"] - circle["y"]) < 40


def test_names_and_numbers_do_not_cover_each_other(path, open_page):
    page = open_page(path, fragment="#article=fair.txt&map=4/36/30")
    box = "all => all.map((one) => one.getBoundingClientRect()).map((b) => [b.left, b.top, b.right, b.bottom])"
    steps = page.locator(".step rect").evaluate_all(box)
    assert len(steps) == 4
    for step in steps:
        for other in [*steps, *page.locator(".labels .label:not(.river)").evaluate_all(box)]:
            wide = min(step[2], other[2]) - max(step[0], other[0])
            high = min(step[3], other[3]) - max(step[1], other[1])
            assert other is step or wide <= 3 or high <= 3


def test_a_place_opened_by_a_link_lies_beside_the_sheet_of_a_phone(path, open_page):
    page = open_page(
        path, fragment="#map=6/33.5/43&place=geonames:99072", viewport={"width": 390, "height": 844}
    )
    circle = page.locator('.circle.outer[aria-label^="Mosul,"]').bounding_box()
    card, panel = (page.locator(part).bounding_box() for part in ("#card", "#panel"))
    assert card["y"] + card["height"] <= circle["y"]
    assert circle["y"] + circle["height"] <= panel["y"]


def test_the_way_back_leads_where_one_came_from(path, open_page):
    page = open_page(path)
    page.locator('.circle.outer[aria-label^="Mosul,"]').press("Enter")
    page.wait_for_timeout(700)
    before = page.locator('.circle.outer[aria-label^="Raqqa,"]').bounding_box()
    panel = page.locator("#panel")
    panel.locator("h3 button", has_text="The fair").click()
    page.wait_for_timeout(700)
    assert panel.locator("h2").inner_text() == "The fair"
    page.get_by_role("button", name="← Mosul").click()
    assert panel.locator("h2").inner_text() == "Mosul"
    assert page.locator(".trail .leg").count() == 0
    assert page.locator("#chips").is_hidden()
    after = page.locator('.circle.outer[aria-label^="Raqqa,"]').bounding_box()
    assert (after["x"], after["y"]) == pytest.approx((before["x"], before["y"]), abs=1)
    page.get_by_role("button", name="← Places").click()
    assert panel.locator("h2").inner_text() == "Places"


def test_the_chip_ends_the_article_too(path, open_page):
    page = open_page(path)
    _read(page)
    page.get_by_role("button", name="Remove the filter: Article: The fair").click()
    assert page.locator("#panel h2").inner_text() == "Places"
    assert page.locator("#summary").inner_text().startswith("224 mentions")


def test_filters_hide_steps_and_the_panel_says_so(path, open_page):
    page = open_page(path)
    panel = _read(page)
    page.wait_for_timeout(400)
    fragment = page.evaluate("location.hash")
    assert "article=fair.txt" in fragment
    again = open_page(path, fragment=f"{fragment}&confidence=65")
    panel = again.locator("#panel")
    assert panel.locator(".step-head .place > bdi").all_inner_texts() == ["Mosul", "Raqqa", "Syria"]
    assert "2 more mentions are hidden by the filters." in panel.inner_text()


def test_the_full_text_is_shown_where_the_file_carries_it(tmp_path, open_page):
    articles = [Article(id="fair.txt", text=TEXT, title="The fair")]
    path = write_map(_rows(), tmp_path / "map.html", text="full", articles=articles)
    page = open_page(path)
    panel = _read(page)
    shown = panel.locator(".full").inner_text()
    assert shown.replace("1", "").split() != TEXT.split()  # numbers stand in it
    marks = panel.locator(".full mark")
    assert marks.all_inner_texts() == [f"{name}{n}" for n, name in enumerate(STEPS, 1)]
    assert panel.locator(".full").evaluate(
        "(text) => { for (const sup of text.querySelectorAll('sup')) sup.remove(); "
        "return text.textContent; }"
    ) == TEXT.replace("\x00", "")
    assert panel.locator("blockquote").count() == 0
    assert panel.locator(".step-head").count() == 5


def test_the_panel_of_a_place_says_what_it_is_and_why(path, open_page):
    page = open_page(path)
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.locator('.circle.outer[aria-label^="Mosul,"]').press("Enter")
    panel = page.locator("#panel")
    panel.get_by_role("button", name="Copy the coordinates").click()
    panel.get_by_text("Copied").wait_for()
    assert page.evaluate("navigator.clipboard.readText()") == "36.335, 43.1189"
    why = panel.locator(".why").first.inner_text()
    assert why == ("Why this place: the largest of its namesakes and the article names its country")
    page.get_by_label("Find a place").fill("syria")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    assert panel.locator(".names").inner_text() == "In the articles: Syrian"


def test_the_sparkline_counts_what_the_place_has(tmp_path, open_page):
    def on(day, number):
        date = dt.date(2015, 1, 1) + dt.timedelta(day)
        span = {"date_start": str(date), "date_end": str(date), "date_precision": "day"}
        return make_row("Raqqa", "Raqqa.", "literal", number, article_id=str(number), **span)

    rows = [on(0, 1), on(30, 2), on(30, 3), on(30, 4), on(59, 5)]
    page = open_page(write_map(rows, tmp_path / "map.html"))
    page.locator('.circle.outer[aria-label^="Raqqa,"]').press("Enter")
    picture = page.locator("#panel").get_by_role("img", name="Mentions over time")
    assert picture.get_attribute("aria-label") == (
        "Mentions over time, 1 Jan 2015 to 1 Mar 2015; most, 3, in January 2015"
    )
    heights = [float(bar.get_attribute("height")) for bar in picture.locator("rect").all()]
    assert [round(height / min(heights), 1) for height in heights] == [1, 3, 1]
    page.locator("#to").evaluate(
        "(input) => { input.value = 20; input.dispatchEvent(new Event('input')); }"
    )
    page.wait_for_timeout(300)
    assert picture.locator("rect.past").count() == 2
