"""Distances as people write them: "about 40 miles (65 km)", "a few kilometres", "a two-hour drive"."""

from __future__ import annotations

import re
from typing import Final, NamedTuple

from geomap.relations.patterns import Pattern

__all__ = [
    "HOURS",
    "MEASURE",
    "RADIUS",
    "TRAVEL",
    "UNITS",
    "Measure",
    "read_measure",
    "read_number",
]


class Measure(NamedTuple):
    """A distance: as it is given, in kilometres, and the bounds of what it can mean.

    ``km`` is None where the words are vague, as hours of travel are.
    """

    km: float | None
    low: float
    high: float


_KM: Final = {
    "kilometer": 1.0, "kilometre": 1.0, "km": 1.0, "kms": 1.0, "click": 1.0, "klick": 1.0,
    "mile": 1.609344, "mi": 1.609344, "meter": 0.001, "metre": 0.001, "m": 0.001,
    "nautical mile": 1.852, "nmi": 1.852, "nm": 1.852, "yard": 0.0009144, "foot": 0.0003048, "feet": 0.0003048,
    "ft": 0.0003048, "block": 0.1,
}  # fmt: skip
#: words that end a distance, to look for before anything else
UNITS: Final = frozenset(
    "kilometers kilometres kilometer kilometre km kms miles mile mi meters metres meter metre m nmi nm yards "
    "feet ft blocks block".split()
)
_UNIT: Final = r"(?:nautical[\s-]miles?|kilomet(?:er|re)s?|kms?|miles?|mi|met(?:er|re)s?|m|nmi|nm|yards?|feet|foot|ft|blocks?)"
_SMALL: Final = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
    "seventeen eighteen nineteen".split()
)
_TENS: Final = "twenty thirty forty fifty sixty seventy eighty ninety".split()
_NUMBERS: Final = (
    {word: float(n) for n, word in enumerate(_SMALL)}
    | {word: 10.0 * n for n, word in enumerate(_TENS, 2)}
    | {"a": 1.0, "an": 1.0}
)
_TIMES: Final = {"hundred": 100.0, "thousand": 1000.0, "dozen": 12.0}
#: what a vague number is at most
_VAGUE: Final = {
    "couple": 4.0,
    "few": 10.0,
    "several": 12.0,
    "handful": 10.0,
    "tens": 90.0,
    "dozens": 90.0,
    "scores": 90.0,
    "hundreds": 900.0,
}
_WORD: Final = rf"(?:{'|'.join(sorted((*_NUMBERS, *_TIMES, *_VAGUE, 'half', 'third', 'thirds', 'quarter', 'quarters', 'and', 'of'), key=len, reverse=True))})"
_DIGITS: Final = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"
_HEDGE: Final = (
    r"(?:about|around|roughly|approximately|approx\.?|nearly|almost|some|just|only|barely|exactly|an?\sestimated|"
    r"a\smere|more\sthan|less\sthan|fewer\sthan|no\smore\sthan|not\smore\sthan|no\sfurther\sthan|under|over|up\sto|"
    r"at\sleast|at\smost|within|perhaps|maybe|little\smore\sthan|well\sover|a\sgood|as\sclose\sas|ca\.?|close\sto)"
)
_COUNT: Final = (
    rf"(?:(?:between\s)?(?P<from>{_DIGITS})\s?(?:-|–|to\s|or\s|and\s)\s?)?(?P<number>{_DIGITS})(?:[-\s]odd|\sor\sso)?"
    rf"|(?P<words>{_WORD}(?:[\s-]{_WORD}){{0,5}})"
)
_FRACTIONS: Final = {"half": 0.5, "third": 1 / 3, "quarter": 0.25}
_AND_A_FRACTION: Final = re.compile(r" and an? (half|quarter)$")
_FRACTIONS_OF: Final = re.compile(r"(two|three) (third|quarter)s(?: of)?(?: an?)?")
_A_FRACTION: Final = re.compile(r"(?:an? )?(half|quarter)\b(?: of)?(?: an?)?")
#: a distance, with what hedges it, and the same in another unit behind it
MEASURE: Final = (
    rf"(?P<hedge>(?:{_HEDGE}\s){{0,3}})(?<![\w.,$€£])(?:{_COUNT})[\s-]?(?P<unit>{_UNIT})\b\.?"
    r"(?P<more>\sand\san?\s(?:half|quarter))?"
    rf"(?P<again>\s?[(\[][^()\[\]]{{2,28}}[)\]]|,?\sor\s(?:about\s)?[\d.,]+[\s-]?{_UNIT},?|\s?/\s?[\d.,]+\s?{_UNIT})?"
)
#: "a 25-mile radius": the number and the unit as one word
RADIUS: Final = (
    rf"(?P<hedge>within\s)an?\s(?P<number>{_DIGITS})[\s-](?P<unit>{_UNIT})(?P<again>\s?\([^()]{{2,28}}\))?"
    r"\s(?:radius|circle)"
)
_JOURNEYS: Final = {
    "drive": 60.0, "ride": 60.0, "journey": 60.0, "trip": 60.0, "walk": 5.0, "hike": 4.0, "march": 5.0,
    "trek": 4.0, "flight": 700.0, "sail": 20.0, "cruise": 20.0, "paddle": 5.0,
}  # fmt: skip
_HOURS: Final = {"minute": 1 / 60, "hour": 1.0, "day": 8.0}
#: "a two-hour bus ride", "an hour's drive", "thirty minutes by car"
TRAVEL: Final = (
    rf"(?P<hedge>(?:{_HEDGE}\s){{0,3}})(?<![\w.,$€£])(?:half[\s-]an[\s-](?P<half>hour)|(?:an?[\s-])?"
    rf"(?:(?P<number>{_DIGITS})|(?P<words>{_WORD}(?:[\s-]{_WORD}){{0,4}}))?[\s-]?(?P<time>minute|hour|day)s?)"
    r"(?:['’]s?)?(?P<half2>[\s-]and[\s-]a[\s-]half)?[\s-]"
    rf"(?:(?:by|in\sa|on)\s(?P<by>car|bus|road|foot|boat|train|taxi|plane|air|camel|truck|ferry|bike)|(?:[a-z]+[\s-])?(?P<journey>{'|'.join(_JOURNEYS)}))"
)
#: "two hours", where "from" follows
HOURS: Final = (
    rf"(?P<hedge>(?:{_HEDGE}\s){{0,3}})(?<![\w.,$€£])(?:half[\s-]an[\s-](?P<half>hour)"
    rf"|(?:an?\s)?(?:(?P<number>{_DIGITS})|(?P<words>{_WORD}(?:[\s-]{_WORD}){{0,4}}))?[\s-]?(?P<time>minute|hour)s?)"
    r"(?P<half2>\sand\sa\shalf)?"
)
_BY: Final = {
    "foot": 5.0,
    "camel": 5.0,
    "bike": 15.0,
    "boat": 20.0,
    "ferry": 30.0,
    "plane": 700.0,
    "air": 700.0,
}
_AGAIN: Final = Pattern(rf"(?P<number>{_DIGITS})[\s-]?(?P<unit>{_UNIT})\b", re.IGNORECASE)
#: how far off a number may be: half of its last digit's step, and at least and at most this share
_LEAST_SHARE, _MOST_SHARE, _LEAST_KM = 0.05, 0.15, 0.3
#: from pole to pole
_FARTHEST_KM: Final = 20_004.0
#: people drive round corners, and not all equally fast
_TRAVEL_SPREAD: Final = 1.3


