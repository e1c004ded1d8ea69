"""Corrections: noted in the page as a person would, downloaded, and applied by the command."""

from __future__ import annotations

import csv
import json

import pytest
from click.testing import CliRunner

from geomap.cli.commands import cli
from geomap.corrections import CORRECTION_COLUMNS, digest_context, read_corrections
from geomap.webmap import write_map
from tests.webmap.sample import make_frame, make_row

pytestmark = pytest.mark.browser

ARTICLES = (
    {
        "id": "=one, \u201ctwo\u201d  three",  # cleaned on the page, and a formula in a spreadsheet
        "title": "The fair",
        "text": "Rain fell on Mosul, Iraq. In Mosul a market opened, and Mosul's bakers came.\n"
        "A school in Raqqa, Syria, opened too.",
        "date": "2019-03-05",
    },
    {
        "id": "two.txt",
        "title": "The road",
        "text": "The road from Raqqa to Aleppo, Syria, was closed. Baghdad did not answer.",
        "date": "2019-03-06",
    },
    {
        "id": "three.txt",
        "title": "The bridge",
        "text": "Damascus spoke of a bridge. Aleppo, Syria, has none; Aleppo\nwaits.",
        "date": "2019-03-07",
    },
)


def _run(*arguments):
    result = CliRunner().invoke(cli, [str(argument) for argument in arguments])
    assert result.exit_code == 0, result.output
    return result.output


@pytest.fixture
def articles(tmp_path):
    path = tmp_path / "articles.jsonl"
    path.write_text("".join(json.dumps(one) + "\n" for one in ARTICLES), encoding="utf-8")
    return path


def _records(articles, tmp_path, *options):
    _run("mentions", articles, "-o", tmp_path / "found.jsonl", *options)
    lines = (tmp_path / "found.jsonl").read_text("utf-8").splitlines()
    return [json.loads(line) for line in lines]


def _open_place(page, name):
    page.get_by_label("Find a place or an article").fill(name)
    page.locator("#find").get_by_role("option").first.click()
    return page.locator("#panel")


def _correct(page, item, action, scope=None, place=None, point=None):
    """Fill in the form of a mention, or of a place, and send it."""
    item.get_by_role("button", name="Correct").click()
    form = item.locator("form")
    form.get_by_label(action).check()
    if place:
        form.get_by_label("The right place").fill(place)
        page.keyboard.press("ArrowDown")
        page.keyboard.press("Enter")
    if point:
        form.get_by_label("or its coordinates").fill(point)
    if scope:
        form.get_by_label(scope).check()
    form.get_by_role("button", name="Note it").click()


def _download(page, tmp_path):
    page.get_by_role("button", name="Review").click()
    with page.expect_download() as waiting:
        page.get_by_role("button", name="Download corrections.csv").click()
    assert waiting.value.suggested_filename == "corrections.csv"
    path = tmp_path / "corrections.csv"
    waiting.value.save_as(path)
    return path


def _note_five(page):
    panel = _open_place(page, "Mosul")
    items = panel.locator("li[data-mention]")
    assert items.count() == 3
    _correct(page, items.nth(2), "Not a place")  # the second of two in one sentence
    _correct(page, items.nth(0), "Should be", place="Aleppo")
    panel = _open_place(page, "Raqqa")
    _correct(
        page,
        panel.locator("li[data-mention]").nth(1),
        "Should be",
        "in this article",
        point="35.5° N, 39.25° E",
    )
    panel = _open_place(page, "Aleppo")
    _correct(page, panel.locator("li[data-mention]").first, "Wrong place", "everywhere")
    panel = _open_place(page, "Damascus")
    _correct(page, panel.locator('[data-fix^="place-"]'), "Wrong place")


@pytest.mark.parametrize("text", ["snippets", "none", "full"])
def test_what_is_downloaded_is_applied(text, articles, tmp_path, open_page):
    before = _records(articles, tmp_path)
    _run("map", articles, "-o", tmp_path / "map.html", "--text", text)
    page = open_page(tmp_path / "map.html", accept_downloads=True)
    _note_five(page)
    assert "5 corrections noted." in page.locator("#chips").inner_text()
    path = _download(page, tmp_path)
    report = _run("map", articles, "-o", tmp_path / "again.html", "--corrections", path)
    assert "0 corrections stale" in report, report
    assert report.count(": applied ") == 5
    after = _records(articles, tmp_path, "--corrections", path)
    kept = {(row["article_id"], row["start"]): row for row in after}
    mosul = [row for row in before if row["surface"] == "Mosul"]
    assert (mosul[2]["article_id"], mosul[2]["start"]) not in kept
    assert len(after) == len(before) - 1
    first = kept[mosul[0]["article_id"], mosul[0]["start"]]
    assert (first["name"], first["country"]) == ("Aleppo", "SY")
    assert kept[mosul[1]["article_id"], mosul[1]["start"]] == mosul[1]
    moved = [row for row in after if row["surface"] == "Raqqa"]
    assert [(row["lat"], row["lon"]) for row in moved if row["article_id"] == "two.txt"] == [
        (35.5, 39.25)
    ]
    for name in ("Aleppo", "Damascus"):
        found = [row for row in after if row["surface"] == name]
        assert found
        assert {row["status"] for row in found} == {"unknown"}
    again = open_page(tmp_path / "again.html")
    assert again.locator("#chips").is_hidden()  # another map has no corrections yet


