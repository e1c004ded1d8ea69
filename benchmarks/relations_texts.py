"""Score relations on a folder of annotated texts: FOLDER holds NAME.txt files and a gold.json with toponyms and relations.

usage: python benchmarks/relations_texts.py FOLDER [--raw] [--misses] [--found] [--json]

Each relation of gold.json has start, end, text, anchor_surface (several joined by "|"), type, distance_km and
azimuth. A relation is found where its phrase overlaps an annotated one that starts from the same name ("the city"
and the like stand for any); strictly where its type is the annotated one, alike where it is one that a reader
could take as well (outskirts are a part or near, a road leads along or between). Each annotated one counts once.
Of those found: whether the azimuth is the annotated one, and the distance within five percent; and of those with
both, whether the point lies within the name's tolerance and 15 % of the distance from where it should.

By default the annotated names are given, with --raw they are found first. --misses prints what is wrong, --found
what is right, --json one object with all counts.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from geopy.distance import geodesic

from geomap import Article, Geoparser

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geomap.model import Resolution

#: a distance this far off is right; an azimuth this far off, in degrees, too
DISTANCE_SHARE, AZIMUTH_DEGREES = 0.05, 1.0
#: where an offset leads may be this share of its distance off, beyond the tolerance of the name
OFFSET_SHARE = 0.15
#: types that a reader could take for each other
ALIKE = {
    "part": {"near", "direction"},
    "near": {"part", "border", "distance", "direction", "along", "between"},
    "direction": {"part", "offset", "near", "along"},
    "offset": {"direction", "distance"},
    "distance": {"near", "offset"},
    "along": {"between", "near", "direction"},
    "between": {"along", "border"},
    "border": {"near", "between", "part"},
}
RESPECTS = ("azimuth", "distance", "point")


@dataclass(slots=True)
class Tally:
    """Counts of a set of texts, each by the type of relation."""

    texts: int = 0
    annotated: Counter[str] = field(default_factory=Counter)
    proposed: Counter[str] = field(default_factory=Counter)
    strict: Counter[str] = field(default_factory=Counter)
    alike: Counter[str] = field(default_factory=Counter)
    #: what was found, by what was proposed
    strict_of_proposed: Counter[str] = field(default_factory=Counter)
    alike_of_proposed: Counter[str] = field(default_factory=Counter)
    #: of what was found: how many were asked for, how many are right
    asked: Counter[str] = field(default_factory=Counter)
    right: Counter[str] = field(default_factory=Counter)
    misses: list[str] = field(default_factory=list)
    found: list[str] = field(default_factory=list)


def read_texts(folder: Path) -> list[dict[str, Any]]:
    """Return the annotated texts of a folder, each with its ``id`` and its ``text``."""
    gold = json.loads((folder / "gold.json").read_text("utf-8"))
    return [
        {"id": name, "text": (folder / f"{name}.txt").read_bytes().decode("utf-8"), **record}
        for name, record in gold.items()
    ]


def is_same_name(surface: str, anchors: str) -> bool:
    """Return whether a mention's words are those of one of the anchors, or of one that is no name."""
    ours = surface.casefold()
    for anchor in anchors.split("|"):
        theirs = anchor.casefold()
        if anchor[:1].islower() or ours in theirs or theirs in ours:
            return True
    return False


def _fits(item: Resolution, gold: dict[str, Any], names: dict[str, list[str]]) -> bool:
    relation = item.relation
    if relation is None or not (relation.start < gold["end"] and gold["start"] < relation.end):
        return False
    surfaces = [item.mention.surface]
    for place_id in relation.others:
        surfaces += names.get(place_id, [])
    return any(is_same_name(surface, gold["anchor_surface"]) for surface in surfaces)


def _expected_point(gold: dict[str, Any], record: dict[str, Any]) -> tuple[Any, float] | None:
    """Return where an offset leads from its annotated anchor, and how far off another's may be."""
    if not gold["distance_km"] or gold["azimuth"] is None:
        return None
    named = [
        name
        for name in record["toponyms"]
        if name["lat"] is not None and is_same_name(name["surface"], gold["anchor_surface"])
    ]
    if not named:
        return None
    anchor = min(named, key=lambda name: abs(name["start"] - gold["start"]))
    leads_to = geodesic(kilometers=gold["distance_km"]).destination(
        (anchor["lat"], anchor["lon"]), gold["azimuth"]
    )
    return leads_to, (anchor["tol_km"] or 0.0) + OFFSET_SHARE * gold["distance_km"]


