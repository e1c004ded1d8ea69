"""The page's tables add up to the records."""

from __future__ import annotations

import itertools

import pytest

from geomap.webmap.payload import build_payload
from tests.webmap.sample import make_frame, make_row


@pytest.fixture(scope="module")
def payload():
    return build_payload(make_frame())


def _names(payload, column="name"):
    return [payload.strings[index] for index in payload.places[column]]


def test_counts_of_places_are_those_of_the_table(payload):
    frame = make_frame()
    drawn = frame[frame.kind.isin(["literal", "associative"]) & (frame.status != "unknown")]
    names = _names(payload)
    places = [names[place] for place in payload.mentions["place"]]
    assert {name: places.count(name) for name in names} == drawn.name.value_counts().to_dict()
    assert len(payload.articles["title"]) == drawn.article_id.nunique()
    assert payload.skipped == {"unresolved": 0, "embedded": 1}


def test_all_columns_of_a_table_are_of_one_length(payload):
    for table in (payload.articles, payload.places, payload.mentions):
        assert len({len(column) for column in table.values()}) == 1


def test_mentions_of_a_place_and_an_article_stand_together(payload):
    pairs = list(zip(payload.mentions["place"], payload.mentions["article"], strict=True))
    assert payload.mentions["place"] == sorted(payload.mentions["place"])
    assert len(list(itertools.groupby(pairs))) == len(set(pairs))


def test_marks_are_the_surfaces(payload):
    columns = payload.mentions
    marked = {
        payload.strings[snippet][mark : mark + length]
        for snippet, mark, length in zip(
            columns["snippet"], columns["mark"], columns["length"], strict=True
        )
    }
    assert {"Raqqa", "Iraqi", "Euphrates", "Deir ez-Zor"} <= marked
    assert "" not in marked


@pytest.mark.parametrize(
    ("snippet", "starts", "expected"),
    [
        ("Raqqa, then Raqqa again", (3, 12), [(0, 5), (12, 5)]),
        ("Raqqans left Raqqa", (3,), [(13, 5)]),
        ("𝒜 in Raqqa", (3,), [(6, 5)]),  # JavaScript counts UTF-16 units
        ("nothing here", (3,), [(0, 0)]),
    ],
)
def test_where_a_name_is_marked(snippet, starts, expected):
    rows = [make_row("Raqqa", snippet, "literal", 1, start=n, surface="Raqqa") for n in starts]
    columns = build_payload(rows).mentions
    assert list(zip(columns["mark"], columns["length"], strict=True)) == expected


def test_a_name_inside_a_longer_name_is_not_the_one_that_is_marked():
    snippet = "The Raqqa Diaries were read aloud in Raqqa and Mosul."
    rows = [
        make_row("Raqqa", snippet, "embedded", 1, start=504),
        make_row("Raqqa", snippet, "literal", 1, start=538),  # a space more than in the snippet
        make_row("Mosul", snippet, "literal", 1, start=548),
    ]
    for given in (rows, rows[1:]):
        columns = build_payload(given).mentions
        marked = [snippet[at : at + 9] for at in columns["mark"]]
        assert sorted(marked) == ["Mosul.", "Raqqa and"]


@pytest.mark.parametrize(
    ("dates", "expected"),
    [
        (("2016-02-29", "2016-02-29", "day"), (16860, 16860, 1)),
        (("2015-01-01", "2015-12-31", "year"), (16436, 16800, 4)),
        ((None, None, "unknown"), (None, None, 0)),
        (("2016-02-29", None, "day"), (16860, 16860, 1)),
        (("soon", "later", "day"), (None, None, 0)),
        (("1815-06-18T12:00:00", "1815-06-18", "day"), (-56445, -56445, 1)),
    ],
)
def test_dates_are_whole_days(dates, expected):
    named = dict(zip(("date_start", "date_end", "date_precision"), dates, strict=True))
    articles = build_payload([make_row("Raqqa", "Raqqa.", "literal", 1, **named)]).articles
    assert tuple(articles[name][0] for name in ("start", "end", "precision")) == expected


def test_how_places_are_drawn(payload):
    rows = zip(*(payload.places[name] for name in ("area", "outline", "river")), strict=True)
    drawn = dict(zip(_names(payload), rows, strict=True))
    assert drawn["Syria"][0] >= 0
    assert drawn["Anbar"][1] >= 0
    assert payload.strings[drawn["Euphrates River"][2]] == "Euphrates"
    assert drawn["Raqqa"] == drawn["Sinjar District"] == drawn["Middle East"] == (-1, -1, 0)


@pytest.mark.parametrize("lat", [None, float("nan"), float("inf"), 91, "north"])
def test_a_place_that_is_nowhere_is_counted_not_drawn(lat):
    payload = build_payload([make_row("Raqqa", "Raqqa.", "literal", 1, lat=lat)])
    assert (payload.mentions["place"], payload.skipped["unresolved"]) == ([], 1)


def test_spellings_are_the_other_names_in_the_articles(payload):
    spellings = dict(zip(_names(payload), payload.places["spellings"], strict=True))
    assert [payload.strings[at] for at in spellings["Iraq"]] == ["Iraqi"]
    assert [payload.strings[at] for at in spellings["Euphrates River"]] == ["Euphrates"]
    assert spellings["Mosul"] == []


def test_of_a_place_the_earliest_article_stands_first(payload):
    columns = payload.mentions
    keys = list(zip(columns["place"], columns["article"], columns["start"], strict=True))
    assert keys == sorted(keys)


def test_stories_are_numbered_where_several_articles_tell_them():
    told = [("1", "b"), ("2", "a"), ("3", None), ("4", "b"), ("5", "alone")]
    rows = [make_row("Raqqa", "Raqqa.", "literal", int(n), story_id=s) for n, s in told]
    for number, row in enumerate(rows):
        row["date_start"] = row["date_end"] = f"2016-01-0{number + 1}"
        row["date_precision"] = "day"
    articles = build_payload(rows).articles
    assert articles["story"] == [0, -1, -1, 0, -1]


def test_an_article_has_its_id_and_language_and_a_mention_its_reason():
    row = make_row("Raqqa", "Raqqa.", "literal", 7, lang="ar", why="largest of its name")
    payload = build_payload([row])
    texts = [payload.articles["id"][0], payload.articles["lang"][0], payload.mentions["why"][0]]
    assert [payload.strings[at] for at in texts] == ["007.txt", "ar", "largest of its name"]
    assert payload.mentions["start"] == [100]
