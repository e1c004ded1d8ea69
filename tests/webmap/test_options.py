"""What a page may be told, and what it refuses."""

from __future__ import annotations

import datetime as dt
import json
import re

import pytest

from geomap.errors import InputError
from geomap.model import Article
from geomap.webmap.options import ALL_TEXTS_LIMIT, TEXT_LIMIT, carried_texts, check_tiles
from geomap.webmap.page import render_map
from tests.webmap.sample import make_row
from tests.webmap.test_packing import unpack

ROW = make_row("Raqqa", "Rain fell on Raqqa.", "literal", 1)
TILES = "https://tiles.example:8443/map/{z}/{x}/{y}@2x.png?key=a-1"


def data_of(html):
    block = re.search(r'<script type="application/json" id="data">(.*?)</script>', html, re.DOTALL)
    return json.loads(block[1])


def policy_of(html):
    return re.search(r'http-equiv="Content-Security-Policy" content="([^"]*)"', html)[1]


def test_options_reach_the_page():
    html = render_map(
        [ROW],
        credit="  The\u202e desk ",
        center=(35.9500001, 39),
        zoom=6,
        created=dt.date(2026, 1, 2),
    )
    meta = data_of(html)["meta"]
    wanted = {
        "credit": "The desk",
        "center": [35.95, 39.0],
        "zoom": 6.0,
        "tiles": None,
        "basemap": None,
        "text": "snippets",
        "created": "2026-01-02",
    }
    assert {key: meta[key] for key in wanted} == wanted


def test_a_page_has_no_date_unless_it_is_given_one():
    assert data_of(render_map([ROW]))["meta"]["created"] is None


def test_tiles_widen_the_policy_by_one_origin_alone():
    without = render_map([ROW], projection="mercator")
    with_tiles = render_map([ROW], tiles=TILES)
    assert data_of(with_tiles)["meta"]["tiles"] == TILES
    added = policy_of(with_tiles).replace(" https://tiles.example:8443", "")
    assert added == policy_of(without)
    assert "img-src data: https://tiles.example:8443;" in policy_of(with_tiles)


@pytest.mark.parametrize(
    ("url", "reason"),
    [
        ("http://tiles.example/{z}/{x}/{y}.png", "https://"),
        ("javascript:alert(1)/{z}/{x}/{y}", "characters that a URL"),
        ("//tiles.example/{z}/{x}/{y}", "https://"),
        ("https:///{z}/{x}/{y}", "the host is one name"),
        ("https://*/{z}/{x}/{y}", "the host is one name"),
        ("https://{s}.tiles.example/{z}/{x}/{y}", "the host is one name"),
        ("https://me:secret@tiles.example/{z}/{x}/{y}", "the host is one name"),
        ("https://tiles.example;script-src/{z}/{x}/{y}", "characters that a URL"),
        ("https://tiles.example 'unsafe-inline'/{z}/{x}/{y}", "characters that a URL"),
        ('https://tiles.example"><script>/{z}/{x}/{y}', "characters that a URL"),
        ("https://tiles.example,evil/{z}/{x}/{y}", "the host is one name"),
        ("https://tiles.example/{z}/{x}", "once each"),
        ("https://tiles.example/{z}/{x}/{y}/{y}", "once each"),
        ("https://tiles.example/{z}/{x}/{y}/{r}", "nothing but"),
        ("https://tiles.example/{{7*7}}/{z}/{x}/{y}", "nothing but"),
        ("https://tiles.example/{z}/{x}/{y}}", "nothing but"),
        ("https://[::1/{z}/{x}/{y}", "characters that a URL"),
        ("https://tiles.example/{z}/{x}/{y}" + "a" * 1000, "longer than"),
        ("", "characters that a URL"),
    ],
)
def test_tiles_that_no_page_can_hold(url, reason):
    with pytest.raises(InputError, match=reason):
        check_tiles(url)


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"center": (95, 0)}, r"latitude in \[-85, 85\]"),
        ({"center": (39.0, 359.0)}, r"got 39.0, 359.0"),
        ({"center": (float("nan"), 0)}, "got nan, 0"),
        ({"zoom": 0}, "zoom from 1"),
        ({"zoom": float("nan")}, "zoom from 1"),
        ({"text": "all"}, "one of snippets, full, none, got 'all'"),
        ({"text": "full"}, "needs the articles"),
        ({"tiles": "x"}, "expected tiles as a template"),
        ({"basemap": "missing.geojson"}, "cannot read the base map from missing.geojson"),
    ],
)
def test_options_are_refused(options, message):
    with pytest.raises(InputError, match=message):
        render_map([ROW], **options)


def strings_of(html):
    parts = [unpack(part) for part in data_of(html)["strings"]]
    return [text for part in parts for text in json.loads(part)]


def test_the_page_carries_as_much_text_as_it_is_told():
    article = Article(id=ROW["article_id"], text="Rain fell on Raqqa. And on the river.\x00\u202e")
    other = Article(id="other", text="No place.")
    none = render_map([ROW], text="none", articles=[article])
    snippets = render_map([ROW], articles=[article])
    full = render_map([ROW], text="full", articles=[article, other])
    assert "Raqqa" in strings_of(none)
    assert not any("Rain fell" in text for text in strings_of(none))
    assert "Rain fell on Raqqa." in strings_of(snippets)
    assert not any("And on the river" in text for text in strings_of(snippets))
    texts = data_of(full)["tables"]["texts"]
    assert texts == [[ROW["article_id"], "Rain fell on Raqqa. And on the river.  "]]


def test_texts_are_bounded_and_keep_their_offsets():
    long = "\r\nRaqqa \ud800 x" + "y" * TEXT_LIMIT
    articles = [Article(id=str(number), text=long) for number in range(400)]
    pairs = carried_texts(articles, {article.id for article in articles})
    assert all(text.index("Raqqa") == 2 and len(text) <= TEXT_LIMIT for _, text in pairs)
    assert sum(len(text) for _, text in pairs) == ALL_TEXTS_LIMIT
    assert [article_id for article_id, _ in pairs] == sorted(article_id for article_id, _ in pairs)


@pytest.mark.parametrize("attack", ["</script><script>", "{{ 7*7 }}", "<!--<script>", "\u2028"])
def test_a_full_text_stays_text(attack):
    article = Article(id=ROW["article_id"], text=f"Rain fell on Raqqa. {attack}")
    html = render_map([ROW], text="full", articles=[article])
    assert attack not in html[html.index('id="data"') :].split("</script>")[0]
    [[_, text]] = data_of(html)["tables"]["texts"]
    assert text == article.text.replace("\u2028", " ")
