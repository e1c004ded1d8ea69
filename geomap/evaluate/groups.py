"""What comes out right by region and by level, where a corpus annotates them: places, pins, kinds, units and towns.

A found name counts for an annotated one where their bounds are the same (less a unit word behind it), or else where it covers half
of it.
"""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from typing import TYPE_CHECKING, Any, Final

from geomap.evaluate.scores import kilometres
from geomap.gazetteer.classes import is_country, is_populated, place_precision, unit_level

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from geomap.corpora import GoldToponym
    from geomap.evaluate.scores import Parsed
    from geomap.model import Resolution

__all__ = ["Group", "find_groups"]

#: a place may be so far off, whatever the annotator's tolerance
_TOLERANCE_KM: Final = 10.0
_COUNTRY: Final = "country"
#: levels whose places may lie in several countries
_BORDERLESS: Final = ("region", "water")
#: the name of the group of all
ALL: Final = "all"


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """Counts over the names of one region or level.

    ``literal`` annotated literal names whose place is known, ``literal_right`` those whose place came out right; ``below`` and
    ``below_right`` those of them below country level; ``pins`` found literal names drawn as a point, ``pins_right``, ``pins_abroad`` (in
    another country) and ``pins_on_nothing`` (where nothing is annotated); ``kinds`` and ``levels`` found names whose kind, or
    whether they are a unit or a town, is annotated; ``open`` those of them for which the other of the two was kept as well, and
    ``open_right`` those where one of both is the annotated place.
    """

    name: str = ALL
    literal: int = 0
    literal_right: int = 0
    below: int = 0
    below_right: int = 0
    pins: int = 0
    pins_right: int = 0
    pins_abroad: int = 0
    pins_on_nothing: int = 0
    kinds: int = 0
    kinds_right: int = 0
    levels: int = 0
    levels_right: int = 0
    open: int = 0
    open_right: int = 0

    def __add__(self, other: Group) -> Group:
        """Return the counts of both, under the name of the first."""
        counts = {
            item.name: getattr(self, item.name) + getattr(other, item.name)
            for item in fields(self)
            if item.name != "name"
        }
        return Group(name=self.name, **counts)

    def share(self, counted: str) -> float | None:
        """Return the share of a count that came out right; None where there is nothing to count.

        >>> Group(pins=4, pins_right=3).share("pins"), Group().share("pins")
        (0.75, None)
        """
        whole: int = getattr(self, counted)
        return getattr(self, f"{counted}_right") / whole if whole else None

    def to_record(self) -> dict[str, Any]:
        """Return the counts as plain values, for JSON."""
        return {item.name: getattr(self, item.name) for item in fields(self)}


def find_groups(parsed: Iterable[Parsed]) -> tuple[Group, ...]:
    """Return the counts of all articles, of each region and of each level; none where no levels are annotated.

    Found names that cover none that is annotated count for the article's region, and for no level.
    """
    by_name: dict[str, Group] = {}
    levels: dict[str, Group] = {}
    for item in parsed:
        if not any(gold.level for gold in item.article.toponyms):
            continue
        for level, counts in _count(item):
            for name in filter(None, (ALL, item.article.region)):
                by_name[name] = by_name.get(name, Group(name=name)) + counts
            if level is not None:
                levels[level] = levels.get(level, Group(name=level)) + counts
    regions = sorted(name for name in by_name if name != ALL)
    return (
        *(by_name[name] for name in (ALL, *regions) if name in by_name),
        *(levels[level] for level in sorted(levels)),
    )


def _count(parsed: Parsed) -> list[tuple[str | None, Group]]:
    """Return the counts of each annotated name with its level, and of each found name that covers none."""
    found = list(parsed.resolutions)
    used: set[int] = set()
    counted: list[tuple[str | None, Group]] = []
    for gold in sorted(parsed.article.toponyms, key=lambda item: item.start):
        index = _match(gold.bounds, found, used)
        if index is not None:
            used.add(index)
        counted.append((gold.level, _judge(gold, None if index is None else found[index])))
    for bounds in parsed.article.embedded:
        index = _match((bounds,), found, used)
        if index is not None:
            used.add(index)
            mention = found[index]
            is_right = mention.mention.kind == "embedded"
            wrong_pin = int(_is_pin(mention))
            counted.append((None, Group(kinds=1, kinds_right=int(is_right), pins=wrong_pin)))
    pins = sum(_is_pin(item) for index, item in enumerate(found) if index not in used)
    counted.append((None, Group(pins=pins, pins_on_nothing=pins)))
    return counted


