"""Chapters written in the page: views taken as steps, notes pinned, all downloaded as the file that --story reads."""

from __future__ import annotations

import pytest
from click.testing import CliRunner

import geomap
from geomap.cli.commands import cli
from geomap.errors import InputError
from geomap.webmap import write_map
from geomap.webmap.chapters import read_chapters
from tests.webmap.sample import make_frame
from tests.webmap.test_access import SIZES, SMALL, _violations
from tests.webmap.test_chapters_page import STORY

pytestmark = pytest.mark.browser
HOSTILE = "# Not a title\n\nview: #map=1/2/3\n\n## <script>alert(1)</script> {{7*7}}\n\nplace: Nowhere\n\n\\# kept"


@pytest.fixture(scope="module")
def path(tmp_path_factory):
    return write_map(
        make_frame(), tmp_path_factory.mktemp("writing") / "map.html", title="River towns"
    )


def _open(page):
    page.get_by_role("button", name="Share", exact=True).click()
    page.locator("#panel-body").get_by_role("button", name="Write chapters").click()
    return page.locator("#panel .writing")


def _add(page, title, text):
    page.get_by_role("button", name="Add this view as a step").click()
    assert page.evaluate("document.activeElement.closest('li').id").startswith("step-")
    page.keyboard.type(title)  # the title has the focus
    page.keyboard.press("Tab")
    page.keyboard.insert_text(text)


def _titles(page):
    return page.locator("#panel li[id^=step] input").evaluate_all(
        "all => all.map((one) => one.value)"
    )


def _download(page, to):
    with page.expect_download() as caught:
        page.get_by_role("button", name="Download chapters.md").click()
    assert caught.value.suggested_filename == "chapters.md"
    caught.value.save_as(to)
    return to


def test_what_is_written_in_the_page_is_read_by_the_command(path, open_page, tmp_path):
    page = open_page(path, accept_downloads=True)
    writing = _open(page)
    writing.get_by_label("Title of all").fill("A year of bread")
    writing.get_by_label("Introduction").fill("It began\nwith rain.\n\nSee https://example.org/a.")
    _add(page, "All of it", "Everything at once.\n\nA second paragraph.")
    page.get_by_role("button", name="Close the panel").click()
    page.get_by_label("Its people or state").uncheck()
    page.locator("#from").press("PageUp")
    page.locator(".circle[aria-label^=Mosul]").click()
    summary = page.locator("#summary").inner_text()
    page.locator("#views").get_by_role("button", name="Write chapters").click()  # is at hand now
    assert page.locator("#summary").inner_text() == summary
    _add(page, "Mosul alone", HOSTILE)
    page.get_by_role("button", name="Pin a note to Mosul").click()
    assert writing.locator("#note-0 input").input_value() == "Mosul"
    writing.locator("#note-0").get_by_label("Text").fill("Two bridges.")
    file = _download(page, tmp_path / "chapters.md")

    chapters = read_chapters(file)
    assert (chapters.title, chapters.lead) == (
        "A year of bread",
        "It began with rain.\n\nSee https://example.org/a.",
    )
    assert [step.title for step in chapters.steps] == ["All of it", "Mosul alone"]
    assert [step.text for step in chapters.steps] == [
        "Everything at once.\n\nA second paragraph.",
        HOSTILE,
    ]
    assert "place=geonames%3A99072" in chapters.steps[1].view
    assert [(note.title, note.text, note.place) for note in chapters.notes] == [
        ("Mosul", "Two bridges.", "geonames:99072")
    ]

    told = write_map(make_frame(), tmp_path / "told.html", title="River towns", chapters=file)
    again = open_page(told, accept_downloads=True)
    again.get_by_role("button", name="Next step").click()
    again.get_by_role("button", name="Next step").click()
    assert again.locator("#summary").inner_text() == summary
    assert again.locator("#panel-title").inner_text() == "Mosul"
    shown = again.locator("#chapters li[aria-current=step] p").all_inner_texts()
    assert shown == HOSTILE.split("\n\n")
    _open(again)  # the page's own chapters are there to be changed
    assert _titles(again) == ["All of it", "Mosul alone"]
    assert _download(again, tmp_path / "again.md").read_bytes() == file.read_bytes()


def test_the_command_draws_what_the_page_wrote(path, open_page, tmp_path):
    page = open_page(path, accept_downloads=True)
    _open(page)
    _add(page, "One", "Words.")
    file = _download(page, tmp_path / "chapters.md")
    table = tmp_path / "mentions.csv"
    geomap.write_csv(make_frame(), table)
    run = CliRunner().invoke(
        cli, ["map", str(table), "-o", str(tmp_path / "out.html"), "--story", str(file)]
    )
    assert run.exit_code == 0, run.output
    told = open_page(tmp_path / "out.html")
    assert told.locator("#chapters li h3").inner_text() == "One"


