"""Read corpora in XML: LGL and TR-News, GeoVirus, GeoWebNews.

All three put ``<article><text>`` around a text and list its places. LGL and TR-News have ``<toponym>``
with ``<phrase>`` and ``<gaztag>``; GeoVirus has ``<location>`` with ``<name>``, and counts from 1; GeoWebNews
has ``<toponym>`` with ``<extractedName>`` and the ``<type>`` of its use.
"""

from __future__ import annotations

import xml.etree.ElementTree as ET
from typing import TYPE_CHECKING, Final
from xml.parsers import expat

from geomap.corpora.nouns import AnnotatedArticle, GoldToponym, find_nearest
from geomap.errors import InputError

if TYPE_CHECKING:
    from geomap.model import Kind

__all__ = ["read_xml"]

#: uses of a name after Gritta, Pilehvar and Collier (2020): the place itself, or what is
#: associated with it. All others (embedded names, homonyms) name no place.
_KINDS: Final[dict[str, Kind]] = {
    "Literal": "literal",
    "Literal_Modifier": "literal",
    "Mixed": "literal",
    "Coercion": "literal",
    "Metonymic": "associative",
    "Language": "associative",
    "Demonym": "associative",
    "Non_Literal_Modifier": "associative",
}


def _refuse_entities(content: bytes, path: str) -> None:
    """Raise where a document declares entities: no corpus does, and bombs are made of them."""

    def refuse(name: str, *_rest: object) -> None:
        raise InputError(
            f"{path}: declares the XML entity {name!r}, which no corpus needs; "
            "remove the declaration if you trust the file"
        )

    parser = expat.ParserCreate()
    parser.EntityDeclHandler = refuse
    parser.Parse(content, True)


def _number(text: str | None) -> float:
    try:
        return float(text or "nan")
    except ValueError:
        return float("nan")


def _point(element: ET.Element) -> tuple[float, float] | tuple[None, None]:
    """Return the latitude and longitude of an annotation; none where either is missing or wrong."""
    lat = _number(element.findtext("lat") or element.findtext("latitude"))
    lon = _number(element.findtext("lon") or element.findtext("longitude"))
    on_earth = -90.0 <= lat <= 90.0 and -180.0 <= lon <= 180.0  # NaN fails both
    return (lat, lon) if on_earth else (None, None)


def _whole_number(text: str | None) -> int:
    text = (text or "").strip()
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 10 else 0


def _geonames_id(tag: ET.Element | None) -> int | None:
    return (_whole_number(tag.get("geonameid")) or None) if tag is not None else None


def _annotations(article: ET.Element) -> list[tuple[ET.Element, str, int]]:
    """Return each annotation with its phrase and its start, counted from 0; without empty ones."""
    found = [
        (
            item,
            item.findtext("phrase") or item.findtext("extractedName"),
            _whole_number(item.findtext("start")),
        )
        for item in article.iter("toponym")
    ]
    found += [
        (item, item.findtext("name"), _whole_number(item.findtext("start")) - 1)
        for item in article.iter("location")
    ]
    return [(item, phrase, start) for item, phrase, start in found if phrase]


def _read_article(name: str, article: ET.Element) -> AnnotatedArticle:
    text = article.findtext("text") or ""
    toponyms: dict[tuple[int, int], GoldToponym] = {}
    repaired = left_out = 0
    for item, surface, written in _annotations(article):
        kind = _KINDS.get((item.findtext("type") or "").strip())
        start = find_nearest(text, surface, written)
        if start is None or (kind is None and item.find("extractedName") is not None):
            left_out += 1
            continue
        repaired += start != max(written, 0)
        tag = item.find("gaztag")
        lat, lon = _point(item if tag is None else tag)
        end = start + len(surface)
        toponyms[start, end] = GoldToponym(
            start=start, end=end, lat=lat, lon=lon, geonames_id=_geonames_id(tag), kind=kind
        )
    return AnnotatedArticle(
        id=name,
        text=text,
        toponyms=tuple(toponyms[key] for key in sorted(toponyms)),
        repaired=repaired,
        left_out=left_out,
        adjectives=next(article.iter("location"), None) is None,
        source=(article.findtext("domain") or "").strip() or None,
    )


def read_xml(content: bytes, path: str, name: str) -> list[AnnotatedArticle]:
    """Return the articles of a corpus in XML.

    Args:
        content: The file.
        path: What errors call it.
        name: What the articles' ids begin with.

    Raises:
        InputError: It is no XML, declares entities, or holds no articles.
    """
    try:
        _refuse_entities(content, path)
        root = ET.fromstring(content)  # noqa: S314 - entities were refused
    except (ET.ParseError, expat.ExpatError, ValueError, LookupError) as err:
        if isinstance(err, InputError):
            raise
        raise InputError(f"{path}: not a corpus in XML: {err}") from err
    articles = root.findall("article")
    if not articles:
        raise InputError(
            f"{path}: expected <article> elements with <text> and <toponym>, found none"
        )
    return [_read_article(f"{name}-{i}", article) for i, article in enumerate(articles)]
