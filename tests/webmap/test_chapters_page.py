"""Chapters beside the map as a reader meets them: by buttons, arrow keys and scrolling, on a phone, on paper."""

from __future__ import annotations

import pytest

from geomap.webmap import write_map
from tests.webmap.sample import make_frame
from tests.webmap.test_access import SIZES, SMALL, _violations

pytestmark = pytest.mark.browser
LONG = "The river was low, and bread was dear. " * 12
STORY = f"""\
# A year of bread

Of invented events. See https://example.org/desk.

## Rain in Idlib
view: #map=8/35.93/36.63&place=geonames:169389&to=2016-12

{LONG}

Read [the log](https://example.org/log), not [this](javascript:alert(1)) <b>or</b> <script>alert(2)</script> {{{{7*7}}}}.

## Bridges of Mosul
view: #map=9/36.335/43.119&country=IQ

{LONG}

## All as a table
view: #map=5.5/35/40&view=table

{LONG}

## The last tents
view: #map=7/34.4/40.9&size=articles

{LONG}

## The mill
place: Raqqa

It stands beside the bridge: https://example.org/mill.

## A camp
place: 34.5, 41.1

Somewhere in the desert.
"""
PHONE = SIZES["phone"]


def _write(folder, text=STORY, **options):
    file = folder / "story.md"
    file.write_text(text, encoding="utf-8")
    return write_map(
        make_frame(), folder / "map.html", chapters=file, title="River towns", **options
    )


@pytest.fixture(scope="module")
def path(tmp_path_factory):
    return _write(tmp_path_factory.mktemp("chapters"))


def _step(page):
    return page.locator("#chapters .at").inner_text()


def _center(page):
    return page.evaluate(
        "(() => { const { lat, lng } = map_geomap.getCenter(); return [lat, lng]; })()"
    )


def _wait_for_center(page, lat, lon):
    near = "([lat, lon]) => { const at = map_geomap.getCenter(); return Math.abs(at.lat - lat) < 0.3 && Math.abs(at.lng - lon) < 0.6; }"
    page.wait_for_function(near, arg=[lat, lon])


def _settle(page):
    """Wait until the column rests."""
    page.wait_for_function(
        """() => new Promise((done) => {
          const box = document.querySelector(".chapters-body");
          const before = box.scrollTop;
          setTimeout(() => done(box.scrollTop === before), 200);
        })"""
    )


def test_the_column_opens_with_its_introduction_and_the_page_as_it_is(path, open_page):
    page = open_page(path)
    assert page.get_by_role("heading", name="A year of bread").is_visible()
    assert _step(page) == "Start"
    assert page.locator("#summary").inner_text().startswith("219 mentions")
    assert page.locator("#panel").is_hidden()
    assert page.get_by_role("button", name="Previous step").is_disabled()


def test_buttons_lead_from_step_to_step_and_back(path, open_page):
    page = open_page(path)
    onward = page.get_by_role("button", name="Next step")
    onward.click()
    assert _step(page) == "Step 1 of 4"
    assert page.locator("#panel-title").inner_text() == "Idlib"
    assert "2016" in page.locator("#dates").inner_text()
    _wait_for_center(page, 35.93, 36.63)
    onward.click()
    assert page.locator("#chapters li[aria-current=step] h3").inner_text() == "Bridges of Mosul"
    assert page.locator("#chips").inner_text().startswith("Iraq")
    assert page.locator("#dates").is_hidden()  # what the step does not ask for is as at first
    _wait_for_center(page, 36.335, 43.119)
    onward.click()
    assert page.locator("#panel-title").inner_text() == "Table of what is shown"
    onward.click()
    assert onward.is_disabled()
    assert page.locator("#panel").is_hidden()
    for _ in range(4):
        page.get_by_role("button", name="Previous step").click()
    assert _step(page) == "Start"
    assert page.locator("#summary").inner_text().startswith("219 mentions")


def test_arrow_keys_lead_on_and_the_title_of_a_step_goes_there(path, open_page):
    page = open_page(path)
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    assert _step(page) == "Step 2 of 4"
    page.keyboard.press("ArrowLeft")
    assert _step(page) == "Step 1 of 4"
    page.get_by_role("button", name="The last tents").click()
    assert _step(page) == "Step 4 of 4"
    assert page.get_by_role("radio", name="articles").is_checked()
    page.locator("#map_geomap").focus()
    page.keyboard.press("ArrowLeft")  # is the map's own there
    assert _step(page) == "Step 4 of 4"


def test_who_hurries_through_the_steps_comes_to_the_last_ones_view(path, open_page):
    page = open_page(path)
    for _ in range(4):
        page.keyboard.press("ArrowRight")
    assert _step(page) == "Step 4 of 4"
    _wait_for_center(page, 34.4, 40.9)
    page.wait_for_timeout(600)  # no zooming of before comes late
    assert _center(page) == pytest.approx([34.4, 40.9], abs=0.3)
    assert page.evaluate("map_geomap.getZoom()") == 7