def _match(
    bounds: Sequence[tuple[int, int]], found: Sequence[Resolution], used: set[int]
) -> int | None:
    """Return which found name stands for an annotated one; None for none."""
    free = [index for index in range(len(found)) if index not in used]
    for index in free:
        mention = found[index].mention
        if (mention.start, mention.end) in bounds:
            return index
    start, end = bounds[0]
    covered = {
        index: min(found[index].mention.end, end) - max(found[index].mention.start, start)
        for index in free
    }
    best = max(free, key=lambda index: covered[index], default=None)
    return best if best is not None and covered[best] * 2 >= end - start else None


def _judge(gold: GoldToponym, item: Resolution | None) -> Group:
    """Return the counts of one annotated name and what was found for it."""
    is_known = gold.level == _COUNTRY or gold.lat is not None
    is_literal = gold.kind == "literal" and is_known
    is_below = is_literal and gold.level != _COUNTRY
    is_named = item is not None and item.mention.kind != "embedded"
    is_right = item is not None and is_named and _is_right(gold, item)
    is_pin = item is not None and _is_pin(item)
    place = item.place if item is not None else None
    is_abroad = (
        is_pin
        and not is_right
        and place is not None
        and bool(gold.country and place.country and gold.country != place.country)
    )
    has_level = is_named and place is not None and gold.level is not None
    other = item.other if item is not None and has_level and is_below else None
    return Group(
        literal=int(is_literal),
        literal_right=int(is_literal and is_right),
        below=int(is_below),
        below_right=int(is_below and is_right),
        pins=int(is_pin),
        pins_right=int(is_pin and is_right),
        pins_abroad=int(is_abroad),
        kinds=int(item is not None and gold.kind is not None),
        kinds_right=int(item is not None and gold.kind == item.mention.kind),
        levels=int(has_level),
        levels_right=int(has_level and place is not None and _is_of_level(gold, place.feature)),
        open=int(other is not None),
        open_right=int(
            item is not None
            and other is not None
            and any(_is_exactly(gold, replace(item, place=one)) for one in (place, other))
        ),
    )


def _is_exactly(gold: GoldToponym, item: Resolution) -> bool:
    """Return whether a found name means the annotated place, and not the unit or town of its name."""
    is_of_level = item.place is not None and _is_of_level(gold, item.place.feature)
    return is_of_level and _is_right(gold, item)


def _is_pin(item: Resolution) -> bool:
    """Return whether a name is drawn as a point: the place itself, known by its own point."""
    place = item.place
    is_literal = item.mention.kind == "literal" and place is not None
    return is_literal and place is not None and place_precision(place.feature) == 1


def _is_right(gold: GoldToponym, item: Resolution) -> bool:
    """Return whether a found name means the annotated place."""
    place = item.place
    if place is None:
        return False
    whole = is_country(place.feature)
    if gold.level == _COUNTRY or whole:
        return whole and gold.level == _COUNTRY and place.country == gold.country
    if gold.lat is None:
        return False
    if gold.level not in _BORDERLESS and gold.country and place.country not in (None, gold.country):
        return False
    apart = kilometres(gold.lat, gold.lon, place.lat, place.lon)
    return apart <= max(gold.tol_km or 0.0, _TOLERANCE_KM)


def _is_of_level(gold: GoldToponym, feature: str) -> bool:
    """Return whether a place is a unit where one is annotated, and a town where one is."""
    level = gold.level or ""
    if level.startswith("admin"):
        return unit_level(feature) > 0 or feature.startswith("RGN")
    if level in ("settlement", "quarter", "camp"):
        return is_populated(feature) or place_precision(feature) == 1
    return True
