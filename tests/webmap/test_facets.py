"""The words of a page's address: those of the command's options, with the same mentions behind them."""

from __future__ import annotations

from urllib.parse import urlencode

import pandas as pd
import pytest

from geomap.selection import Selection, wishes
from geomap.selection.apply import select_mentions
from geomap.webmap import write_map
from tests.webmap.sample import make_frame, make_records

pytestmark = pytest.mark.browser

#: fields of a selection that a page's address has, with words that leave some of the sample's mentions out
ASKED = [
    {"kind": "associative"},
    {"kind": ("literal", "associative")},
    {"status": "resolved"},
    {"status": "ambiguous"},
    {"status": ("ambiguous", "unknown")},
    {"min_confidence": 0.6},
    {"precision": (1, 6)},
    {"country": ("SY", "iq")},
    {"country": "Turkey"},
    {"source": "levant courier"},
    {"lang": "en"},
    {"lang": ("fr", "de")},
    {"feature": "PPLA"},
    {"feature": ("ADM*", "PCLI")},
    {"from_day": "2016-02", "to_day": "2016-09"},
    {"from_day": "2015", "undated": True},
    {"undated": False},
    {"kind": "literal", "country": "SY", "source": "Rivertown Post", "to_day": "2017"},
]
#: fields that choose on the globe, which a page does with its map, and that of a story's copies: a page counts the
#: first copy that names a place, the command keeps one article of the story
ELSEWHERE = {"admin1", "bbox", "within", "near", "place", "time", "story_copies"}


@pytest.fixture(scope="module")
def frame():
    """Articles in three languages; some names that nobody locates."""
    tags = ("en-GB", "fr", "de_AT")
    drawn = [row for row in make_records() if row["kind"] != "embedded"]
    rows = [row | {"lang": tags[int(row["article_id"][:3]) % 3]} for row in drawn]
    lost = {"status": "unknown", "place_id": None, "name": None, "lat": None, "lon": None}
    lost |= {"feature": None, "precision": None, "country": None}
    return make_frame([row if n % 9 else row | lost for n, row in enumerate(rows)])


@pytest.fixture(scope="module")
def path(frame, tmp_path_factory):
    return write_map(frame, tmp_path_factory.mktemp("facets") / "map.html")


def _hash(asked):
    """The options of a command as an address: the words without their dashes."""
    pairs = []
    for name, value in asked.items():
        word = wishes()[name].word.removeprefix("--")
        if isinstance(value, bool):
            pairs.append((word if value else f"no-{word}", ""))
        else:
            pairs += [(word, one) for one in (value if isinstance(value, tuple) else (value,))]
    return f"#{urlencode(pairs)}"


@pytest.mark.parametrize("asked", ASKED, ids=_hash)
def test_an_address_shows_what_the_command_would_keep(asked, path, frame, open_page):
    page = open_page(path, fragment=_hash(asked))
    kept = select_mentions(frame, Selection(**asked))
    assert 0 < len(kept) <= len(frame)
    shown = page.locator("#summary").inner_text().split()[0].replace(",", "")
    assert int(shown) == len(kept), page.locator("#chips").inner_text()


def test_every_option_is_a_word_of_the_address_or_lies_elsewhere():
    assert {name for asked in ASKED for name in asked} | ELSEWHERE == set(wishes())


def test_facets_that_an_address_chose_have_chips_and_boxes(path, open_page):
    page = open_page(path, fragment="#article-lang=fr&status=resolved&feature=PPLA&view=filters")
    chips = page.locator(".chip").all_inner_texts()
    assert chips == ["Only: Place known\n×", "French\n×", "PPLA\n×"]
    panel = page.locator(".filters")
    assert panel.get_by_label("French").is_checked()
    assert not panel.get_by_label("Uncertain which place").is_checked()
    panel.get_by_label("Named, not located").check()
    page.wait_for_timeout(500)
    assert "ambiguous=0" in page.evaluate("location.hash")
    page.locator("#legend").get_by_label("Uncertain which place").check()
    page.wait_for_timeout(500)
    assert "ambiguous" not in page.evaluate("location.hash")
    assert "status" not in page.evaluate("location.hash")
    page.get_by_role("button", name="Clear all").first.click()
    assert page.locator("#chips").is_hidden()


def test_the_language_of_articles_is_a_list_where_there_are_several(path, frame, open_page):
    panel = open_page(path, fragment="#view=filters").locator(".filters")
    counts = {
        row.locator(".hit").inner_text(): int(row.locator(".number").inner_text())
        for row in panel.locator("fieldset")
        .filter(has_text="Language of the article")
        .locator("label")
        .all()
    }
    known = pd.Series(frame["lang"]).value_counts().to_dict()
    assert sorted(counts.values()) == sorted(known.values())
    assert counts["French"] == known["fr"]
