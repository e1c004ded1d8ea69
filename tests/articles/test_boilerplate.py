"""Masks: what is no part of the article yields no mentions, and prose is left alone."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geomap.articles import find_masks
from geomap.articles.boilerplate import find_surroundings

_SEEDS = Path(__file__).resolve().parents[3] / "shared" / "seeds"
_PROSE = "The last rebels left the old town of Azaz on Monday, and nobody knew where they went."


def _masked(text):
    return [text[start:end] for start, end in find_masks(text)]


@pytest.mark.parametrize(
    "line",
    [
        "Advertisement",
        "ADVERTISEMENT",
        "No Script",
        "Please Wait...",
        "TOP top",
        "Share",
        "Comments",
        "12 comments",
        "Comments (3)",
        "Share on Facebook Share on Twitter",
        "(c)2015 The Azaz Paper",
        "© 2015 The Azaz Paper, London",
        "Copyright 2015 Azaz Paper",
        "The Azaz Paper, Aleppo. All rights reserved.",
        "Visit the Aleppo Paper at www.paper.example",
        "Distributed by Aleppo Content Agency, LLC.",
        "Read more: What happened in Raqqa",
        "READ MORE: What happened in Raqqa",
        "Related: Raqqa a year later",
        "Sign up for our Damascus newsletter",
        "Follow us on Twitter and Facebook",
        "We use cookies to make this site better.",
        "folder_openReports access_time2 years ago",
        "starAdd to favourites",
        "https://paper.example/raqqa/aleppo?id=1",
        "Home > World > Middle East",
    ],
)
def test_lines_that_are_masked_as_a_whole(line):
    text = f"{_PROSE}\n\n{line}\n\n{_PROSE[4:]}"
    assert "".join(_masked(text)).replace(" ", "") == line.replace(" ", "")


@pytest.mark.parametrize(
    "line",
    [
        _PROSE,
        "Share prices fell in London.",
        "Copyright law in Germany is strict.",
        "Distributed by the army, the bread reached Aleppo on Friday.",
        "Visit the old town of Damascus at night.",
        "He was told to share on Monday what he knew of Homs.",
        "Photo: a market in the old town of Aleppo",
        "Comments made in Paris angered Ankara.",
        "Top officials met in Geneva.",
        "More than 300 people fled Raqqa.",
        "Europe",
    ],
)
def test_prose_is_left_alone(line):
    text = "\n".join([_PROSE + str(number) for number in range(12)] + [line])
    assert _masked(text) == []


@pytest.mark.parametrize(
    ("text", "masks"),
    [
        ("A street in Raqqa.PHOTO: REUTERS", ["PHOTO: REUTERS"]),
        ("A street in Raqqa. Photo: Ann Lee/AFP", ["Photo: Ann Lee/AFP"]),
        ("A street in Raqqa. Photo by Ann Lee/Getty Images", ["Photo by Ann Lee/Getty Images"]),
        ("A street in Raqqa. (AP Photo/Ann Lee)", ["(AP Photo/Ann Lee)"]),
        ("A street in Raqqa. REUTERS/Ann Lee", ["REUTERS/Ann Lee"]),
        ("A street in Raqqa. Ann Lee/AFP/Getty Images", ["Ann Lee/AFP/Getty Images"]),
        ("Write to desk@paper.example from Raqqa.", ["desk@paper.example"]),
        ("See www.paper.example/raqqa, or not.", ["www.paper.example/raqqa"]),
        ("They left Raqqa. Share on WhatsApp", ["Share on WhatsApp"]),
    ],
)
def test_parts_of_lines(text, masks):
    assert _masked(text) == masks


@pytest.mark.parametrize(
    ("text", "copy"),
    [
        ("A child in the ruins of Raqqa.\nA child in the ruins of Raqqa.", (31, 61)),
        ("A child in the ruins of Raqqa.\n\nA child in the ruins of Raqqa.PHOTO: AFP", (32, 72)),
        ("Four rebels leave Raqqa\nA Paper\nFour rebels leave Raqqa\nText.", (32, 55)),
    ],
)
def test_a_caption_or_title_that_comes_twice_names_its_places_twice_and_is_compared_once(
    text, copy
):
    assert find_surroundings(text) == (copy,)
    assert not any(start < copy[0] + 20 for start, _ in find_masks(text))


def test_rules_for_comments_are_masked_to_the_end_in_the_second_half_only():
    rules = "Comments will be moderated. Do not write about Homs."
    late = f"{_PROSE}\n\n{rules}\n\nHama"
    early = f"{rules}\n\n{_PROSE}\n\n{_PROSE[4:]}"
    assert _masked(late) == [late[late.index(rules) :]]
    assert _masked(early) == [rules]


def test_a_section_is_masked_at_the_top_only():
    text = "\n".join(
        ["Middle East", *(_PROSE + str(number) for number in range(12)), "Middle East"]
    )
    assert find_masks(text) == ((0, 11),)


@given(
    st.text()
    | st.lists(
        st.sampled_from(
            ["Advertisement", "\n", "a@b.example", " ", "Photo: A B", "www.a", "(c)1", "İ", "x"]
        )
    ).map("".join)
)
def test_masks_are_sorted_disjoint_and_in_range(text):
    bounds = [bound for span in find_masks(text) for bound in span]
    assert bounds == sorted(set(bounds))
    assert all(0 <= bound <= len(text) for bound in bounds)


@pytest.mark.skipif(not _SEEDS.exists(), reason="the annotated articles are not on this machine")
def test_no_annotated_place_is_masked():
    gold = json.loads((_SEEDS / "gold.json").read_text("utf-8"))
    masks = {path.name: find_masks(path.read_text("utf-8")) for path in _SEEDS.glob("*.txt")}
    hidden = [
        place["surface"]
        for place in gold
        for start, end in masks[place["article"]]
        if place["kind"] in ("literal", "associative")
        and start < place["end"]
        and place["start"] < end
    ]
    assert hidden == []
