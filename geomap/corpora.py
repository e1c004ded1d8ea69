"""Read annotated news: articles with the spans and the coordinates of the places they name."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from dataclasses import dataclass
from typing import TYPE_CHECKING

from geomap.errors import InputError

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["AnnotatedArticle", "GoldToponym", "read_corpus"]


@dataclass(frozen=True, slots=True, kw_only=True)
class GoldToponym:
    """A place name as annotated; latitude and longitude are None where no point is given."""

    start: int
    end: int
    lat: float | None
    lon: float | None
    geonames_id: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AnnotatedArticle:
    """An article of a corpus; ``repaired`` counts the offsets that had to be shifted."""

    id: str
    text: str
    toponyms: tuple[GoldToponym, ...]
    repaired: int = 0


def _point(element: ET.Element) -> tuple[float, float] | tuple[None, None]:
    """Return the latitude and longitude of an annotation; none where either is missing or wrong."""
    try:
        lat = float(element.findtext("lat") or "nan")
        lon = float(element.findtext("lon") or "nan")
    except ValueError:
        return None, None
    on_earth = -90.0 <= lat <= 90.0 and -180.0 <= lon <= 180.0
    return (lat, lon) if on_earth else (None, None)


def _whole_number(text: str | None) -> int:
    return int(text) if text and text.strip().isdecimal() else 0


def _nearest(text: str, surface: str, start: int) -> int | None:
    """Return where the occurrence of ``surface`` nearest to ``start`` begins."""
    places = []
    at = text.find(surface)
    while at >= 0:
        places.append(at)
        at = text.find(surface, at + 1)
    return min(places, key=lambda place: abs(place - start), default=None)


def _read_article(name: str, article: ET.Element) -> AnnotatedArticle:
    text = article.findtext("text") or ""
    toponyms: dict[tuple[int, int], GoldToponym] = {}
    repaired = 0
    for item in article.iter("toponym"):
        surface = item.findtext("phrase")
        if not surface:
            continue
        start = _whole_number(item.findtext("start"))
        if text[start : start + len(surface)] != surface:
            found = _nearest(text, surface, start)
            if found is None:
                continue
            start = found
            repaired += 1
        tag = item.find("gaztag")
        lat, lon = _point(item if tag is None else tag)
        number = None if tag is None else tag.get("geonameid")
        toponyms[start, start + len(surface)] = GoldToponym(
            start=start,
            end=start + len(surface),
            lat=lat,
            lon=lon,
            geonames_id=int(number) if number and number.isdigit() else None,
        )
    return AnnotatedArticle(
        id=name,
        text=text,
        toponyms=tuple(toponyms[key] for key in sorted(toponyms)),
        repaired=repaired,
    )


def read_corpus(path: Path) -> list[AnnotatedArticle]:
    """Read a corpus in the XML of LGL and TR-News.

    Offsets that do not point at their phrase are moved to its nearest occurrence; an annotation
    whose phrase is nowhere in the text is left out.

    Raises:
        InputError: The file is not such a corpus.
    """
    try:
        root = ET.parse(path).getroot()  # noqa: S314
    except (OSError, ET.ParseError) as err:
        raise InputError(f"{path}: not a corpus in XML: {err}") from err
    articles = root.findall("article")
    if not articles:
        raise InputError(
            f"{path}: expected <article> elements with <text> and <toponym>, found none"
        )
    return [_read_article(f"{path.stem}-{i}", article) for i, article in enumerate(articles)]
