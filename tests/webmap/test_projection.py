"""Views of more than a continent have true areas, nearer ones are in Mercator, and nothing jumps between them."""

from __future__ import annotations

import itertools
import json
import math
import re
import shutil
import subprocess
from pathlib import Path

import pyproj
import pytest

from geomap.errors import InputError
from geomap.webmap import write_map
from geomap.webmap.options import check_page
from geomap.webmap.page import render_map
from geomap.webmap.settings import PageOptions
from tests.webmap.sample import make_records, make_spoken_records
from tests.webmap.test_meridian import PACIFIC, WORLD
from tests.webmap.test_meridian import _write as write_places

JS = Path(__file__).parent / "js"
RADIUS = 6378137
SPHERE = pyproj.Proj(f"+proj=eqearth +R={RADIUS}")
TILES = "https://tiles.example/{z}/{x}/{y}.png"
#: degrees of latitude, and of longitude from the middle meridian
SPOTS = [
    *itertools.product(
        (-90, -84.3, -60, -33.3, -1, 0, 12.5, 45, 71, 89.9, 90), (-180, -77, 0, 0.5, 100, 180)
    )
]


def _run_node(script, given):
    """What a script with `load` prints as JSON; `given` is what was given to it."""
    node = shutil.which("node")
    if node is None:
        pytest.skip("no Node found: install it (Debian: apt-get install nodejs)")
    head = (
        f'import {{ load }} from "{(JS / "load.mjs").as_uri()}"; const given = {json.dumps(given)};'
    )
    done = subprocess.run(
        [node, "--input-type=module", "-e", head + script],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def _project(spots):
    return _run_node(
        'const { projectEqualEarth } = load("projectEqualEarth");'
        "console.log(JSON.stringify(given.map(([lat, lon]) => projectEqualEarth(lat, lon))));",
        spots,
    )


def test_equal_earth_is_that_of_proj():
    for (lat, lon), found in zip(SPOTS, _project(SPOTS), strict=True):
        assert found == pytest.approx(SPHERE(lon, lat), abs=1e-3), (lat, lon)


def test_a_point_of_the_map_is_the_place_that_proj_says():
    points = [SPHERE(lon, lat) for lat, lon in SPOTS]
    found = _run_node(
        'const { unprojectEqualEarth } = load("unprojectEqualEarth");'
        "console.log(JSON.stringify(given.map(([x, y]) => unprojectEqualEarth(x, y))));",
        [*points, (0, 2 * RADIUS), (RADIUS, -2 * RADIUS)],
    )
    for spot, (lat, lon) in zip(SPOTS, found, strict=False):
        assert (lat, lon) == pytest.approx(spot, abs=1e-4 if abs(spot[0]) == 90 else 1e-8)
    assert [lat for lat, _ in found[-2:]] == [90, -90]  # beyond the poles


def test_areas_are_true():
    """To the promille on the sphere; to 0.7 % as the earth is, which is flatter."""
    cells = [(lat, 5) for lat in range(-80, 80, 10)]
    ground = pyproj.Geod(ellps="WGS84")
    for south, size in cells:
        lats = [south + size * n / 20 for n in range(21)]
        ring = [*((lat, 100) for lat in lats), *((lat, 105) for lat in reversed(lats))]
        points = _project(ring)
        pairs = itertools.pairwise([*points, points[0]])
        area = abs(sum(a[0] * b[1] - b[0] * a[1] for a, b in pairs)) / 2
        north = math.radians(south + size)
        sphere = RADIUS**2 * math.radians(5) * (math.sin(north) - math.sin(math.radians(south)))
        assert area == pytest.approx(sphere, rel=1e-3)
        earth = abs(ground.polygon_area_perimeter([p[1] for p in ring], [p[0] for p in ring])[0])
        assert area == pytest.approx(earth, rel=8e-3)


def test_a_page_in_mercator_has_nothing_of_it():
    auto, mercator = render_map(make_records()), render_map(make_records(), projection="mercator")
    tiled = render_map(make_records(), tiles=TILES)
    for html in (mercator, tiled):
        assert "function makeProjections" not in html
        assert "projectEqualEarth" not in html
        assert '"projection"' not in html
    assert "function makeProjections" in auto


def test_what_a_page_cannot_be_drawn_in_is_refused():
    with pytest.raises(InputError, match="auto, equal-earth, mercator, got 'peters'"):
        check_page(PageOptions(projection="peters"))
    with pytest.raises(InputError, match="tiles are drawn in Mercator"):
        render_map(make_records(), projection="equal-earth", tiles=TILES)


CRS = "map_geomap.options.crs.code"
#: projection, degrees in the middle and at a point, kilometres of a pixel in the middle
STATE = """
at => {
  const map = map_geomap;
  const size = map.getSize();
  const [middle, pointed] = [size.divideBy(2), at].map((point) => map.containerPointToLatLng(point));
  const step = (x, y) => map.distance(middle, map.containerPointToLatLng([size.x / 2 + x, size.y / 2 + y])) / 1000;
  const of = ({ lat, lng }) => [lat, lng];
  return { crs: map.options.crs.code, middle: of(middle), pointed: of(pointed), scale: Math.sqrt(step(20, 0) * step(0, 20)) / 20 };
}
"""
POINT = [880, 330]

browser = pytest.mark.browser


@pytest.fixture(scope="module")
def world(tmp_path_factory):
    return write_places(tmp_path_factory.mktemp("world"), WORLD)


def _wheel(page, turns):
    page.mouse.move(*POINT)
    for _ in range(abs(turns)):
        before = page.evaluate("map_geomap.getZoom()")
        page.mouse.wheel(0, math.copysign(100, -turns))
        for _ in range(40):
            page.wait_for_timeout(100)
            if page.evaluate("map_geomap.getZoom()") != before:
                break


def _offset(page, place):
    """Pixels between a point of the window and where a place lies now."""
    return page.evaluate(
        "([at, place]) => map_geomap.latLngToContainerPoint(place).distanceTo(at)", [POINT, place]
    )


@browser
def test_what_lies_under_the_pointer_stays_there_when_the_wheel_changes_the_projection(
    world, open_page
):
    page = open_page(world, fragment="#map=3/48/60&view=none")
    seen = []
    for turn in [1] * 4 + [-1] * 8:
        before = page.evaluate(STATE, POINT)["pointed"]
        _wheel(page, turn)
        seen.append(page.evaluate(CRS))
        assert _offset(page, before) < 3
    kinds = [key for key, _ in itertools.groupby(code.split(" ")[0] for code in seen)]
    assert kinds == ["Equal", "EPSG:3857", "Equal"]


@browser
@pytest.mark.parametrize("lat", [0, 35, 60, -45])
def test_the_middle_stays_and_is_as_large_when_buttons_change_the_projection(world, open_page, lat):
    still = {"reduced_motion": "reduce"}  # as for others, but at once
    page = open_page(world, fragment=f"#map=2.5/{lat}/70&view=none", **still)
    before, codes = page.evaluate(STATE, POINT), []
    for button, factor in [("#zoom-in", 0.5)] * 3 + [("#zoom-out", 2)] * 3:
        page.locator(button).click()
        now = page.evaluate(STATE, POINT)
        assert now["middle"] == pytest.approx([lat, 70], abs=10 * now["scale"] / 100)
        assert now["scale"] == pytest.approx(factor * before["scale"], rel=0.13)  # a zoom's quarter
        before = now
        codes.append(now["crs"])
    assert codes[2] == "EPSG:3857"
    assert codes[-1].startswith("Equal Earth")


@browser
def test_it_does_not_flicker_where_the_projection_changes(world, open_page):
    page = open_page(world, fragment="#map=3.75/10/60&view=none")
    codes = []
    for step in (0.5, 0.25, -0.25, 0.25, -0.25, 0.25):
        page.evaluate(
            "by => { map_geomap.setZoom(map_geomap.getZoom() + by, { animate: false }); }", step
        )
        codes.append(page.evaluate(CRS).split(" ")[0])
    assert codes == ["Equal", *["EPSG:3857"] * 5]


@browser
def test_a_map_that_is_dragged_keeps_its_projection(world, open_page):
    page = open_page(world, fragment="#map=3.5/50/60&view=none")
    code = page.evaluate(CRS)
    assert code.startswith("Equal Earth")
    page.mouse.move(900, 300)
    page.mouse.down()
    page.mouse.move(700, 650, steps=4)
    page.mouse.up()
    page.wait_for_timeout(500)
    assert page.evaluate(CRS) == code
    lat, lon = page.evaluate(STATE, POINT)["middle"]
    assert lat > 55
    assert lon > 75


@browser
def test_a_map_that_is_dragged_beyond_the_pole_comes_back(world, open_page):
    page = open_page(world, fragment="#map=3/60/60&view=none")
    for by in ([0, -3000], [3000, -700], [-9000, 0], [0, 4000]):
        page.evaluate("by => { map_geomap.panBy(by, { animate: false }); }", by)
        page.wait_for_timeout(600)
        lat, lon = page.evaluate(STATE, POINT)["middle"]
        assert -85 < lat < 85
        assert -181 < lon < 181


@browser
def test_north_is_up_in_the_middle_of_a_view_of_a_part_of_the_world(world, open_page):
    page = open_page(world, fragment="#map=3.4/38/138&view=none")
    assert page.evaluate(CRS) == "Equal Earth 140"
    south, north = page.evaluate(
        "[33, 43].map((lat) => map_geomap.latLngToContainerPoint([lat, 138]).x)"
    )
    assert south == pytest.approx(north, abs=3)


@browser
def test_a_link_means_the_same_in_either_projection(world, tmp_path, open_page):
    own = write_places(tmp_path, WORLD, projection="mercator")
    page = open_page(world, fragment="#map=2.5/48.5/60.25&view=none")
    page.locator("#zoom-in").click()
    for _ in range(30):  # the address follows a moment later
        if "%2F" in page.url:
            break
        page.wait_for_timeout(200)
    link = page.url[page.url.index("#") :]
    zoom, lat, lon = map(float, re.search(r"map=([^&]*)", link)[1].split("%2F"))
    assert (lat, lon) == pytest.approx((48.5, 60.25), abs=0.2)
    assert zoom == pytest.approx(3.5, abs=0.15)
    ours, theirs = page.evaluate(STATE, POINT), open_page(own, fragment=link).evaluate(STATE, POINT)
    assert [ours["crs"][:11], theirs["crs"]] == ["Equal Earth", "EPSG:3857"]
    assert ours["middle"] == pytest.approx(theirs["middle"], abs=0.1)  # half a pixel
    assert ours["scale"] == pytest.approx(theirs["scale"], rel=0.13)
    again = open_page(world, fragment=link).evaluate(STATE, POINT)
    assert again["middle"] == pytest.approx(ours["middle"], abs=0.1)
    assert again["crs"] == ours["crs"]


@browser
@pytest.mark.parametrize("projection", ["mercator", "equal-earth"])
def test_all_views_can_have_one_projection(tmp_path, open_page, projection):
    page = open_page(write_places(tmp_path, WORLD, projection=projection))
    codes = set()
    for zoom in (2, 4, 6, 9, 3):
        page.evaluate("zoom => { map_geomap.setView([50, 20], zoom, { animate: false }); }", zoom)
        codes.add(page.evaluate(CRS))
    if projection == "mercator":
        assert codes == {"EPSG:3857"}
        assert page.locator(".sea").count() == 0
    else:
        assert codes == {"Equal Earth 0", "Equal Earth 20"}
    page.get_by_role("button", name="About", exact=True).click()
    says = "Equal Earth" in page.locator("#panel").inner_text()
    assert says == (projection != "mercator")


@browser
def test_equal_areas_are_equal_on_the_screen(world, open_page):
    page = open_page(world, fragment="#map=2/20/20&view=none")
    areas = page.evaluate(
        """[0, 60].map((lat) => {
          const points = [[lat, 100], [lat, 110], [lat + 10, 110], [lat + 10, 100]].map((at) => map_geomap.project(at, 6));
          return Math.abs(points.reduce((sum, a, n) => sum + a.x * points[(n + 1) % 4].y - points[(n + 1) % 4].x * a.y, 0));
        })"""
    )
    expected = (math.sin(math.radians(70)) - math.sin(math.radians(60))) / math.sin(
        math.radians(10)
    )
    assert areas[1] / areas[0] == pytest.approx(expected, rel=0.02)


COLOURS = """
names => names.map((name) => {
  const pixel = new OffscreenCanvas(1, 1).getContext("2d", { willReadFrequently: true });
  pixel.fillStyle = getComputedStyle(document.documentElement).getPropertyValue(name).trim();
  pixel.fillRect(0, 0, 1, 1);
  return [...pixel.getImageData(0, 0, 1, 1).data.slice(0, 3)];
})
"""
#: the colour of a picture at shares of its width and height
PIXELS = """
async ([bytes, spots]) => {
  const picture = await createImageBitmap(new Blob([Uint8Array.from(bytes)], { type: "image/png" }));
  const canvas = new OffscreenCanvas(picture.width, picture.height).getContext("2d", { willReadFrequently: true });
  canvas.drawImage(picture, 0, 0);
  return spots.map(([x, y]) => [...canvas.getImageData(x * picture.width, y * picture.height, 1, 1).data.slice(0, 3)]);
}
"""


@browser
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_sea_ends_where_the_world_does(tmp_path, open_page, theme):
    path = write_places(tmp_path, (*WORLD[:1], *WORLD[-1:]))
    page = open_page(path, accept_downloads=True, fragment="#map=0/0/0&view=none")
    if theme == "dark":
        page.locator("#theme").click()
    beyond, water = page.evaluate(COLOURS, ["--beyond", "--water"])
    assert beyond != water
    west, east = page.evaluate(
        "[[-30, 90], [12, 170]].map((at) => map_geomap.latLngToContainerPoint(at)).map(({ x, y }) => [x, y])"
    )
    spots = [(0.98, 0.04), (0.98, 0.9), *((x / 1440, y / 900) for x, y in (west, east))]
    found = page.evaluate(PIXELS, [[*page.screenshot()], spots])
    assert found == [beyond, beyond, water, water]
    page.get_by_role("button", name="Share", exact=True).click()
    with page.expect_download() as caught:
        page.get_by_role("button", name="Save").click()
    picture = [*caught.value.path().read_bytes()]
    count = page.evaluate(
        """async ([bytes, colours]) => {
          const picture = await createImageBitmap(new Blob([Uint8Array.from(bytes)], { type: "image/png" }));
          const canvas = new OffscreenCanvas(picture.width, picture.height).getContext("2d", { willReadFrequently: true });
          canvas.drawImage(picture, 0, 0);
          const { data } = canvas.getImageData(0, 0, picture.width, picture.height);
          const sums = colours.map(() => 0);
          for (let at = 0; at < data.length; at += 4) colours.forEach((c, n) => { if (c.every((v, k) => v === data[at + k])) sums[n] += 1; });
          return sums.map((sum) => sum / (data.length / 4));
        }""",
        [picture, [beyond, water]],
    )
    assert min(count) > 0.1


@browser
def test_all_of_the_pacific_is_shown_around_its_middle(tmp_path, open_page):
    page = open_page(write_places(tmp_path, PACIFIC), fragment="#map=0.5/0/150&view=none")
    assert page.evaluate(CRS) == "Equal Earth 150"
    left, right = page.evaluate(
        "[-30, 330].map((lon) => map_geomap.latLngToContainerPoint([0, lon]).x)"
    )
    assert 0 <= left < right <= 1440


@browser
def test_whatever_is_shown_is_within_reach_after_show_all(tmp_path, open_page):
    path = write_map(make_spoken_records(), tmp_path / "map.html", theme="light")
    page = open_page(path, fragment="#map=9/36/38&view=none")
    page.get_by_role("button", name="Show all").click()
    page.wait_for_timeout(800)
    assert page.locator("#outside").is_hidden()
    assert page.evaluate(CRS).startswith("Equal Earth")
