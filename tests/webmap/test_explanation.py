"""The explanation page: what it says, that it holds still, and that nothing in an article runs."""

from __future__ import annotations

import datetime as dt
import json
import re
from dataclasses import replace

import pytest

from geomap.errors import InputError
from geomap.model import (
    UNKNOWN_DATE,
    Article,
    Candidate,
    DateSpan,
    Evidence,
    Mention,
    Place,
    Relation,
    Resolution,
    ToldTime,
)
from geomap.webmap import explanation
from geomap.webmap.explanation import render_explanations, write_explanation, write_explanations
from tests.webmap.test_hostile_article import PAYLOADS

TEXT = "Bread was short in Paris, Texas.\n\nFrench bakers helped.\n\nAdvertisement\n\nParis Circle met."
PLACES = {
    name: Place(id=f"geonames:{n}", name=label, lat=lat, lon=lon, feature=code, country=iso)
    for n, (name, label, lat, lon, code, iso) in enumerate(
        [
            ("texan", "Paris", 33.66, -95.56, "PPL", "US"),
            ("french", "Paris", 48.85, 2.35, "PPLC", "FR"),
            ("texas", "Texas", 31.3, -99.3, "ADM1", "US"),
            ("france", "France", 46.0, 2.0, "PCLI", "FR"),
        ]
    )
}


def evidence(**shares):
    return tuple(Evidence(feature=f, value=0.5, weight=2 * share) for f, share in shares.items())


def candidate(name, **shares):
    return Candidate(place=PLACES[name], score=sum(shares.values()), evidence=evidence(**shares))


def resolve(surface, kind, *candidates, text=TEXT, at=0, confidence=0.91, article="a.txt"):
    start = text.index(surface, at)
    mention = Mention(
        article_id=article, start=start, end=start + len(surface), surface=surface, kind=kind
    )
    signs = (
        Evidence(feature="before=_in", value=1.0, weight=1.2),
        Evidence(feature="kind", value=1.0, weight=1.0, detail="for a test"),
    )
    return Resolution(
        mention=mention,
        status="resolved",
        place=candidates[0].place,
        confidence=confidence,
        candidates=candidates,
        span_evidence=signs,
    )


def tell(found, detail):
    """Return a resolution with a detail to all of its evidence."""

    def told(evidence):
        return tuple(replace(item, detail=detail) for item in evidence)

    candidates = tuple(replace(one, evidence=told(one.evidence)) for one in found.candidates)
    return replace(found, candidates=candidates, span_evidence=told(found.span_evidence))


ARTICLE = Article(
    id="a.txt",
    title="Bread & <water>",
    text=TEXT,
    url="https://example.org/bread",
    source="The Ledger",
    published=DateSpan(
        start=dt.date(2019, 3, 5), end=dt.date(2019, 3, 5), precision="day", source="header"
    ),
)
PARIS = resolve(
    "Paris",
    "literal",
    candidate("texan", inside_next=2.0, rank=-0.5),
    candidate("french", main_name=1.0, inside_next=-0.25),
)
FOUND = (
    PARIS,
    resolve("Texas", "literal", candidate("texas", main_name=1.0)),
    resolve("French", "associative", candidate("france", adjective=1.0), confidence=0.61),
    resolve("Paris", "embedded", candidate("french", main_name=1.0), at=30, confidence=0.4),
)


def data(html):
    block = re.search(r'<script type="application/json" id="data">(.*?)</script>', html, re.DOTALL)
    return json.loads(block[1])


@pytest.fixture(scope="module")
def html():
    return render_explanations([(ARTICLE, FOUND)])


@pytest.fixture
def page(tmp_path):
    return write_explanation(ARTICLE, FOUND, tmp_path / "why.html", theme="light")


def test_the_same_article_gives_the_same_bytes_in_any_order_of_mentions(html):
    assert render_explanations([(ARTICLE, FOUND[::-1])]) == html


def test_the_pieces_are_the_article(html):
    pieces = data(html)["tables"]["articles"][0]["parts"]
    assert "".join(text for text, _ in pieces) == TEXT
    assert [text for text, what in pieces if what >= 0] == ["Paris", "Texas", "French", "Paris"]
    assert [text for text, what in pieces if what == -2] == ["Advertisement"]


