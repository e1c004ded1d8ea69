"""Web pages: body, title, and dates whose provenance is known."""

import time

import pytest

from geomap.articles import read_articles
from geomap.errors import NothingReadableError

_SENTENCES = "The rebels left the town of Azaz on Monday, and went on to Besançon and Aleppo. " * 6


def _page(head="", above="", lang="en"):
    return (
        f'<html lang="{lang}"><head><title>Rebels leave the town | The Paper</title>{head}</head><body>'
        f"<nav><a href='/'>Home</a> <a href='/w'>World</a></nav><article><h1>Rebels leave the town</h1>{above}"
        f"<p>{_SENTENCES}</p><p>Nobody knew where they were. {_SENTENCES}</p></article>"
        "<footer>All rights reserved</footer></body></html>"
    )


def _read(tmp_path, page, encoding="utf-8"):
    path = tmp_path / "a.html"
    path.write_bytes(page.encode(encoding))
    (article,) = read_articles(path)
    return article


def test_body_title_language_and_link(tmp_path):
    head = '<link rel="canonical" href="https://www.paper.example/rebels">'
    article = _read(tmp_path, _page(head))
    assert _SENTENCES.strip() in article.text
    assert "World" not in article.text
    assert (article.id, article.title, article.lang) == ("a.html", "Rebels leave the town", "en")
    assert (article.url, article.source) == ("https://www.paper.example/rebels", "paper.example")


@pytest.mark.parametrize(
    ("head", "above", "expected"),
    [
        ('<meta property="article:published_time" content="2016-06-11T00:30:00+03:00">', "", "2016-06-11 day html"),
        ('<meta name="date" content="2016-06">', "", "2016-06-01 month html"),
        ('<script type="application/ld+json">{"datePublished": "2016-06-11"}</script>', "", "2016-06-11 day html"),
        ("", '<time pubdate datetime="2016-06-11">Saturday</time>', "2016-06-11 day html"),
        ("", "<div class='date'>June 11, 2016</div>", "2016-06-11 day html"),
        ('<link rel="canonical" href="https://paper.example/2016/06/11/x">', "", "2016-06-11 day url"),
        ("", "", "None unknown None"),
    ],
)  # fmt: skip
def test_dates(tmp_path, head, above, expected):
    published = _read(tmp_path, _page(head, above)).published
    assert f"{published.start} {published.precision} {published.source}" == expected


def test_a_declared_encoding(tmp_path):
    page = _page('<meta charset="windows-1252">')
    assert "Besançon" in _read(tmp_path, page, "cp1252").text


@pytest.mark.parametrize("page", ["", "<html></html>", "<<<>>>", "<p>" * 5000, "\0\1\2"])
def test_pages_without_a_body(tmp_path, page):
    with pytest.raises(NothingReadableError, match=r"a\.html"):
        _read(tmp_path, page)


@pytest.mark.parametrize(
    "tag",
    [
        "<p " + " ".join(f"a{n}=b" for n in range(20_000)) + ">",
        "<div " + " ".join(f'data-a{n}=">"' for n in range(20_000)) + ">",
        "<div" + " " * 200_000 + ">",
        "<a " + "b=" * 50_000 + ">",
        "<div " + "/" * 100_000 + ">",
        "<i " + " ".join(f"a{n}" for n in range(150)) + ">",
    ],
    ids=["attributes", "quoted", "spaces", "values", "slashes", "150"],
)
def test_a_tag_with_any_number_of_attributes_costs_no_minutes(tmp_path, tag):
    began = time.process_time()
    article = _read(
        tmp_path, _page(above=tag + "Azaz is quiet again, said the mayor.</div></a></i></p>")
    )
    assert _SENTENCES.strip() in article.text
    assert time.process_time() - began < 5  # 20,000 attributes took minutes


def test_a_page_with_more_tags_than_any_is_refused(tmp_path):
    (tmp_path / "a.html").write_text(_page(above="<br>" * 200_001))
    with pytest.raises(NothingReadableError, match="more than 200,000 tags"):
        list(read_articles(tmp_path))
