"""The explanation page: articles with every mention marked, and what speaks for each candidate.

Like the map page it is one file that needs no network, and texts of articles reach it in one way
only: as strings of its JSON block. The page is bounded whatever the articles are: so many of them,
so much of each text, so many mentions; what is left out is said.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from geomap.articles.boilerplate import find_masks
from geomap.articles.header import read_header_lines
from geomap.errors import InputError
from geomap.gazetteer.classes import place_precision
from geomap.model import Article
from geomap.outlines import build_outlines, find_country, find_unit
from geomap.reasons.features import explain_feature, find_lead, word_decision, word_lead, word_type
from geomap.relations import word_relation
from geomap.runtime.expecting import each, expect, refusal
from geomap.told import word_time
from geomap.version import __version__
from geomap.webmap.basemap import build_base
from geomap.webmap.frame import Parts, check_options, data_block, render_frame, write_page
from geomap.webmap.security import clean_prose, clean_text, safe_url
from geomap.webmap.shapes import read_shapes, shape_columns

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Iterator, Sequence

    from geomap.model import Candidate, DateSpan, Evidence, Place, Resolution

    Explained = tuple[Article, Sequence[Resolution]]
    Span = tuple[int, int]

__all__ = ["render_explanations", "write_explanation", "write_explanations"]

#: articles of a page: more than a class reads
_MOST_ARTICLES: Final = 50
#: code points of an article, and of all articles of a page
_MOST_TEXT, _MOST_TEXTS = 200_000, 2_000_000
#: mentions of an article that are marked
_MOST_MENTIONS: Final = 2_000
#: features for or against a span, the strongest first
_MOST_SIGNS: Final = 12
_TITLE_LIMIT: Final = 300
_NAME_LIMIT: Final = 120
#: digits of a year that needs no other date
_YEAR: Final = 4
#: a share that is shown as 0.00 speaks for nothing
_LEAST_SHARE: Final = 0.005
#: what a piece of text is, where it is no mention
_PLAIN, _MASKED = -1, -2

#: the page's files; later scripts use earlier ones
_PARTS: Final = Parts(
    markup="explanation/explanation",
    scripts=(
        *(
            "shell/dom",
            "data/inflate",
            "data/codec",
            "data/columns",
            "data/meridian",
            "data/shapes",
            "map/basemap",
            "shell/theme",
        ),
        *("explanation/text", "explanation/map", "explanation/why", "explanation/explanation"),
    ),
    styles=("shell/theme", "shell/base", "map/map", "explanation/explanation"),
)
_MONTHS: Final = (
    "January February March April May June July August September October November December".split()
)
_DATE_SOURCES: Final = {
    "field": "a field of the file",
    "html": "the web page’s own data",
    "header": "the head of the article",
    "copyright": "the copyright line",
    "url": "the article’s address",
    "filename": "the file’s name",
    "crawled": "the day when the article was fetched",
    "story": "a copy of the article in another paper",
}


def write_explanation(
    article: Article,
    resolutions: Sequence[Resolution],
    path: str | Path,
    *,
    theme: str = "auto",
    lang: str = "en",
) -> Path:
    """Write why each mention of an article means its place, as one page that opens offline.

    Args:
        article: The article.
        resolutions: What ``Geoparser(evidence=True).parse(article)`` gave.
        path: Where to write; the file appears whole or not at all.
        theme: ``auto`` follows the reader's system, or ``light``, or ``dark``.
        lang: The language of the article's title, a BCP 47 tag.

    Returns:
        The path of the file.

    Raises:
        InputError: An option has a value that it cannot have, or a mention is not of the article.
        OutputError: The file cannot be written.

    >>> from geomap import Article, Geoparser
    >>> article = Article(id="1", text="The market of Raqqa reopened.")
    >>> write_explanation(article, Geoparser(evidence=True).parse(article), "why.html").name
    'why.html'
    """
    return write_explanations([(article, resolutions)], path, theme=theme, lang=lang)


def write_explanations(
    explained: Iterable[Explained], path: str | Path, *, theme: str = "auto", lang: str = "en"
) -> Path:
    """Write :func:`write_explanation`'s page for several articles, with a list of them.

    The first 50 are shown; of a longer stream one more is taken, to know that there are more.

    >>> from geomap import Article, Geoparser
    >>> geoparser = Geoparser(evidence=True)
    >>> articles = [Article(id=str(n), text=f"Rain in {city}.") for n, city in enumerate(("Raqqa", "Mosul"))]
    >>> write_explanations([(one, geoparser.parse(one)) for one in articles], "why.html").name
    'why.html'
    """
    return write_page(Path(path), render_explanations(explained, theme=theme, lang=lang))


def render_explanations(
    explained: Iterable[Explained], *, theme: str = "auto", lang: str = "en"
) -> str:
    """The page of :func:`write_explanations` as a string."""
    check_options(lang, theme)
    tables = _Tables()
    has_more = _add_articles(tables, explained)
    headline = tables.articles[0]["title"] if len(tables.articles) == 1 else "Places, explained"
    meta = {"theme": theme, "version": __version__, "more": has_more}
    base = build_base((place["lat"], place["lon"]) for place in tables.places)
    block = data_block(meta, tables.to_dict(), base)
    return render_frame(_PARTS, block, headline=headline, lang=lang, theme=theme)


def _add_articles(tables: _Tables, explained: Iterable[Explained]) -> bool:
    """Add the articles that a page holds; return whether there are more."""
    size = 0
    pairs = each(explained, tuple, "pairs of an article and its resolutions")
    for number, pair in enumerate(islice(pairs, _MOST_ARTICLES + 1)):
        if len(pair) != 2:
            raise refusal("pairs of an article and its resolutions", pair)
        article, resolutions = expect(pair[0], Article, "an Article"), pair[1]
        size += min(len(article.text), _MOST_TEXT)
        if number == _MOST_ARTICLES or (number and size > _MOST_TEXTS):
            return True
        tables.add_article(article, resolutions)
    return False


class _Tables:
    """The page's tables; features, places and candidates stand in them once."""

    def __init__(self) -> None:
        self.articles: list[dict[str, Any]] = []
        self.features: list[tuple[str, str]] = []
        self.places: list[dict[str, Any]] = []
        self.cases: list[dict[str, Any]] = []
        self._feature_rows: dict[str, int] = {}
        self._place_rows: dict[str, int] = {}
        self._outlines: dict[tuple[int, ...], int] = {}
        self._shapes: dict[str, tuple[int, Any]] = {}
        self._case_rows: dict[tuple[Candidate, ...], int] = {}

    def to_dict(self) -> dict[str, Any]:
        """All tables as plain values, ready for JSON."""
        names = ("articles", "features", "places", "cases")
        tables = {name: getattr(self, name) for name in names}
        shapes = shape_columns([shape for _, shape in self._shapes.values()])
        return tables | {"outlines": build_outlines(list(self._outlines)), **shapes}

    def add_article(self, article: Article, resolutions: Sequence[Resolution]) -> None:
        """Append an article with its mentions."""
        _check_mentions(article, resolutions)
        ordered = sorted(resolutions, key=lambda item: (item.mention.start, item.mention.end))
        within = [item for item in ordered if item.mention.end <= _MOST_TEXT]
        shown = within[:_MOST_MENTIONS]
        text = article.text[:_MOST_TEXT]
        spans = [(item.mention.start, item.mention.end) for item in shown]
        header = read_header_lines(text)
        place = header.dateline
        self.articles.append(
            {
                "title": clean_text(article.title or header.title, _TITLE_LIMIT)
                or clean_text(article.id, _TITLE_LIMIT),
                "id": clean_text(article.id, _TITLE_LIMIT),
                "source": clean_text(article.source, _NAME_LIMIT),
                "url": safe_url(article.url),
                "date": _word_date(article.published),
                "dated": _word_date_source(article.published),
                "dateline": clean_text(text[place[0] : place[1]], _NAME_LIMIT) if place else "",
                "parts": list(_cut_text(text, spans, find_masks(text))),
                "mentions": [self._mention(item, article.published) for item in shown],
                "cut": max(0, len(article.text) - _MOST_TEXT),
                "left_out": len(ordered) - len(shown),
            }
        )

    def _mention(self, item: Resolution, published: DateSpan) -> dict[str, Any]:
        signs = [sign for sign in item.span_evidence if sign.feature != "kind"]
        kinds = [_detail(sign) for sign in item.span_evidence if sign.feature == "kind"]
        return {
            "surface": clean_text(item.mention.surface, _NAME_LIMIT),
            "kind": item.mention.kind,
            "status": item.status,
            "place": self._place(item.place) if item.place else -1,
            "within": self._place(item.within) if item.within and not item.place else -1,
            "confidence": round(100 * item.confidence),
            "relation": _word_relation(item),
            "shape": self._shape(item),
            "told": _word_told(item, published),
            "case": self._case(item),
            "decided": "" if item.candidates else clean_text(word_decision(item), _TITLE_LIMIT),
            "signs": [self._sign(sign) for sign in signs[:_MOST_SIGNS]],
            "more_signs": max(0, len(signs) - _MOST_SIGNS),
            "kind_reason": kinds[0] if kinds else "",
        }

    def _shape(self, item: Resolution) -> int:
        """The row of what a mention's relation describes; -1 where that is not drawn."""
        text = item.relation.geometry if item.relation else None
        shape = read_shapes([text]).get(text or "")
        if text is None or shape is None:
            return -1
        if text not in self._shapes:
            self._shapes[text] = (len(self._shapes), shape)
        return self._shapes[text][0]

    def _case(self, item: Resolution) -> int:
        """The row of a set of candidates; most mentions of a name share one."""
        if not item.candidates:
            return -1
        row = self._case_rows.setdefault(item.candidates, len(self.cases))
        if row == len(self.cases):
            self.cases.append(
                {
                    "decided": self._decided(item.candidates),
                    "candidates": [self._candidate(one) for one in item.candidates],
                }
            )
        return row

    def _decided(self, candidates: Sequence[Candidate]) -> dict[str, Any]:
        """The feature that decided and its lead, or, where none did, what there is to say."""
        lead = find_lead(candidates)
        if lead is None:
            return {"words": word_lead(candidates), "lead": None}
        weighed = (candidates[0] if lead.speaks_for else lead.rival).evidence
        detail = next((_detail(item) for item in weighed if item.feature == lead.feature), "")
        row = self._feature(lead.feature)
        return {"words": "", "lead": (row, _round(lead.amount), lead.speaks_for, detail)}

    def _candidate(self, candidate: Candidate) -> dict[str, Any]:
        shares = [self._share(evidence) for evidence in candidate.evidence]
        return {
            "place": self._place(candidate.place),
            "score": _round(candidate.score),
            "shares": [share for share in shares if abs(share[3]) >= _LEAST_SHARE],
        }

    def _sign(self, evidence: Evidence) -> tuple[int, float, str]:
        """Feature, its share of the span's score, and what is to be said of it beside."""
        return (
            self._feature(evidence.feature),
            _round(evidence.value * evidence.weight),
            _detail(evidence),
        )

    def _share(self, evidence: Evidence) -> tuple[int, float, float, float, str]:
        """Feature, value, weight, their product (the feature's share of the score), and a detail."""
        row, share, detail = self._sign(evidence)
        return row, _round(evidence.value), _round(evidence.weight), share, detail

    def _feature(self, name: str) -> int:
        row = self._feature_rows.setdefault(name, len(self.features))
        if row == len(self.features):
            self.features.append(
                (clean_text(name, _NAME_LIMIT), clean_text(explain_feature(name), _TITLE_LIMIT))
            )
        return row

    def _place(self, place: Place) -> int:
        row = self._place_rows.setdefault(place.id, len(self.places))
        if row == len(self.places):
            columns = _place_columns(place)
            fids = _find_outline(place) if columns["precision"] in (3, 4) else ()
            columns["outline"] = (
                self._outlines.setdefault(fids, len(self._outlines)) if fids else -1
            )
            self.places.append(columns)
        return row


