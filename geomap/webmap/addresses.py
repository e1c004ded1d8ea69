"""Addresses of a page's views, the part from ``#`` on: whether a page can follow one.

The page's script reads and writes them (``assets/shell/link.js``), and ignores what it does not know. Where a
person writes addresses into a file, that would be a view which nobody meant: here it is named instead.
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final
from urllib.parse import parse_qsl

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from typing import Self

    from geomap.webmap.payload import Payload

    Check = Callable[[str, "KnownValues | None"], bool]

__all__ = ["LONGEST_ADDRESS", "KnownValues", "check_address", "find_address"]

LONGEST_ADDRESS: Final = 4_000
_VIEWS: Final = (
    *("list", "table", "compare", "multiples", "area", "place", "article", "filters", "about"),
    "none",
)
#: what stands in the place of a list of which nothing is wanted
_NOTHING: Final = "-"
_DATE: Final = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?", re.ASCII)
_MAP: Final = re.compile(r"-?\d{1,2}(?:\.\d{1,9})?(?:/-?\d{1,3}(?:\.\d{1,9})?){2}", re.ASCII)
_EPOCH: Final = dt.date(1970, 1, 1).toordinal()


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownValues:
    """What an address of one page can name; words of lists are in small letters."""

    places: frozenset[str]
    articles: frozenset[str]
    areas: frozenset[str]
    countries: frozenset[str]
    sources: frozenset[str]
    langs: frozenset[str]
    features: frozenset[str]
    precisions: frozenset[str]
    has_baseline: bool
    #: first and last day of its articles; None where none has a date
    days: tuple[int, int] | None
    tells_times: bool

    @classmethod
    def of(
        cls, payload: Payload, countries: Mapping[str, str], *, has_baseline: bool = False
    ) -> Self:
        """Gather them from a page's tables, and from the names of countries by their codes."""
        strings, places, articles = payload.strings, payload.places, payload.articles

        def texts(column: Iterable[int]) -> list[str]:
            return [strings[row] for row in column]

        def folded(words: Iterable[str]) -> frozenset[str]:
            return frozenset(word.casefold() for word in words)

        codes, units = texts(places["country"]), texts(places["admin1"])
        rows = zip(codes, texts(places["name"]), places["precision"], strict=True)
        areas = {f"{code}/{unit}" for code, unit in zip(codes, units, strict=True) if unit}
        areas |= {f"{code}/{name}" for code, name, precision in rows if precision == 4}
        dated = [n for n, precision in enumerate(articles["precision"]) if precision]
        starts, ends = ([articles[name][n] for n in dated] for name in ("start", "end"))
        return cls(
            places=frozenset(texts(places["id"])),
            articles=frozenset(texts(articles["id"])),
            areas=frozenset(areas | set(codes)) - {""},
            countries=folded([*codes, *(countries.get(code, code) for code in codes)]),
            sources=folded(texts(articles["source"])),
            langs=folded(texts(articles["lang"])),
            features=folded(texts(places["feature"])),
            precisions=frozenset(map(str, payload.mentions["precision"])),
            has_baseline=has_baseline,
            days=(min(starts), max(ends)) if dated else None,
            tells_times=any(payload.spoken["times"]["precision"]),
        )


def find_address(text: str) -> str:
    """Return the part of a link from ``#`` on; the link itself where it has none.

    >>> find_address("https://desk.example/map.html#map=6/35.9/39")
    '#map=6/35.9/39'
    """
    text = text.strip().strip("<>`")
    before, sign, fragment = text.partition("#")
    return f"#{fragment}" if sign else before


def check_address(address: str, known: KnownValues | None = None) -> str | None:
    """Return why a page cannot follow an address; None where it can.

    Args:
        address: The part of a link from ``#`` on.
        known: What the page has; None looks at the form alone.

    >>> check_address("#map=6/35.9/39&view=table")
    >>> check_address("#zoom=6")
    "an address has no 'zoom'; expected the part from # on of what “Copy link” gives"
    """
    asked = "; expected the part from # on of what “Copy link” gives"
    if len(address) > LONGEST_ADDRESS:
        return f"an address has more than {LONGEST_ADDRESS:,} characters{asked}"
    if not address.startswith("#") or not address.isprintable() or " " in address:
        return f"{address[:80]!r} is no address of a view{asked}"
    pairs = parse_qsl(address[1:], keep_blank_values=True)
    values = dict(pairs)
    for name, value in pairs:
        check = _CHECKS.get(name)
        if check is None:
            return f"an address has no {name[:40]!r}{asked}"
        if not check(value, known):
            return f"{'this page' if known else 'a page'} cannot follow {name}={value[:80]}{asked}"
    return _check_window(values, known)


