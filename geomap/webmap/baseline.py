"""An earlier table of mentions, with which a page compares what it shows: counts of its places."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING, Any, Final

from geomap.webmap.cells import Cells
from geomap.webmap.placing import DRAWN_KINDS, feature_precision
from geomap.webmap.security import clean_text

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

__all__ = ["compare_places", "read_baseline"]

_COLUMNS: Final = (
    *("article_id", "kind", "status", "place_id", "name", "lat", "lon", "country", "feature"),
)
#: places of the earlier table alone that a page has, those with the most mentions
_MOST_GONE: Final = 2_000
_NAME_LIMIT: Final = 120


def read_baseline(source: Any) -> list[dict[str, Any]]:
    """Count the mentions and articles of each place of an earlier table.

    Args:
        source: Whatever :func:`geomap.read_table` takes: a file, a frame, or mention records.

    Returns:
        A record for each place: ``id``, ``name``, ``lat``, ``lon``, ``country``, ``precision``, ``mentions``, ``articles``.

    Raises:
        TableError: It cannot be read, or is no such table; the message says where.
    """
    from geomap.tables import read_table  # noqa: PLC0415 - pandas, which few maps need

    cells = Cells(read_table(source))
    columns = (cells.read(name) for name in _COLUMNS)
    mentions: Counter[str] = Counter()
    articles: defaultdict[str, set[str]] = defaultdict(set)
    places: dict[str, dict[str, Any]] = {}
    for article, kind, status, id_, name, lat, lon, country, feature in zip(*columns, strict=True):
        if kind not in DRAWN_KINDS or status == "unknown" or not id_ or lat is None or lon is None:
            continue
        key = clean_text(id_, _NAME_LIMIT)
        mentions[key] += 1
        articles[key].add(str(article))
        places.setdefault(
            key,
            {
                "id": key,
                "name": clean_text(name, _NAME_LIMIT) or key,
                "lat": round(float(lat), 5),
                "lon": round(float(lon), 5),
                "country": clean_text(country, 2).upper(),
                "precision": feature_precision(feature),
            },
        )
    return [
        places[key] | {"mentions": mentions[key], "articles": len(articles[key])}
        for key in sorted(places)
    ]


def compare_places(
    earlier: Sequence[Mapping[str, Any]], ids: Sequence[str], name: str
) -> dict[str, Any]:
    """What a page has of an earlier table.

    Args:
        earlier: Its places, from :func:`read_baseline`.
        ids: Ids of the page's places, in their order.
        name: What the table is called.

    Returns:
        ``name``, the ``mentions`` and ``articles`` that each of the page's places had, and ``gone``: places that
        are not on the page, the most mentioned first.
    """
    known = {place["id"]: place for place in earlier}
    here = set(ids)
    gone = [place for place in earlier if place["id"] not in here]
    gone.sort(key=lambda place: (-place["mentions"], place["id"]))
    return {
        "name": clean_text(name, _NAME_LIMIT),
        "mentions": [known[id_]["mentions"] if id_ in known else 0 for id_ in ids],
        "articles": [known[id_]["articles"] if id_ in known else 0 for id_ in ids],
        "gone": gone[:_MOST_GONE],
    }
