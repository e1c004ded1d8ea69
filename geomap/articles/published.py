"""When an article was published, how exactly that is known, and what says so.

Only lines of the header and the footer count: a line that is a date, or one that says
"Published", "Posted", "Updated" … before it, or a dateline with a year. Dates of events inside
the text are none.
"""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import takewhile
from typing import TYPE_CHECKING, Final, NamedTuple

from geomap.dates import (
    FoundDate,
    find_age,
    find_dates,
    find_path_date,
    read_age,
    settle_order,
    year_span,
)
from geomap.model import UNKNOWN_DATE, DateSpan

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator

__all__ = ["find_published", "find_text_dates"]

#: how much of a text's top and bottom is searched for its date: longer headers are rare
HEADER_REACH: Final = 1_500
#: longer lines are prose
_LONGEST_DATE_LINE: Final = 160
#: a line this long ends the header: what follows are dates of events
_PROSE_LINE: Final = 160
#: what may stand beside a date in its line: so many characters of other words
_MOST_OTHER_WORDS: Final = 60
#: date lines at the very bottom: among so many lines
_BOTTOM_LINES: Final = 3

#: headers have one date line or two; a list of hundreds is none
_MOST_LINES: Final = 8
_MOST_IN_LINE: Final = 4

#: begins with one class of characters, so that it runs fast over text without digits
_YEAR_SIGN: Final = re.compile(r"\d(?:\d{3}|[./]\d)")
_NOTICE_SIGNS: Final = ("©", "(c)", "(C)", "opyright", "OPYRIGHT", "&copy;")
_LABEL: Final = re.compile(
    r"^\W{0,3}(?:(?P<first>(?:first |originally )?(?:published|posted|issued|created)|publication date|publish date|pub date|date(?: published| posted)?"
    r"|this (?:article|story) was (?:first |originally )?published|publié|publicado|pubblicato|veröffentlicht|yayınlanma|نشر)"
    r"|(?P<later>(?:last )?(?:updated|modified|revised|edited)|last update|mis à jour|actualizado|aktualisiert|güncelleme))\b",
    re.IGNORECASE,
)
#: what may surround the date in a line that consists of a date
_DATE_LINE_REST: Final = re.compile(
    r"(?:\b(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\b\.?|\b(?:at|on)\b|\b\d{1,2}[:.h]\d{2}(?:[:.]\d{2})?\b"
    r"|\b\d{1,2}\s?[ap]\.?m\b\.?|\b[ap]\.?m\b\.?|\b(?:[A-Z]{1,2}[SD]?T|UTC|IST|CEST|BST)\b|[+-]\d{2}:?\d{2}\b|\W)+",
    re.IGNORECASE,
)
#: a date that opens a line is followed by one of these, or one of these comes before a closing one
_SEPARATOR_AFTER: Final = re.compile(r"[\s\d:.apmAPM]{0,12}\s?[-–—|•·/]\s?\S|\s{2,}\S|\s?\(")
_SEPARATOR_BEFORE: Final = re.compile(r"(?:[|•·/,–—]|\s-|\s{2,})\s?(?:[A-Za-z]{3,9}\.?,?\s)?$")
_DATELINE_DATE: Final = re.compile(r"^[A-Z][\w .,'’/-]{2,60},\s$")
_SENTENCE: Final = re.compile(r"[a-z]{2}[.!?][\"”’]?$")

_AGE_BEFORE: Final = re.compile(
    r"(?:[|•·,–—/:-]|\b(?:published|posted|updated|modified|about|on))\s{0,3}$", re.IGNORECASE
)
_COPYRIGHT: Final = re.compile(
    r"(?:\(c\)|©|&copy;|\bcopyright)\s{0,2}(?:\(c\)|©)?[^\n\d]{0,40}?([12]\d{3})(?:\s?[-–]\s?([12]\d{3}))?(?!\d)",
    re.IGNORECASE,
)


def _windows(text: str) -> tuple[str, str]:
    """Return the parts of a text in which its date is looked for: top and bottom."""
    return text[:HEADER_REACH], text[max(HEADER_REACH, len(text) - HEADER_REACH) :]


def _is_prose(line: str) -> bool:
    return len(line) > _PROSE_LINE or (line.count(" ") > 11 and bool(_SENTENCE.search(line)))


def _rest_without(line: str, dates: list[FoundDate]) -> str:
    """Return what a line holds beside its dates, weekdays, times and signs."""
    kept, position = [], 0
    for found in dates:
        kept.append(line[position : found.start])
        position = found.end
    kept.append(line[position:])
    return " ".join(_DATE_LINE_REST.sub(" ", part) for part in kept).strip()


def _is_date_line(line: str, dates: list[FoundDate]) -> bool:
    """Tell a line that consists of a date, or of a date, a sign and a few words."""
    if _SENTENCE.search(line):
        return False
    rest = _rest_without(line, dates)
    if not rest:
        return True
    if len(rest) > _MOST_OTHER_WORDS:
        return False
    before, after = line[: dates[0].start], line[dates[-1].end :]
    if not _DATE_LINE_REST.sub("", before):
        return _SEPARATOR_AFTER.match(after) is not None
    if not _DATE_LINE_REST.sub("", after):
        return _SEPARATOR_BEFORE.search(before) is not None
    return False


class _DateLine(NamedTuple):
    """A short line that holds a date; ``in_header`` if no line of prose stands above it."""

    text: str
    dates: list[FoundDate]
    in_header: bool


