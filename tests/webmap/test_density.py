"""Density, rates, and places over time on one scale."""

from __future__ import annotations

import pytest

from geomap.webmap import write_map
from tests.webmap.sample import make_frame

pytestmark = pytest.mark.browser
#: how opaque the surface is at a place, from 0 to 255
_ALPHA = """([lat, lon]) => {
  const canvas = document.querySelector(".leaflet-density-pane canvas");
  const point = map_geomap.latLngToContainerPoint([lat, lon]);
  const box = canvas.getBoundingClientRect(), map = map_geomap.getContainer().getBoundingClientRect();
  const ratio = canvas.width / box.width;
  const at = [point.x + map.x - box.x, point.y + map.y - box.y].map((value) => Math.round(value * ratio));
  const pixel = new OffscreenCanvas(1, 1).getContext("2d", { willReadFrequently: true });
  pixel.drawImage(canvas, -at[0], -at[1]);
  return pixel.getImageData(0, 0, 1, 1).data[3];
}"""
RAQQA, BAGHOUZ, SEA = (35.9528, 39.0079), (34.4523, 40.9482), (34.5, 34.2)


@pytest.fixture(scope="module")
def path(tmp_path_factory):
    return write_map(make_frame(), tmp_path_factory.mktemp("map") / "map.html", theme="light")


def test_density_is_strongest_where_most_is_named(path, open_page):
    page = open_page(path)
    assert page.locator(".leaflet-density-pane canvas").count() == 0
    page.get_by_label("Density").check()
    raqqa, baghouz, sea = (page.evaluate(_ALPHA, list(spot)) for spot in (RAQQA, BAGHOUZ, SEA))
    assert raqqa > 150 > baghouz > 20 > sea
    page.evaluate("void map_geomap.setView([35, 39], 6, { animate: false })")
    assert page.evaluate(_ALPHA, list(RAQQA)) > page.evaluate(_ALPHA, list(SEA))
    page.wait_for_timeout(500)
    again = open_page(path, fragment=page.url[page.url.index("#") :])
    assert again.get_by_label("Density").is_checked()
    again.get_by_label("Density").uncheck()
    assert again.locator(".leaflet-density-pane canvas").count() == 0


def test_it_follows_what_is_shown(path, open_page):
    page = open_page(path, fragment="#heat=1&country=IQ&view=none&map=6/35/41")
    assert page.evaluate(_ALPHA, list(RAQQA)) == 0
    assert page.evaluate(_ALPHA, [36.335, 43.1189]) > 150


def test_a_place_has_a_rate(path, open_page):
    page = open_page(path, fragment="#place=geonames:172955")
    page.locator("#panel .total").wait_for()
    articles = int(page.locator("#panel .total").inner_text().split(" in ")[1].split()[0])
    said = f"Named in {round(articles * 100 / 40, -0):.0f}"
    assert page.locator("#panel").inner_text().count("of every 100 articles shown") == 1
    assert said in page.locator("#panel").inner_text() or articles * 100 % 40
    page = open_page(path, fragment="#view=table&rows=places")
    assert "Per 100 articles" in page.locator("#panel thead").inner_text()


def test_ten_places_stand_on_one_scale(path, open_page):
    page = open_page(path)
    page.get_by_role("button", name="Ten places over time").click()
    rows = page.locator(".multiples li")
    assert rows.count() == 10
    heights = [
        max(
            float(h)
            for h in row.locator("rect").evaluate_all(
                "(all) => all.map((r) => r.getAttribute('height'))"
            )
        )
        for row in rows.all()
    ]
    assert max(heights) == pytest.approx(34)
    assert min(heights) < 34  # not each on a scale of its own
    assert rows.first.inner_text().startswith("Raqqa")


def test_a_place_is_held_against_the_others(path, open_page):
    page = open_page(path, fragment="#view=multiples")
    page.get_by_label("Add a place").fill("Baghouz")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    rows = page.locator(".multiples li")
    assert rows.count() == 10
    assert rows.first.inner_text().startswith("Baghouz")
    page.get_by_role("button", name="Remove Baghouz").click()
    assert rows.first.inner_text().startswith("Raqqa")
    assert page.get_by_role("button", name="Remove Baghouz").count() == 0
