"""The strip goes by what sentences tell, too: bars, window, play, the switch of untold ones, the address."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from geomap.webmap import write_map
from tests.webmap.sample import make_row

pytestmark = pytest.mark.browser
#: phrase, first and last day, precision, place; each in an article of its own
TOLD = (
    ("on 3 March", "2016-03-03", "2016-03-03", "day", "Raqqa"),
    ("on 3 March", "2016-03-03", "2016-03-03", "day", "Mosul"),
    ("on 5 and 6 March", "2016-03-05", "2016-03-06", "day", "Raqqa"),
    ("in March", "2016-03-01", "2016-03-31", "month", "Idlib"),
    ("in the war of 1916", "1916-01-01", "1916-12-31", "year", "Raqqa"),
    ("over the past century", "1916-03-12", "2016-03-12", "year", "Mosul"),
    ("on 20 March", "2016-03-20", "2016-03-20", "day", "Kobani"),
    ("on Friday", None, None, "unknown", "Kobani"),
    (None, None, None, None, "Aleppo"),
    ("on 10 March", "2016-03-10", "2016-03-10", "day", "Aleppo"),
)


def _rows(dated=True):
    for number, (text, start, end, precision, name) in enumerate(TOLD):
        row = make_row(name, f"Something happened in {name}.", "literal", number)
        row |= {"event_text": text, "event_start": start, "event_end": end, "status": "resolved"}
        day = "2016-04-01" if dated else None
        row |= {"date_start": day, "date_end": day, "date_precision": "day" if dated else "unknown"}
        yield row | {"event_precision": precision}


@pytest.fixture(scope="module")
def path(tmp_path_factory):
    return write_map(_rows(), tmp_path_factory.mktemp("told") / "map.html")


def _mentions(page):
    return int(page.locator("#summary").inner_text().split()[0])


def _bars(page, name):
    heights = page.locator(f".bars .{name}").evaluate_all(
        "all => all.map((bar) => Number(bar.getAttribute('height')))"
    )
    return [n for n, height in enumerate(heights) if height > 0]


def test_bars_window_and_list_follow_what_sentences_tell(path, open_page):
    page = open_page(path)
    assert page.locator(".window-text").inner_text() == "1 April 2016"
    page.get_by_role("radio", name="in text").check()
    # from the first to the last of March: a year of war and a century do not stretch the axis
    assert page.locator(".window-text").inner_text() == "Earlier – 31 Mar 2016"
    assert page.locator(".bars .sure").count() == 31
    assert _bars(page, "sure") == [2, 4, 5, 9, 19]
    assert len(_bars(page, "spread")) == 31  # a month and a century, lightly over all of it
    assert page.locator(".beyond").all_inner_texts() == ["← 1 earlier", ""]
    assert _mentions(page) == 10
    untold = page.get_by_label("No time told (2)")
    untold.uncheck()
    assert _mentions(page) == 8
    page.get_by_role("button", name="Remove the filter: Without mentions that tell no time").click()
    assert untold.is_checked()
    untold.uncheck()
    page.locator("#from").press("ArrowRight")  # from the second of March: the year of war is out
    assert page.locator(".window-text").inner_text() == "2 Mar 2016 – 31 Mar 2016"
    assert _mentions(page) == 7
    page.locator("#to").press("Home")
    assert page.locator(".window-text").inner_text() == "2 March 2016"
    assert _mentions(page) == 2
    page.locator("#to").press("ArrowRight")
    expect(page.locator("#panel tbody tr")).to_have_count(3)  # Raqqa, Mosul, Idlib
    box = page.locator(".bars").bounding_box()
    width = box["width"] / 31
    page.mouse.move(box["x"] + 4.5 * width, box["y"] + 20)
    page.mouse.down()
    page.mouse.move(box["x"] + 9.5 * width, box["y"] + 20, steps=3)
    page.mouse.up()
    assert page.locator(".window-text").inner_text() == "5 Mar 2016 – 10 Mar 2016"
    assert _mentions(page) == 4
    page.wait_for_timeout(500)
    fragment = page.evaluate("location.hash")
    assert "time=told&from=2016-03-05&to=2016-03-10&untold=0" in fragment
    again = open_page(path, fragment=fragment)
    assert again.locator(".window-text").inner_text() == "5 Mar 2016 – 10 Mar 2016"
    assert _mentions(again) == 4
    again.get_by_role("radio", name="published").check()
    assert again.locator(".window-text").inner_text() == "1 April 2016"
    assert _mentions(again) == 10
    again.get_by_role("radio", name="in text").check()
    assert _mentions(again) == 8  # all its days; the switch stays


def test_told_times_play_and_are_told_in_words(path, open_page):
    page = open_page(path, fragment="#time=told&untold=0&place=geonames:172955")
    told = page.locator("#panel .why", has_text="Date in the sentence").all_inner_texts()
    assert told == [
        "Date in the sentence: “on 3 March” → 3 March 2016",
        "Date in the sentence: “on 5 and 6 March” → 5 Mar 2016 – 6 Mar 2016",
        "Date in the sentence: “in the war of 1916” → 1916",
    ]
    page.get_by_label("Speed of play").select_option("4×")
    seen = page.evaluate(
        """() => new Promise((done) => {
          const [seen, text] = [[], document.querySelector('.window-text')];
          new MutationObserver((_, observer) => {
            if (seen.push(text.textContent) < 3) return;
            observer.disconnect();
            done(seen);
          }).observe(text, { childList: true });
          requestAnimationFrame(() => setTimeout(() => document.getElementById('play').click()));
        })"""
    )
    assert seen == ["Earlier – 2 Mar 2016", "2 Mar 2016 – 3 Mar 2016", "3 Mar 2016 – 4 Mar 2016"]
    page.get_by_role("button", name="Pause").click()
    page.get_by_role("radio", name="published").check()
    assert page.get_by_role("button", name="Play").is_visible()
    unknown = open_page(path, fragment="#place=geonames:173480&time=told")
    assert "Date in the sentence: “on Friday”, which day is not known" in (
        unknown.locator("#panel .evidence").inner_text()
    )


def test_a_map_without_dates_goes_by_what_is_told(tmp_path, open_page):
    page = open_page(write_map(_rows(dated=False), tmp_path / "map.html"))
    assert page.locator(".window-text").inner_text() == "Earlier – 31 Mar 2016"
    assert page.get_by_role("radio", name="published").count() == 0
    page.get_by_label("No time told (2)").uncheck()
    assert _mentions(page) == 8