def test_what_the_article_says_of_itself(html):
    article = data(html)["tables"]["articles"][0]
    assert {name: article[name] for name in ("title", "source", "url", "date", "dated")} == {
        "title": "Bread & <water>",
        "source": "The Ledger",
        "url": "https://example.org/bread",
        "date": "5 March 2019",
        "dated": "known to the day, from the head of the article",
    }


@pytest.mark.parametrize(
    ("span", "date", "dated"),
    [
        ({}, "", "no date was found"),
        ({"precision": "year", "source": "url"}, "2019", "known to the year, from the article’s address"),
        ({"precision": "month", "source": "field"}, "March 2019", "known to the month, from a field of the file"),
        ({"precision": "day", "source": "html", "ambiguous": True}, "5 March 2019",
         "known to the day, from the web page’s own data; day and month could be swapped"),
    ],
)  # fmt: skip
def test_a_date_as_exact_as_it_is(span, date, dated):
    day = dt.date(2019, 3, 5)
    published = DateSpan(start=day, end=day, **span) if span else DateSpan()
    html = render_explanations([(Article(id="a", text="x", published=published), ())])
    article = data(html)["tables"]["articles"][0]
    assert (article["date"], article["dated"]) == (date, dated)


def test_shares_are_value_times_weight(html):
    tables = data(html)["tables"]
    shares = tables["cases"][0]["candidates"][0]["shares"]
    assert [(tables["features"][f][0], *rest) for f, *rest in shares] == [
        ("inside_next", 0.5, 4.0, 2.0, ""),
        ("rank", 0.5, -1.0, -0.5, ""),
    ]
    feature, *lead = tables["cases"][0]["decided"]["lead"]
    assert (tables["features"][feature][0], *lead) == ("inside_next", 2.25, True, "")


@pytest.mark.parametrize(
    ("best", "rival", "expected"),
    [
        ({"rank": 0.5}, {"rank": -0.5}, ["rank", 1.0, True, "the best’s"]),
        ({"rank": -0.5}, {"rank": -2.0}, ["rank", 1.5, False, "the rival’s"]),
        ({}, {"rank": -2.0}, ["rank", 2.0, False, "the rival’s"]),
    ],
)
def test_the_detail_of_what_decided_is_that_of_the_candidate_it_speaks_of(best, rival, expected):
    [first] = tell(resolve("Paris", "literal", candidate("texan", **best)), "the best’s").candidates
    [second] = tell(
        resolve("Paris", "literal", candidate("french", **rival)), "the rival’s"
    ).candidates
    html = render_explanations([(ARTICLE, [resolve("Paris", "literal", first, second)])])
    tables = data(html)["tables"]
    feature, *lead = tables["cases"][0]["decided"]["lead"]
    assert [tables["features"][feature][0], *lead] == expected


def test_a_unit_has_its_outline_and_a_country_its_area():
    places = [
        Place(id="geonames:172957", name="Raqqa", lat=36.0, lon=38.8, feature="ADM1", country="SY"),
        PLACES["france"],
        PLACES["texan"],
    ]
    options = tuple(Candidate(place=place, score=1.0) for place in places)
    tables = data(render_explanations([(ARTICLE, [resolve("Paris", "literal", *options)])]))[
        "tables"
    ]
    assert [(p["outline"] >= 0, p["area"] >= 0) for p in tables["places"]] == [
        (True, False),
        (False, True),
        (False, False),
    ]
    assert len(tables["outlines"]) == 1


@pytest.mark.parametrize(
    ("spans", "pieces"),
    [
        ([], [("abcdef", -1)]),
        ([(0, 2), (2, 6)], [("ab", 0), ("cdef", 1)]),
        ([(1, 4), (2, 5)], [("a", -1), ("bcd", 0), ("e", 1), ("f", -1)]),
        ([(1, 4), (2, 3)], [("a", -1), ("bcd", 0), ("", 1), ("ef", -1)]),
    ],
)
def test_overlapping_mentions_share_the_text(spans, pieces):
    assert list(explanation._cut_text("abcdef", spans, ())) == pieces


