"""The page of real articles and the page of a hundred thousand mentions, used as a person uses them."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path

import pytest
from playwright.sync_api import expect

from geomap import map_articles
from geomap.webmap import write_map

pytestmark = pytest.mark.browser
ROOT = Path(__file__).resolve().parents[2]
SEEDS = ROOT.parent / "shared" / "seeds"


def use(page):
    """Find the first place of the list, read it, filter by it, look at the table, play, and go back."""
    before = page.locator("#summary").inner_text()
    first = page.locator("#panel tbody tr button, #panel li button").first
    name = first.inner_text().split("\n")[0]
    page.get_by_role("combobox", name="Find a place or an article").fill(name)
    page.locator("#find").get_by_role("option").first.click()
    page.get_by_text("Correct this place").wait_for()
    assert page.locator("#panel h2, #panel h3").first.inner_text() == name
    assert page.locator("#panel h3, #panel h4").count() > 1  # articles that name it
    page.get_by_role("button", name="Table").click()
    assert page.locator(".sheet-status").inner_text().endswith("rows")
    page.keyboard.press("Escape")
    page.locator("#from").press("End")
    expect(page.locator("#summary")).not_to_have_text(before)  # a large page counts a moment later
    page.locator("#from").press("Home")
    expect(page.locator("#summary")).to_have_text(before)


@pytest.mark.skipif(not SEEDS.exists(), reason=f"no articles in {SEEDS}")
def test_the_page_of_real_articles(tmp_path, open_page):
    map_articles(sorted(SEEDS.glob("*.txt")), tmp_path / "map.html")
    page = open_page(tmp_path / "map.html")
    assert "5 articles" in page.locator("#summary").inner_text()
    use(page)


def test_the_page_of_a_hundred_thousand_mentions(tmp_path, open_page, monkeypatch):
    monkeypatch.syspath_prepend(ROOT / "benchmarks")  # where it finds what benchmarks share
    spec = importlib.util.spec_from_file_location("benchmark_map", ROOT / "benchmarks" / "map.py")
    benchmark = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = benchmark
    spec.loader.exec_module(benchmark)
    records = benchmark.make_records(100_000, articles=20_000, places=5_000)
    page = open_page(write_map(records, tmp_path / "map.html"))
    assert "100,000 mentions" in page.locator("#summary").inner_text()
    use(page)