def _add_respects(tally: Tally, gold: dict[str, Any], item: Resolution, record: Any) -> None:
    relation = item.relation
    if relation is None:
        return
    checks = {}
    if gold["azimuth"] is not None:
        turn = abs((999.0 if relation.azimuth is None else relation.azimuth) - gold["azimuth"])
        checks["azimuth"] = turn <= AZIMUTH_DEGREES
    if gold["distance_km"] is not None:
        off = abs((relation.distance_km or 0.0) - gold["distance_km"])
        checks["distance"] = off <= DISTANCE_SHARE * gold["distance_km"]
    expected = _expected_point(gold, record)
    if expected is not None:
        where, tolerance = expected
        checks["point"] = geodesic(where, (relation.lat, relation.lon)).km <= tolerance
    for what, right in checks.items():
        tally.asked[what] += 1
        tally.right[what] += right
        if not right:
            tally.misses.append(f"{record['id']} {what}: {gold['text']!r}: {relation!r:.180}")


def score(records: Sequence[dict[str, Any]], geoparser: Geoparser, *, given: bool) -> Tally:
    """Score texts, with the annotated names given or found first."""
    tally = Tally(texts=len(records))
    for record in records:
        _score_text(tally, record, geoparser, given=given)
    return tally


def _score_text(tally: Tally, record: Any, geoparser: Geoparser, *, given: bool) -> None:
    text = record["text"]
    spans = tuple((name["start"], name["end"]) for name in record["toponyms"]) if given else None
    resolutions = geoparser.parse(Article(id=record["id"], text=text, spans=spans))
    names: dict[str, list[str]] = {}
    for item in resolutions:
        if item.place is not None:
            names.setdefault(item.place.id, []).append(item.mention.surface)
    left = [item for item in resolutions if item.relation]
    tally.proposed.update(item.relation.type for item in left if item.relation)
    for gold in record["relations"]:
        kind = gold["type"]
        tally.annotated[kind] += 1
        fitting = [item for item in left if _fits(item, gold, names)]
        fitting.sort(key=lambda item: item.relation is not None and item.relation.type != kind)
        near = [i for i in fitting if i.relation and i.relation.type in (kind, *ALIKE[kind])]
        if not near:
            around = text[max(0, gold["start"] - 40) : gold["end"] + 40].replace("\n", " ")
            tally.misses.append(f"{record['id']} missed ({kind}): {gold['text']!r} in {around!r}")
            continue
        item = near[0]
        left.remove(item)
        ours = item.relation.type if item.relation else ""
        tally.alike[kind] += 1
        tally.alike_of_proposed[ours] += 1
        if ours == kind:
            tally.strict[kind] += 1
            tally.strict_of_proposed[kind] += 1
            tally.found.append(f"{record['id']} {kind}: {gold['text']!r}")
        else:
            tally.misses.append(f"{record['id']} {ours} for {kind}: {gold['text']!r}")
        _add_respects(tally, gold, item, record)
    for item in left:
        if item.relation:
            low, high = item.relation.start, item.relation.end
            around = text[max(0, low - 30) : high + 30].replace("\n", " ")
            tally.misses.append(
                f"{record['id']} invented ({item.relation.type}): {item.relation.text!r} in {around!r}"
            )


def rates(hits: int, proposed: int, annotated: int) -> tuple[float, float, float]:
    """Return precision, recall and F1."""
    precision, recall = hits / max(proposed, 1), hits / max(annotated, 1)
    return precision, recall, 2 * precision * recall / max(precision + recall, 1e-9)


def table(tally: Tally) -> str:
    """Return the counts and scores by type of relation, and of all."""
    lines = [
        "| type | annotated | proposed | found, strict | found, alike | precision | recall | F1 | F1, alike |",
        "|" + " --- |" * 9,
    ]
    for kind in [*sorted(tally.annotated), "all"]:

        def count(counts: Counter[str], kind: str = kind) -> int:
            return counts.total() if kind == "all" else counts[kind]

        annotated, proposed = count(tally.annotated), count(tally.proposed)
        precision, recall, f1 = rates(count(tally.strict), proposed, annotated)
        alike_precision = count(tally.alike_of_proposed) / max(proposed, 1)
        alike_recall = count(tally.alike) / max(annotated, 1)
        alike = 2 * alike_precision * alike_recall / max(alike_precision + alike_recall, 1e-9)
        lines.append(
            f"| {kind} | {annotated} | {proposed} | {count(tally.strict)} | {count(tally.alike)} "
            f"| {precision:.3f} | {recall:.3f} | {f1:.3f} | {alike:.3f} |"
        )
    respects = [f"{what}: {tally.right[what]} of {tally.asked[what]} right" for what in RESPECTS]
    return "\n".join([*lines, *respects])


def main() -> None:
    """Score a folder and print what was asked for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--raw", action="store_true")
    parser.add_argument("--misses", action="store_true")
    parser.add_argument("--found", action="store_true")
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    tally = score(read_texts(options.folder), Geoparser(), given=not options.raw)
    if options.found:
        print(*tally.found, sep="\n")
    if options.misses:
        print(*tally.misses, sep="\n")
    if options.json:
        names = ("annotated", "proposed", "strict", "alike", "asked", "right")
        print(json.dumps({name: dict(sorted(getattr(tally, name).items())) for name in names}))
    else:
        print(table(tally))


if __name__ == "__main__":
    main()
