"""Names that no gazetteer knows: counted with their unit, listed by name, in no circle."""

from __future__ import annotations

import csv
import io
import json
import re
from collections import Counter

import pytest

from geomap.corrections import Correction, read_corrections
from geomap.records import COLUMNS
from geomap.tables import mentions_table, tally_places
from geomap.webmap import to_folium, write_map
from geomap.webmap.language import LANGUAGES
from geomap.webmap.page import render_map
from geomap.webmap.payload import build_payload
from tests.webmap.sample import (
    ALEPPO,
    PLACES,
    UNLOCATED,
    make_records,
    make_unlocated,
    make_unlocated_records,
    to_page_feature,
)
from tests.webmap.test_access import SIZES, SMALL, TAGS, TINTS, _violations
from tests.webmap.test_hostile import ATTACKS, _expected
from tests.webmap.test_table import NUMBERS, _cell, _save

RAQQA, SINJAR, SYRIA = "geonames:172957", "geonames:99346", "geonames:163843"
VIEWS = {
    "list": "#view=list",
    "unit": f"#place={RAQQA}",
    "district": f"#place={SINJAR}",
    "country": "#area=SY",
    "nowhere": "#place=",
    "article": "#article=007.txt",
    "table": "#view=table",
    "filters": "#view=filters",
    "about": "#view=about",
}


@pytest.fixture(scope="module")
def records():
    return make_unlocated_records()


@pytest.fixture(scope="module")
def path(tmp_path_factory, records):
    return write_map(records, tmp_path_factory.mktemp("map") / "map.html", title="River towns")


@pytest.fixture(scope="module")
def payload(records):
    return build_payload(records)


def _texts(payload, table, column):
    return [payload.strings[at] for at in getattr(payload, table)[column]]


def _counts(payload):
    """How many mentions that nobody locates count with each place, by its id."""
    ids = _texts(payload, "places", "id")
    flags = zip(payload.mentions["place"], payload.mentions["unlocated"], strict=True)
    return Counter(ids[place] for place, is_unlocated in flags if is_unlocated)


def test_a_name_counts_with_its_unit_and_else_with_nowhere(payload, records):
    assert _counts(payload) == {RAQQA: 4, SINJAR: 1, SYRIA: 2, ALEPPO[0]: 2, "": 3}
    assert payload.skipped == {"unresolved": 12, "embedded": 1}
    assert len(payload.mentions["place"]) == len(records) - 1


def test_a_unit_that_no_article_names_is_known_from_what_lies_in_it(payload):
    ids = _texts(payload, "places", "id")
    at = ids.index(ALEPPO[0])
    columns = payload.places
    assert _texts(payload, "places", "name")[at] == "Aleppo Governorate"
    assert (columns["lat"][at], columns["precision"][at], columns["feature"][at]) == (36.23, 4, 0)
    assert columns["outline"][at] == columns["unit"][at] >= 0
    assert payload.strings[columns["feature"][ids.index(RAQQA)]] == "ADM1"  # it is named, too


def test_no_name_becomes_another_name_of_its_unit(payload):
    spelt = {payload.strings[at] for found in payload.places["spellings"] for at in found}
    assert spelt.isdisjoint(surface for surface, *_ in UNLOCATED)


def test_the_order_of_the_records_does_not_matter(records):
    rows = [row for row in records if row["status"] == "unknown"]
    rows += [row for row in records if row["name"] == "Anbar"]
    assert render_map(rows) == render_map(rows[::-1])


@pytest.mark.parametrize(
    "changes",
    [
        {"lat": None},
        {"lat": 91},
        {"precision": None},
        {"precision": 1},
        {"precision": 99},
        {"within": PLACES["Raqqa"][0]},  # a town, of which the page has a circle
        {"within": ""},
    ],
)
def test_what_is_no_unit_holds_nothing(changes):
    row = make_unlocated("Tal Jirz", "At Tal Jirz.", "Raqqa Governorate", 3) | changes
    payload = build_payload([*make_records(), row])
    assert _counts(payload) == {"": 1}
    assert payload.mentions["precision"][0] == payload.places["precision"][0] == 0


