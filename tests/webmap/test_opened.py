"""A file opened in the page: by a button, or dropped on it; shown by the page's own script, and nothing of it is run."""

from __future__ import annotations

import base64
import csv
import datetime as dt
import json
import re

import pytest

import geomap
from geomap.export.csv import write_csv
from geomap.export.geojson import write_geojson
from geomap.export.jsonl import write_jsonl
from geomap.webmap import write_map
from tests.webmap.sample import make_records, make_row, make_spoken_records
from tests.webmap.test_access import SIZES, _violations

pytestmark = pytest.mark.browser

TEXT = """The market of Raqqa reopened on 3 May 2016. The village of Tal Jirz in Raqqa province was quiet, "=1+1" it said.
Clashes were heard 30 km north of Idlib and along the Euphrates. Turkish lorries crossed near Kilis and Kilis again."""


def _found():
    """What geomap finds in a few articles: relations with shapes, told times, a name that nobody locates, copies."""
    articles = [
        geomap.Article(
            id=f"news/{n}",
            text=TEXT if n % 2 else f"Part {n}. {TEXT}",
            title=["=HYPERLINK(1)", "'=1", "Ünï, “code” 🌍", ""][n % 4],
            source="Ledger, the",
            url=f"https://news.example/{n}",
            lang="en",
            published=geomap.DateSpan(start=day, end=day, precision="day", source="field"),
        )
        for n, day in enumerate(dt.date(2016, 5, 10 + n) for n in range(6))
    ]
    return list(geomap.find_mentions(articles))


TABLES = {
    "spoken": make_spoken_records,
    "found": _found,
    "own columns": lambda: [
        row | {"note": f"-{n}", "weight": n / 4, "code": f"00{n}"}
        for n, row in enumerate(make_records())
    ],
}


@pytest.fixture(scope="module")
def small(tmp_path_factory):
    """The page that files are opened in: it has two places, and lies elsewhere."""
    rows = [make_row("Paris", "Rain fell on Paris.", "literal", n) for n in range(3)]
    return write_map(rows, tmp_path_factory.mktemp("small") / "small.html", title="Rain")


def _choose(page, path):
    page.get_by_role("button", name="Share", exact=True).click()
    with page.expect_file_chooser() as chooser:
        page.get_by_role("button", name="Choose a file").press("Enter")
    chooser.value.set_files(path)


def _drop(page, name, content):
    """What a browser does when a file is let go over the page."""
    page.evaluate(
        """([name, letters]) => {
            const bytes = Uint8Array.from(atob(letters), (letter) => letter.charCodeAt(0));
            const dataTransfer = new DataTransfer();
            dataTransfer.items.add(new File([bytes], name));
            for (const kind of ["dragenter", "dragover", "drop"]) {
                document.getElementById("map_geomap").dispatchEvent(new DragEvent(kind, { dataTransfer, bubbles: true, cancelable: true }));
            }
        }""",
        [name, base64.b64encode(content).decode()],
    )


def _wait_for(page, name):
    page.set_default_timeout(10_000)
    page.locator("#title").get_by_text(name, exact=True).wait_for()
    page.wait_for_selector("body[data-ready]")


def _save(page, kind, path, rows="mentions"):
    if page.locator(".sheet").count() == 0:
        page.get_by_role("button", name="Table", exact=True).click()
    page.get_by_role("radio", name=rows.removesuffix("s"), exact=True).check()
    with page.expect_download() as download:
        page.get_by_role("button", name=f"Download {kind}").click()
    download.value.save_as(path)
    return path.read_text("utf-8-sig")


