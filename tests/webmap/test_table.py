"""The table: read, sorted and saved as a person does; files are compared with the table of records."""

from __future__ import annotations

import csv
import io
import json

import geopandas
import pytest
from geopandas import GeoSeries

from geomap.records import COLUMNS
from geomap.tables import tally_places
from geomap.webmap import write_map
from tests.webmap.sample import make_frame, make_row, make_spoken_records, to_page_feature

pytestmark = pytest.mark.browser

NUMBERS = {"start", "end", "lat", "lon", "radius_km", "precision", "confidence", "story_size"}
NUMBERS |= {"relation_lat", "relation_lon", "relation_radius_km"}
ODD = {"title": '=1+1, "so" they say', "source": "@desk", "surface": "Raqqa", "end": 105}


@pytest.fixture(scope="module")
def records():
    return [*make_spoken_records(), make_row("Raqqa", "Raqqa, on its own.", "literal", 77, **ODD)]


@pytest.fixture(scope="module")
def path(tmp_path_factory, records):
    return write_map(make_frame(records), tmp_path_factory.mktemp("map") / "map.html")


@pytest.fixture(scope="module")
def many(tmp_path_factory):
    rows = [
        make_row("Raqqa", f"Line {n // 40}.", "literal", n % 40, start=n, end=n + 5)
        for n in range(20_000)
    ]
    return write_map(rows, tmp_path_factory.mktemp("many") / "map.html")


def _open(open_page, path, **options):
    page = open_page(path, accept_downloads=True, **options)
    page.get_by_role("button", name="Table", exact=True).click()
    return page


def _save(page, button):
    with page.expect_download() as caught:
        page.get_by_role("button", name=button).click()
    return caught.value.suggested_filename, caught.value.path().read_bytes()


def _column(page, index):
    cells = f"#panel tbody tr:not(.room):not([hidden]) > :nth-child({index})"
    return page.locator(cells).all_inner_texts()


def _cell(column, value):
    """A value of a record as its cell in a file that a spreadsheet may open."""
    if value is None:
        return None if column in NUMBERS else ""
    if column in NUMBERS:
        return float(value)
    return f"'{value}" if str(value).startswith(("=", "+", "-", "@")) else str(value)


def _is_drawn(record):
    return record["kind"] in ("literal", "associative") and record["status"] != "unknown"


def _key(record):
    return str(record["article_id"]), str(record["place_id"]), str(record["snippet"])


def test_the_csv_is_the_table_of_records_cell_by_cell(path, records, open_page):
    page = _open(open_page, path)
    name, content = _save(page, "Download CSV")
    assert name == "mentions.csv"
    assert content.startswith(b"\xef\xbb\xbf")  # or spreadsheets garble every accent
    rows = list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline="")))
    assert list(rows[0]) == list(COLUMNS)
    found = [
        {c: float(v) if c in NUMBERS and v else None if c in NUMBERS else v for c, v in row.items()}
        for row in rows
    ]
    expected = [{c: _cell(c, row[c]) for c in COLUMNS} for row in records if _is_drawn(row)]
    assert sorted(found, key=_key) == sorted(expected, key=_key)


def test_the_geojson_is_that_of_rfc_7946(path, records, open_page, tmp_path):
    page = _open(open_page, path)
    name, content = _save(page, "Download GeoJSON")
    assert name == "mentions.geojson"
    features = json.loads(content)["features"]
    drawn = [row for row in records if _is_drawn(row)]
    properties = [feature["properties"] for feature in features]
    assert list(properties[0]) == list(COLUMNS)
    assert sorted(properties, key=_key) == sorted(drawn, key=_key)
    written = [
        json.loads(json.dumps(to_page_feature(row)))["geometry"] for row in sorted(drawn, key=_key)
    ]
    features.sort(key=lambda feature: _key(feature["properties"]))
    assert [feature["geometry"] for feature in features] == written
    (tmp_path / "mentions.geojson").write_bytes(content)
    frame = geopandas.read_file(tmp_path / "mentions.geojson")
    assert frame.crs.to_epsg() == 4326
    points = frame[frame["relation_geometry"].isna()]
    assert (points.geometry.x == points["lon"]).all()
    assert (points.geometry.y == points["lat"]).all()
    areas = frame[frame["relation_geometry"].notna()]
    assert len(areas) == 5  # what a relation describes is its shape
    assert areas.geom_equals(GeoSeries.from_wkt(areas["relation_geometry"], crs=4326)).all()
    assert all(part.exterior.is_ccw for part in areas.geometry.explode() if part.area)
    assert set(frame.loc[frame["name"] == "Syria", "precision"]) == {5, 6}


