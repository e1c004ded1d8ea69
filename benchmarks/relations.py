"""Score relations on the labelled sentences, and write the section of docs/ACCURACY.md about them.

usage: python benchmarks/relations.py [--set dev|test|all] [--misses] [--cost CORPUS…] [--write]

A relation is found where its phrase overlaps an annotated one, around the same name, with its type or one that
the annotation lists as fit as well (strictly: with its type alone). Of those found: whether the point lies within
the annotation's tolerance, whether the shape is one of those that it allows, and whether the precision code, the
distance and the azimuth are right. "Spans given" resolves the annotated names, "raw text" finds names first.

--misses lists what is wrong in the development half, never in the other. --cost parses the articles of annotated
corpora with and without relations, in turns, and prints how much longer it takes. --write writes the section, with
the cost where corpora are given.
"""

from __future__ import annotations

import argparse
import json
import time
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import shapely
from geopy.distance import geodesic
from sections import write_section

from geomap import Article, Geoparser
from geomap.corpora import read_corpus

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from geomap.model import Relation, Resolution

ROOT = Path(__file__).parent.parent
GOLD = ROOT / "tests" / "gold"
SETS = ("dev", "test")
#: a distance this far off is right; an azimuth this far off, in degrees, too
DISTANCE_SHARE, AZIMUTH_DEGREES = 0.05, 1.0
#: times that a corpus is parsed with and without relations
ROUNDS = 5


@dataclass(slots=True)
class Tally:
    """Counts of one set in one mode."""

    sentences: int = 0
    annotated: Counter[str] = field(default_factory=Counter)
    proposed: Counter[str] = field(default_factory=Counter)
    found: Counter[str] = field(default_factory=Counter)
    strict: Counter[str] = field(default_factory=Counter)
    #: of what was found: how many were asked for, how many are right
    asked: Counter[str] = field(default_factory=Counter)
    right: Counter[str] = field(default_factory=Counter)
    misses: list[str] = field(default_factory=list)

    def scores(self, found: Counter[str] | None = None) -> tuple[float, float, float]:
        """Return precision, recall and F1 of all types."""
        hits = (self.found if found is None else found).total()
        precision = hits / max(self.proposed.total(), 1)
        recall = hits / max(self.annotated.total(), 1)
        return precision, recall, 2 * precision * recall / max(precision + recall, 1e-9)

    @property
    def f1(self) -> float:
        """F1 of detection."""
        return self.scores()[2]

    def share(self, what: str) -> float:
        """Return the share of what was found that is right in a respect."""
        return self.right[what] / max(self.asked[what], 1)


def read_set(name: str) -> list[dict[str, Any]]:
    """Return the labelled sentences of a half."""
    lines = (GOLD / f"relations-{name}.jsonl").read_text("utf-8").splitlines()
    return [json.loads(line) for line in lines]


def shape_of(relation: Relation) -> str:
    """Return what a relation's geometry is: line, ring, disc, part, sector or corridor."""
    wkt = relation.geometry or ""
    if "LINESTRING" in wkt:
        return "line"
    if relation.type == "part":
        return "part"
    if relation.type in ("between", "border") or (
        relation.type == "along" and relation.azimuth is None and relation.others
    ):
        return "corridor"
    if relation.azimuth is not None:
        return "sector"
    if not wkt:
        return "none"
    here = shapely.Point(relation.lon or 0.0, relation.lat or 0.0)
    return "disc" if shapely.from_wkt(wkt).covers(here) else "ring"


def _overlaps(span: tuple[int, int], other: Sequence[int]) -> bool:
    return span[0] < other[1] and other[0] < span[1]


