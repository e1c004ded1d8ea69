"""Passing a map on: link, frame, picture and paper."""

from __future__ import annotations

import base64
import html
import re

import pytest

from geomap.webmap import write_map
from tests.webmap.sample import make_frame, make_row

pytestmark = pytest.mark.browser
CLIPBOARD = ["clipboard-read", "clipboard-write"]
#: a picture's size, and how many of its pixels have a colour (with the map's transparency or without)
_COUNT = """async ([data, colours]) => {
  const bytes = Uint8Array.from(atob(data), (c) => c.charCodeAt(0));
  const picture = await createImageBitmap(new Blob([bytes], { type: "image/png" }));
  const { width, height } = picture;
  const context = new OffscreenCanvas(width, height).getContext("2d");
  context.drawImage(picture, 0, 0);
  const pixels = context.getImageData(0, 0, width, height).data;
  const counts = colours.map(() => 0);
  for (let at = 0; at < pixels.length; at += 4) {
    colours.forEach((colour, n) => {
      if (colour.every((value, k) => Math.abs(pixels[at + k] - value) < 3)) counts[n] += 1;
    });
  }
  return { width, height, counts };
}"""
LITERAL, ASSOCIATIVE = (0xC9, 0x43, 0x2A), (0x2D, 0x6F, 0x93)
WATER, LAND, PAPER = (0xDF, 0xE7, 0xEA), (0xF7, 0xF3, 0xEA), (0xFF, 0xFD, 0xF8)


@pytest.fixture(scope="module")
def path(tmp_path_factory):
    folder = tmp_path_factory.mktemp("map")
    options = {"title": 'River "towns" <b>', "subtitle": "Forty articles", "credit": "Map desk"}
    return write_map(make_frame(), folder / "map.html", theme="light", **options)


def _open(open_page, path, **options):
    page = open_page(path, accept_downloads=True, **options)
    page.get_by_role("button", name="Share", exact=True).click()
    return page


def _save_picture(page):
    with page.expect_download() as caught:
        page.get_by_role("button", name="Save picture").click()
    assert caught.value.suggested_filename == "map.png"
    return caught.value.path().read_bytes()


def _count(page, picture, *colours):
    found = page.evaluate(_COUNT, [base64.b64encode(picture).decode(), colours])
    return found["width"], found["height"], found["counts"]


def test_the_link_opens_the_same_view(path, open_page):
    page = _open(open_page, path, permissions=CLIPBOARD)
    page.get_by_label("Its people or state").uncheck()
    page.locator("#from").press("PageUp")
    page.get_by_role("button", name="Copy link").click()
    page.get_by_text("Copied", exact=True).wait_for()
    link = page.evaluate("navigator.clipboard.readText()")
    assert link == page.get_by_label("Link to this view").input_value()
    address, _, fragment = link.partition("#")
    assert address == path.as_uri()
    again = open_page(path, fragment=f"#{fragment}")
    assert again.locator("#summary").inner_text() == page.locator("#summary").inner_text()
    assert again.locator("#panel h2").inner_text() == "Places"  # not the panel it was copied from


def test_on_disk_it_says_that_the_file_itself_must_be_sent(path, open_page):
    page = _open(open_page, path)
    assert "send the file itself" in page.locator("#panel").inner_text()


def test_copying_works_without_a_right_to_the_clipboard(path, open_page):
    page = _open(open_page, path, permissions=CLIPBOARD)
    page.evaluate("() => { navigator.clipboard.writeText = () => Promise.reject(new Error()); }")
    page.get_by_role("button", name="Copy link").click()
    page.get_by_text("Copied", exact=True).wait_for()
    assert page.evaluate("navigator.clipboard.readText()").startswith(path.as_uri())


def test_the_frame_works_in_another_page(path, open_page, browser):
    page = _open(open_page, path)
    page.get_by_label("Height").fill("500")
    code = page.get_by_label("Code for the page").input_value()
    assert 'height="500"' in code
    assert 'width="100%"' in code
    assert 'title="River &quot;towns&quot; &lt;b&gt;"' in code
    rights = re.search(r'sandbox="([^"]*)"', code)[1].split()
    assert "allow-same-origin" not in rights
    assert html.unescape(re.search(r'src="([^"]*)"', code)[1]).startswith("map.html#map=")
    host = path.parent / "host.html"
    host.write_text(f"<!doctype html><title>Host</title>{code}", encoding="utf-8")
    context = browser.new_context(offline=True)
    outer = context.new_page()
    problems = []
    outer.on("console", lambda message: problems.append(message.text))
    outer.on("pageerror", lambda error: problems.append(str(error)))
    outer.goto(host.as_uri())
    frame = outer.frame_locator("iframe")
    frame.locator("body[data-ready]").wait_for()
    assert frame.locator("#summary").inner_text().startswith("219 mentions")
    context.close()
    assert problems == []


