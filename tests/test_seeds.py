"""Five articles with every place name annotated: each figure of the table has a floor.

The articles are third-party texts that lie beside the repository where somebody put them there.
"""

import json
from pathlib import Path

import pytest
from geopy.distance import great_circle

from geomap.articles.readers import read_articles

SEEDS = Path(__file__).resolve().parents[2] / "shared" / "seeds"
#: a point counts as right within these distances
TOWN_KM = 25
UNIT_KM = 161
FLOORS = {"literal_recall": 0.98, "literal_precision": 0.98, "associative_recall": 0.95, "kinds": 0.95}  # fmt: skip
DATES = {
    "000": ("2016-06-11", "day"),
    "001": ("None", "unknown"),
    "002": ("2015-01-01", "year"),
    "003": ("2017-09-14", "day"),
    "004": ("None", "unknown"),
}

pytestmark = pytest.mark.skipif(
    not (SEEDS / "gold.json").exists(), reason=f"no annotated articles in {SEEDS}"
)


@pytest.fixture(scope="module")
def gold():
    return json.loads((SEEDS / "gold.json").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def articles():
    return {article.id: article for article in read_articles(*sorted(SEEDS.glob("*.txt")))}


@pytest.fixture(scope="module")
def found(geoparser, articles):
    return {key: geoparser.parse(article) for key, article in articles.items()}


@pytest.fixture(scope="module")
def table(gold, found):
    """Return the figures, and what is behind each: rows of (article, surface, place found)."""
    rows = [(item, overlapping(item, found[item["article"]])) for item in gold]
    figures, behind = {}, {}
    for kind in ("literal", "associative"):
        of_kind = [(item, hits) for item, hits in rows if item["kind"] == kind]
        behind[f"{kind}_recall"] = [
            (item["article"][:3], item["surface"], [hit.place and hit.place.name for hit in hits])
            for item, hits in of_kind
            if not right_hits(item, hits)
        ]
        figures[f"{kind}_recall"] = 1 - len(behind[f"{kind}_recall"]) / len(of_kind)
    named = [(item, right_hits(item, hits)) for item, hits in rows if item["kind"] in KINDS]
    named = [(item, hits) for item, hits in named if hits]
    behind["kinds"] = [
        (item["article"][:3], item["surface"], item["kind"])
        for item, hits in named
        if item["kind"] not in {hit.mention.kind for hit in hits}
    ]
    figures["kinds"] = 1 - len(behind["kinds"]) / len(named)
    literal = [hit for hits in found.values() for hit in hits if hit.mention.kind == "literal"]
    behind["literal_precision"] = [
        (hit.mention.article_id[:3], hit.mention.surface, hit.place and hit.place.name)
        for hit in literal
        if not any(item["kind"] != "embedded" and is_right(item, hit) for item in golds(gold, hit))
    ]
    figures["literal_precision"] = 1 - len(behind["literal_precision"]) / len(literal)
    return figures, behind


KINDS = ("literal", "associative")


def overlap(item, hit):
    return item["start"] < hit.mention.end and hit.mention.start < item["end"]


def overlapping(item, hits):
    return [hit for hit in hits if overlap(item, hit)]


def golds(gold, hit):
    return [
        item for item in gold if item["article"] == hit.mention.article_id and overlap(item, hit)
    ]


def is_right(item, hit):
    if hit.place is None:
        return False
    if item["type"] == "country":
        return hit.place.country == item["country"]
    if item["type"] == "admin1":
        return hit.place.country == item["country"] and kilometres(item, hit) < UNIT_KM
    if item["type"] in ("region", "river") or item["lat"] is None:
        return True
    return kilometres(item, hit) <= TOWN_KM


def kilometres(item, hit):
    return great_circle((item["lat"], item["lon"]), (hit.place.lat, hit.place.lon)).km


def right_hits(item, hits):
    return [hit for hit in hits if hit.mention.kind != "embedded" and is_right(item, hit)]


@pytest.mark.parametrize("figure", FLOORS)
def test_figures_do_not_fall_below_their_floor(table, figure):
    figures, behind = table
    print({key: round(value, 4) for key, value in figures.items()})  # noqa: T201 - with -rP
    assert figures[figure] >= FLOORS[figure], behind[figure]


def test_nothing_embedded_is_taken_for_the_place(gold, found):
    taken = [
        (item["article"][:3], item["surface"])
        for item in gold
        if item["kind"] == "embedded"
        for hit in overlapping(item, found[item["article"]])
        if hit.mention.kind == "literal"
    ]
    assert taken == []


def test_every_offset_holds(found, articles):
    wrong = [
        hit.mention
        for key, hits in found.items()
        for hit in hits
        if articles[key].text[hit.mention.start : hit.mention.end] != hit.mention.surface
    ]
    assert wrong == []


def test_articles_are_dated(articles):
    dated = {
        key[:3]: (str(article.published.start), article.published.precision)
        for key, article in articles.items()
    }
    assert dated == DATES


def test_texts_are_read_as_they_are(articles):
    for key, article in articles.items():
        assert article.text == (SEEDS / key).read_bytes().decode("utf-8")
