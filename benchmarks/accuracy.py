"""Cross-validate the geoparser on annotated news: learn on some articles, score the others.

usage: python benchmarks/accuracy.py CORPUS.xml… [--folds 5] [--write WEIGHTS.json]

Prints precision, recall and F1 of exact spans and acc@161 from the raw text, and acc@161 with the
spans given, for each corpus. Articles are dealt to the folds in turn. With --write, weights
learned from all articles are written, with these scores beside them.
"""

from __future__ import annotations

import argparse
from dataclasses import replace
from pathlib import Path

from geomap.corpora import AnnotatedArticle, read_corpus
from geomap.evaluate import Scores, evaluate_raw, evaluate_spans
from geomap.gazetteer import open_gazetteer
from geomap.geoparse import Geoparser
from geomap.training import train, write_weights


def cross_validate(
    corpora: dict[str, list[AnnotatedArticle]], folds: int
) -> dict[str, tuple[Scores, Scores]]:
    """Return the scores (raw text, spans given) of each corpus over held-out articles."""
    gazetteer = open_gazetteer()
    dealt = [(name, article) for name, articles in corpora.items() for article in articles]
    scores: dict[str, tuple[Scores, Scores]] = {}
    for fold in range(folds):
        weights = train(gazetteer, [a for i, (_, a) in enumerate(dealt) if i % folds != fold])
        geoparser = Geoparser(gazetteer, weights=weights)
        for name in corpora:
            held = [a for i, (n, a) in enumerate(dealt) if i % folds == fold and n == name]
            raw, spans = evaluate_raw(geoparser, held), evaluate_spans(geoparser, held)
            known = scores.get(name)
            scores[name] = (raw, spans) if known is None else (known[0] + raw, known[1] + spans)
    return scores


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("corpora", nargs="+", type=Path)
    parser.add_argument("--folds", type=int, default=5)
    parser.add_argument("--write", type=Path)
    options = parser.parse_args()
    corpora = {path.stem: read_corpus(path) for path in options.corpora}
    scores = cross_validate(corpora, options.folds)
    table = {
        name: {
            "precision": round(raw.precision, 3),
            "recall": round(raw.recall, 3),
            "f1": round(raw.f1, 3),
            "acc161_raw": round(raw.acc161, 3),
            "acc161_spans": round(spans.acc161, 3),
        }
        for name, (raw, spans) in scores.items()
    }
    print(f"{options.folds}-fold cross-validation by article")
    for name, row in table.items():
        print(f"{name:10}", "  ".join(f"{key} {value:.3f}" for key, value in row.items()))
    if options.write:
        articles = [article for group in corpora.values() for article in group]
        weights = train(open_gazetteer(), articles)
        scored = {**weights.training, "cross_validated": table, "folds": options.folds}
        write_weights(replace(weights, training=scored), options.write)


if __name__ == "__main__":
    main()
