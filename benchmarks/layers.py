"""Measure what further layers of a gazetteer cost in accuracy: the same weights with the embedded gazetteer and with others.

  python benchmarks/layers.py lgl.xml TR-News.xml --gazetteer world FOLDER

The weights that come with geomap were learned on these corpora, with the embedded gazetteer: its own figures flatter, so the
differences alone count. Every further place is one more namesake of a place that is meant, and of words and persons.
"""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING, Final

from geomap import Geoparser
from geomap.corpora import read_corpus
from geomap.evaluate import evaluate_raw, evaluate_spans
from geomap.gazetteer import open_gazetteer

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from geomap.corpora import AnnotatedArticle

#: so much may be lost of any figure
MOST_LOST: Final = 0.003
EMBEDDED: Final = "embedded"


def measure(
    gazetteer: str, corpora: Mapping[str, Sequence[AnnotatedArticle]]
) -> dict[tuple[str, str], float]:
    """Return F1 and the shares of places told, by corpus and measure."""
    geoparser = Geoparser(open_gazetteer(gazetteer))
    found: dict[tuple[str, str], float] = {}
    for name, articles in corpora.items():
        raw, spans = evaluate_raw(geoparser, articles), evaluate_spans(geoparser, articles)
        found[name, "F1"] = raw.f1
        found[name, "acc@161, raw text"] = raw.acc161
        found[name, "acc@161, spans"] = spans.acc161
    return found


def main() -> None:
    """Measure, and print each figure with its difference."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)  # fmt: skip
    parser.add_argument("corpora", nargs="+", type=Path)
    parser.add_argument("--gazetteer", nargs="+", required=True, help="names or index folders")
    options = parser.parse_args()
    corpora = {path.stem: read_corpus(path) for path in options.corpora}
    plain = measure(EMBEDDED, corpora)
    worst = 0.0
    for gazetteer in options.gazetteer:
        print(gazetteer)
        for (corpus, what), value in measure(gazetteer, corpora).items():
            before = plain[corpus, what]
            worst = min(worst, value - before)
            print(f"  {corpus:10} {what:18} {before:.4f} → {value:.4f}  {value - before:+.4f}")
    print(f"most lost: {-worst:.4f}, at most {MOST_LOST} is allowed")


if __name__ == "__main__":
    main()
