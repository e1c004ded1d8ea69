"""The page in a browser: from disk, offline; ``open_page`` fails on any message or request."""

from __future__ import annotations

import pytest

from geomap.webmap import write_map
from tests.webmap.sample import make_frame, make_row

pytestmark = pytest.mark.browser
PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True}


@pytest.fixture(scope="module")
def path(tmp_path_factory):
    folder = tmp_path_factory.mktemp("map")
    counts = {"articles_read": 43, "rejected": 2}
    return write_map(make_frame(), folder / "map.html", title="River towns", counts=counts)


def _circle(page, name):
    return page.locator(f'.circle.outer[aria-label^="{name},"]')


def _summary(page):
    return page.locator("#summary").inner_text()


def _slide(page, name, value):
    page.locator(name).evaluate(
        "(input, value) => { input.value = value; input.dispatchEvent(new Event('input')); }", value
    )


def test_it_draws_the_base_map_and_the_places(path, open_page):
    page = open_page(path)
    assert page.title() == "River towns"
    assert _summary(page) == "219 mentions of 24 places in 40 articles"
    assert page.locator("path.land").get_attribute("d").count("L") > 100
    assert page.locator("path.area.country").count() == 5
    assert page.locator("path.area.unit").count() == 2
    assert page.locator("path.area.disc").count() == 1
    assert page.locator(".circle.outer").count() == 14
    assert _circle(page, "Raqqa").get_attribute("aria-label") == (
        "Raqqa, 30 mentions in 24 articles"
    )
    assert page.locator(".label", has_text="SYRIA").count() == 1


def test_nested_bands_have_areas_in_proportion(path, open_page):
    page = open_page(path)
    total, literal = page.evaluate(
        """() => document.querySelector('.circle[aria-label^=Raqqa]').dataset.bands.split(" ")
        .map((band) => Number(band.split("=")[1]))"""
    )
    assert (literal / total) ** 2 == pytest.approx(21 / 30, abs=0.01)


def test_dates_narrow_what_is_shown(path, open_page):
    page = open_page(path)
    days = int(page.locator("#to").get_attribute("max"))
    assert days == 2191  # 2014 to 2019
    _slide(page, "#from", 1826)
    assert page.locator(".window-text").inner_text() == "1 Jan 2019 – 31 Dec 2019"
    assert not page.get_by_label("Undated (3)").is_checked()
    narrowed = int(_summary(page).split()[0])
    assert 0 < narrowed < 60
    page.get_by_role("button", name="All dates").click()
    assert page.get_by_label("Undated (3)").is_checked()
    assert _summary(page).startswith("219 mentions")


def test_an_article_of_a_year_is_there_in_any_part_of_the_year(tmp_path, open_page):
    year = {"date_start": "2015-01-01", "date_end": "2015-12-31", "date_precision": "year"}
    day = {"date_start": "2015-06-10", "date_end": "2015-06-10", "date_precision": "day"}
    rows = [
        make_row("Raqqa", "Raqqa in a year.", "literal", 1, **year),
        make_row("Mosul", "Mosul on a day.", "literal", 2, **day),
    ]
    page = open_page(write_map(rows, tmp_path / "map.html"))
    _slide(page, "#from", 200)
    assert _summary(page) == "1 mention of 1 place in 1 article"
    heights = page.evaluate(
        "() => [...document.querySelectorAll('.bars .spread')].map((e) => e.getBBox().height)"
    )
    assert min(heights) > 0
    _circle(page, "Raqqa").press("Enter")
    assert "2015 (year only)" in page.locator("#panel").inner_text()


def test_kinds_are_switches_and_articles_can_be_counted(path, open_page):
    page = open_page(path)
    page.get_by_label("The place itself").uncheck()
    assert page.locator('.circle[data-bands*="0="]').count() == 0
    assert page.locator('.circle.outer[aria-label^="Washington"]').count() == 1
    page.get_by_label("The place itself").check()
    page.get_by_role("radio", name="articles").check()
    assert page.locator('.circle[data-bands*="0="]').count() > 0


def test_play_moves_the_window_and_gives_it_back(path, open_page):
    page = open_page(path, reduced_motion="no-preference")
    before = page.locator(".window-text").inner_text()
    page.get_by_role("button", name="Play").click()
    page.wait_for_timeout(1500)
    assert int(page.locator("#from").input_value()) > 40
    page.get_by_role("button", name="Pause").click()
    assert page.locator(".window-text").inner_text() != before
    _slide(page, "#to", 2191)
    page.get_by_role("button", name="All dates").click()
    assert page.locator(".window-text").inner_text() == before


