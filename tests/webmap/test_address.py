"""The page and its address: what was open is shared, a change is followed, and the way back works."""

from __future__ import annotations

import html
import re

import pytest
from playwright.sync_api import expect

from geomap.webmap import write_map
from tests.webmap.sample import make_frame

pytestmark = pytest.mark.browser
#: what can be open when somebody shares the map, with the title of its panel, and what the address says
OPENED = {
    "place": ("#place=geonames:99072", "Mosul", "place=geonames%3A99072"),
    "area": ("#area=SY", "Syria", "area=SY"),
    "unit": ("#area=SY/Raqqa+Governorate", "Raqqa Governorate", "area=SY%2FRaqqa"),
    "article": ("#article=003.txt", "What the week brought for the bridge, part 3", "article=003"),
    "filters": ("#view=filters&country=IQ&from=2016-01-01", "Filters", "view=filters"),
    "nothing": ("#view=none", None, "view=none"),
}


@pytest.fixture(scope="module")
def path(tmp_path_factory):
    return write_map(make_frame(), tmp_path_factory.mktemp("address") / "map.html")


def _title(page):
    return page.locator("#panel h2").inner_text() if page.locator("#panel").is_visible() else None


def _places(page):
    """Where the map is: zoom and middle."""
    return page.evaluate(
        "[map_geomap.getZoom(), map_geomap.getCenter().lat, map_geomap.getCenter().lng]"
    )


def _settled(page):
    """Where the map is once it has come to rest, however long the machine takes for its way there."""
    places, before = _places(page), None
    while places != before:
        page.wait_for_timeout(400)
        places, before = _places(page), places
    return places


def _near(places):
    return pytest.approx(places, abs=0.02)  # less than a pixel


def _go(page, fragment):
    """Write an address into the open page, as somebody who pastes a link does."""
    page.evaluate("hash => { location.hash = hash; }", fragment)
    page.wait_for_timeout(50)


def test_what_is_shared_is_what_was_open(path, open_page):
    page, again = open_page(path, fragment="#view=about"), open_page(path)
    for opened, (fragment, title, part) in OPENED.items():
        _go(page, fragment)
        assert _title(page) == title
        seen = (page.locator("#summary").inner_text(), _near(_places(page)))
        page.get_by_role("button", name="Share", exact=True).click()
        code = html.unescape(page.get_by_label("Code for the page").input_value())
        link = page.get_by_label("Link to this view").input_value()
        for one in (link, re.search('src="([^"]*)"', code)[1]):
            assert part in one, opened
            assert "view=share" not in one
        assert "view=share" in page.evaluate("location.hash")  # its own address says what it shows
        _go(again, "#" + link.partition("#")[2])
        assert _title(again) == title
        assert (again.locator("#summary").inner_text(), _places(again)) == seen


def test_ways_to_share_open_again_over_what_was_open(path, open_page):
    page = open_page(path, fragment="#area=SY&view=share")
    assert _title(page) == "Share this map"
    assert page.locator("path.area.country.selected").count() == 1
    assert "area=SY" in page.get_by_label("Link to this view").input_value()


def test_an_open_page_follows_its_address(path, open_page):
    page = open_page(path)
    all_ = page.locator("#summary").inner_text()
    _go(page, "#place=geonames:99072&map=8/36.3/43.1&from=2016-01-01&country=IQ")
    page.locator("#panel h2", has_text="Mosul").wait_for()
    assert _places(page)[0] == 8
    assert page.locator(".window-text").inner_text() == "1 Jan 2016 – 31 Dec 2019"
    assert page.locator(".chip").first.inner_text().startswith("Iraq")
    _go(page, "#view=table")
    page.locator("#panel h2", has_text="Table").wait_for()
    expect(page.locator("#summary")).to_have_text(all_)  # behind the table
    assert page.locator("#chips").is_hidden()
    assert _places(page)[0] < 8  # an address without a part of the map is that of the first view
    _go(page, "#kind=literal&place=<img src=x>&" + "x=1&" * 500_000)  # two megabytes
    page.locator("#panel h2", has_text="Places").wait_for()
    assert page.locator("#summary").inner_text() == all_


def test_back_and_forward_go_through_what_was_opened(path, open_page):
    page = open_page(path)
    start = _places(page)
    page.locator("#panel").get_by_role("button", name="Mosul").click()
    near = _settled(page)
    page.get_by_label("Its people or state").uncheck()  # no step: it is of what is open
    page.locator("#panel button.title").first.click()
    page.wait_for_timeout(400)
    article = _title(page)
    page.get_by_role("button", name="About").click()
    titles = []
    for _ in range(3):
        page.go_back()
        titles.append(_title(page))
    assert titles == [article, "Mosul", "Places"]
    assert _places(page) == _near(start)
    page.go_forward()
    assert (_title(page), _places(page)) == ("Mosul", _near(near))
    assert not page.get_by_label("Its people or state").is_checked()
    page.wait_for_timeout(500)
    page.go_forward()  # following an address is no step that would end the way forward
    assert _title(page) == article


def test_a_frame_follows_the_page_around_it(path, browser):
    host = path.parent / "host.html"
    host.write_text(
        '<!doctype html><title>Host</title><iframe src="map.html" width="900" height="600" '
        'sandbox="allow-scripts"></iframe>',
        encoding="utf-8",
    )
    page = browser.new_page(offline=True)
    noise = []
    page.on("console", lambda message: noise.append(message.text))
    page.on("pageerror", lambda error: noise.append(str(error)))
    page.goto(host.as_uri())
    frame = page.frame_locator("iframe")
    frame.locator("body[data-ready]").wait_for()
    for fragment, title in (("place=geonames:99072", "Mosul"), ("area=SY", "Syria")):
        page.evaluate("f => { document.querySelector('iframe').src = `map.html#${f}`; }", fragment)
        frame.locator("#panel h2", has_text=title).wait_for()
    page.close()
    assert noise == []