def test_a_place_without_an_id_is_nowhere():
    row = make_records()[0] | {"place_id": ""}
    assert _counts(build_payload([row])) == {"": 1}


@pytest.mark.browser
@pytest.mark.parametrize("view", ["list", "filters", "about"])
def test_a_page_without_such_names_says_nothing_of_them(view, tmp_path, open_page):
    page = open_page(write_map(make_records(), tmp_path / "map.html"), fragment=f"#view={view}")
    assert "ot located" not in page.locator("body").inner_text()


def test_a_map_for_a_notebook_shades_the_unit_and_says_why(records):
    html = to_folium(records).get_root().render()
    tables = json.loads(re.search(r'id="data">(.*?)</script>', html, re.DOTALL)[1])["tables"]
    found = dict(zip(tables["name"], tables["unlocated"], strict=True))
    assert {name: n for name, n in found.items() if n} == {
        "Raqqa Governorate": 4,
        "Sinjar District": 1,
        "Syria": 2,
        "Aleppo Governorate": 2,
    }
    assert tables["literal"][tables["name"].index("Aleppo Governorate")] == 0
    assert 0 not in tables["precision"]
    literal = json.loads(
        re.search(
            r'id="data">(.*?)</script>',
            to_folium(records, kinds=["associative"]).get_root().render(),
            re.DOTALL,
        )[1]
    )
    assert set(literal["tables"]["unlocated"]) == {0}


# In the browser.


def _open_names(page):
    for summary in page.locator(".unlocated summary").all():
        summary.click()
        summary.locator("xpath=following-sibling::div[*]").wait_for()


def _names(page):
    return page.locator(".unlocated .hit > bdi").all_inner_texts()


@pytest.mark.browser
def test_no_circle_is_drawn_of_them_and_the_summary_tells_them(path, open_page):
    page = open_page(path)
    assert page.locator("#summary").inner_text() == (
        "231 mentions of 25 places in 40 articles · 12 of the mentions not located"
    )
    circles = page.locator(".circle.outer").evaluate_all(
        "all => all.map((one) => one.getAttribute('aria-label').split(',')[0])"
    )
    assert len(circles) == 14
    assert set(circles).isdisjoint({name for name, *_ in UNLOCATED} | {"Named", ""})
    page.locator("#from").press("End")
    assert "231" not in page.locator("#summary").inner_text()


@pytest.mark.browser
def test_a_unit_lists_the_names_in_it_with_their_sentences(path, open_page):
    page = open_page(path, fragment=VIEWS["unit"])
    panel = page.locator("#panel")
    assert "10 mentions in 9 articles · 4 of the mentions not located" in panel.inner_text()
    assert panel.locator("blockquote").count() == 6  # those that name the unit itself
    section = panel.locator(".unlocated")
    assert section.locator("h3").first.inner_text() == "Named, not located"
    assert section.locator("summary").all_inner_texts() == ["Tal Jirz\n4 mentions"]
    section.locator("summary").press("Enter")
    section.locator("article").first.wait_for()
    assert (
        section.locator("blockquote").all_inner_texts() == ["Two wells were dug at Tal Jirz."] * 4
    )
    assert section.locator("article").count() == 3
    assert set(section.locator("mark").all_inner_texts()) == {"Tal Jirz"}
    assert section.locator("h3 a").first.get_attribute("href").startswith("https://news.example/")
    assert "Named, not located, confidence 85%" in section.inner_text()
    page.locator("#legend").get_by_label("Its people or state").uncheck()  # drawn anew
    assert section.locator("blockquote").count() == 4


