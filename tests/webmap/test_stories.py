"""One story in several papers is one voice: counted once, shown together, each copy within reach."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from geomap.webmap import write_map
from tests.webmap.sample import make_row

pytestmark = pytest.mark.browser
PAPERS = ("Agency Nine", "Levant Courier", "Rivertown Post", "Agency Nine", "The Morning Ledger")


def _rows():
    """A story that four articles tell, one of them undated but for its copies; and one by itself."""
    rows = []
    for number, paper in enumerate(PAPERS):
        day = f"2016-06-{10 + number}"
        row = make_row("Raqqa", "Families were seen leaving Raqqa.", "literal", number)
        row |= {"source": paper, "title": f"Leaving, as {paper} has it", "date_precision": "day"}
        row |= {"date_start": day, "date_end": day, "date_source": "header", "status": "resolved"}
        if number < 4:
            row |= {"story_id": "leaving", "story_size": 6}
        if number == 2:
            row["date_source"] = "story"
        rows.append(row)
        if number in (1, 2, 4):
            rows.append(row | {"start": 200, "end": 205, "snippet": "Some came back to Raqqa."})
    mosul = make_row("Mosul", "One bridge in Mosul is open.", "literal", 0)
    return [
        *rows,
        {**mosul, **{k: rows[0][k] for k in rows[0] if k[:4] in ("titl", "sour", "date", "stor")}},
    ]


@pytest.fixture(scope="module")
def path(tmp_path_factory):
    return write_map(_rows(), tmp_path_factory.mktemp("stories") / "map.html")


def _row(page, name):
    row = page.locator("#panel tbody tr", has_text=name)
    return row.locator("td").all_inner_texts()


def test_counted_by_stories_every_total_is_one_of_voices(path, open_page):
    page = open_page(path, fragment="#map=7/36/41")
    assert _row(page, "Raqqa") == ["8", "5"]
    page.locator("#legend").get_by_label("stories").check()
    assert (
        page.locator("#summary").inner_text() == "9 mentions of 2 places in 5 articles, 2 stories"
    )
    assert _row(page, "Raqqa") == ["8", "2"]
    assert page.locator("#panel thead").get_by_role("button", name="Stories").is_visible()
    for words, ratio in (("articles", 5**0.5), ("stories", 2**0.5)):  # areas, without outlines
        page.locator("#legend").get_by_label(words).check()
        raqqa, mosul = (
            page.locator(f'.circle.outer[aria-label^="{name},"]').bounding_box()["width"] - 1
            for name in ("Raqqa", "Mosul")
        )
        assert raqqa / mosul == pytest.approx(ratio, rel=0.1)
    heights = page.locator(".bars .sure").evaluate_all(
        "all => all.map((r) => +r.getAttribute('height'))"
    )
    assert sum(height > 0 for height in heights) == 2  # the first copy stands for all
    again = open_page(path, fragment="#area=SY&size=stories")
    assert again.locator("#panel .total").inner_text() == "8 mentions in 2 stories"


def test_copies_stand_together_and_each_can_be_read(path, open_page):
    page = open_page(path, fragment="#place=geonames:172955")
    panel = page.locator("#panel")
    assert panel.locator(".total").inner_text() == "8 mentions in 5 articles, 2 stories"
    assert panel.locator("article:visible").count() == 2
    told = panel.get_by_text("Told in 4 articles: Agency Nine, Levant Courier and Rivertown Post")
    told.click()
    panel.locator("article:visible").nth(4).wait_for()  # they are drawn when it has opened
    assert panel.locator("article:visible").count() == 5
    assert panel.locator("li[data-mention]:visible").count() == 8
    borrowed = panel.locator(".copies article", has_text="Leaving, as Rivertown Post has it")
    assert borrowed.locator(".meta").inner_text() == (
        "at about this date: 12 June 2016, from a copy in another paper · Rivertown Post"
    )
    page.locator("#from").press("ArrowRight")  # the first copy is out, and the next stands for it
    page.locator("#from").press("ArrowLeft")
    expect(told).to_be_visible()  # the panel follows steps of the dates a moment later
    borrowed.get_by_role("button", name="Leaving, as Rivertown Post has it").click()
    siblings = panel.locator(".siblings")
    assert "One of 6 articles that tell this story." in siblings.inner_text()
    assert "2 more of them are not on this map." in siblings.inner_text()
    assert siblings.get_by_role("button").count() == 3
    siblings.get_by_role("button", name="Leaving, as Levant Courier has it").press("Enter")
    assert panel.locator("h2").inner_text() == "Leaving, as Levant Courier has it"
    assert page.locator("#summary").inner_text() == "2 mentions of 1 place in 1 article"
