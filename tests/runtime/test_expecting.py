"""The Python interface tells whoever calls it wrongly what was expected; none of that is a bug of geomap."""

import datetime as dt

import pytest

import geomap
from geomap import Article, Correction, DateSpan, GeomapError, Place
from tests.samples import make_record

_ARTICLE = Article(id="1", text="Rebels left Raqqa.")
_DAY = dt.date(2016, 6, 11)
_RECORD = make_record()


def _span(**fields):
    return DateSpan(**{"start": _DAY, "end": _DAY, "precision": "day"} | fields)


def _place(**fields):
    return Place(**{"id": "a", "name": "b", "lat": 1.0, "lon": 2.0, "feature": "PPL"} | fields)


def _article(**fields):
    return Article(**{"id": "1", "text": "Raqqa"} | fields)


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: _article(text=None), r"expected an article's text as a string, got None \(NoneType\)"),
        (lambda: _article(text=b"Raqqa"), r"got b'Raqqa' \(bytes\)"),
        (lambda: _article(id=5), "expected an article's id as text"),
        (lambda: _article(id=None), "expected an article's id as text"),
        (lambda: _article(title=5), "expected an article's title as text, or None"),
        (lambda: _article(published="2016-06-11"), "date of publication as a DateSpan, got '2016-06-11'"),
        (lambda: _article(published=_DAY), "date of publication as a DateSpan"),
        (lambda: _article(story="s1"), "expected a Story, or None"),
        (lambda: _article(spans=((0, 99),)), r"0 <= start < end <= 5, got \(0, 99\)"),
        (lambda: _article(spans=((-1, 2),)), "0 <= start < end <= 5"),
        (lambda: _article(spans=((1, 1),)), "0 <= start < end <= 5"),
        (lambda: _article(spans=((0, 1, 2),)), "0 <= start < end <= 5"),
        (lambda: _article(spans=(("0", "2"),)), "0 <= start < end <= 5"),
        (lambda: _article(spans=((0, True),)), "0 <= start < end <= 5"),
        (lambda: _article(spans=5), r"spans as a tuple of \(start, end\)"),
        (lambda: _article(text="a" * 2_000, spans=((0, 2_000),)), "1,000 characters at most"),
        (lambda: _span(start="2016-06-11"), "expected a datetime.date, got '2016-06-11'"),
        (lambda: _span(end=dt.datetime(2016, 6, 11, tzinfo=dt.UTC)), "expected a datetime.date"),
        (lambda: _span(precision="hour"), "expected a precision of day, week, month, year, unknown"),
        (lambda: _place(lat="1"), "as numbers, got '1'"),
        (lambda: _place(lon=None), "as numbers, got None"),
        (lambda: _place(radius_km=None), "as numbers, got None"),
        (lambda: Correction(scope="everywhere", action="move", surface=5), "expected surface as text"),
        (
            lambda: Correction(scope="everywhere", action="move", surface="a", new_lat="1", new_lon=2),
            "expected new_lat as degrees",
        ),
        (lambda: list(geomap.find_stories([1])), "expected articles in the stream, got 1"),
        (lambda: list(geomap.find_stories(None)), "a list or a stream of articles, got None"),
        (lambda: list(geomap.find_stories("Raqqa")), "a list or a stream of articles"),
        (lambda: list(geomap.find_stories(_ARTICLE)), "a list or a stream of articles"),
        (lambda: geomap.open_gazetteer(5), "the name of a gazetteer, or the path of an index, got 5"),
        (lambda: geomap.read_corrections(None), "the file of corrections, got None"),
        (lambda: geomap.write_corrections([1], "c.csv"), "expected corrections in the stream"),
        (lambda: geomap.mention_record(1, 2), "expected an Article, got 1"),
        (lambda: geomap.mentions_table(1), "a stream of mention records, got 1"),
        (lambda: geomap.mentions_table([1]), "mention records, each a mapping, got 1"),
        (lambda: geomap.tally_places([1]), r"a mention table \(geomap.read_table reads one from a file\)"),
        (lambda: geomap.tally_articles(1), "a mention table"),
        (lambda: geomap.tally_dates(None), "a mention table"),
        (lambda: geomap.write_csv(None, "a.csv"), "a stream of mention records, got None"),
        (lambda: geomap.write_csv([1], "a.csv"), "mention records, each a mapping"),
        (lambda: geomap.write_jsonl([1], "a.jsonl"), "mention records, each a mapping"),
        (lambda: geomap.write_geojson([1], "a.geojson"), "mention records, each a mapping"),
        (lambda: geomap.write_map([1], "a.html"), "mention records, each a mapping"),
        (lambda: geomap.write_map([_RECORD], None), "expected a file's name, got None"),
        (lambda: geomap.write_map([_RECORD], "a.html", center=(1,)), "a center of latitude and longitude"),
        (lambda: geomap.write_map([_RECORD], "a.html", center="x"), "stream of degrees"),
        (lambda: geomap.write_map([_RECORD], "a.html", zoom="x"), "expected a zoom as a number"),
        (lambda: geomap.write_map([_RECORD], "a.html", tiles=5), "expected tiles as a template of URLs"),
        (lambda: geomap.write_map([_RECORD], "a.html", created="2016"), "expected a datetime.date"),
        (
            lambda: geomap.write_map([_RECORD], "a.html", text="full", articles=[1]),
            "expected articles in the stream",
        ),
        (lambda: geomap.to_folium(5), "a stream of mention records"),
        (lambda: geomap.write_explanations([1], "a.html"), "pairs of an article and its resolutions"),
        (lambda: geomap.write_explanation(1, [], "a.html"), "expected an Article, got 1"),
        (lambda: geomap.map_articles(["a.txt"], 5), "expected a file's name, got 5"),
        (lambda: geomap.map_articles(["a.txt"], "a.html", options=5), "expected PageOptions, got 5"),
        (lambda: geomap.export_articles(["a.txt"], None), "expected a file's name, or -, got None"),
        (lambda: geomap.export_articles(None, "a.csv"), "expected files, folders and mention tables in the list, got None"),
        (lambda: list(geomap.read_mentions(None)), "expected files, folders and mention tables in the list, got None"),
        (lambda: list(geomap.read_mentions([5])), "expected files, folders and mention tables in the list, got 5"),
        (lambda: list(geomap.read_mentions(["a.txt"], 5)), "expected ReadOptions, got 5"),
    ],
)  # fmt: skip
def test_what_was_expected_is_said(tmp_path, monkeypatch, call, message):
    monkeypatch.chdir(tmp_path)
    with pytest.raises(GeomapError, match=message):
        call()
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda parser: parser.parse(None), "expected an Article, got None"),
        (lambda parser: parser.parse("Raqqa"), "expected an Article, got 'Raqqa'"),
        (lambda parser: parser.parse_text(None), "expected an article's text as a string"),
        (lambda parser: list(geomap.find_mentions([1], parser)), "expected articles in the stream"),
        (lambda _parser: list(geomap.find_mentions([_ARTICLE], 5)), "expected a Geoparser, got 5"),
        (lambda parser: geomap.explain_articles([1], "a.html", geoparser=parser), "articles in the stream"),
        (
            lambda parser: list(geomap.apply_corrections([_RECORD], [1], parser.gazetteer)[0]),
            "expected corrections in the stream",
        ),
        (
            lambda parser: list(geomap.apply_corrections([1], [], parser.gazetteer)[0]),
            "mention records, each a mapping",
        ),
    ],
)  # fmt: skip
def test_a_geoparser_says_what_it_expects(tmp_path, monkeypatch, geoparser, call, message):
    monkeypatch.chdir(tmp_path)
    with pytest.raises(GeomapError, match=message):
        call(geoparser)
    assert list(tmp_path.iterdir()) == []


def test_one_name_is_one_input(tmp_path, geoparser):
    path = tmp_path / "a.txt"
    path.write_text("Rebels left Raqqa.")
    for given in (path, str(path), [path], (str(path),)):
        records = geomap.read_mentions(given, geoparser=geoparser)
        assert [record["surface"] for record in records] == ["Raqqa"]
