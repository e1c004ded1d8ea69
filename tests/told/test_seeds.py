"""Five articles worked through by hand: the told times of tests/gold/seeds-told.json, by offsets.

The articles are third-party texts that lie beside the repository where somebody put them there.
"""

import json
from pathlib import Path

import pytest

from geomap.articles.readers import read_articles
from geomap.model import Mention, Resolution
from geomap.told import tell_times
from tests.told.telling import published_on

ROOT = Path(__file__).resolve().parents[2]
SEEDS = ROOT.parent / "shared" / "seeds"
FACTS = json.loads((ROOT / "tests" / "gold" / "seeds-told.json").read_text("utf-8"))
#: 001 has its copy's date, and nobody knows when 004 appeared
PUBLISHED = {"000": "2016-06-11", "001": "2016-06-11", "002": "2015", "003": "2017-09-14", "004": None}  # fmt: skip

pytestmark = pytest.mark.skipif(
    not (SEEDS / "gold.json").exists(), reason=f"no annotated articles in {SEEDS}"
)


@pytest.fixture(scope="module")
def told():
    """Return what is told for every annotated name of the articles, by article and bounds."""
    gold = json.loads((SEEDS / "gold.json").read_text("utf-8"))
    found = {}
    for article in read_articles(*sorted(SEEDS.glob("*.txt"))):
        file = next(path.name for path in SEEDS.glob("*.txt") if path.name[:3] == article.id[:3])
        names = sorted({(g["start"], g["end"]) for g in gold if g["article"] == file})
        names = [
            Resolution(
                mention=Mention(
                    article_id=file, start=a, end=b, surface=article.text[a:b], kind="literal"
                ),
                status="unknown",
            )
            for a, b in names
        ]
        dated = type(article)(
            id=file, text=article.text, published=published_on(PUBLISHED[file[:3]])
        )
        for item in tell_times(dated, names):
            found[file, item.mention.start, item.mention.end] = item.told
    return found


def facts_by_name():
    return [
        pytest.param(fact, tuple(name), id=f"{fact['article'][:3]}-{name[0]}")
        for fact in FACTS
        for name in fact["mentions"]
    ]


@pytest.mark.parametrize(("fact", "name"), facts_by_name())
def test_a_name_has_the_time_of_its_sentence(told, fact, name):
    time = told.get((fact["article"], *name))
    assert time is not None
    assert fact["start"] <= time.end
    assert time.start <= fact["end"]
    span = time.span
    days = (span.start and span.start.isoformat(), span.end and span.end.isoformat())
    assert days == (fact["event_start"], fact["event_end"])
    assert span.precision == fact["event_precision"]


def test_no_other_name_has_a_time(told):
    expected = {(fact["article"], *name) for fact in FACTS for name in fact["mentions"]}
    others = {name: time.text for name, time in told.items() if time and name not in expected}
    assert others == {}
