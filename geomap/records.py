"""The mention record: one row of every table, JSONL, CSV and GIS file that geomap writes.

A record is a plain dict with the keys of ``COLUMNS`` in their order; what is missing is None,
never "". This module knows no pandas, so that records can flow through a pipe at full speed.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, cast

from geomap.gazetteer.classes import place_precision
from geomap.gazetteer.unit_codes import country_iso3, unit_codes
from geomap.model import Article, Resolution
from geomap.runtime.expecting import each, expect
from geomap.schema import COLUMNS, MENTIONS, MentionRecord
from geomap.text import sentences_of

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Mapping

    from geomap.model import Place, Relation, ToldTime

__all__ = [
    "COLUMNS",
    "SNIPPET_LENGTH",
    "MentionRecord",
    "clean_text",
    "cut_snippet",
    "mention_record",
    "mention_records",
]


#: code points of text in a snippet, without the ellipses: what a reader takes in at a glance
SNIPPET_LENGTH: Final = 300
#: how far a cut moves inwards to fall between two words
_WORD_REACH: Final = 24
#: a metre, which is finer than any gazetteer
_DEGREE_DIGITS: Final = 5

#: what can hide, reorder or break text: controls that are not white space, marks of writing
#: direction, tag characters, and halves of surrogate pairs, which no UTF-8 file can hold
_UNPRINTABLE: Final = re.compile(
    "[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f"
    "\ufeff\ufff9-\ufffb\ud800-\udfff\U000e0000-\U000e007f]"
)


def clean_text(text: str) -> str:
    r"""Return a text on one line, without control and direction characters.

    >>> clean_text("Raqqa\n  and \u202eMosul\x07")
    'Raqqa and Mosul'
    """
    if not text.isascii() or not text.isprintable():
        text = _UNPRINTABLE.sub("", text)
    return " ".join(text.split())


def _cut_left(text: str, low: int, start: int) -> int:
    """Move a cut at ``low`` behind the next white space, if one is near and before ``start``."""
    if low == 0 or text[low - 1].isspace():
        return low
    for index in range(low, min(low + _WORD_REACH, start)):
        if text[index].isspace():
            return index + 1
    return low


def _cut_right(text: str, high: int, end: int) -> int:
    """Move a cut at ``high`` before the last white space, if one is near and after ``end``."""
    if high == len(text) or text[high].isspace():
        return high
    for index in range(high - 1, max(high - _WORD_REACH, end) - 1, -1):
        if text[index].isspace():
            return index
    return high


def _snippet_bounds(low: int, high: int, start: int, end: int) -> tuple[int, int]:
    """Return at most ``SNIPPET_LENGTH`` code points of a sentence, the mention in their middle."""
    if high - low <= SNIPPET_LENGTH:
        return low, high
    room = max(0, SNIPPET_LENGTH - (end - start))
    left = max(low, min(start - room // 2, high - SNIPPET_LENGTH))
    left = min(left, start)
    return left, max(end, min(high, left + SNIPPET_LENGTH))


class _Snippets:
    """Cuts the snippets of one article; a sentence with several mentions is cleaned once."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._sentences = sentences_of(text)
        self._whole: dict[int, str] = {}

    def cut(self, start: int, end: int) -> str:
        text = self._text
        low, high = self._sentences.bounds(start, end)
        if high - low <= SNIPPET_LENGTH:
            known = self._whole.get(low)
            if known is None:
                known = self._whole[low] = clean_text(text[low:high])
            return known
        left, right = _snippet_bounds(low, high, start, end)
        before = after = ""
        if left > low:
            left, before = _cut_left(text, left, start), "…"
        if right < high:
            right, after = _cut_right(text, right, end), "…"
        return f"{before}{clean_text(text[left:right])}{after}"


def cut_snippet(text: str, start: int, end: int) -> str:
    """Return the sentence that holds ``text[start:end]``, for people to read.

    A sentence longer than ``SNIPPET_LENGTH`` is cut around the mention, between words where it
    can be, with an ellipsis at each cut; the mention itself is never cut.

    >>> cut_snippet("It rained. The market in Raqqa reopened.", 25, 30)
    'The market in Raqqa reopened.'
    """
    return _Snippets(text).cut(start, end)


def _iso(date: dt.date | None) -> str | None:
    return None if date is None else date.isoformat()


def mention_record(article: Article, resolution: Resolution) -> MentionRecord:
    """Return the record of one mention, as ``mention_records`` does.

    >>> from geomap import Article, Geoparser
    >>> article = Article(id="1", text="The market of Raqqa reopened.")
    >>> [resolution] = Geoparser().parse(article)
    >>> mention_record(article, resolution)["snippet"]
    'The market of Raqqa reopened.'
    """
    return mention_records(article, (resolution,))[0]


