"""Articles come back from a temporary file as they went in, with every field."""

import datetime as dt
from dataclasses import MISSING, fields

from geomap.model import Article, DateSpan, Story
from geomap.stories.spool import ArticleSpool

DAY = DateSpan(
    start=dt.date(2019, 3, 1), end=dt.date(2019, 3, 31), precision="month", source="url", ambiguous=True
)  # fmt: skip
FILLED = {
    "id": "a",
    "text": "Raqqa",
    "title": "A title",
    "published": DAY,
    "url": "https://news.example/a",
    "source": "The Example",
    "lang": "en",
    "spans": ((0, 5),),
    "story": Story(id="s", size=2),
}


def test_no_field_of_an_article_is_lost():
    """A field that is added to the article fails here until it has a value that is not its default."""
    article = Article(**FILLED)
    for field in fields(Article):
        assert field.default is MISSING or getattr(article, field.name) != field.default, field.name
    with ArticleSpool() as spool:
        spool.add(Article(id="b", text=""))
        spool.add(article)
        assert [spool.read(1), spool.read(0)] == [article, Article(id="b", text="")]
