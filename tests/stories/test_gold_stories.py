"""The labelled pairs for stories: enough of them, apart from each other, and free of contradiction."""

from pathlib import Path

import pytest

from tests.gold.stories import HALVES, load_pairs, measure_overlap, read_pairs, tabulate

README = Path(__file__).parents[1] / "gold" / "README.md"
BASE = {"id": "s1", "title": "Bakery", "text": "The oven is hot.\n\nBread is cheap.", "published": "2019-03-21", "source": "Post", "lang": "en"}  # fmt: skip


@pytest.fixture(scope="module")
def halves():
    return {half: load_pairs(half) for half in HALVES}


def derive(**edits):
    """Return the text of an article derived from the bakery's."""
    pair = {
        "id": "p1",
        "how": "cut",
        "same": True,
        "a": "s1",
        "b": {"id": "d1", "of": "s1"} | edits,
    }
    return read_pairs([BASE], [pair])[0].b


def test_there_are_enough_pairs_of_both_labels_in_both_halves(halves):
    assert sum(map(len, halves.values())) >= 300
    for pairs in halves.values():
        labels = [pair.same for pair in pairs]
        assert min(labels.count(True), labels.count(False)) >= 60


def test_the_halves_share_no_base_article_and_no_id(halves):
    bases = {half: frozenset().union(*(pair.bases for pair in halves[half])) for half in HALVES}
    assert bases["dev"]
    assert not bases["dev"] & bases["test"]
    ids = [pair.id for pairs in halves.values() for pair in pairs]
    assert len(ids) == len(set(ids))
    names = {half: {side.id for pair in halves[half] for side in (pair.a, pair.b)} for half in HALVES}  # fmt: skip
    assert not names["dev"] & names["test"]


def test_an_id_means_one_text(halves):
    sides = [side for pairs in halves.values() for pair in pairs for side in (pair.a, pair.b)]
    assert len(set(sides)) == len({side.id for side in sides})


@pytest.mark.parametrize("half", HALVES)
def test_copies_of_copies_are_never_called_different(halves, half):
    story = {}
    for pair in halves[half]:
        for side in (pair.a, pair.b):
            story.setdefault(side.id, {side.id})
        if pair.same:
            story[pair.a.id] |= story[pair.b.id]
            for name in story[pair.a.id]:
                story[name] = story[pair.a.id]
    torn = [p.id for p in halves[half] if not p.same and story[p.a.id] is story[p.b.id]]
    assert not torn


def test_rewritten_copies_share_what_the_guidelines_say(halves):
    rewritten = [pair for pairs in halves.values() for pair in pairs if pair.how == "rewritten"]
    assert all(0.3 <= measure_overlap(pair.a, pair.b)[0] <= 0.55 for pair in rewritten)


def test_the_guidelines_have_the_table():
    assert tabulate() in README.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("edits", "text"),
    [
        ({"keep": [1, 0]}, "Bread is cheap.\n\nThe oven is hot."),
        ({"replace": [["hot", "cold"]]}, "The oven is cold.\n\nBread is cheap."),
        ({"insert": [[0, "Post"], [2, "(c)"]]}, "Post\n\nThe oven is hot.\n\nBread is cheap.\n\n(c)"),
        ({"keep": [0], "insert": [[1, "hot"]], "join": " "}, "The oven is hot. hot"),
        ({"keep": [1], "wrap": 10}, "Bread is\ncheap."),
    ],
)  # fmt: skip
def test_edits_make_the_text(edits, text):
    assert derive(**edits).text == text


def test_a_copy_has_its_own_title_and_may_lose_its_date():
    copy = derive(title="Brot", published=None)
    assert (copy.title, copy.published.precision, copy.source) == ("Brot", "unknown", "Post")
    assert derive(title="Brot").published.start.isoformat() == "2019-03-21"


def test_borrowed_paragraphs_come_with_their_base():
    own = {"id": "d1", "title": "Next day", "text": "Queues.", "published": None, "source": "Post", "borrow": [[1, "s1", 1]]}  # fmt: skip
    pair = {"id": "p1", "how": "follow_up", "same": False, "a": "s1", "b": own}
    (made,) = read_pairs([BASE], [pair])
    assert made.b.text == "Queues.\n\nBread is cheap."
    assert made.bases == {"s1", "d1"}


@pytest.mark.parametrize(
    ("edits", "message"),
    [
        ({"replace": [["cake", "pie"]]}, "the text has no 'cake'"),
        ({"replace": [["hot", "hot"]]}, "replaced by itself"),
        ({"keep": [2]}, "no paragraph 2 among 2"),
        ({"keep": [-1]}, "no paragraph -1"),
        ({"insert": [[3, "x"]]}, "cannot insert after 3 of 2"),
        ({"of": "s9"}, "no article 's9'"),
        ({"id": "s1", "keep": [0]}, "the id is taken"),
        ({"cut": [0]}, r"no such fields: \['cut'\]"),
        ({}, "does not differ"),
    ],
)
def test_an_edit_that_does_not_apply_is_an_error(edits, message):
    with pytest.raises(ValueError, match=message):
        derive(**edits)
