"""Articles: read from every format, with title, date, dateline, and what in them is not text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geomap.runtime.lazy import lazy_names

if TYPE_CHECKING:
    from geomap.articles.boilerplate import find_masks
    from geomap.articles.fields import read_article_text
    from geomap.articles.frames import articles_from_frame
    from geomap.articles.header import Header, read_header, read_header_lines
    from geomap.articles.readers import read_articles
    from geomap.articles.reports import ReadReport, Rejection

__all__ = [
    "Header",
    "ReadReport",
    "Rejection",
    "articles_from_frame",
    "find_masks",
    "read_article_text",
    "read_articles",
    "read_header",
    "read_header_lines",
]

#: names whose modules are opened when they are used: who has a mention table reads no article
__getattr__ = lazy_names(
    __name__,
    {
        "Header": "header",
        "ReadReport": "reports",
        "Rejection": "reports",
        "articles_from_frame": "frames",
        "find_masks": "boilerplate",
        "read_article_text": "fields",
        "read_articles": "readers",
        "read_header": "header",
        "read_header_lines": "header",
    },
)
