"""Annotated news: offsets are repaired and counted, and what is no corpus is refused."""

import pytest

from geomap.corpora import AnnotatedArticle, GoldToponym, load_corpus, read_corpus, reader
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
    with pytest.raises(InputError, match=r"cannot read a corpus from .*none\.xml: No such file"):
        read_corpus(tmp_path / "none.xml")


def test_geovirus_counts_from_one_and_annotates_no_adjectives(tmp_path):
    path = tmp_path / "virus.xml"
    path.write_text(
        "<articles><article><text>Nurses from Van met.</text><locations><location><name>Van</name>"
        "<start>13</start><end>16</end><altName/><lat>38.49</lat><lon>43.38</lon></location>"
        "</locations></article></articles>"
    )
    assert read_corpus(path) == [
        AnnotatedArticle(
            id="virus-0",
            text="Nurses from Van met.",
            toponyms=(GoldToponym(start=12, end=15, lat=38.49, lon=43.38),),
            adjectives=False,
        )
    ]


def use(name, kind, start):
    return (
        f"<toponym><start>{start}</start><extractedName>{name}</extractedName><type>{kind}</type>"
        "<latitude>38.49</latitude><longitude>43.38</longitude></toponym>"
    )


@pytest.mark.parametrize(
    ("kind", "expected"),
    [
        *((kind, "literal") for kind in ("Literal", "Literal_Modifier", "Mixed", "Coercion")),
        *((kind, "associative") for kind in ("Metonymic", "Language", "Demonym")),
        ("Non_Literal_Modifier", "associative"),
    ],
)
def test_the_use_of_a_name_gives_its_kind(tmp_path, kind, expected):
    [article] = read_corpus(corpus_of(tmp_path, ("Van trains", use("Van", kind, 0))))
    expected = GoldToponym(start=0, end=3, lat=38.49, lon=43.38, kind=expected)
    assert (article.toponyms, article.left_out) == ((expected,), 0)


@pytest.mark.parametrize("kind", ["Embedded_Literal", "Embedded_Non_Lit", "Homonym", "spam", ""])
def test_a_use_that_names_no_place_is_left_out_and_counted(tmp_path, kind):
    [article] = read_corpus(corpus_of(tmp_path, ("Van trains", use("Van", kind, 0))))
    assert (article.toponyms, article.left_out) == ((), 1)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_entities_are_refused_before_they_grow(tmp_path, encoding):
    path = tmp_path / "bomb.xml"
    path.write_text(
        f'<?xml version="1.0" encoding="{encoding}"?><!DOCTYPE a [<!ENTITY b "ha">'
        '<!ENTITY c "&b;&b;">]><articles><article><text>&c;</text></article></articles>',
        encoding=encoding,
    )
    with pytest.raises(InputError, match=r"bomb\.xml: declares the XML entity 'b'"):
        read_corpus(path)


def test_a_phrase_that_is_nowhere_is_counted(tmp_path):
    [article] = read_corpus(corpus_of(tmp_path, ("Van trains", toponym("Erzurum", 0))))
    assert article.left_out == 1


def test_a_file_beyond_all_measure_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(reader, "_LARGEST", 10)
    with pytest.raises(InputError, match=r"tiny\.xml: it has more than 10 bytes"):
        read_corpus(corpus_of(tmp_path, ("Van",)))


def test_a_corpus_knows_its_counts(tmp_path):
    path = corpus_of(tmp_path, ("Van", toponym("Van", 0)), ("Van", toponym("Van", 1)))
    corpus = load_corpus(path)
    assert (corpus.name, corpus.toponyms, corpus.repaired, corpus.left_out) == ("tiny", 2, 1, 0)


@pytest.mark.parametrize(
    ("domain", "source"),
    [
        ("<domain>\n  www.dispatch.com </domain>", "www.dispatch.com"),
        ("<domain/>", None),
        ("", None),
    ],
)
def test_an_article_brings_its_outlet(tmp_path, domain, source):
    path = tmp_path / "tiny.xml"
    path.write_text(f"<articles><article>{domain}<text>Snow in Van.</text></article></articles>")
    [article] = read_corpus(path)
    assert article.source == source
