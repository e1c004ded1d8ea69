"""Copies of a story are found, whatever stands around them; what only looks like one is none."""

import datetime as dt
import errno
import os
import random
import subprocess
import sys
import tempfile
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geomap.articles.readers import read_articles
from geomap.errors import OutputError
from geomap.model import Article, DateSpan
from geomap.stories import spool as spool_module
from geomap.stories.clusters import Clusters, find_groups
from geomap.stories.copies import compare_wordings, is_copy, read_wording
from geomap.stories.dates import find_story_date
from geomap.stories.find import StoryReport, find_stories
from geomap.stories.shingles import (
    LONGEST_TEXT,
    hash_shingles,
    hash_words,
    shingles_of_texts,
    sign_shingles,
    split_words,
)
from tests.gold.stories import load_pairs

SEEDS = Path(__file__).parents[3] / "shared" / "seeds"

MARKET = """RAQQA (ANW) - The covered market by the old clock tower opened its gates on Monday, eleven years after its \
roof had fallen in, and by noon not a kilo of apricots was left on the stalls.

"My grandfather sold buttons on this corner, and his scissors still hang on the nail," said Salwa Hamdan, a draper who \
had driven up from Homs before dawn with forty bolts of cotton in her van.

Masons from Tabqa relaid the vaults with 90,000 bricks that were fired in a kiln by the Euphrates. The town council paid \
for the lamps, and merchants shared the cost of the doors.

Rents will stay as they are for two years. A third of the 212 stalls goes to widows and to people who come back \
from Mersin and Erbil, said the council's clerk, Yusuf Darwish.

A fountain in the middle is dry still. Its pump waits at a workshop in Aleppo for a ring of rubber that nobody \
has made since 1987."""
SAME_EVENT = """Shoppers crowded into Raqqa's restored bazaar as it welcomed them for the first time since it was wrecked. \
Traders spoke of tears and of brisk business.

Salwa Hamdan, who deals in fabrics, set off from Homs at night. Next to her a boy handed out sugared almonds. The vaulted hall has \
been rebuilt by craftsmen of the region; Yusuf Darwish of the town hall promised that nobody would pay more than before.

What is missing is water: the fountain does not run, because a seal cannot be found anywhere in the country."""
FERRY = """IZMIR - Ferries across the bay will carry bicycles free of charge from April, the harbour board said, and \
one car deck on each boat is to lose its rails to make room for them.

The board counted 3,400 cyclists on a single Sunday in October, twice as many as the year before. Most of them came from \
Karsiyaka with baskets for the fish market.

Captain Nermin Aydin, who has steered the line for 19 years, said that the decks would have to be scrubbed more often. \
"Chains drip, and white shoes do not forgive that," she said at the pier in Konak.

Buses in Manisa tried the same in spring and gave up in June, after a dispute over a tandem."""
#: a paragraph of the market's story that another article may quote
QUOTE = MARKET.split("\n\n")[1]


def make(text, name="a", day=None, **fields):
    date = DateSpan(start=day, end=day, precision="day", source="field") if day else DateSpan()
    return Article(id=name, text=text, published=date, **fields)


def sizes(*texts):
    articles = [make(text, str(number)) for number, text in enumerate(texts)]
    return [article.story.size for article in find_stories(articles)]


def are_copies(one, other):
    return sizes(one, other) == [2, 2]


def replaced(text, *pairs):
    for old, new in pairs:
        assert old in text
        text = text.replace(old, new)
    return text


