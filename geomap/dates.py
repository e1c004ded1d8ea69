"""Phrases that are dates, and how exactly they are known: pure functions.

A date keeps the precision it was written with: "June 2016" is a month, never the first of June.
Local calendar dates stay as written; nothing is converted to UTC.

How day and month are told apart in "11.06.2016":

1. a part over 12, or a weekday beside it that fits only one reading, proves the order;
2. else other dates of the same text decide: one with a part over 12, or the name of a month and a
   day that equal one of the two readings;
3. else ``day_first``, where the caller states it;
4. else the day comes first, as dots say by convention and most of the world writes; such a date
   is marked ``ambiguous``; the day in the article's URL or file name, if it is one of the two
   readings, settles it (articles/fields.py).
"""

from __future__ import annotations

import calendar
import datetime as dt
import re
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import islice
from typing import Final

from geomap.model import UNKNOWN_DATE, DatePrecision, DateSpan

__all__ = [
    "MAX_YEAR",
    "MIN_YEAR",
    "MONTH",
    "WEEKDAYS",
    "FoundDate",
    "day_span",
    "find_age",
    "find_dates",
    "find_path_date",
    "full_year",
    "month_number",
    "month_span",
    "read_age",
    "read_date",
    "read_epoch",
    "settle_order",
    "year_span",
]

#: the first newspapers are a little younger than this; what lies outside is no publication date
MIN_YEAR: Final = 1690
MAX_YEAR: Final = 2100
#: two-digit years up to here are 20xx, as in POSIX
_LAST_SHORT_YEAR: Final = 68
#: a date field is never longer; longer ones are cut before any pattern sees them
_MAX_FIELD: Final = 100
#: a path is searched from its end, where the date stands
_MAX_PATH: Final = 2_000

#: phrases that are read in one text, so that a hostile one costs no more than a tenth of a second
_MOST_DATES: Final = 40

_MONTH_NUMBERS: Final = {
    name: number
    for number, names in enumerate(
        "jan january|feb february|mar march|apr april|may|jun june|jul july|aug august"
        "|sep sept september|oct october|nov november|dec december".split("|"),
        start=1,
    )
    for name in names.split()
}
#: the months as they are called from Beirut to Baghdad, which dateparser lacks
_MONTH_NUMBERS.update(
    {
        "كانون الثاني": 1, "شباط": 2, "آذار": 3, "نيسان": 4, "أيار": 5, "حزيران": 6,
        "تموز": 7, "آب": 8, "أيلول": 9, "تشرين الأول": 10, "تشرين الثاني": 11, "كانون الأول": 12,
    }
)  # fmt: skip
#: the first three letters of the days, Monday first as datetime counts them
WEEKDAYS: Final = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")