def _check_mentions(article: Article, resolutions: Iterable[Resolution]) -> None:
    for item in resolutions:
        mention = item.mention
        if article.text[mention.start : mention.end] != mention.surface:
            raise InputError(
                f"expected mentions of the article {article.id!r}, but its text does not hold "
                f"{mention.surface!r} at {mention.start}-{mention.end}; give the resolutions of this article"
            )


def _place_columns(place: Place) -> dict[str, Any]:
    precision = place_precision(place.feature)
    return {
        "id": place.id,
        "name": clean_text(place.name, _NAME_LIMIT),
        "units": [clean_text(unit, _NAME_LIMIT) for unit in (place.admin2, place.admin1) if unit],
        "country": place.country or "",
        "feature": place.feature,
        "type": word_type(place.feature),
        "population": place.population,
        "lat": round(place.lat, 5),
        "lon": round(place.lon, 5),
        "radius": round(place.radius_km, 1),
        "precision": precision,
        "area": find_country(place.country or "") if precision == 6 else -1,
    }


def _find_outline(place: Place) -> tuple[int, ...]:
    """The base map's outline of a unit; only first-level units have names of their own."""
    names = (place.name,) if place_precision(place.feature) == 4 else ()
    return find_unit(place.id, names, place.country or "")


def _detail(evidence: Evidence) -> str:
    return clean_text(evidence.detail, _TITLE_LIMIT)


