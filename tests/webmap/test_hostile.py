"""What an article may try: nothing of it runs, in Python or in the page, and it reads as text."""

from __future__ import annotations

import tempfile
from pathlib import Path

import pytest

from geomap.webmap import write_map
from tests.webmap.sample import make_row

ATTACKS = (
    "<script>window.hit = 1</script>",
    "</script><script>window.hit = 2</script>",
    "<!--<script>",
    "<img src=x onerror='window.hit = 3'>",
    "<svg onload=window.hit=4>",
    "{{ 7*7 }}",
    "{% raw %}",
    "{#",
    "{{ cycler.__init__.__globals__.os.system('touch FLAG') }}",
    "${window.hit = 5}",
    "`;window.hit = 6;`",
    "C:\\2019",
    "\\u003cscript\\u003ewindow.hit = 7\\u003c/script\\u003e",
    '"]}; window.hit = 8; //',
    "' onclick='window.hit = 9",
    "%3Cscript%3Ewindow.hit=10%3C/script%3E",
    "a\u2028window.hit = 11\u2029",
)


def _hostile_row(number, attack, flag):
    text = attack.replace("FLAG", str(flag))
    return make_row(
        "Raqqa",
        f"{text} near Raqqa",
        "literal",
        number,
        place_id=f"geomap:{text}-{number}",
        name=f"{text}{number}",
        title=f"{text} title",
        source=f"{text} source",
        url=f"javascript:{text}" if number % 2 else f'https://x.example/"{text}',
        admin1=text,
        relation=text,
        relation_type=text,
        relation_geometry=text,
        event_text=text,
        event_start="2016-06-10",
        event_end="2016-06-10",
        event_precision="day",
        story_id=f"{ATTACKS[0]} story",
        story_size=len(ATTACKS),
        article_id=text,
        surface="Raqqa",
        lat=30 + number / 4,
        lon=40 + number / 4,
    )


def _expected(text):
    return " ".join(text.replace("\u2028", "").replace("\u2029", "").split())


@pytest.fixture
def hostile(tmp_path):
    # a short name: longer texts are cut, and would not come back whole
    flag = Path(tempfile.mkdtemp(prefix="g")) / "f"
    rows = [_hostile_row(n, attack, flag) for n, attack in enumerate(ATTACKS)]
    whole = "".join(ATTACKS).replace("FLAG", str(flag))
    path = write_map(
        rows, tmp_path / "map.html", title=whole[:190], subtitle=whole, counts={whole: 1}
    )
    assert not flag.exists()
    return path, [attack.replace("FLAG", str(flag)) for attack in ATTACKS]


@pytest.mark.browser
def test_nothing_runs_and_all_comes_back_as_text(hostile, open_page):
    path, attacks = hostile
    page = open_page(path)
    names = page.locator("#panel tbody th bdi").all_inner_texts()
    for number, attack in enumerate(attacks):
        assert f"{_expected(attack)}{number}" in names
        name = page.get_by_role("button").filter(has_text=f"{_expected(attack)}{number}")
        name.first.evaluate("(button) => button.click()")
        panel = page.locator("#panel")
        assert panel.locator("h3").inner_text().startswith(_expected(f"{attack} title"))
        assert _expected(f"{attack} near Raqqa") in panel.locator("blockquote").inner_text()
        assert panel.locator("mark").inner_text() == "Raqqa"
        said = panel.locator(".why bdi").all_inner_texts()
        assert said == [_expected(attack)] * 2  # where, and when
        page.get_by_role("button", name="← Places").click()
    page.locator("#panel tbody th button").first.click()
    page.locator("#panel h3 .title").click()
    siblings = page.locator("#panel .siblings bdi").all_inner_texts()
    assert len(siblings) == 2 * (len(attacks) - 1)  # titles and sources
    page.get_by_role("button", name="About").click()
    assert page.evaluate("window.hit") is None
    assert page.locator("#panel a, img, iframe").count() == 0
    assert (
        page.evaluate("document.querySelectorAll('script:not([type])').length") == 4
    )  # that scripts run, Leaflet, the map, the page


@pytest.mark.browser
def test_a_megabyte_of_title_is_cut_and_direction_marks_are_gone(tmp_path, open_page):
    long = make_row("Raqqa", "Raqqa.", "literal", 1, title="x" * 1_000_000, source="y" * 1_000_000)
    turned = make_row(
        "Mosul", "Mosul \u202eelbisrever.", "literal", 2, title="\u202eevil\u2066 title"
    )
    path = write_map([long, turned], tmp_path / "map.html")
    assert path.stat().st_size < 750_000  # the budget of a small page
    page = open_page(path)
    page.locator("#panel").get_by_role("button", name="Mosul").click()
    assert page.locator("h3 bdi").inner_text() == "evil title"
    assert page.locator("blockquote bdi").inner_text() == "Mosul elbisrever."
    page.get_by_role("button", name="← Places").click()
    page.locator("#panel").get_by_role("button", name="Raqqa").click()
    assert page.locator("h3 bdi").inner_text() == "x" * 299 + "…"