def test_the_evidence_of_a_circle(path, open_page):
    page = open_page(path)
    _circle(page, "Kobani").click()
    panel = page.locator("#panel")
    assert panel.locator("h2").inner_text() == "Kobani"
    text = panel.inner_text()
    assert "Aleppo, Syria" in text
    assert "36.8914° N, 38.3536° E" in text
    assert "7 mentions in 7 articles" in text
    assert "uncertain: best guess, confidence 41%" in text
    assert set(panel.locator("mark").all_inner_texts()) == {"Kobani"}
    link = panel.locator("h3 a").first
    assert link.get_attribute("rel") == "noopener noreferrer"
    assert link.get_attribute("href").startswith("https://news.example/")
    page.keyboard.press("Escape")
    assert panel.is_hidden()


def test_areas_and_waters_have_evidence_too(path, open_page):
    page = open_page(path)
    page.locator("#panel").get_by_role("button", name="Anbar Iraq").click()
    assert "Province or state" in page.locator("#panel").inner_text()
    page.get_by_role("button", name="← Places").click()
    page.locator("#panel").get_by_role("button", name="Euphrates River").click()
    assert page.locator("path.extent-line").count() == 1
    page.get_by_role("button", name="← Places").click()
    page.locator("#panel").get_by_role("button", name="Middle East").click()
    assert page.locator("path.extent").count() == 1
    assert page.locator("path.extent-line").count() == 0


def test_the_keyboard_reaches_everything(path, open_page):
    page = open_page(path)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.id") == "skip"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "panel"
    page.get_by_label("Find a place").fill("şanli")  # accents do not matter
    page.keyboard.press("Enter")
    assert page.locator("#panel tbody tr").count() == 1
    page.locator("#panel tbody button").press("Enter")
    assert page.locator("#panel h2").inner_text() == "Sanliurfa"
    page.locator("#from").press("ArrowRight")
    assert page.locator("#from").get_attribute("aria-valuetext") == "1 February 2014"
    _circle(page, "Mosul").press("Enter")
    assert page.locator("#panel h2").inner_text() == "Mosul"
    reached = page.evaluate(
        """() => [...document.querySelectorAll('button, input, .circle.outer')]
        // arrow keys lead through tools and lists
        .filter((e) => e.checkVisibility() && e.tabIndex < 0 && !e.closest('.tools, [role=toolbar], .list')).length"""
    )
    assert reached == 0


def test_the_list_is_sorted_by_its_headers(path, open_page):
    page = open_page(path)
    first = page.locator("#panel tbody th bdi").first
    assert first.inner_text() == "Raqqa"
    page.locator('[data-sort="name"]').first.click()
    assert first.inner_text() == "Aleppo"
    page.locator('[data-sort="name"]').first.click()
    assert first.inner_text() == "Washington"


def test_a_phone_gets_a_sheet(path, open_page):
    page = open_page(path, **PHONE)
    assert page.locator("#panel").is_hidden()
    assert page.evaluate("document.documentElement.scrollWidth") == 390
    page.get_by_role("button", name="Places").click()
    box = page.locator("#panel").bounding_box()
    assert (box["x"], box["width"]) == (0, 390)
    assert 160 < box["y"] < 400
    assert box["y"] + box["height"] == page.locator("#strip").bounding_box()["y"]
    page.get_by_role("button", name="Close the panel").click()
    page.get_by_role("button", name="Key").click()
    assert page.locator("#legend").is_visible()


def test_the_address_holds_the_view(path, open_page):
    page = open_page(path)
    _circle(page, "Mosul").press("Enter")
    _slide(page, "#from", 400)
    page.get_by_label("Its people or state").uncheck()
    page.wait_for_timeout(500)
    fragment = page.evaluate("location.hash")
    again = open_page(path, fragment=fragment)
    assert again.locator("#panel h2").inner_text() == "Mosul"
    assert again.locator("#from").input_value() == "400"
    assert _summary(again) == _summary(page)


@pytest.mark.parametrize("fragment", ["#place=<img>&from=x&map=1/2", "#from=9e9&to=-1", "#%%%"])
def test_an_address_that_makes_no_sense_is_ignored(fragment, path, open_page):
    assert _summary(open_page(path, fragment=fragment)).startswith("219 mentions")


def test_light_and_dark(path, open_page):
    page = open_page(path, color_scheme="dark")
    colour = "getComputedStyle(document.getElementById('card')).backgroundColor"
    dark = page.evaluate(colour)
    page.get_by_role("button", name="Light or dark").click()
    assert page.evaluate(colour) != dark
    assert page.evaluate("document.documentElement.dataset.theme") == "light"


