"""The page as bytes: the same twice, small, and with nothing in it that loads or runs."""

from __future__ import annotations

import base64
import hashlib
import json
import re
import subprocess
import sys

import pytest

from geomap.errors import InputError, OutputError, TableError
from geomap.webmap.page import render_map, write_map
from tests.webmap.sample import make_frame, make_records, make_row


@pytest.fixture(scope="module")
def html() -> str:
    return render_map(make_frame(), title="Bread & <water>", subtitle="A test", lang="en-GB")


def test_the_same_records_give_the_same_bytes_in_any_order(html):
    shuffled = make_frame(make_records()[::-1])
    again = render_map(shuffled, title="Bread & <water>", subtitle="A test", lang="en-GB")
    assert again == html


def test_a_frame_and_its_records_give_the_same_page():
    assert render_map(make_records()) == render_map(make_frame())


def test_a_small_map_is_a_small_file(tmp_path):
    few = [make_row("Raqqa", "Rain fell on Raqqa.", "literal", n) for n in range(5)]
    assert (
        write_map(few, tmp_path / "new" / "map.html").stat().st_size < 750_000
    )  # the budget of a small page
    assert [path.name for path in (tmp_path / "new").iterdir()] == ["map.html"]


def test_nothing_is_loaded(html):
    assert re.findall(r"<link|<script[^>]* src|<img|<object|sourceMappingURL", html) == []
    # the words of a frame stand in the script, which hands them out to be put into other pages
    markup = re.sub(r"<script.*?</script>", "", html, flags=re.DOTALL)
    assert "<iframe" not in markup
    styles = "".join(re.findall(r"<style>(.*?)</style>", html, re.DOTALL))
    assert re.findall(r"@import|url\(", styles) == []


def test_title_language_and_zoom(html):
    assert '<html lang="en-GB" dir="ltr" data-theme="auto">' in html
    assert "<title>Bread &amp; &lt;water&gt;</title>" in html
    assert html.count('name="viewport"') == 1
    assert "user-scalable" not in html


def test_the_policy_names_each_script_and_style_by_its_hash(html):
    policy = re.search(r'http-equiv="Content-Security-Policy" content="([^"]*)"', html)[1]
    bodies = re.findall(r"<script>(.*?)</script>", html, re.DOTALL)
    bodies += re.findall(r"<style>(.*?)</style>", html, re.DOTALL)
    wanted = {base64.b64encode(hashlib.sha256(body.encode()).digest()).decode() for body in bodies}
    assert set(re.findall(r"'sha256-([^']*)'", policy)) == wanted
    assert policy.startswith("default-src 'none'; script-src 'sha256-")
    assert "unsafe" not in policy
    assert html.index("Content-Security-Policy") < html.index("<script")


def test_no_markup_carries_a_style_or_a_handler(html):
    body = html[html.index("<body>") : html.index('<script type="application/json"')]
    assert re.findall(r"\s(?:style|on[a-z]+)=", body) == []


@pytest.mark.parametrize(
    ("options", "error", "message"),
    [
        ({"theme": "sepia"}, InputError, "expected a theme of auto, light, dark, got 'sepia'"),
        ({"lang": '"><script>'}, InputError, "expected a language tag"),
    ],
)
def test_options_are_checked(options, error, message):
    with pytest.raises(error, match=message):
        render_map([], **options)


def test_a_missing_column_is_named():
    with pytest.raises(TableError, match="lacks the columns kind, lat"):
        render_map(make_frame().drop(columns=["kind", "lat"]))


def test_a_folder_that_cannot_be_made_is_an_output_error(tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(OutputError, match="cannot write"):
        write_map([], tmp_path / "file" / "map.html")


def test_an_empty_table_gives_a_page():
    block = _data(render_map([]))
    assert block["meta"]["title"] == "Places named in 0 articles"


def test_a_large_table_is_packed():
    rows = [
        make_row("Raqqa", "Rain fell.", "literal", 1, place_id=f"p{n}", surface=f"Raqqa {n}")
        for n in range(9000)
    ]
    assert set(_data(render_map(rows))["tables"]) == {"deflate"}


def test_the_package_opens_without_folium():
    code = "import sys, geomap.webmap; sys.exit('folium' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def _data(html):
    block = re.search(r'<script type="application/json" id="data">(.*?)</script>', html, re.DOTALL)
    return json.loads(block[1])
