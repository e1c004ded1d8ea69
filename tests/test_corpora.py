"""Annotated news: offsets are repaired and counted, and what is no corpus is refused."""

import pytest

from geomap.corpora import AnnotatedArticle, GoldToponym, read_corpus
from geomap.errors import InputError

TAG = '<gaztag geonameid="{id}"><lat>{lat}</lat><lon>{lon}</lon></gaztag>'


def toponym(phrase, start, tag=""):
    return f"<toponym><start>{start}</start><end>0</end><phrase>{phrase}</phrase>{tag}</toponym>"


def corpus_of(folder, *articles):
    path = folder / "tiny.xml"
    body = "".join(
        f"<article><text><![CDATA[{text}]]></text><toponyms>{''.join(toponyms)}</toponyms></article>"
        for text, *toponyms in articles
    )
    path.write_text(f"<articles>{body}</articles>", encoding="utf-8")
    return path


def test_an_article_is_read_whole(tmp_path):
    text = "Trains from Şırnak to Van, and Van again."
    tag = TAG.format(id=298117, lat="38.49", lon="43.38")
    path = corpus_of(tmp_path, (text, toponym("Van", 22, tag), toponym("Şırnak", 12)))
    assert read_corpus(path) == [
        AnnotatedArticle(
            id="tiny-0",
            text=text,
            toponyms=(
                GoldToponym(start=12, end=18, lat=None, lon=None),
                GoldToponym(start=22, end=25, lat=38.49, lon=43.38, geonames_id=298117),
            ),
        )
    ]


@pytest.mark.parametrize(
    ("start", "found", "repaired"),
    [(0, 0, 0), (11, 11, 0), (2, 0, 1), (9, 11, 1), (500, 22, 1), (-5, 0, 0), ("x", 0, 0), ("", 0, 0)],
)  # fmt: skip
def test_offsets_move_to_the_nearest_occurrence(tmp_path, start, found, repaired):
    path = corpus_of(tmp_path, ("Van trains Van, trams Van", toponym("Van", start)))
    [article] = read_corpus(path)
    assert [(item.start, item.end) for item in article.toponyms] == [(found, found + 3)]
    assert article.repaired == repaired


def test_a_phrase_that_is_nowhere_is_left_out(tmp_path):
    path = corpus_of(tmp_path, ("Van trains", toponym("Erzurum", 0), toponym("", 0)))
    [article] = read_corpus(path)
    assert (article.toponyms, article.repaired) == ((), 0)


def test_a_span_that_is_annotated_twice_counts_once(tmp_path):
    path = corpus_of(tmp_path, ("Van trains", toponym("Van", 0), toponym("Van", 0)))
    assert len(read_corpus(path)[0].toponyms) == 1


@pytest.mark.parametrize(
    ("lat", "lon"), [("", "43"), ("38", ""), ("north", "43"), ("138", "43"), ("38", "nan")]
)
def test_half_a_point_is_none(tmp_path, lat, lon):
    tag = TAG.format(id="x", lat=lat, lon=lon)
    [article] = read_corpus(corpus_of(tmp_path, ("Van", toponym("Van", 0, tag))))
    assert article.toponyms == (GoldToponym(start=0, end=3, lat=None, lon=None),)


def test_articles_are_numbered(tmp_path):
    path = corpus_of(tmp_path, ("one",), ("",))
    assert [(article.id, article.text) for article in read_corpus(path)] == [
        ("tiny-0", "one"),
        ("tiny-1", ""),
    ]


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "not a corpus in XML"),
        ("plain text", "not a corpus in XML"),
        ("<articles><article>", "not a corpus in XML"),
        ("<rss><item/></rss>", "expected <article> elements with <text> and <toponym>, found none"),
    ],
)
def test_what_is_no_corpus_is_refused(tmp_path, text, reason):
    path = tmp_path / "other.xml"
    path.write_text(text)
    with pytest.raises(InputError, match=rf"other\.xml: {reason}"):
        read_corpus(path)


def test_a_missing_corpus_is_refused(tmp_path):
    with pytest.raises(InputError, match=r"none\.xml: not a corpus .*No such file"):
        read_corpus(tmp_path / "none.xml")
