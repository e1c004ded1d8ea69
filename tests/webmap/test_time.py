"""The time strip: keys, drags on the bars, play; no day ever moves."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from geomap.webmap import write_map
from tests.webmap.sample import make_frame, make_row

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def path(tmp_path_factory):
    """Forty articles from January 2014 to December 2019: a bar for each month."""
    return write_map(make_frame(), tmp_path_factory.mktemp("map") / "map.html")


def _on(date, number=1, **changes):
    dates = {"date_start": date, "date_end": date, "date_precision": "day"}
    return make_row("Raqqa", f"Raqqa on {date}.", "literal", number, **(dates | changes))


def _mentions(page):
    return int(page.locator("#summary").inner_text().split()[0])


def _window(page):
    return page.locator(".window-text").inner_text()


def _drag(page, first, last, *, up=True):
    """Drag over the bars, from one share of their width to another."""
    box = page.locator(".bars").bounding_box()
    at = [(box["x"] + box["width"] * share, box["y"] + 20) for share in (first, last)]
    page.mouse.move(*at[0])
    page.mouse.down()
    page.mouse.move(*at[1], steps=6)
    if up:
        page.mouse.up()


def _bars(page, kind="sure"):
    return page.locator(f".bars .{kind}").evaluate_all(
        "bars => bars.map((bar) => Number(bar.getAttribute('height')))"
    )


@pytest.mark.parametrize(
    ("key", "name", "expected"),
    [
        ("ArrowRight", "#from", "1 Feb 2014 – 31 Dec 2019"),
        ("Shift+ArrowRight", "#from", "2 Jan 2014 – 31 Dec 2019"),
        ("PageUp", "#from", "1 Nov 2014 – 31 Dec 2019"),
        ("End", "#from", "1 Dec 2019 – 31 Dec 2019"),
        ("ArrowLeft", "#from", "1 Jan 2014 – 31 Dec 2019"),
        ("ArrowLeft", "#to", "1 Jan 2014 – 30 Nov 2019"),
        ("Shift+ArrowLeft", "#to", "1 Jan 2014 – 30 Dec 2019"),
        ("PageDown", "#to", "1 Jan 2014 – 28 Feb 2019"),
        ("Home", "#to", "1 Jan 2014 – 31 Jan 2014"),
    ],
)
def test_keys_step_by_bars(key, name, expected, path, open_page):
    page = open_page(path)
    page.locator(name).press(key)
    expect(page.locator(".window-text")).to_have_text(expected)  # words follow a moment later


def test_keys_go_back_the_way_they_came(path, open_page):
    page = open_page(path)
    for key in ("PageUp", "ArrowRight", "Shift+ArrowRight", "ArrowLeft", "ArrowLeft", "PageDown"):
        page.locator("#from").press(key)
    expect(page.locator(".window-text")).to_have_text("1 Jan 2014 – 31 Dec 2019")


def test_a_drag_over_the_bars_selects_their_span(path, open_page):
    page = open_page(path)
    _drag(page, 0.51, 0.66)  # of six years: January 2017 to December 2017
    assert _window(page) == "1 Jan 2017 – 31 Dec 2017"
    some = page.locator("#summary").inner_text()
    _drag(page, 0.66, 0.51)
    assert (page.locator("#summary").inner_text(), _window(page)) == (
        some,
        "1 Jan 2017 – 31 Dec 2017",
    )
    _drag(page, 0.9, 1.4)  # beyond the end
    assert _window(page).endswith("31 Dec 2019")
    assert page.locator(".bars .sure.out").count() == 72 - 8


def test_a_click_takes_a_bar_and_two_take_all(path, open_page):
    page = open_page(path)
    box = page.locator(".bars").bounding_box()
    position = {"x": box["width"] * 0.51, "y": 20}
    page.locator(".bars").click(position=position)
    assert _window(page) == "1 Jan 2017 – 31 Jan 2017"
    page.locator(".bars").dblclick(position=position)
    assert _window(page) == "1 Jan 2014 – 31 Dec 2019"


def test_a_finger_drags_over_the_bars(path, open_page):
    page = open_page(path, viewport={"width": 390, "height": 844}, has_touch=True)
    box = page.locator(".bars").bounding_box()
    touch = page.context.new_cdp_session(page)
    y = box["y"] + 12
    for kind, share in (("Start", 0.51), ("Move", 0.58), ("Move", 0.66)):
        points = [{"x": box["x"] + box["width"] * share, "y": y}]
        touch.send("Input.dispatchTouchEvent", {"type": f"touch{kind}", "touchPoints": points})
    touch.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
    assert _window(page) == "1 Jan 2017 – 31 Dec 2017"


@pytest.mark.parametrize(
    ("last", "bars"), [("2016-03-20", 50), ("2017-01-29", 53), ("2020-01-31", 49)]
)
def test_bars_are_days_weeks_or_months(last, bars, tmp_path, open_page):
    rows = [_on("2016-01-31"), _on(last, 2)]
    page = open_page(write_map(rows, tmp_path / "map.html"))
    heights = _bars(page)
    assert len(heights) == bars
    assert [n for n, height in enumerate(heights) if height > 0] == [0, bars - 1]


@pytest.mark.parametrize("zone", ["America/Los_Angeles", "Pacific/Kiritimati"])
def test_no_time_zone_moves_a_day(zone, tmp_path, open_page):
    rows = [_on("2016-03-01"), _on("2016-03-31", 2)]
    page = open_page(write_map(rows, tmp_path / "map.html"), timezone_id=zone)
    assert _window(page) == "1 Mar 2016 – 31 Mar 2016"
    page.locator("#from").press("End")
    assert _window(page) == "31 March 2016"
    page.wait_for_timeout(500)
    assert "from=2016-03-31" in page.evaluate("location.hash")


def test_an_article_of_a_month_lies_lightly_over_all_of_it(tmp_path, open_page):
    month = {"date_start": "2016-02-01", "date_end": "2016-02-29", "date_precision": "month"}
    rows = [_on("2016-02-10"), _on(None, 2, **month)]
    page = open_page(write_map(rows, tmp_path / "map.html"))
    sure = _bars(page)
    light = [high - low for high, low in zip(_bars(page, "spread"), sure, strict=True)]
    assert len(light) == 29
    assert min(light) == pytest.approx(max(light))
    assert min(light) > 0
    assert [n for n, height in enumerate(sure) if height > 0] == [9]
    page.locator("#to").press("Home")  # the first of February
    assert page.locator("#summary").inner_text() == "1 mention of 1 place in 1 article"


def test_the_window_plays_as_fast_as_asked_and_gives_all_back(tmp_path, open_page):
    rows = [_on(f"2016-03-{day:02}", day) for day in range(1, 11)]
    page = open_page(write_map(rows, tmp_path / "map.html"))
    page.evaluate(
        """() => { window.seen = []; new MutationObserver(() => seen.push(
        document.querySelector('.window-text').textContent)).observe(
        document.querySelector('.window-text'), { childList: true }); }"""
    )
    page.get_by_label("Speed of play").select_option("4×")
    page.get_by_role("button", name="Play").click()
    page.get_by_role("button", name="Play").wait_for(timeout=10_000)
    page.locator(".window-text", has_text="–").wait_for()
    seen = page.evaluate("seen")
    assert seen == [*(f"{day} March 2016" for day in range(1, 11)), "1 Mar 2016 – 10 Mar 2016"]


def test_the_window_grows_if_asked(tmp_path, open_page):
    rows = [_on(f"2016-03-{day:02}", day) for day in range(1, 11)]
    page = open_page(write_map(rows, tmp_path / "map.html"))
    page.get_by_label("The span of dates while playing").select_option("widens")
    page.get_by_label("Speed of play").select_option("4×")
    page.evaluate(
        """() => new MutationObserver((_, observer) => {
        if (!document.querySelector('.window-text').textContent.includes('4 Mar')) return;
        observer.disconnect();
        document.getElementById('play').click();
        }).observe(document.querySelector('.window-text'), { childList: true })"""
    )
    page.get_by_role("button", name="Play").click()
    page.locator(".window-text", has_text="4 Mar").wait_for()
    page.get_by_role("button", name="Play").wait_for()
    stopped = _window(page)
    assert stopped.startswith("1 Mar 2016 – ")
    mentions = int(page.locator("#summary").inner_text().split()[0])
    assert stopped == f"1 Mar 2016 – {mentions} Mar 2016"
    page.wait_for_timeout(400)
    assert _window(page) == stopped
    page.wait_for_timeout(200)
    again = open_page(tmp_path / "map.html", fragment=page.evaluate("location.hash"))
    assert again.get_by_label("The span of dates while playing").input_value() == "widens"
    assert again.get_by_label("Speed of play").input_value() == "4×"
    assert _window(again) == stopped


def test_play_stops_where_the_reader_takes_over(path, open_page):
    page = open_page(path)
    page.get_by_role("button", name="Play").click()
    page.locator("#from").press("End")
    assert page.get_by_role("button", name="Play").is_visible()
    page.wait_for_timeout(100)  # steps of one frame are drawn in the next
    stopped = _window(page)
    page.wait_for_timeout(700)
    assert _window(page) == stopped


def test_less_motion_plays_in_calm_steps(path, open_page):
    page = open_page(path, reduced_motion="reduce")
    page.get_by_role("button", name="Play").click()
    first = _window(page)
    page.wait_for_timeout(700)
    assert _window(page) == first  # a step takes more than a second
    running = page.evaluate("document.getAnimations().length")
    assert running == 0


def test_what_has_no_date_is_out_of_a_window_unless_asked_for_and_named(path, open_page):
    frame = make_frame()
    unknown = frame[(frame.date_precision == "unknown") & (frame.kind != "embedded")]
    count, in_iraq = len(unknown), int((unknown.country == "IQ").sum())
    page = open_page(path)
    undated = page.get_by_label("Undated (3)")
    assert (undated.is_checked(), page.locator("#dates").is_hidden()) == (True, True)
    page.locator("#to").press("Home")
    within = _mentions(page)
    assert not undated.is_checked()
    note = f"1 Jan 2014 – 31 Jan 2014; {count} undated mentions not shown"
    assert page.locator("#dates").inner_text() == note
    assert page.title().endswith(f" · {note}")
    assert page.get_by_text("Without a date").is_hidden()
    undated.check()
    assert _mentions(page) == within + count
    note = f"1 Jan 2014 – 31 Jan 2014; {count} undated mentions drawn apart"
    assert page.locator("#dates").inner_text() == note
    assert page.locator('.circle[data-bands*="3="]').count() > 0
    assert page.locator("#legend").get_by_text("Without a date").is_visible()
    page.get_by_role("button", name="Filters", exact=True).click()
    page.locator(".filters label.option", has_text="Iraq").locator("input").check()
    page.emulate_media(media="print")
    page.locator("#paper canvas").first.wait_for()
    paper = page.locator("#paper").inner_text()
    assert f"31 Jan 2014; {in_iraq} undated mentions drawn apart" in paper
    assert "Filters: Iraq" in paper
    assert "does not say that anything happened there" in paper
    page.emulate_media(media="screen")
    page.wait_for_timeout(400)
    again = open_page(path, fragment=page.evaluate("location.hash"))
    assert again.locator("#dates").inner_text() == page.locator("#dates").inner_text()
    page.get_by_role("button", name="All dates").click()
    assert page.locator("#dates").is_hidden()
    assert page.locator('.circle[data-bands*="3="]').count() == 0


def test_the_picture_says_dates_and_filters(path, open_page):
    """Its words are drawn; what is drawn is caught on the way."""
    page = open_page(path, fragment="#to=2014-01-31&kind=literal&view=share", accept_downloads=True)
    page.evaluate(
        """() => { window.words = []; const { fillText } = CanvasRenderingContext2D.prototype;
        CanvasRenderingContext2D.prototype.fillText = function (...all) {
          words.push(all[0]); return fillText.apply(this, all); }; }"""
    )
    with page.expect_download():
        page.get_by_role("button", name="Save picture").click()
    words = page.evaluate("words")
    assert any(
        one.endswith("1 Jan 2014 – 31 Jan 2014; 9 undated mentions not shown") for one in words
    )
    assert "Filters: Only: The place itself" in words


def test_many_changes_in_a_frame_of_a_large_map_are_drawn_together(tmp_path, open_page):
    rows = [
        _on(f"2016-03-{1 + n % 31:02}", n, place_id=f"geomap:{n}", lat=n % 60, lon=n % 83)
        for n in range(700)
    ]
    page = open_page(write_map(rows, tmp_path / "map.html"))
    last = page.evaluate(
        """async () => {
        const frame = () => new Promise((done) => requestAnimationFrame(done));
        const to = document.getElementById('to');
        let writes = 0;
        await frame();
        new MutationObserver((all) => { writes += all.length; })
          .observe(document.querySelector('.window-text'), { childList: true });
        for (let n = 0; n < 20; n += 1) {
          to.value = String(30 - n);
          to.dispatchEvent(new Event('input'));
        }
        await frame();
        await frame();
        return { writes, text: document.querySelector('.window-text').textContent };
        }"""
    )
    assert last == {"writes": 2, "text": "1 Mar 2016 – 11 Mar 2016"}
    page.wait_for_timeout(600)  # names, counts and the list follow when it rests
    mentions = page.locator("#summary").inner_text().split()[0]
    told = page.locator("#panel tbody tr .number:nth-child(2)").all_inner_texts()
    assert len(told) == 150
    assert mentions == str(sum(1 for n in range(700) if n % 31 <= 10))