COPIES = {
    "verbatim": MARKET,
    "with another paper's lines around it": f"Home\nBy Staff\n\n{MARKET}\n\nShare on Facebook\nMore from Our Paper",
    "its first third": "\n\n".join(MARKET.split("\n\n")[:2]),
    "without its end": "\n\n".join(MARKET.split("\n\n")[:4]),
    "without a paragraph in the middle": replaced(MARKET, (QUOTE + "\n\n", "")),
    "in one line, without quotation marks": MARKET.replace("\n\n", " ").replace('"', ""),
    "with curly marks and long dashes": replaced(
        MARKET, ('"My', "“My"), (',"', ",”"), (" - ", " — "), ("'", "’")
    ),
    "with soft hyphens": replaced(
        MARKET, ("apricots", "apri\u00adcots"), ("scissors", "scis\u00adsors")
    ),
    "lightly rewritten": replaced(
        MARKET,
        ("opened its gates on Monday", "opened on Monday"),
        ("not a kilo of apricots was left on the stalls", "the last apricots were sold"),
        ("who had driven up from Homs before dawn", "who left Homs before daybreak"),
        ("paid for the lamps, and merchants shared the cost of the doors", "bought lamps"),
        ("A third of the 212 stalls goes to widows and", "Of 212 stalls a third is for widows"),
    ),
    "with another name for the council throughout": replaced(
        MARKET, ("The town council", "The city hall"), ("the council's clerk", "city hall's clerk")
    ),
}
OTHERS = {
    "the same event by another hand": SAME_EVENT,
    "something else": FERRY,
    "an article that quotes a paragraph": f"{FERRY}\n\n{QUOTE}",
    "a note with the same quote": f"{QUOTE}\n\nReaders ask for drapers by the sea. We went to look in Izmir, Bodrum and Foca, "
    "and found three of them, all closed for the winter. The nearest one that answers the telephone is in Manisa.",
    "a follow-up with old paragraphs": "RAQQA (ANW) - Water sprang from the fountain of the covered market on Thursday, to the "
    "cheers of schoolchildren who had been let off their lessons for it.\n\nA plumber, Bashar Nouri, had cut the missing ring "
    "out of a lorry's tyre. He asked for no money and got a crate of quinces.\n\nThe pump now hums day and night, which the neighbours have "
    f"begun to mind. They were promised a switch.\n\n{MARKET.split(chr(10) * 2)[2]}",
}


@pytest.mark.parametrize("how", COPIES)
def test_a_copy_is_found(how):
    assert are_copies(MARKET, COPIES[how])


@pytest.mark.parametrize("how", OTHERS)
def test_what_is_no_copy_is_none(how):
    assert not are_copies(MARKET, OTHERS[how])


WEATHER = """The Met Service expects {sky} over {town} on {day}, with a high of {high} degrees and a low of {low}. Winds from \
the {wind} will reach {speed} kilometres an hour. The chance of rain is {rain} per cent. Sunrise is at {rise} and sunset at {set}. \
The next report follows in the evening; ask {name} at the desk in {office} for the tides."""


def test_a_form_that_is_filled_in_anew_is_no_copy():
    reports = [
        WEATHER.format(sky="clear skies", town="Tabqa", day="Monday", high=31, low=17, wind="west", speed=14, rain=3,
                       rise="5.12", set="19.48", name="Rima", office="Raqqa"),
        WEATHER.format(sky="low clouds", town="Bodrum", day="Friday", high=22, low=12, wind="south", speed=40, rain=65,
                       rise="6.31", set="18.02", name="Orhan", office="Mugla"),
    ]  # fmt: skip
    likeness = compare_wordings(*map(read_wording, reports))
    assert likeness.containment > 0.3, "the form is shared"
    assert sizes(*reports) == [1, 1]


def test_articles_come_out_as_they_went_in():
    articles = [
        make(MARKET, "x", dt.date(2024, 5, 6), title="T", url="https://a.example/", source="S"),
        make(FERRY + "\ud800", "y", lang="tr", spans=((0, 5), (7, 9))),
        make("", "z"),
    ]
    told = list(find_stories(iter(articles)))
    plain = [
        Article(**{name: getattr(a, name) for name in a.__slots__} | {"story": None}) for a in told
    ]
    assert plain == articles
    assert [article.story.size for article in told] == [1, 1, 1]
    assert len({article.story.id for article in told}) == 3


def test_the_stories_that_articles_had_are_found_anew():
    once = list(find_stories([make(MARKET, "a", dt.date(2024, 5, 6)), make(MARKET, "b")]))
    assert list(find_stories(once)) == once
    [alone] = find_stories(once[1:])
    assert alone.story.size == 1


def test_nothing_gives_nothing():
    report = StoryReport()
    assert list(find_stories([], report=report)) == []
    assert report == StoryReport()


def test_the_report_counts():
    articles = [make(MARKET, "a", dt.date(2024, 5, 6)), make(MARKET, "b"), make(FERRY, "c")]
    report = StoryReport()
    list(find_stories(articles, report=report))
    assert (report.articles, report.stories, report.copies, report.dated) == (3, 2, 1, 1)


@pytest.mark.parametrize("text", ["", " \n", "…", "Photo gallery", "Fire in Raqqa, more soon."])
def test_texts_of_a_few_words_are_nobodys_copies(text):
    first, second = find_stories([make(text, "a"), make(text, "b")])
    assert (first.story.size, second.story.size) == (1, 1)
    assert first.story.id != second.story.id


