"""An outlet's home town is one more name of its articles: it can tip the scales, and no more."""

import csv

import pytest

from geomap.gazetteer.paths import table_path
from geomap.model import Article
from geomap.resolve.outlets import find_home

SPRINGFIELD_ILLINOIS = "geonames:4250542"
POLICE = "Police in Springfield closed a road on Monday."


def article(text, source=None, url=None):
    return Article(id="1", text=text, source=source, url=url)


@pytest.fixture
def where(geoparser):
    """Return a function from a text, a surface and an outlet to (country, first-level unit)."""

    def find(text, surface, source=None, url=None):
        [place] = {
            item.place
            for item in geoparser.parse(article(text, source, url))
            if item.mention.surface == surface
        }
        return place.country, place.admin1

    return find


@pytest.mark.parametrize(
    ("source", "url"),
    [
        ("The State Journal-Register", None),
        ("state journal-register", None),
        ("sj-r.com", None),
        ("www.SJ-R.com", None),
        ("https://www.sj-r.com", None),
        (None, "https://www.sj-r.com/news/1"),
        (None, "http://eu.sj-r.com:8080/news/1?from=nj.com"),
        ("By a reporter", "https://sj-r.com/news/1"),
    ],
)
def test_an_outlet_is_known_by_name_and_by_host(source, url):
    assert find_home(source, url) == SPRINGFIELD_ILLINOIS


@pytest.mark.parametrize(
    ("source", "url"),
    [
        (None, None),
        ("", ""),
        ("The Springfield Bugle", None),
        ("Springfield", None),
        ("springfield-news.example", "https://springfield.example/illinois"),
        (None, "https://example.com/sj-r.com"),
        (None, "https://notsj-r.com/"),
        (None, "https://sj-r.com.example/"),
        (None, "http://[::1"),
        (None, "not a url"),
        (None, "https://" + "a." * 3000 + "sj-r.com"),
        ("The Guardian", None),  # London's, Lagos's and Charlottetown's: none for the bare name
        ("Reuters", None),
        ("reuters.com", None),
        (None, "https://www.reuters.com/world"),
        ("AP", "https://www.sj-r.com/news/1"),  # a wire story in a local paper
    ],
)
def test_nothing_is_guessed(source, url):
    assert find_home(source, url) is None


def test_each_listed_name_and_domain_finds_its_own_home():
    with table_path("outlets.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    for row in rows:
        home = row["place_id"] or None
        assert find_home(row["outlet"], None) == home, row
        for domain in filter(None, row["domains"].split("|")):
            assert find_home(None, f"https://www.{domain}/a/b.html") == home, row


@pytest.mark.parametrize(
    ("text", "surface", "expected"),
    [
        (
            POLICE,
            "Springfield",
            {
                "The State Journal-Register": ("US", "Illinois"),
                "Springfield News-Leader": ("US", "Missouri"),
                "masslive.com": ("US", "Massachusetts"),
                "Springfield News-Sun": ("US", "Ohio"),
            },
        ),
        (
            "The mayor of Columbus spoke.",
            "Columbus",
            {
                "The Columbus Dispatch": ("US", "Ohio"),
                "Columbus Ledger-Enquirer": ("US", "Georgia"),
            },
        ),
        (
            "Shoppers in Birmingham cheered.",
            "Birmingham",
            {"al.com": ("US", "Alabama"), "Birmingham Mail": ("GB", "England")},
        ),
        (
            "Boats left from Tripoli at dawn.",
            "Tripoli",
            {
                "The Libya Observer": ("LY", "Tripoli"),
                "The Daily Star (Beirut)": ("LB", "North Lebanon"),
            },
        ),
    ],
)
def test_a_town_is_rather_the_one_near_the_home(where, text, surface, expected):
    assert {source: where(text, surface, source) for source in expected} == expected


def test_the_place_near_home_is_likelier_than_without(geoparser):
    def chance(source):
        [found] = geoparser.parse(article(POLICE, source))
        return found.confidence if found.place.id == SPRINGFIELD_ILLINOIS else 0.0

    assert chance("The State Journal-Register") > chance("St. Louis Post-Dispatch")
    assert chance("The State Journal-Register") > chance(None)


@pytest.mark.parametrize(
    ("source", "url"),
    [
        ("Reuters", None),
        ("AP", "https://www.sj-r.com/news/1"),
        ("A Paper That Nobody Knows", "https://springfield.example/"),
        (None, "http://[::1"),
    ],
)
def test_without_a_known_home_nothing_changes(explainer, source, url):
    text = f"{POLICE} Columbus and London were quiet, and so was Tripoli, Lebanon."
    assert explainer.parse(article(text, source, url)) == explainer.parse(article(text))


@pytest.mark.parametrize(
    ("text", "surface", "source", "expected"),
    [
        ("She grew up in Paris, Texas, and left.", "Paris", "Le Monde", ("US", "Texas")),
        ("He farms near Cairo, Georgia.", "Cairo", "Mada Masr", ("US", "Georgia")),
        ("Boats left from Tripoli, Lebanon.", "Tripoli", "Libya Herald", ("LB", "North Lebanon")),
        ("Fans in London, Ontario, sang.", "London", "The Times (London)", ("CA", "Ontario")),
        ("It rained in Athens, Ohio, and Rome, Georgia.", "Athens", "Athens Banner-Herald", ("US", "Ohio")),
        ("Snow fell in Tbilisi, Georgia.", "Georgia", "The Atlanta Journal-Constitution", ("GE", None)),
        ("A man from Moscow, Idaho, won.", "Moscow", "The Moscow Times", ("US", "Idaho")),
    ],
)  # fmt: skip
def test_what_the_text_says_outright_comes_first(where, text, surface, source, expected):
    assert where(text, surface, source) == expected


def test_no_home_at_all_moves_a_town_out_of_its_unit(where):
    with table_path("outlets.csv").open(encoding="utf-8", newline="") as file:
        outlets = {row["place_id"]: row["outlet"] for row in csv.DictReader(file)}
    del outlets[""]
    text = "It rained in Athens, Ohio, all day."
    assert {where(text, "Athens", outlet) for outlet in outlets.values()} == {("US", "Ohio")}


def test_the_home_is_no_mention_and_wakes_none(geoparser):
    text = (
        "Police closed a road on Monday.\n\nThe Springfield Road Company was not there. "
        "Springfield was.\n\nCopyright 2020 The State Journal-Register, Springfield. All rights reserved.\n"
    )

    def mentions(source):
        return [item.mention for item in geoparser.parse(article(text, source))]

    assert mentions("The State Journal-Register") == mentions(None)
    assert geoparser.parse(article("Nobody was there.", "The State Journal-Register")) == ()


def test_given_spans_see_the_home_too(geoparser):
    given = Article(id="1", text=POLICE, spans=((10, 21),), source="Springfield News-Leader")
    [found] = geoparser.parse(given)
    assert (found.mention.surface, found.place.admin1) == ("Springfield", "Missouri")


def test_the_explanation_names_the_home(explainer):
    [found] = explainer.parse(article(POLICE, "The State Journal-Register"))
    told = {item.feature: item.detail for item in found.candidates[0].evidence if item.detail}
    assert set(told.values()) == {"with the home of the outlet: Springfield"}
    assert {"country_votes", "unit_votes"} <= set(told)
    assert found.candidates[1].place.admin1 != "Illinois"
    others = {item.feature for item in found.candidates[1].evidence if item.detail}
    assert "unit_votes" not in others