def test_the_table_is_the_one_that_is_read(articles, tmp_path, open_page):
    _run("map", articles, "-o", tmp_path / "map.html")
    page = open_page(tmp_path / "map.html", accept_downloads=True)
    _note_five(page)
    path = _download(page, tmp_path)
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert tuple(rows[0]) == CORRECTION_COLUMNS
    assert rows[0]["article_id"] == f"'{ARTICLES[0]['id']}"
    assert rows[0]["nth"] == "2"
    sentence = "In Mosul a market opened, and Mosul's bakers came."
    assert rows[0]["context"] == digest_context(sentence)
    found = read_corrections(path)
    assert found[0].article_id == ARTICLES[0]["id"]
    assert [item.scope for item in found] == [
        *("mention", "mention", "article", "everywhere", "everywhere")
    ]
    text = ARTICLES[0]["text"]
    assert text[found[0].start : found[0].end] == "Mosul"


def test_they_are_reviewed_undone_and_kept(tmp_path, open_page):
    path = write_map(make_frame(), tmp_path / "map.html")
    page = open_page(path)
    panel = _open_place(page, "Mosul")
    item = panel.locator("li[data-mention]").first
    item.get_by_role("button", name="Correct").click()
    page.keyboard.press("Escape")  # ends the form, not the panel
    assert item.locator("form").count() == 0
    assert page.evaluate("document.activeElement.textContent") == "Correct…"
    item.get_by_role("button", name="Correct").click()
    item.get_by_label("Should be").check()
    item.get_by_role("button", name="Note it").click()
    assert "Choose a place of this map" in item.get_by_role("alert").inner_text()
    item.get_by_label("or its coordinates").fill("95, 200")
    item.get_by_role("button", name="Note it").click()
    assert "Choose a place of this map" in item.get_by_role("alert").inner_text()
    item.get_by_label("or its coordinates").fill("-33.9 18.4")
    page.locator("#legend").get_by_label("Its people or state").uncheck()  # drawn anew, and kept
    assert item.get_by_label("or its coordinates").input_value() == "-33.9 18.4"
    item.get_by_role("button", name="Note it").click()
    assert item.locator(".noted").inner_text() == "Noted: should be -33.9, 18.4 Undo"
    assert page.evaluate("document.activeElement.textContent") == "Undo"
    page.reload()
    page.wait_for_selector("body[data-ready]")
    assert "1 correction noted." in page.locator("#chips").inner_text()
    page.get_by_role("button", name="Review").click()
    assert page.locator(".corrections li").inner_text().split("\n\n")[:2] == [
        *("Mosul", "should be -33.9, 18.4")
    ]
    page.locator(".corrections").get_by_role("button", name="Undo").click()
    assert "No correction is noted." in page.locator("#panel").inner_text()
    page.reload()
    page.wait_for_selector("body[data-ready]")
    assert "correction" not in page.locator("#card").inner_text()


def test_a_later_correction_of_the_same_replaces_the_first(tmp_path, open_page):
    page = open_page(write_map(make_frame(), tmp_path / "map.html"))
    panel = _open_place(page, "Mosul")
    place = panel.locator('[data-fix^="place-"]')
    _correct(page, place, "Wrong place")
    assert "Noted: Wrong place" in place.inner_text()
    mention = panel.locator("li[data-mention]").first
    assert mention.locator(".noted").count() == 1  # it is one of them
    place.get_by_role("button", name="Undo").click()
    _correct(page, mention, "Not a place", "everywhere")
    assert panel.locator("li .noted").count() == panel.locator("li[data-mention]").count()
    assert "1 correction noted." in page.locator("#chips").inner_text()


def test_what_another_page_left_in_the_storage_is_no_code(tmp_path, open_page):
    row = make_row("Raqqa", "Raqqa.", "literal", 1)
    page = open_page(write_map([row], tmp_path / "map.html"))
    _correct(page, _open_place(page, "Raqqa").locator("li[data-mention]"), "Not a place")
    page.evaluate(
        """() => { const [key] = Object.keys(localStorage);
        localStorage.setItem(key, JSON.stringify([{ scope: 'everywhere', action: 'move',
        surface: '<img src=x onerror=alert(1)>', new_name: { a: 1 }, new_lat: 1, new_lon: 2 },
        { scope: 'elsewhere' }, null, 7])); }"""
    )
    page.reload()
    page.wait_for_selector("body[data-ready]")
    page.get_by_role("button", name="Review").click()
    assert page.locator(".corrections li").count() == 1
    assert "<img src=x onerror=alert(1)>" in page.locator(".corrections li").inner_text()
    page.evaluate("localStorage.setItem(Object.keys(localStorage)[0], '{')")
    page.reload()
    page.wait_for_selector("body[data-ready]")
    assert page.locator("#chips").is_hidden()


