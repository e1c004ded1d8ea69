"""Names of countries and places in the page's language."""

from __future__ import annotations

import csv
import importlib.util
import io
import json
from pathlib import Path

import pytest

import geomap.webmap
from geomap.webmap import write_map
from tests.webmap.sample import make_frame, make_row

ROOT = Path(__file__).resolve().parents[2]
SVALBARD = {
    "place_id": "geonames:2729907",
    "name": "Longyearbyen",
    "lat": 78.22334,
    "lon": 15.64689,
    "country": "SJ",
    "admin1": None,
}


def test_the_names_are_those_of_the_tables():
    path = ROOT / "gazetteer" / "build" / "local_names.py"
    spec = importlib.util.spec_from_file_location("local_names", path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    written = Path(geomap.webmap.__file__).with_name("local_names.json").read_text("utf-8")
    assert json.loads(written) == module.build()


def test_maps_show_no_names_of_the_past():
    written = Path(geomap.webmap.__file__).with_name("local_names.json").read_text("utf-8")
    names = json.loads(written)
    shown = {name for places in names["places"].values() for name in places.values()}
    assert shown.isdisjoint({"Konstantinopel", "Reval", "Édesse", "Smyrne", "Königsberg"})
    assert names["countries"]["de"]["DE"] == "Deutschland"
    assert names["countries"]["fr"]["US"] == "États-Unis"
    assert names["countries"]["tr"]["TR"] == "Türkiye"


def test_the_table_without_scripts_speaks_the_language(tmp_path):
    html = write_map(make_frame(), tmp_path / "map.html", lang="fr").read_text("utf-8")
    assert "<td>Syrie</td><td>Syrie</td>" in html
    assert "<td>Damas</td><td>Syrie</td>" in html


@pytest.mark.browser
def test_places_and_countries_are_called_as_the_language_does(tmp_path, open_page):
    page = open_page(write_map(make_frame(), tmp_path / "map.html", lang="de"))
    rows = page.locator("#panel tbody th").all_inner_texts()
    assert "Rakka\nRakka, Syrien" in rows or "Rakka\nRaqqa, Syrien" in rows
    assert "Damaskus" in "\n".join(rows)
    assert "SYRIEN" in page.locator(".label").all_text_contents()


@pytest.mark.browser
def test_the_table_s_name_stays_in_files_and_is_found(tmp_path, open_page):
    page = open_page(
        write_map(make_frame(), tmp_path / "map.html", lang="de"), accept_downloads=True
    )
    page.get_by_label("Ort oder Artikel").fill("Damascus")
    assert page.locator("#find").get_by_role("option").first.inner_text().startswith("Damaskus")
    page.keyboard.press("Escape")
    page.get_by_role("button", name="Tabelle", exact=True).click()
    with page.expect_download() as caught:
        page.get_by_role("button", name="CSV").click()
    text = caught.value.path().read_text("utf-8-sig")
    names = {row["name"] for row in csv.DictReader(io.StringIO(text))}
    assert {"Damascus", "Syria", "Raqqa"} <= names
    assert not {"Damaskus", "Syrien", "Rakka"} & names


@pytest.mark.browser
def test_a_country_that_the_base_map_lacks_has_a_name(tmp_path, open_page):
    rows = [make_row("Raqqa", "Snow fell on Longyearbyen.", "literal", 1, **SVALBARD)]
    page = open_page(write_map(rows, tmp_path / "map.html"))
    assert "Svalbard and Jan Mayen" in page.locator("#panel").inner_text()
    assert "SJ" not in page.locator("#panel").inner_text()