#: a pattern for the English names of months, as the press shortens them, to be closed by a word boundary
MONTH: Final = (
    r"(?:Jan(?:uary|\.)?|Feb(?:ruary|\.)?|Mar(?:ch|\.)?|Apr(?:il|\.)?|May|June?\.?|July?\.?|Aug(?:ust|\.)?"
    r"|Sept?(?:ember|\.)?|Oct(?:ober|\.)?|Nov(?:ember|\.)?|Dec(?:ember|\.)?)"
)
#: every alternative starts at a digit or at a month's name, and every repetition is bounded
_DATE: Final = re.compile(
    # 2016-06-11, 2016/6/11; 2016年6月11日
    r"(?<![\d.])(?P<iso_y>\d{4})(?P<iso_sep>[-/.])(?P<iso_m>\d{1,2})(?P=iso_sep)(?P<iso_d>\d{1,2})(?!\d)"
    r"(?:T\d{2}:\d{2}[\d:.]{0,13}(?:Z|[+-]\d{2}:?\d{2})?)?"
    r"|(?<!\d)(?P<cjk_y>\d{4})\s?[年년]\s?(?P<cjk_m>\d{1,2})\s?[月월](?:\s?(?P<cjk_d>\d{1,2})\s?[日일])?"
    # 11.06.2016, 11/06/16
    r"|(?<![\d./-])(?P<num_a>\d{1,2})(?P<num_sep>[./-])(?P<num_b>\d{1,2})(?P=num_sep)(?P<num_y>\d{4}|\d{2})(?![./-]?\d)"
    # 11 June 2016, 11th of June, 2016, 11-Jun-2016, 11/Jun/2016; 11 Jun 16 before a mark, a clock or the end
    rf"|(?<!\d)(?P<dm_d>\d{{1,2}})(?:st|nd|rd|th)?[\s./-]{{1,2}}(?:of\s)?(?P<dm_m>{MONTH})[\s,./-]{{1,3}}"
    r"(?P<dm_y>\d{4}(?!\d)|['’]?\d\d(?=\s?(?:[\])(,;.|\n–—-]|\d{1,2}:\d\d|\Z)))"
    # June 11, 2016, June 11/2016, Jun-11-2016; June 11, 16 before an agency in brackets
    rf"|\b(?P<md_m>{MONTH})[\s./-]{{0,2}}(?P<md_d>\d{{1,2}})(?:st|nd|rd|th)?[\s,./-]{{1,3}}(?P<md_y>\d{{4}}(?!\d)|['’]?\d\d(?=\s?\([A-Z]))"
    # 2016 June 11, 2016-Jun-11
    rf"|(?<!\d)(?P<ym_y>\d{{4}})[\s,./-]{{1,2}}(?P<ym_m>{MONTH})[\s./-]{{1,2}}(?P<ym_d>\d{{1,2}})(?:st|nd|rd|th)?(?![\d:])"
    # June 2016
    rf"|\b(?P<my_m>{MONTH})[\s,-]{{1,2}}(?:of\s)?(?P<my_y>\d{{4}})(?!\d)"
    # 11 juin 2016, 11 de junio de 2016, 1. Juni 2016: any word, which must then be a month's name
    r"|(?<!\d)(?P<x_d>\d{1,2})(?:er|\.|º|°)?\s{1,2}(?:de\s)?(?P<x_m>[^\W\d_]{2,14}(?:\s(?:الأول|الثاني))?)\.?,?\s{1,2}(?:del?\s)?(?P<x_y>\d{4})(?!\d)",
    re.IGNORECASE,
)
_DAY_AND_MONTH: Final = re.compile(
    rf"\b(?P<m1>{MONTH})\s(?P<d1>\d{{1,2}})(?!\d)|(?<!\d)(?P<d2>\d{{1,2}})\s(?P<m2>{MONTH})\b",
    re.IGNORECASE,
)
_WEEK_BEFORE: Final = re.compile(r"\bweek\s(?:of|beginning|starting)\s(?:the\s)?$", re.IGNORECASE)
_WEEKDAY_BEFORE: Final = re.compile(
    r"\b(mon|tue|wed|thu|fri|sat|sun)[a-z]{0,6}\.?,?\s{1,2}(?:the\s)?$", re.IGNORECASE
)
#: how far back the words before a date are looked at
_BEFORE: Final = 24

_COMPACT: Final = re.compile(r"(\d{4})(\d\d)(\d\d)(?:[T ]?\d{4,6}(?:\.\d+)?Z?)?")
_YEAR_MONTH: Final = re.compile(r"(\d{4})[-/.](\d{1,2})|(\d{1,2})/(\d{4})")
_YEAR: Final = re.compile(r"\d{4}")
_ISO_WEEK: Final = re.compile(r"(\d{4})-?W(\d\d)")
_FOREIGN_MONTH_YEAR: Final = re.compile(r"([^\W\d_]{3,14})\.?,?\s{1,2}(?:de\s)?(\d{4})")

#: 5 years ago, also glued to an icon's name; "today" and "yesterday" only with nothing but a time
_AGE: Final = re.compile(
    r"(?:(?<![\d.,])(?P<count>\d{1,4})|\b(?:an?|one))\s(?P<unit>minute|min|hour|day|week|month|year)s?\sago\b"
    r"|\A(?P<word>yesterday|today)(?=\s*\Z|,?\s(?:at\s)?\d)",
    re.IGNORECASE,
)

_PATH_DAY: Final = re.compile(
    r"(?<![0-9A-Za-z])(?P<y>[12]\d{3})(?P<sep>[-/_.]?)(?P<m>\d\d?|[A-Za-z]{3})(?P=sep)(?P<d>\d\d?)(?![0-9A-Za-z])"
)
_PATH_MONTH: Final = re.compile(r"/(?P<y>[12]\d{3})/(?P<m>\d\d)(?=/)")


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundDate:
    """A date phrase at ``start`` to ``end`` of the searched text.

    ``other`` is the reading with day and month swapped, where both are possible. ``day_first``
    is the order that the phrase itself proves ("22/05/2016"); None where it proves none.
    """

    start: int
    end: int
    date: DateSpan
    other: DateSpan | None = None
    day_first: bool | None = None


