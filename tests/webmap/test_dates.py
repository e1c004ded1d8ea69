"""Dates that are typed, dragged and played; maps of one day and of none."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from geomap.webmap import write_map
from tests.webmap.sample import make_records, make_row

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def path(tmp_path_factory):
    return write_map(make_records(), tmp_path_factory.mktemp("dates") / "map.html")


def _window(page):
    return page.locator(".window-text")


def test_play_begins_at_from_and_gives_the_window_back(path, open_page):
    page = open_page(path, fragment="#from=2019-09-01&step=month&speed=4&view=none")
    before = _window(page).inner_text()
    played = page.evaluate(
        """() => {
          document.getElementById("play").click();
          return document.querySelector(".window-text").textContent;
        }"""
    )
    assert played == "1 Sept 2019 – 30 Sept 2019"
    expect(page.get_by_role("button", name="Play")).to_be_visible(timeout=20_000)
    assert _window(page).inner_text() == before


@pytest.mark.parametrize(("step", "days"), [("day", 1), ("week", 7)])
def test_play_steps_by_days_and_weeks(step, days, path, open_page):
    page = open_page(path, fragment="#from=2019-03-01&to=2019-03-14&view=none")
    page.get_by_label("Step of play").select_option(label=f"by {step}")
    start = int(page.locator("#from").input_value())
    page.get_by_role("button", name="Play").click()
    expect(page.locator("#from")).not_to_have_value(str(start))
    page.get_by_role("button", name="Pause").click()
    moved = int(page.locator("#from").input_value()) - start
    assert moved % days == 0 < moved
    page.wait_for_timeout(500)
    assert f"step={step}" in page.evaluate("location.hash")


def test_dates_are_typed(path, open_page):
    page = open_page(path, fragment="#view=none")
    page.get_by_role("button", name="Type dates").click()
    first, last = page.locator("input.typed").all()
    assert first.evaluate("one => one === document.activeElement")
    first.fill("2015-03-04")
    last.fill("2015-06-30")
    expect(_window(page)).to_have_text("4 Mar 2015 – 30 Jun 2015")
    first.fill("2016-01-01")  # beyond the other, which it takes along
    expect(_window(page)).to_have_text("1 January 2016")


def test_the_window_is_dragged_as_a_whole(path, open_page):
    page = open_page(path, fragment="#from=2015-01-01&to=2015-12-31&view=none")
    length = 364
    box = page.locator(".range").bounding_box()
    x, y = box["x"] + box["width"] / 2, box["y"] + 1
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + 80, y, steps=4)
    page.mouse.up()
    begin, end = (int(page.locator(part).input_value()) for part in ("#from", "#to"))
    assert begin > 365 + 60
    assert end - begin == length + 1
    box = page.locator(".range").bounding_box()
    page.mouse.move(box["x"] + box["width"] / 2, y)
    page.mouse.down()
    page.mouse.move(5000, y)
    page.mouse.up()
    expect(page.locator("#to")).to_have_value("2191")


def test_one_day_and_no_day_have_no_strip_and_say_so(tmp_path, open_page):
    day = {"date_start": "2016-02-03", "date_end": "2016-02-03", "date_precision": "day"}
    none = {"date_start": None, "date_end": None, "date_precision": "unknown"}
    said = {}
    for name, dates in (("one", day), ("none", none)):
        rows = [make_row("Raqqa", "In Raqqa.", "literal", n, **dates) for n in (1, 2)]
        page = open_page(write_map(rows, tmp_path / f"{name}.html"))
        assert page.locator("#timeline").is_hidden()
        assert page.locator("#play").is_hidden()
        said[name] = _window(page).inner_text()
    assert said == {
        "one": "All known dates are 3 February 2016",
        "none": "No article has a known date",
    }
