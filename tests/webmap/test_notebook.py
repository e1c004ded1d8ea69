"""Maps for notebooks: nothing of an article runs in them, and they need no network."""

from __future__ import annotations

import re

import folium
import pytest

from geomap import MentionMap, to_folium
from geomap.errors import InputError, TableError
from geomap.webmap.page import render_map
from tests.webmap.sample import make_frame, make_records, make_row
from tests.webmap.test_hostile import ATTACKS, _expected


def hostile_rows(flag):
    texts = [attack.replace("FLAG", str(flag)) for attack in ATTACKS]
    return texts, [
        make_row(
            "Raqqa",
            f"{text} near Raqqa",
            "literal",
            number,
            place_id=f"geomap:{text}-{number}",
            name=text,
            title=text,
            source=text,
            admin1=text,
            relation=text,
            lat=30 + number / 4,
            lon=40 + number / 4,
        )
        for number, text in enumerate(texts)
    ]


def test_a_folium_map_is_one(tmp_path):
    shown = to_folium(make_frame())
    assert isinstance(shown, folium.Map)
    folium.CircleMarker([35, 39], radius=4).add_to(shown)
    shown.save(tmp_path / "map.html")
    html = (tmp_path / "map.html").read_text("utf-8")
    assert re.findall(r"<link|<script[^>]* src|<img", html) == []
    assert "L.circleMarker(" in html.split('id="data"')[1]
    assert "Families were seen leaving" not in html  # no sentence is in it


def test_the_same_mentions_give_the_same_map():
    first, again = (to_folium(make_records()).get_root().render() for _ in range(2))
    assert first == again


@pytest.mark.parametrize("times", [1, 3])
def test_a_hostile_article_runs_nothing_in_python(tmp_path, times):
    flag = tmp_path / "flag"
    texts, rows = hostile_rows(flag)
    shown = to_folium(rows)
    for _ in range(times):
        html = shown.get_root().render()
    assert not flag.exists()
    assert "{{" not in html.split('id="data">')[1].split("</script>")[0]
    assert not [text for text in texts if "<" in text and text in html]


@pytest.mark.browser
def test_a_hostile_article_runs_nothing_in_the_browser(tmp_path, open_page):
    texts, rows = hostile_rows("flag")  # no path, which could be so long that it is cut
    to_folium(rows).save(tmp_path / "map.html")
    page = open_page(tmp_path / "map.html")
    told = page.evaluate(
        """() => {
          const told = [];
          map_geomap.eachLayer((layer) => {
            if (!(layer instanceof L.CircleMarker)) return;
            layer.openPopup();
            told.push(layer.getPopup().getElement().querySelector("strong").textContent);
          });
          return told;
        }"""
    )
    assert sorted(told) == sorted(_expected(text) for text in texts)
    assert page.evaluate("window.hit") is None
    assert page.locator("img, iframe, a[href^=javascript]").count() == 0


@pytest.mark.browser
def test_what_a_notebook_map_draws(tmp_path, open_page):
    to_folium(make_records(), kinds=["literal"]).save(tmp_path / "map.html")
    page = open_page(tmp_path / "map.html")
    found = page.evaluate(
        """() => {
          const found = {};
          map_geomap.eachLayer((layer) => {
            if (!layer.getPopup || !layer.getPopup()) return;
            layer.openPopup();
            const [name, counts] = layer.getPopup().getElement().querySelectorAll("strong, span");
            found[name.textContent] = [layer.getRadius ? "circle" : "area", counts.textContent];
          });
          return found;
        }"""
    )
    assert found["Raqqa"] == ["circle", "21 literal"]
    assert found["Syria"] == ["area", "18 literal"]
    assert found["Raqqa Governorate"] == ["area", "6 literal"]
    assert not {"Middle East", "Euphrates River", "Damascus"} & set(found)


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"kinds": ["embedded"]}, "expected kinds of literal, associative, got 'embedded'"),
        ({"tiles": "http://a/{z}/{x}/{y}"}, "https://"),
        ({"center": (0, 200)}, "longitude in"),
        ({"zoom": 77}, "a zoom from 1"),
    ],
)
def test_options_of_a_folium_map(options, message):
    with pytest.raises(InputError, match=message):
        to_folium([], **options)


def test_no_mentions_give_a_map():
    assert "map_geomap" in to_folium([]).get_root().render()


def test_a_mention_map_is_the_page(tmp_path):
    shown = MentionMap(make_records(), title="Bread", theme="dark")
    assert shown.to_html() == render_map(make_records(), title="Bread", theme="dark")
    assert shown.save(tmp_path / "new" / "map.html").read_text("utf-8") == shown.to_html()
    frame = shown._repr_html_()
    assert frame.startswith('<iframe title="geomap" sandbox="allow-scripts" srcdoc="')
    assert frame.count("<") == 2
    assert frame.count('"') == 8


def test_a_mention_map_refuses_what_the_page_refuses():
    with pytest.raises(InputError, match="pixels, got 5"):
        MentionMap([], height=5)
    with pytest.raises(InputError, match="expected a theme"):
        MentionMap([], theme="pink")
    with pytest.raises(TableError, match="lacks"):
        MentionMap([{"name": "Raqqa"}])


@pytest.mark.browser
def test_a_mention_map_shows_itself_in_a_frame_without_rights(tmp_path, browser):
    _, rows = hostile_rows(tmp_path / "flag")
    shown = MentionMap([*make_records(), *rows])
    path = tmp_path / "notebook.html"
    path.write_text(f"<!doctype html><title>n</title>{shown._repr_html_()}", "utf-8")
    noise = []
    context = browser.new_context(offline=True)
    try:
        page = context.new_page()
        page.on("console", lambda message: noise.append(message.text))
        page.on("pageerror", lambda error: noise.append(str(error)))
        page.goto(path.as_uri())
        frame = page.frame_locator("iframe")
        frame.locator("body[data-ready]").wait_for()
        inner = page.frames[1]
        assert inner.evaluate("window.origin") == "null"
        assert inner.evaluate("window.hit") is None
        page.wait_for_timeout(600)  # the address of the page is written a moment later
    finally:
        context.close()
    assert noise == []
