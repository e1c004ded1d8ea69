"""Find the mentions of articles: by one process or several, with a geocoder or none."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING, Any

from geomap.articles.inputs import looks_like_path
from geomap.errors import InputError
from geomap.model import Article
from geomap.records import mention_records
from geomap.runtime.expecting import each, refusal
from geomap.version import __version__

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    import pandas as pd

    from geomap.gazetteer import Gazetteer
    from geomap.gazetteer.geocoder import Geocoder
    from geomap.geoparser import Geoparser
    from geomap.records import MentionRecord
    from geomap.reports import RunReport
    from geomap.run_options import ReadOptions

__all__ = ["find_mentions", "find_with", "geocoding", "geoparse", "make_geoparser"]


def make_geoparser(gazetteer: Gazetteer | str | Path | None = None, **options: Any) -> Geoparser:
    """Return a new geoparser, whose modules are imported here: who has tables alone needs none of them."""
    from geomap.geoparser import Geoparser  # noqa: PLC0415 - see above

    return Geoparser(gazetteer, **options)


def find_mentions(
    articles: Iterable[Article],
    geoparser: Geoparser | None = None,
    geocoder: Geocoder | None = None,
) -> Iterator[MentionRecord]:
    """Yield the mention records of some articles, as they come.

    Args:
        articles: The articles; one is held at a time.
        geoparser: What finds the mentions; None for one with the gazetteer in use.
        geocoder: What is asked for the names that the gazetteer lacks; None for nobody.

    >>> articles = [Article(id="1", text="From Raqqa to Mosul.")]
    >>> [record["name"] for record in find_mentions(articles)]
    ['Raqqa', 'Mosul']
    """
    geoparser = geoparser or make_geoparser()
    if not hasattr(geoparser, "parse"):
        raise refusal("a Geoparser", geoparser)
    for article in each(articles, Article, "articles"):
        found = geoparser.parse(article)
        yield from mention_records(article, geocoder.fill(article, found) if geocoder else found)


@contextlib.contextmanager
def geocoding(reading: ReadOptions, report: RunReport) -> Iterator[Geocoder | None]:
    """Open the geocoder that is asked for, if one is, and report what became of the names."""
    if reading.geocoder is None:
        yield None
        return
    if reading.processes != 1:
        raise InputError(
            f"a geocoder is asked one question at a time: expected 1 process, got {reading.processes}"
        )
    from geomap.gazetteer.geocoder import open_geocoder  # noqa: PLC0415 - rarely wanted

    with open_geocoder(reading.geocoder, user_agent=f"geomap/{__version__}") as geocoder:
        try:
            yield geocoder
        finally:
            report.geocoder = geocoder.report


def find_with(
    articles: Iterable[Article],
    geoparser: Geoparser,
    processes: int,
    geocoder: Geocoder | None = None,
) -> Iterator[MentionRecord]:
    """Yield the mention records of some articles, found by one process or several."""
    if processes == 1:
        return find_mentions(articles, geoparser, geocoder)
    from geomap.engines.processes import find_mentions_in_processes  # noqa: PLC0415 - rarely wanted

    return find_mentions_in_processes(articles, geoparser, processes=processes)


def geoparse(
    source: str | Article | Iterable[Article] | pd.DataFrame,
    *,
    processes: int = 1,
    geoparser: Geoparser | None = None,
    **columns: str,
) -> pd.DataFrame:
    """Return the mention table of a text, of articles, or of a pandas frame of articles, in one call.

    Args:
        source: A text; an article or several, as :func:`geomap.read_articles` reads them from files; or a frame, one
            article a row.
        processes: How many processes look for mentions.
        geoparser: What finds the mentions; None for one with the gazetteer in use.
        **columns: Of a frame, which column holds which field: see :func:`geomap.articles_from_frame`.

    Raises:
        InputError: It is none of these, or a file's name.

    >>> geoparse("The road from Raqqa to Mosul.")["name"].tolist()
    ['Raqqa', 'Mosul']
    """
    from geomap.tables import mentions_table  # noqa: PLC0415 - pandas

    if type(processes) is not int or processes < 1:
        raise InputError(f"expected 1 process or more, got {processes!r}")
    articles = _articles_of(source, columns)
    return mentions_table(find_with(articles, geoparser or make_geoparser(), processes))


def _articles_of(source: object, columns: dict[str, str]) -> Iterable[Article]:
    """Return the articles that somebody gives in one form or another."""
    if hasattr(source, "columns"):
        from geomap.articles.frames import articles_from_frame  # noqa: PLC0415 - rarely wanted

        return articles_from_frame(source, **columns)  # type: ignore[arg-type]
    if columns:
        raise InputError(f"columns ({', '.join(columns)}) are those of a frame, got none")
    if isinstance(source, Article):
        return [source]
    if isinstance(source, str):
        if looks_like_path(source):
            raise InputError(
                f"{source[:200]}: expected a text, and this is a file's name: geomap.geoparse("
                "geomap.read_articles(path)) reads it"
            )
        return [Article(id="text", text=source)]
    return each(source, Article, "articles")