def test_long_texts_are_read_to_a_limit():
    book = " ".join(f"{word}{number}" for number in range(30_000) for word in ("Ada", "reads"))
    assert len(book) > LONGEST_TEXT
    assert are_copies(book, book + " The end, and thanks to all who came to read it aloud.")


# ids


def test_ids_do_not_depend_on_order_or_on_other_articles():
    articles = [
        make(text, f"{number}", dt.date(2024, 5, 1 + number % 3) if number % 2 else None)
        for number, text in enumerate([*COPIES.values(), *OTHERS.values()])
    ]
    ids = {article.id: article.story for article in find_stories(articles)}
    # one of the others is another one with a quote
    assert len({story.id for story in ids.values()}) == 1 + len(OTHERS) - 1
    for seed in range(3):
        shuffled = random.Random(seed).sample(articles, len(articles))  # noqa: S311 - no secret
        assert {article.id: article.story for article in find_stories(shuffled)} == ids
    few = articles[: len(COPIES)]
    assert {a.id: a.story for a in find_stories(few)} == {a.id: ids[a.id] for a in few}


def test_which_of_two_spellings_comes_first_makes_no_difference():
    """In one line the frame is no boilerplate that is masked."""
    lines = [
        "Share this article",
        "Advertisement",
        *MARKET.split("\n\n")[:1],
        "Read more: " + "what else " * 9,
    ]
    spellings = [make(joint.join(lines), joint) for joint in ("\n", " ", "\n\n", " - ")]
    other = make(MARKET, "whole")
    told = [
        {article.id: article.story for article in find_stories([*order, other])}
        for order in (spellings, spellings[::-1])
    ]
    assert told[0] == told[1]


def test_what_a_text_says_often_is_counted_once():
    from geomap.stories.furniture import Furniture

    furniture = Furniture()
    often, once = split_words("ring the bell and " * 300), split_words(MARKET.lower())
    for _ in range(250):
        furniture.count(*shingles_of_texts([once], 4))
    furniture.count(*shingles_of_texts([often], 4))
    assert furniture.own_words(hash_words(often)) is None
    frame = furniture.own_words(hash_words([*often, *once[:20]]))
    assert frame.tolist() == [True] * len(often) + [False] * 20


def test_a_later_copy_leaves_the_id_as_it_was():
    first = make(COPIES["lightly rewritten"], "a", dt.date(2024, 5, 1))
    others = [make(text, str(n), dt.date(2024, 5, 2)) for n, text in enumerate(COPIES.values())]
    [alone] = find_stories([first])
    among = next(iter(find_stories([first, *others])))
    assert among.story.id == alone.story.id
    assert among.story.size == 1 + len(others)


def test_an_id_is_made_of_the_words_alone():
    ids = {
        article.story.id
        for text in (MARKET, MARKET.upper(), MARKET.replace('"', "“"), f" {MARKET}\n")
        for article in find_stories([make(text, "any", dt.date(2024, 5, 1), title=text[:9])])
    }
    assert ids == {"s66b640219678a993"}


def test_another_process_gives_the_same_ids_and_signatures():
    code = (
        "from tests.stories.test_stories import *\n"
        "print([(a.id, a.story) for a in find_stories(make(t, k) for k, t in (COPIES | OTHERS).items())])\n"
        "print(sign_shingles(*shingles_of_texts([split_words(MARKET)], 4))[0, :2])"
    )
    runs = {
        subprocess.run(
            [sys.executable, "-c", code],
            env=os.environ | {"PYTHONHASHSEED": seed},
            cwd=Path(__file__).parents[2],
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    }
    assert len(runs) == 1


# shingles


def test_signatures_are_those_of_any_machine():
    """Another release of the library that signs may sign otherwise: then other pairs are compared."""
    [row] = sign_shingles(*shingles_of_texts([split_words(MARKET)], 4))
    assert row[:3].tolist() == [17463794, 99766913, 754657465]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", []),
        ("U.S. $2,100", ["U", "S", "2", "100"]),
        ("«l’été» — ça", ["l", "ete", "ca"]),
        ("Ko\u00adbane\u0301 Koban\u00e9", ["Kobane", "Kobane"]),
        ("الرقة، سوريا؟", ["الرقة", "سوريا"]),
        ("東京で、雨", ["東", "京", "て", "雨"]),
        ("a\u00a0b\u2009c\u3000d", ["a", "b", "c", "d"]),
        ("\ud800x", ["\ud800x"]),
    ],
)
def test_words(text, words):
    assert [word.decode("utf-8", "surrogatepass") for word in split_words(text)] == words