def _add_found(tally: Tally, gold: dict[str, Any], relation: Relation, text: str) -> None:
    """Count what is right about a relation that was found."""
    off = geodesic((gold["lat"], gold["lon"]), (relation.lat, relation.lon)).km
    checks = {
        "point": off <= gold["tolerance_km"],
        "shape": shape_of(relation) in gold["shape"],
        "precision": relation.precision == gold["precision"],
    }
    if gold["distance_km"] is not None:
        given = relation.distance_km or 0.0
        checks["distance"] = (
            abs(given - gold["distance_km"]) <= DISTANCE_SHARE * gold["distance_km"]
        )
    if gold["azimuth"] is not None:
        turn = abs((relation.azimuth if relation.azimuth is not None else 999) - gold["azimuth"])
        checks["azimuth"] = turn <= AZIMUTH_DEGREES
    for what, right in checks.items():
        tally.asked[what] += 1
        tally.right[what] += right
        if not right:
            phrase = text[gold["start"] : gold["end"]]
            detail = {
                "point": f"{off:.0f} km off, tolerance {gold['tolerance_km']}",
                "shape": f"{shape_of(relation)} for {gold['shape']}",
            }
            tally.misses.append(f"{what}: {phrase!r} ({gold['type']}) {detail.get(what, '')}")


def score(records: Sequence[dict[str, Any]], geoparser: Geoparser, *, given: bool) -> Tally:
    """Score one half of the set."""
    tally = Tally(sentences=len(records))
    for record in records:
        text = record["text"]
        spans = tuple((start, end) for start, end in record["spans"]) if given else None
        resolutions = geoparser.parse(Article(id=record["id"], text=text, spans=spans))
        found = [item for item in resolutions if item.relation]
        tally.proposed.update(item.relation.type for item in found if item.relation)
        tally.annotated.update(gold["type"] for gold in record["relations"])
        left = list(found)
        for gold in record["relations"]:
            match = next((item for item in left if _fits(item, gold)), None)
            if match is None or match.relation is None:
                tally.misses.append(
                    f"missed: {text[gold['start'] : gold['end']]!r} ({gold['type']}) in {text!r}"
                )
                continue
            left.remove(match)
            tally.found[gold["type"]] += 1
            tally.strict[gold["type"]] += match.relation.type == gold["type"]
            _add_found(tally, gold, match.relation, text)
        for item in left:
            if item.relation:
                tally.misses.append(
                    f"invented: {item.relation.text!r} ({item.relation.type}) in {text!r}"
                )
    return tally


def _fits(item: Resolution, gold: dict[str, Any]) -> bool:
    relation, mention = item.relation, item.mention
    return (
        relation is not None
        and relation.type in (gold["type"], *gold.get("also", ()))
        and _overlaps((mention.start, mention.end), gold["anchor"])
        and _overlaps((relation.start, relation.end), (gold["start"], gold["end"]))
    )


def type_table(tallies: dict[str, Tally]) -> str:
    """Return found of annotated for each type, spans given."""
    types = sorted({name for tally in tallies.values() for name in tally.annotated})
    head = ["type", *(f"{name}: found of annotated" for name in tallies)]
    rows = [
        [kind, *(f"{tally.found[kind]} of {tally.annotated[kind]}" for tally in tallies.values())]
        for kind in types
    ]
    return _table(head, rows)


def _table(head: list[str], rows: list[list[str]]) -> str:
    lines = [head, ["---"] * len(head), *rows]
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)


_RESPECTS = ("point", "shape", "precision", "distance", "azimuth")


def result_table(tallies: dict[tuple[str, str], Tally]) -> str:
    """Return the scores of each half and mode."""
    head = ["half", "input", "precision", "recall", "F1", "F1, strict", *_RESPECTS]
    rows = []
    for (name, mode), tally in tallies.items():
        values = [*tally.scores(), tally.scores(tally.strict)[2], *map(tally.share, _RESPECTS)]
        rows.append([name, mode, *(f"{value:.3f}" for value in values)])
    return _table(head, rows)


def read_articles(paths: Sequence[Path]) -> Iterator[Article]:
    """Yield the articles of annotated corpora."""
    for path in paths:
        for article in read_corpus(path):
            yield Article(id=article.id, text=article.text)