@pytest.mark.parametrize("width", ["", "12 px", '"><script>', "100000"])
def test_a_size_that_is_none_changes_nothing(width, path, open_page):
    page = _open(open_page, path)
    page.get_by_label("Width").fill(width)
    assert 'width="100%"' in page.get_by_label("Code for the page").input_value()


def test_the_picture_is_the_map_with_title_key_and_credit(path, open_page):
    page = _open(open_page, path)
    map_ = page.locator("#map_geomap").bounding_box()
    width, height, counts = _count(page, _save_picture(page), LITERAL, ASSOCIATIVE, WATER, PAPER)
    literal, associative, water, paper = counts
    assert width == 2 * map_["width"]
    assert 2 * map_["height"] + 200 < height < 2 * map_["height"] + 560
    assert literal > 200  # the key's sample; circles let a little of the land through
    assert associative > 200
    assert water > 100_000
    assert paper > 2 * width * 100  # the bands above and below
    assert page.locator("#panel h2").inner_text() == "Share this map"
    assert page.evaluate("document.body.dataset.bare") is None


def test_the_picture_shows_what_is_chosen(path, open_page):
    page = _open(open_page, path)
    _, _, (before,) = _count(page, _save_picture(page), LITERAL)
    page.get_by_label("The place itself").uncheck()
    _, _, (after,) = _count(page, _save_picture(page), LITERAL)
    assert before > after == 0


def test_the_picture_of_many_places_has_their_circles(tmp_path, open_page):
    rows = [
        make_row(
            "Raqqa",
            f"Place {n}.",
            "literal",
            n % 40,
            place_id=f"geomap:{n}",
            name=f"P{n}",
            lat=n % 60,
            lon=n % 83,
        )
        for n in range(1200)
    ]
    path = write_map(rows, tmp_path / "map.html", theme="light")
    page = open_page(path, fragment="#map=6/30/45&view=share", accept_downloads=True)
    over_land = tuple(round(0.97 * c + 0.03 * g) for c, g in zip(LITERAL, LAND, strict=True))
    _, _, (literal, on_map) = _count(page, _save_picture(page), LITERAL, over_land)
    assert literal > 200
    assert on_map > 1000
    page.get_by_label("The place itself").uncheck()
    _, _, (on_map,) = _count(page, _save_picture(page), over_land)
    assert on_map == 0


def test_paper_holds_title_map_key_and_credit_and_no_controls(path, open_page):
    page = open_page(path)
    page.emulate_media(media="print")
    page.locator("#paper canvas").first.wait_for()
    assert page.locator("#paper h1").inner_text() == 'River "towns" <b>'
    text = page.locator("#paper").inner_text()
    assert "219 mentions of 24 places in 40 articles · 1 Jan 2014 – 31 Dec 2019" in text
    assert "Map desk" in text
    assert "Natural Earth" in text
    shown = "nodes => nodes.filter((node) => node.checkVisibility()).length"
    assert page.locator("button, input, select, #card, #panel, #strip").evaluate_all(shown) == 0
    _, _, counts = _count(page, page.screenshot(full_page=True), LITERAL, WATER)
    assert min(counts) > 50
    page.emulate_media(media="screen")
    assert page.locator("#card").is_visible()


def test_a_dark_map_is_printed_in_the_colours_of_paper(path, open_page):
    page = open_page(path)
    page.get_by_role("button", name="Light or dark").click()
    assert page.evaluate("document.documentElement.dataset.theme") == "dark"
    page.emulate_media(media="print")
    page.locator("#paper canvas").first.wait_for()
    _, _, counts = _count(page, page.screenshot(full_page=True), LITERAL, WATER)
    assert min(counts) > 50
    assert page.evaluate("document.documentElement.dataset.theme") == "dark"


def test_it_prints_on_one_page_and_the_map_stays_as_it_was(path, open_page):
    page = open_page(path)
    summary, view = page.locator("#summary").inner_text(), page.evaluate("map_geomap.getZoom()")
    document = page.pdf(prefer_css_page_size=True)
    assert len(re.findall(rb"/Type\s*/Page\b", document)) == 1
    assert re.search(rb"/MediaBox\s*\[0 0 84[12][.\d]* 59[45][.\d]*\]", document)  # A4, landscape
    assert len(document) > 50_000  # the map is on it
    page.wait_for_timeout(300)
    assert page.locator("#paper").is_hidden()
    assert page.locator("#summary").inner_text() == summary
    assert page.evaluate("map_geomap.getZoom()") == view
    assert page.locator(".label", has_text="Mosul").count() == 1
