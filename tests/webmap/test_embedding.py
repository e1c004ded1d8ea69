"""The page inside another page, and where its script may not run."""

from __future__ import annotations

import contextlib
import dataclasses
import functools
import http.server
import threading

import pytest
from playwright.sync_api import expect

import geomap
from geomap.errors import InputError
from geomap.webmap import write_map
from geomap.webmap.settings import PageChanges, PageOptions
from tests.webmap.sample import make_frame, make_row

HOST = '<body style="margin:0;height:4000px"><p style="height:100px">The story</p>%s</body>'
FRAME = '<iframe src="map.html" width="900" height="600" sandbox="%s"></iframe>'
RIGHTS = "allow-scripts allow-popups"
#: another zoom than that given, once there is one; playwright's own wait needs eval, which the page forbids
OTHER_ZOOM = """(before) => new Promise((done) => {
  const end = performance.now() + 10000;
  const look = () => {
    const zoom = map_geomap.getZoom();
    if (zoom !== before || performance.now() > end) done(zoom);
    else requestAnimationFrame(look);
  };
  look();
})"""


class _Strict(http.server.SimpleHTTPRequestHandler):
    """A server whose policy lets no script or style inside a page run."""

    policy = ""

    def end_headers(self):
        if self.policy:
            self.send_header("Content-Security-Policy", self.policy)
        super().end_headers()

    def log_message(self, *_args):
        pass


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    folder = tmp_path_factory.mktemp("site")
    write_map(make_frame(), folder / "map.html", title="Bread & <b>rivers</b>", theme="light")
    (folder / "host.html").write_text(HOST % (FRAME % RIGHTS))
    write_map(make_frame(), folder / "fragment.html", title="Rivers", embed=True)
    (folder / "cms.html").write_text(HOST % (folder / "fragment.html").read_text("utf-8"))
    return folder


@pytest.fixture
def serve(folder):
    servers = []

    def start(policy=""):
        handler = type("Handler", (_Strict,), {"policy": policy})
        server = http.server.ThreadingHTTPServer(
            ("127.0.0.1", 0), functools.partial(handler, directory=str(folder))
        )
        threading.Thread(target=server.serve_forever, daemon=True).start()
        servers.append(server)
        return f"http://127.0.0.1:{server.server_port}"

    yield start
    for server in servers:
        server.shutdown()
        server.server_close()


@pytest.fixture
def visit(browser):
    contexts = []

    def open_(url, **options):
        context = browser.new_context(viewport={"width": 1000, "height": 800}, **options)
        contexts.append(context)
        page = context.new_page()
        page.goto(url)
        return page

    yield open_
    for context in contexts:
        context.close()


def test_the_options_by_name_are_those_of_the_value():
    names = [field.name for field in dataclasses.fields(PageOptions)]
    assert list(PageChanges.__annotations__) == names
    assert geomap.MapOptions is geomap.PageOptions


def test_an_option_that_there_is_not_is_refused(tmp_path):
    with pytest.raises(InputError, match="a page has no option 'colour'; expected title, subtitle"):
        write_map(make_frame(), tmp_path / "map.html", colour="red")


def _point_at_the_map(page):
    """Move the pointer there: the host gets what comes before the browser has put the frame in its place."""
    pointed = page.frames[1].locator("#map_geomap:hover")
    for x in range(440, 450):
        page.mouse.move(x, 450)
        with contextlib.suppress(AssertionError):
            expect(pointed).to_have_count(1, timeout=1000)
            break
    page.mouse.move(450, 450)
    expect(pointed).to_have_count(1)


def _turn_the_wheel(page, shown):
    """Turn it over the map until something is shown: a busy browser scrolls the host without asking the frame."""
    for _ in range(4):
        page.evaluate("scrollTo(0, 0)")
        _point_at_the_map(page)
        page.mouse.wheel(0, 200)
        with contextlib.suppress(AssertionError):
            expect(shown).to_have_count(1, timeout=1500)
            return
    expect(shown).to_have_count(1)


@pytest.mark.browser
def test_the_wheel_scrolls_the_host_until_the_map_is_clicked(folder, visit):
    page = visit((folder / "host.html").as_uri())
    frame = page.frame_locator("iframe")
    frame.locator("body[data-ready]").wait_for()
    zoom = lambda: page.frames[1].evaluate("map_geomap.getZoom()")  # noqa: E731
    before = zoom()
    _turn_the_wheel(page, frame.locator(".wheel-note.shown"))
    page.wait_for_function("scrollY > 0")
    assert zoom() == before
    # the browser takes wheel turns in quick succession for one, which stays the host's
    expect(frame.locator(".wheel-note.shown")).to_have_count(0)
    page.evaluate("scrollTo(0, 0)")
    page.wait_for_function("scrollY === 0")
    _point_at_the_map(page)  # the browser has put the frame back in its place
    page.mouse.click(450, 450)
    expect(frame.locator("#panel h2")).to_have_text("Syria")
    page.mouse.wheel(0, 200)
    assert page.frames[1].evaluate(OTHER_ZOOM, before) < before
    assert page.evaluate("scrollY") == 0


