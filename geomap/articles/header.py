"""Title, byline, dateline and publication date: what stands above an article's first sentence."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from geomap.articles.boilerplate import is_boilerplate_line
from geomap.articles.published import HEADER_REACH, find_published
from geomap.model import UNKNOWN_DATE, DateSpan

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator

__all__ = ["Header", "read_header", "read_header_lines"]

Span = tuple[int, int]

#: header lines that are looked at, of those that are not empty
_HEADER_LINES: Final = 16
_LONGEST_TITLE: Final = 200
_LONGEST_BYLINE: Final = 160
#: a line of fewer words is a title only where nothing better comes ("Paper Telegram" is none)
_TITLE_WORDS: Final = 4
#: a title in the same line as the dateline is no longer than this, with it
_TITLE_AND_DATELINE: Final = 300
#: a dateline stands at the start of a line that goes on for so long
_DATELINE_LINE: Final = 30

_DIGITS: Final = re.compile(r"\d\W?\d")
_PERSON: Final = r"[^\W\d_a-z][\w.'’-]{0,30}(?:\s(?:[^\W\d_a-z][\w.'’-]{0,30}|al|bin|ibn|van|von|de|der|del|da|la|el|and|&)){0,9}"
#: By NAME, By NAME in PLACE, By NAME / OUTLET, PLACE
_BYLINE: Final = re.compile(
    rf"(?:By|BY|by)[:\s]\s{{0,2}}(?P<name>{_PERSON})(?:\s{{0,3}}(?P<sign>[,/|–—-]|\bin\b|\bfor\b)\s{{0,3}}(?P<rest>\S.{{0,120}}))?$"
)
#: NAME | OUTLET
_NAME_AND_OUTLET: Final = re.compile(
    rf"(?P<name>{_PERSON})\s{{0,3}}(?P<sign>\|)\s{{0,3}}(?P<rest>\S.{{0,80}})$"
)
_OUTLET_WORD: Final = re.compile(
    r"^the\s|\b(?:news|times|post|press|journal|agency|reuters|afp|ap|guardian|telegraph|tribune|herald|gazette|observer|bureau"
    r"|service|services|media|today|radio|tv|bbc|cnn|npr|daily|weekly|review|magazine|chronicle|star|sun|globe|independent"
    r"|bloomberg|jazeera|xinhua|anadolu|dpa|efe|ansa|tass|network|online|wire|standard|monitor|mail|examiner|dispatch)\b",
    re.IGNORECASE,
)
_ROLE_WORD: Final = re.compile(
    r"\b(?:staff|writer|correspondent|reporter|editor|columnist|contributor|special|freelance|by|photos?|am|pm|\d+)\b",
    re.IGNORECASE,
)
_PART: Final = re.compile(r"[^,/|]+")
_DISTRIBUTED: Final = re.compile(
    r"^(?:Distributed|Syndicated) by (?P<outlet>[A-Z][^\n]{2,80}?)(?:,? (?:LLC|Inc|Ltd)\.?)?\.?\s*$",
    re.MULTILINE,
)

#: words in capitals that open a line without being a place
_NO_PLACE: Final = frozenset(
    """BREAKING EXCLUSIVE UPDATE UPDATED WATCH OPINION ANALYSIS PHOTO PHOTOS VIDEO CORRECTION CORRECTED FACTBOX NEWS LIVE READ
    NOTE INTERVIEW EDITOR EDITORS TIMELINE EXPLAINER FEATURE COMMENT EDITORIAL REVIEW RECAP WRAP ALERT URGENT REPORT SUMMARY
    HIGHLIGHTS Q A I II III IV ISIS ISIL IS AP AFP REUTERS NATO UN EU BBC CNN DAESH PKK YPG SDF MORE TOP BY THE JUST IN""".split()
)
_CAPITALS: Final = (
    r"[A-Z][A-ZÀ-ÖØ-ÞĀ-ž'’.-]{2,24}(?:[ /-](?:[A-Z][A-ZÀ-ÖØ-Þ'’.-]{1,24}|and|de|al)){0,3}"
)
_MIXED: Final = r"[A-ZÀ-ÖØ-Þ][\w'’.-]{1,24}(?:[ -][A-ZÀ-ÖØ-Þ][\w'’.-]{1,24}){0,2}"
_DASH: Final = r"(?:--?|[–—])"
_AGENCY: Final = r"\([A-Z][\w .,/&’'-]{1,40}\)"
#: "Paris (AFP)" alone in its line
_AGENCY_END: Final = re.compile(r"^\S+ \([A-Z]{2,8}\)$")
_DAY: Final = r"(?:,?\s(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]{0,6}\.?\s\d{1,2}(?:,?\s\d{4})?,?)"
#: PARIS (AFP) - …; WASHINGTON, Jan. 5 (Reuters) …; BEIRUT, Lebanon — …; Paris (AFP) -
_DATELINE: Final = re.compile(
    rf"(?P<place>(?:{_CAPITALS})(?:,\s{_MIXED}){{0,2}}?){_DAY}?(?:\s{{0,2}}{_AGENCY}\s{{0,2}}(?:{_DASH}|:)?|\s{{0,2}}{_DASH}\s)"
    rf"|(?P<mixed>{_MIXED}(?:,\s{_MIXED}){{0,2}}?){_DAY}?\s{{0,2}}(?:{_AGENCY}\s{{0,2}}(?:{_DASH}|:)|[–—]{{1,2}}\s(?=[A-Z\"“‘]))"
    rf"|(?P<colon>{_CAPITALS}):\s"
)
#: CITY, Country Sentence …: a country runs up to the word that begins the sentence
_BARE_DATELINE: Final = re.compile(
    rf"(?P<city>{_CAPITALS}),\s(?P<words>[A-Z][\w'’.-]{{1,24}}(?:\s[A-ZÀ-Þ][\w'’.-]{{0,24}}){{1,3}})\s[a-z“\"(]"
)
_TWO_WORD_START: Final = frozenset(
    "North South East West New Saudi Sri United Costa El San Northern Southern Papua Sierra Burkina Cape Czech".split()
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Header:
    """What an article's first and last lines say about it; None where they do not.

    ``dateline`` is the span of the place in the dateline or byline ("Istanbul, Turkey").
    ``byline`` is the author, ``outlet`` who the byline or the distributor's line names.
    """

    title: str | None = None
    byline: str | None = None
    outlet: str | None = None
    dateline: Span | None = None
    published: DateSpan = UNKNOWN_DATE


def _header_lines(text: str) -> list[tuple[int, str, bool]]:
    """Return the first lines: where each starts, its text, and whether an empty line follows."""
    lines: list[tuple[int, str, bool]] = []
    position = 0
    for raw in text[:HEADER_REACH].splitlines(keepends=True):
        line = raw.strip()
        if line:
            lines.append((position + raw.find(line), line, False))
        elif lines:
            lines[-1] = (*lines[-1][:2], True)
        position += len(raw)
        if len(lines) > _HEADER_LINES:
            break
    return lines


def _is_date_line(line: str) -> bool:
    """Tell a line that is all date, so no title."""
    return _DIGITS.search(line) is not None and find_published(line).source == "header"


def _is_title(line: str) -> bool:
    """Tell a line that has the form of a title: short, capital first, no full stop at its end."""
    return (
        len(line) <= _LONGEST_TITLE
        and not line[0].islower()
        and line[-1] not in ".,;:…"
        and " " in line
        and not _AGENCY_END.search(line)
        and not _BYLINE.match(line)
        and not _DATELINE.match(line)
    )


def _title_candidates(lines: list[tuple[int, str, bool]]) -> Iterator[str]:
    """Yield lines that may be the title, in their order."""
    for index, (_, line, empty_after) in enumerate(lines):
        if len(line) <= _LONGEST_TITLE and (
            is_boilerplate_line(line, index) or _is_date_line(line)
        ):
            continue
        if not _is_title(line):
            return
        following = lines[index + 1][1] if index + 1 < len(lines) else ""
        if (
            empty_after
            or following == line
            or len(following) > 2 * len(line)
            or _BYLINE.match(following[:_LONGEST_BYLINE])
            or _is_date_line(following[:_LONGEST_TITLE])
        ):
            yield line


def _find_title(lines: list[tuple[int, str, bool]]) -> str | None:
    """Return the title: a line that stands twice, else the first of four words, else the first."""
    texts = [line for _, line, _ in lines]
    for line in texts:
        if line.count(" ") >= _TITLE_WORDS - 1 and texts.count(line) > 1 and _is_title(line):
            return line
    candidates = list(_title_candidates(lines))
    for line in candidates:
        if line.count(" ") >= _TITLE_WORDS - 1:
            return line
    return candidates[0] if candidates else None


def _byline_parts(line: str, match: re.Match[str]) -> tuple[str | None, Span | None]:
    """Return the outlet and the span of the place after a byline's name."""
    if match["rest"] is None:
        return None, None
    outlet: str | None = None
    start = end = -1
    for part in _PART.finditer(line, match.start("rest")):
        words = part.group().strip()
        if not words or _ROLE_WORD.search(words):
            continue
        certain = match["sign"] in ("/", "|", "for") or _OUTLET_WORD.search(words)
        if outlet is None and start < 0 and match["sign"] != "in" and certain:
            outlet = words
        elif words[0].isupper():
            first = part.start() + part.group().find(words)
            start, end = (first if start < 0 else start), first + len(words)
    return outlet, (start, end) if start >= 0 else None