def read_number(words: str) -> tuple[float, bool]:
    """Return a number in words, and whether it is one; a vague number is at most so much.

    >>> read_number("twenty-five"), read_number("one hundred and fifty"), read_number("two and a half")
    ((25.0, True), (150.0, True), (2.5, True))
    >>> read_number("three quarters of a")
    (0.75, True)
    >>> read_number("a few"), read_number("half a"), read_number("dozens of")
    ((10.0, False), (0.5, True), (90.0, False))
    """
    plain = re.sub(r"[\s-]+", " ", words.lower()).strip()
    share, added = 1.0, 0.0
    if fraction := _AND_A_FRACTION.search(plain):
        plain, added = plain[: fraction.start()], _FRACTIONS[fraction[1]]
    if fraction := _FRACTIONS_OF.match(plain):
        plain, share = plain[fraction.end() :], _NUMBERS[fraction[1]] * _FRACTIONS[fraction[2]]
    elif fraction := _A_FRACTION.match(plain):
        plain, share = plain[fraction.end() :], _FRACTIONS[fraction[1]]
    total, part, exact = 0.0, 0.0, True
    for word in plain.split():
        if word in _VAGUE:
            part, exact = max(part, 1.0) * _VAGUE[word], False
        elif word in _TIMES:
            part = max(part, 1.0) * _TIMES[word]
        else:
            part += _NUMBERS.get(word, 0.0)
        if word == "thousand":
            total, part = total + part, 0.0
    return share * ((total + part) or 1.0) + added, exact


