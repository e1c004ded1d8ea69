"""Articles out of a pandas frame, one a row."""

from __future__ import annotations

from itertools import repeat
from typing import TYPE_CHECKING, Any

from geomap.articles.aliases import find_aliases
from geomap.articles.formats import COLUMNS, RawRecord, list_names
from geomap.articles.inputs import SourceFile
from geomap.articles.readers import build_articles
from geomap.articles.reports import ReadReport
from geomap.conform import is_missing
from geomap.errors import InputError, NothingReadableError
from geomap.runtime.expecting import refusal

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator

    import pandas as pd

    from geomap.model import Article

__all__ = ["articles_from_frame"]

_FRAME = SourceFile(path="the frame", name="row", format="frame")


def articles_from_frame(
    frame: pd.DataFrame,
    *,
    text: str | None = None,
    title: str | None = None,
    date: str | None = None,
    id: str | None = None,  # noqa: A002 - the field's name
    url: str | None = None,
    source: str | None = None,
    lang: str | None = None,
    strict: bool = False,
    day_first: bool | None = None,
    crawled: dt.date | None = None,
    report: ReadReport | None = None,
) -> Iterator[Article]:
    """Yield the articles of a pandas frame, one a row, in their order.

    Each argument that is a field of an article names its column; where it is None, the column is called like the field, or
    as it is often called (``body``, ``headline``, ``published_at`` …). What a row lacks is looked for in its text.

    Args:
        frame: The frame.
        text: The column of the texts.
        title: That of the titles.
        date: That of the dates: text, timestamps, or seconds or milliseconds since 1970.
        id: That of the ids; rows without one are called by their numbers, ``row#1`` the first.
        url: That of the links.
        source: That of the outlets.
        lang: That of the languages.
        strict: Whether to stop at the first row that is no article; else it is counted in the report.
        day_first: How "11/06/2016" is read where an article does not tell.
        crawled: The day on which the articles were taken, from which "2 days ago" counts.
        report: Where to count; it is filled while the articles are taken.

    Raises:
        InputError: It is no frame, or lacks a column.
        RecordError: At the first bad row, if ``strict``.
        NothingReadableError: At the end, if there was no article.

    >>> import pandas as pd
    >>> frame = pd.DataFrame({"body": ["From Raqqa to Mosul."], "day": [pd.Timestamp("2016-12-19")]})
    >>> [(a.id, a.published.start.isoformat()) for a in articles_from_frame(frame, date="day")]
    [('row#1', '2016-12-19')]
    """
    if not hasattr(frame, "columns") or not hasattr(frame, "iloc"):
        raise refusal("a pandas frame of articles (geomap.read_articles reads files)", frame)
    names = tuple(map(str, frame.columns))
    given = {"text": text, "title": title, "date": date, "id": id, "url": url}
    given |= {"source": source, "lang": lang}
    columns = {field: str(name) for field, name in given.items() if name is not None}
    for field, name in columns.items():
        if name not in names:
            raise InputError(
                f"the frame has no column {name!r} for {field}, but {list_names(names)}"
            )
    taken = frozenset((*columns, *columns.values()))
    found = dict(find_aliases(names, taken))
    own = {field: field for field in COLUMNS if field in names and field not in taken}
    chosen = own | found | columns
    if "text" not in chosen:
        raise InputError(
            f"which column holds the text? The frame has {list_names(names)}: say text=NAME"
        )
    report = report if report is not None else ReadReport()
    report.adopt(found.items())
    return _articles(frame, chosen, report, strict=strict, day_first=day_first, crawled=crawled)


def _articles(
    frame: pd.DataFrame, chosen: dict[str, str], report: ReadReport, **how: Any
) -> Iterator[Article]:
    names = list(map(str, frame.columns))
    columns = {field: frame.iloc[:, names.index(name)].tolist() for field, name in chosen.items()}
    rows = zip(*columns.values(), strict=True)
    records = (
        RawRecord(fields=_fields(tuple(columns), row), line=number, number=number)
        for number, row in enumerate(rows, start=1)
    )
    before = report.read
    yield from build_articles(zip(repeat(_FRAME), records), report, **how)
    if report.read == before:
        raise NothingReadableError(report.describe_failure())


def _fields(names: tuple[str, ...], row: tuple[Any, ...]) -> dict[str, Any]:
    cells = {name: cell for name, cell in zip(names, row, strict=True) if not is_missing(cell)}
    given = cells.get("id")
    if isinstance(given, float) and given.is_integer():  # whole numbers beside missing ones
        cells["id"] = int(given)
    return {name: None for name in ("text",) if name not in cells} | cells