def _round(value: float) -> float:
    """A number of a score: thousandths are finer than what is shown."""
    return round(value, 3) + 0.0  # no minus zero


def _cut_text(text: str, spans: Sequence[Span], masks: Sequence[Span]) -> Iterator[tuple[str, int]]:
    """Cut a text into pieces: of a mention (its number), masked, or plain.

    Of mentions that overlap, the later one has what is left of it, perhaps nothing.
    """
    at = 0
    for number, (start, end) in enumerate(spans):
        yield from _cut_masks(text, at, start, masks)
        at = max(at, start)
        yield clean_text(text[at:end], _NAME_LIMIT), number
        at = max(at, end)
    yield from _cut_masks(text, at, len(text), masks)


def _cut_masks(text: str, start: int, end: int, masks: Sequence[Span]) -> Iterator[tuple[str, int]]:
    """Cut what lies between two mentions where masks begin and end."""
    at = start
    first = max(0, bisect_right(masks, (start,)) - 1)
    for low, high in masks[first:]:
        if low >= end:
            break
        left, right = max(low, at), min(high, end)
        if left < right:
            yield from _piece(text[at:left], _PLAIN)
            yield from _piece(text[left:right], _MASKED)
            at = right
    if at < end:
        yield from _piece(text[at:end], _PLAIN)


