"""Web pages: the body by trafilatura, the date only from where its provenance is known."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import islice
from typing import TYPE_CHECKING, Any, BinaryIO, Final

from geomap.articles.encodings import decode_bytes
from geomap.articles.formats import RawRecord
from geomap.articles.reports import Rejection
from geomap.dates import find_dates, read_date, settle_order
from geomap.model import UNKNOWN_DATE, DateSpan

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["read_html"]

#: trafilatura's own limit; a page is seldom over 2 MB
MAX_HTML_BYTES: Final = 20 * 1024 * 1024
#: tags of a page: a parser takes some 60 microseconds for each; books in one page have fewer
_MOST_TAGS: Final = 200_000
#: attributes of a tag that are kept; a parser compares each one with all before it
_MOST_ATTRIBUTES: Final = 200
_VALUE: Final = r"(?:\s*+=\s*+(?:\"[^\"]*+\"?|'[^']*+'?|[^\s>]*+))?+"
_ATTRIBUTE: Final = re.compile(rf"[\s/]++[^\s=>/]*+{_VALUE}")
_TAG: Final = re.compile(rf"<[A-Za-z][^\s>/]*+(?:{_ATTRIBUTE.pattern})*+")
#: so much of a page's head is searched for its encoding
_HEAD_BYTES: Final = 2_048
_CHARSET: Final = re.compile(rb"<meta[^>]{0,200}charset=[\"'\s]{0,3}([\w-]{2,30})", re.IGNORECASE)
#: our own maps, which often lie beside the articles that they were made from
_MADE_HERE: Final = re.compile(rb"<meta name=\"generator\" content=\"geomap\">")
#: meta tags that hold the publication date, the surest first (lower case; name, property, itemprop)
_META_DATES: Final = (
    "article:published_time article:published og:published_time og:article:published_time rnews:datepublished datepublished"
    " date_published parsely-pub-date sailthru.date cxenseparse:recs:publishtime citation_publication_date"
    " citation_date dc.date.issued dcterms.issued dc.date.created dcterms.created dc.date dcterms.date"
    " publish-date publish_date publishdate pubdate publication_date publicationdate originalpublicationdate date"
).split()
_JSON_DATE: Final = re.compile(r"\"datePublished\"\s{0,4}:\s{0,4}\"([^\"]{4,40})\"")
#: elements with a text so short may be a date; so many of them are looked at
_SHORT_TEXT: Final = 120
_MOST_ELEMENTS: Final = 5_000
_YEAR: Final = re.compile(r"[12]\d{3}|\d[./]\d")


def is_made_here(content: bytes) -> bool:
    """Return whether a page is one that geomap wrote."""
    return _MADE_HERE.search(content[: 2 * _HEAD_BYTES]) is not None


def _meta_values(tree: Any) -> dict[str, str]:
    """Return the first content of each meta tag, by its name in lower case."""
    values: dict[str, str] = {}
    for element in islice(tree.iter("meta"), _MOST_ELEMENTS):
        for key in ("property", "name", "itemprop"):
            name = (element.get(key) or "").lower()
            if name and element.get("content"):
                values.setdefault(name, element.get("content"))
    return values


def _meta_date(tree: Any, day_first: bool | None) -> DateSpan:  # noqa: FBT001
    """Return the date of the surest meta tag that holds one."""
    values = _meta_values(tree)
    dates = (read_date(values[name], day_first=day_first) for name in _META_DATES if name in values)
    return next((date for date in dates if date.start), UNKNOWN_DATE)


def _json_date(tree: Any, day_first: bool | None) -> DateSpan:  # noqa: FBT001
    """Return the date in the page's JSON-LD."""
    for script in islice(tree.iter("script"), _MOST_ELEMENTS):
        if (script.get("type") or "").lower() == "application/ld+json":
            match = _JSON_DATE.search(script.text or "")
            date = read_date(match[1], day_first=day_first) if match else UNKNOWN_DATE
            if date.start:
                return date
    return UNKNOWN_DATE


def _marked_date(tree: Any, day_first: bool | None) -> DateSpan:  # noqa: FBT001
    """Return the date of an element that is marked as the page's: <time pubdate>, datePublished."""
    for element in islice(tree.iter("time", "span", "p"), _MOST_ELEMENTS):
        is_date = element.get("itemprop") == "datePublished" or (
            element.tag == "time" and element.get("pubdate") is not None
        )
        if is_date:
            value = element.get("datetime") or element.get("content") or element.text or ""
            date = read_date(value, day_first=day_first)
            if date.start:
                return date
    return UNKNOWN_DATE