@pytest.mark.browser
def test_a_country_lists_the_names_in_its_units_too(path, open_page):
    page = open_page(path, fragment=f"{VIEWS['country']}&map=3/36/40")
    panel = page.locator("#panel")
    total = 109 + 8  # of them four in Raqqa, two in Aleppo, two somewhere
    assert f"{total} mentions in" in panel.inner_text()
    assert "8 of the mentions not located" in panel.locator(".total").inner_text()
    assert _names(page) == ["Tal Jirz", "Old Mill", "Zor Magara"]
    assert "Aleppo Governorate" in panel.locator(".unlocated summary").nth(1).inner_text()
    texts = page.locator(".labels .label").all_text_contents()
    assert texts[texts.index("SYRIA") + 1] == str(total)
    assert "2 of the mentions not located" in panel.locator("tr.whole").inner_text()


@pytest.mark.browser
def test_a_unit_is_shaded_for_them_alone(path, open_page):
    page = open_page(path, fragment=f"#place={ALEPPO[0]}&map=7/36/38")
    panel = page.locator("#panel")
    assert "2 mentions in 2 articles · 2 of the mentions not located" in panel.inner_text()
    assert "Not named in these dates" not in panel.inner_text()
    assert panel.get_by_role("button", name="Correct this place").count() == 0
    assert page.locator("path.area.unit.own.selected").count() == 1


@pytest.mark.browser
def test_what_lies_nowhere_stands_at_the_end_of_the_list(path, open_page):
    page = open_page(path)
    panel = page.locator("#panel")
    last = panel.locator(".list > *").last
    assert last.inner_text() == "Named, not located\n3"
    last.press("Enter")
    assert panel.locator("h2").inner_text() == "Named, not located"
    assert "3 mentions in 2 articles" in panel.inner_text()
    assert "°" not in panel.inner_text()  # no coordinates
    assert _names(page) == ["Snorkton", "Raqqa Point"]
    _open_names(page)
    assert panel.locator("blockquote").all_inner_texts()[-1] == "A place called Raqqa Point."
    page.wait_for_timeout(500)
    again = open_page(path, fragment=page.evaluate("location.hash"))
    assert again.locator("#panel h2").inner_text() == "Named, not located"
    page.get_by_role("button", name="← Places").click()
    assert page.evaluate("document.activeElement.id") == "search"
    assert panel.locator("tbody tr").count() == 25


@pytest.mark.browser
def test_a_name_is_searched_for_and_opened_where_it_stands(path, open_page):
    page = open_page(path)
    page.keyboard.press("/")
    page.keyboard.type("habasha")
    option = page.locator("#find").get_by_role("option")
    assert option.all_inner_texts() == [
        "Umm Habasha\nNot located, in Sinjar District, Nineveh, Iraq\n1"
    ]
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    panel = page.locator("#panel")
    assert panel.locator("h2").inner_text() == "Sinjar District"
    assert panel.locator(".pointed blockquote").inner_text() == "Umm Habasha has a school again."
    page.get_by_label("Find a place").fill("snork")
    page.keyboard.press("Enter")
    assert panel.locator(".list").inner_text() == "Snorkton\nNamed, not located\n2"
    panel.locator(".list button").click()
    assert panel.locator("h2").inner_text() == "Named, not located"


@pytest.mark.browser
def test_an_article_has_them_in_the_order_of_its_text_without_numbers_on_the_map(path, open_page):
    page = open_page(path, fragment=VIEWS["article"])
    heads = page.locator("#panel .step-head .place").all_inner_texts()
    assert heads[-2:] == ["Tal Jirz Not located, in Raqqa Governorate, Syria"] * 2
    numbers = page.locator(".steps .step").all_text_contents()
    assert len(numbers) == len(heads) - 2
    page.locator("#panel .step-head .place").last.click()
    assert page.locator("#panel h2").inner_text() == "Raqqa Governorate"
    assert page.locator("#panel .unlocated .pointed").count() == 1
    page = open_page(path, fragment="#article=011.txt")
    assert "Snorkton Named, not located" in page.locator("#panel").inner_text()


