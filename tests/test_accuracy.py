"""Accuracy on annotated news may not fall: learned on one half of the articles, scored on the other.

The corpora are third-party texts that lie beside the repository where somebody put them there.
"""

from pathlib import Path

import pytest

from geomap.corpora import read_corpus
from geomap.evaluate import NOTHING, find_reliability, parse_articles, score
from geomap.geoparser import Geoparser
from geomap.learn.training import train, write_weights

CORPORA = Path(__file__).resolve().parents[2] / "shared" / "corpora"
FILES = {"lgl": CORPORA / "lgl.xml", "trnews": CORPORA / "TR-News.xml"}
FOLDS = 2
#: a point below what was measured; raise them with the scores, and lower them never in silence.
#: When reading was taught war reporting, names were taken from a lower score on: precision's floors fell (LGL .856 to .844, TR-News
#: .881 to .871, across .869 to .837) while those of recall rose by 1 to 4 points, of F1 by 0.2 to 1.1, and of places right by 3 to 4
FLOORS = {
    "lgl": {"precision": 0.844, "recall": 0.825, "f1": 0.834, "raw": 0.815, "spans": 0.876},
    "trnews": {"precision": 0.871, "recall": 0.909, "f1": 0.890, "raw": 0.889, "spans": 0.909},
}
#: the same for LGL by weights learned from TR-News alone, the harder way round: few articles, of another kind
ACROSS_FLOORS = {"precision": 0.837, "recall": 0.778, "f1": 0.807, "raw": 0.754, "spans": 0.862}
#: how far confidence may be from the share right: in the mean, and in any bin of so many mentions;
#: halves of the corpora teach less than the five parts of docs/ACCURACY.md
MEAN_GAP, GAP, POPULATED = 0.04, 0.08, 400

pytestmark = pytest.mark.skipif(
    not all(path.exists() for path in FILES.values()),
    reason=f"no annotated corpora in {CORPORA}",
)


@pytest.fixture(scope="module")
def corpora():
    return {name: read_corpus(path) for name, path in FILES.items()}


@pytest.fixture(scope="module")
def parsed(gazetteer, corpora):
    """Return each corpus as parsed from raw text and with given spans, by weights of other articles."""
    dealt = [(name, article) for name, articles in corpora.items() for article in articles]
    found = {name: ([], []) for name in corpora}
    for fold in range(FOLDS):
        learned = [article for i, (_, article) in enumerate(dealt) if i % FOLDS != fold]
        geoparser = Geoparser(gazetteer, weights=train(gazetteer, learned))
        for name, modes in found.items():
            held = [a for i, (owner, a) in enumerate(dealt) if i % FOLDS == fold and owner == name]
            for given, mode in enumerate(modes):
                mode.extend(parse_articles(geoparser, held, given=bool(given)))
    return found


@pytest.fixture(scope="module")
def scores(parsed):
    """Return the scores (raw text, given spans) of each corpus over articles not learned from."""
    return {
        name: tuple(sum(map(score, mode), start=NOTHING) for mode in modes)
        for name, modes in parsed.items()
    }


def measures(raw, spans):
    return {
        "precision": round(raw.precision, 4),
        "recall": round(raw.recall, 4),
        "f1": round(raw.f1, 4),
        "raw": round(raw.acc161, 4),
        "spans": round(spans.acc161, 4),
    }


@pytest.mark.parametrize("name", FILES)
def test_scores_do_not_fall_below_their_floor(scores, name):
    found = measures(*scores[name])
    print(name, found)  # noqa: T201 - shown where it fails, and with -rP
    too_low = {key: value for key, value in found.items() if value < FLOORS[name][key]}
    assert too_low == {}


def test_what_one_corpus_teaches_holds_for_the_other(gazetteer, corpora):
    geoparser = Geoparser(gazetteer, weights=train(gazetteer, corpora["trnews"]))
    found = measures(
        *(
            sum(map(score, parse_articles(geoparser, corpora["lgl"], given=given)), start=NOTHING)
            for given in (False, True)
        )
    )
    assert {key: value for key, value in found.items() if value < ACROSS_FLOORS[key]} == {}, found


@pytest.mark.parametrize("mode", [0, 1], ids=["raw", "spans"])
def test_confidences_mean_what_they_say(parsed, mode):
    bins = find_reliability(item for modes in parsed.values() for item in modes[mode])
    print(*bins, sep="\n")  # noqa: T201 - shown where it fails, and with -rP
    mentions = sum(item.count for item in bins)
    assert sum(item.count * abs(item.gap) for item in bins) / mentions < MEAN_GAP
    populated = [item for item in bins if item.count >= POPULATED]
    assert [item for item in populated if abs(item.gap) > GAP] == []


def test_every_annotated_toponym_is_asked_for(scores, corpora):
    for name, articles in corpora.items():
        annotated = sum(len(article.toponyms) for article in articles)
        raw, spans = scores[name]
        assert (raw.annotated, spans.annotated) == (annotated, annotated)
        assert spans.both == annotated


def test_the_corpora_are_the_known_ones(corpora):
    repaired = {name: sum(a.repaired for a in articles) for name, articles in corpora.items()}
    counts = {
        name: (len(articles), sum(len(a.toponyms) for a in articles))
        for name, articles in corpora.items()
    }
    assert counts == {"lgl": (588, 5088), "trnews": (118, 1319)}
    assert repaired == {"lgl": 0, "trnews": 115}


def test_the_same_articles_give_the_same_weights(gazetteer, corpora, tmp_path):
    few = corpora["trnews"][:40]
    paths = [tmp_path / "one.json", tmp_path / "two.json"]
    for path in paths:
        write_weights(train(gazetteer, few), path)
    assert paths[0].read_bytes() == paths[1].read_bytes()
    assert sorted(tmp_path.iterdir()) == paths
