"""Annotated news in JSON lines: read whole, repaired, and refused with the line and the toponym."""

import json
from pathlib import Path

import pytest

from geomap.corpora import AnnotatedArticle, GoldToponym, load_corpus, read_corpus
from geomap.corpora.nouns import digest_of
from geomap.errors import InputError

TINY = Path(__file__).parent.parent / "gold" / "tiny.jsonl"
VAN = {"start": 12, "end": 15}


def corpus_of(folder, *records):
    path = folder / "own.jsonl"
    lines = (item if isinstance(item, str) else json.dumps(item) for item in records)
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


def nurses(*toponyms, **fields):
    return {"text": "Nurses from Van met.", "toponyms": list(toponyms)} | fields


def test_an_article_is_read_whole(tmp_path):
    toponym = VAN | {"lat": 38.49, "lon": 43, "place_id": "geonames:298117", "kind": "literal"}
    path = corpus_of(tmp_path, nurses(toponym, id=7), "", nurses())
    text = "Nurses from Van met."
    expected = GoldToponym(
        start=12, end=15, lat=38.49, lon=43.0, geonames_id=298117, kind="literal"
    )
    assert read_corpus(path) == [
        AnnotatedArticle(id="7", text=text, toponyms=(expected,)),
        AnnotatedArticle(id="own-1", text=text, toponyms=()),
    ]
    assert expected.place_id == "geonames:298117"


def test_an_id_of_our_own_is_kept(tmp_path):
    path = corpus_of(tmp_path, nurses(VAN | {"place_id": "geomap:tr-van"}))
    [toponym] = read_corpus(path)[0].toponyms
    assert (toponym.place_id, toponym.geonames_id) == ("geomap:tr-van", None)


@pytest.mark.parametrize(
    ("start", "surface", "spans", "repaired", "left_out"),
    [
        (12, "Van", [(12, 15)], 0, 0),
        (3, "Van", [(12, 15)], 1, 0),
        (900, "Van", [(12, 15)], 1, 0),
        (0, "Erzurum", [], 0, 1),
    ],
)
def test_a_surface_repairs_its_offset(tmp_path, start, surface, spans, repaired, left_out):
    toponym = {"start": start, "end": start + 1, "surface": surface}
    [article] = read_corpus(corpus_of(tmp_path, nurses(toponym)))
    assert [(item.start, item.end) for item in article.toponyms] == spans
    assert (article.repaired, article.left_out) == (repaired, left_out)


def test_an_embedded_name_is_left_out(tmp_path):
    [article] = read_corpus(corpus_of(tmp_path, nurses(VAN | {"kind": "embedded"})))
    assert (article.toponyms, article.left_out) == ((), 1)


@pytest.mark.parametrize(
    ("record", "reason"),
    [
        ("{", "line 2: not JSON"),
        ("[1]", r"line 2: expected a JSON object with text and toponyms, got \[1\]"),
        ('{"toponyms": []}', "line 2: expected a text, got None"),
        ('{"text": "a"}', "line 2: expected a list of toponyms, got None"),
        (nurses(3), "line 2, toponym 1: expected an object with start and end, got 3"),
        (nurses(VAN, {"start": 4}), r"toponym 2: expected whole numbers .* got \(4, None\)"),
        (nurses({"start": 5, "end": 5}), r"expected whole numbers 0 <= start < end, got \(5, 5\)"),
        (nurses({"start": True, "end": 5}), r"whole numbers .* got \(True, 5\)"),
        (nurses({"start": 0, "end": 21}), "an end within the text of 20 characters, got 21"),
        (nurses(VAN | {"surface": ""}), "expected a surface of text, got ''"),
        (nurses(VAN | {"lat": 91, "lon": 0}), r"degrees in \[-90, 90\] .* got 91"),
        (nurses(VAN | {"lat": 9}), r"degrees in \[-180, 180\] in both lat and lon, got None"),
        (nurses(VAN | {"lat": float("nan"), "lon": 0}), "got nan"),
        (nurses(VAN | {"kind": "Literal"}), "a kind of literal, associative, embedded, got 'Lit"),
        (nurses(VAN | {"place_id": 3}), "a place_id such as geonames:172955, got 3"),
        (nurses(VAN | {"place_id": "geonames:x"}), "got 'geonames:x'"),
        (nurses(VAN) | {"source": 3}, "an outlet's name or domain as source, got 3"),
    ],
)
def test_what_is_wrong_is_said_with_its_line(tmp_path, record, reason):
    path = corpus_of(tmp_path, nurses(), record)
    with pytest.raises(InputError, match=rf"own\.jsonl, .*{reason}"):
        read_corpus(path)


def test_the_invented_corpus_points_at_its_names():
    records = [json.loads(line) for line in TINY.read_text("utf-8").splitlines()]
    corpus = load_corpus(TINY)
    assert (len(corpus.articles), corpus.toponyms) == (10, 47)
    assert (corpus.repaired, corpus.left_out) == (0, 0)
    for record in records:
        for item in record["toponyms"]:
            assert record["text"][item["start"] : item["end"]] == item["surface"]


def test_a_digest_is_that_of_texts_and_annotations(tmp_path):
    articles = read_corpus(corpus_of(tmp_path, nurses(VAN), nurses()))
    others = read_corpus(corpus_of(tmp_path, nurses(), nurses()))
    assert digest_of(articles) == digest_of(list(articles)) != digest_of(others)


@pytest.mark.parametrize(("source", "read"), [("The Plain Dealer", "The Plain Dealer"), ("", None)])
def test_an_article_brings_its_outlet(tmp_path, source, read):
    known, unknown = read_corpus(corpus_of(tmp_path, nurses(VAN) | {"source": source}, nurses(VAN)))
    assert (known.source, unknown.source) == (read, None)