def test_masks_end_where_a_mention_begins():
    masks = [(1, 4), (6, 9)]
    pieces = list(explanation._cut_text("0123456789", [(3, 7)], masks))
    assert pieces == [("0", -1), ("12", -2), ("3456", 0), ("78", -2), ("9", -1)]


def test_a_long_article_is_cut_and_says_so(monkeypatch):
    monkeypatch.setattr(explanation, "_MOST_TEXT", 40)
    monkeypatch.setattr(explanation, "_MOST_MENTIONS", 1)
    article = data(render_explanations([(ARTICLE, FOUND)]))["tables"]["articles"][0]
    assert (article["cut"], article["left_out"]) == (len(TEXT) - 40, 3)
    assert "".join(text for text, _ in article["parts"]) == TEXT[:40]


@pytest.mark.parametrize(("number", "shown", "more"), [(50, 50, False), (60, 50, True)])
def test_the_first_fifty_articles_are_shown(number, shown, more):
    stream = iter([(Article(id=str(n), text="Rain."), ()) for n in range(number)])
    block = data(render_explanations(stream))
    assert (len(block["tables"]["articles"]), block["meta"]["more"]) == (shown, more)
    assert len(list(stream)) == max(0, number - shown - 1)


def test_long_articles_are_fewer(monkeypatch):
    monkeypatch.setattr(explanation, "_MOST_TEXTS", 100)
    block = data(render_explanations((Article(id=str(n), text="x" * 60), ()) for n in range(3)))
    assert (len(block["tables"]["articles"]), block["meta"]["more"]) == (1, True)


@pytest.mark.parametrize(
    ("article", "options", "message"),
    [
        (Article(id="b", text="Nothing of it."), {}, "expected mentions of the article 'b'"),
        (ARTICLE, {"theme": "sepia"}, "expected a theme of auto, light, dark"),
        (ARTICLE, {"lang": "<b>"}, "expected a language tag"),
    ],
)
def test_what_does_not_fit_is_refused(article, options, message, tmp_path):
    with pytest.raises(InputError, match=message):
        write_explanation(article, FOUND, tmp_path / "why.html", **options)
    assert list(tmp_path.iterdir()) == []


def test_nothing_is_loaded_and_nothing_inline(html):
    assert re.findall(r"<link|<script[^>]* src|<iframe|<img|<object|@import", html) == []
    assert "default-src 'none'; script-src 'sha256-" in html
    body = html[html.index("<body>") : html.index('<script type="application/json"')]
    assert re.findall(r"\s(?:style|on[a-z]+)=", body) == []
    assert "<title>Bread &amp; &lt;water&gt;</title>" in html


def hostile():
    """Yield articles with a payload in every text, and around a mention."""
    for number, payload in enumerate(PAYLOADS):
        text = f"{payload} Rain in Paris, {payload} Texas."
        article = Article(
            id=payload, title=payload, text=text, source=payload, url=f"javascript:hit({number})"
        )
        found = resolve("Paris", "literal", *PARIS.candidates, text=text)
        yield article, [tell(found, payload)]


def test_python_runs_nothing_of_an_article():
    html = render_explanations(hostile())
    assert html == render_explanations(hostile())
    assert [payload for payload in PAYLOADS if payload.startswith("<") and payload in html] == []
    unstyled = re.sub(r"<style>.*?</style>", "", html, flags=re.DOTALL)  # "{#" is CSS there
    assert [code for code in ("{{ cycler", "{% for", "{#") if code in unstyled] == []


@pytest.mark.browser
def test_hostile_articles_are_shown_as_text(tmp_path, open_page):
    page = open_page(write_explanations(hostile(), tmp_path / "why.html"))
    for number, payload in enumerate(PAYLOADS):
        page.locator("#contents summary").click()
        page.locator("#contents ol button").nth(number).click()
        shown = payload.replace("\u202e", "").replace("\u2066", "")
        assert page.locator("#title").inner_text() == shown
        assert shown in page.locator("#text").inner_text()
        assert f"; {shown} inside_next" in page.locator(".decided").inner_text()
        assert f"; {shown} inside_next" in page.locator(".candidate").first.inner_text()
    assert page.evaluate("window.hit") is None
    assert page.locator("#title a").count() == 0