@pytest.mark.parametrize("suffix", ["csv", "jsonl", "geojson", "html", "fragment"])
@pytest.mark.parametrize("name", TABLES)
def test_rows_come_out_as_they_went_in(name, suffix, small, tmp_path, open_page):
    rows = TABLES[name]()
    path = write_map(rows, tmp_path / "own.html")
    own = open_page(path)
    wanted = {
        (kind, of): _save(own, kind, tmp_path / "own", of)
        for kind, of in [("CSV", "mentions"), ("CSV", "places"), ("GeoJSON", "mentions")]
    }
    if suffix == "fragment":
        path = write_map(rows, tmp_path / "fragment.html", embed=True)
    elif suffix != "html":
        path = tmp_path / f"given.{suffix}"
        {"csv": write_csv, "jsonl": write_jsonl, "geojson": write_geojson}[suffix](rows, path)
    page = open_page(small)
    _choose(page, path)
    _wait_for(page, path.name)
    assert page.locator("#summary").text_content() == own.locator("#summary").text_content()
    for (kind, of), text in wanted.items():
        assert _save(page, kind, tmp_path / "again", of) == text, (kind, of)


def _plain(cell):
    """A number as one, however it is written: 9.0 is 9."""
    try:
        return float(cell)
    except ValueError:
        return cell


def test_a_downloaded_table_is_the_one_that_was_given(small, tmp_path, open_page):
    """All cells, whoever wrote them: what geomap wrote, and what the page writes of it."""
    rows = [row for row in make_spoken_records() if row["kind"] != "embedded"]
    write_csv(rows, tmp_path / "given.csv")
    page = open_page(small)
    _choose(page, tmp_path / "given.csv")
    _wait_for(page, "given.csv")
    _save(page, "CSV", tmp_path / "again.csv")

    def read(path):
        with path.open(encoding="utf-8-sig", newline="") as file:
            rows = [
                {name: _plain(cell) for name, cell in row.items()} for row in csv.DictReader(file)
            ]
        return sorted((tuple(row.items()) for row in rows), key=str)

    given, again = read(tmp_path / "given.csv"), read(tmp_path / "again.csv")
    assert len(given) == len(again)
    shapes = {"relation_geometry"}  # whole steps of a degree: 38.50000 becomes 38.5
    for left, right in zip(given, again, strict=True):
        assert [cell for cell in left if cell[0] not in shapes] == [
            cell for cell in right if cell[0] not in shapes
        ]


def test_a_dropped_file_is_named_and_can_be_left_again(small, tmp_path, open_page):
    path = tmp_path / "new export.jsonl"
    write_jsonl(make_records(), path)
    page = open_page(small, fragment="#view=list&country=FR")
    before = page.locator("#summary").text_content()
    _drop(page, path.name, path.read_bytes())
    _wait_for(page, path.name)
    assert page.locator("h1").inner_text() == "new export.jsonl"
    told = page.locator("#opened")
    assert told.inner_text().startswith(
        "Shown is the file new export.jsonl, opened in this browser."
    )
    assert "219 mentions" in page.locator("#summary").inner_text()
    assert "country" not in page.evaluate("location.hash")
    assert page.locator("#fallback").count() == 0  # that table is the other's
    page.get_by_role("button", name="Filters", exact=True).click()
    page.locator(".filters label.option").filter(has_text="Iraq").locator("input").check()
    assert 0 < int(page.locator("#summary").inner_text().split()[0]) < 219
    page.get_by_role("button", name="Clear all").first.click()
    page.get_by_role("button", name="Compare", exact=True).click()
    page.get_by_label("Compare what is shown with").select_option("baseline")
    assert page.locator(".compare tbody tr").first.inner_text().split()[0] == "Raqqa"
    told.get_by_role("button", name="Back to the page’s own map").click()
    _wait_for(page, "Rain")
    assert page.locator("#summary").inner_text() == before
    assert page.locator("#opened").is_hidden()
    page.reload()
    page.wait_for_selector("body[data-ready]")
    assert page.locator("#title").inner_text() == "Rain"