def _check_window(values: dict[str, str], known: KnownValues | None) -> str | None:
    """Refuse dates in the wrong order, and a window in which no article of the page lies."""
    first, last = values.get("from"), values.get("to")
    if first and last and first[: len(last)] > last[: len(first)]:
        return f"its first day, {first}, is after its last, {last}"
    if known is None or known.days is None or values.get("time") == "told":
        return None
    begins, ends = (dt.date.fromordinal(_EPOCH + day).isoformat() for day in known.days)
    if (first and first > ends[: len(first)]) or (last and last < begins[: len(last)]):
        return f"no article of this map is of these days; they are of {begins} to {ends}"
    return None


def _is_day(value: str, _known: KnownValues | None) -> bool:
    """Whether it is a day, a month or a year."""
    found = _DATE.fullmatch(value)
    if not found:
        return False
    try:
        dt.date.fromisoformat(f"{found[1]}-{found[2] or '01'}-{found[3] or '01'}")
    except ValueError:
        return False
    return True


def _is_map(value: str, _known: KnownValues | None) -> bool:
    """Whether it is zoom, latitude and longitude."""
    if not _MAP.fullmatch(value):
        return False
    zoom, lat, lon = map(float, value.split("/"))
    return -2 <= zoom <= 18 and abs(lat) <= 85 and abs(lon) <= 200


def _is_percent(value: str, _known: KnownValues | None) -> bool:
    return re.fullmatch(r"[1-9][0-9]?|100", value) is not None


def _is_share(value: str, _known: KnownValues | None) -> bool:
    return re.fullmatch(r"0?\.[0-9]{1,9}|[01](?:\.0{1,9})?", value) is not None


def _is_side(value: str, known: KnownValues | None) -> bool:
    """Whether the page can be compared with it."""
    kind, _, name = value.partition(":")
    if kind == "source":
        return known is None or name.casefold() in known.sources
    if value == "baseline":
        return known is None or known.has_baseline
    return value in ("before", "kind:literal", "kind:associative")


def _is_axis(value: str, known: KnownValues | None) -> bool:
    if value == "told":
        return known is None or known.tells_times
    return value == "published"


def _is_tag(value: str, known: KnownValues | None) -> bool:
    """Whether articles are in this language, or in a variety of it."""
    asked = f"{value}-".replace("_", "-").casefold()
    if known is None or value == _NOTHING:
        return True
    return any(f"{tag}-".replace("_", "-").startswith(asked) for tag in known.langs)


def _is_feature(value: str, known: KnownValues | None) -> bool:
    """Whether places have this code, or, before an asterisk, one that begins so."""
    if known is None or value == _NOTHING:
        return True
    asked = value.casefold()
    if asked.endswith("*"):
        return any(code.startswith(asked[:-1]) for code in known.features)
    return asked in known.features


def _one_of(*words: str) -> Check:
    return lambda value, _known: value in words


def _in(name: str) -> Check:
    """Whether it is one of what the page has; anything before the page is known."""
    return lambda value, known: known is None or value in getattr(known, name)


def _in_list(name: str) -> Check:
    """Whether it is one of a list that the page has, however it is written, or that none is wanted."""
    return lambda value, known: (
        known is None or value == _NOTHING or value.casefold() in getattr(known, name)
    )


#: by each name that an address can have, whether a value is one that the page can follow
_CHECKS: Final[dict[str, Check]] = {
    "map": _is_map,
    "place": _in("places"),
    "article": _in("articles"),
    "area": _in("areas"),
    "view": _one_of(*_VIEWS),
    "chapter": _is_percent,
    "time": _is_axis,
    "from": _is_day,
    "to": _is_day,
    "kind": _one_of("literal", "associative", _NOTHING),
    "status": _one_of("resolved", "ambiguous", "unknown", _NOTHING),
    "ambiguous": _one_of("0"),
    "undated": _one_of("0", "1", ""),
    "untold": _one_of("0", "1", ""),
    "no-undated": _one_of("", "1"),
    "country": _in_list("countries"),
    "source": _in_list("sources"),
    "article-lang": _is_tag,
    "precision": _in_list("precisions"),
    "feature": _is_feature,
    "confidence": _is_percent,
    "min-confidence": _is_share,
    "copies": _one_of("once"),
    "story-copies": _one_of("once"),
    "described": _one_of("0"),
    "size": _one_of("mentions", "articles", "stories"),
    "speed": _one_of("1", "2", "4"),
    "compare": _is_side,
    "heat": _one_of("1"),
    "step": _one_of("day", "week", "month"),
    "window": _one_of("grows"),
    "rows": _one_of("places"),
    "order": lambda value, _known: re.fullmatch(r"-?[a-z]+[0-9]*", value) is not None,
}
