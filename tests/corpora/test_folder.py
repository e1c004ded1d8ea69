"""Annotated folders: texts with a gold.json, and texts whose names are marked where they stand."""

import json

import pytest

from geomap.corpora import load_corpus
from geomap.corpora.marked import read_marked_text
from geomap.corpora.nouns import bare_end
from geomap.errors import InputError

TOPONYM = {
    "start": 3,
    "end": 17,
    "surface": "Kharkiv region",
    "kind": "literal",
    "country": "UA",
    "lat": 49.6,
    "lon": 36.3,
    "tol_km": 90,
    "level": "admin1",
}
EMBEDDED = {**TOPONYM, "start": 22, "end": 27, "surface": "Kabul", "kind": "embedded"}


def write_folder(folder, gold, text="In Kharkiv region and Kabul University."):
    (folder / "a.txt").write_text(text, encoding="utf-8", newline="")
    (folder / "gold.json").write_text(json.dumps(gold), encoding="utf-8")
    return folder


def test_a_folder_is_read_whole(tmp_path):
    gold = {"a": {"region": "Ukraine", "toponyms": [TOPONYM, EMBEDDED]}}
    corpus = load_corpus(write_folder(tmp_path, gold))
    [article] = corpus.articles
    [toponym] = article.toponyms
    assert (article.region, article.embedded, article.left_out) == ("Ukraine", ((22, 27),), 1)
    assert toponym.bounds == ((3, 17), (3, 10))
    assert (toponym.country, toponym.level, toponym.tol_km) == ("UA", "admin1", 90.0)


@pytest.mark.parametrize(
    ("gold", "reason"),
    [
        ([], "expected an object keyed"),
        ({"a": []}, "expected an object with toponyms"),
        ({"a": {"toponyms": [1]}}, "toponym 1: expected an object"),
        ({"a": {"toponyms": [{**TOPONYM, "end": 999}]}}, "toponym 1: not an annotated place"),
        ({"a": {"toponyms": [{"start": 0}]}}, "toponym 1: not an annotated place"),
        ({"../b": {"toponyms": []}}, "expected names of texts"),
        ({"b": {"toponyms": []}}, "cannot read a text from"),
    ],
)
def test_a_faulty_folder_is_named(tmp_path, gold, reason):
    with pytest.raises(InputError, match=reason):
        load_corpus(write_folder(tmp_path, gold))


def test_a_folder_without_texts_is_refused(tmp_path):
    with pytest.raises(InputError, match=r"expected a gold\.json with texts, or texts with marks"):
        load_corpus(tmp_path)


@pytest.mark.parametrize(
    ("surface", "bare"),
    [("Kharkiv region", 7), ("Gwoza LGA", 5), ("Nuseirat refugee camp", 8), ("Raqqa", None)],
)
def test_a_unit_word_behind_a_name_is_told_apart(surface, bare):
    assert bare_end(surface, 0) == bare


def test_marks_are_taken_out_of_a_text():
    marked = "{L:Boni|ML 15.08 -2.22 settlement}, {A:Malian|ML - - country} and {E:Kabul} News."
    article = read_marked_text(marked, "1", "here")
    assert article.text == "Boni, Malian and Kabul News."
    surfaces = [article.text[item.start : item.end] for item in article.toponyms]
    assert surfaces == ["Boni", "Malian"]
    assert [(item.kind, item.lat) for item in article.toponyms] == [
        ("literal", 15.08),
        ("associative", None),
    ]
    assert article.embedded == ((17, 22),)


@pytest.mark.parametrize(
    "marked", ["{L:Boni", "Boni}", "{X:Boni|ML 1 2 settlement}", "{L:Boni|ML 1}"]
)
def test_a_mark_that_is_none_is_refused(marked):
    with pytest.raises(InputError, match="here: a mark that is not one"):
        read_marked_text(marked, "1", "here")


def test_a_folder_of_marked_texts_is_read_by_name(tmp_path):
    for name in ("b", "a"):
        (tmp_path / f"{name}.txt").write_text("In {L:Boni|ML 15.08 -2.22 settlement}.")
    assert [article.id for article in load_corpus(tmp_path).articles] == ["a", "b"]