def _date_lines(window: str) -> list[_DateLine]:
    """Return the short lines of a window that hold a date."""
    lines: list[_DateLine] = []
    if not _YEAR_SIGN.search(window):
        return lines
    in_header = True
    for raw in window.splitlines():
        line = raw.strip()
        if len(line) <= _LONGEST_DATE_LINE and _YEAR_SIGN.search(line):
            dates = find_dates(line, limit=_MOST_IN_LINE)
            if dates:
                lines.append(_DateLine(line, dates, in_header))
        if len(lines) >= _MOST_LINES:
            break
        in_header = in_header and not _is_prose(line)
    return lines


def _labelled_date(lines: list[_DateLine]) -> tuple[FoundDate | None, FoundDate | None]:
    """Return the first date after "Published" and the first after "Updated"."""
    later: FoundDate | None = None
    for line, dates, _ in lines:
        label = _LABEL.match(line)
        if label is None or dates[0].start - label.end() > 40 or _SENTENCE.search(line):
            continue
        if len(_rest_without(line, dates)) > _MOST_OTHER_WORDS + 30:
            continue
        if label["first"]:
            return dates[0], later
        later = later or dates[0]
    return None, later


def _dateline_date(top: str) -> FoundDate | None:
    """Return the date of a dateline that names the year: "WASHINGTON, Jan. 5, 2016 (Reuters) -"."""
    for raw in top.splitlines():
        line = raw.strip()[:120]
        if line[:3].isupper() and _YEAR_SIGN.search(line):
            for found in find_dates(line, limit=1):
                if _DATELINE_DATE.match(line[: found.start]):
                    return found
    return None


def _header_lines(top: str) -> str:
    """Return the top of a text up to its first line of prose."""
    position = 0
    for raw in top.splitlines(keepends=True):
        if _is_prose(raw.strip()):
            break
        position += len(raw)
    return top[:position]


def _last_date(lines: list[_DateLine], window: str) -> FoundDate | None:
    """Return a date that stands alone among the last lines."""
    below = [line.strip() for line in window.rstrip().splitlines()[-_BOTTOM_LINES:]]
    last = list(takewhile(lambda line: not _is_prose(line), reversed(below)))
    for line, dates, _ in lines:
        if line in last and not _rest_without(line, dates):
            return dates[0]
    return None


def _line_date(top: str, bottom: str) -> FoundDate | None:
    """Return the date of the header or footer: published, alone in its line, updated, at the end."""
    top_lines, bottom_lines = _date_lines(top), _date_lines(bottom)
    first, later = _labelled_date([*top_lines, *bottom_lines])
    if first:
        return first
    for line, dates, in_header in top_lines:
        if in_header and _is_date_line(line, dates):
            return dates[0]
    if dated := _dateline_date(top):
        return dated
    return later or _last_date(bottom_lines or top_lines, bottom or top)


def _copyright_date(top: str, bottom: str) -> DateSpan:
    """Return the year of the notice: the latest one that it names, the bottom before the top."""
    for window in (bottom, top):
        if not any(sign in window for sign in _NOTICE_SIGNS):
            continue
        if match := _COPYRIGHT.search(window):
            return replace(year_span(int(match[2] or match[1])), source="copyright")
    return UNKNOWN_DATE


def _is_age_line(line: str) -> bool:
    """Tell a line in which an age stands for itself: alone, after a sign, a label or an icon."""
    span = find_age(line) if len(line) <= _LONGEST_DATE_LINE else None
    if span is None:
        return False
    before, after = line[: span[0]], line[span[1] :].strip()
    opened = not before or not before[-1].isspace() or _AGE_BEFORE.search(before) is not None
    return opened and (not after or after[0] in "|•·–—-/,(")


def _header_age(top: str, crawled: dt.date) -> DateSpan:
    """Return the date of "5 years ago" in a header line."""
    for raw in _header_lines(top).splitlines():
        line = raw.strip()
        if _is_age_line(line) and (age := read_age(line, crawled)).start is not None:
            return replace(age, source="crawled")
    return UNKNOWN_DATE


def find_text_dates(
    text: str, *, day_first: bool | None = None, crawled: dt.date | None = None
) -> Iterator[DateSpan]:
    """Yield what an article's own text says about its date: header, copyright, age; best first.

    Args:
        text: the article as it was given; only its top and bottom are looked at.
        day_first: how "11/06/2016" is read where the text does not tell.
        crawled: the day on which the page was taken; without it "5 years ago" says nothing.
    """
    top, bottom = _windows(text)
    if found := _line_date(top, bottom):
        date = settle_order(found, f"{top}\n{bottom}", day_first)
        yield replace(date, source="header")
    if (age := _header_age(top, crawled) if crawled else UNKNOWN_DATE).start is not None:
        yield age
    if (notice := _copyright_date(top, bottom)).start is not None:
        yield notice


def find_published(
    text: str,
    *,
    url: str | None = None,
    filename: str | None = None,
    day_first: bool | None = None,
    crawled: dt.date | None = None,
) -> DateSpan:
    r"""Return the publication date that an article's text, URL or file name gives; never today.

    The header's lines come first, then the URL and the file name, which name a day, then an age
    ("5 years ago"), then the copyright notice, which names a year.

    >>> find_published("A title\n\nPublished 11.06.2016 00:00\n\nText.").source
    'header'
    """
    spans = list(find_text_dates(text, day_first=day_first, crawled=crawled))
    if spans and spans[0].source == "header":
        return spans[0]
    for path, source in ((url, "url"), (filename, "filename")):
        if path and (date := find_path_date(path)).start is not None:
            return replace(date, source=source)
    return spans[0] if spans else UNKNOWN_DATE
