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
    month_span,
    read_age,
    settle_order,
    year_span,
)
from geomap.model import UNKNOWN_DATE, DateSpan

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator

__all__ = ["HEADER_REACH", "find_head_dates", "find_published", "find_text_dates"]

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
_YEAR_SIGN: Final = re.compile(
    r"\d(?:\d{3}|[./]\d|\s[A-Z][a-z]{2,8}\.?\s['’]?\d\d|,\s['’]?\d\d\s\()"
)
_NOTICE_SIGNS: Final = ("©", "(c)", "(C)", "opyright", "OPYRIGHT", "&copy;")
#: what stands before a date that it calls the publication's, or a later one; at a line's start or behind a sign
_LABEL: Final = re.compile(
    r"(?:^\W{0,3}|[|•·–—/,;]\s{0,2}|\s-\s|\s(?=[A-Z]))"
    r"(?:(?P<first>(?:first |originally )?(?:published|posted|issued|created|uploaded|released|submitted|added)|post(?:ing|ed)? (?:at|on|date|time)|post(?=:)"
    r"|(?:publication|publish|published|pub|release|article|story|news|issue) ?(?:date|time)|(?<!up)date(?: ?(?:published|posted|created|added|issued))?"
    r"|this (?:article|story) was (?:first |originally )?published|publié|publicado|pubblicato|veröffentlicht|yayınlanma|نشر)"
    r"|(?P<later>(?:last )?(?:updated?|modified|revised|edited|changed?)|last (?:update|change|edit)|mis à jour|actualizado|aktualisiert|güncelleme))\b",
    re.IGNORECASE,
)
#: a date stands so near behind its label
_LABEL_REACH: Final = 40
#: what may stand between a label and its date, beside a weekday and a time: "le", "tarihi"; no preposition
_LABEL_TAIL: Final = re.compile(
    r"\s*(?!(?:in|by|the|an?|of)\b)(?:[^\W\d_]{2,8}\s*)?", re.IGNORECASE
)
#: behind a label and its date, what shows that a sentence goes on: "Published March 8, 2026, the report says"
_PROSE_BEHIND: Final = re.compile(r",?\s(?:the|a|an|it|its|this|in|and|or|at\sa|says?|said)\b")
#: what may surround the date in a line that consists of a date
_DATE_LINE_REST: Final = re.compile(
    r"(?:\b(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\b\.?|\b(?:at|on)\b|\b\d{1,2}[:.h]\d{2}(?:[:.]\d{2})?(?:\s?[ap]\.?m\b\.?|\b)"
    r"|\b\d{1,2}\s?[ap]\.?m\b\.?|\b[ap]\.?m\b\.?|\b(?:[A-Z]{1,2}[SD]?T|UTC|IST|CEST|BST|hrs|hours)\b|[+-]\d{2}:?\d{2}\b|\W)+",
    re.IGNORECASE,
)
#: a date of figures that opens a line may be followed by the title
_FIGURES: Final = re.compile(r"\d{4}[-/.]\d\d[-/.]\d\d\s(?=[A-Z\"“])")
#: behind the first date of a stretch: "27 March 2022 – present"
_STRETCH: Final = re.compile(
    r"\s?(?:[-–—]|to|until)\s?(?:present|ongoing|now|today|(?:\d{1,2}\s)?(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)|\d{1,2}[./-]\d|\d{4})",
    re.IGNORECASE,
)
_STRETCH_BEFORE: Final = re.compile(
    r"\b(?:\d{1,2}(?:\s[A-Z][a-z]{2,8})?|[A-Z][a-z]{2,8}\.?\s\d{1,2})\s?(?:[-–—]|to|until)\s?$"
)
#: a date that opens a line is followed by one of these, or one of these comes before a closing one
_SEPARATOR_AFTER: Final = re.compile(r"[\s\d:.apmAPM]{0,12}\s?[-–—|•·/]\s?\S|\s{2,}\S|\s?\(")
_SEPARATOR_BEFORE: Final = re.compile(
    r"(?:[a-z](?=$)|[|•·/,–—]|\s-|\s{2,})\s?(?:[A-Za-z]{3,9}\.?,?\s)?$"
)
_DATELINE_DATE: Final = re.compile(r"^[A-Z][\w .,'’/-]{2,60},\s$")
#: behind the date of a dateline whose place is not in capitals
_DATELINE_SIGN: Final = re.compile(r",?\s?(?:\([A-Z][\w .,/&’'-]{1,40}\)|--?\s|[–—]\s?)")
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


def _is_open(line: str, found: FoundDate) -> bool:
    """Return whether a date is the beginning of a stretch, so no day of publication."""
    return _STRETCH.match(line, found.end) is not None


def _as_end(line: str, found: FoundDate) -> FoundDate:
    """Return a date that ends a stretch as its month: a report on some days comes out when they are over."""
    last = found.date.start
    begin = _STRETCH_BEFORE.search(line, max(0, found.start - 24), found.start)
    if last is None or found.date.precision != "day" or begin is None:
        return found
    month = month_span(last.year, last.month)
    return replace(found, start=begin.start(), date=month, other=None)