def measure_cost(paths: Sequence[Path]) -> dict[str, float]:
    """Return the CPU's time an article with and without relations, in milliseconds, and their ratio.

    One geoparser takes the articles in turns, with relations and without; the first round with them, in
    which shapes are drawn for the first time, is told apart.
    """
    articles = list(read_articles(paths))
    geoparser = Geoparser()
    with_relations = geoparser.enrichers
    enrichers = {True: with_relations, False: with_relations[1:]}  # relations come first
    geoparser.enrichers = enrichers[False]
    for article in articles:
        geoparser.parse(article)
    seconds: dict[bool, list[float]] = defaultdict(list)
    relations = 0
    for turn in range(ROUNDS + 1):
        lap = {False: 0.0, True: 0.0}
        for low in range(0, len(articles), 20):
            chunk = articles[low : low + 20]
            wanted = bool((low // 20 + turn) % 2)
            for has_relations in (wanted, not wanted):
                geoparser.enrichers = enrichers[has_relations]
                begin = time.process_time()
                parsed = [geoparser.parse(article) for article in chunk]
                lap[has_relations] += time.process_time() - begin
                if has_relations and not turn:
                    relations += sum(bool(item.relation) for found in parsed for item in found)
        for name, value in lap.items():
            seconds[name].append(value)
    per_article = 1000 / len(articles)
    plain = sum(seconds[False]) / (ROUNDS + 1) * per_article
    related = sum(seconds[True][1:]) / ROUNDS * per_article
    return {
        "articles": len(articles),
        "relations": relations,
        "plain_ms": plain,
        "related_ms": related,
        "share": related / plain - 1,
        "first_share": seconds[True][0] * per_article / plain - 1,
    }


_HEAD = """## Relations

Where a sentence says something is, seen from a place that it names, on sentences of our own
([tests/gold/README.md](../tests/gold/README.md)): rules were written on the development half; of the test half only totals were
looked at. Written by `python benchmarks/relations.py --write`.

A relation is found where its phrase overlaps an annotated one around the same name, with its type or one that the annotation allows
as well; *strict* F1 wants the first type. Of those found, the share whose point lies within the annotated tolerance, whose shape
is one of those allowed, and whose precision code, distance and azimuth are right.
"""


def section(tallies: dict[tuple[str, str], Tally], cost: dict[str, float] | None) -> str:
    """Return the section of docs/ACCURACY.md."""
    sizes = ", ".join(
        f"{name}: {tally.sentences} sentences, {tally.annotated.total()} relations"
        for (name, mode), tally in tallies.items()
        if mode == "spans given"
    )
    given = {name: tally for (name, mode), tally in tallies.items() if mode == "spans given"}
    parts = [_HEAD, f"{sizes}.\n", result_table(tallies), type_table(given)]
    if cost:
        parts.append(_cost_text(cost))
    return "\n".join(parts)


def _cost_text(cost: dict[str, float]) -> str:
    return (
        f"On the {cost['articles']:,.0f} articles of LGL and TR-News, which hold {cost['relations']:,.0f} relations by our count, "
        f"parsing takes {cost['share']:.0%} longer with relations than without (in turns, by the CPU's time; "
        f"{cost['first_share']:.0%} the first time through, when outlines are read and every shape is new).\n"
    )


def main() -> None:
    """Score, print, and write what was asked for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--set", choices=(*SETS, "all"), default="all")
    parser.add_argument("--misses", action="store_true")
    parser.add_argument("--cost", nargs="+", type=Path, default=[])
    parser.add_argument("--write", action="store_true")
    options = parser.parse_args()
    geoparser = Geoparser()
    names = SETS if options.set == "all" else (options.set,)
    tallies = {}
    for name in names:
        records = read_set(name)
        for given, mode in ((True, "spans given"), (False, "raw text")):
            tally = tallies[name, mode] = score(records, geoparser, given=given)
            if options.misses and name == "dev":
                print(f"-- {name}, {mode}", *tally.misses, sep="\n")
    print(result_table(tallies))
    print(type_table({name: tallies[name, "spans given"] for name in names}))
    cost = measure_cost(options.cost) if options.cost else None
    if cost:
        print(_cost_text(cost))
        print({name: round(value, 4) for name, value in cost.items()})
    if options.write:
        write_section("relations", section(tallies, cost))


if __name__ == "__main__":
    main()
