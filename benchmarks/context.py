"""Measure what stories, relations and told times cost together, on top of the mentions alone.

usage: python benchmarks/context.py CORPUS… [--rounds 5]
usage: python benchmarks/context.py ../shared/corpora/lgl.xml ../shared/corpora/TR-News.xml

The articles of the corpora are written as JSON lines, each with a date, so that told times have
something to be told from. Then they go from JSON lines to JSON lines, as `geomap mentions` does it, with
and without the three, in turns, so that what slows the machine slows both. The first time through, all
shapes are new; the rounds after it are the steady state. Times are the CPU's.
"""

from __future__ import annotations

import argparse
import json
import statistics
import tempfile
import time
from pathlib import Path

import geomap
from geomap import Geoparser, Reading, export_articles
from geomap.corpora import read_corpus

#: publication dates are dealt from these, day by day
DAYS = 28


def write_articles(corpora: list[Path], path: Path) -> int:
    """Write the articles of some corpora as JSON lines; return how many there are."""
    number = 0
    with path.open("w", encoding="utf-8", errors="replace") as file:
        for corpus in corpora:
            for article in read_corpus(corpus):
                day = f"2019-03-{1 + number % DAYS:02}"
                record = {"id": str(number), "date": day, "text": article.text}
                file.write(json.dumps(record, ensure_ascii=False) + "\n")
                number += 1
    return number


def timed(source: Path, geoparser: Geoparser, *, stories: bool) -> float:
    """Return the seconds of CPU that one pass over the articles takes."""
    begin = time.process_time()
    reading = Reading(stories=stories)
    export_articles([source], source.with_suffix(".out.jsonl"), reading, geoparser=geoparser)
    return time.process_time() - begin


def main() -> None:
    """Measure, and print milliseconds an article and the ratio."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("corpora", nargs="+", type=Path)
    parser.add_argument("--rounds", type=int, default=5)
    options = parser.parse_args()
    plain = Geoparser(relations=False, told=False)
    whole = Geoparser(plain.gazetteer)
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "articles.jsonl"
        articles = write_articles(options.corpora, source)
        without, with_all = [], []
        for _ in range(options.rounds + 1):
            without.append(timed(source, plain, stories=False))
            with_all.append(timed(source, whole, stories=True))
    print(f"geomap {geomap.__version__}, {articles:,} articles, CPU time")
    for title, chosen in (
        ("first time through", slice(0, 1)),
        ("after that, median", slice(1, None)),
    ):
        bare, full = (statistics.median(times[chosen]) for times in (without, with_all))
        pairs = zip(without[chosen], with_all[chosen], strict=True)
        ratio = statistics.median(b / a for a, b in pairs)
        milliseconds = [1000 * seconds / articles for seconds in (bare, full)]
        print(
            f"{title}: {milliseconds[0]:.2f} ms an article without, {milliseconds[1]:.2f} with; "
            f"{100 * (ratio - 1):+.0f}%"
        )


if __name__ == "__main__":
    main()
