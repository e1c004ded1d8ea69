"""The Pacific in one piece, and the whole world on a small window."""

from __future__ import annotations

import csv
import io
import re

import pytest

from geomap.webmap import write_map
from tests.webmap.sample import make_row

pytestmark = pytest.mark.browser
#: name, latitude, longitude, country
PACIFIC = (
    ("Suva", -18.14161, 178.44149, "FJ"),
    ("Apia", -13.8333, -171.7667, "WS"),
    ("Tarawa", 1.3278, 172.97696, "KI"),
    ("Kiritimati", 1.94, -157.47, "KI"),
)
WORLD = (
    ("Tokyo", 35.6895, 139.69171, "JP"),
    ("Los Angeles", 34.05223, -118.24368, "US"),
    ("Wellington", -41.28664, 174.77557, "NZ"),
    ("London", 51.50853, -0.12574, "GB"),
    ("Ushuaia", -54.81084, -68.31591, "AR"),
    ("Longyearbyen", 78.22334, 15.64689, "SJ"),
    ("Honolulu", 21.30694, -157.85833, "US"),
)
_EDGES = "[...document.querySelectorAll('.leg')].map((leg) => leg.getBoundingClientRect().width)"


def _write(folder, places, **options):
    rows = [
        make_row(
            *("Raqqa", f"Rain fell in {name}.", "literal", 1),
            surface=name,
            name=name,
            place_id=f"geonames:{number}",
            country=country,
            lat=lat,
            lon=lon,
            start=50 * number,
            admin1=None,
            end=50 * number + len(name),
        )
        for number, (name, lat, lon, country) in enumerate(places, 1)
    ]
    return write_map(rows, folder / "map.html", theme="light", **options)


def _spots(page, places):
    """Where circles stand on the screen, by the name of their place."""
    found = {}
    for name, *_ in places:
        box = page.locator(f'.circle.outer[aria-label^="{name}"]').bounding_box()
        found[name] = (box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    return found


def test_a_map_of_the_pacific_is_in_one_piece(tmp_path, open_page):
    page = open_page(_write(tmp_path, PACIFIC))
    spots = _spots(page, PACIFIC)
    assert sorted(spots, key=lambda name: spots[name][0]) == [
        *("Tarawa", "Suva", "Apia", "Kiritimati"),
    ]
    assert page.evaluate("map_geomap.getZoom()") >= 4
    assert page.locator("#outside").is_hidden()


def test_its_coordinates_and_its_link_are_those_that_everyone_writes(tmp_path, open_page):
    path = _write(tmp_path, PACIFIC)
    page = open_page(path, accept_downloads=True)
    page.get_by_role("button", name="Apia").first.click()
    assert "13.8333° S, 171.7667° W" in page.locator("#panel").inner_text()
    page.get_by_role("button", name="Table", exact=True).click()
    with page.expect_download() as caught:
        page.get_by_role("button", name="Download CSV").click()
    text = caught.value.path().read_text("utf-8-sig")
    rows = {row["name"]: float(row["lon"]) for row in csv.DictReader(io.StringIO(text))}
    assert rows == {name: lon for name, _, lon, _ in PACIFIC}
    page.wait_for_timeout(500)
    lon = float(re.search(r"map=[^%]*%2F[^%]*%2F(-?[\d.]+)", page.url)[1])
    assert -180 <= lon <= 180
    again = open_page(path, fragment=page.url[page.url.index("#") :])
    assert again.evaluate("map_geomap.getCenter().lng") == pytest.approx(
        page.evaluate("map_geomap.getCenter().lng"), abs=0.01
    )


def test_the_middle_of_the_map_can_be_the_antimeridian(tmp_path, open_page):
    page = open_page(_write(tmp_path, WORLD, center=(0, 180), zoom=2))
    spots = _spots(page, WORLD[:3])
    assert spots["Tokyo"][0] < spots["Wellington"][0] < spots["Los Angeles"][0]
    middle = page.evaluate("map_geomap.latLngToContainerPoint(map_geomap.getCenter()).x")
    assert spots["Wellington"][0] < middle < spots["Los Angeles"][0]


@pytest.mark.parametrize(("width", "height"), [(320, 568), (360, 740), (390, 844), (844, 390)])
def test_show_all_shows_all(tmp_path, open_page, width, height):
    page = open_page(_write(tmp_path, WORLD), viewport={"width": width, "height": height})
    page.evaluate("void map_geomap.setView([51, 0], 6, { animate: false })")
    if page.locator("#menu").is_visible():  # a low window folds the card
        page.locator("#menu").click()
    page.get_by_role("button", name="Show all").click()
    page.wait_for_timeout(600)
    assert page.locator("#outside").is_hidden()
    bottom = page.locator("#card").bounding_box()
    strip = page.locator("#strip").bounding_box()["y"]
    for x, y in _spots(page, WORLD).values():
        assert 0 < x < width
        assert y < strip
        assert y > bottom["y"] + bottom["height"] or x > bottom["x"] + bottom["width"]


def test_a_trail_takes_the_short_way_over_the_edge_of_the_map(tmp_path, open_page):
    page = open_page(_write(tmp_path, (WORLD[0], WORLD[1], WORLD[3])), fragment="#article=001.txt")
    tokyo, angeles, london = _spots(page, (WORLD[0], WORLD[1], WORLD[3])).values()
    widths = page.evaluate(_EDGES)
    # from Tokyo to the edge and from there to Los Angeles; then to London
    assert len(widths) == 3
    world = page.evaluate("256 * 2 ** map_geomap.getZoom()")
    short = world - (tokyo[0] - angeles[0])
    assert max(widths[:2]) < short + 20 < tokyo[0] - angeles[0]
    assert widths[2] == pytest.approx(london[0] - angeles[0], abs=40)


def test_the_map_comes_back_when_it_is_dragged_out_of_sight(tmp_path, open_page):
    page = open_page(_write(tmp_path, WORLD))
    page.evaluate("void map_geomap.panBy([4000, 0], { animate: false })")
    page.wait_for_timeout(600)
    assert -180 <= page.evaluate("map_geomap.getCenter().lng") <= 180
