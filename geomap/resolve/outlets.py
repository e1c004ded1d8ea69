"""The home towns of well-known outlets: one more name that their articles speak of without writing it.

Only what the table outlets.csv lists has a home; nothing is guessed from the words of a domain. Wire
services, national and global broadcasters and magazines stand in the table without one.
"""

from __future__ import annotations

import csv
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING, Final, NamedTuple
from urllib.parse import urlsplit

from geomap.gazetteer.paths import table_path
from geomap.resolve.clues import Clues
from geomap.resolve.decide import holds_any, is_held
from geomap.resolve.scene import Subject
from geomap.text import fold_name

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from collections.abc import Set as AbstractSet

    from geomap.model import Article, Candidate, Evidence, Place, Resolution
    from geomap.recognise.names import Name, Names
    from geomap.recognise.options import Option
    from geomap.resolve.decide import Decision, Resolver
    from geomap.resolve.scene import SubjectKey

__all__ = [
    "Outlet",
    "decide_at_home",
    "find_home",
    "find_home_name",
    "find_outlet",
    "tell_home",
]

#: longer sources and URLs are no outlet's; they come from articles that nobody vouches for
_LONGEST: Final = 2000
#: labels of the longest host in the table, and some more: parents of longer ones are looked for so far
_MOST_LABELS: Final = 6


class Outlet(NamedTuple):
    """A row of the table: an outlet, and its home town, None where it has none."""

    name: str
    place_id: str | None
    place: str


@cache
def _tables() -> tuple[Mapping[str, Outlet], Mapping[str, Outlet]]:
    """Return the outlets by folded name, and by domain."""
    names: dict[str, Outlet] = {}
    domains: dict[str, Outlet] = {}
    with table_path("outlets.csv").open(encoding="utf-8", newline="") as file:
        rows = csv.reader(file)
        next(rows)
        for name, its_domains, place_id, place, *_ in rows:
            outlet = Outlet(name, place_id or None, place)
            names[_name_key(name)] = outlet
            domains.update(dict.fromkeys(filter(None, its_domains.split("|")), outlet))
    return names, domains


def _name_key(name: str) -> str:
    return fold_name(name).removeprefix("the ")


def _find_by_host(host: str) -> Outlet | None:
    """Return the outlet of a host or of the nearest of its parents."""
    domains = _tables()[1]
    labels = host.lower().rstrip(".").split(".")[-_MOST_LABELS:]
    for first in range(len(labels) - 1):
        known = domains.get(".".join(labels[first:]))
        if known is not None:
            return known
    return None


def _find_by_url(url: str) -> Outlet | None:
    try:
        host = urlsplit(url if "//" in url else f"//{url}").hostname
    except ValueError:  # such as a bracket that is never closed
        return None
    return _find_by_host(host) if host else None


def find_outlet(source: str | None, url: str | None) -> Outlet | None:
    """Return the outlet of an article, None where the table does not list it.

    Args:
        source: The outlet's name, with or without "The" and in any case, or its domain. It comes
            before the URL: what a newspaper prints from a wire service has no home.
        url: Where the article stands; its host counts, else the nearest of the host's parents.
    """
    if source and len(source) <= _LONGEST:
        known = _tables()[0].get(_name_key(source))
        if known is None and "." in source and " " not in source.strip():
            known = _find_by_url(source.strip())
        if known is not None:
            return known
    return _find_by_url(url) if url and len(url) <= _LONGEST else None


def find_home(source: str | None, url: str | None) -> str | None:
    """Return the place id of an outlet's home town, None where it has none or is not known.

    Args:
        source: The outlet's name or domain.
        url: Where the article stands.

    Example:
        >>> find_home("the taipei times", None)
        'geonames:1668341'
        >>> find_home(None, "https://www.taipeitimes.com/News/1") == find_home("Taipei Times", None)
        True
        >>> find_home("Reuters", "https://www.taipeitimes.com/News/1") is None
        True
    """
    outlet = find_outlet(source, url)
    return outlet.place_id if outlet else None


def find_home_name(article: Article, names: Names) -> Name | None:
    """Return the home of an article's outlet as a name that means this place alone.

    None where the outlet is not known or has no home, or where the gazetteer does not hold the place.
    """
    if not (article.source or article.url):
        return None
    outlet = find_outlet(article.source, article.url)
    if outlet is None or outlet.place_id is None:
        return None
    return names.of_place(outlet.place_id)


def decide_at_home(
    resolver: Resolver,
    subjects: Mapping[SubjectKey, Subject],
    voters: AbstractSet[str],
    home: Name | None,
) -> dict[SubjectKey, Decision]:
    """Return what is decided on each subject of an article, its outlet's home being one more voter.

    What the text puts into a country or unit outright ("Paris, Texas") stays there: a subject that the
    home would move out of it is decided as if there were none.
    """
    if home is None:
        return resolver.decide(subjects, voters)
    everyone = {**subjects, (home.key,): Subject(home, Clues())}
    decisions = resolver.decide(everyone, voters | {home.key})
    strays = [key for key, subject in subjects.items() if _strays(subject, decisions[key])]
    if strays:
        without = resolver.decide(subjects, voters)
        decisions.update((key, without[key]) for key in strays)
    return decisions


def _strays(subject: Subject, decision: Decision) -> bool:
    """Tell whether another candidate fits what stands beside a name, and the best does not."""
    options = subject.name.options
    clues = subject.clues
    holders = clues.held_by or subject.held_elsewhere
    if len(options) == 1 or not (holders or clues.holds):
        return False
    best = options[decision.best]
    return _is_outside(best, options, holders, is_held) or _is_outside(
        best, options, clues.holds, holds_any
    )


def _is_outside(
    best: Option,
    options: Sequence[Option],
    others: Sequence[Name],
    fits: Callable[[Option, Name], bool],
) -> bool:
    if any(fits(best, other) for other in others):
        return False
    return any(fits(option, other) for option in options for other in others)


def tell_home(found: Resolution, home: Place) -> Resolution:
    """Return a resolution whose evidence says where the outlet's home town had a part in it."""
    candidates = tuple(_tell_candidate(candidate, home) for candidate in found.candidates)
    return replace(found, candidates=candidates)


def _tell_candidate(candidate: Candidate, home: Place) -> Candidate:
    shared = _shared_features(candidate.place, home)
    detail = f"with the home of the outlet: {home.name}"
    evidence = tuple(_tell_evidence(item, shared, detail) for item in candidate.evidence)
    return replace(candidate, evidence=evidence)


def _tell_evidence(item: Evidence, shared: frozenset[str], detail: str) -> Evidence:
    return replace(item, detail=detail) if item.feature in shared and not item.detail else item


def _shared_features(place: Place, home: Place) -> frozenset[str]:
    """Return the features of a candidate that the home's vote adds to."""
    shared: frozenset[str] = frozenset()
    if not place.country or place.country != home.country:
        return shared
    shared |= _COUNTRY
    if place.admin1_id and place.admin1_id == home.admin1_id:
        shared |= _UNIT
        if place.admin2_id and place.admin2_id == home.admin2_id:
            shared |= _SUBUNIT
    return shared


_COUNTRY: Final = frozenset(["country_votes", "country_share", "country_focus"])
_UNIT: Final = frozenset(["unit_votes", "unit_share", "unit_focus"])
_SUBUNIT: Final = frozenset(["subunit_votes"])
