"""What leaves nothing, or leaves something out, says so."""

from __future__ import annotations

import csv
import io

import pytest

from geomap.webmap import write_map
from tests.webmap.sample import make_frame, make_row

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def path(tmp_path_factory):
    return write_map(make_frame(), tmp_path_factory.mktemp("map") / "map.html")


def test_a_filter_that_leaves_nothing_is_named_and_undone(path, open_page):
    page = open_page(path, fragment="#country=TR&kind=associative&source=Agency+Nine&confidence=95")
    assert page.locator("#summary").inner_text().startswith("0 mentions")
    card = page.locator("#filtered")
    assert "Without “Confidence from 95%” there would be" in card.inner_text()
    assert "Agency Nine" not in card.inner_text()  # it alone is not to blame
    assert "Without “Confidence from 95%”" in page.locator("#panel .empty").inner_text()
    card.get_by_role("button", name="Remove the filter: Confidence from 95%").click()
    assert card.is_hidden()
    assert not page.locator("#summary").inner_text().startswith("0 mentions")


def test_a_window_of_dates_is_to_blame_too(path, open_page):
    page = open_page(path, fragment="#country=FR&from=2016-01-01&to=2016-02-01&view=none")
    assert page.locator("#summary").inner_text().startswith("0 mentions")
    card = page.locator("#filtered")
    assert "Without “1 Jan 2016 – 1 Feb 2016” there would be" in card.inner_text()


def test_filters_that_only_together_leave_nothing(path, open_page):
    page = open_page(
        path, fragment="#country=FR&kind=literal&confidence=99&from=2016-01-01&to=2016-02-01"
    )
    card = page.locator("#filtered")
    assert card.inner_text().startswith("Nothing fits all of these at once: ")
    assert "France" in card.inner_text()
    card.get_by_role("button", name="Clear all").click()
    assert card.is_hidden()
    assert page.locator("#summary").inner_text().startswith("219 mentions")


def test_what_is_shown_blames_nobody(path, open_page):
    assert open_page(path, fragment="#country=TR").locator("#filtered").is_hidden()


def test_an_endless_address_is_dropped_at_once(path, open_page):
    page = open_page(path)
    summary = page.locator("#summary").inner_text()
    left = "location.hash = 'country=TR&' + 'x'.repeat(2e6); location.hash.length"
    assert page.evaluate(left) == 0
    assert page.locator("#summary").inner_text() == summary
    assert page.locator("#panel h2").inner_text() == "Places"


def test_a_table_without_all_sentences_says_so(tmp_path, open_page, monkeypatch):
    monkeypatch.setattr("geomap.webmap.page.DATA_LIMIT", 9_000)
    rows = [
        make_row("Raqqa", f"Sentence {n:x} of {n * 7919:x} tells of Raqqa.", "literal", n % 40)
        | {"start": 100 * n, "end": 100 * n + 5}
        for n in range(900)
    ]
    page = open_page(write_map(rows, tmp_path / "map.html"), accept_downloads=True)
    page.get_by_role("button", name="Table", exact=True).click()
    note = page.locator("#panel .how")
    assert "rows have no sentence, because this page has no room for all of them" in (
        note.inner_text()
    )
    with page.expect_download() as caught:
        page.get_by_role("button", name="Download CSV").click()
    assert caught.value.suggested_filename == "mentions-without-some-sentences.csv"
    text = caught.value.path().read_text("utf-8-sig")
    without = sum(row["snippet"] == "" for row in csv.DictReader(io.StringIO(text)))
    assert 0 < without < 900
    said = page.locator("#panel .sheet-status").inner_text()
    assert said.startswith("900 rows saved.")
    assert f"{without} rows have no sentence" in said
    assert f"{without} rows" in note.inner_text()


def test_a_whole_table_says_nothing(path, open_page):
    page = open_page(path, accept_downloads=True)
    page.get_by_role("button", name="Table", exact=True).click()
    with page.expect_download() as caught:
        page.get_by_role("button", name="Download CSV").click()
    assert caught.value.suggested_filename == "mentions.csv"
    assert page.locator("#panel .how").is_hidden()
    assert page.locator("#panel .sheet-status").inner_text() == "219 rows saved."