@pytest.fixture(scope="module")
def own(tmp_path_factory):
    """A page with columns of the user's own; the name of one is that of what every object of a script has."""
    rows = [
        make_row("Raqqa", f"Line {n}.", "literal", n)
        | {"example_words": count, "desk": desk, "shape": "=1+1", "__proto__": "<b>x</b>"}
        for n, (count, desk) in enumerate([(12, "north"), (2.5, "south"), (None, None)])
    ]
    folder = tmp_path_factory.mktemp("own")
    write_map(rows, folder / "bare.html", text="none")
    return write_map(rows, folder / "map.html")


def test_columns_of_ones_own_stand_in_the_table_and_in_its_files(own, open_page):
    page = _open(open_page, own)
    heads = page.locator("#panel thead th").all_inner_texts()
    assert heads[-4:] == ["example_words", "desk", "shape", "__proto__"]
    content = _save(page, "Download CSV")[1].decode("utf-8-sig")
    found = list(csv.reader(io.StringIO(content, newline="")))
    assert found[0] == [*COLUMNS, "example_words", "desk", "shape", "__proto__"]
    words = [row[-4:] for row in sorted(found[1:])]
    rest = ["'=1+1", "<b>x</b>"]
    assert words == [["12", "north", *rest], ["2.5", "south", *rest], ["", "", *rest]]
    features = json.loads(_save(page, "Download GeoJSON")[1])["features"]
    properties = sorted((feature["properties"] for feature in features), key=_key)
    assert [row["example_words"] for row in properties] == [12, 2.5, None]
    assert [row["__proto__"] for row in properties] == ["<b>x</b>"] * 3
    for _ in range(2):
        page.get_by_role("button", name="example_words").click()
    at = heads.index("example_words") + 1
    assert set(_column(page, at)[:2]) == {"12", "2.5"}


def test_a_page_without_texts_keeps_numbers_of_ones_own_alone(own, open_page):
    page = _open(open_page, own.with_name("bare.html"))
    heads = page.locator("#panel thead th").all_inner_texts()
    assert "example_words" in heads
    assert not {"desk", "shape", "__proto__"} & set(heads)
    content = own.with_name("bare.html").read_text("utf-8")
    assert "north" not in _save(page, "Download CSV")[1].decode()
    assert "Line 1." not in content


def test_a_row_for_each_place_is_the_tally(path, records, open_page):
    page = _open(open_page, path)
    page.get_by_role("radio", name="place").check()
    assert page.locator(".sheet-status").inner_text() == "24 rows"
    name, content = _save(page, "Download CSV")
    assert name == "places.csv"
    rows = list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline="")))
    frame = make_frame([row for row in records if _is_drawn(row)])
    expected = tally_places(frame).set_index("place_id")
    assert len(rows) == len(expected)
    for row in rows:
        tally = expected.loc[row["place_id"]]
        for column in ("mentions", "articles", "stories", "literal", "associative", "ambiguous"):
            assert int(row[column]) == tally[column], (row["name"], column)
        for column in ("first_date", "last_date"):
            assert row[column] == str(tally[column])[:10]


def test_the_table_follows_filters_and_dates(path, open_page):
    page = _open(open_page, path)
    assert page.locator(".sheet-status").inner_text() == "226 rows"
    page.locator("#from").press("End")
    page.get_by_label("Undated (2)").uncheck()
    shown = page.locator("#summary").text_content().split()[0]
    assert page.locator(".sheet-status").inner_text() == f"{shown} rows"
    _, content = _save(page, "Download CSV")
    assert content.decode().count("\n") == int(shown) + 1
    assert {row["date_start"][:4] for row in csv.DictReader(io.StringIO(content.decode()))} == {
        "2019"
    }