def _calendar_day(year: int, month: int, day: int) -> dt.date | None:
    """Return the day if it exists and lies within the years of newspapers."""
    if not (MIN_YEAR <= year <= MAX_YEAR and 1 <= month <= 12 and 1 <= day <= 31):
        return None
    try:
        return dt.date(year, month, day)
    except ValueError:
        return None


def _span(start: dt.date, end: dt.date, precision: DatePrecision) -> DateSpan:
    return DateSpan(start=start, end=end, precision=precision)


def day_span(year: int, month: int, day: int) -> DateSpan:
    """Return one day, or an unknown date where there is no such day.

    >>> day_span(2016, 2, 30).precision
    'unknown'
    """
    date = _calendar_day(year, month, day)
    return _span(date, date, "day") if date else UNKNOWN_DATE


def month_span(year: int, month: int) -> DateSpan:
    """Return a whole month, or an unknown date where there is no such month."""
    first = _calendar_day(year, month, 1)
    if first is None:
        return UNKNOWN_DATE
    return _span(first, first.replace(day=calendar.monthrange(year, month)[1]), "month")


def year_span(year: int) -> DateSpan:
    """Return a whole year, or an unknown date outside the years of newspapers."""
    first = _calendar_day(year, 1, 1)
    return _span(first, first.replace(month=12, day=31), "year") if first else UNKNOWN_DATE


def _week_span(first: dt.date) -> DateSpan:
    return _span(first, first + dt.timedelta(days=6), "week")


#: languages in which a month's name is looked up; a list keeps a word that is none below 10 ms
_LANGUAGES: Final = "fr de es it pt nl tr ar fa he ru uk pl cs sv da nb fi el ro hu id".split()


@lru_cache(maxsize=4096)
def month_number(name: str) -> int | None:
    """Return the number of the month with this name, in English or in a language of the list."""
    key = name.lower().rstrip(".")
    if key in _MONTH_NUMBERS or (key.isascii() and len(key) > 12):
        return _MONTH_NUMBERS.get(key)
    import dateparser  # noqa: PLC0415 - costs 50 ms, and only foreign dates need it

    parsed = dateparser.parse(
        f"1 {key} 2016",
        languages=_LANGUAGES,
        settings={"REQUIRE_PARTS": ["day", "month", "year"], "PARSERS": ["absolute-time"]},
    )
    return parsed.month if parsed and (parsed.year, parsed.day) == (2016, 1) else None


def full_year(digits: str) -> int:
    """Return the year of four digits, or of two as they are meant ("'88").

    >>> full_year("2016"), full_year("'88"), full_year("16")
    (2016, 1988, 2016)
    """
    digits = digits.lstrip("'’")
    year = int(digits)
    if len(digits) == 4:
        return year
    return year + (2000 if year <= _LAST_SHORT_YEAR else 1900)


def _read_numeric(match: re.Match[str]) -> FoundDate | None:
    """Read "11.06.2016": both orders where both exist."""
    first, second = int(match["num_a"]), int(match["num_b"])
    year = full_year(match["num_y"])
    by_day, by_month = day_span(year, second, first), day_span(year, first, second)
    start, end = match.span()
    if by_day.start is None and by_month.start is None:
        return None
    if by_month.start is None or by_day.start is None:
        date = by_day if by_day.start else by_month
        return FoundDate(start=start, end=end, date=date, day_first=date is by_day)
    if first == second:
        return FoundDate(start=start, end=end, date=by_day)
    weekday = _WEEKDAY_BEFORE.search(match.string, max(0, start - _BEFORE), start)
    if weekday:
        number = WEEKDAYS.index(weekday[1].lower())
        fitting = [d for d in (by_day, by_month) if d.start and d.start.weekday() == number]
        if len(fitting) == 1:
            order = fitting[0] is by_day
            return FoundDate(start=start, end=end, date=fitting[0], day_first=order)
    return FoundDate(start=start, end=end, date=replace(by_day, ambiguous=True), other=by_month)


def _read_worded(match: re.Match[str]) -> DateSpan:
    """Read every form but the numeric one: their parts name themselves."""
    parts = match.groupdict()
    if parts["iso_y"]:
        return day_span(int(parts["iso_y"]), int(parts["iso_m"]), int(parts["iso_d"]))
    if parts["cjk_y"]:
        year, month = int(parts["cjk_y"]), int(parts["cjk_m"])
        return (
            day_span(year, month, int(parts["cjk_d"]))
            if parts["cjk_d"]
            else month_span(year, month)
        )
    if parts["my_y"]:
        return month_span(int(parts["my_y"]), month_number(parts["my_m"]) or 0)
    kind = next(kind for kind in ("dm", "md", "ym", "x") if parts[f"{kind}_y"])
    year, day = full_year(parts[f"{kind}_y"]), int(parts[f"{kind}_d"])
    if _calendar_day(year, 1, day) is None:  # no month has that day: spare the look-up
        return UNKNOWN_DATE
    return day_span(year, month_number(parts[f"{kind}_m"]) or 0, day)