def _piece(text: str, what: int) -> Iterator[tuple[str, int]]:
    cleaned = clean_prose(text)
    if cleaned:
        yield cleaned, what


def _word_day(day: dt.date) -> str:
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"


def _word_relation(item: Resolution) -> list[str]:
    """The phrase of a mention's relation and what it means; nothing where it has none."""
    if item.relation is None:
        return []
    return [clean_text(item.relation.text, _TITLE_LIMIT), word_relation(item.relation)]


def _word_told(item: Resolution, published: DateSpan) -> list[str]:
    """The phrase that tells a mention's time, what it means, and why; nothing where there is none."""
    if item.told is None:
        return []
    phrase, day = clean_text(item.told.text, _TITLE_LIMIT), _word_date(published)
    span = item.told.span
    if span.start is None or span.end is None:
        why = "which day that is depends on the date of the article"
        return [
            phrase,
            "",
            f"{why}, {day}, and stays open" if day else f"{why}, which is not known",
        ]
    words = word_time(item.told)
    if _names_its_year(phrase):
        return [phrase, words, "as it is written"]
    return [
        phrase,
        words,
        f"counted from the date of the article, {day}" if day else "as it is written",
    ]


def _names_its_year(phrase: str) -> bool:
    """Whether a phrase needs no other date: a year stands in it."""
    return any(len(word) == _YEAR and word.isdecimal() for word in re.findall(r"\w+", phrase))


def _word_date(published: DateSpan) -> str:
    """A date in words, as exact as it is known; "" where it is not."""
    start, precision = published.start, published.precision
    if start is None or published.end is None:
        return ""
    if precision == "year":
        return str(start.year)
    if precision == "month":
        return f"{_MONTHS[start.month - 1]} {start.year}"
    if precision == "week":
        return f"{_word_day(start)} to {_word_day(published.end)}"
    return _word_day(start)


def _word_date_source(published: DateSpan) -> str:
    """How exactly a date is known, and from where."""
    if published.start is None:
        return "no date was found"
    source = published.source or ""
    known = f"known to the {published.precision}, from {_DATE_SOURCES.get(source, source)}"
    return f"{known}; day and month could be swapped" if published.ambiguous else known