def mention_records(article: Article, resolutions: Iterable[Resolution]) -> list[MentionRecord]:
    """Return the records of an article's mentions.

    Args:
        article: The article that the mentions stand in.
        resolutions: What was decided about them.

    Returns:
        For each a dict with the keys of ``COLUMNS`` in order. Fields of the place are None where
        the place is unknown; a radius of 0 means that none is known and gives None.
    """
    snippets = _Snippets(expect(article, Article, "an Article").text)
    shared = _article_fields(article)
    return [
        _in_order(shared | _mention_fields(item, snippets), _why(item))
        for item in each(resolutions, Resolution, "resolutions")
    ]


def _in_order(fields: Mapping[str, object], more: Mapping[str, object]) -> MentionRecord:
    """Return fields in the order of the columns, and what a map says beyond them."""
    return cast("MentionRecord", {**{name: fields[name] for name in COLUMNS}, **more})


def _article_fields(article: Article) -> dict[str, object]:
    """Return the fields that all mentions of an article share."""
    published, story = article.published, article.story
    return {
        "article_id": article.id,
        "title": article.title or None,
        "source": article.source or None,
        "url": article.url or None,
        "lang": article.lang or None,
        "date_start": _iso(published.start),
        "date_end": _iso(published.end),
        "date_precision": published.precision,
        "date_source": published.source,
        "story_id": story.id if story else None,
        "story_size": story.size if story else None,
    }


def _why(resolution: Resolution) -> dict[str, object]:
    """Return what a map says of a mention beyond its record, where the geoparser was asked why."""
    return {"why": " ".join(resolution.why)} if resolution.why else {}


def _mention_fields(resolution: Resolution, snippets: _Snippets) -> dict[str, object]:
    """Return the fields of a mention that are not its article's."""
    mention = resolution.mention
    return {
        "start": mention.start,
        "end": mention.end,
        "surface": mention.surface,
        "snippet": snippets.cut(mention.start, mention.end),
        "kind": mention.kind,
        "status": resolution.status,
        **_place(resolution),
        "confidence": round(resolution.confidence, 3),
        **_relation(resolution.relation),
        **_told(resolution.told),
    }


def _place(resolution: Resolution) -> dict[str, object]:
    """Return the fields of a place; of an unknown one those of the unit that it lies in, and none of itself."""
    place, unit, relation = resolution.place, resolution.within, resolution.relation
    if place is not None:
        return {
            **_location(place),
            "place_id": place.id,
            "name": place.name,
            "feature": place.feature,
            "precision": relation.precision if relation else place_precision(place.feature),
            "other_place_id": resolution.other.id if resolution.other else None,
        }
    if unit is not None:
        return {**_location(unit), "within": unit.id, "within_name": unit.name}
    return _NOWHERE


def _location(place: Place) -> dict[str, object]:
    """Return the fields that say where a place is, and how exactly."""
    codes = unit_codes(place.admin1_id)
    return {
        **_NOWHERE,
        "lat": round(place.lat, _DEGREE_DIGITS),
        "lon": round(place.lon, _DEGREE_DIGITS),
        "radius_km": round(place.radius_km, 1) or None,
        "precision": place_precision(place.feature),
        "country": place.country,
        "country_iso3": country_iso3(place.country),
        "admin1": place.admin1,
        "admin1_id": place.admin1_id,
        "admin1_code": codes.geonames,
        "admin1_iso": codes.iso,
        "admin2": place.admin2,
        "admin2_id": place.admin2_id,
    }


def _relation(relation: Relation | None) -> dict[str, object]:
    """Return the fields of a relation; those of its place stay the place's own."""
    if relation is None:
        return _NO_RELATION
    lat, lon, radius = relation.lat, relation.lon, relation.radius_km
    return {
        "relation": clean_text(relation.text),
        "relation_type": relation.type,
        "relation_lat": None if lat is None else round(lat, _DEGREE_DIGITS),
        "relation_lon": None if lon is None else round(lon, _DEGREE_DIGITS),
        "relation_radius_km": None if radius is None else round(radius, 1),
        "relation_geometry": relation.geometry,
    }


def _told(told: ToldTime | None) -> dict[str, object]:
    """Return the fields of a told time."""
    if told is None:
        return _NO_TIME
    return {
        "event_start": _iso(told.span.start),
        "event_end": _iso(told.span.end),
        "event_precision": told.span.precision,
        "event_text": clean_text(told.text),
    }


_NO_RELATION: Final[dict[str, object]] = dict.fromkeys(MENTIONS.of_group("relation"))
_NO_TIME: Final[dict[str, object]] = dict.fromkeys(MENTIONS.of_group("told"))
_NOWHERE: Final[dict[str, object]] = dict.fromkeys(MENTIONS.of_group("place"))