@pytest.mark.browser
def test_a_chosen_mention_is_explained(page, open_page):
    opened = open_page(page)
    opened.get_by_role("button", name="French: associative, means France, confidence 61%").click()
    assert "means France" in opened.locator("#verdict").inner_text()
    opened.locator("#text .mention").first.click()
    assert opened.locator(".decided").inner_text() == (
        "Decided by: the name beside it is the country or province that it lies in inside_next, "
        "where it leads the second, Paris, France, by 2.25."
    )
    first = opened.locator(".candidate").first
    assert "0.50 × +4.00 = +2.00" in first.inner_text()
    assert opened.locator("#map-slot .pin").all_inner_texts() == ["2", "1"]
    assert opened.locator("#why").inner_text().endswith("the place itself.")
    assert opened.evaluate("location.hash") == "#1.1"


@pytest.mark.browser
def test_the_home_of_an_outlet_is_shown_where_it_had_a_part(explainer, tmp_path, open_page):
    article = Article(
        id="a", text="Bakers met in Springfield on Monday.", source="The State Journal-Register"
    )
    [found] = explainer.parse(article)
    opened = open_page(write_explanation(article, [found], tmp_path / "why.html"))
    first = opened.locator(".candidate").first
    assert "; with the home of the outlet: Springfield unit_votes" in first.inner_text()
    others = opened.locator(".candidate:not(.first)").all_inner_texts()
    assert [text for text in others if "Springfield unit_votes" in text] == []


@pytest.mark.browser
def test_coordinates_say_so_beside_their_sign(explainer, tmp_path, open_page):
    article = Article(id="a", text="The bakery stands at 36°12'N 37°09'E and is open.")
    opened = open_page(write_explanation(article, explainer.parse(article), tmp_path / "why.html"))
    assert (
        opened.locator("#why .shares")
        .inner_text()
        .startswith(
            "the text spells its coordinates out; coordinates, spelt out in the text coordinates"
        )
    )


@pytest.mark.browser
def test_kinds_and_confidence_do_not_rest_on_colour(page, open_page):
    opened = open_page(page)
    styles = opened.locator("#text .mention").evaluate_all(
        "nodes => nodes.map((node) => [getComputedStyle(node).borderBottomStyle, node.dataset.sure])"
    )
    assert styles == [["solid", "91"], ["solid", "91"], ["dashed", "61"], ["dotted", "40"]]
    assert opened.locator("#text .masked").inner_text() == "Advertisement"


@pytest.mark.browser
def test_the_keyboard_reaches_everything_in_order(page, open_page):
    opened = open_page(page)
    stops = []
    for _ in range(6):
        opened.keyboard.press("Tab")
        stops.append(
            opened.evaluate("document.activeElement.id || document.activeElement.className")
        )
        outline = opened.evaluate("getComputedStyle(document.activeElement).outlineStyle")
        assert outline != "none", stops
    assert stops == ["skip", "theme", "", "mention literal high", "previous", "next"]
    opened.locator("#text .mention").first.focus()
    for _ in range(2):
        opened.keyboard.press("ArrowRight")
    assert opened.evaluate("document.activeElement.textContent") == "French"
    assert opened.locator("#position").inner_text() == "3 of 4"
    opened.keyboard.press("ArrowLeft")
    assert opened.locator("#panel-title").inner_text() == "“Texas”"
    opened.keyboard.press("Enter")
    assert opened.evaluate("document.activeElement.id") == "panel"


@pytest.mark.browser
def test_everything_to_press_has_a_name(page, open_page):
    opened = open_page(page)
    nameless = opened.locator(
        "button, summary, a, [role=button], [role=region], section"
    ).evaluate_all(
        """nodes => nodes.filter((node) => !(node.getAttribute("aria-label") || node.textContent.trim()))
            .map((node) => node.outerHTML)"""
    )
    assert nameless == []
    assert opened.locator("h1").count() == 1
    ids = opened.evaluate("[...document.querySelectorAll('[id]')].map((node) => node.id)")
    assert len(ids) == len(set(ids))