def _is_date_line(line: str, dates: list[FoundDate]) -> bool:
    """Tell a line that consists of a date, or of a date, a sign and a few words."""
    if _SENTENCE.search(line) or _is_open(line, dates[0]):
        return False
    if _FIGURES.match(line) and dates[0].start == 0:
        return True
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
    """A short line that holds a date; ``in_header`` if no line of prose but a caption stands above it."""

    text: str
    dates: list[FoundDate]
    in_header: bool
    #: where it begins in its window
    start: int

    @property
    def is_bare(self) -> bool:
        """Whether it holds nothing but a date, or a date behind a byline or a sign."""
        if not _rest_without(self.text, self.dates):
            return True
        return _is_date_line(self.text, self.dates) and _SIGNED.search(self.text) is not None


#: a date line of these does not come out of a headline or a caption
_SIGNED: Final = re.compile(r"^(?:By|BY)\s|[|•·]")
#: what a caption is known by: who made the picture, or that it is one
_CAPTION: Final = re.compile(
    r"^\W{0,2}(?:(?:FILE|File|ARCHIVE|Archive)\b|(?:Photo|PHOTO|Image|IMAGE|Picture|Caption)\b)"
    r"|\b(?:file|archive|handout|undated)\s(?:photo|picture|image)\b|\b(?:[Pp]hoto(?:graph)?|[Pp]icture|[Ii]mage|[Cc]redit)s?\b"
    r"|(?:/|©\s?)(?:AP|AFP|EPA|Reuters|REUTERS|Getty|Anadolu|Xinhua)\b|\((?:AP|AFP|EPA|Reuters|REUTERS)\b"
)
#: a line that follows a date below a caption and shows that the article's head goes on: byline, dateline
_HEAD_LINE: Final = re.compile(
    r"^(?:By|BY)[\s:]|^[A-Z][A-Z'’ -]{2,30}(?:,\s[\w. ]{2,30})?\s?(?:\(|[–—:]|--?\s)"
)
_LONGEST_CAPTION: Final = 400


#: a line without the white space at its beginning
_LINE: Final = re.compile(r"[^\s].*")


def _date_lines(window: str) -> list[_DateLine]:
    """Return the short lines of a window that hold a date."""
    lines: list[_DateLine] = []
    if not _YEAR_SIGN.search(window):
        return lines
    in_header = True
    places = [(match.start(), match[0].rstrip()) for match in _LINE.finditer(window)]
    raws = [line for _, line in places]
    for index, (start, whole) in enumerate(places):
        line = whole
        if len(line) > _LONGEST_DATE_LINE and _LABEL.match(line):
            line = line[:_LONGEST_DATE_LINE]  # a head that runs on into the text
        if len(line) <= _LONGEST_DATE_LINE and _YEAR_SIGN.search(line):
            dates = [_as_end(line, found) for found in find_dates(line, limit=_MOST_IN_LINE)]
            if dates:
                lines.append(_DateLine(line, dates, in_header, start))
        if len(lines) >= _MOST_LINES:
            break
        if in_header and _is_prose(whole):
            in_header = index + 1 < len(raws) and _is_caption(index, raws)
    return lines


def _is_caption(index: int, lines: list[str]) -> bool:
    """Return whether a line of prose is a picture's caption, with the article's date below it."""
    line, below = lines[index], lines[index + 1]
    dates = find_dates(below, limit=_MOST_IN_LINE) if len(below) <= _LONGEST_DATE_LINE else []
    if len(line) > _LONGEST_CAPTION or not dates or _rest_without(below, dates):
        return False
    if _CAPTION.search(line):
        return True
    following = lines[index + 2] if index + 2 < len(lines) else ""
    return len(below) > dates[0].end - dates[0].start or _HEAD_LINE.match(following) is not None


def _labelled(line: str, dates: list[FoundDate]) -> Iterator[tuple[bool, FoundDate]]:
    """Yield the dates of a line behind their labels, and whether a label means the first publication."""
    for label in _LABEL.finditer(line):
        following = next((found for found in dates if found.start >= label.end()), None)
        if following is None or following.start - label.end() > _LABEL_REACH:
            continue
        if _LABEL.search(line, label.end(), following.start):
            continue
        between = line[label.end() : following.start]
        if not _LABEL_TAIL.fullmatch(_DATE_LINE_REST.sub(" ", between)):
            continue
        if _PROSE_BEHIND.match(line, following.end) or _is_open(line, following):
            continue
        yield label["first"] is not None, following


