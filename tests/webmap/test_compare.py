"""What rose and fell: since an earlier table, since the days before, between sources and kinds."""

from __future__ import annotations

import csv
import io
import json
import re

import pytest
from click.testing import CliRunner
from playwright.sync_api import expect

from geomap.cli.commands import cli
from geomap.errors import TableError
from geomap.webmap import write_map
from geomap.webmap.baseline import read_baseline
from tests.webmap.sample import make_frame, make_records, make_row


def _earlier():
    """The desk with more of Mosul, less of Raqqa, without Baghouz, and with Homs, which is gone now."""
    rows = [row for row in make_records() if row["name"] != "Baghouz"]
    raqqa = [row for row in rows if row["name"] == "Raqqa"]
    rows = [row for row in rows if row not in raqqa[:10]]
    mosul = [row for row in rows if row["name"] == "Mosul"]
    homs = {"place_id": "geonames:169577", "name": "Homs", "lat": 34.7268, "lon": 36.7234}
    rows += [row | {"start": 500} for row in mosul[:4]]
    return [*rows, make_row("Idlib", "Homs.", "literal", 1, **homs)]


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    folder = tmp_path_factory.mktemp("compare")
    lines = "".join(json.dumps(row) + "\n" for row in _earlier())
    (folder / "april.jsonl").write_text(lines, encoding="utf-8")
    write_map(make_frame(), folder / "map.html", baseline=folder / "april.jsonl", theme="light")
    return folder


def _rows(page):
    cells = page.locator("#panel .compare tbody tr").all_inner_texts()
    return {row.split("\n")[0].split("\t")[0]: row.split("\t")[1:] for row in cells}


def test_a_table_is_counted_the_same_from_csv(folder, tmp_path):
    make_frame(_earlier()).to_csv(tmp_path / "april.csv", index=False)
    assert read_baseline(tmp_path / "april.csv") == read_baseline(folder / "april.jsonl")
    counted = {place["name"]: place["mentions"] for place in read_baseline(folder / "april.jsonl")}
    assert (counted["Mosul"], counted["Raqqa"], counted["Homs"]) == (18, 20, 1)
    assert "Baghouz" not in counted


def test_what_is_no_table_is_refused(tmp_path):
    (tmp_path / "old.csv").write_text("a,b\n1,2\n")
    with pytest.raises(TableError, match="lacks"):
        read_baseline(tmp_path / "old.csv")


def test_the_command_refuses_it_before_it_reads(tmp_path):
    (tmp_path / "a.txt").write_text("Rain fell on Raqqa.")
    result = CliRunner().invoke(
        cli,
        [
            *("map", str(tmp_path / "a.txt"), "-o", str(tmp_path / "m.html")),
            *("--baseline", str(tmp_path / "none.csv")),
        ],
    )
    assert result.exit_code == 2
    assert "none.csv" in result.output
    assert not (tmp_path / "m.html").exists()


@pytest.mark.browser
def test_an_earlier_table_tells_new_gone_up_and_down(folder, open_page):
    page = open_page(folder / "map.html", accept_downloads=True)
    page.get_by_role("button", name="Compare", exact=True).click()
    page.get_by_label("Compare what is shown with").select_option(
        label="the earlier table april.jsonl"
    )
    rows = _rows(page)
    assert rows["Raqqa"] == ["20", "30", "+10"]
    assert rows["Mosul"] == ["18", "14", "-4"]
    assert rows["Baghouz"] == ["0", "5", "new"]
    assert rows["Homs"] == ["1", "0", "gone"]
    assert set(rows) == {"Raqqa", "Mosul", "Baghouz", "Homs"}
    assert page.locator("path.gone").get_attribute("aria-label") == "Homs: gone; it had 1 mention"
    raqqa = page.locator('.circle[aria-label^="Raqqa"]')
    assert raqqa.get_attribute("aria-label") == "Raqqa: 30 shown, 20 there, +10"
    assert raqqa.get_attribute("data-bands").startswith("4=")
    assert page.locator('.circle[aria-label^="Mosul"]').get_attribute("data-bands").startswith("5=")
    assert page.locator("#legend").get_by_text("More than there").is_visible()
    with page.expect_download() as caught:
        page.get_by_role("button", name="Download CSV").click()
    text = caught.value.path().read_text("utf-8-sig")
    found = {row["name"]: row["change"] for row in csv.DictReader(io.StringIO(text))}
    assert found["Homs"] == "'-1" or found["Homs"] == "-1"
    page.wait_for_timeout(500)
    again = open_page(folder / "map.html", fragment=page.url[page.url.index("#") :])
    assert _rows(again) == rows
    again.get_by_label("Compare what is shown with").select_option("")
    expect(again.locator("path.gone")).to_have_count(0)
    expect(again.locator('.circle[aria-label^="Mosul"]')).to_have_attribute(
        "data-bands", re.compile(r"^0=")
    )


@pytest.mark.browser
def test_the_days_before_are_as_many(folder, open_page):
    fragment = "#from=2016-01-01&to=2016-12-31&view=compare"
    page = open_page(folder / "map.html", fragment=fragment)
    page.get_by_label("Compare what is shown with").select_option("before")
    rows = _rows(page)
    before = open_page(folder / "map.html", fragment="#from=2014-12-31&to=2015-12-31&view=list")
    now = open_page(folder / "map.html", fragment="#from=2016-01-01&to=2016-12-31&view=list")
    listed = [_listed(one) for one in (before, now)]
    assert rows
    for name, (there, shown, _) in rows.items():
        assert int(there) == listed[0].get(name, 0), name
        assert int(shown) == listed[1].get(name, 0), name


def _listed(page):
    rows = page.locator("#panel .list tbody tr").all_inner_texts()
    return {row.split("\n")[0].split("\t")[0]: int(row.split("\t")[1]) for row in rows}


@pytest.mark.browser
def test_a_source_is_compared_with_the_others(folder, open_page):
    page = open_page(folder / "map.html", fragment="#view=compare")
    page.get_by_label("Compare what is shown with").select_option("source:Agency Nine")
    assert "Agency Nine" not in page.locator("#chips").inner_text()
    alone = open_page(folder / "map.html", fragment="#source=Agency+Nine&view=list")
    listed = _listed(alone)
    for name, (there, *_) in _rows(page).items():
        assert int(there) == listed.get(name, 0), name


@pytest.mark.browser
def test_the_two_kinds_have_nothing_in_common(folder, open_page):
    page = open_page(folder / "map.html", fragment="#view=compare")
    page.get_by_label("Compare what is shown with").select_option("kind:associative")
    assert _rows(page)["Raqqa"] == ["9", "21", "+12"]
    assert _rows(page)["Washington"] == ["9", "0", "gone"]