@pytest.mark.browser
def test_files_of_the_page_are_those_of_the_record(path, records, open_page):
    page = open_page(path, fragment="#view=table", accept_downloads=True)
    drawn = sorted((row for row in records if row["kind"] != "embedded"), key=_key)
    content = _save(page, "Download CSV")[1].decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(content, newline="")))
    found = [
        {c: float(v) if c in NUMBERS and v else None if c in NUMBERS else v for c, v in row.items()}
        for row in rows
    ]
    assert sorted(found, key=_key) == [{c: _cell(c, row[c]) for c in COLUMNS} for row in drawn]
    features = json.loads(_save(page, "Download GeoJSON")[1])["features"]
    features.sort(key=lambda one: _key(one["properties"]))
    written = [json.loads(json.dumps(to_page_feature(row))) for row in drawn]
    assert features == written


def _key(record):
    names = ("article_id", "snippet", "kind")
    return *(str(record[name]) for name in names), float(record["start"])


@pytest.mark.browser
def test_a_row_for_each_place_is_the_tally(path, records, open_page):
    page = open_page(path, fragment="#view=table&rows=places", accept_downloads=True)
    content = _save(page, "Download CSV")[1].decode("utf-8-sig")
    rows = {row["place_id"]: row for row in csv.DictReader(io.StringIO(content, newline=""))}
    tally = tally_places(mentions_table(records)).set_index("place_id")
    assert set(rows) == set(tally.index)
    for column in ("mentions", "articles", "stories", "literal", "associative", "unlocated"):
        assert {id_: int(row[column]) for id_, row in rows.items()} == tally[column].to_dict()
    assert (rows[ALEPPO[0]]["name"], rows[ALEPPO[0]]["feature"]) == ("Aleppo Governorate", "")


@pytest.mark.browser
def test_every_row_of_the_table_has_a_name(records, tmp_path, open_page):
    rows = [row for row in records if row["status"] == "unknown"]
    page = open_page(write_map(rows, tmp_path / "map.html"), fragment="#view=table&order=place")
    assert list(dict.fromkeys(page.locator("#panel tbody .place").all_inner_texts())) == [
        "Named, not located",
        "Not located, in Aleppo Governorate, Aleppo, Syria",
        "Not located, in Raqqa Governorate, Syria",
        "Not located, in Sinjar District, Nineveh, Iraq",
        "Not located, in Syria",
    ]
    page.locator("#panel tbody .place").first.click()
    assert page.locator("#panel h2").inner_text() == "Named, not located"


@pytest.mark.browser
def test_what_it_should_be_is_noted_for_one_or_everywhere(path, open_page, tmp_path):
    page = open_page(path, fragment=VIEWS["unit"], accept_downloads=True)
    _open_names(page)
    item = page.locator(".unlocated li[data-mention]").first
    item.get_by_role("button", name="Correct").click()
    form = item.locator("form")
    assert form.get_by_label("Should be").is_checked()
    assert form.get_by_label("or its coordinates").is_visible()
    form.get_by_label("The right place").fill("not located")
    assert form.get_by_role("option").count() == 0  # nowhere is no place to be
    form.get_by_label("or its coordinates").fill("35.9, 38.8")
    form.get_by_label("everywhere").check()
    form.get_by_role("button", name="Note it").click()
    assert page.locator(".unlocated .noted").count() == 4
    assert page.evaluate("document.activeElement.textContent") == "Undo"
    fragment = VIEWS["nowhere"]
    page.evaluate("fragment => { location.hash = fragment; }", fragment)
    page.reload()
    page.wait_for_selector("body[data-ready]")
    _open_names(page)
    item = page.locator(".unlocated li[data-mention]").last
    item.get_by_role("button", name="Correct").click()
    assert item.locator("form").get_by_label("Wrong place").count() == 0  # it is in none
    item.locator("form").get_by_label("Not a place").check()
    item.get_by_role("button", name="Note it").click()
    page.get_by_role("button", name="Review").click()
    with page.expect_download() as caught:
        page.get_by_role("button", name="Download corrections.csv").click()
    caught.value.save_as(tmp_path / "corrections.csv")
    everywhere, mention = read_corrections(tmp_path / "corrections.csv")
    assert everywhere == Correction(
        scope="everywhere", action="move", surface="Tal Jirz", new_lat=35.9, new_lon=38.8, line=2
    )
    assert (mention.scope, mention.action, mention.surface) == (
        "mention",
        "not_a_place",
        "Raqqa Point",
    )
    assert mention.place_id is None