def test_every_column_sorts_both_ways(path, open_page):
    page = _open(open_page, path)
    for rows in ("mention", "place"):
        page.get_by_role("radio", name=rows, exact=True).check()
        heads = page.locator("#panel thead th")
        assert heads.count() == (12 if rows == "mention" else 11)
        for index in range(heads.count()):
            button = heads.nth(index).locator("button")
            seen = set()
            for _ in range(2):
                button.press("Enter")  # the focus stays where it is
                assert button.evaluate("node => node === document.activeElement")
                seen.add(heads.nth(index).get_attribute("aria-sort"))
            assert seen == {"ascending", "descending"}
            assert page.locator('#panel th[aria-sort="none"]').count() == (
                11 if rows == "mention" else 10
            )
    heads.nth(0).locator("button").click()
    names = _column(page, 1)
    assert names == sorted(names, key=str.casefold)
    heads.nth(6).locator("button").click()
    counts = [int(text) for text in _column(page, 7)]
    assert counts == sorted(counts, reverse=True)


def test_rows_of_one_rank_stay_in_the_order_of_dates(path, open_page):
    page = _open(open_page, path)
    page.locator('#panel [data-sort="country"]').click()
    assert _column(page, 5)[:3] == ["France"] * 3
    assert _column(page, 1)[0] == "1 Jan 2014"
    page.wait_for_timeout(500)
    again = open_page(path, fragment=page.evaluate("location.hash"))
    assert _column(again, 5)[:3] == ["France"] * 3


def test_copy_puts_the_rows_on_the_clipboard(path, records, open_page):
    page = _open(open_page, path, permissions=["clipboard-read", "clipboard-write"])
    page.get_by_role("button", name="Copy").click()
    page.get_by_text("226 rows copied").wait_for()
    lines = page.evaluate("navigator.clipboard.readText()").rstrip("\n").split("\n")
    assert lines[0].split("\t") == list(COLUMNS)
    titles = sorted(line.split("\t")[1] for line in lines[1:])
    assert titles == sorted(_cell("title", row["title"]) for row in records if _is_drawn(row))


def test_a_place_opens_from_the_keyboard(path, open_page):
    page = _open(open_page, path)
    page.locator('#panel [data-sort="place"]').press("Enter")
    buttons = page.locator("#panel tbody .place")
    assert page.locator('#panel tbody .place[tabindex="0"]').count() == 1
    buttons.first.press("ArrowDown")
    focused = "document.activeElement.closest('tr').getAttribute('aria-rowindex')"
    assert page.evaluate(focused) == "3"
    page.keyboard.press("End")
    assert page.evaluate(focused) == "227"
    assert page.evaluate("document.activeElement.getBoundingClientRect().bottom") <= page.evaluate(
        "document.querySelector('.sheet-scroll').getBoundingClientRect().bottom"
    )
    page.keyboard.press("PageUp")
    assert int(page.evaluate(focused)) < 215
    page.keyboard.press("Home")
    name = page.evaluate("document.activeElement.innerText")
    page.keyboard.press("Enter")
    assert page.locator("#panel h2").inner_text() == name == "Aleppo"


def test_of_many_rows_only_those_in_view_exist(many, open_page):
    page = open_page(many)
    page.locator("#show-table").click()
    assert page.locator("#panel tbody tr").count() < 90
    assert page.locator("#panel table").get_attribute("aria-rowcount") == "20001"
    page.locator(".sheet-scroll").evaluate("node => { node.scrollTop = node.scrollHeight; }")
    page.locator('#panel tr[aria-rowindex="20001"]').wait_for()
    box = page.locator('#panel tr[aria-rowindex="20001"]').bounding_box()
    strip = page.locator("#strip").bounding_box()
    assert strip["y"] - 40 <= box["y"] + box["height"] <= strip["y"] + 1


def test_a_phone_gets_the_whole_screen(path, open_page):
    page = _open(open_page, path, viewport={"width": 390, "height": 844}, has_touch=True)
    box = page.locator("#panel").bounding_box()
    assert (box["x"], box["y"], box["width"]) == (0, 0, 390)
    assert page.evaluate("document.documentElement.scrollWidth") == 390
    page.get_by_role("button", name="Close the panel").click()
    assert page.locator("#panel").is_hidden()


def test_a_map_of_nothing_has_an_empty_table(tmp_path, open_page):
    page = _open(open_page, write_map([], tmp_path / "map.html"))
    assert page.locator(".sheet-status").inner_text() == "0 rows"
    assert _save(page, "Download GeoJSON")[1] == (b'{"type":"FeatureCollection","features":[\n]}\n')