def test_many_texts_have_the_shingles_that_each_has_alone():
    texts = [split_words(text) for text in (MARKET, "one two three four", FERRY, SAME_EVENT)]
    shingles, ends = shingles_of_texts(texts, 4)
    parts = np.split(shingles, ends[1:-1].astype(int))
    assert [part.tolist() for part in parts] == [
        hash_shingles(hash_words(words), 4).tolist() for words in texts
    ]


@settings(max_examples=60)
@given(st.text(), st.text())
def test_any_two_texts_can_be_compared(one, other):
    there, back = (
        compare_wordings(*map(read_wording, pair)) for pair in ((one, other), (other, one))
    )
    assert (there.jaccard, there.containment) == (back.jaccard, back.containment)
    assert all(0 <= getattr(there, name) <= 1 for name in there.__slots__)


def test_a_text_is_its_own_copy():
    assert is_copy(compare_wordings(read_wording(MARKET), read_wording(MARKET)))


# groups


def sentences(*names):
    """Return a text of one long invented sentence for each name."""
    return " ".join(
        f"Mr {name} of {name}town sold {name}wool, {name}corn, {name}salt and {name}beans to the {name}folk "
        f"of the {name}hill, the {name}dale and the {name}shore before the {name}bell rang for {name}mass."
        for name in names
    )


def test_a_chain_of_texts_ends_where_its_ends_have_nothing_in_common():
    names = [f"{a}{b}{c}" for a in "BDFGKLMNPR" for b in "oua" for c in ("la", "ra")]
    texts = [sentences(*names[start : start + 6]) for start in range(len(names) - 5)]
    told = list(find_stories(make(text, str(number)) for number, text in enumerate(texts)))
    assert told[0].story == told[1].story, "neighbours have five sentences of six in common"
    assert max(article.story.size for article in told) < len(texts) / 3


def test_a_round_up_does_not_make_two_stories_one():
    first, second, *_ = find_stories(
        [make(MARKET, "a"), make(FERRY, "b"), make(f"{MARKET}\n\n{FERRY}", "c")]
    )
    assert first.story.id != second.story.id


def test_groups_hang_together():
    pairs = np.array([[1, 4], [0, 2], [4, 3], [2, 0]])
    groups = [group.tolist() for group in find_groups(pairs, 6)]
    assert groups == [[[0, 2], [2, 0]], [[1, 4], [4, 3]]]
    assert find_groups(np.empty((0, 2), dtype=np.int64), 0) == []