def _text_date(tree: Any, answer: str | None, day_first: bool | None) -> DateSpan:  # noqa: FBT001
    """Return htmldate's answer if a short piece of the page's text says it, as the text says it."""
    if not answer:
        return UNKNOWN_DATE
    for element in islice(
        tree.iter("time", "span", "p", "div", "li", "td", "small"), _MOST_ELEMENTS
    ):
        text = (element.text or "").strip()
        if len(text) > _SHORT_TEXT or not _YEAR.search(text):
            continue
        for found in find_dates(text):
            readings = [found.date, *([found.other] if found.other else [])]
            if any(date.precision == "day" and str(date.start) == answer for date in readings):
                return settle_order(found, "", day_first)
    return UNKNOWN_DATE


def _find_date(tree: Any, answer: str | None, day_first: bool | None) -> DateSpan:  # noqa: FBT001
    """Return the page's date from the first source that has one: meta, JSON-LD, mark, text."""
    for find in (_meta_date, _json_date, _marked_date):
        date = find(tree, day_first)
        if date.start:
            return replace(date, source="html")
    date = _text_date(tree, answer, day_first)
    return replace(date, source="html") if date.start else UNKNOWN_DATE


def _bounded_tag(tag: re.Match[str]) -> str:
    """Return a tag without its attributes where it has more than any has."""
    whole = tag[0]
    if len(whole) < 2 * _MOST_ATTRIBUTES or len(_ATTRIBUTE.findall(whole)) <= _MOST_ATTRIBUTES:
        return whole
    return whole.split(None, 1)[0].partition("/")[0]


def _bound_tags(html: str) -> str:
    """Return a page whose tags a parser has done with in a bounded time; its text is the same.

    Raises:
        ValueError: if there are more tags than any page has.
    """
    if html.count("<") > _MOST_TAGS:
        raise ValueError(f"the page has more than {_MOST_TAGS:,} tags")
    return _TAG.sub(_bounded_tag, html)


def _declared_encoding(content: bytes) -> str | None:
    match = _CHARSET.search(content[:_HEAD_BYTES])
    return match[1].decode("ascii", "ignore") if match else None


def _read_page(content: bytes, day_first: bool | None) -> RawRecord:  # noqa: FBT001
    """Return a page's body and what its head says.

    Raises:
        ValueError: if the page has no body that trafilatura finds.
    """
    from trafilatura import bare_extraction, load_html  # noqa: PLC0415 - 150 ms, for pages only
    from trafilatura.settings import Document  # noqa: PLC0415

    if is_made_here(content):
        raise ValueError("it is a page that geomap wrote, not an article")
    found = decode_bytes(content, declared=_declared_encoding(content))
    html = _bound_tags(found.text)
    tree = load_html(html)
    if tree is None:
        raise ValueError("it is no HTML that can be parsed")
    lang = tree.get("lang") if tree.tag == "html" else None
    page = bare_extraction(
        html,
        favor_precision=True,
        include_comments=False,
        with_metadata=True,
        date_extraction_params={"extensive_search": False, "original_date": True},
    )
    if not isinstance(page, Document) or not page.text:
        raise ValueError("no article body was found in the page")
    fields = {"text": page.text, "title": page.title, "url": page.url, "lang": lang}
    if not page.url:
        fields["source"] = page.sitename
    return RawRecord(
        fields=fields,
        html_date=_find_date(tree, page.date, day_first),
        fault=found.fault,
        guessed=found.guessed,
    )


def read_html(
    stream: BinaryIO,
    path: str,
    day_first: bool | None,  # noqa: FBT001
) -> Iterator[RawRecord | Rejection]:
    """Yield the one article of a web page."""
    content = stream.read(MAX_HTML_BYTES + 1)
    if len(content) > MAX_HTML_BYTES:
        yield Rejection(path=path, reason="the page is longer than 20 MB")
        return
    import trafilatura  # noqa: PLC0415 - what is not installed is no fault of the page
    import trafilatura.settings  # noqa: F401, PLC0415

    try:
        yield _read_page(content, day_first)
    except ValueError as err:
        yield Rejection(path=path, reason=str(err))
    except Exception as err:  # noqa: BLE001 - a hostile page may break any part of its parsers
        yield Rejection(path=path, reason=f"the page cannot be parsed: {err!r}"[:300])