def _read_byline(lines: list[tuple[int, str, bool]]) -> tuple[str | None, str | None, Span | None]:
    """Return author, outlet and the place's span of the first byline."""
    for start, line, _ in lines:
        if len(line) > _LONGEST_BYLINE:
            continue
        match = _BYLINE.match(line) or ("|" in line and _NAME_AND_OUTLET.match(line)) or None
        if match is None or (
            match.re is _NAME_AND_OUTLET and not _OUTLET_WORD.search(match["rest"])
        ):
            continue
        outlet, place = _byline_parts(line, match)
        span = (start + place[0], start + place[1]) if place else None
        return match["name"].strip(" ,"), outlet, span
    return None, None, None


def _bare_dateline(line: str) -> int:
    """Return where the place of "CITY, Country Sentence …" ends; 0 where the line has none."""
    match = _BARE_DATELINE.match(line)
    if match is None or match["city"].split()[0] in _NO_PLACE:
        return 0
    words = match["words"].split(" ")
    country = words[:2] if words[0] in _TWO_WORD_START and len(words) > 2 else words[:1]
    return match.start("words") + len(" ".join(country))


def _line_dateline(line: str, at: int = 0) -> int:
    """Return where the place that begins at an offset of a line ends; 0 where none does."""
    match = _DATELINE.match(line, at)
    if match is None:
        return 0 if at else _bare_dateline(line)
    name = "place" if match["place"] else "mixed" if match["mixed"] else "colon"
    place = match[name]
    if place.split()[0].rstrip(".:") in _NO_PLACE or place.upper() in _NO_PLACE:
        return 0
    if at and name != "place":  # inside a line only capitals are a sure sign
        return 0
    return match.end(name)


