"""Write misses to a file, grouped by cause: as JSON lines, or as CSV for a spreadsheet."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from geomap.errors import OutputError
from geomap.evaluate.misses import CAUSES
from geomap.export.csv import safe_cell
from geomap.runtime.atomic import atomic_writer

if TYPE_CHECKING:
    from collections.abc import Iterable

    from geomap.evaluate.misses import Miss
    from geomap.model import Candidate, Evidence, Place

__all__ = ["check_listing", "miss_record", "write_misses"]

_SUFFIXES: Final = (".csv", ".jsonl")
#: the strongest reasons that are listed for a span and for each candidate
_MOST_EVIDENCE: Final = 8


def check_listing(path: str | Path) -> None:
    """Raise OutputError where the suffix of a file is neither .jsonl nor .csv."""
    if Path(path).suffix.lower() not in _SUFFIXES:
        raise OutputError(
            f"cannot tell the format of {str(path)!r}: expected a name that ends with one of "
            f"{', '.join(_SUFFIXES)}"
        )


def _place_record(place: Place | None) -> dict[str, Any] | None:
    if place is None:
        return None
    names = ("id", "name", "feature", "country", "admin1", "admin2", "lat", "lon", "population")
    return {name: getattr(place, name) for name in names}


def _evidence_record(evidence: Iterable[Evidence]) -> list[dict[str, Any]]:
    strongest = sorted(evidence, key=lambda item: -abs(item.value * item.weight))
    return [
        {
            "feature": item.feature,
            "value": round(item.value, 3),
            "weight": round(item.weight, 3),
            "detail": item.detail,
        }
        for item in strongest[:_MOST_EVIDENCE]
    ]


def _candidate_record(candidate: Candidate) -> dict[str, Any]:
    return {
        "place": _place_record(candidate.place),
        "score": round(candidate.score, 3) if candidate.evidence else None,
        "evidence": _evidence_record(candidate.evidence),
    }


def miss_record(miss: Miss, corpus: str) -> dict[str, Any]:
    """Return a miss as plain values, for JSON."""
    gold, found = miss.expected, miss.found
    return {
        "cause": miss.cause,
        "corpus": corpus,
        "mode": miss.mode,
        "article_id": miss.article_id,
        "start": miss.start,
        "end": miss.end,
        "surface": miss.surface,
        "sentence": miss.sentence,
        "error_km": None if miss.error_km is None else round(miss.error_km, 1),
        "expected": None
        if gold is None
        else {"lat": gold.lat, "lon": gold.lon, "place_id": gold.place_id, "kind": gold.kind},
        "expected_place": _place_record(miss.expected_place),
        "found": None
        if found is None
        else {
            "start": found.mention.start,
            "end": found.mention.end,
            "surface": found.mention.surface,
            "kind": found.mention.kind,
            "status": found.status,
            "confidence": round(found.confidence, 3),
            "place": _place_record(found.place),
        },
        "candidates": [_candidate_record(candidate) for candidate in miss.candidates],
        "evidence": _evidence_record(miss.evidence),
    }


def _place_text(place: dict[str, Any] | None) -> str | None:
    if place is None:
        return None
    parts = filter(None, (place["admin2"], place["admin1"], place["country"], place["feature"]))
    return f"{place['name']} ({', '.join(parts)}; {place['lat']:.3f} {place['lon']:.3f}; {place['id']})"


def _evidence_text(evidence: list[dict[str, Any]]) -> str:
    return "; ".join(
        item["detail"] or f"{item['feature']} {item['value'] * item['weight']:+.2f}"
        for item in evidence
    )


_PLAIN: Final = tuple("cause corpus mode article_id start end surface sentence error_km".split())


def _flat(record: dict[str, Any]) -> dict[str, Any]:
    """Return a record with one plain value in each cell."""
    gold, found = record["expected"] or {}, record["found"] or {}
    candidates = (
        " ".join(filter(None, (_place_text(item["place"]), _score_text(item["score"]))))
        for item in record["candidates"]
    )
    return {name: record[name] for name in _PLAIN} | {
        "expected": _place_text(record["expected_place"]),
        "expected_lat": gold.get("lat"),
        "expected_lon": gold.get("lon"),
        "expected_id": gold.get("place_id"),
        "found": found.get("surface"),
        "found_kind": found.get("kind"),
        "found_confidence": found.get("confidence"),
        "found_place": _place_text(found.get("place")),
        "candidates": " | ".join(candidates),
        "evidence": _evidence_text(record["evidence"]),
    }


def _score_text(score: float | None) -> str | None:
    return None if score is None else f"{score:+.2f}"


_COLUMNS: Final = (
    *_PLAIN,
    *"expected expected_lat expected_lon expected_id found found_kind found_confidence".split(),
    *"found_place candidates evidence".split(),
)


def _to_csv(records: list[dict[str, Any]]) -> str:
    text = io.StringIO()
    writer = csv.DictWriter(text, _COLUMNS, lineterminator="\n")
    writer.writeheader()
    for record in records:
        writer.writerow({name: safe_cell(cell) for name, cell in _flat(record).items()})
    return text.getvalue()


def _to_jsonl(records: list[dict[str, Any]]) -> str:
    return "".join(json.dumps(record, ensure_ascii=False) + "\n" for record in records)


def write_misses(misses: Iterable[tuple[str, Miss]], path: str | Path) -> int:
    """Write misses, each with the name of its corpus, grouped by cause; return how many.

    Raises:
        OutputError: The suffix is neither .jsonl nor .csv, or the file cannot be written.
    """
    check_listing(path)
    order = {cause: rank for rank, cause in enumerate(CAUSES)}
    ranked = sorted(misses, key=lambda pair: order[pair[1].cause])
    records = [miss_record(miss, corpus) for corpus, miss in ranked]
    encode = _to_csv if Path(path).suffix.lower() == ".csv" else _to_jsonl
    with atomic_writer(path) as file:
        file.write(encode(records).encode("utf-8", errors="replace"))
    return len(records)
