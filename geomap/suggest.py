"""List the names in a person's articles that look like places and that no gazetteer knows, to be filled in and added.

The table that comes out is the one that ``geomap gazetteer build --add`` reads, once somebody has filled in ``lat`` and ``lon``.
"""

from __future__ import annotations

import csv
import io
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from geomap.export.csv import safe_cell
from geomap.gazetteer.search import search_places
from geomap.runtime.atomic import atomic_writer
from geomap.text import fold_name

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from geomap.gazetteer.lookup import Gazetteer
    from geomap.records import MentionRecord

__all__ = ["SUGGESTION_COLUMNS", "Suggestion", "suggest_places", "write_suggestions"]

SUGGESTION_COLUMNS: Final = (
    *("name", "lat", "lon", "country", "admin1", "admin2", "feature", "tol_km"),
    *("count", "articles", "within", "nearest", "sentence"),
)
#: known spellings that are listed beside a name
_MOST_NEAREST: Final = 3
#: names that are kept at once; text never ends, and a name that comes once may wait
_MOST_NAMES: Final = 100_000


@dataclass(slots=True)
class Suggestion:
    """A name that is not known: how often it came, an example, and where the articles put it."""

    name: str
    country: str
    count: int = 0
    sentence: str = ""
    articles: set[str] = field(default_factory=set)
    within: Counter[tuple[str, str, str]] = field(default_factory=Counter)
    nearest: tuple[str, ...] = ()


def suggest_places(
    records: Iterable[MentionRecord], gazetteer: Gazetteer, *, least: int = 1
) -> list[Suggestion]:
    """Return the names of unknown places, the most frequent first.

    Args:
        records: Mention records; those of unknown places count.
        gazetteer: Where the nearest known spellings are looked for.
        least: How often a name must come.
    """
    found: dict[tuple[str, str], Suggestion] = {}
    for record in records:
        if record["status"] != "unknown" or record["kind"] != "literal":
            continue
        key = fold_name(record["surface"]), record["country"] or ""
        known = found.get(key)
        if known is None:
            if len(found) >= _MOST_NAMES:
                continue
            known = found[key] = Suggestion(" ".join(record["surface"].split()), key[1])
            known.sentence = record["snippet"]
        known.count += 1
        known.articles.add(record["article_id"])
        unit = record["within_name"] or "", record["admin1"] or "", record["admin2"] or ""
        known.within[unit] += 1
    kept = [item for item in found.values() if item.count >= least]
    kept.sort(key=lambda item: (-item.count, item.country, item.name))
    for item in kept:
        item.nearest = _nearest(gazetteer, item)
    return kept


def _nearest(gazetteer: Gazetteer, item: Suggestion) -> tuple[str, ...]:
    """Return the known spellings that are most like a name, with their ids: the place may only be spelt otherwise."""
    countries = frozenset([item.country]) if item.country else frozenset()
    matches = search_places(
        gazetteer, item.name, countries=countries, fuzzy=True, limit=_MOST_NEAREST
    )
    return tuple(f"{match.place.name} ({match.place.id})" for match in matches)


def _cells(item: Suggestion) -> list[str]:
    (within, admin1, admin2), _ = min(item.within.items(), key=lambda pair: (-pair[1], pair[0]))
    cells = [
        *(item.name, "", "", item.country, admin1, admin2, "PPL", ""),
        *(str(item.count), str(len(item.articles)), within, "; ".join(item.nearest), item.sentence),
    ]
    return [str(safe_cell(cell)) for cell in cells]


def write_suggestions(suggestions: Iterable[Suggestion], path: str | Path) -> None:
    """Write suggestions as a table whose ``lat`` and ``lon`` are to be filled in.

    Raises:
        OutputError: The file cannot be written.
    """
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(SUGGESTION_COLUMNS)
    writer.writerows(_cells(item) for item in suggestions)
    with atomic_writer(path) as file:
        file.write(text.getvalue().encode())
