"""Filters: chosen in the panel, shown as chips, counted beside each option, kept in the address."""

from __future__ import annotations

import pytest

from geomap.webmap import write_map
from tests.webmap.sample import make_frame, make_records, make_spoken_records

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def path(tmp_path_factory):
    return write_map(make_frame(), tmp_path_factory.mktemp("filters") / "map.html")


@pytest.fixture(scope="module")
def copied(tmp_path_factory):
    """Each article but the first twenty is a copy of one of them."""
    return write_map(make_spoken_records(), tmp_path_factory.mktemp("copies") / "map.html")


def _open(page):
    page.get_by_role("button", name="Filters", exact=True).click()
    return page.locator(".filters")


def _mentions(page):
    return int(page.locator("#summary").inner_text().split()[0])


def _option(page, words):
    return page.locator(".filters label.option").filter(has_text=words)


def _count(page, words):
    return int(_option(page, words).locator(".number").inner_text())


@pytest.mark.parametrize(
    "words",
    [
        "Iraq",
        "Seas and regions across borders",
        "Levant Courier",
        "Province or state",
        "Whole country",
    ],
)
def test_an_option_shows_as_many_as_it_says(words, path, open_page):
    page = open_page(path)
    _open(page)
    count = _count(page, words)
    assert 0 < count < 219
    _option(page, words).locator("input").check()
    assert _mentions(page) == count
    assert _count(page, words) == count  # what it would be, whatever else is chosen in its list
    page.locator("#chips").get_by_role("button", name=f"Remove the filter: {words}").click()
    assert _mentions(page) == 219
    assert page.locator("#chips").is_hidden()


def test_two_options_of_a_list_add_up_and_lists_narrow_each_other(path, open_page):
    page = open_page(path)
    _open(page)
    both = _count(page, "Iraq") + _count(page, "France")
    _option(page, "Iraq").locator("input").check()
    _option(page, "France").locator("input").check()
    assert _mentions(page) == both
    sources = ["Agency Nine", "Levant Courier", "Rivertown Post", "The Morning Ledger"]
    assert sum(_count(page, source) for source in sources) == both
    agency = _count(page, "Agency Nine")
    _option(page, "Agency Nine").locator("input").check()
    assert _mentions(page) == agency < both


def test_kinds_confidence_and_what_is_uncertain(path, open_page):
    page = open_page(path)
    panel = _open(page)
    literal = _count(page, "The place itself")
    _option(page, "Its people or state").locator("input").uncheck()
    assert _mentions(page) == literal
    assert not page.locator("#legend").get_by_label("Its people or state").is_checked()
    page.get_by_role("button", name="Clear all").first.click()
    slider = panel.get_by_role("slider", name="Confidence at least")
    slider.focus()
    for _ in range(10):
        slider.press("ArrowRight")
    assert panel.locator("output").inner_text() == "50%"
    assert slider.get_attribute("aria-valuetext") == "50%"
    sure = _mentions(page)
    assert 0 < sure < 219
    assert page.get_by_role("button", name="Remove the filter: Confidence from 50%").is_visible()
    assert page.evaluate("document.activeElement.type") == "range"  # the keys go on working
    slider.fill("0")
    _option(page, "Uncertain which place").locator("input").uncheck()
    assert _mentions(page) == 219 - _count(page, "Uncertain which place")


def test_copies_of_a_story_are_counted_once_or_each(path, copied, open_page):
    page = open_page(path)
    assert _open(page).get_by_text("Copies of a story").count() == 0
    page = open_page(copied)
    panel = _open(page)
    assert panel.get_by_text("Further copies among the articles: 20").is_visible()
    assert _count(page, "Each one counts") == _mentions(page) == 225
    once = _count(page, "Counted once")
    _option(page, "Counted once").locator("input").check()
    assert 0 < _mentions(page) == once < 225
    assert page.get_by_role("button", name="Remove the filter: Stories counted once").is_visible()
    _option(page, "Each one counts").locator("input").check()
    assert _mentions(page) == 225
    _option(page, "stories").locator("input").check()
    page.wait_for_timeout(500)
    assert "size=stories" in page.evaluate("location.hash")
    assert page.locator("#legend input[name=size]:checked").get_attribute("value") == "stories"


def test_the_address_keeps_the_choice_and_clear_all_ends_it(path, open_page):
    page = open_page(path)
    _open(page)
    _option(page, "Syria").locator("input").check()
    _option(page, "Rivertown Post").locator("input").check()
    _option(page, "The exact place").locator("input").check()
    chosen = _mentions(page)
    page.wait_for_timeout(500)
    again = open_page(path, fragment=page.evaluate("location.hash"))
    assert _mentions(again) == chosen < 219
    assert again.locator(".chip").all_inner_texts() == [
        "Syria\n×",
        "Rivertown Post\n×",
        "The exact place\n×",
    ]
    assert _option(again, "Syria").locator("input").is_checked()
    again.locator("#chips").get_by_role("button", name="Clear all").press("Enter")
    assert _mentions(again) == 219
    assert again.evaluate("document.activeElement.id") == "show-filters"
    again.wait_for_timeout(500)
    assert "country" not in again.evaluate("location.hash")


def test_counts_follow_the_dates(path, open_page):
    page = open_page(path)
    _open(page)
    before = _count(page, "Syria")
    page.locator("#from").evaluate(
        "(input) => { input.value = 1200; input.dispatchEvent(new Event('input')); }"
    )
    page.wait_for_timeout(400)
    assert 0 < _count(page, "Syria") < before
    named = [
        "Syria",
        "Iraq",
        "Turkey",
        "France",
        "United States",
        "Seas and regions across borders",
    ]
    assert sum(_count(page, name) for name in named) == _mentions(page)


def test_many_options_wait_to_be_asked_for(tmp_path, open_page):
    rows = [row | {"source": f"Paper {row['article_id']}"} for row in make_records()]
    page = open_page(write_map(make_frame(rows), tmp_path / "map.html"))
    panel = _open(page)
    assert panel.get_by_label("Paper").count() == 8
    panel.get_by_role("button", name="Show all 40").click()
    assert panel.get_by_label("Paper").count() == 40
