"""Read annotated news as JSON lines, one article a line.

``{"id": "1", "text": "…", "toponyms": [{"start": 0, "end": 5, "lat": 35.9, "lon": 39.0}]}``; a toponym may
also have ``place_id``, ``kind`` (literal, associative, embedded) and ``surface``, by which a shifted offset is
repaired. An article may have ``source``, its outlet's name or domain.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final

from geomap.corpora.nouns import AnnotatedArticle, GoldToponym, find_nearest
from geomap.errors import InputError

if TYPE_CHECKING:
    from geomap.model import Kind

__all__ = ["read_jsonl"]

_KINDS: Final = ("literal", "associative", "embedded")


def _refusal(where: str, expected: str, got: object) -> InputError:
    return InputError(f"{where}: expected {expected}, got {got!r:.80}")


def _degrees(value: object, limit: int, where: str) -> float:
    number = isinstance(value, int | float) and not isinstance(value, bool)
    if not number or not -limit <= value <= limit:  # type: ignore[operator]
        raise _refusal(
            where, f"a number of degrees in [-{limit}, {limit}] in both lat and lon", value
        )
    return float(value)  # type: ignore[arg-type]


def _read_point(item: dict[str, Any], where: str) -> tuple[float, float] | tuple[None, None]:
    lat, lon = item.get("lat"), item.get("lon")
    if lat is None and lon is None:
        return None, None
    return _degrees(lat, 90, where), _degrees(lon, 180, where)


def _read_bounds(item: dict[str, Any], text: str, where: str) -> tuple[int, int, int | None]:
    """Return the bounds as written, and where the phrase really starts; None where nowhere."""
    start, end, surface = item.get("start"), item.get("end"), item.get("surface")
    if type(start) is not int or type(end) is not int or not 0 <= start < end:
        raise _refusal(where, "whole numbers 0 <= start < end", (start, end))
    if surface is None:
        if end > len(text):
            raise _refusal(where, f"an end within the text of {len(text):,} characters", end)
        return start, end, start
    if not isinstance(surface, str) or not surface:
        raise _refusal(where, "a surface of text", surface)
    return start, start + len(surface), find_nearest(text, surface, start)


def _read_kind(kind: object, where: str) -> Kind | None:
    if kind is not None and kind not in _KINDS:
        raise _refusal(where, f"a kind of {', '.join(_KINDS)}", kind)
    return kind


def _read_place_id(place_id: object, where: str) -> tuple[int | None, str | None]:
    """Return the number of a GeoNames id, or an id of our own."""
    if place_id is None:
        return None, None
    source, _, rest = place_id.partition(":") if isinstance(place_id, str) else ("", "", "")
    if source == "geonames" and rest.isascii() and rest.isdecimal() and len(rest) < 12:
        return int(rest), None
    if source == "geomap" and rest:
        return None, f"geomap:{rest}"
    raise _refusal(where, "a place_id such as geonames:172955", place_id)


def _read_toponym(item: object, text: str, where: str) -> tuple[GoldToponym | None, bool]:
    """Return a toponym, None where it names no place in the text; and whether it was shifted."""
    if not isinstance(item, dict):
        raise _refusal(where, "an object with start and end", item)
    start, end, place = _read_bounds(item, text, where)
    lat, lon = _read_point(item, where)
    kind = _read_kind(item.get("kind"), where)
    number, own_id = _read_place_id(item.get("place_id"), where)
    if place is None or kind == "embedded":
        return None, False
    toponym = GoldToponym(
        start=place,
        end=place + end - start,
        lat=lat,
        lon=lon,
        geonames_id=number,
        own_id=own_id,
        kind=kind,
    )
    return toponym, place != start


def _read_article(record: object, where: str, name: str) -> AnnotatedArticle:
    if not isinstance(record, dict):
        raise _refusal(where, "a JSON object with text and toponyms", record)
    text, items = record.get("text"), record.get("toponyms")
    if not isinstance(text, str):
        raise _refusal(where, "a text", text)
    if not isinstance(items, list):
        raise _refusal(where, "a list of toponyms", items)
    source = record.get("source")
    if source is not None and not isinstance(source, str):
        raise _refusal(where, "an outlet's name or domain as source", source)
    toponyms: dict[tuple[int, int], GoldToponym] = {}
    repaired = left_out = 0
    for number, item in enumerate(items, start=1):
        toponym, shifted = _read_toponym(item, text, f"{where}, toponym {number}")
        repaired += shifted
        if toponym is None:
            left_out += 1
        else:
            toponyms[toponym.start, toponym.end] = toponym
    return AnnotatedArticle(
        id=name if record.get("id") is None else str(record["id"]),
        text=text,
        toponyms=tuple(toponyms[key] for key in sorted(toponyms)),
        repaired=repaired,
        left_out=left_out,
        source=source or None,
    )


def read_jsonl(content: bytes, path: str, name: str) -> list[AnnotatedArticle]:
    """Return the articles of a corpus in JSON lines.

    Args:
        content: The file.
        path: What errors call it.
        name: What the ids begin with of articles that have none.

    Raises:
        InputError: A line is no such article; the message names it.
    """
    articles: list[AnnotatedArticle] = []
    for number, line in enumerate(content.splitlines(), start=1):
        if not line.strip():
            continue
        where = f"{path}, line {number}"
        try:
            record = json.loads(line)
        except (ValueError, RecursionError) as err:
            raise InputError(f"{where}: not JSON: {err}") from err
        articles.append(_read_article(record, where, f"{name}-{len(articles)}"))
    return articles