def _sentence_starts(line: str) -> Iterator[int]:
    """Yield where the sentences after the first one begin: some feeds put the title before."""
    at = line.find(". ")
    while at >= 0:
        yield at + 2
        at = line.find(". ", at + 2)


def _find_dateline(lines: list[tuple[int, str, bool]]) -> Span | None:
    """Return the span of the place in the first dateline."""
    for start, line, _ in lines:
        if len(line) >= _DATELINE_LINE and (end := _line_dateline(line[:200])):
            return start, start + end
    for start, line, _ in lines[:1]:
        for at in _sentence_starts(line[:_TITLE_AND_DATELINE]):
            if end := _line_dateline(line[:_TITLE_AND_DATELINE], at):
                return start + at, start + end
    return None


def _distributor(bottom: str) -> str | None:
    """Return who distributed the article, as its last lines say."""
    match = _DISTRIBUTED.search(bottom) if "ted by " in bottom else None
    return match["outlet"] if match else None


def read_header_lines(text: str) -> Header:
    """Read title, byline, outlet and dateline; the date stays unknown (see read_header)."""
    lines = _header_lines(text)
    byline, outlet, place = _read_byline(lines)
    if outlet is None:
        outlet = _distributor(text[-HEADER_REACH:])
    return Header(
        title=_find_title(lines),
        byline=byline,
        outlet=outlet,
        dateline=_find_dateline(lines) or place,
    )


def read_header(
    text: str, *, day_first: bool | None = None, crawled: dt.date | None = None
) -> Header:
    r"""Read what an article's own text says about its title, author, place and date.

    Args:
        text: the article as it was given; only its first and last 1,500 characters are read.
        day_first: how "11/06/2016" is read where the text does not tell.
        crawled: the day on which the page was taken, from which "2 days ago" counts.

    >>> header = read_header("Rebels leave the town\n\nBy Ann Lee\n\nPARIS (AFP) - The last rebels left.")
    >>> header.title, header.byline, header.dateline
    ('Rebels leave the town', 'Ann Lee', (35, 40))
    """
    published = find_published(text, day_first=day_first, crawled=crawled)
    return replace(read_header_lines(text), published=published)