@pytest.mark.parametrize("motion", ["no-preference", "reduce"])
def test_the_map_follows_who_scrolls(motion, path, open_page):
    page = open_page(path, reduced_motion=motion)
    page.locator(".chapters-body").hover()
    for step in (1, 2, 3, 4):
        for _ in range(40):
            page.mouse.wheel(0, 60)
            page.wait_for_timeout(250)
            if _step(page) == f"Step {step} of 4":
                break
        assert _step(page) == f"Step {step} of 4"
    _wait_for_center(page, 34.4, 40.9)
    for _ in range(60):
        page.mouse.wheel(0, -300)
    page.wait_for_timeout(400)
    assert _step(page) == "Start"


def test_going_to_a_step_shows_its_text_and_scrolling_goes_on_from_there(path, open_page):
    page = open_page(path)
    page.get_by_role("button", name="All as a table").click()
    _settle(page)
    top = page.evaluate(
        "document.querySelector('li[aria-current=step]').getBoundingClientRect().top"
    )
    assert 0 < top < 120
    assert _step(page) == "Step 3 of 4"
    page.locator(".chapters-body").hover()
    page.mouse.wheel(0, 30)
    page.wait_for_timeout(400)
    assert _step(page) == "Step 3 of 4"


def test_a_step_has_an_address(path, open_page):
    page = open_page(path)
    page.get_by_role("button", name="Bridges of Mosul").click()
    page.wait_for_function("() => location.hash.includes('chapter=2')")
    again = open_page(path, fragment=page.evaluate("location.hash"))
    assert _step(again) == "Step 2 of 4"
    assert again.locator("#chips").inner_text().startswith("Iraq")
    assert again.evaluate("document.querySelector('.chapters-body').scrollTop") > 100
    assert open_page(path, fragment="#chapter=9").locator("#chapters .at").inner_text() == "Start"


def test_steps_leave_no_trail_in_the_history(path, open_page):
    page = open_page(path)
    before = page.evaluate("history.length")
    for _ in range(4):
        page.keyboard.press("ArrowRight")
    assert page.evaluate("history.length") == before


def test_text_is_text_and_links_are_links(path, open_page):
    page = open_page(path)
    links = page.locator("#chapters a").evaluate_all(
        "all => all.map((a) => [a.textContent, a.href, a.rel])"
    )
    rel = "noopener noreferrer"
    assert links == [
        ["https://example.org/desk", "https://example.org/desk", rel],
        ["the log", "https://example.org/log", rel],
    ]
    text = page.locator("#chapters").inner_text()
    assert "[this](javascript:alert(1)) <b>or</b> <script>alert(2)</script> {{7*7}}." in text
    assert page.locator("#chapters b, #chapters script").count() == 0


def test_a_note_opens_at_its_pin_and_closes_by_escape(path, open_page):
    page = open_page(path)
    pin = page.get_by_role("button", name="Note 1: The mill")
    pin.click()
    card = page.locator(".note-card:visible")
    assert "It stands beside the bridge" in card.inner_text()
    assert pin.get_attribute("aria-expanded") == "true"
    page.keyboard.press("Escape")
    assert card.count() == 0
    assert pin.evaluate("node => node === document.activeElement")
    page.get_by_role("button", name="A camp", exact=True).click()  # in the column
    assert "Somewhere in the desert" in page.locator(".note-card:visible").inner_text()
    page.get_by_role("button", name="Close the note").click()
    pin.click()
    page.locator(".note-card:visible").get_by_role("button", name="Raqqa").click()
    assert page.locator("#panel-title").inner_text() == "Raqqa"


def test_an_open_note_is_seen_whole_beside_card_and_panel(path, open_page):
    page = open_page(path, viewport={"width": 1280, "height": 720})
    page.get_by_role("button", name="Next step").click()
    page.get_by_role("button", name="The mill", exact=True).click()
    page.wait_for_timeout(500)
    seen = """node => { const box = node.getBoundingClientRect(); return [[2, 2], [-2, 2], [2, -2], [-2, -2]].every(([x, y]) =>
      node.contains(document.elementFromPoint(x > 0 ? box.left + x : box.right + x, y > 0 ? box.top + y : box.bottom + y))); }"""
    assert page.locator(".note-card:visible").evaluate(seen)


def test_the_column_is_left_by_escape_and_opened_again(path, open_page):
    page = open_page(path)
    width = page.locator("#map_geomap").bounding_box()["width"]
    page.get_by_role("button", name="Next step").click()
    page.keyboard.press("Escape")  # first the panel
    assert page.locator("#panel").is_hidden()
    page.get_by_role("button", name="Rain in Idlib").focus()
    page.keyboard.press("Escape")
    assert page.locator("#chapters").is_hidden()
    tool = page.get_by_role("button", name="Chapters", exact=True)
    assert tool.evaluate("node => node === document.activeElement")
    page.wait_for_function(
        "width => document.getElementById('map_geomap').clientWidth > width + 200", arg=width
    )
    tool.click()
    assert page.locator("#chapters").is_visible()
    assert _step(page) == "Step 1 of 4"


