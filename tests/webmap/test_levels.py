"""Totals of countries, of units, and places: a mention counts once at each level."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from geomap.webmap import write_map
from tests.webmap.sample import make_frame, make_row

pytestmark = pytest.mark.browser

DEMO = Path(__file__).parents[2] / "outputs" / "demo" / "map.html"
WORLD, UNITS, PLACES = "#map=3/36/40", "#map=5.25/35.5/39.5", "#map=7/35.5/39.5"


@pytest.fixture(scope="module")
def path(tmp_path_factory):
    return write_map(make_frame(), tmp_path_factory.mktemp("levels") / "map.html")


def _labels(page):
    return page.locator(".labels .label").all_text_contents()


def _drawn():
    frame = make_frame()
    return frame[frame["kind"].isin(["literal", "associative"]) & frame["place_id"].notna()]


def _after(texts, name):
    return texts[texts.index(name) + 1]


def _count(iso):
    return int((_drawn()["country"] == iso).sum())


def test_on_a_map_of_the_world_a_country_has_all_that_lies_in_it(path, open_page):
    page = open_page(path, fragment=f"{WORLD}&view=none")
    texts = _labels(page)
    assert _after(texts, "SYRIA") == str(_count("SY"))
    assert _after(texts, "IRAQ") == str(_count("IQ"))
    assert page.locator("path.area.unit").count() == 0
    assert page.locator("path.area.own").count() == 0


def test_nearer_units_have_totals_and_the_country_what_is_known_of_it_alone(path, open_page):
    page = open_page(path, fragment=f"{UNITS}&view=none")
    frame = _drawn()
    whole = int((frame["name"] == "Iraq").sum())
    assert f"{whole} as a whole" in _labels(page)
    assert page.locator("path.area.unit:not(.own)").count() >= 8
    assert page.locator("path.area.country:not(.own)").count() == 0


def test_near_only_what_is_known_no_nearer_is_hatched(path, open_page):
    page = open_page(path, fragment=f"{PLACES}&view=none")
    assert page.locator("path.area:not(.own):not(.selected)").count() == 0
    assert page.locator("path.area.unit.own").count() >= 1  # Raqqa Governorate
    fill = page.locator("path.area.unit.own").first.evaluate("e => e.style.fill")
    assert re.search(r"url\(\W*#hatch-unit", fill)


def _inside(page):
    """A point of the window in the south of Iraq, where the sample has no circle."""
    return page.evaluate(
        """() => {
          const { x, y } = window.map_geomap.latLngToContainerPoint([30.3, 45.5]);
          const box = document.getElementById("map_geomap").getBoundingClientRect();
          return [box.x + x, box.y + y];
        }"""
    )


def test_the_panel_of_a_country_tells_its_own_mentions_apart(path, open_page):
    frame = _drawn()
    syria = frame[frame["country"] == "SY"]
    page = open_page(path, fragment=f"{WORLD}&view=none")
    page.mouse.click(*_inside(page))
    assert page.locator("#panel h2").inner_text() == "Iraq"
    page.wait_for_timeout(500)
    assert "area=IQ" in page.url
    page = open_page(path, fragment=f"{WORLD}&area=SY")
    panel = page.locator("#panel")
    assert panel.locator("h2").inner_text() == "Syria"
    articles = syria["article_id"].nunique()
    assert f"{len(syria)} mentions in {articles} articles" in panel.inner_text()
    numbers = panel.locator("table").evaluate_all(
        "all => all.map((one) => [...one.querySelectorAll('tbody tr td:nth-child(2)')]"
        ".reduce((sum, cell) => sum + Number(cell.textContent), 0))"
    )
    whole, units, places = numbers
    assert whole == int((syria["name"] == "Syria").sum())
    assert whole + units == len(syria)  # every other mention lies in a unit
    assert places == len(syria) - whole - int((syria["feature"] == "ADM1").sum())
    panel.get_by_role("button", name="Syria as a whole").click()
    assert f"{whole} mentions" in panel.inner_text()


def test_an_article_counts_once_in_a_country(path, open_page):
    page = open_page(path, fragment=f"{WORLD}&view=none&size=articles")
    frame = _drawn()
    articles = frame[frame["country"] == "SY"]["article_id"].nunique()
    assert _after(_labels(page), "SYRIA") == str(articles)


def test_a_filter_and_the_dates_change_the_totals(path, open_page):
    page = open_page(path, fragment=f"{WORLD}&view=none&kind=literal&undated=0&from=2019-01-01")
    total = int(_after(_labels(page), "SYRIA"))
    assert 0 < total < _count("SY") / 3


@pytest.fixture(scope="module")
def crowded(tmp_path_factory):
    """Thirty villages within thirty kilometres, and a town far from all."""
    rows = [
        make_row(
            "Raqqa",
            f"Village {n}.",
            "literal",
            n,
            place_id=f"geomap:village-{n}",
            name=f"Village {n}",
            lat=35.9 + n % 6 * 0.05,
            lon=39.0 + n // 6 * 0.06,
        )
        for n in range(30)
    ]
    rows.append(make_row("Istanbul", "In Istanbul.", "literal", 1))
    return write_map(rows, tmp_path_factory.mktemp("crowded") / "map.html")


SIZES = {"wide": (1440, 900), "laptop": (1024, 768), "phone": (390, 844)}


def _circles(page):
    return page.locator(".circle.outer").evaluate_all(
        "all => all.map((one) => one.getAttribute('aria-label'))"
    )


@pytest.mark.parametrize("size", SIZES)
def test_circles_that_would_overlap_join_and_part_by_a_click(size, crowded, open_page):
    width, height = SIZES[size]
    viewport = {"width": width, "height": height}
    page = open_page(crowded, fragment="#map=4/37/36&view=none", viewport=viewport)
    joined = "Village 0 and 29 more places, 30 mentions"
    assert _circles(page) == [joined, "Istanbul, 1 mention in 1 article"]
    assert page.locator(".label.number").all_text_contents() == ["30"]
    assert {"Village 0", "Istanbul"} <= set(_labels(page))
    if size == "wide":
        assert "(30 places in such circles now)" in page.locator(".waiting").inner_text()
    page.locator(".circle.joined").click()
    apart = "document.querySelectorAll('.circle.outer').length === 31"
    page.wait_for_function(apart)
    page.wait_for_timeout(500)  # the address follows
    page.evaluate("location.hash = '#map=4/37/36&view=none'")
    page.locator(".circle.joined").press("Enter")
    page.wait_for_function(apart)
    page.wait_for_function("document.activeElement.classList.contains('circle')")
    assert page.locator("#panel").is_hidden()


def test_the_same_places_stay_together_while_dates_slide(crowded, open_page):
    page = open_page(crowded, fragment="#map=4/37/36&view=none&from=2016-01-01")
    assert re.fullmatch(r"Village \d+ and \d+ more places, \d+ mentions", _circles(page)[0])
    assert "30 mentions" not in _circles(page)[0]
    page = open_page(crowded, fragment="#map=4/37/36&view=none&place=geomap:village-7")
    assert "Village 7, 1 mention in 1 article" in _circles(page)  # what is chosen stands apart


def test_what_is_painted_step_by_step_is_what_would_be_painted_anew(crowded, open_page):
    paint = """(isWhole) => {
      map_geomap.eachLayer((layer) => { if (isWhole && layer.repaint) layer.repaint(); });
      return document.querySelector("#map_geomap canvas").toDataURL();
    }"""
    page = open_page(crowded, fragment="#map=11/36.02/39.12&view=none")
    pictures = {page.evaluate(paint, arg=False)}
    for key in ("ArrowRight",) * 8 + ("End", "PageDown"):
        page.locator("#from").press(key)
        painted = page.evaluate(paint, arg=False)
        assert painted == page.evaluate(paint, arg=True)
        pictures.add(painted)
    assert len(pictures) > 3  # of the circles, some come and go


def test_places_at_one_spot_name_each_other(tmp_path, open_page):
    spot = {"lat": 36.0, "lon": 39.0}
    rows = [
        make_row("Raqqa", f"{n}.", "literal", 1, place_id=f"geomap:{n}", name=n, **spot)
        for n in ("East Mill", "<b>West</b> Mill")
    ]
    page = open_page(write_map(rows, tmp_path / "map.html"), fragment="#map=11/36/39&view=none")
    page.locator(".circle.joined").click()
    assert page.locator("#panel h2").inner_text() in {"East Mill", "<b>West</b> Mill"}
    first = page.locator("#panel h2").inner_text()
    page.locator("#panel .names button").click()
    assert page.locator("#panel h2").inner_text() != first


def test_circles_never_pile_up_and_all_appear_when_near(crowded, open_page):
    gaps = """() => {
      const all = [...document.querySelectorAll(".circle.outer")].map((e) => e.getBoundingClientRect());
      const middle = (box) => [box.x + box.width / 2, box.y + box.height / 2];
      let least = Infinity;
      all.forEach((a, i) => all.slice(i + 1).forEach((b) => {
        const [[x, y], [u, v]] = [middle(a), middle(b)];
        least = Math.min(least, Math.hypot(x - u, y - v) / ((a.width + b.width) / 2));
      }));
      return least;
    }"""
    page = open_page(crowded, fragment="#map=6/36/39.1&view=none")
    assert page.locator(".circle.outer").count() < 30
    assert page.evaluate(gaps) > 0.9
    page = open_page(crowded, fragment="#map=10/36/39.1&view=none")
    assert page.locator(".circle.outer").count() == 31
    assert page.locator(".waiting").is_hidden()


@pytest.fixture(scope="module")
def world(tmp_path_factory):
    """Towns of four continents, and a crowd of them."""
    spots = [(34, -118), (19, -99), (5, -74), (60, 30), (-26, 28), (35, 139), (-6, 107), (51, 0)]
    spots += [(33 + n % 7 * 0.5, 36 + n % 5) for n in range(0, 35, 7)]
    rows = [
        make_row(
            "Raqqa",
            f"Town {n}.",
            "literal",
            n % 40,
            place_id=f"geomap:{n}",
            name=f"Town {n}",
            lat=lat,
            lon=lon,
        )
        for n, (lat, lon) in enumerate(spots)
        for _ in range(1 + n % 3)
    ]
    return write_map(rows, tmp_path_factory.mktemp("world") / "map.html")


@pytest.mark.parametrize("size", SIZES)
def test_the_first_view_fills_the_free_part_of_the_window(size, world, open_page):
    width, height = SIZES[size]
    page = open_page(world, viewport={"width": width, "height": height})
    left, right = page.evaluate(
        """() => [[34, -118], [35, 139]].map((at) => map_geomap.latLngToContainerPoint(at).x)"""
    )
    panel = page.locator("#panel")
    free = panel.bounding_box()["x"] if panel.is_visible() else width
    # the parallel of these towns is 0.91 times as long as the equator, by which a fit is made: Equal Earth, not Mercator
    assert 0.6 * 0.91 * free < right - left < free
    assert 0 < left < right < free
    assert page.locator("#outside").is_hidden()  # no card, key or panel lies over a place


def test_totals_and_names_stand_beside_circles_and_the_largest_are_named(path, world, open_page):
    for page in (open_page(path, fragment=WORLD), open_page(world)):
        circles = _boxes(page, ".circle.outer")
        for words in _boxes(page, ".label.count, .label.country"):
            assert not any(_overlap(words, circle) for circle in circles)
        largest = max(_circles(page), key=lambda words: int(re.search(r"(\d+) mention", words)[1]))
        name = re.split(r",| and ", largest)[0]
        assert any(text.startswith(name) for text in _labels(page))


#: whose total finds no room among the demo's circles on a phone, and about where they lie
CROWDED = {"BELGIUM": (50.6, 4.6), "LEBANON": (33.9, 35.9), "JORDAN": (31.3, 36.8)}


def test_a_line_leads_from_a_total_outside_of_its_country_to_it(open_page):
    page = open_page(DEMO, viewport={"width": 360, "height": 740})
    found = page.evaluate(
        """() => [...document.querySelectorAll(".labels .lead")].map((line) => {
          const [x, y, east, south] = line.getAttribute("d").match(/-?[\\d.]+/g).map(Number);
          const far = (e) => Math.hypot(Number(e.getAttribute("x")) - x, Number(e.getAttribute("y")) - y);
          const names = [...document.querySelectorAll(".label.country:not(.quiet)")].sort((a, b) => far(a) - far(b));
          const { lat, lng } = map_geomap.containerPointToLatLng([east, south]);
          return [names.slice(0, 2).map((e) => e.textContent), lat, lng];
        })"""
    )
    for name, (lat, lon) in CROWDED.items():
        assert name in _labels(page)
        assert any(
            name in names and abs(north - lat) < 1.5 and abs(east - lon) < 1.5
            for names, north, east in found
        ), name


def test_names_never_cover_each_other(path, open_page):
    for fragment in (WORLD, UNITS, PLACES):
        page = open_page(path, fragment=f"{fragment}&view=none")
        covered = page.evaluate(
            """() => {
              const all = [...document.querySelectorAll(".labels .label:not(.river)")]
                .map((e) => [e.textContent, e.getBoundingClientRect()]);
              const out = [];
              all.forEach(([a, p], i) => all.slice(i + 1).forEach(([b, q]) => {
                const width = Math.min(p.right, q.right) - Math.max(p.left, q.left);
                const height = Math.min(p.bottom, q.bottom) - Math.max(p.top, q.top);
                if (width > 3 && height > 6) out.push(`${a} / ${b}`);
              }));
              return out;
            }"""
        )
        assert covered == []


def test_names_grow_and_rivers_have_theirs_when_near(path, open_page):
    size = "() => parseFloat(getComputedStyle(document.querySelector('.label.country')).fontSize)"
    far = open_page(path, fragment="#map=4/36/40&view=none")
    assert far.locator(".label.river").count() == 0
    near = open_page(path, fragment="#map=8/35.6/40&view=none")
    assert near.evaluate(size) >= far.evaluate(size) + 1
    assert near.locator(".label.river", has_text="Euphrates").count() == 1


def test_the_key_follows_the_level_and_the_filter(path, open_page):
    page = open_page(path, fragment=f"{WORLD}&view=none")
    key = page.locator("#legend")
    assert "All mentions in a country" in key.inner_text()
    steps = key.locator(".steps li").all_inner_texts()
    assert int(steps[-1]) == max(_count("SY"), _count("IQ"))
    page.get_by_label("The place itself").uncheck()
    assert key.locator(".steps li").all_inner_texts() != steps
    page = open_page(path, fragment=f"{PLACES}&view=none")
    assert "All mentions in" not in page.locator("#legend").inner_text()


def _boxes(page, selector):
    return page.locator(selector).evaluate_all(
        "all => all.map((one) => one.getBoundingClientRect()).map((b) => [b.left, b.top, b.right, b.bottom])"
    )


def _overlap(a, b, by=2):
    return min(a[2], b[2]) - max(a[0], b[0]) > by and min(a[3], b[3]) - max(a[1], b[1]) > by


def test_large_towns_that_no_article_names_help_to_find_ones_way(path, open_page):
    page = open_page(path, fragment="#map=6.5/35.5/39.5&view=none")
    towns = page.locator(".label.town").all_text_contents()
    assert {"Homs", "Beirut", "Kirkuk"} <= set(towns)
    assert not {"Raqqa", "Mosul", "Fallujah"} & set(towns)  # they have circles
    names = _boxes(page, ".labels .label:not(.river)")
    circles = _boxes(page, ".circle.outer")
    for town in _boxes(page, ".label.town"):
        assert sum(_overlap(town, other) for other in names) == 1  # itself
        assert not any(_overlap(town, circle) for circle in circles)
    far = open_page(path, fragment="#map=3/35.5/39.5&view=none")
    assert far.locator(".label.town").count() == 0


def test_low_confidence_shows_in_the_outline(tmp_path, open_page):
    rows = [
        make_row(name, f"In {name}.", "literal", n, confidence=sure, status="resolved")
        for name, values in {"Raqqa": (0.4, 0.7), "Mosul": (0.55, 0.7), "Idlib": (None,)}.items()
        for n, sure in enumerate(values)
    ]
    page = open_page(write_map(rows, tmp_path / "map.html"), fragment=PLACES)
    assert page.locator("#legend", has_text="Low confidence").count() == 1
    unsure = page.locator(".circle.unsure")
    assert [
        text.split(",")[0]
        for text in unsure.evaluate_all("all => all.map((one) => one.getAttribute('aria-label'))")
    ] == ["Raqqa"]
    page.get_by_role("button", name="Filters", exact=True).click()
    page.get_by_role("slider", name="Confidence at least").fill("60")
    assert unsure.count() == 0  # what is left is sure


def test_the_key_makes_room_for_the_title(tmp_path, open_page):
    path = write_map(make_frame(), tmp_path / "map.html", title="A title of several lines " * 4)
    page = open_page(path, fragment=UNITS, viewport={"width": 1440, "height": 780})
    if page.locator("#legend").is_hidden():  # there is no room for all of it
        page.get_by_role("button", name="Key", exact=True).click()
    card, key = (page.locator(part).bounding_box() for part in ("#card", "#legend"))
    assert card["y"] + card["height"] <= key["y"]
    assert not page.locator("#legend small").first.is_visible()