def _read_match(match: re.Match[str]) -> FoundDate | None:
    if match["num_a"]:
        return _read_numeric(match)
    start, end = match.span()
    date = _read_worded(match)
    if date.start is None:
        return None
    if date.precision == "day":
        week = _WEEK_BEFORE.search(match.string, max(0, start - _BEFORE), start)
        if week:
            return FoundDate(start=week.start(), end=end, date=_week_span(date.start))
    return FoundDate(start=start, end=end, date=date)


def find_dates(text: str, *, limit: int = _MOST_DATES) -> list[FoundDate]:
    """Return the dates that are written out in a text, with a year, in their order.

    Years alone are none. Keep the text short: header lines, not whole articles. At most
    ``limit`` phrases are read, because a word that no language knows costs 2 ms.

    >>> [(found.date.start.isoformat(), found.date.precision) for found in
    ...  find_dates("Week of June 6, 2016; 2016-06-11; Aug 2015")]
    [('2016-06-06', 'week'), ('2016-06-11', 'day'), ('2015-08-01', 'month')]
    """
    matches = islice(_DATE.finditer(text), limit)
    return [found for match in matches if (found := _read_match(match))]


_DIGITS: Final = re.compile(r"\d{1,8}")


def _near_digits(text: str) -> str:
    """Return the parts of a text in which a date can stand: what lies around its digits."""
    parts: list[str] = []
    start = end = 0
    for match in _DIGITS.finditer(text):
        if match.start() - _BEFORE > end:
            parts.append(text[start:end])
            start = match.start() - _BEFORE
        end = match.end() + _BEFORE
    return "\n\n\n\n".join([*parts, text[start:end]])


def _votes(context: str, by_day: dt.date, by_month: dt.date) -> set[bool]:
    """Return the orders that the other dates of a text speak for."""
    context = _near_digits(context)
    votes = {found.day_first for found in find_dates(context) if found.day_first is not None}
    for match in _DAY_AND_MONTH.finditer(context):
        day, month = int(match["d1"] or match["d2"]), month_number(match["m1"] or match["m2"])
        if (day, month) == (by_day.day, by_day.month):
            votes.add(True)
        elif (day, month) == (by_month.day, by_month.month):
            votes.add(False)
    return votes


def settle_order(found: FoundDate, context: str = "", day_first: bool | None = None) -> DateSpan:  # noqa: FBT001 - the option's name is the word for it
    """Return the reading of a date whose day and month could be swapped (see the module).

    Args:
        found: any found date; one without a second reading is returned as it is.
        context: text around it, whose other dates may decide the order.
        day_first: the outlet's order where the text does not tell; None if nobody knows.
    """
    if found.other is None or found.other.start is None or found.date.start is None:
        return found.date
    votes = _votes(context, found.date.start, found.other.start)
    order = votes.pop() if len(votes) == 1 else day_first
    if order is None:
        return found.date
    return replace(found.date, ambiguous=False) if order else found.other


def _read_plain(value: str) -> DateSpan:
    """Read the forms that only a field has: 20160611, 2016-06, 06/2016, 2016, 2016-W23."""
    if match := _COMPACT.fullmatch(value):
        return day_span(*map(int, match.groups()))
    if match := _YEAR_MONTH.fullmatch(value):
        return month_span(int(match[1] or match[4]), int(match[2] or match[3]))
    if _YEAR.fullmatch(value):
        return year_span(int(value))
    if match := _ISO_WEEK.fullmatch(value):
        return _read_iso_week(int(match[1]), int(match[2]))
    if match := _FOREIGN_MONTH_YEAR.fullmatch(value):
        return month_span(int(match[2]), month_number(match[1]) or 0)
    return UNKNOWN_DATE