def test_places_far_from_the_page_s_own_have_land_under_them(small, tmp_path, open_page):
    path = tmp_path / "far.csv"
    sydney = {"name": "Sydney", "place_id": "geonames:2147714", "lat": -33.87, "lon": 151.21}
    row = make_row("Paris", "Rain fell on Sydney.", "literal", 1) | sydney | {"country": "AU"}
    write_csv([row], path)
    page = open_page(small)
    _choose(page, path)
    _wait_for(page, path.name)
    assert page.get_by_role("button", name="Sydney").first.is_visible()
    on_screen = page.evaluate(
        """() => [...document.querySelectorAll(".leaflet-land-pane path")].some((path) => {
            const { width, height } = path.getBoundingClientRect();
            return width > 50 && height > 50;
        })"""
    )
    assert on_screen


def test_a_fault_is_seen_although_the_card_is_covered(small, open_page):
    page = open_page(small, fragment="#view=table")
    _drop(page, "a.csv", b"a,b\n1,2\n")
    told = page.locator(".share").get_by_role("status").filter(has_text="a.csv is not shown")
    told.wait_for()
    assert told.is_visible()


def test_a_second_file_takes_the_place_of_the_first(small, tmp_path, open_page):
    page = open_page(small)
    for name, rows in [("one.csv", make_records()[:30]), ("two.csv", make_records()[30:50])]:
        write_csv(rows, tmp_path / name)
        _drop(page, name, (tmp_path / name).read_bytes())
        _wait_for(page, name)
        assert page.locator("#summary").inner_text().startswith(f"{len(rows)} mentions")
    _drop(page, "bad.csv", b"a,b\n1,2\n")
    page.locator("#opened", has_text="bad.csv is not shown").wait_for()
    page.get_by_role("button", name="Share", exact=True).click()
    assert (
        page.get_by_role("heading", name="Link to this view").count() == 0
    )  # none leads to the file
    page.locator("#opened").get_by_role("button").click()
    _wait_for(page, "Rain")


HEAD = "article_id,surface,kind,place_id,lat,lon"
GOOD = {
    "article_id": "1",
    "surface": "Raqqa",
    "kind": "literal",
    "place_id": "x",
    "lat": 1,
    "lon": 2,
}
FAULTS = {
    "empty.csv": (b"", "it has no rows."),
    "heads.csv": (HEAD.encode(), "it has no rows."),
    "other.csv": (b"a,b\n1,2\n", "it lacks the columns article_id, surface, kind, place_id, lat, lon."),
    "cells.csv": (f"{HEAD}\n1,Raqqa,literal,x,1\n".encode(), "line 2 has 5 cells, the first line 6."),
    "open.csv": (f'{HEAD}\n1,"Raqqa\n,literal,x,1,2\n'.encode(), "line 2 has a quotation mark that does not fit."),
    "lines.csv": (f'{HEAD}\n1,"Ra\nqqa",literal,x,1,2\n1,a,odd,x,1,2\n'.encode(), "line 4: “odd” cannot stand in the column kind."),
    "twice.csv": (f"{HEAD},lat\n".encode(), "it has two columns lat."),
    "north.csv": (f"{HEAD}\n1,Raqqa,literal,x,91,2\n".encode(), "line 2: “91” cannot stand in the column lat."),
    "word.csv": (f"{HEAD}\n1,Raqqa,literal,x,1e5x,2\n".encode(), "line 2: “1e5x” cannot stand in the column lat."),
    "huge.csv": (f"{HEAD}\n1,Raqqa,literal,x,{'9' * 400},2\n".encode(), "cannot stand in the column lat."),
    "nan.jsonl": (b'{"article_id": "1", "lat": NaN}', "line 1 is not a JSON object."),
    "list.jsonl": (json.dumps(GOOD).encode() + b"\n[1, 2]", "line 2 is not a JSON object."),
    "deep.jsonl": (b'{"a":' * 200_000, "line 1 is not a JSON object."),
    "wide.jsonl": (json.dumps({f"c{n}": n for n in range(300)}).encode(), "it has more than 200 columns."),
    "nested.jsonl": (json.dumps(GOOD | {"lat": {"a": [1]}}).encode(), 'line 1: “{"a":[1]}” cannot stand in the column lat.'),
    "picture.png": (b"\x89PNG\r\n\x1a\n\x00\x00\xff\xfe", "it is not text in UTF-8."),
    "zeros.bin": (b"\x00" * 100, "it is not text in UTF-8."),
    "script.html": (b"<!DOCTYPE html><script>window.hit = 1; alert(1)</script><img src=x onerror=alert(1)>", "it is not a page of geomap, or its data cannot be read."),
    "block.html": (b'<script type="application/json" id="data">{"meta": {}, "tables": {}}</script>', "it is not a page of geomap, or its data cannot be read."),
    "bomb.html": (b'<script type="application/json" id="data">{"base":{},"tables":{},"strings":[],"columns":[{"layout":{"mentions":[["place",4000000000,0,1,0]]},"deflate":""}]}</script>', "it is not a page of geomap, or its data cannot be read."),
}  # fmt: skip