def _spread(value: float, digits: str, *, rough: bool) -> float:
    """Return how far off a number may be, as it is written: 50 is rounder than 52."""
    whole = digits.replace(",", "")
    decimals = len(whole.partition(".")[2])
    zeros = 0 if decimals else len(whole) - len(whole.rstrip("0"))
    step = 10.0 ** (zeros - decimals)
    share = min(max(step / 2 / value if value else 0.0, _LEAST_SHARE), _MOST_SHARE)
    return value * share * (2 if rough else 1)


def read_measure(match: re.Match[str]) -> Measure | None:
    """Return the distance that a match of one of the patterns of this module means.

    None where it is none on Earth, as "zero km" or "a million miles".
    """
    groups = match.groupdict()
    if groups.get("time") or groups.get("half"):
        return _read_travel(groups)
    exact = True
    if groups.get("words"):
        number, exact = read_number(groups["words"])
        digits = str(int(number)) if number == int(number) else str(number)
    else:
        digits = groups["number"]
        number = float(digits.replace(",", ""))
    if groups.get("more"):
        number += 0.5 if groups["more"].endswith("half") else 0.25
    factor = _factor(groups["unit"])
    km = number * factor
    if not 0 < km <= _FARTHEST_KM:
        return None
    hedge = (groups.get("hedge") or "").lower()
    if not exact:
        return Measure(None, 0.0, km)
    again = _AGAIN.search(groups.get("again") or "")
    if again and _is_metric(again["unit"]) and not _is_metric(groups["unit"]):
        other = float(again["number"].replace(",", "")) * _factor(again["unit"])
        # the same distance, not something else in brackets
        if 0.7 < other / km < 1.4:
            km, digits, factor = other, again["number"], _factor(again["unit"])
    return _bounds(km, factor, digits, hedge, groups.get("from"))


def _bounds(km: float, factor: float, digits: str, hedge: str, first: str | None) -> Measure:
    if first is not None:
        low = float(first.replace(",", "")) * factor
        if low < km:
            return Measure((low + km) / 2, low, km)
    if re.search(r"within|less than|fewer|no more|not more|no further|under|up to|at most", hedge):
        return Measure(km, 0.0, km)
    if re.search(r"(?<!little )more than|over|at least", hedge):
        return Measure(km, km, km * 1.5)
    rough = re.search(
        r"about|around|roughly|approx|nearly|almost|some|estimated|perhaps|maybe|ca\b", hedge
    )
    off = max(
        _spread(km / factor, digits, rough=rough is not None) * factor, min(_LEAST_KM, km / 2)
    )
    return Measure(km, km - off, km + off)


def _read_travel(groups: dict[str, str | None]) -> Measure:
    """Return what a time of travel can mean: vague, at most what its pace allows."""
    if groups.get("half"):
        hours = 0.5
    else:
        words = groups.get("words")
        number = float((groups.get("number") or "1").replace(",", ""))
        if words:
            number = read_number(words)[0]
        hours = number * _HOURS[groups["time"] or "hour"]
    if groups.get("half2"):
        hours += 0.5
    by = groups.get("by")
    pace = _BY.get(by, 60.0) if by else _JOURNEYS[(groups.get("journey") or "drive").lower()]
    return Measure(None, 0.0, hours * pace * _TRAVEL_SPREAD)


def _plain(unit: str) -> str:
    return re.sub(r"[\s-]+", " ", unit.lower()).rstrip(".")


def _factor(unit: str) -> float:
    plain = _plain(unit)
    found = _KM.get(plain)
    return found if found is not None else _KM[plain.removesuffix("s")]


def _is_metric(unit: str) -> bool:
    return _plain(unit)[0] in "km" and not _plain(unit).startswith("mi")