def read_epoch(number: float) -> dt.date | None:
    """Return the day (UTC) of a number of seconds, milliseconds, micro- or nanoseconds since 1970.

    The size of the number tells the unit: pandas writes milliseconds, databases microseconds. A number of eight digits
    that is a calendar day ("20161219") is that one, as no clock of news ran so early. None where it is neither.

    >>> read_epoch(1482105600), read_epoch(1482105600000), read_epoch(20161219), read_epoch(17)
    (datetime.date(2016, 12, 19), datetime.date(2016, 12, 19), datetime.date(2016, 12, 19), None)
    """
    if not number == number or abs(number) >= _LATEST_EPOCH:  # noqa: PLR0124, SIM201 - NaN is not itself
        return None
    whole = int(number)
    if _FIRST_COMPACT <= whole <= _LAST_COMPACT:
        return _calendar_day(whole // 10_000, whole // 100 % 100, whole % 100)
    if abs(whole) < _FIRST_EPOCH:
        return None
    scale = next((scale for most, scale in _EPOCH_SCALES if abs(whole) < most), 10**9)
    day = _EPOCH + dt.timedelta(seconds=whole // scale)
    return day.date() if MIN_YEAR <= day.year <= MAX_YEAR else None


_EPOCH: Final = dt.datetime(1970, 1, 1)  # noqa: DTZ001 - UTC, and no clock is asked
_FIRST_COMPACT, _LAST_COMPACT = 16_900_101, 21_001_231
#: a hundred million seconds: March 1973
_FIRST_EPOCH: Final = 10**8
_LATEST_EPOCH: Final = 10**19
#: below so much a number counts so many parts of a second
_EPOCH_SCALES: Final = ((10**11, 1), (10**14, 10**3), (10**17, 10**6))


def _read_iso_week(year: int, week: int) -> DateSpan:
    if not MIN_YEAR <= year <= MAX_YEAR:
        return UNKNOWN_DATE
    try:
        return _week_span(dt.date.fromisocalendar(year, week, 1))
    except ValueError:
        return UNKNOWN_DATE


def read_date(value: str, *, day_first: bool | None = None, context: str = "") -> DateSpan:
    """Read a value that should be a date as a whole: a field, a meta tag, a table's cell.

    ISO 8601, RFC 822, "20160611", "2016-06", "2016", "11/06/2016" and written dates. What holds
    two different dates, or none, is unknown. The result has no source yet.

    >>> read_date("Sat, 11 Jun 2016 00:00:00 +0300").start.isoformat()
    '2016-06-11'
    >>> read_date("2016-06").precision, read_date("soon").precision
    ('month', 'unknown')
    """
    value = value.strip()[:_MAX_FIELD]
    plain = _read_plain(value)
    if plain.start is not None:
        return plain
    found = find_dates(value)
    dates = {date.date.start for date in found}
    return settle_order(found[0], context, day_first) if len(dates) == 1 else UNKNOWN_DATE


def _months_back(day: dt.date, months: int) -> DateSpan:
    index = day.year * 12 + day.month - 1 - months
    return month_span(index // 12, index % 12 + 1)


def find_age(text: str) -> tuple[int, int] | None:
    """Return where the first age ("5 years ago") stands in a line; None where none does."""
    match = _AGE.search(text)
    return match.span() if match else None


def read_age(phrase: str, crawled: dt.date) -> DateSpan:
    """Read "5 years ago" from the day on which the page was taken, to the unit's precision.

    >>> read_age("5 years ago", dt.date(2024, 3, 1)).start.isoformat()
    '2019-01-01'
    """
    match = _AGE.search(phrase)
    if match is None:
        return UNKNOWN_DATE
    if match["word"]:
        count, unit = (0, "day") if match["word"].lower() == "today" else (1, "day")
    else:
        count = int(match["count"] or 1)
        unit = match["unit"].lower()
    if unit == "year":
        return year_span(crawled.year - count)
    if unit == "month":
        return _months_back(crawled, count)
    days = {"day": count, "week": count * 7}.get(unit, 0)
    date = crawled - dt.timedelta(days=days)
    if unit == "week":
        return _week_span(date - dt.timedelta(days=date.weekday()))
    return day_span(date.year, date.month, date.day)


def find_path_date(path: str) -> DateSpan:
    """Return the date in a URL or a file name: /2016/06/11/, 20160611, -2016-06-11-, /2016/jun/11.

    >>> find_path_date("https://news.example/2016/06/some-title").precision
    'month'
    """
    path = path[-_MAX_PATH:]
    for match in _PATH_DAY.finditer(path):
        month = int(match["m"]) if match["m"].isdigit() else _MONTH_NUMBERS.get(match["m"].lower())
        if not match["sep"] and len(match.group()) != 8:
            continue
        date = day_span(int(match["y"]), month or 0, int(match["d"]))
        if date.start is not None:
            return date
    month_match = _PATH_MONTH.search(path)
    return month_span(int(month_match["y"]), int(month_match["m"])) if month_match else UNKNOWN_DATE
