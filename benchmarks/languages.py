"""Measure how well names are found in eight languages: ``python benchmarks/languages.py [--write]``.

Reads tests/gold/languages.jsonl. The development half (odd numbers) is what rules and constants were
chosen on; the test half (even numbers) is what counts. ``--write`` puts the figures into
docs/LANGUAGES.md.
"""

from __future__ import annotations

import argparse
import json
import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from geomap.evaluate.scores import NEAR_KM, kilometres
from geomap.geoparser import Geoparser

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

ROOT = Path(__file__).resolve().parent.parent
GOLD = ROOT / "tests" / "gold" / "languages.jsonl"
DOCS = ROOT / "docs" / "LANGUAGES.md"
LANGUAGES = {
    "ar": "Arabic", "tr": "Turkish", "ku": "Kurdish (Latin)", "fr": "French", "de": "German",
    "es": "Spanish", "ru": "Russian", "uk": "Ukrainian",
}  # fmt: skip
HALVES = ("development", "test")
_TABLE = re.compile(r"(?<=<!-- figures -->\n).*(?=<!-- end of figures -->)", re.DOTALL)


@dataclass(frozen=True, kw_only=True)
class Figures:
    """The counts of one language: what is annotated, what was found of it, and what else was."""

    literal: int = 0
    literal_found: int = 0
    annotated: int = 0
    both: int = 0
    near: int = 0
    found: int = 0

    def __add__(self, other: Figures) -> Figures:
        return Figures(**{key: value + getattr(other, key) for key, value in vars(self).items()})

    @property
    def literal_recall(self) -> float:
        """Return the share of literal mentions that were found with exactly their span."""
        return self.literal_found / self.literal

    @property
    def recall(self) -> float:
        """Return the share of all mentions that were found with exactly their span."""
        return self.both / self.annotated

    @property
    def precision(self) -> float:
        """Return the share of what was found that is annotated."""
        return self.both / self.found if self.found else 0.0

    @property
    def placed(self) -> float:
        """Return the share of all mentions that were found and placed within 161 km."""
        return self.near / self.annotated


def read_gold(half: str) -> list[dict[str, Any]]:
    """Return the sentences of one half."""
    records = [json.loads(line) for line in GOLD.read_text(encoding="utf-8").splitlines()]
    rest = 1 - HALVES.index(half)
    return [record for record in records if int(record["id"][-2:]) % 2 == rest]


def count(geoparser: Geoparser, record: dict[str, Any]) -> Figures:
    """Return the counts of one sentence; embedded names count as not found."""
    gold = {(item["start"], item["end"]): item for item in record["toponyms"]}
    found = {
        (item.mention.start, item.mention.end): item.place
        for item in geoparser.parse_text(record["text"])
        if item.mention.kind != "embedded"
    }
    both = gold.keys() & found.keys()
    literal = {bounds for bounds, item in gold.items() if item["kind"] == "literal"}
    return Figures(
        literal=len(literal),
        literal_found=len(literal & both),
        annotated=len(gold),
        both=len(both),
        near=sum(_is_near(gold[bounds], found[bounds]) for bounds in both),
        found=len(found),
    )


def _is_near(item: dict[str, Any], place: Any) -> bool:
    if place is None:
        return False
    return kilometres(item["lat"], item["lon"], place.lat, place.lon) <= NEAR_KM


def measure(geoparser: Geoparser, half: str) -> dict[str, Figures]:
    """Return the counts of each language over one half of the sentences."""
    total = dict.fromkeys(LANGUAGES, Figures())
    for record in read_gold(half):
        total[record["lang"]] += count(geoparser, record)
    return total


def write_table(halves: Sequence[dict[str, Figures]]) -> Iterable[str]:
    """Yield the lines of the table of figures."""
    yield "| language | mentions (development / test) | literal recall | recall | precision | right place |"
    yield "|---|---|---|---|---|---|"
    for lang, name in LANGUAGES.items():
        figures = [half[lang] for half in halves]
        cells = [
            " / ".join(f"{getattr(f, measured):.2f}" for f in figures)
            for measured in ("literal_recall", "recall", "precision", "placed")
        ]
        counts = " / ".join(str(f.annotated) for f in figures)
        yield f"| {name} | {counts} | {' | '.join(cells)} |"


def main() -> None:
    """Measure and print, and write where asked to."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--write", action="store_true", help="put the table into docs/LANGUAGES.md")
    options = parser.parse_args()
    geoparser = Geoparser()
    table = "\n".join(write_table([measure(geoparser, half) for half in HALVES])) + "\n"
    print(table, end="")
    if options.write:
        text = _TABLE.sub(lambda _match: table, DOCS.read_text(encoding="utf-8"))
        DOCS.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