def test_the_tab_key_goes_through_the_column_before_the_card(path, open_page):
    page = open_page(path)
    seen = []
    for _ in range(12):
        page.keyboard.press("Tab")
        seen.append(page.evaluate("document.activeElement.textContent.trim()"))
    assert seen[0] == "Go to the list of places"
    assert seen[1:4] == ["→", "×", "https://example.org/desk"]
    assert seen[4:10] == ["Rain in Idlib", "the log", "Bridges of Mosul", "All as a table", "The last tents", "The mill"]  # fmt: skip


def test_on_a_phone_the_text_is_a_sheet_below_the_map(path, open_page):
    page = open_page(path, **PHONE)
    sheet, map_ = (
        page.locator("#chapters").bounding_box(),
        page.locator("#map_geomap").bounding_box(),
    )
    assert sheet["width"] == 390
    assert map_["height"] > 250
    assert map_["y"] + map_["height"] <= sheet["y"] + 1
    page.get_by_role("button", name="Next step").tap()
    assert page.locator("#panel").is_hidden()  # its text would lie over that of the step
    assert _step(page) == "Step 1 of 4"
    page.locator("#menu").tap()
    page.get_by_role("button", name="Places").tap()
    assert page.locator("#chapters").is_hidden()
    page.get_by_role("button", name="Close the panel").tap()
    assert page.locator("#chapters").is_visible()


@pytest.mark.parametrize("size", SIZES)
def test_axe_finds_nothing(size, path, open_page):
    page = open_page(path, **SIZES[size])
    found = {}
    for theme in ("light", "dark"):
        page.emulate_media(color_scheme=theme)
        found[f"start, {theme}"] = _violations(page)
        page.get_by_role("button", name="Next step").click()
        page.get_by_role("button", name="The mill", exact=True).click()
        found[f"step, {theme}"] = _violations(page)
        page.keyboard.press("Escape")
        page.get_by_role("button", name="Previous step").click()
    assert {name: violations for name, violations in found.items() if violations} == {}
    assert page.evaluate(SMALL) == []


def test_in_arabic_all_is_turned_and_the_left_arrow_leads_on(tmp_path, open_page):
    page = open_page(_write(tmp_path, STORY.replace("A year of bread", "عام الخبز"), lang="ar"))
    column = page.locator("#chapters").bounding_box()
    assert column["x"] + column["width"] == 1440
    page.keyboard.press("ArrowLeft")
    assert _step(page) == "الخطوة 1 من 4"
    heading = page.locator("#chapters h3").first
    assert (
        heading.evaluate("node => getComputedStyle(node).direction") == "ltr"
    )  # its words are English
    assert (
        page.locator("#chapters h2").evaluate("node => getComputedStyle(node).direction") == "rtl"
    )


def test_paper_has_each_step_with_its_map_and_its_text(path, open_page):
    page = open_page(path)
    page.get_by_role("button", name="Next step").click()
    page.wait_for_timeout(400)
    before = (
        page.locator("#summary").inner_text(),
        _center(page),
        page.locator("#panel-title").inner_text(),
    )
    page.emulate_media(media="print")
    page.locator("#paper .paper-step").first.wait_for()
    steps = page.locator(".paper-step")
    assert steps.locator("h2").all_inner_texts() == ["Rain in Idlib", "Bridges of Mosul", "All as a table", "The last tents"]  # fmt: skip
    assert steps.locator("canvas").count() == 4
    pictures = steps.locator("canvas").evaluate_all("all => all.map((one) => one.toDataURL())")
    assert len(set(pictures)) == 4
    text = page.locator("#paper").inner_text()
    assert "Somewhere in the desert." in text
    assert text.index("Of invented events.") < text.index("Rain in Idlib") < text.index("A camp")
    assert (
        page.locator("#chapters, .pin").evaluate_all(
            "all => all.filter((one) => one.checkVisibility()).length"
        )
        == 0
    )
    page.emulate_media(media="screen")
    page.wait_for_timeout(400)
    after = (
        page.locator("#summary").inner_text(),
        _center(page),
        page.locator("#panel-title").inner_text(),
    )
    assert after[0] == before[0]
    assert after[1] == pytest.approx(before[1], abs=0.05)
    assert after[2] == before[2]


def test_a_story_without_introduction_opens_at_its_first_step(tmp_path, open_page):
    page = open_page(_write(tmp_path, STORY[STORY.index("## Rain") :]))
    assert _step(page) == "Step 1 of 4"
    assert page.locator("#panel-title").inner_text() == "Idlib"


def test_notes_alone_need_no_step(tmp_path, open_page):
    page = open_page(_write(tmp_path, STORY[STORY.index("## The mill") :]))
    assert page.get_by_role("button", name="Next step").is_disabled()
    assert page.locator(".pin").count() == 2