def _labelled_date(lines: list[_DateLine]) -> tuple[FoundDate | None, FoundDate | None]:
    """Return the first date after "Published" and the first after "Updated"."""
    later: FoundDate | None = None
    for line, dates, *_ in lines:
        is_short = len(_rest_without(line, dates)) <= _MOST_OTHER_WORDS + 30
        for is_first, found in _labelled(line, dates):
            if _runs_on(line, found) or (is_short and not _SENTENCE.search(line)):
                if is_first:
                    return found, later
                later = later or found
    return None, later


#: behind the date of a head that runs on into the text: a time, and a capital without a comma before it
_RUNS_ON: Final = re.compile(
    r"(?:,?\s(?:at\s)?\d{1,2}[:.]\d\d(?:\s?[ap]\.?m\b\.?)?)?(?:\s(?:[A-Z]{1,2}[SD]?T|UTC)\b)?\s(?=[A-Z\"“])",
    re.IGNORECASE,
)


def _runs_on(line: str, found: FoundDate) -> bool:
    """Return whether a line begins with a label and its date, and goes on with a sentence."""
    label = _LABEL.match(line)
    if label is None or found.start - label.end() > _LABEL_REACH:
        return False
    behind = _RUNS_ON.match(line, found.end)
    return behind is not None and not line[behind.end()].islower()


def _dateline_date(top: str) -> FoundDate | None:
    """Return the date of a dateline that names the year: "WASHINGTON, Jan. 5, 2016 (Reuters) -"."""
    for raw in top.splitlines():
        line = raw.strip()[:120]
        if line[:1].isupper() and _YEAR_SIGN.search(line):
            for found in find_dates(line, limit=1):
                signed = line[:3].isupper() or _DATELINE_SIGN.match(line, found.end)
                if signed and (found.start == 0 or _DATELINE_DATE.match(line[: found.start])):
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
    for line, dates, *_ in lines:
        if line in last and not _rest_without(line, dates):
            return dates[0]
    return None


#: a dateline is so many days older than the line of a date above it where that one is the page's own day
_PAGE_AGE: Final = 31


def _header_date(lines: list[_DateLine], dateline: FoundDate | None) -> FoundDate | None:
    """Return the date of the header's date lines, else the dateline's.

    A page has its own day above its articles: an older date below it is the article's.
    """
    dated = [line for line in lines if line.in_header and _is_date_line(line.text, line.dates)]
    if not dated:
        return dateline
    best = dated[0].dates[0]
    for line in dated[1:]:
        if line.is_bare and _days_apart(best, line.dates[0]) > 0:
            best = line.dates[0]
    return dateline if dateline and _days_apart(best, dateline) > _PAGE_AGE else best


def _days_apart(later: FoundDate, earlier: FoundDate) -> int:
    """Return how many days one date stands before another; 0 where either is not known to the day."""
    one, other = later.date, earlier.date
    if one.precision != "day" or other.precision != "day" or not (one.start and other.start):
        return 0
    return (one.start - other.start).days


def _line_date(top: str, bottom: str) -> FoundDate | None:
    """Return the date of the header or footer: published, alone in its line, updated, at the end."""
    top_lines, bottom_lines = _date_lines(top), _date_lines(bottom)
    first, later = _labelled_date([*top_lines, *bottom_lines])
    if first:
        return first
    header = _header_date(top_lines, _dateline_date(top))
    if header:
        return header
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


def find_head_dates(text: str) -> list[tuple[int, int]]:
    r"""Return where the dates of a page's head and foot stand: those of its date lines, and those behind a label.

    They say when the article was published or changed, and not when something happened.

    >>> find_head_dates("Published March 8, 2026 at 10:22 PM\nShells hit the town.")
    [(10, 23)]
    """
    found = []
    low = max(HEADER_REACH, len(text) - HEADER_REACH)
    for base, window in ((0, text[:HEADER_REACH]), (low, text[low:])):
        for line in _date_lines(window):
            is_whole = not base and line.in_header and _is_date_line(line.text, line.dates)
            is_short = not _SENTENCE.search(line.text)
            dates = [
                date
                for _, date in _labelled(line.text, line.dates)
                if is_short or _runs_on(line.text, date)
            ]
            begin = base + line.start
            kept = line.dates if is_whole else dates
            found += [(begin + date.start, begin + date.end) for date in kept]
    return found


def _is_of_page(text: str, header: DateSpan, linked: DateSpan) -> bool:
    """Return whether the header's date is the day of the page, since the article's link names a much older one."""
    if linked.precision != "day" or header.precision != "day":
        return False
    if not (header.start and linked.start) or (header.start - linked.start).days <= _PAGE_AGE:
        return False
    return _labelled_date(_date_lines(text[:HEADER_REACH])) == (None, None)


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
    linked = find_path_date(url) if url else UNKNOWN_DATE
    if spans and spans[0].source == "header" and not _is_of_page(text, spans[0], linked):
        return spans[0]
    named = find_path_date(filename) if filename else UNKNOWN_DATE
    for date, source in ((linked, "url"), (named, "filename")):
        if date.start is not None:
            return replace(date, source=source)
    return spans[0] if spans else UNKNOWN_DATE
