"""The relations of five articles, worked through by hand: offsets of phrases, anchors and types.

The articles are third-party texts that lie beside the repository where somebody put them there.
"""

import json
from pathlib import Path

import pytest

from geomap.articles.readers import read_articles

ROOT = Path(__file__).resolve().parents[2]
SEEDS = ROOT.parent / "shared" / "seeds"
FACTS = ROOT / "tests" / "gold" / "seeds-relations.json"

pytestmark = pytest.mark.skipif(not SEEDS.is_dir(), reason=f"no articles in {SEEDS}")


@pytest.fixture(scope="module")
def facts():
    return json.loads(FACTS.read_text("utf-8"))


@pytest.fixture(scope="module")
def found(geoparser):
    articles = read_articles(*sorted(SEEDS.glob("*.txt")))
    return {
        (article.id, item.mention.start, item.mention.end): (item, parsed)
        for article in articles
        for parsed in [geoparser.parse(article)]
        for item in parsed
        if item.relation
    }


def test_every_relation_of_the_articles_is_found(facts, found):
    missed = [
        fact
        for fact in facts
        if (fact["article"], *fact["anchor"]) not in found and not fact.get("optional")
    ]
    assert missed == []


def test_nothing_else_is_taken_for_a_relation(facts, found):
    assert set(found) - {(fact["article"], *fact["anchor"]) for fact in facts} == set()


def test_each_is_of_its_type_with_its_numbers_and_its_other_places(facts, found):
    for fact in facts:
        key = (fact["article"], *fact["anchor"])
        if key not in found:
            continue
        item, parsed = found[key]
        relation = item.relation
        assert relation.type in (fact["type"], *fact.get("also", ())), fact
        assert relation.start < fact["end"], fact
        assert fact["start"] < relation.end, fact
        assert relation.distance_km == fact["distance_km"], fact
        assert relation.azimuth == fact["azimuth"], fact
        places = {(i.mention.start, i.mention.end): i.place.id for i in parsed if i.place}
        assert relation.others == tuple(places[tuple(span)] for span in fact["others"]), fact


def test_each_has_a_shape_and_a_precision(found):
    for item, _ in found.values():
        relation = item.relation
        assert relation.geometry, relation
        assert relation.precision == (
            2 if relation.type in ("distance", "direction", "near") else 5
        )
