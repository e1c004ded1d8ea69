"""The search: suggestions by every spelling in any script, walked through by keys."""

from __future__ import annotations

import pytest

from geomap.webmap import write_map
from tests.webmap.sample import make_frame, make_records, make_row

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def path(tmp_path_factory):
    spelt = [
        make_row("Sanliurfa", "Traders left Urfa at noon.", "literal", 3, surface="Urfa"),
        make_row("Kobani", "فتحت مدرسة في كوباني.", "literal", 4, surface="كوباني"),
        make_row("Sanliurfa", "Şanlıurfa'da yağmur.", "literal", 6, surface="Şanlıurfa"),
    ]
    folder = tmp_path_factory.mktemp("search")
    return write_map(make_frame(make_records() + spelt), folder / "map.html")


def _field(page):
    return page.get_by_role("combobox", name="Find a place or an article")


def _options(page):
    return page.locator("#find").get_by_role("option")


def _offered(page):
    return [name.split("\n")[0] for name in _options(page).all_inner_texts()]


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("Urfa", "Sanliurfa"),
        ("şanlı", "Sanliurfa"),
        ("SANLIURFA", "Sanliurfa"),
        ("كوباني", "Kobani"),
        ("كوبانى", "Kobani"),
        ("deir ez zor", "Deir ez-Zor"),
        ("zor", "Deir ez-Zor"),
        ("east", "Middle East"),
        ("the harvest, part 4", "What the week brought for the harvest, part 4"),
        ("harvest week part 4", "What the week brought for the harvest, part 4"),
    ],
)
def test_any_spelling_finds_it(typed, first, path, open_page):
    page = open_page(path)
    _field(page).fill(typed)
    assert _offered(page)[0] == first


def test_the_best_comes_first(path, open_page):
    page = open_page(path)
    _field(page).fill("ra")
    offered = _offered(page)
    # what begins so, by count; then what has it inside, by count
    assert offered[:3] == ["Raqqa", "Raqqa Governorate", "Iraq"]
    assert offered.index("Iraq") < offered.index("Euphrates River") < offered.index("France")
    _field(page).fill("urfa")
    assert "as Urfa" in _options(page).first.inner_text()


def test_keys_walk_through_the_suggestions(path, open_page):
    page = open_page(path)
    page.keyboard.press("/")
    page.keyboard.type("ra")
    field = _field(page)
    assert field.get_attribute("aria-expanded") == "true"
    assert field.get_attribute("aria-activedescendant") is None
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    active = page.locator(f"#{field.get_attribute('aria-activedescendant')}")
    assert active.get_attribute("aria-selected") == "true"
    assert active.inner_text().startswith("Raqqa Governorate")
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowUp")
    assert field.get_attribute("aria-activedescendant") is None
    page.keyboard.press("ArrowUp")  # from the field to the last
    assert page.locator('[aria-selected="true"]').inner_text() == (_options(page).last.inner_text())
    page.keyboard.press("Escape")
    assert field.get_attribute("aria-expanded") == "false"
    assert page.locator("#panel").is_visible()
    assert field.input_value() == "ra"
    page.keyboard.press("Escape")
    assert field.input_value() == ""


def test_a_place_that_is_chosen_is_shown(path, open_page):
    page = open_page(path)
    _field(page).fill("washing")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    assert page.locator("#panel h2").inner_text() == "Washington"
    page.wait_for_timeout(600)
    box = page.locator('.circle.outer[aria-label^="Washington,"]').bounding_box()
    assert 320 < box["x"] < 1060
    _field(page).fill("mosul")
    _options(page).filter(has_text="Mosul").click()
    assert page.locator("#panel h2").inner_text() == "Mosul"


def test_an_article_that_is_chosen_is_read(path, open_page):
    page = open_page(path)
    _field(page).fill("part 12")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    assert page.locator("#panel h2").inner_text().endswith("part 12")
    assert page.locator("#summary").inner_text().endswith("in 1 article")


def test_enter_alone_narrows_the_list(path, open_page):
    page = open_page(path)
    _field(page).fill("sul")
    page.keyboard.press("Enter")
    assert page.locator("#panel tbody th bdi").all_inner_texts()[:1] == ["Mosul"]
    assert page.locator("#panel tbody tr").count() == 1
    page.get_by_role("button", name="Clear the search").click()
    assert page.locator("#panel tbody tr").count() == 24


def test_nothing_found_is_said(path, open_page):
    page = open_page(path)
    _field(page).fill("qwxyz")
    assert page.get_by_text("Nothing of this name.").is_visible()
    assert _field(page).get_attribute("aria-expanded") == "false"


def test_among_many_the_best_few_are_offered(tmp_path, open_page):
    rows = [
        make_row(
            "Raqqa",
            f"Line {n}.",
            "literal",
            n % 40,
            place_id=f"geomap:place-{n % 5000:05}",
            name=f"Märkt {n % 5000} an der {n % 89}",
            surface=f"Märkt {n % 5000}" if n % 2 else f"سوق {n % 5000}",
            lat=-60 + n % 121,
            lon=-170 + n % 341,
            article_id=f"{n}.txt",
            title=f"What the {n}th morning brought to the market of the river",
        )
        for n in range(20_000)
    ]
    page = open_page(write_map(rows, tmp_path / "map.html"))
    for typed, found in (
        ("märkt 4999", "Märkt 4999 an der"),
        ("سوق 4998", "Märkt 4998 an der"),
        ("17th", "What the 17th"),
    ):
        _field(page).fill(typed)
        options = page.locator("[role=listbox] [role=option]")
        assert 0 < options.count() < 30
        assert options.first.inner_text().startswith(found)


#: what readers type, and the place that they mean
SPELT = {
    "Raqqa": "Rakka|الرقة|Ракка|Ar-Raqqah|Raqa|Raqqaa",
    "Deir ez-Zor": "Deir Ezzor|دير الزور",
    "Mosul": "Mossoul|Mossul|الموصل|Мосул|Msoul",
    "Baghdad": "Bagdad|بغداد|Baghdaad",
    "Damascus": "Damas|Damaskus|دمشق|Damscus",
    "Turkey": "Türkiye|Turquie",
    "Syria": "Syrie|Syrien|سوريا",
    "United States": "USA|États-Unis|美国",
}


def test_places_are_found_in_other_spellings_and_scripts_and_with_a_slip(path, open_page):
    page = open_page(path)
    for place, spellings in SPELT.items():
        for spelling in spellings.split("|"):
            _field(page).fill(spelling)
            assert _offered(page)[:1] == [place], spelling
    _field(page).fill("Damscus")
    _field(page).press("Enter")
    assert page.locator("#panel tbody th button > bdi").all_inner_texts() == ["Damascus"]
    _field(page).fill("Nowhereton")
    assert _offered(page) == []
