"""What features mean in plain words, and which one decided."""

import ast
import dataclasses
import re
from pathlib import Path

import pytest

import geomap.recognise.features
from geomap.articles.readers import read_articles
from geomap.demo import demo_articles
from geomap.geoparser import Geoparser
from geomap.model import Candidate, Evidence, Place
from geomap.reasons.features import explain_feature, find_lead, has_phrase, word_lead
from geomap.recognise.weights import shipped_weights

PACKAGE = Path(geomap.recognise.features.__file__).parents[1]
#: how the sources write a feature: a name, perhaps with "=" and what was seen
_FEATURE = re.compile(r"[a-z2]+(?:[_&][a-z]+)*=")


def features_of(name):
    """Yield the features that a module's functions return or append, values as far as written."""
    for node in ast.walk(ast.parse((PACKAGE / name).read_bytes())):
        if isinstance(node, ast.Constant) and _FEATURE.match(str(node.value)):
            yield node.value if node.value[-1] != "=" else f"{node.value}1"
        elif isinstance(node, ast.Call) and getattr(node.func, "attr", "") == "append":
            for inner in ast.walk(node):
                if isinstance(inner, ast.Tuple) and isinstance(inner.elts[0], ast.Constant):
                    yield inner.elts[0].value
                elif isinstance(inner, ast.IfExp):
                    yield from (part.value for part in (inner.body, inner.orelse))


@pytest.mark.parametrize(
    "name",
    [
        "recognise/features.py",
        "recognise/name_features.py",
        "resolve/decide.py",
        "recognise/score.py",
    ],
)
def test_every_family_of_features_has_a_phrase(name):
    found = {feature for feature in features_of(name) if isinstance(feature, str)}
    assert len(found) > 2
    assert [feature for feature in sorted(found) if not has_phrase(feature)] == []


def test_every_feature_of_the_demo_has_a_phrase():
    geoparser = Geoparser(evidence=True)
    with demo_articles() as articles:
        found = [item for one in read_articles(articles) for item in geoparser.parse(one)]
    evidence = {e.feature for item in found for e in item.span_evidence}
    evidence |= {e.feature for item in found for one in item.candidates for e in one.evidence}
    assert len(evidence) > 100
    assert [feature for feature in sorted(evidence) if not has_phrase(feature)] == []


def test_every_feature_with_a_weight_has_a_phrase():
    weights = shipped_weights()
    tables = [getattr(weights, field.name) for field in dataclasses.fields(weights)]
    features = {f for table in tables[:-1] if hasattr(table, "keys") for f in table}
    features -= {*weights.training, *weights.calibration}
    assert len(features) > 100
    assert [feature for feature in sorted(features) if not has_phrase(feature)] == []


@pytest.mark.parametrize(
    ("feature", "phrase"),
    [
        ("inside_next", "the name beside it is the country or province that it lies in"),
        ("inside_next=,&country", "the next name is a country or province that holds such a place"),
        ("before=_in", "before it: “in”"),
        ("before=in", "before it: “in”, joined"),
        ("after='ssay", "after it: a word such as “said” and “’s”"),
        ("after=_edge", "after it: nothing: the text begins or ends"),
        ("after2=unitADM1", "two words after it: a word such as “province”"),
        ("between=_of&,Capital", "it stands between “of” and a capitalised word and a comma"),
        ("first=0&town", "it is not a person’s first name (counted for a town or village)"),
        ("length=9", "it has 8 letters or more"),
        ("name_before=;city", "the name of a city of over 20,000 precedes at once"),
        ("near_250km", "how many of the article’s other places are within 250 km"),
        ("run=First&-", "it stands in a run of capitalised words, with a person’s first name before"),
        ("shape=lower&run", "it begins with a small letter"),
        ("size=4", "the largest place of this name has over 30,000 people"),
        ("times=1", "the article has it once"),
        ("type=city", "it is a city, town or village"),
        ("not a feature", "not a feature"),
    ],
)  # fmt: skip
def test_a_feature_in_plain_words(feature, phrase):
    assert explain_feature(feature).startswith(phrase)


def candidate(number, **shares):
    place = Place(id=f"geonames:{number}", name="Paris", lat=1.0, lon=2.0, feature="PPL")
    evidence = tuple(Evidence(feature=f, value=1.0, weight=share) for f, share in shares.items())
    return Candidate(place=place, score=sum(shares.values()), evidence=evidence)


@pytest.mark.parametrize(
    ("candidates", "sentence"),
    [
        ([], "no place has this name"),
        ([candidate(1, rank=1)], "the only candidate"),
        (
            [candidate(1, rank=1, country_named=3), candidate(2, rank=2)],
            "the article names its country (country_named), where it leads geonames:2 by 3.00",
        ),
        (
            [candidate(1), candidate(2, country_named=-2)],
            "the article names its country (country_named), which costs geonames:2 2.00 more",
        ),
        (
            [candidate(1, rank=1), candidate(2, rank=1)],
            "nothing that sets the best apart from the second: its place in the list",
        ),
    ],
)
def test_what_decided(candidates, sentence):
    assert word_lead(candidates) == sentence


def test_of_equal_leads_the_first_by_name_decides():
    best = candidate(1, rank=1, population=1)
    assert find_lead([best, candidate(2)]).feature == "population"