def test_steps_are_moved_retaken_shown_and_deleted_and_the_focus_stays(path, open_page):
    page = open_page(path)
    writing = _open(page)
    for title in ("A", "B", "C"):
        _add(page, title, "")
    assert _titles(page) == ["A", "B", "C"]
    focused = "() => { const at = document.activeElement; return [at.closest('li')?.id, at.getAttribute('aria-label')]; }"
    writing.get_by_role("button", name="Move down: Step 1").click()
    assert _titles(page) == ["B", "A", "C"]
    assert page.evaluate(focused) == ["step-1", "Move down: Step 2"]
    page.keyboard.press("Enter")
    assert _titles(page) == ["B", "C", "A"]
    assert page.evaluate(focused)[0] == "step-2"  # at the end: another button of the same step
    assert writing.get_by_role("button", name="Move down: Step 3").is_disabled()
    writing.get_by_role("button", name="Move up: Step 3").click()
    writing.get_by_role("button", name="Delete: Step 1").click()
    assert _titles(page) == ["A", "C"]
    page.get_by_label("Its people or state").uncheck()
    writing.get_by_role("button", name="Take this view: Step 2").click()
    page.get_by_label("Its people or state").check()
    writing.get_by_role("button", name="Show: Step 2").click()
    assert not page.get_by_label("Its people or state").is_checked()
    assert page.locator("#panel-title").inner_text() == "Write chapters"
    writing.get_by_role("button", name="Show: Step 1").click()
    assert page.get_by_label("Its people or state").is_checked()
    for _ in range(2):
        writing.get_by_role("button", name="Delete: Step 1").click()
    assert page.evaluate("document.activeElement.textContent") == "Add this view as a step"


def test_a_draft_outlives_the_visit_and_is_this_maps_alone(path, tmp_path, browser):
    other = write_map(make_frame().head(40), tmp_path / "other.html", title="River towns")
    context = browser.new_context(offline=True)
    page = context.new_page()
    page.goto(path.as_uri())
    page.wait_for_selector("body[data-ready]")
    _open(page)
    _add(page, "Kept", "")
    page.goto("about:blank")
    for file, titles in ((path, ["Kept"]), (other, [])):
        page.goto(file.as_uri())
        page.wait_for_selector("body[data-ready]")
        _open(page)
        assert _titles(page) == titles
    context.close()


def test_a_page_that_may_keep_nothing_says_so(path, browser, tmp_path):
    host = tmp_path / "host.html"
    host.write_text(
        f'<!doctype html><title>Host</title><iframe sandbox="allow-scripts" width="1200" height="800" src="{path.as_uri()}"></iframe>',
        encoding="utf-8",
    )
    context = browser.new_context(offline=True)
    page = context.new_page()
    page.goto(host.as_uri())
    frame = page.frame_locator("iframe")
    frame.locator("body[data-ready]").wait_for()
    frame.get_by_role("button", name="Share", exact=True).click()
    frame.get_by_role("button", name="Write chapters").click()
    assert "This browser keeps nothing for this page" in frame.locator("#panel").inner_text()
    frame.get_by_role("button", name="Add this view as a step").click()
    assert frame.locator("#step-0").is_visible()
    context.close()


def test_the_panel_takes_no_more_than_the_file_may_hold(path, open_page):
    page = open_page(path)
    writing = _open(page)
    for _ in range(100):
        page.evaluate("document.querySelector('.add-step').click()")
    assert writing.locator("li").count() == 100
    assert page.get_by_role("button", name="Add this view as a step").count() == 0
    assert writing.locator("#step-0 input").get_attribute("maxlength") == "200"
    assert writing.locator("#step-0 textarea").get_attribute("maxlength") == "5000"


def test_a_note_needs_an_open_place(path, open_page):
    page = open_page(path)
    writing = _open(page)
    assert "To pin a note, open its place" in writing.inner_text()
    assert page.get_by_role("button", name="Pin a note to").count() == 0


@pytest.mark.parametrize("size", SIZES)
def test_axe_finds_nothing_in_the_panel(size, path, open_page):
    page = open_page(path, fragment="#place=geonames:99072&view=write", **SIZES[size])
    page.get_by_role("button", name="Add this view as a step").click()
    page.get_by_role("button", name="Pin a note to Mosul").click()
    for theme in ("light", "dark"):
        page.emulate_media(color_scheme=theme)
        assert _violations(page) == []
    assert page.evaluate(SMALL) == []


def test_other_maps_refuse_what_they_cannot_follow(tmp_path):
    file = tmp_path / "chapters.md"
    file.write_text(STORY, encoding="utf-8")
    few = make_frame()[lambda frame: frame["name"] != "Idlib"]
    with pytest.raises(InputError, match="line 6: this page cannot follow place=geonames:169389"):
        write_map(few, tmp_path / "few.html", chapters=file)
