"""A hostile article, from its file through the command line to the page and the tables."""

from __future__ import annotations

import csv
import json

import pytest
from click.testing import CliRunner

from geomap.cli.commands import cli

PAYLOADS = (
    "<script>window.hit=1</script>",
    "{{ cycler.__init__.__globals__.os.system('touch FLAG') }}",
    "{% for x in y %}",
    "{#",
    "${window.hit=2}",
    "`window.hit=3`",
    "</script><img src=x onerror=window.hit=4>",
    "<!--<script>",
    "C:\\2019",
    "\u202egnirts\u2066",
)


@pytest.fixture
def articles(tmp_path):
    """One article for each payload, in every field that a stranger fills, and a title of 1 MB."""
    path = tmp_path / "hostile.jsonl"
    flag = str(tmp_path / "flag")
    records = [
        {
            "id": f"{n} {payload}".replace("FLAG", flag),
            "title": payload.replace("FLAG", flag),
            "text": f"{payload} A bakery reopened in Raqqa, {payload} Syria.".replace("FLAG", flag),
            "url": f"javascript:window.hit={n}",
            "source": f"=cmd|' /C calc'!A0 {payload}",
            "date": "2019-03-05",
        }
        for n, payload in enumerate(PAYLOADS)
    ]
    records.append({"id": "long", "title": "T" * 1_000_000, "text": "Rain fell on Mosul, Iraq."})
    path.write_text("".join(json.dumps(record) + "\n" for record in records), encoding="utf-8")
    return path


def geomap(*arguments):
    result = CliRunner().invoke(cli, list(map(str, arguments)))
    assert result.exit_code == 0, result.output


def test_python_runs_nothing_and_writes_the_same_bytes_twice(articles, tmp_path):
    pages = []
    for name in ("one.html", "two.html"):
        geomap("map", articles, "-o", tmp_path / name)
        pages.append((tmp_path / name).read_bytes())
    assert pages[0] == pages[1]
    assert len(pages[0]) < 1_000_000
    assert not (tmp_path / "flag").exists()


def test_a_table_holds_no_formula_and_no_link_that_runs(articles, tmp_path):
    geomap("mentions", articles, "-o", tmp_path / "mentions.csv")
    with (tmp_path / "mentions.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert len({row["article_id"] for row in rows}) == len(PAYLOADS) + 1
    assert not [c for row in rows for c in row.values() if c.startswith(("=", "+", "@", "\t"))]


@pytest.mark.browser
def test_the_page_shows_it_as_text(articles, tmp_path, open_page):
    geomap("map", articles, "-o", tmp_path / "map.html")
    page = open_page(tmp_path / "map.html")
    page.locator("#panel").get_by_role("button", name="Raqqa", exact=False).first.click()
    shown = page.locator("#panel").inner_text()
    assert "<script>window.hit=1</script>" in shown
    assert "{% for x in y %}" in shown
    assert page.evaluate("window.hit") is None
    assert page.locator("#panel a").count() == 0