@pytest.mark.parametrize("name", FAULTS)
def test_what_is_wrong_is_said_and_the_map_stays(name, small, open_page):
    content, reason = FAULTS[name]
    page = open_page(small)
    before = page.locator("#summary").inner_text()
    _drop(page, name, content)
    page.locator("#opened", has_text="is not shown").wait_for()
    told = page.locator("#opened").inner_text()
    assert told.startswith(f"{name} is not shown: ")
    assert told.endswith(reason)
    assert page.locator("#summary").inner_text() == before
    assert page.evaluate("window.hit") is None


def test_a_file_of_a_hundred_megabytes_is_refused_before_it_is_read(small, tmp_path, open_page):
    path = tmp_path / "large.csv"
    with path.open("wb") as file:
        file.truncate(100 * 2**20)
    page = open_page(small)
    _choose(page, path)
    page.locator("#opened", has_text="it is larger than 64 MB.").wait_for()
    part = page.locator(".share section", has_text="Open another file")
    assert part.get_by_role("status").inner_text().endswith("larger than 64 MB.")


def _damage(path, change):
    """A page whose block of data is another one."""
    html = path.read_text("utf-8")
    block = re.search(r'id="data">([^<]*)</script>', html)
    data = json.loads(block[1])
    change(data)
    return (
        html[: block.start(1)] + json.dumps(data).replace("<", "\\u003c") + html[block.end(1) :]
    ).encode()


DAMAGE = {
    "base": lambda data: data.update(base={"arcs": "x"}),
    "outlines": lambda data: data["tables"].update(outlines=[["x"]]),
    "strings": lambda data: data.update(strings=[[1, None], []]),
    "letters": lambda data: data["columns"][0].update(deflate="!" * 40),
    "layout": lambda data: data["columns"][0]["layout"].update(mentions=[["place", 9, 1, 1, 0]]),
    "names": lambda data: data.update(names=[{"a": 1}] * 9),
    "none": lambda data: data.clear(),
}


@pytest.mark.parametrize("part", DAMAGE)
def test_a_damaged_page_is_refused(part, small, tmp_path, open_page):
    path = write_map(make_records(), tmp_path / "whole.html")
    page = open_page(small)
    _drop(page, "damaged.html", _damage(path, DAMAGE[part]))
    page.locator("#opened", has_text="damaged.html is not shown").wait_for()
    assert page.locator("#title").inner_text() == "Rain"


HOSTILE = {
    "__proto__": "own",
    "constructor": {"prototype": {"polluted": 1}},
    "toString": "text",
    "title": "<img src=x onerror='window.hit = 1'>{{7*7}}</script><script>window.hit = 1</script>",
    "url": "javascript:window.hit=1",
    "source": "\u202eevil",
    "snippet": "Raqqa " * 20_000,
    "story_id": "=cmd|'/c calc'!A1",
    "lang": "<b>",
    "name": "${window.hit = 1}",
    "relation": "x",
    "relation_geometry": "POLYGON ((1 1, 2 2, 1e9 3))",
    "date_start": "2016-99-99",
    "event_start": "9999-12-31",
    "start": 2_000_000_000,
    "end": 1,
}


