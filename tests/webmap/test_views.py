"""What --center, --zoom, --basemap and --tiles do to the page that a person sees."""

from __future__ import annotations

import json

import pytest

from geomap.webmap import write_map
from tests.webmap.sample import make_records

pytestmark = pytest.mark.browser
TILES = "https://tiles.example/{z}/{x}/{y}.png"


def middle_of(page, name):
    box = page.locator(f'[role=button][aria-label^="{name},"]').first.bounding_box()
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def test_the_first_view_is_the_one_that_was_asked_for(tmp_path, open_page):
    raqqa = (35.9528, 39.0079)
    path = write_map(make_records(), tmp_path / "map.html", center=raqqa, zoom=8.5)
    page = open_page(path)
    ground = page.locator(".leaflet-container").bounding_box()
    middle = (ground["x"] + ground["width"] / 2, ground["y"] + ground["height"] / 2)
    assert middle_of(page, "Raqqa") == pytest.approx(middle, abs=3)
    # 256 pixels times 2 to the zoom go round the world
    apart = middle_of(page, "Kobani")[0] - middle_of(page, "Raqqa")[0]
    assert apart == pytest.approx((38.3536 - raqqa[1]) / 360 * 256 * 2**8.5, abs=3)


def test_countries_of_ones_own_take_the_place_of_natural_earths(tmp_path, open_page):
    square = [[36, 33], [42, 33], [42, 37], [36, 37], [36, 33]]
    countries = {
        "type": "FeatureCollection",
        "features": [
            {
                "type": "Feature",
                "properties": {"ISO_A2": "SY", "NAME": "Squareland"},
                "geometry": {"type": "Polygon", "coordinates": [square]},
            }
        ],
    }
    (tmp_path / "own.geojson").write_text(json.dumps(countries))
    path = write_map(make_records(), tmp_path / "map.html", basemap=tmp_path / "own.geojson")
    page = open_page(path)
    assert middle_of(page, "Raqqa")
    page.get_by_role("button", name="About").click()
    assert "own.geojson" in page.locator("#panel").inner_text()


def test_tiles_are_asked_for_where_the_page_has_them_and_from_nowhere_else(tmp_path, browser):
    path = write_map(make_records(), tmp_path / "map.html", tiles=TILES)
    context = browser.new_context(viewport={"width": 1440, "height": 900})
    asked = []
    context.route(
        lambda url: url.startswith("http"), lambda route: (asked.append(route.request.url), route.abort())
    )  # fmt: skip
    page = context.new_page()
    page.goto(path.as_uri())
    page.wait_for_selector("body[data-ready]")
    page.wait_for_selector(".leaflet-tile", state="attached")
    page.wait_for_timeout(300)
    context.close()
    assert asked
    assert {url.split("/")[2] for url in asked} == {"tiles.example"}