@pytest.mark.browser
def test_the_wheel_with_ctrl_zooms_at_once(folder, visit):
    page = visit((folder / "host.html").as_uri())
    page.frame_locator("iframe").locator("body[data-ready]").wait_for()
    before = page.frames[1].evaluate("map_geomap.getZoom()")
    _point_at_the_map(page)
    page.keyboard.down("Control")
    page.mouse.wheel(0, -200)
    assert page.frames[1].evaluate(OTHER_ZOOM, before) > before
    page.keyboard.up("Control")
    assert page.evaluate("scrollY") == 0


@pytest.mark.browser
def test_what_a_frame_forbids_is_said(folder, visit):
    page = visit((folder / "host.html").as_uri())
    frame = page.frame_locator("iframe")
    frame.get_by_role("button", name="Share", exact=True).click()
    note = frame.locator("#panel .how")
    assert "If nothing is saved or printed, the page around this map forbids it." in (
        note.inner_text()
    )
    alone = frame.get_by_role("link", name="Open the map by itself").get_attribute("href")
    assert alone.startswith(f"{(folder / 'map.html').as_uri()}#map=")
    frame.get_by_role("button", name="Print").click()
    assert "The page around this map does not let it print." in frame.locator("#panel").inner_text()


@pytest.mark.browser
def test_a_frame_has_sizes_to_choose_from(folder, visit):
    page = visit((folder / "map.html").as_uri())
    page.get_by_role("button", name="Share", exact=True).click()
    code = page.get_by_label("Code for the page")
    assert 'width="100%" height="640"' in code.input_value()
    page.get_by_label("Size of the frame").select_option(label="Beside a text, 400 × 480")
    assert 'width="400" height="480"' in code.input_value()
    page.get_by_label("Height", exact=True).fill("333")
    assert 'width="400" height="333"' in code.input_value()
    assert page.get_by_label("Size of the frame").input_value() == "-1"


@pytest.mark.browser
def test_a_fragment_shows_the_map_in_a_cms(folder, visit):
    page = visit((folder / "cms.html").as_uri())
    frame = page.frame_locator("iframe")
    frame.locator("body[data-ready]").wait_for()
    assert frame.locator("h1").first.inner_text() == "Rivers"
    frame.locator('.circle[aria-label^="Mosul"]').first.press("Enter")
    assert "Two bridges in Mosul" in frame.locator("#panel").inner_text()
    caption = page.locator("figcaption").inner_text()
    assert caption.startswith("Rivers. What is marked is named by articles")
    assert "<script" not in (folder / "fragment.html").read_text("utf-8")


def _sees_a_table(page):
    text = page.locator("#fallback").inner_text()
    assert text.startswith("Bread & <b>rivers</b>")
    assert "it does not say that anything happened there" in text
    assert "may not run here" in text
    rows = page.locator("#fallback tbody tr").all_inner_texts()
    assert rows[0].split("\t") == ["Raqqa", "Syria", "30"]
    assert len(rows) == 24
    assert page.locator("button:visible, input:visible").count() == 0


@pytest.mark.browser
def test_without_scripts_there_is_a_table_of_places(folder, visit):
    page = visit((folder / "map.html").as_uri(), java_script_enabled=False)
    _sees_a_table(page)
    assert page.locator("#fallback").bounding_box()["width"] == 1000


@pytest.mark.browser
@pytest.mark.parametrize("policy", ["default-src 'self'", "script-src 'none'", "sandbox"])
def test_under_a_strict_policy_there_is_a_table_of_places(serve, visit, policy):
    _sees_a_table(visit(f"{serve(policy)}/map.html"))


@pytest.mark.browser
def test_where_scripts_run_it_is_never_seen(folder, visit):
    page = visit((folder / "map.html").as_uri())
    page.wait_for_selector("body[data-ready]")
    assert page.locator("#fallback").is_hidden()
    assert page.locator("#card").is_visible()


def test_the_table_is_short_and_says_what_it_lacks(tmp_path):
    rows = [
        make_row("Raqqa", f"Rain in A{n}.", "literal", 1)
        | {"place_id": f"geonames:{n}", "name": f"A{n} & co", "start": 20 * n, "end": 20 * n + 5}
        for n in range(130)
    ]
    html = write_map(rows, tmp_path / "map.html").read_text("utf-8")
    assert html.count("<tr><td>") == 100
    assert "<td>A0 &amp; co</td>" in html
    assert "<p>30 more places are on the map alone.</p>" in html