@pytest.mark.parametrize("suffix", ["jsonl", "csv"])
def test_hostile_cells_are_text(suffix, small, tmp_path, open_page):
    rows = [GOOD | HOSTILE, GOOD | {"article_id": "__proto__", "place_id": "__proto__"}]
    if suffix == "jsonl":
        content = "\n".join(map(json.dumps, rows)).encode()
    else:
        names = list(rows[0])
        with (tmp_path / "x.csv").open("w", newline="") as file:
            writer = csv.DictWriter(file, names)
            writer.writeheader()
            writer.writerows({name: row.get(name, "") for name in names} for row in rows)
        content = (tmp_path / "x.csv").read_bytes()
    page = open_page(small)
    name = f"<img src=x onerror=alert(1)>.{suffix}"
    _drop(page, name, content)
    _wait_for(page, name)
    assert page.locator("h1").inner_text() == name
    assert page.evaluate("[window.hit, {}.polluted, {}.own]") == [None, None, None]
    text = _save(page, "CSV", tmp_path / "saved.csv")
    assert "javascript:" not in text
    assert "'=cmd|" in text
    page.locator("#panel-close").click()
    page.get_by_role("button", name="Places", exact=True).click()
    page.locator("#panel tbody button, #panel li button").first.click()
    assert page.locator("#panel img, #panel script").count() == 0


def test_a_part_says_how_and_speaks_the_page_s_language(tmp_path, open_page):
    rows = [make_row("Paris", "Rain fell on Paris.", "literal", 1)]
    words = {
        "en": "Choose a file",
        "ar": "اختيار ملف",
        "de": "Datei wählen",
        "fr": "Choisir un fichier",
        "tr": "Dosya seç",
    }
    for lang, button in words.items():
        page = open_page(write_map(rows, tmp_path / f"{lang}.html", lang=lang))
        page.locator("#show-share").click()
        assert page.get_by_role("button", name=button).is_visible()
        _drop(page, "a.csv", b"a,b\n1,2\n")
        page.locator("#opened", has_text="article_id").wait_for()
        write_csv(rows, tmp_path / "b.csv")
        _drop(page, "b.csv", (tmp_path / "b.csv").read_bytes())
        _wait_for(page, "b.csv")
        assert page.evaluate("document.documentElement.lang") == lang


def test_in_a_frame_without_rights_a_file_is_opened_too(tmp_path, open_page):
    rows = [make_row("Paris", "Rain fell on Paris.", "literal", 1)]
    host = tmp_path / "host.html"
    fragment = write_map(rows, tmp_path / "part.html", embed=True).read_text("utf-8")
    host.write_text(
        f'<!DOCTYPE html><html lang="en"><title>Host</title><body data-ready>{fragment}'
    )
    write_csv(make_records(), tmp_path / "b.csv")
    frame = open_page(host).frame_locator("iframe")
    frame.locator("body[data-ready]").wait_for()
    frame.locator("#show-share").click()
    frame.locator(".share input[type=file]").set_input_files(tmp_path / "b.csv")
    frame.locator("#opened", has_text="Shown is the file b.csv").wait_for()
    frame.locator("#summary", has_text="219 mentions").wait_for()


@pytest.mark.parametrize("size", SIZES)
def test_axe_finds_nothing_while_a_file_is_shown_or_refused(size, small, tmp_path, open_page):
    write_csv(make_spoken_records(), tmp_path / "b.csv")
    page = open_page(small, fragment="#view=share", **SIZES[size])
    _drop(page, "a.csv", b"a,b\n1,2\n")
    page.locator("#opened", has_text="a.csv is not shown").wait_for()
    assert _violations(page) == []
    _drop(page, "b.csv", (tmp_path / "b.csv").read_bytes())
    _wait_for(page, "b.csv")
    page.locator("#show-share").click()
    assert _violations(page) == []
