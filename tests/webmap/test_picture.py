"""What leaves the page on paper or as a picture: as on the map, with its key, at once when it is loaded."""

from __future__ import annotations

import pytest

from geomap.webmap import write_map
from tests.webmap.sample import make_spoken_records

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def path(tmp_path_factory):
    return write_map(
        make_spoken_records(), tmp_path_factory.mktemp("picture") / "map.html", title="River towns"
    )


def test_the_first_paint_is_complete_when_the_page_is_loaded(path, open_page):
    page = open_page(path)
    page.add_init_script(
        "window.addEventListener('load', () => { window.atLoad = [document.body.dataset.ready, "
        "document.querySelectorAll('.circle, .labels .label').length > 20]; })"
    )
    page.reload()
    assert page.evaluate("window.atLoad") == ["true", True]


#: words that were written on canvases, and circles painted on them, while something was done
SPY = """
() => {
  window.written = [];
  window.dots = 0;
  const { fillText, arc } = CanvasRenderingContext2D.prototype;
  CanvasRenderingContext2D.prototype.fillText = function (text, ...at) {
    window.written.push(text);
    return fillText.call(this, text, ...at);
  };
  CanvasRenderingContext2D.prototype.arc = function (x, y, radius, ...turn) {
    window.dots += radius === 2 ? 1 : 0;
    return arc.call(this, x, y, radius, ...turn);
  };
}
"""


def test_paper_has_the_scale_of_tints_the_caution_and_the_filters(path, open_page):
    page = open_page(path, fragment="#map=3.5/36/40&view=none&kind=literal&from=2015-01-01")
    page.evaluate(SPY)
    page.emulate_media(media="print")
    page.locator("#paper canvas").first.wait_for()
    written = page.evaluate("window.written")
    heading = written.index("All mentions in a country, up to")
    steps = page.locator("#legend .steps li").all_text_contents()
    assert written[heading + 1 : heading + 1 + len(steps)] == steps
    paper = page.locator("#paper").inner_text()
    assert "does not say that anything happened there" in paper
    assert "Filters: Only: The place itself" in paper


def test_a_picture_has_the_towns_and_hatches_of_the_map(path, open_page):
    page = open_page(path, fragment="#map=6.5/35.5/39.5&view=share", accept_downloads=True)
    towns = page.locator("circle.town-dot").count()
    assert towns > 3
    page.evaluate(SPY)
    with page.expect_download():
        page.get_by_role("button", name="Save picture").click()
    assert page.evaluate("window.dots") >= towns


def test_the_table_is_printed_as_a_table(path, open_page):
    page = open_page(path, fragment="#view=table&order=-confidence&country=IQ")
    rows = int(page.locator(".sheet-status").inner_text().split()[0])
    first = page.locator(".sheet-scroll tbody tr:not(.room) .place").first.inner_text()
    page.emulate_media(media="print")
    table = page.locator("#paper table")
    table.wait_for()
    assert table.locator("tbody tr").count() == rows
    assert first in table.locator("tbody tr").first.inner_text()
    assert page.locator("#paper canvas").count() == 0
    assert "Filters: Iraq" in page.locator("#paper").inner_text()