def test_about_says_what_a_dot_means(path, open_page):
    page = open_page(path)
    page.get_by_role("button", name="About").click()
    text = page.locator("#panel").inner_text()
    assert "never that something happened here" in text
    assert "endorsement" in text
    assert "CC BY 4.0" in text
    assert "articles read\n43" in text
    assert page.locator("#credit").inner_text() == "Leaflet | Natural Earth, GeoNames"


@pytest.mark.parametrize(
    "rows",
    [
        [],
        [make_row("Syria", "Syria.", "literal", 1)],
        [make_row("Middle East", "The Middle East.", "literal", 9)],
        [make_row("Raqqa", "Raqqa.", "associative", 1, feature=None, country=None, snippet=None)],
    ],
    ids=["nothing", "a country", "an undated region", "gaps"],
)
def test_small_tables_open(rows, tmp_path, open_page):
    page = open_page(write_map(rows, tmp_path / "map.html"))
    expected = "No place was found" if not rows else "1 mention of 1 place in 1 article"
    assert _summary(page).startswith(expected)


def test_many_places_are_drawn_on_a_canvas(tmp_path, open_page):
    rows = [
        make_row(
            "Raqqa",
            f"Line {n} on a place.",
            "literal",
            n % 40,
            place_id=f"geomap:place-{n:05}",
            name=f"Place {n}",
            lat=-60 + n % 121,
            lon=-170 + n % 341,
        )
        for n in range(1500)
    ]
    page = open_page(write_map(rows, tmp_path / "map.html"))
    assert page.locator("canvas").count() == 1
    assert 0 < page.locator(".circle").count() <= 300
    assert page.locator("#panel tbody tr").count() == 150
    page.get_by_role("button", name="Show all 1,500").click()
    assert page.locator("#panel tbody tr").count() == 1500


#: an address, and which rows of the table it asks for
CHOICES = {
    "#country=IQ": lambda t: t.country == "IQ",
    "#country=SY&country=XX&precision=6": lambda t: (t.country == "SY") & (t.precision == 6),
    "#kind=associative&size=articles": lambda t: t.kind == "associative",
    "#ambiguous=0": lambda t: t.status != "ambiguous",
    "#confidence=90": lambda t: t.confidence >= 0.9,
    "#source=Agency+Nine": lambda t: t.source == "Agency Nine",
    "#article=001.txt&view=list&from=2019-01-01&undated=0": lambda t: t.article_id == "001.txt",
    "#country=-": lambda t: t.country == "-",
}


@pytest.mark.parametrize("fragment", CHOICES)
def test_an_address_chooses_what_the_table_has(fragment, path, open_page):
    frame = make_frame()
    drawn = frame[frame.kind.isin(["literal", "associative"]) & (frame.status != "unknown")]
    wanted = drawn[CHOICES[fragment](drawn)]
    page = open_page(path, fragment=fragment)
    assert int(_summary(page).split()[0]) == len(wanted) < len(drawn)
    rows = page.locator("#panel tbody tr")
    names = rows.locator("th button > bdi").all_inner_texts()
    counts = map(int, rows.locator("td:nth-of-type(1)").all_inner_texts())
    assert dict(zip(names, counts, strict=True)) == wanted.name.value_counts().to_dict()


def test_a_choice_that_hides_mentions_is_said_and_undone(path, open_page):
    page = open_page(path, fragment="#country=IQ&confidence=90&copies=once")
    assert page.locator(".chip").all_inner_texts() == [
        *("Iraq\n×", "Confidence from 90%\n×", "Stories counted once\n×")
    ]
    page.get_by_role("button", name="Clear all").click()
    assert page.locator("#chips").is_hidden()
    assert _summary(page).startswith("219 mentions")
    page.wait_for_timeout(500)
    assert page.evaluate("location.hash").startswith("#map=")
    assert page.evaluate("location.hash").count("=") == 1


def test_uncertain_mentions_are_a_switch(path, open_page):
    page = open_page(path)
    assert page.locator('.circle[data-bands*="2="]').count() > 0
    page.get_by_label("Uncertain which place").uncheck()
    assert page.locator('.circle[data-bands*="2="]').count() == 0
    assert not _summary(page).startswith("219")


def test_a_slash_goes_to_the_search_from_anywhere(path, open_page):
    page = open_page(path, **PHONE)
    assert page.locator("#panel").is_hidden()
    page.keyboard.press("/")
    page.keyboard.type("iraqi")  # as the articles call it
    page.keyboard.press("Enter")
    assert page.locator("#panel tbody th button > bdi").all_inner_texts() == ["Iraq"]
    page.keyboard.type("/")
    assert page.locator("#search").input_value() == "iraqi/"