def test_pages_that_share_much_are_compared_a_few_times_only():
    """Each of them seems to be a copy of each other one."""
    asked = []

    def wording(number):
        asked.append(number)
        return read_wording(MARKET if number % 2 else FERRY)

    number = 300
    pairs = np.array([(a, b) for a in range(number) for b in range(a + 1, number)])
    clusters = Clusters(number, wording)
    clusters.link(pairs)
    assert len(asked) < 30 * number
    assert clusters.roots().tolist() == [0, 1] * (number // 2)


def many(count, seed=7):
    """Yield pairwise different texts of 60 to 90 words."""
    generator = random.Random(seed)  # noqa: S311 - no secret
    words = ["".join(generator.choices("aeioubdfgklmnprst", k=6)) for _ in range(5000)]
    for _ in range(count):
        yield " ".join(generator.choices(words, k=generator.randrange(60, 90))) + "."


def test_what_stands_on_very_many_pages_makes_no_copies():
    furniture = " ".join(many(2, seed=8))
    pages = [f"{text} {furniture}" for text in many(600)]
    told = list(
        find_stories(make(text, str(n)) for n, text in enumerate([*pages, pages[0] + " x"]))
    )
    assert [article.story.size for article in told] == [2] + [1] * 599 + [2]


def test_pages_that_are_nearly_all_alike_are_copies():
    pages = [f"{MARKET}\n\nPage {number} of this site." for number in range(400)]
    assert sizes(*pages) == [400] * 400


# dates


def test_a_copy_without_a_date_takes_the_day_of_its_siblings():
    day = dt.date(2016, 6, 11)
    dated, bare, other = find_stories([make(MARKET, "a", day), make(MARKET, "b"), make(FERRY, "c")])
    assert dated.published == make("", "", day).published
    assert bare.published == DateSpan(start=day, end=day, precision="day", source="story")
    assert other.published == DateSpan()


def test_a_copy_with_a_date_keeps_it():
    days = [dt.date(2016, 6, 11), dt.date(2019, 1, 2)]
    told = find_stories([make(MARKET, str(day), day) for day in days])
    assert [article.published.start for article in told] == days


def span(start, end=None, precision="day", *, ambiguous=False):
    start, end = (dt.date.fromisoformat(day) for day in (start, end or start))
    return DateSpan(start=start, end=end, precision=precision, ambiguous=ambiguous)


@pytest.mark.parametrize(
    ("dates", "expected"),
    [
        ([], None),
        ([DateSpan()], None),
        (["2016-06-11"], ("2016-06-11", "2016-06-11", "day")),
        (["2016-06-13", "2016-06-11"], ("2016-06-11", "2016-06-13", "week")),
        (["2016-06-11", "2016-06-17"], ("2016-06-11", "2016-06-17", "week")),
        (["2016-06-11", "2016-06-18"], ("2016-06-11", "2016-06-11", "day")),
        (
            [("2016-06-01", "2016-06-30", "month"), "2016-06-11"],
            ("2016-06-11", "2016-06-11", "day"),
        ),
        (
            [("2016-06-01", "2016-06-30", "month"), ("2016-07-01", "2016-07-31", "month")],
            ("2016-06-01", "2016-06-30", "month"),
        ),
        ([("2016-01-01", "2016-12-31", "year")], ("2016-01-01", "2016-12-31", "year")),
        ([("2016-06-06", "2016-06-12", "week")], ("2016-06-06", "2016-06-12", "week")),
    ],
)
def test_the_date_of_a_story(dates, expected):
    spans = [
        date if isinstance(date, DateSpan) else span(*([date] if isinstance(date, str) else date))
        for date in dates
    ]
    found = find_story_date(spans)
    assert (found and (str(found.start), str(found.end), found.precision)) == expected
    assert found is None or found.source == "story"


def test_a_day_and_month_that_could_be_swapped_stay_so():
    dates = [span("2016-06-11", ambiguous=True), span("2017-06-11")]
    assert find_story_date(dates).ambiguous
    assert not find_story_date([span("2016-06-11"), span("2017-06-11", ambiguous=True)]).ambiguous


# the temporary file


@pytest.fixture
def scratch(tmp_path, monkeypatch):
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    return tmp_path


def test_no_file_stays(scratch):
    assert sizes(MARKET, FERRY) == [1, 1]
    told = find_stories([make(MARKET)])
    next(told)
    told.close()

    def broken():
        yield make(MARKET)
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        list(find_stories(broken()))
    assert list(scratch.iterdir()) == []


def test_a_folder_that_cannot_be_written_is_named(monkeypatch, tmp_path):
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "missing"))
    with pytest.raises(OutputError, match=r"missing cannot hold: No such .*--no-stories"):
        list(find_stories([make(MARKET)]))


def test_a_full_disk_is_an_error_that_says_what_to_do(monkeypatch):
    class Full:
        def write(self, _record):
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

        def close(self):
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(spool_module.tempfile, "TemporaryFile", lambda **_: Full())
    with pytest.raises(OutputError, match=r"No space left on device.*TMPDIR"):
        list(find_stories([make(MARKET)]))


# labelled pairs and real articles


@pytest.mark.parametrize("half", ["dev", "test"])
def test_precision_and_recall_do_not_fall_below_their_floor(half):
    pairs = load_pairs(half)
    told = [sizes(pair.a.text, pair.b.text) == [2, 2] for pair in pairs]
    right = sum(pair.same and copy for pair, copy in zip(pairs, told, strict=True))
    assert right / sum(told) >= 0.97
    assert right / sum(pair.same for pair in pairs) >= 0.97


@pytest.mark.skipif(not SEEDS.exists(), reason=f"the five articles are not at {SEEDS}")
def test_of_five_real_articles_two_tell_one_story():
    told = {
        article.id[:3]: article
        for article in find_stories(read_articles(SEEDS))
        if article.id[:3].isdigit()
    }
    assert told["000"].story == told["001"].story
    assert {name: article.story.size for name, article in told.items()} == {
        "000": 2, "001": 2, "002": 1, "003": 1, "004": 1,
    }  # fmt: skip
    assert len({article.story.id for article in told.values()}) == 4
    day = dt.date(2016, 6, 11)
    assert told["000"].published.source == "header"
    taken = told["001"].published
    assert (taken.start, taken.end, taken.source) == (day, day, "story")