@pytest.mark.browser
@pytest.mark.parametrize("size", SIZES)
def test_axe_finds_nothing_and_targets_are_large(size, path, open_page):
    found = {}
    for view, fragment in VIEWS.items():
        page = open_page(path, fragment=fragment, **SIZES[size])
        _open_names(page)
        assert page.evaluate(SMALL) == [], view
        for theme, only in {"light": TAGS, "dark": TINTS}.items():
            page.emulate_media(color_scheme=theme)
            page.wait_for_selector(f'html[data-theme="{theme}"]')
            if violations := _violations(page, only):
                found[view, theme] = violations
        page.context.close()
    assert found == {}


@pytest.mark.browser
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_view_opens_in_every_language(language, records, tmp_path, open_page):
    path = write_map(records, tmp_path / "map.html", lang=language)
    for fragment in VIEWS.values():
        page = open_page(path, fragment=fragment)
        _open_names(page)
        assert page.evaluate("document.documentElement.scrollWidth") == 1440
        page.context.close()


@pytest.mark.browser
def test_a_hostile_name_is_only_a_name(tmp_path, open_page):
    rows = [
        make_unlocated(attack, f"{attack} was named.", unit, number) | {"within_name": attack}
        for unit in ("Raqqa Governorate", None)
        for number, attack in enumerate(ATTACKS)
    ]
    page = open_page(write_map(rows, tmp_path / "map.html"), fragment="#place=")
    for fragment in ("#place=", f"#place={RAQQA}", "#area=SY", "#view=table"):
        page = open_page(tmp_path / "map.html", fragment=fragment)
        _open_names(page)
        if "table" not in fragment:
            assert sorted(set(_names(page))) == sorted({_expected(one) for one in ATTACKS})
        assert page.evaluate("window.hit") is None
        assert page.locator("#panel a[href^=javascript], img, iframe").count() == 0


@pytest.mark.browser
def test_a_page_of_nothing_but_such_names_opens(tmp_path, open_page):
    rows = [make_unlocated(*UNLOCATED[-1][:3], number) for number in range(3)]
    page = open_page(write_map(rows, tmp_path / "map.html"))
    assert page.locator("#summary").inner_text() == (
        "3 mentions of 0 places in 3 articles · 3 of the mentions not located"
    )
    page.locator("#panel .more").click()
    assert _names(page) == ["Snorkton"]
    page.get_by_role("button", name="About").click()
    assert "names without a known place\n3" in page.locator("#panel").inner_text()


@pytest.mark.browser
def test_many_names_are_shown_when_they_are_asked_for(tmp_path, open_page):
    rows = [
        make_unlocated(f"Village {n}", f"At Village {n}.", "Syria", n % 9, start=n)
        for n in range(200)
    ]
    page = open_page(write_map(rows, tmp_path / "map.html"), fragment=f"#place={SYRIA}")
    assert page.locator(".unlocated summary").count() == 150
    page.get_by_role("button", name="Show all 200").click()
    assert page.locator(".unlocated summary").count() == 200


@pytest.mark.browser
def test_a_notebook_draws_no_circle_of_them(records, tmp_path, open_page):
    to_folium([row for row in records if row["status"] == "unknown"]).save(tmp_path / "map.html")
    page = open_page(tmp_path / "map.html")
    told = page.evaluate(
        """() => {
          const told = [];
          map_geomap.eachLayer((layer) => {
            if (layer instanceof L.CircleMarker) told.push("a circle");
            if (!layer.getPopup?.()) return;
            layer.openPopup();
            told.push(layer.getPopup().getElement().querySelector("span").textContent);
          });
          return told;
        }"""
    )
    assert sorted(told) == ["2 named in it, not located"] * 2 + ["4 named in it, not located"]