@pytest.mark.browser
def test_a_name_that_nobody_locates_says_what_it_lies_in(tmp_path, open_page):
    held = replace(FOUND[1], status="unknown", place=None, candidates=(), within=PLACES["texas"])
    path = write_explanation(ARTICLE, [held], tmp_path / "why.html")
    page = open_page(path)
    page.locator(".mention").first.click()
    said = page.locator("#verdict .means").inner_text()
    assert (
        said
        == "No place of the gazetteer has this name; the text puts it into Texas, United States."
    )
    label = page.locator("#text .mention").first.get_attribute("aria-label")
    assert "no place is known by this name, somewhere in Texas, United States" in label
    assert page.locator(".pin-box .pin").count() == 0


@pytest.mark.browser
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_phone_has_a_sheet_and_no_sideways_scroll(tmp_path, open_page, scheme):
    path = write_explanation(ARTICLE, FOUND, tmp_path / "why.html")
    opened = open_page(
        path, viewport={"width": 390, "height": 844}, color_scheme=scheme, has_touch=True
    )
    assert opened.evaluate("document.documentElement.dataset.theme") == scheme
    assert not opened.locator("#panel").is_visible()
    assert opened.locator("#text .mention[tabindex='0']").count() == 1
    opened.locator("#text .mention").nth(2).tap()
    assert "means France" in opened.locator("#panel").inner_text()
    assert opened.evaluate("document.documentElement.scrollWidth") == 390
    opened.locator("#panel-close").tap()
    assert not opened.locator("#panel").is_visible()


@pytest.mark.browser
def test_a_link_leads_to_a_mention_and_paper_holds_it(page, open_page):
    opened = open_page(page, fragment="#1.3")
    assert opened.locator("#panel-title").inner_text() == "“French”"
    opened.emulate_media(media="print")
    assert not opened.locator("#theme").is_visible()
    assert opened.locator(".candidate .shares").first.is_visible()


@pytest.mark.browser
def test_the_page_says_what_a_relation_means(explainer, tmp_path, open_page):
    article = Article(id="a", text="A dam 30 km north of Idlib is new.")
    page = open_page(write_explanation(article, explainer.parse(article), tmp_path / "why.html"))
    page.locator("#text .mention").first.click()
    said = page.locator("#verdict .relation").inner_text()
    assert said.startswith("“30 km north of Idlib” is 30 km north of it: around 36.2")
    assert said.endswith("; dotted on the map.")
    shape = page.locator("#map_geomap path.described").bounding_box()
    pin = page.locator("#map_geomap .pin.first").bounding_box()
    assert shape["width"] > 10
    assert shape["y"] + shape["height"] < pin["y"] + pin["height"] / 2  # north is up


@pytest.mark.parametrize(
    ("text", "first", "dated", "expected"),
    [
        ("Friday", "2019-03-01", True, ["Friday", "2019-03-01 (day)", "counted from the date of"]),
        ("May 2016", "2016-05-02", True, ["May 2016", "2016-05-02 (day)", "as it is written"]),
        ("Friday", None, False, ["Friday", "", "which day that is depends on the date of"]),
    ],
)
def test_what_a_told_time_rests_on(text, first, dated, expected):
    day = first and dt.date.fromisoformat(first)
    span = DateSpan(start=day, end=day, precision="day") if day else UNKNOWN_DATE
    found = replace(PARIS, told=ToldTime(text=text, start=0, end=len(text), span=span))
    article = ARTICLE if dated else replace(ARTICLE, published=UNKNOWN_DATE)
    (told,) = [
        mention["told"]
        for mention in data(render_explanations([(article, [found])]))["tables"]["articles"][0][
            "mentions"
        ]
    ]
    assert told[:2] == expected[:2]
    assert told[2].startswith(expected[2])


def test_a_shape_that_is_none_is_not_drawn():
    shapes = ("POLYGON ((1 1, 2 2, 2 1, 1 1))", "<b>", "POLYGON ((1 1, 2 2, 2 1, 1 1))")
    found = [
        replace(PARIS, relation=Relation(text="near", type="near", geometry=shape))
        for shape in shapes
    ]
    tables = data(render_explanations([(ARTICLE, found)]))["tables"]
    assert [mention["shape"] for mention in tables["articles"][0]["mentions"]] == [0, -1, 0]
    assert tables["shapes"]["kind"] == [0]