def test_the_other_reading_of_a_name_is_one_click_away(tmp_path, open_page):
    """ "or the province of Idlib?" notes a correction that the command applies, and can be undone."""
    path = tmp_path / "articles.jsonl"
    text = "Fighting continued in Idlib on Monday, officials said. The city of Homs was quiet."
    path.write_text(json.dumps({"id": "1", "text": text}) + "\n", encoding="utf-8")
    [idlib, homs] = _records(path, tmp_path)
    assert (idlib["feature"], homs["other_place_id"]) == ("PPLA", None)
    assert idlib["other_place_id"] not in (None, idlib["place_id"])
    _run("map", path, "-o", tmp_path / "map.html")
    page = open_page(tmp_path / "map.html")
    assert "province or district" not in _open_place(page, "Homs").inner_text()
    item = _open_place(page, "Idlib").locator("li[data-mention]")
    item.get_by_role("button", name="or the province or district of Idlib?").click()
    assert "Noted: should be Idlib" in item.inner_text()
    found = _download(page, tmp_path)
    _run("map", path, "-o", tmp_path / "again.html", "--corrections", found)
    [moved, same] = _records(path, tmp_path, "--corrections", found)
    assert (moved["place_id"], moved["feature"]) == (idlib["other_place_id"], "ADM1")
    assert moved["other_place_id"] is None
    assert same == homs
    page.locator(".corrections").get_by_role("button", name="Undo").click()
    assert "No correction is noted." in page.locator("#panel").inner_text()


def _open_form(page, action="Should be"):
    item = _open_place(page, "Mosul").locator("li[data-mention]").first
    item.get_by_role("button", name="Correct").click()
    item.get_by_label(action).check()
    return item


def test_the_right_place_is_clicked_on_the_map(tmp_path, open_page):
    page = open_page(write_map(make_frame(), tmp_path / "map.html"), accept_downloads=True)
    item = _open_form(page)
    page.evaluate("void map_geomap.setView([36, 42], 7, { animate: false })")
    item.get_by_role("button", name="Choose it on the map").click()
    assert "Click the right spot" in page.locator("#picking").inner_text()
    spot = page.evaluate("map_geomap.latLngToContainerPoint([35.4, 41.2])")
    page.mouse.click(spot["x"], spot["y"])
    assert page.locator("#picking").count() == 0
    assert page.locator("#panel h2").inner_text() == "Mosul"  # nothing else was opened
    item.get_by_role("button", name="Note it").click()
    with _download(page, tmp_path).open(encoding="utf-8", newline="") as file:
        row = next(csv.DictReader(file))
    assert float(row["new_lat"]) == pytest.approx(35.4, abs=0.01)
    assert float(row["new_lon"]) == pytest.approx(41.2, abs=0.01)


def test_a_circle_that_is_clicked_is_that_place(tmp_path, open_page):
    page = open_page(write_map(make_frame(), tmp_path / "map.html"), accept_downloads=True)
    item = _open_form(page)
    item.get_by_role("button", name="Choose it on the map").click()
    page.evaluate("void map_geomap.setView([36.2, 37.2], 9, { animate: false })")
    spot = page.evaluate("map_geomap.latLngToContainerPoint([36.2012, 37.1612])")
    page.mouse.click(spot["x"], spot["y"])
    item.get_by_role("button", name="Note it").click()
    with _download(page, tmp_path).open(encoding="utf-8", newline="") as file:
        assert next(csv.DictReader(file))["new_place_id"] == "geonames:170063"


def test_without_a_mouse_it_is_the_middle_of_the_map(tmp_path, open_page):
    page = open_page(write_map(make_frame(), tmp_path / "map.html"))
    item = _open_form(page)
    item.get_by_role("button", name="Choose it on the map").press("Enter")
    page.keyboard.press("Escape")
    assert page.locator("#picking").count() == 0
    assert item.locator("form").count() == 1  # Escape ends the choice, not the form
    item.get_by_role("button", name="Choose it on the map").press("Enter")
    page.evaluate("void map_geomap.setView([33.5, 39.5], 7, { animate: false })")
    page.keyboard.press("Enter")
    lat, lon = item.get_by_label("or its coordinates").input_value().split(", ")
    assert float(lat) == pytest.approx(33.5, abs=0.01)
    assert float(lon) == pytest.approx(39.5, abs=0.01)


def test_a_town_that_no_article_names_can_be_the_right_place(tmp_path, open_page):
    page = open_page(write_map(make_frame(), tmp_path / "map.html"), accept_downloads=True)
    item = _open_form(page)
    item.get_by_label("The right place").fill("Homs")
    item.get_by_role("option", name="Homs").click()
    item.get_by_role("button", name="Note it").click()
    with _download(page, tmp_path).open(encoding="utf-8", newline="") as file:
        row = next(csv.DictReader(file))
    assert (row["new_name"], row["new_place_id"]) == ("Homs", "")
    assert float(row["new_lat"]) == pytest.approx(34.73, abs=0.02)
